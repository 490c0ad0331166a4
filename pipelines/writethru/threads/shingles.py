"""Runs of text two articles share, whatever was cut, merged or misread around them.

Shingles run over the characters of the squeezed text, not over words: a line break lost in syndication and a letter misread by a
scanner then cost a dozen shingles instead of five whole words each. On 2,078 Reuters texts and noisy copies the linked groups reach
an adjusted Rand index of .99 with characters and .95 with word 5-grams, at their best thresholds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WIDTH = 12
"""Bytes a shingle; about two and a half words."""


class Sketch(NamedTuple):
    """The smallest shingle hashes of a text, rising; `whole` where they are all it has."""

    hashes: NDArray[np.uint32]
    whole: bool


_FACTOR = 0x9E3779B97F4A7C15
_POWERS = np.array([pow(_FACTOR, k, 1 << 64) for k in range(WIDTH)], np.uint64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)


def sketch(squeezed: bytes, size: int, share: int) -> Sketch:
    """At least `size` hashes, and one in `share` of a long text's, up to three times `size`. Empty under `WIDTH` bytes."""
    if len(squeezed) < WIDTH:
        return Sketch(np.empty(0, np.uint32), True)
    codes = np.frombuffer(squeezed, np.uint8).astype(np.uint64)
    # Doubling: hashes of 3, 6 and 12 bytes in four steps instead of twelve. Multiplication modulo 2^64 is the same on every machine.
    three = codes[:-2] * _POWERS[2] + codes[1:-1] * _POWERS[1] + codes[2:]
    six = three[:-3] * _POWERS[3] + three[3:]
    hashes = six[:-6] * _POWERS[6] + six[6:]
    hashes ^= hashes >> _SHIFT
    hashes *= _MIX
    small = (hashes >> _SHIFT).astype(np.uint32)
    size = min(max(size, len(small) // share), 3 * size)
    whole = len(small) <= size + size // 2
    if not whole:
        # Half as many again, because a repeated run of text takes a place only once.
        small = np.partition(small, size + size // 2)[: size + size // 2]
    small.sort()
    once = small[:-1][small[1:] != small[:-1]]
    return Sketch(np.append(once, small[-1:])[:size], whole and len(once) < size)


def containment(a: Sketch, b: Sketch) -> tuple[float, int]:
    """Share of the smaller text's shingles that the other holds, and over how many shingles it was taken.

    A sketch tells all of a text's hashes up to its largest, a whole one of any: they are compared where both tell all."""
    ours, theirs = a.hashes, b.hashes
    if not len(ours) or not len(theirs):
        return 0.0, 0
    if not a.whole and (b.whole or ours[-1] <= theirs[-1]):
        theirs = theirs[: int(theirs.searchsorted(ours[-1], "right"))]
    elif not b.whole:
        ours = ours[: int(ours.searchsorted(theirs[-1], "right"))]
    sample = min(len(ours), len(theirs))
    if not sample:
        return 0.0, 0
    both = np.concatenate((ours, theirs))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1])) / sample, sample
