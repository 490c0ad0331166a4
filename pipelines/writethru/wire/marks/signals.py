"""What the envelope says in codes: status, signals, genres, links, urgency."""

from __future__ import annotations

import re

from writethru.records import Evidence, Item
from writethru.wire.agencies import Agency
from writethru.wire.marks import ALERT, KILL, NOTHING, WITHHOLD, Kind, Mark
from writethru.wire.marks.codes import (
    EMBARGO_SIGNALS,
    FIRST_NUMBERS,
    GENRE_ACTIONS,
    NUMBERED_SIGNALS,
    OTHER_LINK,
    OTHER_STATUS,
    REPLACED_BY,
    REPLACING,
    SIGNALS,
    STATUSES,
)
from writethru.wire.text import safe

_BARE = {
    code.partition(":")[2]: kind
    for code, kind in SIGNALS.items()
    if code.startswith(("updatetype:", "editorialtypes:", "sig:", "instruction:"))
}
"""TT's, AP's and the IPTC's values are also sent without the name of their property or scheme."""
_SCHEME = re.compile(r"https?://cv\.iptc\.org/newscodes/signal/")
_NUMBERED = re.compile(r"(.+?)\s?[:=]\s?v?0*(\d{1,4})(?:st|nd|rd|th)?")


def read(item: Item, agency: Agency, warnings: list[str]) -> list[Mark]:
    """The marks in the item's status, signals, genres and links. An unknown status is usable, with the warning `unknown_status:X`."""
    out: list[Mark] = []
    if item.status:
        word = item.status.rpartition(":")[2].strip().lower()
        status = STATUSES.get(word)
        if status is None:
            warnings.append(f"unknown_status:{safe(word)[:40]}")
        elif status == "superseded":
            out.append(_mark("status", item.status, "superseded", Kind("update")))
        elif status != "usable":
            out.append(_mark("status", item.status, "status", KILL if status == "canceled" else WITHHOLD))
        elif word == "embargoed":
            out.append(_mark("status", item.status, "embargo_word", NOTHING))
    for at, signal in enumerate(item.signals):
        _signal(item, at, signal, agency, out)
    for at, genre in enumerate(item.genres):
        for name in ("literal", "uri", "name"):
            given = genre.get(name)
            if isinstance(given, str) and (kind := GENRE_ACTIONS.get(given.lower())):
                out.append(_mark(f"genres[{at}]", given, "genre_action", kind))
                break
    for at, link in enumerate(item.links):
        rel, ref = link.rel.rpartition(":")[2].lower(), safe(link.ref)
        if rel in REPLACED_BY and ref and link.ref != item.uri:
            out.append(_mark(f"links[{at}]", ref, "replaced_by", Kind("update")))
        elif rel in REPLACING and ref:
            same = link.ref == item.uri
            out.append(_mark(f"links[{at}]", ref, "link" if same else "replaces", Kind("update"), None if same else ref))
    if agency.alerts and item.urgency is not None and item.type == "text":
        level = agency.urgency(item.urgency)
        if level is not None and level <= agency.alerts:
            out.append(_mark("urgency", str(item.urgency), "urgency", ALERT))
    return out


def _signal(item: Item, at: int, signal: str, agency: Agency, out: list[Mark]) -> None:
    code = signal.strip().lower()
    if "://" in code:
        code = _SCHEME.sub("sig:", code)
    kind = SIGNALS.get(code) or (_BARE.get(code) if ":" not in code else None) or agency.words.get(signal.strip())
    if kind:
        out.append(_mark(f"signals[{at}]", signal, "signal", kind))
    elif code in EMBARGO_SIGNALS or code == "holdforrelease":
        out.append(_mark(f"signals[{at}]", signal, "embargo_word", NOTHING))
    elif code.startswith(OTHER_STATUS):
        if STATUSES.get(re.split("[:=]", code)[-1].strip()) == "canceled":
            out += _others(item)
    elif found := _NUMBERED.fullmatch(code):
        name, number = found[1].replace("=", ":"), int(found[2])
        counted = NUMBERED_SIGNALS.get(name)
        if counted and number > FIRST_NUMBERS.get(name, 0):
            out.append(_mark(f"signals[{at}]", signal, "signal", counted, None, number if counted.counter else None))


def cancelled(item: Item) -> list[Mark]:
    """The kill of the document that this one, which has text of its own, cancels: meant where that text orders it, else this is the
    successor."""
    replaced = {link.ref for link in item.links if link.rel == "replaces"} if item.links else set()
    return [mark for mark in _others(item) if mark.ref in replaced] if replaced else []


def _others(item: Item) -> list[Mark]:
    return [
        _mark(f"links[{at}]", link.ref, "kill_target", KILL, safe(link.ref))
        for at, link in enumerate(item.links)
        if link.rel.lower() == OTHER_LINK and link.ref
    ]


def _mark(field: str, text: str, rule: str, kind: Kind, ref: str | None = None, number: int | None = None) -> Mark:
    text = safe(text)
    return Mark(Evidence(field, (0, len(text)), text, rule), kind, number, ref)
