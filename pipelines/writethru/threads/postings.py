"""Which articles hold a term: rings of the newest articles of each. Two terms may share a ring, which costs a wasted comparison."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from writethru.threads.rings import Filing, Ints, Rings, filing, ranked
from writethru.threads.terms import Terms

_RINGS = 1 << 17
_LENGTH = 16
_NEAREST = 64


class Postings:
    """Articles stand in it by their number in the index, modulo 2^32."""

    def __init__(self) -> None:
        self._rings = Rings(_RINGS, _LENGTH)

    def filing(self, probes: Terms, owners: Ints, numbers: Ints) -> Filing:
        """Of a round: under each probe the text at the place `owners`, whose number is `numbers[owners]`."""
        return filing(_rows(probes), owners, (numbers & 0xFFFFFFFF)[owners])

    def file(self, filed: Filing) -> None:
        self._rings.file(filed)

    def nearest(self, probes: Terms, owners: Ints, weights: NDArray[np.uint8], least: Ints, filed: Filing) -> list[list[int]]:
        """For each text of the round numbers (modulo 2^32) of the articles filed under its probes, by the sum of the squared weights, equal
        ones the newest first; those with a sum of its `least` or more."""
        cells = self._rings.look(_rows(probes), owners, filed).astype(np.int64)
        which, place = cells.nonzero()
        worth = weights.astype(np.int64) ** 2
        return ranked(owners[which], cells[which, place], worth[which], least, _NEAREST)


def _rows(probes: Terms) -> Ints:
    return (probes >> 1 & _RINGS - 1).astype(np.int64)
