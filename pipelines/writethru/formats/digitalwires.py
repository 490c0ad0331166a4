"""dpa digitalwires, the JSON that dpa's customers get: ninjs' ideas under dpa's own names.

Source: dpa's own converter of digitalwires 0.9.1 to NewsML-G2 and its test files; what that puts into the NewsML-G2 is put here too.
"""

from __future__ import annotations

import html
import re
from typing import Any

from writethru.formats import markup
from writethru.formats.limits import WARNINGS, Limits
from writethru.formats.markup import Copy
from writethru.formats.ninjs.v31 import associated
from writethru.formats.values import Bad, coded, folded, geojson, is_uri, stamp, text, urgency
from writethru.records import Item, ItemLink, ItemNote, ParseError

FORMAT = "digitalwires"

_LINK = re.compile(r"<a\s[^<>]*?href=\"([^\"]+)\"")
_CORE = (
    "urn",
    "version",
    "version_created",
    "pubstatus",
    "embargoed",
    "language",
    "headline",
    "byline",
    "dateline",
    "article_html",
    "usageterms",
)
# What dpa repeats elsewhere, or says of its own system.
_REPEATED = (
    "format",
    "type",
    "updated",
    "categories",
    "associations",
    "ednotes",
    "descriptions",
    "notepad",
    "linkbox_html",
    "infobox_html",
    "urgency",
    "signal",
)
_NAMES = ("dpasubject_names", "geosubject_names", "keyword_names", "desk_names", "genre_names", "poi_names", "scope_names", "rubric_names")
_DESCRIPTIONS = {"teaser": "drol:teaser", "autopublishnotice": "autopublishnotice"}
"""And the role that they have; dpa's NewsML-G2 names the first by IPTC's."""
_HEADLINES = ("kicker", "subhead")
_KNOWN = frozenset((*_CORE, *_REPEATED, *_NAMES, *_DESCRIPTIONS, *_HEADLINES, "current_rubric_names", "entry_id", "creditline",
                    "copyrightnotice", "content_created"))  # fmt: skip
_TARGETS = {
    "dpasubject": "subject",
    "subject": "subject",
    "keyword": "subject",
    "desk": "subject",
    "geosubject": "place",
    "poi": "place",
    "genre": "genre",
    "infosource": "infosource",
    "creator": "creator",
    "contributor": "contributor",
    "provider": "provider",
    "person": "person",
    "located": "located",
    "signal": "signal",
}
_FIRST = ("dnltype:desk", "dnltype:geosubject")
"""What dpa's NewsML-G2 names before the other subjects and places."""
_PARTIES = ("infosource", "creator", "contributor")
_KINDS = {"image": "picture", "audio": "audio", "video": "video", "graphic": "graphic"}


def matches(document: dict[str, Any]) -> bool:
    declared = document.get("format")
    return (type(declared) is str and declared.startswith("digitalwires")) or ("urn" in document and "article_html" in document)


