"""What the envelope says in codes: status, signals, genres, links, urgency."""

from __future__ import annotations

from writethru.records import Evidence, Item
from writethru.wire.agencies import Agency
from writethru.wire.marks import ALERT, KILL, NOTHING, WITHHOLD, Kind, Mark
from writethru.wire.text import safe
from writethru.wire.vocabulary import GENRE_ACTIONS, REPLACING, SIGNALS, STATUSES

_BARE = {code.partition(":")[2]: kind for code, kind in SIGNALS.items() if code.startswith(("updatetype:", "editorialtypes:"))}
"""TT's and AP's values are also sent without the name of their property."""


def read(item: Item, agency: Agency, warnings: list[str]) -> list[Mark]:
    """The marks in the item's status, signals, genres and links. An unknown status is usable, with the warning `unknown_status:X`."""
    out: list[Mark] = []
    if item.status:
        word = item.status.rpartition(":")[2].strip().lower()
        status = STATUSES.get(word)
        if status is None:
            warnings.append(f"unknown_status:{safe(word)[:40]}")
        elif status != "usable":
            out.append(_mark("status", item.status, "status", KILL if status == "canceled" else WITHHOLD))
        elif word == "embargoed":
            out.append(_mark("status", item.status, "embargo_word", NOTHING))
    for at, signal in enumerate(item.signals):
        code = signal.strip().lower()
        kind = SIGNALS.get(code) or (_BARE.get(code) if ":" not in code else None)
        if kind:
            out.append(_mark(f"signals[{at}]", signal, "signal", kind))
    for at, genre in enumerate(item.genres):
        words = [given for name in ("literal", "uri", "name") if isinstance(given := genre.get(name), str)]
        telling = next((one for one in words if one.lower() in GENRE_ACTIONS), None)
        if telling:
            out.append(_mark(f"genres[{at}]", telling, "genre_action", GENRE_ACTIONS[telling.lower()]))
    for at, link in enumerate(item.links):
        if link.rel.rpartition(":")[2].lower() in REPLACING and link.ref:
            ref = safe(link.ref)
            same = link.ref == item.uri
            out.append(_mark(f"links[{at}]", ref, "link" if same else "replaces", Kind("update"), None if same else ref))
    if item.urgency is not None and item.urgency <= agency.alerts and item.type == "text":
        out.append(_mark("urgency", str(item.urgency), "urgency", ALERT))
    return out


def _mark(field: str, text: str, rule: str, kind: Kind, ref: str | None = None) -> Mark:
    text = safe(text)
    return Mark(Evidence(field, (0, len(text)), text, rule), kind, None, ref)
