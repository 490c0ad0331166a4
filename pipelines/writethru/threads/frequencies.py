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
        terms, shingles = _slots(hashes), _shingle_slots(sketch)
        self._terms[terms] = self._terms.take(terms) + 1
        self._shingles[shingles] = self._shingles.take(shingles) + 1

    def remove(self, hashes: Terms, sketch: Sketch) -> None:
        self.texts -= 1
        self._terms[_slots(hashes)] -= 1
        self._shingles[_shingle_slots(sketch)] -= 1

    def counts(self, hashes: Terms) -> Terms:
        """In how many texts each term stands."""
        return self._terms.take(_slots(hashes))

    def distinct(self, sketch: Sketch) -> NDArray[np.uint32]:
        """The shingles of a sketch that are no template's: a dividend or a results table is no copy of another one."""
        counts = self._shingles.take(_shingle_slots(sketch))
        found: NDArray[np.uint32] = sketch.hashes[counts <= max(_TEMPLATE, self.texts // 1000)]
        return found


def _slots(hashes: Terms) -> NDArray[np.intp]:
    return (hashes >> 1 & _SLOTS - 1).astype(np.intp)


def _shingle_slots(sketch: Sketch) -> NDArray[np.intp]:
    return (sketch.hashes & _SLOTS - 1).astype(np.intp)
