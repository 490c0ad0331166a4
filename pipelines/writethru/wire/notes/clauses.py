"""A note cut into clauses, each read for its verb, class, mechanics, targets and paragraphs.

AP's notes have two levels: `SUBS 7th graf ... with 1 graf to RESTORE dropped letter` names the mechanics first and the purpose in the
infinitive, and the class follows the purpose. Separators of 356 notes of 1989: `;` in 111, `. ` in 170, `,` in 284; quoted pick-up
phrases hold commas and dots and often stay unclosed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from writethru.records import Note, NoteClass
from writethru.wire.notes import openers, paragraphs, turns
from writethru.wire.notes.openers import OPENERS
from writethru.wire.notes.targets import MEDIA, targets
from writethru.wire.notes.turns import NEW, NO_PICKUP, PICKUP
from writethru.wire.notes.verbs import AMBIGUOUS_BASES, AMBIGUOUS_PLURALS, FORMS, MECHANICAL, PARTICIPLES, Form
from writethru.wire.text import Field, words

_QUOTED = re.compile(r"``[^`]*?''|`[^`']*?'(?!\w)|“[^”]*”|\"[^\"]*\"|„[^“]*“|«[^»]*»|(?<!\w)'[^'\n]{2,80}'(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:[\u2019'][^\W\d_]+)?")
_INITIAL = re.compile(r"(?:^|[\s.])[A-Z]\.$")
_BULLET = re.compile(r"\n\s*(?:[-*•]\s)?")
_FOLLOWS = re.compile(r"\s+(?:to follow|will|expected|tk|later|may|folgt|suit|segue|sigue|volgt|følger|följer)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"\.[;:]?\s+(?=([^\W\d_]+))")
_COMMA = re.compile(r"(?:,\s+(?:and\s+)?|(?<!\s)\s+and\s+|(?:(?<!\s)\s+)?/\s*)(?=([^\W\d_]+))")
_DISTRIBUTED = re.compile(r"\s(?:on|in|at|for|via|over|now|early|later|today)\b")
"""What stands behind `Moving` that tells where a story is sent, not what became of it."""
_AHEAD_OF = re.compile(r"(?:For|Will|Also|Stands|First|Members|Moving|Moves|Moved|Embargo\w*)\b")
"""Openings of a clause that tells of use, not of a change."""
_IDLE = re.compile(r"[ .]*")
_SHOWN = re.compile(r"\b(?:[Pp]hotos?|[Gg]raphics?|[Vv]ideos?)$")
"""Ends of a sentence that announces pictures and nothing else: the next one is a clause of its own."""
_AHEAD = 120
"""Characters behind a comma that tell whether a clause of its own begins there."""
_SHORT = 100
"""Characters; longer clauses are not remembered."""
_LABEL = re.compile(r"([^\W\d_]+)\s?:\s*")
_UPPER_PURPOSE = re.compile(r"\bto\s+([A-Z]{3,})\b")
_PURPOSE = re.compile(r"\bto\s+([A-Za-z]{3,})\b")
_WITH = re.compile(r"(with|med|mit|avec|con|met|com)\s", re.IGNORECASE)
_STARTERS = frozenset(
    "With No New Also For Minor Picks Will This The A An Members First Note Stands Ny Neu Neue Nouveau Nuevo Nuovo Nieuwe".split()
)
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
    masked = _masked(field.text[start:end])
    out: list[Clause] = []
    label: str | None = None
    labelled = ":" in masked
    for first, last in _pieces(masked, strict):
        head = first
        opener, behind = openers.at(masked, first, last) if labelled or not first else (None, first)
        found = _LABEL.match(masked, first, last) if labelled else None
        if opener:
            label, first = masked[head:behind].rstrip(" :-\u2013\u2014\n\t"), behind
        elif found and found[1].upper() in FORMS:
            label = found[1]
            first = found.end()
        trimmed = _trim(masked, first, last)
        if trimmed is None:
            if label and (opener or found):
                out.append(_clause(field, masked, start, head, head + len(label), label, strict))
            continue
        # `UPDATES:` heads the notes of AP whatever they say, on first versions too: it lends its verb to a clause that has none, unless
        # that clause only announces pictures.
        said = _clause(field, masked, start, *trimmed, label, strict)
        out.append(_opened(said, opener, label) if opener and label else said)
    return tuple(out)


def _opened(clause: Clause, opener: Form, word: str) -> Clause:
    note = openers.decides(opener, clause.note, word)
    if note:
        return clause._replace(note=note, opener=opener)
    return clause._replace(opener=opener) if opener.lemma == "refile" else clause


def _masked(text: str) -> str:
    if "'" in text or '"' in text or "`" in text or "“" in text or "„" in text or "«" in text:
        return _QUOTED.sub(lambda found: "\x00" * len(found[0]), text)
    return text


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in " \n\t;,.-":
        start += 1
    while end > start and text[end - 1] in " \n\t;,":
        end -= 1
    if end - start > 3 and text[end - 1] == "." and not _INITIAL.search(text, start, end):
        end -= 1
    return (start, end) if start < end else None


def _pieces(masked: str, strict: bool) -> list[tuple[int, int]]:
    cuts = {0, len(masked)}
    at = masked.find(";")
    while at >= 0:
        cuts.add(at + 1)
        at = masked.find(";", at + 1)
    if "\n" in masked:
        cuts.update([found.start() for found in _BULLET.finditer(masked) if _accepted(_first_word(masked, found.end()), strict, True)])
    if masked.find(".", 0, len(masked) - 1) >= 0:
        for found in _SENTENCE.finditer(masked):
            if found[1] in _STARTERS or _accepted(found[1], strict, True) or (found[1].upper() in PARTICIPLES and not strict):
                cuts.add(found.end())
            elif _SHOWN.search(masked, max(0, found.start() - 12), found.start()):
                cuts.add(found.end())
    bounds = sorted(cuts)
    out: list[tuple[int, int]] = []
    for first, last in pairwise(bounds):
        out += _at_commas(masked, first, last, strict)
    return out


def _at_commas(masked: str, start: int, end: int, strict: bool) -> list[tuple[int, int]]:
    piece = masked[start:end]
    if "," not in piece and "and" not in piece and "/" not in piece:
        return [(start, end)] if piece.strip(" ,;.") else []
    cuts = [start]
    label = _LABEL.match(masked, start, end)
    opening = _first_word(masked, label.end() if label else start)
    shouted = opening.isupper() and len(opening) > 2
    lower = piece.lower()
    if turns.deep(piece, lower) and not _accepted(opening, strict, True):
        return [(start, end)]
    picked = "pick" in lower
    for found in _COMMA.finditer(masked, start, end):
        word = found[1]
        if picked and (PICKUP.match(masked, found.end()) or NO_PICKUP.match(masked, found.end())):
            cuts.append(found.end())
        elif _accepted(word, strict, False) and (not shouted or word.isupper()):
            if word.upper() not in AMBIGUOUS_PLURALS or word.isupper() or _ends_or_goes_on(masked, found.end(1), end):
                cuts.append(found.end())
        elif not strict and (
            NEW.match(masked, found.end(), end)
            or _led_by_participle(masked[found.end() : min(end, found.end() + _AHEAD)])
            or _each_done(masked[cuts[-1] : found.start()], masked[found.end() : min(end, found.end() + _AHEAD)])
        ):
            cuts.append(found.end())
    return [(cut, nxt) for cut, nxt in zip(cuts, [*cuts[1:], end], strict=True) if masked[cut:nxt].strip(" ,;.")]


def _ends_or_goes_on(masked: str, start: int, end: int) -> bool:
    """Whether nothing follows, or a word."""
    idle = _IDLE.match(masked, start, end)
    at = idle.end() if idle else start
    return at == end or masked[at].isalpha()


def _led_by_participle(text: str) -> bool:
    """Whether a piece opens with something done to something (`delvis omskriven ingress`)."""
    words = [found[0] for found in islice(_WORD.finditer(text.split(",", 1)[0]), 3)]
    return any(word.upper() in PARTICIPLES for word in words[: min(2, len(words) - 1)])


def _each_done(before: str, behind: str) -> bool:
    """Whether something was done on either side of a comma (`Stellungnahme ergänzt, Überschrift geändert`): each is a clause."""
    words = [found[0] for found in islice(_WORD.finditer(behind.split(",", 1)[0]), 5)]
    if not 1 < len(words) < 5 or words[-1].upper() not in PARTICIPLES:
        return False
    return any([word.upper() in PARTICIPLES for word in _WORD.findall(before[-_AHEAD:])])


def _first_word(masked: str, start: int) -> str:
    found = _WORD.search(masked, start)
    return found[0] if found else ""


def _accepted(word: str, strict: bool, opens: bool) -> tuple[str, NoteClass] | None:
    """(lemma, class) of a word that stands where a verb may stand."""
    known = FORMS.get(word.upper())
    if word.isupper() and len(word) > 2 and known:
        return known[0], known[1]
    if strict or not known:
        return None
    lemma, klass, base = known
    if base and (not opens or lemma.upper() in AMBIGUOUS_BASES or not word[0].isupper()):
        return None
    return lemma, klass


def _verb(text: str, strict: bool) -> tuple[str, str, NoteClass] | None:
    """(word, lemma, class) of the verb at the start of a clause."""
    found = _WORD.match(text)
    if not found or _FOLLOWS.match(text, found.end()):
        return None
    word = found[0]
    known = _accepted(word, strict, True)
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
    if not said:
        return None
    if any("recast" in (clause.note.klass, clause.note.mechanics) or NO_PICKUP.match(clause.note.text) for clause in said):
        return True
    return False if any(clause.lemma == "pickup" for clause in said) else None
