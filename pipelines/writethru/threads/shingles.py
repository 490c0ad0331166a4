"""Runs of text two articles share, whatever was cut, merged or misread around them.

Shingles run over the characters of the squeezed text, not over words: a line break lost in syndication and a letter misread by a
scanner then cost a dozen shingles instead of five whole words each. On 2,078 Reuters texts and noisy copies the linked groups reach
an adjusted Rand index of .99 with characters and .95 with word 5-grams, at their best thresholds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
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
_ALL = (1 << 32) - 1


def sketches(texts: Sequence[bytes], size: int, share: int) -> list[Sketch]:
    """Of each text at least `size` hashes, and one in `share` of a long one's, up to three times `size`. Empty under `WIDTH` bytes."""
    hashes = _hashes(b"".join(texts))
    runs: list[int] = []
    below: list[int] = []
    sizes, starts, start = [], [], 0
    for text in texts:
        count = max(0, len(text) - WIDTH + 1)
        wanted = min(max(size, count // share), 3 * size)
        # So many lie below this that hardly ever fewer than `wanted` are distinct; sorting them is all that costs.
        enough = wanted + wanted // 2 + 16
        sizes.append(wanted)
        starts.append(start)
        runs += (count, len(text) - count)
        below += (_ALL if count <= enough else (enough << 32) // count, 0)
        start += len(text)
    limits = np.repeat(np.array(below, np.uint32), runs)[: len(hashes)]
    kept = (hashes < limits).nonzero()[0]
    owner = np.array(starts).searchsorted(kept, "right") - 1
    keys = owner.astype(np.uint64) << _SHIFT | hashes[kept]
    keys.sort()
    if len(keys):
        keys = keys[np.append(True, keys[1:] != keys[:-1])]
    low = keys.astype(np.uint32)
    bounds = keys.searchsorted(np.arange(len(texts) + 1, dtype=np.uint64) << _SHIFT).tolist()
    out = []
    for place, (first, end) in enumerate(pairwise(bounds)):
        wanted, count = sizes[place], runs[2 * place]
        found = low[first:end]
        complete = below[2 * place] == _ALL
        if len(found) < wanted and not complete:  # a text that repeats itself
            found = np.unique(hashes[starts[place] : starts[place] + count])
            complete = True
        out.append(Sketch(found[:wanted], complete and len(found) <= wanted))
    return out


def _hashes(squeezed: bytes) -> NDArray[np.uint32]:
    """Of every `WIDTH` bytes, by where they begin."""
    if len(squeezed) < WIDTH:
        return np.empty(0, np.uint32)
    codes = np.frombuffer(squeezed, np.uint8).astype(np.uint64)
    # Doubling: hashes of 3, 6 and 12 bytes in four steps instead of twelve. Multiplication modulo 2^64 is the same on every machine.
    three = codes[:-2] * _POWERS[2] + codes[1:-1] * _POWERS[1] + codes[2:]
    six = three[:-3] * _POWERS[3] + three[3:]
    hashes = six[:-6] * _POWERS[6] + six[6:]
    hashes ^= hashes >> _SHIFT
    hashes *= _MIX
    high: NDArray[np.uint32] = (hashes >> _SHIFT).astype(np.uint32)
    return high


def containment(ours: Sequence[int], held: frozenset[int], whole: bool, other: Sketch) -> tuple[float, int]:
    """Share of the smaller text's shingles that the other holds, and over how many shingles it was taken. Ours come rising, and as a set.

    A sketch tells all of a text's hashes up to its largest, a whole one of any: they are compared where both tell all."""
    theirs: list[int] = other.hashes.tolist()  # a list: for so few, plain integers beat numpy threefold
    if not ours or not theirs:
        return 0.0, 0
    sizes = len(ours), len(theirs)
    if not whole and (other.whole or ours[-1] <= theirs[-1]):
        sizes = len(ours), bisect_right(theirs, ours[-1])
    elif not other.whole:
        sizes = bisect_right(ours, theirs[-1]), len(theirs)
    sample = min(sizes)
    return (len(held.intersection(theirs)) / sample, sample) if sample else (0.0, 0)
