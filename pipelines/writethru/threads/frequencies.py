"""How common terms and runs of text are among the live articles."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from writethru.threads.shingles import Sketch
from writethru.threads.terms import Terms

_SLOTS = 1 << 18
_TEMPLATE = 6
"""Texts, beside one in a thousand, that may share a shingle before it is a template's."""


class Frequencies:
    """In how many live texts a term or a shingle stands. Whole numbers only, so that adding and forgetting in any order agree.

    Versions, copies and derivations are not counted: a story told forty times would make its own words look common."""

    def __init__(self, prior: int) -> None:
        self.texts = prior
        self._terms = np.zeros(_SLOTS, np.uint32)
        self._shingles = np.zeros(_SLOTS, np.uint16)

    def add(self, hashes: Terms, sketch: Sketch) -> None:
        self.texts += 1
        self._terms[hashes >> 1 & _SLOTS - 1] += 1
        self._shingles[sketch.hashes & _SLOTS - 1] += 1

    def remove(self, hashes: Terms, sketch: Sketch) -> None:
        self.texts -= 1
        self._terms[hashes >> 1 & _SLOTS - 1] -= 1
        self._shingles[sketch.hashes & _SLOTS - 1] -= 1

    def seen(self, hashes: Terms) -> NDArray[np.bool_]:
        """Which terms stand in any text."""
        found: NDArray[np.bool_] = self._terms[hashes >> 1 & _SLOTS - 1] > 0
        return found

    def rarity(self, hashes: Terms) -> NDArray[np.float64]:
        """Logarithm of the inverse frequency, the text in question counted in."""
        counts: NDArray[np.float64] = self._terms[hashes >> 1 & _SLOTS - 1] + 1.0
        return np.log((self.texts + 1) / counts)

    def distinct(self, sketch: Sketch) -> NDArray[np.uint32]:
        """The shingles of a sketch that are no template's: a dividend or a results table is no copy of another one."""
        counts = self._shingles[sketch.hashes & _SLOTS - 1]
        found: NDArray[np.uint32] = sketch.hashes[counts <= max(_TEMPLATE, self.texts // 1000)]
        return found
