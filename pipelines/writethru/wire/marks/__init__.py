"""What a mark is: the common result of every reader of headlines, slugs, lines, notes and signals."""

from __future__ import annotations

from typing import Literal, NamedTuple

from writethru.records import Action, Evidence
from writethru.wire.text import Field

Counter = Literal["lead", "net", "update", "wrapup", "take"]


class Kind(NamedTuple):
    """What a mark means: its action, the counter its number belongs to, whether the item is the whole story, the urgency it implies."""

    action: Action | None = None
    counter: Counter | None = None
    complete: bool | None = None
    urgency: int | None = None


NOTHING = Kind()


class Mark(NamedTuple):
    """A mark found. `ref` is what the evidence's rule names: an id for `replaces` and `kill_target`, a label for `genre` and `desk`."""

    evidence: Evidence
    kind: Kind = NOTHING
    number: int | None = None
    ref: str | None = None


UPDATE = Kind("update", None, True)
"""A new version that is the whole story: it supersedes all earlier ones."""
PARTIAL = Kind("update", None, False)
"""A new version that is to be merged with the earlier ones: insert, sub."""
LEAD = Kind("update", "lead", True)
PARTIAL_LEAD = Kind("update", "lead", False)
"""AP's bare `nth Ld`: a new top for a story that goes on as before. 371 of 2,228 items of AP 1989 were leads, 359 of them writethrus."""
NET = Kind("update", "net", True)
ADD = Kind("update", "take", False)
KILL = Kind("kill")
WITHHOLD = Kind("withhold")
RELEASE = Kind("release")
CORRECTION = Kind("correction")
REFILE = Kind("refile")
CLARIFICATION = Kind("clarification")
REPEAT = Kind("repeat")
ADVISORY = Kind("advisory")
ROUNDUP = Kind("roundup", "wrapup", True)
FLASH = Kind("alert", None, None, 1)
ALERT = Kind("alert", None, None, 2)
URGENT = Kind("alert", None, None, 3)

KINDS: dict[str, Kind] = {
    "kill": KILL,
    "withhold": WITHHOLD,
    "release": RELEASE,
    "correction": CORRECTION,
    "refile": REFILE,
    "clarification": CLARIFICATION,
    "repeat": REPEAT,
    "advisory": ADVISORY,
    "flash": FLASH,
    "alert": ALERT,
    "urgent": URGENT,
    "roundup": Kind("roundup", None, True),
    "update": UPDATE,
    "partial": PARTIAL,
    "lead": LEAD,
    "net": NET,
    "counted_update": Kind("update", "update", True),
    "wrapup": ROUNDUP,
}
"""The names by which the table of agencies calls them."""


def uncounted(kind: Kind) -> Kind:
    """What a mark of this kind means whose series is not numbered: it counts in none."""
    return kind if kind.counter is None else Kind(kind.action, None, kind.complete, kind.urgency)


def take(
    field: Field, start: int, end: int, marks: list[Mark], rule: str, kind: Kind, number: int | None = None, ref: str | None = None
) -> int:
    """Notes the mark at [start, end) under the name of its rule; `end`. A kind whose series was not numbered here counts in none."""
    shown = field.trim(start, end)[1]
    marks.append(Mark(field.evidence(start, shown, rule), uncounted(kind) if number is None else kind, number, ref))
    return end
