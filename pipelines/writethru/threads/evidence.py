"""What the index keeps of a text: weighted terms, a sketch of its shingles, weekdays. Packed into one bytes object an article."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from writethru.threads.settings import ThreadSettings
from writethru.threads.shingles import Sketch, sketch
from writethru.threads.terms import Terms, Text

_HEADER = struct.Struct("<HHHHHHf")
_BUCKETS = 1 << 18


@dataclass(frozen=True, slots=True)
class Evidence:
    """`weights` are 1 to 255; a weight times `scale` is the term's share of a vector of length one."""

    hashes: Terms
    weights: NDArray[np.uint8]
    scale: float
    sketch: Sketch
    weekdays: int
    numbers: int
    words: int

    def pack(self) -> bytes:
        hashes, weights, sketch = self.hashes, self.weights, self.sketch
        whole, words = int(sketch.whole), min(self.words, 65_535)
        head = _HEADER.pack(len(hashes), len(sketch.hashes), self.weekdays, self.numbers, words, whole, self.scale)
        return head + hashes.tobytes() + sketch.hashes.tobytes() + weights.tobytes()

    @staticmethod
    def unpack(blob: bytes) -> Evidence:
        terms, shingles, weekdays, numbers, words, whole, scale = _HEADER.unpack_from(blob)
        both = np.frombuffer(blob, np.uint32, terms + shingles, _HEADER.size)
        weights = np.frombuffer(blob, np.uint8, terms, len(blob) - terms)
        return Evidence(both[:terms], weights, scale, Sketch(both[terms:], whole == 1), weekdays, numbers, words)


class Frequencies:
    """In how many of the live texts a term stands. Whole numbers only, so that adding and forgetting in any order agree.

    Versions, copies and derivations are not counted: a story told forty times would make its own words look common."""

    def __init__(self, prior: int) -> None:
        self.texts = prior
        self._counts = np.zeros(_BUCKETS, np.uint32)

    def add(self, hashes: Terms) -> None:
        self.texts += 1
        self._counts[hashes >> 1 & _BUCKETS - 1] += 1

    def remove(self, hashes: Terms) -> None:
        self.texts -= 1
        self._counts[hashes >> 1 & _BUCKETS - 1] -= 1

    def seen(self, hashes: Terms) -> NDArray[np.bool_]:
        return self._counts[hashes >> 1 & _BUCKETS - 1] > 0

    def rarity(self, hashes: Terms) -> NDArray[np.float64]:
        """Logarithm of the inverse frequency, the text in question counted in."""
        return np.log((self.texts + 1) / (self._counts[hashes >> 1 & _BUCKETS - 1] + 1.0))


def weigh(text: Text, frequencies: Frequencies, settings: ThreadSettings) -> Evidence | None:
    """A text's evidence against the present frequencies; None where it holds no term."""
    hashes = text.hashes
    if not len(hashes):
        return None
    weights = (1 + np.log(text.counts)) * frequencies.rarity(hashes)
    weights[text.names] *= settings.name_weight
    if len(hashes) > settings.terms:
        # Numbers first, they are the details a decision turns on; a stable sort gives equal weights to the lower hash on every machine.
        keep = np.sort(np.argsort(-(weights + 100 * (hashes & 1)), kind="stable")[: settings.terms])
        hashes, weights = hashes[keep], weights[keep]
    small = np.maximum(np.rint(weights * (255 / weights.max())), 1).astype(np.uint8)
    wide = small.astype(np.int64)
    return Evidence(
        hashes,
        small,
        float(1 / np.sqrt(wide.dot(wide))),
        sketch(text.squeezed, settings.sketch, settings.sketch_share),
        text.weekdays,
        int(np.count_nonzero(hashes & 1)),
        text.words,
    )


@dataclass(frozen=True, slots=True)
class Overlap:
    """Terms in common: cosine, the strongest single term's share of it, how many, how many of them numbers."""

    cosine: float
    strongest: float
    shared: int
    numbers: int


def overlaps(ours: Evidence, others: Sequence[Evidence]) -> list[Overlap]:
    """`ours` against each of `others`, in one pass over all their terms. Sums are of integers: no order of addition to depend on."""
    hashes = np.concatenate([other.hashes for other in others])
    places = ours.hashes.searchsorted(hashes)
    np.minimum(places, len(ours.hashes) - 1, out=places)
    hits = ours.hashes[places] == hashes
    products = ours.weights[places].astype(np.int64) * np.concatenate([other.weights for other in others]) * hits
    starts = np.cumsum([0, *(len(other.hashes) for other in others[:-1])])
    dots = np.add.reduceat(products, starts).tolist()
    tops = np.maximum.reduceat(products, starts).tolist()
    shared = np.add.reduceat(hits, starts, dtype=np.int64).tolist()
    numbers = np.add.reduceat(hits & (hashes & 1 == 1), starts, dtype=np.int64).tolist()
    scales = [ours.scale * other.scale for other in others]
    return [Overlap(d * s, t * s, n, k) for d, t, n, k, s in zip(dots, tops, shared, numbers, scales, strict=True)]
