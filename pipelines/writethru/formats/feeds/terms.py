"""The small things of a feed: persons, addresses, categories, keywords, points on the map."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from writethru.formats.feeds.text import one_line
from writethru.formats.values import SCHEMES, coded, is_uri

_MAILED = re.compile(r"[^\s@()<>]+@[^\s@()<>]+\s*\((?P<name>[^()]*)\)|(?P<before>[^@()<>]*?)\s*[(<][^\s@()<>]+@[^\s@()<>]+[)>]")
_ADDRESS = re.compile(r"[^\s@()<>]+@[^\s@()<>]+")
_LONGEST = 300
_MACHINES = frozenset({"www", "feeds", "feed", "rss"})
_NO_SCHEME = "http://search.yahoo.com/mrss/category_schema"
"""Media RSS's default, which names no scheme."""
_SERVICE = re.compile(r"\w\s?[:|]\s|\s[-\u2013\u2014]\s")
_COORDINATE = re.compile(r"-?\d{1,3}(?:\.\d{1,15})?")


def line(element: etree._Element) -> str:
    """An element's text as one line."""
    return one_line("".join(map(str, element.itertext())) if len(element) else element.text or "")


def person(element: etree._Element) -> str:
    """The name of Atom's person, or of RSS's text."""
    if not len(element):
        return named(line(element))
    found = element.find("{*}name")
    return one_line(found.text or "") if found is not None else ""


def named(text: str) -> str:
    """The name beside an address: `desk@x.org (Mara Quill)`, `Mara Quill <desk@x.org>`; empty for an address alone."""
    if "@" not in text or len(text) > _LONGEST:
        return text
    found = _MAILED.fullmatch(text)
    if found:
        return (found["name"] or found["before"] or "").strip()
    return "" if _ADDRESS.fullmatch(text) else text


def address(element: etree._Element, given: str) -> str:
    """An address resolved by the `xml:base` in whose scope it stands."""
    given = given.strip()
    return given if given.startswith(("http://", "https://")) else resolved(given, element.base or "")


def resolved(given: str, base: str) -> str:
    """An address made absolute where `base` allows it; as it is where it is none."""
    if not base or not given or given.startswith(("http://", "https://")):
        return given
    try:
        return urljoin(base, given)
    except ValueError:  # a port or a bracketed host that is none
        return given


def host(address: str) -> str:
    """The host of an address, without the label that says what machine it is."""
    try:
        found = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    first, _, rest = found.partition(".")
    return rest if first in _MACHINES and "." in rest else found


def category(term: str, label: str, scheme: str) -> dict[str, Any] | None:
    """A subject: its name, and its code where a scheme stands behind it, or before it as in `medtop:20000139`."""
    if not term:
        return {"name": label} if label else None
    prefix, colon, code = term.partition(":")
    scheme = "" if scheme.strip() == _NO_SCHEME else scheme.strip()
    name = label or ("" if term.isdecimal() else term)
    if colon and prefix in SCHEMES:
        name, (key, value) = label, coded(prefix, code)
    elif scheme.endswith(("/", "#", ":", "=")):
        key, value = "literal", scheme + term
        key = "uri" if is_uri(value) else key
    elif scheme:  # RSS's `domain` is any text, Atom's scheme need not end so that a term can follow
        key, value = "literal", f"{scheme}:{term}"
    else:
        return {"name": label or term}
    return {"name": name, key: value} if name else {key: value}


def keywords(text: str) -> list[dict[str, Any]]:
    """Comma-parted words as subjects."""
    return [{"name": word.strip()} for word in text.split(",") if word.strip()]


def point(text: str) -> dict[str, Any] | None:
    """`45.256 -71.92`, latitude first, as a GeoJSON point, longitude first."""
    parts = text.replace(",", " ").split()
    if len(parts) == 2 and all(map(_COORDINATE.fullmatch, parts)):
        latitude, longitude = map(float, parts)
        if abs(latitude) <= 90 and abs(longitude) <= 180:
            return {"type": "Point", "coordinates": [longitude, latitude]}
    return None


def service(title: str) -> str:
    """The title of a feed that names house and service (`Reuters: World`); empty where it has no two parts."""
    return title if _SERVICE.search(title) else ""
