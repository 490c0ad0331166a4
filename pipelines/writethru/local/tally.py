"""What a run that plays something amounts to: counted from the emissions, so that it is what the sinks hold and not what was sent."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import Any

from writethru.records import Emission


class Tally:
    """Memory grows with the stories and threads of the run: made for what is played, not for a service that never ends."""

    def __init__(self) -> None:
        self.stories: dict[str, int] = {}
        self.threads: set[str] = set()
        self.actions: Counter[str] = Counter()
        self.agencies: Counter[str] = Counter()
        self.articles = self.embargoes = 0
        self.first: int | None = None
        self.last = 0
        self._latencies = array("f")
        self._seen: set[str] = set()

    def add(self, emission: Emission, now: int) -> None:
        """`now` is the wall time in ms at which the sinks held the emission."""
        for article in emission.articles:
            if article.id in self._seen:
                continue
            self._seen.add(article.id)
            self.articles += 1
            self.actions[article.wire.action] += 1
            self.agencies[article.wire.agency] += 1
            self.embargoes += article.wire.embargo is not None
            if article.payload is None:  # sent again by its chain: it came in an earlier run
                continue
            stamp = article.provenance.timestamp
            self._latencies.append((now - stamp) / 1000)
            self.first = stamp if self.first is None else min(self.first, stamp)
        self.last = now
        for story in emission.stories:
            self.stories[story.id] = story.count
            if story.merged_into:
                self.stories.pop(story.id, None)
        for thread in emission.threads:
            if thread.merged_into:
                self.threads.discard(thread.id)
            else:
                self.threads.add(thread.id)

    def figures(self) -> dict[str, Any]:
        """Counts, records per second from the first Kafka timestamp to the last emission, latencies in seconds (None without articles)."""
        ordered = sorted(self._latencies)
        seconds = (self.last - self.first) / 1000 if self.first is not None else 0.0
        return {
            "articles": self.articles,
            "stories": len(self.stories),
            "versions": sum(self.stories.values()),
            "threads": len(self.threads),
            "kills": self.actions["kill"],
            "embargoes": self.embargoes,
            "rate": len(ordered) / seconds if seconds else None,
            "p50": ordered[len(ordered) // 2] if ordered else None,
            "p99": ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] if ordered else None,
        }
