"""From articles to texts ready to be weighed, many at a time: numpy costs by the call, and a wire item is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from writethru.records import Article
from writethru.threads.embedding import Embedding
from writethru.threads.settings import ThreadSettings
from writethru.threads.shingles import Sketch, sketches
from writethru.threads.terms import Counted, Words, count, words

_TOGETHER = 1 << 14
"""Bytes of words read in one pass, some twenty wire items: with four times as many their words and arrays leave the nearer caches."""
_MEANT = 2_000
"""Characters of a body whose meaning is asked for; a model looks at fewer."""

ALONE = ("digest", "advisory")
"""Rules under which an article stands alone: a thread of one that nothing joins."""


class Text(NamedTuple):
    """All that is read from a text alone, whatever else is live. `words` is how many it has, `body` those of its body as printed, `vector`
    what it means, if a model tells."""

    terms: Counted
    sketch: Sketch
    words: int
    body: Sequence[str]
    vector: bytes = b""


def read(articles: Sequence[Article], settings: ThreadSettings, embedding: Embedding | None = None) -> Iterator[Text | None]:
    """The text of each article in order; None where it has none to be found by (killed, withheld, a picture)."""
    texts = _read(articles, settings)
    return texts if embedding is None else _embedded(list(texts), articles, embedding)


def _embedded(texts: Sequence[Text | None], articles: Sequence[Article], embedding: Embedding) -> Iterator[Text | None]:
    """With their meaning, all of a batch at once."""
    told = [f"{article.headline}\n{article.body[:_MEANT]}" for article, text in zip(articles, texts, strict=True) if text]
    vectors = iter(embedding.vectors(told))
    return (text and text._replace(vector=next(vectors)) for text in texts)


def _read(articles: Sequence[Article], settings: ThreadSettings) -> Iterator[Text | None]:
    pending: list[Words | None] = []
    size = 0
    for article in articles:
        text = _words(article, settings)
        pending.append(text)
        size += len(text.squeezed) if text else 0
        if size > _TOGETHER:
            yield from _together(pending, settings)
            pending, size = [], 0
    yield from _together(pending, settings)


def is_dead(article: Article) -> bool:
    """Killed or withheld: it stands in its thread and must not be found or shown."""
    return article.article.get("pubStatus") in ("canceled", "withheld") or article.wire.action in ("kill", "withhold")


def alone_by(article: Article) -> str | None:
    """The rule under which an article stands alone, if one does."""
    return "advisory" if article.wire.action == "advisory" else "digest" if article.wire.digest else None


def shown(article: Article) -> str:
    """The headline its thread may show: none of a dead article, none under an embargo, which is not ours to see lifted."""
    return "" if is_dead(article) or article.wire.embargo else article.headline


def _words(article: Article, settings: ThreadSettings) -> Words | None:
    if is_dead(article) or article.article.get("type", "text") != "text":
        return None
    return words(article.headline, article.body[: settings.text_chars], settings.headline_weight)


def _together(pending: Sequence[Words | None], settings: ThreadSettings) -> Iterator[Text | None]:
    found = [text for text in pending if text is not None]
    if not found:
        return iter([None] * len(pending))
    terms = iter(count([text.weighed for text in found], settings.name_weight))
    runs = iter(sketches([text.squeezed for text in found], settings.sketch, settings.sketch_share))
    return (None if text is None else Text(next(terms), next(runs), text.printed, text.body) for text in pending)
