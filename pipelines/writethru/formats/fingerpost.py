"""Fingerpost JSON: agencies' copy brought to one shape by Fingerpost's hub, alone or as `content` of a stored record with its `supplier`.

Every value is a text or a list of texts, empty where nothing is said. The version stands at the end of the `uri`, behind the id.
"""

from __future__ import annotations

import re
from typing import Any

from writethru.formats import markup
from writethru.formats.limits import WARNINGS, Limits
from writethru.formats.markup import Copy
from writethru.formats.ninjs import parts as ninjs_parts
from writethru.formats.values import Bad, coded, is_uri, text
from writethru.records import Item, ItemLink, ItemNote, ParseError

FORMAT = "fingerpost"

_OWN = frozenset("usn source-feed sourceFeed originalUrn dateline_place datelinePlace mediaCatCodes firstVersion dateTimeSent".split())
_COPY = frozenset("body_text bodyText body headline slug ednote status versionCreated byline".split())
_FIELDS = {
    "uri": ("uri",),
    "usn": ("usn",),
    "version": ("version",),
    "status": ("status", "pubstatus"),
    "language": ("language",),
    "headline": ("headline",),
    "slug": ("slug", "slugline"),
    "byline": ("byline",),
    "place": ("dateline_place", "datelinePlace", "dateline", "location"),
    "body": ("body_text", "bodyText", "body"),
    "note": ("ednote", "edNote"),
    "priority": ("priority", "urgency"),
    "first": ("firstVersion", "firstCreated"),
    "created": ("versionCreated", "dateTimeSent"),
    "embargo": ("embargoed", "embargo"),
    "usage": ("usage", "usageTerms", "usageterms"),
    "original": ("originalUrn",),
    "supplier": ("supplier",),
    "feed": ("source-feed", "sourceFeed"),
    "subhead": ("subhead",),
    "abstract": ("abstract",),
    "copyright": ("copyrightNotice", "copyright"),
}
"""What is read -> the names it has, the first that says something taken."""
_LISTS = ("keywords", "subjects", "mediaCatCodes", "imageIds")
# Where copy goes inside the newsroom, and the text once more as it was before the hub.
_UNREAD = ("destinations", "composerCompatible", "originalContentText", "type", "format")
_KNOWN = frozenset((*(name for names in _FIELDS.values() for name in names), *_LISTS, *_UNREAD))

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>")
_VERSION = re.compile(r"(?::|[#;?&](?:v|ver|version)=)0*(\d{1,10})$", re.IGNORECASE | re.ASCII)
_BEHIND_ID = re.compile(r"[:#;?&/_.-](?:v|ver|version)?=?0*(\d{1,10})", re.IGNORECASE | re.ASCII)


def matches(document: dict[str, Any]) -> bool:
    content = document.get("content")
    if type(content) is dict:
        document = content
    return not (_OWN.isdisjoint(document) or _COPY.isdisjoint(document))


