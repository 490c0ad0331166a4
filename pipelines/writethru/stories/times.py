"""What agency times say of an item and a story: how far apart, and which came first. Pure."""

from __future__ import annotations

from writethru.stories.chain import Story, Version


def apart(story: Story, time: int | None) -> int:
    """Agency time between an article and a story's span, ms; 0 inside it and where either is unknown."""
    if time is None or story.first is None or story.last is None:
        return 0
    return max(story.first - time, time - story.last, 0)


def near(story: Story, time: int | None, clock: int, within: int) -> bool:
    """Whether agency times allow the tie; where one is unknown, whether the story was touched so recently that the name still holds."""
    if time is None or story.last is None:
        return clock - story.touched <= within
    return apart(story, time) <= within


def is_substitute(story: Story, time: int | None) -> bool:
    """Whether a plain item under the name of a killed story is the story sent in its stead: it is dated after the kill."""
    killed = story.killed_at if story.status == "canceled" else None
    return killed is not None and time is not None and time > killed


def opened_later(story: Story, new: Version) -> bool:
    """Whether the story begins with what says itself that something went before, and no earlier than the new item."""
    opening = story.versions[0]
    return opening.marked and new.time is not None and opening.time is not None and new.time <= opening.time
