"""What an article says of the place of its text in its story's: a take, an add, an insert, a substitute, a bare lead. Pure.

Slugs name the part (`1st Add`, `Insert`), notes the place (`INSERTS after 4th graf pvs, `Although final...'; picks up 5th`). A first take
(`2 Takes`) is a whole version that goes on in others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from writethru.records import Article, Note
from writethru.wire.notes.verbs import FORMS

Kind = Literal["first", "take", "insert", "sub", "lead", "other"]

MOST = 40
"""The highest number of a take believed, as of other ordinals."""

_SUBS = frozenset(
    "sub substitute replace ersetzt remplace substitui substituye reemplaza sostituisce vervangt ersätter erstatter korvaa".split()
)
_INSERTS = frozenset({"insert", "inserisce"})
_ADDS = frozenset({"add", "append", "ajoute", "añade", "agrega", "aggiunge", "ergänzt", "acrescenta"})
_TOTAL = re.compile(r"(\d{1,2}) Takes", re.IGNORECASE)
_QUOTED = re.compile(
    r"``(?P<a>[^`]*?)(?:''|$)|`(?P<b>[^`]*?)(?:'(?!\w)|$)|“(?P<c>[^”]*)|\"(?P<d>[^\"]*)|„(?P<e>[^“]*)|«(?P<f>[^»]*)|"
    r"(?<!\w)'(?P<g>[^\n]*?)(?:'(?!\w)|$)"
)
_SAID = re.compile(r":\s+(?=\w)(?P<words>.*)", re.DOTALL)
_PURPOSE = re.compile(r",?\s+to\s+[A-Z]{3,}\b|\s+with\s+\d")
_BEHIND = re.compile(r"\b(?:after|following|below|behind|between|nach|hinter|après|tras|después|dopo|efter|etter|na)\b", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|above|ahead\sof|vor|avant|antes|prima|voor|före|før)\b", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\b", re.IGNORECASE)
_NTH = r"(\d{1,2})(?:st|nd|rd|th|d)\b"
_PREVIOUS = re.compile(rf"\b{_NTH}\s+(?:pvs|previous)\b|\b(?:pvs|previous|at|in)\s+{_NTH}")
"""`pick up 3rd pvs`, `picks up at 4th`: a paragraph without the word."""
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
_GAP = re.compile(r"\.\.+|\u2026")


class Anchor(NamedTuple):
    """A place in the text before: paragraphs as a note counts them (from 1, from the end below 0), and the words, folded, that the first
    of them begins with; what stood behind an ellipsis follows in a further tuple."""

    numbers: tuple[int, ...]
    words: tuple[tuple[str, ...], ...] = ()


class Place(NamedTuple):
    """Where a part goes: `at` what an insert or substitute names, `before` whether the insert goes before it, `pickup` the paragraph with
    which the text before goes on. It holds words of the story."""

    at: tuple[Anchor, ...] = ()
    before: bool = False
    pickup: Anchor | None = None


class Piece(NamedTuple):
    """`other` is a part without a place. `printed` is what the trade calls it, `slot` the take (the first add is the second), `total` how
    many takes the slug announces. No word of the story is in it."""

    kind: Kind
    printed: str = "part"
    slot: int | None = None
    total: int | None = None

    def name(self, ordinal: int | None) -> str:
        """`take 2`, `add 1`, `lead 3`, `insert`; `ordinal` is the article's."""
        number = ordinal if self.printed == "lead" else self.slot
        if number is None:
            return self.printed
        return f"{self.printed} {number - 1 if self.printed == 'add' else number}"


def piece(article: Article) -> Piece | None:
    """What part of its story's text the article is; None where it is the whole of it."""
    wire = article.wire
    number = wire.ordinals.take
    if wire.complete is not False and (number is None or wire.complete):
        return None
    texts = {one.rule: one.text for one in wire.evidence}
    if number is not None:
        adds = any(one.rule in ("slug_add", "mark_line") and "add" in one.text.casefold() for one in wire.evidence)
        slot = number + 1 if adds else number
        printed = "add" if adds else "take"
        if slot > MOST:
            return Piece("other", printed)
        return Piece("first" if slot == 1 else "take", printed, slot, _total(texts))
    if _opens_takes(article, texts):
        return Piece("first", "take", 1, _total(texts))
    kind = _kind(article, texts.get("slug_piece", "").casefold())
    return Piece(kind if kind != "other" and _place(wire.notes, kind) else "other", _PRINTED[kind])


