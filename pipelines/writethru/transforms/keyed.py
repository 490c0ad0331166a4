"""One stateful shell for both keyed steps: the index of a key is a cache, the log in the state is the truth.

Per batch and key there is one append to the log, and, where the runner moves keys, one read and one write of a token. The token tells
whether the index that this process holds is the one that wrote the state last; after a restart, a retry or a move of the key it is not,
and the index is rebuilt from the log. Beam's Python state is slow by the access (one cell a story: 357 records/s, this: over 20,000), so
nothing finer is kept.
"""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

import apache_beam as beam
from apache_beam.coders import BytesCoder
from apache_beam.runners.worker import statesampler
from apache_beam.transforms.userstate import BagStateSpec, ReadModifyWriteStateSpec

from writethru.records import Article, Emission
from writethru.transforms.job import Job, current_job
from writethru.transforms.state import LOG_SCHEMA, READ_FROM

RING = 8
DAY = 86_400_000

CHUNK_BYTES = 1 << 20
"""Of one element of a bag: a snapshot of 200,000 articles is some 300 MB, and Dataflow takes no element of that size."""

_SCHEMA = struct.Struct(">H")
_STAMP = struct.Struct(">H16sq")  # schema number, token, epoch of the last write


class StateError(RuntimeError):
    """The stored state cannot be used by this build; the message says why and what to do."""


class Index(Protocol):
    """What `stories.StoryIndex` and `threads.ThreadIndex` are to this shell."""

    clock: int
    capped: int

    def drain(self) -> list[bytes]: ...
    def snapshot(self) -> list[bytes]: ...
    def restore(self, entries: Iterable[bytes]) -> None: ...
    def evict(self, before: int) -> int: ...
    def __len__(self) -> int: ...


class Log(Protocol):
    """The chunks of one key, oldest first, in a ring of eight epochs, and the stamp of its last write. An append may drop the epochs that
    left the ring. `last` is the epoch of the last write, where it is known, `schema` that of the build which wrote it."""

    last: int | None
    schema: int

    def stamp(self) -> bytes | None: ...
    def append(self, epoch: int, chunk: bytes) -> None: ...
    def replace(self, epoch: int, chunks: Sequence[bytes]) -> None: ...
    def seal(self, stamp: bytes) -> None: ...
    def read(self) -> Iterable[bytes]: ...


class BeamLog:
    """The ring in Beam's state: one BagState an epoch, cleared unread when its place is needed again."""

    def __init__(self, token: Any, bags: Sequence[Any]) -> None:
        self.token = token
        self.bags = bags
        self.last: int | None = None
        self.schema = LOG_SCHEMA

    def stamp(self) -> bytes | None:
        stamp: bytes | None = self.token.read()
        if stamp:
            (self.schema,) = _SCHEMA.unpack_from(stamp)
            if READ_FROM <= self.schema <= LOG_SCHEMA:
                self.last = _STAMP.unpack(stamp)[2]
        return stamp

    def seal(self, stamp: bytes) -> None:
        self.token.write(stamp)

    def append(self, epoch: int, chunk: bytes) -> None:
        if self.last is not None:
            for expired in range(max(self.last + 1, epoch - RING + 1), epoch + 1):
                self.bags[expired % RING].clear()
        self.last = epoch
        self.bags[epoch % RING].add(chunk)

    def replace(self, epoch: int, chunks: Sequence[bytes]) -> None:
        for bag in self.bags:
            bag.clear()
        self.last = epoch
        for chunk in chunks:
            self.bags[epoch % RING].add(chunk)

    def read(self) -> Iterator[bytes]:
        if self.last is not None:
            for epoch in range(self.last - RING + 1, self.last + 1):
                yield from self.bags[epoch % RING].read()


def epoch_of(clock: int, window: int) -> int:
    """The number of the epoch; an epoch is a seventh of the window, both in ms."""
    return clock // (window // (RING - 1))


