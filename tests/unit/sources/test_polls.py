"""What the process is told of each poll of its readers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from writethru.kafka_connection import KafkaConnection
from writethru.records import RawMessage
from writethru.sources import kafka
from writethru.sources.kafka import pool
from writethru.sources.kafka.settings import KafkaSettings, Position
from writethru.sources.kafka.source import KafkaReader
from writethru.sources.kafka.watermark import NEVER

BATCH = (RawMessage(b"{}", "wire.raw", 0, 7, 1_772_353_800_000),)
HERE: Position = ("wire.raw", 0)


class Quiet:
    """A shard without a broker: its polls bring `batches`, then nothing."""

    def __init__(self, *batches: tuple[RawMessage, ...]) -> None:
        self.lock = threading.RLock()
        self.lease: object = None
        self.positions = {HERE: 7}
        self.finished = self.backlog = False
        self.batches = list(batches)

    def take(self, reader: object, positions: dict[Position, int], *, reopens: bool) -> None:
        self.lease = reader

    def poll(self, wait: float, stop: threading.Event) -> tuple[RawMessage, ...]:
        return self.batches.pop(0) if self.batches else ()

    def event_time(self) -> int:
        return NEVER


@pytest.fixture
def told() -> Iterator[list[int]]:
    times: list[int] = []
    kafka.on_poll(times.append)
    yield times
    kafka.on_poll(None)


def reader(monkeypatch: pytest.MonkeyPatch, shard: Quiet) -> KafkaReader:
    monkeypatch.setattr(pool, "shard_of", lambda *_: shard)
    settings = KafkaSettings(connection=KafkaConnection("localhost:9092"), topics=("wire.raw",), group="desk")
    return KafkaReader(("polls", 0, 1), settings, {HERE: 7}, None, reopens=False, behind=False)


def test_a_poll_that_finds_nothing_is_told_too(monkeypatch: pytest.MonkeyPatch, told: list[int]) -> None:
    source = reader(monkeypatch, Quiet(BATCH))
    before = int(time.time() * 1000)
    assert source.start()
    assert len(told) == 1
    assert not source.advance(), "the bundle closes without another poll"
    assert len(told) == 1
    source.get_checkpoint_mark()
    assert not source.advance()
    assert not source.advance()
    assert len(told) == 3
    assert before <= told[0] <= told[-1] <= int(time.time() * 1000)


def test_who_listens_may_ask_for_the_lag_of_every_shard(monkeypatch: pytest.MonkeyPatch) -> None:
    shard = Quiet()
    free: list[bool] = []

    def ask(now: int) -> None:
        other = threading.Thread(target=lambda: free.append(shard.lock.acquire(blocking=False)))
        other.start()
        other.join()

    kafka.on_poll(ask)
    try:
        assert not reader(monkeypatch, shard).start()
    finally:
        kafka.on_poll(None)
    assert free == [True], "the shard is locked while its poll is told"


def test_without_a_listener_a_poll_is_a_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    kafka.on_poll(None)
    assert reader(monkeypatch, Quiet(BATCH)).start()