def parse(document: dict[str, Any], encoding: str, warned: list[str], limits: Limits) -> list[Item]:
    """Its one item; `warned` is what reading the JSON gave cause to. Raises `ParseError` (`invalid`, or what its markup gives)."""
    warnings = list(warned)
    core = {name: _core(document, name) for name in _CORE}
    found = _categories(_objects(document, "categories", warnings))
    sources = [entry["name"] for entry in found["infosource"] if "name" in entry]
    associations = _associations(_objects(document, "associations", warnings), warnings)
    others = [entry["uri"] for entry in associations if entry["uri"] != core["urn"]]
    article, credit = core["article_html"], _plain(document, "creditline", warnings)
    copy = _copy(document, core, warnings)
    extra: dict[str, Any] = {
        "headlines": [{"role": name, "value": value} for name in _HEADLINES if (value := _plain(document, name, warnings))],
        "descriptions": _descriptions(document, warnings) + [{"role": "caption", "value": caption} for caption in copy.captions],
        "copyrightNotice": _plain(document, "copyrightnotice", warnings).strip(),
        "infoSources": _parties(found, credit),
        "people": found["person"],
        "associations": [entry for entry in associations if entry["uri"] in others],
        # A picture's or a recording's own files come as an association with itself.
        "renditions": [rendition for entry in associations if entry["uri"] not in others for rendition in entry.get("renditions", ())],
    }
    if document.get("content_created"):
        try:
            extra["contentCreated"] = stamp(document["content_created"])
        except Bad:
            warnings.append("invalid_field:content_created")
    rank = None
    if document.get("urgency") is not None:
        try:
            rank = urgency(document["urgency"])
        except Bad:
            warnings.append("invalid_field:urgency")
    warnings += [f"unknown_field:{key}" for key in document if key not in _KNOWN]
    entry = _plain(document, "entry_id", warnings)
    signal = _plain(document, "signal", warnings)
    item = Item(
        format=FORMAT,
        # The envelope says `composite` of everything; what the main part is decides.
        type="text" if article or not associations else associations[0].get("type", "composite"),
        uri=core["urn"] or None,
        version=core["version"] or None,
        providers=tuple(dict.fromkeys((*(entry.get("name", "") for entry in found["provider"]), *sources, *([credit] if credit else ())))),
        language=core["language"] or None,
        headline=core["headline"],
        byline=core["byline"],
        located=next((entry["name"] for entry in found["located"] if "name" in entry), ""),
        body=copy.text,
        notes=_notes(document, warnings),
        signals=tuple(dict.fromkeys(([signal] if signal else []) + [entry["uri"] for entry in found["signal"] if "uri" in entry])),
        links=tuple(ItemLink("seeAlso", ref) for ref in dict.fromkeys((*_linkbox(document, warnings), *others))),
        status=core["pubstatus"] or None,
        urgency=rank,
        version_created=core["version_created"] or None,
        embargoed=core["embargoed"] or None,
        subjects=tuple(found["subject"]),
        places=tuple(found["place"]),
        genres=tuple(found["genre"]),
        alt_ids=({"role": "entry_id", "value": entry},) if entry else (),
        usage_terms=core["usageterms"] or None,
        tables=copy.tables,
        extra={name: value for name, value in extra.items() if value},
        encoding=encoding,
        warnings=tuple(warnings[:WARNINGS]),
    )
    return [item]


def _copy(document: dict[str, Any], core: dict[str, str], warnings: list[str]) -> Copy:
    """Dateline, article and infobox in one, as dpa's converter puts them together; some bureaus write the dateline into the article too."""
    article = markup.copy_of_html(core["article_html"])
    body, dateline = article.text, core["dateline"]
    if body and not body.startswith(dateline.strip()):
        body = dateline + body if dateline[-1:].isspace() else f"{dateline} {body}"
    infobox = markup.copy_of_html(_plain(document, "infobox_html", warnings))
    captions = article.captions + infobox.captions
    return Copy("\n\n".join(filter(None, (body, infobox.text))), article.tables + infobox.tables, captions)


def _parties(found: dict[str, list[dict[str, Any]]], credit: str) -> list[dict[str, Any]]:
    """Who had a hand in the item, as dpa's NewsML-G2 has it: sources, staff, the credit line."""
    parties = found["infosource"] + [{"role": kind, **entry} for kind in ("creator", "contributor") for entry in found[kind]]
    return parties + ([{"name": credit, "role": "creditline"}] if credit else [])


def _linkbox(document: dict[str, Any], warnings: list[str]) -> list[str]:
    return [html.unescape(ref) for ref in _LINK.findall(_plain(document, "linkbox_html", warnings))]


def _core(document: dict[str, Any], name: str) -> str:
    value = document.get(name)
    try:
        return "" if value is None else text(value)
    except Bad as bad:
        raise ParseError("invalid", f"{name} is {bad}") from None


def _plain(document: dict[str, Any], name: str, warnings: list[str]) -> str:
    value = document.get(name)
    if type(value) is str:
        return folded(value)
    if value is not None:
        warnings.append(f"invalid_field:{name}")
    return ""


def _objects(document: dict[str, Any], name: str, warnings: list[str]) -> list[dict[str, Any]]:
    value = document.get(name)
    if value is None:
        return []
    if type(value) is list and all(type(member) is dict for member in value):
        return value
    warnings.append(f"invalid_field:{name}")
    return []


