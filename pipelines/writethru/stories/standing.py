"""Whether a story stands, is held or killed, as its versions in true order say. Pure.

A hold suspends until release. Words that hold ("HOLD HOLD HOLD") are taken back by words; the status of an item is taken back by the
status of its next version too, since a status is the item's and its newest version's is the one that counts (NewsML-G2, ninjs).
"""

from __future__ import annotations

from collections.abc import Sequence

from writethru.records import Action
from writethru.stories.chain import Shown, Story, Version

CONTROLS: frozenset[Action] = frozenset({"kill", "withhold", "release"})
"""Actions that rule over a story instead of telling it."""


def status(story: Story) -> Shown:
    """The story's standing. Nothing undoes a kill."""
    if story.status == "canceled" or any(version.action == "kill" for version in story.versions):
        return "canceled"
    if story.imposed > story.freed or any(hold.seq > story.freed for hold in holds(story.versions)):
        return "withheld"
    return "usable"


def holds(versions: Sequence[Version]) -> list[Version]:
    """The holds that nothing after them lifted."""
    standing: list[Version] = []
    for version in versions:
        if version.action == "withhold":
            standing.append(version)
        elif standing and (version.action == "release" or _usable_again(version, standing)):
            standing = []
    return standing


def _usable_again(version: Version, standing: Sequence[Version]) -> bool:
    if not version.item or version.version is None or version.role == "repeat":
        return False
    return all(hold.sealed and hold.item == version.item and hold.version != version.version for hold in standing)
