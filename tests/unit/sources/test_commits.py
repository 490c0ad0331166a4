"""The committer against a client of the test's own; the real one is in tests/integration."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from kafka.errors import KafkaConnectionError

from writethru.kafka_connection import KafkaConnection
from writethru.sources.kafka import commits
from writethru.sources.kafka.commits import Committer

HERE = KafkaConnection("localhost:9092")
A, B = ("wire.raw", 0), ("wire.raw", 1)


class Client:
    """Notes what is committed; fails as often as `failures` says; waits for `gate`."""

    def __init__(self) -> None:
        self.commits: list[dict[tuple[str, int], int]] = []
        self.failures = 0
        self.opened = 0
        self.closed = False
        self.gate = threading.Event()
        self.gate.set()

    def commit(self, offsets: dict[object, object], timeout_ms: int) -> None:
        assert self.gate.wait(5)
        if self.failures:
            self.failures -= 1
            raise KafkaConnectionError("gone")
        self.commits.append({(at.topic, at.partition): told.offset for at, told in offsets.items()})

    def close(self, autocommit: bool, timeout_ms: int) -> None:
        self.closed = True


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Client:
    made = Client()

    def opened(kind: object, connection: KafkaConnection, **options: object) -> Client:
        assert options == {"group_id": "desk", "enable_auto_commit": False}
        made.opened += 1
        return made

    monkeypatch.setattr(commits, "opened", opened)
    monkeypatch.setattr(commits, "RETRY_AFTER", 0.01)
    return made


@pytest.fixture
def desk(client: Client) -> Iterator[Committer]:
    made = Committer(HERE, "desk")
    yield made
    client.gate.set()
    made.close()


def test_it_never_goes_back(desk: Committer, client: Client) -> None:
    for offset in (5, 3, 5, 9, 8):
        desk.submit({A: offset, B: 1})
        assert desk.flush(5)
    assert client.commits == [{A: 5, B: 1}, {A: 9}]


def test_several_become_one_while_the_cluster_is_slow(desk: Committer, client: Client) -> None:
    client.gate.clear()
    for offset in range(1, 100):
        desk.submit({A: offset})
    client.gate.set()
    assert desk.flush(5)
    assert client.commits[-1] == {A: 99}
    assert len(client.commits) <= 3


def test_what_fails_is_tried_again_and_said_once(desk: Committer, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.failures = 3
    desk.submit({A: 5})
    assert desk.flush(5)
    assert client.commits == [{A: 5}]
    assert client.opened == 1
    assert len([record for record in caplog.records if "commit failed" in record.getMessage()]) == 1


def test_a_flush_that_cannot_succeed_says_so(desk: Committer, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.gate.clear()
    desk.submit({A: 5})
    assert not desk.flush(0.05)
    assert "will be read again" in caplog.text


def test_a_partition_made_anew_may_start_over(desk: Committer, client: Client) -> None:
    desk.submit({A: 1000, B: 4})
    desk.flush(5)
    desk.forget(A)
    desk.submit({A: 3, B: 3})
    desk.flush(5)
    assert client.commits == [{A: 1000, B: 4}, {A: 3}]


def test_closing_commits_what_is_left_and_ends_the_thread(desk: Committer, client: Client) -> None:
    desk.submit({A: 5})
    desk.close()
    assert client.commits == [{A: 5}] and client.closed
    assert not [thread for thread in threading.enumerate() if thread.name == "commit-desk"]


def test_nothing_to_commit_opens_nothing(client: Client) -> None:
    idle = Committer(HERE, "desk")
    idle.submit({})
    assert idle.flush(0.1)
    idle.close()
    assert client.opened == 0
