"""The log of an index: small JSON arrays, oldest first. Every article and thread entry is complete in itself, because an older one
may lie in a part of the log that has expired."""

from __future__ import annotations

from base64 import b64decode, b64encode
from sys import intern
from typing import Any

import orjson

from writethru.once import Once
from writethru.records import SecondThread, Thread
from writethru.threads.evidence import dated
from writethru.threads.state import Event, Live

ARTICLE, THREAD, MERGED, SPLIT, GONE, CLOCK = "a", "t", "m", "s", "g", "c"


def article(live: Live) -> bytes:
    blob = b64encode(live.blob).decode()
    place = live.relation, live.of, live.score, live.rule
    return orjson.dumps(
        [
            ARTICLE,
            live.id,
            live.rev,
            live.story,
            live.agency,
            *place,
            live.time,
            live.headline,
            live.number,
            live.touched,
            blob,
            live.emitted,
            [[t.id, t.rev, t.language, t.agencies, t.first_seen, t.last_seen, t.merged_into, t.split_from] for t in live.absorbed],
            live.second and [live.second.thread, live.second.of, live.second.score],
            live.terms,
            live.parted,
            live.thread.id,
        ]
    )


def read_article(values: list[Any], thread: Event, once: Once) -> Live:
    """The values after the kind, and the thread that the last of them names."""
    id_, rev, story, agency, relation, of, score, rule, time, headline, number, touched, blob, emitted, absorbed, *told, _ = values
    second, terms, parted = told + [None, "", ""][len(told) :]
    return Live(
        id=once(id_),
        rev=rev,
        story=once(story),
        agency=intern(agency),
        relation=intern(relation),  # type: ignore[arg-type]
        of=once(of),
        score=once(score),
        rule=intern(rule),
        time=once(time),
        headline=headline,
        number=once(number),
        touched=once(touched),
        blob=dated(b64decode(blob)) if blob else b"",
        thread=thread,
        emitted=thread.id if emitted == thread.id else emitted,
        absorbed=tuple(_read_absorbed(*values) for values in absorbed),
        second=SecondThread(*map(once, second)) if second else None,
        terms=terms,
        parted=parted,
    )


def _read_absorbed(id_: str, rev: int, language: str, agencies: list[str], *told: str | None) -> Thread:
    return Thread(id_, rev, "", language, (), 0, tuple(agencies), *told)


def thread(event: Event) -> bytes:
    counted = event.rev, event.count, list(event.agencies), event.first, event.last, event.split_from, event.began
    return orjson.dumps([THREAD, event.id, event.opener, event.opened, *counted])


def read_thread(values: list[Any], event: Event, once: Once) -> None:
    _, opener, opened, event.rev, event.count, agencies, first, last, *told = values
    event.opener, event.opened, event.first, event.last = once(opener), once(opened), once(first), once(last)
    event.split_from, event.began = map(once, told or (None, 0))
    event.agencies = once(tuple(map(intern, agencies)))


def merged(winner: Event, loser: Event) -> bytes:
    return orjson.dumps([MERGED, winner.id, loser.id])


def split(new: Event) -> bytes:
    """The thread that was left, the new one, and who went."""
    return orjson.dumps([SPLIT, new.split_from, new.id, [live.id for live in new.members]])


def gone(number: int) -> bytes:
    """Every article with a number up to this one is forgotten."""
    return orjson.dumps([GONE, number])


def clock(now: int, number: int) -> bytes:
    return orjson.dumps([CLOCK, now, number])
