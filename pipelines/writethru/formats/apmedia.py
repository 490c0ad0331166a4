"""The AP Media API: one item, or the page of a feed or of a search that holds many.

Source: the AP's own description of its API. An item is ninjs 1.x in most of its names, with the AP's beside them. Its id over all versions
is `altids.itemid`; its address carries the query of the customer who asked, which is cut off.
"""

from __future__ import annotations

from typing import Any

from writethru.formats import jsontext
from writethru.formats.limits import WARNINGS, Limits
from writethru.formats.ninjs import parts as ninjs_parts
from writethru.formats.ninjs import texts as ninjs_text
from writethru.formats.ninjs.v31 import properties
from writethru.formats.values import Bad, folded, kind, text
from writethru.records import Item, ItemNote, NotAnArticle, ParseError

FORMAT = "ap-media"

_OWN = frozenset("editorialtypes editorialpriority headline_extended datelinelocation bylines body_nitf audiences filings".split())
_PAGE = frozenset("api_version current_item_count total_items next_page feed_href page_size".split())
_READ = frozenset("bylines datelinelocation editorialpriority editorialtypes provider signals source creditline photographer".split())
_UNREAD = frozenset(
    "audiences filings foreignkeys links newslists consumerready etag recordid recordsequencenumber mimetype charcount wordcount "
    "captionwriter producer editor contributor fixture publication itemstartdate itemenddate".split()
)
_KNOWN = _READ | _UNREAD
_CONCEPTS = ("subject", "person", "organisation", "place", "event", "genre")
# Of a code: how it came there and what else the AP's thesaurus knows of it; ninjs has no place for either.
_OF_CONCEPTS = frozenset(
    "rels parentids topparent types teams associatedstates extid industries locationtype titles editorialtype ids tags creator".split()
)
_OF_RENDITIONS = frozenset(
    "rel type fileextension digest etag version contentid pricetag priced orientation backgroundcolour colourspace resolution "
    "samplerate averagebitrate physicaltype originalfilename sourcefilename scene sceneid broadcastformat presentationsystem "
    "presentationframe presentationframelocation binarypath vsize words characters wordcount charcount inputchannels".split()
)


def matches(document: dict[str, Any]) -> bool:
    data = document.get("data")
    if type(data) is not dict:
        return _is_item(document) or _is_item(document.get("item"))
    if "item" in data:
        return _is_item(data["item"])
    members = data.get("items")
    if type(members) is not list:
        return False
    return any(_is_item(_inner(member)) for member in members[:10]) if members else not _PAGE.isdisjoint(document.keys() | data.keys())


def _is_item(document: Any) -> bool:
    if type(document) is not dict or "$standard" in document or "standard" in document:
        return False
    altids = document.get("altids")
    return (type(altids) is dict and "itemid" in altids) or len(_OWN.intersection(document)) > 1


def _inner(member: Any) -> Any:
    """The item of a page's entry, which has its place in the feed beside it."""
    return member["item"] if type(member) is dict and "item" in member else member


def parse(document: dict[str, Any], encoding: str, warned: list[str], limits: Limits) -> list[Item | ParseError | NotAnArticle]:
    """Its items, one that cannot be read as its `ParseError`; `warned` is what reading the JSON gave cause to.

    Raises `ParseError` (`too_large` for too many items) and, for the page of a feed in which nothing is new, `NotAnArticle`.
    """
    data = document.get("data")
    holder = data if type(data) is dict else document
    members = holder["items"] if "item" not in holder and type(holder.get("items")) is list else [holder]
    jsontext.check_items(len(members), limits)
    if not members:
        raise NotAnArticle(FORMAT, "heartbeat")
    found: list[Item | ParseError | NotAnArticle] = []
    for place, member in enumerate(members):
        inner = _inner(member)
        try:
            if type(inner) is not dict:
                raise ParseError("invalid", f"item {place} is {kind(inner)}, no object")
            found.append(_item(inner, encoding, warned, limits))
        except (ParseError, NotAnArticle) as failure:
            found.append(failure)
    return found


def _item(document: dict[str, Any], encoding: str, warned: list[str], limits: Limits) -> Item:
    warnings = list(warned)
    found = properties(_as_ninjs(document, warnings), warnings.append, _KNOWN)
    alt_ids = [
        {**entry, "role": "transmission"} if entry.get("role") == "transref" else entry
        for entry in found.pop("altIds", ())
        if entry.get("value")
    ]
    headline, rest = ninjs_text.headline(found.pop("headlines", []))
    if rest:
        found["headlines"] = rest
    note = found.pop("edNote", "")
    authors, priority = found.pop("authors", []), found.pop("priority", None)
    located = found.pop("located", "")
    places = found.pop("places", [])
    dateline = _dateline(document.get("datelinelocation"), warnings)
    if dateline:
        located = located or dateline.get("name", "")
        places = [dateline, *places]
    uri = found.pop("uri", None) or next((entry["value"] for entry in alt_ids if entry.get("role") == "itemid"), None)
    told = ninjs_text.story(found.pop("bodies", []), headline, uri or "", warnings, limits)
    if told.descriptions or told.associations:
        ninjs_text.add_described(found, told)
    return Item(
        format=FORMAT,
        type=found.pop("type", "text"),
        uri=uri,
        version=found.pop("version", None),
        providers=_providers(document, found, warnings),
        language=found.pop("language", None),
        headline=headline or told.headline,
        slug=found.pop("slugline", ""),
        byline=_byline(document, warnings) or found.pop("by", "") or ", ".join(authors) or told.byline,
        located=located or told.located,
        body=told.body,
        notes=((ItemNote("ednote", note),) if note else ()) + told.notes,
        signals=_signals(document, warnings),
        status=found.pop("pubStatus", None),
        urgency=found.pop("urgency", None) or priority or _letter(document, warnings),
        first_created=found.pop("firstCreated", None),
        version_created=found.pop("versionCreated", None),
        embargoed=found.pop("embargoedUntil", None),
        subjects=tuple(found.pop("subjects", ())),
        places=tuple(places),
        genres=tuple(found.pop("genres", ())),
        alt_ids=tuple(alt_ids),
        usage_terms=found.pop("usageTerms", None),
        tables=told.tables,
        extra={key: value for key, value in found.items() if key != "by"},
        encoding=encoding,
        warnings=tuple(dict.fromkeys(warnings))[:WARNINGS],
    )


