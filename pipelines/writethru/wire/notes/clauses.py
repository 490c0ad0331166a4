"""A note cut into clauses, each read for its verb, class, mechanics, targets and paragraphs.

AP's notes have two levels: `SUBS 7th graf ... with 1 graf to RESTORE dropped letter` names the mechanics first and the purpose in the
infinitive, and the class follows the purpose. Separators of 356 notes of 1989: `;` in 111, `. ` in 170, `,` in 284; quoted pick-up
phrases hold commas and dots and often stay unclosed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from writethru.records import Note, NoteClass
from writethru.wire.notes import openers, paragraphs, pieces, turns
from writethru.wire.notes.openers import OPENERS
from writethru.wire.notes.targets import MEDIA, targets
from writethru.wire.notes.turns import NO_PICKUP
from writethru.wire.notes.verbs import FORMS, MECHANICAL, Form
from writethru.wire.text import Field, words

_WORD = re.compile(r"[^\W\d_]+(?:[\u2019'][^\W\d_]+)?")
_FOLLOWS = re.compile(
    r"\s+(?:to follow|will|expected|tk|later|may|folgt|suit|segue|sigue|volgt|følger|följer|"
    r"(?:bis|gegen|um|ab)(?=\s(?:ca\.\s|etwa\s|gegen\s)?\d))\b",
    re.IGNORECASE,
)
"""What stands behind a noun that announces a text (`Zusammenfassung bis 1600`)."""
_DISTRIBUTED = re.compile(r"\s(?:on|in|at|for|via|over|now|early|later|today)\b")
"""What stands behind `Moving` that tells where a story is sent, not what became of it."""
_AHEAD_OF = re.compile(r"(?:For|Will|Also|Stands|First|Members|Moving|Moves|Moved|Embargo\w*)\b")
"""Openings of a clause that tells of use, not of a change."""
_SHORT = 100
"""Characters; longer clauses are not remembered."""
_UPPER_PURPOSE = re.compile(r"\bto\s+([A-Z]{3,})\b")
_PURPOSE = re.compile(r"\bto\s+([A-Za-z]{3,})\b")
_WITH = re.compile(r"(with|med|mit|avec|con|met|com)\s", re.IGNORECASE)
_SLUG = re.compile(r"[A-Z][\w]*(?:-[\w]+){2,}")


class Clause(NamedTuple):
    """`start`, `end` in the field's text; `lemma` is the dictionary form of the word that gave the class; `opener` the word before it that
    names what the item is (`Berichtigung: neuer Name`)."""

    note: Note
    lemma: str
    start: int
    end: int
    opener: Form | None = None


class _Said(NamedTuple):
    verb: str
    lemma: str
    klass: NoteClass
    mechanics: str | None
    targets: tuple[str, ...]
    paragraphs: tuple[int, ...]


def read(field: Field, start: int, end: int, strict: bool) -> tuple[Clause, ...]:
    """The clauses of the note at [start, end). `strict`: verbs are in capitals, and any word in capitals is one (Yonhap's ATTN)."""
    masked = pieces.masked(field.text[start:end])
    out: list[Clause] = []
    label: str | None = None
    labelled = ":" in masked
    ranges = pieces.cut(masked, strict)
    for first, last in ranges[: pieces.MOST]:
        head = first
        opener, behind = openers.at(masked, first, last) if labelled or not first else (None, first)
        found = pieces.LABEL.match(masked, first, last) if labelled else None
        if opener:
            label, first = masked[head:behind].rstrip(" :-\u2013\u2014\n\t"), behind
        elif found and found[1].upper() in FORMS:
            label = found[1]
            first = found.end()
        trimmed = pieces.trim(masked, first, last)
        if trimmed is None:
            if label and (opener or found):
                out.append(_clause(field, masked, start, head, head + len(label), label, strict))
            continue
        # `UPDATES:` heads the notes of AP whatever they say, on first versions too: it lends its verb to a clause that has none, unless
        # that clause only announces pictures.
        said = _clause(field, masked, start, *trimmed, label, strict)
        out.append(_opened(said, opener, label) if opener and label else said)
    if len(ranges) > pieces.MOST:
        sent, span = field.cut(start + ranges[pieces.MOST][0], end)
        out.append(Clause(Note("", "other", None, (), (), sent, field.name, span), "", start + ranges[pieces.MOST][0], end))
    return tuple(out)


def _opened(clause: Clause, opener: Form, word: str) -> Clause:
    note = openers.decides(opener, clause.note, word)
    if note:
        return clause._replace(note=note, opener=opener)
    return clause._replace(opener=opener) if opener.lemma == "refile" else clause


def _verb(text: str, strict: bool) -> tuple[str, str, NoteClass] | None:
    """(word, lemma, class) of the verb at the start of a clause."""
    found = _WORD.match(text)
    if not found or _FOLLOWS.match(text, found.end()):
        return None
    word = found[0]
    known = pieces.accepted(word, strict, True)
    if known:
        return None if known[0] == "move" and _DISTRIBUTED.match(text, found.end()) else (word, *known)
    base = FORMS.get(word.upper())
    if base and base.base and word[0].isupper() and _UPPER_PURPOSE.search(text):  # Lead with 13 grafs to UPDATE
        return word, base.lemma, base.klass
    if strict and word.isupper() and len(word) > 2:
        return word, word.lower(), "other"
    return None


def _clause(field: Field, masked: str, offset: int, start: int, end: int, label: str | None, strict: bool) -> Clause:
    text = masked[start:end]
    said = _said(text, label, strict) if end - start <= _SHORT else _said.__wrapped__(text, label, strict)
    first, last = offset + start, offset + end
    sent, span = field.cut(first, last)
    note = Note(said.verb, said.klass, said.mechanics, said.targets, said.paragraphs, sent, field.name, span)
    return Clause(note, said.lemma, first, last)


@lru_cache(maxsize=4096)
def _said(text: str, label: str | None, strict: bool) -> _Said:
    """What a clause says, wherever it stands: `ADDS photo`, `RECASTS lead` and `With AP Photos` come again every hour."""
    verb, lemma, mechanics = "", "", None
    klass: NoteClass = "other"
    found = _verb(text, strict)
    said = words(text.lower())
    if found is None:
        named = targets(said)
    else:
        named = targets(said[1:] if found[0].isalpha() else words(text[len(found[0]) :].lower()))
    if found:
        verb, lemma, klass = found
        if "to" in text:
            lemma, klass, mechanics = _purpose(text, lemma, klass)
    elif special := turns.read(text, named):
        verb, lemma, klass, mechanics = special
    elif not strict and (done := turns.done(text)):
        verb, (lemma, klass, _) = done
    elif named and set(named) <= MEDIA:
        klass = "media"
    elif label and not _AHEAD_OF.match(text):
        verb = label
        lemma, klass, _ = OPENERS.get(label.upper()) or FORMS[label.upper()]
    elif (opening := _WITH.match(text)) and named and "Bjt" not in text and not _SLUG.search(text):
        verb, lemma, klass = opening[1], "with", "update"
    if klass == "merge":
        absorbed = _SLUG.findall(text)
        if lemma == "incorporate" and not absorbed:  # AFP incorporates another story by its slug, others incorporate quotes
            klass = "add"
        named += tuple(absorbed)
    grafs = () if paragraphs.NAMES.isdisjoint(said) else paragraphs.read(text)
    return _Said(verb, lemma, klass, mechanics, named, grafs)


def _purpose(text: str, lemma: str, klass: NoteClass) -> tuple[str, NoteClass, str | None]:
    """(lemma, class, mechanics): the infinitive's class, where there is one, with the verb's own as mechanics. In small letters only
    behind a verb that says how the copy is handled: `Updates with plan to cut jobs` trims nothing."""
    for found in _UPPER_PURPOSE.finditer(text):
        purpose = FORMS.get(found[1])
        if purpose and purpose[1] != klass:
            return purpose[0], purpose[1], klass
    if lemma in MECHANICAL:
        for found in _PURPOSE.finditer(text):
            purpose = FORMS.get(found[1].upper())
            if purpose and purpose[2] and purpose[1] not in ("kill", "hold"):
                return purpose[0], purpose[1], klass if purpose[1] != klass else None
    return lemma, klass, None


def complete(clauses: tuple[Clause, ...]) -> bool | None:
    """What a note says of the copy: True (no pickup, new throughout), False (picks up an earlier graf), None."""
    said = [clause for clause in clauses if clause.lemma in ("pickup", "new")]
    if any([clause.lemma == "zusammenfassung" for clause in clauses]):
        return True
    if not said:
        return None
    if any("recast" in (clause.note.klass, clause.note.mechanics) or NO_PICKUP.match(clause.note.text) for clause in said):
        return True
    return False if any(clause.lemma == "pickup" for clause in said) else None
