"""NewsML-G2: news items and packages, alone or in a news message; with IPTC's namespace or, as TT sends it, with none.

Source: the IPTC's NewsML-G2 examples and schemas, and items of dpa, Reuters and TT.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from writethru.formats.elements import LANGUAGE, Element, lines, local, words
from writethru.formats.limits import WARNINGS, Limits
from writethru.formats.newsmlg2 import catalogs as g2_catalogs
from writethru.formats.newsmlg2 import concepts as g2_concepts
from writethru.formats.newsmlg2 import content as g2_content
from writethru.formats.newsmlg2 import headlines as g2_headlines
from writethru.formats.newsmlg2 import media as g2_media
from writethru.formats.newsmlg2 import meta as g2_meta
from writethru.formats.newsmlg2 import packages as g2_packages
from writethru.formats.newsmlg2.concepts import Asserts
from writethru.formats.newsmlg2.content import Content
from writethru.formats.newsmlg2.elements import NAR
from writethru.formats.newsmlg2.meta import Reading
from writethru.formats.nitf.body import NO_STORY, Story
from writethru.records import Item, ItemLink, NotAnArticle, ParseError

FORMAT = "newsml-g2"

_NAMESPACES = (NAR[:-1], "")
_ITEMS = frozenset({"newsItem", "packageItem"})
_NO_ARTICLES = frozenset({"conceptItem", "knowledgeItem", "planningItem", "catalogItem"})
_METADATA = ("itemMeta", "contentMeta", "rightsInfo")  # in this order, so that the provider stands before the holder of rights
_HEADER = ("sender", "sent", "transmitId")
_OPENING = 600
"""Characters of the copy within which it may repeat the dateline."""
_DASHES = " -_:\u2013\u2014"
_SIGNED = re.compile(r"\([^()]+\)\s*[-\u2013\u2014_:.]*\s*$")


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
        return [_parse(root, name, {}, encoding, warned)]
    header: dict[str, str] = {}
    found: list[Item | ParseError | NotAnArticle] = []
    for child in root:
        tag = local(child)
        if tag == "header":
            header = {key: value for part in child if (key := local(part)) in _HEADER and (value := words(part))}
        elif tag == "itemSet":
            if len(found) + len(child) > limits.items:
                raise ParseError("too_large", f"more than {limits.items} items")
            for member in child:
                found.append(_parse(member, local(member), header, encoding, warned))
    return found or [NotAnArticle(FORMAT, "newsMessage without items")]


def _parse(element: Element, name: str, header: dict[str, str], encoding: str, warned: list[str]) -> Item | ParseError | NotAnArticle:
    if name in _NO_ARTICLES:
        return NotAnArticle(FORMAT, name)
    if name not in _ITEMS:
        return ParseError("unknown_format", f"<{name[:80]}> in an itemSet")
    try:
        return _item(element, name == "packageItem", header, encoding, warned)
    except (ParseError, NotAnArticle) as failure:
        return failure


def _item(element: Element, package: bool, header: dict[str, str], encoding: str, warned: list[str]) -> Item:
    parts: dict[str, list[Element]] = {}
    asserts = Asserts()
    for child in element:
        tag = local(child)
        if tag == "assert":
            asserts.add(child)
        else:
            parts.setdefault(tag, []).append(child)
    schemes = g2_catalogs.schemes(parts.get("catalogRef", []), parts.get("catalog", []))
    reading = Reading(element.get("guid"), schemes, asserts, warned)
    for tag in _METADATA:
        for section in parts.get(tag, ()):
            g2_meta.read(section, reading)
    for history in parts.get("hopHistory", ()):
        for entry in g2_concepts.hops(history, schemes.code):
            reading.add("infoSources", entry)
    for part in parts.get("partMeta", ()):
        for child in part:
            if local(child) == "description" and (found := lines(child)):
                reading.add("descriptions", {"role": "part", "value": found})
    fields, lists = reading.fields, reading.lists
    language = fields.pop("language", None) or element.get(LANGUAGE) or None
    content = Content()
    for section in parts.get("contentSet", ()):
        content = g2_content.read(section, reading.guid or "", language, reading.warnings)
    if content.events:
        raise NotAnArticle(FORMAT, "events")
    headline, further = g2_headlines.read(reading.headlines, language, fields.get("profile", ""))
    if headline and content.body.startswith(headline + "\n\n"):  # an <h1>
        content.body = content.body[len(headline) + 2 :]
    for line in (*further, *content.story.headlines):
        reading.add("headlines", line)
    if content.renditions:
        lists["renditions"] = content.renditions
    kind = fields.pop("type", "text")
    if package:
        kind = "composite"
        for ref, association in g2_packages.references(element):
            reading.links.append(ItemLink("itemRef", ref))
            reading.add("associations", association)
    elif kind == "composite" and content.body:
        kind = "text"
    body = g2_content.without_teaser(content.body, lists.get("descriptions", []))
    dateline = _keep_story(content.story, reading)
    body = _with_dateline(fields.pop("dateline", "") or dateline, body, reading)
    _keep_media(content, reading)
    if header.get("transmitId"):
        reading.add("altIds", {"role": "transmission", "value": header["transmitId"]})
    item = Item(
        format=FORMAT,
        type=kind,
        uri=reading.guid or None,
        version=element.get("version") or None,
        providers=tuple(dict.fromkeys(filter(None, reading.providers))) or tuple(filter(None, (header.get("sender"),))),
        language=language,
        headline=headline or content.story.headline,
        slug=fields.pop("slugline", ""),
        byline="\n".join(dict.fromkeys(lists.pop("by", ()))) or content.story.byline,
        located=fields.pop("located", ""),
        body=body,
        notes=tuple(reading.notes.found),
        signals=tuple(reading.signals),
        links=tuple(reading.links),
        status=fields.pop("pubStatus", None),
        urgency=fields.pop("urgency", None),
        first_created=fields.pop("firstCreated", None),
        version_created=fields.pop("versionCreated", None),
        sent=header.get("sent"),
        embargoed=fields.pop("embargoed", None),
        subjects=tuple(lists.pop("subjects", ())),
        places=tuple(lists.pop("places", ())),
        genres=tuple(lists.pop("genres", ())),
        alt_ids=tuple(lists.pop("altIds", ())),
        usage_terms="\n".join(dict.fromkeys(lists.pop("usageTerms", ()))) or None,
        tables=content.tables,
        extra=_extra(fields, lists),
        encoding=encoding,
        warnings=tuple(reading.warnings[:WARNINGS]),
    )
    return item


def _extra(fields: dict[str, Any], lists: dict[str, list[Any]]) -> dict[str, Any]:
    """What is left is ninjs' own: copyrightHolder, copyrightNotice, contentCreated, title, profile …"""
    for key, joint in (("copyrightHolder", "; "), ("copyrightNotice", "\n")):
        if key in lists:
            fields[key] = joint.join(dict.fromkeys(lists.pop(key)))
    return {**fields, **lists}


