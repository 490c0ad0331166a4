"""An item to an enriched article: every block read, every mark collected, then one verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any

from writethru.records import Article, Evidence, Feed, Item, Note, ParseError, Provenance, RawMessage, Wire
from writethru.wire import (
    agencies,
    article,
    blocks,
    bylines,
    dateline,
    embargo,
    headline,
    language,
    notes,
    signals,
    slugs,
    times,
    trailers,
    withdrawal,
)
from writethru.wire.agencies import Agency
from writethru.wire.marks import LEAD, NET, ROUNDUP, WITHHOLD, Mark
from writethru.wire.reconcile import Verdict, kill_targets, reconcile
from writethru.wire.text import Field, safe, tidy
from writethru.wire.vocabulary import LINES

_COPY = ("headline", "body")
_PLAIN = "text"
"""The format whose item is its body: headline and slug are to be found in it."""


@dataclass(slots=True)
class _Reading:
    """What was found so far."""

    item: Item
    message: RawMessage
    agency: Agency
    zone: tzinfo | None
    marks: list[Mark] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    editorial: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    """What stood in the copy for editors only; `editorial` is the envelope's."""
    warnings: list[str] = field(default_factory=list)
    headline: str = ""
    raw_headline: str = ""
    slug: str = ""
    note_fields: list[Field] = field(default_factory=list)
    advances: list[tuple[Field, int, int]] = field(default_factory=list)


def normalise(
    item: Item, message: RawMessage, *, article_id: str, sha256: str, received: str, pipeline: str, feed: Feed | None = None
) -> Article:
    """The enriched article of `item`, story and thread still None. `received` is RFC 3339.

    What the copy does not say stays absent; what is not understood passes through. Raises `ParseError` (`invalid`) for an item that
    holds nothing at all.
    """
    if not (item.headline.strip() or item.body.strip() or item.uri or item.slug.strip() or item.notes or item.extra or item.status):
        raise ParseError("invalid", "neither text nor id nor status")
    body = Field("body", item.body)
    found = blocks.read(body, item.format != _PLAIN or bool(item.headline.strip()))
    signature = next((line.signature for line in found.datelines if line.signature), None)
    signed = body.evidence(*signature, "dateline") if signature else None
    titled = None
    if (body.line(*found.headline) if found.headline else item.headline).casefold() in agencies.table().by_digest:
        titled = body.evidence(*found.headline, "digest_title") if found.headline else _whole("headline", item.headline, "digest_title")
    agency, known_by = agencies.resolve(item, message, feed, signed, titled)
    reading = _Reading(item, message, agency, _zone(feed, agency), warnings=list(item.warnings))
    if feed and feed.zone and times.zone(feed.zone) is None:
        reading.warnings.append("unknown_zone:feed")
    if known_by:
        reading.evidence.append(known_by)
    digest = _copy(reading, body, found)
    _envelope(reading)
    first = times.read("first_created", item.first_created, reading.zone, reading.warnings)
    version = _version_created(reading) or _transmitted(reading, body, found)
    until = _embargo(reading, body, found, version)
    verdict = reconcile(reading.marks, reading.warnings)
    worded = verdict.action == "kill" and withdrawal.worded(reading.marks, _text(body, found))
    published = _published(reading, body, found, verdict, worded)
    published |= {"firstCreated": first, "versionCreated": version, "embargoedUntil": until}
    killed = verdict.action == "kill"
    if killed and not worded:
        _silenced(reading)
    names = [field.text for field in reading.note_fields] if killed else []
    if killed and any(mark.kind.action == "kill" and mark.evidence.field in _COPY for mark in reading.marks):
        names += [reading.raw_headline, body.text]
    built = article.build(item, published, agency.id, article_id, reading.warnings)
    wire = Wire(
        agency=agency.id,
        action=verdict.action,
        ordinal=verdict.ordinal,
        ordinals=verdict.ordinals,
        complete=verdict.complete,
        digest=digest,
        replaces=verdict.replaces,
        kill_targets=kill_targets(names, verdict.replaces) if killed else (),
        embargo=until,
        notes=tuple(reading.notes),
        evidence=tuple(reading.evidence + [mark.evidence for mark in reading.marks]),
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
        page_date=found.page_date,
        warnings=tuple(dict.fromkeys(safe(warning) for warning in reading.warnings)),
        pipeline=pipeline,
    )
    return Article(article_id, 1, built, wire, None, None, provenance, message)


def _whole(name: str, text: str, rule: str) -> Evidence:
    text = safe(text)
    return Evidence(name, (0, len(text)), text, rule)


def _zone(feed: Feed | None, agency: Agency) -> tzinfo | None:
    for name in (feed.zone if feed else None, agency.zone):
        zone = times.zone(name) if name else None
        if zone:
            return zone
    return None


