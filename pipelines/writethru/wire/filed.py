"""Where and when the copy was filed: the dateline as a record, its places resolved."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from writethru.records import Dateline, DatelinePlace
from writethru.wire import dateline, itemtime
from writethru.wire.dateline import geo, places
from writethru.wire.reading import Reading
from writethru.wire.text import Field, tidy


def read(reading: Reading, version: str | None) -> Dateline | None:
    """The dateline of the copy, else of the envelope's field, None where there is neither. `version` is the item's time: a date without a
    year gets the year that brings it nearest."""
    body, zone = reading.body, reading.agency.zone
    given = Field("located", reading.item.located) if reading.item.located.strip() else None
    for field, line in [(body, line) for line in reading.found.datelines] + ([(given, dateline.of_field(given.text))] if given else []):
        if line is None:
            continue
        named = _places(field.line(*line.place), zone) if line.place else ()
        if not named and given and field is body:
            named = _places(dateline.located(tidy(given.clean)), zone)
        day = itemtime.known_day(reading, version) if line.date and line.date[0] is None else None
        return Dateline(named, _date(line.date, day), field.line(*line.signature) if line.signature else None)
    if given:
        named = _places(dateline.located(tidy(given.clean)), zone)
        return Dateline(named) if named else None
    return None


@lru_cache(maxsize=4096)
def _places(printed: str, zone: str | None) -> tuple[DatelinePlace, ...]:
    return tuple([geo.place(place, dateline.lowered(place.printed), zone) for place in places.split(printed)])


@lru_cache(maxsize=1024)
def _date(printed: tuple[int | None, int, int] | None, day: date | None) -> str | None:
    """ISO 8601; None for a day that is none, and for one whose year nothing tells."""
    if printed is None or (printed[0] is None and day is None):
        return None
    year, month, number = printed
    years = (year,) if year else (day.year - 1, day.year, day.year + 1) if day else ()
    days: list[date] = []
    for one in years:
        try:
            days.append(date(one, month, number))
        except ValueError:  # 29 February of another year
            continue
    if not days:
        return None
    nearest = min(days, key=lambda one: abs(one - day) if day else timedelta(0))
    return nearest.isoformat()


def entries(found: Dateline | None, given: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """The ninjs places of the dateline: those that one town alone may be, unless `given` holds them already."""
    if found is None:
        return []
    out: list[dict[str, Any]] = []
    for place in found.places:
        if len(place.candidates) != 1:
            continue
        town = place.candidates[0]
        uri = f"https://sws.geonames.org/{town.id}/"
        if any(one.get("uri") == uri and one.get("rel") == "dateline" for one in (*given, *out)):
            continue
        point = {"type": "Point", "coordinates": [town.longitude, town.latitude]}
        feature = {"type": "Feature", "properties": {"name": town.name, "country": town.country}, "geometry": point}
        out.append({"name": town.name, "rel": "dateline", "uri": uri, "geoJSON": feature})
    return out
