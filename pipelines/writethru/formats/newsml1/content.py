"""The content of a NewsML 1 item: its text, whatever that is wrapped in, what stands beside it, and what it refers to."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Sequence
from typing import Any

from writethru.formats import encoding as charsets
from writethru.formats import markup, xmltext
from writethru.formats.elements import Element, first, local, words
from writethru.formats.limits import Limits
from writethru.formats.newsml1 import media as newsml1_media
from writethru.formats.newsml1.components import ASIDES, CAPTIONS, CONTACTS, HEADLINES, OPENINGS, Components, Leaf, richness
from writethru.formats.newsml1.reading import Reading, formal
from writethru.formats.nitf import body as nitf_body
from writethru.formats.nitf.body import Story
from writethru.formats.values import folded, is_uri
from writethru.records import ItemLink, ParseError

_LANGUAGES = ("{http://www.w3.org/XML/1998/namespace}lang", "lang", "baselang")
_NITF = frozenset({"nitf", "body", "body.content", "block"})
_DOCUMENT = ("<?xml", "<nitf", "<!DOCTYPE nitf")
_TAGS = re.compile(r"</?(?:p|br|div|span|table|h[1-6]|b|i|u|em|strong|a|ul|ol|li|html|body|block)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{1,40})", re.IGNORECASE)


class Content:
    """What the components hold. `headline`, `slug` and `language` are those of markup inside, for an envelope that has none; `openings`
    are first paragraphs that stand in components of their own."""

    __slots__ = ("body", "headline", "language", "openings", "slug", "tables", "type")

    def __init__(self) -> None:
        self.type = "text"
        self.openings: list[str] = []
        self.body = self.headline = self.slug = ""
        self.language: str | None = None
        self.tables: tuple[str, ...] = ()


def read(tree: Components, reading: Reading, limits: Limits) -> Content:
    """The story; what stands beside it goes into `reading`. Raises `ParseError` (`too_deep`)."""
    content = Content()
    main = tree.main
    if main is None:
        content.type = "composite" if tree.references else "text"
    elif main.kind == "text":
        _story(main, content, reading, limits)
    else:
        content.type = main.kind
    captions: list[tuple[Leaf, str]] = []
    media = [main] if main is not None and main.kind != "text" else []
    for leaf in tree.others:
        if leaf.kind == "text":
            _beside(leaf, captions, content, reading, limits)
        elif leaf.kind:
            media.append(leaf)
    if content.openings:
        lead = "\n\n".join(content.openings)
        content.body = content.body if content.body.startswith(lead) else f"{lead}\n\n{content.body}".strip()
    if media or captions:
        newsml1_media.read(main, media, captions, reading)
    for reference in tree.references:
        _refer(reference, reading)
    return content


def amend(updates: Sequence[Element], content: Content, reading: Reading) -> None:
    """`Update` elements, which hold the changes alone: their text is the body. Raises `ParseError` (`too_deep`)."""
    if "revision:U" not in reading.signals:
        reading.signals.append("revision:U")
    pieces = [content.body] if content.body else []
    for update in updates:
        ref = update.get("NewsItem")
        if ref:
            reading.links.append(ItemLink("prevVersion", ref))
        for change in update:
            line = next(change.iter("HeadLine"), None)
            if line is not None:
                content.headline = content.headline or words(line)
            elif said := markup.from_tree(change):
                pieces.append(said)
    content.body = "\n\n".join(pieces)


def _story(leaf: Leaf, content: Content, reading: Reading, limits: Limits) -> None:
    fields = reading.fields
    for rendering in sorted(leaf.contents, key=richness) if len(leaf.contents) > 1 else leaf.contents:
        story, root = _told(rendering, reading, limits)
        if "language" not in fields:
            content.language = content.language or _language(rendering, root)
        if not story.body:
            continue
        content.body, content.tables, content.headline = story.body, story.tables, story.headline
        if story.byline:
            fields.setdefault("byline", story.byline)
        if story.located and not story.located[0].isdigit():  # EFE writes the time where the place belongs
            fields.setdefault("located", story.located)
        if story.rights:
            fields.setdefault("copyrightNotice", story.rights)
        if story.associations:
            reading.lists.setdefault("associations", []).extend(story.associations)
        reading.notes.extend(story.notes)
        for entry in story.descriptions:
            if entry["value"] not in story.body:  # EFE's abstract is its first paragraph
                reading.add("descriptions", **entry)
        if root is not None and "slug" not in fields and "title" not in fields:
            keyword = next(root.iter("{*}keyword"), None)
            content.slug = "" if keyword is None else keyword.get("key") or words(keyword)
        return


def _told(rendering: Element, reading: Reading, limits: Limits) -> tuple[Story, Element | None]:
    """What a `ContentItem` tells, and the root of markup in it."""
    data = first(rendering, "DataContent")
    if data is not None and len(data):
        inner = data[0]
        if local(inner) in _NITF:
            return nitf_body.read(data, reading.stem), inner
        return _plain(markup.copy_of_tree(data)), inner
    text = folded(data.text or "") if data is not None else _decoded(rendering, reading)
    if "<" not in text:
        return Story(body=text.strip()), None
    if text.lstrip().startswith(_DOCUMENT):
        try:
            root, _, warned = xmltext.parse(text.encode("utf-8", "replace"), "utf-8", None, limits)
        except ParseError:
            pass  # read as a browser would
        else:
            reading.warnings.extend(warned)
            return nitf_body.read(root, reading.stem) if local(root) in _NITF else _plain(markup.copy_of_tree(root)), root
    return _plain(markup.copy_of_html(text)) if _TAGS.search(text) else Story(body=text.strip()), None


def _plain(copy: markup.Copy) -> Story:
    described = tuple({"role": "caption", "value": caption} for caption in copy.captions)
    return Story(body=copy.text, tables=copy.tables, descriptions=described)


def _language(rendering: Element, root: Element | None) -> str | None:
    for element in (rendering,) if root is None else (root, rendering):
        for name in _LANGUAGES:
            if element.get(name):
                return element.get(name)
    return None


def _decoded(rendering: Element, reading: Reading) -> str:
    """The text inside `Encoding`, empty where it cannot be had."""
    outer = first(rendering, "Encoding")
    data = b"" if outer is None else _unwrapped(outer)
    if data is None:
        reading.warnings.append("unread_body:Encoding")
        return ""
    declared = next((found[1] for child in rendering if child.tag == "MimeType" and (found := _CHARSET.search(formal(child)))), None)
    return folded(charsets.decode(data, declared)[0])


def _unwrapped(encoded: Element) -> bytes | None:
    data: bytes | None = b""
    for child in encoded:
        if child.tag == "Encoding":
            data = _unwrapped(child)
        elif child.tag == "DataContent":
            data = (child.text or "").encode("utf-8", "replace")
    notation = encoded.get("Notation", "").lower()
    if data is None:
        return None
    if "base64" in notation:
        try:
            return base64.b64decode(data)
        except ValueError:
            return None
    return quopri.decodestring(data) if "quoted" in notation else None


def _beside(leaf: Leaf, captions: list[tuple[Leaf, str]], content: Content, reading: Reading, limits: Limits) -> None:
    """A text that is not the story."""
    if leaf.role == "stylesheet":
        return
    said = _told(leaf.contents[0], reading, limits)[0].body
    if not said:
        return
    if leaf.role in CAPTIONS:
        captions.append((leaf, said))
    elif leaf.role in CONTACTS:
        reading.note(said, "contacts")
    elif leaf.role in ASIDES:
        reading.add("descriptions", role=leaf.role, value=said)
    elif leaf.role in OPENINGS:
        content.openings.append(said)
    elif leaf.role in HEADLINES:
        content.headline = content.headline or said.replace("\n\n", " ").replace("\n", " ")
    else:
        reading.warnings.append(f"unread_body:{leaf.role[:80] or 'text'}")


def _refer(reference: Element, reading: Reading) -> None:
    ref: Any = reference.get("NewsItem")
    if reference.tag == "NewsItem":
        identifier = reference.find("Identification/NewsIdentifier/PublicIdentifier")
        ref = None if identifier is None else words(identifier)
    if ref:
        reading.links.append(ItemLink("itemRef", ref))
        if is_uri(ref):
            reading.add("associations", name=ref, uri=ref)
