"""A story as one line of JSON and back: what the state keeps of an index.

Three kinds of entry, each an array whose first two members are its key: `["s", id, …]` a story whole, `["m", id]` a story that was
merged away, `["i", "", …]` the index's own counters. A later entry with the same key replaces an earlier one.

The entry of a killed story holds no text but its slug: of its headlines the tokens, by which late versions are still recognised.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from sys import intern
from typing import Any

import orjson

from writethru.once import Once
from writethru.stories import copies, headlines, keys, redact
from writethru.stories.chain import Absorbed, Story, Version


@dataclass(slots=True)
class Counters:
    """`clock` in ms; `seq` counts arrivals and changes; what was last changed at or before `floor` is forgotten."""

    clock: int = 0
    seq: int = 0
    floor: int = -1


def write_counters(counters: Counters) -> bytes:
    return orjson.dumps(["i", "", counters.clock, counters.seq, counters.floor])


def write_merged(absorbed: str) -> bytes:
    return orjson.dumps(["m", absorbed])


def write_story(story: Story) -> bytes:
    return orjson.dumps(
        [
            "s",
            story.id,
            story.rev,
            story.opened,
            story.status,
            story.lone,
            story.slugline,
            story.language,
            -1 if story.current is None else story.versions.index(story.current),
            story.touched,
            story.seq,
            story.floating,
            [list(absorbed) for absorbed in story.absorbed],
            story.shed,
            story.imposed,
            story.freed,
            story.first,
            story.last,
            [_version(version) for version in story.versions],
        ]
    )


def _version(version: Version) -> list[Any]:
    copy = copies.text(version)
    return [
        version.id,
        version.uri,
        version.item if version.item != version.uri else None,
        version.version,
        version.series,
        version.ordinal,
        version.action,
        version.time,
        version.at,
        version.seq,
        version.rev,
        version.role,
        version.shown,
        version.headline or version.tokens,
        version.guessable,
        version.awaiting,
        version.slug,
        version.names,
        version.digest,
        None if version.place is None else orjson.Fragment(version.place),
        orjson.Fragment(version.meta),
        orjson.Fragment(version.kin),
        version.act,
        version.sealed,
        version.ruled,
        None if copy is None else orjson.Fragment(copy),
    ]


def read_entries(entries: Iterable[bytes]) -> tuple[Counters, list[Story]]:
    """What the entries, oldest first, leave: the counters and the stories that are neither merged away nor forgotten.

    Raises orjson.JSONDecodeError for an entry that is no JSON.
    """
    counters = Counters()
    latest: dict[str, list[Any]] = {}
    for entry in entries:
        members = orjson.loads(entry)
        if members[0] == "i":
            counters = Counters(*members[2:])
        else:
            latest[members[1]] = members
    once = Once()
    stories = [_read_story(members, once) for members in latest.values() if members[0] == "s"]
    return counters, [story for story in stories if story.seq > counters.floor]


def _read_story(entry: list[Any], once: Once) -> Story:
    (
        id_, rev, opened, status, lone, slugline, language, current, touched, seq, floating, absorbed, shed, imposed, freed, first, last,
        versions,
    ) = entry[1:]  # fmt: skip
    story = Story(
        id_,
        rev,
        once(opened),
        once(status),
        lone,
        once(slugline),
        once(language),
        touched=once(touched),
        seq=seq,
        floating=floating,
        absorbed=tuple([Absorbed(*members) for members in absorbed]),
        shed=shed,
        imposed=imposed,
        freed=freed,
        first=once(first),
        last=once(last),
    )
    story.versions = [_read_version(story, members, once) for members in versions]
    story.current = story.versions[current] if current >= 0 else None
    return story


def _read_version(story: Story, members: list[Any], once: Once) -> Version:
    (
        id_, uri, item, version, series, ordinal, action, time, at, seq, rev, role, shown, headline, guessable, awaiting, slug,
        names, digest, place, meta, kin, act, sealed, ruled, copy,
    ) = members  # fmt: skip
    return Version(
        id=id_,
        story=story,
        uri=uri,
        item=uri if item is None else item,
        version=once(version),
        number=keys.version_number(version),
        series=once(series),
        ordinal=ordinal,
        action=once(action),
        time=once(time),
        at=once(at),
        seq=once(seq),
        rev=rev,
        role=once(role),
        shown=once(shown),
        headline=headline if isinstance(headline, str) else "",
        guessable=guessable,
        awaiting=awaiting,
        tokens=_tokens(headline) if guessable else (),
        slug=slug,
        names=tuple(names),
        digest=digest,
        place=None if place is None else redact.packed(place),
        meta=redact.packed(meta),
        kin=redact.packed(kin),
        act=once(act),
        sealed=sealed,
        ruled=tuple(ruled),
        embargoed=redact.embargo(meta) is not None,
        copy=None if copy is None else redact.packed(copy),
    )


def _tokens(headline: str | list[str]) -> tuple[str, ...]:
    return headlines.tokens(headline) if isinstance(headline, str) else tuple([intern(token) for token in headline])
