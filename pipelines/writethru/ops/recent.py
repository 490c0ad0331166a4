"""What happened lately, for the live page and the terminal: bounded, in memory, thread-safe. `now` is wall time in milliseconds.

The pipeline tells it once per batch (`emission`, `dead`, `inbound`); the page asks for a `snapshot`. What must not be read is not
in the snapshot: the headline of a killed or withheld story is dropped, that of an embargoed one is kept back until its time, and
of a dead letter there is the position and the reason, never the payload.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal

from writethru import records
from writethru.ops import metrics
from writethru.ops.instruments import OTHER, Key
from writethru.ops.text import plain, without_secrets
from writethru.ops.window import Latencies, Rate
from writethru.records import Article, DeadLetter, Emission, StoryStatus

STORIES = 40
DEAD_LETTERS = 30
AGENCIES = 200
PARTITIONS = 20
THROUGHPUT_SECONDS = 120
LATENCY_SECONDS = 60
RATE_SECONDS = 5
HEADLINE_LENGTH = 300
PARTS = 10

Hidden = Literal["killed", "withheld", "embargoed"]


@dataclass(slots=True)
class _Row:
    """A story on the page."""

    story: str
    agency: str
    headline: str = ""
    action: str = ""
    language: str = "und"
    versions: int = 0
    lacks: tuple[str, ...] = ()
    """Names of the parts that its text lacks (`take 2`): they say nothing of what it tells."""
    thread: str | None = None
    thread_size: int = 0
    time: int = 0
    embargo: int = 0
    closed: Literal["killed", "withheld"] | None = None


class Recent:
    """`lag` gives the records left to read by (topic, partition)."""

    def __init__(self, lag: Callable[[], Iterable[tuple[Key, float]]]) -> None:
        self._lag = lag
        self._lock = Lock()
        self._rows: dict[str, _Row] = {}
        self._dead: deque[dict[str, Any]] = deque(maxlen=DEAD_LETTERS)
        self._agencies: dict[str, tuple[int, int]] = {}
        self._in = Rate(THROUGHPUT_SECONDS)
        self._out = Rate(THROUGHPUT_SECONDS)
        self._latency = Latencies(LATENCY_SECONDS)
        self._totals: Counter[str] = Counter(received=0, articles=0, kills=0, embargoed=0, dead_letters=0)
        self._reasons: Counter[str] = Counter()

    def inbound(self, n: int, now: int) -> None:
        """`n` messages were read."""
        with self._lock:
            self._totals["received"] += n
            self._in.add(n, now)

    def emission(self, emission: Emission, now: int) -> None:
        """A batch was emitted. An article without its payload is one emitted again and counts for nothing here."""
        fresh = [article for article in emission.articles if article.payload is not None]
        with self._lock:
            self._totals["articles"] += len(fresh)
            self._totals["kills"] += sum(article.wire.action == "kill" for article in fresh)
            self._totals["embargoed"] += sum(article.wire.embargo is not None for article in fresh)
            self._out.add(len(fresh), now)
            self._latency.add((now - article.provenance.timestamp for article in fresh), now)
            for agency, n in Counter(article.wire.agency for article in fresh).items():
                name = agency if agency in self._agencies or len(self._agencies) < AGENCIES else OTHER
                self._agencies[name] = (self._agencies.get(name, (0, 0))[0] + n, now)
            self._show(emission, now)

    def dead(self, letters: Sequence[DeadLetter], now: int) -> None:
        """Messages were given up."""
        rows = [
            {
                "id": letter.id,
                "step": letter.step,
                "reason": letter.reason,
                "topic": plain(letter.message.topic, 100),
                "partition": letter.message.partition,
                "offset": letter.message.offset,
                "detail": without_secrets(letter.detail, 160),
                "time": now,
            }
            for letter in letters[-DEAD_LETTERS:]
        ]
        with self._lock:
            self._totals["dead_letters"] += len(letters)
            self._reasons.update(letter.reason for letter in letters)
            self._dead.extend(rows)

    def snapshot(self, now: int) -> dict[str, Any]:
        """Everything the page shows, as JSON types, newest first; times and latencies in milliseconds, rates per second."""
        lag = sorted(self._lag(), key=lambda item: -item[1])
        with self._lock:
            inbound, outbound = self._in.series(now), self._out.series(now)
            count, (p50, p99) = self._latency.quantiles((0.5, 0.99), now)
            return {
                "now": now,
                "totals": dict(self._totals),
                "reasons": dict(self._reasons),
                "throughput": {
                    "in": inbound,
                    "out": outbound,
                    "in_rate": sum(inbound[-RATE_SECONDS:]) / RATE_SECONDS,
                    "out_rate": sum(outbound[-RATE_SECONDS:]) / RATE_SECONDS,
                },
                "latency": {"count": count, "p50": p50, "p99": p99},
                "lag": {
                    "records": int(sum(n for _, n in lag)) if lag else None,
                    "partitions": [{"topic": key[0], "partition": key[1], "records": int(n)} for key, n in lag[:PARTITIONS]],
                },
                "agencies": [
                    {"agency": plain(name, 64), "articles": n, "time": time}
                    for name, (n, time) in sorted(self._agencies.items(), key=lambda item: (-item[1][0], item[0]))
                ],
                "stories": [_shown(row, now) for row in reversed(self._rows.values())],
                "dead_letters": list(reversed(self._dead)),
            }

    def _show(self, emission: Emission, now: int) -> None:
        """Brings the rows up to date. Caller holds the lock. An article makes a row, a story changes one: the two go different ways through
        the graph and come in emissions of their own, on a cluster to different workers."""
        groups: dict[str, list[Article]] = {}
        for article in emission.articles:
            if article.story is not None:
                group = groups.pop(article.story.id, [])
                group.append(article)
                groups[article.story.id] = group
        newest = len(groups) - STORIES
        for index, (id_, articles) in enumerate(groups.items()):
            row = self._rows.pop(id_, None)
            if row is None:
                if index < newest or all(article.payload is None for article in articles):
                    continue
                row = _Row(id_, plain(articles[0].wire.agency, 64))
            _tell(row, articles, now)
            self._rows[id_] = row
        while len(self._rows) > STORIES:
            del self._rows[next(iter(self._rows))]
        for story in emission.stories:
            if story.merged_into is not None:
                self._rows.pop(story.id, None)
            elif known := self._rows.get(story.id):
                known.versions = story.count
                known.lacks = tuple([plain(lack.part, 64) for lack in story.lacks[:PARTS]])
                known.language = story.language if known.language == "und" else known.language
                _stand(known, story.status)
        sizes = {thread.id: thread.count for thread in emission.threads}
        for row in self._rows.values():
            if row.thread in sizes:
                row.thread_size = sizes[row.thread]


_STANDING: dict[str, StoryStatus] = {"canceled": "killed", "withheld": "withheld"}
"""What the status of an article, as its chain has set it, says of its story."""


def _tell(row: _Row, articles: list[Article], now: int) -> None:
    """A headline is taken from an article whose own embargo is known, never from the story: the story's may be that of a version under
    embargo that left this view. An embargo once seen stays until it ends or is released. An article that is sent again opens or closes
    its story, and is not its newest version."""
    row.time = now
    for article in articles:
        wire, place = article.wire, article.story
        until = records.millis(wire.embargo) if wire.embargo is not None else 0
        row.embargo = until if wire.action == "release" else max(row.embargo, until)
        behind = article.payload is None or (place is not None and place.late)
        if place is not None:
            row.versions = max(row.versions, place.position)
        if article.thread is not None:
            row.thread = article.thread.id
        if not behind or not row.action:
            row.action = wire.action
        standing = _STANDING.get(str(article.article.get("pubStatus")))
        if standing is not None or wire.action == "release" or article.payload is None:
            _stand(row, standing or "current")
        if article.headline and not row.closed and (not behind or not row.headline):
            row.headline = plain(article.headline, HEADLINE_LENGTH)
            row.language = article.language


def _stand(row: _Row, status: StoryStatus) -> None:
    """Nothing undoes a kill: what says that the story is open, is older or has taken another way."""
    if row.closed != "killed":
        row.closed = status if status in ("killed", "withheld") else None
    if row.closed:
        row.headline = ""


def _shown(row: _Row, now: int) -> dict[str, Any]:
    hidden: Hidden | None = row.closed or ("embargoed" if row.embargo > now else None)
    return {
        "id": row.story,
        "agency": row.agency,
        "headline": None if hidden else row.headline,
        "hidden": hidden,
        "embargo": row.embargo if hidden == "embargoed" else None,
        "action": row.action,
        "language": row.language,
        "versions": row.versions,
        "lacks": list(row.lacks),
        "thread": row.thread,
        "thread_size": row.thread_size,
        "time": row.time,
    }


recent = Recent(metrics.KAFKA_LAG.items)
"""The process's own."""
