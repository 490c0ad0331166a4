"""What a feed of headlines alone sends again hours later under the very same words, without any mark. Pure.

Services that publish to the web update their stories so. Most of what comes under one headline is a retelling, though: an agency's other
services follow within minutes, under ids of their own (Reuters titles: 1 in 100 of those within the hour is the next version, 4 in 10 of
those after four hours). Where there are texts they tell more: the same text again is a copy, whose relation threading finds.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from writethru.stories.chain import Story, Version
from writethru.stories.keys import DAY, HOUR

LATER: Final = 4 * HOUR
"""Before that it is a retelling."""
SPAN: Final = DAY
"""From the story's first version on: the same headline tomorrow is tomorrow's report."""
STANDING: Final = 5
"""A headline told so often is a standing one (tables, press digests, diaries): every telling is another day's or hour's."""
HOLDS: Final = 0.4
SECOND: Final = round((1 - HOLDS) * HOLDS, 2)
"""The telling before the last, where it is not the last."""


def stories_of(new: Version, body: str, worded: Iterable[Version]) -> tuple[Story, ...]:
    """The stories of which a plain item may be the next version, among those with the very same words: that of the last telling before it
    first. None where it follows one so soon that it tells it again, under a standing headline, and where it has a `body`."""
    if body or new.time is None or new.slug:
        return ()
    # The words as they stand: another service has another house style.
    alike = [known for known in worded if known.headline == new.headline]
    told = [known for known in alike if known.time is not None and known.at <= new.at]
    if len(alike) >= STANDING or any(new.at - known.at < LATER for known in told):
        return ()
    tellings = sorted([known for known in told if _goes_unmarked(known.story, new.time)], key=_telling, reverse=True)
    return tuple(dict.fromkeys([known.story for known in tellings]))


def _telling(known: Version) -> tuple[int, str]:
    return known.at, known.id


def _goes_unmarked(story: Story, time: int) -> bool:
    if story.status != "usable" or story.lone or story.first is None or abs(time - story.first) > SPAN:
        return False
    return all(not version.marked and not version.slug and version.action != "alert" for version in story.versions)
