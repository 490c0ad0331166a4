"""The sample wire day: Tuesday 17 March 2026 as eight agencies might have sent it, invented from first word to last.

`day/feed.jsonl` lists the messages in play order, a line each: `n`, `at` (seconds after 00:00 UTC), `agency`, `headers`, `file`; the
payloads lie beside it as they go on the wire, one file each (a redelivery names the same file again). `day/truth.json` says what an
editor makes of each message, story and event. Every text, event, place, company and person is invented; the agencies lend the shape
of their copy only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import orjson

ROOT = files("writethru.local").joinpath("day")


@dataclass(frozen=True, slots=True)
class DayMessage:
    """One message of the day: `n` counts from 1, `at` is seconds after 00:00 UTC, `key` the agency's id, `value` the bytes as sent."""

    n: int
    at: int
    key: bytes
    headers: tuple[tuple[str, bytes], ...]
    value: bytes


def messages() -> Iterator[DayMessage]:
    """The day's messages in play order."""
    for line in ROOT.joinpath("feed.jsonl").read_bytes().splitlines():
        told = orjson.loads(line)
        yield DayMessage(
            n=told["n"],
            at=told["at"],
            key=told["agency"].encode(),
            headers=tuple((name, value.encode()) for name, value in told["headers"].items()),
            value=ROOT.joinpath(told["file"]).read_bytes(),
        )


def truth() -> dict[str, Any]:
    """What is to become of the day: `totals`, `messages`, `stories`, `threads` (see `day/README.md`)."""
    read: dict[str, Any] = orjson.loads(ROOT.joinpath("truth.json").read_bytes())
    return read
