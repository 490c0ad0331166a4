"""What a process says of itself while nothing, or little, comes to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from writethru.ops import metrics
from writethru.ops.health import Health
from writethru.options import Options
from writethru.sinks import SinkFailed
from writethru.sources import kafka
from writethru.sources.kafka import pool
from writethru.transforms import job as jobs

T = 1_772_353_800_000


class Heard(Health):
    def __init__(self) -> None:
        super().__init__()
        self.beats: list[int] = []

    def beat(self, now: int) -> None:
        super().beat(now)
        self.beats.append(now)


class Idle:
    """A sink that has nothing to do."""

    def flush(self) -> list[object]:
        return []


@pytest.fixture
def health(monkeypatch: pytest.MonkeyPatch) -> Heard:
    heard = Heard()
    monkeypatch.setattr(jobs, "health", heard)
    monkeypatch.setattr(jobs, "opened", lambda settings: Idle())
    monkeypatch.setattr(kafka, "lag", lambda: {})
    monkeypatch.setattr(kafka, "losses", lambda: {})
    return heard


@pytest.fixture
def worker(health: Heard) -> Iterator[jobs.Job]:
    """The job of a worker of a cluster."""
    job = jobs.Job(Options(sinks=("kafka", "sql")), local_state=False)
    yield job
    job.close()


def test_a_worker_that_gets_nothing_beats_with_its_polls_once_a_second(worker: jobs.Job, health: Heard) -> None:
    for now in range(T, T + 2_100, 100):
        worker.polled(now)
    assert health.beats == [T, T + 1_000, T + 2_000]
    worker.polled(T - 3_600_000)
    assert health.beats[-1] == T - 3_600_000, "a wall clock set back stops no beat"


def test_a_poll_right_after_a_flush_does_not_beat_again(worker: jobs.Job, health: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_now", lambda: T)
    worker.flush("sql", worker.sink("sql"), [])
    worker.polled(T + 999)
    assert health.beats == [T]


def test_its_lag_and_its_source_are_told_too(worker: jobs.Job, health: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kafka, "lag", lambda: {("wire.idle", 3): 7})
    worker.polled(T)
    assert dict(metrics.KAFKA_LAG.items())["wire.idle", "3"] == 7
    assert health.missing() == []
    monkeypatch.setattr(kafka, "answering", lambda: False)
    worker.polled(T + 1_000)
    assert health.missing() == ["source: the brokers do not answer; they are waited for"]


def test_polls_reach_the_job_until_it_is_closed(worker: jobs.Job, health: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    pool.polled()
    assert len(health.beats) == 1
    worker.close()
    pool.polled()
    assert len(health.beats) == 1


def test_a_worker_is_ready_before_anything_came_to_its_sinks(worker: jobs.Job, health: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    assert health.missing() == ["source: not open yet"]
    worker.polled(T)
    assert health.missing() == []

    def away(settings: object) -> Idle:
        raise SinkFailed("sql", "postgresql", "no answer", "Start it.")

    monkeypatch.setattr(jobs, "opened", away)
    with pytest.raises(SinkFailed):
        worker.sink("sql")
    assert health.missing() == ["sink sql: sql sink at postgresql: no answer. Start it."]
    monkeypatch.setattr(jobs, "opened", lambda settings: Idle())
    worker.sink("sql")
    assert health.missing() == []


def test_on_one_machine_it_waits_for_its_sinks_and_runs_from_its_first_bundle(health: Heard, tmp_path: Path) -> None:
    job = jobs.Job(Options(bootstrap="localhost:9092", sinks=("kafka", "sql"), out=str(tmp_path)), local_state=True)
    try:
        job.polled(T)
        assert health.missing() == ["sink kafka: not open yet", "sink sql: not open yet"]
        assert not job.running.is_set(), "what is played waits until a bundle has gone through"
        for name in ("kafka", "sql"):
            job.flush(name, job.sink(name), [])
        assert health.missing() == []
        assert job.running.is_set()
    finally:
        job.close()
