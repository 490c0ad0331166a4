"""The tags before a headline, parted from it by a hyphen, dash, colon, slash or full stop: marks, kinds of text and desks, whose syntax is
one."""

from __future__ import annotations

import re

from writethru.wire.agencies import Agency
from writethru.wire.marks import CORRECTION, FLASH, LEAD, NOTHING, UPDATE, Kind, Mark, take
from writethru.wire.marks.vocabulary import (
    COLON_FAMILY,
    COLON_GENRES,
    DESKS,
    DOTTED,
    GENRES,
    PREFIX_NEEDS_NUMBER,
    PRICED,
    WORDS,
    meant,
)
from writethru.wire.text import Field

_UP = "A-Z\u00c0-\u00d6\u00d8-\u00de"
_TAG = re.compile(
    rf"(?P<tag>\(?[{_UP}][{_UP}&.'+ ()]{{1,28}}?)(?:\s?(?P<n>\d{{1,2}}))?"
    r"(?P<sep>\s?-(?!-)\s?|\s--\s|-{2,3}(?=[A-Z])|\s?[\u2013\u2014]\s?|\s?:\s?)(?=\S)"
)
_DESK = re.compile(r"(?P<tag>[A-Z][a-z]+(?: [A-Za-z]+)?)(?P<sep>-|: )(?=[A-Z\"'“\u2018])")
_TITLED = re.compile(rf"(?P<tag>[{_UP}][\w&+ ]{{2,20}}): (?=\S)")
_TITLED_DASHED = re.compile(rf"(?P<tag>[{_UP}]\w{{2,14}})\s[-\u2013\u2014]\s(?=\S)")
_SLASHED = re.compile(rf"(?P<tag>[{_UP}]{{3,14}})/(?=\S)")
_COUNTED = re.compile(r"(?:UPDATE|WRAPUP) \d{1,2}-")
"""What may stand behind the slash of `CORRECTED/UPDATE 2-Ferry sinks`."""
_TITLED_UPDATE = re.compile(r"Update (?P<n>\d{1,2})\s?-\s?(?=\S)|UPDATE (?P<bare>\d{1,2}) (?=[A-Z][a-z])")
_COLON_FAMILY = re.compile(r"(?P<tag>[A-Z][A-Za-z]{3,8})\s?(?P<n>\d{1,2})?:(?: |(?=[^\x00-\x7f]))(?=\S)")
_DOTTED = re.compile(rf"(?P<tag>{'|'.join(sorted(DOTTED, key=len, reverse=True))})\s?(?P<n>\d)?\.\s?-\s*(?=\S)")
_SPANISH_DESK = re.compile(r"(?P<tag>[A-ZÁÉÍÓÚÑ][\wáéíóúñÁÉÍÓÚÑ./ ]{1,24}?)\.\s?-\s+(?=\S)")
_FLASH = re.compile(r"FLASH (?!FLOOD|FIRE|POINT|MEMOR|CRASH|SALE|DRIVE|MOB|PMI|CARD|DANCE|GORDON)(?=[A-Z]{2})")
_WITHDRAWN = re.compile(r"STORY WITHDRAWN\s*(?:[-\u2013\u2014:/(]|$)\s*")
_EMBARGOED = re.compile(
    r"(?:EMBARGOED(?:\s(?i:until|till|to|for\srelease)\b[^\n]{0,60}?)?|Embargoed\s(?:until|till|for\srelease)\b[^\n]{0,60}?|SPERRFRIST(?:\s[^\n]{0,60}?)?)(?::\s+|\s[-\u2013\u2014]\s+|(?P<glued>-))(?=\S)"
)
_PRICES = re.compile(
    r"%|\b(?:pro[cz]ent|por ciento|per cento|por cento|prosent|b[eo]urs|b[oö]rsen?|bolsas?|borsa|aex|dax|mdax|ibex|mib|bitcoin|wall street|"
    r"euro|dollar|dólar|dollaro|yen|gold|goud|oro|ouro|öl|olie|petr[óo]leo|petrolio|zins|rente)\b|"
    r"\b(?:akti|aandel|accion|azion|ações|kurs|koers|índice|indice|index|prei[sz]|prij[sz]|preci|prezz|preço|mar[kc]t|merca[dt]|markna|anleg|anlei)",
    re.IGNORECASE,
)
_FARTHEST = 48
"""Characters from the start of what is left of a headline within which a tag's separator stands."""
_NO_WORDS: dict[str, Kind] = {}


