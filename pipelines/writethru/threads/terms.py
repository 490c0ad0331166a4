"""From text to hashed terms: words, numbers, weekdays. Tokenised once; no vocabulary to keep, because a term is its hash."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from writethru.threads import scripts
from writethru.threads.words import STOP, WEEKDAYS

Terms = NDArray[np.uint32]

_NAME = 1
_YEAR = 2
_CACHE = 1 << 17
_FLAGS = np.uint64(8)
_TEXT = np.uint64(40)
_HASH = np.uint64(32)

_LETTERS = re.compile(r"[^\W_]+")
_DIGIT_MARKS = re.compile(r"[.,](?<=\d.)(?=\d)")  # the mark first: half the time of looking behind every character
_ASCII = str.maketrans({chr(c): " " for c in range(128) if not chr(c).isalnum()})
_LOWER = bytes(range(128)).lower() + bytes(range(128, 256))
_NO_LETTERS = bytes(c for c in range(128) if not chr(c).isalnum())


class Words(NamedTuple):
    """A text cut into words: how many are `printed`, those of the `body`, `weighed` with the headline repeated, `squeezed` as `squeeze`
    makes it."""

    printed: int
    body: list[str]
    weighed: list[str]
    squeezed: bytes


class Counted(NamedTuple):
    """The terms of a text. `hashes` are unique and rising, those of numbers odd; `worth` is what a term's frequency in the text and its
    capital letter make it weigh; `numbers` counts the numbers; `weekdays` is a bit mask, Monday = 1, and so is `years`, 1984 = 1."""

    hashes: Terms
    worth: NDArray[np.float64]
    numbers: int
    weekdays: int
    years: int


class _Codes(dict[str, int]):
    """Word as printed -> hash and flags in one integer: the hash above the low eight bits, so that a sort groups equal terms and the
    capitalised form of one comes last. 0 = says nothing; 1-7 = a weekday. A pure function of the word, so the cache may be dropped."""

    def __missing__(self, word: str) -> int:
        if len(word) > 3 and word.isdigit() and word not in _YEARS:  # long numbers seldom come back
            return number(word)
        code = encode(word)
        if len(self) > _CACHE:
            self.clear()
        self[word] = code
        return code


def encode(word: str) -> int:
    """One word -> its code (see `_Codes`)."""
    if word.isdigit():
        return 0 if len(word) < 2 else number(word) | (_YEAR if word in _YEARS else 0)
    low = word.lower()
    if low in WEEKDAYS:
        return WEEKDAYS[low]
    if len(low) < 2 or low in STOP:
        return 0
    name = _NAME if word[0] != low[0] else 0
    if "\u0620" <= low[0] <= "\u064a":
        low = scripts.arabic(low)
    elif len(low) > 3 and low.endswith("s") and not low.endswith("ss"):
        low = low[:-1]
    return (zlib.crc32(low.encode("utf-8", "replace")) & 0xFFFFFFFE) << 8 | name


def number(digits: str) -> int:
    return (zlib.crc32(digits.encode("utf-8", "replace")) | 1) << 8


_YEARS = {str(year): 1 << place for place, year in enumerate(range(1984, 2048))}
_YEAR_BITS = {number(year) >> 8: bit for year, bit in _YEARS.items()}
"""Years by the hash they are as a number; what lies before or after these is a number like others."""

_codes = _Codes()


def split(text: str) -> list[str]:
    """The words of a text in order. `1,500` and `5.4` are one number; scripts without spaces are cut into pairs of characters."""
    if text.isascii():
        return _DIGIT_MARKS.sub("", text).translate(_ASCII).split()
    return scripts.cut(_DIGIT_MARKS.sub("", scripts.normal(text)))


def squeeze(text: str) -> bytes:
    """The letters and digits of a text alone, in lower case, a byte each, or two in the scripts whose letters are syllables or words: so a
    run of bytes says about as much in any script. What they stand for need not be told from them."""
    if text.isascii():
        return text.encode().translate(_LOWER, _NO_LETTERS)
    text = scripts.normal(text)
    letters = "".join(_LETTERS.findall(text.lower())).encode("utf-16-le", "replace")
    return letters.replace(b"\0", b"") if scripts.unspaced(text) else letters[::2]


def words(headline: str, body: str, headline_weight: int) -> Words:
    """The headline counts `headline_weight` times and gives no names: agencies print it in capitals."""
    title = split(headline.lower())
    found = split(body)
    return Words(len(found) + len(title), found, found + title * headline_weight, squeeze(body) or squeeze(headline))


def printed(wanted: Sequence[int], body: Sequence[str], headline: str) -> list[str]:
    """The terms of these hashes as a text, whose body's words are given, prints them first, its headline last; in the order wanted."""
    found: dict[int, str] = {}
    left = set(wanted)
    for word in chain(body, split(headline)):
        hash_ = _codes[word] >> 8
        if hash_ in left:
            found[hash_] = word
            left.remove(hash_)
            if not left:
                break
    return [found[hash_] for hash_ in wanted if hash_ in found]


def count(texts: Sequence[list[str]], name_weight: float) -> list[Counted]:
    """The terms of several texts in one pass, which costs a third of a pass each. What a text gives does not depend on its neighbours."""
    sizes = [len(text) for text in texts]
    codes = np.fromiter(map(_codes.__getitem__, chain.from_iterable(texts)), np.uint64, sum(sizes))
    # The text's place above the code: one sort parts the texts, and groups the terms of each.
    keys = np.repeat(np.arange(len(texts), dtype=np.uint64) << _TEXT, sizes)
    keys |= codes
    keys = keys[codes > 0]
    keys.sort()
    terms = keys >> _FLAGS
    last = np.ones(len(keys), np.bool_)
    np.not_equal(terms[1:], terms[:-1], out=last[:-1])
    ends = last.nonzero()[0]
    worth = 1 + np.log(np.diff(ends, prepend=-1))
    last_keys = keys[ends]
    worth[(last_keys & np.uint64(_NAME)) > 0] *= name_weight
    terms = terms[ends]
    hashes = terms.astype(np.uint32)
    # A weekday has the hash 0, the lowest of its text, and a weekday alone can share it.
    bounds = terms.searchsorted(np.arange(len(texts) + 1, dtype=np.uint64) << _HASH).tolist()
    weekdays = [0] * len(texts)
    firsts = keys[(keys & np.uint64(0xFFFFFFFFFF)) < np.uint64(256)]
    for key in set(firsts.tolist()):
        weekdays[key >> 40] |= 1 << (key & 0xFF) - 1
    years = [0] * len(texts)
    for key in last_keys[(last_keys & np.uint64(0xFF | 1 << 8)) == np.uint64(_YEAR | 1 << 8)].tolist():
        years[key >> 40] |= _YEAR_BITS[key >> 8 & 0xFFFFFFFF]
    numbers = [0, *np.cumsum(hashes & 1).tolist()]
    out = []
    for days, told, (start, end) in zip(weekdays, years, pairwise(bounds), strict=True):
        start += days > 0
        out.append(Counted(hashes[start:end], worth[start:end], numbers[end] - numbers[start], days, told))
    return out
