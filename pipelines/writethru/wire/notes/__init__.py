"""Notes to editors: where one begins and ends in running copy, and what its clauses say of the version."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from writethru.records import Evidence, ItemNote, Note
from writethru.wire.marks import (
    ADD,
    CLARIFICATION,
    CORRECTION,
    NOTHING,
    REFILE,
    RELEASE,
    REPEAT,
    ROUNDUP,
    UPDATE,
    Kind,
    Mark,
    ordinals,
    uncounted,
)
from writethru.wire.marks.vocabulary import LINES, ORDERED
from writethru.wire.notes import clauses, openers
from writethru.wire.notes.verbs import FORMS, NOTE_VERB
from writethru.wire.text import Field
from writethru.wire.times import MONTHS, WEEKDAYS

_ATTN = re.compile(r"\(\s?ATTN\s?[:\-\u2013]\s*")
_EDS = re.compile(
    r"(?P<paren>\(?)(?:Eds|EDS|Editors|EDITORS|ATTN|Notes?\sto\s[Ee]ditors|NOTES?\sTO\sEDITORS|Till?\s[Rr]ed(?:aktion(?:en|erne)?|aksjonen|\.)?|TIL\sREDAKTIONEN|TILL\sREDAKTIONEN|"
    r"Hinweis\s(?:an\s(?:die\s)?|für\s(?:die\s)?)Redaktion(?:en)?|Note\saux\s[Rr]édactions|Nota\sa\s(?:los\seditores|la\sredacción)|"
    r"Nota\sai\sredattori|Let\sop\sredacties|Nota\saos\seditores|Toimituksille)\.?\s?:\s*"
)
_EDS_BEHIND = re.compile(rf"[.\n][^\S\n]*(?={_EDS.pattern})")
"""Where a field's second note begins: `Embargoed until 0001 GMT March 13. Eds: ADDS quotes.`"""
_ATTENTION = re.compile(r"(?:ATTENTION|ATENCI[ÓO]N|ATENÇÃO|ATTENZIONE|ACHTUNG)\s?[-\u2013—]\s?(?=[^\W\d_a-z]{3})")
_SLASHES = re.compile(r"\s*///")
_REASON = re.compile(
    rf"\((?=(?i:{NOTE_VERB})\b|(?:In|The|This)\s[^()\n]{{3,60}}?\bcorrects\b|"
    r"Th(?:e|is)\s(?:[\w.]+\s){0,3}(?:story|item|report|article)\shas\sbeen\s(?:corrected|refiled|clarified|updated)\b|"
    r"[A-Z][\w.']*\s(?:[\w.']+\s){0,3}corrects\s|"
    r"(?i:new\s(?:throughout|thruout)|writes?\sthrough)\b|(?:Berichtigung|Wiederholung|Aktualisierung|Korrektur|"
    r"(?:Gesamt|Tages)?[Zz]usammenfassung)\b|[Nn]eu:|[Dd]urchgehend\sneu\b|Achtung:)"
)
_SERIES = "|".join(sorted(ordinals.SERIES, key=len, reverse=True))
_NUMBERED_REASON = re.compile(rf"\((?=\d{{1,2}}\.\s(?:{_SERIES})(?:\s\d{{4}})?\s[-\u2013]\s)", re.IGNORECASE)
"""A counted version and the reason for it: `(2. Zusammenfassung 1430 - neu: Details)`."""
_SUMMARY = re.compile(r"(?:Gesamt|Tages)zusammenfassung\b(?:\s\d{4}\b)?(?:\s[-\u2013]\s|:\s*|$)")
_REPLACES = re.compile(r"N\s?i\s?e\s?u\s?w\s+b\s?e\s?r\s?i\s?c\s?h\s?t\s?,\s*v\s?e\s?r\s?v\s?a\s?n\s?g\s?t\s?:\s*", re.IGNORECASE)
_IN_STORY = re.compile(
    r"In\s(?:the|our)\s(?:story|item)\s(?:headlined\s|slugged\s)?['\"“\u2018](?P<name>[^'\"”\u2019\n]{2,160})['\"”\u2019]", re.IGNORECASE
)
"""AAP's note on a corrected repeat names the story by its slug or headline."""
_IS_REPEAT = re.compile(r"\bThis is a corrected (?:repeat|version|story)\b")
_CONTINUED = re.compile(r"[^\S\n]*\n\s*([A-Z]{3,})\b[^()\n]{2,200}\)(?=[ \t]*(?:\n|$))")
"""The rest of a note whose lines were parted by a blank one: `ADDS photo)`."""
_PLACED = re.compile(
    r"(?:INSERTS?|SUBS?|SUBSTITUTES?)\s(?=[^\n:]{0,60}?(?:\b\d{1,2}(?:st|nd|rd|th|d)\b|\blast\b|\bgraf\s\d))[^\n:]{0,60}?"
    r"\b(?:grafs?|paras?|paragraphs?|pvs)\b[^\n:]{0,100}(?::(?=[ \t]*[`'\"\u201c][^\n]{2,100}[`'\"\u201d.][ \t]*(?:\n|$))[^\n]*|:|(?=\n|$))"
)
"""The order above the copy of a part: `INSERT after 4th graf: `, with the words of the paragraph or without."""
_PICKED_UP = re.compile(
    r"(?:P(?:icks?|ICKS?)|picks?)\s(?:up|UP)\s(?=[^\n]{0,40}\b(?:grafs?|paras?|paragraphs?|pvs|previous)\b)[^\n]{3,160}|No\spick-?\s?up\.?"
)
_AGENCY_END = re.compile(r"\s(?:Reuter|REUTER)s?\s*$")
_AFTER_ORDINAL = re.compile(r"(?:\s\d{4}\b)?\s*(?:[:\-\u2013\u2014]\s*|$)")
# What lifts a hold. `RELEASE: 0001 Friday` is an embargo, `Releases report` and `RELEASE: IMMEDIATE` are a publicist's.
_RELEASE = re.compile(
    r"(?:RELEASE[SD]?|FREIGABE)(?:\s?[:.!]|\s[\-\u2013\u2014]|\s*$|(?=\s(?i:the\s|this\s)?(?i:embargoed\s|held\s)?(?i:hold|story|item|copy)\b))"
    rf"(?!\s*(?:\d|(?i:for|immediate|{'|'.join((*MONTHS, *WEEKDAYS))})\b))|"
    r"(?i:th(?:e|is)\s(?:story|item|report|copy|article|text)\b[^.;\n]{0,80}?\s"
    r"(?:(?:may|can)\snow\sbe\s(?:used|published)|(?:is|has\sbeen)\s(?:now\s)?released\sfor\s(?:use|publication)))\b"
)
_OPENINGS = tuple(word for word, kind in LINES.items() if kind.action in ("kill", "withhold", "release") and word not in ORDERED)
_WORDS = "|".join(sorted(_OPENINGS, key=len, reverse=True))
_LINE = re.compile(rf"^[ \t]*({_WORDS})[^\w\n]*$", re.MULTILINE)
_FIRST = re.compile(rf"({_WORDS})\s?(?:[.!:]|-\s|[\u2013\u2014]|$)", re.MULTILINE)
_NUMBER = re.compile(r"\s[a-z]\d{4}\b")
_USED = re.compile(r"\b(?:used|(?i:retransmit(?:s|ting)?|replac(?:es|ing)|correct(?:s|ing)|subs|leads))\s+([a-z]\d{4})\b")
_LONGEST = 900
"""Characters; an opening parenthesis whose partner is farther away opens no note."""
_UNCLOSED = 400
_OPENER = 60
"""Characters within which the colon stands of a note that opens with its addressee."""

