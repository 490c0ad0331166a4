"""The consumer behind a shard of the source: one per process, whoever reads.

Beam makes readers often (on Flink one for every bundle that is not finalised yet), and a consumer is dear: a bootstrap, a thread, a
fetch session. So the consumer belongs to the shard; a reader leases it, and the next reader's lease moves it, with a seek where the
positions differ.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError, KafkaTimeoutError, LogTruncationError, OffsetOutOfRangeError

from writethru.kafka_connection import KafkaUnavailable, opened
from writethru.sources.kafka.batches import RawBatch, cut, in_time
from writethru.sources.kafka.commits import committer
from writethru.sources.kafka.rounds import Rounds
from writethru.sources.kafka.settings import KafkaSettings, Position
from writethru.sources.kafka.watermark import Watermark

log = logging.getLogger(__name__)

SLICE = 0.1
"""Seconds of one wait inside an idle poll: `poll()` returns with the first record, and nothing else wakes it, a drain neither."""
ASK_AFTER = 5.0
"""Seconds of silence after which the brokers are asked for an end offset: `poll()` raises nothing when they are gone."""
ANSWER_WITHIN_MS = 150


class DataLost(RuntimeError):
    """The next offset is no longer in the topic, and the source was told to fail then."""


class Shard:
    """Reads the partitions p % shards == shard of the topics. Not thread-safe: hold `lock`."""

    def __init__(self, settings: KafkaSettings, shard: int, shards: int, ends: Mapping[Position, int] | None) -> None:
        """Raises `KafkaUnavailable`."""
        self.lock = threading.RLock()
        self.lease: object = None
        self.positions: dict[Position, int] = {}
        self.lost: dict[Position, int] = {}
        self.watermark = Watermark(int(settings.idle_after * 1000))
        self.answering = True
        self.used = time.monotonic()
        self.settings = settings
        self.ends = ends
        self.rounds = Rounds()
        self._part = shard, shards
        self._left: set[Position] = set()
        self._high: dict[Position, int] = {}
        self._reopened: set[Position] = set()
        self._again: dict[Position, int] = {}
        self._ready: deque[RawBatch] = deque()
        self.heard = self._looked = self._asked = time.monotonic()
        try:
            self._consumer = opened(
                KafkaConsumer,
                settings.connection,
                group_id=None,
                enable_auto_commit=False,
                auto_offset_reset="none",
                allow_auto_create_topics=False,
                max_poll_records=settings.batch_records,
                metadata_max_age_ms=max(100, int(settings.discover_every * 1000)),
                fetch_max_bytes=16 << 20,
                **_gathering(settings.linger),
                metrics_enabled=False,
            )
        except KafkaError as error:
            raise KafkaUnavailable(settings.connection, "topic " + ", ".join(settings.topics), error) from error

    # --- place ------------------------------------------------------------------------------------------------------------

    def take(self, reader: object, positions: Mapping[Position, int], *, reopens: bool) -> None:
        """Gives the lease to `reader`, which goes on at `positions` (a partition not in them is new and starts at 0). Where that is another
        place than this process has come to and `reopens` is set, an attempt before may have read on from there: what the partitions
        hold by then is marked as read `again`."""
        if self.lease is reader:
            return
        self.lease = reader
        self.used = time.monotonic()
        if not self.positions or any(positions.get(position, 0) != offset for position, offset in self.positions.items()):
            self._assign({position: positions.get(position, 0) for position in self._owned(positions)})
            self._reopened = set(self.positions) if reopens else set()
            self._again = {}
            self.rounds = Rounds()

    def drop(self) -> None:
        """Forgets what was fetched and not claimed."""
        self._ready.clear()

    @property
    def finished(self) -> bool:
        """The source stops at the end, and every partition has come there."""
        return self.ends is not None and not self._left and not self._ready

    @property
    def backlog(self) -> bool:
        """A whole batch waits. A few records do not count: a bundle held open for each next one would never close on a steady stream
        (seen at 100 records/s: a median latency of one second instead of milliseconds)."""
        return bool(self._ready) or sum(self.lag().values()) >= self.settings.batch_records

    def event_time(self) -> int:
        """The watermark in ms. While records wait, or nobody answers, silence says nothing about event time."""
        waiting = [position for position, records in self.lag().items() if records or not self.answering]
        return self.watermark.at(_now(), waiting)

    def lag(self) -> dict[Position, int]:
        """Records between what was claimed and each partition's end at the last fetch. May be asked from another thread."""
        return {position: max(0, self._high.get(position, offset) - offset) for position, offset in tuple(self.positions.items())}

    def _owned(self, known: Mapping[Position, int]) -> list[Position]:
        if self.ends is not None:
            return sorted(self.ends)
        found = set(known)
        for topic in self.settings.topics:
            found |= {(topic, partition) for partition in self._consumer.partitions_for_topic(topic)}
        shard, shards = self._part
        return sorted(position for position in found if position[1] % shards == shard)

    def _assign(self, positions: dict[Position, int]) -> None:
        self.drop()
        self.positions = positions
        self._consumer.assign([TopicPartition(*position) for position in positions])
        for position, offset in positions.items():
            self._consumer.seek(TopicPartition(*position), offset)
        self._high = {}
        self.watermark.own(positions, _now())
        self._left = set(positions) if self.ends is not None else set()
        self._leave_ended()

    def _discover(self) -> None:
        if self.ends is not None or time.monotonic() - self._looked < self.settings.discover_every:
            return
        self._looked = time.monotonic()
        new = [position for position in self._owned(self.positions) if position not in self.positions]
        if new:
            log.info("new partitions: %s", ", ".join(f"{topic}[{partition}]" for topic, partition in new))
            self._assign(self.positions | dict.fromkeys(new, 0))

    # --- records ----------------------------------------------------------------------------------------------------------

    def poll(self, wait: float, stop: threading.Event) -> RawBatch:
        """The next batch; empty after `wait` seconds without one, or when `stop` is set.

        A broker that is away is waited for, and said so once. Raises `DataLost` where the settings ask for that, and `KafkaError` for
        what waiting does not cure (no right to read, a corrupt record).
        """
        self.used = time.monotonic()
        deadline = self.used + wait
        self._discover()
        while not self._ready:
            left = deadline - time.monotonic()
            self._fetch(min(SLICE, max(left, 0.0)))
            if self.finished or left <= SLICE or stop.is_set():
                break
        return self._claim() if self._ready else ()

    def _fetch(self, wait: float) -> None:
        try:
            found = self._consumer.poll(timeout_ms=int(wait * 1000))
        except OffsetOutOfRangeError as error:
            self._resume([(at.topic, at.partition) for at in error.args[0]])
            return
        except LogTruncationError as error:
            self._resume([(at.topic, at.partition) for at in error.divergent_offsets])
            return
        if found:
            self.heard = time.monotonic()
            self._answers()
            self._measure((at.topic, at.partition) for at in found)
            self._reach()
            records = (record for record in in_time(found.values()) if self._wanted(record.topic, record.partition, record.offset))
            self._ready.extend(cut(records, self.settings.batch_bytes, self._again))
        else:
            self._measure(self.positions)
            self._skip_gaps()
            if time.monotonic() - self.heard > ASK_AFTER:
                self._ask()

    def _wanted(self, topic: str, partition: int, offset: int) -> bool:
        return self.ends is None or offset < self.ends[topic, partition]

    def _claim(self) -> RawBatch:
        batch = self._ready.popleft()
        now = _now()
        newest = {(message.topic, message.partition): message for message in batch}
        for position, message in newest.items():
            self.positions[position] = message.offset + 1
            self.watermark.saw(position, message.timestamp, now)
        self._leave_ended()
        return batch

    def _measure(self, positions: Iterable[Position]) -> None:
        for position in positions:
            high = self._consumer.highwater(TopicPartition(*position))
            if high is not None:
                self._high[position] = high

    def _reach(self) -> None:
        """Where each reopened partition ended at its first fetch: no attempt before this one can have read further."""
        for position in self._reopened & self._high.keys():
            self._again[position] = self._high[position]
            self._reopened.discard(position)
        if self._again:
            self._again = {position: end for position, end in self._again.items() if self.positions[position] < end}

    def _skip_gaps(self) -> None:
        """After an empty poll the consumer may stand past the last record: transaction markers and compacted offsets carry none, and
        would count as lag, and as not yet at the end, for ever."""
        for position, reached in self.positions.items():
            if position in self._left or self._high.get(position, 0) > reached:
                stands = self._consumer.position(TopicPartition(*position), timeout_ms=ANSWER_WITHIN_MS)
                self.positions[position] = max(reached, stands or 0)
        self._leave_ended()

    def _leave_ended(self) -> None:
        if self.ends is not None:
            ended = {position for position in self._left if self.positions[position] >= self.ends[position]}
            self._left -= ended
            self._consumer.pause(*(TopicPartition(*position) for position in ended))

    # --- what goes wrong --------------------------------------------------------------------------------------------------

    def _resume(self, lost: list[Position]) -> None:
        """The topic no longer holds these positions: retention overtook the reader, or the topic was made anew."""
        partitions = [TopicPartition(*position) for position in lost]
        try:
            first = self._consumer.beginning_offsets(partitions, timeout_ms=5_000)
            after = self._consumer.end_offsets(partitions, timeout_ms=5_000)
        except KafkaTimeoutError:
            return  # the broker went away meanwhile; the next fetch says the same again
        for position, at in zip(lost, partitions, strict=True):
            told = (
                f"data loss: {position[0]}[{position[1]}] no longer holds offset {self.positions[position]}, "
                f"it has {first[at]} to {after[at]} (group {self.settings.group})"
            )
            self.lost[position] = self.lost.get(position, 0) + 1
            if self.settings.on_data_loss == "fail":
                log.error("%s; stopping, as asked", told)
                raise DataLost(told)
            log.error("%s; reading on at %d", told, first[at])
            self.positions[position] = first[at]
            self.rounds.forget(position, time.monotonic())
            committer(self.settings.connection, self.settings.group).forget(position)
        self._assign(self.positions)

    def _ask(self) -> None:
        """Tells silence from absence."""
        now = time.monotonic()
        if now - self._asked < (ASK_AFTER if self.answering else 1.0):
            return
        self._asked = now
        try:
            if self.positions:
                self._consumer.end_offsets([TopicPartition(*next(iter(self.positions)))], timeout_ms=ANSWER_WITHIN_MS)
            else:
                self._consumer.partitions_for_topic(self.settings.topics[0])
        except KafkaError as error:
            if self.answering:
                log.warning("no answer from Kafka at %s, waiting for it: %s", self.settings.connection.bootstrap, error)
            self.answering = False
        else:
            self._answers()

    def _answers(self) -> None:
        if not self.answering:
            log.warning("Kafka at %s answers again", self.settings.connection.bootstrap)
        self.answering = True

    def close(self) -> None:
        self._consumer.close(autocommit=False, timeout_ms=1_000)


def _gathering(linger: float) -> dict[str, int]:
    """Has the broker answer when so much is there, or after `linger` seconds: what a shard fetches while others are polled gathers too."""
    return {"fetch_min_bytes": 256 << 10, "fetch_max_wait_ms": int(linger * 1000)} if linger else {}


def _now() -> int:
    return int(time.time() * 1000)