def _copy(reading: _Reading, body: Field, found: blocks.Blocks) -> bool:
    """Reads headline, slug, lines and notes; whether the document is a digest."""
    item, agency = reading.item, reading.agency
    if body.unsafe:
        reading.warnings.append("unsafe_characters:body")
    head = Field("headline", item.headline) if item.headline.strip() else None
    title, where = (head, (0, len(head.text))) if head else (body, found.headline)
    if where:
        said = [note.text for note in item.notes]
        read = headline.read(title, *where, agency, lambda: withdrawal.supported(_text(body, found), said))
        reading.headline = title.line(read.start, read.end)
        reading.raw_headline = title.line(*where)
        if title.unsafe and head:
            reading.warnings.append("unsafe_characters:headline")
        digest = found.digest or reading.headline.casefold() in agencies.table().by_digest
        if not digest:
            reading.marks += read.marks
            if read.note:
                _note(reading, title, notes.Found(*read.note, read.note[0] + 1, read.note[1] - 1, False))
    else:
        digest = found.digest
    slug = Field("slug", item.slug) if item.slug.strip() else None
    line, place = (slug, (0, len(slug.text))) if slug else (body, found.slug)
    if place:
        cut = slugs.read(line, *place, agency)
        reading.slug = line.line(cut.start, cut.end)
        if not digest:
            reading.marks += cut.marks
            if (cut.start, cut.end) != line.trim(*place):
                reading.evidence.append(line.evidence(*place, "slug"))
            if cut.advance:
                reading.advances.append((line, *cut.advance))
    if digest:
        span = where or (0, min(len(body.text), 80))
        reading.marks.append(Mark(title.evidence(*span, "digest"), ROUNDUP._replace(counter=None, complete=None)))
    else:
        _lines(reading, body, found)
        for note in found.notes:
            _note(reading, body, note)
    reading.copied = [body.clean[start:end].strip() for start, end in found.editorial]
    reading.evidence += [body.evidence(start, end, rule) for start, end, rule in found.taken]
    reading.evidence += [
        body.evidence(line.start, line.end, "dateline") for line in found.datelines if not line.signature or item.providers
    ]
    reading.evidence += [body.evidence(start, end, "byline") for start, end in found.bylines]
    return digest


def _lines(reading: _Reading, body: Field, found: blocks.Blocks) -> None:
    for where, word, number in found.lines:
        if number is None:
            reading.marks.append(Mark(body.evidence(*where, "mark_line"), LINES[word]))
        else:
            reading.marks.append(Mark(body.evidence(*where, "mark_line"), NET if word == "NET" else LEAD, number))


def _note(reading: _Reading, where: Field, note: notes.Found) -> None:
    read, marks = notes.read(where, note)
    reading.notes += read
    reading.marks += marks


def _envelope(reading: _Reading) -> None:
    """Reads the notes and codes the envelope carries."""
    for note in reading.item.notes:
        held = Field(note.field, note.text)
        if held.unsafe:
            reading.warnings.append(f"unsafe_characters:{note.field}")
        if note.field.endswith("take_key"):
            reading.marks += slugs.take_key(held, reading.agency)
            continue
        read, marks = notes.of_item(held, note)
        reading.notes += read
        reading.marks += marks
        reading.note_fields.append(held)
        reading.editorial.append(held.clean.strip())
    reading.marks += signals.read(reading.item, reading.agency, reading.warnings)


def _version_created(reading: _Reading) -> str | None:
    """The agency's time of this version. Where an id is stamped with another one (dpa: two hours apart), the id's is the true one."""
    item = reading.item
    version = times.read("version_created", item.version_created, reading.zone, reading.warnings)
    stamped = times.stamped_id(tuple(entry.get("value", "") for entry in item.alt_ids)) if item.alt_ids else None
    if version and stamped and abs(times.instant(version) - stamped) > timedelta(minutes=30):
        reading.warnings.append(f"times_differ:version_created={version}")
        return times.rfc3339(stamped)
    return version


def _transmitted(reading: _Reading, body: Field, found: blocks.Blocks) -> str | None:
    """The time of the transmission trailer, which is the agency's only word on it in copy without an envelope."""
    for start, end, rule in found.taken:
        if rule == "trailer":
            stamp = trailers.stamp(body.text, start, end, reading.zone or timezone.utc)
            if stamp:
                reading.evidence.append(body.evidence(*body.trim(start, end, "<"), "trailer_time"))
                return stamp
    return None


