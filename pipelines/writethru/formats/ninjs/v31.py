"""The properties of ninjs 1.x, 2.x and 3.x, read into the spelling and shape of 3.1.

Source: the schemas 1.0 to 3.1 in IPTC's newsinjson. 1.x names are lower case and singular, codes stand as `scheme` + `code`, named
things are objects; 2.x has arrays with roles and `uri` + `literal`; 3.x is 2.x in camel case.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import Any, NamedTuple

from writethru.formats.ninjs import parts
from writethru.formats.ninjs.parts import Reader, Warn
from writethru.formats.values import Bad, folded, stamp, text, uri
from writethru.records import ParseError

_EMPTY = (str, list, dict)
_PATTERNS = {"body": "bodies", "headline": "headlines", "description": "descriptions"}


class Property(NamedTuple):
    """Where a property goes and how it is read; `core` ones stand in the `Item` and must be readable."""

    name: str
    read: Reader
    core: bool = False


def properties(source: dict[str, Any], warn: Warn, known: Container[str] = (), within: str = "") -> dict[str, Any]:
    """Every property of 3.1 found in `source`, valid by the schema except that core ones stand as printed; beside them what dialects add.

    What the schema has no place for is named to `warn`, unless it is in `known`. Raises `ParseError` (`invalid`) for a core property
    that cannot be read.
    """
    found: dict[str, Any] = {}
    for key, value in source.items():
        if not value and (value is None or type(value) in _EMPTY):
            continue
        prop = PROPERTIES.get(key)
        if prop is None:
            prefix, _, role = key.partition("_")
            if not role or prefix not in _PATTERNS:
                if key not in known:
                    warn(f"unknown_field:{within}{key}")
                continue
            prop = PROPERTIES[_PATTERNS[prefix]]
            value = _patterned(role, value)
        if type(value) is str and prop.read is parts.plain:
            found[prop.name] = folded(value)
            continue
        try:
            read = prop.read(value, warn, within + key)
        except Bad as bad:
            if prop.core and not within:
                raise ParseError("invalid", f"{key} is {bad}") from None
            warn(f"invalid_field:{within}{key}")
            continue
        if type(read) is list and prop.name in found:
            found[prop.name] += read
        elif read is not None and read != [] and read != {}:
            found[prop.name] = read
    return found


def associated(source: Any, name: str | None, warn: Warn, within: str) -> dict[str, Any] | None:
    """One entry of `associations`, None where it has no name or address."""
    if type(source) is not dict:
        warn(f"invalid_field:{within}")
        return None
    entry = properties(source, warn, ("name", "rel", "charcount", "wordcount", "mimetype"), f"{within}.")
    for key in ("associations", "authors", "priority"):
        entry.pop(key, None)
    for key, check in _STRICT.items():
        if key in entry:
            try:
                entry[key] = check(entry[key])
            except Bad:
                del entry[key]
                warn(f"invalid_field:{within}.{key}")
    title = source.get("name") if type(source.get("name")) is str else name
    if not title or "uri" not in entry:
        warn(f"invalid_field:{within}")
        return None
    entry["name"] = title
    if type(source.get("rel")) is str and source["rel"]:
        entry["rel"] = source["rel"]
    return entry


def _associations(value: Any, warn: Warn, path: str) -> list[dict[str, Any]]:
    named = value.items() if type(value) is dict else ((None, member) for member in parts.members(value))
    return [entry for name, member in named if member is not None and (entry := associated(member, name, warn, path))]


def _patterned(role: str, value: Any) -> Any:
    """1.x's `body_xhtml`, `headline_main`, `description_caption` … as one entry of the list that 2.0 made of them."""
    if type(value) is dict and type(value.get("value")) is str:  # 1.0 let `body_new` be anything
        value = value["value"]
    if type(value) is not str:
        return value
    entry = {"role": role, "value": value}
    if "html" in role:
        entry["contentType"] = "text/html"
    elif "nitf" in role:
        entry["contentType"] = "application/nitf+xml"
    return entry


_CORE = (
    Property("uri", parts.plain, True),
    Property("version", parts.plain, True),
    Property("type", parts.item_type, True),
    Property("firstCreated", parts.plain, True),
    Property("versionCreated", parts.plain, True),
    Property("embargoedUntil", parts.plain, True),
    Property("pubStatus", parts.plain, True),
    Property("language", parts.plain, True),
    Property("headlines", parts.labels, True),
    Property("bodies", parts.bodies, True),
    Property("edNote", parts.plain, True),
    Property("by", parts.plain, True),
    Property("slugline", parts.plain, True),
    Property("located", parts.plain, True),
)
_OTHER = (
    Property("urgency", parts.priority),
    Property("usageTerms", parts.plain),
    Property("altIds", parts.alt_ids),
    Property("subjects", parts.subjects),
    Property("places", parts.places),
    Property("genres", parts.genres),
    Property("representationType", parts.representation),
    Property("profile", parts.plain),
    Property("contentCreated", parts.moment),
    Property("expires", parts.moment),
    Property("copyrightHolder", parts.plain),
    Property("copyrightNotice", parts.plain),
    Property("descriptions", parts.labels),
    Property("people", parts.people),
    Property("organisations", parts.organisations),
    Property("events", parts.concepts(id=("id", text))),
    Property("objects", parts.concepts()),
    Property("infoSources", parts.info_sources),
    Property("title", parts.plain),
    Property("renditions", parts.renditions),
    Property("associations", _associations),
    Property("trustIndicators", parts.trust),
    Property("rightsInfo", parts.rights),
    Property("digitalSourceType", parts.source_type),
)
_DIALECTS = {
    "priority": Property("priority", parts.priority),
    "authors": Property("authors", parts.names),
    "keywords": Property("subjects", parts.keywords),
    "service": Property("subjects", parts.subjects),
}
"""What superdesk and the AP add: no properties of 3.1, but of use for some. `authors` and `priority` stand in for byline and urgency."""
_OLD_SPELLINGS = {
    "embargoed": "embargoedUntil",
    "headline": "headlines",
    "body": "bodies",
    "description": "descriptions",
    "byline": "by",
    "person": "people",
    "organisation": "organisations",
    "place": "places",
    "subject": "subjects",
    "event": "events",
    "object": "objects",
    "infosource": "infoSources",
    "genre": "genres",
    "trustindicator": "trustIndicators",
}
PROPERTIES = {prop.name: prop for prop in _CORE + _OTHER}
PROPERTIES |= {name.lower(): prop for name, prop in PROPERTIES.items()}
PROPERTIES |= {old: PROPERTIES[new] for old, new in _OLD_SPELLINGS.items()}
PROPERTIES |= _DIALECTS
"""By every spelling of every version and dialect."""


def _status(value: Any) -> str:
    if value in ("usable", "withheld", "canceled"):
        return str(value)
    raise Bad("no pubStatus")


_STRICT: dict[str, Callable[[Any], Any]] = {
    "uri": uri,
    "firstCreated": stamp,
    "versionCreated": stamp,
    "embargoedUntil": stamp,
    "pubStatus": _status,
}
