"""Which articles hold a term: a fixed table of short rings, the newest articles of each. It proposes candidates; it proves nothing.

Two terms may share a ring, which costs a wasted comparison. What a ring holds depends only on the last filings, so that an index
rebuilt from a part of its log holds the same articles, apart from those it has forgotten.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from writethru.threads.terms import Terms

_RINGS = 1 << 17
_LENGTH = 16
_NEAREST = 64
_WORTH = np.uint64(16)
_WORTH_ONLY = np.uint64(0xFFFF)
_NUMBER = np.uint64(32)


class Postings:
    """Articles stand in it by their number in the index, modulo 2^32; 0 is an empty place."""

    def __init__(self) -> None:
        self._rings = np.zeros((_RINGS, _LENGTH), np.uint32)
        self._heads = np.zeros(_RINGS, np.uint8)

    def file(self, number: int, probes: Terms) -> None:
        rows = (probes >> 1 & _RINGS - 1).astype(np.intp)
        heads = self._heads.take(rows)
        self._rings[rows, heads % _LENGTH] = number & 0xFFFFFFFF
        self._heads[rows] = heads + 1

    def nearest(self, probes: Terms, weights: NDArray[np.uint8], least: int) -> list[int]:
        """Numbers (modulo 2^32) of the articles filed under the probes, by the sum of the squared weights, equal ones the newest first;
        those with a sum of `least` or more."""
        if not len(probes):
            return []
        worth = weights.astype(np.uint64)
        worth *= worth
        # A cell's number above what it is worth: one sort brings the cells of an article together.
        cells = self._rings.take((probes >> 1 & _RINGS - 1).astype(np.intp), axis=0).astype(np.uint64)
        cells <<= _WORTH
        cells |= worth[:, np.newaxis]
        keys = cells.ravel()
        keys.sort()
        numbers = keys >> _WORTH
        first = np.empty(len(keys), np.bool_)
        first[0] = True
        np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
        starts = first.nonzero()[0]
        keys &= _WORTH_ONLY
        sums = np.add.reduceat(keys, starts)
        near = (sums >= np.uint64(least)).nonzero()[0]
        ranked = sums.take(near) << _NUMBER | numbers.take(starts.take(near))
        ranked.sort()
        return [number for key in reversed(ranked[-_NEAREST:].tolist()) if (number := key & 0xFFFFFFFF)]
