"""All marks of an item, from every place, to one verdict. The places often disagree: Reuters' slug says `(UPDATE 1, CORRECTED)` where the
headline says `CORRECTED-` only. The gravest action wins, the highest number of a counter, and True over False for completeness unless
the copy is one of several takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from writethru.records import ACTIONS, Action, Ordinals
from writethru.wire.agencies import table
from writethru.wire.marks import Mark

_RANK: dict[Action, int] = {action: rank for rank, action in enumerate(ACTIONS)}
# `Please kill item dpa 157`, `Disregard a0713`; neither `killed at 9:05 a.m.` nor the word count of `BULLETIN KILL,55`.
_TARGET = re.compile(
    r"\b(?:kill|withdraw|disregard|eliminate)\b[^\n]{0,40}?(?:\b([a-z]\d{4})\b|"
    r"\b(item|story|report|copy|no\.?|nr\.?|number|nummer|meldung|[a-z]{2,8})\s?#?\s?(\d{1,5})\b(?![:.,]?\d|\s?[ap]\.?m\b))",
    re.IGNORECASE,
)
_NUMBERED = frozenset("item story report copy no no. nr nr. number nummer meldung".split())
_QUOTED = re.compile(r"[\"“«„]([^\"”»“„«\n]{6,200})[\"”»“]")


class Verdict(NamedTuple):
    action: Action
    ordinal: int | None
    ordinals: Ordinals
    complete: bool | None
    replaces: tuple[str, ...]
    urgency: int | None
    labels: tuple[str, ...]


_UNMARKED = Verdict("new", None, Ordinals(), None, (), None, ())


def reconcile(marks: Iterable[Mark], warnings: list[str]) -> Verdict:
    """The verdict over `marks`; two numbers for one counter give the warning `ordinals_differ:COUNTER`."""
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
    for mark in marks:
        kind = mark.kind
        rule = mark.evidence.rule
        if kind.counter and mark.number is not None:
            numbers.setdefault(kind.counter, set()).add(mark.number)
        if kind.complete is not None:
            whole.add(kind.complete)
            takes = takes or rule in ("slug_takes", "slug_add")
        version = version or (kind.action is not None and rule != "urgency")
        if kind.action and _RANK[kind.action] < _RANK[action] and rule != "urgency":
            action = kind.action
        if kind.urgency is not None:
            urgencies.append(kind.urgency)
        if mark.ref and rule == "replaces":
            replaces[mark.ref] = None
        elif mark.ref and rule == "genre":
            labels[mark.ref] = None
    if not version and any(mark.evidence.rule == "urgency" for mark in marks):
        action = "alert"
    warnings += [f"ordinals_differ:{counter}" for counter, found in numbers.items() if len(found) > 1]
    ordinals = Ordinals(**{counter: max(found) for counter, found in numbers.items()})
    ordinal = next((number for number in (ordinals.lead, ordinals.update, ordinals.wrapup) if number is not None), None)
    complete = False if takes else True if True in whole else False if whole else None
    return Verdict(action, ordinal, ordinals, complete, tuple(replaces), min(urgencies, default=None), tuple(labels))


def kill_targets(texts: Iterable[str], references: Iterable[str]) -> tuple[str, ...]:
    """What a kill names: running or transmission numbers (`Please kill item dpa 157`), headlines in quotation marks, and the `references`
    of its keyword line."""
    out: dict[str, None] = dict.fromkeys(references)
    for text in texts:
        for found in _TARGET.finditer(text[:3000]):
            if found[2] and found[2].lower() not in _NUMBERED and not table().signed(found[2]):
                continue
            out[found[1] or found[3]] = None
            quoted = _QUOTED.search(text, found.end(), found.end() + 260)
            if quoted:
                out[quoted[1].strip()] = None
    return tuple(out)
