"""All marks of an item, from every place, to one verdict. The places often disagree: Reuters' slug says `(UPDATE 1, CORRECTED)` where the
headline says `REFILE-`. The gravest action wins, the highest number of a counter, and True over False for completeness unless the copy is
one of several takes; every disagreement is told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from writethru.records import ACTIONS, Action, Conflict, Ordinals
from writethru.wire.marks import Mark

_RANK: dict[Action, int] = {action: rank for rank, action in enumerate(ACTIONS)}


class Verdict(NamedTuple):
    action: Action
    ordinal: int | None
    ordinals: Ordinals
    complete: bool | None
    replaces: tuple[str, ...]
    urgency: int | None
    labels: tuple[str, ...]
    conflicts: tuple[Conflict, ...] = ()


_UNCOUNTED = Ordinals()
_UNMARKED = Verdict("new", None, _UNCOUNTED, None, (), None, ())


def reconcile(marks: Iterable[Mark], warnings: list[str]) -> Verdict:
    """The verdict over `marks`; two numbers for one counter give the warning `ordinals_differ:COUNTER` beside the conflict."""
    marks = tuple(marks)
    if not marks:
        return _UNMARKED
    action: Action = "new"
    numbers: dict[str, set[int]] = {}
    whole: set[bool] = set()
    takes = False
    urgencies: list[int] = []
    replaces: dict[str, None] = {}
    labels: dict[str, None] = {}
    version = False
    for evidence, (said, counter, complete, urgency), number, ref in marks:
        rule = evidence.rule
        if counter and number:  # `UPDATE 0-` is a mark, and its nought no number
            numbers.setdefault(counter, set()).add(number)
        if complete is not None:
            whole.add(complete)
            takes = takes or rule in ("slug_takes", "slug_add")
        if said is not None and rule != "urgency":
            version = True
            if _RANK[said] < _RANK[action]:
                action = said
        if urgency is not None:
            urgencies.append(urgency)
        if ref and rule in ("replaces", "kill_target"):
            replaces[ref] = None
        elif ref and rule == "genre":
            labels[ref] = None
    if not version and any([mark.evidence.rule == "urgency" for mark in marks]):
        action = "alert"
    ordinals, ordinal = _UNCOUNTED, None
    conflicts: list[Conflict] = []
    if numbers:
        ordinals, ordinal = _counted(tuple([(counter, max(found)) for counter, found in numbers.items()]))
        differing = [(counter, max(found)) for counter, found in numbers.items() if len(found) > 1]
        conflicts += [_conflict(f"ordinals.{counter}", marks, counter, str(highest)) for counter, highest in differing]
        warnings += [f"ordinals_differ:{counter}" for counter, _ in differing]
    complete = False if takes else True if True in whole else False if whole else None
    if len(whole) > 1:
        told = tuple(_says(str(mark.kind.complete).lower(), mark) for mark in marks if mark.kind.complete is not None)
        conflicts.append(Conflict("complete", told, str(complete).lower(), "takes" if takes else "whole"))
    if len(marks) > 1 and action not in ("new", "update"):
        conflicts += _actions(marks, action)
    return Verdict(action, ordinal, ordinals, complete, tuple(replaces), min(urgencies, default=None), tuple(labels), tuple(conflicts))


@lru_cache(maxsize=4096)
def _counted(numbers: tuple[tuple[str, int], ...]) -> tuple[Ordinals, int | None]:
    """The numbers by their counters, and the one that is the item's ordinal."""
    ordinals = Ordinals(**dict(numbers))
    # `WRAPUP 2-UPDATE 1-`: the wrapup is a story of its own, which absorbed the update.
    return ordinals, next((number for number in (ordinals.lead, ordinals.wrapup, ordinals.update) if number is not None), None)


def _conflict(what: str, marks: Sequence[Mark], counter: str, taken: str) -> Conflict:
    said = tuple(_says(str(mark.number), mark) for mark in marks if mark.kind.counter == counter and mark.number is not None)
    return Conflict(what, said, taken, "highest")


def _actions(marks: Sequence[Mark], action: Action) -> list[Conflict]:
    """The conflict over the action, if there is one: each place (headline, slug, note, code) speaks with its own gravest mark. A number
    (`UPDATE 2-`) and a clause (`ADDS quotes`) tell that the story goes on, not that nothing else was done to it: they contradict nobody."""
    places: dict[str, Mark] = {}
    for mark in marks:
        said, rule = mark.kind.action, mark.evidence.rule
        if said is None or rule == "urgency":
            continue
        if said == "update" and (mark.number is not None or rule.startswith(("note_", "slug_", "replaces", "link"))):
            continue
        first = places.get(mark.evidence.field)
        if first is None or _RANK[said] < _RANK[first.kind.action or "new"]:
            places[mark.evidence.field] = mark
    if len({mark.kind.action for mark in places.values()}) < 2:
        return []
    return [Conflict("action", tuple(_says(str(mark.kind.action), mark) for mark in places.values()), action, "gravest")]


def _says(value: str, mark: Mark) -> str:
    """`2 (slug_bracket, slug)`: the value, the rule, the field."""
    return f"{value} ({mark.evidence.rule}, {mark.evidence.field})"
