"""Words that open a note and name before a colon what the item is; what follows tells how (`Berichtigung: neuer Name im 2. Absatz`)."""

from __future__ import annotations

import re
from dataclasses import replace

from writethru.records import Note, NoteClass
from writethru.wire.notes.verbs import FORMS, NOUNS, PARTICIPLES, Form

_PHRASES = {words.upper(): Form(words, "correct") for words in ("fe de errores", "fe de erratas", "errata corrige", "official correction")}
_GRAVITY: dict[NoteClass, int] = {"correct": 0, "clarify": 1, "repeat": 2}
"""Classes that an opener gives to what stands behind it, the gravest first. `UPDATES:` heads the notes of AP whatever they say."""
_ORDERS = ("correct", "refile", "repeat")
"""Lemmas whose base form opens notes too (`REFILE: corrects name`)."""
_NAMES = frozenset(" ".join(NOUNS.values()).split())

OPENERS: dict[str, Form] = _PHRASES | {
    word: form
    for word, form in (PARTICIPLES | FORMS).items()
    if form.lemma in _NAMES or (form.klass in _GRAVITY and (not form.base or form.lemma in _ORDERS))
}
"""In capitals -> what it is."""
_OPENER = re.compile(r"([^\W\d_]+(?:\s[^\W\d_]+){0,2}?)(?:\s?:|\s[\-\u2013\u2014](?=\s))\s*")
_REDACTING = ("kill", "hold")


def at(text: str, start: int, end: int) -> tuple[Form | None, int]:
    """The opener at `start`, None where none stands there; and where the note goes on."""
    found = _OPENER.match(text, start, end)
    known = OPENERS.get(found[1].upper()) if found and not found[1][0].islower() else None
    return (known, found.end()) if found and known else (None, start)


def decides(opener: Form, note: Note, word: str) -> Note | None:
    """The clause behind `opener`, which is printed as `word`: the class is the opener's, what was done in the clause's own words the
    mechanics. None where its own class is graver (`Wiederholung: Name berichtigt`) or the opener gives none."""
    if opener.klass not in _GRAVITY or note.klass in _REDACTING or _GRAVITY.get(note.klass, len(_GRAVITY)) < _GRAVITY[opener.klass]:
        return None
    own = None if note.klass in ("other", "media", opener.klass) else note.klass
    return replace(note, verb=note.verb or word, klass=opener.klass, mechanics=own or note.mechanics)
