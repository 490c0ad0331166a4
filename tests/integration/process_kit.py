"""The pipeline as a process of its own, for tests that kill it: `writethru run` against a given broker."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
from kafka import KafkaProducer

from tests.integration.kafka_kit import until
from writethru.kafka_connection import KafkaConnection
from writethru.options import Options
from writethru.sources.kafka import committed
from writethru.topics import create_topics, wire_topics


def options(connection: KafkaConnection, name: str, out: Path, partitions: int = 2) -> Options:
    return Options(
        bootstrap=connection.bootstrap,
        group=f"{name}-group",
        topic_raw=(f"{name}.raw",),
        topic_articles=f"{name}.articles",
        topic_stories=f"{name}.stories",
        topic_threads=f"{name}.threads",
        topic_dead=f"{name}.dead",
        partitions=partitions,
        out=str(out),
    )


def make_topics(connection: KafkaConnection, chosen: Options) -> None:
    create_topics(connection, wire_topics(chosen))


class Pipeline:
    """`writethru run --no-play --stay` with these options. `log` is what it said."""

    def __init__(self, chosen: Options, *extra: str, before: Callable[[], None] | None = None, wait: bool = True) -> None:
        Path(chosen.out).parent.mkdir(parents=True, exist_ok=True)
        self.options = chosen
        self.log_file = Path(chosen.out).parent / "pipeline.log"
        command = [sys.executable, "-m", "writethru", "run", "--no-play", "--stay", "--http-port", "0"]
        for name in ("bootstrap", "group", "topic_articles", "topic_stories", "topic_threads", "topic_dead", "out"):
            command += [f"--{name.replace('_', '-')}", str(getattr(chosen, name))]
        command += ["--topic-raw", chosen.topic_raw[0], *extra]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "pipelines"), "PYTHONUNBUFFERED": "1"}
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, preexec_fn=before)
        if wait:
            until(lambda: "Live page" in self.log, 60)

    @property
    def log(self) -> str:
        return self.log_file.read_text()

    @property
    def address(self) -> str:
        found = re.findall(r"Live page\s+(\S+)", self.log)
        assert found, self.log
        return str(found[-1])

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def drain(self, seconds: float = 60) -> int:
        """SIGTERM, and the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.ended(seconds)

    def ended(self, seconds: float = 60) -> int:
        """The exit status once it has ended by itself."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"the pipeline did not end within {seconds} s:\n{self.log}") from None


@contextmanager
def pipeline(chosen: Options, *extra: str, before: Callable[[], None] | None = None, wait: bool = True) -> Iterator[Pipeline]:
    running = Pipeline(chosen, *extra, before=before, wait=wait)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.kill()


def send(connection: KafkaConnection, topic: str, payloads: Iterable[tuple[bytes, bytes]]) -> int:
    """(key, value) pairs; returns how many once the cluster holds them."""
    producer = KafkaProducer(**connection.client_options(), linger_ms=5, max_request_size=32 << 20)
    sent = [producer.send(topic, value, key=key) for key, value in payloads]
    for one in sent:
        one.get(30)
    producer.close()
    return len(sent)


def article(n: int, *, agency: str = "Northwire", story: int | None = None, version: int = 1, **members: object) -> tuple[bytes, bytes]:
    """A ninjs 3.1 text of story `story` (by default a story of its own), and its key."""
    words = f"harbour{n} council{n * 7 % 101} vote{n * 13 % 97} bridge{n * 17 % 89}"
    body = {
        "uri": f"tag:northwire.example,2026:{story if story is not None else n}",
        "version": str(version),
        "versionCreated": f"2026-03-17T{8 + version % 12:02d}:{n // 60 % 60:02d}:{n % 60:02d}Z",
        "type": "text",
        "language": "en",
        "infoSources": [{"name": agency}],
        "headlines": [{"value": f"Council of Vellmouth decides on {words}"}],
        "bodies": [
            {"contentType": "text/plain", "value": f"VELLMOUTH - The council decided on {words} on Tuesday, item {n}, version {version}."}
        ],
        **members,
    }
    return agency.lower().encode(), orjson.dumps(body)


def rows(out: Path, query: str) -> list[tuple[object, ...]]:
    """What the database holds; an empty list where it is not there yet."""
    if not (out / "wire.db").exists():
        return []
    db = sqlite3.connect(f"file:{out / 'wire.db'}?mode=ro", uri=True)
    try:
        return db.execute(query).fetchall()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error) or "locked" in str(error):
            return []
        raise
    finally:
        db.close()


def wait_committed(connection: KafkaConnection, chosen: Options, total: int, seconds: float = 60) -> None:
    """Until the group has committed `total` messages of the input topic."""
    places = [(chosen.topic_raw[0], partition) for partition in range(chosen.partitions)]
    end = time.monotonic() + seconds
    while sum(committed(connection, chosen.group, places).values()) < total:
        assert time.monotonic() < end, f"{committed(connection, chosen.group, places)} of {total} committed"
        time.sleep(0.2)
