"""The metadata of a NewsML-G2 item: `itemMeta`, `contentMeta` and `rightsInfo`, each element read where it belongs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from writethru.formats import markup
from writethru.formats.g2_elements import Element, concept, label, lines, local, name, words
from writethru.formats.values import Bad, percent, stamp, urgency
from writethru.records import ItemLink, ItemNote

_TYPES = {
    "text": "text",
    "picture": "picture",
    "photo": "picture",
    "graphic": "graphic",
    "animated": "graphic",
    "audio": "audio",
    "video": "video",
    "composite": "composite",
}
# A subject's nature (IPTC's `cpnat` or a provider's scheme with the same words) and the property that ninjs has for it.
_NATURES = {
    "person": "people",
    "organisation": "organisations",
    "geoArea": "places",
    "poi": "places",
    "event": "events",
    "object": "objects",
}
# Known, and of no use to who reads the story.
_UNUSED = frozenset(
    "role fileName generator service memberOf instanceOf deliverableOf expires incompleteItem hash contentModified icon audience "
    "exclAudience contributor creator rating userInteraction origRep hop contentMetaExtProperty itemMetaExtProperty isManagedBy "
    "derivedFrom accountable dateExpires rightsExpressionXML rightsExpressionData rightsInfoExtProperty timeRef colour".split()
)


class Reading:
    """What has been read of one item so far. `fields` are texts of the `Item`, `lists` what ninjs has lists for."""

    __slots__ = ("asserts", "fields", "links", "lists", "notes", "providers", "said", "signals", "warnings")

    def __init__(self, asserts: dict[str, Element], warned: list[str]) -> None:
        self.asserts = asserts
        self.said: dict[str, tuple[str, list[float] | None]] = {}  # what has been read of `asserts`
        self.fields: dict[str, Any] = {}
        self.lists: dict[str, list[Any]] = {}
        self.providers: list[str] = []
        self.notes: list[ItemNote] = []
        self.signals: list[str] = []
        self.links: list[ItemLink] = []
        self.warnings = list(warned)

    def add(self, key: str, entry: Any) -> None:
        if entry:
            self.lists.setdefault(key, []).append(entry)


def read(section: Element, reading: Reading) -> None:
    """Read the children of one section into `reading`."""
    for child in section:
        reader = _BY_TAG.get(child.tag)
        if reader is not None:
            reader(child, reading)
        elif (tag := local(child)) not in _UNUSED and (
            child.prefix is None or child.nsmap.get(child.prefix) == section.nsmap.get(section.prefix)
        ):
            reading.warnings.append(f"unknown_field:{tag}")


def _field(key: str) -> Callable[[Element, Reading], None]:
    def read_field(element: Element, reading: Reading) -> None:
        found = words(element)
        if found:
            reading.fields.setdefault(key, found)

    return read_field


def _item_class(element: Element, reading: Reading) -> None:
    given = element.get("qcode") or element.get("uri") or ""
    word = re.split(r"[:/]", given)[-1]
    if word in _TYPES:
        reading.fields["type"] = _TYPES[word]
    elif given:
        reading.warnings.append(f"unknown_type:{given[:80]}")


def _status(element: Element, reading: Reading) -> None:
    given = element.get("qcode") or element.get("uri") or words(element)
    reading.fields["pubStatus"] = given.removeprefix("stat:").removeprefix("http://cv.iptc.org/newscodes/pubstatusg2/")


def _provider(element: Element, reading: Reading) -> None:
    reading.providers.append(label(element))


def _credit(element: Element, reading: Reading) -> None:
    reading.providers.append(words(element))


def _source(element: Element, reading: Reading) -> None:
    entry = concept(element)
    role = element.get("role")
    if role:
        entry["role"] = role
    reading.add("infoSources", entry)
    reading.providers.append(label(element))


def _note(element: Element, reading: Reading) -> None:
    text = markup.from_tree(element) if len(element) else lines(element)
    if text:
        reading.notes.append(ItemNote(f"edNote[{len(reading.notes)}]", text, element.get("role")))


def _signal(element: Element, reading: Reading) -> None:
    given = element.get("qcode") or element.get("uri") or label(element)
    if given:
        reading.signals.append(given)


def _link(element: Element, reading: Reading) -> None:
    ref = element.get("residref") or element.get("guidref") or element.get("href") or element.get("qcode") or element.get("uri")
    if ref:
        rel = (element.get("rel") or "link").removeprefix("irel:").removeprefix("http://cv.iptc.org/newscodes/itemrelation/")
        reading.links.append(ItemLink(rel, ref))


def _urgency(element: Element, reading: Reading) -> None:
    try:
        reading.fields["urgency"] = urgency(words(element))
    except Bad:
        reading.warnings.append("invalid_field:urgency")


def _created(element: Element, reading: Reading) -> None:
    try:
        reading.fields["contentCreated"] = stamp(words(element))
    except Bad:
        reading.warnings.append("invalid_field:contentCreated")


def _located(element: Element, reading: Reading) -> None:
    found = name(element) or element.get("qcode") or element.get("uri") or words(element)
    if found:
        reading.fields.setdefault("located", found)


def _subject(element: Element, reading: Reading) -> None:
    nature = element.get("type") or element.get("typeuri") or ""
    target = _NATURES.get(re.split(r"[:/]", nature)[-1], "subjects") if nature else "subjects"
    entry = concept(element)
    if target == "subjects":
        for key in ("relevance", "confidence"):
            if element.get(key):
                try:
                    entry[key] = percent(element.get(key))
                except Bad:
                    reading.warnings.append(f"invalid_field:subject.{key}")
        creator = element.get("creator")
        if creator:
            entry["creator"] = creator
    if reading.asserts or reading.said:
        _asserted(element, entry, target, reading)
    reading.add(target, entry)


def _asserted(element: Element, entry: dict[str, Any], target: str, reading: Reading) -> None:
    """AP names a subject, dpa puts a place on the map in an `assert` of the same code."""
    key = element.get("qcode") or element.get("literal") or element.get("uri") or ""
    if key in reading.asserts:
        reading.said[key] = _said(reading.asserts.pop(key))
    if key in reading.said:
        found, where = reading.said[key]
        if found and found != element.get("literal"):
            entry.setdefault("name", found)
        if where and target == "places":
            entry["geoJSON"] = {"type": "Point", "coordinates": where}


def _said(element: Element) -> tuple[str, list[float] | None]:
    """The name and the position, longitude first, that an `assert` gives."""
    for position in element.iter("{*}position"):
        try:
            where = [float(position.get("longitude", "")), float(position.get("latitude", ""))]
        except ValueError:
            break
        return name(element), where if all(abs(axis) <= 180 for axis in where) else None
    return name(element), None


def _keyword(element: Element, reading: Reading) -> None:
    found = words(element)
    reading.add("subjects", {"name": found} if found else None)


def _genre(element: Element, reading: Reading) -> None:
    reading.add("genres", concept(element))


def _headline(element: Element, reading: Reading) -> None:
    _labelled("headlines", words(element), element, reading)


def _description(element: Element, reading: Reading) -> None:
    _labelled("descriptions", lines(element), element, reading)


def _labelled(key: str, found: str, element: Element, reading: Reading) -> None:
    if found:
        role = element.get("role")
        reading.add(key, {"role": role, "value": found} if role else {"value": found})


def _language(element: Element, reading: Reading) -> None:
    tag = element.get("tag")
    if tag:
        reading.fields.setdefault("language", tag)


def _alt_id(element: Element, reading: Reading) -> None:
    found = words(element) or element.get("id") or ""
    if found:
        role = element.get("type")
        reading.add("altIds", {"role": role, "value": found} if role else {"value": found})


def _holder(element: Element, reading: Reading) -> None:
    found = label(element)
    if found:
        reading.fields.setdefault("copyrightHolder", found)
        reading.providers.append(found)


def _terms(element: Element, reading: Reading) -> None:
    reading.add("usageTerms", lines(element) or element.get("href"))


def _source_type(element: Element, reading: Reading) -> None:
    entry = concept(element)
    if entry:
        reading.fields.setdefault("digitalSourceType", entry)


_READERS: dict[str, Callable[[Element, Reading], None]] = {
    "itemClass": _item_class,
    "provider": _provider,
    "versionCreated": _field("versionCreated"),
    "firstCreated": _field("firstCreated"),
    "embargoed": _field("embargoed"),
    "pubStatus": _status,
    "profile": _field("profile"),
    "title": _field("title"),
    "edNote": _note,
    "signal": _signal,
    "link": _link,
    "urgency": _urgency,
    "contentCreated": _created,
    "located": _located,
    "digitalSourceType": _source_type,
    "infoSource": _source,
    "infosource": _source,
    "altId": _alt_id,
    "language": _language,
    "genre": _genre,
    "keyword": _keyword,
    "subject": _subject,
    "slugline": _field("slugline"),
    "headline": _headline,
    "dateline": _field("dateline"),
    "by": _field("by"),
    "creditline": _credit,
    "description": _description,
    "copyrightHolder": _holder,
    "copyrightNotice": _field("copyrightNotice"),
    "usageTerms": _terms,
}
_BY_TAG = {prefix + tag: reader for tag, reader in _READERS.items() for prefix in ("", "{http://iptc.org/std/nar/2006-10-01/}")}
