"""The verbs of update notes and what they do; the things they do it to."""

from __future__ import annotations

import re

from writethru.records import NoteClass

_LEMMAS: dict[NoteClass, str] = {
    "add": "add insert include expand append ajoute acrescenta añade",
    "update": "update lead top freshen aktualisiert uppdaterar actualise actualiza atualiza",
    "recast": "recast rewrite rework restructure rephrase reorganize",
    "change": "sub substitute replace change amend modify adjust edit conform refresh restyle vervangt",
    "correct": "correct fix rectify berichtigt rättar corrige rectifie",
    "clarify": "clarify précise",
    "trim": "delete remove drop trim cut shorten omit tighten",
    "restore": "restore reinstate",
    "merge": "combine merge incorporate",
    "split": "split",
    "repeat": "retransmit repeat rpt resend reissue refile",
    "kill": "kill withdraw eliminate cancel",
    "hold": "hold withhold",
    "move": "move shift",
}
_NOUNS: dict[str, NoteClass] = {
    "BERICHTIGUNG": "correct",
    "KORREKTUR": "correct",
    "RÄTTELSE": "correct",
    "CORRECTION": "correct",
    "CLARIFICATION": "clarify",
    "AKTUALISIERUNG": "update",
    "ERGÄNZUNG": "add",
    "WIEDERHOLUNG": "repeat",
}
"""Nouns that head a note as a verb would."""

AMBIGUOUS_BASES = frozenset(
    {"LEAD", "TOP", "SUB", "FIX", "CUT", "DROP", "KILL", "HOLD", "MOVE", "SPLIT", "TRIM", "CHANGE", "REPEAT", "EDIT"}
)
"""Base forms that are as often something else: a note's verb only where printed in capitals."""
AMBIGUOUS_PLURALS = frozenset(
    {"LEADS", "TOPS", "CUTS", "DROPS", "HOLDS", "MOVES", "SPLITS", "TRIMS", "CHANGES", "EDITS", "UPDATES", "REPEATS"}
)
"""Third persons that are plurals of nouns too: behind a comma only as the last word of a note or before an object."""
MECHANICAL = frozenset({"sub", "lead", "insert", "replace", "retransmit", "repeat", "resend", "refile", "change", "substitute"})
"""Lemmas that say how the copy is handled; what for stands in the infinitive behind them."""


def _inflected(lemma: str) -> list[tuple[str, bool]]:
    """(form, whether it is the base form), upper case."""
    if not lemma.isascii() or lemma in ("vervangt", "berichtigt", "aktualisiert", "uppdaterar", "rpt"):
        return [(lemma.upper(), False)]
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    third = lemma[:-1] + "ies" if lemma.endswith("fy") else lemma + ("es" if lemma.endswith(("x", "ss", "ch")) else "s")
    gerunds = [stem + "ing", lemma + lemma[-1] + "ing"]
    return [(lemma.upper(), True), (third.upper(), False), *((form.upper(), False) for form in gerunds)]


FORMS: dict[str, tuple[str, NoteClass, bool]] = {
    form: (lemma, klass, base) for klass, lemmas in _LEMMAS.items() for lemma in lemmas.split() for form, base in _inflected(lemma)
} | {noun: (noun.lower(), klass, False) for noun, klass in _NOUNS.items()}
"""Form in capitals -> (lemma, class, whether it is the base form)."""

NOTE_VERB = "|".join(
    sorted(
        (form for form, (_, klass, base) in FORMS.items() if not base and klass not in ("kill", "hold", "move") and form.isascii()),
        key=len,
        reverse=True,
    )
)
"""Alternatives of a pattern: what may open a note in parentheses."""

_TARGETS: dict[str, str] = {
    "headline": "headline headlines hed heds rubrik überschrift titular titre",
    "lead": "lead leads lede ledes intro ingress",
    "throughout": "throughout thruout",
    "byline": "byline bylines",
    "dateline": "dateline datelines",
    "slug": "slug slugline",
    "photo": "photo photos laserphoto laserphotos picture pictures pix bilder",
    "video": "video videos",
    "graphic": "graphic graphics",
    "quotes": "quote quotes comment comments reax reaction remarks kommentar kommentare",
    "details": "detail details info information",
    "background": "background context",
    "contribution": "contribution",
    "prices": "prices",
    "style": "style",
    "spelling": "spelling",
    "name": "name names",
    "score": "score scores",
    "table": "table tables",
    "trims": "trims",
}
MEDIA = frozenset({"photo", "video", "graphic"})
_TARGET_OF = {form: target for target, forms in _TARGETS.items() for form in forms.split()}
_WORD = re.compile(r"[^\W\d_]+")


def targets(text: str) -> tuple[str, ...]:
    """What a clause is about, in the order printed: the keys of the table above."""
    found = [_TARGET_OF[word] for word in _WORD.findall(text.lower()) if word in _TARGET_OF]
    return tuple(dict.fromkeys(found))
