"""The elements of NewsML-G2: their roles, the concepts they stand for, and these as ninjs has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from writethru.formats.elements import LANGUAGE, Element, words
from writethru.formats.values import is_uri

Coder: TypeAlias = Callable[[str], tuple[str, str]]
"""A qcode (`medtop:20000337`) as ninjs has it: `("uri", …)` or `("literal", …)`."""

NAR = "{http://iptc.org/std/nar/2006-10-01/}"

_NAMES = (NAR + "name", "name")


def word(code: str) -> str:
    """The last word of a qcode or URI: `text` of `ninat:text`."""
    return code[max(code.rfind(":"), code.rfind("/")) + 1 :]


def name(element: Element) -> str:
    """The first `name` of a concept, else its `literal`."""
    for child in element:
        if child.tag in _NAMES:
            return words(child)
    return element.get("literal") or ""


def code(element: Element, coder: Coder) -> tuple[str, str] | None:
    """A concept's code as ninjs has it; a URI goes before a qcode, a `literal` comes last."""
    given = element.get("uri") or element.get("codeuri")
    if given:
        return ("uri", given) if is_uri(given) else ("literal", given)
    given = element.get("qcode") or element.get("code")
    if given:
        return coder(given)
    given = element.get("literal")
    return ("literal", given) if given else None


def label(element: Element) -> str:
    """What names a party: its name, else its code; IPTC's register of providers is known by its alias."""
    found = name(element) or element.get("qcode") or element.get("uri") or words(element)
    return found.removeprefix("nprov:").removeprefix("http://cv.iptc.org/newscodes/newsprovider/")


def role(element: Element) -> str | None:
    """An element's role as printed: a qcode, else a URI."""
    return element.get("role") or element.get("roleuri")


def foreign(element: Element, language: str | None) -> bool:
    """Whether an element says that it is in another language than `language`."""
    own = element.get(LANGUAGE)
    return bool(own and language and own.split("-")[0].lower() != language.split("-")[0].lower())


def concept(element: Element, coder: Coder) -> dict[str, Any]:
    """A concept as ninjs has it: its name, and its code as `uri` or `literal`."""
    entry: dict[str, Any] = {}
    found, given = name(element), code(element, coder)
    if found:
        entry["name"] = found
    if given:
        entry[given[0]] = given[1]
    return entry
