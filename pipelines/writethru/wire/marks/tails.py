"""The marks behind a headline: `-- Update`, `(2)`, `(CORRECTS TO SHOW …)`, `(종합2보)`, `(Ampliación)`, `- ATUALIZAÇÃO`."""

from __future__ import annotations

import re

from writethru.wire import notes
from writethru.wire.agencies import Agency
from writethru.wire.marks import NOTHING, ROUNDUP, UPDATE, URGENT, Kind, Mark, ordinals, uncounted
from writethru.wire.marks.vocabulary import WORDS, meant
from writethru.wire.notes.verbs import FORMS
from writethru.wire.text import Field

_COUNT = re.compile(r"\s\(([2-9]|1\d)\)$")
_DOW_JONES = re.compile(r"\s--\s?(?:(\d)(?:st|nd|rd|th) )?(?:UPDATE|Update)$")
_BRACKET = re.compile(r"\s?[(\[]([^()\[\]\n]{2,28})[)\]]$")
_DASHED = re.compile(r"\s[-\u2013\u2014]\s([^\W\d_a-z]{4,16})$")
EMBARGOED = re.compile(
    r"[(<\[\u3010]\s?(?:EMBARGOED|Embargoed(?=\s(?:until|till|to|for)\b))(?:\s(?i:until|till|to|for(?:\srelease)?)\b[^()<>\[\]\u3010\u3011\n]{0,60}?)?\s?[)>\]\u3011]\s*(?:-\s*)?"
)
"""An embargo in brackets at either end of a headline, with its time or without."""
_NEAR = 19
"""Characters before the end within which the dash stands."""
_KOREAN = re.compile(r"[(\[](종합)?(?:([1-9])보)?[)\]]$")
_REASON = re.compile(r"\s\((?P<verb>[^\W\d_]{3,16})\s")
_NAMED = re.compile(r"\s\((?=[^()\n]{2,24}(?::|\s[\-\u2013\u2014]\s))")
_OPENING = re.compile(r"\((?:(?P<verb>[^\W\d_]{3,16})\s)?(?=[^()\n]{2,160}\)\s+[^\s\W_a-z])")
"""A headline in parentheses goes on with a capital letter or a figure."""
_COUNTED = re.compile(r"(UPDATE|Update|update) (\d{1,2})")
_REASONS = frozenset({"correct", "update", "add", "repeat", "clarify", "recast", "zusammenfassung"})
_DASHED_WORDS = frozenset(word for word, entry in WORDS.items() if "t" in entry.places.lower() and not word.isascii())
"""Behind a dash only words that no English headline ends with (`Panel opens way - CORRECTION`)."""


