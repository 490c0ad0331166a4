"""The times of an item: its version's, and the day near which its copy's worded times lie."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo

from writethru.records import Evidence
from writethru.wire import times
from writethru.wire.blocks import trailers
from writethru.wire.reading import Reading

_FAR = 4102444800000
"""The year 2100 in ms: a message's timestamp beyond it is none."""
_APART = timedelta(minutes=30)
_SLIP = timedelta(seconds=30)
"""How far from full hours two times of one item may be that differ by a zone."""


def version_created(reading: Reading) -> str | None:
    """The agency's time of this version, RFC 3339: of the envelope, else of the transmission trailer, which is the agency's only word on it
    in copy without an envelope."""
    return _enveloped(reading) or _transmitted(reading)


def _enveloped(reading: Reading) -> str | None:
    """Where an id is stamped with another time (dpa: two hours apart), the id's is the true one."""
    item = reading.item
    version = times.read("version_created", item.version_created, reading.zone, reading.warnings)
    stamped = times.stamped_id(tuple([entry.get("value", "") for entry in item.alt_ids])) if item.alt_ids else None
    sent = times.read("sent", item.sent, reading.zone, reading.warnings) if item.sent else None
    if version and stamped and abs(times.instant(version) - stamped) > _APART:
        reading.warnings.append(f"times_differ:version_created={version}")
        version = times.rfc3339(stamped)
    if version and sent and _contradicts(times.instant(sent), times.instant(version), stamped):
        reading.warnings.append(f"times_differ:sent={sent}")
    return version or sent


def _contradicts(sent: datetime, version: datetime, stamped: datetime | None) -> bool:
    """Whether the message's time cannot be that of an item of this version. Old items are sent again at any time, but none before it was
    made, none at another time than its id is stamped with, and one that is full hours late to the minute was read in a wrong zone (dpa:
    `17:00:02+02:00` for 15:00:01)."""
    late = sent - (stamped or version)
    if stamped or late < timedelta():
        return abs(late) > _APART
    hours, rest = divmod(late + _SLIP, timedelta(hours=1))
    return 0 < hours <= 14 and rest <= 2 * _SLIP


def _transmitted(reading: Reading) -> str | None:
    body = reading.body
    for start, end, kind in reading.found.taken:
        if kind == "trailer":
            stamp = trailers.stamp(body.text, start, end, reading.zone or timezone.utc)
            if stamp:
                reading.evidence.append(_evidence(reading, start, end))
                return stamp
    return None


def _evidence(reading: Reading, start: int, end: int) -> Evidence:
    return reading.body.evidence(*reading.body.trim(start, end, "<"), "trailer_time")


def known_day(reading: Reading, version: str | None) -> date | None:
    """The day near which the copy was filed, None where nothing but its arrival says so: of the item's time, else of its page."""
    if version:
        return times.instant(version).astimezone(reading.zone or timezone.utc).date()
    return date.fromisoformat(reading.found.page_date) if reading.found.page_date else None


def near(reading: Reading, version: str | None, zone: tzinfo) -> datetime:
    """The moment near which worded times lie: the item's, else the day of its dateline, else of its page, else of its arrival."""
    if version:
        return times.instant(version)
    arrived = datetime.fromtimestamp(max(0, min(reading.message.timestamp, _FAR)) / 1000, timezone.utc)
    page = known_day(reading, None)
    day = page or arrived.date()
    for line in reading.found.datelines:
        if line.date:
            year, month, number = line.date
            try:
                return datetime(year or day.year, month, number, tzinfo=zone)
            except ValueError:  # 30 February is in a dateline by misprint only
                break
    return datetime(day.year, day.month, day.day, tzinfo=zone) if page else arrived
