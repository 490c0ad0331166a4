"""End-to-end latency at a steady rate: from the Kafka timestamp of a payload to its record's append time in the article topic."""

from __future__ import annotations

import tempfile
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.error import HTTPError

import orjson
from kafka import KafkaConsumer, KafkaProducer
from rich.console import Console
from rich.table import Table

from tests.bench.corpus import COLLECTION, payloads
from tests.integration.process_kit import Pipeline, options
from writethru.kafka_connection import KafkaConnection
from writethru.local.broker import Broker
from writethru.options import Options
from writethru.topics import Topic, create_topics, wire_topics

WARM_UP = 5.0
"""Seconds left out at the start: first use of every parser, table and connection."""
BURST = 0.02
"""Seconds of the wire that are sent at once: a request for each payload took the producer and the broker a fifth of a core each."""


def run(sinks: str, *, rate: float = 200.0, seconds: float = 30.0, path: Path = COLLECTION) -> list[float]:
    """Latencies in ms, sorted, of what was sent after the warm-up."""
    with Broker() as broker, tempfile.TemporaryDirectory(prefix="writethru-bench-") as folder:
        connection = KafkaConnection(broker.bootstrap)
        chosen = options(connection, "latency", Path(folder) / "out", partitions=1)
        create_topics(connection, stamped(chosen))
        pipeline = Pipeline(chosen, "--sinks", sinks)
        try:
            _wait_ready(pipeline.address)
            total = int(rate * (seconds + WARM_UP))
            began = send(connection, chosen.topic_raw[0], list(payloads(total, path)), rate)
            latencies = arrivals(connection, chosen.topic_articles, total, began + int(WARM_UP * 1000), lambda: pipeline.log)
            if pipeline.drain() != 0:
                raise RuntimeError(pipeline.log)
        finally:
            if pipeline.process.poll() is None:
                pipeline.kill()
    return sorted(latencies)


def _wait_ready(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}ready") as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except HTTPError:
            time.sleep(0.1)
    raise RuntimeError(f"{address}ready never said so")


def stamped(options: Options) -> list[Topic]:
    """The topics of the job; in that of the articles each record bears the time at which the broker appended it."""
    by_broker = {"message.timestamp.type": "LogAppendTime"}
    return [
        Topic(topic.name, topic.partitions, topic.config | by_broker) if topic.name == options.topic_articles else topic
        for topic in wire_topics(options)
    ]


def send(connection: KafkaConnection, topic: str, items: Sequence[tuple[bytes, bytes]], rate: float) -> int:
    """Sends (value, key) at the rate; returns the wall time of the first, in ms."""
    producer = KafkaProducer(**connection.client_options(), linger_ms=2)
    began = time.time()
    for number, (value, key) in enumerate(items):
        ahead = began + number / rate - time.time()
        if ahead > BURST:
            time.sleep(ahead)
        producer.send(topic, value, key=key)
    producer.flush()
    producer.close()
    return int(began * 1000)


def arrivals(connection: KafkaConnection, topic: str, total: int, after: int, log: Callable[[], str]) -> list[float]:
    """From the timestamp of the payload to that of its record, in ms, of those sent from `after` on (ms). Waits for all `total`.

    Raises RuntimeError, with the log, where they do not come.
    """
    consumer = KafkaConsumer(topic, **connection.client_options(), group_id=None, auto_offset_reset="earliest", consumer_timeout_ms=10_000)
    found, count = [], 0
    for record in consumer:
        count += 1
        sent = orjson.loads(record.value)["provenance"]["timestamp"]
        if sent >= after:
            found.append(float(record.timestamp - sent))
        if count >= total:
            break
    consumer.close()
    if count < total:
        raise RuntimeError(f"{count} of {total} articles arrived in {topic}\n{log()}")
    return found


def show(results: dict[str, list[float]], console: Console) -> None:
    table = Table("sinks", "articles", "p50 ms", "p90 ms", "p99 ms", "max ms")
    for sinks, ordered in results.items():
        picked = [ordered[min(len(ordered) - 1, int(len(ordered) * share))] for share in (0.5, 0.9, 0.99)]
        table.add_row(sinks, f"{len(ordered):,}", *(f"{value:.0f}" for value in picked), f"{ordered[-1]:.0f}")
    console.print(table)
