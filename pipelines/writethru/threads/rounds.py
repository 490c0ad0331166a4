"""How a stretch of articles is cut into those that can be weighed, looked up and filed together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from writethru.records import Article
from writethru.threads.frequencies import TIDE
from writethru.threads.reading import Text, is_dead
from writethru.threads.window import Window

Told: TypeAlias = tuple[Article, Text | None]


def rounds(told: Iterable[Told], window: Window, terms: int, limit: int) -> Iterator[list[Told]]:
    """Parted where a text has to be taken in before the next one is looked up: what is known already, what redacts, a text of more terms
    than are kept, one for which another is forgotten because the window holds `limit`, and the last one of a tide. To be asked for the next
    round when the window holds the last one."""
    held: list[Told] = []
    ids: set[str] = set()
    for article, text in told:
        apart = article.id in ids or window.get(article.id) is not None or is_dead(article)
        if held and apart:
            yield held
            held, ids = [], set()
        held.append((article, text))
        ids.add(article.id)
        long = text is not None and len(text.terms.hashes) > terms
        full = len(window) + len(held) > limit
        if apart or long or full or (window.next + len(held) - 1) % TIDE == 0:
            yield held
            held, ids = [], set()
    if held:
        yield held
