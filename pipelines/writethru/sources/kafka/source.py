"""The Kafka source as Beam sees it: an `UnboundedSource` whose elements are batches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import apache_beam as beam
from apache_beam.io.unbounded_source import UnboundedReader, UnboundedSource, _ReadFromUnboundedSourceDoFn
from apache_beam.utils.timestamp import MAX_TIMESTAMP, MIN_TIMESTAMP, Timestamp

from writethru.options import Options
from writethru.sources.kafka import offsets, pool
from writethru.sources.kafka.batches import RawBatch
from writethru.sources.kafka.commits import committer
from writethru.sources.kafka.marks import KafkaMark, KafkaMarkCoder
from writethru.sources.kafka.seats import seat
from writethru.sources.kafka.settings import KafkaSettings, Position, configure, drain_of, resolve
from writethru.sources.kafka.shard import Shard
from writethru.sources.kafka.watermark import NEVER

SCHEMA = 1
QUIET_WAIT = 0.25
"""Seconds of a poll while nothing comes: what the first record after a silence may wait for each other shard of its worker."""


class KafkaReader(UnboundedReader):  # type: ignore[misc]
    """Reads one shard. `advance()` is one poll."""

    def __init__(
        self,
        key: pool.Key,
        settings: KafkaSettings,
        positions: Mapping[Position, int],
        ends: Mapping[Position, int] | None,
        *,
        reopens: bool,
        behind: bool,
    ) -> None:
        self._key = key
        self._settings = settings
        self._ends = ends
        self._reopens = reopens
        self._behind = behind
        self._drain = drain_of(key[0])
        self._positions = dict(positions)
        self._shard: Shard | None = None
        self._batch: RawBatch = ()
        self._claimed = False
        self._done = False
        self._millis = NEVER

    def start(self) -> bool:
        return self.advance()

    def advance(self) -> bool:
        """Claims the next batch. The first call of a bundle waits for records up to `idle_wait`; after a batch nothing is waited for
        unless records are known to be there, so that the bundle closes at once and its results are out."""
        self._batch = ()
        if self._done:
            return False
        shard = self._leased()
        with shard.lock:
            if not self._drain.is_set():
                if self._claimed and not shard.backlog:
                    return False
                self._batch = shard.poll(self._wait(), self._drain)
            if self._drain.is_set() and not self._batch:
                shard.drop()
                self._done = True
            self._done = self._done or shard.finished
            self._positions.update(shard.positions)
            self._millis = shard.event_time()
        pool.polled()
        self._claimed = self._claimed or bool(self._batch)
        return bool(self._batch)

    def _wait(self) -> float:
        """Seconds that a poll may take. Where nothing comes at all, longer ones: each pause costs a runner about 10 ms of CPU."""
        if self._claimed:
            return self._settings.load_wait
        return max(self._settings.idle_wait, QUIET_WAIT) if pool.quiet() else self._settings.idle_wait

    def get_current(self) -> RawBatch:
        return self._batch

    def get_current_timestamp(self) -> Timestamp:
        """The time of the batch's oldest record."""
        return Timestamp(micros=1000 * max(0, min(message.timestamp for message in self._batch)))

    def get_watermark(self) -> Timestamp:
        if self._done:
            return MAX_TIMESTAMP
        return MIN_TIMESTAMP if self._millis == NEVER else Timestamp(micros=1000 * self._millis)

    def get_checkpoint_mark(self) -> KafkaMark:
        self._claimed = False
        rounds = self._shard.rounds if self._behind and self._shard is not None else None
        return KafkaMark(self._key[0], self._positions, last=self._done, rounds=rounds)

    def close(self) -> None:
        """Gives the shard back: to the next reader, or, at the end of input, away."""
        shard, self._shard = self._shard, None
        if shard is None or shard.lease is not self:
            return
        shard.lease = None
        if self._done:
            pool.close_shard(self._key, shard)

    def _leased(self) -> Shard:
        shard = pool.shard_of(self._key, self._settings, self._ends)
        with shard.lock:
            shard.take(self, self._positions, reopens=self._reopens)
        self._shard = shard
        return shard


