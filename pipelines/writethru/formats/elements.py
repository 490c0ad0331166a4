"""Elements of XML, namespace or none: their names and their texts."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from writethru.formats import markup
from writethru.formats.values import folded

Element: TypeAlias = "etree._Element"  # noqa: SLF001  # lxml has no public name for it

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_SPACES = re.compile(r"[ \t\r\n]+")
_INDENTED = re.compile(r"[ \t]*\n[ \t]+")


def local(element: Element) -> str:
    """An element's name without its namespace; empty for a comment."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if type(tag) is str else ""


def first(element: Element, tag: str) -> Element | None:
    """The first child of that name; lxml's `find`, which reads paths, takes three times as long."""
    return next(element.iterchildren(tag), None)


def words(element: Element) -> str:
    """An element's text on one line: pretty-printed XML breaks headlines."""
    found = "".join(map(str, element.itertext())) if len(element) else element.text
    if not found:
        return ""
    if "\n" in found or "\t" in found or "\r" in found:
        found = _SPACES.sub(" ", found)
    return found.strip(" ")


def lines(element: Element) -> str:
    """An element's text with its line ends, but for those of pretty-printing: there the next line is indented. Where markup stands
    inside, that alone parts lines. Raises `ParseError` (`too_deep`)."""
    if len(element):
        return markup.from_tree(element)
    found = folded(element.text or "")
    if "\n" in found and (joined := _INDENTED.sub(" ", found)) != found:
        found = "\n".join(_SPACES.sub(" ", line).strip(" ") for line in joined.split("\n"))
    return found.strip()
