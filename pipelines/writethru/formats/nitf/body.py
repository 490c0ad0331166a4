"""The body of NITF: what its head says in elements of their own (headline, byline, dateline, notes), its copy, its tables and media.

`read` takes any element that holds NITF, so that formats which carry NITF inside have one reader for it. Whether a byline is a sign-off is
asked of `wire.blocks.trailers`, which will have to find it again below the copy.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, cast

from lxml import etree

from writethru.formats import markup
from writethru.formats.elements import Element, local, words
from writethru.formats.nitf import media as nitf_media
from writethru.records import ItemNote
from writethru.wire.blocks import trailers

_PARTS = ("{*}body.head", "{*}body.end", "{*}note", "{*}media")
_NAMES = etree.XPath("descendant::text()[not(ancestor::*[local-name()='byttl'])]", smart_strings=False)
_OPENING = 600
"""Characters of the copy among which its dateline is looked for."""


class Story(NamedTuple):
    """What a body tells. `byline` has a line for each byline, `located` is the dateline's place as printed, `associations` and
    `descriptions` are entries of ninjs 3.1, `headlines` those beside the main one, `rights` the words of its rights statement."""

    headline: str = ""
    headlines: tuple[dict[str, Any], ...] = ()
    byline: str = ""
    located: str = ""
    body: str = ""
    tables: tuple[str, ...] = ()
    associations: tuple[dict[str, Any], ...] = ()
    descriptions: tuple[dict[str, Any], ...] = ()
    notes: tuple[ItemNote, ...] = ()
    distributors: tuple[str, ...] = ()
    rights: str = ""


NO_STORY = Story()


def read(element: Element, ident: str = "") -> Story:
    """The story in a `nitf`, `body`, `body.content` or `block` element, or in any that holds one of these.

    `ident` is the id of the item, for media that have no address. Raises `ParseError` (`too_deep`).
    """
    found = _Found()
    for part in element.iter(*_PARTS):
        tag = local(part)
        if tag == "media":
            found.associations.append(nitf_media.association(part, ident, len(found.associations) + 1))
        elif tag == "note":
            _note(part, found)
        else:
            for child in part:
                reader = _READERS.get(local(child))
                if reader:
                    reader(child, found)
    copy = markup.copy_of_tree(element)
    body = copy.text
    if found.headline and body.startswith(found.headline + "\n\n"):  # some repeat it as the first line of the content
        body = body[len(found.headline) + 2 :]
    _keep_dateline(found, body)
    bylines = found.bylines
    if body:
        bylines, body = _without_initials(bylines, body)
    return Story(
        headline=found.headline,
        headlines=tuple(found.headlines),
        byline="\n".join(bylines),
        located="/".join(found.located),
        body=body,
        tables=copy.tables,
        associations=tuple(found.associations),
        descriptions=tuple(found.descriptions),
        notes=tuple(found.notes),
        distributors=tuple(found.distributors),
        rights="\n".join(found.rights),
    )


class _Found:
    __slots__ = (
        "associations",
        "bylines",
        "datelines",
        "descriptions",
        "distributors",
        "headline",
        "headlines",
        "located",
        "notes",
        "rights",
    )

    def __init__(self) -> None:
        self.headline = ""
        self.headlines: list[dict[str, Any]] = []
        self.bylines: list[str] = []
        self.datelines: list[str] = []
        self.located: list[str] = []
        self.associations: list[dict[str, Any]] = []
        self.descriptions: list[dict[str, Any]] = []
        self.notes: list[ItemNote] = []
        self.distributors: list[str] = []
        self.rights: list[str] = []


def _line(element: Element) -> str:
    """An element's text on one line, line breaks within it as spaces."""
    return markup.from_tree(element).replace("\n\n", " ").replace("\n", " ") if len(element) else words(element)


def _hedline(element: Element, found: _Found) -> None:
    for child in element:
        said = _line(child)
        if not said:
            continue
        if not found.headline and local(child) == "hl1":
            found.headline = said
        else:
            found.headlines.append({"role": local(child), "value": said})


def _byline(element: Element, found: _Found) -> None:
    """`By JANE DOE <byttl>Staff Writer</byttl>`: names and title parted by a comma."""
    titles = [words(title) for title in element.iter("{*}byttl")]
    if titles:
        texts = cast("list[str]", _NAMES(element))
        people = " ".join("".join(texts).split()).strip(" ,")
        said = ", ".join(filter(None, (people, *titles)))
    else:
        said = _line(element)
    if said:
        found.bylines.append(said)


def _without_initials(bylines: list[str], body: str) -> tuple[list[str], str]:
    """EFE's byline are the initials of who wrote and edited (`gr/bp`): no names but a sign-off, which stands below the copy."""
    initials = [line for line in bylines if trailers.whole(line, 0, len(line)) == "sign_off"]
    if not initials:
        return bylines, body
    below, gone = "\n\n".join(initials), frozenset(initials)
    return [line for line in bylines if line not in gone], body if body.endswith("\n\n" + below) else f"{body}\n\n{below}"


def _dateline(element: Element, found: _Found) -> None:
    said = _line(element)
    place = next(element.iter("{*}location"), None)
    where = said if place is None else _place(place)
    if where:
        found.located.append(where)
    if said and said != where:
        found.datelines.append(said)


def _place(location: Element) -> str:
    parts = [_line(child) for child in location]
    spoken = (location.text or "") + "".join(child.tail or "" for child in location)
    return ", ".join(filter(None, parts)) if parts and not spoken.strip() else _line(location)


def _keep_dateline(found: _Found, body: str) -> None:
    """A dateline that says more than its place (`LONDON, March 11 (PA) -`), where the copy does not open with it anyway."""
    for said in found.datelines:
        if said.rstrip(" -\u2013\u2014_") not in body[:_OPENING]:
            found.descriptions.append({"role": "dateline", "value": said})


def _distributor(element: Element, found: _Found) -> None:
    said = _line(element)
    if said:
        found.distributors.append(said)


def _rights(element: Element, found: _Found) -> None:
    said = markup.from_tree(element)
    if said:
        found.rights.append(said)


def _described(role: str) -> Callable[[Element, _Found], None]:
    def read_described(element: Element, found: _Found) -> None:
        said = markup.from_tree(element)
        if said:
            found.descriptions.append({"role": role, "value": said})

    return read_described


def _note(element: Element, found: _Found) -> None:
    """A note is for editors unless it is called a publishable advisory (`pa`) or a copyright notice."""
    said = markup.from_tree(element)
    if not said:
        return
    kind, advisory = element.get("noteclass"), element.get("type")
    if kind == "cpyrt":
        found.rights.append(said)
    elif advisory == "pa":
        found.descriptions.append({"role": "note", "value": said})
    else:
        role = kind or (advisory if advisory != "std" else None)
        found.notes.append(ItemNote(f"note[{len(found.notes)}]", said, role))


_READERS: dict[str, Callable[[Element, _Found], None]] = {
    "hedline": _hedline,
    "byline": _byline,
    "dateline": _dateline,
    "distributor": _distributor,
    "rights": _rights,
    "abstract": _described("abstract"),
    "tagline": _described("tagline"),
    "bibliography": _described("bibliography"),
}