def _embargo(reading: _Reading, body: Field, found: blocks.Blocks, version: str | None) -> str | None:
    """The time before which the item must not be published: of a field, else the latest that a note, line or slug names. Where an
    embargo is named and its time cannot be told, the item is withheld."""
    until = times.read("embargoed", reading.item.embargoed, reading.zone, reading.warnings)
    if until:
        reading.evidence.append(_whole("embargoed", reading.item.embargoed or "", "embargo"))
        return until
    held: list[tuple[Field, int, int, datetime | None]] = []
    near: datetime | None = None
    zone = reading.zone or timezone.utc
    places = [(one, 0, len(one.text)) for one in reading.note_fields] + [(body, *one) for one in found.editorial]
    for place, start, end in places:
        near = near or _near(reading, found, version, zone)
        said = embargo.worded(place.text[start:end], near, zone)
        if said:
            held.append((place, start + said[0], start + said[1], said[2]))
    for place, start, end in reading.advances:
        near = near or _near(reading, found, version, zone)
        held.append((place, start, end, embargo.advance(place.text[start:end], near, zone)))
    reading.evidence += [place.evidence(start, end, "embargo") for place, start, end, _ in held]
    stamps = [stamp for *_, stamp in held if stamp]
    words = [mark for mark in reading.marks if mark.evidence.rule == "embargo_word"]
    stamps += [
        said[2] for mark in words if (said := embargo.worded(mark.evidence.text, _near(reading, found, version, zone), zone)) and said[2]
    ]
    given = reading.item.embargoed or ""
    if not stamps and embargo.unreadable(given):
        reading.warnings.append("embargo_unresolved")
        reading.marks.append(Mark(_whole("embargoed", given, "embargo_unresolved"), WITHHOLD))
    elif not stamps and (held or words):
        reading.warnings.append("embargo_unresolved")
        why = words[0].evidence if words else held[0][0].evidence(held[0][1], held[0][2], "embargo_unresolved")
        reading.marks.append(Mark(why, WITHHOLD))
    if held and version is None:
        reading.warnings.append("embargo_read_without_item_time")
    return times.rfc3339(max(stamps)) if stamps else None


def _near(reading: _Reading, found: blocks.Blocks, version: str | None, zone: tzinfo) -> datetime:
    """The moment near which worded times lie: the item's, else the day of its dateline, else of its page, else of its arrival."""
    if version:
        return times.instant(version)
    arrived = datetime.fromtimestamp(max(0, min(reading.message.timestamp, 4102444800000)) / 1000, timezone.utc)
    day = date.fromisoformat(found.page_date) if found.page_date else arrived.date()
    for line in found.datelines:
        if line.date:
            year, month, number = line.date
            try:
                return datetime(year or day.year, month, number, tzinfo=zone)
            except ValueError:  # 30 February is in a dateline by misprint only
                break
    return datetime(day.year, day.month, day.day, tzinfo=zone) if found.page_date else arrived


def _text(body: Field, found: blocks.Blocks) -> str:
    return "\n\n".join([body.line(start, end) for start, end in found.paragraphs])


def _silenced(reading: _Reading) -> None:
    """Takes the killed words out of what is told of a killed item: of copy and headline, the marks alone stay."""
    reading.notes = [note for note in reading.notes if note.field not in _COPY]
    reading.evidence = [one for one in reading.evidence if one.field not in _COPY]
    reading.marks = [
        mark
        for mark in reading.marks
        if mark.evidence.field not in _COPY or mark.evidence.rule.startswith(("headline_", "slug_", "mark_line"))
    ]


def _published(reading: _Reading, body: Field, found: blocks.Blocks, verdict: Verdict, worded: bool) -> dict[str, Any]:
    """The ninjs properties that are read from the copy. `worded`: the copy of a kill is the kill's own words, which go to editors."""
    item, agency = reading.item, reading.agency
    copy = _text(body, found)
    spoken = language.decide(item.language, f"{reading.headline} {copy[:800]}", reading.warnings, agency.languages)
    editorial = reading.editorial
    if verdict.action != "kill":
        editorial = reading.copied + editorial
    elif worded:
        editorial = [*reading.copied, *editorial, copy]
    if verdict.action == "kill":
        copy = ""
    lines = []
    if reading.headline:
        lines.append({"value": reading.headline})
        if reading.raw_headline != reading.headline:
            lines.append({"role": "raw", "value": reading.raw_headline})
    status = {"kill": "canceled", "withhold": "withheld"}.get(verdict.action, "usable")
    return {
        "headlines": lines,
        "bodies": [{"role": "main", "contentType": "text/plain", "value": copy}] if copy else [],
        "by": _by(item, body, found),
        "located": _located(item, body, found),
        "slugline": reading.slug,
        "edNote": "\n".join(dict.fromkeys(safe(note) for note in editorial if note)),
        "language": spoken,
        "urgency": agency.urgency(item.urgency) or verdict.urgency,
        "pubStatus": status,
        "labels": [{"name": label} for label in verdict.labels],
    }


def _by(item: Item, body: Field, found: blocks.Blocks) -> str:
    if item.byline.strip():
        return bylines.names(tidy(Field("byline", item.byline).clean).rstrip("= "))
    return ", ".join(bylines.names(body.line(start, end)).rstrip("=<^ ") for start, end in found.bylines)


def _located(item: Item, body: Field, found: blocks.Blocks) -> str:
    if item.located.strip():
        return dateline.located(tidy(Field("located", item.located).clean))
    return next((dateline.lowered(body.line(*line.place)) for line in found.datelines if line.place), "")
