"""How common terms and runs of text are among the live articles, and before the first of them in the language at large."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from writethru.threads.shingles import Sketch
from writethru.threads.terms import Terms, encode, split

_SLOTS = 1 << 18
_TEMPLATE = 6
"""Texts, beside one in a thousand, that may share a shingle before it is a template's."""

_WORDS = 100
"""Words of a text by which a word's share of all words becomes the share of texts that hold it: 1 - exp(-share * _WORDS). Reuters items
have some 130, and a word that is used comes back."""
_SAME = {"no": "nb", "nn": "nb"}


class Frequencies:
    """In how many live texts a term or a shingle stands. Whole numbers only, so that adding and forgetting in any order agree.

    Versions, copies and derivations are not counted: a story told forty times would make its own words look common."""

    def __init__(self, prior: int, language: str = "und") -> None:
        """`prior` texts are taken as read before the first: as the language writes, where it has a background, else of unknown words."""
        shares = background(language)
        self.texts = prior
        self._terms = np.zeros(_SLOTS, np.uint32) if shares is None else np.rint(prior * shares).astype(np.uint32)
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


@cache
def background(language: str) -> NDArray[np.float32] | None:
    """In what share of a language's texts the terms of each slot stand; None of a language without a source, which is learnt from what
    comes. Its words are cut as an article's are, so that Chinese counts pairs of characters."""
    source = files(__package__) / "background" / f"{_SAME.get(language, language)}.txt"
    if not language.isalpha() or not source.is_file():
        return None
    uses = np.zeros(_SLOTS)
    for line in source.read_text("utf-8").splitlines()[1:]:
        million, *words = line.split()
        terms = [code >> 8 for word in words for part in split(word) if (code := encode(part)) > 7]
        np.add.at(uses, _slots(np.array(terms, np.uint32)), float(million) / 1e6)
    return -np.expm1(-uses * _WORDS).astype(np.float32)


def _slots(hashes: Terms) -> NDArray[np.intp]:
    return (hashes >> 1 & _SLOTS - 1).astype(np.intp)


def _shingle_slots(sketch: Sketch) -> NDArray[np.intp]:
    return (sketch.hashes & _SLOTS - 1).astype(np.intp)
