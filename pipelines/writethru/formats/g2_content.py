"""The content of a NewsML-G2 item: the story's text, renditions of what is no text, a package's references."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from writethru.formats import markup
from writethru.formats.g2_elements import Element, local, words
from writethru.formats.values import Bad, folded, is_uri, number, whole

_TEXTS = frozenset({"html", "body", "nitf", "div", "section", "article", "main", "p", "block", "body.content"})
_ATTRIBUTES = (
    ("width", "width", whole),
    ("height", "height", whole),
    ("size", "sizeInBytes", whole),
    ("duration", "duration", number),
    ("videoframerate", "frameRate", number),
)


class Content(NamedTuple):
    """`headline` and `byline` are those of NITF inside; `events` is true where the item carries events and no text."""

    body: str = ""
    headline: str = ""
    byline: str = ""
    renditions: tuple[dict[str, Any], ...] = ()
    events: bool = False


def read(section: Element, headline: str, warnings: list[str]) -> Content:
    """The first readable text of a `contentSet`, which may hold several renderings of one, and every rendition.

    Raises `ParseError` (`too_deep`).
    """
    body = title = byline = ""
    renditions: list[dict[str, Any]] = []
    events = False
    for child in section:
        tag = local(child)
        if tag == "remoteContent":
            rendition = _rendition(child, len(renditions), warnings)
            if rendition:
                renditions.append(rendition)
        elif tag == "inlineData" and not body:
            body = _data(child, warnings)
        elif tag == "inlineXML" and not body:
            inner = child[0] if len(child) else None
            kind = "" if inner is None else local(inner)
            if inner is None:
                body = folded(child.text or "").strip()
            elif kind in _TEXTS:
                body = markup.from_tree(child)
                if kind == "nitf":
                    title, byline = _first(inner, "hl1"), _first(inner, "byline")
            elif kind in ("event", "events"):
                events = True
            else:
                warnings.append(f"unread_body:{kind[:80]}")
    if headline and body.startswith(headline + "\n\n"):  # an <h1>
        body = body[len(headline) + 2 :]
    return Content(body, title, byline, tuple(renditions), events and not body)


def without_teaser(body: str, descriptions: list[dict[str, Any]]) -> str:
    """dpa's XHTML opens with the teaser that `description` gives already; its JSON of the same item does not."""
    for entry in descriptions:
        if "teaser" in entry.get("role", "") and body.startswith(entry["value"] + "\n\n"):
            return body[len(entry["value"]) + 2 :]
    return body


def references(section: Element) -> Iterator[tuple[str, dict[str, Any] | None]]:
    """The id of every item that a package refers to, and the reference as an entry of ninjs' `associations`."""
    for reference in section.iter("{*}itemRef"):
        ref = reference.get("residref") or reference.get("href")
        if not ref:
            continue
        entry: dict[str, Any] | None = None
        if is_uri(ref):
            entry = {"uri": ref, "name": ref}
            for child in reference:
                tag, found = local(child), words(child)
                if tag == "title" and found:
                    entry["name"] = found
                elif tag == "headline" and found:
                    entry.setdefault("headlines", []).append({"value": found})
                elif tag == "itemClass":
                    kind = (child.get("qcode") or "").rpartition(":")[2]
                    if kind in ("text", "audio", "video", "picture", "graphic", "composite"):
                        entry["type"] = kind
        yield ref, entry


def _rendition(element: Element, position: int, warnings: list[str]) -> dict[str, Any]:
    name = (element.get("rendition") or element.get("renditionuri") or "").rpartition(":")[2].rpartition("/")[2]
    entry: dict[str, Any] = {"name": name or f"r{position:02d}"}
    href = element.get("href") or element.get("residref")
    if href and is_uri(href):
        entry["href"] = href
    if element.get("contenttype"):
        entry["contentType"] = element.get("contenttype")
    for attribute, key, convert in _ATTRIBUTES:
        given = element.get(attribute)
        if given:
            try:
                entry[key] = convert(given)
            except Bad:
                warnings.append(f"invalid_field:remoteContent.{attribute}")
    return entry if len(entry) > 1 else {}


def _data(element: Element, warnings: list[str]) -> str:
    kind = element.get("contenttype") or "text/plain"
    if element.get("encoding") or not kind.startswith("text/"):
        warnings.append(f"unread_body:{kind[:80]}")
        return ""
    text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
    return markup.from_html(text) if "html" in kind else folded(text).strip("\n")


def _first(root: Element, tag: str) -> str:
    found = next(root.iter("{*}" + tag), None)
    return "" if found is None else words(found)
