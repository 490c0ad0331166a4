"""The ninjs 3.1 object of an article."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import orjson

from writethru.records import Item
from writethru.wire.text import safe, tidy

STANDARD = {"name": "ninjs", "version": "3.1", "schema": "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"}

_TYPES = frozenset({"text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"})
_CARRIED = frozenset((
    "representationType", "profile", "contentCreated", "copyrightHolder", "copyrightNotice", "descriptions", "people", "organisations",
    "events", "eventDetails", "plannedCoverage", "objects", "infoSources", "title", "renditions", "associations", "trustIndicators",
    "expires", "rightsInfo", "digitalSourceType",
))  # fmt: skip
"""Properties of ninjs 3.1 that pass from the envelope as they are."""

# Provider ids like `dpa:123` look like a URI of an unheard-of scheme; only the schemes that feeds use are taken for one.
_URI = re.compile(
    r"(?:urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:|tag:[A-Za-z0-9.@-]+,\d{4}(?:-\d\d){0,2}:|https?://[A-Za-z0-9.-]+(?::\d+)?(?=[/?#]|$)|doi:|info:|ni:///)"
    r"[A-Za-z0-9._~!$&'()*+,;=:@/?-]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,;=:@/?-]*)*"
    r"(?:#[A-Za-z0-9._~!$&'()*+,;=:@/?-]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,;=:@/?-]*)*)?"
)


def is_uri(text: str) -> bool:
    return bool(_URI.fullmatch(text)) and text[-1] != ":"


def uri(given: str | None, agency: str, article_id: str) -> str:
    """The provider's own id where it is a URI, else a URN made of it, else one of the article's id."""
    if not given:
        return f"urn:writethru:article:{article_id}"
    if is_uri(given):
        return given
    return f"urn:writethru:{quote(agency, safe='-')}:{quote(safe(given), safe='-._~')}"


def build(item: Item, fields: dict[str, Any], agency: str, article_id: str, warnings: list[str]) -> dict[str, Any]:
    """A valid ninjs 3.1 object of the item and of what was read from it (`fields`: ninjs properties, empty ones left out)."""
    given = tidy(safe(item.uri)) if item.uri else None
    own = uri(given, agency, article_id)
    out: dict[str, Any] = {"uri": own, "type": item.type if item.type in _TYPES else "text"}
    carried = {name: value for name, value in item.extra.items() if value and name in _CARRIED} if item.extra else {}
    if item.subjects:
        carried["subjects"] = list(item.subjects)
    if places := [*item.places, *fields.pop("places")]:
        carried["places"] = places
    if genres := [*item.genres, *fields.pop("labels")]:
        carried["genres"] = genres
    alt_ids = [dict(entry) for entry in item.alt_ids] if item.alt_ids else []
    if given and given != own and not any([entry.get("value") == given for entry in alt_ids]):
        alt_ids.append({"role": "provider", "value": given})
    if alt_ids:
        carried["altIds"] = alt_ids
    if version := fields.pop("version"):
        carried["version"] = version
    further = item.extra.get("headlines") if item.extra else None
    if further:
        carried["headlines"] = further
    headlines = fields.pop("headlines")
    if carried:
        carried = _fit(carried, warnings)
        headlines = [*headlines, *carried.pop("headlines", [])]
        out.update([entry for entry in carried.items() if entry[1]])
    for name, value in fields.items():
        if value:
            out[name] = value
    if headlines:
        out["headlines"] = headlines
    out["standard"] = STANDARD
    return out


def _fit(value: dict[str, Any], warnings: list[str]) -> dict[str, Any]:
    """`value` without NUL and lone surrogates: orjson refuses the latter and escapes the former, which is the cheapest way to find both."""
    try:
        if b"\\u0000" not in orjson.dumps(value):
            return value
    except TypeError:
        pass
    warnings.append("unsafe_characters:envelope")
    cleaned: dict[str, Any] = _deep(value)
    return cleaned


def _deep(value: Any) -> Any:
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, dict):
        return {safe(str(key)): _deep(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_deep(member) for member in value]
    return value
