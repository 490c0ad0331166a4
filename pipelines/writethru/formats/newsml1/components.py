"""The components of a NewsML 1 item: which of them is the story, which are pictures, captions and the like beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from writethru.formats.elements import Element, first
from writethru.formats.newsml1.reading import formal

_KINDS = {
    "text": "text",
    "photo": "picture",
    "picture": "picture",
    "image": "picture",
    "graphic": "graphic",
    "graphics": "graphic",
    "infographic": "graphic",
    "animated": "graphic",
    "animation": "graphic",
    "video": "video",
    "audio": "audio",
    "complexdata": "composite",
}
_PICTURES = ("jpeg", "jpg", "gif", "png", "tif", "bmp")
_TEXTS = ("nitf", "html", "text", "plain", "ascii")

MAIN = frozenset({"main", "body", "bodytext", "maintext", "text", "story", "article", "news"})
"""Roles under which providers send the story itself; a component without a role comes next."""
CAPTIONS = frozenset({"caption", "captiontext"})
CONTACTS = frozenset({"contact", "contacts"})
HEADLINES = frozenset({"headline", "title"})
ASIDES = frozenset({"summary", "abstract", "teaser", "quicklook", "subheadline"})
BESIDE = CAPTIONS | CONTACTS | HEADLINES | ASIDES | {"stylesheet"}
"""Roles of texts that are never the story."""
OPENINGS = frozenset({"lead", "lede", "intro", "introduction"})
"""Roles of a first paragraph that stands in a component of its own."""


class Leaf(NamedTuple):
    """A component that holds content. `role` is its own or the one above it, in lower case and without blanks; `path` leads from the
    item's component down to it; `contents` are its `ContentItem`s, by the standard renderings of one thing; `kind` is a type of ninjs,
    empty where nothing tells."""

    role: str
    path: tuple[Element, ...]
    contents: tuple[Element, ...]
    kind: str

    @property
    def parent(self) -> Element:
        return self.path[-2] if len(self.path) > 1 else self.path[-1]


class Components(NamedTuple):
    """`main` is the story, or the picture that is the item; `references` the `NewsItemRef` and `NewsItem` elements; `described` the
    components whose lines and metadata are the item's own, the innermost first."""

    main: Leaf | None
    others: list[Leaf]
    references: list[Element]
    described: tuple[Element, ...]


def components(tops: Sequence[Element]) -> Components:
    """The components below an item, ordered."""
    leaves: list[Leaf] = []
    references: list[Element] = []
    for top in tops:
        _gather(top, (), "", leaves, references)
    main = leaves[0] if len(leaves) == 1 and leaves[0].kind else _main(leaves)
    if main is None:
        return Components(None, leaves, references, tuple(reversed(_first(tops))))
    return Components(main, [leaf for leaf in leaves if leaf is not main], references, main.path[::-1])


def _gather(component: Element, above: tuple[Element, ...], role: str, leaves: list[Leaf], references: list[Element]) -> None:
    path = (*above, component)
    contents: list[Element] = []
    nested: list[Element] = []
    for child in component:
        tag = child.tag
        if tag == "Role":
            role = formal(child).lower().replace(" ", "") or role
        elif tag == "ContentItem":
            contents.append(child)
        elif tag == "NewsComponent":
            nested.append(child)
        elif tag in ("NewsItemRef", "NewsItem"):
            references.append(child)
    if contents:
        kind = next(filter(None, map(_kind, contents)), "")
        if kind != "text":  # the first file of a video may be its thumbnail
            kind = _KINDS.get(role, kind)
        leaves.append(Leaf(role, path, tuple(contents), kind))
    for child in nested:
        _gather(child, path, role, leaves, references)


def _kind(content: Element) -> str:
    """By the media type, else by format and MIME type, else by the file's ending; what is given inline without any of them is text."""
    said: list[str] = []
    inline = False
    for child in content:
        tag = child.tag
        if tag == "MediaType":
            known = _KINDS.get(formal(child).lower())
            if known:
                return known
        elif tag in ("Format", "MimeType"):
            said.append(formal(child).lower())
        elif tag in ("DataContent", "Encoding"):
            inline = True
    said.append((content.get("Href") or "").lower().rpartition(".")[2])
    for word in said:
        top = word.partition("/")[0]
        if "css" in word:
            return ""
        if top in ("image", "video", "audio"):
            return _KINDS[top]
        if top == "text" or any(part in word for part in _TEXTS):
            return "text"
        if any(part in word for part in _PICTURES):
            return "picture"
    return "text" if inline else ""


def _main(leaves: list[Leaf]) -> Leaf | None:
    """The text in the best role; of components that are equivalent, the one with the richest format. A picture in the main role is the
    item, unless a text is."""
    groups: dict[Element, int] = {}
    best: tuple[int, int, int] | None = None
    text: Leaf | None = None
    for at, leaf in enumerate(leaves):
        if leaf.kind != "text" or leaf.role in BESIDE:
            continue
        equivalent = leaf.parent.get("EquivalentsList") == "yes"
        order = groups.setdefault(leaf.parent, at) if equivalent else at
        found = (_rank(leaf.role), order, min(map(richness, leaf.contents)) if equivalent else 0)
        if best is None or found < best:
            best, text = found, leaf
    media = [leaf for leaf in leaves if leaf.kind not in ("text", "")]
    if best is None or (best[0] == 2 and any(leaf.role in MAIN for leaf in media)):
        return min(media, key=lambda leaf: _rank(leaf.role), default=None)
    return text


def _rank(role: str) -> int:
    return 0 if role in MAIN else 2 if role else 1


def richness(content: Element) -> int:
    """0 for markup that stands in the document as such, 1 for markup quoted as text, 2 for plain text, 3 for what is not in it."""
    data = first(content, "DataContent")
    if data is None:
        return 3 if first(content, "Encoding") is None else 2
    return 0 if len(data) else 1 if "</" in (data.text or "") else 2


def _first(tops: Sequence[Element]) -> list[Element]:
    path: list[Element] = []
    below = tops[0] if tops else None
    while below is not None:
        path.append(below)
        below = first(below, "NewsComponent")
    return path
