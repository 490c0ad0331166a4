"""Plain text as lines and paragraphs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Line:
    start: int
    end: int
    blanks: int
    """Blank lines before it."""
    block_end: int = 0


def split(text: str, start: int, end: int) -> list[Line]:
    """The lines of [start, end) that are not blank."""
    out: list[Line] = []
    blanks, at, block = 0, start, 0
    for line in text[start:end].split("\n"):
        stop = at + len(line)
        if line and not line.isspace():
            out.append(Line(at, stop, blanks))
            blanks = 0
        else:
            if not blanks and out:
                block = _close(out, block)
            blanks += 1
        at = stop + 1
    _close(out, block)
    return out


def _close(lines: list[Line], first: int) -> int:
    """Tells the lines from `first` on where their block ends; where the next begins."""
    last = lines[-1].end if lines else 0
    for at in range(first, len(lines)):
        lines[at].block_end = last
    return len(lines)


def paragraphs(text: str, lines: list[Line]) -> list[tuple[int, int, int]]:
    """(start, end, blank lines before) of the paragraphs: lines parted by blank lines; within such a block by indentation, as one where
    lines are broken at a fixed width, else line by line."""
    out: list[tuple[int, int, int]] = []
    at = 0
    while at < len(lines):
        stop = at + 1
        while stop < len(lines) and lines[stop].blanks == 0:
            stop += 1
        block = lines[at:stop]
        if len(block) == 1:
            out.append((block[0].start, block[0].end, block[0].blanks))
        else:
            out += _block(text, block)
        at = stop
    return out


def _block(text: str, block: list[Line]) -> list[tuple[int, int, int]]:
    indented = [text.startswith(("  ", "\t"), line.start) for line in block]
    if any(indented[1:]) and not all(indented[1:]):
        heads = [at for at, deep in enumerate(indented) if deep or at == 0]
    elif _wrapped(text, block):
        heads = [0]
    else:
        heads = list(range(len(block)))
    return [(block[head].start, block[nxt - 1].end, block[head].blanks) for head, nxt in zip(heads, [*heads[1:], len(block)], strict=True)]


def _wrapped(text: str, block: list[Line]) -> bool:
    full = block[:-1]
    lengths = [line.end - line.start for line in full]
    if max(lengths) > 100 or sum(lengths) < 45 * len(full):
        return False
    return any(text[line.end - 1] not in ".!?\"'”\u2019)" for line in full)
