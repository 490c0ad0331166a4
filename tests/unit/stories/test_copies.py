"""The texts an index keeps, as JSON and compressed together."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from writethru.records import Article
from writethru.stories import StoryIndex, copies
from writethru.stories.copies import GROUP, MAX, Block, Copies


def kept(count: int) -> list[Any]:
    versions = [SimpleNamespace(copy=None, seq=7 * number) for number in range(count)]
    holder = Copies()
    for number, version in enumerate(versions):
        holder.keep(version, {"uri": f"urn:x:{number}", "bodies": [{"value": f"Côte {number} " * 20}]})
    return versions


def test_older_texts_are_compressed_together_and_every_one_comes_back():
    versions = kept(3 * GROUP)
    assert [isinstance(version.copy, Block) for version in versions] == [True] * 2 * GROUP + [False] * GROUP
    assert len({version.copy.data for version in versions[: 2 * GROUP]}) == 2
    assert [copies.item(version)["uri"] for version in versions] == [f"urn:x:{number}" for number in range(3 * GROUP)]


def test_a_text_that_is_too_large_is_not_kept():
    version = SimpleNamespace(copy=None)
    Copies().keep(version, {"bodies": [{"value": "x" * MAX}]})
    assert version.copy is None


def councils(make, count: int) -> list[Article]:
    return [make(f"c{n}", uri=f"urn:x:{n}", headline=f"Council {n} votes on budget") for n in range(count)]


def test_a_text_compressed_with_others_comes_back_with_the_release(make):
    index = StoryIndex("meridian")
    held = make("held", uri="urn:x:held", headline="Ferry aground off Lund", body="A ferry ran aground.")
    index.apply([held, *councils(make, 3 * GROUP)])
    index.apply([make("hold", uri="urn:x:held", at="09:00", action="withhold", body="")])
    freed = index.apply([make("release", uri="urn:x:held", at="09:01", action="release", body="")]).articles
    assert [(article.headline, article.body) for article in freed if article.id == held.id] == [(held.headline, held.body)]


def test_an_index_made_of_its_log_keeps_the_same_texts(make):
    index, again = StoryIndex("meridian"), StoryIndex("meridian")
    index.apply(councils(make, 3 * GROUP))
    again.restore(index.drain())
    assert again.snapshot() == index.snapshot()
