"""What the two keyed steps cost as the window grows: `python -m tests.bench scale [LIVE]…`.

The text is Reuters-21578 once, then seeded variants with other names and numbers, in English, so that one index of threads holds them;
times are compressed so that all are within the window. Chain and thread are called as the pipeline calls them, batch by batch, the garbage
collector set as a worker sets it; time is CPU time of those calls alone. Copy detection alone reads the text, files it and names the
original.
"""

from __future__ import annotations

import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from tests.bench.accuracy_way import BATCH, Way, articles
from tests.bench.corpus import AGENCIES, COLLECTION, rows, variant
from writethru.records import Article
from writethru.stories import StoryIndex
from writethru.stories.copies import Block
from writethru.threads import ThreadIndex, ThreadSettings
from writethru.threads.copies import Copies
from writethru.threads.frequencies import TIDE
from writethru.threads.shingles import Runs, Sketch, containments, sketches
from writethru.threads.terms import squeeze
from writethru.transforms import collector

LIVE = (10_000, 30_000, 100_000)
SPAN = 60 * 3_600_000
"""ms over which all articles are spread; threads live 72 hours."""
START = 1_760_000_000_000
ROUNDS = 8
"""Batches measured above each count of live articles; of chain and thread the figures are those of the median batch and of all."""
SETTINGS = ThreadSettings(limit=1_000_000)


@dataclass(slots=True)
class Cost:
    """At `live` English articles, that came within `hours`: CPU seconds an article, bytes an article, and of the chains' texts apart; CPU
    seconds of a rebuild."""

    live: int
    hours: float
    staged: float
    mean: float
    copies: float
    held: float
    texts: float
    rebuilt: float


def made(count: int, path: Path = COLLECTION, seed: int = 1987) -> Iterator[dict[str, Any]]:
    """`count` rows in order of time."""
    chosen = random.Random(seed)  # noqa: S311 - seeded variants, no secrets
    originals = [row for row in rows(path) if row["text"]]
    for place in range(count):
        turn, at = divmod(place, len(originals))
        row = variant(originals[at], turn, chosen) if turn else originals[at]
        moment = (START + place * SPAN // count) / 1000
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))
        yield {"id": row["id"], "ts": stamp, "outlet": chosen.choice(AGENCIES), "title": row["title"], "text": row["text"]}


class KeptThreads(ThreadIndex):
    """Keeps what it drains."""

    def __init__(self, language: str) -> None:
        super().__init__(language, settings=SETTINGS)
        self.kept: list[bytes] = []

    def drain(self) -> list[bytes]:
        entries = super().drain()
        self.kept += entries
        return entries


class KeptStories(StoryIndex):
    """Keeps what it drains."""

    def __init__(self, agency: str) -> None:
        super().__init__(agency)
        self.kept: list[bytes] = []

    def drain(self) -> list[bytes]:
        entries = super().drain()
        self.kept += entries
        return entries

    def texts(self) -> int:
        """Bytes of the texts that the chains keep, a block that several share once."""
        copies = [version.copy for version in self._articles.values() if version.copy is not None]
        blocks = {id(block): len(block) for block in (copy.data if isinstance(copy, Block) else copy for copy in copies)}
        return sum(blocks.values())


class CopyDesk:
    """Copy detection alone, with the parts that threading uses."""

    def __init__(self) -> None:
        self._copies = Copies()
        self._held: list[Sketch] = []

    def go(self, batch: Sequence[Article]) -> list[int | None]:
        """Of each article the place of the one it copies."""
        texts = [squeeze(article.body) for article in batch]
        read = sketches(texts, SETTINGS.sketch, SETTINGS.sketch_share)
        return [original for start in range(0, len(read), TIDE) for original in self._round(read[start : start + TIDE])]

    def _round(self, read: Sequence[Sketch]) -> list[int | None]:
        numbers = len(self._held) + 1 + np.arange(len(read))
        hashes, sizes = np.concatenate([sketch.hashes for sketch in read]), np.array([len(sketch.hashes) for sketch in read])
        filed = self._copies.filing(hashes, sizes, numbers)
        near = self._copies.near(hashes, sizes, numbers, SETTINGS.copies, filed)
        self._copies.file(filed)
        self._held += read
        return self._originals(read, near)

    def _originals(self, read: Sequence[Sketch], near: Sequence[Sequence[int]]) -> list[int | None]:
        asked = [other - 1 for others in near for other in others]
        if not asked:
            return [None] * len(read)
        owners = np.repeat(np.arange(len(read)), [len(others) for others in near])
        shares, samples = containments(Runs.of(read), owners, Runs.of([self._held[other] for other in asked]))
        best: dict[int, tuple[float, int, int]] = {}
        for owner, *found in zip(owners.tolist(), shares.tolist(), samples.tolist(), asked, strict=True):
            best[owner] = max(best.get(owner, (0.0, 0, 0)), (found[0], found[1], found[2]))
        chosen = [best.get(owner, (0.0, 0, 0)) for owner in range(len(read))]
        return [other if share >= SETTINGS.copy and sample >= SETTINGS.sample else None for share, sample, other in chosen]


