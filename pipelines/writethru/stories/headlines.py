"""How much two headlines say the same: shared words, the rare ones counting most, found through an inverted index.

A wire rewrites its headline from version to version, so the comparison is of words and not of strings. What a word weighs is learnt
from the headlines that are live at the moment: on a day of one summit its name is common and tells little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import islice
from math import log
from sys import intern
from typing import Protocol
from unicodedata import normalize

MAX_TOKENS = 16
STEM = 7
"""Characters of a word that are compared: `prosecutor` and `prosecution` are one, `harbour` and `harvest` two."""
PROBES = 5
"""So many of a headline's rarest words are looked up."""
DEPTH = 96
"""So many of the newest headlines behind one word are looked at: the cost of a common word is bounded."""
SHORTLIST = 24

_WORD = re.compile(r"[^\W_]+(?:[.'\u2019][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_POSSESSIVE = ("'s", "\u2019s")
_STOP = frozenset(
    "a an and are as at be by for from has have in into is it its of off on or over says said say that the to up was were with after"
    " der die das den dem und ein eine im in von zu mit auf für le la les de des du un une et en au aux el los las y del il lo gli di"
    " da per con het een van op te och i att på av som og".split()
)


class Titled(Protocol):
    """What the index keeps: anything with the tokens of its headline. Compared by identity."""

    tokens: tuple[str, ...]


def tokens(headline: str) -> tuple[str, ...]:
    """The words of a headline, each as a digest: what is kept of a killed headline tells it from others and does not show it."""
    return tuple(dict.fromkeys([_token(word[:STEM]) for word in words(headline)]))


@lru_cache(maxsize=1 << 14)
def _token(word: str) -> str:
    # Interned: a word that lives in thousands of headlines is one string. 40 bits: two words of a vocabulary of 100,000 meet in one of 200.
    return intern(blake2b(word.encode(errors="surrogatepass"), digest_size=5).hexdigest())


def is_wording(name: str) -> bool:
    """Whether what a note names is a headline: no id or number has a space or Chinese or Japanese characters in it."""
    return " " in name or _UNSPACED.search(name) is not None


def words(headline: str) -> tuple[str, ...]:
    """The distinct telling words of a clean headline in order, folded: `U.S. files suit` -> us, file, suit. At most 16.

    Chinese and Japanese, written without spaces, give pairs of characters.
    """
    if not headline.isascii():
        headline = normalize("NFKC", headline)
    found: dict[str, None] = {}
    for word in _WORD.findall(headline.casefold()):
        if not word.isascii() and _UNSPACED.search(word):
            found.update(dict.fromkeys(word[i : i + 2] for i in range(max(1, len(word) - 1))))
        elif word not in _STOP:
            found[_stem(word)] = None
    return tuple(islice(found, MAX_TOKENS))


def _stem(word: str) -> str:
    if word.endswith(_POSSESSIVE):
        word = word[:-2]
    if "." in word and not word[0].isdigit():
        word = word.replace(".", "")
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        return word[:-1]
    return word


class HeadlineIndex:
    """Headlines by word, newest last. Nothing is taken out: who evicts builds a new index."""

    def __init__(self) -> None:
        # Of most words one: a list of one would be 64 bytes, and an article brings three or four such words.
        self._behind: dict[str, Titled | list[Titled]] = {}
        self._count = 0

    def add(self, titled: Titled) -> None:
        self._count += 1
        behind = self._behind
        for token in titled.tokens:
            known = behind.get(token)
            if known is None:
                behind[token] = titled
            elif isinstance(known, list):
                known.append(titled)
            else:
                behind[token] = [known, titled]

    def _having(self, token: str) -> Sequence[Titled]:
        """The headlines with this word."""
        known = self._behind.get(token)
        if known is None:
            return ()
        return known if isinstance(known, list) else (known,)

    def weight(self, token: str) -> float:
        return log(1.0 + (self._count + 50.0) / (len(self._having(token)) + 1.0))

    @property
    def heaviest(self) -> float:
        """The weight of a word that no headline has."""
        return log(51.0 + self._count)

    def likeness(self, words: tuple[str, ...]) -> Likeness:
        """The similarity of other headlines to this one."""
        return Likeness(self, words)

    def worded(self, words: tuple[str, ...]) -> Iterator[Titled]:
        """What has the very same words, newest first."""
        rarest: Sequence[Titled] = min(map(self._having, words), key=len, default=())
        return (titled for titled in islice(reversed(rarest), DEPTH) if titled.tokens == words)

    def nearest(self, likeness: Likeness) -> Iterable[Titled]:
        """Candidates that share one of the headline's rarest words, in no order that means anything."""
        behind = self._behind
        # Most items rewrite nothing: theirs is not even weighed where no word leads anywhere.
        if behind.keys().isdisjoint(likeness.words):
            return ()
        # A word that no headline has leads nowhere: five new ones must not use up the probes.
        weights = sorted(((weight, word) for word, weight in likeness.weights.items() if word in behind), reverse=True)[:PROBES]
        partial: dict[Titled, float] = {}
        for weight, word in weights:
            for titled in islice(reversed(self._having(word)), DEPTH):
                partial[titled] = partial.get(titled, 0.0) + weight
        if len(partial) <= SHORTLIST:
            return partial
        # Stable: what was met first (the rarest word, the newest headline) stays where the weight is the same.
        return sorted(partial, key=partial.__getitem__, reverse=True)[:SHORTLIST]


class Likeness:
    """One headline's words with their weights, to hold others against."""

    def __init__(self, index: HeadlineIndex, words: tuple[str, ...]) -> None:
        self._index = index
        self._others: dict[str, float] = {}
        self.words = words

    @cached_property
    def weights(self) -> dict[str, float]:
        return {word: self._index.weight(word) for word in self.words}

    @cached_property
    def _total(self) -> float:
        return sum(self.weights.values())

    def weigh(self, words: tuple[str, ...]) -> float:
        """The weight of another headline's words."""
        own, others, total = self.weights, self._others, 0.0
        for word in words:
            weight = own.get(word) or others.get(word)
            if weight is None:
                weight = others[word] = self._index.weight(word)
            total += weight
        return total

    def to(self, words: tuple[str, ...]) -> float:
        """0 to 1: weighted Dice coefficient."""
        own = self.weights
        shared = sum([own[word] for word in words if word in own])
        return 2.0 * shared / (self._total + self.weigh(words)) if shared else 0.0

    def between(self, a: tuple[str, ...], b: tuple[str, ...]) -> float:
        """The same of two other headlines."""
        shared = self.weigh(tuple([word for word in a if word in b]))
        return 2.0 * shared / (self.weigh(a) + self.weigh(b)) if shared else 0.0


def in_common(headline: str, known: tuple[str, ...], likeness: Likeness, most: int = 5) -> tuple[str, ...]:
    """The words of a headline that another one, known by its tokens, has too: the rarest first, at most so many."""
    shared = []
    for word in words(headline):
        token = _token(word[:STEM])
        if token in known:
            shared.append((-likeness.weights.get(token, 0.0), word))
    return tuple([word for _, word in sorted(shared)[:most]])
