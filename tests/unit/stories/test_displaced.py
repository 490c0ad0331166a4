"""An hour's delay: what only headlines tie keeps its chain-mates, 99 in 100."""

from __future__ import annotations

import random

import pytest

from tests.bench.displaced import HOUR, mates

PLACES = (
    "Lirian Oskent Varda Melk Tornau Pellin Sarkov Undine Brisco Halven Jorvik Quell Ambra Zennor Fallow Kestrel Dunmar Ivel Rask Thole"
)
WHAT = "tunnel|ferry|bridge|refinery|bank|airline|brewery|shipyard|parliament|orchestra|railway|hospital|vineyard|foundry|reservoir|museum"
DOES = (
    "shuts after flood|reports record loss|wins court case|cuts hundreds of jobs|seeks foreign loan|names new director|rejects strike offer"
)
MORE = "unions protest|minister resigns|shares fall|inquiry ordered|talks go on|rivals object|opening put off|mayor apologises"


def a_wire(make, seed):
    """Three days of a service without ids and slugs: 400 stories; half of them updated up to four times, with a word or two more in the
    headline, some of them corrected, some told again elsewhere."""
    draw = random.Random(seed)  # noqa: S311 a test, and it must be the same every time
    places, whats, does, more = PLACES.split(), WHAT.split("|"), DOES.split("|"), MORE.split("|")
    items = []

    def item(minute, headline, **marks):
        day, of_day = divmod(int(minute), 1440)
        at = f"{of_day // 60:02d}:{of_day % 60:02d}"
        name = f"{seed}-{len(items)}"
        items.append(make(name, headline=headline, day=f"2026-03-{2 + day:02d}", at=at, body="", kafka="2026-03-09T00:00:00Z", **marks))

    for _ in range(400):
        minute, head = draw.randrange(3 * 1440), f"{draw.choice(places)} {draw.choice(whats)} {draw.choice(does)}"
        item(minute, head)
        if draw.random() < 0.1:
            item(minute + draw.randrange(2, 20), head)
        for n in range(1, draw.randrange(5) if draw.random() < 0.5 else 1):
            minute += draw.randrange(20, 180)
            head = head if "," in head and draw.random() < 0.5 else f"{head.split(',')[0]}, {draw.choice(more)}"
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
    same = sum(found[id_] == group for id_, group in expected.items())
    assert sum(len(group) > 1 for group in expected.values()) > 0.4 * len(wire)
    assert same >= 0.99 * len(wire)
