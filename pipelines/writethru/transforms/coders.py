"""Coders of what flows between the steps: JSON of our own and raw bytes, 80 µs a record less than Beam's default on lists of dicts."""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterable
from dataclasses import replace

import apache_beam as beam
from apache_beam.coders import Coder

from writethru.codec import (
    article_from_json,
    article_json,
    raw_from_json,
    raw_json,
    story_from_json,
    story_json,
    thread_from_json,
    thread_json,
)
from writethru.records import Emission, RawMessage

_HEAD = struct.Struct(">BIII")
_SIZE = struct.Struct(">I")
FORMAT = 1

HANDED_BYTES = 16 << 20


class Handed:
    """What this process encoded last, by its bytes, at most `limit` of them.

    A runner that takes elements over its own data plane brings most of them back to the process that sent them. Records are never changed,
    so that what was encoded may stand for what would be decoded: on Flink 90 of 1,300 µs a record.
    """

    def __init__(self, limit: int = HANDED_BYTES) -> None:
        self._limit = limit
        self._lock = threading.Lock()
        self._held: dict[bytes, Emission] = {}
        self._bytes = 0

    def put(self, encoded: bytes, value: Emission) -> None:
        with self._lock:
            if encoded not in self._held:
                self._bytes += len(encoded)
            self._held[encoded] = value
            while self._bytes > self._limit:
                oldest = next(iter(self._held))
                del self._held[oldest]
                self._bytes -= len(oldest)

    def take(self, encoded: bytes) -> Emission | None:
        """The value, once."""
        with self._lock:
            value = self._held.pop(encoded, None)
            if value is not None:
                self._bytes -= len(encoded)
            return value


_handed = Handed()


def frames(parts: Iterable[bytes]) -> bytes:
    return b"".join(piece for part in parts for piece in (_SIZE.pack(len(part)), part))


def unframe(data: bytes, at: int) -> list[bytes]:
    found = []
    while at < len(data):
        (size,) = _SIZE.unpack_from(data, at)
        at += _SIZE.size
        found.append(data[at : at + size])
        at += size
    return found


class EmissionCoder(Coder):
    """Emission <-> format number, counts, then length-prefixed records; an article is three of them: its JSON, what is known of its payload
    (empty: it has none) and the payload's bytes as they are, because each step hands them on unread."""

    def encode(self, value: Emission) -> bytes:
        parts: list[bytes] = []
        for article in value.articles:
            parts.append(article_json(article))
            payload = article.payload
            parts.extend((raw_json(replace(payload, value=b"")), payload.value) if payload else (b"", b""))
        parts.extend(story_json(story) for story in value.stories)
        parts.extend(thread_json(thread) for thread in value.threads)
        encoded = _HEAD.pack(FORMAT, len(value.articles), len(value.stories), len(value.threads)) + frames(parts)
        _handed.put(encoded, value)
        return encoded

    def decode(self, encoded: bytes) -> Emission:
        return _handed.take(encoded) or self._read(encoded)

    def _read(self, encoded: bytes) -> Emission:
        number, articles, stories, threads = _HEAD.unpack_from(encoded)
        if number != FORMAT:
            raise ValueError(f"an emission of format {number}; this build reads {FORMAT}")
        parts = unframe(encoded, _HEAD.size)
        before = 3 * articles
        after = before + stories
        return Emission(
            tuple(article_from_json(parts[i], _payload(*parts[i + 1 : i + 3])) for i in range(0, before, 3)),
            tuple(story_from_json(part) for part in parts[before:after]),
            tuple(thread_from_json(part) for part in parts[after : after + threads]),
        )

    def estimate_size(self, value: Emission) -> int:
        """Beam samples the size of elements that never leave the process; by default it would encode them for that (60 µs a record)."""
        return 2000 * (len(value.articles) + len(value.stories) + len(value.threads))

    def is_deterministic(self) -> bool:
        return True

    def to_type_hint(self) -> type:
        return Emission


def _payload(known: bytes, value: bytes) -> RawMessage | None:
    return replace(raw_from_json(known), value=value) if known else None


beam.coders.registry.register_coder(Emission, EmissionCoder)
