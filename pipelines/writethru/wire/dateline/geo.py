"""Which towns of the earth the place of a dateline may mean, of those that GeoNames knows by its name."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from writethru.records import DatelinePlace, GeoName
from writethru.wire.dateline import gazetteer
from writethru.wire.dateline.gazetteer import Towns
from writethru.wire.dateline.places import Area, Place, table

_MOST = 5
"""Candidates kept of one place."""
_ALTERNATE = 0.3
"""What a name counts for that is not the town's first in GeoNames."""
_AT_HOME = 10.0
"""What a town in the agency's own time zone counts more: `Halle (dpa)` is the one in Germany."""
_FORGOTTEN = 0.1
"""Part of the likeliest town's weight below which another of the name is none that a dateline leaves open."""

_SHORT = {"st": "Saint", "ste": "Sainte", "mt": "Mount", "ft": "Fort"}


class _Weighed(NamedTuple):
    weight: float
    first: bool
    town: dict[str, Any]


def place(of: Place, printed: str, zone: str | None = None) -> DatelinePlace:
    """The place with what it may be, the likeliest first. `zone`: the agency's own, IANA."""
    if of.unknown:
        return DatelinePlace(printed, _unqualified(of.city, zone))
    candidates = _candidates(of.city, of.areas, of.alone, zone)
    areas = [Area(town.country, town.region) for town in candidates] or of.areas
    countries, regions = {area.country for area in areas}, {area.region for area in areas}
    if len(countries) != 1:
        return DatelinePlace(printed, candidates)
    return DatelinePlace(printed, candidates, countries.pop(), regions.pop() if len(regions) == 1 else None)


@lru_cache(maxsize=8192)
def _candidates(city: str, areas: tuple[Area, ...], alone: str | None, zone: str | None) -> tuple[GeoName, ...]:
    found = gazetteer.towns(city)
    if areas:
        found = [(town, first) for town, first in found if _lies_in(town, areas)]
    elif alone:
        found = [(town, first) for town, first in found if town["countrycode"] == alone or (first and _claims(town, city, zone))]
    if not alone and not any([first for _, first in found]):
        villages = gazetteer.villages(city) or gazetteer.villages(_written_out(city))
        found += [one for one in villages if (_lies_in(one[0], areas) if areas else _at_home(one[0], zone))]
    weighed = _weighed(found, zone)
    if (areas or alone) and weighed and weighed[0].first:
        weighed = [one for one in weighed if one.first]
    if alone:
        countries = dict.fromkeys([one.town["countrycode"] for one in weighed])
        weighed = [next(one for one in weighed if one.town["countrycode"] == country) for country in countries]
        if weighed and weighed[0].town["countrycode"] != alone:
            weighed = weighed[:1]
    return tuple([_geoname(one.town) for one in weighed[:_MOST] if one.weight >= weighed[0].weight * _FORGOTTEN])


def _written_out(city: str) -> str:
    """`STE. GENEVIEVE` -> Sainte GENEVIEVE."""
    word, _, rest = city.partition(" ")
    return f"{_SHORT.get(word.casefold().rstrip('.'), word)} {rest}"


def _claims(town: dict[str, Any], city: str, zone: str | None) -> bool:
    """Whether a town at the agency's home may be meant by the bare name of a city that stands alone abroad: `Hyderabad (APP)`,
    `PERTH (PA)`."""
    return bool(town["timezone"] == zone and town["countrycode"] == table().at_home.get(city.casefold()))


@lru_cache(maxsize=8192)
def _unqualified(city: str, zone: str | None) -> tuple[GeoName, ...]:
    """The towns of a name with words behind it that no area is called: every one, since the words may belong to any, last those of a
    country all of whose divisions are known (`BOSTON, Lincolnshire`)."""
    stated = table().stated
    weighed = _weighed(gazetteer.towns(city), zone)
    weighed = [one for one in weighed if one.first] or weighed
    weighed.sort(key=lambda one: one.town["countrycode"] in stated)
    return tuple([_geoname(one.town) for one in weighed[:_MOST]])


def _weighed(found: Towns, zone: str | None) -> list[_Weighed]:
    """The likeliest first."""
    weighed = [
        _Weighed((town["population"] or 1) * (1.0 if first else _ALTERNATE) * (_AT_HOME if town["timezone"] == zone else 1.0), first, town)
        for town, first in found
    ]
    weighed.sort(key=lambda one: (-one.weight, one.town["geonameid"]))
    return weighed


@lru_cache(maxsize=8192)
def is_town(name: str) -> bool:
    """Whether a town bears the name as its first one."""
    return any(first for _, first in gazetteer.towns(name))


def _lies_in(town: dict[str, Any], areas: tuple[Area, ...]) -> bool:
    return any([town["countrycode"] == area.country and area.region in (None, town["admin1code"]) for area in areas])


def _at_home(town: dict[str, Any], zone: str | None) -> bool:
    """Whether a village may be meant by its bare name: in the agency's own zone, and in no country that prints the state behind it."""
    return town["timezone"] == zone and town["countrycode"] not in table().stated


def _geoname(town: dict[str, Any]) -> GeoName:
    return GeoName(
        id=town["geonameid"],
        name=town["name"],
        country=town["countrycode"],
        region=town["admin1code"] or None,
        latitude=town["latitude"],
        longitude=town["longitude"],
        population=town["population"],
    )
