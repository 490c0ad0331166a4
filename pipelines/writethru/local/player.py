"""Plays payloads into the input topic: keyed by agency, so that one agency's items stay in order."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kafka import KafkaProducer
from kafka.errors import KafkaError

from writethru.formats import decode
from writethru.kafka_connection import KafkaConnection, KafkaUnavailable, admin_client
from writethru.records import Feed, Item, NotAnArticle, ParseError, RawMessage
from writethru.wire import normalise

LARGEST = 32 << 20


@dataclass(frozen=True, slots=True)
class Played:
    """What was sent: how many payloads, and per partition the offset after the last one."""

    count: int
    ends: Mapping[tuple[str, int], int]


def agency_of(value: bytes, headers: tuple[tuple[str, bytes], ...], agency: str | None) -> bytes:
    """The key of a payload: the agency its content names, else the one given, else `unknown`."""
    message = RawMessage(value, "file", 0, 0, 0, headers=headers)
    feed = Feed("file", agency)
    try:
        decoded = decode(message, feed)
        for item, id_ in zip(decoded.items, decoded.ids, strict=True):
            if isinstance(item, Item):
                article = normalise(item, message, article_id=id_, sha256=decoded.sha256, received="", pipeline="", feed=feed)
                return article.wire.agency.encode()
    except (ParseError, NotAnArticle):
        pass  # it is played all the same: what becomes of it is the pipeline's to say
    return (agency or "unknown").encode()


def play(
    connection: KafkaConnection,
    topic: str,
    messages: Iterable[tuple[bytes, bytes, tuple[tuple[str, bytes], ...]]],
    *,
    rate: float | None = None,
) -> Played:
    """Sends (value, key, headers) to `topic`, at most `rate` a second, and returns when the cluster holds all.

    Raises KafkaUnavailable, LookupError where the topic is missing, or KafkaError where the cluster refuses a payload.
    """
    with admin_client(connection, f"topic {topic}") as admin:
        if topic not in admin.list_topics():
            raise LookupError(f"topic {topic} does not exist at {connection.bootstrap}: create it with `writethru topics create`")
    try:
        producer = KafkaProducer(
            **connection.client_options(),
            acks="all",
            linger_ms=5,
            batch_size=256 << 10,
            max_request_size=LARGEST,
        )
    except KafkaError as error:
        raise KafkaUnavailable(connection, f"topic {topic}", error) from error
    ends: dict[tuple[str, int], int] = {}
    started, count = time.monotonic(), 0
    sent = []
    try:
        for value, key, headers in messages:
            if rate is not None:
                time.sleep(max(0.0, started + count / rate - time.monotonic()))
            sent.append(producer.send(topic, value=value, key=key, headers=list(headers)))
            count += 1
            if len(sent) >= 10_000:
                _settle(sent, ends)
        producer.flush()
        _settle(sent, ends)
    finally:
        producer.close()
    return Played(count, ends)


def _settle(sent: list, ends: dict[tuple[str, int], int]) -> None:  # type: ignore[type-arg]
    for future in sent:
        meta = future.get(timeout=60)
        place = meta.topic, meta.partition
        ends[place] = max(ends.get(place, 0), meta.offset + 1)
    sent.clear()
