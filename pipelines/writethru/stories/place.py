"""What a version is beside the others of its chain: the same again, an update, after a gap. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from writethru.records import Action
from writethru.stories import keys, redact, standing
from writethru.stories.chain import Version

_DISTINCT: frozenset[Action] = frozenset({"kill", "withhold", "release", "correction", "refile", "clarification"})
"""Actions that say that something differs from what went before, if only its standing."""


def same_again(versions: Iterable[Version], new: Version) -> Version | None:
    """The version that the new one sends again: same item and version, or same ordinal and the same text.

    What the provider numbers as the item's next version is that, whatever its text; what says that it holds, corrects or refiles is no
    more than the same again only beside another that says so.
    """
    for version in versions:
        if version.role in ("control", "repeat") or (version.action != new.action and new.action in _DISTINCT):
            continue
        same_item = new.item and version.item == new.item and version.version is not None and new.version is not None
        if same_item and version.version == new.version:
            return version
        if same_item and new.action != "repeat":
            continue
        if version.digest == new.digest and version.ordinal == new.ordinal and version.series == new.series:
            return version
    return None


def act(versions: Sequence[Version], new: Version) -> Action:
    """What the version at its place does to its story: a plain item that follows another version of itself, under the same guid, item id
    or serial, updates it, unless that was the alert it grew from."""
    if new.role == "repeat":
        return "repeat"
    if new.action != "new":
        return new.action
    names = {name for name in new.names if name.startswith(_ITEM)}
    if not new.item and not names:
        return new.action
    for version in versions:
        if version is new:
            break
        if version.role == "control" or version.action == "alert":
            continue
        if (new.item and version.item == new.item) or not names.isdisjoint(version.names):
            return "update"
    return new.action


_ITEM = ("i:", "s:")
"""How names begin that an item has over all its versions."""


def recount(versions: Sequence[Version], at: int) -> None:
    """What comes late at this place is from now on what later versions of its text repeat, each unless it is a version by itself."""
    late = versions[at]
    for index in range(at + 1, len(versions)):
        later = versions[index]
        if later.digest != late.digest or later.role == "control":
            continue
        again = same_again(versions[:index], later)
        if again is not None and again.digest == later.digest:
            later.role = "repeat"
        elif later.role == "repeat":
            later.role = redact.role_of_text(later)


def retell(versions: Sequence[Version], at: int) -> None:
    """What a late version and those behind it do to their story, now that it is known. Their own records told what was known before."""
    if at == len(versions) - 1:
        return
    lifting = standing.lifting(versions) if any(version.action == "withhold" for version in versions) else ()
    for later in versions[at:]:
        if later in lifting and later.action not in standing.CONTROLS:
            told: Action = "release"
        elif later.act in _BY_PLACE or (later.act == "release" != later.action):
            told = act(versions, later)
        else:
            continue
        if told != later.act:
            if later is not versions[at]:
                redact.pin_place(later)
            later.act = told


_BY_PLACE: frozenset[Action] = frozenset({"new", "update", "repeat"})
"""Acts that the place may have given, as it gives a release; the others are said by marks."""


def gap(versions: Iterable[Version], new: Version) -> int:
    """How many versions are known to exist before `new` and were never seen: by its ordinal, else by the counter of its uri.

    An update 3 says that there were a base and two updates. Numbers past 99 are taken for no counter.
    """
    others = [version for version in versions if version is not new]
    if new.ordinal is not None:
        seen = {version.ordinal for version in others if version.series == new.series and version.ordinal is not None}
        roundup = new.series == keys.ROUNDUPS
        first = keys.lowest(new.series, new.story.language)
        if any(version.ordinal is None and version.role != "control" and (version.action == "roundup") >= roundup for version in others):
            seen.add(first)
        return sum(1 for ordinal in range(first, min(new.ordinal, 100)) if ordinal not in seen)
    if new.number is not None and new.number <= 99 and new.item:
        # A provider whose guid holds the version gives every version one of its own: its serial is what they share.
        serials = {name for name in new.names if name.startswith("s:")}
        counted = {version.number for version in others if version.item == new.item or not serials.isdisjoint(version.names)}
        return sum(1 for number in range(1, new.number) if number not in counted)
    return 0