OPENING = frozenset("(EANTHLIS")
"""What a note in running copy may open with: cheap to look at."""
SILENT_ROLES = ("contacts", "closingline", "picture", "copyright", "notepad")
"""Ends of note roles under which nothing of the copy is said: phone numbers, sign-offs, picture lists."""
_FURTHER = ("update", "recast")
"""What is sent again for one of these is a new version, for any other purpose a refile."""
_MORE = frozenset({"add", "update", "recast", "merge", "restore", "split"})
"""What makes more of a note that also tells of minor edits."""
_FORMAL = frozenset({"slug", "byline", "dateline", "style"})
_SLIGHT = ("minor", "refile")
_TYPO = re.compile(
    r"\b(?:typos?|typographical|(?:Tipp|Schreib)fehler|coquilles?|refus[oi]|erratas?|spelfout(?:en)?|skrivfel|stavefejl|tippefeil)\b",
    re.IGNORECASE,
)
"""A slip of the pen: what corrects nothing else is a refile."""
_SLIPS = _FORMAL | {"spelling", "headline", "lead"}
"""What a slip may be in. One in a name or a score was wrong of the story."""
_FIGURE = re.compile(r"\d{1,4}")
_FACT = re.compile(r"\b(?:not|tolls?|figures?|profits?|names?|numbers?|amounts?|totals?|dates?|ages?)\b", re.IGNORECASE)
_MENDED = re.compile(
    r"This (?:story|version|article|report|dispatch) (?:(?:has been|was) (?:corrected|updated|edited|clarified) to |(?:corrects|CORRECTS) )"
)
_CORRECTING_ROLES = ("correction", "correctionshort")

