"""Which live texts may be copies of one another: a table of short rings under sampled shingles, the newest texts of each.

A text is filed and looked up under its shingles with the lowest hashes, one in `_RATE`. Both texts sample alike, so a copy cut to a tenth
still has its share of the original's marks, which a signature of the whole text (MinHash) would not show. What is found is a proposal;
`shingles.containment` proves it. A look-up touches as many cells with 300,000 live texts as with 300.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

_LEAST_ROWS = 1 << 12
_MOST_ROWS = 1 << 17
_SPARE = 4
"""Rings for every text filed so far, up to the most: a language of a few articles a day takes 128 KB, not 4 MB."""
_LENGTH = 8
_RATE = 48
"""One shingle in so many is a mark: 17 of a wire item of 800 characters. A ring of eight then reaches back some 50,000 texts."""
_LEAST = 8
"""Marks of a text too short for that rate: an alert copied alone is found by its own, and by some of these in a longer text."""
_LIMIT = (1 << 32) // _RATE
_NUMBER = 22
_LOW = (1 << _NUMBER) - 1
_TAG = np.uint32((1 << 32 - _NUMBER) - 1)
_SHIFT = np.uint32(_NUMBER)
_TAG_SHIFT = np.uint32(17)


class Copies:
    """Texts stand in it by their number in the index, modulo 2^22, beside ten bits of the shingle's hash: what else falls into a ring is
    told apart without a look at the text. What a ring holds depends on the last filings alone, and how many rings there are on the number
    of the last one, so that an index rebuilt from a part of its log finds the same."""

    def __init__(self) -> None:
        self._rings = np.zeros((_LEAST_ROWS, _LENGTH), np.uint32)
        self._heads = np.zeros(_LEAST_ROWS, np.uint8)

    def file(self, number: int, hashes: NDArray[np.uint32]) -> None:
        """`hashes` are those of a sketch, rising."""
        while len(self._heads) < min(number * _SPARE, _MOST_ROWS):
            # A ring becomes two: both hold what it held, and each goes on with its own.
            self._rings, self._heads = np.concatenate((self._rings, self._rings)), np.concatenate((self._heads, self._heads))
        rows, tags = self._places(hashes)
        heads = self._heads.take(rows)
        tags |= np.uint32(number & _LOW)
        self._rings[rows, heads % _LENGTH] = tags
        self._heads[rows] = heads + 1

    def near(self, hashes: NDArray[np.uint32], next_number: int, most: int) -> list[int]:
        """Numbers of at most `most` texts that share marks, most marks first, equal ones the newest first. Best asked without the shingles
        of templates, or a form finds forms before its own copy. All filed numbers are lower than `next_number`, by less than 2^22."""
        rows, tags = self._places(hashes)
        cells = self._rings.take(rows, axis=0)
        found = cells[(cells >> _SHIFT << _SHIFT) == tags[:, np.newaxis]]
        if not len(found):
            return []
        counted = Counter([low & _LOW for low in found.tolist()])
        ranked = sorted([(-count, (next_number - low) & _LOW) for low, count in counted.items() if low])
        return [next_number - back for _, back in ranked[:most]]

    def _places(self, hashes: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.uint32]]:
        """Of each mark the ring, and the tag in the place that it has in a cell."""
        marks = hashes[: max(int(hashes.searchsorted(_LIMIT)), _LEAST)]
        return (marks & np.uint32(len(self._heads) - 1)).astype(np.intp), (marks >> _TAG_SHIFT & _TAG) << _SHIFT