def clocked(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def run(counts: Sequence[int], path: Path = COLLECTION) -> Iterator[Cost]:
    """One pass, with a stop at each count."""
    total = int(max(counts) * 1.05) + ROUNDS * BATCH * len(counts)
    source = made(total, path)
    collector.settle()
    way = Way(KeptThreads)
    desk = CopyDesk()
    done = 0
    for count in sorted(counts):
        while done < count:
            batch = _batch(way, source, BATCH)
            way.go(batch)
            desk.go(batch)
            done += len(batch)
        live = len(way.events["en"])
        staged, copies = [], []
        for _ in range(ROUNDS):
            batch = _batch(way, source, BATCH)
            staged.append(clocked(partial(way.go, batch)) / len(batch))
            copies.append(clocked(partial(desk.go, batch)) / len(batch))
            done += len(batch)
        held, texts = memory(way)
        yield Cost(
            live,
            SPAN / 3_600_000 * done / total,
            statistics.median(staged),
            statistics.mean(staged),
            statistics.median(copies),
            held / done,
            texts / done,
            clocked(partial(rebuilt, way)),
        )


def _batch(way: Way, source: Iterator[dict[str, Any]], size: int) -> list[Article]:
    """The next rows as Normalise hands them on, with an index for every agency among them. Some tables show no language, and are left out:
    each would open an index of another one."""
    read = [article for article in articles(list(islice(source, size)), "scale") if article.language == "en"]
    for article in read:
        if article.wire.agency not in way.chains:
            way.chains[article.wire.agency] = KeptStories(article.wire.agency)
    return read


def rebuilt(way: Way) -> list[KeptStories | KeptThreads]:
    """All indexes anew from what they drained."""
    found: list[KeptStories | KeptThreads] = []
    for index in [*way.chains.values(), *way.events.values()]:
        if isinstance(index, KeptStories):
            found.append(KeptStories(index.agency))
            found[-1].restore(index.kept)
        elif isinstance(index, KeptThreads):
            found.append(KeptThreads(index.language))
            found[-1].restore(index.kept)
    return found


def show(costs: Iterable[Cost], console: Console) -> None:
    """A line as soon as it is known: the last takes minutes."""
    names = (
        "live articles",
        "over hours",
        "chain + thread /CPU-s",
        "of all",
        "copies alone /CPU-s",
        "bytes an article",
        "its text",
        "rebuild CPU-s",
    )
    console.print(*names, sep="  ")
    for cost in costs:
        told = (
            f"{cost.live:,}",
            f"{cost.hours:.0f}",
            f"{1 / cost.staged:,.0f}",
            f"{1 / cost.mean:,.0f}",
            f"{1 / cost.copies:,.0f}",
            f"{cost.held:,.0f}",
            f"{cost.texts:,.0f}",
            f"{cost.rebuilt:.1f}",
        )
        console.print(*[value.rjust(len(name)) for value, name in zip(told, names, strict=True)], sep="  ")


def memory(way: Way) -> tuple[int, int]:
    """Bytes of the indexes, and of the texts that the chains keep, which are counted apart."""
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    found = rebuilt(way)
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    texts = sum(index.texts() for index in found if isinstance(index, KeptStories))
    return held - texts, texts
