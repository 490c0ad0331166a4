"""What is dear and process-wide: options, indexes, local state, sinks, and the counting. DoFn instances are remade constantly and pickle
none of it.

`configure()` sets the job of this process (the command line does, once). A worker that nobody configured asks
`worker.options()`, so that neither address nor password ever stands in a graph or a savepoint.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

from writethru import __version__, worker
from writethru.deadletters import DeadLetterLimit, DeadLetterSink, TooManyDeadLetters, opened_dead_letters
from writethru.formats import Limits
from writethru.kafka_connection import KafkaConnection
from writethru.ops import batch as counting
from writethru.ops import metrics
from writethru.ops.health import health
from writethru.ops.recent import recent
from writethru.options import Options
from writethru.records import Article, DeadLetter, Decoded, Emission, RawMessage, Skipped
from writethru.sinks import (
    BigQuerySinkSettings,
    FilesSinkSettings,
    KafkaSinkSettings,
    Rejected,
    Sink,
    SinkFailed,
    SinkSettings,
    SqlSinkSettings,
    opened,
)
from writethru.sources import kafka
from writethru.threads.embedding import Embedding
from writethru.transforms import collector
from writethru.transforms.state import IndexCache, LocalState
from writethru.wire.times import rfc3339

BEAT_EVERY = 1000
"""Milliseconds, at least, between a beat and the next one that a poll gives."""


class Job:
    """One pipeline in this process. `state` is the log of the local runner, None where Beam keeps the state. An emission is counted, and
    `on_emission` told of it with the wall time in ms, when the last-named sink holds it. `running` is set when the first bundle ends."""

    def __init__(self, options: Options, *, local_state: bool) -> None:
        self.options = options
        self.pipeline = f"writethru/{__version__}"
        self.feeds = options.feeds()
        self.limits = Limits(payload=options.max_payload_bytes, unpacked=options.max_payload_bytes)
        self.embedding = Embedding(Path(options.embedding)) if options.embedding else None
        self.limit = DeadLetterLimit(ratio=options.dead_ratio, run=options.dead_run)
        self.cache = IndexCache()
        self.state = LocalState(options.state_path) if local_state else None
        self.failure: Exception | None = None
        self._capped: dict[tuple[str, str], int] = {}
        self.running = threading.Event()
        self.on_emission: Callable[[Emission, int], None] | None = None
        self._beating = threading.Lock()
        self._beaten = 0
        # On a cluster a sink is opened by the first bundle that comes to it, on a quiet feed hours later: a worker is ready without.
        health.expect("source", *(f"sink {name}" for name in options.sinks if local_state))
        kafka.on_poll(self.polled)

    # --- sinks ------------------------------------------------------------------------------------------------------------

    def sink(self, name: str) -> Sink:
        """A handle on the named sink. Raises SinkFailed."""
        try:
            with self.watching():
                sink = opened(self._settings(name))
        except SinkFailed as error:
            health.down(f"sink {name}", str(error))
            raise
        health.up(f"sink {name}")
        return sink

    def dead_sinks(self) -> list[DeadLetterSink]:
        """Handles on every place where dead letters lie: where the records lie, at least one."""
        with self.watching():
            return [opened_dead_letters(self._settings(name)) for name in self.options.sinks]

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Keeps a sink's failure for the command line, because Beam wraps, and edits, what it raises."""
        try:
            yield
        except SinkFailed as error:
            self.failure = copy(error)
            raise

    def _settings(self, name: str) -> SinkSettings:
        options = self.options
        if name == "sql":
            return SqlSinkSettings(options.database_url)
        if name == "files":
            return FilesSinkSettings(options.out)
        if name == "bigquery":
            return BigQuerySinkSettings(options.bigquery_dataset)
        topics = options.topic_articles, options.topic_stories, options.topic_threads, options.topic_dead
        return KafkaSinkSettings(KafkaConnection.from_options(options), *topics)

    def flush(self, name: str, sink: Sink, written: Sequence[Emission]) -> list[Rejected]:
        """Flushes, and counts what is now held."""
        started = time.monotonic()
        try:
            with self.watching():
                refused = sink.flush()
        except SinkFailed as error:
            metrics.SINK_FAILURES.inc(sink=name)
            health.down(f"sink {name}", str(error))
            raise
        now = _now()
        if name == self.options.sinks[-1]:
            self.running.set()
            with self._beating:
                self._beat(now)
        for emission in written:
            counting.written(name, emission, time.monotonic() - started, now)
            if name == self.options.sinks[-1]:
                recent.emission(emission, now)
                counting.emitted(emission, now)
                if self.on_emission is not None:
                    self.on_emission(emission, now)
        if refused:
            metrics.SINK_REJECTED.inc(len(refused), sink=name)
        return refused

    # --- counting, once a batch -------------------------------------------------------------------------------------------

    def decoded(
        self,
        batch: Sequence[RawMessage],
        read: Sequence[tuple[RawMessage, Decoded]],
        dead: Sequence[DeadLetter],
        skipped: Sequence[Skipped],
        seconds: float,
    ) -> None:
        """Raises TooManyDeadLetters where a flood of bad input says that the deploy is bad, not the input."""
        now = _now()
        recent.inbound(len(batch), now)
        metrics.BATCH_RECORDS.observe(len(batch))
        sizes: Counter[str] = Counter()
        for message in batch:
            sizes[message.topic] += len(message.value)
        metrics.SOURCE_BYTES.inc_many(sizes)
        metrics.STEP_SECONDS.observe(seconds, step="decode")
        metrics.RECORDS_IN.inc(len(batch), step="decode")
        metrics.RECORDS_OUT.inc(sum(len(decoded.items) for _, decoded in read), step="decode")
        counting.skipped(skipped)
        self._dead(dead, now)
        try:
            # Messages, not letters: one list of items may hold more bad ones than the batch has messages.
            bad = len({(letter.message.topic, letter.message.partition, letter.message.offset) for letter in dead})
            self.limit.observe(len(batch) - bad, bad)
        except TooManyDeadLetters as error:
            self.failure = error
            raise

    def normalised(self, articles: Sequence[Article], dead: Sequence[DeadLetter], seconds: float) -> None:
        metrics.STEP_SECONDS.observe(seconds, step="normalise")
        metrics.RECORDS_IN.inc(len(articles) + len(dead), step="normalise")
        metrics.RECORDS_OUT.inc(len(articles), step="normalise")
        self._dead(dead, _now())

    def rejected(self, dead: Sequence[DeadLetter]) -> None:
        self._dead(dead, _now())

    def indexed(self, step: str, key: str, articles: int, live: int, log_bytes: int, seconds: float) -> None:
        metrics.RECORDS_IN.inc(articles, step=step)
        metrics.STEP_SECONDS.observe(seconds, step=step)
        metrics.LIVE_ARTICLES.set(live, step=step, key=key)
        metrics.STATE_BYTES.inc(log_bytes, step=step)

    def capped(self, step: str, key: str, total: int) -> None:
        """`total` is what the index counts; the metric rises by what is new since this process last looked."""
        known = self._capped.get((step, key), 0)
        if total > known:
            metrics.EVICTIONS.inc(total - known, step=step)
        self._capped[step, key] = total

    def rebuilt(self, step: str, seconds: float) -> None:
        metrics.REBUILDS.inc(step=step)
        metrics.REBUILD_SECONDS.observe(seconds, step=step)

    def polled(self, now: int) -> None:
        """After a poll of the source, at `now`, wall time in ms. On a cluster an empty poll reaches no sink, and what another worker's keys
        take reaches none here: without this a worker that only reads would look dead."""
        with self._beating:
            if abs(now - self._beaten) >= BEAT_EVERY:
                self._beat(now)

    def _beat(self, now: int) -> None:
        """Hold `_beating`: workers of a cluster read and write in several threads."""
        self._beaten = now
        health.beat(now)
        if kafka.answering():
            health.up("source")
        else:
            health.down("source", "the brokers do not answer; they are waited for")
        for (topic, partition), records in kafka.lag().items():
            metrics.KAFKA_LAG.set(records, topic=topic, partition=str(partition))
        for (topic, partition), times in kafka.losses().items():
            known = metrics.KAFKA_LOST.value(topic=topic, partition=str(partition))
            metrics.KAFKA_LOST.inc(max(0, times - known), topic=topic, partition=str(partition))

    def _dead(self, dead: Sequence[DeadLetter], now: int) -> None:
        if dead:
            counting.dead(dead)
            recent.dead(dead, now)

    # --- the rest ---------------------------------------------------------------------------------------------------------

    @staticmethod
    @lru_cache(maxsize=4096)
    def received(timestamp: int) -> str:
        """`provenance.received`: the moment the topic had the message, so that two runs over one topic leave the same rows."""
        return rfc3339(datetime.fromtimestamp(timestamp / 1000, timezone.utc))

    def close(self) -> None:
        kafka.on_poll(None)
        if self.state is not None:
            self.state.close()


def _now() -> int:
    return int(time.time() * 1000)


_lock = threading.Lock()
_job: Job | None = None


def configure(options: Options, *, local_state: bool) -> Job:
    """Makes this process's job anew. Raises StateUnusable where the local state cannot be opened."""
    global _job
    with _lock:
        if _job is not None:
            _job.close()
        collector.settle()
        _job = Job(options, local_state=local_state)
        return _job


def current_job() -> Job:
    global _job
    with _lock:
        if _job is None:
            collector.settle()
            _job = Job(worker.options(), local_state=False)
        return _job