def read(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> tuple[tuple[int, int] | None, int]:
    """(range of a reason in parentheses or None, where the headline ends without its marks)."""
    text = field.text
    if end <= start:
        return None, end
    last = text[end - 1]
    if last in ")]":
        reason = _reason(text, start, end)
        if reason is not None:
            return (reason + 1, end), field.trim(start, reason)[1]
        at = _bracketed(field, start, end, agency, marks)
        return None, field.trim(start, at)[1]
    if text.endswith(("Update", "UPDATE"), start, end):
        found = _DOW_JONES.search(text, start, end)
        if found:
            number = int(found[1]) if found[1] else None
            kind = UPDATE._replace(counter="update") if number else UPDATE
            marks.append(Mark(field.evidence(found.start() + 1, end, "headline_suffix"), kind, number))
            return None, field.trim(start, found.start())[1]
    elif last.isupper() and ("-" in (near := text[max(start, end - _NEAR) : end]) or "\u2013" in near or "\u2014" in near):
        found = _DASHED.search(text, start, end)
        if found and (found[1] in _DASHED_WORDS or found[1] in agency.words):
            marks.append(Mark(field.evidence(found.start() + 1, end, "headline_suffix"), _uncounted(meant(found[1], "t", agency.words))))
            return None, field.trim(start, found.start())[1]
    return None, end


def opening(text: str, start: int, end: int) -> int | None:
    """Where the parenthesis ends that opens a headline with a reason (`(Berichtigung: neuer Name) Brücke offen`)."""
    if notes.is_addressed(text, start, end) and 0 < (close := text.find(")", start, end)) < end - 1:
        return close + 1
    found = _OPENING.match(text, start, end)
    if found is None:
        return None
    verb = found["verb"]
    told = verb and _tells(verb) and (verb.isupper() or FORMS[verb.upper()].klass == "correct")  # not `(Adds up) Bridge toll`
    if not (told or notes.named(text, start + 1, end)):
        return None
    return text.index(")", start, end) + 1


def _reason(text: str, start: int, end: int) -> int | None:
    """Where the blank before a reason in parentheses stands that ends the headline; what is nested in it belongs to it."""
    for found in _REASON.finditer(text, start, end):
        if _tells(found["verb"]) and text.count(")", found.start(), end) == text.count("(", found.start(), end):
            return found.start()
    at = text.rfind("(", start, end)
    if at > start and text[at - 1].isspace() and notes.is_addressed(text, at, end):
        return at - 1
    for found in _NAMED.finditer(text, start, end):
        if notes.named(text, found.end(), end) and text.find("(", found.end(), end) < 0:
            return found.start()
    return None


def _tells(verb: str) -> bool:
    """Whether a reason opens with the verb: it says what was done, and no noun or order."""
    known = FORMS.get(verb.upper())
    return known is not None and not known.base and (known.lemma in _REASONS or known.klass == "correct")


def _bracketed(field: Field, start: int, end: int, agency: Agency, marks: list[Mark]) -> int:
    """Takes a mark in brackets off the end; where the headline ends."""
    text = field.text
    held = max(text.rfind("EMBARGOED", start, end), text.rfind("Embargoed", start, end))
    if held > start + 1 and (said := EMBARGOED.fullmatch(text, held - 1, end)):
        marks.append(Mark(field.evidence(said.start(), end, "embargo_word")))
        return said.start()
    found = _COUNT.search(text, start, end) if "count" in agency.marks else None
    if found:
        marks.append(Mark(field.evidence(found.start() + 1, end, "headline_count"), UPDATE._replace(counter="update"), int(found[1])))
        return found.start()
    found = _KOREAN.search(text, start, end)
    if found and (found[1] or found[2]):
        marks.append(Mark(field.evidence(found.start(), end, "headline_suffix"), *korean(found)))
        return found.start()
    found = _BRACKET.search(text, start, end)
    if not found or found.start() <= start:
        return end
    label = found[1].strip()
    number: int | None = None
    kind = None
    counted = _COUNTED.fullmatch(label)
    numbered = ordinals.match(label, 0, len(label), agency) if label[0].isdigit() else None
    if counted:
        kind, number = UPDATE._replace(counter="update"), int(counted[2])
    elif numbered and numbered.end == len(label) and not numbered.series.islower():
        kind, number = numbered.kind, numbered.number
    elif label in ("Update", "update"):
        kind = UPDATE
    else:
        meaning = meant(label, "t", agency.words)
        kind = _uncounted(meaning) if meaning else None
    if kind is None:
        return end
    marks.append(Mark(field.evidence(*field.trim(found.start(), end), "headline_suffix"), kind, number))
    return found.start()


def korean(found: re.Match[str]) -> tuple[Kind, int | None]:
    """What `종합` (roundup), `종합2보` (its second) and `2보` (second report of the event) mean; the first report is an urgent one."""
    number = int(found[2]) if found[2] else None
    if found[1]:
        return ROUNDUP if number else uncounted(ROUNDUP), number
    return (UPDATE._replace(counter="update"), number) if number and number > 1 else (URGENT, None)


def _uncounted(kind: Kind | None) -> Kind:
    return uncounted(kind) if kind else NOTHING
