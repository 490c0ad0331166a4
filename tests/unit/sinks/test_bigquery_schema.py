"""The columns that follow from a JSON Schema, and the DDL that is kept beside the code."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.schema_check import load
from writethru.sinks.bigquery_schema import Column, columns, ddl, missing, tables

ROOT = Path(__file__).resolve().parents[3]

DEFS = {
    "stamp": {"type": "string", "format": "date-time", "description": "A time."},
    "pair": {"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": ["number", "null"]}}},
}


def one(spec: dict[str, Any]) -> Column:
    (column,) = columns({"properties": {"it": spec}, "$defs": DEFS})
    return column


@pytest.mark.parametrize(
    ("spec", "column"),
    [
        ({"type": "string"}, Column("it", "STRING")),
        ({"type": "string", "enum": ["kill", "new"]}, Column("it", "STRING")),
        ({"type": "string", "format": "date-time"}, Column("it", "TIMESTAMP")),
        ({"type": "string", "format": "date"}, Column("it", "DATE")),
        ({"type": "string", "contentEncoding": "base64"}, Column("it", "BYTES")),
        ({"type": "integer", "minimum": 0}, Column("it", "INT64")),
        ({"type": "number"}, Column("it", "FLOAT64")),
        ({"type": "boolean"}, Column("it", "BOOL")),
        ({"const": 1}, Column("it", "INT64")),
        ({"type": ["integer", "null"]}, Column("it", "INT64")),
        ({"$ref": "#/$defs/stamp"}, Column("it", "TIMESTAMP", "A time.")),
        ({"$ref": "#/$defs/stamp", "description": "This one."}, Column("it", "TIMESTAMP", "This one.")),
        ({"anyOf": [{"$ref": "#/$defs/stamp"}, {"type": "null"}]}, Column("it", "TIMESTAMP", "A time.")),
        ({"$ref": "#/$defs/pair"}, Column("it", "STRUCT", fields=(Column("a", "INT64"), Column("b", "FLOAT64")))),
        ({"type": "array", "items": {"type": "integer"}}, Column("it", "INT64", repeated=True)),
        (
            {"type": "array", "items": {"$ref": "#/$defs/pair"}, "description": "Pairs."},
            Column("it", "STRUCT", "Pairs.", repeated=True, fields=(Column("a", "INT64"), Column("b", "FLOAT64"))),
        ),
    ],
)
def test_what_bigquery_can_say_keeps_its_type(spec: dict[str, Any], column: Column) -> None:
    assert one(spec) == column


@pytest.mark.parametrize(
    "spec",
    [
        {"$ref": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"},
        {"type": "object"},
        {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
        {"type": ["integer", "string"]},
        {"anyOf": [{"type": "integer"}, {"type": "string"}]},
        {},
    ],
    ids=["another standard", "open object", "list of lists", "two types", "two forms", "anything"],
)
def test_what_it_cannot_say_is_a_json_column(spec: dict[str, Any]) -> None:
    assert one(spec) == Column("it", "JSON")


@pytest.mark.parametrize(("at", "name"), [(0, "article"), (1, "story"), (2, "thread"), (3, "dead_letter")])
def test_every_member_of_a_record_has_its_column(at: int, name: str) -> None:
    table = tables()[at]
    top = {column.name for column in table.columns}
    assert set(load(f"{name}.schema.json")["properties"]) <= top
    assert len(top) == len(table.columns)


def nested(of: Sequence[Column], depth: int = 1) -> Iterator[tuple[Column, int]]:
    for column in of:
        yield column, depth
        yield from nested(column.fields, depth + 1)


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_a_table_keeps_the_services_rules(table: Any) -> None:
    for column, depth in nested(table.columns):
        assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,299}", column.name)
        assert not column.name.upper().startswith(("_TABLE_", "_FILE_", "_PARTITION", "_ROW_TIMESTAMP", "_CHANGE_", "__ROOT__"))
        assert depth <= 15 and len(column.description) <= 1024
        assert not column.key or (depth == 1 and not column.repeated)
        assert (column.type == "STRUCT") == bool(column.fields)
    top = {column.name: column for column in table.columns}
    assert len({name.lower() for name in top}) == len(top)
    assert 1 <= len(table.keys) <= 16 and len(table.cluster) <= 4
    assert not table.partition or top[table.partition].type == "TIMESTAMP"
    assert all(top[name].type == "STRING" for name in table.cluster)


def test_the_ddl_beside_the_code_is_what_the_schemas_give() -> None:
    assert (ROOT / "deploy/bigquery/schema.sql").read_text(encoding="utf-8") == ddl("PROJECT.DATASET")


def test_each_table_has_a_key_that_is_not_enforced_and_no_staleness() -> None:
    statements = re.split(r"\n(?=CREATE )", ddl("p.d"))[2:]
    assert [re.findall(r"`p\.d\.(\w+)`", one)[0] for one in statements] == ["articles", "stories", "threads", "dead_letters"]
    for statement in statements:
        key = "`id`, `part`" if "dead_letters" in statement else "`id`"
        assert f"  PRIMARY KEY ({key}) NOT ENFORCED\n)" in statement
        assert "`id` STRING NOT NULL" in statement
        assert "OPTIONS (max_staleness = INTERVAL 0 MINUTE, description = " in statement
        assert statement.count("<") == statement.count(">") and statement.rstrip().endswith(");")
    assert "PARTITION BY TIMESTAMP_TRUNC(`received`, DAY)\nCLUSTER BY `id`\n" in statements[0]


def test_names_and_descriptions_are_quoted() -> None:
    statement = ddl("p.d")
    # `of` and `current` are reserved words; a string that breaks its line would be no GoogleSQL.
    assert "`of` STRING" in statement and "`current` STRING" in statement
    assert all(line.count('"') % 2 == 0 for line in statement.splitlines())


def test_the_command_prints_it_for_a_dataset_and_asks_for_one() -> None:
    command = [sys.executable, "-m", "writethru.sinks.bigquery_schema"]
    printed = subprocess.run([*command, "newsroom.wire"], capture_output=True, text=True, check=True).stdout
    assert printed == ddl("newsroom.wire")
    asked = subprocess.run([*command, "wire"], capture_output=True, text=True)
    assert asked.returncode == 1 and "PROJECT.DATASET" in asked.stderr


def test_what_a_table_lacks_is_named_by_its_path_whatever_the_case() -> None:
    wanted = (Column("a", "INT64"), Column("b", "STRUCT", fields=(Column("c", "INT64"), Column("d", "INT64"))), Column("e", "INT64"))
    assert list(missing(wanted, {"a": {}, "b": {"c": {}, "more": {}}})) == ["b.d", "e"]
