"""Whose copy it is by its credit: a byline that names the agency, or its name alone below the last sentence."""

from __future__ import annotations

from writethru.records import Evidence
from writethru.wire.agencies import Agency
from writethru.wire.blocks import bylines, trailers
from writethru.wire.blocks.pieces import Pieces
from writethru.wire.text import Field

_WRITERS = ("Writer", "Editor", "Reporter", "Correspondent", "Staff")


def read(body: Field, found: Pieces) -> tuple[Agency, Evidence] | None:
    """The agency and the words it was known by; None where no credit names one, or several do. A picture's credit is not the text's."""
    named = [(by, where) for where in found.bylines if (by := _of_byline(body.line(*where)))]
    if not named:
        named = _below(body, found)
    if len({agency.id for agency, _ in named}) != 1:
        return None
    agency, where = named[0]
    return agency, body.evidence(*where, "credit")


def of_field(name: str, byline: str) -> tuple[Agency, Evidence] | None:
    """The same of a byline that stands in the envelope."""
    if not byline.strip():
        return None
    field = Field(name, byline)
    start, end = field.trim(0, len(field.text))
    by = _of_byline(field.line(start, end))
    return (by, field.evidence(start, end, "credit")) if by else None


def _of_byline(line: str) -> Agency | None:
    """`By Associated Press`, `By Jane Row | Reuters`, `Jane Row, The Canadian Press`, `AP Business Writer`."""
    names = bylines.names(line)
    for sign in ("|", ",", "/"):
        names = names.rpartition(sign)[2]
    house = names.strip(" =<.")
    for words in (" ".join(house.split()[:2]), house.split(" ", 1)[0]) if any([word in house for word in _WRITERS]) else (house,):
        known = trailers.house(words)
        if known:
            return known
    return None


def _below(body: Field, found: Pieces) -> list[tuple[Agency, tuple[int, int]]]:
    end = found.paragraphs[-1][1] if found.paragraphs else 0
    out: list[tuple[Agency, tuple[int, int]]] = []
    captioned = -1
    for start, stop, kind in sorted(found.taken):
        if kind == "caption" or start <= captioned:
            captioned = stop + 1
        elif kind in ("credit", "sign_off", "end_mark") and start >= end:
            first, last = body.trim(start, stop, "[]")
            known = trailers.house(body.text[first:last])
            if known:
                out.append((known, (first, last)))
    return out
