"""Makes the weights of `stories/fit.json`: `python -m tests.bench.train_stories [FILE]`, with `--write` into the package.

Every story that a marked headline was held against is one example: is it the one of its gold chain? What was known of the stories then
depends on the weights, so the rows go through the index as often as it takes the weights to settle. Printed are the figures of each half of
the rows with weights from the other half, and of all rows with weights from all.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
import orjson

from tests.bench.accuracy import DATA, DEFAULT, FEEDS, name_of
from tests.bench.accuracy_score import agreement, updates_joined
from tests.bench.accuracy_way import articles, rows
from writethru.records import Article
from writethru.stories import StoryIndex, evidence, fit
from writethru.stories.chain import Version
from writethru.stories.guess import Guess, ranked

WEIGHTS = Path(__file__).parents[2] / "pipelines/writethru/stories/fit.json"
ROUNDS = 4
RIDGE = 3.0
NEWTON = 30
COMMON = len(fit.WEIGHTS.shared)


class Example(NamedTuple):
    query: str
    known: str
    terms: fit.Terms


def chains(data: Sequence[Article], weights: fit.Weights) -> tuple[list[str], list[Example]]:
    """The story that each article ends in, and the examples that were met on the way."""
    met: list[Example] = []

    def spy(new: Version, *known: Any) -> list[Guess]:
        found = ranked(new, *known)
        met.extend(Example(new.id, guess.version.id, guess.terms) for guess in found if new.at >= guess.version.at)
        return found

    indexes: dict[str, StoryIndex] = {}
    ends: dict[str, str] = {}
    with mock.patch.object(evidence, "ranked", spy), mock.patch.object(fit, "WEIGHTS", weights):
        for article in data:
            agency = article.wire.agency
            index = indexes.setdefault(agency, StoryIndex(agency))
            result = index.apply([article])
            place = result.articles[0].story
            assert place is not None
            ends[article.id] = place.id
    return [ends[article.id] for article in data], met


def learnt(examples: Sequence[Example], gold: dict[str, str]) -> fit.Weights:
    """Logistic regression, by Newton's method."""
    width = COMMON + 4 * len(fit.STEPS)
    x = np.zeros((len(examples), width))
    y = np.array([gold[one.query] == gold[one.known] for one in examples], float)
    for row, one in enumerate(examples):
        shared, own = fit.vector(one.terms)
        x[row, :COMMON] = shared
        start = COMMON + 4 * one.terms.step
        x[row, start : start + 4] = own
    scale = x.std(axis=0)
    scale[scale == 0] = 1.0
    x /= scale
    w = np.zeros(width)
    for _ in range(NEWTON):
        p = 1.0 / (1.0 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (p - y) + RIDGE * w
        hessian = (x * (p * (1 - p))[:, None]).T @ x + RIDGE * np.eye(width)
        w -= np.linalg.solve(hessian, gradient)
    w = np.round(w / scale, 3)
    steps = [tuple(w[COMMON + 4 * n : COMMON + 4 * n + 4].tolist()) for n in range(len(fit.STEPS))]
    return fit.Weights(tuple(w[:COMMON].tolist()), tuple(steps))


def settled(data: Sequence[Article], gold: dict[str, str], taught: set[str]) -> fit.Weights:
    """Weights from the articles with these ids."""
    weights = fit.WEIGHTS
    for _ in range(ROUNDS):
        _, met = chains(data, weights)
        weights = learnt([one for one in met if one.query in taught], gold)
    return weights


def told(name: str, found: Sequence[str], data: Sequence[dict[str, Any]], place: slice) -> None:
    gold = [row["gold"] for row in data[place]]
    pairs = agreement(gold, found[place]).pair_f1
    joined = updates_joined(gold, [row.get("why") or "" for row in data[place]], found[place])
    print(f"{name}\t{pairs:.4f}\t{joined:.4f}", flush=True)


def main() -> None:
    named = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    path = Path(named[0]) if named else DATA / DEFAULT["VERSIONS"][0]
    data = rows(path)
    read = articles(data, name_of(path), FEEDS["VERSIONS"])
    gold = {article.id: row["gold"] for article, row in zip(read, data, strict=True)}
    middle = len(read) // 2
    print("rows\tpair_f1\tupdates_joined")
    for name, taught, judged in (("second half", slice(middle), slice(middle, None)), ("first half", slice(middle, None), slice(middle))):
        weights = settled(read, gold, {article.id for article in read[taught]})
        told(name, chains(read, weights)[0], data, judged)
    weights = settled(read, gold, set(gold))
    told("all", chains(read, weights)[0], data, slice(None))
    if "--write" in sys.argv:
        steps = {name: list(own) for name, own in zip(fit.STEPS, weights.steps, strict=True)}
        WEIGHTS.write_bytes(orjson.dumps({"shared": list(weights.shared), "steps": steps}, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    main()
