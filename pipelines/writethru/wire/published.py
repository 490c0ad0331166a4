"""The ninjs properties that are read from the copy, not carried from the envelope."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from writethru.records import Dateline, Item
from writethru.wire import dateline, language
from writethru.wire.blocks import bylines
from writethru.wire.marks import withdrawal
from writethru.wire.reading import Reading
from writethru.wire.reconcile import Verdict
from writethru.wire.text import Field, safe, tidy

_STATUS = {"kill": "canceled", "withhold": "withheld"}


def properties(reading: Reading, verdict: Verdict, worded: bool, located: Dateline | None) -> dict[str, Any]:
    """Name -> value, empty ones to be left out. `worded`: the copy of a kill or hold is its own words, which go to editors."""
    item, agency = reading.item, reading.agency
    copy = reading.copy()
    spoken = language.decide(item.language, f"{reading.headline} {copy[:800]}", reading.warnings, agency.languages)
    editorial = reading.editorial
    if worded:
        editorial = [*reading.copied, *editorial, withdrawal.own_words(copy)]
    elif verdict.action != "kill":
        editorial = reading.copied + editorial
    if worded or verdict.action == "kill":
        copy = ""
    tables = [] if verdict.action == "kill" else [table for text in item.tables if (table := _table(text))]
    lines = []
    if reading.headline:
        lines.append({"value": reading.headline})
        if reading.raw_headline != reading.headline:
            lines.append({"role": "raw", "value": reading.raw_headline})
        if reading.found.decks and verdict.action != "kill":
            line = reading.body.line
            lines += [{"role": "subhead", "value": line(*deck)} for deck in reading.found.decks]
    return {
        "headlines": lines,
        "bodies": [{"role": "main", "contentType": "text/plain", "value": copy}, *tables] if copy else tables,
        "version": item.version or _version(reading),
        "by": _by(reading),
        "located": _located(item, located),
        "slugline": reading.slug,
        "edNote": "\n".join(dict.fromkeys([safe(note) for note in editorial if note])) if len(editorial) > 1 else safe("".join(editorial)),
        "language": spoken,
        "urgency": agency.urgency(item.urgency) or verdict.urgency,
        "pubStatus": _STATUS.get(verdict.action, "usable"),
        "usageTerms": _terms(item, reading.restrictions),
        "labels": [{"name": label} for label in verdict.labels] if verdict.labels else [],
    }


def _table(text: str) -> dict[str, str] | None:
    text = safe(text)
    return {"role": "table", "contentType": "text/plain", "value": text} if text else None


def _version(reading: Reading) -> str | None:
    """The version that stands in the item's id alone, by the agency's rule."""
    item = reading.item
    if reading.agency.story_id is None:
        return None
    found = reading.agency.story_key(filter(None, (item.uri, *[entry.get("value") for entry in item.alt_ids])))
    return found[1] if found else None


def _by(reading: Reading) -> str:
    """The names of the byline, in the order of its lines."""
    if reading.item.byline.strip():
        return _signed(reading.item.byline)
    line = reading.body.line
    return ", ".join([bylines.names(line(start, end)).rstrip("=<^ ") for start, end in reading.found.bylines])


@lru_cache(maxsize=4096)
def _signed(byline: str) -> str:
    """The names of the envelope's byline, which come again with each of their stories."""
    lines = [tidy(line).rstrip("= ") for line in Field("byline", byline).clean.split("\n")]
    return ", ".join([bylines.names(line) for line in lines if line])


def _located(item: Item, found: Dateline | None) -> str:
    if item.located.strip():
        return dateline.located(tidy(Field("located", item.located).clean))
    return "/".join(place.name for place in found.places) if found else ""


def _terms(item: Item, restrictions: list[str]) -> str | None:
    """The envelope's terms, and the restrictions the item itself tells that they do not hold already."""
    given = safe(item.usage_terms or "")
    if not restrictions:
        return given or None
    more = [one for one in dict.fromkeys(restrictions) if one.casefold() not in given.casefold()]
    return "\n".join([*([given] if given else []), *more]) or None
