"""One element of an entry each, read into what is known of it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from typing import TypeAlias

from lxml import etree

from writethru.formats import encoding as charsets
from writethru.formats.feeds import media as feeds_media
from writethru.formats.feeds import names
from writethru.formats.feeds import text as feeds_text
from writethru.formats.feeds.entry import Channel, Entry, status
from writethru.formats.feeds.terms import address, category, keywords, line, named, person, point
from writethru.formats.feeds.text import Kind, one_line
from writethru.formats.markup import Copy
from writethru.formats.values import is_uri
from writethru.records import ItemLink

Element: TypeAlias = "etree._Element"  # noqa: SLF001  # lxml has no public name for it
Reader: TypeAlias = Callable[[Element, Entry], None]

# Atom's relations that say where a page of the feed or of its machinery lies.
_PAGES = frozenset(
    "self edit edit-media replies next previous prev first last hub search service shortlink canonical icon stylesheet amphtml".split()
)
_BASE64 = re.compile(r"[\sA-Za-z0-9+/=]*", re.ASCII)
_LATITUDES, _LONGITUDES = (frozenset(space + name for space in names.GEO) for name in ("lat", "long"))


def _kind(element: Element) -> Kind:
    """How Atom declares a text: `type` is a word or a media type. XHTML's tags are elements here, its text is text."""
    return "html" if "html" in (element.get("type") or "").lower() and not len(element) else "text"


def headline(element: Element) -> str:
    if element.tag.startswith(names.ATOM):
        value = _inner(element)
        if element.get("mode") == "base64":
            value = _decoded(value) or value
        return feeds_text.title(value, _kind(element))
    return feeds_text.title(_inner(element), "either")


def _inner(element: Element) -> str:
    return "".join(map(str, element.itertext())) if len(element) else element.text or ""


def _story(element: Element, entry: Entry) -> Copy:
    """The text of an element of RSS or Atom, whichever way it holds it."""
    if len(element):
        return feeds_text.of_tree(element)
    value = element.text or ""
    if not element.tag.startswith(names.ATOM):
        return feeds_text.story(value, "either")
    kind = (element.get("type") or "text").strip().lower()
    if element.get("mode") == "base64" or (kind not in ("text", "html", "xhtml") and "text/" not in kind and not kind.endswith("xml")):
        decoded = _decoded(value)
        if decoded is None or not kind.startswith("text"):
            entry.warnings.append(f"unread_body:{kind[:80]}")
            return Copy()
        value = decoded
    return feeds_text.story(value, _kind(element))


def _decoded(value: str) -> str | None:
    if not _BASE64.fullmatch(value):
        return None
    try:
        return charsets.decode(base64.b64decode(value), None)[0]
    except binascii.Error:
        return None


def _language_of(element: Element, entry: Entry) -> None:
    language = element.get(names.LANGUAGE)
    if language and not entry.language:
        entry.language = language


def read_title(element: Element, entry: Entry) -> None:
    if not entry.title:
        entry.title = headline(element)
        _language_of(element, entry)


def read_summary(element: Element, entry: Entry) -> None:
    if not entry.summary.text:
        entry.summary = _story(element, entry)
        _language_of(element, entry)


def read_body(element: Element, entry: Entry) -> None:
    source = element.get("src")
    if source:  # content out of line
        entry.media.append([feeds_media.of_content(address(element, source), element.get("type") or "")])
    elif not entry.body.text:
        entry.body = _story(element, entry)
        _language_of(element, entry)


def read_link(element: Element, entry: Entry) -> None:
    given = line(element) or element.get("href") or ""
    if given and not entry.link:
        entry.link = address(element, given)


def read_atom_link(element: Element, entry: Entry) -> None:
    href = address(element, element.get("href") or "")
    rel = (element.get("rel") or "alternate").removeprefix("http://www.iana.org/assignments/relation/")
    if not href or rel in _PAGES:
        return
    if rel == "alternate" and "html" in (element.get("type") or "html"):
        entry.link = entry.link or href
    elif rel == "enclosure":
        entry.enclosures.append(feeds_media.of_enclosure(element.attrib, href))
    elif rel == "license":
        entry.license = href
    else:
        entry.links.append(ItemLink(rel, href))


def read_guid(element: Element, entry: Entry) -> None:
    entry.id = line(element)
    permanent = (element.get("isPermaLink") or element.get("ispermalink") or "true").strip().lower() != "false"
    if permanent and not entry.link and is_uri(entry.id):
        entry.link = entry.id


def read_id(element: Element, entry: Entry) -> None:
    entry.id = line(element) or entry.id


def field(name: str) -> Reader:
    def read_field(element: Element, entry: Entry) -> None:
        found = line(element)
        if found:
            setattr(entry, name, found)

    return read_field


def first(name: str) -> Reader:
    def read_field(element: Element, entry: Entry) -> None:
        if not getattr(entry, name):
            setattr(entry, name, line(element))

    return read_field


def read_author(element: Element, entry: Entry) -> None:
    found = person(element) if len(element) else named(line(element))
    if found:
        entry.authors.append(found)


def read_category(element: Element, entry: Entry) -> None:
    term, label = element.get("term") or "", element.get("label") or ""
    found = category(one_line(term), one_line(label), element.get("scheme") or "") if term else None
    found = found or category(line(element), "", element.get("domain") or "")
    if found:
        entry.subjects.append(found)


def read_keywords(element: Element, entry: Entry) -> None:
    entry.subjects += keywords(line(element))


def read_source(element: Element, entry: Entry) -> None:
    entry.source = Channel(title=line(element), link=address(element, element.get("url") or ""))


def read_origin(element: Element, entry: Entry) -> None:
    """Dublin Core's source: the address of what the entry is made from, or the name of whose it is."""
    found = line(element) or element.get(names.RESOURCE) or ""
    if is_uri(found):
        entry.links.append(ItemLink("source", found))
    elif found and entry.source is None:
        entry.source = Channel(title=found)


def read_enclosure(element: Element, entry: Entry) -> None:
    href = address(element, element.get("url") or element.get("href") or "")
    if href:
        entry.enclosures.append(feeds_media.of_enclosure(element.attrib, href))


def read_license(element: Element, entry: Entry) -> None:
    entry.license = element.get(names.RESOURCE) or line(element) or element.get("href") or ""


def read_status(element: Element, entry: Entry) -> None:
    entry.status = status(element.get("state") or "", element.get("reason") or "")


def read_reply(element: Element, entry: Entry) -> None:
    ref = element.get("ref") or element.get("href")
    if ref:
        entry.links.append(ItemLink("in-reply-to", ref))


def tie(rel: str) -> Reader:
    def read_tie(element: Element, entry: Entry) -> None:
        ref = line(element) or element.get(names.RESOURCE) or ""
        if ref:
            entry.links.append(ItemLink(rel, ref))

    return read_tie


def read_identifier(element: Element, entry: Entry) -> None:
    found = line(element)
    if found:
        entry.identifiers.append(found)


def read_place(element: Element, entry: Entry) -> None:
    found = line(element)
    if found:
        entry.places.append(found)


def read_point(element: Element, entry: Entry) -> None:
    """GeoRSS in its simple form, or GML's `pos` within its `where`."""
    inner = next(element.iter("{http://www.opengis.net/gml}pos"), None)
    entry.point = entry.point or point(line(element if inner is None else inner))


def read_lat_long(element: Element, entry: Entry) -> None:
    for child in element:
        if child.tag in _LATITUDES:
            entry.latitude = line(child)
        elif child.tag in _LONGITUDES:
            entry.longitude = line(child)
