"""One version of a story as its sender holds it, and how the sender's habit marks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tests.wireload.roster import Sender

Kind = Literal["new", "alert", "update", "correction", "kill", "take"]

NOTES = {
    "update": "UPDATES with details in paras 3-5; ADDS quotes",
    "correction": "CORRECTS number in 2nd graf",
    "kill": "This story is withdrawn. Please do not use.",
}
ORDINALS = ("", "1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th")


@dataclass(frozen=True, slots=True)
class Copy:
    """One version as its sender holds it. `serial` names the story among the sender's, `item` counts what was sent of it (a kill repeats
    the number of what it kills), `version` what was sent under one id, `ordinal` the updates. Times are UTC."""

    sender: Sender
    language: str
    headline: str
    paragraphs: tuple[str, ...]
    place: str
    reporter: str
    slug: str
    serial: str
    item: int
    version: int
    ordinal: int
    kind: Kind
    first: datetime
    created: datetime
    embargo: datetime | None = None

    @property
    def uri(self) -> str:
        return self.uri_of(self.item)

    def uri_of(self, item: int) -> str:
        """The id of what was sent as number `item` of the story."""
        return f"{self.sender.guid or f'tag:{self.sender.key}.example,2026:'}{self.serial}{self.letter(item)}"

    def letter(self, item: int) -> str:
        return "" if self.sender.habit == "guid" else f"x{item}"

    @property
    def previous(self) -> str | None:
        """The id of the item this one takes the place of, where it has another."""
        return self.uri_of(self.item - 1) if self.sender.habit in ("update", "uv") and self.item > 1 and self.kind != "kill" else None

    @property
    def marked_slug(self) -> str:
        if self.sender.habit == "tail" and self.ordinal:
            return f"{self.slug},{ORDINALS[self.ordinal] if self.ordinal > 1 else ''}lead"
        if self.sender.habit == "uv" and self.ordinal:
            return f"{self.slug.lower().replace(' ', '-')}UV{self.ordinal}"
        if self.sender.habit == "update" and self.ordinal:
            return f"{self.slug.upper().replace(' ', '-')}/ (UPDATE {self.ordinal})"
        if self.sender.habit == "update":
            return f"{self.slug.upper().replace(' ', '-')}/"
        return self.slug.lower().replace(" ", "-") if self.sender.habit == "uv" else self.slug

    @property
    def marked_headline(self) -> str:
        if self.sender.habit != "update":
            return self.headline
        number = f"UPDATE {self.ordinal}-" if self.ordinal else ""
        return ("CORRECTED-" if self.kind == "correction" else "") + number + self.headline

    @property
    def note(self) -> str | None:
        return NOTES.get(self.kind)

    @property
    def status(self) -> str:
        return "canceled" if self.kind == "kill" else "usable"

    @property
    def urgency(self) -> int:
        return 2 if self.kind == "alert" else 4


def stamp(time: datetime) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")
