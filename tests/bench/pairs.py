"""The same items in two formats: dpa's JSON (digitalwires) and the NewsML-G2 that dpa makes of it. Both must become the same article.

A field that one of the two does not say is *missing* there; a field that both say and that comes out otherwise *differs*, which is a fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from writethru import formats
from writethru.codec import article_json
from writethru.records import Item, RawMessage
from writethru.wire import normalise

DATA = Path(__file__).parents[3] / "shared/data/formats/dpa-digitalwires/tests/data"

MISSING = {
    "JSON": ("profile",),
    "NewsML-G2": (
        "altIds[entry_id]",
        "associations[].copyrightNotice",
        "associations[].descriptions",
        "associations[].renditions[]",
        "associations[].versionCreated",
        "descriptions[autopublishnotice]",
        "genres[dnlgenre:",
        "genres[dpaimagekind:",
        "people",
        "places[].geoJSON.properties.administrative_area_level_1",
        "renditions[].name",
        "subjects[apcategorycode:",
        "subjects[apsubject:",
    ),
}
"""What the other side has and this one lacks; an entry is the beginning of a path."""

_IDENTITY = ("uri", "role", "href", "name", "value", "text")
_MADE_UP = ("associations[].renditions[].name", "renditions[].name")
"""Names that ninjs asks for and the NewsML-G2 does not give."""
_OWN = frozenset({"field"})
"""The envelope's own name of where a thing stood."""


class Difference(NamedTuple):
    """`missing` names the side that does not say it, None where both do and disagree."""

    path: str
    missing: str | None
    json: Any = None
    g2: Any = None


def names(data: Path = DATA) -> list[str]:
    return sorted(path.stem for path in (data / "output").glob("*.xml"))


def compare(name: str, data: Path = DATA) -> list[Difference]:
    """How the two articles of a pair differ, in `article` and in `wire`, whose evidence is compared by what it says, not where it stood."""
    json, g2 = record(data / "input" / f"{name}.json"), record(data / "output" / f"{name}.xml")
    if json["article"]["uri"] != g2["article"]["uri"]:
        return [Difference("uri", None, json["article"]["uri"], g2["article"]["uri"])]
    found = list(_differences("", json["article"], g2["article"]))
    for side in (json, g2):
        side["wire"]["evidence"] = sorted({(one["rule"], one["text"]) for one in side["wire"]["evidence"] if one["rule"] != "dateline"})
    return found + list(_differences("wire", json["wire"], g2["wire"]))


def record(path: Path) -> Any:
    """The record of the one item in a file, as it leaves Normalise."""
    message = RawMessage(path.read_bytes(), "wire.raw", 0, 0, 1_772_352_000_000)
    decoded = formats.decode(message)
    (item,) = decoded.items
    if not isinstance(item, Item):
        raise item
    told = {"article_id": decoded.ids[0], "sha256": decoded.sha256, "received": "2026-03-01T08:00:00Z", "pipeline": "writethru/bench"}
    return orjson.loads(article_json(normalise(item, message, **told)))


def expected(difference: Difference) -> bool:
    """Whether the side truly lacks what is missing."""
    return difference.missing is not None and difference.path.startswith(MISSING[difference.missing])


def _differences(path: str, json: Any, g2: Any) -> Iterator[Difference]:
    if json == g2 or path in _MADE_UP:
        if json != g2:
            yield Difference(path, "NewsML-G2", json, g2)
    elif type(json) is dict and type(g2) is dict:
        for key in sorted(json.keys() | g2.keys()):
            if key not in _OWN:
                yield from _member(f"{path}.{key}" if path else key, json.get(key), g2.get(key))
    elif type(json) is list and type(g2) is list:
        yield from _listed(path, json, g2)
    else:
        yield Difference(path, None, json, g2)


def _member(path: str, json: Any, g2: Any) -> Iterator[Difference]:
    if type(json) is list or type(g2) is list:
        yield from _differences(path, json or [], g2 or [])
    elif json is None or g2 is None:
        if json is not g2:
            yield Difference(path, "JSON" if json is None else "NewsML-G2", json, g2)
    else:
        yield from _differences(path, json, g2)


def _listed(path: str, json: list[Any], g2: list[Any]) -> Iterator[Difference]:
    """Members are told by what names them; the order counts among those that both sides have."""
    if len(json) == len(g2):
        for one, other in zip(json, g2, strict=True):
            yield from _differences(f"{path}[]", one, other)
        return
    ours, theirs = ({_identity(member): member for member in members} for members in (json, g2))
    for key in ours.keys() - theirs.keys():
        yield Difference(f"{path}[{key}]", "NewsML-G2", ours[key])
    for key in theirs.keys() - ours.keys():
        yield Difference(f"{path}[{key}]", "JSON", None, theirs[key])
    shared = [key for key in ours if key in theirs]
    if shared != [key for key in theirs if key in ours]:
        yield Difference(path, None, json, g2)
    for key in shared:
        yield from _differences(f"{path}[]", ours[key], theirs[key])


def _identity(member: Any) -> str:
    if type(member) is not dict:
        return str(member)
    return next((str(member[key]) for key in _IDENTITY if member.get(key)), "")


def run(data: Path = DATA) -> dict[str, list[Difference]]:
    if not data.is_dir():
        raise SystemExit(f"{data} is not here: the pairs lie beside the checkout")
    return {name: compare(name, data) for name in names(data)}


def show(found: dict[str, list[Difference]], console: Console) -> None:
    table = Table("pair", "differs", "missing in the NewsML-G2", "missing in the JSON")
    for name, differences in found.items():
        sides = [Counter(one.path for one in differences if one.missing == side) for side in (None, "NewsML-G2", "JSON")]
        table.add_row(name, *(escape(", ".join(paths)) for paths in sides))
    console.print(table)
    every = [one for differences in found.values() for one in differences]
    wrong = [(name, one) for name, differences in found.items() for one in differences if not expected(one)]
    lacking = len(every) - len(wrong)
    console.print(f"{len(found)} pairs, {len(every)} differences: {lacking} in what one side lacks, {len(wrong)} others")
    for name, one in wrong:
        console.print(f"{name}: {one.path}\n  JSON      {one.json!r}\n  NewsML-G2 {one.g2!r}", markup=False)
