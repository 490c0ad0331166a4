"""What is found in one item, field by field: marks, notes, blocks, and what rests on them. Nothing is decided here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import tzinfo
from functools import lru_cache, partial
from typing import NamedTuple

from writethru.records import Block, DigestItem, Evidence, Feed, Item, ItemNote, Note, RawMessage
from writethru.wire import agencies, blocks, notes, times
from writethru.wire.agencies import Agency
from writethru.wire.blocks import credits, restrictions
from writethru.wire.blocks.pieces import Pieces
from writethru.wire.marks import KILL, ROUNDUP, Mark, headline, signals, slugs, withdrawal
from writethru.wire.reconcile import reconcile
from writethru.wire.text import Field, safe, unbroken

_COPIED = frozenset({"text", "anpa-1312"})
"""Formats whose items may be their body alone: headline and slug are to be found in it. ANPA tells its headline by framing signs, which
get lost on the way."""
_SHORT = 100
"""Characters; longer slugs are not remembered."""
_SHORT_NOTE = 300
"""Characters; longer notes are not remembered."""


@dataclass(slots=True)
class Reading:
    """What was found so far. `editorial` is what the envelope says to editors, `copied` what stood in the copy for them; `restrictions`
    what the item says of its use; `advances` (field, start, end) of slug sections that hold an advance's day."""

    item: Item
    message: RawMessage
    agency: Agency
    zone: tzinfo | None
    body: Field
    found: Pieces
    marks: list[Mark] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    editorial: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    restrictions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    headline: str = ""
    raw_headline: str = ""
    slug: str = ""
    digest: bool = False
    digest_items: list[DigestItem] = field(default_factory=list)
    note_fields: list[Field] = field(default_factory=list)
    advances: list[tuple[Field, int, int]] = field(default_factory=list)
    published: str | None = None
    """What `copy` told, once it was asked."""

    def copy(self) -> str:
        """The copy as it is published: a paragraph a line, parted by blank lines."""
        if self.published is None:
            clean = self.body.clean
            pieces = [clean[start:end] for start, end in self.found.paragraphs]
            self.published = "\n\n".join([unbroken(piece) if "\n" in piece else piece for piece in pieces] if self.found.broken else pieces)
        return self.published


def read(item: Item, message: RawMessage, feed: Feed | None) -> Reading:
    """All that an item says, before anything is decided."""
    body = Field("body", item.body)
    keyed = _keyed(item)
    title = "" if keyed else item.headline.strip()
    found = blocks.read(body, bool(title) or not (keyed or item.format in _COPIED), title)
    reading = _of_agency(item, message, feed, body, found)
    if feed and feed.zone and times.zone(feed.zone) is None:
        reading.warnings.append("unknown_zone:feed")
    if body.unsafe:
        reading.warnings.append("unsafe_characters:body")
    _headline(reading)
    _slug(reading)
    if reading.digest:
        _stories(reading)
    else:
        reading.marks += [Mark(body.evidence(*where, "mark_line"), kind, number) for where, kind, number in found.marks]
        for note in found.notes:
            _note(reading, body, note)
    _blocks(reading)
    _envelope(reading)
    return reading


def _of_agency(item: Item, message: RawMessage, feed: Feed | None, body: Field, found: Pieces) -> Reading:
    signed = None
    for line in found.datelines:
        if line.signature:
            signed = body.evidence(*line.signature, "dateline")
            break
    titled = None
    if found.digest:
        titled = body.evidence(*found.headline, "digest_title") if found.headline else _whole("headline", item.headline, "digest_title")
    credited = None if item.providers or signed or titled else credits.read(body, found) or credits.of_field("byline", item.byline)
    agency, known_by = agencies.resolve(item, message, feed, signed, titled, credited)
    reading = Reading(item, message, agency, _zone(feed, agency), body, found, warnings=list(item.warnings))
    if known_by:
        reading.evidence.append(known_by)
    return reading


def _whole(name: str, text: str, rule: str) -> Evidence:
    text = safe(text)
    return Evidence(name, (0, len(text)), text, rule)


def _zone(feed: Feed | None, agency: Agency) -> tzinfo | None:
    if feed and feed.zone and (zone := times.zone(feed.zone)):
        return zone
    return times.zone(agency.zone) if agency.zone else None