def place(article: Article, part: Piece) -> Place | None:
    """Where its note says that a part goes; None where that is told by its number, or not at all."""
    return _place(article.wire.notes, part.kind) if part.kind in ("insert", "sub", "lead") else None


_PRINTED: dict[Kind, str] = {"insert": "insert", "sub": "substitute", "lead": "lead", "other": "part"}


def _opens_takes(article: Article, texts: dict[str, str]) -> bool:
    """Whether the slug announces takes and the article is the first of them: not a bare lead that is too long for one."""
    bare = "slug_ordinal" in texts and "write" not in texts["slug_ordinal"].casefold()
    return "slug_takes" in texts and not bare and not any(_picks_up(note) for note in article.wire.notes)


def _kind(article: Article, named: str) -> Kind:
    """`named` is what the slug calls it."""
    notes = article.wire.notes
    said = {_lemma(note) for note in notes}
    if said & _SUBS or ("sub" in named and not said & _INSERTS):
        return "sub"
    picked = any(_picks_up(note) for note in notes)
    if said & _INSERTS or "ins" in named or (said & _ADDS and not picked and article.wire.ordinal is None):
        return "insert"
    return "lead" if picked or article.wire.ordinal is not None else "other"


def _place(notes: Sequence[Note], kind: Kind) -> Place | None:
    pickups = [anchor for note in notes if _picks_up(note) and (anchor := _anchor(note))]
    at: list[Anchor] = []
    before = False
    for note in notes:
        lemma = _lemma(note)
        anchor = _anchor(note) if lemma else None
        if anchor is None:
            continue
        if kind == "sub" and lemma in _SUBS:
            at.append(anchor)
        elif kind == "insert" and lemma in _INSERTS | _ADDS:
            said = _unquoted(note.text)
            if _BETWEEN.search(said):
                at.append(anchor._replace(numbers=anchor.numbers[:1]))
            elif _BEHIND.search(said) or _BEFORE.search(said):
                at.append(anchor)
                before = _BEHIND.search(said) is None
    if len(pickups) > 1 or not (at or pickups) or (kind == "sub" and not at):
        return None
    return Place(tuple(at), before, pickups[0] if pickups else None)


def packed(where: Place) -> list[Any]:
    """As JSON has it."""
    return [[list(anchor) for anchor in where.at], where.before, where.pickup and list(where.pickup)]


def unpacked(members: Sequence[Any]) -> Place:
    at, before, pickup = members
    return Place(tuple([_read(one) for one in at]), before, pickup and _read(pickup))


def _read(members: Sequence[Any]) -> Anchor:
    numbers, words = members
    return Anchor(tuple(numbers), tuple([tuple(phrase) for phrase in words]))


def folded(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: small letters, without punctuation."""
    return tuple(_WORD.findall(text.casefold().replace("\u2019", "'")))


def _total(texts: dict[str, str]) -> int | None:
    found = _TOTAL.search(texts.get("slug_takes", ""))
    return int(found[1]) if found and int(found[1]) <= MOST else None


def _lemma(note: Note) -> str:
    known = FORMS.get(note.verb.upper())
    return known.lemma if known else ""


def _picks_up(note: Note) -> bool:
    return "pick" in note.verb.casefold() and not note.verb.casefold().startswith("no")


def _anchor(note: Note) -> Anchor | None:
    quoted = _QUOTED.search(note.text)
    if quoted:
        said = quoted[quoted.lastgroup or 0]
    else:
        found = _SAID.search(note.text)
        said = _PURPOSE.split(found["words"], maxsplit=1)[0] if found else ""
    words = tuple([phrase for part in _GAP.split(said) if (phrase := folded(part))])
    numbers = note.paragraphs
    if not numbers and (counted := _PREVIOUS.search(_unquoted(note.text))):
        numbers = (int(next(number for number in counted.groups() if number)),)
    return Anchor(numbers, words) if numbers or words else None


def _unquoted(text: str) -> str:
    return _QUOTED.sub(" ", text).split(":", 1)[0]
