"""HTML, XHTML and NITF to plain text: paragraphs parted by a blank line, a table's rows as lines with tabs.

`from_html` and `from_tree` give the text with its tables in place, `copy_of_html` and `copy_of_tree` the text, its tables and its captions
apart.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from writethru.records import ParseError

_DEEPEST = 200  # libxml2 gives up at 256; a story's markup nests 10
_XHTML = "http://www.w3.org/1999/xhtml"
_NITF = "http://iptc.org/std/NITF/2006-10-18/"

# The first three are not asked for their class, which takes a fifth of the time of a paragraph.
_SKIP, _CAPTIONED, _BREAK, _INLINE, _BLOCK, _PRE, _TABLE, _ROW, _CELL, _FRACTION = range(10)
# `header` and `body.head` repeat the envelope (headline, byline, slugline); `body.end` and `footer` hold sign-offs.
_TAGS = {
    _SKIP: "head header footer nav media-producer media-object body.head body.end script style template noscript iframe object video "
    "audio svg form button select textarea title meta link note nitf-table-metadata tobject key-list classifier",
    _CAPTIONED: "figure figcaption picture media media-caption",
    _BLOCK: "p div section article main aside blockquote h1 h2 h3 h4 h5 h6 ul ol li dl dt dd hr address body.content block hl1 hl2 "
    "details summary fn bq center nitf-table byline dateline abstract datasource credit bibliography",
    _BREAK: "br",
    _INLINE: "a abbr b cite code em font i img mark q s small span strong sub sup time u body html tbody",
    _PRE: "pre",
    _TABLE: "table",
    _ROW: "tr caption",
    _CELL: "td th",
    _FRACTION: "frac",
}
_KIND = {name: kind for kind, tags in _TAGS.items() for tag in tags.split() for name in (tag, f"{{{_XHTML}}}{tag}", f"{{{_NITF}}}{tag}")}
_CAPTIONS = ("{*}figcaption", "{*}media-caption")
_TABLES = ("{*}table",)
_CAPTION_CLASSES = frozenset({"caption", "figcaption", "image-caption", "photo-caption", "wp-caption", "wp-caption-text", "media-caption"})

# Controls that XML forbids stand for structure until the text is cut.
_VERBATIM, _PARAGRAPH, _LINE, _TAB = "\x1c", "\x1d", "\x1e", "\x1f"
_SIGNS_AS_SPACES = {ord(sign): " " for sign in (_VERBATIM, _PARAGRAPH, _LINE, _TAB)}
_WHITE = " \t\r\n\f"
_LARGE = 16 * 1024  # characters
_TWO_SPACES = re.compile("  ").search  # half the time of `in`, for which every space is a beginning
_EMPTY_LINES = re.compile(r"\n{2,}")


class Copy(NamedTuple):
    """The text, and what stood in it and is none: tables (cells parted by tabs, rows by line ends) and captions, in their order."""

    text: str = ""
    tables: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


def from_html(source: str) -> str:
    """Plain text of an HTML fragment or page. Raises `ParseError` with `too_deep`."""
    root = _page(source)
    return root if isinstance(root, str) else from_tree(root)


def copy_of_html(source: str) -> Copy:
    """An HTML fragment or page with its tables and captions apart. Raises `ParseError` with `too_deep`."""
    root = _page(source)
    return Copy(root) if isinstance(root, str) else copy_of_tree(root)


def from_tree(root: etree._Element) -> str:
    """Plain text below an element; captions, figures and what repeats the envelope left out. Raises `ParseError` (`too_deep`)."""
    pieces: list[str] = []
    _walk(root, pieces, 0, None)
    return _text(pieces)


def copy_of_tree(root: etree._Element) -> Copy:
    """What stands below an element, its tables and captions apart. Raises `ParseError` (`too_deep`)."""
    pieces: list[str] = []
    apart = _Apart([], [])
    _walk(root, pieces, 0, apart)
    return Copy(_text(pieces), tuple(apart.tables), tuple(apart.captions))


class _Apart(NamedTuple):
    tables: list[str]
    captions: list[str]


def _page(source: str) -> etree._Element | str:
    """The root of the parsed source; its text where there is nothing to parse."""
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
    return root


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


def _text(pieces: list[str]) -> str:
    """Paragraphs out of the pieces of a walk, in which each sign of a paragraph is one of its own."""
    joined = "".join(pieces)
    if _VERBATIM in joined:
        blocks = [_kept(block) if block[0] == _VERBATIM else _lines(_squeeze(block)) for block in joined.split(_PARAGRAPH) if block]
    else:
        blocks = [block.strip(" ") for block in _squeeze(joined).split(_PARAGRAPH) if block]
        if _LINE in joined:
            blocks = [_lines(block) if _LINE in block else block for block in blocks]
    return "\n\n".join([block for block in blocks if block and not block.isspace()])


def _walk(element: etree._Element, out: list[str], depth: int, apart: _Apart | None) -> None:
    if depth > _DEEPEST:
        raise ParseError("too_deep", f"markup nested deeper than {_DEEPEST}")
    text = element.text
    if text:
        _add(text, out)
    put = out.append
    for child in element:
        kind = _KIND.get(child.tag)
        if kind is None:
            kind = _kind(child)
        if kind >= _INLINE:
            classes = child.get("class")
            if classes is not None and "caption" in classes and not _CAPTION_CLASSES.isdisjoint(classes.split()):
                kind = _CAPTIONED
            elif kind == _BLOCK:
                put(_PARAGRAPH)
                if len(child):
                    _walk(child, out, depth + 1, apart)
                elif text := child.text:
                    put(text)
                put(_PARAGRAPH)
                tail = child.tail
                if tail and not tail.isspace():
                    put(tail)
                continue
        if kind == _INLINE:
            if len(child):
                _walk(child, out, depth + 1, apart)
            elif text := child.text:
                put(text)
        elif kind == _CELL:
            put((_one_line(child, depth) if len(child) else (child.text or "").strip(_WHITE)) + _TAB)
        elif kind == _BREAK:
            put(_LINE)
        elif kind == _ROW:
            _walk(child, out, depth + 1, apart)
            put(_LINE)
        elif kind != _SKIP:
            _rare(kind, child, out, depth, apart)
        tail = child.tail
        if tail:
            if tail.isspace():
                _add(tail, out)
            else:
                put(tail)


def _rare(kind: int, child: etree._Element, out: list[str], depth: int, apart: _Apart | None) -> None:
    """What few stories have."""
    if kind == _CAPTIONED:
        _captioned(child, out, depth, apart)
    elif kind == _TABLE:
        _table(child, out, depth, apart)
    elif kind == _PRE:
        verbatim = [_VERBATIM]
        _walk(child, verbatim, depth + 1, apart)
        out += (_PARAGRAPH, "".join(verbatim).replace(_PARAGRAPH, _LINE), _PARAGRAPH)
    elif kind == _FRACTION:
        _fraction(child, out)


def _add(text: str, out: list[str]) -> None:
    """Of white space that only lays out the markup, no more than one blank."""
    last = out[-1] if out else _PARAGRAPH
    if not text.isspace() or not text.isascii() or (out and out[0] == _VERBATIM):
        out.append(text)
    elif last != _PARAGRAPH and last != " ":
        out.append(" ")


def _table(table: etree._Element, out: list[str], depth: int, apart: _Apart | None) -> None:
    """A table of two columns and more is one; a page may hold its text in a table of one, which is layout."""
    single = [] if any(len(row) > 1 for row in _cells(table)) else list(_cells(table))
    if single:
        for (cell,) in single:
            out.append(_PARAGRAPH)
            _walk(cell, out, depth + 1, apart)
            out.append(_PARAGRAPH)
    elif apart is None or next(_cells(table), None) is None:
        out.append(_PARAGRAPH)
        _walk(table, out, depth + 1, apart)
        out.append(_PARAGRAPH)
    else:
        pieces: list[str] = []
        _walk(table, pieces, depth + 1, None)
        text = _text(pieces)
        if text:
            apart.tables.append(text)
        out.append(_PARAGRAPH)


def _cells(table: etree._Element) -> Iterator[list[etree._Element]]:
    """The cells of each row of a table's own, its caption as a row of one."""
    for part in table:
        kind = _kind(part)
        if kind == _ROW:
            yield [cell for cell in part if _kind(cell) == _CELL] or [part]
        elif kind == _INLINE:  # thead, tbody, tfoot
            for row in part:
                if _kind(row) == _ROW:
                    yield [cell for cell in row if _kind(cell) == _CELL] or [row]


