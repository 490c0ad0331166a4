"""From kafka-python's records to the elements of the pipeline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from typing import TYPE_CHECKING

from writethru.records import RawMessage
from writethru.sources.kafka.settings import Position

if TYPE_CHECKING:
    from kafka.consumer.fetcher import ConsumerRecord

RawBatch = tuple[RawMessage, ...]
"""What one poll returned, at most `batch_records` and `batch_bytes`: the element of the source. Never empty."""


def in_time(partitions: Iterable[Iterable[ConsumerRecord]]) -> Iterator[ConsumerRecord]:
    """What one poll brought of several partitions, by timestamp; each partition's own order stays.

    Which of two agencies told an event first is then told by when their copy arrived, as far as a poll reaches, not by their partition.
    """
    return merge(*partitions, key=lambda record: record.timestamp)


def cut(records: Iterable[ConsumerRecord], limit: int, again: Mapping[Position, int]) -> Iterator[RawBatch]:
    """The records in their order as batches of at most `limit` bytes of keys and values; a larger record stands alone.

    A deleted value (a tombstone) is the empty payload; a header without value has the empty one. A record below the offset that `again`
    names for its partition was within an earlier attempt's reach.
    """
    batch: list[RawMessage] = []
    size = 0
    for record in records:
        value = record.value or b""
        weight = len(value) + len(record.key or b"")
        if batch and size + weight > limit:
            yield tuple(batch)
            batch, size = [], 0
        size += weight
        headers = tuple((name, content or b"") for name, content in record.headers) if record.headers else ()
        reached = again.get((record.topic, record.partition), 0) if again else 0
        batch.append(
            RawMessage(value, record.topic, record.partition, record.offset, record.timestamp, record.key, headers, record.offset < reached)
        )
    if batch:
        yield tuple(batch)
