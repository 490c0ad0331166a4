"""An item to an enriched article: every block read, every mark collected, then one verdict."""

from __future__ import annotations

from writethru.records import Article, Feed, Item, ParseError, Provenance, RawMessage, Wire
from writethru.wire import article, filed, held, itemtime, published, times
from writethru.wire import reading as readings
from writethru.wire.marks import named as targeted
from writethru.wire.marks import withdrawal
from writethru.wire.reading import Reading
from writethru.wire.reconcile import reconcile
from writethru.wire.text import safe

_COPY = ("headline", "body")


def normalise(
    item: Item, message: RawMessage, *, article_id: str, sha256: str, received: str, pipeline: str, feed: Feed | None = None
) -> Article:
    """The enriched article of `item`, story and thread still None. `received` is RFC 3339.

    What the copy does not say stays absent; what is not understood passes through. Raises `ParseError` (`invalid`) for an item that
    holds nothing at all.
    """
    if not (item.headline.strip() or item.body.strip() or item.uri or item.slug.strip() or item.notes or item.extra or item.status):
        raise ParseError("invalid", "neither text nor id nor status")
    reading = readings.read(item, message, feed)
    first = times.read("first_created", item.first_created, reading.zone, reading.warnings)
    version = itemtime.version_created(reading)
    until, disputed = held.until(reading, version)
    verdict = reconcile(reading.marks, reading.warnings)
    killed = verdict.action == "kill"
    named = _held(reading, verdict.action)
    worded = bool(named) or (killed and withdrawal.worded(reading.marks, reading.copy(), bool(reading.found.datelines)))
    located = filed.read(reading, version)
    fields = published.properties(reading, verdict, worded, located)
    fields |= {"firstCreated": first, "versionCreated": version, "embargoedUntil": until, "places": filed.entries(located, item.places)}
    if killed:
        reading.blocks = [block for block in reading.blocks if block.kind != "table"]
    if killed and not worded:
        _silence(reading)
        located = None
        fields["places"], fields["located"] = [], None
    names = [field.text for field in reading.note_fields] + reading.copied if killed else []
    if killed and any(mark.kind.action == "kill" and mark.evidence.field in _COPY for mark in reading.marks):
        names += [reading.raw_headline, reading.body.text]
    built = article.build(item, fields, reading.agency.id, article_id, reading.warnings)
    wire = Wire(
        agency=reading.agency.id,
        action=verdict.action,
        ordinal=verdict.ordinal,
        ordinals=verdict.ordinals,
        complete=verdict.complete,
        digest=reading.digest,
        replaces=verdict.replaces,
        kill_targets=targeted.targets(names, verdict.replaces) if killed else named,
        embargo=until,
        notes=tuple(reading.notes),
        evidence=tuple(reading.evidence + [mark.evidence for mark in reading.marks]),
        dateline=located,
        blocks=tuple(reading.blocks),
        digest_items=tuple(reading.digest_items),
        conflicts=verdict.conflicts + disputed,
    )
    provenance = Provenance(
        id=article_id,
        format=item.format,
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        timestamp=message.timestamp,
        received=received,
        sha256=sha256,
        encoding=item.encoding,
        page_date=reading.found.page_date,
        warnings=tuple(dict.fromkeys([safe(warning) for warning in reading.warnings])),
        pipeline=pipeline,
    )
    return Article(article_id, 1, built, wire, None, None, provenance, message)


def _held(reading: Reading, action: str) -> tuple[str, ...]:
    """What the copy of a hold or release names where it orders one: it is the order then, and no copy that is held."""
    if action not in ("withhold", "release"):
        return ()
    ordered = any(mark.kind.action == action and mark.evidence.field in _COPY for mark in reading.marks)
    return targeted.held(reading.copy()) if ordered else ()


def _silence(reading: Reading) -> None:
    """Takes the killed words out of what is told of a killed item: of copy and headline, the marks alone stay."""
    reading.notes = [note for note in reading.notes if note.field not in _COPY]
    reading.evidence = [one for one in reading.evidence if one.field not in _COPY]
    reading.marks = [
        mark
        for mark in reading.marks
        if mark.evidence.field not in _COPY or mark.evidence.rule.startswith(("headline_", "slug_", "mark_line"))
    ]
    reading.blocks = [block for block in reading.blocks if block.field not in _COPY]
    reading.digest_items = []
