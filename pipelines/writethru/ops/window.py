"""The last minutes in a fixed amount of memory: counts and latency quantiles by the second. Pure: `now` is an argument.

`now` is wall time in milliseconds. A second's slot is known by its own stamp, so a clock that jumps back or forth only loses what
it jumped over. Callers hold their own lock.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

GROWTH = math.log(1.1)
"""Latencies are kept in classes 10% apart, so a quantile is at most 5% off; 1 ms to a day are 192 classes."""
DAY = 86_400_000


class Rate:
    """Counts per second over the last `seconds` whole seconds."""

    def __init__(self, seconds: int) -> None:
        self._counts = [0] * (seconds + 1)
        self._stamps = [-1] * (seconds + 1)

    def add(self, n: int, now: int) -> None:
        second = now // 1000
        slot = second % len(self._counts)
        if self._stamps[slot] != second:
            self._stamps[slot] = second
            self._counts[slot] = 0
        self._counts[slot] += n

    def series(self, now: int) -> list[int]:
        """Oldest first, the present, unfinished second left out."""
        size = len(self._counts)
        present = now // 1000
        return [self._counts[s % size] if self._stamps[s % size] == s else 0 for s in range(present - size + 1, present)]


class Latencies:
    """Quantiles of what was observed in the last `seconds` seconds, the present one included."""

    def __init__(self, seconds: int) -> None:
        self._classes: list[Counter[int]] = [Counter() for _ in range(seconds)]
        self._stamps = [-1] * seconds

    def add(self, millis: Iterable[int], now: int) -> None:
        second = now // 1000
        slot = second % len(self._stamps)
        if self._stamps[slot] != second:
            self._stamps[slot] = second
            self._classes[slot] = Counter()
        self._classes[slot].update(_class(value) for value in millis)

    def quantiles(self, wanted: tuple[float, ...], now: int) -> tuple[int, tuple[float | None, ...]]:
        """How many were observed, and the quantiles in milliseconds (None where nothing was)."""
        present = now // 1000
        merged: Counter[int] = Counter()
        for stamp, classes in zip(self._stamps, self._classes, strict=True):
            if present - len(self._stamps) < stamp <= present:
                merged.update(classes)
        count = merged.total()
        if not count:
            return 0, tuple(None for _ in wanted)
        found = []
        for share in wanted:
            rank = max(1, math.ceil(share * count))
            for klass in sorted(merged):
                rank -= merged[klass]
                if rank <= 0:
                    found.append(round(math.exp((klass + 0.5) * GROWTH), 1))
                    break
        return count, tuple(found)


def _class(millis: int) -> int:
    return int(math.log(min(max(millis, 1), DAY)) / GROWTH)
