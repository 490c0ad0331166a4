"""Media RSS and enclosures: the pictures, recordings and files of an entry. Source: Media RSS 1.5.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from lxml import etree

from writethru.formats.feeds import text as feeds_text
from writethru.formats.feeds.entry import Entry, Media, status
from writethru.formats.feeds.terms import address, line

NAMESPACES = (
    "{http://search.yahoo.com/mrss/}",
    "{http://search.yahoo.com/mrss}",
    "{http://video.search.yahoo.com/mrss}",
    "{http://video.search.yahoo.com/mrss/}",
    "{http://tools.search.yahoo.com/mrss/}",
)
_NUMBERS = {"width": "width", "height": "height", "fileSize": "sizeInBytes", "filesize": "sizeInBytes", "duration": "duration"}


class Attributes(Protocol):
    """Those of an element, or what feedparser made of them."""

    def get(self, name: str, /) -> str | None: ...


def read_content(element: etree._Element, entry: Entry) -> None:
    """A picture or recording by itself."""
    found = _content(element, {})
    entry.media.append([found, *_thumbnails(element)])


def read_group(element: etree._Element, entry: Entry) -> None:
    """The files of one picture or recording; what the group says holds for each of them."""
    said = _said(element)
    contents = [_content(child, said) for child in element if _name(child) == "content"]
    if contents:
        contents.sort(key=lambda one: one.medium == "thumbnail")
        entry.media.append([*contents, *_thumbnails(element)])


def read_thumbnail(element: etree._Element, entry: Entry) -> None:
    """A still of the entry as a whole."""
    entry.thumbnails.append(of_attributes(element.attrib, address(element, element.get("url") or ""), "thumbnail"))


def of_enclosure(given: Attributes, href: str) -> Media:
    """RSS's `enclosure`, Atom's link of that relation, by its attributes."""
    return Media(href, mime=given.get("type") or "", title=given.get("title") or "", numbers=_length(given.get("length")))


def of_content(href: str, mime: str) -> Media:
    """Atom's content that lies elsewhere."""
    return Media(href, mime=mime)


def of_attributes(given: Attributes, href: str, medium: str = "") -> Media:
    """A file by the attributes of `media:content` or `media:thumbnail`."""
    numbers = tuple((key, value) for name, key in _NUMBERS.items() if (value := given.get(name)))
    return Media(href, medium or given.get("medium") or "", given.get("type") or "", numbers=numbers)


def _length(given: str | None) -> tuple[tuple[str, str], ...]:
    return (("sizeInBytes", given),) if given and given != "0" else ()  # 0 = not known


def _content(element: etree._Element, group: Mapping[str, str]) -> Media:
    player = element.find("{*}player")
    href = element.get("url") or (player.get("url") if player is not None else None) or ""
    found = of_attributes(element.attrib, address(element, href))
    said = {**group, **_said(element)}
    return found._replace(
        title=said.get("title", ""),
        caption=said.get("description", ""),
        credit=said.get("credit", ""),
        rights=said.get("copyright", ""),
        status=said.get("status", ""),
    )


def _said(element: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in element:
        name = _name(child)
        if name == "status":
            found[name] = status(child.get("state") or "", child.get("reason") or "")
        elif name == "description":
            kind = child.get("type") or ""
            found[name] = feeds_text.story("".join(map(str, child.itertext())), "html" if "html" in kind else "either").text
        elif name in ("title", "credit", "copyright"):
            found.setdefault(name, line(child))
    return found


def _thumbnails(element: etree._Element) -> list[Media]:
    return [
        of_attributes(child.attrib, address(child, child.get("url") or ""), "thumbnail") for child in element if _name(child) == "thumbnail"
    ]


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if element.tag.startswith(NAMESPACES) else ""
