"""Readers of the parts of a ninjs item, whatever version wrote them: each takes a value and returns it valid by the schema of 3.1.

A part that cannot be read is left out and named to `warn`; a reader raises `Bad` where nothing of the value can be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from writethru.formats.values import Bad, coded, geojson, is_uri, kind, number, percent, stamp, text, urgency, uri, whole

Warn = Callable[[str], None]
Reader = Callable[[Any, Warn, str], Any]
Fields = Mapping[str, tuple[str, Callable[[Any], Any]]]

TYPES = frozenset({"text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"})
_TYPE_WORDS = {"image": "picture", "photo": "picture", "package": "composite", "article": "text", "graphics": "graphic"}
_BETWEEN_WORDS = re.compile("[,;]")
_SCANS = frozenset({"progressive", "interlaced"})


def plain(value: Any, warn: Warn, path: str) -> str:
    return text(value)


def moment(value: Any, warn: Warn, path: str) -> str:
    return stamp(value)


def priority(value: Any, warn: Warn, path: str) -> int | None:
    try:
        return urgency(value)
    except Bad:
        warn(f"invalid_field:{path}")
        return None


def representation(value: Any, warn: Warn, path: str) -> str:
    word = {"full": "full", "complete": "full", "partial": "partial", "incomplete": "partial"}.get(text(value))
    if word is None:
        raise Bad("neither full nor partial")
    return word


def item_type(value: Any, warn: Warn, path: str) -> str | None:
    word = text(value)
    word = _TYPE_WORDS.get(word, word)
    if word in TYPES:
        return word
    warn(f"invalid_field:{path}")
    return None


def members(value: Any) -> list[Any]:
    if type(value) is list:
        return value
    if type(value) in (dict, str):
        return [value]
    raise Bad(kind(value))


def _entry(source: dict[str, Any], fields: Fields, warn: Warn, path: str) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for key, value in source.items():
        field = fields.get(key)
        if field is None:
            if value not in (None, "", [], {}):
                warn(f"unknown_field:{path}.{key}")
        elif value is not None and value != "":
            try:
                entry[field[0]] = field[1](value)
            except Bad:
                warn(f"invalid_field:{path}.{key}")
    return entry


def concepts(**more: tuple[str, Callable[[Any], Any]]) -> Reader:
    """Reads a named thing: `name`, `rel`, and a code as `uri` or `literal`, or 1.x's `scheme` with `code`."""
    fields = {"name": ("name", text), "rel": ("rel", text), "uri": ("uri", text), "literal": ("literal", text)}
    fields |= {"scheme": ("scheme", text), "code": ("code", text), **more}

    def read(value: Any, warn: Warn, path: str) -> list[dict[str, Any]]:
        out = []
        for member in members(value):
            if type(member) is str:
                out.append({"name": member})
                continue
            if type(member) is not dict:
                warn(f"invalid_field:{path}")
                continue
            entry = _entry(member, fields, warn, path)
            code, scheme = entry.pop("code", None), entry.pop("scheme", None)
            if code is not None and "uri" not in entry:
                key, coded_ = coded(scheme, code) if scheme else ("literal", code)
                entry.setdefault(key, coded_)
            if "uri" in entry and not is_uri(entry["uri"]):
                entry.setdefault("literal", entry.pop("uri"))
                entry.pop("uri", None)
            if entry:
                out.append(entry)
        return out

    return read


def names(value: Any, warn: Warn, path: str) -> list[str]:
    """The names of things that are told as objects or as plain texts."""
    told = [member.get("name") if type(member) is dict else member for member in members(value)]
    return [text(name) for name in told if name]


def keywords(value: Any, warn: Warn, path: str) -> list[dict[str, Any]]:
    """Catchwords, as a list or as one text with commas or semicolons between."""
    words = _BETWEEN_WORDS.split(value) if type(value) is str else names(value, warn, path)
    return [{"name": word.strip()} for word in words if word.strip()]


def _contacts(value: Any) -> list[dict[str, Any]]:
    out = []
    for member in members(value):
        if type(member) is not dict:
            raise Bad("no contact")
        entry: dict[str, Any] = {key: member[key] for key in ("type", "role", "lang", "name") if type(member.get(key)) is str}
        address = member.get("address")
        if type(address) is dict:
            names = (("locality",) * 2, ("area",) * 2, ("postalcode", "postalCode"), ("postalCode",) * 2, ("country",) * 2)
            entry["address"] = {new: address[old] for old, new in names if type(address.get(old)) is str}
            lines = address.get("lines")
            if type(lines) is list and all(type(line) is str for line in lines):
                entry["address"]["lines"] = lines
        elif member.get("value") not in (None, ""):
            entry["value"] = text(member["value"])
        else:
            continue
        out.append(entry)
    return out


def _symbols(value: Any) -> list[dict[str, Any]]:
    out = []
    for member in members(value):
        if type(member) is not dict:
            raise Bad("no symbol")
        entry = {key: member[key] for key in ("exchange", "symbol") if type(member.get(key)) is str}
        if type(member.get("ticker")) is str:
            entry.setdefault("symbol", member["ticker"])
        kind = member.get("symbolType", member.get("symboltype"))
        if type(kind) is str and is_uri(kind):
            entry["symbolType"] = kind
        out.append(entry)
    return [entry for entry in out if entry]


