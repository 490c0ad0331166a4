"""What has been read of one NewsML 1 item so far, and of the envelope around it."""

from __future__ import annotations

from typing import Any, NamedTuple

from writethru.formats.elements import Element, words
from writethru.formats.values import Bad, urgency
from writethru.records import ItemLink, ItemNote


class Topic(NamedTuple):
    """A thing that the document's own vocabulary names; `kind` is the provider's word for what it is."""

    name: str
    kind: str


class Envelope(NamedTuple):
    """What `NewsEnvelope` says of every item: the time of transmission as printed, its number, its priority, who sent it; and the topics
    of the document's vocabularies by their id."""

    sent: str | None
    number: str
    priority: int | str | None
    sender: str
    topics: dict[str, Topic]


class Reading:
    """`fields` are single values of the `Item` and of ninjs, `lists` what ninjs has lists for; `stem` is the item's id without revision,
    `parties` the names by the element they stand in."""

    __slots__ = ("envelope", "fields", "links", "lists", "notes", "parties", "seen", "signals", "stem", "warnings")

    def __init__(self, envelope: Envelope, warned: list[str]) -> None:
        self.envelope = envelope
        self.fields: dict[str, Any] = {}
        self.lists: dict[str, list[Any]] = {}
        self.seen: set[tuple[Any, ...]] = set()
        self.parties: dict[str, list[str]] = {}
        self.notes: list[ItemNote] = []
        self.signals: list[str] = []
        self.links: list[ItemLink] = []
        self.stem = ""
        self.warnings = list(warned)

    def add(self, key: str, **entry: str) -> None:
        """Adds an entry to a list, once, where it says anything."""
        if not all(entry.values()):
            entry = {name: value for name, value in entry.items() if value}
        mark = (key, *entry.items())
        if entry and mark not in self.seen:
            self.seen.add(mark)
            self.lists.setdefault(key, []).append(entry)

    def name(self, key: str, name: str, kind: str = "name") -> None:
        """The same of an entry with nothing but a name, as most have it, at half the price."""
        if name and (key, kind, name) not in self.seen:
            self.seen.add((key, kind, name))
            self.lists.setdefault(key, []).append({kind: name})

    def note(self, text: str, role: str) -> None:
        """Keeps a note to editors under the provider's name for it."""
        if text:
            self.notes.append(ItemNote(f"edNote[{len(self.notes)}]", text, role))


def formal(element: Element) -> str:
    """A value of a vocabulary: the attribute where the standard has it, or the text, where TASS puts its urgency."""
    return (element.get("FormalName") or words(element)).strip()


def rank(text: str) -> int | str | None:
    """An urgency as printed: a number from 1 to 9, or a letter. Raises `Bad` for anything else."""
    if not text:
        return None
    if text.isdecimal():
        return urgency(text)
    if len(text) > 20:
        raise Bad("no urgency")
    return text
