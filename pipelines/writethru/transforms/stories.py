"""The two keyed steps: which story an article belongs to (key: agency), and which event it tells (key: language)."""

from __future__ import annotations

import time
from collections.abc import Iterator

from writethru.ops import metrics
from writethru.records import Emission
from writethru.stories import StoryIndex
from writethru.threads import ThreadIndex
from writethru.transforms.keyed import DAY, KeyedFn, by_key, withdrawn

TOLD_TOGETHER = 500
"""Threads of one emission: after a failure a key may have tens of thousands to tell again."""


class ChainFn(KeyedFn):
    """(agency, articles) -> (language, articles with their story), and ("@" agency, the stories that changed).

    Redactions of earlier members come out of here too and go the way of their originals, so that none overtakes its original. Stories go
    a way of their own, one an agency: by language, the two states of a bilingual story could meet at the sink in the wrong order. Kills
    and chains live seven days.
    """

    name = "chain"
    window = 7 * DAY

    def new_index(self, key: str) -> StoryIndex:
        return StoryIndex(key)

    def redacts(self, results: list[tuple[str, Emission]]) -> bool:
        return any(withdrawn(emission) for _, emission in results)

    def step(self, index: StoryIndex, emission: Emission) -> Iterator[tuple[str, Emission]]:
        chained = index.apply(emission.articles)
        metrics.LIVE_STORIES.set(index.stories, key=index.agency)
        for language, group in by_key(chained.articles, lambda article: article.language).items():
            yield language, Emission(tuple(group))
        if chained.stories:
            yield f"@{index.agency}", Emission((), chained.stories)


class ThreadFn(KeyedFn):
    """(language, articles) -> Emission: the articles with their thread, the threads that changed. Stories pass."""

    name = "thread"
    window = 3 * DAY

    def new_index(self, key: str) -> ThreadIndex:
        return ThreadIndex(key, since=0 if self.job.state is not None else int(time.time() * 1000), embedding=self.job.embedding)

    def recovered(self, index: ThreadIndex) -> Iterator[Emission]:
        """Articles of several agencies meet here in an order that a retry need not repeat (chains have one agency's, and it does)."""
        threads = index.retell()
        for start in range(0, len(threads), TOLD_TOGETHER):
            yield Emission((), (), threads[start : start + TOLD_TOGETHER])

    def redacts(self, results: list[Emission]) -> bool:
        return any(withdrawn(emission) for emission in results)

    def step(self, index: ThreadIndex, emission: Emission) -> Iterator[Emission]:
        threaded = index.apply(emission.articles)
        metrics.LIVE_THREADS.set(index.threads, key=index.language)
        yield Emission(threaded.articles, (), threaded.threads)
