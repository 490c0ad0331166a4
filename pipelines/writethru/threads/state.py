"""What the index holds of an article and of a thread, and the public records made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import lru_cache
from hashlib import blake2b

from writethru.records import Relation, SecondThread, Thread, ThreadMember, ThreadPlace, newest

GLUE = "\u00a0"
"""A no-break space."""


@dataclass(slots=True, eq=False)
class Live:
    """An article of the index. `number` rises with every change of any article, `touched` is the clock then; `blob` is its packed
    evidence, empty where it must not be found (killed, picture, digest); `headline` is '' where it must not be shown (killed, embargoed).
    `emitted` is the thread it was emitted in last, `absorbed` the last records of those that its arrival joined to another: with them a
    redelivered article yields what it yielded the first time, and so with `parted`: the article that left its thread when this one came.
    `terms` are those of its place, parted by blanks; `GLUE` stands for those within one."""

    id: str
    rev: int
    story: str
    agency: str
    relation: Relation
    of: str | None
    score: float
    rule: str
    time: int | None
    headline: str
    number: int
    touched: int
    blob: bytes
    thread: Event
    emitted: str
    absorbed: tuple[Thread, ...] = ()
    second: SecondThread | None = None
    terms: str = ""
    parted: str = ""

    @property
    def counted(self) -> bool:
        """Whether its terms count among the frequencies."""
        return self.relation in ("first", "event")

    def place(self) -> ThreadPlace:
        terms = (self.story,) if self.rule == "story" else tuple([term.replace(GLUE, " ") for term in self.terms.split(" ") if term])
        return ThreadPlace(self.emitted, self.relation, self.of, self.score, self.rule, terms, self.second)


@dataclass(slots=True, eq=False)
class Event:
    """A thread of the index. `opened` is the number of the article that opened it, or with which it was split from another; `members` are
    its live articles by their numbers, `began` is the clock at which it opened, 0 where there was none."""

    id: str
    opener: str
    opened: int
    rev: int = 0
    count: int = 0
    agencies: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    members: list[Live] = field(default_factory=list)
    merged_into: str | None = None
    split_from: str | None = None
    began: int = 0

    def add(self, live: Live) -> None:
        """Count a new article in."""
        self.members.append(live)
        self.count += 1
        self._widen(live)

    def _widen(self, live: Live) -> None:
        if live.agency not in self.agencies:
            self.agencies = tuple(sorted((*self.agencies, live.agency)))
        if live.time is not None:
            self.first = live.time if self.first is None else min(self.first, live.time)
            self.last = live.time if self.last is None else max(self.last, live.time)

    def absorb(self, other: Event) -> None:
        """Take over all of a thread that opened later."""
        for live in other.members:
            live.thread = self
        self.members = sorted((*self.members, *other.members), key=lambda live: live.number)
        self.count += other.count
        self.agencies = tuple(sorted({*self.agencies, *other.agencies}))
        times = [time for time in (self.first, other.first) if time is not None]
        self.first = min(times, default=None)
        times = [time for time in (self.last, other.last) if time is not None]
        self.last = max(times, default=None)
        other.members, other.count, other.merged_into = [], 0, self.id

    def part(self, gone: Sequence[Live], new: Event) -> None:
        """Let these members, which are not all, go to a new thread. Times and agencies of what has been forgotten stay."""
        left = [live for live in self.members if live not in gone]
        if self.count == len(self.members):
            self.agencies, self.first, self.last = (), None, None
            for live in left:
                self._widen(live)
        self.members, new.split_from = left, self.id
        self.count -= len(gone)
        for live in gone:
            live.thread = new
            new.add(live)

    def headline(self) -> str:
        """That of the article that opened it, else of the newest that shows one, else "". Never one that was killed or withheld, and
        none of an article with an embargo, whatever the clock: a thread's record goes out at once and to everyone."""
        shown = [live for live in self.members if live.headline]
        for live in shown:
            if live.id == self.opener:
                return live.headline
        return shown[-1].headline if shown else ""

    def record(self, language: str, limit: int) -> Thread:
        return Thread(
            id=self.id,
            rev=self.rev,
            headline=self.headline(),
            language=language,
            members=tuple(
                ThreadMember(live.id, live.story, live.agency, *self._place(live), stamp(live.time)) for live in newest(self.members, limit)
            ),
            count=self.count,
            agencies=self.agencies,
            first_seen=stamp(self.first),
            last_seen=stamp(self.last),
            merged_into=self.merged_into,
            split_from=self.split_from,
        )

    def _place(self, live: Live) -> tuple[Relation, str | None, float]:
        """Of a member: what was told of the one that opened a split thread is true of the thread it left."""
        return ("first", None, 1.0) if live.id == self.opener else (live.relation, live.of, live.score)


@lru_cache(4096)
def stamp(time: int | None) -> str | None:
    """Milliseconds since the epoch -> RFC 3339 in UTC."""
    if time is None:
        return None
    moment = datetime.fromtimestamp(time / 1000, timezone.utc)
    return moment.isoformat(timespec="milliseconds" if time % 1000 else "seconds").replace("+00:00", "Z")


def thread_id(article_id: str) -> str:
    """The id of the thread an article opens: 32 hex digits of BLAKE2b over its id."""
    return blake2b(article_id.encode(), digest_size=16, person=b"writethru-thread").hexdigest()
