"""One session cluster for the tests of this folder, beside the session's broker."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.flink.engine import Engine, engine
from tests.integration.flink.kit import Flink
from tests.integration.postgres_kit import PostgreSQL
from writethru.kafka_connection import KafkaConnection
from writethru.options import Options
from writethru.topics import create_topics, wire_topics


@pytest.fixture(scope="session")
def chosen_engine() -> Engine:
    return engine()


@pytest.fixture(scope="session")
def flink(chosen_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flink]:
    running = Flink(tmp_path_factory.mktemp("flink"), chosen_engine)
    running.call("up", "--slots", "2")
    try:
        yield running
    finally:
        running.call("down")
    assert running.processes("") == [], "jobs ran here: their workers too are gone"
    assert not (running.directory / "tmp").exists(), "where the job server's jar was, once a submission"
    assert running.left() == []


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture
def wire(connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path) -> Callable[..., Options]:
    """`wire(partitions=4, …)` -> the options of a job over new topics; `like=` another's input topic."""

    def make(*, like: Options | None = None, **given: object) -> Options:
        name = unique("wire")
        names = {f"topic_{kind}": f"{name}.{kind}" for kind in ("articles", "stories", "threads", "dead")}
        settings = {"partitions": 4, "splits": 4, "sinks": ("kafka",), "out": str(tmp_path / name), **names, **given}
        raw = like.topic_raw if like else (f"{name}.raw",)
        chosen = Options(bootstrap=connection.bootstrap, group=name, topic_raw=raw, **settings)  # type: ignore[arg-type]
        create_topics(connection, wire_topics(chosen))
        return chosen

    return make


def pytest_report_header() -> str:
    return f"flink: {engine().told}"
