"""HTML, XHTML and NITF to plain text: paragraphs parted by a blank line, a table's rows as lines with tabs."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from writethru.records import ParseError

_DEEPEST = 200  # libxml2 gives up at 256; a story's markup nests 10
_XHTML = "http://www.w3.org/1999/xhtml"
_NITF = "http://iptc.org/std/NITF/2006-10-18/"

_SKIP, _BLOCK, _BREAK, _TABLE, _ROW, _CELL = range(6)
# `header` and `body.head` repeat the envelope (headline, byline, slugline); `body.end` and `footer` hold sign-offs.
_TAGS = {
    _SKIP: "head header footer nav figure figcaption picture media media-caption media-producer body.head body.end script style "
    "template noscript iframe object video audio svg form button select textarea title meta link note",
    _BLOCK: "p div section article main aside blockquote h1 h2 h3 h4 h5 h6 ul ol li dl dt dd pre hr address "
    "body.content block hl1 hl2 details summary fn bq center",
    _BREAK: "br",
    _TABLE: "table nitf-table",
    _ROW: "tr",
    _CELL: "td th",
}
_KIND = {name: kind for kind, tags in _TAGS.items() for tag in tags.split() for name in (tag, f"{{{_XHTML}}}{tag}", f"{{{_NITF}}}{tag}")}
_CAPTION_CLASSES = frozenset({"caption", "figcaption", "image-caption", "photo-caption", "wp-caption", "wp-caption-text", "media-caption"})

# Controls that XML forbids stand for structure until the text is cut.
_PARAGRAPH, _LINE, _TAB = "\x1d", "\x1e", "\x1f"
_SPACES = re.compile(r"[ \t\r\n\f]+")
_LARGE = 16 * 1024  # characters
_EMPTY_LINES = re.compile(r"\n{2,}")


def from_html(source: str) -> str:
    """Plain text of an HTML fragment or page. Raises `ParseError` with `too_deep`."""
    if "<" not in source:
        return html.unescape(source).strip()
    target: Any = _Lean() if len(source) > _LARGE else None
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False, target=target)
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error):
            raise ParseError("too_deep", f"HTML: {error.msg}") from None
        return ""  # nothing but comments or empty tags
    if root is None:  # what lxml makes of a comment alone
        return ""
    if source.count("<") > _DEEPEST and any("xcessive depth" in entry.message for entry in parser.error_log):
        raise ParseError("too_deep", f"HTML nested deeper than {_DEEPEST}")
    return from_tree(root)


class _Lean:
    """Builds the tree of a large page with no attribute but `class`: libxml2 walks all of an element's attributes to append one, so that
    32,000 in one tag take a second, 600,000 many minutes."""

    def __init__(self) -> None:
        self._builder = etree.TreeBuilder()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        classes = attributes.get("class")
        self._builder.start(tag, {"class": classes} if classes else {})

    def end(self, tag: str) -> None:
        self._builder.end(tag)

    def data(self, text: str) -> None:
        self._builder.data(text)

    def close(self) -> etree._Element:
        return self._builder.close()


def from_tree(root: etree._Element) -> str:
    """Plain text below an element; captions, figures and what repeats the envelope left out. Raises `ParseError` (`too_deep`)."""
    pieces: list[str] = []
    _walk(root, pieces, 0)
    paragraphs = []
    for block in "".join(pieces).split(_PARAGRAPH):
        if not block or block.isspace():
            continue
        text = _squeeze(block)
        if _LINE in text:
            text = _lines(text)
        if text:
            paragraphs.append(text)
    return "\n\n".join(paragraphs)


def _walk(element: etree._Element, out: list[str], depth: int) -> None:
    if depth > _DEEPEST:
        raise ParseError("too_deep", f"markup nested deeper than {_DEEPEST}")
    if element.text:
        out.append(element.text)
    for child in element:
        kind = _KIND.get(child.tag)
        classes = child.get("class")
        if kind == _SKIP or (classes and not _CAPTION_CLASSES.isdisjoint(classes.split())):
            pass
        elif kind is None:
            if len(child):
                _walk(child, out, depth + 1)
            elif child.text:
                out.append(child.text)
        elif kind == _BREAK:
            out.append(_LINE)
        elif kind == _ROW:
            _walk(child, out, depth + 1)
            out.append(_LINE)
        elif kind == _CELL:
            cell: list[str] = []
            _walk(child, cell, depth + 1)
            out.append(_squeeze("".join(cell).replace(_PARAGRAPH, " ").replace(_LINE, " ")))
            out.append(_TAB)
        else:
            out.append(_PARAGRAPH)
            _walk(child, out, depth + 1)
            out.append(_PARAGRAPH)
        if child.tail:
            out.append(child.tail)


def _squeeze(text: str) -> str:
    # Only markup's own white space: a no-break space is the agency's.
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def _lines(text: str) -> str:
    lines = (line.strip(" " + _TAB).replace(_TAB, "\t") for line in text.replace(_TAB + " ", _TAB).split(_LINE))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")
