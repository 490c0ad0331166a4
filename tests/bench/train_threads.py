"""Makes the model of threading: `python -m tests.bench.train_threads`, with `--write` into the package.

Every two articles of a set that could have met (within the window, enough in common) are one example: are they of one event? The evidence
of each is what it would have been at its arrival. All sets weigh the same, whatever their size. Printed are the figures of each set when
the model has learnt from the others alone, and from all of them.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from tests.bench.accuracy import DATA, DEFAULT, name_of
from tests.bench.accuracy_way import articles, rows
from writethru.records import Article
from writethru.threads import ThreadSettings
from writethru.threads.decide import features
from writethru.threads.evidence import Evidence, overlaps, pack, weigh
from writethru.threads.frequencies import Frequencies
from writethru.threads.match import pair_of, query_of
from writethru.threads.model import FEATURES, products
from writethru.threads.reading import read

MODEL = Path(__file__).parents[2] / "pipelines/writethru/threads/model.json"
RIDGE = 60.0
FLOOR = 0.05
"""Cosine of the least alike example; a little under what the pipeline looks at, so that the model knows what lies there."""
ORDERS = 3
"""Orders in which a set without times is gone through."""
SETTINGS = ThreadSettings()


class Examples(NamedTuple):
    x: NDArray[np.float64]
    y: NDArray[np.bool_]


def examples(data: Sequence[Article], gold: Sequence[str]) -> Examples:
    """Articles in the order of their arrival, and the events they tell."""
    x, y = [], []
    frequencies = Frequencies(SETTINGS.prior)
    seen: list[tuple[Article, bytes, str]] = []
    for article, text, event in zip(data, read(data, SETTINGS), gold, strict=True):
        weighed = weigh(text, frequencies, SETTINGS) if text else None
        if weighed is None:
            continue
        evidence: Evidence = weighed[0]
        query = query_of(evidence, article.time, frequencies)
        found = overlaps(evidence, [blob for _, blob, _ in seen]) if seen else []
        for (other, blob, its), overlap in zip(seen, found, strict=True):
            apart = abs(article.time - other.time) if article.time is not None and other.time is not None else None
            if overlap.shared >= SETTINGS.shared and overlap.cosine >= FLOOR and (apart is None or apart <= SETTINGS.window):
                x.append(features(pair_of(query, blob, overlap, apart, SETTINGS), SETTINGS))
                y.append(event == its)
        frequencies.add(evidence.hashes, evidence.sketch)
        seen.append((article, pack(evidence), event))
    return Examples(np.array(x), np.array(y))


def arrivals(path: Path) -> Iterator[tuple[list[Article], list[str]]]:
    """A set in its order, and where it has no times in others too."""
    data = rows(path)
    found = [(article, str(row["gold"])) for article, row in zip(articles(data, name_of(path)), data, strict=True)]
    for turn in range(1 if found[0][0].time is not None else ORDERS):
        if turn:
            random.Random(turn).shuffle(found)  # noqa: S311 - seeded, no secrets
        yield [article for article, _ in found], [event for _, event in found]


def fit(sets: Sequence[Examples]) -> dict[str, object]:
    """A logistic model over all products of two features, by Newton's steps. Each set's true pairs weigh as much as another's."""
    x = np.concatenate([one.x for one in sets])
    y = np.concatenate([one.y for one in sets]).astype(np.float64)
    weight = np.concatenate([np.full(len(one.y), 3_000 / one.y.sum()) for one in sets])
    low, high = np.quantile(x, [0.001, 0.999], axis=0)
    x = np.clip(x, low, high)
    mean, scale = x.mean(0), x.std(0) + 1e-9
    wide = products((x - mean) / scale)
    spread = wide.std(0) + 1e-9
    spread[0] = 1
    wide /= spread
    found = np.zeros(wide.shape[1])
    ridge = np.full(wide.shape[1], RIDGE)
    ridge[0] = 0
    for _ in range(200):
        likely = 1 / (1 + np.exp(-np.clip(wide @ found, -30, 30)))
        slope = wide.T @ (weight * (y - likely)) - ridge * found
        curve = (wide * (weight * likely * (1 - likely))[:, None]).T @ wide + np.diag(ridge + 1e-9)
        step = np.linalg.solve(curve, slope)
        found += step * min(1.0, 0.5 / np.abs(step).max())
        if np.abs(step).max() < 1e-6:
            break
    plain = {"low": low, "high": high, "mean": mean, "scale": scale, "weights": found / spread}
    return {"features": FEATURES, **{name: [float(f"{value:.6g}") for value in values] for name, values in plain.items()}}


def main() -> None:
    sets = {name: [examples(*arrival) for arrival in arrivals(DATA / name)] for name in DEFAULT["EVENTS"]}
    every = {
        name: Examples(np.concatenate([one.x for one in many]), np.concatenate([one.y for one in many])) for name, many in sets.items()
    }
    if "--write" in sys.argv:
        MODEL.write_bytes(orjson.dumps(fit(list(every.values())), option=orjson.OPT_INDENT_2) + b"\n")
    for name, one in every.items():
        print(f"{name}: {len(one.y)} pairs, {one.y.sum()} of one event")


if __name__ == "__main__":
    main()
