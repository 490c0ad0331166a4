"""The two keyed steps: which story an article belongs to (key: agency), and which event it tells (key: language)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.timestamp import MIN_TIMESTAMP
from apache_beam.utils.windowed_value import WindowedValue

from writethru.ops import metrics
from writethru.records import Emission
from writethru.stories import StoryIndex
from writethru.threads import ThreadIndex
from writethru.transforms.keyed import DAY, KeyedFn, by_key, withdrawn

TOLD_TOGETHER = 500
"""Threads of one emission: after a failure a key may have tens of thousands to tell again."""
GATHERED = 500
"""Articles from which on a bundle's gathering is handed on before the bundle ends."""


class ChainFn(KeyedFn):
    """(agency, articles) -> (language, articles with their story), and ("@" agency, the stories that changed).

    Redactions of earlier members come out of here too and go the way of their originals, so that none overtakes its original. Stories go
    a way of their own, one an agency: by language, the two states of a bilingual story could meet at the sink in the wrong order. Kills
    and chains live seven days.

    What a bundle makes of several agencies is handed on as one element a language: to thread two articles costs not much more than one.
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

    def start_bundle(self) -> None:
        self._gathered: dict[str, list[Emission]] = {}

    def handed_on(self, results: list[tuple[str, Emission]]) -> Iterator[tuple[str, Emission]]:
        for key, emission in results:
            held = self._gathered.setdefault(key, [])
            held.append(emission)
            if sum(len(one.articles) for one in held) >= GATHERED:
                yield key, _together(self._gathered.pop(key))

    def finish_bundle(self) -> Iterator[WindowedValue]:
        for key, held in self._gathered.items():
            yield WindowedValue((key, _together(held)), MIN_TIMESTAMP, [GlobalWindow()])
        super().finish_bundle()


def _together(emissions: Iterable[Emission]) -> Emission:
    """Of one key, in their order."""
    articles = [article for emission in emissions for article in emission.articles]
    return Emission(tuple(articles), tuple([story for emission in emissions for story in emission.stories]))


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
