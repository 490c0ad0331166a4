"""Kills and the copy beneath them: whether a headline's tag withdraws at all, and whether the copy is the notice or what it kills."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from writethru.wire.marks import Mark

_ITEM = r"(?:story|item|report|article|copy|headline|alert|dispatch|text|version|Meldung)"
_NOTICE = re.compile(
    rf"\b{_ITEM}\b[^\n]{{0,200}}?\b(?:is|was|are|were|be|been|being)\s(?:hereby\s)?(?:withdrawn|killed|retracted)\b|"
    rf"\b(?:withdraws?|withdrawn|withdrew|retracts|kills)\s(?:the|this|its|that)\s[^\n]{{0,40}}?\b{_ITEM}\b|"
    rf"\bplease\s(?:disregard|kill|withdraw)\b|\b(?:should|must)\snot\sbe\sused\b|\bdo\snot\suse\b|\b(?:kill|withdrawal)\snotice\b|"
    r"^(?:KILL KILL KILL|(?:BULLETIN|MANDATORY) KILL|STORY WITHDRAWN)\b",
    re.IGNORECASE | re.MULTILINE,
)
_WITHDRAWN = re.compile(r"\bwithdrawn\b|\bdisregard\b", re.IGNORECASE)
_SHORT = 40
"""Words; a story that withdraws itself is told in fewer, and one that is news in more."""
_OPENING = 800
"""Characters within which a notice says that it is one."""


def supported(copy: str, notes: Iterable[str]) -> bool:
    """Whether the item agrees with a headline tag that withdraws: no real copy, or a notice in copy or notes."""
    return notice(copy) or any(_NOTICE.search(note) or _WITHDRAWN.search(note) for note in notes)


def notice(copy: str) -> bool:
    """Whether `copy` is no story: too short for one, or says it is withdrawn."""
    return len(copy.split()) < _SHORT or bool(_NOTICE.search(copy[:_OPENING]))


def worded(marks: Sequence[Mark], copy: str) -> bool:
    """Whether the copy of a kill is the kill's own words. Under a status, a signal or a note it is the killed story, sent once more."""
    kills = [mark.evidence for mark in marks if mark.kind.action == "kill"]
    if any(one.rule in ("status", "signal") for one in kills):
        return False
    if any(one.field == "body" or (one.rule == "mark_line" and one.field == "headline") for one in kills):
        return True
    return any(one.field in ("headline", "slug") for one in kills) and notice(copy)
