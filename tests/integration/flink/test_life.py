"""A job's life by the commands: what is refused, when offsets are committed, what is left behind."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from urllib.request import urlopen

import pytest
from kafka import KafkaConsumer, TopicPartition
from kafka.partitioner import murmur2

from tests.integration.flink.kit import Flink, until, worker_metrics
from tests.integration.flink.stream import done, flowing, play_some
from tests.wireload.life import messages
from writethru.kafka_connection import KafkaConnection
from writethru.options import Options
from writethru.sources.kafka import committed

pytestmark = pytest.mark.timeout(300)

ALERTS = Path(__file__).parents[3] / "deploy/prometheus/alerts_flink.yml"


def emitted(connection: KafkaConnection, options: Options) -> int:
    """Records on the article topic."""
    consumer = KafkaConsumer(**connection.client_options())
    try:
        places = [TopicPartition(options.topic_articles, partition) for partition in range(options.partitions)]
        return sum(consumer.end_offsets(places).values())
    finally:
        consumer.close()


def partition_of(key: bytes, partitions: int) -> int:
    """Where a producer sends the key."""
    return int(murmur2(key) & 0x7FFFFFFF) % partitions


def test_offsets_are_committed_when_a_checkpoint_is_complete_and_not_before(
    flink: Flink, connection: KafkaConnection, wire: Callable[..., Options]
) -> None:
    options = wire()
    name, idle = options.group, 1
    wired = (one for one in messages(4000) if partition_of(one[0], options.partitions) != idle)
    out = flink.call("submit", "--fresh", "--job-name", name, "--checkpoint-interval", "5", options=options)
    job = next(job for job in flink.rest.jobs(name) if job.id in out)
    until(lambda: flink.completed(job) >= 1, 30, flink.logs)
    ages, held, ahead = [], 0, 0
    with flowing(connection, options, islice(wired, 800), 40.0) as stream:
        while stream.sent < 800:
            now = done(connection, options)
            if now != held:
                ages.append(time.time() - flink.completed_at(job))
                held = now
            else:
                ahead = max(ahead, emitted(connection, options) - held)
            time.sleep(0.05)
    until(lambda: done(connection, options) == 800, 20, flink.logs)
    play_some(connection, options, wired, 1500)
    until(lambda: done(connection, options) == 2300, 60, flink.logs)
    out = emitted(connection, options)
    assert ahead > 50, "records are out long before their offsets are"
    assert len(ages) >= 2 and max(ages) < 2.5, "offsets move within a moment of a complete checkpoint, and at no other time"
    silent = (options.topic_raw[0], idle)
    assert committed(connection, name, [silent]) == {silent: 0}, "nothing ever came to it, and its shard kept nobody waiting"
    time.sleep(5)
    assert emitted(connection, options) == out, "what has its offset committed is in the sinks"
    # A worker of the test before may have held the first port for as long as it took to end.
    ports = range(flink.cluster.shape.http_port, flink.cluster.shape.http_port + 4)
    assert any('writethru_records_in_total{step="decode"} 2300' in worker_metrics(port) for port in ports)
    ports = range(flink.cluster.shape.metrics_port, flink.cluster.shape.metrics_port + 2)
    reported = "".join(urlopen(f"http://localhost:{port}/metrics", timeout=5).read().decode() for port in ports)
    assert "flink_taskmanager_job_task_operator_writethru_" in reported
    asked = set(re.findall(r"\bflink_\w+", ALERTS.read_text(encoding="utf-8")))
    assert [name for name in asked if f"\n{name}{{" not in reported] == [], "the JobManager tells what the alerts ask for"
    assert f"{name}" in flink.call("status", "--job-name", name)
    # What would lose data, or what the job has, is refused.
    for arguments, why in (
        (("--checkpoint-interval", "0"), "without checkpoints nothing is ever finalised"),
        (("--environment", "LOOPBACK=here"), "LOOPBACK workers end with this client"),
        (("--sinks", "files"), "every worker would write files of its own"),
        (("--sinks", "sql"), "SQLite is one machine's"),
        (("--stop", "end"), "goes on until it is stopped"),
        ((), "runs already"),
    ):
        assert why in flink.refused("submit", "--job-name", name, *arguments, options=options)
    flink.call("cancel", "--job-name", name)
    assert "`writethru flink resume` goes on from it" in flink.refused("submit", "--job-name", name, options=options)


KEPT = ["checkpoints", "cluster.lock", "conf", "log", "savepoints"]
"""What a cluster leaves in its directory."""


def _held(directory: Path) -> list[str]:
    return sorted(entry.name for entry in directory.iterdir())


def test_a_client_that_is_ended_leaves_nothing(flink: Flink, wire: Callable[..., Options]) -> None:
    client = flink.started("submit", "--fresh", "--job-name", "ended", options=wire())
    try:
        until(lambda: flink.processes("--job-host"), 60)
        client.send_signal(signal.SIGTERM)
        assert client.wait(10) != 0
    finally:
        client.kill()
        client.communicate()
    until(lambda: not flink.processes("--job-host"), 15)
    until(lambda: not flink.left(), 15)


def test_a_cluster_that_is_ended_leaves_nothing_but_its_savepoints(chosen_engine: object, flink: Flink, tmp_path: Path) -> None:
    other = Flink(tmp_path / "other", flink.engine)
    other.call("up", "--slots", "1")
    assert "runs in" in other.call("up", fails=True)
    mine = other.processes("")
    assert len(mine) >= 4, "supervisor, JobManager, TaskManager, pool"
    other.kill("TaskManagerRunner")
    until(lambda: len(other.processes("TaskManagerRunner")) == 1 and other.processes("TaskManagerRunner")[0] not in mine, 20)
    other.call("down")
    assert other.processes("") == []
    assert (_held(other.directory), other.left()) == (KEPT, [])

    killed = Flink(tmp_path / "killed", flink.engine)
    killed.call("up", "--slots", "1")
    killed.kill("flink.supervisor")
    until(lambda: killed.processes("") == [], 20, lambda: str(killed.processes("")))
    assert "no cluster runs" in killed.call("down")
    assert (_held(killed.directory), killed.left()) == (KEPT, [])
