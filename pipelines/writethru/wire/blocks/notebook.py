"""The notebook below the copy: what is for editors and not for publication. dpa's reason for a new version stands there, and telephone
numbers, which are told apart as contacts."""

from __future__ import annotations

import re

from writethru.records import BlockKind
from writethru.wire import notes
from writethru.wire.lines import Line

_WORDS = ("otebook", "otizblock", "te to ", "tes to ", "for publication", "zur ver", "hinweise", "pas publier", "para publicaci")
"""One of them is in every heading, in small letters."""
_FIRST = ("note", "notiz", "publi", "zur ver", "hinweise")
"""The same in fewer words, which other copy holds too: what is looked for first."""
_HEADING = re.compile(
    r"[\s#*]*(?:Notebook|Notizblock|Notes?\sto\s(?:the\s)?(?:editors?|desks?|readers?\sand\seditors)|(?:Editors['\u2019]?\s)?Notebook|"
    r"Redaktionelle\sHinweise|Hinweise?\s(?:an|für)\sdie\sRedaktion(?:en)?|"
    r".{0,60}not\s(?:intended\s)?for\spublication(?!\s(?:before|until)\b)|.{0,60}nicht\szur\sVeröffentlichung(?:\sbestimmt)?(?!\svor\b)|"
    r".{0,40}ne\spas\spublier(?!\savant\b)|"
    r".{0,40}no\spara\spublicación)\b[^\n]{0,40}",
    re.IGNORECASE,
)
_SPEECH = re.compile(r"[.,;]\s|[\"“”„»«]")
_CONTACTS = re.compile(
    r"[\s#*]*(?:.{0,60}not\s(?:intended\s)?for\spublication|.{0,60}nicht\szur\sVeröffentlichung|.{0,40}contacts?\b|Kontakte?\b|"
    r"Ansprechpartner|Telefon|.{0,40}ne\spas\spublier|.{0,40}no\spara\spublicación)[^\n]{0,60}",
    re.IGNORECASE,
)
_CONTACT_WORDS = ("onta", "publi", "ffentlich", "telefon", "ansprech")
"""One of them is in every heading of contacts, in small letters."""
_TO_EDITORS = r"(?:Notes?\sto\s(?:the\s)?editors?|Redaktionelle\sHinweise|Hinweise?\s(?:an|für)\sdie\sRedaktion)"
_NOTES = re.compile(_TO_EDITORS, re.IGNORECASE)
_NOTES_LINE = re.compile(r"[\s#*]*" + _TO_EDITORS, re.IGNORECASE)
_PHONE = re.compile(
    r"(?:\+|\b00)\d[\d\s()/.-]{6,}\d|\b(?:[Tt]el(?:efon|ephone)?|[Pp]hone|[Mm]obile?|Fax)\b\.?:?\s?\+?[\d(][\d\s()/.-]{5,}\d"
)
_EMAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}")
_CONTACT_FIRST = frozenset("(CMPEIFRKcmpefrk")
_CONTACT = re.compile(
    r"\(\([^()\n]{3,300}\)\)|(?:(?:Media|Press|Editorial|Investor|Further|For\s(?:more|further)\sinformation,?\s(?:please\s)?)?\s?"
    r"contacts?\b|Pressekontakt|Kontakt|Rückfragen|Contatti|Contacto|CONTACTS?|MEDIA\sCONTACT)[^\n]{0,300}",
    re.IGNORECASE,
)


def start(text: str, lines: list[Line]) -> int | None:
    """The index in `lines` of the heading under which nothing is for publication, None where there is none. The first lines of a text are
    no heading of its end: something stands above."""
    lower = "\n".join([text[start:end] for start, end, _ in lines if 7 < end - start <= 110]).lower()
    if not lower:
        return None
    if not any([words in lower for words in _FIRST]) or not any([words in lower for words in _WORDS]):
        return None
    for at, (start, end, _) in enumerate(lines):
        if not 7 < end - start <= 110:
            continue
        heading = text[start:end]
        lower = heading.lower()
        if any([words in lower for words in _WORDS]) and (at or "#" in heading) and _is_heading(text, start, end):
            return at
    return None


def _is_heading(text: str, start: int, end: int) -> bool:
    return bool(_HEADING.fullmatch(text, start, end)) and not _SPEECH.search(text, start, end)


def sections(text: str, lines: list[Line]) -> list[tuple[int, int, BlockKind]]:
    """The notebook's parts in order: what `lines` hold under each heading, the contacts apart."""
    out: list[tuple[int, int, BlockKind]] = []
    kind: BlockKind = "notebook"
    for start, end, _ in lines:
        if _NOTES_LINE.match(text, start, end):
            kind = "notebook"
        elif _is_contacts(text, start, end):
            kind = "contact"
        now: BlockKind = "contact" if kind == "contact" or _PHONE.search(text, start, end) else "notebook"
        if out and out[-1][2] == now:
            out[-1] = (out[-1][0], end, now)
        else:
            out.append((start, end, now))
    return out


def _is_contacts(text: str, start: int, end: int) -> bool:
    lower = text[start:end].lower()
    return any([word in lower for word in _CONTACT_WORDS]) and _CONTACTS.fullmatch(text, start, end) is not None


def is_contact(text: str, start: int, end: int) -> bool:
    """Whether the last paragraph of a text is nothing but whom to ring or to write to."""
    if end - start > 400 or text[start] not in _CONTACT_FIRST or not _CONTACT.fullmatch(text, start, end):
        return False
    return bool(_PHONE.search(text, start, end) or _EMAIL.search(text, start, end))


def reasons(text: str, start: int, end: int) -> list[notes.Found]:
    """The notes under `Note to editors`: each dash is one."""
    out: list[notes.Found] = []
    heading = _NOTES.search(text, start, end)
    if heading is None:
        return out
    at = text.find("\n", heading.end(), end)
    while 0 <= at < end:
        stop = text.find("\n", at + 1, end)
        stop = end if stop < 0 else stop
        line = text[at + 1 : stop].strip()
        if line.startswith("#"):
            break
        if line.startswith(("- ", "* ")):
            first = text.index(line[0], at + 1, stop)
            out.append(notes.Found(first, stop, first + 2, stop, False))
        at = stop if stop < end else -1
    return out