def _notes(document: dict[str, Any], warnings: list[str]) -> tuple[ItemNote, ...]:
    notes = []
    for position, note in enumerate(_objects(document, "ednotes", warnings)):
        value, role = note.get("ednote"), note.get("role")
        if type(value) is str and value:
            notes.append(ItemNote(f"ednotes[{position}]", folded(value), role if type(role) is str else None))
    notepad = document.get("notepad")
    if type(notepad) is dict:
        for part in ("public_html", "nonpublic_html"):
            if value := markup.from_html(_plain(notepad, part, warnings)):
                notes.append(ItemNote(f"notepad.{part}", value, "dpaednoterole:notepad"))
    elif notepad is not None:
        warnings.append("invalid_field:notepad")
    return tuple(notes)


def _descriptions(document: dict[str, Any], warnings: list[str]) -> list[dict[str, Any]]:
    out = []
    for name, role in _DESCRIPTIONS.items():
        value = _plain(document, name, warnings)
        if value:
            out.append({"role": role, "value": value})
    for member in _objects(document, "descriptions", warnings):
        given, kind = member.get("description"), member.get("role")
        if type(given) is str and given:
            out.append({"role": kind, "value": folded(given)} if type(kind) is str else {"value": folded(given)})
    return out


def _categories(categories: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """dpa's one list of coded things, by where they go: a kind that goes nowhere (its services, staff, rubrics) is not read."""
    found: dict[str, list[dict[str, Any]]] = {target: [] for target in _TARGETS.values()}
    for category in sorted(categories, key=lambda one: one.get("type") not in _FIRST):
        kind, name, qcode = category.get("type"), category.get("name"), category.get("qcode")
        target = _TARGETS.get(kind.rpartition(":")[2]) if type(kind) is str else None
        if target is None:
            continue
        entry: dict[str, Any] = {"name": name} if type(name) is str and name else {}
        if type(qcode) is str and ":" in qcode:
            key, code = coded(*qcode.split(":", 1))
            entry[key] = code
        if target == "place" and "geojson" in category:
            try:
                where = entry["geoJSON"] = geojson(category["geojson"])
            except Bad:
                pass  # a point of interest that dpa could not place has `geometry: null` or none
            else:
                _address(entry, where.get("properties"))
        role = category.get("role")
        if entry and type(role) is str and target in _PARTIES:
            entry["role"] = role
        if entry:
            found[target].append(entry)
    return found


def _address(entry: dict[str, Any], properties: Any) -> None:
    """A point of interest is named with its address, which stands beside the name on the map."""
    if type(properties) is dict:
        texts = {key: value.strip() if type(value) is str else value for key, value in properties.items()}
        entry["geoJSON"]["properties"] = texts
        if type(texts.get("name")) is str and texts["name"]:
            entry["name"] = texts["name"]


def _associations(members: list[dict[str, Any]], warnings: list[str]) -> list[dict[str, Any]]:
    out = []
    for position, member in enumerate(members):
        kind = member.get("type")
        source = {
            "uri": member.get("urn"),
            "type": _KINDS.get(kind, kind) if type(kind) is str else None,
            "version": member.get("version"),
            "versionCreated": member.get("version_created"),
            "headlines": member.get("headline"),
            "copyrightNotice": member.get("creditline"),
            "descriptions": [{"role": "caption", "value": member["caption"]}] if type(member.get("caption")) is str else None,
            "renditions": _renditions(member.get("renditions")),
        }
        entry = associated(source, f"{source['type']}{position + 1}", warnings.append, "associations")
        if entry:
            out.append(entry)
    return out


def _renditions(members: Any) -> list[dict[str, Any]]:
    out = []
    for member in members if type(members) is list else []:
        if type(member) is dict and type(member.get("url")) is str and is_uri(member["url"]):
            entry = {
                "href": member["url"],
                "contentType": member.get("mimetype"),
                "width": member.get("width"),
                "height": member.get("height"),
                "bitrate": str(member["audiobitrate"]) if type(member.get("audiobitrate")) is int else None,
            }
            role = member.get("role") or member.get("size")
            out.append({"name": f"{role}" if role else "main", **{key: value for key, value in entry.items() if value is not None}})
    return out
