"""The text of a story that came in parts, put together as its notes say. Pure.

Takes and adds go behind the whole version by their number; then inserts, substitutes and bare leads change what stands there, in true
order. A paragraph is found by the words that it begins with, or by its number in the text before. What finds no place stays out and is
said: nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from writethru.records import Lack
from writethru.stories import redact
from writethru.stories.chain import Version
from writethru.stories.diff import paragraphs
from writethru.stories.parts import MOST, Part, Present
from writethru.stories.pieces import Anchor, Place, folded

LONGEST = 100_000
"""Characters of a text: beyond that a story's record would outgrow what brokers and rows take."""

Texts = Callable[[Version], tuple[str, Place | None] | None]
"""The body that is kept of a version, and where its note says that it goes; None where none is kept."""

_CUE = re.compile(r"[A-Z][A-Z .,'/-]{1,40}: (?P<words>.+)", re.DOTALL)
"""`AMBAR WELLS: build them a road.`: an add opens with the last words of what it goes behind."""


class Told(NamedTuple):
    """`parts`, `text` and `lacks` as a story's record has them."""

    parts: tuple[str, ...] = ()
    text: str | None = None
    lacks: tuple[Lack, ...] = ()


class _Line(NamedTuple):
    text: str
    owner: Version
    since: int
    """The place in true order of the take that it stands in, -1 elsewhere."""


def assemble(now: Present, texts: Texts) -> Told:
    """Nothing where the newest version is the whole of the text."""
    opening = redact.piece(now.whole) if now.whole is not None else None
    if not now.takes and not now.edits and (opening is None or opening.total is None):
        return Told()
    order = now.in_reading_order()
    ids = tuple([version.id for version in order])
    barred = [*_under_embargo(now), *_beyond(now)]
    if barred:
        return Told(ids, None, tuple(barred))
    body = texts(now.whole) if now.whole is not None else None
    if now.whole is None or body is None:
        return Told(ids, None, (_base(now), *[_lack(part, "place") for part in now.parts]))
    work = _Work(now, now.whole, body[0], texts)
    work.append_takes(max([0, *[piece.total or 0 for piece in (opening, *[part.piece for part in now.takes.values()]) if piece]]))
    for part in now.edits:
        work.edit(part)
    return work.told(order)


def _under_embargo(now: Present) -> Iterator[Lack]:
    for version in ([now.whole] if now.whole else []) + list(now.behind):
        if version.embargoed and version.role in ("whole", "part"):
            piece = redact.piece(version)
            yield Lack(piece.name(version.ordinal) if piece else "base", version.id, "embargo")


def _beyond(now: Present) -> Iterator[Lack]:
    if len(now.edits) + len(now.takes) > MOST:
        newest = max(now.parts, key=lambda part: part.at)
        yield _lack(newest, "length")


def _base(now: Present) -> Lack:
    by_take = any(part.piece.printed == "take" for part in now.takes.values())
    name = "take 1" if by_take else "base"
    return Lack(name, None, "unseen") if now.whole is None else Lack(name, now.whole.id, "text")


def _lack(part: Part, why: str) -> Lack:
    return Lack(part.piece.name(part.version.ordinal), part.version.id, why)  # type: ignore[arg-type]


