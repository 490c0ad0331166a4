"""The learned part: a logistic model of a pair's features and products of some. `tests/bench/train_threads.py` makes its `model.json`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

FEATURES = (
    "cosine", "weekdays_differ", "weekdays_agree", "days", "timed", "numbers_differ", "numbers_agree", "number_alone",
    "shorter", "longer", "years_differ", "years_agree", "latest_differs", "runs",
)  # fmt: skip
"""In the order of `decide.features`, where each is explained."""
MULTIPLIED = ("cosine", "days", "numbers_differ", "numbers_agree", "years_differ", "years_agree", "latest_differs", "runs")
"""Likeness and the details that it is weighed against. With the products of all features a model learnt from one set lost to a threshold on
the cosine on another (pair F1 .694 and .775 from AllSides to ECB+; with these .857), and gained nothing on topics left out."""


class Model:
    """Log-odds that two texts tell the same event. A feature beyond what was met in training counts as the nearest that was."""

    def __init__(self, stored: dict[str, Any]) -> None:
        """Raises ValueError where what is stored has been made for other features."""
        if tuple(stored["features"]) != FEATURES:
            raise ValueError("model.json is made for other features: make it anew with tests/bench/train_threads.py")
        self._low, self._high, mean, scale = (np.array(stored[name], np.float64) for name in ("low", "high", "mean", "scale"))
        self._mean, self._scale = mean, scale
        self._weights = np.array(stored["weights"], np.float64)

    @classmethod
    @cache
    def shipped(cls) -> Model:
        return cls(orjson.loads(Path(__file__).with_name("model.json").read_bytes()))

    def logits(self, rows: Sequence[Sequence[float]] | NDArray[np.float64]) -> list[float]:
        """One for each row of features. What a row gives does not depend on its neighbours."""
        found = np.clip(np.array(rows, np.float64), self._low, self._high)
        found -= self._mean
        found /= self._scale
        out: list[float] = (products(found) * self._weights).sum(1).tolist()
        return out


def products(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """1, each feature, and the product of each two of those that are multiplied, with themselves too, for each row."""
    wide = np.empty((len(rows), rows.shape[1] + 1))
    wide[:, 0] = 1
    wide[:, 1:] = rows
    first, second = _PAIRS
    found: NDArray[np.float64] = wide.take(first, 1) * wide.take(second, 1)
    return found


def _pairs() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The columns to be multiplied, the 1 being column 0."""
    some = np.array([FEATURES.index(name) + 1 for name in MULTIPLIED])
    first, second = np.triu_indices(len(some))
    plain = np.arange(len(FEATURES) + 1)
    return np.append(np.zeros_like(plain), some[first]), np.append(plain, some[second])


_PAIRS = _pairs()