_ACTIONS: dict[str, Kind] = {
    "correct": CORRECTION,
    "clarify": CLARIFICATION,
    "repeat": REPEAT,
    "add": Kind("update"),
    "update": Kind("update"),
    "recast": Kind("update"),
    "change": Kind("update"),
    "trim": Kind("update"),
    "restore": Kind("update"),
    "merge": Kind("update"),
    "split": Kind("update"),
    "move": Kind("update"),
}
"""Class -> what the item is. Kill and hold are not here on purpose: a clause's verb alone never withdraws a story."""
_RULES = {klass: f"note_{klass}" for klass in _ACTIONS}


class Found(NamedTuple):
    """A note in running copy: [start, end) is all of it, [first, last) what it says. `strict` as in `clauses.read`."""

    start: int
    end: int
    first: int
    last: int
    strict: bool
    replaces: bool = False


def find(field: Field, start: int, line_end: int, block_end: int) -> Found | None:
    """The note that opens at `start`, a line that ends at `line_end` in a block that ends at `block_end`; None where none does."""
    text = field.text
    first = text[start]
    if first == "(":
        if text[start + 1 : start + 2].isdigit() and not _NUMBERED_REASON.match(text, start, block_end):  # (2nd LD) is a mark
            return None
        found = _ATTN.match(text, start, block_end)
        if found:
            return _closed(text, start, found.end(), line_end, block_end, True)
        found = (
            _EDS.match(text, start, block_end) or _REASON.match(text, start, block_end) or _NUMBERED_REASON.match(text, start, block_end)
        )
        if found or named(text, start + 1, line_end):
            note = _closed(text, start, found.end() if found else start + 1, line_end, block_end, False)
            # Prose may open with a parenthesis too; then a small letter goes on behind it.
            return note if note and not text[note.end : block_end].lstrip(" \n\t.;,-")[:1].islower() else None
        return None
    if first not in OPENING:
        return None
    found = _EDS.match(text, start, line_end) if text.find(":", start, min(start + _OPENER, line_end)) >= 0 else None
    if found:
        return Found(start, line_end, found.end(), line_end, False)
    if first == "A":
        return attention(text, start, block_end)
    if placed := _PLACED.match(text, start, block_end) if first in "IS" else None:
        return Found(start, placed.end(), start, placed.end() - (text[placed.end() - 1] == ":"), False)
    if first == "I":
        told = _IN_STORY.match(text, start, line_end)
        repeated = told and _IS_REPEAT.search(text, told.end(), line_end)
        return Found(start, line_end, start, line_end, False) if repeated else None
    found = _REPLACES.match(text, start, line_end) if first == "N" else None
    return Found(start, line_end, found.end(), line_end, False, True) if found else None


def picked_up(text: str, start: int, end: int) -> Found | None:
    """The line below a bare lead that says where the story goes on: `Picks up 4th graf pvs, `Although final...'`."""
    if text[start] not in "PpN" or not _PICKED_UP.fullmatch(text, start, end):
        return None
    return Found(start, end, start, end, False)


def below(text: str, start: int, end: int) -> Found | None:
    """The last paragraph of a story that says what was mended in it: `This story has been corrected to show the pier is 7.`"""
    if not text.startswith("This ", start) or not _MENDED.match(text, start, end):
        return None
    return Found(start, end, start, end, False)


