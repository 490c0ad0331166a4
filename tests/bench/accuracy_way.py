"""A file of rows through the whole way: ninjs article, decode, normalise, chain (a key an agency), thread (a key a language)."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import orjson

from writethru.formats import decode
from writethru.records import Article, Feed, Item, RawMessage
from writethru.sources.rows import article_of_row
from writethru.stories import StoryIndex
from writethru.threads import ThreadIndex
from writethru.transforms.keyed import by_key, epoch_of, evict
from writethru.transforms.stories import ChainFn, ThreadFn
from writethru.wire import normalise

TOLD = ("id", "ts", "outlet", "title", "text")
"""All of a row that the code is shown."""
BATCH = 500
ARRIVED = 1_767_225_600_000
"""The Kafka timestamp of every row, 2026-01-01: no clock of the sets is ahead of it."""


@dataclass(slots=True)
class Outcome:
    """What came out, by the place of a row in its file: the chain and the thread it ended in after all merges, and the row it copies.
    `staged` are CPU seconds of chain and thread, `read` those of decode and normalise."""

    stories: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    copies: list[str] = field(default_factory=list)
    relations: list[str] = field(default_factory=list)
    staged: float = 0.0
    read: float = 0.0


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file, packed or not."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        return [orjson.loads(line) for line in lines]


def articles(data: Iterable[dict[str, Any]], name: str, feed: Feed | None = None) -> list[Article]:
    """Rows as the pipeline reads them. `feed` is what is known of a set whose rows name no outlet. Raises ValueError for a row that is no
    article, ParseError for one it cannot read."""
    found = []
    for offset, row in enumerate(data):
        payload = article_of_row(orjson.dumps({key: row[key] for key in TOLD if row.get(key) is not None}), name)
        if payload is None:
            raise ValueError(f"{name}: row {offset + 1} has no id, or neither title nor text")
        message = RawMessage(payload, "bench", 0, offset, ARRIVED)
        decoded = decode(message, feed)
        (item,) = decoded.items
        if not isinstance(item, Item):
            raise item
        found.append(
            normalise(
                item,
                message,
                article_id=decoded.ids[0],
                sha256=decoded.sha256,
                received="2026-01-01T00:00:00Z",
                pipeline="writethru/bench",
                feed=feed,
            )
        )
    return found


class Index(Protocol):
    clock: int

    def apply(self, articles: Sequence[Article]) -> Any: ...
    def drain(self) -> list[bytes]: ...


def applied(index: Index, window: int, batch: list[Article]) -> Any:
    """What a keyed step does with an index, state apart: apply, forget at the turn of an epoch, drain the log."""
    before = epoch_of(index.clock, window)
    result = index.apply(batch)
    if epoch_of(index.clock, window) != before:
        evict(index, window)  # type: ignore[arg-type]
    index.drain()
    return result


class Way:
    """The two keyed steps, with what they told of merges and splits."""

    def __init__(self, new_index: Callable[[str], ThreadIndex] = ThreadIndex) -> None:
        self._new_index = new_index
        self.chains: dict[str, StoryIndex] = {}
        self.events: dict[str, ThreadIndex] = {}
        self.merged: dict[str, str] = {}
        self.moved: dict[str, str] = {}

    def go(self, batch: Sequence[Article]) -> list[Article]:
        """A batch through both steps. The agencies' chains know nothing of each other, so they are taken one by one as the pipeline
        does; threading then meets the articles in their own order again, what a chain re-emits behind them."""
        order = {article.id: place for place, article in reversed(list(enumerate(batch)))}
        chained: list[Article] = []
        for agency, group in by_key(batch, lambda article: article.wire.agency).items():
            if agency not in self.chains:
                self.chains[agency] = StoryIndex(agency)
            result = applied(self.chains[agency], ChainFn.window, group)
            chained += result.articles
            self.merged.update((story.id, story.merged_into) for story in result.stories if story.merged_into)
        chained.sort(key=lambda article: order.get(article.id, len(order)))
        threaded: list[Article] = []
        for language, group in by_key(chained, lambda article: article.language).items():
            if language not in self.events:
                self.events[language] = self._new_index(language)
            result = applied(self.events[language], ThreadFn.window, group)
            threaded += result.articles
            for thread in result.threads:
                if thread.merged_into:
                    self.merged[thread.id] = thread.merged_into
                if thread.split_from:
                    self.moved.update((member.id, thread.id) for member in thread.members)
        return threaded

    def thread_of(self, article: Article) -> str:
        """The thread it ends in."""
        assert article.thread is not None
        return self.end_of(self.moved.get(article.id, article.thread.id))

    def end_of(self, id_: str) -> str:
        while id_ in self.merged:
            id_ = self.merged[id_]
        return id_


def threaded(read: Sequence[Article], new_index: Callable[[str], ThreadIndex]) -> list[str]:
    """The thread that each ends in, in their order."""
    way = Way(new_index)
    last: dict[str, Article] = {}
    for start in range(0, len(read), BATCH):
        last.update((article.id, article) for article in way.go(read[start : start + BATCH]))
    return [way.thread_of(last[article.id]) for article in read]


def run(data: Sequence[dict[str, Any]], name: str, feed: Feed | None = None) -> Outcome:
    """All rows in the file's order."""
    outcome, way = Outcome(), Way()
    articles(data[:1], name)  # towns and agencies are read from disk at the first article
    began = time.process_time()
    read = articles(data, name, feed)
    outcome.read = time.process_time() - began
    last: dict[str, Article] = {}
    began = time.process_time()
    for start in range(0, len(read), BATCH):
        last.update((article.id, article) for article in way.go(read[start : start + BATCH]))
    outcome.staged = time.process_time() - began
    group: dict[str, str] = {}
    for article in read:
        out = last[article.id]
        assert out.story is not None and out.thread is not None
        outcome.stories.append(way.end_of(out.story.id))
        outcome.threads.append(way.thread_of(out))
        outcome.relations.append(out.thread.relation)
        # Copies follow articles that came before them, so one pass finds the connected groups.
        followed = out.thread.of if out.thread.relation == "copy" else None
        group[article.id] = group.get(followed, followed) if followed else article.id
        outcome.copies.append(group[article.id])
    return outcome
