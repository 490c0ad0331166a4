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
NEWTON = 40
LONGEST = 1.0
"""A step of Newton's method goes no further in any weight: from nought it would overshoot."""
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
    """Conditional logistic regression, by Newton's method: which of an article's candidates is right, if any."""
    names = {query: number for number, query in enumerate(dict.fromkeys(one.query for one in examples))}
    of = np.array([names[one.query] for one in examples])
    order = np.argsort(of, kind="stable")
    of, starts = of[order], np.searchsorted(of[order], np.arange(len(names)))
    x = np.zeros((len(examples), 1 + COMMON + 4 * len(fit.STEPS)))
    x[:, 0] = np.log(np.bincount(of))[of]
    for row, place in enumerate(order):
        shared, own = fit.vector(examples[place].terms)
        start = 1 + COMMON + 4 * examples[place].terms.step
        x[row, 1 : 1 + COMMON], x[row, start : start + 4] = shared, own
    right = np.array([gold[examples[place].query] == gold[examples[place].known] for place in order], float)
    scale = x.std(axis=0)
    scale[scale == 0] = 1.0
    x /= scale
    w = np.zeros(x.shape[1])
    for _ in range(NEWTON):
        odds = np.exp(np.clip(x @ w, -30, 30))
        p = odds / (1.0 + np.add.reduceat(odds, starts))[of]
        # Where several are right, they are so in the shares that they have now.
        y = odds * right / np.maximum(np.add.reduceat(odds * right, starts), 1e-30)[of]
        expected = np.add.reduceat(x * p[:, None], starts)
        hessian = (x * p[:, None]).T @ x - expected.T @ expected + RIDGE * np.eye(len(w))
        step = np.linalg.solve(hessian, x.T @ (p - y) + RIDGE * w)
        w -= step * min(1.0, LONGEST / np.abs(step).max())
    w = np.round(w / scale, 3)
    own_weights = w[1 + COMMON :].reshape(len(fit.STEPS), 4)
    return fit.Weights(float(w[0]), tuple(w[1 : 1 + COMMON].tolist()), tuple(tuple(one) for one in own_weights.tolist()))


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
        WEIGHTS.write_bytes(
            orjson.dumps({"crowd": weights.crowd, "shared": list(weights.shared), "steps": steps}, option=orjson.OPT_INDENT_2) + b"\n"
        )


if __name__ == "__main__":
    main()
