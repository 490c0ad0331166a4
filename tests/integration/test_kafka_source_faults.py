"""The Kafka source when the cluster, or the process itself, is not there."""

from __future__ import annotations

import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.kafka_kit import Run, numbers, produce, read, until
from writethru.kafka_connection import KafkaConnection, KafkaUnavailable
from writethru.local.broker import Broker
from writethru.sources import kafka
from writethru.sources.kafka import KafkaSettings, ReadKafka, TopicMissing, committed, request_drain
from writethru.topics import Topic, create_topics

# kafka-python 3.0 leaves the socket of a refused connection to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    kafka.close()
    gc.collect()


def nobody() -> str:
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return f"localhost:{free.getsockname()[1]}"


def test_a_broker_that_is_not_there_is_named_soon() -> None:
    address = nobody()
    started, threads = time.monotonic(), threading.active_count()
    with pytest.raises(KafkaUnavailable, match=rf"no Kafka broker answers at {address} \(topic wire\.raw\)"):
        ReadKafka(KafkaSettings(connection=KafkaConnection(address), topics=("wire.raw",), group="desk"))
    assert time.monotonic() - started < 15
    assert threading.active_count() == threads, "the client that failed is closed"


def test_a_port_that_takes_and_never_answers_is_named_as_soon() -> None:
    with socket.create_server(("localhost", 0)) as silent:
        address = f"localhost:{silent.getsockname()[1]}"
        started = time.monotonic()
        with pytest.raises(KafkaUnavailable, match=address):
            ReadKafka(KafkaSettings(connection=KafkaConnection(address), topics=("wire.raw",), group="desk"))
        assert time.monotonic() - started < 15


def test_without_the_probe_the_running_pipeline_says_the_same() -> None:
    """Beam swallows what split() raises; the reader raises it again."""
    address = nobody()
    settings = KafkaSettings(connection=KafkaConnection(address), topics=("wire.raw",), group="desk")
    with pytest.raises(Exception, match=rf"no Kafka broker answers at {address} \(topic wire\.raw\)"):
        Run(settings, probe=False).join(30)


def test_a_missing_topic_is_named_with_the_command_that_makes_it(connection: KafkaConnection, unique: Callable[[str], str]) -> None:
    name = unique("missing")
    settings = KafkaSettings(connection=connection, topics=(name,), group="desk")
    with pytest.raises(
        TopicMissing, match=rf"{name} does not exist at {connection.bootstrap}.*writethru topics create .*--topic-raw {name}"
    ):
        ReadKafka(settings)
    with pytest.raises(Exception, match=rf"topic {name} does not exist"):
        Run(settings, probe=False).join(30)


def test_a_broker_that_is_killed_and_comes_back_costs_no_record(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with Broker(data=tmp_path / "kafka") as broker:
        connection = KafkaConnection(broker.bootstrap)
        create_topics(connection, [Topic("wire.raw", 2)])
        produce(connection, "wire.raw", numbers(0, 2000), partitions=2)
        settings = KafkaSettings(connection=connection, topics=("wire.raw",), group="desk", batch_records=50, bundle_batches=2)
        run = Run(settings, lambda batch: time.sleep(0.01))
        until(lambda: len(run.values) > 300)
        broker.kill()
        until(lambda: not kafka.answering(), 20)
        broker.start()
        produce(connection, "wire.raw", numbers(2000, 2500), partitions=2)
        until(lambda: len(set(run.values)) == 2500, 30)
        assert kafka.answering()
        request_drain()
        run.join()
        assert sorted(run.values) == sorted(numbers(0, 2500)), "none lost, and none twice: the pipeline itself never stopped"
        assert committed(connection, "desk", [("wire.raw", 0), ("wire.raw", 1)]) == {("wire.raw", 0): 1250, ("wire.raw", 1): 1250}
        told = [record.getMessage() for record in caplog.records if record.name.startswith("writethru.sources")]
        assert sum("no answer from Kafka" in line for line in told) == 1
        assert sum("answers again" in line for line in told) == 1


WORKER = """
import sys, time
import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from writethru.kafka_connection import KafkaConnection
from writethru.sources.kafka import KafkaSettings, ReadKafka

bootstrap, topic, stop, path = sys.argv[1:]

class Write(beam.DoFn):
    def start_bundle(self):
        self.lines = []
    def process(self, batch):
        self.lines += [message.value for message in batch]
        time.sleep(0.01)
    def finish_bundle(self):
        with open(path, "ab") as file:
            file.write(b"".join(line + b"\\n" for line in self.lines))

settings = KafkaSettings(
    connection=KafkaConnection(bootstrap), topics=(topic,), group=topic, stop=stop, batch_records=50, bundle_batches=4
)
pipeline = beam.Pipeline(runner=FnApiRunner(), options=PipelineOptions(["--direct_num_workers=1"]))
pipeline | ReadKafka(settings) | beam.ParDo(Write())
pipeline.run()
"""


def test_a_pipeline_killed_with_9_loses_nothing_and_repeats_an_open_bundle(
    connection: KafkaConnection, topic: Callable[..., str], tmp_path: Path
) -> None:
    name, out = topic("killed", partitions=2), tmp_path / "out"
    produce(connection, name, numbers(0, 6000), partitions=2)
    out.touch()

    def start(stop: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", WORKER, connection.bootstrap, name, stop, str(out)]
        return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": "pipelines"}, stderr=subprocess.DEVNULL)

    for lines in (600, 2000):
        worker = start("never")
        try:
            until(lambda: out.read_bytes().count(b"\n") >= lines, 30)  # noqa: B023
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
    written = out.read_bytes().split()
    assert len(set(written)) < 6000, "killed in mid-stream"
    assert start("end").wait(60) == 0
    everything = out.read_bytes().split()
    assert set(everything) == set(numbers(0, 6000)), "none lost"
    assert len(everything) - 6000 <= 2 * 3 * 200, "twice the bundles that were not committed yet"


def test_two_sources_of_one_process_do_not_mix(connection: KafkaConnection, topic: Callable[..., str]) -> None:
    names = topic("left"), topic("right")
    for name in names:
        produce(connection, name, [name.encode()] * 20)
    runs = [Run(KafkaSettings(connection=connection, topics=(name,), group=name)) for name in names]
    for name, run in zip(names, runs, strict=True):
        until(lambda: len(run.values) == 20)  # noqa: B023
        assert set(run.values) == {name.encode()}
    request_drain()
    for run in runs:
        run.join()


def test_several_topics_are_one_source(connection: KafkaConnection, topic: Callable[..., str]) -> None:
    names = topic("first", partitions=2), topic("second")
    for name in names:
        produce(connection, name, numbers(0, 10))
    seen = read(KafkaSettings(connection=connection, topics=names, group=names[0], stop="end")).messages
    assert {(message.topic, message.value) for message in seen} == {(name, value) for name in names for value in numbers(0, 10)}


def test_a_pipeline_that_ends_leaves_no_thread_behind(connection: KafkaConnection, topic: Callable[..., str]) -> None:
    name = topic("tidy")
    produce(connection, name, numbers(0, 5))
    before = {thread.name for thread in threading.enumerate()}
    read(KafkaSettings(connection=connection, topics=(name,), group=name, stop="end"))
    kafka.close()
    left = {thread.name for thread in threading.enumerate()} - before
    assert not [each for each in left if "kafka" in each.lower() or "commit" in each], left
