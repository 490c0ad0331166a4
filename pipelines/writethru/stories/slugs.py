"""Which of the stories under one slug an item belongs to: the same slug tomorrow is another story. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from writethru.records import Action, Link, Second
from writethru.stories import keys, redact
from writethru.stories.chain import Story, Version
from writethru.stories.facts import Facts
from writethru.stories.keys import HOUR
from writethru.stories.times import apart, is_substitute, near, opened_later

CYCLE: Final = 9 * HOUR
"""From here a lower ordinal, or the morning's copy after the evening's, is the next day's."""
ANEW: Final = 12 * HOUR
"""From here the same ordinal is. Sooner it is sent twice (28 of 35 AP groups hold one ordinal twice)."""
RECENT: Final = 40
"""So many of a story's versions are asked for their ordinals."""
LONGEST: Final = 80
"""Characters of a slug that a link shows."""
_FIXES: frozenset[Action] = frozenset({"correction", "refile", "repeat", "clarification"})


def found(
    opened: Iterable[Story], new: Version, told: Facts, clock: int, kindred: Callable[[Story], bool]
) -> tuple[list[Story], Link] | None:
    """The story that the item joins, and those that it proves to be the same; `kindred` is whether a story has a word of the headline."""
    holding = [story for story in opened if _holds(story, new, told, clock, kindred)]
    if not holding:
        return None
    holding.sort(key=lambda story: _rank(story, new), reverse=True)
    best, *others = holding
    same = [] if told.control else [other for other in others if _one_run(best, other)]
    score = _score(best, new)
    second = next((Second(other.id, round(1 - score, 2)) for other in others if other not in same), None)
    return [best, *same], Link("slug", score, (told.slug.key[:LONGEST],), second)


def _holds(story: Story, new: Version, told: Facts, clock: int, kindred: Callable[[Story], bool]) -> bool:
    time = new.time
    if not near(story, time, clock, keys.RUNNING):
        return False
    if told.control:
        return True
    if told.marked:
        return not (_opened_anew(story, new) or _is_next_day(story, new, told.slug.cycle))
    if is_substitute(story, time):
        return False
    # The base of a lead that came first: in its own order the lead would have joined it by the slug alone.
    if opened_later(story, new):
        return not _is_next_day(story, new, told.slug.cycle)
    # A story that is known from a lead on began before it.
    fresh = ANEW if story.versions[0].marked else keys.FRESH
    if time is not None and story.first is not None and abs(time - story.first) > fresh:
        return False
    if _is_next_day(story, new, told.slug.cycle):
        return False
    # In a cycle's copy the keyword is the story's own name, to be repeated exactly; elsewhere it may be a subject.
    return bool(told.slug.cycle) or kindred(story)


def _opened_anew(story: Story, new: Version) -> bool:
    """Whether the story begins, long after the item, with what would not have joined the item's."""
    opening = story.versions[0]
    return not opening.marked and new.time is not None and opening.time is not None and opening.time - new.time > keys.FRESH


def _rank(story: Story, new: Version) -> tuple[bool, int, int]:
    away = apart(story, new.time)
    counts = (
        new.ordinal is not None and away <= CYCLE and any(one.series == new.series for one in story.versions if one.ordinal is not None)
    )
    return counts, -away, story.opened


def _score(story: Story, new: Version) -> float:
    last = max((one.ordinal or 0 for one in story.versions if one.ordinal is None or one.series == new.series), default=0)
    return 0.95 if new.ordinal == last + 1 else 0.9


def _one_run(one: Story, other: Story) -> bool:
    """Whether of two stories that both hold an item the later goes on with the earlier: it opened with an update, its base not seen."""
    earlier, later = sorted((one, other), key=lambda story: (story.first or 0, story.opened))
    if not later.versions[0].marked or later.versions[0].role == "control":
        return False
    cycles = {version.id: _cycle(version) for version in later.versions[-RECENT:]}
    return not any(_is_next_day(earlier, version, cycles[version.id]) for version in later.versions[-RECENT:])


def _is_next_day(story: Story, new: Version, cycle: str) -> bool:
    """Whether ordinals or cycles start again between the two, whichever came first."""
    if new.time is None or story.first is None or story.last is None:
        return False
    if abs(new.time - story.first) <= CYCLE and abs(story.last - new.time) <= CYCLE:
        return False
    return any(_starts_again(*pair) for pair in _in_time(story, new)) or (bool(cycle) and _turns(story, new, cycle))


def _in_time(story: Story, new: Version) -> Iterator[tuple[Version, Version, int]]:
    """(the earlier, the later, ms between) of the item and each version that has a time."""
    for known in story.versions[-RECENT:]:
        if known.time is not None and new.time is not None:
            first, second = (known, new) if known.time <= new.time else (new, known)
            yield first, second, abs(known.time - new.time)


def _starts_again(earlier: Version, later: Version, ms: int) -> bool:
    if earlier.ordinal is None or later.ordinal is None or earlier.series != later.series:
        return False
    fixes = later.action in _FIXES
    if later.ordinal == earlier.ordinal:
        return ms > (keys.FRESH if fixes else ANEW)
    return later.ordinal < earlier.ordinal and ms > (ANEW if fixes else CYCLE)


def _turns(story: Story, new: Version, cycle: str) -> bool:
    """Whether one is copy for evening papers (`PM-`) and comes well after the other, which is for morning papers: PM and AM copy of one
    day is one story, in this order."""
    for earlier, later, ms in _in_time(story, new):
        if ms > CYCLE:
            cycles = (cycle, _cycle(later)) if earlier is new else (_cycle(earlier), cycle)
            if cycles == ("am", "pm"):
                return True
    return False


def _cycle(version: Version) -> str:
    return keys.slug(redact.slugline(version)).cycle if version.slug else ""