def labelled(fields: Fields) -> Reader:
    """Reads a list of `{role, contentType, value}`, or one plain text."""

    def read(value: Any, warn: Warn, path: str) -> list[dict[str, Any]]:
        out = []
        for member in members(value):
            if type(member) is str:
                out.append({"value": text(member)})
            elif type(member) is dict and type(member.get("value")) is str:
                # The most natural tombstone: headlines and bodies are there and say nothing.
                if member["value"]:
                    out.append(_entry(member, fields, warn, path))
            elif type(member) is not dict or (member and member.get("value", "") is not None):
                raise Bad("a list without texts" if type(value) is list else kind(value))
        return out

    return read


def alt_ids(value: Any, warn: Warn, path: str) -> list[dict[str, str]]:
    if type(value) is dict:
        return [{"role": role, "value": text(given)} for role, given in value.items() if type(given) in (str, int) and given != ""]
    return [entry for member in members(value) if type(member) is dict and (entry := _entry(member, _ALT_ID, warn, path))]


def renditions(value: Any, warn: Warn, path: str) -> list[dict[str, Any]]:
    named = value.items() if type(value) is dict else ((None, member) for member in members(value))
    out = []
    for position, (name, member) in enumerate(named):
        if type(member) is not dict:
            raise Bad("no rendition")
        entry = _entry(member, _RENDITION, warn, path)
        entry.setdefault("name", name or f"r{position:02d}")
        out.append(entry)
    return out


def _scan(value: Any) -> str:
    if type(value) is str and value in _SCANS:
        return value
    raise Bad("no scan type")


def _point(value: Any) -> dict[str, int]:
    if type(value) is dict and value:
        return {axis: whole(value[axis]) for axis in ("x", "y") if axis in value}
    raise Bad("no point of interest")


def trust(value: Any, warn: Warn, path: str) -> list[dict[str, Any]]:
    out = []
    for member in members(value):
        if type(member) is not dict:
            raise Bad("no trust indicator")
        entry = _entry(member, _TRUST, warn, path)
        code, scheme = entry.pop("code", None), entry.pop("scheme", "")
        if code is not None and "role" not in entry and is_uri(role := coded(scheme, code)[1]):
            entry["role"] = role
        if entry:
            out.append(entry)
    return out


def rights(value: Any, warn: Warn, path: str) -> dict[str, Any]:
    if type(value) is not dict:
        raise Bad("no object")
    entry = _entry(value, _RIGHTS, warn, path)
    if ("linkedRights" in entry) == ("encodedRights" in entry):
        raise Bad("neither linked nor encoded rights, or both")
    return entry


def source_type(value: Any, warn: Warn, path: str) -> dict[str, Any] | None:
    found: list[dict[str, Any]] = concepts()(value, warn, path)
    return {key: found[0][key] for key in ("name", "uri", "literal") if key in found[0]} if found else None


def _geometry(value: Any) -> dict[str, Any]:
    return geojson(value)


_LABEL: Fields = {
    "role": ("role", text),
    "contenttype": ("contentType", text),
    "contentType": ("contentType", text),
    "value": ("value", text),
}
_COUNTS: Fields = {
    "charcount": ("charCount", whole),
    "charCount": ("charCount", whole),
    "wordcount": ("wordCount", whole),
    "wordCount": ("wordCount", whole),
}
_ALT_ID = {"role": ("role", text), "value": ("value", text)}
_TRUST = {"role": ("role", uri), "scheme": ("scheme", text), "code": ("code", text), "title": ("title", text), "href": ("href", uri)}
_RIGHTS: Fields = {
    spelling: (name, read)
    for name, read in (("langId", uri), ("linkedRights", uri), ("encodedRights", text))
    for spelling in (name, name.lower())
}
_RENDITION: dict[str, tuple[str, Callable[[Any], Any]]] = {"mimetype": ("contentType", text)}
for _name, _read in (
    *((name, text) for name in ("name", "contentType", "title", "format", "aspectRatio", "videoCodec", "transportProtocol", "bitrate")),
    *((name, whole) for name in ("width", "height", "sizeInBytes")),
    *((name, number) for name in ("duration", "frameRate")),
    ("href", uri),
    ("poi", _point),
    ("scanType", _scan),
):
    _RENDITION[_name] = _RENDITION[_name.lower()] = (_name, _read)

_CONTACT = {"contactinfo": ("contactInfo", _contacts), "contactInfo": ("contactInfo", _contacts)}
labels = labelled(_LABEL)
bodies = labelled({**_LABEL, **_COUNTS})
people = concepts(**_CONTACT)
organisations = concepts(**_CONTACT, symbols=("symbols", _symbols))
places = concepts(**_CONTACT, geojson=("geoJSON", _geometry), geoJSON=("geoJSON", _geometry), geometry_geojson=("geoJSON", _geometry))
subjects = concepts(creator=("creator", text), relevance=("relevance", percent), confidence=("confidence", percent))
_sources = concepts(**_CONTACT, role=("role", text))


def info_sources(value: Any, warn: Warn, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _sources(value, warn, path)
    for entry in found:
        if "rel" in entry:
            entry.setdefault("role", entry.pop("rel"))
            entry.pop("rel", None)
    return found


def genres(value: Any, warn: Warn, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = concepts()(value, warn, path)
    for entry in found:
        entry.pop("rel", None)
    return found
