"""One chain: its versions, their true order, and what a version's place there means. Pure.

Order never depends on arrival while the agency says anything about it. Two kinds of statement bind: the version numbers of one uri, and
the ordinals of one series (leads of one cycle, updates, wrapups). Where neither binds, the agency's time decides, then arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import Literal, NamedTuple

from writethru.records import Action
from writethru.stories.copies import Block

Role = Literal["whole", "part", "repeat", "control"]
"""What a version is to its chain: only a `whole` one replaces another; a `part` (take, add, bare lead) goes with it, a `repeat` says the
same again, a `control` (kill, withhold, a note of release) only tells what becomes of the others."""
Shown = Literal["usable", "withheld", "canceled"]

MAX_MEMBERS = 500
"""A running page of updates has some hundred versions; a feed that sends everything under one guid must not cost by the square."""

MARKED: frozenset[Action] = frozenset(
    {"kill", "withhold", "release", "correction", "refile", "clarification", "repeat", "roundup", "update"}
)
"""Actions that say themselves that something went before."""

_PLAIN_RANK: dict[Action, int] = {"alert": -2, "new": -1}
_LAST_RANK = 1 << 20


@dataclass(slots=True, eq=False)
class Version:
    """One article in its chain.

    `at` is the agency's time or, where it gave none, the key's clock at arrival (ms); `seq` counts arrivals; `guessable` may be found by
    slug and headline, `awaiting` also by a plain item, because something before it was not seen when it came; `tokens` are those of its
    headline, which is empty once it is killed; `digest` is of headline and body; `act` is what it does to its story, which its own marks
    (`action`) need not say; `sealed`: the item's status withheld it, not words alone; `ruled` are the stories whose members its arrival
    changed; `embargoed`: its own marks name an embargo, past or to come. `place`, `meta` and `kin` are packed (`redact.py`); `copy` is
    the text of what is current, and of what was held, so that it can come back (`copies.py`).
    """

    id: str
    story: Story
    uri: str
    item: str
    version: str | None
    number: int | None
    series: str
    ordinal: int | None
    action: Action
    time: int | None
    at: int
    seq: int
    rev: int
    role: Role
    shown: Shown
    headline: str
    guessable: bool
    awaiting: bool
    tokens: tuple[str, ...]
    slug: str
    names: tuple[str, ...]
    digest: int
    place: bytes | None
    meta: bytes
    kin: bytes
    act: Action = "new"
    sealed: bool = False
    ruled: tuple[str, ...] = ()
    embargoed: bool = False
    copy: bytes | Block | None = None

    @property
    def key(self) -> tuple[int, int, int]:
        rank = self.ordinal if self.ordinal is not None else _PLAIN_RANK.get(self.action, _LAST_RANK)
        return self.at, rank, self.seq

    @property
    def marked(self) -> bool:
        """Whether it says itself that something went before."""
        return self.ordinal is not None or self.action in MARKED


class Absorbed(NamedTuple):
    """What the last record of a merged story says; `into` is the story that took it in, which may have been absorbed since."""

    id: str
    rev: int
    into: str
    slugline: str
    language: str
    first: int | None
    last: int | None


@dataclass(slots=True, eq=False)
class Story:
    """A live chain, its versions in true order. `first` and `last` are agency times, `touched` the key's clock at the last change (ms),
    `seq` its arrival count; `floating`: what touched it last had no time, so that `touched` goes with the clock's next step; `lone` never
    takes in another item; `absorbed` are the stories that were merged into it; `shed` counts its oldest versions that were forgotten;
    `imposed` is the arrival of a hold that stands in another story and names this one, or that was forgotten, `freed` of a release in
    another."""

    id: str
    rev: int
    opened: int
    status: Shown = "usable"
    lone: bool = False
    slugline: str = ""
    language: str = "und"
    versions: list[Version] = field(default_factory=list)
    current: Version | None = None
    first: int | None = None
    last: int | None = None
    touched: int = 0
    seq: int = 0
    floating: bool = False
    absorbed: tuple[Absorbed, ...] = ()
    shed: int = 0
    imposed: int = 0
    freed: int = 0

    @property
    def killed_at(self) -> int | None:
        """Agency time of the latest kill, None where it is unknown or there is none."""
        times = [version.time for version in self.versions if version.action == "kill" and version.time is not None]
        return max(times, default=None)


def add(story: Story, version: Version) -> int:
    """Puts the version at its true place and returns the place, from 0."""
    versions = story.versions
    if not versions or _comes_last(versions, version):
        versions.append(version)
        return len(versions) - 1
    story.versions = in_order([*versions, version])
    return story.versions.index(version)


def absorb(story: Story, other: Story) -> None:
    """Moves the members of `other` into `story`; the current version is that of the whole."""
    for version in other.versions:
        version.story = story
    story.versions = in_order([*story.versions, *other.versions])
    before, story.current = story.current, current(story.versions)
    if story.current is not before and story.current is other.current:
        story.slugline, story.language = other.slugline or story.slugline, other.language
    times = [time for time in (story.first, story.last, other.first, other.last) if time is not None]
    story.first, story.last = min(times, default=None), max(times, default=None)
    story.shed += other.shed
    story.imposed, story.freed = max(story.imposed, other.imposed), max(story.freed, other.freed)
    last_word = Absorbed(other.id, other.rev + 1, story.id, other.slugline, other.language, other.first, other.last)
    story.absorbed += (*other.absorbed, last_word)


def shed(story: Story) -> list[Version]:
    """Forgets the oldest tenth of a chain that has grown past `MAX_MEMBERS`, and returns it."""
    if len(story.versions) <= MAX_MEMBERS:
        return []
    old = [version for version in story.versions[: MAX_MEMBERS // 10] if version is not story.current]
    gone = set(old)
    story.versions = [version for version in story.versions if version not in gone]
    story.shed += len(gone)
    return old


def _comes_last(versions: Sequence[Version], new: Version) -> bool:
    key = new.key
    number, ordinal = new.number, new.ordinal
    for version in versions:
        if version.key > key:
            return False
        if number is not None and version.number is not None and version.number > number and version.item == new.item:
            return False
        if ordinal is not None and version.ordinal is not None and version.ordinal > ordinal and version.series == new.series:
            return False
    return True


def in_order(versions: Iterable[Version]) -> list[Version]:
    """True order. Where numbers and ordinals contradict each other in a circle, the numbers hold (AP: version = ordinal in five of five,
    but agate tables count versions without any lead)."""
    by_key = sorted(versions, key=lambda version: version.key)
    numbers = _steps((version.item, version.number, index) for index, version in enumerate(by_key) if version.number is not None)
    ordinals = _steps((version.series, version.ordinal, index) for index, version in enumerate(by_key) if version.ordinal is not None)
    order = _walk(len(by_key), numbers + ordinals)
    if len(order) < len(by_key):
        order = _walk(len(by_key), numbers)
    return [by_key[index] for index in order]


def _steps(numbered: Iterable[tuple[str, int, int]]) -> list[tuple[int, int]]:
    """(earlier, later) pairs: every member of a step before every member of the next; equals are not bound (28 of 35 AP groups hold the
    same ordinal twice)."""
    groups: dict[str, dict[int, list[int]]] = {}
    for name, number, index in numbered:
        groups.setdefault(name, {}).setdefault(number, []).append(index)
    pairs: list[tuple[int, int]] = []
    for steps in groups.values():
        numbers = sorted(steps)
        for lower, higher in pairwise(numbers):
            pairs.extend((a, b) for a in steps[lower] for b in steps[higher])
    return pairs


def _walk(count: int, pairs: list[tuple[int, int]]) -> list[int]:
    """The indexes in an order that keeps all pairs, each time the lowest index that is free. Short where the pairs form a circle."""
    later: list[list[int]] = [[] for _ in range(count)]
    waits = [0] * count
    for a, b in pairs:
        later[a].append(b)
        waits[b] += 1
    free = [index for index in range(count) if not waits[index]]
    heapify(free)
    order: list[int] = []
    while free:
        index = heappop(free)
        order.append(index)
        for follower in later[index]:
            waits[follower] -= 1
            if not waits[follower]:
                heappush(free, follower)
    return order


def current(versions: Sequence[Version]) -> Version | None:
    """The newest whole version, else the newest part; a repeat or control never."""
    for role in ("whole", "part"):
        for version in reversed(versions):
            if version.role == role:
                return version
    return None
