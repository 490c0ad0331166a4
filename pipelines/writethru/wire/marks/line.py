"""A line that is nothing but a mark: `KILL KILL KILL`, `1ST LEAD`, `(Achtung)`, `Zusammenfassung 1430`."""

from __future__ import annotations

import re
from functools import lru_cache

from writethru.wire.agencies import table
from writethru.wire.marks import Kind, ordinals, uncounted
from writethru.wire.marks.vocabulary import meant

_CLOCK = re.compile(r"\s(?:[01]\d|2[0-3])[.:]?[0-5]\d(?:\sUhr)?$")
"""The hour of a summary: `(Zusammenfassung 1430)`."""
_DECORATED = "'\u2019 =.!*:"


@lru_cache(maxsize=4096)
def read(line: str) -> tuple[Kind, int | None] | None:
    """What a line means that is nothing but a mark, and its number: `KILL KILL KILL '''''`, `1ST LEAD`, `(Achtung)`."""
    words = line.strip(_DECORATED)
    if words[:1] == "(" and words[-1:] == ")":
        words = words[1:-1].strip(_DECORATED)
    if not words or len(words) > 40 or words.islower():
        return None
    if words[-1].isdigit() or words.endswith("Uhr"):
        said = _mark(_CLOCK.sub("", words))
        return said if said and said[0].action in ("update", "roundup") else None
    return _mark(words)


def _mark(words: str) -> tuple[Kind, int | None] | None:
    if not words:
        return None
    if words[0].isdigit() or words.split(" ", 1)[0].casefold() in table().ordinal_words:
        numbered = ordinals.match(words, 0, len(words))
        if numbered and numbered.end == len(words) and numbered.series and (words.isupper() or numbered.series[0].isupper()):
            return numbered.kind, numbered.number
        return None
    kind = meant(words, "l", table().words)
    return (uncounted(kind), None) if kind else None
