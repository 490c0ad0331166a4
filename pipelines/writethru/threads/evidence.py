"""What the index keeps of a text: weighted terms, a sketch of its shingles, its weekdays. Packed into one bytes object an article."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from writethru.threads.frequencies import Frequencies
from writethru.threads.reading import Text
from writethru.threads.rings import Ints
from writethru.threads.settings import ThreadSettings
from writethru.threads.shingles import Runs, Sketch
from writethru.threads.terms import Terms

_HEADER = struct.Struct("<HHHHHHf")
_HEAD = np.dtype([(name, "<u2") for name in ("terms", "shingles", "weekdays", "numbers", "words", "whole")] + [("scale", "<f4")])
_YEARS = 8
"""Bytes."""
_HASH = 32
_MARK = 12
_UNMARKED = _HASH - _MARK


class Evidence(NamedTuple):
    """`weights` are 1 to 255; a weight times `scale` is the term's share of a vector of length one. `hashes` rise; odd ones are numbers,
    of which there are `numbers`."""

    hashes: Terms
    weights: NDArray[np.uint8]
    scale: float
    sketch: Sketch
    weekdays: int
    numbers: int
    words: int
    years: int
    vector: bytes = b""


class Overlaps(NamedTuple):
    """Terms in common, of each pair: cosine, how many, how many of them numbers."""

    cosines: NDArray[np.float64]
    shared: Ints
    numbers: Ints

    def take(self, places: Ints) -> Overlaps:
        return Overlaps(self.cosines[places], self.shared[places], self.numbers[places])


class Weighed(NamedTuple):
    """The evidence of the texts of a round. Over all of their terms: `owners` are the places of the texts, `hashes` and `weights` as in the
    evidence, `known` the weights of what stands in other live texts too; `sizes` terms each text has."""

    texts: list[Evidence]
    owners: Ints
    sizes: Ints
    hashes: Terms
    weights: NDArray[np.uint8]
    known: NDArray[np.uint8]


def weigh(texts: Sequence[Text], frequencies: Frequencies, settings: ThreadSettings) -> Weighed:
    """The texts of a round, which have terms, against the present frequencies. Only the last may have more than `settings.terms`: those
    behind it are weighed by what is kept of it."""
    sizes = np.array([len(text.terms.hashes) for text in texts])
    owners = np.repeat(np.arange(len(texts)), sizes)
    hashes = np.concatenate([text.terms.hashes for text in texts])
    counts = frequencies.counts(hashes, owners)
    weights = np.log((frequencies.texts + 1 + owners) / (counts + 1.0))  # the text itself counted in
    weights *= np.concatenate([text.terms.worth for text in texts])
    ends = sizes.cumsum()
    if sizes[-1] > settings.terms:
        last = ends[-1] - sizes[-1]
        # Numbers first, they are the details a decision turns on; a stable sort gives equal weights to the lower hash on every machine.
        kept = np.sort(np.argsort(-(weights[last:] + 100 * (hashes[last:] & 1)), kind="stable")[: settings.terms])
        kept = np.append(np.arange(last), last + kept)
        owners, hashes, counts, weights = owners[kept], hashes[kept], counts[kept], weights[kept]
        sizes[-1] = settings.terms
        ends = sizes.cumsum()
    starts = ends - sizes
    weights *= (255 / np.maximum.reduceat(weights, starts))[owners]
    small = np.maximum(np.rint(weights), 1).astype(np.uint8)
    scales = (1 / np.sqrt(np.add.reduceat(small.astype(np.int64) ** 2, starts))).tolist()
    found = [
        Evidence(
            hashes[start:end],
            small[start:end],
            scale,
            text.sketch,
            text.terms.weekdays,
            min(text.terms.numbers, settings.terms),
            text.words,
            text.terms.years,
            text.vector,
        )
        for text, start, end, scale in zip(texts, starts.tolist(), ends.tolist(), scales, strict=True)
    ]
    return Weighed(found, owners, sizes, hashes, small, small * (counts > 0))


def heaviest(weights: NDArray[np.uint8], owners: Ints, sizes: Ints, settings: ThreadSettings) -> Ints:
    """The places of the terms by which each text of a round is filed and looked up, its heaviest ones, of equal ones the first."""
    least, most = settings.probes
    keys = owners << 40 | (255 - weights.astype(np.int64)) << 32 | np.arange(len(owners))
    keys.sort()
    within = np.arange(len(owners)) - (sizes.cumsum() - sizes)[owners]
    chosen: Ints = keys[within < np.clip(sizes // 3, least, most)[owners]] & 0xFFFFFFFF
    return chosen


def pack(evidence: Evidence) -> bytes:
    hashes, weights, scale, (shingles, whole), weekdays, numbers, words, years, vector = evidence
    head = _HEADER.pack(len(hashes), len(shingles), weekdays, numbers, min(words, 65_535), whole, scale)
    return head + hashes.tobytes() + shingles.tobytes() + years.to_bytes(8, "little") + vector + weights.tobytes()


def unpack(blob: bytes) -> Evidence:
    terms, shingles, weekdays, numbers, words, whole, scale = _HEADER.unpack_from(blob)
    both = np.frombuffer(blob, np.uint32, terms + shingles, _HEADER.size)
    weights = np.frombuffer(blob, np.uint8, terms, len(blob) - terms)
    start = _years_at(terms, shingles)
    years, vector = int.from_bytes(blob[start : start + _YEARS], "little"), blob[start + _YEARS : len(blob) - terms]
    return Evidence(both[:terms], weights, scale, Sketch(both[terms:], whole == 1), weekdays, numbers, words, years, vector)


def dated(blob: bytes) -> bytes:
    """What was packed, with years: before they were kept, the weights followed the shingles."""
    terms, shingles, *_ = _HEADER.unpack_from(blob)
    start = _years_at(terms, shingles)
    return blob if len(blob) - terms > start else blob[:start] + bytes(_YEARS) + blob[start:]


def _years_at(terms: int, shingles: int) -> int:
    return _HEADER.size + 4 * (terms + shingles)


def vector_of(blob: bytes) -> bytes:
    return unpack(blob).vector


class Others(NamedTuple):
    """Packed evidences that are compared, and their headers, a place of each array a text."""

    blobs: Sequence[bytes]
    terms: Ints
    shingles: Ints
    weekdays: Ints
    numbers: Ints
    words: Ints
    whole: NDArray[np.bool_]
    scale: NDArray[np.float32]

    @classmethod
    def of(cls, blobs: Sequence[bytes]) -> Others:
        heads = np.frombuffer(b"".join([blob[: _HEADER.size] for blob in blobs]), _HEAD)
        terms, shingles, weekdays, numbers, words = (
            heads[name].astype(np.int64) for name in ("terms", "shingles", "weekdays", "numbers", "words")
        )
        return cls(blobs, terms, shingles, weekdays, numbers, words, heads["whole"] == 1, heads["scale"])

    def take(self, places: Ints) -> Others:
        _, terms, shingles, weekdays, numbers, words, whole, scale = self
        blobs = [self.blobs[place] for place in places.tolist()]
        counts = terms[places], shingles[places], weekdays[places], numbers[places], words[places]
        return Others(blobs, *counts, whole[places], scale[places])

    def hashes(self) -> Terms:
        """The terms of all, one after another."""
        parts = zip(self.blobs, self.terms.tolist(), strict=True)
        return np.frombuffer(b"".join([blob[_HEADER.size : _HEADER.size + 4 * terms] for blob, terms in parts]), np.uint32)

    def weights(self) -> NDArray[np.uint8]:
        return np.frombuffer(b"".join([blob[-terms:] for blob, terms in zip(self.blobs, self.terms.tolist(), strict=True)]), np.uint8)

    def runs(self) -> Runs:
        parts = zip(self.blobs, self._ends(0), self._ends(1), strict=True)
        hashes = np.frombuffer(b"".join([blob[start:end] for blob, start, end in parts]), np.uint32)
        return Runs(hashes, self.shingles, self.whole)

    def years(self) -> NDArray[np.uint64]:
        parts = zip(self.blobs, self._ends(1), strict=True)
        return np.frombuffer(b"".join([blob[start : start + _YEARS] for blob, start in parts]), "<u8")

    def _ends(self, shingled: int) -> list[int]:
        ends: list[int] = (_HEADER.size + 4 * (self.terms + shingled * self.shingles)).tolist()
        return ends


def weightiest(ours: Evidence, blob: bytes, most: int) -> list[int]:
    """The hashes of the terms that both hold, those first that weigh most in both."""
    theirs = unpack(blob)
    places = ours.hashes.searchsorted(theirs.hashes)
    products = np.multiply(ours.weights.take(places, mode="clip"), theirs.weights, dtype=np.int32)
    products *= ours.hashes.take(places, mode="clip") == theirs.hashes
    first = (-products).argsort(kind="stable")[:most]
    found: list[int] = theirs.hashes[first[products[first] > 0]].tolist()
    return found


def overlaps(ours: Sequence[Evidence], owners: Ints, others: Others) -> Overlaps:
    """Of each of the others and the one of `ours` at the place that `owners` tells, in one pass over all their terms. Sums are of whole
    numbers: no order of addition to depend on."""
    own = np.repeat(np.arange(len(ours)), [len(one.hashes) for one in ours])
    mine = np.concatenate([one.hashes for one in ours])
    hashes = others.hashes()
    # Five terms of six do not stand in ours. The upper bits tell it of nearly all of them: 21 µs a text, 27 with a search for each.
    marks = np.zeros(len(ours) << _MARK, np.bool_)
    marks[own << _MARK | mine >> _UNMARKED] = True
    asked = np.repeat(owners << _MARK, others.terms)
    asked |= hashes >> _UNMARKED
    left = marks.take(asked).nonzero()[0]
    which, hashes = others.terms.cumsum().searchsorted(left, "right"), hashes[left]
    keys, wanted = own << _HASH | mine, owners[which] << _HASH | hashes
    places = keys.searchsorted(wanted)
    hits = (keys.take(places, mode="clip") == wanted).nonzero()[0]
    which, places = which[hits], places[hits]
    products = np.concatenate([one.weights for one in ours])[places].astype(np.int64) * others.weights()[left[hits]]
    scales: NDArray[np.float64] = np.array([one.scale for one in ours])[owners] * others.scale
    count = len(others.blobs)
    numbers = np.bincount(which[(hashes[hits] & 1) > 0], minlength=count)
    return Overlaps(np.bincount(which, products, count) * scales, np.bincount(which, minlength=count), numbers)
