"""Plain text as lines and paragraphs."""

from __future__ import annotations

from itertools import pairwise

RULES = "-_=*<^ "
_FARTHEST = 1000
"""Characters behind the start of a line at which the end of its block is no longer looked for: the longest note has 900."""


_WORD = 20
"""Characters by which the last line of a paragraph may be longer than the others: the word that had no room on the longest."""

Line = tuple[int, int, int]
"""[start, end) of a line, and how many blank lines stand before it."""


def split(text: str, start: int, end: int) -> list[Line]:
    """The lines of [start, end) that are not blank."""
    out: list[Line] = []
    blanks, at = 0, start
    for line in (text if end - start == len(text) else text[start:end]).split("\n"):
        if not line:
            blanks += 1
            at += 1
            continue
        stop = at + len(line)
        if line.isspace():
            blanks += 1
        else:
            out.append((at, stop, blanks))
            blanks = 0
        at = stop + 1
    return out


def is_rule(text: str, start: int, end: int) -> bool:
    """Whether the line is nothing but dashes, stars and the like, framing signs among them."""
    return start < end and text[start] in RULES and not text[start:end].strip(RULES)


def block_end(lines: list[Line], at: int) -> int:
    """Where the block of line `at` ends: before the next blank line, or farther behind than any note reaches."""
    farthest = lines[at][0] + _FARTHEST
    while at + 1 < len(lines) and not lines[at + 1][2] and lines[at][1] < farthest:
        at += 1
    return lines[at][1]


def paragraphs(text: str, lines: list[Line]) -> list[Line]:
    """The paragraphs, each as one line: lines parted by blank lines; within such a block by indentation, as one where lines are broken at a
    fixed width, else line by line."""
    bounds = [at for at, line in enumerate(lines) if line[2] or not at]
    if len(bounds) == len(lines):
        return lines
    out: list[Line] = []
    for at, stop in pairwise([*bounds, len(lines)]):
        if stop - at == 1:
            out.append(lines[at])
        else:
            out += _block(text, lines[at:stop])
    return out


def _block(text: str, block: list[Line]) -> list[Line]:
    indented = [at for at, (start, _, _) in enumerate(block) if at and text[start] in " \t" and text.startswith(("  ", "\t"), start)]
    if 0 < len(indented) < len(block) - 1:
        heads = [0, *indented]
    elif _wrapped(text, block):
        heads = [0]
    else:
        heads = list(range(len(block)))
    return [(block[head][0], block[nxt - 1][1], block[head][2]) for head, nxt in pairwise([*heads, len(block)])]


def _wrapped(text: str, block: list[Line]) -> bool:
    full = block[:-1]
    lengths = [end - start for start, end, _ in full]
    longest = max(lengths)
    if longest > 100 or sum(lengths) < 45 * len(full) or block[-1][1] - block[-1][0] > longest + _WORD:
        return False
    return any(text[end - 1] not in ".!?\"'”\u2019)" for _, end, _ in full)
