"""Running numbers (`a0713`, `dpa 157`): which item one means that starts again every day. Pure.

A number is carried by an item and referred to by others: a lead names the transmission that it replaces, a kill what it takes back. It
means what carried it last before, and no more than most of a day back: then the next day's item may carry it already.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from writethru.stories.chain import Story, Version
from writethru.stories.keys import FRESH, HOUR
from writethru.stories.standing import CONTROLS

HOLDS: Final = FRESH
"""How long after the item a number still means it. Longer, and a lead whose own base comes late would join yesterday's story."""
RULES: Final = 36 * HOUR
"""The same for a kill, hold or release, which must not miss: where nothing nearer carries the number."""
EARLY: Final = 8 * HOUR
"""How far the reference may seem to lie before what it refers to, where nothing before it carries the number: naive times, other zones."""
BESIDE: Final = 12 * HOUR
"""How far apart two may lie that refer to one number which no item is known to carry."""
DEPTH: Final = 32
"""So many of the newest items are kept behind one number: a feed that numbers everything alike must not cost by the square."""


def is_number(name: str) -> bool:
    """Of a version's names, whether it is a number that it carries (`=#`) or refers to (`~#`)."""
    return name[1:2] == "#"


class Numbers:
    """Who carries a number and who refers to it, in order of arrival."""

    def __init__(self) -> None:
        self._behind: dict[str, tuple[Version, ...]] = {}

    def add(self, name: str, version: Version) -> None:
        self._behind[name] = (*self._behind.get(name, ())[1 - DEPTH :], version)

    def meant(self, number: str, new: Version, control: bool, clock: int) -> Iterator[Story]:
        """The story of what `new` refers to by a number (`#a0713`); where nothing known carries it, those that refer to it too."""
        carrier = self._carrier(number, new, RULES if control else HOLDS, clock)
        if carrier is not None:
            yield carrier.story
            return
        for other in self._behind.get("~" + number, ()):
            within = RULES if control or _rules(other) else BESIDE
            if _apart(other, new, within, clock):
                yield other.story

    def referring(self, number: str, new: Version, clock: int) -> Iterator[Story]:
        """The stories that wait for `new`, which carries the number: their reference was to nothing known, or it is a kill or hold."""
        for other in self._behind.get("~" + number, ()):
            within = RULES if _rules(other) else HOLDS
            if not _follows(new, other, within, clock):
                continue
            known = self._carrier(number, other, within, clock)
            if known is None or (_rules(other) and _far(new, other) <= _far(known, other)):
                yield other.story

    def _carrier(self, number: str, referring: Version, within: int, clock: int) -> Version | None:
        carriers = self._behind.get("=" + number, ())
        meant = [known for known in carriers if known is not referring and _follows(known, referring, within, clock)]
        return min(meant, key=lambda known: (_far(known, referring), known.id), default=None)


def _far(carrier: Version, referring: Version) -> tuple[bool, int]:
    """What came before is nearer than anything that came after."""
    return carrier.at > referring.at, abs(carrier.at - referring.at)


def _rules(version: Version) -> bool:
    return version.action in CONTROLS


def _follows(carrier: Version, referring: Version, within: int, clock: int) -> bool:
    """Whether the reference came after what carries the number, by agency time; where one is unknown, whether both are recent."""
    if carrier.time is None or referring.time is None:
        return _recent(carrier, referring, within, clock)
    return -EARLY <= referring.time - carrier.time <= within


def _apart(one: Version, other: Version, within: int, clock: int) -> bool:
    if one.time is None or other.time is None:
        return _recent(one, other, within, clock)
    return abs(one.time - other.time) <= within


def _recent(one: Version, other: Version, within: int, clock: int) -> bool:
    return all(clock - version.story.touched <= within for version in (one, other) if version.story.versions)
