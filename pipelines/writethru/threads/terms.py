"""From text to hashed terms: words, numbers, weekdays. Tokenised once; no vocabulary to keep, because a term is its hash."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from writethru.threads.words import STOP, WEEKDAYS

Terms = NDArray[np.uint32]

_NAME = 1
_FIRST_TERM = 1 << 8
_CACHE = 50_000
_FLAGS = np.uint64(8)
_IS_NAME = np.uint64(_NAME)

_SPLIT = re.compile(r"[^\W_]+")
_DIGIT_MARKS = re.compile(r"[.,](?<=\d.)(?=\d)")  # the mark first: half the time of looking behind every character
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_ASCII = str.maketrans({chr(c): " " for c in range(128) if not chr(c).isalnum()})


class Text(NamedTuple):
    """A text as terms. `hashes` are unique and rising, those of numbers odd; `counts` and `names` (was capitalised) lie beside them;
    `weekdays` is a bit mask, Monday = 1; `squeezed` the words without what stood between them, in UTF-8."""

    hashes: Terms
    counts: NDArray[np.int64]
    names: NDArray[np.bool_]
    weekdays: int
    words: int
    squeezed: bytes


class _Codes(dict[str, int]):
    """Word as printed -> hash and flags in one integer: the hash above the low eight bits, so that a sort groups equal terms and the
    capitalised form of one comes last. 0 = says nothing; 1-7 = a weekday. A pure function of the word, so the cache may be dropped."""

    def __missing__(self, word: str) -> int:
        code = encode(word)
        if not word.isdigit():  # numbers seldom come back
            if len(self) > _CACHE:
                self.clear()
            self[word] = code
        return code


def encode(word: str) -> int:
    """One word -> its code (see `_Codes`)."""
    low = word.lower()
    if low in WEEKDAYS:
        return WEEKDAYS[low]
    if len(low) < 2 or low in STOP:
        return 0
    if low.isdigit():
        return (zlib.crc32(low.encode("utf-8", "replace")) | 1) << 8
    if low.startswith("ال") and len(low) > 4:
        low = low[2:]
    elif len(low) > 3 and low.endswith("s") and not low.endswith("ss"):
        low = low[:-1]
    return (zlib.crc32(low.encode("utf-8", "replace")) & 0xFFFFFFFE) << 8 | (_NAME if word[0] != low[0] else 0)


_codes = _Codes()


def split(text: str) -> list[str]:
    """The words of a text in order. `1,500` and `5.4` are one number; scripts without spaces are cut into pairs of characters."""
    text = _DIGIT_MARKS.sub("", text)
    if text.isascii():
        return text.translate(_ASCII).split()
    words = _SPLIT.findall(text)
    if _UNSPACED.search(text) is None:
        return words
    out: list[str] = []
    for word in words:
        if _UNSPACED.fullmatch(word):
            out.extend(word[i : i + 2] for i in range(len(word) - 1))
        else:
            out.append(word)
    return out


def read(headline: str, body: str, headline_weight: int) -> Text:
    """Headline and body -> `Text`. The headline counts `headline_weight` times and gives no names: agencies print it in capitals."""
    title = split(headline.lower())
    words = split(body)
    count = len(words) + headline_weight * len(title)
    codes = np.fromiter(map(_codes.__getitem__, words + title * headline_weight), np.uint64, count)
    codes.sort()
    start = int(codes.searchsorted(_FIRST_TERM))
    weekdays = 0
    for code in set(codes[:start].tolist()):
        if code:
            weekdays |= 1 << code - 1
    codes = codes[start:]
    hashes = (codes >> _FLAGS).astype(np.uint32)
    last = np.ones(len(hashes), np.bool_)
    np.not_equal(hashes[1:], hashes[:-1], out=last[:-1])
    ends = last.nonzero()[0]
    counts = ends.copy()
    counts[1:] -= ends[:-1]
    counts[:1] += 1
    return Text(
        hashes=hashes[ends],
        counts=counts,
        names=(codes[ends] & _IS_NAME) > 0,
        weekdays=weekdays,
        words=len(words) + len(title),
        squeezed="".join(words or title).lower().encode("utf-8", "replace"),
    )
