"""What raw copy falls into: the result of reading its blocks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from writethru.records import BlockKind
from writethru.wire.dateline.head import Dateline
from writethru.wire.marks import Kind
from writethru.wire.notes import Found

Range = tuple[int, int]


class Section(NamedTuple):
    """One story of a digest: its headline's range, the note below it, and the range that all of it takes up."""

    headline: Range
    note: Found | None
    span: Range


@dataclass(slots=True)
class Pieces:
    """Ranges of the body's text. `taken`: (start, end, kind) of everything that is no copy and no headline, slug or mark; `editorial`: what
    of it is for editors only."""

    page_date: str | None = None
    slug: Range | None = None
    headline: Range | None = None
    marks: list[tuple[Range, Kind, int | None]] = field(default_factory=list)
    """Lines that are marks, with what they mean and their number."""
    notes: list[Found] = field(default_factory=list)
    bylines: list[Range] = field(default_factory=list)
    datelines: list[Dateline] = field(default_factory=list)
    decks: list[Range] = field(default_factory=list)
    """Further lines of the headline, and points above the dateline."""
    paragraphs: list[Range] = field(default_factory=list)
    broken: bool = False
    """Whether some of them are broken over several lines."""
    last: Range | None = None
    """The last line, where it is known to be no sign-off."""
    taken: list[tuple[int, int, BlockKind]] = field(default_factory=list)
    editorial: list[Range] = field(default_factory=list)
    digest: bool = False
    sections: list[Section] = field(default_factory=list)
    fenced: bool = False
    """Whether some paragraphs stand apart by more blank lines than others."""

    def take(self, start: int, end: int, kind: BlockKind, editorial: bool = False) -> None:
        self.taken.append((start, end, kind))
        if editorial:
            self.editorial.append((start, end))
