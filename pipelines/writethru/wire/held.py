"""The embargo of an item: the time before which it must not be published, of a field, a note, a line or a slug."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

from writethru.records import Conflict, Evidence
from writethru.wire import embargo, itemtime, times
from writethru.wire.marks import WITHHOLD, Mark
from writethru.wire.reading import Reading
from writethru.wire.text import Field, safe


def until(reading: Reading, version: str | None) -> tuple[str | None, tuple[Conflict, ...]]:
    """(RFC 3339 UTC or None, where places disagree): the latest that a field, note, line or slug names. Where an embargo is named
    and its time cannot be told, the item is withheld. Warnings: `naive_time:embargo` where a worded time has no zone,
    `weekday_differs:embargo` where its date is another day of the week than it says, `embargo_passed` where it lies before the item's
    own time, `embargo_unresolved`, `embargo_read_without_item_time`."""
    item, zone = reading.item, reading.zone or timezone.utc
    words = [mark for mark in reading.marks if mark.evidence.rule == "embargo_word"]
    if not (item.embargoed or words or reading.note_fields or reading.found.editorial or reading.advances):
        return None, ()
    known: list[datetime] = []

    def near() -> datetime:
        if not known:
            known.append(itemtime.near(reading, version, zone))
        return known[0]

    warned: list[str] = []
    given = times.read("embargoed", item.embargoed, reading.zone, warned)
    evidence: list[Evidence] = []
    if given is None and item.embargoed and not embargo.unreadable(item.embargoed):
        warned = []
    elif given is None and item.embargoed:
        worded = embargo.timed(item.embargoed, near(), zone)
        if worded.until:
            given = times.rfc3339(worded.until)
            warned = _warnings(worded, "embargoed")
    reading.warnings += warned
    if given:
        evidence.append(_field(item.embargoed or "", "embargo"))
    said = _said(reading, near)
    if not (given or said or words or item.embargoed):
        return None, ()
    evidence += [place.evidence(start, end, "embargo") for place, start, end, _ in said]
    reading.evidence += evidence
    stamps = [times.rfc3339(stamp) for *_, stamp in said if stamp]
    for mark in words:
        more = embargo.worded(mark.evidence.text, near(), zone)
        if more and more.moment.until:
            stamps.append(times.rfc3339(more.moment.until))
            reading.warnings += _warnings(more.moment, "embargo")
    if said and version is None and given is None:
        reading.warnings.append("embargo_read_without_item_time")
    taken = max([given, *stamps] if given else stamps, default=None)
    if taken is None:
        _unresolved(reading, said, words)
        return None, ()
    if version and taken <= version:
        reading.warnings.append("embargo_passed")
    return taken, _conflicts(given, stamps, taken)


def _said(reading: Reading, near: Callable[[], datetime]) -> list[tuple[Field, int, int, datetime | None]]:
    """The embargoes in words, each with where it stands."""
    out: list[tuple[Field, int, int, datetime | None]] = []
    zone = reading.zone or timezone.utc
    body = reading.body
    places = [(one, 0, len(one.text)) for one in reading.note_fields] + [(body, *one) for one in reading.found.editorial]
    worded = [place.text[start:end] for place, start, end in places]
    if embargo.hinted(*worded):
        for (place, start, _), words in zip(places, worded, strict=True):
            if said := embargo.worded(words, near(), zone):
                out.append((place, start + said.start, start + said.end, said.moment.until))
                reading.warnings += _warnings(said.moment, "embargo")
    out += [(place, start, end, embargo.advance(place.text[start:end], near(), zone)) for place, start, end in reading.advances]
    return out


def _warnings(told: embargo.Moment, field: str) -> list[str]:
    return [f"naive_time:{field}"] * told.assumed + [f"weekday_differs:{field}"] * told.misnamed


def _unresolved(reading: Reading, said: list[tuple[Field, int, int, datetime | None]], words: list[Mark]) -> None:
    given = reading.item.embargoed or ""
    if embargo.unreadable(given):
        why = _field(given, "embargo_unresolved")
    elif words:
        why = words[0].evidence
    elif said:
        place, start, end, _ = said[0]
        why = place.evidence(start, end, "embargo_unresolved")
    else:
        return
    reading.warnings.append("embargo_unresolved")
    reading.marks.append(Mark(why, WITHHOLD))


def _conflicts(given: str | None, stamps: list[str], taken: str) -> tuple[Conflict, ...]:
    values = ([f"{given} (embargo, embargoed)"] if given else []) + [f"{stamp} (embargo, words)" for stamp in dict.fromkeys(stamps)]
    if len({value.split(" ", 1)[0] for value in values}) < 2:
        return ()
    return (Conflict("embargo", tuple(values), taken, "field" if taken == given else "latest"),)


def _field(text: str, rule: str) -> Evidence:
    text = safe(text)
    return Evidence("embargoed", (0, len(text)), text, rule)