def _headline(reading: Reading) -> None:
    """Reads the headline, of the envelope or, where it has none, of the copy; and whether the document is a digest."""
    item, body, found = reading.item, reading.body, reading.found
    reading.digest = found.digest
    head = Field("headline", item.headline) if item.headline.strip() and not _keyed(item) else None
    title, where = (head, (0, len(head.text))) if head else (body, found.headline)
    if where:
        read = headline.read(title, *where, reading.agency, lambda words: not withdrawal.doubted(words) or _withdrawn(reading, words))
        reading.headline = title.line(read.start, read.end)
        reading.raw_headline = title.line(*where)
        if title.unsafe and head:
            reading.warnings.append("unsafe_characters:headline")
        reading.digest = reading.digest or agencies.table().digest(reading.headline) is not None
        if not reading.digest:
            reading.marks += read.marks
            for first, last in read.notes:
                _note(reading, title, notes.bracketed(title.text, first, last))
    if reading.digest:
        span = where or (0, min(len(body.text), 80))
        reading.marks.append(Mark(title.evidence(*span, "digest"), ROUNDUP._replace(counter=None, complete=None)))


def _withdrawn(reading: Reading, words: str) -> bool:
    """Whether the item agrees with words of its headline or slug that withdraw."""
    clean = reading.body.clean
    said = [note.text for note in reading.item.notes] + [clean[start:end] for start, end in reading.found.editorial]
    return withdrawal.supported(words, reading.copy(), said, reading.agency, bool(reading.found.datelines))


def _keyed(item: Item) -> bool:
    """Whether a keyword line stands where the envelope's headline does: the headline is to be found in the copy then."""
    return slugs.is_title(item.headline.strip()) and not item.slug.strip()


def _slug(reading: Reading) -> None:
    slug, agency = reading.item.slug, reading.agency
    given = slug.strip() != ""
    if given:
        field, cut = _catchword(slug, agency) if len(slug) <= _SHORT else _catchword.__wrapped__(slug, agency)
        _slug_line(reading, field, (0, len(field.text)), cut, True)
    elif _keyed(reading.item):
        given = True
        field = Field("headline", reading.item.headline)
        _slug_line(reading, field, (0, len(field.text)), slugs.read(field, 0, len(field.text), agency), True)
    if where := reading.found.slug:
        _slug_line(reading, reading.body, where, slugs.read(reading.body, *where, agency), not given)
    if not reading.slug and slugs.CYCLE.match(reading.headline) and any([mark.kind.action == "kill" for mark in reading.marks]):
        reading.slug = reading.headline  # `MANDATORY KILL: BC-Harbor Bridge`


@lru_cache(maxsize=4096)
def _catchword(slug: str, agency: Agency) -> tuple[Field, slugs.Slug]:
    """The envelope's slug, read: a story's versions have the same."""
    field = Field("slug", slug)
    return field, slugs.read(field, 0, len(field.text), agency)


def _slug_line(reading: Reading, field: Field, where: tuple[int, int], cut: slugs.Slug, sole: bool) -> None:
    """Notes one slug line. `sole`: it is the item's slug, not the same once more in the copy of an item whose envelope has one."""
    start, end = where
    kept = _without_kills(reading, cut.marks)
    if len(kept) < len(cut.marks):
        cut = cut._replace(start=start, end=end, marks=kept)
    if sole:
        reading.slug = field.line(cut.start, cut.end)
    if not reading.digest:
        reading.marks += cut.marks
        if (cut.start, cut.end) != field.trim(start, end) or not sole:
            reading.evidence.append(field.evidence(start, end, "slug"))
        if cut.advance:
            reading.advances.append((field, *cut.advance))


