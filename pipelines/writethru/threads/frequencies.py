"""How common terms and runs of text are among the live articles, and before the first of them in the language at large."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from writethru.threads.rings import ROUND, Ints
from writethru.threads.shingles import Sketch
from writethru.threads.terms import Terms, encode, split

TIDE = 32
"""Articles until it is settled whether a text counts. The figures of the public sets are the same with 1."""
_SLOTS = 1 << 18
_TEMPLATE = 6
"""Texts, beside one in a thousand, that may share a shingle before it is a template's."""

_WORDS = 100
"""Words of a text by which a word's share of all words becomes the share of texts that hold it: 1 - exp(-share * _WORDS). Reuters items
have some 130, and a word that is used comes back."""
_SAME = {"no": "nb", "nn": "nb"}


class Frequencies:
    """In how many live texts a term or a shingle stands. Whole numbers only, so that adding and forgetting in any order agree.

    Versions, copies and derivations are not counted: a story told forty times would make its own words look common. Whether a text is one
    takes the index to decide, so each counts until its tide turns: the terms of thirty texts can be weighed at once then. Its shingles
    count from there on.
    """

    def __init__(self, prior: int, language: str = "und") -> None:
        """`prior` texts are taken as read before the first: as the language writes, where it has a background, else of unknown words."""
        shares = background(language)
        self.texts = prior
        self._terms = np.zeros(_SLOTS, np.uint32) if shares is None else np.rint(prior * shares).astype(np.uint32)
        self._shingles = np.zeros(_SLOTS, np.uint16)
        self._pending: dict[int, tuple[Terms, Sketch]] = {}
        self._tide = 0

    def turn(self, number: int, counts: Callable[[int], bool]) -> None:
        """To be told before each round: where the number of its first text is of a new tide, those of the last one are settled; `counts`
        tells of a number whether its text counts."""
        tide = (number - 1) // TIDE
        if tide == self._tide:
            return
        for settled, (hashes, sketch) in self._pending.items():
            if counts(settled):
                shingles = _shingle_slots(sketch)
                self._shingles[shingles] = self._shingles.take(shingles) + 1
            else:
                self.texts -= 1
                self._terms[_slots(hashes)] -= 1
        self._pending, self._tide = {}, tide

    def add(self, number: int, hashes: Terms, sketch: Sketch) -> None:
        self.texts += 1
        terms = _slots(hashes)
        self._terms[terms] = self._terms.take(terms) + 1
        self._pending[number] = hashes, sketch

    def remove(self, number: int, hashes: Terms, sketch: Sketch, counted: bool) -> None:
        pending = self._pending.pop(number, None) is not None
        if pending or counted:
            self.texts -= 1
            self._terms[_slots(hashes)] -= 1
        if counted and not pending:
            self._shingles[_shingle_slots(sketch)] -= 1

    def counts(self, hashes: Terms, owners: Ints) -> Ints:
        """In how many texts each term stands. `owners` are the places of the texts in their round: each counts for those behind it."""
        slots = _slots(hashes)
        keys = slots * ROUND + owners
        order = keys.argsort()
        keys = keys[order]
        first = np.append(True, keys[1:] != keys[:-1])
        unique = keys[first]
        earlier = np.arange(len(unique)) - unique.searchsorted(unique // ROUND * ROUND)
        found = self._terms.take(slots).astype(np.int64)
        found[order] += earlier[first.cumsum() - 1]
        return found

    def distinct(self, hashes: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Which of these shingles are no template's: a dividend or a results table is no copy of another one."""
        counts = self._shingles.take(hashes & _SLOTS - 1)
        return counts <= max(_TEMPLATE, (self.texts - len(self._pending)) // 1000)


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


def _slots(hashes: Terms) -> Ints:
    return (hashes >> 1 & _SLOTS - 1).astype(np.int64)


def _shingle_slots(sketch: Sketch) -> Ints:
    return (sketch.hashes & _SLOTS - 1).astype(np.int64)
