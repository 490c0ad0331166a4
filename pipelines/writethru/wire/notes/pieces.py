"""Where a note is cut into clauses: at `;`, at a full stop before a verb, at a comma or an `and` only where a verb follows, never
within quotes."""

from __future__ import annotations

import re
from itertools import islice, pairwise

from writethru.records import NoteClass
from writethru.wire.notes import turns
from writethru.wire.notes.turns import NEW, NO_PICKUP, PICKUP
from writethru.wire.notes.verbs import AMBIGUOUS_BASES, AMBIGUOUS_PLURALS, FORMS, PARTICIPLES

_WORD = re.compile(r"[^\W\d_]+(?:[\u2019'][^\W\d_]+)?")
_QUOTED = re.compile(r"``[^`]*?''|`[^`']*?'(?!\w)|“[^“”]*”|\"[^\"]*\"|„[^„“]*“|«[^«»]*»|(?<!\w)'[^'\n]{2,80}'(?!\w)")
_INITIAL = re.compile(r"(?:^|[\s.])[A-Z]\.$")
_BULLET = re.compile(r"\n\s*(?:[-*•]\s)?")
_SENTENCE = re.compile(r"\.[;:]?\s+(?=([^\W\d_]+))")
_AND = r"(?:and|und|et|y|e|en|och|og|ja)"
_COMMA = re.compile(rf"(?:,\s+(?:{_AND}\s+)?|(?<!\s)\s+{_AND}\s+|(?:(?<!\s)\s+)?/\s*)(?=([^\W\d_]+))", re.IGNORECASE)
_JOINED = re.compile(rf"[,/]|\s{_AND}\s", re.IGNORECASE)
_TRAILING = re.compile(rf"\s{_AND}$", re.IGNORECASE)
_IDLE = re.compile(r"[ .]*")
_SHOWN = re.compile(r"\b(?:[Pp]hotos?|[Gg]raphics?|[Vv]ideos?)$")
"""Ends of a sentence that announces pictures and nothing else: the next one is a clause of its own."""
_AHEAD = 120
"""Characters behind a comma or line end that tell whether a clause of its own begins there."""
_STARTERS = frozenset(
    "With No New Also For Minor Picks Will This The A An Members First Note Stands Ny Neu Neue Nouveau Nuevo Nuovo Nieuwe".split()
)
LABEL = re.compile(r"([^\W\d_]+)\s?:\s*")
"""A word and its colon at the head of a clause."""
MOST = 1000
"""Clauses of one note that are read; what a machine wrote behind them is one of class other."""
_LOOKED = 4 * MOST
"""Commas of one sentence that may part clauses."""


def masked(text: str) -> str:
    if "'" in text or '"' in text or "`" in text or "“" in text or "„" in text or "«" in text:
        return _QUOTED.sub(lambda found: "\x00" * len(found[0]), text)
    return text


def trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in " \n\t;,.-":
        start += 1
    while end > start and text[end - 1] in " \n\t;,":
        end -= 1
    if end < len(text) and (joined := _TRAILING.search(text, max(start, end - 4), end)):
        end = joined.start()
    if end - start > 3 and text[end - 1] == "." and not _INITIAL.search(text, start, end):
        end -= 1
    return (start, end) if start < end else None


def cut(masked: str, strict: bool) -> list[tuple[int, int]]:
    cuts = {0, len(masked)}
    at = masked.find(";")
    while at >= 0:
        cuts.add(at + 1)
        at = masked.find(";", at + 1)
    if "\n" in masked:
        cuts.update([found.start() for found in _BULLET.finditer(masked) if accepted(_first_word(masked, found.end()), strict, True)])
    if masked.find(".", 0, len(masked) - 1) >= 0:
        for found in _SENTENCE.finditer(masked):
            if found[1] in _STARTERS or accepted(found[1], strict, True) or (found[1].upper() in PARTICIPLES and not strict):
                cuts.add(found.end())
            elif _SHOWN.search(masked, max(0, found.start() - 12), found.start()):
                cuts.add(found.end())
    bounds = sorted(cuts)
    out: list[tuple[int, int]] = []
    for first, last in pairwise(bounds):
        out += _at_commas(masked, first, last, strict)
        if len(out) > MOST:
            break
    return out


def _at_commas(masked: str, start: int, end: int, strict: bool) -> list[tuple[int, int]]:
    piece = masked[start:end]
    ahead = piece.rstrip("/ \n")  # the slashes that end a note of AFP's
    if _JOINED.search(ahead) is None:
        return [(start, end)] if piece.strip(" ,;.") else []
    cuts = [start]
    label = LABEL.match(masked, start, end)
    opening = _first_word(masked, label.end() if label else start)
    shouted = opening.isupper() and len(opening) > 2
    lower = piece.lower()
    if turns.deep(piece, lower) and not accepted(opening, strict, True):
        return [(start, end)]
    picked = "pick" in lower
    for found in islice(_COMMA.finditer(masked, start, end), _LOOKED):
        word = found[1]
        if picked and (PICKUP.match(masked, found.end()) or NO_PICKUP.match(masked, found.end())):
            cuts.append(found.end())
        elif accepted(word, strict, False) and (not shouted or word.isupper()):
            if word.upper() not in AMBIGUOUS_PLURALS or word.isupper() or _ends_or_goes_on(masked, found.end(1), end):
                cuts.append(found.end())
        elif not strict and (
            NEW.match(masked, found.end(), end)
            or _led_by_participle(masked[found.end() : min(end, found.end() + _AHEAD)])
            or _each_done(
                masked[max(cuts[-1], found.start() - _AHEAD) : found.start()], masked[found.end() : min(end, found.end() + _AHEAD)]
            )
        ):
            cuts.append(found.end())
        if len(cuts) > MOST:
            break
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
    return any([word.upper() in PARTICIPLES for word in _WORD.findall(before)])


def _first_word(masked: str, start: int) -> str:
    found = _WORD.search(masked, start, start + _AHEAD)
    return found[0] if found else ""


def accepted(word: str, strict: bool, opens: bool) -> tuple[str, NoteClass] | None:
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
