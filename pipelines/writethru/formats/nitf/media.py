"""The media of NITF as entries of ninjs' `associations`: files as renditions, captions as descriptions."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from writethru.formats import markup
from writethru.formats.elements import Element, local, words
from writethru.formats.values import Bad, is_uri, whole

_TYPES = {
    "image": "picture",
    "photo": "picture",
    "picture": "picture",
    "graphic": "graphic",
    "audio": "audio",
    "video": "video",
    "text": "text",
}
_PIXELS = (None, "", "pixels", "pixel", "px")


def association(media: Element, ident: str, number: int) -> dict[str, Any]:
    """The entry of a `media` element, the `number`th of the item `ident`: where no reference of it is a URI, its own is made of these."""
    kind = media.get("media-type") or ""
    entry: dict[str, Any] = {"name": f"{kind or 'media'}{number}"}
    renditions: list[dict[str, Any]] = []
    descriptions: list[dict[str, Any]] = []
    source = ""
    for child in media:
        tag = local(child)
        if tag == "media-reference":
            source = source or child.get("source") or ""
            _reference(child, entry, renditions, descriptions)
        elif tag == "media-caption":
            said = markup.from_tree(child)
            if said:
                descriptions.append({"role": "caption", "value": said})
        elif tag == "media-producer":
            entry.setdefault("by", words(child))
    address = source if is_uri(source) else "urn:writethru:media:" + quote(source or f"{ident}:{number}", safe="-._~")
    entry["uri"] = address
    given = {"type": _TYPES.get(kind.lower()), "descriptions": descriptions, "renditions": renditions}
    entry.update((key, value) for key, value in given.items() if value)
    return {key: value for key, value in entry.items() if value}


def _reference(element: Element, entry: dict[str, Any], renditions: list[dict[str, Any]], descriptions: list[dict[str, Any]]) -> None:
    if element.get("name"):
        entry["name"] = element.get("name")
    if element.get("source-credit"):
        entry["copyrightNotice"] = element.get("source-credit")
    if element.get("alternate-text"):
        descriptions.append({"role": "alternate-text", "value": element.get("alternate-text")})
    rendition: dict[str, Any] = {}
    source = element.get("source")
    if source and is_uri(source):
        rendition["href"] = source
    if element.get("mime-type"):
        rendition["contentType"] = element.get("mime-type")
    if element.get("units") in _PIXELS:
        for key in ("width", "height"):
            try:
                rendition[key] = whole(element.get(key))
            except Bad:
                continue
    if rendition:
        renditions.append({"name": element.get("name") or f"r{len(renditions):02d}", **rendition})