def _without_kills(reading: Reading, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """`marks` without those that withdraw where the item does not agree with them."""
    if not any([mark.kind.action == "kill" for mark in marks]):
        return marks
    return tuple([mark for mark in marks if mark.kind.action != "kill" or _withdrawn(reading, mark.evidence.text)])


def _note(reading: Reading, where: Field, note: notes.Found) -> None:
    read, marks = notes.read(where, note)
    reading.notes += read
    reading.marks += marks


def _stories(reading: Reading) -> None:
    """The stories of a digest, each by its own headline and note; the document itself has no version."""
    body = reading.body
    for section in reading.found.sections:
        agrees = partial(withdrawal.supported, copy=body.text[slice(*section.span)], notes=(), agency=reading.agency)
        read = headline.read(body, *section.headline, reading.agency, agrees)
        marks = list(read.marks)
        said: tuple[Note, ...] = ()
        if section.note:
            said, more = notes.read(body, section.note)
            marks += more
        verdict = reconcile(marks, [])
        reading.digest_items.append(
            DigestItem(body.line(read.start, read.end), verdict.action, verdict.ordinal, said, body.span(*section.span))
        )


def _blocks(reading: Reading) -> None:
    """The pieces of the copy that are no copy, in their order, and what of them is for editors or binds the use of the whole."""
    body, found = reading.body, reading.found
    kinds = {kind for _, _, kind in found.taken}
    pictured = _captioned(found) if "restriction" in kinds else frozenset()
    for start, end, kind in sorted(found.taken):
        block = body.block(start, end, kind)
        reading.blocks.append(block)
        if kind == "restriction" and start not in pictured:
            reading.restrictions.append(body.line(start, end))
    reading.blocks += [Block("table", safe(text), f"tables[{at}]", (0, len(text))) for at, text in enumerate(reading.item.tables)]
    reading.copied = [body.clean[start:end].strip() for start, end in found.editorial]


def _captioned(found: Pieces) -> frozenset[int]:
    """Where the restrictions begin that stand in a caption: they bind the picture, not the text."""
    out: set[int] = set()
    last: tuple[int, int, str] | None = None
    for start, end, kind in sorted(found.taken):
        if kind == "restriction" and last and last[2] in ("caption", "restriction", "credit") and start - last[1] <= 1:
            out.add(start)
        last = start, end, kind
    return frozenset(out)


class _Noted(NamedTuple):
    """A note of the envelope, read: what it says to editors, None where it holds codes; `bound` is the range of a restriction."""

    field: Field
    marks: tuple[Mark, ...]
    notes: tuple[Note, ...] = ()
    editorial: str | None = None
    bound: tuple[int, int] | None = None


@lru_cache(maxsize=4096)
def _noted(note: ItemNote, agency: Agency) -> _Noted:
    """Reads a note of the envelope. A desk's contacts, sign-offs and standing words come again with each of its stories."""
    held = Field(note.field, note.text)
    if note.field.endswith("take_key"):
        return _Noted(held, slugs.take_key(held, agency))
    said, marks = notes.of_item(held, note)
    return _Noted(held, marks, said, held.clean.strip(), restrictions.of_note(held.text))


def _envelope(reading: Reading) -> None:
    """Reads the notes and codes the envelope carries."""
    agency = reading.agency
    for note in reading.item.notes:
        read = _noted(note, agency) if len(note.text) <= _SHORT_NOTE else _noted.__wrapped__(note, agency)
        held = read.field
        if held.unsafe:
            reading.warnings.append(f"unsafe_characters:{note.field}")
        if read.editorial is None:
            reading.marks += _without_kills(reading, read.marks)
            continue
        reading.marks += read.marks
        reading.notes += read.notes
        reading.note_fields.append(held)
        reading.editorial.append(read.editorial)
        if read.bound:
            reading.blocks.append(held.block(*read.bound, "restriction"))
            reading.restrictions.append(held.line(*read.bound))
    reading.marks += signals.read(reading.item, reading.agency, reading.warnings)
    if (cancelled := signals.cancelled(reading.item)) and withdrawal.orders(reading.copy()):
        reading.marks += cancelled
    if not any([mark.kind.action == "kill" for mark in reading.marks]):
        _ordered(reading)


def _ordered(reading: Reading) -> None:
    """Notes the kill that a bare order makes of an item without any mark: all of its copy, or its note where there is no copy. With copy
    below it the note may be the substitute's."""
    if reading.found.paragraphs:
        if withdrawal.order(reading.copy()):
            reading.marks.append(Mark(reading.body.evidence(*reading.found.paragraphs[0], "kill_order"), KILL))
        return
    said = [(held, 0, len(held.text)) for held in reading.note_fields] + [(reading.body, *where) for where in reading.found.editorial]
    for held, start, end in said:
        start, end = held.trim(start, end)
        if withdrawal.order(held.clean[start:end]):
            reading.marks.append(Mark(held.evidence(start, end, "kill_order"), KILL))
