"""Whether a story stands, is held or killed, as its versions in true order say, and what that makes of its members.

A hold suspends until release. Words that hold ("HOLD HOLD HOLD") are taken back by words; the status of an item is taken back by the
status of its next version too, since a status is the item's and its newest version's is the one that counts (NewsML-G2, ninjs).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from writethru.records import Action, Article
from writethru.stories import redact
from writethru.stories.chain import Shown, Story, Version
from writethru.stories.copies import Copies
from writethru.stories.parts import needed, present
from writethru.stories.pieces import Place

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
        standing = _after(version, standing)
    return standing


def lifting(versions: Sequence[Version]) -> list[Version]:
    """The versions that lift the last of the holds before them."""
    found, standing = [], list[Version]()
    for version in versions:
        before, standing = standing, _after(version, standing)
        if before and not standing:
            found.append(version)
    return found


def _after(version: Version, standing: list[Version]) -> list[Version]:
    """The holds that stand after the version, of those before it."""
    if version.action == "withhold":
        return [*standing, version]
    if not standing or version.action == "release":
        return []
    if not version.item or version.version is None:
        return standing
    return [hold for hold in standing if not _usable_again(version, hold)]


def _usable_again(version: Version, hold: Version) -> bool:
    return hold.sealed and hold.item == version.item and _is_later(version, hold)


def _is_later(version: Version, hold: Version) -> bool:
    """Whether the agency says so: a hold is not lifted by what merely came after it."""
    if version.version == hold.version:
        return False
    if version.number is not None and hold.number is not None:
        return version.number > hold.number
    return version.time is not None and hold.time is not None and version.time > hold.time


def rule(version: Version, story: Story, after: list[Article]) -> None:
    """What a version makes of the standing of its story. The members it changes are appended to `after` as they stand then."""
    if version.action == "release":
        story.imposed = 0
    if version.action in CONTROLS or story.status != "usable":
        _show(story, status(story), version, after)


def impose(control: Version, story: Story, after: list[Article], new: Version | None = None) -> None:
    """What a kill, hold or release makes of a story that it names and does not stand in; `new` is a member that comes just now."""
    if control.action == "withhold":
        story.imposed = control.seq
    elif control.action == "release":
        story.imposed, story.freed = 0, control.seq
    _show(story, "canceled" if control.action == "kill" else status(story), new, after)


def carry(gone: Sequence[Version], story: Story) -> None:
    """Keeps the holds standing that are among the oldest versions, which the story has forgotten."""
    forgotten = set(gone)
    for hold in holds([*gone, *story.versions]):
        if hold in forgotten and hold.seq > story.freed:
            story.imposed = max(story.imposed, hold.seq)


def held_copy(article: Article) -> bool:
    """Whether a hold comes with a text, which may be the one that it holds."""
    return article.wire.action == "withhold" and bool(article.body) and not article.wire.kill_targets


def unveil(proven: Iterable[Version], after: list[Article]) -> None:
    """Sends the text of what was taken for a note, where nothing holds it any more."""
    for version in proven:
        if version.story.status == "usable" and version.shown == "withheld":
            _change(version, "usable", after)


def kill(story: Story, after: list[Article]) -> None:
    """What the kill of the same text in another story makes of this one."""
    _show(story, "canceled", None, after)


def inherit(story: Story, absorbed: Story, after: list[Article]) -> None:
    """What a story that has taken in another makes of the members of both: a kill or hold of either holds for all."""
    _show(story, "canceled" if absorbed.status == "canceled" else status(story), None, after)
    now = needed(present(story.versions), story.current)
    for version in story.versions:
        _let_go(version, now)


def _show(story: Story, standing: Shown, cause: Version | None, after: list[Article]) -> None:
    story.status = standing
    for member in story.versions:
        if standing == "canceled":
            member.copy, member.headline = None, ""
            redact.bare_place(member)
        if member is cause:
            member.shown = standing
        elif member.shown != standing and not (standing == "usable" and member.role == "control"):
            _change(member, standing, after)


def _change(member: Version, standing: Shown, after: list[Article]) -> None:
    member.shown = standing
    member.rev += 1
    redact.unpin_place(member)
    after.append(redact.resent(member))


def keep_copy(article: Article, version: Version, where: Place | None, before: Iterable[Version], copies: Copies) -> None:
    """Keeps the text of what is current, a part of the present text, or held, and lets go those that were needed `before`, unless a hold
    has sent them again: then the release must be able to as well. `where` is the part's place."""
    story = version.story
    now = needed(present(story.versions), story.current)
    held = (story.status == "withheld" and version.role != "control") or held_copy(article)
    if version.shown != "canceled" and (held or version in now):
        copies.keep(version, article.article, where)
    for other in before:
        _let_go(other, now)


def _let_go(version: Version, now: Sequence[Version]) -> None:
    if version.rev == 1 and version.action != "withhold" and version.story.status == "usable" and version not in now:
        version.copy = None
