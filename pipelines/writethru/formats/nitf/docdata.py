"""The `docdata` of NITF: ids, status, times, urgency, keys, rights, and what the story is about. Nearly all of it stands in attributes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from writethru.formats.elements import Element, local, words
from writethru.formats.nitf.reading import Reading
from writethru.formats.values import coded
from writethru.records import ItemLink

_EVENT_LEVELS = ("city", "county-dist", "state-prov")
_IDENTIFIED = {
    "person": "people",
    "org": "organisations",
    "event": "events",
    "object.title": "objects",
    "location": "places",
    "classifier": "subjects",
}
_RIGHTS = ("limitations", "type", "geography", "startdate", "enddate", "agent", "owner")


def read(docdata: Element, reading: Reading) -> None:
    """Reads a `docdata` into `reading`: the attributes that manage a document, then element by element."""
    reading.set("status", docdata.get("management-status"))
    reading.set("idref", docdata.get("management-doc-idref"))
    reading.set("idref-status", docdata.get("management-idref-status"))
    for child in docdata:
        tag = local(child)
        reader = _READERS.get(tag)
        if reader is not None:
            reader(child, reading)
        elif tag != "series":  # may stand in the body's head too
            reading.warnings.append(f"unknown_field:{tag[:80]}")


def series(element: Element, reading: Reading) -> None:
    """A `series` of `docdata` or of the body's head."""
    reading.set("series", element.get("series.name"))
    _part("series:part", element.get("series.part"), element.get("series.totalpart"), reading)


def _correction(element: Element, reading: Reading) -> None:
    """Templates leave the element in with nothing in it: that corrects nothing."""
    info, ident = element.get("info") or words(element), element.get("id-string")
    if info or ident:
        reading.signals.append("nitf:correction")
        reading.note("correction", info, None)
    if ident:
        reading.links.append(ItemLink("correction", ident))


def _location_of_event(element: Element, reading: Reading) -> None:
    for level in _EVENT_LEVELS:
        name = element.get(level)
        if name:
            reading.add("places", {"name": name})
    country = element.get("iso-cc")
    if country:
        key, code = coded("iso3166-1a2" if len(country) == 2 else "iso3166-1a3", country.upper())
        reading.add("places", {key: code})


def _doc_id(element: Element, reading: Reading) -> None:
    reading.set("uri", element.get("id-string"))
    reading.set("registrar", element.get("regsrc"))


def _attribute(key: str, name: str) -> Callable[[Element, Reading], None]:
    def read_attribute(element: Element, reading: Reading) -> None:
        reading.set(key, element.get(name))

    return read_attribute


def _time(key: str) -> Callable[[Element, Reading], None]:
    def read_time(element: Element, reading: Reading) -> None:
        reading.set(key, element.get("norm") or words(element))

    return read_time


def _fixture(element: Element, reading: Reading) -> None:
    reading.genre(element.get("fix-id"))


def _scope(element: Element, reading: Reading) -> None:
    name = element.get("scope")
    if name:
        reading.add("subjects", {"name": name, "rel": "doc-scope"})


def _part(name: str, part: str | None, total: str | None, reading: Reading) -> None:
    """The number of a part, `0` and the only one of one being none."""
    if part and part.strip("0 ") and not (part == total == "1"):
        reading.signals.append(f"{name}={part}")


def _ed_msg(element: Element, reading: Reading) -> None:
    reading.note("ed-msg", element.get("info") or words(element), element.get("msg-type"))


def _du_key(element: Element, reading: Reading) -> None:
    reading.set("key", element.get("key"))
    version, part = element.get("version"), element.get("part")
    reading.set("version", version or element.get("generation"))
    if version:
        reading.signals.append(f"du-key:version={version}")
    if part != "1":  # most keys have one part
        _part("du-key:part", part, None, reading)


def _copyright(element: Element, reading: Reading) -> None:
    holder, year = element.get("holder"), element.get("year")
    reading.set("copyrightHolder", holder)
    if holder and year:
        reading.set("copyrightNotice", f"© {year} {holder}")


def _rights(element: Element, reading: Reading) -> None:
    """What `doc.rights` limits, each attribute under its name."""
    said = [f"{name}: {element.get(name)}" for name in _RIGHTS if element.get(name)]
    reading.set("usageTerms", "\n".join(said))


def _keywords(element: Element, reading: Reading) -> None:
    for keyword in element:
        name = keyword.get("key") or words(keyword)
        if name:
            reading.add("keywords", {"name": name})


def _identified(element: Element, reading: Reading) -> None:
    for child in element:
        target = _IDENTIFIED.get(local(child))
        if target is None:
            continue
        name = words(child) or child.get("value") or ""
        entry: dict[str, Any] = {"name": name} if name else {}
        code = next(filter(None, map(_code, (child, *child))), None)
        if code:
            entry[code[0]] = code[1]
        if target == "subjects" and child.get("type"):
            entry["rel"] = child.get("type")
        reading.add(target, entry)


def _code(element: Element) -> tuple[str, str] | None:
    """The code of a thing, its own (`idsrc` with `value`, a location's) or that of its `alt-code`."""
    scheme, code = element.get("idsrc"), element.get("value")
    if not (scheme and code):
        scheme, code = element.get("code-source"), element.get("location-code")
    return coded(scheme, code) if scheme and code else None


def _delivery(element: Element, reading: Reading) -> None:
    for source in element if local(element) == "del-list" else (element,):
        name = source.get("src-name") or words(source)
        if name:
            reading.add("infoSources", {"name": name, "role": "from-src"})


_READERS: dict[str, Callable[[Element, Reading], None]] = {
    "correction": _correction,
    "evloc": _location_of_event,
    "doc-id": _doc_id,
    "del-list": _delivery,
    "from-src": _delivery,
    "urgency": _attribute("urgency", "ed-urg"),
    "fixture": _fixture,
    "date.issue": _time("issue"),
    "date.release": _time("release"),
    "date.expire": _time("expire"),
    "doc-scope": _scope,
    "ed-msg": _ed_msg,
    "du-key": _du_key,
    "doc.copyright": _copyright,
    "doc.rights": _rights,
    "key-list": _keywords,
    "identified-content": _identified,
}
