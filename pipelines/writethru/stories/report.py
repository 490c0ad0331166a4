"""A chain as the Story record that leaves.

It shows no headline that may not be told: none of a story that is killed or withheld, and none of a version under embargo, whatever the
clock says. The article's record carries that headline beside its mark (`embargo`, `embargoedUntil`); this one has no mark to carry it with.
"""

from __future__ import annotations

from datetime import datetime, timezone
from functools import lru_cache

from writethru.records import Story as StoryRecord
from writethru.records import StoryStatus, StoryVersion
from writethru.stories.assemble import Told, assemble
from writethru.stories.chain import Absorbed, Shown, Story, Version
from writethru.stories.copies import kept
from writethru.stories.parts import present

NEWEST = 100
_STATUS: dict[Shown, StoryStatus] = {"usable": "current", "withheld": "withheld", "canceled": "killed"}


def story_record(agency: str, story: Story) -> StoryRecord:
    """The story's present state. Headlines of what is killed, withheld or under embargo are empty."""
    open_ = story.status == "usable"
    skipped = max(0, len(story.versions) - NEWEST)
    current = story.current
    told = assemble(present(story.versions), kept) if open_ else Told()
    return StoryRecord(
        id=story.id,
        rev=story.rev,
        agency=agency,
        status=_STATUS[story.status],
        current=None if current is None or story.status == "canceled" else current.id,
        headline=_headline(current) if current is not None and open_ else "",
        slug=story.slugline,
        language=story.language,
        versions=tuple(
            [
                StoryVersion(
                    id=version.id,
                    uri=version.uri,
                    version=version.version,
                    position=position,
                    action=version.act,
                    ordinal=version.ordinal,
                    time=stamp(version.time),
                    headline=_headline(version) if open_ else "",
                )
                for position, version in enumerate(story.versions[skipped:], story.shed + skipped + 1)
            ]
        ),
        count=story.shed + len(story.versions),
        first_seen=stamp(story.first),
        last_seen=stamp(story.last),
        parts=told.parts,
        text=told.text,
        lacks=told.lacks,
    )


def _headline(version: Version) -> str:
    return "" if version.embargoed else version.headline


def merged_record(agency: str, absorbed: Absorbed) -> StoryRecord:
    """The last word under an id that was merged away."""
    return StoryRecord(
        id=absorbed.id,
        rev=absorbed.rev,
        agency=agency,
        status="superseded",
        current=None,
        headline="",
        slug=absorbed.slugline,
        language=absorbed.language,
        versions=(),
        count=0,
        first_seen=stamp(absorbed.first),
        last_seen=stamp(absorbed.last),
        merged_into=absorbed.into,
    )


def stamp(time: int | None) -> str | None:
    """Milliseconds -> RFC 3339 in UTC, with milliseconds where there are any."""
    if time is None:
        return None
    seconds, thousandths = divmod(time, 1000)
    minutes, second = divmod(seconds, 60)
    moment = f"{_minute(minutes)}:{second:02d}"
    return f"{moment}.{thousandths:03d}Z" if thousandths else moment + "Z"


@lru_cache(maxsize=4096)
def _minute(minutes: int) -> str:
    return datetime.fromtimestamp(minutes * 60, timezone.utc).strftime("%Y-%m-%dT%H:%M")
