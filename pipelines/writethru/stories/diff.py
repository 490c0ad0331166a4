"""What became of a body's paragraphs from one version to the next. Pure.

Equal paragraphs are found by hash; only what is left is compared by its words, and only so much of it: a diff costs by what changed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from writethru.records import NumberChange

CLOSE = 0.45
"""From this share of words (Dice) on, two paragraphs are one that was rewritten."""
LEFT = 16
"""So many paragraphs of either version are compared by their words; what is left over is new or gone."""
READ = 2000
"""Characters of a paragraph that are looked at word by word."""

_PIECE = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")


class Diff(NamedTuple):
    """Indexes from 0 into the old and the new paragraphs. `rewritten` and `moved` are (old, new)."""

    old: Sequence[str]
    new: Sequence[str]
    kept: int
    added: list[int]
    removed: list[int]
    rewritten: list[tuple[int, int]]
    moved: list[tuple[int, int]]


def paragraphs(body: str) -> list[str]:
    return [bare for paragraph in body.split("\n\n") if (bare := paragraph.strip())]


def diff(old_body: str, new_body: str) -> Diff:
    """A paragraph that stands elsewhere, and is not merely pushed there by others, has moved and counts as kept too."""
    old, new = paragraphs(old_body), paragraphs(new_body)
    places: dict[str, list[int]] = {}
    for index in range(len(old) - 1, -1, -1):
        places.setdefault(old[index], []).append(index)
    same: list[tuple[int, int]] = []
    left_new: list[int] = []
    for index, paragraph in enumerate(new):
        found = places.get(paragraph)
        if found:
            same.append((found.pop(), index))
        else:
            left_new.append(index)
    left_old = sorted(index for rest in places.values() for index in rest)
    rewritten = _rewritten(old, new, left_old, left_new)
    gone, come = {a for a, _ in rewritten}, {b for _, b in rewritten}
    return Diff(
        old=old,
        new=new,
        kept=len(same),
        added=[index for index in left_new if index not in come],
        removed=[index for index in left_old if index not in gone],
        rewritten=rewritten,
        moved=_out_of_step(same),
    )


def _rewritten(old: Sequence[str], new: Sequence[str], left_old: list[int], left_new: list[int]) -> list[tuple[int, int]]:
    """Which of the remaining paragraphs are the same ones in other words: the closest first, each taken once."""
    if not left_old or not left_new:
        return []
    sets = [(index, _words(old[index])) for index in left_old[:LEFT]]
    pairs = []
    for b in left_new[:LEFT]:
        words = _words(new[b])
        for a, others in sets:
            alike = 2.0 * len(words & others) / (len(words) + len(others))
            if alike >= CLOSE:
                pairs.append((-alike, abs(a - b), a, b))
    by_old: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, a, b in sorted(pairs):
        if a not in by_old and b not in taken:
            by_old[a] = b
            taken.add(b)
    return sorted(by_old.items(), key=lambda pair: pair[1])


def _words(paragraph: str) -> set[str]:
    words = set(paragraph[:READ].casefold().split())
    if len(words) > 2 or len(paragraph) < 12:
        return words
    return {paragraph[start : start + 2] for start in range(min(len(paragraph), READ) - 1)}  # written without spaces


def _out_of_step(same: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The fewest pairs (old, new), given in the order of the new, without which the others keep the order of the old."""
    if all(first[0] < second[0] for first, second in pairwise(same)):
        return []
    tails: list[int] = []
    lengths = []
    for old, _ in same:
        place = bisect_left(tails, old)
        tails[place : place + 1] = [old]
        lengths.append(place)
    wanted = len(tails) - 1
    moved = []
    for pair, length in zip(reversed(same), reversed(lengths), strict=True):
        if length == wanted:
            wanted -= 1
        else:
            moved.append(pair)
    return moved[::-1]


def numbers(before: str, after: str, paragraph: int) -> list[NumberChange]:
    """The numbers of a text that were replaced: what stands in both is left out, and a new one is paired with an old one that has the
    same word behind or before it. `paragraph` is where `after` stands, from 1; 0 is the headline."""
    old, new = _numbers(before), _numbers(after)
    gone, come = _without(old, new), _without(new, old)
    changes = []
    for number in come:
        for other in gone:
            about = _about(other, number)
            if about:
                changes.append(NumberChange(other.value, number.value, about, paragraph))
                gone.remove(other)
                break
    return changes


class _Number(NamedTuple):
    value: str
    word_before: str
    word_behind: str


def _numbers(text: str) -> list[_Number]:
    pieces = _PIECE.findall(text[:READ])
    around = ["", *pieces, ""]
    return [_Number(piece[:20], around[place][:20], around[place + 2][:20]) for place, piece in enumerate(pieces) if piece[0].isdigit()]


def _without(numbers: list[_Number], others: list[_Number]) -> list[_Number]:
    values = [number.value for number in others]
    left = []
    for number in numbers:
        if number.value in values:
            values.remove(number.value)
        else:
            left.append(number)
    return left


def _about(old: _Number, new: _Number) -> str:
    """The word behind or before that both have; of two the longer, which says more: `kills 12 in`, `Holt, 41, is`."""
    pairs = ((old.word_behind, new.word_behind), (old.word_before, new.word_before))
    return max([other for one, other in pairs if one.casefold() == other.casefold()], key=len, default="")