class _Work:
    """The text as it stands, a paragraph a line. `counted`: paragraphs have the numbers that the next note counts them by; `whole`: no take
    is missing."""

    def __init__(self, now: Present, base: Version, body: str, texts: Texts) -> None:
        self.now, self.texts = now, texts
        self.lines = [_Line(text, base, -1) for text in paragraphs(body)]
        self.lacks: list[Lack] = []
        self.counted = self.whole = True
        self.reached: dict[str, int] = {}
        if any(part.version.ordinal is not None for part in now.edits):
            for version in now.before:
                self._reach(version)

    def append_takes(self, total: int) -> None:
        takes = self.now.takes
        printed = "add" if any(part.piece.printed == "add" for part in takes.values()) else "take"
        for slot in range(2, max([total, *takes]) + 1):
            part = takes.get(slot)
            if part is None:
                self.lacks.append(Lack(f"{printed} {slot - 1 if printed == 'add' else slot}", None, "unseen"))
                self.whole = False
                continue
            body = self._body(part)
            if body is None or not self.whole:
                self.lacks.append(_lack(part, "place" if body else "text"))
                self.whole = False
                continue
            start = 1 if self.lines and _is_cue(body[0], self.lines[-1].text) else 0
            self.lines += [_Line(text, part.version, part.at) for text in body[start:]]

    def edit(self, part: Part) -> None:
        """Puts an insert, substitute or bare lead where it goes."""
        version = part.version
        counts = self._follows(version) and self.counted
        body, why = self._body(part), "text"
        if body is not None or part.piece.kind == "other":
            where = self._where(version)
            lines = self._edited(part, body, where, counts) if body is not None and where is not None else None
            if lines is not None:
                self.lines = lines
                return
            why = "place"
        self.lacks.append(_lack(part, why))
        self.counted = False

    def told(self, order: Sequence[Version]) -> Told:
        text = "\n\n".join([line.text for line in self.lines])
        outside = {lack.article for lack in self.lacks}
        stands = {line.owner.id for line in self.lines}
        parts = tuple([version.id for version in order if version.id in stands or version.id in outside])
        if len(text) > LONGEST:
            return Told(parts, None, (*self.lacks, self._too_long()))
        return Told(parts, text, tuple(self.lacks))

    def _too_long(self) -> Lack:
        left = LONGEST
        for line in self.lines:
            left -= len(line.text) + 2
            if left < -2:
                break
        piece = redact.piece(line.owner)
        return Lack(piece.name(line.owner.ordinal) if piece else "base", line.owner.id, "length")

    def _body(self, part: Part) -> list[str] | None:
        kept = self.texts(part.version)
        return (paragraphs(kept[0]) or None) if kept is not None else None

    def _where(self, version: Version) -> Place | None:
        kept = self.texts(version)
        return kept[1] if kept is not None else None

    def _reach(self, version: Version) -> None:
        if version.ordinal is not None:
            self.reached[version.series] = max(version.ordinal, self.reached.get(version.series, 0))

    def _follows(self, version: Version) -> bool:
        """Whether the lead of just the number before it is there; those that are not are said to lack."""
        if version.ordinal is None:
            return True
        reached = self.reached.get(version.series, 0)
        self._reach(version)
        for missing in range(reached + 1, version.ordinal):
            self.lacks.append(Lack(f"lead {missing}", None, "unseen"))
            self.counted = False
        # The same number again: whether the note counts in the text with the first of them, or in that before both, it does not say.
        return version.ordinal > reached

    def _edited(self, part: Part, body: Sequence[str], where: Place, counts: bool) -> list[_Line] | None:
        lines = self.lines
        new = [_Line(text, part.version, -1) for text in body]
        pickup = self._find(where.pickup, part.at, counts) if where.pickup is not None else None
        if where.pickup is not None and pickup is None:
            return None
        if part.piece.kind == "lead":
            return None if pickup is None else [*new, *lines[pickup:]]
        ranges = [one for anchor in where.at for one in self._ranges(anchor, part.at, counts)]
        if None in ranges:
            return None
        named = sorted(one for one in ranges if one is not None)
        if part.piece.kind == "sub":
            return _replaced(lines, named, new, pickup)
        if len(named) > 1:
            return None
        point = pickup
        if named:
            point = named[0][0] if where.before else named[0][1]
            if pickup not in (None, point):
                return None
        return None if point is None else [*lines[:point], *new, *lines[point:]]

    def _ranges(self, anchor: Anchor, at: int, counts: bool) -> Iterator[tuple[int, int] | None]:
        """[start, end) of the paragraphs that stand together, the first found by its words where there are any; None where not found."""
        runs = list(_runs(anchor.numbers)) or [()]
        for place, run in enumerate(runs):
            start = self._find(Anchor(run, anchor.words if place == 0 else ()), at, counts)
            end = None if start is None else start + max(1, len(run))
            yield None if start is None or end is None or end > len(self.lines) else (start, end)

    def _find(self, anchor: Anchor, at: int, counts: bool) -> int | None:
        """The paragraph that a part of this place in true order means: not one of a take that came, or came anew, after it."""
        counted = self._numbered(anchor.numbers, at) if counts and anchor.numbers else None
        if not anchor.words:
            return counted
        found = [index for index, line in enumerate(self.lines) if line.since < at and _begins(line.text, anchor.words)]
        return found[0] if len(found) == 1 else counted if counted in found else None

    def _numbered(self, numbers: Sequence[int], at: int) -> int | None:
        index = numbers[0] - 1 if numbers[0] > 0 else len(self.lines) + numbers[0]
        if not 0 <= index < len(self.lines) or (numbers[0] < 0 and not self.whole):
            return None
        upto = self.lines if numbers[0] < 0 else self.lines[: index + 1]
        return None if any(line.since > at for line in upto) else index


def _replaced(lines: Sequence[_Line], named: Sequence[tuple[int, int]], new: Sequence[_Line], pickup: int | None) -> list[_Line] | None:
    if len(named) == 1:
        start, end = named[0]
        if pickup is not None:
            if pickup <= start:
                return None
            end = pickup
        return [*lines[:start], *new, *lines[end:]]
    apart = all(before[1] <= behind[0] for before, behind in pairwise(named))
    if not named or pickup is not None or not apart or sum(end - start for start, end in named) != len(new):
        return None
    out = list(lines)
    fresh = iter(new)
    for start, end in named:
        out[start:end] = [next(fresh) for _ in range(start, end)]
    return out


def _runs(numbers: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """Numbers that follow one another, together."""
    run: list[int] = []
    for number in sorted(numbers, key=lambda number: (number < 0, number)):
        if run and number != run[-1] + 1:
            yield tuple(run)
            run = []
        run.append(number)
    if run:
        yield tuple(run)


def _begins(text: str, phrases: Sequence[Sequence[str]]) -> bool:
    """Whether a paragraph begins with the first phrase, and holds the others behind it in their order."""
    words = folded(text)
    first, *others = phrases
    if words[: len(first)] != tuple(first):
        return False
    at = len(first)
    for phrase in others:
        size = len(phrase)
        found = next((start for start in range(at, len(words) - size + 1) if words[start : start + size] == tuple(phrase)), None)
        if found is None:
            return False
        at = found + size
    return True


def _is_cue(opening: str, before: str) -> bool:
    found = _CUE.fullmatch(opening)
    words = folded(found["words"]) if found else ()
    return len(words) > 1 and folded(before)[-len(words) :] == words
