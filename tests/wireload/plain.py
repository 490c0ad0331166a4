"""What the pure functions make of a wire, one after another and without a runner: what every run of the pipeline must come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import orjson

from tests.wireload.compare import Record, Records
from tests.wireload.life import Message
from writethru.codec import article_json, story_json, thread_json
from writethru.formats import Limits, decode
from writethru.records import Article, Item, NotAnArticle, ParseError, RawMessage
from writethru.stories import StoryIndex
from writethru.threads import ThreadIndex
from writethru.transforms.keyed import by_key
from writethru.wire import normalise

PIPELINE = "writethru/plain"


@dataclass(slots=True)
class Expected:
    """The last record of every key; `ids` are the article ids in order of first arrival, `dead` and `skipped` count by reason."""

    records: Records = field(default_factory=lambda: Records({}, {}, {}))
    ids: dict[str, None] = field(default_factory=dict)
    dead: Counter[str] = field(default_factory=Counter)
    skipped: Counter[str] = field(default_factory=Counter)


def raw(messages: Iterable[Message], timestamp: int, topic: str = "wire.raw") -> Iterator[RawMessage]:
    """The messages as one partition would hold them, all with one Kafka timestamp (ms)."""
    for offset, (key, value, headers) in enumerate(messages):
        yield RawMessage(value, topic, 0, offset, timestamp, key, headers)


def expected(messages: Iterable[RawMessage], *, batch: int = 500, threads: bool = True) -> Expected:
    """What the pipeline must make of these messages, each agency's in the order in which its partition holds them.

    Articles and stories are exact, whatever the size of a `batch`. Threads depend a little on the order in which partitions are read.
    """
    found = Expected()
    chains: dict[str, StoryIndex] = {}
    events: dict[str, ThreadIndex] = {}
    limits = Limits()
    source = iter(messages)
    while together := list(islice(source, batch)):
        articles = [article for message in together for article in articles_of(message, limits, found)]
        chained: list[Article] = []
        for agency, group in by_key(articles, lambda article: article.wire.agency).items():
            result = chains.setdefault(agency, StoryIndex(agency)).apply(group)
            chained += result.articles
            found.records.stories.update((story.id, _read(story_json(story))) for story in result.stories)
        if threads:
            language_groups = by_key(chained, lambda article: article.language).items()
            chained = []
            for language, group in language_groups:
                threaded = events.setdefault(language, ThreadIndex(language)).apply(group)
                chained += threaded.articles
                found.records.threads.update((thread.id, _read(thread_json(thread))) for thread in threaded.threads)
        for chain in chains.values():
            chain.drain()
        for event in events.values():
            event.drain()
        found.records.articles.update((article.id, _read(article_json(article))) for article in chained)
    return found


def articles_of(message: RawMessage, limits: Limits, found: Expected) -> Iterator[Article]:
    """The articles of one message, normalised; `found` notes their ids, and what was no article."""
    try:
        decoded = decode(message, None, limits)
    except ParseError as error:
        found.dead[error.reason] += 1
        return
    except NotAnArticle as other:
        found.skipped[other.reason] += 1
        return
    for item, id_ in zip(decoded.items, decoded.ids, strict=True):
        if isinstance(item, Item):
            found.ids[id_] = None
            yield normalise(item, message, article_id=id_, sha256=decoded.sha256, received="", pipeline=PIPELINE)
        elif isinstance(item, ParseError):
            found.dead[item.reason] += 1
        else:
            found.skipped[item.reason] += 1


def _read(record: bytes) -> Record:
    read: dict[str, Any] = orjson.loads(record)
    return read