class KafkaSource(UnboundedSource):  # type: ignore[misc]
    """Shard `shard[0]` of `shard[1]` of the source `name`. Its pickle holds the schema number, the name, the shard and offsets: addresses,
    credentials and options are resolved where it is read (`settings.resolve`). `known` says that the group had been here before the job;
    `seat` and `behind`, which has offsets committed a checkpoint late, are for Flink alone (`seats`, `rounds`)."""

    def __init__(
        self,
        name: str,
        shard: tuple[int, int],
        starts: Mapping[Position, int] | None = None,
        ends: Mapping[Position, int] | None = None,
        *,
        known: bool = False,
        seat: int = 0,
        behind: bool = False,
    ) -> None:
        self._name = name
        self._shard = shard
        self._starts = starts
        self._ends = ends
        self._known = known
        self._seat = seat
        self._behind = behind

    def split(self, desired_num_splits: int, options: Any = None) -> Iterable[KafkaSource]:
        """This shard with the offsets it starts at and, where it stops, ends at: fixed here, once for the job. Where the group had none
        they are committed: an attempt that fails before its first checkpoint is followed by one that starts there, and knows that it is
        not the first."""
        return [self if self._starts is not None else self._placed()]

    def _placed(self) -> KafkaSource:
        settings = resolve(self._name)
        starts, ends, held = offsets.start_and_end(settings)
        shard, shards = self._shard

        def mine(of_all: Mapping[Position, int]) -> dict[Position, int]:
            return {position: offset for position, offset in of_all.items() if position[1] % shards == shard}

        if new := {position: offset for position, offset in mine(starts).items() if position not in held}:
            committer(settings.connection, settings.group).submit(new)
        chosen = mine(starts), ends and mine(ends)
        return KafkaSource(self._name, self._shard, *chosen, known=bool(mine(held)), seat=self._seat, behind=self._behind)

    def create_reader(self, options: Any, checkpoint_mark: KafkaMark | None) -> KafkaReader:
        """Raises `KafkaUnavailable`, `TopicMissing`, `ValueError` where nothing in this process tells the address."""
        if self._starts is None:
            # Beam logs and swallows what split() raises, and reads the source as it was: asked again here, it is heard.
            return self._placed().create_reader(options, checkpoint_mark)
        positions = self._starts if checkpoint_mark is None else checkpoint_mark.offsets
        reopens = self._known or checkpoint_mark is not None
        return KafkaReader((self._name, *self._shard), resolve(self._name), positions, self._ends, reopens=reopens, behind=self._behind)

    def get_checkpoint_mark_coder(self) -> KafkaMarkCoder:
        return KafkaMarkCoder()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KafkaSource) and self.__getstate__() == other.__getstate__()

    def __hash__(self) -> int:
        """Beam unpickles the source in every bundle and pickles it twice, and remembers the pickles of what is equal: without this the
        compression alone is half of a bundle's CPU."""
        return hash((self._name, self._shard, self._starts and tuple(self._starts.items()), self._ends and tuple(self._ends.items())))

    def __getstate__(self) -> tuple[object, ...]:
        return SCHEMA, self._name, self._shard, self._starts, self._ends, self._known, self._seat, self._behind

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        """Raises `ValueError` where another version wrote the pickle, naming both schema numbers."""
        schema, *rest = state
        if schema != SCHEMA:
            raise ValueError(f"pickled Kafka source has schema {schema}, this version reads {SCHEMA}: start from the group instead")
        self._name, self._shard, self._starts, self._ends, self._known, *flinks = rest
        self._seat, self._behind = flinks or (0, False)  # pickles that are older have neither


def shards_of(name: str, splits: int, *, behind: bool = False) -> list[KafkaSource]:
    """The whole source as its shards, each with its seat."""

    def seated(shard: int) -> KafkaSource:
        def at(number: int) -> KafkaSource:
            return KafkaSource(name, (shard, splits), seat=number, behind=behind)

        return at(seat(at, shard, splits))

    return [seated(shard) for shard in range(splits)]


class ReadKafka(beam.PTransform):  # type: ignore[misc]
    """`pipeline | ReadKafka(KafkaSettings(connection=…, topics=("wire.raw",), group="desk"))` -> batches, tuples of `RawMessage`.

    Makes the settings those of source `name` in this process; a worker elsewhere takes its own from its environment. Two sources of
    one process need two names. With `probe` the cluster is asked at once: raises `KafkaUnavailable` within 15 s, or `TopicMissing`;
    without, the same is raised by the running pipeline. With `behind` offsets are committed one checkpoint late, as `rounds` says.
    """

    def __init__(self, settings: KafkaSettings, *, name: str = "kafka", probe: bool = True, behind: bool = False) -> None:
        super().__init__()
        self._behind = behind
        self._settings = settings
        self._name = name
        if probe:
            offsets.probe(settings)
        configure(name, settings)

    @classmethod
    def from_options(cls, options: Options, *, probe: bool = True, behind: bool = False) -> ReadKafka:
        return cls(KafkaSettings.from_options(options), probe=probe, behind=behind)

    def expand(self, pbegin: beam.pvalue.PBegin) -> beam.PCollection:
        """`ReadFromUnboundedSource`, but an element for each shard, with its seat: Flink keys a splittable DoFn by its element, so that all
        the splits of one element are read in one subtask, whatever the parallelism."""
        splits = self._settings.splits
        read = _ReadFromUnboundedSourceDoFn(
            poll_interval=0,  # the waiting is done in the poll, which ends with the first record
            max_records_per_bundle=self._settings.bundle_batches,
            max_read_time_seconds=self._settings.bundle_seconds,
        )
        shards = pbegin | "Shards" >> beam.Create(shards_of(self._name, splits, behind=self._behind), reshuffle=False)
        batches = shards | "Poll" >> beam.ParDo(read)
        batches.element_type = RawBatch
        return batches
