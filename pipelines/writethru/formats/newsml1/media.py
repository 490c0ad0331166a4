"""The media of a NewsML 1 item: renditions of what it is itself, associations with what stands beside its text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from writethru.formats.elements import Element, words
from writethru.formats.newsml1.components import Leaf
from writethru.formats.newsml1.reading import Reading, formal
from writethru.formats.values import Bad, is_uri, number, whole

_SIZES = {
    "width": ("width", whole),
    "pixelwidth": ("width", whole),
    "height": ("height", whole),
    "pixelheight": ("height", whole),
    "duration": ("duration", number),
    "totalduration": ("duration", number),
}


def read(main: Leaf | None, media: Sequence[Leaf], captions: Sequence[tuple[Leaf, str]], reading: Reading) -> None:
    """Puts media and captions where ninjs has them. Captions and files of one component belong together: where the files have roles of
    their own (preview, thumbnail), they are one picture."""
    groups: dict[Element, list[Leaf]] = {}
    for leaf in media:
        groups.setdefault(leaf.parent, []).append(leaf)
    texts: dict[Element, list[str]] = {}
    for leaf, caption in captions:
        texts.setdefault(leaf.parent, []).append(caption)
    for parent, leaves in groups.items():
        said = texts.pop(parent, [])
        apart = main is not None and main not in leaves and parent is main.parent
        one = not apart and len(said) < 2 and len({leaf.role for leaf in leaves}) == len(leaves)
        for at, held in enumerate([leaves] if one else [[leaf] for leaf in leaves]):
            own = said[at : at + 1]
            if main in held:
                reading.lists.setdefault("renditions", []).extend(_renditions(held))
                _describe(own, reading)
            else:
                reading.lists.setdefault("associations", []).append(_association(held, main, own, reading))
    for said in texts.values():
        _describe(said, reading)


def _describe(captions: Sequence[str], reading: Reading) -> None:
    for caption in captions:
        reading.add("descriptions", role="caption", value=caption)


def _association(leaves: Sequence[Leaf], main: Leaf | None, captions: Sequence[str], reading: Reading) -> dict[str, Any]:
    """Where no reference of a medium is a URI, its own is made of the item's id and what names it there. Its lines are those of the
    components that hold it and not the story."""
    found = _renditions(leaves)
    place = len(reading.lists.get("associations", ())) + 1
    href = leaves[0].contents[0].get("Href") or ""
    own = quote(f"{reading.stem}:{href or place}", safe="-._~")
    entry: dict[str, Any] = {
        "name": f"{leaves[0].kind}{place}",
        "uri": href if is_uri(href) else f"urn:writethru:media:{own}",
        "type": leaves[0].kind,
    }
    story = main.path if main is not None else leaves[0].path[:1]
    for component in reversed(leaves[0].path):
        if component not in story:
            _lines(component, entry)
    if captions:
        entry["descriptions"] = [{"role": "caption", "value": caption} for caption in captions]
    if found:
        entry["renditions"] = found
    return entry


def _lines(component: Element, entry: dict[str, Any]) -> None:
    for section in component:
        if section.tag == "NewsLines":
            for line in section:
                said = words(line)
                if said and line.tag == "HeadLine":
                    entry.setdefault("headlines", [{"value": said}])
                elif said and line.tag == "ByLine":
                    entry.setdefault("by", said)
                elif said and line.tag in ("CopyrightLine", "CreditLine"):
                    entry.setdefault("copyrightNotice", said)


def _renditions(leaves: Sequence[Leaf]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for leaf in leaves:
        for content in leaf.contents:
            entry = _rendition(content)
            if entry:
                name = entry.pop("use", "") or (leaf.role if len(leaf.contents) == 1 else "") or f"r{len(found):02d}"
                found.append({"name": name, **entry})
    return found


def _rendition(content: Element) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    href = content.get("Href")
    if href:
        entry["href" if is_uri(href) else "title"] = href
    for child in content:
        tag = child.tag
        if tag == "MimeType" or (tag == "Format" and "/" in formal(child)):
            entry["contentType"] = formal(child)
        elif tag == "Characteristics":
            for one in child:
                _characteristic(one, entry)
    return entry


def _characteristic(element: Element, entry: dict[str, Any]) -> None:
    kind, given = element.get("FormalName", "").lower(), element.get("Value", "")
    try:
        if element.tag == "SizeInBytes":
            entry["sizeInBytes"] = whole(words(element))
        elif kind == "imageuse" and given:
            entry["use"] = given
        elif kind in _SIZES:
            key, convert = _SIZES[kind]
            entry[key] = convert(given)
    except Bad:
        return  # `00:02:30`, `n/a`: the file itself tells