def read(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int | None:
    """Takes the tag at `start`, which begins with a capital letter, off the front; where the rest begins, None where there is none."""
    text = field.text
    near = text[start : end if end - start < _FARTHEST else start + _FARTHEST]
    if "/" in near and (found := _SLASHED.match(text, start, end)):
        kind = meant(found["tag"], "s", _NO_WORDS) or (
            meant(found["tag"], "g", _NO_WORDS) if _COUNTED.match(text, found.end(), end) else None
        )
        if kind:
            return take(field, start, found.end(), marks, "headline_tag", kind)
    if (
        text[start] in "ES"
        and (found := _EMBARGOED.match(text, start, end))
        and not (found["glued"] and not _goes_on(text, found.end(), end))
    ):
        return take(field, start, found.end(), marks, "embargo_word", NOTHING)
    colon = ":" in near
    if colon or "-" in near or "\u2013" in near or "\u2014" in near:
        found = _TAG.match(text, start, end)
        at = _tag(field, start, end, found, agency, marks) if found else None
        if at is not None:
            return at
        found = _TITLED_DASHED.match(text, start, end)
        kind = meant(found["tag"], "d", _NO_WORDS) if found else None
        if found and kind and not found["tag"].isupper():
            return take(field, start, found.end(), marks, "headline_tag", kind)
        if text[start] in "ACR" and (found := _DOTTED.match(text, start, end)):
            number = int(found["n"]) if found["n"] else None
            kind = DOTTED[found["tag"]]
            return take(field, start, found.end(), marks, "headline_amp", kind._replace(counter="update") if number else kind, number)
        if marks and marks[-1].evidence.rule in ("headline_amp", "desk") and (found := _SPANISH_DESK.match(text, start, end)):
            return take(field, start, found.end(), marks, "desk", NOTHING, ref=found["tag"])
        found = _DESK.match(text, start, end)
        if found and found["tag"] in DESKS:
            return take(field, start, found.end(), marks, "desk", NOTHING, ref=found["tag"])
        if colon:
            return _titled(field, start, end, agency, marks)
    if text[start] == "U" and "tags" in agency.marks and (found := _TITLED_UPDATE.match(text, start, end)):
        counted = UPDATE._replace(counter="update")
        return take(field, start, found.end(), marks, "headline_tag", counted, int(found["n"] or found["bare"]))
    if "bare" in agency.marks:
        own = next((word for word in agency.words if text.startswith(word + " ", start)), None)
        if own:
            return take(field, start, start + len(own) + 1, marks, "headline_tag", agency.words[own])
    if text[start] == "S" and (found := _WITHDRAWN.match(text, start, end)):
        return take(field, start, found.end(), marks, "headline_tag", WORDS["STORY WITHDRAWN"].kind)
    if text[start] == "F" and "tags" in agency.marks and (found := _FLASH.match(text, start, end)):
        return take(field, start, found.end(), marks, "headline_tag", FLASH)
    return None


def _tag(field: Field, start: int, end: int, found: re.Match[str], agency: Agency, marks: list[Mark]) -> int | None:
    """Takes the tag in capitals that `found` is, if it is one."""
    text, tag, sep = field.text, found["tag"].strip(), found["sep"]
    number = int(found["n"]) if found["n"] else None
    colon = ":" in sep
    place = "c" if colon else "d" if " " in sep or sep in "\u2013\u2014" else "g"
    kind = _meant(tag, place, agency)
    if kind is None and place == "g" and _goes_on(text, found.end(), end):
        kind = meant(tag, "h", agency.words)
    if (
        kind
        and (number is not None or tag not in PREFIX_NEEDS_NUMBER or "tags" in agency.marks)
        and not (colon and number and tag not in agency.words)
    ):
        return take(field, start, found.end(), marks, "headline_tag", kind, number)
    if tag == "OFFICIAL" and not colon and (corrected(marks) or text.startswith(("CORRECTED", "CORRECTION"), found.end(), end)):
        return take(field, start, found.end(), marks, "headline_tag", CORRECTION)
    if tag in GENRES and (tag in COLON_GENRES if colon else place == "d" or number or marks or not text[found.end() : end].isupper()):
        counter = NOTHING if number is None else UPDATE._replace(counter="update")
        return take(field, start, found.end(), marks, "genre", counter, number, tag.capitalize())
    if not colon and (tag in DESKS or (place == "g" and _desk(tag, number, text[found.end() : end], agency))):
        return take(field, start, found.end(), marks, "desk", NOTHING, ref=tag)
    return None


def _meant(tag: str, place: str, agency: Agency) -> Kind | None:
    kind = meant(tag, place, agency.words)
    # A publicist's `ALERT: Law firm reminds holders` is no alert.
    return None if kind and kind.action == "alert" and "releases" in agency.marks else kind


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether what follows a tag's hyphen is a headline in sentence case or another tag, not the rest of a compound in capitals."""
    words = text[start : min(end, start + 24)].lstrip("\"'“\u2018(").split(" ", 2)
    if not words[0] or words[0][0].islower():
        return False
    shouted = words[1] if len(words) > 1 and len(words[0]) < 3 else words[0]  # `US stocks fall`
    if not shouted.isupper():
        return True
    found = _TAG.match(text, start, end)
    return found is not None and (found["tag"].strip() in WORDS or found["tag"].strip() in GENRES)


def corrected(marks: list[Mark]) -> bool:
    """Whether the mark before is a correction's."""
    return bool(marks) and marks[-1].kind == CORRECTION


def _titled(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int | None:
    """Takes a tag in title case before a colon."""
    text = field.text
    if "colon" in agency.marks and (found := _COLON_FAMILY.match(text, start, end)):
        tag, number = found["tag"].upper(), found["n"]
        kind = COLON_FAMILY.get(tag)
        if tag == "LEAD":  # `Lead: ` opens headlines about the metal
            return take(field, start, found.end(), marks, "headline_tag", LEAD, 1) if found["tag"].isupper() else None
        if kind:
            counted = kind._replace(counter="wrapup" if tag == "ROUNDUP" else "update") if number else kind
            return take(field, start, found.end(), marks, "headline_tag", counted, int(number) if number else None)
    found = _TITLED.match(text, start, end)
    if not found:
        return None
    tag = found["tag"].rstrip()  # `Rectificatif : `
    kind = _meant(tag, "c", agency)
    if kind and tag.upper() in PRICED and _PRICES.search(text, found.end(), end):
        return None
    if kind and tag.upper() not in PREFIX_NEEDS_NUMBER:
        return take(field, start, found.end(), marks, "headline_tag", kind)
    if tag.upper() in COLON_GENRES:
        return take(field, start, found.end(), marks, "genre", NOTHING, ref=tag.capitalize())
    return None


def _desk(tag: str, number: int | None, rest: str, agency: Agency) -> bool:
    """Whether an unknown tag is a desk's or a series': Reuters only, before a headline in mixed case (`MIDCAP-Philippines' Philex`, not
    `GM-PSA steering committee` nor the all-capital headlines of 1987)."""
    if "tags" not in agency.marks or number or len(tag.replace(" ", "")) < 6 or "(" in tag:
        return False
    return rest[:1].isupper() and not rest.isupper() and not rest[:2].isupper()
