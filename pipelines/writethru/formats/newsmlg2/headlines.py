"""Which of a NewsML-G2 item's headlines is the main one."""

from __future__ import annotations

from typing import Any

from writethru.formats.elements import Element, words
from writethru.formats.newsmlg2.elements import foreign, role, word

_LAST = 999
# dpa's converter numbers the lines of its JSON's headline instead of naming them.
_RANKED = {"dpa-G2-from-digitalwires": {"2": "subhead", "3": "kicker"}}


def read(elements: list[Element], language: str | None, profile: str) -> tuple[str, list[dict[str, Any]]]:
    """The main headline and the others. Main is the one that says so, else the highest in rank, in the item's language where there are
    several."""
    found = [(words(element), element) for element in elements]
    found = [(text, element) for text, element in found if text]
    if not found:
        return "", []
    main = found[0] if len(found) == 1 else min(found, key=lambda one: _place(one[1], language))
    ranks = _RANKED.get(profile, {})
    others = []
    for text, element in found:
        if element is not main[1]:
            kind = role(element) or ranks.get(element.get("rank") or "")
            others.append({"role": kind, "value": text} if kind else {"value": text})
    return main[0], others


def _place(element: Element, language: str | None) -> tuple[bool, int, int]:
    kind, rank = role(element), element.get("rank") or ""
    part = word(kind).lower() if kind else None
    return (
        foreign(element, language),
        0 if part in ("main", "headline") else 2 if part else 1,
        int(rank) if rank.isdecimal() and len(rank) < 4 else _LAST,
    )