def evict(index: Index, window: int) -> None:
    """Lets the index forget what the ring no longer holds."""
    index.evict((epoch_of(index.clock, window) - RING + 1) * (window // (RING - 1)))


def pack(clock: int, entries: Iterable[bytes]) -> bytes:
    """One chunk: the key's clock, then one entry a line (orjson writes no bare line feed)."""
    return b"\n".join([b"%d" % clock, *entries])


def packed(clock: int, entries: Iterable[bytes], limit: int = CHUNK_BYTES) -> Iterator[bytes]:
    """As many chunks as it takes; one is longer than `limit` only where a single entry is."""
    held: list[bytes] = []
    size = 0
    for entry in entries:
        if held and size + len(entry) > limit:
            yield pack(clock, held)
            held, size = [], 0
        held.append(entry)
        size += len(entry) + 1
    if held:
        yield pack(clock, held)


def unpack(chunk: bytes) -> tuple[int, list[bytes]]:
    clock, *entries = chunk.split(b"\n")
    return int(clock), entries


class KeyedFn(beam.DoFn):
    """(key, Emission) -> what `step` makes of it, with the key's index at hand.

    `window` is how long an untouched entry lives by the key's clock, in ms. The ring's eight epochs are a seventh of it each: the oldest
    is cleared whole, so that a younger entry than the window is never lost.

    With `keys_stay` the runner promises that a key's batches all come to one task, whose bundles share a descriptor, and that it goes back
    to a checkpoint with new tasks only: so on Flink (docs/decisions/0009). The descriptor's id is then token enough: the stamp is read
    where no index is held, and written when the epoch changes.
    """

    name: str
    window: int

    TOKEN = ReadModifyWriteStateSpec("token", BytesCoder())
    LOGS = tuple(BagStateSpec(f"log{i}", BytesCoder()) for i in range(RING))

    def __init__(self, *, keys_stay: bool = False) -> None:
        super().__init__()
        self._keys_stay = keys_stay

    def new_index(self, key: str) -> Any:
        raise TypeError("a keyed step names its index")

    def step(self, index: Any, emission: Emission) -> Iterable[Any]:
        raise TypeError("a keyed step says what it does with a batch")

    def redacts(self, results: list[Any]) -> bool:
        """Whether the batch withdrew what an earlier one had logged."""
        return False

    def handed_on(self, results: list[Any]) -> Iterable[Any]:
        """What goes on at once of what a batch has made."""
        return results

    def recovered(self, index: Any) -> Iterable[Any]:
        """What is told first by an index that was rebuilt from Beam's state: its last writer may have told more than the state holds."""
        return ()

    def setup(self) -> None:
        self.job: Job = current_job()

    def process(
        self,
        element: tuple[str, Emission],
        token: Any = beam.DoFn.StateParam(TOKEN),
        log0: Any = beam.DoFn.StateParam(LOGS[0]),
        log1: Any = beam.DoFn.StateParam(LOGS[1]),
        log2: Any = beam.DoFn.StateParam(LOGS[2]),
        log3: Any = beam.DoFn.StateParam(LOGS[3]),
        log4: Any = beam.DoFn.StateParam(LOGS[4]),
        log5: Any = beam.DoFn.StateParam(LOGS[5]),
        log6: Any = beam.DoFn.StateParam(LOGS[6]),
        log7: Any = beam.DoFn.StateParam(LOGS[7]),
    ) -> Iterator[Any]:
        started = time.monotonic()
        key, emission = element
        if not emission.articles:  # stories on their way: nothing to place, and no state
            yield emission
            return
        log: Log
        if self.job.state is not None:
            log = self.job.state.log(self.name, key)
        else:
            log = BeamLog(token, (log0, log1, log2, log3, log4, log5, log6, log7))
        results: list[Any] = []
        index = self._held(key, log)
        if index is None:
            index = self._rebuild(key, log)
            if log.last is not None:
                results.extend(self.recovered(index))
        sealed, before = log.last, epoch_of(index.clock, self.window)
        results.extend(self.step(index, emission))
        epoch = epoch_of(index.clock, self.window)
        if epoch != before:
            evict(index, self.window)
        entries = index.drain()
        if self.redacts(results) or log.schema != LOG_SCHEMA:
            # What was killed or withheld stands in older chunks in clear: the whole present state takes their place, as it does where an
            # older build wrote them, so that no ring holds two forms.
            chunks = list(packed(index.clock, index.snapshot()))
            log.replace(epoch, chunks)
        else:
            chunks = [pack(index.clock, entries)] if entries else []
            for chunk in chunks:
                log.append(epoch, chunk)
        fresh = _descriptor() if self._keys_stay else os.urandom(16)
        if not self._keys_stay or epoch != sealed or log.schema != LOG_SCHEMA:
            log.seal(_STAMP.pack(LOG_SCHEMA, fresh, epoch))
        self.job.cache.put(self.name, key, fresh, index)
        self.job.indexed(self.name, key, len(emission.articles), len(index), sum(map(len, chunks)), time.monotonic() - started)
        self.job.capped(self.name, key, index.capped)
        yield from self.handed_on(results)

    def finish_bundle(self) -> Iterator[Any] | None:
        if self.job.state is not None:
            self.job.state.commit()
        return None

    def _held(self, key: str, log: Log) -> Any | None:
        """The index of the cache, if it is the one that wrote the state last. It is taken out before its first change: a batch that fails
        half-way must not leave a changed index behind. Raises StateError."""
        if self._keys_stay:
            index = self.job.cache.take(self.name, key, _descriptor())
            if index is not None:
                log.last = epoch_of(index.clock, self.window)
                return index
        stamp = log.stamp()
        if not stamp:
            return None
        (schema,) = _SCHEMA.unpack_from(stamp)
        if READ_FROM <= schema < LOG_SCHEMA:
            return None
        if schema != LOG_SCHEMA:
            raise StateError(
                f"{self.name}, key {key}: state of schema {schema}, this build reads {LOG_SCHEMA}: resume with the build that wrote it"
            )
        return self.job.cache.take(self.name, key, bytes(_STAMP.unpack(stamp)[1]))

    def _rebuild(self, key: str, log: Log) -> Any:
        started = time.monotonic()
        index = self.new_index(key)
        clock = index.clock
        entries: list[bytes] = []
        for chunk in log.read():
            at, lines = unpack(chunk)
            clock = max(clock, at)
            entries.extend(lines)
        index.restore(entries)
        index.clock = clock
        evict(index, self.window)
        if entries:
            self.job.rebuilt(self.name, time.monotonic() - started)
        return index


def _descriptor() -> bytes:
    """The id of the descriptor that the bundle of this thread is made by; every task that Flink starts registers one of its own."""
    name: str = statesampler.get_current_tracker().stage_name
    return name.encode()


def withdrawn(emission: Emission) -> bool:
    """Whether an article of it was emptied by a kill or a hold that came after it."""
    return any(article.payload is None and article.article.get("pubStatus") in ("canceled", "withheld") for article in emission.articles)


def by_key(articles: Iterable[Article], key: Any) -> dict[str, list[Article]]:
    """Articles grouped, each group and the groups in order of first arrival."""
    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(key(article), []).append(article)
    return groups
