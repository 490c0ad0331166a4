"""NewsML 1.0 to 1.2: every `NewsItem` of the document, also those inside others, with what the envelope says of all of them.

Source: the IPTC's NewsML 1.2 document type and functional specification, and items of AFP, EFE and Business Wire.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from writethru.formats.elements import LANGUAGE, Element
from writethru.formats.limits import WARNINGS, Limits
from writethru.formats.newsml1 import content as newsml1_content
from writethru.formats.newsml1 import meta as newsml1_meta
from writethru.formats.newsml1.components import components
from writethru.formats.newsml1.reading import Envelope, Reading
from writethru.records import Item, NotAnArticle, ParseError

FORMAT = "newsml-1"

_DASHES = ("-", "\u2013", "\u2014", "_")
_SIGNED = re.compile(r"\([^()]{2,40}\)|/[^/]{2,20}/")
"""What tells a dateline that was written to be printed from the bare name of a place."""
_SIGNATURE = re.compile(r"\([^()\n]{2,30}\)\s*[-\u2013\u2014]")
"""Copy that opens with the second half of a dateline: Business Wire gives the place alone a line, and signs the text."""
_OPENED = re.compile(r" (?:--?|[\u2013\u2014_]) |\)|/\.? ")
"""What ends a dateline. Copy with one of these in its first words opens with a dateline of its own, more or less: there the envelope's
place counts for nothing (Kyodo's has been seen wrong)."""
_OPENING = 300
"""Characters of the copy within which it may repeat the dateline."""


def matches(root: etree._Element) -> bool:
    """By the root element: `NewsML`, or a `NewsItem` that was taken out of one. NewsML-G2 begins its names in lower case."""
    namespace, _, name = root.tag.rpartition("}")
    return name in ("NewsML", "NewsItem") and (not namespace or "iptc.org" in namespace)


def parse(root: etree._Element, encoding: str, warned: list[str], limits: Limits) -> list[Item | ParseError | NotAnArticle]:
    """The items of the document in order, an item before those inside it; what is no article or cannot be read stands in its place.

    `warned` is what reading the XML gave cause to. Raises `ParseError` (`too_large`) for too many items.
    """
    if root.tag[0] == "{":
        _bare(root)
    items = list(root.iter("NewsItem"))
    if len(items) > limits.items:
        raise ParseError("too_large", f"more than {limits.items} items")
    if not items:
        return [NotAnArticle(FORMAT, "NewsML without items")]
    envelope = newsml1_meta.envelope(root)
    return [_parse(item, envelope, encoding, warned, limits) for item in items]


def _bare(root: etree._Element) -> None:
    """Takes NewsML's own namespace off, which most agencies do not write; that of XHTML and NITF inside stays."""
    own = root.tag[: root.tag.index("}") + 1]
    for element in root.iter(own + "*"):
        element.tag = element.tag[len(own) :]


def _parse(item: Element, envelope: Envelope, encoding: str, warned: list[str], limits: Limits) -> Item | ParseError | NotAnArticle:
    try:
        return _item(item, envelope, encoding, warned, limits)
    except (ParseError, NotAnArticle) as failure:
        return failure


def _item(element: Element, envelope: Envelope, encoding: str, warned: list[str], limits: Limits) -> Item:
    reading = Reading(envelope, warned)
    tops: list[Element] = []
    updates: list[Element] = []
    for child in element:
        tag = child.tag
        if tag == "NewsComponent":
            tops.append(child)
        elif tag == "Identification":
            newsml1_meta.identify(child, reading)
        elif tag == "NewsManagement":
            newsml1_meta.read(child, reading)
        elif tag == "Update":
            updates.append(child)
        elif tag == "TopicSet":
            raise NotAnArticle(FORMAT, "TopicSet")
    tree = components(tops)
    for component in tree.described:
        for section in component:
            if section.tag in newsml1_meta.SECTIONS:
                newsml1_meta.read(section, reading)
    content = newsml1_content.read(tree, reading, limits)
    if updates:
        newsml1_content.amend(updates, content, reading)
    newsml1_meta.conclude(reading)
    fields, lists = reading.fields, reading.lists
    headline = fields.pop("headline", "") or content.headline
    body = content.body
    if headline and body.startswith(headline + "\n\n"):
        body = body[len(headline) + 2 :]
    body = _with_dateline(fields.pop("dateline", ""), body, reading)
    sign_off = fields.pop("sign_off", "")
    if sign_off and not body.endswith(sign_off):  # it stands below the copy, where it is read as what it is
        body = f"{body}\n\n{sign_off}".strip()
    slug = fields.pop("slug", "") or content.slug
    if slug and "headlines" in lists:  # EFE's sub-headline is its slug
        lists["headlines"] = [entry for entry in lists["headlines"] if entry["value"] != slug]
    city = fields.pop("city", "")
    if city and not _OPENED.search(body, 2, 100):
        fields.setdefault("located", city)
    extra: dict[str, Any] = {}
    item = Item(
        format=FORMAT,
        type=content.type,
        uri=fields.pop("uri", None),
        version=fields.pop("version", None),
        providers=tuple(dict.fromkeys(filter(None, reading.parties["named"]))),
        language=fields.pop("language", None) or element.get(LANGUAGE) or content.language,
        headline=headline,
        slug=slug,
        byline=fields.pop("byline", ""),
        located=fields.pop("located", ""),
        body=body,
        notes=tuple(reading.notes),
        signals=tuple(reading.signals),
        links=tuple(reading.links),
        status=fields.pop("status", None),
        urgency=fields.pop("urgency", envelope.priority),
        first_created=fields.pop("firstCreated", None),
        version_created=fields.pop("versionCreated", envelope.sent),
        embargoed=fields.pop("embargoed", None),
        subjects=tuple(lists.pop("subjects", ())),
        places=tuple(lists.pop("places", ())),
        genres=tuple(lists.pop("genres", ())),
        alt_ids=tuple(lists.pop("altIds", ())),
        usage_terms="\n".join([entry["value"] for entry in lists.pop("usageTerms", ())]) or None,
        tables=content.tables,
        extra=extra,
        encoding=encoding,
        warnings=tuple(reading.warnings[:WARNINGS]),
    )
    extra.update(fields)  # what is left is ninjs' own: title, copyrightNotice, copyrightHolder, expires
    extra.update({name: entries for name, entries in lists.items() if entries})
    return item


def _with_dateline(dateline: str, body: str, reading: Reading) -> str:
    """AFP gives the dateline a line of its own: it is printed before the copy, which does not repeat it. One that is a place alone
    (`ROUND ROCK, Texas`) is kept as one."""
    if not dateline:
        return body
    if dateline.rstrip(" -\u2013\u2014_") in body[:_OPENING]:
        return body
    if body and (dateline.endswith(_DASHES) or _SIGNATURE.match(body)):
        return f"{dateline} {body}"
    if body and _SIGNED.search(dateline):
        return f"{dateline} - {body}"
    reading.fields.setdefault("located", dateline)
    return body
