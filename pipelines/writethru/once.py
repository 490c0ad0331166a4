"""Equal values kept once. Parsed JSON makes a new object of every value: ids, times and names of a rebuilt index would lie in memory many
times (of 4,500 bytes an article 1,000)."""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")


class Once:
    """For the time of a rebuild."""

    def __init__(self) -> None:
        self._kept: dict[tuple[type, Any], Any] = {}

    def __call__(self, value: T) -> T:
        """The first value that was given and is equal, of the same type."""
        found: T = self._kept.setdefault((type(value), value), value)
        return found
