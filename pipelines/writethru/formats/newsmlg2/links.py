"""What a NewsML-G2 item says of other items: its earlier versions, what it came from, what belongs to it."""

from __future__ import annotations

from typing import Any

from writethru.formats.elements import Element, local, words
from writethru.formats.newsmlg2.catalogs import Schemes
from writethru.formats.newsmlg2.elements import word
from writethru.formats.values import is_uri
from writethru.records import ItemLink

TYPES = {
    "text": "text",
    "picture": "picture",
    "photo": "picture",
    "graphic": "graphic",
    "animated": "graphic",
    "audio": "audio",
    "video": "video",
    "composite": "composite",
}
"""The last word of an item class, and what ninjs calls it."""
_ITEM_RELATION = "http://cv.iptc.org/newscodes/itemrelation/"


def read(element: Element, guid: str | None, schemes: Schemes) -> ItemLink | None:
    """A `link`, None where it leads nowhere. `guid` is that of the item it stands in."""
    ref = _item(element) or element.get("href") or element.get("qcode") or element.get("uri")
    if not ref:
        return None
    given = schemes.printed(element.get("rel") or "") or element.get("reluri") or ""
    rel = given.removeprefix("irel:").removeprefix(_ITEM_RELATION)
    if not rel:  # STT names its own guid with an earlier version, and no relation
        rel = "prevVersion" if ref == guid else "link"
    return ItemLink(rel, ref)


def _item(element: Element) -> str | None:
    return element.get("residref") or element.get("guidref")


def associated(element: Element, link: ItemLink, others: int) -> dict[str, Any] | None:
    """The item that a link refers to as an entry of `associations`, where the link says more of it than its id; None for the item's own
    earlier version and for a page. `others` is the number of entries before it."""
    if link.rel == "prevVersion" or not _item(element) or not is_uri(link.ref):
        return None
    entry: dict[str, Any] = {"uri": link.ref}
    version, href = element.get("version"), element.get("href")
    if version:
        entry["version"] = version
    for child in element:
        tag = local(child)
        if tag == "itemClass":
            kind = TYPES.get(word(child.get("qcode") or child.get("uri") or ""))
            entry.update({"type": kind} if kind else {})
        elif tag in ("title", "headline") and (found := words(child)):
            entry.setdefault("headlines", []).append({"value": found})
    if href and is_uri(href):
        entry["renditions"] = [{"name": "main", "href": href}]
    if len(entry) == 1:
        return None
    entry["name"] = f"{entry.get('type', 'item')}{others + 1}"
    if link.rel != "seeAlso":
        entry["rel"] = link.rel
    return entry
