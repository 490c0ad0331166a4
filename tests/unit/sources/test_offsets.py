"""Where a source starts, by what the cluster and the group have."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from kafka import TopicPartition
from kafka.admin import OffsetSpec

from writethru.kafka_connection import KafkaConnection
from writethru.sources.kafka import offsets
from writethru.sources.kafka.settings import KafkaSettings

FIRST, SECOND = ("wire.raw", 0), ("wire.raw", 1)
NOON = 1_770_000_000_000


class Cluster:
    """A topic of two partitions: offsets 5 to `end`, the message of NOON at 50, and what one group has committed."""

    def __init__(self, end: int, held: dict[tuple[str, int], int]) -> None:
        self.end, self.held = end, held

    def describe_topics(self, topics: list[str]) -> list[dict[str, object]]:
        return [{"name": topic, "error_code": 0, "partitions": [{"partition_index": 0}, {"partition_index": 1}]} for topic in topics]

    def list_partition_offsets(self, asked: dict[TopicPartition, OffsetSpec | int]) -> dict[TopicPartition, SimpleNamespace]:
        known = {OffsetSpec.EARLIEST: 5, OffsetSpec.LATEST: self.end, NOON: 50}
        return {at: SimpleNamespace(offset=known[spec]) for at, spec in asked.items()}

    def list_group_offsets(self, asked: dict[str, list[TopicPartition]]) -> dict[str, dict[TopicPartition, SimpleNamespace]]:
        return {group: {at: SimpleNamespace(offset=self.held.get(tuple(at), -1)) for at in places} for group, places in asked.items()}


def starts(monkeypatch: pytest.MonkeyPatch, start: str | int, *, end: int = 100, **held: int) -> dict[tuple[str, int], int]:
    @contextmanager
    def admin(connection: KafkaConnection, wanted: str) -> Iterator[Cluster]:
        yield Cluster(end, {("wire.raw", int(name[1:])): offset for name, offset in held.items()})

    monkeypatch.setattr(offsets, "admin_client", admin)
    settings = KafkaSettings(connection=KafkaConnection("kafka.example:9092"), topics=("wire.raw",), group="desk", start=start)
    return offsets.start_and_end(settings)[0]


@pytest.mark.parametrize(("start", "offset"), [("group", 5), ("earliest", 5), ("latest", 100), (NOON, 50)])
def test_a_group_without_offsets_starts_where_it_is_told(monkeypatch: pytest.MonkeyPatch, start: str | int, offset: int) -> None:
    assert starts(monkeypatch, start) == {FIRST: offset, SECOND: offset}


def test_latest_goes_on_at_the_groups_offsets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an attempt that fails before its first checkpoint would be followed by one that passes over what came meanwhile."""
    assert starts(monkeypatch, "latest", end=350, p0=100, p1=90) == {FIRST: 100, SECOND: 90}
    assert starts(monkeypatch, "latest", end=350, p0=100) == {FIRST: 100, SECOND: 350}


@pytest.mark.parametrize(("start", "offset"), [("earliest", 5), (NOON, 50)])
def test_earliest_and_a_time_overrule_the_group_for_they_read_the_same_again(
    monkeypatch: pytest.MonkeyPatch, start: str | int, offset: int
) -> None:
    assert starts(monkeypatch, start, end=350, p0=100, p1=90) == {FIRST: offset, SECOND: offset}
