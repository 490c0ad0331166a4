"""What has been read of the head of a NITF document."""

from __future__ import annotations

from typing import Any

from writethru.formats.values import folded
from writethru.records import ItemLink, ItemNote

_DEFAULTS = frozenset({"news", "current"})


class Reading:
    """What has been read of one item so far: `fields` are single texts, `lists` what ninjs has lists for."""

    __slots__ = ("_counts", "_seen", "fields", "links", "lists", "notes", "providers", "revisions", "signals", "warnings")

    def __init__(self, warned: list[str]) -> None:
        self.fields: dict[str, str] = {}
        self.lists: dict[str, list[dict[str, Any]]] = {}
        self.providers: list[str] = []
        self.notes: list[ItemNote] = []
        self.signals: list[str] = []
        self.links: list[ItemLink] = []
        self.revisions: list[str] = []
        self.warnings = list(warned)
        self._seen: set[tuple[Any, ...]] = set()
        self._counts: dict[str, int] = {}

    def set(self, key: str, value: str | None) -> None:
        """Keeps the first value that is one."""
        if value and not value.isspace():
            self.fields.setdefault(key, folded(value).strip())

    def add(self, key: str, entry: dict[str, Any]) -> None:
        """Keeps an entry that is new and says something."""
        same = (key, *entry.items())
        if entry and same not in self._seen:
            self._seen.add(same)
            self.lists.setdefault(key, []).append(entry)

    def note(self, field: str, text: str | None, role: str | None) -> None:
        """Keeps a note as the next of its field: `ed-msg[0]`, `ed-msg[1]`."""
        if text and not text.isspace():
            number = self._counts.get(field, 0)
            self._counts[field] = number + 1
            self.notes.append(ItemNote(f"{field}[{number}]", folded(text).strip(), role or None))

    def genre(self, name: str | None) -> None:
        """Keeps a genre that says something: what NITF's document type sets where the sender sets nothing says nothing."""
        if name and name.strip() and name.strip().lower() not in _DEFAULTS:
            self.add("genres", {"name": name.strip()})
