"""How well groups found agree with the groups that are right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

FOLLOWS = frozenset({"UPDATE", "WRAPUP", "CORRECTED", "RPT", "REFILE"})
"""Why a row stands in its chain, where the mark in its headline says that something came before."""


class Agreement(NamedTuple):
    """`b3`: per row, precision and recall of its group, averaged, their harmonic mean. `pair`: the same over pairs of rows put together.
    `ari`: the adjusted Rand index, which is 0 for chance and 1 for the right groups."""

    b3_f1: float
    pair_f1: float
    ari: float


def agreement(gold: Sequence[str], found: Sequence[str]) -> Agreement:
    """Parallel labels. Two empty sequences agree."""
    size = len(gold)
    right, ours, both = Counter(gold), Counter(found), Counter(zip(gold, found, strict=True))
    if not size:
        return Agreement(1.0, 1.0, 1.0)
    precision = sum(n * n / ours[b] for (_, b), n in both.items()) / size
    recall = sum(n * n / right[a] for (a, _), n in both.items()) / size
    together, told, true = _pairs(both.values()), _pairs(ours.values()), _pairs(right.values())
    by_chance = told * true / max(1, size * (size - 1) // 2)
    most = (told + true) / 2
    return Agreement(
        b3_f1=_mean(precision, recall),
        pair_f1=_mean(together / told if told else 1.0, together / true if true else 1.0),
        ari=(together - by_chance) / (most - by_chance) if most != by_chance else 1.0,
    )


def updates_joined(gold: Sequence[str], why: Sequence[str], found: Sequence[str]) -> float:
    """Of the rows that follow something, the share whose group holds an earlier row of their right chain. A row that is the first of its
    chain in the file counts too: there is nothing to find, and it is not found."""
    held: dict[str, set[str]] = {}
    joined = asked = 0
    for right, reason, group in zip(gold, why, found, strict=True):
        known = held.setdefault(group, set())
        if reason in FOLLOWS:
            asked += 1
            joined += right in known
        known.add(right)
    return joined / asked if asked else 1.0


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)


def _mean(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
