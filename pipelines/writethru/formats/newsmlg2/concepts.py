"""What a NewsML-G2 item is about and who had a hand in it: subjects, people, places on the map, genres, sources."""

from __future__ import annotations

from typing import Any

from writethru.formats.elements import Element, local, words
from writethru.formats.newsmlg2.elements import NAR, Coder, code, concept, name, role, word
from writethru.formats.values import Bad, percent

# A subject's nature (IPTC's `cpnat` or a provider's scheme with the same words) and the property that ninjs has for it.
_NATURES = {
    "person": "people",
    "organisation": "organisations",
    "geoArea": "places",
    "poi": "places",
    "event": "events",
    "object": "objects",
}
_NATURE = {f"cpnat:{nature}": target for nature, target in _NATURES.items()} | {"": "subjects", "dpatype:dpasubject": "subjects"}
_PARTS = {NAR + tag: tag for tag in ("name", "sameAs", "mainConcept", "facetConcept")}
_PARTS |= {tag: tag for tag in _PARTS.values()}
# Parts of a postal address, under the names that dpa's JSON has for them.
_ADDRESS = {"locality": "locality", "area": "administrative_area_level_1", "country": "country"}
_LINES = {"nrol:display": "name", "nrol:full": "formatted_address"}
_SAYING = tuple(f"{{*}}{tag}" for tag in ("position", "line", "hasInstrument", *_ADDRESS))

Asserted = tuple[str, dict[str, Any] | None, list[dict[str, str]]]
"""What an `assert` says of a concept: its name, where it lies as GeoJSON, the symbols of its shares."""


class Asserts:
    """The `assert` elements of an item by the code they speak of, read when asked for."""

    __slots__ = ("_elements", "_said")

    def __init__(self) -> None:
        self._elements: dict[str, Element] = {}
        self._said: dict[str, Asserted] = {}

    def add(self, element: Element) -> None:
        self._elements[_key(element)] = element

    def __bool__(self) -> bool:
        return bool(self._elements)

    def of(self, element: Element) -> Asserted | None:
        key = _key(element)
        if key not in self._said:
            if key not in self._elements:
                return None
            self._said[key] = _asserted(self._elements[key])
        return self._said[key]


def subject(element: Element, coder: Coder, asserts: Asserts, warnings: list[str]) -> list[tuple[str, dict[str, Any]]]:
    """(ninjs property, entry) of a `subject`: the concept itself, what it is called in other schemes (`rel: sameAs`), its facets."""
    nature = element.get("type") or element.get("typeuri") or ""
    target = _NATURE.get(nature) or _NATURES.get(word(nature), "subjects")
    entry: dict[str, Any] = {}
    others: list[tuple[str, dict[str, Any]]] = []
    for child in element:
        part = _PARTS.get(child.tag)
        if part == "name":
            entry.setdefault("name", words(child))
        elif part is not None:
            others.append((part, concept(child, coder)))
            if part == "facetConcept":
                relation = child.get("rel") or child.get("reluri")
                others[-1][1].update({"rel": relation} if relation else {})
    given = code(element, coder)
    if "name" not in entry and (literal := element.get("literal")):
        entry["name"] = literal
    if given:
        entry[given[0]] = given[1]
    if target == "subjects":
        _weights(element, entry, warnings)
    if asserts:
        _say(element, entry, target, asserts)
    if not others:
        return [(target, entry)] if entry else []
    found = [(target, entry)]
    for part, other in others:
        if part == "sameAs":
            other = {**({"name": entry["name"]} if "name" in entry else {}), **other, "rel": "sameAs"}
        found.append((target, other))
    return [(to, one) for to, one in found if one]


def _weights(element: Element, entry: dict[str, Any], warnings: list[str]) -> None:
    for key in ("relevance", "confidence"):
        given = element.get(key)
        if given:
            try:
                entry[key] = percent(given)
            except Bad:
                warnings.append(f"invalid_field:subject.{key}")
    creator = element.get("creator")
    if creator:
        entry["creator"] = creator


def _say(element: Element, entry: dict[str, Any], target: str, asserts: Asserts) -> None:
    """AP names a subject, dpa puts a place on the map in an `assert` of the same code."""
    said = asserts.of(element)
    if said is None:
        return
    found, where, symbols = said
    literal = element.get("literal")
    if found and (entry.get("name") in (None, literal)):
        entry["name"] = found
    # Such a literal only ties the two elements within the document.
    if literal and entry.get("literal") == literal and entry.get("name") != literal:
        del entry["literal"]
    if where and target == "places":
        entry["geoJSON"] = where
    if symbols and target == "organisations":
        entry["symbols"] = symbols


def _key(element: Element) -> str:
    return element.get("qcode") or element.get("literal") or element.get("uri") or ""


def _asserted(element: Element) -> Asserted:
    point: list[float] | None = None
    address: dict[str, str] = {}
    unnamed: list[str] = []
    symbols: list[dict[str, str]] = []
    for part in element.iter(*_SAYING):
        tag = local(part)
        if tag == "position":
            point = point or _point(part)
        elif tag == "line":
            key = _LINES.get(role(part) or "")
            if key:
                address.setdefault(key, words(part))
            else:
                unnamed.append(words(part))
        elif tag in _ADDRESS:
            address.setdefault(_ADDRESS[tag], name(part))
        elif symbol := part.get("symbol"):
            market = part.get("marketlabel") or part.get("market")
            symbols.append({"symbol": symbol, **({"exchange": market} if market else {})})
    if unnamed:
        address.setdefault("formatted_address", ", ".join(unnamed))
    if address.get("administrative_area_level_1") == address.get("formatted_address"):  # dpa's converter writes the address there
        address.pop("administrative_area_level_1", None)
    address = {key: value for key, value in address.items() if value}
    found = name(element)
    if found == element.get("literal"):
        found = ""
    return found or address.get("name", "") or address.get("formatted_address", ""), _map(point, address), symbols


def _point(position: Element) -> list[float] | None:
    """Longitude first, as GeoJSON has it."""
    try:
        where = [float(position.get("longitude", "")), float(position.get("latitude", ""))]
    except ValueError:
        return None
    return where if all(abs(axis) <= 180 for axis in where) else None


def _map(point: list[float] | None, address: dict[str, str]) -> dict[str, Any] | None:
    geometry = {"type": "Point", "coordinates": point} if point else None
    return {"type": "Feature", "properties": address, "geometry": geometry} if address else geometry


def party(element: Element, coder: Coder, kind: str | None = None) -> dict[str, Any]:
    """A source, creator or contributor as an entry of `infoSources`; `kind` is its role where it has none of its own."""
    entry = concept(element, coder)
    own = role(element) or kind
    if entry and own:
        entry["role"] = own
    return entry


def hops(history: Element, coder: Coder) -> list[dict[str, Any]]:
    """Who did what with the item on its way, as entries of `infoSources`: one for each party and action, in the order of `seq`."""
    out = []
    for hop in sorted((hop for hop in history if local(hop) == "hop"), key=_sequence):
        parts = [(local(part), part) for part in hop]
        acted = [given for tag, part in parts if tag == "action" and (given := part.get("qcode") or part.get("uri"))]
        for entry in (concept(part, coder) for tag, part in parts if tag == "party"):
            out += [{**entry, "role": action} for action in dict.fromkeys(acted or ["hop"]) if entry]
    return out


def _sequence(hop: Element) -> int:
    given = hop.get("seq") or ""
    return int(given) if given.isdecimal() and len(given) < 9 else 0