def _as_ninjs(document: dict[str, Any], warnings: list[str]) -> dict[str, Any]:
    """The item, what of it says more than ninjs cut down to what ninjs can say."""
    out = dict(document)
    for name in _CONCEPTS:
        if type(out.get(name)) is list:
            out[name] = [_concept(member, name) for member in out[name]]
    if type(out.get("renditions")) is dict:
        out["renditions"] = {name: _without(member, _OF_RENDITIONS) for name, member in out["renditions"].items()}
    if type(out.get("associations")) is dict:
        entries = out["associations"].items()
        out["associations"] = {
            name: _without(_as_ninjs(member, warnings), _KNOWN) if type(member) is dict else member for name, member in entries
        }
    if type(out.get("usageterms")) is list:
        out["usageterms"] = "\n".join(term for term in out["usageterms"] if type(term) is str)
    if type(out.get("uri")) is str:
        out["uri"] = out["uri"].partition("?")[0]
    return out


def _without(member: Any, names: frozenset[str]) -> Any:
    return {key: value for key, value in member.items() if key not in names} if type(member) is dict else member


def _concept(member: Any, name: str) -> Any:
    """A code with its first relation (`category`, `direct`) as the one that ninjs knows; who gave it is told of subjects alone."""
    if type(member) is not dict:
        return member
    entry = _without(member, _OF_CONCEPTS)
    rels = member.get("rels")
    if "rel" not in entry and type(rels) is list and rels and type(rels[0]) is str:
        entry["rel"] = rels[0]
    if name == "subject" and type(member.get("creator")) is str:
        entry["creator"] = member["creator"]
    return entry


def _dateline(value: Any, warnings: list[str]) -> dict[str, Any] | None:
    """The place of the dateline, as an entry of ninjs' places: `{"city", "countryareaname", "countryname", "geometry_geojson"}`."""
    if not value:
        return None
    if type(value) is not dict:
        warnings.append("invalid_field:datelinelocation")
        return None
    told = {key: given for key, given in value.items() if type(given) is str and given}
    address = {
        name: told[key] for name, key in (("locality", "city"), ("area", "countryareaname"), ("country", "countryname")) if key in told
    }
    name = told.get("city") or told.get("countryareaname") or told.get("countryname")
    source = {"name": name, "rel": "dateline", "contactinfo": [{"address": address}] if address else None}
    source["geometry_geojson"] = value.get("geometry_geojson")
    found: list[dict[str, Any]] = ninjs_parts.places([source], warnings.append, "datelinelocation")
    return found[0] if name and found else None


def _byline(document: dict[str, Any], warnings: list[str]) -> str:
    """The lines of `bylines`, as printed; of a picture its photographer."""
    lines = document.get("bylines") or []
    found = [line.get("by") if type(line) is dict else line for line in (lines if type(lines) is list else [lines])]
    if any(type(line) is not str for line in found):
        warnings.append("invalid_field:bylines")
    photographer = document.get("photographer")
    if not found and not document.get("byline") and type(photographer) is dict:
        found = [photographer.get("name")]
    return ", ".join(folded(line) for line in found if type(line) is str and line)


def _providers(document: dict[str, Any], found: dict[str, Any], warnings: list[str]) -> tuple[str, ...]:
    """The provider first, for a member's copy has another source than the AP; the AP alone where nothing is told."""
    names = []
    for key in ("provider", "source", "creditline"):
        value = document.get(key)
        if type(value) is str and value:
            names.append(folded(value))
        elif value:
            warnings.append(f"invalid_field:{key}")
    names += [entry["name"] for entry in found.get("infoSources", ()) if "name" in entry]
    return tuple(dict.fromkeys(names)) or ("AP",)


def _signals(document: dict[str, Any], warnings: list[str]) -> tuple[str, ...]:
    """`editorialtypes:Lead` of the one list, the other's words as they are."""
    out = []
    for key, prefix in (("editorialtypes", "editorialtypes:"), ("signals", "")):
        value = document.get(key) or []
        for member in value if type(value) is list else [value]:
            try:
                out.append(prefix + text(member))
            except Bad:
                warnings.append(f"invalid_field:{key}")
    return tuple(dict.fromkeys(out))


def _letter(document: dict[str, Any], warnings: list[str]) -> str | None:
    letter = document.get("editorialpriority")
    if letter is None or type(letter) is str:
        return letter or None
    warnings.append("invalid_field:editorialpriority")
    return None
