"""What the tests of the Kafka source share: a producer, a pipeline in a thread, and what it saw."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import uuid4

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from kafka import KafkaProducer

from writethru.kafka_connection import KafkaConnection
from writethru.records import RawMessage
from writethru.sources.kafka import KafkaSettings, RawBatch, ReadKafka

_seen: dict[str, list[tuple[float, RawBatch]]] = defaultdict(list)
_actions: dict[str, Callable[[RawBatch], None]] = {}


class See(beam.DoFn):
    """Keeps every batch with its time of arrival, under the id of the run, and does what the test wants done with it."""

    def __init__(self, run: str) -> None:
        self._run = run

    def process(self, batch: RawBatch) -> None:
        _actions.get(self._run, len)(batch)
        _seen[self._run].append((time.time(), batch))


class Run:
    """A pipeline of the source and `See`, in a thread of its own."""

    def __init__(self, settings: KafkaSettings, action: Callable[[RawBatch], None] | None = None, *, probe: bool = True) -> None:
        self.id = uuid4().hex
        if action:
            _actions[self.id] = action
        self.error: BaseException | None = None
        self._pipeline = beam.Pipeline(runner=FnApiRunner(), options=PipelineOptions(["--direct_num_workers=1"]))
        _ = self._pipeline | ReadKafka(settings, name=self.id, probe=probe) | beam.ParDo(See(self.id))
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        try:
            self._pipeline.run()
        except BaseException as error:
            self.error = error

    @property
    def batches(self) -> list[RawBatch]:
        return [batch for _, batch in tuple(_seen[self.id])]

    @property
    def messages(self) -> list[RawMessage]:
        return [message for batch in self.batches for message in batch]

    @property
    def values(self) -> list[bytes]:
        return [message.value for message in self.messages]

    @property
    def arrivals(self) -> list[tuple[float, RawBatch]]:
        return tuple(_seen[self.id])

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def join(self, seconds: float = 30.0) -> Run:
        """Waits for the pipeline's end and raises what it raised."""
        self._thread.join(seconds)
        assert not self.running, f"the pipeline did not end within {seconds} s; it saw {len(self.messages)} messages"
        if self.error is not None:
            raise self.error
        return self


def read(settings: KafkaSettings, seconds: float = 30.0) -> Run:
    """Runs to the end."""
    return Run(settings).join(seconds)


def produce(connection: KafkaConnection, topic: str, values: Iterable[bytes | None], partitions: int = 1) -> None:
    """Sends `values` round robin over the partitions and returns when the cluster holds them."""
    producer = KafkaProducer(**connection.client_options(), linger_ms=5, batch_size=128 << 10, max_request_size=32 << 20)
    try:
        sent = [producer.send(topic, value, key=b"key", partition=number % partitions) for number, value in enumerate(values)]
        for each in sent:
            each.get(30)
    finally:
        producer.close()


def numbers(start: int, end: int) -> list[bytes]:
    return [b"%d" % number for number in range(start, end)]


def until(condition: Callable[[], bool], seconds: float = 15.0) -> None:
    """Waits for `condition`, fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s"
        time.sleep(0.01)
