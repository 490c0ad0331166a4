"""A fixed table of short rings, the newest entries of each: what texts are found by. It proposes candidates; it proves nothing.

A numpy call costs as much for one text as for thirty, so the texts of a round are filed and looked up together, and found is what would be
if each had been filed before the next one was looked up. What a ring holds depends on the last filings alone, so that an index rebuilt from
a part of its log holds the same, apart from what it has forgotten.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]

_PLACE = 8
ROUND = 1 << _PLACE
"""Texts of a round at most."""
_NUMBER = 32
_WORTH = 16
_SUM = 22


class Filing(NamedTuple):
    """What a round files: `keys` are a row above a text's place in the round, rising, each once; `earlier` how many texts of the round come
    before it in the row; `values` what is filed."""

    keys: Ints
    earlier: Ints
    values: NDArray[Any]

    @property
    def rows(self) -> Ints:
        return self.keys >> _PLACE


def filing(rows: Ints, owners: Ints, values: NDArray[Any]) -> Filing:
    """`owners` are the places of the texts; of what a text files in one row the last value stays."""
    keys = rows << _PLACE | owners
    order = keys.argsort(kind="stable")
    keys = keys[order]
    last = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=last[:-1])
    keys, values = keys[last], values[order[last]]
    return Filing(keys, np.arange(len(keys)) - keys.searchsorted(keys >> _PLACE << _PLACE), values)


class Rings:
    """`length` divides 256. 0 is an empty cell."""

    def __init__(self, rows: int, length: int) -> None:
        self._cells = np.zeros((rows, length), np.uint32)
        self._heads = np.zeros(rows, np.uint8)
        self._length = length

    def __len__(self) -> int:
        return len(self._heads)

    def double(self) -> None:
        """A ring becomes two: both hold what it held, and each goes on with its own."""
        self._cells, self._heads = np.concatenate((self._cells, self._cells)), np.concatenate((self._heads, self._heads))

    def file(self, filed: Filing) -> None:
        rows = filed.rows
        heads = self._heads.take(rows) + filed.earlier
        # Of two values for one cell the later one stays, and of the heads of a row the last.
        self._cells[rows, heads % self._length] = filed.values
        self._heads[rows] = heads + 1

    def look(self, rows: Ints, owners: Ints, filed: Filing) -> NDArray[np.uint32]:
        """The cells of each row, as the owner meets them: with what the texts before it in the round file, `filed` being yet to come."""
        cells = self._cells.take(rows, axis=0)
        start, end = filed.keys.searchsorted((rows << _PLACE, rows << _PLACE | owners))
        own = np.minimum(end - start, self._length)
        late = own.nonzero()[0]
        if len(late):
            which, source = np.repeat(late, own[late]), expanded((end - own)[late], own[late])
            cells[which, (self._heads.take(rows[which]) + filed.earlier[source]) % self._length] = filed.values[source]
        return cells


def expanded(starts: Ints, sizes: Ints) -> Ints:
    """The places from each start on, `sizes` of each."""
    ends = sizes.cumsum()
    found: Ints = np.arange(ends[-1]) + np.repeat(starts - ends + sizes, sizes)
    return found


def ranked(owners: Ints, numbers: Ints, worth: Ints, least: Ints, most: int) -> list[list[int]]:
    """For each owner the numbers found, by the sum of what they are worth, equal ones the newest first: those with `least` of the owner and
    more, `most` at most. A worth has 16 bits, a sum 22, a number 32."""
    if not len(owners):
        return [[] for _ in least]
    # An article's number above what a cell is worth: one sort brings the cells of an article together.
    keys = owners << _NUMBER + _WORTH | numbers << _WORTH | worth
    keys.sort()
    found = keys >> _WORTH
    starts = np.append(True, found[1:] != found[:-1]).nonzero()[0]
    sums = np.add.reduceat(keys & (1 << _WORTH) - 1, starts)
    found = found[starts]
    near = sums >= least[found >> _NUMBER]
    found, sums = found[near], sums[near]
    order = found >> _NUMBER << _NUMBER + _SUM | sums << _NUMBER | found & (1 << _NUMBER) - 1
    order.sort()
    bounds = order.searchsorted(np.arange(len(least) + 1) << _NUMBER + _SUM).tolist()
    listed = (order & (1 << _NUMBER) - 1).tolist()
    return [listed[max(start, end - most) : end][::-1] for start, end in pairwise(bounds)]
