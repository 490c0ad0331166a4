"""What late arrival does to chains: `python -m tests.bench.displaced [FILE]`.

Every article of a set of versions arrives up to an hour after its time, five times over. Printed is the share of articles that have the
same chain-mates as in the order of their times: of all, and of those that are in a chain then.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.bench.accuracy import DATA, DEFAULT, FEEDS, name_of
from tests.bench.accuracy_way import articles, rows
from writethru.records import Article
from writethru.stories import StoryIndex

HOUR = 3_600_000
TIMES = 5


def mates(data: Sequence[Article]) -> dict[str, frozenset[str]]:
    """The members of each article's story, itself among them."""
    index, found = StoryIndex("reuters"), {}
    merged: dict[str, str] = {}
    for article in data:
        result = index.apply([article])
        place = result.articles[0].story
        assert place is not None
        found[article.id] = place.id
        merged.update((story.id, story.merged_into) for story in result.stories if story.merged_into)
    groups: dict[str, set[str]] = {}
    for id_, story in found.items():
        while story in merged:
            story = merged[story]
        groups.setdefault(story, set()).add(id_)
    return {id_: frozenset(group) for group in groups.values() for id_ in group}


def main() -> None:
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / DEFAULT["VERSIONS"][0]
    read = articles(rows(path), name_of(path), FEEDS["VERSIONS"])
    expected = mates(sorted(read, key=lambda article: article.time or 0))
    chained = [id_ for id_, group in expected.items() if len(group) > 1]
    print("seed\tall\tin_a_chain")
    for seed in range(TIMES):
        draw = random.Random(seed)  # noqa: S311 a bench, and it must be the same every time
        late = {article.id: (article.time or 0) + draw.randrange(HOUR) for article in read}
        found = mates(sorted(read, key=lambda article: late[article.id]))
        same = {id_ for id_, group in expected.items() if found[id_] == group}
        print(f"{seed}\t{len(same) / len(expected):.4f}\t{sum(id_ in same for id_ in chained) / len(chained):.4f}", flush=True)


if __name__ == "__main__":
    main()
