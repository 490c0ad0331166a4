"""The elements of NewsML-G2, namespace or none: their names, their texts, the concepts they stand for."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from lxml import etree

from writethru.formats.values import coded, folded, is_uri

Element: TypeAlias = "etree._Element"  # noqa: SLF001  # lxml has no public name for it

_SPACES = re.compile(r"[ \t\r\n]+")
_INDENTED = re.compile(r"[ \t]*\n[ \t]+")


def local(element: Element) -> str:
    """An element's name without its namespace."""
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]


def words(element: Element) -> str:
    """An element's text as one line: pretty-printed XML breaks headlines."""
    found = element.text or ""
    if len(element):
        found = "".join(map(str, element.itertext()))
    if "\n" in found or "  " in found or "\t" in found or "\r" in found:
        found = _SPACES.sub(" ", found)
    return found.strip(" ")


def lines(element: Element) -> str:
    """An element's text with its line ends, but for those of pretty-printing: there the next line is indented."""
    found = (element.text or "") if not len(element) else "".join(map(str, element.itertext()))
    if "\n" not in found:
        return words(element)
    found = _INDENTED.sub(" ", folded(found)).strip()
    return "\n".join(_SPACES.sub(" ", line).strip(" ") for line in found.split("\n"))


def name(element: Element) -> str:
    """The first `name` of a concept, else its `literal`."""
    for child in element:
        if local(child) == "name":
            return words(child)
    return element.get("literal") or ""


def code(element: Element) -> tuple[str, str] | None:
    """A concept's code as ninjs has it: `("uri", …)` or `("literal", …)`."""
    given = element.get("uri") or element.get("codeuri")
    if given:
        return ("uri", given) if is_uri(given) else ("literal", given)
    qcode = element.get("qcode") or element.get("code")
    if qcode:
        return coded(*qcode.split(":", 1)) if ":" in qcode else ("literal", qcode)
    literal = element.get("literal")
    return ("literal", literal) if literal else None


def label(element: Element) -> str:
    """What names a party: its name, else its code; IPTC's register of providers is known by its alias."""
    found = name(element) or element.get("qcode") or element.get("uri") or words(element)
    return found.removeprefix("nprov:")


def concept(element: Element) -> dict[str, Any]:
    """A concept as ninjs has it: its name, and its code as `uri` or `literal`."""
    entry: dict[str, Any] = {}
    found, given = name(element), code(element)
    if found:
        entry["name"] = found
    if given:
        entry[given[0]] = given[1]
    return entry
