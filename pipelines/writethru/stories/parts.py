"""Takes, adds and bare leads: which articles make up the text of a story that comes in parts. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from writethru.stories import redact
from writethru.stories.chain import Version
from writethru.stories.pieces import Piece

MOST = 100
"""A text of more parts is not put together, and the texts of so many not kept."""


class Part(NamedTuple):
    """`at` is its place in true order among all that came behind the whole version."""

    version: Version
    piece: Piece
    at: int


class Present(NamedTuple):
    """What the present text is made of: the newest whole version, the takes behind it by their slot, each in its newest form, and all
    else in true order. `before` are the versions up to where its text first came, `behind` all later ones but the whole one itself."""

    whole: Version | None
    takes: dict[int, Part]
    edits: list[Part]
    before: Sequence[Version]
    behind: Sequence[Version]

    @property
    def parts(self) -> list[Part]:
        return [*self.edits, *self.takes.values()]

    def in_reading_order(self) -> list[Version]:
        """The bare leads, newest first, the whole version, inserts and substitutes, takes and adds by their number."""
        leads = [part.version for part in reversed(self.edits) if part.piece.printed == "lead"]
        others = [part.version for part in self.edits if part.piece.printed != "lead"]
        takes = [self.takes[slot].version for slot in sorted(self.takes)]
        return [*leads, *([self.whole] if self.whole else []), *others, *takes]


def present(versions: Sequence[Version]) -> Present:
    """Of the versions of a chain in true order. The same text once more, as a hold and its release send it, replaces no part."""
    whole: Version | None = None
    start = 0
    for at in range(len(versions) - 1, -1, -1):
        version = versions[at]
        if version.role != "whole":
            continue
        if whole is not None and version.digest != whole.digest:
            break
        whole, start = whole or version, at + 1
    takes: dict[int, Part] = {}
    edits: list[Part] = []
    behind = [version for version in versions[start:] if version.role != "whole"]
    for at, version in enumerate(behind):
        piece = redact.piece(version) if version.role == "part" else None
        if piece is None or piece.kind == "first":
            continue
        if piece.slot is not None:
            takes[piece.slot] = Part(version, piece, at)
        else:
            edits.append(Part(version, piece, at))
    return Present(whole, takes, edits, versions[:start], behind)


def needed(now: Present, current: Version | None) -> list[Version]:
    """The versions whose texts are kept: the current one, what the present text can be made of, and parts that came before any whole
    version: the one they go behind may be the present one's first sending."""
    kept = [] if current is None else [current]
    first = takewhile(lambda version: version.role != "whole", now.before)
    kept.extend(islice((version for version in first if version.role != "control"), MOST))
    if now.whole is not None and now.whole is not current:
        kept.append(now.whole)
    if len(now.edits) + len(now.takes) <= MOST:
        kept.extend(part.version for part in now.parts if part.piece.kind != "other" and part.version is not current)
    return kept
