"""Bylines: a line of names behind `By`, `Von`, `Par`, and the title line that may follow it."""

from __future__ import annotations

import re

_PREFIX = re.compile(r"(?:By|BY|by|Von|VON|Par|PAR|Por|POR|Di|Door|Av|Af)\s+(?=\S)")
_LONGEST = 110
_SMALL = frozenset("and und et y e og och en of for in with the de van von der den da di du la le bin al el dos "
                   "correspondents correspondent staff dpa ats afp reporter reporters writer "
                   "writers special to agencies".split())  # fmt: skip
_TITLE = re.compile(
    r"(?:The )?Associated Press(?: [A-Z][\w ]{2,30})?|AP [A-Z][\w ]{2,30}(?:Writer|Editor|Reporter|Correspondent)|"
    r"[A-Z][\w ]{2,40} (?:Writer|Correspondent|Reporter|Editor)|Yonhap News Agency|Press Association|Agence France-Presse"
)


def is_byline(text: str, start: int, end: int) -> bool:
    """Whether the line [start, end) is a byline: nothing but names, small words between names, and no full stop."""
    if end - start > _LONGEST:
        return False
    prefix = _PREFIX.match(text, start, end)
    if not prefix:
        return False
    words = text[prefix.end() : end].replace(",", " ").replace("/", " ").split()
    if not 1 <= len(words) <= 14 or (words[-1][-1] in ".?!:;" and words[-1] not in ("Jr.", "Sr.")):
        return False
    return all(word[0].isupper() or word in _SMALL for word in words) and any(word[0].isupper() for word in words)


def is_title(text: str, start: int, end: int) -> bool:
    return end - start < 60 and bool(_TITLE.fullmatch(text, start, end))


def names(line: str) -> str:
    """The names of a byline, without `By`."""
    prefix = _PREFIX.match(line)
    return line[prefix.end() :] if prefix else line
