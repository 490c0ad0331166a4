"""The turns of notes that open with no verb: what was done stands behind, or is told in a sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from writethru.records import NoteClass
from writethru.wire.notes.verbs import FORMS, PARTICIPLES, Form

_AHEAD = re.compile(
    r"\b(?:will|to be|may|can|should|wird|werden|folgt|not|nicht|inte|ikke|sera|seront|será|serán|sarà|verrà|wordt|worden|"
    r"kommer|skal|ska|kan|vil|blir|bliver|tullaan|voidaan)\b",
    re.IGNORECASE,
)
"""Words of a clause that speak of what is to come, or of anything but what was done."""
_WORD = re.compile(r"[^\W\d_]+(?:[\u2019'][^\W\d_]+)?")
_BEEN = re.compile(
    r"\b(?:story|item|report|version|article|copy|text|headline|dispatch)\b[^.;]{0,40}\b(?:was|been|is)\s+"
    r"(updated|corrected|clarified|edited|changed|revised|refiled)\b(?:\s+to\s+([a-z]{3,})\b)?",
    re.IGNORECASE,
)
_MISSTATED = re.compile(
    r".{0,60}\b(?:earlier|previous|original)\s+(?:version|story|report|item)s?\b.{0,80}?"
    r"\b(misspelled|misstated|misidentified|misquoted|incorrectly|erroneously|wrongly|wrong)\b",
    re.IGNORECASE | re.DOTALL,
)
_WRITTEN_THROUGH = re.compile(r"(writes?\s?-?through|writethru)\b", re.IGNORECASE)
_GRAFS_NEW = re.compile(r"(?:top|first|last)\s[\w\s-]{0,20}\bgrafs?\s(?:are\s)?(new)\b", re.IGNORECASE)
NO_PICKUP = re.compile(r"no\s+pick-?\s?up", re.IGNORECASE)
PICKUP = re.compile(r"picks?\s?up\b", re.IGNORECASE)
_NEW_ENGLISH = re.compile(
    r"(new)\s+(thruout|throughout|material|approach|lead|lede|headline|top|version|grafs?|quotes?|details?|byline|info)\b", re.IGNORECASE
)
NEW = re.compile(
    r"(neu(?:e[rsnm]?)?|durchgehend\s+neu|nouve(?:au|lle|aux|lles)|nuev[oa]s?|nuov[oaie]|nieuwe?|ny(?:tt|a|e|t)?|uu(?:si|det|tta)|nov[oa]s?)\b"
    r"(?=[:\s]|$)",
    re.IGNORECASE,
)
_CORRECTED_REPEAT = re.compile(
    r"(?:This\s+is\s+a\s+)?(corrected\s+(?:repeat|version|story|copy))\b|.{0,120}?\bis\s+a\s+(corrected\s+repeat)\b",
    re.IGNORECASE | re.DOTALL,
)
_MINOR = re.compile(
    r"(?:minor\s+(?:edits?|changes?|fix(?:es)?|corrections?)|kleine\s+(?:Änderungen|Korrekturen)|légères\s+modifications)\b", re.IGNORECASE
)
_CQ = re.compile(r"\bcq\b", re.IGNORECASE)
_DEEP = re.compile(r"(?:[\w.']+,?\s+){1,6}?(corrects|clarifies)\b", re.IGNORECASE)
_FEW = 14
"""Words; what was done stands in a clause that is short."""


class Turn(NamedTuple):
    verb: str
    lemma: str
    klass: NoteClass
    mechanics: str | None = None


def read(text: str, named: tuple[str, ...]) -> Turn | None:
    """What a clause says without a verb at its head; `named` are the targets it names. Each pattern is asked only where one of its words
    stands: most clauses hold none."""
    lower = text.lower()
    if "corrected" in lower and (found := _CORRECTED_REPEAT.match(text)):
        verb = found[1] or found[2]
        return Turn(verb, "corrected", "correct", "repeat" if verb.lower().endswith("repeat") else None)
    if ("been" in lower or "was" in lower or " is " in lower) and (been := _BEEN.search(text)):
        became = been[1].lower()
        purpose = FORMS.get(been[2].upper()) if been[2] and became not in ("corrected", "clarified") else None
        if became == "refiled":
            return Turn(been[2] if purpose else been[1], "refile", purpose.klass if purpose else "repeat", "repeat")
        known = purpose or FORMS[been[1].upper()]
        return Turn(been[2] if purpose else been[1], known.lemma, known.klass)
    if ("mis" in lower or "wrong" in lower or "rro" in lower or "incorrect" in lower) and (found := _MISSTATED.match(text)):
        return Turn(found[1], "misstate", "correct")
    if lower.startswith("writ") and (found := _WRITTEN_THROUGH.match(text)):
        return Turn(found[1], "new", "recast")
    if "pick" in lower and (found := NO_PICKUP.match(text) or PICKUP.match(text)):
        return Turn(found[0], "pickup", "other")
    if found := _new(text, lower, named):
        whole = "throughout" in named or found[0].lower() == "durchgehend neu"
        return Turn(found[1], "new", "recast" if whole else "update")
    if found := _MINOR.match(text):
        return Turn(found[0], "minor", "change")
    if found := deep(text, lower):
        known = FORMS[found[1].upper()]
        return Turn(found[1], known.lemma, known.klass)
    if "cq" in lower and (found := _CQ.search(text)):
        return Turn(found[0], "cq", "other")
    return None


def deep(text: str, lower: str) -> re.Match[str] | None:
    """The verb behind the first words of a clause: `In Jan. 3 story, corrects last graf`. `lower` is `text` in small letters."""
    return _DEEP.match(text) if "corrects" in lower or "clarifies" in lower else None


def _new(text: str, lower: str, named: tuple[str, ...]) -> re.Match[str] | None:
    if "new" in lower and (found := _GRAFS_NEW.match(text) or _NEW_ENGLISH.match(text)):
        return found
    found = NEW.match(text) if not text.startswith("NY") else None
    return found if found and (named or text[found.end() : found.end() + 1] == ":") else None


def done(text: str) -> tuple[str, Form] | None:
    """What was done, where that is not said by a verb in front: `Name im 2. Absatz korrigiert`, `delvis omskriven ingress`."""
    words = _WORD.findall(text)
    if not 0 < len(words) <= _FEW:
        return None
    for at in (len(words) - 1, 0, 1):
        known = PARTICIPLES.get(words[at].upper()) if at < len(words) else None
        # `Ministers removed from office` is news.
        if known and (at != 1 or not words[at].lower().endswith("ed")) and not _AHEAD.search(text):
            return words[at], known
    return None
