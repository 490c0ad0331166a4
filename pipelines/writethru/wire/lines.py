"""Plain text as lines and paragraphs."""

from __future__ import annotations

from itertools import pairwise

RULES = "-_=* "


class Line:
    """[start, end) of a line, and how many blank lines stand before it."""

    __slots__ = ("blanks", "end", "start")

    def __init__(self, start: int, end: int, blanks: int) -> None:
        self.start, self.end, self.blanks = start, end, blanks


def split(text: str, start: int, end: int) -> list[Line]:
    """The lines of [start, end) that are not blank."""
    out: list[Line] = []
    blanks, at = 0, start
    for line in (text if end - start == len(text) else text[start:end]).split("\n"):
        stop = at + len(line)
        if line and not line.isspace():
            out.append(Line(at, stop, blanks))
            blanks = 0
        else:
            blanks += 1
        at = stop + 1
    return out


def is_rule(text: str, start: int, end: int) -> bool:
    """Whether the line is nothing but dashes, stars and the like."""
    return start < end and text[start] in RULES and not text[start:end].strip(RULES)


def block_end(lines: list[Line], at: int) -> int:
    """Where the block of line `at` ends: before the next blank line."""
    while at + 1 < len(lines) and not lines[at + 1].blanks:
        at += 1
    return lines[at].end


def paragraphs(text: str, lines: list[Line]) -> list[tuple[int, int, int]]:
    """(start, end, blank lines before) of the paragraphs: lines parted by blank lines; within such a block by indentation, as one where
    lines are broken at a fixed width, else line by line."""
    out: list[tuple[int, int, int]] = []
    bounds = [at for at, line in enumerate(lines) if line.blanks or not at]
    if len(bounds) == len(lines):
        return [(line.start, line.end, line.blanks) for line in lines]
    for at, stop in pairwise([*bounds, len(lines)]):
        if stop - at == 1:
            line = lines[at]
            out.append((line.start, line.end, line.blanks))
        else:
            out += _block(text, lines[at:stop])
    return out


def _block(text: str, block: list[Line]) -> list[tuple[int, int, int]]:
    indented = [text.startswith(("  ", "\t"), line.start) for line in block]
    if True in indented[1:] and False in indented[1:]:
        heads = [at for at, deep in enumerate(indented) if deep or at == 0]
    elif _wrapped(text, block):
        heads = [0]
    else:
        heads = list(range(len(block)))
    return [(block[head].start, block[nxt - 1].end, block[head].blanks) for head, nxt in pairwise([*heads, len(block)])]


def _wrapped(text: str, block: list[Line]) -> bool:
    full = block[:-1]
    lengths = [line.end - line.start for line in full]
    if max(lengths) > 100 or sum(lengths) < 45 * len(full):
        return False
    return any(text[line.end - 1] not in ".!?\"'”\u2019)" for line in full)
