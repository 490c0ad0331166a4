"""What is new in a version: the diff against the one it supersedes, and what of its note holds. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from writethru.records import Article, Changes, Claim, Note, ParagraphChange
from writethru.stories.diff import Diff, diff, numbers

SAMPLES = 2
"""Paragraphs shown of a kind, by their first words."""
SHOWN = 48
"""Characters."""
NUMBERS = 5
CLAIMS = 6
LONGEST = 24
"""Characters of a verb or target."""
MOST = 0.5
"""A text is changed throughout where this share of its paragraphs is new or rewritten."""

_CHECKED = frozenset({"add", "update", "recast", "change", "correct", "clarify", "trim", "restore"})
_ELSEWHERE = frozenset({"photo", "video", "graphic", "table", "slug", "dateline", "trims"})
"""Targets that stand outside the body, or that name no part of it."""


def changes(before: Mapping[str, Any], article: Article, text: str | None = None) -> Changes:
    """`before` is the article object of the version that is superseded, `text` the story's full text where it came in parts."""
    return _compared(before, article, text, None)


def part_changes(before: Mapping[str, Any], article: Article, text: str, now: str) -> Changes:
    """What a part makes of its story's text: `text` before it, `now` with it; `before` is the article object of the whole version."""
    return _compared(before, article, text, now)


def _compared(before: Mapping[str, Any], article: Article, text: str | None, now: str | None) -> Changes:
    partial = now is not None
    old_headline = _first(before, "headlines")
    # What a part leaves out, headline or byline, stands as it was.
    headline = article.headline or (old_headline if partial else "")
    by = article.article.get("by") or (before.get("by") if partial else None)
    found = diff(_first(before, "bodies") if text is None else text, article.body if now is None else now)
    changed = found.rewritten
    numbered = numbers(old_headline, headline, 0)
    for old, new in changed:
        if len(numbered) >= NUMBERS:
            break
        numbered += numbers(found.old[old], found.new[new], new + 1)
    counted = Changes(
        headline=old_headline != headline,
        added=len(found.added),
        removed=len(found.removed),
        kept=found.kept,
        moved=len(found.moved),
        rewritten=len(changed),
        lede=found.old[:1] != found.new[:1],
        byline=before.get("by") != by,
        paragraphs=_samples(found),
        numbers=tuple(numbered[:NUMBERS]),
    )
    notes = article.wire.notes
    if partial:  # they name the place that the part goes to, not what has changed
        notes = tuple([replace(note, paragraphs=()) for note in notes])
    claims = _claims(notes, counted, found) if notes else ()
    return replace(counted, claims=claims) if claims else counted


def _first(item: Mapping[str, Any], name: str) -> str:
    texts = item.get(name)
    return str(texts[0]["value"]) if texts else ""


def _samples(found: Diff) -> tuple[ParagraphChange, ...]:
    old, new = found.old, found.new
    return (
        *[ParagraphChange("added", n + 1, None, _opening(new[n])) for n in found.added[:SAMPLES]],
        *[ParagraphChange("rewritten", n + 1, o + 1, _opening(new[n])) for o, n in found.rewritten[:SAMPLES]],
        *[ParagraphChange("removed", None, o + 1, _opening(old[o])) for o in found.removed[:SAMPLES]],
        *[ParagraphChange("moved", n + 1, o + 1, _opening(new[n])) for o, n in found.moved[:SAMPLES]],
    )


def _opening(paragraph: str) -> str:
    text = " ".join(paragraph[: SHOWN * 2].split())
    if len(text) <= SHOWN:
        return text
    cut = text.rfind(" ", SHOWN // 2, SHOWN + 1)
    return text[: cut if cut > 0 else SHOWN] + "…"


def _claims(notes: Iterable[Note], facts: Changes, found: Diff) -> tuple[Claim, ...]:
    """What the note says was done and the texts can show, each with whether they do."""
    claims: dict[tuple[str, str], Claim] = {}
    for note in notes:
        if note.klass not in _CHECKED:
            continue
        for target in note.targets:
            if target not in _ELSEWHERE:
                claims.setdefault((note.verb, target), Claim(note.verb[:LONGEST], target[:LONGEST], _holds(note, target, facts, found)))
        if note.paragraphs and not set(note.targets) & {"headline", "byline", "throughout"}:
            claims.setdefault((note.verb, "paragraphs"), Claim(note.verb[:LONGEST], "paragraphs", _touched(note.paragraphs, found)))
        if len(claims) >= CLAIMS:
            break
    return tuple(claims.values())[:CLAIMS]


def _holds(note: Note, target: str, facts: Changes, found: Diff) -> bool:
    if target == "headline":
        return facts.headline
    if target == "lead":
        return facts.lede
    if target == "byline":
        return facts.byline
    if target == "throughout":
        return facts.added + facts.rewritten >= MOST * len(found.new)
    if note.paragraphs:
        return _touched(note.paragraphs, found)
    return bool(facts.added or facts.rewritten or (note.klass == "trim" and facts.removed))


def _touched(numbers: Iterable[int], found: Diff) -> bool:
    """Whether one of the paragraphs, counted as notes do (from 1, from the end below 0), is new, rewritten, moved or gone."""
    new = {*found.added, *[n for _, n in found.rewritten], *[n for _, n in found.moved]}
    gone = set(found.removed)
    for number in numbers:
        if (number - 1 if number > 0 else len(found.new) + number) in new:
            return True
        if (number - 1 if number > 0 else len(found.old) + number) in gone:
            return True
    return False
