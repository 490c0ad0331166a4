"""Which live texts may be copies of one another: a table of short rings under sampled shingles, the newest texts of each.

A text is filed and looked up under its shingles with the lowest hashes, one in `_RATE`. Both texts sample alike, so a copy cut to a tenth
still has its share of the original's marks, which a signature of the whole text (MinHash) would not show. What is found is a proposal;
`shingles.containment` proves it. A look-up touches as many cells with 300,000 live texts as with 300.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from writethru.threads.rings import Filing, Ints, Rings, filing, ranked

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
_TAG = (1 << 32 - _NUMBER) - 1
_TAG_SHIFT = 17


class Copies:
    """Texts stand in it by their number in the index, modulo 2^22, beside ten bits of the shingle's hash: what else falls into a ring is
    told apart without a look at the text. How many rings there are depends on the number of the last text filed alone."""

    def __init__(self) -> None:
        self._rings = Rings(_LEAST_ROWS, _LENGTH)

    def filing(self, hashes: NDArray[np.uint32], sizes: Ints, numbers: Ints) -> Filing:
        """Of a round: the texts have `sizes` hashes of their sketches each, rising, and these numbers."""
        while len(self._rings) < min(int(numbers[0]) * _SPARE, _MOST_ROWS):
            self._rings.double()
        rows, tags, owners = self._marks(hashes, sizes)
        return filing(rows, owners, tags | (numbers & _LOW)[owners])

    def file(self, filed: Filing) -> None:
        self._rings.file(filed)

    def near(self, hashes: NDArray[np.uint32], sizes: Ints, numbers: Ints, most: int, filed: Filing) -> list[list[int]]:
        """For each text of the round numbers of at most `most` others that share marks, most marks first, equal ones the newest first. Best
        asked without the shingles of templates, or a form finds forms before its own copy. All filed numbers are lower than the text's, by
        less than 2^22."""
        rows, tags, owners = self._marks(hashes, sizes)
        cells = self._rings.look(rows, owners, filed).astype(np.int64)
        which, place = ((cells & ~_LOW) == tags[:, np.newaxis]).nonzero()
        low = cells[which, place] & _LOW
        which, low = which[low > 0], low[low > 0]
        owners = owners[which]
        found = numbers[owners] - (numbers[owners] - low & _LOW)
        return ranked(owners, found, np.ones_like(found), np.zeros_like(numbers), most)

    def _marks(self, hashes: NDArray[np.uint32], sizes: Ints) -> tuple[Ints, Ints, Ints]:
        """Of each mark the ring, the tag in the place that it has in a cell, and the text it is of."""
        owners = np.repeat(np.arange(len(sizes)), sizes)
        within = np.arange(len(hashes)) - np.repeat(sizes.cumsum() - sizes, sizes)
        chosen = (hashes < _LIMIT) | (within < _LEAST)
        marks = hashes[chosen].astype(np.int64)
        return marks & len(self._rings) - 1, (marks >> _TAG_SHIFT & _TAG) << _NUMBER, owners[chosen]
