"""What one batch changes in the metrics, counted in one pass. `now` is wall time in milliseconds, an argument."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from writethru import records
from writethru.ops import metrics
from writethru.records import Article, DeadLetter, Emission, Skipped


def emitted(emission: Emission, now: int) -> None:
    """Counts an emission: articles, actions, latencies, kills, embargoes, gaps, late, duplicates, sizes.

    An article without its payload is one that is emitted again (`records.Article`); its old timestamps say nothing of latency.
    """
    fresh = [article for article in emission.articles if article.payload is not None]
    agencies = Counter(article.wire.agency for article in fresh)
    metrics.ARTICLES.inc_many(Counter((article.wire.agency, article.provenance.format) for article in fresh))
    metrics.REEMITTED.inc_many(Counter(article.wire.agency for article in emission.articles if article.payload is None))
    metrics.ACTIONS.inc_many(Counter(article.wire.action for article in fresh))
    metrics.KILLS.inc_many(Counter(article.wire.agency for article in fresh if article.wire.action == "kill"))
    metrics.EMBARGOED.inc_many(Counter(article.wire.agency for article in fresh if embargoed(article, now)))
    placed = [(article.wire.agency, article.story) for article in fresh if article.story is not None]
    metrics.GAPS.inc_many(Counter(agency for agency, story in placed if story.gap))
    metrics.LATE.inc_many(Counter(agency for agency, story in placed if story.late))
    metrics.DUPLICATES.inc_many(Counter(agency for agency, story in placed if story.duplicate))
    metrics.LATENCY.observe_many(max(0, now - article.provenance.timestamp) / 1000 for article in fresh)
    wire: dict[str, list[float]] = defaultdict(list)
    for article in fresh:
        if (time := article.time) is not None:
            wire[article.wire.agency].append(max(0, now - time) / 1000)
    for agency, seconds in wire.items():
        metrics.WIRE_LATENCY.observe_many(seconds, agency=agency)
    for agency in agencies:
        metrics.LAST_RECORD.set(now / 1000, agency=agency)
    metrics.STORY_VERSIONS.observe_many(story.count for story in emission.stories)
    metrics.THREAD_ARTICLES.observe_many(thread.count for thread in emission.threads)


def written(sink: str, emission: Emission, seconds: float, now: int) -> None:
    """Counts what a sink now holds and how long it took; for each kill, how long after the agency's word."""
    metrics.SINK_SECONDS.observe(seconds, sink=sink)
    metrics.SINK_RECORDS.inc_many(
        {
            (sink, "articles"): len(emission.articles),
            (sink, "stories"): len(emission.stories),
            (sink, "threads"): len(emission.threads),
        }
    )
    kills = [article for article in emission.articles if article.wire.action == "kill" and article.payload is not None]
    metrics.KILL_LATENCY.observe_many((max(0, now - _said(article)) / 1000 for article in kills), sink=sink)
    metrics.SINK_RETRIES.inc(0, sink=sink)
    metrics.SINK_FAILURES.inc(0, sink=sink)


def dead(letters: Sequence[DeadLetter]) -> None:
    metrics.DEAD_LETTERS.inc_many(Counter((letter.step, letter.reason) for letter in letters))


def skipped(items: Sequence[Skipped]) -> None:
    metrics.SKIPPED.inc_many(Counter((item.format, item.reason) for item in items))


def embargoed(article: Article, now: int) -> bool:
    until = article.wire.embargo
    return until is not None and records.millis(until) > now


def _said(article: Article) -> int:
    time = article.time
    return article.provenance.timestamp if time is None else time