def _kind(element: etree._Element) -> int:
    """By its name in any namespace: XHTML and NITF had others in other years. What has no kind is part of a line."""
    return _KIND.get(_local(element), _INLINE)


def _local(element: etree._Element) -> str:
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if type(tag) is str else ""


def _one_line(element: etree._Element, depth: int) -> str:
    pieces: list[str] = []
    _walk(element, pieces, depth + 1, None)
    return _squeeze("".join(pieces).translate(_SIGNS_AS_SPACES))


def _captioned(element: etree._Element, out: list[str], depth: int, apart: _Apart | None) -> None:
    """A picture's caption; a figure may hold a table too."""
    table = next(element.iter(*_TABLES), None)
    if table is not None:
        _table(table, out, depth + 1, apart)
    if apart is not None:
        _keep_captions(element, apart)


def _keep_captions(element: etree._Element, apart: _Apart) -> None:
    found = list(element.iter(*_CAPTIONS))
    if not found and _kind(element) != _CAPTIONED:
        found = [element]
    for caption in found:
        text = from_tree(caption)
        if text:
            apart.captions.append(text)


def _fraction(element: etree._Element, out: list[str]) -> None:
    """`4<frac><frac-num>1</frac-num><frac-den>2</frac-den></frac>` is 4 1/2, not 412."""
    parts = {_local(part): "".join(map(str, part.itertext())).strip() for part in element}
    if parts.get("frac-num") and parts.get("frac-den"):
        if out and out[-1][-1:].isdigit():
            out.append(" ")
        out.append(f"{parts['frac-num']}/{parts['frac-den']}")
    else:
        out.append("".join(map(str, element.itertext())))


def _kept(block: str) -> str:
    """Preformatted text: its line ends and columns are part of it."""
    lines = block.replace(_VERBATIM, "").replace(_TAB, "\t").replace(_LINE, "\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _EMPTY_LINES.sub("\n\n", "\n".join(line.rstrip(" \t") for line in lines)).strip("\n")


def _squeeze(text: str) -> str:
    # Only markup's own white space: a no-break space is the agency's. Plain replacing takes a tenth of a pattern's time.
    for space in _WHITE[1:]:
        if space in text:
            text = text.replace(space, " ")
    if _TWO_SPACES(text):
        while "  " in text:
            text = text.replace("  ", " ")
    return text.strip(" ")


def _lines(text: str) -> str:
    if _LINE not in text:
        return text
    if _TAB in text:
        # The corner of a table is an empty cell as a rule: tabs before a row's first word say so.
        lines = [line.strip(" ").rstrip(_TAB) for line in text.replace(_TAB + " ", _TAB).split(_LINE)]
    else:
        lines = [line.strip(" ") for line in text.split(_LINE)]
    joined = "\n".join(lines).replace(_TAB, "\t").strip("\n")
    return _EMPTY_LINES.sub("\n\n", joined) if "\n\n\n" in joined else joined
