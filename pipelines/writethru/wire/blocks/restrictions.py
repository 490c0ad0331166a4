"""Restrictions on use: words that bind whoever publishes a text or a picture and that are neither. `(For Use Only in the Republic of Korea.
No Redistribution)`, `NO ARCHIVAL USE`, `Broadcasters: NONE Digital: NONE`, `MANDATORY CREDIT: ...`.
"""

from __future__ import annotations

import re

_SHOUTED = (
    r"NO\s(?:ARCHIV\w*|RE-?SALES?|SALES?|REDISTRIBUTION|USE|ACCESS|MARKETING|ADVERTISING|COMMERCIAL|THIRD[- ]PARTY|MAGS|TABLOIDS)\b|"
    r"(?:FOR\s|RESTRICTED\sTO\s)?EDITORIAL\sUSE\b|FOR\sUSE\sONLY\b|(?:PHOTO\s)?NOT\sFOR\sSALE\b|(?:MANDATORY|MUST)\sCREDIT\b|"
    r"POOL\s(?:PHOTO|VIDEO|PICTURE|IMAGE)S?\b|RESTRICTED\sTO\b|RESTRICTIONS?:|USAGE\s(?:IS\s)?RESTRICTED\b"
)
_SPOKEN = (
    r"For\s(?:Editorial\s)?Use\sOnly\b|(?:For\s)?[Ee]ditorial\suse\sonly\b|No\s(?:Re-?sales?|Redistribution|Archiv\w*)\b|Not\sfor\sSale\b|"
    r"Mandatory\s[Cc]redit\b\s?[:\"\u201c]|Nur\szur\sredaktionellen\s(?:Verwendung|Nutzung)\b|Honorarfrei\snur\b|"
    r"(?:À\susage|Usage)\s(?:éditorial|rédactionnel)\s(?:uniquement|exclusif)|Solo\spara\suso\seditorial\b|"
    r"Broadcasters:\s[^\n]{2,200}?\bDigital:|No\suse/digital\sdisplay\b|This\scontent\sis\sintended\sfor\seditorial\suse\sonly\b"
)
_WORDS = rf"(?:{_SHOUTED}|{_SPOKEN})"
_OPENING = re.compile(_WORDS)
_BRACKETED = re.compile(rf"[(\[](?=[^()\[\]]{{0,60}}?{_WORDS})[^()\[\]]{{3,300}}[)\]]")
_COPYRIGHT = re.compile(
    r"(?:\(c\)|©|Copyright\b(?:\s(?:\([cC]\)|©))?|COPYRIGHT\b)\s?(?:by\s)?(?:(?:19|20)\d\d\b|[A-Z][\w&.,'\u2019 -]{0,60}?\b(?:19|20)\d\d\b|"
    r"[^\n]{0,120}?[Aa]ll\s[Rr]ights\s[Rr]eserved)"
    r"[^\n]{0,300}|(?:(?i:All\srights\sreserved)|Alle\sRechte\svorbehalten|Tous\sdroits\sréservés)(?!,?\s[a-zß-ÿ])[^\n]{0,300}|"
    r"This\smaterial\smay\snot\sbe\spublished,\sbroadcast\b[^\n]{0,200}"
)
_ANYWHERE = re.compile(rf"(?:^|(?<=[\n.;:/(-])\s?)(?:{_WORDS})[^\n]*", re.MULTILINE)
_SPEECH = re.compile(r"\b(?:said|says?|told|sagte|teilte)\b[^\n]{0,40}$|,\s[^\n,]{2,60}\s(?:said|says?|sagte)\b")
_GOES_ON = re.compile(r"\s(?:is|are|was|were|has|have|had|will|would|may|can|could|wurden?|waren?)\b")
"""What makes a sentence of the words before: `No archives were kept`."""
_FORBIDS = re.compile(r"\b(?:DOES|DO)\sNOT\sALLOW\b|\bNO\s(?:ARCHIV\w*|RE-?SALES?|REDISTRIBUTION)\b|\b(?:EDITORIAL\sUSE|USE)\sONLY\b")
_HINTS = ("USE", "NO ", "NO\n", "NO\t", "NOT", "CREDIT", "POOL", "RESTRICT", "NUR", "USAGE", "USO", "BROADCASTERS")
"""One of them is in all of these words, in capitals."""
HEADS = frozenset((
    "NO ", "No ", "EDI", "Edi", "edi", "FOR", "For", "RES", "NOT", "Not", "PHO", "MAN", "Man", "MUS", "POO", "USA", "Usa", "Nur", "Hon",
    "À u", "Sol", "Bro", "Thi", "All", "Tou", "Cop", "COP",
))  # fmt: skip
"""Three letters that a restriction can begin with, unless in brackets or with a copyright sign."""
OPENING = frozenset(head[0] for head in HEADS) | frozenset("([©")
"""The first characters of all of them."""
_LONGEST = 600


def is_restriction(text: str, start: int, end: int) -> bool:
    """Whether the whole paragraph or line [start, end) is a restriction. In capitals its opening is enough, else it must be in brackets,
    short, or a standing form of words."""
    if (text[start] not in "([©" and text[start : start + 3] not in HEADS) or not 8 <= end - start <= _LONGEST:
        return False
    if text[start] == "(" and text[end - 1] == ")" and text.find(")", start, end) == end - 1:
        return _hinted(text, start, end) and bool(_BRACKETED.fullmatch(text, start, end))
    if text[start] in "([":
        return text.startswith("(c)", start) and bool(_COPYRIGHT.fullmatch(text, start, end))
    if text[start] in "©CAT" and _COPYRIGHT.fullmatch(text, start, end):
        return not _SPEECH.search(text, start, end)
    found = _OPENING.match(text, start, end)
    if not found or _GOES_ON.match(text, found.end(), end) or _SPEECH.search(text, start, end):
        return False
    return text[start:end].isupper() or (end - start <= 300 and not found[0].isupper()) or _mostly_shouted(text[start:end])


def bracketed(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The last restriction in brackets within [start, end)."""
    last = None
    if not _hinted(text, start, end):
        return None
    for found in _BRACKETED.finditer(text, start, end):
        last = found.span()
    return last


def _hinted(text: str, start: int, end: int) -> bool:
    """Whether a restriction may stand in it: for a tenth of the price of a pattern that is tried at each bracket."""
    upper = text[start:end].upper()
    return any([hint in upper for hint in _HINTS])


def of_note(text: str) -> tuple[int, int] | None:
    """The restriction that a note of the envelope holds, to the end of its line; None where it holds none. In a note capitals that forbid
    something are one wherever they stand (`POOL PHOTO, THE LEAGUE DOES NOT ALLOW SEQUENCES`)."""
    upper = text[:2000].upper()
    if " USE" not in upper and "SALE" not in upper and "ARCHIV" not in upper and "CREDIT" not in upper and "REDISTRIB" not in upper:
        if "NOT ALLOW" not in upper and "BROADCASTERS:" not in upper and "RESTRICT" not in upper and "POOL" not in upper:
            return None
    found = _ANYWHERE.search(text, 0, 2000)
    if found:
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        return start, found.start() + len(found[0].rstrip())
    forbids = _FORBIDS.search(text, 0, 2000)
    if forbids:
        start = text.rfind("\n", 0, forbids.start()) + 1
        stop = text.find("\n", forbids.end())
        return start, len(text.rstrip()) if stop < 0 else stop
    return None


def _mostly_shouted(piece: str) -> bool:
    letters = [char for char in piece if char.isalpha()]
    return sum(map(str.isupper, letters)) * 10 >= len(letters) * 7
