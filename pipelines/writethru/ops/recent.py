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
from writethru.records import Article, DeadLetter, Emission, Story

STORIES = 40
DEAD_LETTERS = 30
AGENCIES = 200
PARTITIONS = 20
THROUGHPUT_SECONDS = 120
LATENCY_SECONDS = 60
RATE_SECONDS = 5
HEADLINE_LENGTH = 300

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
        embargoes = [records.millis(article.wire.embargo) for article in fresh if article.wire.embargo is not None]
        with self._lock:
            self._totals["articles"] += len(fresh)
            self._totals["kills"] += sum(article.wire.action == "kill" for article in fresh)
            self._totals["embargoed"] += sum(until > now for until in embargoes)
            self._out.add(len(fresh), now)
            self._latency.add((now - article.provenance.timestamp for article in fresh), now)
            for agency, n in Counter(article.wire.agency for article in fresh).items():
                name = agency if agency in self._agencies or len(self._agencies) < AGENCIES else OTHER
                self._agencies[name] = (self._agencies.get(name, (0, 0))[0] + n, now)
            self._show(emission, fresh, now)

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

    def _show(self, emission: Emission, fresh: list[Article], now: int) -> None:
        """Brings the rows up to date. Caller holds the lock."""
        articles: dict[str, list[Article]] = {}
        for article in fresh:
            if article.story is not None:
                articles.setdefault(article.story.id, []).append(article)
        sizes = {thread.id: thread.count for thread in emission.threads}
        newest = len(emission.stories) - STORIES
        for index, story in enumerate(emission.stories):
            if story.merged_into is not None:
                self._rows.pop(story.id, None)
            elif index >= newest or story.id in self._rows:
                row = self._rows.pop(story.id, None) or _Row(story.id, plain(story.agency, 64))
                _update(row, story, articles.get(story.id, []), now)
                self._rows[story.id] = row
        while len(self._rows) > STORIES:
            del self._rows[next(iter(self._rows))]
        for row in self._rows.values():
            if row.thread in sizes:
                row.thread_size = sizes[row.thread]


def _update(row: _Row, story: Story, articles: list[Article], now: int) -> None:
    """A headline is taken from an article whose own embargo is known, never from the story alone: the story's may be that of a
    version under embargo that left this view. An embargo once seen stays until it ends or is released."""
    row.versions = story.count
    row.language = story.language
    row.time = now
    row.closed = story.status if story.status in ("killed", "withheld") else None
    for article in articles:
        until = records.millis(article.wire.embargo) if article.wire.embargo is not None else 0
        row.embargo = until if article.wire.action == "release" else max(row.embargo, until)
        row.action = article.wire.action
        if article.thread is not None:
            row.thread = article.thread.id
        if article.id == story.current or not row.headline:
            row.headline = plain(article.headline, HEADLINE_LENGTH)
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
        "thread": row.thread,
        "thread_size": row.thread_size,
        "time": row.time,
    }


recent = Recent(metrics.KAFKA_LAG.items)
"""The process's own."""
