"""The blocks of raw copy: what stands before it, the paragraphs with captions among them, what follows, the notebook.

Everything that is no copy is taken out under the name of its kind; nothing is thrown away. What is left, read once more, stays as it is.
"""

from __future__ import annotations

from writethru.wire import lines as lines_of
from writethru.wire import notes
from writethru.wire.blocks import captions, digest, head, notebook, page, restrictions, trailers
from writethru.wire.blocks.pieces import Pieces
from writethru.wire.lines import Line
from writethru.wire.text import Field


def read(body: Field, headed: bool, title: str = "") -> Pieces:
    """The blocks of `body`. `headed`: the envelope gives the headline, or none is to be looked for in the text. `title` is that headline,
    which may be a digest's."""
    text = body.text
    out = Pieces()
    start = _page_date(body, out)
    lines = lines_of.split(text, start, len(text))
    wide = [blanks for _, _, blanks in lines if blanks > 1]
    if wide:
        fences = len(wide) - (lines[0][2] > 1)
        out.fenced = 0 < fences < len([blanks for _, _, blanks in lines if blanks])
    _signed_off(body, lines, out)
    lines = _without_notebook(body, lines, out)
    out.digest = digest.is_digest(body, lines, title, out.fenced)
    rest = head.read(body, lines, out, headed, title)
    if rest and text.startswith("#", rest[0][0]):  # a notebook's heading that the dateline stood before
        rest = _without_notebook(body, rest, out)
    if out.digest:
        out.sections = digest.sections(body, rest)
        rest = _without_notes(body, rest, out)
    paragraphs = lines_of.paragraphs(text, digest.parted(body, rest))
    broken = [(first, last) for first, last, _ in paragraphs if text.find("\n", first, last) >= 0] if len(paragraphs) < len(rest) else []
    if broken:
        # From here on a paragraph is one line, as which it is published: a head or caption may have been broken over several.
        body, out.broken = body.joined(broken), True
        if out.digest or not head.is_copy(body.text, *paragraphs[0][:2]):
            paragraphs = head.read(body, paragraphs, out, True, title)
    _without_captions(body, paragraphs, out)
    trailers.strip(body, out)
    return out


def _page_date(body: Field, out: Pieces) -> int:
    found = page.extracted_date(body.text)
    if found is None:
        return 0
    start, end, out.page_date = found
    out.take(*body.trim(start, end), "page_date")
    return end


def _signed_off(body: Field, rest: list[Line], out: Pieces) -> None:
    """Takes the lines of the sign-off, before lines are joined into paragraphs: they stand right below the last one as a rule."""
    while rest:
        start, end = body.trim(*rest[-1][:2], "<")
        if start == end:  # a framing sign alone, which would else be read as the last word of the paragraph above
            out.take(*body.trim(*rest.pop()[:2]), "rule")
            continue
        if len(rest) > 1 and (note := notes.picked_up(body.text, start, end)):
            out.notes.append(note)
            out.take(start, end, "note", editorial=True)
            rest.pop()
            continue
        kind = trailers.whole(body.text, start, end)
        if kind is None:
            out.last = start, end
            return
        out.take(start, end, kind)
        rest.pop()


def _without_notebook(body: Field, lines: list[Line], out: Pieces) -> list[Line]:
    """The lines above the notebook, and above the sign-off that stands before it."""
    cut = notebook.start(body.text, lines)
    if cut is None:
        return lines
    below = lines[cut:]
    out.notes += notebook.reasons(body.text, below[0][0], below[-1][1])
    for start, end, kind in notebook.sections(body.text, below):
        out.take(*body.trim(start, end), kind, editorial=True)
    lines = lines[:cut]
    _signed_off(body, lines, out)
    return lines


def _without_notes(body: Field, lines: list[Line], out: Pieces) -> list[Line]:
    """The lines of a digest without notes, the rules between its stories, and what the page printed."""
    left: list[Line] = []
    titles = {section.headline[0] for section in out.sections}
    end, cut = 0, False
    for at, (first, last, blanks) in enumerate(lines):
        start, stop = body.trim(first, last)
        if start < end:
            continue
        note = notes.find(body, start, stop, lines_of.block_end(lines, at)) if body.text.startswith("(ATTN", start) else None
        if note:
            out.take(*body.trim(note.start, note.end, "<"), "note", editorial=True)
            end = note.end
            if end < stop:
                left.append((end, last, 1))
        elif lines_of.is_rule(body.text, start, stop):
            out.take(start, stop, "rule")
        elif page.is_furniture(body.text, start, stop):
            out.take(start, stop, "furniture")
        elif body.text[start] == "(" and trailers.whole(body.text, start, stop) == "end_mark":
            out.take(start, stop, "end_mark")
        else:
            left.append((first, last, blanks or int(cut or start in titles)))
            cut = start in titles
            continue
        cut = True
    return left


def _without_captions(body: Field, paragraphs: list[Line], out: Pieces) -> None:
    text = body.text
    slashed = "/" in text and "///" in text
    looked = 0
    for at in range(len(paragraphs)) if slashed else captions.no_prose(text, paragraphs):
        out.paragraphs += [(start, end) for start, end, _ in paragraphs[looked:at]]
        first, last, blanks = paragraphs[at]
        start, end = body.trim(first, last)
        if first < start < end and not slashed and captions.is_prose(text, start, end):  # it was listed for its indentation
            out.paragraphs.append((start, end))
        elif start < end:
            _paragraph(body, start, end, out.fenced and blanks > 1, slashed, out)
        looked = at + 1
    out.paragraphs += [(start, end) for start, end, _ in paragraphs[looked:]]


def _paragraph(body: Field, start: int, end: int, fenced: bool, slashed: bool, out: Pieces) -> None:
    """Takes one paragraph as what it is. `slashed`: notes that end in slashes may be buried in it."""
    while slashed and body.text.find("///", start, end) >= 0 and (note := _buried(body, start, end)):
        out.notes.append(note)
        out.take(note.start, note.end, "note", editorial=True)
        first, last = body.trim(start, note.start)
        if first < last:
            _piece(body, first, last, False, out)
        start, end = body.trim(note.end, end)
        fenced = False
    if start < end:
        _piece(body, start, end, fenced, out)


def _piece(body: Field, start: int, end: int, fenced: bool, out: Pieces) -> None:
    text = body.text
    if text[start] in restrictions.OPENING and restrictions.is_restriction(text, start, end):
        out.take(start, end, "restriction")
    elif caption := captions.pieces(text, start, end, fenced):
        out.taken += caption
    elif text[start] in lines_of.RULES and lines_of.is_rule(text, start, end):
        out.take(start, end, "rule")
    else:
        out.paragraphs.append((start, end))


def _buried(body: Field, start: int, end: int) -> notes.Found | None:
    """AFP's note in the middle of a paragraph, where line ends were lost on the way; its slashes end it."""
    at = body.text.find("ATTENTION", start, end)
    return notes.attention(body.text, at, end) if at >= 0 else None
