"""One stream through kill -9 of every part: nothing is lost, nothing stands twice, and the chains are right."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.flink.kit import Flink, until
from tests.integration.flink.stream import done, flowing
from tests.integration.postgres_kit import PostgreSQL
from tests.wireload.compare import differences, lost_and_doubled
from tests.wireload.held import read_raw, read_sql, read_topics, version_faults
from tests.wireload.life import messages
from tests.wireload.plain import expected
from writethru.flink.cluster import slots_of
from writethru.local.broker import Broker
from writethru.options import Options
from writethru.topics import create_topics, wire_topics

pytestmark = pytest.mark.timeout(400)

RATE = 100.0
"""Messages a second."""


def test_worker_taskmanager_jobmanager_and_broker_are_killed_in_one_stream(flink: Flink, postgres: PostgreSQL, tmp_path: Path) -> None:
    with Broker(tmp_path / "kafka") as broker:
        options = Options(
            bootstrap=broker.bootstrap,
            group="kills",
            topic_raw=("kills.raw",),
            sinks=("kafka", "sql"),
            sql_url=postgres.url,
            splits=4,
        )
        connection = broker.connection
        create_topics(connection, wire_topics(options))
        flink.submit("kills", options, "--parallelism", "2")

        def broker_away() -> None:
            broker.kill()
            broker.start()

        def jobmanager() -> None:
            flink.kill("StandaloneSessionClusterEntrypoint")
            until(lambda: slots_of(flink.cluster) == 2, 60, flink.logs)
            flink.submit("kills", options, "--parallelism", "2", command="resume")

        kills: dict[str, Callable[[], None]] = {
            "Python worker": lambda: flink.kill("writethru-worker"),
            "TaskManager": lambda: flink.kill("TaskManagerRunner"),
            "JobManager, resumed from the last checkpoint": jobmanager,
            "broker": broker_away,
        }
        with flowing(connection, options, messages(60_000), RATE) as stream:
            until(lambda: done(connection, options) > 500, 60, flink.logs)
            for part, kill in kills.items():
                sent, held = stream.sent, done(connection, options)
                workers = set(flink.processes("writethru-worker"))
                begun = time.monotonic()
                kill()
                # What the keyed steps rely on (docs/decisions/0009): no index in memory outlives the attempt that built it. Waited for
                # first: a checkpoint that was nearly complete may be completed by those that live on, and count all that was sent.
                stay = workers if part == "broker" else set()
                until(lambda stay=stay, of=workers: of & set(flink.processes("writethru-worker")) == stay, 60, flink.logs)
                until(lambda mark=sent: done(connection, options) > mark, 120, flink.logs)
                seconds = time.monotonic() - begun
                print(f"{part}: output again after {seconds:.1f} s ({sent - held} messages were on their way)")
            played = stream.finish()
        until(lambda: done(connection, options) == played.count, 60, flink.logs)
        flink.call("cancel", "--job-name", "kills")

        plain = expected(read_raw(connection, options.topic_raw[0]))
        found, rows = read_topics(connection, options), read_sql(postgres.url)
        print(f"{played.count} messages, {len(found.articles)} articles, {len(found.stories)} stories, {len(found.threads)} threads")
        assert differences(plain.records, found) == []
        assert lost_and_doubled(plain.ids, found) == []
        assert differences(found, rows) == []
        assert lost_and_doubled(plain.ids, rows) == []
        assert version_faults(postgres.url) == []