def bracketed(text: str, start: int, end: int) -> Found:
    """The note that the parentheses [start, end) at either end of a headline hold."""
    attn = _ATTN.match(text, start, end)
    found = attn or _EDS.match(text, start, end)
    return Found(start, end, found.end() if found else start + 1, end - 1, attn is not None)


def is_addressed(text: str, start: int, end: int) -> bool:
    """Whether the parenthesis at `start` opens a note by its addressee: `(Eds: Updates with quotes)`."""
    found = _ATTN.match(text, start, end) or _EDS.match(text, start, end)
    return found is not None and found.end() < end


def attention(text: str, start: int, end: int) -> Found | None:
    """AFP's note at `start`: `ATTENTION - UPDATES, INCORPORATES Slug ///`. Only its slashes end it, wherever it came to stand."""
    found = _ATTENTION.match(text, start, end)
    slashes = _SLASHES.search(text, found.end(), min(end, found.end() + _LONGEST)) if found else None
    return Found(start, slashes.end(), found.end(), slashes.start(), True) if found and slashes else None


def _closed(text: str, start: int, first: int, line_end: int, block_end: int, strict: bool) -> Found | None:
    """A note in parentheses, which may nest and span lines. An unclosed one ends with its paragraph or the agency's sign-off."""
    depth, limit = 1, min(block_end, start + _LONGEST)
    at = first
    while at < limit:
        opening, closing = text.find("(", at, limit), text.find(")", at, limit)
        if closing < 0:
            break
        if 0 <= opening < closing:
            depth, at = depth + 1, opening + 1
            continue
        depth, at = depth - 1, closing + 1
        if depth == 0:
            return Found(start, at, first, closing, strict)
    more = _CONTINUED.match(text, limit) if strict and depth == 1 and limit == block_end else None
    if more and more[1] in FORMS:
        return Found(start, more.end(), first, more.end() - 1, strict)
    last = block_end if block_end - start <= _UNCLOSED else line_end
    if last - start > _UNCLOSED:
        return None
    sign_off = _AGENCY_END.search(text, first, last)
    return Found(start, last, first, sign_off.start() if sign_off else last, strict)


def named(text: str, start: int, end: int) -> int | None:
    """Where a note goes on behind the word at `start` that names what the item is (`Berichtigung: `); None where none opens there."""
    opener, behind = openers.at(text, start, end)
    return behind if opener and behind < end else None


def read(field: Field, found: Found) -> tuple[tuple[Note, ...], tuple[Mark, ...]]:
    """The clauses of a note found in running copy, and the marks they amount to."""
    if found.replaces:
        first, last = field.trim(found.first, found.last)
        title = field.line(first, last)
        text, span = field.cut(first, last)
        note = Note("vervangt", "change", None, ("headline",), (), text, field.name, span)
        return (note,), (
            Mark(field.evidence(found.start, found.end, "note_replaces"), UPDATE),
            Mark(field.evidence(first, last, "replaces"), NOTHING, None, title),
        )
    return _said(field, found.first, found.last, found.strict, UPDATE if found.strict else None)


def of_item(field: Field, note: ItemNote) -> tuple[tuple[Note, ...], tuple[Mark, ...]]:
    """The same of a note the envelope carries, with its opener or without."""
    start, end = field.trim(0, len(field.text))
    if start >= end or (note.role and note.role.lower().endswith(SILENT_ROLES)):
        return (), ()
    behind = _EDS_BEHIND.search(field.text, start, end) if ":" in field.text else None
    if behind is None:
        return _of_part(field, note, start, end)
    said, marks = _of_part(field, note, *field.trim(start, behind.start() + 1))
    more, further = _of_part(field, note, behind.end(), end)
    return said + more, marks + further


