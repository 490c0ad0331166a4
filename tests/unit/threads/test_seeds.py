"""The five seed files: one thread of four and one of one, in every order of arrival."""

from __future__ import annotations

import gzip
import json
from itertools import permutations

import pytest
from helpers import Run, article, raw, shared

from writethru.formats import decode
from writethru.records import Article, Item
from writethru.wire import normalise


def seeds(before_first: bytes = b"") -> list[Article]:
    articles = []
    for offset, path in enumerate(sorted(shared("samples/seeds").glob("*.txt"))):
        message = raw((before_first if offset == 0 else b"") + path.read_bytes(), offset)
        decoded = decode(message)
        (item,) = decoded.items
        assert isinstance(item, Item)
        articles.append(
            normalise(item, message, article_id=decoded.ids[0], sha256=decoded.sha256, received="2026-01-01T00:00:00Z", pipeline="test")
        )
    return articles


@pytest.mark.parametrize("before_first", [b"", b" date 2023-09-12 "], ids=["as they are", "with the page date of the others"])
def test_every_order_gives_the_same_two_threads(before_first: bytes) -> None:
    articles = seeds(before_first)
    wanted = {frozenset([articles[0].id]), frozenset(a.id for a in articles[1:])}
    for order in permutations(articles):
        for batches in ([order], [[one] for one in order]):
            run = Run()
            for batch in batches:
                run.feed(*batch)
            assert run.groups() == wanted, [articles.index(a) for a in order]


def test_in_file_order_the_rewrites_point_to_what_they_rewrite() -> None:
    articles = seeds()
    ids = [a.id for a in articles]
    places = [article.thread for article in Run().feed(*articles)]
    assert [place and place.relation for place in places] == ["first", "first", "derivation", "derivation", "derivation"]
    assert [place and place.of for place in places] == [None, None, ids[1], ids[2], ids[2]]


def test_among_hundreds_of_other_items_they_part_the_same_way() -> None:
    with gzip.open(shared("data/threads/ecbplus_dev.jsonl.gz"), "rt", encoding="utf-8") as lines:
        others = [article(row["id"], row["text"]) for row in map(json.loads, lines)]
    articles = seeds()
    for order in ([0, 1, 2, 3, 4], [4, 0, 3, 1, 2], [1, 0, 4, 3, 2]):
        run = Run()
        run.feed(*others)
        for place in order:
            run.feed(articles[place])
        assert {frozenset([articles[0].id]), frozenset(a.id for a in articles[1:])} <= run.groups()
