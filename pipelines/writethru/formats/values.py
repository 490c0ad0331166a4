"""The small values of ninjs 3.1, made valid or refused: texts, times, addresses, places on the map."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

# The characters and the authority of RFC 3986, no looser than its grammar: a value that is no address becomes a `literal`.
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:"
    r"(?://(?:[A-Za-z0-9._~!$&'()*+,;=:-]*@)?[A-Za-z0-9._~!$&'()*+,;=-]*(?::\d*)?(?=[/?#]|$)|(?!//))"
    r"[A-Za-z0-9._~!$&'()*+,;=:@/-]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,;=:@/-]*)*"
    r"(?:\?[A-Za-z0-9._~!$&'()*+,;=:@/?-]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,;=:@/?-]*)*)?"
    r"(?:\#[A-Za-z0-9._~!$&'()*+,;=:@/?-]*(?:%[0-9A-Fa-f]{2}[A-Za-z0-9._~!$&'()*+,;=:@/?-]*)*)?"
)
_EXACT = 1 << 53
"""Integers below it are the same to every reader of JSON; above 64 bits none can be written."""
_STAMP = re.compile(
    r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)"
)

SCHEMES = {
    "medtop": "http://cv.iptc.org/newscodes/mediatopic/",
    "subj": "http://cv.iptc.org/newscodes/subjectcode/",
    "genre": "http://cv.iptc.org/newscodes/genre/",
    "digsrctype": "http://cv.iptc.org/newscodes/digitalsourcetype/",
    "iso3166-1a2": "http://cvx.iptc.org/iso3166-1a2/",
    "iso3166-1a3": "http://cvx.iptc.org/iso3166-1a3/",
    "a1312cat": "http://cvx.iptc.org/anpa1312-category/",
}
"""IPTC's own schemes by their usual alias (catalogue 41): one code has one spelling, whatever format it came in."""


class Bad(ValueError):
    """A value that no reading makes valid. Never leaves the package."""


_KINDS = {dict: "an object", list: "a list", bool: "a boolean", int: "a number", float: "a number", str: "a text"}


def kind(value: Any) -> str:
    """What a value of JSON is, in words."""
    return _KINDS.get(type(value), "null")


def is_uri(value: str) -> bool:
    """Whether a text is a URI by RFC 3986, as JSON Schema's format `uri` asks."""
    return _URI.fullmatch(value) is not None


def folded(value: str) -> str:
    """Line ends as `\\n`."""
    return "\n".join(value.split("\r\n")).replace("\r", "\n") if "\r" in value else value  # replacing pairs takes twice as long


def text(value: Any) -> str:
    """A text, or a number in its digits. Raises `Bad`."""
    if type(value) is str:
        return folded(value)
    if type(value) in (int, float):
        return str(value)
    raise Bad(kind(value))


def uri(value: Any) -> str:
    """Raises `Bad`."""
    if type(value) is str and is_uri(value):
        return value
    raise Bad("no URI")


def stamp(value: Any) -> str:
    """A date-time of RFC 3339. Raises `Bad`."""
    if type(value) is str and _STAMP.fullmatch(value):
        try:
            date(int(value[:4]), int(value[5:7]), int(value[8:10]))
        except ValueError:
            raise Bad("no day of the calendar") from None
        return value
    raise Bad("no date-time of RFC 3339")


def whole(value: Any) -> int:
    """An integer, also where it came as a text or as 5.0. Raises `Bad`."""
    if type(value) is int and abs(value) < _EXACT:
        return value
    if type(value) is float and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    if type(value) is str and len(value) < 16 and (digits := value.strip()).isdecimal():
        return int(digits)  # of the signs that are stripped int() knows fewer
    raise Bad("no integer")


def number(value: Any) -> int | float:
    """Raises `Bad`."""
    if type(value) is float or (type(value) is int and abs(value) < _EXACT):
        return value
    if type(value) is str and len(value) < 24:
        try:
            found = float(value)
        except ValueError:
            raise Bad("no number") from None
        if abs(found) < 1e15:
            return int(found) if found.is_integer() else found
    raise Bad("no number")


def percent(value: Any) -> int:
    """0 to 100. Raises `Bad`."""
    found = round(value) if type(value) is float and abs(value) < 1000 else whole(value)
    if 0 <= found <= 100:
        return found
    raise Bad("not within 0 and 100")


def urgency(value: Any) -> int:
    """1 to 9. Raises `Bad`."""
    found = whole(value)
    if 1 <= found <= 9:
        return found
    raise Bad("not within 1 and 9")


def coded(scheme: str, code: str) -> tuple[str, str]:
    """A code of a scheme as `("uri", …)` where that gives one, else as `("literal", …)`; a scheme we do not know stays as it is."""
    known = SCHEMES.get(scheme)
    whole_ = known + code if known else (scheme + code if "/" in scheme or scheme.endswith((":", "#")) else f"{scheme}:{code}")
    return ("uri", whole_) if is_uri(whole_) else ("literal", whole_)


_DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "Polygon": 2, "MultiLineString": 2, "MultiPolygon": 3}
_SHORTEST = {"LineString": 2, "MultiLineString": 2, "Polygon": 4, "MultiPolygon": 4}


def geojson(value: Any, depth: int = 0) -> dict[str, Any]:
    """A GeoJSON object by RFC 7946, its `bbox` left out. Raises `Bad`."""
    kind = value.get("type") if type(value) is dict else None
    if type(kind) is not str or depth > 8:
        raise Bad("no GeoJSON")
    if kind in _DEPTHS:
        return {"type": kind, "coordinates": _coordinates(value.get("coordinates"), _DEPTHS[kind], _SHORTEST.get(kind, 0))}
    if kind == "GeometryCollection" and type(value.get("geometries")) is list:
        members = [geojson(member, depth + 1) for member in value["geometries"]]
        if all(member["type"] in _DEPTHS for member in members):
            return {"type": kind, "geometries": members}
    if kind == "FeatureCollection" and type(value.get("features")) is list:
        members = [geojson(member, depth + 1) for member in value["features"]]
        if all(member["type"] == "Feature" for member in members):
            return {"type": kind, "features": members}
    if kind == "Feature":
        where, properties = value.get("geometry"), value.get("properties")
        geometry = None if where is None else geojson(where, depth + 1)
        if geometry is None or geometry["type"] in _DEPTHS or geometry["type"] == "GeometryCollection":
            return {"type": kind, "properties": properties if type(properties) is dict else None, "geometry": geometry}
    raise Bad("no GeoJSON")


def _coordinates(value: Any, depth: int, shortest: int) -> list[Any]:
    if type(value) is not list:
        raise Bad("no GeoJSON")
    if depth:
        if depth == 1 and len(value) < shortest:
            raise Bad("no GeoJSON")
        return [_coordinates(member, depth - 1, shortest) for member in value]
    if len(value) < 2:
        raise Bad("no GeoJSON")
    return [number(axis) for axis in value]
