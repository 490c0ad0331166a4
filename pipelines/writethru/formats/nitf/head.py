"""The head of NITF: `title`, `meta`, `tobject`, `pubdata` and `revision-history`; `docdata` has a module of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from writethru.formats.elements import Element, local, words
from writethru.formats.nitf import docdata as nitf_docdata
from writethru.formats.nitf.reading import Reading
from writethru.formats.values import coded

# Names of `meta`, which every provider chooses for itself, lower case.
_META_FIELDS = {
    "language": "language",
    "lang": "language",
    "slug": "slug",
    "slugline": "slug",
    "ntbstikkord": "slug",
    "priority": "priority",
    "anpa-priority": "priority",
    "ap-priority": "priority",
    "copyright": "copyrightNotice",
}
_META_IDS = {
    "ntbid": "NTBID",
    "ntbiptcsequence": "transmission",
    "usn": "USN",
    "itemid": "itemid",
    "ap-transref": "transmission",
    "transref": "transmission",
    "transmission-reference": "transmission",
}
_META_CATEGORIES = frozenset({"category", "ap-category", "anpa-category"})
_META_PROVIDERS = frozenset({"provider", "source", "credit"})
_META_NOTES = frozenset({"ednote", "editors-note", "editor-note"})
# Known, and of no use to who reads the story: what the sender's system says of itself, or says again.
_META_UNUSED = frozenset(
    "filename timestamp subject generator description robots ntb-dato ntbutdato ntbeditor ntbtjeneste ntbkanal ntbdistribusjonskode "
    "ntbbilderantall ap-cycle ap-format ap-selector ap-wordcount ap-routing ap-origin".split()
)


def read(head: Element, reading: Reading) -> None:
    """Reads a `head` or a `tobject` into `reading`, element by element in document order."""
    for child in head:
        tag = local(child)
        reader = _READERS.get(tag)
        if reader is not None:
            reader(child, reading)
        elif tag not in _UNUSED:
            reading.warnings.append(f"unknown_field:{tag[:80]}")


def _title(element: Element, reading: Reading) -> None:
    reading.set("title", words(element))


def _meta(element: Element, reading: Reading) -> None:
    given = element.get("name") or element.get("http-equiv") or ""
    value = (element.get("content") or "").strip()
    name = given.lower()
    if not value or name in _META_UNUSED:
        return
    if name in _META_FIELDS:
        reading.set(_META_FIELDS[name], value)
    elif name in _META_IDS:
        reading.add("altIds", {"role": _META_IDS[name], "value": value})
    elif name in _META_CATEGORIES:
        # IPTC's categories are one letter; what EFE writes here (`DIS`) is its own.
        key, code = coded("a1312cat", value.lower()) if len(value) == 1 else ("literal", value)
        reading.add("subjects", {key: code})
    elif name in _META_PROVIDERS:
        reading.providers.append(value)
    elif name in _META_NOTES:
        reading.note(f"meta.{given}", value, None)
    elif element.get("http-equiv") is None:
        reading.warnings.append(f"unknown_field:meta.{given[:80]}")


def _tobject(element: Element, reading: Reading) -> None:
    reading.genre(element.get("tobject.type"))
    read(element, reading)


def _property(element: Element, reading: Reading) -> None:
    reading.genre(element.get("tobject.property.type"))


def _subject(element: Element, reading: Reading) -> None:
    """The most particular of the three names; the number of IPTC's Subject Codes, else the code of three letters."""
    entry: dict[str, Any] = {}
    for level in ("detail", "matter", "type"):
        name = element.get(f"tobject.subject.{level}")
        if name:
            entry["name"] = name
            break
    number, letters = element.get("tobject.subject.refnum"), element.get("tobject.subject.code")
    if number:
        key, code = coded(_scheme(element), number)
        entry[key] = code
    elif letters:
        entry["literal"] = letters
    reading.add("subjects", entry)


def _scheme(element: Element) -> str:
    owner = element.get("tobject.subject.ipr") or "IPTC"
    return "subj" if owner.upper().startswith("IPTC") else owner


def _revision(element: Element, reading: Reading) -> None:
    if element.get("norm"):
        reading.revisions.append(element.get("norm", ""))
    reading.note("revision-history", element.get("comment"), element.get("function"))


def _publication(element: Element, reading: Reading) -> None:
    reading.set("publication", element.get("date.publication"))


_UNUSED = frozenset({"iim"})
_READERS: dict[str, Callable[[Element, Reading], None]] = {
    "title": _title,
    "meta": _meta,
    "tobject": _tobject,
    "tobject.property": _property,
    "tobject.subject": _subject,
    "docdata": nitf_docdata.read,
    "pubdata": _publication,
    "revision-history": _revision,
}
