"""Kafka's side of a bundle: records sent, acknowledged by every replica, sent again, or refused for good.

One idempotent producer serves a process and connection. kafka-python retries by itself what is transient, for as long as the delivery
time-out allows, and keeps the order of a partition meanwhile; an outbox adds what it leaves open: records lost when the producer's epoch
is raised (its documented behaviour on OutOfOrderSequence and UnknownProducerId), and telling a refusal from an outage.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from kafka import KafkaProducer, errors
from kafka.partitioner import murmur2

from writethru.kafka_connection import KafkaConnection
from writethru.sinks.contract import SinkFailed, short
from writethru.sinks.pool import discard, shared

log = logging.getLogger(__name__)
R = TypeVar("R")

Headers = list[tuple[str, bytes]]

TOO_LARGE = (errors.MessageSizeTooLargeError, errors.RecordListTooLargeError)
REFUSED = (*TOO_LARGE, errors.InvalidRecordError, errors.InvalidTimestampError)
"""The broker will not take this record, now or later."""

FORBIDDEN = (
    errors.AuthorizationError,
    errors.SaslAuthenticationFailedError,
    errors.UnsupportedSaslMechanismError,
    errors.InvalidTopicError,
    errors.PolicyViolationError,
    errors.UnsupportedVersionError,
    errors.UnsupportedCompressionTypeError,
)
"""The broker will not take any record until somebody changes its settings or ours."""

MAX_RECORD = 64 * 1024 * 1024
"""Bytes. The topic's `max.message.bytes` is the limit that counts; kafka-python's own, 1 MB, would hide it."""

LINGER_MS = 20
"""A flush ends every bundle and overrides it, so it costs no latency: it only keeps the sender thread from taking the first few records
of a bundle away as a batch of their own."""

BATCH_BYTES = 256 * 1024
PROBE_MS = 5_000


class Producer:
    """The process's producer for one connection."""

    def __init__(self, connection: KafkaConnection, compression: str | None, patience: float) -> None:
        request_ms = int(min(30.0, patience) * 1000)
        try:
            self.client = KafkaProducer(
                **{
                    **connection.client_options(),
                    "client_id": "writethru-sink",
                    "enable_idempotence": True,
                    "acks": "all",
                    "linger_ms": LINGER_MS,
                    "batch_size": BATCH_BYTES,
                    "compression_type": compression,
                    "max_request_size": MAX_RECORD,
                    "request_timeout_ms": request_ms,
                    "delivery_timeout_ms": int(patience * 1000) + LINGER_MS + 1,
                    "max_block_ms": PROBE_MS,
                    "allow_auto_create_topics": False,
                    "metadata_max_age_ms": 60_000,
                    # Its sensors cost 6 us a record; ops/metrics.py counts what is watched.
                    "metrics_enabled": False,
                }
            )
        except (errors.KafkaError, OSError) as error:
            raise SinkFailed(
                "kafka", connection.bootstrap, f"no broker answered ({short(error)})", "Start the broker or correct --bootstrap."
            ) from error

    def close(self) -> None:
        # Nothing of worth can be left: every bundle flushed or failed. A broker that is away would hold the close for ever.
        with suppress(errors.KafkaTimeoutError):
            self.client.close(timeout=2)


@dataclass(slots=True)
class Sent(Generic[R]):
    """A record on its way, kept until it is acknowledged so that it can be sent again."""

    record: R
    topic: str
    partition: int | None
    key: bytes
    value: bytes
    headers: Headers
    future: Any = None
    error: Exception | None = None

    @property
    def lane(self) -> tuple[str, int | bytes]:
        """What keeps its order: the partition where it was chosen, else the key."""
        return self.topic, self.key if self.partition is None else self.partition

    def outcome(self) -> Exception | None:
        if self.future is None or not self.future.failed():
            return self.error
        failed: Exception = self.future.exception
        return failed


