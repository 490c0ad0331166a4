"""The notes to editors of a NewsML-G2 item, with the provider's role for each; what is not for publication stands apart."""

from __future__ import annotations

import re

from writethru.formats import markup
from writethru.formats.elements import Element, lines, local
from writethru.formats.newsmlg2.elements import role
from writethru.records import ItemNote

_PRIVATE = re.compile(r"non-?public|private|internal", re.I)
_PARTED = ("np-public", "np-nonpublic")
_CLOSING = "closingline"


class Notes:
    """The notes read so far, as the `Item` has them: `edNote[2]`, `edNote[3].nonpublic` where the item says that it is not public."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[ItemNote] = []

    def read(self, element: Element) -> None:
        """Read an `edNote`. Raises `ParseError` (`too_deep`)."""
        kind = role(element)
        constraint = element.get("pubconstraint") or element.get("pubconstrainturi")
        private = bool(constraint and _PRIVATE.search(constraint))
        if len(element) and self._parted(element, kind, private):
            return
        self._add(lines(element), kind, private)

    def _parted(self, element: Element, kind: str | None, private: bool) -> bool:
        """dpa's notepad: a section for readers, one for editors alone, and the closing line, which is a note of its own already."""
        holder = element[0] if len(element) == 1 else element
        parts = [(part, part.get("class") or "") for part in holder]
        if not any(classes in _PARTED for _, classes in parts):
            return False
        for part, classes in parts:
            text = "" if local(part) == "header" else markup.from_tree(part)
            if _CLOSING not in classes:
                self._add(text, kind, private or bool(_PRIVATE.search(classes)))
            elif all(note.text != text for note in self.found):
                self._add(text, _CLOSING, private)
        return True

    def _add(self, text: str, kind: str | None, private: bool) -> None:
        if text:
            self.found.append(ItemNote(f"edNote[{len(self.found)}]{'.nonpublic' if private else ''}", text, kind))
