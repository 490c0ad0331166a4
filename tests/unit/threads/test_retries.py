"""One wire through attempts that fail: whatever order the next one reads in, no thread of a lost attempt stays in the sinks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from zlib import crc32

import pytest

from tests.wireload.life import messages
from tests.wireload.plain import Expected, articles_of
from writethru.formats import Limits
from writethru.records import Article, RawMessage, Thread
from writethru.stories import StoryIndex
from writethru.threads import ThreadIndex

START = 1_790_000_000_000
PACE = 10
"""Milliseconds between two messages."""
PARTITIONS = 4


@dataclass(frozen=True)
class Filed:
    """What one message brings to the index of a language."""

    timestamp: int
    articles: tuple[Article, ...]


@cache
def wire() -> tuple[tuple[Filed, ...], ...]:
    """1,500 messages, chained, by the partition that holds them."""
    held: tuple[list[Filed], ...] = tuple([] for _ in range(PARTITIONS))
    chains: dict[str, StoryIndex] = {}
    for number, (key, value, headers) in enumerate(messages(1500)):
        at = crc32(key) % PARTITIONS
        raw = RawMessage(value, "wire.raw", at, number, START + number * PACE, key, headers)
        for article in articles_of(raw, Limits(), Expected()):
            chained = chains.setdefault(article.wire.agency, StoryIndex(article.wire.agency)).apply([article]).articles
            held[at].append(Filed(raw.timestamp, chained))
    return tuple(map(tuple, held))


def partitions(language: str) -> tuple[tuple[Filed, ...], ...]:
    """What each partition holds of a language."""
    by_language = ((Filed(one.timestamp, tuple(a for a in one.articles if a.language == language)) for one in part) for part in wire())
    return tuple(tuple(one for one in part if one.articles) for part in by_language)


@dataclass
class Attempts:
    """A job whose attempts fail now and then, `most` times, before or after a checkpoint."""

    language: str
    chance: random.Random
    most: int = 6
    wall: int = START + 100
    failed: int = 0
    told: dict[str, Thread] = field(default_factory=dict)
    log: list[bytes] = field(default_factory=list)

    def run(self) -> None:
        held = partitions(self.language)
        at = [0] * PARTITIONS
        reached = list(at)
        kept, index = (list(at), list(self.log)), ThreadIndex(self.language, since=self.wall)
        while any(at[p] < len(held[p]) for p in range(PARTITIONS)):
            self.wall += self.chance.randint(5, 80)
            batch = list(self.batch(held, at, reached))
            threaded = index.apply(batch)
            self.tell(threaded.threads)
            self.log += index.drain()
            if (chance := self.chance.random()) < 0.05:
                kept = list(at), list(self.log)
            elif chance < 0.09 and self.failed < self.most:
                self.failed += 1
                reached = list(map(max, reached, at))
                at[:], self.log = kept[0], list(kept[1])
                self.wall += self.chance.randint(3_000, 40_000)
                index = ThreadIndex(self.language, since=self.wall)
                if self.log:
                    index.restore(self.log)
                    self.tell(index.retell())

    def batch(self, held: tuple[tuple[Filed, ...], ...], at: list[int], reached: list[int]) -> Iterator[Article]:
        """What lies in the partitions by now, some of it, in some order; each partition's own order stays."""
        for p in self.chance.sample(range(PARTITIONS), PARTITIONS):
            for _ in range(self.chance.randint(0, 12)):
                if at[p] < len(held[p]) and held[p][at[p]].timestamp <= self.wall:
                    yield from (self.marked(one, at[p] < reached[p]) for one in held[p][at[p]].articles)
                    at[p] += 1

    def marked(self, article: Article, again: bool) -> Article:
        return replace(article, payload=replace(article.payload, again=again)) if article.payload else article

    def tell(self, threads: tuple[Thread, ...]) -> None:
        for thread in threads:
            known = self.told.get(thread.id)
            assert known is None or thread.rev >= known.rev, "told later, and outranked: a topic would keep the wrong one"
            self.told[thread.id] = thread


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("language", ["en", "fr", "ko"])
def test_no_article_stands_in_two_threads_whatever_attempts_were_lost(language: str, seed: int) -> None:
    attempts = Attempts(language, random.Random(seed))  # noqa: S311 - a seeded course of failures
    attempts.run()
    assert attempts.failed
    stands = Counter(member.id for thread in attempts.told.values() if thread.merged_into is None for member in thread.members)
    assert {id_: times for id_, times in stands.items() if times > 1} == {}
    assert stands.keys() == {one.id for part in partitions(language) for filed in part for one in filed.articles}