def _of_part(field: Field, note: ItemNote, start: int, end: int) -> tuple[tuple[Note, ...], tuple[Mark, ...]]:
    found = find(field, start, end, end)
    if found and found.end == end:
        said, marks = read(field, found)
    else:
        said, marks = _said(field, found.first if found else start, end, found is not None and found.strict, None)
    if said and note.role and note.role.lower().endswith(_CORRECTING_ROLES) and not any([mark.kind.action for mark in marks]):
        said = (replace(said[0], klass="correct"), *said[1:])
        marks += (Mark(field.evidence(*field.trim(start, end), "note_role"), CORRECTION),)
    line, first = None, found.first if found else start
    if "\n" in field.text or field.text.startswith(_OPENINGS, first) or (first != start and field.text.startswith(_OPENINGS, start)):
        line = _FIRST.match(field.text, first, end) or _LINE.search(field.text, start, end)
    return said, (Mark(field.evidence(*line.span(1), "note_line"), LINES[line[1]]), *marks) if line else marks


def _said(field: Field, start: int, end: int, strict: bool, whole: Kind | None) -> tuple[tuple[Note, ...], tuple[Mark, ...]]:
    marks: tuple[Mark, ...] = ()
    release = _RELEASE.match(field.text, start, end) if field.text[start : start + 1] in "RFtT" else None
    if release:
        marks = (Mark(field.evidence(start, field.trim(start, release.end())[1], "note_release"), RELEASE),)
    numbered = ordinals.match(field.text, start, end)
    after = _AFTER_ORDINAL.match(field.text, numbered.end, end) if numbered and numbered.series and numbered.kind is not ADD else None
    if numbered and after:
        shown = field.trim(start, after.end())[1]
        marks += (Mark(field.evidence(start, shown, "note_ordinal"), numbered.kind, numbered.number),)
        start = after.end()
    summary = _SUMMARY.match(field.text, start, end)
    if summary:
        shown = field.trim(start, summary.end())[1]
        marks += (Mark(field.evidence(start, shown, "note_summary"), uncounted(ROUNDUP)),)
        start = summary.end()
        if start >= end:
            return (), marks
    named = _IN_STORY.match(field.text, start, end) if field.text[start : start + 1] in "Ii" else None
    if named:
        marks += (Mark(field.evidence(*named.span("name"), "replaces"), NOTHING, None, field.line(*named.span("name"))),)
    read_clauses = clauses.read(field, start, end, strict)
    return tuple([clause.note for clause in read_clauses]), marks + _marks(field, read_clauses, whole)


def _is_slight(note: Note) -> bool:
    """Whether what was corrected is nothing of the story: a slip of the pen, a byline, the slug."""
    if note.targets and _FORMAL.issuperset(note.targets):
        return True
    if not _TYPO.search(note.text) or not _SLIPS.issuperset(note.targets) or _FACT.search(note.text):
        return False
    return all([int(figure) in note.paragraphs for figure in _FIGURE.findall(note.text)])


def _marks(field: Field, read_clauses: tuple[clauses.Clause, ...], whole: Kind | None) -> tuple[Mark, ...]:
    out: list[Mark] = []
    further = any([clause.note.klass in _MORE and clause.lemma not in _SLIGHT for clause in read_clauses])
    said = clauses.complete(read_clauses)
    complete = whole.complete if said is None and whole else said
    for clause in read_clauses:
        note = clause.note
        kind = _ACTIONS.get(note.klass)
        if kind is None:
            continue
        if clause.opener:
            kind = REFILE if clause.opener.lemma == "refile" else kind
        elif clause.lemma == "corrected":
            kind = CORRECTION
        elif clause.lemma in _SLIGHT:
            kind = UPDATE if further and clause.lemma == "minor" else REFILE
        elif (note.mechanics == "repeat" and note.klass not in _FURTHER) or (kind is CORRECTION and _is_slight(note)):
            kind = REFILE
        if complete is not None:
            kind = Kind(kind.action, kind.counter, complete, kind.urgency)
        out.append(Mark(Evidence(note.field, note.span, note.text, _RULES[note.klass]), kind))
    if not out and said is not None:
        out.append(Mark(field.evidence(read_clauses[0].start, read_clauses[-1].end, "note_pickup"), Kind(None, None, said)))
    if read_clauses and _NUMBER.search(field.text, read_clauses[0].start, read_clauses[-1].end):
        for clause in read_clauses:
            used = _USED.search(field.text, clause.start, clause.end)
            if used:
                out.append(Mark(field.evidence(*used.span(1), "replaces"), NOTHING, None, used[1]))
    return tuple(out)