class Outbox(Generic[R]):
    """The records of one bundle, each with the caller's own `record` of it."""

    def __init__(self, connection: KafkaConnection, topics: Sequence[str], patience: float, compression: str | None = None) -> None:
        """Raises SinkFailed where no broker answers or a topic is missing."""
        self._connection = connection
        self._compression = compression
        self._patience = patience
        self._sent: list[Sent[R]] = []
        self._producer = self._shared()
        for topic in topics:
            self.partitions(topic)

    def partitions(self, topic: str) -> int:
        """How many partitions the topic has, at most a minute old. Raises SinkFailed where it is missing."""
        try:
            return len(self._producer.client.partitions_for(topic))
        except errors.KafkaError as error:
            # No outage comes here: the producer met its broker at the start, and keeps what it knew of the topic while that is away.
            raise self._failed(topic, error, missing=True) from error

    def send(self, record: R, topic: str, key: bytes, value: bytes, headers: Headers, partition: int | None = None) -> None:
        sent = Sent(record, topic, partition, key, value, headers)
        self._sent.append(sent)
        self._post(sent)

    def flush(self) -> list[tuple[R, Exception]]:
        """Returns when every record sent so far is acknowledged by all in-sync replicas, or refused for good: those, with the reason.

        Raises SinkFailed at once where the broker forbids writing, and after `patience` seconds where it does not answer.
        """
        pending, self._sent = self._sent, []
        refused: list[tuple[R, Exception]] = []
        pause = 0.05
        deadline = time.monotonic() + self._patience
        while pending:
            self._await(pending, deadline)
            errors_ = [error for one in pending if (error := one.outcome()) is not None]
            if not errors_:
                break
            culprits = self._isolate([one for one in pending if isinstance(one.outcome(), REFUSED)], deadline)
            refused += [(one.record, error) for one, error in culprits]
            pending = self._again(pending, {id(one) for one, _ in culprits})
            if not pending:
                self._renew(deadline)
                break
            if not culprits:
                if time.monotonic() >= deadline:
                    self._drop()
                    raise self._failed(pending[0].topic, errors_[0]) from errors_[0]
                log.warning("%s: sending %d records again: %s", self._connection.bootstrap, len(pending), short(errors_[0]))
                time.sleep(pause)
                pause = min(1.0, pause * 2)
            if not all(getattr(error, "retriable", False) for error in errors_):
                self._renew(deadline)
            for one in pending:
                self._post(one)
        self._producer = self._shared()  # another handle may have replaced it
        return refused

    def clear(self) -> None:
        self._sent = []

    def _post(self, sent: Sent[R]) -> None:
        sent.future = sent.error = None
        try:
            sent.future = self._producer.client.send(
                sent.topic, value=sent.value, key=sent.key, headers=sent.headers, partition=sent.partition
            )
        except (errors.KafkaError, ValueError) as error:  # ValueError: the partition is gone from the metadata
            sent.error = error

    def _await(self, sent: list[Sent[R]], deadline: float) -> None:
        while True:
            try:
                # The delivery time-out ends first; the second more is for its outcome to arrive.
                self._producer.client.flush(timeout=max(0.0, deadline - time.monotonic()) + 1.0)
                return
            except errors.UnknownError:
                # 3.0.12 wakes a flush with "Future not done" when it has split a batch that the broker found too large; the halves are
                # on their way, and the next flush waits for them.
                time.sleep(0.01)
            except errors.KafkaTimeoutError as error:
                for one in sent:
                    if one.future is not None and not one.future.is_done:
                        one.future, one.error = None, error
                return

    def _isolate(self, suspects: list[Sent[R]], deadline: float) -> list[tuple[Sent[R], Exception]]:
        """The records the broker really refuses, each tried alone.

        3.0.12 takes a refused record for the end of its producer: whatever is sent with it or after it fails with the same error. The
        largest is tried first; where it fits its topic, so do the smaller ones.
        """
        culprits: list[tuple[Sent[R], Exception]] = []
        fit: set[str] = set()
        for one in sorted(suspects, key=lambda sent: len(sent.value), reverse=True):
            if one.topic in fit:
                continue
            suspicion = one.outcome()
            self._renew(deadline)
            self._post(one)
            self._await([one], deadline)
            error = one.outcome()
            if isinstance(error, REFUSED):
                culprits.append((one, error))
            elif error is None:
                # It goes out once more in its place: here it may have overtaken an earlier record of its key.
                one.future, one.error = None, suspicion
                if isinstance(suspicion, TOO_LARGE):
                    fit.add(one.topic)
        return culprits

    def _again(self, pending: list[Sent[R]], culprits: set[int]) -> list[Sent[R]]:
        """What must be sent again: what failed for now or by contagion, and everything behind it in its lane, so that the last one
        written stays the last. Raises SinkFailed where the broker forbids writing."""
        again: list[Sent[R]] = []
        broken: set[tuple[str, int | bytes]] = set()
        for one in pending:
            if id(one) in culprits:
                continue
            error = one.outcome()
            if isinstance(error, FORBIDDEN):
                self._drop()
                raise self._failed(one.topic, error) from error
            if error is not None:
                broken.add(one.lane)
            if one.lane in broken:
                again.append(one)
        return again

    def _key(self) -> Hashable:
        return "kafka", self._connection, self._compression, self._patience

    def _shared(self) -> Producer:
        return shared(self._key(), lambda: Producer(self._connection, self._compression, self._patience))

    def _renew(self, deadline: float) -> None:
        self._drop()
        while True:
            try:
                self._producer = self._shared()
                return
            except SinkFailed:
                if time.monotonic() >= deadline:
                    raise

    def _drop(self) -> None:
        discard(self._key(), self._producer)

    def _failed(self, topic: str, error: Exception, missing: bool = False) -> SinkFailed:
        where = f"{self._connection.bootstrap}, topic {topic}"
        if isinstance(error, FORBIDDEN):
            return SinkFailed("kafka", where, short(error), "Give this user the right to write to the topic.")
        if missing or isinstance(error, errors.UnknownTopicOrPartitionError):
            return SinkFailed("kafka", where, "the topic is not there", "Create it: writethru topics create.")
        return SinkFailed(
            "kafka",
            where,
            f"records were not acknowledged within {self._patience:g} s ({short(error)})",
            "Nothing of this batch is committed: bring the broker back and start the pipeline again.",
        )


@lru_cache(maxsize=4096)
@lru_cache(maxsize=4096)
def lane_hash(key: str) -> int:
    """Kafka's own hash of a key, positive: what the Java client's partitioner would choose for it, modulo the partitions."""
    return int(murmur2(key.encode())) & 0x7FFFFFFF