def _keep_story(story: Story, reading: Reading) -> str:
    """What NITF inside says beside its text goes where the envelope would put it; its dateline, where the text does not open with it."""
    if story is NO_STORY:
        return ""
    dateline = story.located if _SIGNED.search(story.located) else ""
    if story.located and not dateline:
        reading.fields.setdefault("located", story.located)
    for entry in story.descriptions:
        if entry["role"] == "dateline":
            dateline = dateline or entry["value"]
        elif all(entry["value"] != other["value"] for other in reading.lists.get("descriptions", ())):
            reading.add("descriptions", entry)
    for association in story.associations:
        reading.add("associations", association)
    for distributor in story.distributors:
        reading.add("infoSources", {"name": distributor, "role": "distributor"})
    if story.rights and "copyrightNotice" not in reading.lists:
        reading.add("copyrightNotice", story.rights)
    reading.notes.found += story.notes
    return dateline


def _keep_media(content: Content, reading: Reading) -> None:
    """Pictures of the text become associations; a caption that belongs to none of them, a description."""
    captions = content.captions
    if content.media:
        associations = reading.lists.setdefault("associations", [])
        captions = g2_media.associate(content.media, associations) + captions
        if not associations:
            del reading.lists["associations"]
    for caption in captions:
        reading.add("descriptions", {"role": "caption", "value": caption})


def _with_dateline(dateline: str, body: str, reading: Reading) -> str:
    """The body with its dateline. dpa repeats it at the head of the text; where nobody does, one that is written to be printed goes before
    the text, the bare name of a place is where the item is from, and anything else is kept as a description."""
    line = dateline.rstrip(_DASHES)
    if not line or body.startswith(line) or f"\n{line}" in body[:_OPENING]:
        return body
    if body and _SIGNED.search(dateline):
        return f"{dateline} {body}"
    if "located" not in reading.fields and not any(map(str.isdigit, line)):
        reading.fields["located"] = line
    else:
        reading.add("descriptions", {"role": "dateline", "value": dateline})
    return body
