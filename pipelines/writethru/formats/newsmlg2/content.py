"""The content of a NewsML-G2 item: the story's text, of several renderings the best one, and what stands beside it."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from writethru.formats import markup
from writethru.formats.elements import Element, local, words
from writethru.formats.markup import Copy
from writethru.formats.newsmlg2 import media as g2_media
from writethru.formats.newsmlg2.elements import foreign
from writethru.formats.newsmlg2.media import Medium
from writethru.formats.nitf import body as nitf_body
from writethru.formats.nitf.body import NO_STORY, Story
from writethru.formats.values import folded
from writethru.records import ItemNote

_TEXTS = frozenset({"html", "body", "div", "section", "article", "main", "p"})
_NITF = frozenset({"nitf", "block", "body.content"})
_EVENTS = ("event", "events")


@dataclass(slots=True)
class Content:
    """`media` stands in the text, `captions` are those that belong to none of it; `story` is what NITF inside says beside its text;
    `events` is true where the item carries events and no text."""

    body: str = ""
    tables: tuple[str, ...] = ()
    media: list[Medium] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    renditions: list[dict[str, Any]] = field(default_factory=list)
    story: Story = NO_STORY
    events: bool = False


class _Rendering(NamedTuple):
    read: Copy | Story
    foreign: bool
    root: Element | None
    """The markup it was read from, None for plain text."""

    @property
    def text(self) -> str:
        return self.read.body if isinstance(self.read, Story) else self.read.text


def read(section: Element, guid: str, language: str | None, warnings: list[str]) -> Content:
    """The best text of a `contentSet` of the item `guid` in its language, and every rendition. Raises `ParseError` (`too_deep`)."""
    content = Content()
    found: list[_Rendering] = []
    for child in section:
        tag = local(child)
        if tag == "remoteContent":
            rendition = g2_media.rendition(child, len(content.renditions), warnings)
            if rendition:
                content.renditions.append(rendition)
        elif tag == "inlineXML" and len(child):
            kind = local(child[0])
            if kind in _NITF:
                found.append(_Rendering(_story(child, guid), foreign(child, language), child))
            elif kind in _TEXTS:
                found.append(_Rendering(markup.copy_of_tree(child), foreign(child, language), child))
            elif kind in _EVENTS:
                content.events = True
            else:
                warnings.append(f"unread_body:{kind[:80]}")
        elif tag in ("inlineData", "inlineXML"):
            text = _data(child, warnings) if tag == "inlineData" else Copy(folded(child.text or "").strip())
            if text.text:
                found.append(_Rendering(text, foreign(child, language), None))
    if found:
        _take(found[0] if len(found) == 1 else _best(found), content)
    content.events = content.events and not content.body
    return content


def _story(element: Element, guid: str) -> Story:
    story = nitf_body.read(element, guid)
    messages = [(message.get("info") or words(message), message.get("msg-type")) for message in element.iter("{*}ed-msg")]
    notes = [ItemNote(f"ed-msg[{number}]", text, kind) for number, (text, kind) in enumerate(messages) if text]
    return story._replace(notes=(*story.notes, *notes))


def _best(found: list[_Rendering]) -> _Rendering:
    """In the item's language; no abstract, which is less than half of the longest; markup before plain text, whose paragraphs are a
    guess; else the first."""
    longest = max(len(one.text) for one in found)
    return min(found, key=lambda one: (one.foreign, len(one.text) * 2 < longest, one.root is None))


def _take(chosen: _Rendering, content: Content) -> None:
    content.body, content.tables = chosen.text, chosen.read.tables
    if isinstance(chosen.read, Story):
        content.story = chosen.read
        return
    content.captions = list(chosen.read.captions)
    if chosen.root is not None:
        content.media = g2_media.standing_in(chosen.root)
    for medium in content.media:
        if medium.caption in content.captions:
            content.captions.remove(medium.caption)


def _data(element: Element, warnings: list[str]) -> Copy:
    kind = element.get("contenttype") or "text/plain"
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    encoding = element.get("encoding") or element.get("encodinguri")
    if encoding and "base64" in encoding.lower() and kind.startswith("text/"):
        try:
            text = base64.b64decode(text.encode("ascii"), validate=False).decode("utf-8")
        except (binascii.Error, ValueError):
            warnings.append(f"unread_body:{encoding[:80]}")
            return Copy()
    elif encoding or not kind.startswith("text/"):
        warnings.append(f"unread_body:{(encoding or kind)[:80]}")
        return Copy()
    return markup.copy_of_html(text) if "html" in kind else Copy(folded(text).strip("\n"))


def without_teaser(body: str, descriptions: list[dict[str, Any]]) -> str:
    """dpa's XHTML opens with the teaser that `description` gives already; its JSON of the same item does not."""
    for entry in descriptions:
        if "teaser" in entry.get("role", "") and body.startswith(entry["value"] + "\n\n"):
            return body[len(entry["value"]) + 2 :]
    return body
