"""Telegraph copy as lines and paragraphs: framing signs taken off, what was broken at a fixed width put together, tables taken out,
typesetting fractions written out."""

from __future__ import annotations

import re
from typing import NamedTuple

_WIDTH = 100
"""Longer lines are whole paragraphs; telegraph lines have 60 to 80 characters."""
_NARROWEST = 40
_RAGGED = 4
"""Characters by which lines of copy that was broken at a fixed width are shorter than that, hyphens and double blanks aside."""
_INDENTED = ("\t", "  ")
_RULE = "-_=* "
_ENDED = (".", "!", "?", '"', "''", "\u201d", "\u00bb", ":")
_CELLS = re.compile(r"[;\t]| {2,}")
_COLUMNS = re.compile(r";(?=\S)|\t| {3,}")
_SCORE = re.compile(r"(?<=\d);(\d{1,3})\{")
_HALF = re.compile(r"(?<=\d)\{(?![\w}])")


class Entry(NamedTuple):
    """A line of copy, or a paragraph put together again. `kind`: how it was framed, `<` or `=` ended, `^` opened alone, tab for a
    paragraph's indentation, empty for none. `gap`: a blank line stands before it."""

    kind: str
    gap: bool
    text: str


def entries(text: str) -> list[Entry]:
    """The lines of copy without their framing. A line opened by `^` goes on to its `<` or `=`; an indented paragraph that was broken at a
    fixed width is one again."""
    lines = text.split("\n")
    fixed: bool | None = None
    closes = "<" in text
    near_end = len(lines) - 4
    out: list[Entry] = []
    put, made = out.append, tuple.__new__  # the class itself takes twice as long
    parts: list[str] = []
    held = framed = last = ""
    apart = gap = copied = noted = False
    for at, line in enumerate(lines):
        piece = line.strip()
        if not piece:
            gap = True
            continue
        kind = ""
        if piece[0] == "^":
            kind, line = "^", piece.lstrip("^")
            piece = line.strip()
            if not piece:
                continue
        caret = kind
        sign, end = line[0], piece[-1]
        indented = sign == "\t" or (sign == " " and line[1:2] == " ")
        if end == "<":
            piece, kind = piece[:-1].rstrip(), "<"
        elif end == "=" and not indented and piece[-2:-1] != "=" and (caret or not copied or piece[-2:-1] == " "):
            piece, kind = piece[:-1].rstrip(), "="
        if indented:
            kind, copied = "\t", True
        if not piece:
            continue
        if piece[0] == "#":
            noted = True
        if held and not (gap or noted):
            if framed == "^" and closes and not (caret or indented):
                parts.append(piece)
                framed, last = kind or "^", piece
                continue
            if framed == "\t" and not kind and sign != " ":
                fixed = _is_fixed(text) if fixed is None else fixed
                if fixed and _goes_on(last, piece, at > near_end):
                    parts.append(piece)
                    last = piece
                    continue
        if held:
            if parts:
                held = " ".join([held, *parts])
                parts.clear()
            put(made(Entry, (framed, apart, held)))
        framed, apart, held, last, gap = kind, gap, piece, piece, False
    if held:
        put(made(Entry, (framed, apart, " ".join([held, *parts]))))
    return out


def _is_fixed(text: str) -> bool:
    """Whether the lines from the first indented one on were broken at a fixed width."""
    first = min([at for at in (text.find("\n\t"), text.find("\n  "), 0 if text.startswith(_INDENTED) else -1) if at >= 0], default=-1)
    return first >= 0 and max(map(len, text[first + 1 :].split("\n"))) <= _WIDTH


def _goes_on(last: str, piece: str, near_end: bool) -> bool:
    """Whether a line continues the paragraph of the line before: unless it is a rule, or stands behind a line that ended early with its
    sentence, as a sign-off does."""
    if piece[0] == "\x08" or (piece[0] in _RULE and not piece.strip(_RULE)):
        return False
    if not last.endswith(_ENDED):
        return True
    return len(last) > 40 and not (near_end and len(piece) < 30)


def unbroken(lines: list[Entry]) -> list[Entry]:
    """The lines with paragraphs that are not indented put together again: a line goes on in the next where that one's first word would not
    have fitted behind it. What follows a `#` is a notebook's, whose lines are its own."""
    if not lines:
        return lines
    noted = [at for at, (_, _, text) in enumerate(lines) if text[0] == "#"]
    end = noted[0] if noted else len(lines)
    lengths = sorted([len(text) for kind, _, text in lines[:end] if not kind])
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    if not _NARROWEST <= width <= _WIDTH:
        return lines
    out = [[lines[0]]]
    for at, entry in enumerate(lines[1:end], 1):
        kind, _, last = lines[at - 1]
        apart = entry.gap or entry.kind or kind or len(last) + len(entry.text.split(" ", 1)[0]) <= width - _RAGGED
        if not apart and _goes_on(last, entry.text, at + 3 > end):
            out[-1].append(entry)
        else:
            out.append([entry])
    joined = [Entry(of[0].kind, of[0].gap, " ".join([piece.text for piece in of])) if len(of) > 1 else of[0] for of in out]
    return joined + lines[max(end, 1) :]


def body(lines: list[Entry]) -> str:
    """Copy as an item carries it: head lines one below the other, paragraphs parted by blank lines."""
    out: list[str] = []
    before = ""
    for kind, gap, text in lines:
        if out:
            out.append("\n\n" if gap or kind == "\t" or before == "\t" else "\n")
        out.append(text)
        before = kind
    return "".join(out)


def tables(lines: list[Entry], tabular: bool) -> tuple[list[Entry], tuple[str, ...]]:
    """The lines without the tables among them, and those: cells parted by tabs. A row opens with BS, the tab-line indicator; in an item
    that calls itself tabular, two lines of three cells on end are rows too. Fractions are written out."""
    kept: list[Entry] = []
    found: list[str] = []
    rows: list[str] = []
    loose: list[Entry] = []
    for entry in [*lines, Entry("", False, "")]:
        text = entry.text
        if text[:1] == "\x08":
            rows.append(_row(_CELLS.split(text.replace("\x08", "").strip("^ "))))
        elif tabular and (cells := _columns(text)):
            rows.append(_row(cells))
            loose.append(entry)
        else:
            if len(rows) > 1 or len(rows) > len(loose):
                found.append("\n".join(rows))
            else:
                kept += loose
            rows, loose = [], []
            if text:
                kept.append(entry)
    return [Entry(kind, gap, _fractions(text.replace("\x08", ""))) for kind, gap, text in kept], tuple(found)


def _columns(text: str) -> list[str]:
    if len(text) > _WIDTH or text.endswith(".") or len(_COLUMNS.findall(text)) < 2:
        return []
    return _CELLS.split(text)


def _row(cells: list[str]) -> str:
    return "\t".join([_fractions(cell.strip()) if cell.strip() != "{" else "1/2" for cell in cells])


def _fractions(text: str) -> str:
    """`3{` is 3 1/2, `6;3{` is 6-3 1/2."""
    if "{" not in text:
        return text
    return _HALF.sub(" 1/2", _SCORE.sub(r"-\1{", text))