def parse(document: dict[str, Any], encoding: str, warned: list[str], limits: Limits) -> list[Item]:
    """Its one item; `warned` is what reading the JSON gave cause to. Raises `ParseError` (`invalid`, or what its markup gives)."""
    warnings = list(warned)
    content = document.get("content")
    stored = type(content) is dict
    source = content if type(content) is dict else document
    found = {name: _text(source, names) for name, names in _FIELDS.items()}
    if stored:
        found["supplier"] = _text(document, ("supplier",)) or found["supplier"]
    warnings += [f"unknown_field:{key}" for key, value in source.items() if key not in _KNOWN and value not in (None, "", [], {})]
    alt_ids = [{"role": name, "value": found[name]} for name in ("usn",) if found[name]]
    if stored and (other := _text(document, ("externalId",))) and other not in (found["usn"], found["uri"]):
        alt_ids.append({"role": "externalId", "value": other})
    copy = _copy(found["body"])
    extra = {
        "headlines": [{"role": "subhead", "value": found["subhead"]}] if found["subhead"] else [],
        "descriptions": [
            *([{"role": "abstract", "value": found["abstract"]}] if found["abstract"] else []),
            *({"role": "caption", "value": caption} for caption in copy.captions),
        ],
        "copyrightNotice": found["copyright"],
        "associations": _pictures(source.get("imageIds"), warnings),
    }
    item = Item(
        format=FORMAT,
        uri=found["uri"] or None,
        version=found["version"] or _version(found["uri"], found["usn"]),
        providers=_providers(found["supplier"], found["feed"]),
        language=found["language"] or None,
        headline=found["headline"],
        slug=found["slug"],
        byline=found["byline"],
        located=found["place"],
        body=copy.text,
        notes=(ItemNote("ednote", found["note"]),) if found["note"] else (),
        links=(ItemLink("originalUrn", found["original"]),) if found["original"] not in ("", found["uri"]) else (),
        status=found["status"] or None,
        urgency=_priority(found["priority"]),
        first_created=found["first"] or None,
        version_created=found["created"] or None,
        embargoed=found["embargo"] or None,
        subjects=tuple(_subjects(source, warnings)),
        alt_ids=tuple(alt_ids),
        usage_terms=found["usage"] or None,
        tables=copy.tables,
        extra={name: value for name, value in extra.items() if value},
        encoding=encoding,
        warnings=tuple(dict.fromkeys(warnings))[:WARNINGS],
    )
    return [item]


def _text(source: dict[str, Any], names: tuple[str, ...]) -> str:
    for name in names:
        value = source.get(name)
        if value is not None and value != "" and value != []:
            try:
                return text(value)
            except Bad as bad:
                raise ParseError("invalid", f"{name} is {bad}") from None
    return ""


def _copy(value: str) -> Copy:
    return markup.copy_of_html(value) if "<" in value and _TAG.search(value) else Copy(value)


def _priority(value: str) -> int | str | None:
    return int(value) if len(value) < 3 and value.isdecimal() else value or None


def _version(uri: str, usn: str) -> str | None:
    """The number behind the id: `tag:example.com,2026:newsml_L8N1:4`, `…L8N1#version=4`. An id that is itself a number holds none."""
    found = _BEHIND_ID.fullmatch(uri.rpartition(usn)[2]) if usn and usn in uri else _VERSION.search(uri)
    return found[1] if found else None


def _providers(supplier: str, feed: str) -> tuple[str, ...]:
    """The supplier, the feed it came by, and that one's first word, which is the supplier's name (`AP-Newswires`)."""
    return tuple(dict.fromkeys(name for name in (supplier, feed, feed.partition("-")[0]) if name))


def _subjects(source: dict[str, Any], warnings: list[str]) -> list[dict[str, Any]]:
    """Keywords by name; codes (`{"code": ["subj:04000000", "N2:US"]}`, or the list alone) by address or as they are."""
    out: list[dict[str, Any]] = []
    codes = source.get("subjects") or ()
    if type(codes) is dict:
        codes = codes.get("code") or ()
    categories = source.get("mediaCatCodes") or ()
    for name, value in (("keywords", source.get("keywords") or ()), ("subjects", codes), ("mediaCatCodes", categories)):
        try:
            words = ninjs_parts.keywords(value, warnings.append, name) if value else []
        except Bad:
            warnings.append(f"invalid_field:{name}")
            continue
        for word in words:
            out.append(word if name == "keywords" else _code(word["name"]))
    return out


def _code(value: str) -> dict[str, Any]:
    scheme, colon, code = value.partition(":")
    if not colon or not code:
        return {"literal": value}
    key, whole = coded(scheme, code)
    return {key: whole}


def _pictures(value: Any, warnings: list[str]) -> list[dict[str, Any]]:
    if not value:
        return []
    if type(value) is not list or any(type(member) is not str for member in value):
        warnings.append("invalid_field:imageIds")
        return []
    return [{"name": f"picture{number}", "uri": member, "type": "picture"} for number, member in enumerate(value, 1) if is_uri(member)]
