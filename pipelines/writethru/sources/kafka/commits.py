"""Group commits: one committer per process, cluster and group, in a thread of its own.

A commit is for the next cold start and for lag dashboards; the pipeline's own place is the checkpoint mark. So it may come a moment
later, several may become one, and a broker that is away delays it without stopping the pipeline.
"""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Mapping

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError
from kafka.structs import OffsetAndMetadata

from writethru.kafka_connection import KafkaConnection, opened
from writethru.sources.kafka.settings import Position

log = logging.getLogger(__name__)

PAUSE = 0.05
"""Seconds between two commits: at 150 bundles a second one commit each would cost as much as the bundle."""
RETRY_AFTER = 0.5


class Committer:
    """Commits what is submitted, the newest of each partition, never backwards."""

    def __init__(self, connection: KafkaConnection, group: str) -> None:
        self._connection = connection
        self._group = group
        self._changed = threading.Condition()
        self._wanted: dict[Position, int] = {}
        self._held: dict[Position, int] = {}
        self._urgent = 0
        self._closing = False
        self._thread: threading.Thread | None = None

    def submit(self, offsets: Mapping[Position, int]) -> None:
        """Has `offsets` committed soon; one at or below what was submitted before is ignored. Returns at once."""
        with self._changed:
            ahead = {at: offset for at, offset in offsets.items() if offset > max(self._held.get(at, -1), self._wanted.get(at, -1))}
            if not ahead:
                return
            self._wanted.update(ahead)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=f"commit-{self._group}", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Waits until all that was submitted is committed; False after `timeout` seconds."""
        with self._changed:
            self._urgent += 1
            self._changed.notify_all()
            done = self._changed.wait_for(lambda: not self._wanted, timeout)
            self._urgent -= 1
        if not done:
            log.error("group %s: offsets not committed within %.0f s; what they cover will be read again", self._group, timeout)
        return done

    def forget(self, position: Position) -> None:
        """Lets `position` be committed lower than before: its partition was cut off or made anew."""
        with self._changed:
            self._held.pop(position, None)
            self._wanted.pop(position, None)

    def close(self, timeout: float = 5.0) -> None:
        """Commits what is left, for at most `timeout` seconds, and ends the thread."""
        thread = self._thread
        if thread is None:
            return
        self.flush(timeout)
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        thread.join(timeout)

    def _run(self) -> None:
        consumer: KafkaConsumer | None = None
        failing = False
        try:
            while (batch := self._next()) is not None:
                try:
                    if consumer is None:
                        consumer = opened(KafkaConsumer, self._connection, group_id=self._group, enable_auto_commit=False)
                    offsets = {TopicPartition(*position): OffsetAndMetadata(offset, "", -1) for position, offset in batch.items()}
                    consumer.commit(offsets, timeout_ms=5_000)
                except KafkaError as error:
                    if not failing:
                        log.warning("group %s at %s: commit failed, trying on: %s", self._group, self._connection.bootstrap, error)
                    failing = True
                    self._rest(RETRY_AFTER)
                    continue
                failing = False
                self._committed(batch)
                self._rest(PAUSE)
        finally:
            if consumer is not None:
                consumer.close(autocommit=False, timeout_ms=1_000)

    def _next(self) -> dict[Position, int] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._wanted or self._closing)
            return None if self._closing else dict(self._wanted)

    def _committed(self, batch: Mapping[Position, int]) -> None:
        with self._changed:
            self._held.update(batch)
            self._wanted = {position: offset for position, offset in self._wanted.items() if offset > batch.get(position, -1)}
            self._changed.notify_all()

    def _rest(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._closing or (self._urgent and self._wanted), seconds)


_lock = threading.Lock()
_committers: dict[tuple[KafkaConnection, str], Committer] = {}


def committer(connection: KafkaConnection, group: str) -> Committer:
    """This process's committer of the group."""
    with _lock:
        key = connection, group
        if key not in _committers:
            _committers[key] = Committer(connection, group)
        return _committers[key]


def close_committers() -> None:
    """Commits what is left and closes all; a later `committer()` opens anew."""
    with _lock:
        closing = list(_committers.values())
        _committers.clear()
    for each in closing:
        each.close()


atexit.register(close_committers)
