"""The groups of a NewsML-G2 package: which items it refers to, in the order of its groups, and what it says of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from writethru.formats.elements import Element, lines, local, words
from writethru.formats.newsmlg2.elements import role, word
from writethru.formats.values import is_uri

_TYPES = frozenset({"text", "audio", "video", "picture", "graphic", "composite"})
_STATUSES = frozenset({"usable", "withheld", "canceled"})


def references(item: Element) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """The id of every item that a package refers to, and the reference as an entry of ninjs' `associations`, None where the id is no URI.
    `rel` of the entry is the role of the group it stands in."""
    for group_set in item.iter("{*}groupSet"):
        groups = {group.get("id") or str(at): group for at, group in enumerate(group_set) if local(group) == "group"}
        for group in _in_order(group_set.get("root") or "", groups):
            for reference in group:
                ref = (reference.get("residref") or reference.get("href")) if local(reference) == "itemRef" else None
                if ref:
                    yield ref, _entry(reference, ref, role(group)) if is_uri(ref) else None


def _in_order(root: str, groups: dict[str, Element]) -> Iterator[Element]:
    """From the root down, a group before those it refers to; what the root does not reach comes last, as it stands. Each once."""
    waiting = [*reversed([name for name in groups if name != root]), root]
    while waiting:
        group = groups.pop(waiting.pop(), None)
        if group is not None:
            yield group
            waiting += reversed([part.get("idref") or "" for part in group if local(part) == "groupRef"])


def _entry(reference: Element, ref: str, group: str | None) -> dict[str, Any]:
    entry: dict[str, Any] = {"uri": ref, "name": ref}
    if group:
        entry["rel"] = group
    if reference.get("version"):
        entry["version"] = reference.get("version")
    for child in reference:
        tag = local(child)
        coded = word(child.get("qcode") or child.get("uri") or "")
        if tag == "title" and (found := words(child)):
            entry["name"] = found
        elif tag == "headline" and (found := words(child)):
            entry.setdefault("headlines", []).append({"value": found})
        elif tag == "description" and (found := lines(child)):
            kind = role(child)
            entry.setdefault("descriptions", []).append({"role": kind, "value": found} if kind else {"value": found})
        elif tag == "itemClass" and coded in _TYPES:
            entry["type"] = coded
        elif tag == "pubStatus" and coded in _STATUSES:
            entry["pubStatus"] = coded
    return entry
