"""The pictures, films and recordings of a NewsML-G2 item: its own files, and those that stand in its text with their captions."""

from __future__ import annotations

from typing import Any, NamedTuple

from writethru.formats.elements import Element, local, words
from writethru.formats.values import Bad, is_uri, number, whole

_ATTRIBUTES = (
    ("contenttype", "contentType", str),
    ("width", "width", whole),
    ("height", "height", whole),
    ("size", "sizeInBytes", whole),
    ("duration", "duration", number),
    ("format", "format", str),
    ("videocodec", "videoCodec", str),
    ("videoframerate", "frameRate", number),
    ("videoaspectratio", "aspectRatio", str),
    ("videoscan", "scanType", str),
    ("videoavgbitrate", "bitrate", str),
    ("audiobitrate", "bitrate", str),
    ("bitrate", "bitrate", str),
)
_SCANS = ("progressive", "interlaced")
_STANDING = ("{*}figure", "{*}dnl-image")
_KINDS = {"img": "picture", "video": "video", "audio": "audio"}


class Medium(NamedTuple):
    """A picture or recording that stands in the text: its address or id, ninjs' word for what it is, its caption, whose it is."""

    ref: str
    type: str
    caption: str
    credit: str


def rendition(element: Element, position: int, warnings: list[str]) -> dict[str, Any]:
    """A `remoteContent` as ninjs has renditions, empty where it says nothing. An address that is no URI stands as the title."""
    given = (element.get("rendition") or "").partition(":")[2] or (element.get("renditionuri") or "").rpartition("/")[2]
    entry: dict[str, Any] = {"name": given or (f"r{position:02d}" if position else "main")}
    href = element.get("href") or element.get("residref")
    if href:
        entry["href" if is_uri(href) else "title"] = href
    for attribute, key, convert in _ATTRIBUTES:
        value = element.get(attribute)
        if value and (key != "scanType" or value in _SCANS):
            try:
                entry.setdefault(key, convert(value))
            except Bad:
                warnings.append(f"invalid_field:remoteContent.{attribute}")
    return entry if len(entry) > 1 else {}


def standing_in(root: Element) -> list[Medium]:
    """HTML's `figure` and dpa's `dnl-image` below an element that have an address or a caption; one within another is part of it."""
    found = []
    for element in root.iter(*_STANDING):
        if next(element.iterancestors(*_STANDING), None) is not None:
            continue
        if local(element) == "dnl-image":
            medium = Medium(element.get("ref") or "", "picture", element.get("caption") or "", element.get("creditline") or "")
        else:
            medium = _medium(element)
        if medium.ref or medium.caption:
            found.append(medium)
    return found


def _medium(figure: Element) -> Medium:
    ref = caption = ""
    kind = "picture"
    for part in figure.iter():
        tag = local(part)
        if tag == "figcaption" and not caption:
            caption = words(part)
        elif tag in _KINDS and not ref:
            ref, kind = part.get("src") or "", _KINDS[tag]
    return Medium(ref, kind, caption, "")


def associate(media: list[Medium], associations: list[dict[str, Any]]) -> list[str]:
    """Adds each medium to an item's `associations`, to the entry of its id where there is one; the captions of those that have no URI."""
    loose = []
    known = {entry["uri"]: entry for entry in associations}
    for medium in media:
        if not is_uri(medium.ref):
            loose += [medium.caption] if medium.caption else []
            continue
        entry = known.get(medium.ref)
        if entry is None:
            name = f"{medium.type}{len(associations) + 1}"
            entry = known[medium.ref] = {"uri": medium.ref, "type": medium.type, "name": name}
            associations.append(entry)
        if medium.caption:
            entry.setdefault("descriptions", [{"role": "caption", "value": medium.caption}])
        if medium.credit:
            entry.setdefault("copyrightNotice", medium.credit)
    return loose
