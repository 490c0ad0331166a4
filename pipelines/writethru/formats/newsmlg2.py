"""NewsML-G2: news items and packages, alone or in a news message; with IPTC's namespace or, as TT sends it, with none.

Source: the IPTC's NewsML-G2 examples and schemas, and items of dpa, Reuters and TT.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from writethru.formats import g2_content, g2_meta
from writethru.formats.g2_elements import local
from writethru.formats.limits import WARNINGS, Limits
from writethru.records import Item, ItemLink, NotAnArticle, ParseError

FORMAT = "newsml-g2"

_NAMESPACES = ("{http://iptc.org/std/nar/2006-10-01/", "")
_ITEMS = frozenset({"newsItem", "packageItem"})
_NO_ARTICLES = frozenset({"conceptItem", "knowledgeItem", "planningItem", "catalogItem"})
_METADATA = ("itemMeta", "contentMeta", "rightsInfo")  # in this order, so that the provider stands before the holder of rights
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def matches(root: etree._Element) -> bool:
    """By the root element's name and namespace."""
    namespace, _, name = root.tag.rpartition("}")
    return namespace in _NAMESPACES and (name in _ITEMS or name in _NO_ARTICLES or name == "newsMessage")


def parse(root: etree._Element, encoding: str, warned: list[str], limits: Limits) -> list[Item | ParseError | NotAnArticle]:
    """The items of the document in order; what is no article or cannot be read stands in its place.

    `warned` is what reading the XML gave cause to. Raises `ParseError` (`too_large`) for too many items.
    """
    name = local(root)
    if name != "newsMessage":
        return [_parse(root, name, 0, encoding, warned)]
    found: list[Item | ParseError | NotAnArticle] = []
    for child in root:
        if local(child) == "itemSet":
            if len(found) + len(child) > limits.items:
                raise ParseError("too_large", f"more than {limits.items} items")
            for member in child:
                found.append(_parse(member, local(member), len(found), encoding, warned))
    return found or [NotAnArticle(FORMAT, "newsMessage without items")]


def _parse(element: etree._Element, name: str, index: int, encoding: str, warned: list[str]) -> Item | ParseError | NotAnArticle:
    if name in _NO_ARTICLES:
        return NotAnArticle(FORMAT, name)
    if name not in _ITEMS:
        return ParseError("unknown_format", f"<{name[:80]}> in an itemSet")
    try:
        return _item(element, name == "packageItem", index, encoding, warned)
    except (ParseError, NotAnArticle) as failure:
        return failure


def _item(element: etree._Element, package: bool, index: int, encoding: str, warned: list[str]) -> Item:
    sections: dict[str, etree._Element] = {}
    content_set = None
    asserts: dict[str, etree._Element] = {}
    for child in element:
        tag = local(child)
        if tag in _METADATA:
            sections[tag] = child
        elif tag == "contentSet":
            content_set = child
        elif tag == "assert":
            asserts[child.get("qcode") or child.get("literal") or child.get("uri") or ""] = child
    reading = g2_meta.Reading(asserts, warned)
    for tag in _METADATA:
        if tag in sections:
            g2_meta.read(sections[tag], reading)
    fields, lists = reading.fields, reading.lists

    headlines = lists.pop("headlines", [])
    headline = headlines.pop(0)["value"] if headlines else ""
    if headlines:
        lists["headlines"] = headlines
    content = g2_content.Content()
    if content_set is not None:
        content = g2_content.read(content_set, headline, reading.warnings)
    if content.events:
        raise NotAnArticle(FORMAT, "events")
    if content.renditions:
        lists["renditions"] = list(content.renditions)
    kind = fields.pop("type", "text")
    if package:
        kind = "composite"
        for ref, entry in g2_content.references(element):
            reading.links.append(ItemLink("itemRef", ref))
            reading.add("associations", entry)
    elif kind == "composite" and content.body:
        kind = "text"
    body = g2_content.without_teaser(content.body, lists.get("descriptions", []))
    _keep_dateline(fields.pop("dateline", ""), body, reading)
    usage_terms = "\n".join(lists.pop("usageTerms", ()))
    extra: dict[str, Any] = {}
    item = Item(
        format=FORMAT,
        index=index,
        type=kind,
        uri=element.get("guid") or None,
        version=element.get("version") or None,
        providers=tuple(dict.fromkeys(name for name in reading.providers if name)),
        language=fields.pop("language", None) or element.get(_LANGUAGE) or None,
        headline=headline or content.headline,
        slug=fields.pop("slugline", ""),
        byline=fields.pop("by", "") or content.byline,
        located=fields.pop("located", ""),
        body=body,
        notes=tuple(reading.notes),
        signals=tuple(reading.signals),
        links=tuple(reading.links),
        status=fields.pop("pubStatus", None),
        urgency=fields.pop("urgency", None),
        first_created=fields.pop("firstCreated", None),
        version_created=fields.pop("versionCreated", None),
        embargoed=fields.pop("embargoed", None),
        subjects=tuple(lists.pop("subjects", ())),
        places=tuple(lists.pop("places", ())),
        genres=tuple(lists.pop("genres", ())),
        alt_ids=tuple(lists.pop("altIds", ())),
        usage_terms=usage_terms or None,
        extra=extra,
        encoding=encoding,
        warnings=tuple(reading.warnings[:WARNINGS]),
    )
    extra.update(fields)  # what is left is ninjs' own: copyrightHolder, copyrightNotice, contentCreated, title, profile …
    extra.update(lists)
    return item


def _keep_dateline(dateline: str, body: str, reading: g2_meta.Reading) -> None:
    """dpa repeats the dateline at the head of the text; where nobody does, it is kept as a description."""
    if dateline and dateline.rstrip(" -") not in body[:600]:
        reading.add("descriptions", {"role": "dateline", "value": dateline})
