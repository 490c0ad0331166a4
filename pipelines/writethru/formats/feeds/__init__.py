"""RSS 0.90 to 2.0, RDF and Atom: each entry an item, what the channel says inherited by all of them.

A well-formed feed is read from its tree here; one whose XML is broken, by `feeds_loose`. Both tell `feeds_entry` what they found.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from writethru.formats.feeds import elements as feeds_elements
from writethru.formats.feeds import entry as feeds_entry
from writethru.formats.feeds import names
from writethru.formats.feeds.entry import Channel, Entry
from writethru.formats.feeds.terms import line
from writethru.formats.limits import Limits
from writethru.records import Item, NotAnArticle, ParseError

RSS = "rss"
ATOM = "atom"

_ROOTS = frozenset(("rss", "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"))
_ATOM_ROOTS = frozenset(space + name for space in names.ATOM for name in ("feed", "entry"))
_TOMBSTONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
_ITEMS = frozenset(space + "item" for space in names.RSS)
_ENTRIES = frozenset(space + "entry" for space in names.ATOM)
_CHANNELS = frozenset(space + "channel" for space in names.RSS)


def matches(root: etree._Element) -> bool:
    """By the root element; RDF of any other kind has no channel of RSS."""
    if root.tag not in _ROOTS:
        return root.tag in _ATOM_ROOTS or root.tag == _TOMBSTONE
    return root.tag == "rss" or any(child.tag in _CHANNELS or child.tag in _ITEMS for child in root)


def parse(root: etree._Element, encoding: str, warned: list[str], limits: Limits) -> list[Item | ParseError | NotAnArticle]:
    """The entries of the feed in order; one that cannot be read stands as its failure.

    `warned` is what reading the XML gave cause to. Raises `ParseError` (`too_large`) for too many entries, `NotAnArticle` for a feed
    without any.
    """
    form = RSS if root.tag in _ROOTS else ATOM
    channel = Channel()
    for part in () if root.tag in _ENTRIES else (root, *(child for child in root if child.tag in _CHANNELS)):
        feeds_elements.read_channel(part, channel)
    found: list[Item | ParseError | NotAnArticle] = []
    for element in _entries(root):
        if len(found) >= limits.items:
            raise ParseError("too_large", f"more than {limits.items} items")
        try:
            if element.tag == _TOMBSTONE:
                found.append(feeds_entry.item(_tombstone(element), channel, form, encoding, warned))
                continue
            entry = Entry()
            feeds_elements.read(element, entry)
            found.append(feeds_entry.item(entry, channel, form, encoding, warned))
        except ParseError as failure:
            found.append(failure)
    if not found:
        raise NotAnArticle(form, "feed without entries")
    return found


def _entries(root: etree._Element) -> Iterator[etree._Element]:
    if root.tag in _ENTRIES or root.tag == _TOMBSTONE:
        yield root
    for child in root:
        if child.tag in _ITEMS or child.tag in _ENTRIES or child.tag == _TOMBSTONE:
            yield child
        elif child.tag in _CHANNELS:
            yield from (inner for inner in child if inner.tag in _ITEMS or inner.tag == _TOMBSTONE)


def _tombstone(element: etree._Element) -> Entry:
    """RFC 6721: the entry of that id is withdrawn."""
    entry = Entry(id=(element.get("ref") or "").strip(), updated=(element.get("when") or "").strip(), status="deleted")
    comment = element.find("{*}comment")
    if comment is not None:
        entry.comment = line(comment)
    return entry
