"""How well the marks of a labelled file are read: accuracy per field, and the misses.

A row is a text, where it stands (`headline`, `slug`, `note` or `body`) and what is to be found in it, as JSON: any of action, ordinal,
ordinals, complete, replaces, kill_targets, digest, embargo, headline (what is left of it), and clauses, a list of any of verb, class,
targets, paragraphs, mechanics, text. `agency` in it says whose copy it is, `time` when the item was made (RFC 3339). `\\n` and `\\t` in a
text are a line end and a tab. Only what a row names is compared.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from writethru.records import Article, Item, ItemNote, Note, RawMessage
from writethru.wire import normalise

OWN = Path(__file__).with_name("marks.tsv")
_COLUMNS = ("text", "kind", "expected", "agency")
_KINDS = ("headline", "slug", "note", "body")
_ARRIVED = 1_773_734_400_000
"""2026-03-17T08:00:00Z, ms."""
_GIVEN = ("agency", "time")


@dataclass(slots=True)
class Row:
    line: int
    text: str
    kind: str
    expected: dict[str, Any]


@dataclass(slots=True)
class Result:
    """`right` and `asked` by field; `misses`: (line, kind, text, field, expected, got)."""

    rows: int = 0
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    misses: list[tuple[int, str, str, str, Any, Any]] = field(default_factory=list)


def rows(path: Path) -> Iterator[Row]:
    """The rows of a TSV file, with a line of column names or without one. Raises ValueError for a line that is none."""
    names = _COLUMNS
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        cells = line.split("\t")
        if not line.strip() or line.startswith("#"):
            continue
        if "text" in cells and "kind" in cells:
            names = tuple("expected" if name.startswith("expected") else name for name in cells)
            continue
        given = dict(zip(names, cells, strict=False))
        if given.get("kind") not in _KINDS or "expected" not in given:
            raise ValueError(f"{path}:{number}: text, kind ({', '.join(_KINDS)}) and expected JSON, parted by tabs")
        expected = _json(given["expected"])
        if given.get("agency"):
            expected["agency"] = given["agency"]
        yield Row(number, given["text"].replace("\\n", "\n").replace("\\t", "\t"), given["kind"], expected)


def run(given: Iterable[Row]) -> Result:
    result = Result()
    for row in given:
        result.rows += 1
        for name, wanted, got in compared(row):
            result.asked[name] += 1
            if wanted == got:
                result.right[name] += 1
            else:
                result.misses.append((row.line, row.kind, row.text, name, wanted, got))
    return result


def compared(row: Row) -> Iterator[tuple[str, Any, Any]]:
    """(field, expected, found) of everything the row names."""
    read = _read(row)
    for name, wanted in row.expected.items():
        if name in _GIVEN:
            continue
        if name == "clauses":
            yield from _clauses(wanted, read.wire.notes)
        elif name == "headline":
            yield name, wanted, read.headline
        elif name == "ordinals":
            yield name, wanted, {counter: getattr(read.wire.ordinals, counter) for counter in wanted}
        else:
            got = getattr(read.wire, name)
            yield name, wanted, list(got) if isinstance(got, tuple) else got


def _clauses(wanted: list[dict[str, Any]], notes: tuple[Note, ...]) -> Iterator[tuple[str, Any, Any]]:
    yield "clauses", len(wanted), len(notes)
    for at, clause in enumerate(wanted):
        for name, value in clause.items():
            got = getattr(notes[at], "klass" if name == "class" else name) if at < len(notes) else None
            yield f"clauses.{name}", value, list(got) if isinstance(got, tuple) else got


def _read(row: Row) -> Article:
    properties: dict[str, Any] = {"format": "ninjs-3", "headline": "The bridge", "body": ""}
    if row.kind == "note":
        properties["notes"] = (ItemNote("ednote", row.text),)
    elif row.kind == "body":
        properties |= {"format": "text", "headline": "", "body": row.text}
    else:
        properties[row.kind] = row.text
    agency = row.expected.get("agency")
    item = Item(**properties, uri="tag:bench,2026:row", providers=(agency,) if agency else (), version_created=row.expected.get("time"))
    message = RawMessage(b"", "bench", 0, row.line, _ARRIVED)
    return normalise(item, message, article_id="ab" * 16, sha256="cd" * 32, received="2026-03-17T08:00:00Z", pipeline="bench")


def _json(cell: str) -> dict[str, Any]:
    """The object in a cell, which a spreadsheet may have put in quotation marks."""
    if cell.startswith('"') and cell.endswith('"'):
        cell = cell[1:-1].replace('""', '"')
    found = json.loads(cell)
    if not isinstance(found, dict):
        raise ValueError(f"no JSON object: {cell[:80]}")
    return found


def show(name: str, result: Result, console: Console) -> None:
    table = Table(title=f"{name}: {result.rows} rows")
    for column in ("field", "right", "of", "share"):
        table.add_column(column, justify="left" if column == "field" else "right")
    for field_name in sorted(result.asked):
        asked, right = result.asked[field_name], result.right[field_name]
        table.add_row(field_name, str(right), str(asked), f"{right / asked:.1%}")
    console.print(table)
    for line, kind, text, field_name, wanted, got in result.misses:
        console.print(f"line {line} {kind} {field_name}: expected {wanted!r}, got {got!r}\n    {text!r}", markup=False, soft_wrap=True)
