"""A job stops with a savepoint and goes on as another build, at another parallelism, with more partitions."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.integration.flink.engine import Engine
from tests.integration.flink.kit import Flink, until
from tests.integration.flink.stream import done, play_some
from tests.wireload.compare import differences, lost_and_doubled
from tests.wireload.held import read_raw, read_topics
from tests.wireload.life import messages
from tests.wireload.plain import expected
from writethru.kafka_connection import KafkaConnection, admin_client
from writethru.options import Options

pytestmark = pytest.mark.timeout(400)

PACKAGE = Path(__file__).parents[3] / "pipelines"
PART = 1500


@pytest.fixture
def next_build(tmp_path: Path) -> Path:
    """The package as its next release: another version number, which every record tells."""
    shutil.copytree(PACKAGE / "writethru", tmp_path / "next" / "writethru", ignore=shutil.ignore_patterns("__pycache__"))
    module = tmp_path / "next" / "writethru" / "__init__.py"
    text = module.read_text()
    assert '__version__ = "0.1.0"' in text
    module.write_text(text.replace('"0.1.0"', '"0.2.0"'))
    return tmp_path / "next"


def test_another_build_another_parallelism_and_more_partitions(
    chosen_engine: Engine, connection: KafkaConnection, wire: Callable[..., Options], next_build: Path, tmp_path: Path
) -> None:
    options = wire(partitions=2)
    name, wired = options.group, messages(4 * PART)
    flink = Flink(tmp_path / "flink", chosen_engine)

    def held(count: int, partitions: int) -> None:
        until(lambda: done(connection, options, partitions) == count, 90, flink.logs)

    flink.call("up")
    try:
        flink.submit(name, options, "--parallelism", "1")
        play_some(connection, options, wired, PART)
        held(PART, 2)
        first = flink.stop(name)
        play_some(connection, options, wired, PART)  # while nothing runs
    finally:
        flink.call("down")

    # As on Kubernetes: the new image's pods take the place of the old ones, and the new JobManager remembers nothing.
    flink.environ |= {"PYTHONPATH": os.pathsep.join([str(next_build), os.environ.get("PYTHONPATH", "")])}
    flink.call("up")
    try:
        out = flink.call("resume", "--job-name", name, "--parallelism", "2", "--checkpoint-interval", "2", options=options)
        assert first.rsplit("/", 1)[-1] in out
        held(2 * PART, 2)
        with admin_client(connection, "more partitions") as admin:
            admin.create_partitions({options.topic_raw[0]: 5})
        play_some(connection, options, wired, PART)
        held(3 * PART, 5)
        flink.stop(name)
        out = flink.call("resume", "--job-name", name, "--parallelism", "1", "--checkpoint-interval", "2", options=options)
        assert "plan against the savepoint's: safe" in out
        play_some(connection, options, wired, PART)
        held(4 * PART, 5)
        flink.call("cancel", "--job-name", name)
    finally:
        flink.call("down")
    assert flink.processes("") == []
    assert flink.left() == [], "two clusters and three submissions ran"

    # By time: with more partitions an agency has moved to another one, and one after another they would tell its later items first.
    plain = expected(sorted(read_raw(connection, options.topic_raw[0]), key=lambda message: message.timestamp))
    found = read_topics(connection, options)
    builds = {article["provenance"]["pipeline"] for article in found.articles.values()}
    assert builds == {"writethru/0.1.0", "writethru/0.2.0"}
    wrong = differences(plain.records, found)
    assert wrong == [], "\n".join(["chains and threads should have gone on over all of it", *wrong])
    assert lost_and_doubled(plain.ids, found) == []
