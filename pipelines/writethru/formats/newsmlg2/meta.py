"""The metadata of a NewsML-G2 item: `itemMeta`, `contentMeta` and `rightsInfo`, each element read where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from writethru.formats.elements import Element, lines, local, words
from writethru.formats.newsmlg2 import concepts as g2_concepts
from writethru.formats.newsmlg2 import links as g2_links
from writethru.formats.newsmlg2.catalogs import Schemes
from writethru.formats.newsmlg2.concepts import Asserts
from writethru.formats.newsmlg2.elements import NAR, concept, label, name, role, word
from writethru.formats.newsmlg2.links import TYPES
from writethru.formats.newsmlg2.notes import Notes
from writethru.formats.values import Bad, is_uri, stamp, urgency
from writethru.records import ItemLink

_PUB_STATUS = "http://cv.iptc.org/newscodes/pubstatusg2/"
# Known, and of no use to who reads the story, or without a place in ninjs.
_UNUSED = (
    "role generator service deliverableOf incompleteItem hash contentModified icon audience exclAudience rating userInteraction origRep "
    "hop contentMetaExtProperty itemMetaExtProperty isManagedBy derivedFrom derivedFromValue accountable dateExpires rightsExpressionData "
    "rightsInfoExtProperty timeRef colour metadataCreator"
).split()

Reader = Callable[[Element, "Reading"], None]


class Reading:
    """What has been read of one item so far. `fields` are texts of the `Item` and of ninjs, `lists` what ninjs has lists for."""

    __slots__ = ("asserts", "fields", "guid", "headlines", "links", "lists", "notes", "providers", "schemes", "signals", "warnings")

    def __init__(self, guid: str | None, schemes: Schemes, asserts: Asserts, warned: list[str]) -> None:
        self.guid = guid
        self.schemes = schemes
        self.asserts = asserts
        self.fields: dict[str, Any] = {}
        self.lists: dict[str, list[Any]] = {}
        self.headlines: list[Element] = []
        self.providers: list[str] = []
        self.notes = Notes()
        self.signals: list[str] = []
        self.links: list[ItemLink] = []
        self.warnings = list(warned)

    def add(self, key: str, entry: Any) -> None:
        if entry:
            self.lists.setdefault(key, []).append(entry)


def read(section: Element, reading: Reading) -> None:
    """Read the children of one section into `reading`. Raises `ParseError` (`too_deep`)."""
    for child in section:
        reader = _BY_TAG.get(child.tag, _unknown)
        if reader is not None:
            reader(child, reading)


def _unknown(element: Element, reading: Reading) -> None:
    tag = element.tag
    if type(tag) is str and (tag[0] != "{" or tag.startswith(NAR)):  # what others add has a namespace of its own
        reading.warnings.append(f"unknown_field:{local(element)}")


def _field(key: str) -> Reader:
    """The first of its kind."""

    def read_field(element: Element, reading: Reading) -> None:
        found = words(element)
        if found:
            reading.fields.setdefault(key, found)

    return read_field


def _each(key: str) -> Reader:
    """Every one of its kind, in `lists`."""

    def read_each(element: Element, reading: Reading) -> None:
        reading.add(key, words(element))

    return read_each


def _described(key: str, kind: str) -> Reader:
    """The first of its kind; further ones, which ninjs has no place for, as descriptions."""

    def read_described(element: Element, reading: Reading) -> None:
        found = words(element)
        if key not in reading.fields:
            reading.fields[key] = found
        elif found and found != reading.fields[key]:
            reading.add("descriptions", {"role": kind, "value": found})

    return read_described


def _moment(key: str) -> Reader:
    """A time that ninjs wants to be a whole one."""

    def read_moment(element: Element, reading: Reading) -> None:
        try:
            reading.fields[key] = stamp(words(element))
        except Bad:
            reading.warnings.append(f"invalid_field:{key}")

    return read_moment


def _alternative(kind: str) -> Reader:
    """An id that the item goes by, or that of what it belongs to."""

    def read_alternative(element: Element, reading: Reading) -> None:
        found = element.get("uri") or element.get("qcode") or element.get("literal") or words(element)
        reading.add("altIds", {"role": kind, "value": found} if found else None)

    return read_alternative


def _item_class(element: Element, reading: Reading) -> None:
    given = element.get("qcode") or element.get("uri") or ""
    kind = TYPES.get(word(given))
    if kind:
        reading.fields["type"] = kind
    elif given:
        reading.warnings.append(f"unknown_type:{given[:80]}")


def _status(element: Element, reading: Reading) -> None:
    given = reading.schemes.printed(element.get("qcode") or "") or element.get("uri") or words(element)
    reading.fields["pubStatus"] = given.removeprefix("stat:").removeprefix(_PUB_STATUS)


def _embargoed(element: Element, reading: Reading) -> None:
    # Without a time it holds until further notice: the element's name is all that is printed.
    reading.fields["embargoed"] = words(element) or "embargoed"


def _provider(element: Element, reading: Reading) -> None:
    reading.providers.append(label(element))


def _credit(element: Element, reading: Reading) -> None:
    found = words(element)
    reading.providers.append(found)
    reading.add("infoSources", {"name": found, "role": "creditline"} if found else None)


def _source(element: Element, reading: Reading) -> None:
    reading.add("infoSources", g2_concepts.party(element, reading.schemes.code))
    reading.providers.append(label(element))


def _creator(element: Element, reading: Reading) -> None:
    reading.add("infoSources", g2_concepts.party(element, reading.schemes.code, local(element)))


def _note(element: Element, reading: Reading) -> None:
    reading.notes.read(element)


def _signal(element: Element, reading: Reading) -> None:
    given = reading.schemes.printed(element.get("qcode") or "") or element.get("uri") or label(element)
    if given:
        reading.signals.append(given)


def _link(element: Element, reading: Reading) -> None:
    link = g2_links.read(element, reading.guid, reading.schemes)
    if link:
        reading.links.append(link)
        associations = reading.lists.get("associations", [])
        reading.add("associations", g2_links.associated(element, link, len(associations)))


def _urgency(element: Element, reading: Reading) -> None:
    try:
        reading.fields["urgency"] = urgency(words(element))
    except Bad:
        reading.warnings.append("invalid_field:urgency")


def _located(element: Element, reading: Reading) -> None:
    qcode = element.get("qcode") or ""
    code = qcode.partition(":")[2]
    found = name(element) or (qcode if code.isdecimal() else code) or element.get("uri") or words(element)
    if found:
        reading.fields.setdefault("located", found)


def _subject(element: Element, reading: Reading) -> None:
    for target, entry in g2_concepts.subject(element, reading.schemes.code, reading.asserts, reading.warnings):
        reading.add(target, entry)


def _keyword(element: Element, reading: Reading) -> None:
    found = words(element)
    reading.add("subjects", {"name": found} if found else None)


def _genre(element: Element, reading: Reading) -> None:
    reading.add("genres", concept(element, reading.schemes.code))


def _headline(element: Element, reading: Reading) -> None:
    reading.headlines.append(element)


def _description(element: Element, reading: Reading) -> None:
    found, kind = lines(element), role(element)
    reading.add("descriptions", ({"role": kind, "value": found} if kind else {"value": found}) if found else None)


def _language(element: Element, reading: Reading) -> None:
    tag = element.get("tag")
    if tag:
        reading.fields.setdefault("language", tag)


def _alt_id(element: Element, reading: Reading) -> None:
    found = words(element) or element.get("id") or ""
    kind = element.get("type") or element.get("typeuri")
    reading.add("altIds", ({"role": kind, "value": found} if kind else {"value": found}) if found else None)


def _holder(element: Element, reading: Reading) -> None:
    found = label(element)
    if found:
        reading.add("copyrightHolder", found)
        reading.providers.append(found)


def _terms(element: Element, reading: Reading) -> None:
    found = lines(element) or element.get("href")
    if found != "None":  # dpa's converter writes Python's word for no terms
        reading.add("usageTerms", found)


def _expression(element: Element, reading: Reading) -> None:
    language = element.get("langid") or ""
    entry = {"langId": language} if is_uri(language) else {}
    text = str(etree.tostring(element[0], encoding="unicode", with_tail=False)) if len(element) else words(element)
    if text:
        reading.fields.setdefault("rightsInfo", {**entry, "encodedRights": text})


def _source_type(element: Element, reading: Reading) -> None:
    entry = concept(element, reading.schemes.code)
    if entry:
        reading.fields.setdefault("digitalSourceType", entry)


_READERS: dict[str, Reader] = {
    "itemClass": _item_class,
    "provider": _provider,
    "versionCreated": _field("versionCreated"),
    "firstCreated": _field("firstCreated"),
    "embargoed": _embargoed,
    "pubStatus": _status,
    "profile": _field("profile"),
    "title": _field("title"),
    "edNote": _note,
    "signal": _signal,
    "link": _link,
    "fileName": _alternative("fileName"),
    "memberOf": _alternative("memberOf"),
    "instanceOf": _alternative("instanceOf"),
    "hasInstanceOf": _alternative("hasInstanceOf"),
    "expires": _moment("expires"),
    "urgency": _urgency,
    "contentCreated": _moment("contentCreated"),
    "located": _located,
    "digitalSourceType": _source_type,
    "infoSource": _source,
    "infosource": _source,
    "creator": _creator,
    "contributor": _creator,
    "altId": _alt_id,
    "language": _language,
    "genre": _genre,
    "keyword": _keyword,
    "subject": _subject,
    "slugline": _described("slugline", "slugline"),
    "headline": _headline,
    "dateline": _described("dateline", "dateline"),
    "by": _each("by"),
    "creditline": _credit,
    "description": _description,
    "copyrightHolder": _holder,
    "copyrightNotice": _each("copyrightNotice"),
    "usageTerms": _terms,
    "rightsExpressionXML": _expression,
}
_BY_TAG: dict[str, Reader | None] = {prefix + tag: reader for tag, reader in _READERS.items() for prefix in ("", NAR)}
_BY_TAG |= dict.fromkeys((prefix + tag for tag in _UNUSED for prefix in ("", NAR)), None)
