"""The checkpoint mark: the offsets that come next, and nothing else. Beam stores it in every checkpoint."""

from __future__ import annotations

import time
from collections.abc import Mapping

import orjson
from apache_beam.coders import Coder
from apache_beam.io.unbounded_source import CheckpointMark

from writethru.sources.kafka.commits import committer
from writethru.sources.kafka.rounds import Rounds
from writethru.sources.kafka.settings import Position, resolve

SCHEMA = 1


class KafkaMark(CheckpointMark):  # type: ignore[misc]
    """`offsets` are the next ones to be read: those of the last claimed record of each partition, plus 1. `last` is set at the end of
    input, when nothing would commit later what is not committed now. With `rounds` the offsets are kept back as those say."""

    def __init__(self, name: str, offsets: Mapping[Position, int], *, last: bool = False, rounds: Rounds | None = None) -> None:
        self.name = name
        self.offsets = dict(sorted(offsets.items()))
        self.last = last
        self._rounds = rounds
        self._made = time.monotonic()

    def finalize_checkpoint(self) -> None:
        """Commits the offsets to the group, in the background; at the end of input it waits for that."""
        settings = resolve(self.name)
        group = committer(settings.connection, settings.group)
        if self._rounds is None or self.last:
            group.submit(self.offsets)
        else:
            group.submit(self._rounds.settled(self.offsets, self._made, time.monotonic()))
        if self.last:
            group.flush(10.0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KafkaMark) and encode(self) == encode(other)

    def __hash__(self) -> int:
        return hash(encode(self))

    def __repr__(self) -> str:
        return f"KafkaMark({self.name!r}, {self.offsets!r}, last={self.last})"


class KafkaMarkCoder(Coder):  # type: ignore[misc]
    """`[schema, name, last, [[topic, partition, offset], …]]` as JSON: deterministic, because Beam finds a parked reader by these bytes."""

    def encode(self, mark: KafkaMark) -> bytes:
        return encode(mark)

    def decode(self, encoded: bytes) -> KafkaMark:
        return decode(encoded)

    def is_deterministic(self) -> bool:
        return True


def encode(mark: KafkaMark) -> bytes:
    return orjson.dumps([SCHEMA, mark.name, mark.last, [[topic, partition, offset] for (topic, partition), offset in mark.offsets.items()]])


def decode(encoded: bytes) -> KafkaMark:
    """Raises `ValueError` naming both schema numbers where another version wrote the mark."""
    schema, *rest = orjson.loads(encoded)
    if schema != SCHEMA:
        raise ValueError(
            f"checkpoint mark of the Kafka source has schema {schema}, this version reads {SCHEMA}: start from the group instead"
        )
    name, last, rows = rest
    return KafkaMark(name, {(topic, partition): offset for topic, partition, offset in rows}, last=last)
