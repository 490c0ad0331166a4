"""What the index keeps of an article so that it can be sent again without its text, and the forms in which it is.

A killed article goes out as a tombstone: everything that identifies and dates it, nothing that says what stood in it. Nothing is taken
over that is not named here, so a property that a feed adds tomorrow is withheld with the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import orjson

from writethru.records import (
    Article,
    Changes,
    Claim,
    Link,
    Note,
    NumberChange,
    Ordinals,
    ParagraphChange,
    Provenance,
    Second,
    StoryPlace,
    Wire,
    millis,
)
from writethru.stories import copies, pieces
from writethru.stories.chain import Role, Version
from writethru.stories.headlines import is_wording

KEPT = ("firstCreated", "versionCreated", "contentCreated", "embargoedUntil", "slugline", "altIds")
"""Properties of the item itself; with `KEPT_KIN` all that a redacted article carries, besides uri, version and pubStatus."""
KEPT_KIN = ("type", "language", "standard")
"""The same for thousands of articles of one feed: kept once."""


# --- keeping --------------------------------------------------------------------------------------------------------------


def pack(article: Article) -> tuple[bytes, bytes]:
    """(what is the article's own, what it shares with its feed): JSON arrays, some 250 bytes the first. Headlines that the article names
    are left out: it may name them to have them killed."""
    item, wire, origin = article.article, article.wire, article.provenance
    get = item.get
    ordinals = wire.ordinals
    notes = [[n.verb, n.klass, n.mechanics, n.paragraphs, n.field, n.span] for n in wire.notes]
    part = pieces.piece(article)
    own = packed(
        [
            {name: item[name] for name in KEPT if name in item},
            wire.complete,
            wire.digest,
            [ref for ref in wire.replaces if not is_wording(ref)],
            [ref for ref in wire.kill_targets if not is_wording(ref)],
            wire.embargo,
            None if ordinals == _NO_ORDINALS else ordinals,
            notes,
            origin.page_date,
            origin.offset,
            origin.timestamp,
            origin.received,
            origin.sha256,
            *([list(part)] if part is not None else []),
        ]
    )
    shared = packed(
        [
            [get(name) for name in KEPT_KIN],
            wire.agency,
            origin.format,
            origin.topic,
            origin.partition,
            origin.encoding,
            origin.warnings,
            origin.pipeline,
        ]
    )
    return own, shared


_NO_ORDINALS = Ordinals()


_MEMBERS = 13


def piece(version: Version) -> pieces.Piece | None:
    """What part of its story's text the version is; None where it is none."""
    if version.role != "part" and not version.meta.endswith(b"]]"):  # nearly all: the last member is a digest, no list
        return None
    own = orjson.loads(version.meta)
    if len(own) > _MEMBERS:
        return pieces.Piece(*own[_MEMBERS])
    if own[1] is not False:
        return None
    # Of a build that kept the number alone.
    number = own[6] and own[6]["take"]
    if number:
        return pieces.Piece("take", "add", number + 1)
    return pieces.Piece("other", "part" if version.ordinal is None else "lead")


def role_of_text(version: Version) -> Role:
    """What copy is to its chain by its marks alone."""
    part = piece(version)
    return "part" if part is not None and part.kind != "first" else "whole"


def slugline(version: Version) -> str:
    """As the article printed it, marks and all."""
    return str(orjson.loads(version.meta)[0].get("slugline") or "")


def embargo(own: Sequence[Any]) -> str | None:
    """The embargo among the members that `pack` makes of the article's own."""
    until: str | None = own[5]
    return until


def embargoed_until(version: Version) -> int:
    """When the embargo that the version names ends, in ms; 0 where it names none."""
    until = embargo(orjson.loads(version.meta))
    return millis(until) if until else 0


def packed(members: Any) -> bytes:
    """JSON that is kept."""
    # orjson leaves its result in the 4 KB it wrote it to; what is kept a week is copied to its size (measured: 4,089 bytes for 260).
    return memoryview(orjson.dumps(members)).tobytes()


def pack_place(place: StoryPlace) -> bytes | None:
    """The place as JSON; None for a chain's opening, which is most of them and says nothing that the version does not."""
    if place == _opening(place.id, place.action):
        return None
    return packed(
        [
            None, place.position, place.action, place.supersedes, place.previous, place.gap, place.link.rule, place.link.score,
            place.changes and _members(place.changes), place.late, place.duplicate, place.link.terms,
            place.link.second and [place.link.second.story, place.link.second.score], place.parts,
        ]
    )  # fmt: skip


def _members(changes: Changes) -> list[Any]:
    counts = [
        changes.headline, changes.added, changes.removed, changes.kept, changes.moved, changes.rewritten, changes.lede, changes.byline,
    ]  # fmt: skip
    if not (changes.paragraphs or changes.numbers or changes.claims):
        return counts
    return [
        *counts,
        [[one.kind, one.paragraph, one.was, one.text] for one in changes.paragraphs],
        [[one.old, one.new, one.about, one.paragraph] for one in changes.numbers],
        [[one.verb, one.target, one.found] for one in changes.claims],
    ]


def _changes(members: list[Any]) -> Changes:
    counts = Changes(*members[:_COUNTS])
    if len(members) <= _COUNTS:
        return counts
    paragraphs, numbers, claims = members[_COUNTS:]
    return replace(
        counts,
        paragraphs=tuple([ParagraphChange(*one) for one in paragraphs]),
        numbers=tuple([NumberChange(*one) for one in numbers]),
        claims=tuple([Claim(*one) for one in claims]),
    )


_COUNTS = 8


def bare(place: StoryPlace) -> StoryPlace:
    """The place without a word of what the article tells."""
    return replace(uncompared(place), link=Link(place.link.rule, place.link.score), parts=())


def uncompared(place: StoryPlace) -> StoryPlace:
    """The place with no more of its changes than their counts."""
    changes = place.changes
    return place if changes is None else replace(place, changes=Changes(*_members(changes)[:_COUNTS]))


OPENS = Link("opens", 1.0)


def _opening(story: str, action: Any) -> StoryPlace:
    return StoryPlace(story, 1, action, None, None, 0, OPENS, None)


def stored_place(version: Version) -> StoryPlace:
    """The place as it was emitted last, under the story's id of that time."""
    if version.place is None:
        return _opening(version.story.id, version.act)
    # A place that a build before 0.2 kept ends at `duplicate`.
    story, position, action, supersedes, previous, gap, rule, score, changed, late, duplicate, *more = orjson.loads(version.place)
    terms, second, parts = more or ((), None, ())
    return StoryPlace(
        id=story or version.story.id,
        position=position,
        action=action,
        supersedes=supersedes,
        previous=previous,
        gap=gap,
        link=Link(rule, score, tuple(terms), second and Second(*second)),
        changes=_changes(changed) if changed else None,
        late=late,
        duplicate=duplicate,
        parts=tuple(parts),
    )


def pin_place(version: Version) -> None:
    """Keeps the story id that the version was emitted with, before the version moves to another story."""
    place = stored_place(version)
    members = [None, 1, place.action, None, None, 0, OPENS.rule, OPENS.score, None, False, False, (), None, ()]
    if version.place is not None:
        members = orjson.loads(version.place)
    members[0] = place.id
    version.place = packed(members)


def bare_place(version: Version) -> None:
    """From now on nothing of what the version tells is kept with its place."""
    if version.place is not None:
        members = orjson.loads(version.place)
        members[8] = members[8] and members[8][:_COUNTS]
        version.place = packed([*members[:11], (), None, ()])


def unpin_place(version: Version) -> None:
    """From now on the place is in the story that the version has now."""
    if version.place is not None:
        members = orjson.loads(version.place)
        members[0] = None
        version.place = packed(members)


# --- sending again --------------------------------------------------------------------------------------------------------


def without_text(version: Version, place: StoryPlace) -> Article:
    """The article as it stands in its chain, without headline, body and every other text: a tombstone where it was killed."""
    (
        kept, complete, digest, replaces, targets, embargo, ordinals, notes, page_date, offset, timestamp, received, sha256, *_,
    ) = orjson.loads(version.meta)  # fmt: skip
    kin, agency, format_, topic, partition, encoding, warnings, pipeline = orjson.loads(version.kin)
    item: dict[str, Any] = {"uri": version.uri}
    item.update((name, value) for name, value in zip(KEPT_KIN, kin, strict=True) if value is not None)
    if version.version is not None:
        item["version"] = version.version
    item.update(kept)
    item["pubStatus"] = version.shown
    return Article(
        id=version.id,
        rev=version.rev,
        article=item,
        wire=Wire(
            agency=agency,
            action=version.action,
            ordinal=version.ordinal,
            ordinals=Ordinals(**ordinals) if ordinals else _NO_ORDINALS,
            complete=complete,
            digest=digest,
            replaces=tuple(replaces),
            kill_targets=tuple(targets),
            embargo=embargo,
            notes=tuple(
                [Note(verb, klass, mech, (), tuple(paras), "", field, tuple(span)) for verb, klass, mech, paras, field, span in notes]
            ),
        ),
        story=place if version.shown == "usable" else bare(place),
        thread=None,
        provenance=Provenance(
            id=version.id,
            format=format_,
            topic=topic,
            partition=partition,
            offset=offset,
            timestamp=timestamp,
            received=received,
            sha256=sha256,
            encoding=encoding,
            page_date=page_date,
            warnings=tuple(warnings),
            pipeline=pipeline,
        ),
    )


def resent(version: Version) -> Article:
    """A member as it stands now: emptied where it is killed or held; usable again with the text that was kept while it was held, or with
    its headline alone where it was superseded before."""
    article = without_text(version, stored_place(version))
    if version.shown != "usable":
        return article
    kept = copies.item(version)
    if kept is not None:
        return replace(article, article={**kept, "pubStatus": "usable"})
    if version.headline and version.role != "control":
        article.article["headlines"] = [{"value": version.headline}]
    return article


def as_control(article: Article, version: Version, place: StoryPlace) -> Article:
    """A kill or hold itself: without the copy it came with, with its note and its marks, which say why."""
    bare = without_text(version, place)
    note = article.article.get("edNote")
    if note is not None and not (_by_status(article.wire) and _holds(note, article.body)):
        bare.article["edNote"] = note
    return replace(bare, wire=_without_copy(article.wire), provenance=article.provenance, payload=article.payload)


def _without_copy(wire: Wire) -> Wire:
    """The marks, those that were read from the copy without its words: field, span and rule still say where they stood."""
    return replace(
        wire,
        notes=tuple([note if _speaks(note.field) else replace(note, text="", targets=()) for note in wire.notes]),
        evidence=tuple([one if _speaks(one.field) else replace(one, text="") for one in wire.evidence]),
        dateline=None,
        blocks=(),
        digest_items=(),
        conflicts=(),
    )


def _speaks(field: str) -> bool:
    """Whether a field speaks of the article instead of telling what it tells. `signals[2]` is `signals`, `notepad.public` `notepad`."""
    return _FIELD.split(field, maxsplit=1)[0].casefold() in _SPEAKING


_FIELD = re.compile(r"[\[.]")
_SPEAKING = frozenset("status signals signal genres links urgency ednote ednotes notepad slug uri providers embargoed".split())


def _by_status(wire: Wire) -> bool:
    return any(one.field == "status" and one.rule == "status" for one in wire.evidence)


def _holds(note: str, body: str) -> bool:
    words = " ".join(body.split())
    return bool(words) and words in " ".join(note.split())


def as_it_came(article: Article, version: Version, place: StoryPlace) -> Article:
    item = article.article
    if version.role != "control" and item.get("pubStatus") == "withheld":  # a hold that was lifted before it came
        item = {**item, "pubStatus": "usable"}
    return Article(article.id, version.rev, item, article.wire, place, article.thread, article.provenance, article.payload)
