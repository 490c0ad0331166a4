"""An hour's delay: what only headlines tie keeps its chain-mates, 99 in 100."""

from __future__ import annotations

import random

import pytest

from tests.bench.displaced import HOUR, mates

SYLLABLES = "ba do fen gir hal jo kel lum mar nev or pas quil ros sed tur vel wik yam zor".split()
WORDS = [a + b + c for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES]
"""8,000 of which the first are as common as words are: the n-th as 1/n."""
WEIGHTS = [1 / (n + 10) for n in range(len(WORDS))]


def a_wire(make, seed):
    """Three days of a service without ids and slugs: 400 stories; half of them updated up to four times with up to three new words in the
    headline, some corrected, some told again elsewhere."""
    draw = random.Random(seed)  # noqa: S311 a test, and it must be the same every time
    items = []

    def item(minute, head, **marks):
        day, of_day = divmod(minute, 1440)
        at, name = f"{of_day // 60:02d}:{of_day % 60:02d}", f"{seed}-{len(items)}"
        items.append(
            make(name, headline=" ".join(head), day=f"2026-03-{2 + day:02d}", at=at, body="", kafka="2026-03-09T00:00:00Z", **marks)
        )

    for _ in range(400):
        minute, head = draw.randrange(3 * 1440), draw.choices(WORDS, WEIGHTS, k=8)
        item(minute, head)
        if draw.random() < 0.1:
            item(minute + draw.randrange(2, 20), head)
        for n in range(1, draw.randrange(5) if draw.random() < 0.5 else 1):
            minute += draw.randrange(20, 180)
            for _ in range(draw.randrange(4)):
                head = [*head]
                head[draw.randrange(8)] = draw.choices(WORDS, WEIGHTS)[0]
            item(minute, head, update=n, action="update")
            if draw.random() < 0.1:
                item(minute + draw.randrange(5, 30), head, update=n, action="correction")
    return items


@pytest.mark.parametrize("seed", range(4))
def test_of_articles_delayed_by_up_to_an_hour_99_in_100_keep_their_chain_mates(make, seed):
    wire = a_wire(make, seed)
    draw = random.Random(100 + seed)  # noqa: S311 the same every time
    arrival = {article.id: article.time + draw.randrange(HOUR) for article in wire}
    expected = mates(sorted(wire, key=lambda article: article.time))
    found = mates(sorted(wire, key=lambda article: arrival[article.id]))
    same = {id_ for id_, group in expected.items() if found[id_] == group}
    chained = {id_ for id_, group in expected.items() if len(group) > 1}
    assert len(chained) > 0.4 * len(wire)
    assert len(same & chained) >= 0.99 * len(chained)
    assert len(same) >= 0.99 * len(wire)
