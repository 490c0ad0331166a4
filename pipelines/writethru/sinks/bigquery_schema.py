"""The tables of the BigQuery sink: their columns follow from the JSON Schemas of the records, their DDL from the columns.

`python -m writethru.sinks.bigquery_schema PROJECT.DATASET` prints the DDL; `deploy/bigquery/schema.sql` holds it. What a record nests or
repeats stays nested and repeated. What BigQuery cannot say (a list of lists, an object of another standard such as ninjs) is a JSON
column. Every column but the key is nullable, because a later build may add members and BigQuery adds only nullable columns.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

Type = Literal["STRING", "BYTES", "INT64", "FLOAT64", "BOOL", "TIMESTAMP", "DATE", "JSON", "STRUCT"]

_PACKAGED = Path(__file__).resolve().parents[1] / "schemas"
SCHEMAS = _PACKAGED if _PACKAGED.is_dir() else Path(__file__).resolve().parents[3] / "schemas"
"""In the wheel they lie in the package, in a checkout beside it."""


@dataclass(frozen=True, slots=True)
class Column:
    """`fields` are those of a STRUCT; a `key` column is NOT NULL."""

    name: str
    type: Type
    description: str = ""
    repeated: bool = False
    fields: tuple[Column, ...] = ()
    key: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` in the order of the DDL, those of the key first."""

    name: str
    description: str
    columns: tuple[Column, ...]
    partition: str = ""
    cluster: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.key)


# --- JSON Schema -> columns -----------------------------------------------------------------------------------------------


def columns(schema: Mapping[str, Any]) -> tuple[Column, ...]:
    """The columns for the members of a record's schema (draft 2020-12), in the schema's order."""
    return _members(schema, schema.get("$defs", {}))


def _members(spec: Mapping[str, Any], defs: Mapping[str, Any]) -> tuple[Column, ...]:
    return tuple(_column(name, member, defs) for name, member in spec["properties"].items())


def _column(name: str, spec: Mapping[str, Any], defs: Mapping[str, Any]) -> Column:
    meaning = _resolved(spec, defs)
    description = spec.get("description") or meaning.get("description", "")
    kind = meaning.get("type")
    if kind == "object" and "properties" in meaning:
        return Column(name, "STRUCT", description, fields=_members(meaning, defs))
    if kind == "array":
        item = _column(name, meaning.get("items", {}), defs)
        # BigQuery has no list of lists.
        return Column(name, "JSON", description) if item.repeated else replace(item, description=description, repeated=True)
    return Column(name, _scalar(meaning), description)


def _resolved(spec: Mapping[str, Any], defs: Mapping[str, Any]) -> Mapping[str, Any]:
    """What `spec` says of a value that is not null, its reference followed. An empty one where that is nothing BigQuery has a type for."""
    if "const" in spec:
        return {"type": {int: "integer", str: "string", bool: "boolean"}[type(spec["const"])]}
    if "$ref" in spec:
        local = spec["$ref"].removeprefix("#/$defs/")
        return _resolved(defs[local], defs) if local in defs else {}
    if "anyOf" in spec:
        said = [one for one in spec["anyOf"] if one.get("type") != "null"]
        return _resolved(said[0], defs) if len(said) == 1 else {}
    if isinstance(spec.get("type"), list):
        kinds = [kind for kind in spec["type"] if kind != "null"]
        return {**spec, "type": kinds[0]} if len(kinds) == 1 else {}
    return spec


def _scalar(meaning: Mapping[str, Any]) -> Type:
    if meaning.get("type") == "string":
        if meaning.get("contentEncoding") == "base64":
            return "BYTES"
        return _STRINGS.get(meaning.get("format", ""), "STRING")
    return _SCALARS.get(meaning.get("type", ""), "JSON")


_STRINGS: dict[str, Type] = {"date-time": "TIMESTAMP", "date": "DATE"}
_SCALARS: dict[str, Type] = {"integer": "INT64", "number": "FLOAT64", "boolean": "BOOL"}


# --- the tables -----------------------------------------------------------------------------------------------------------


def _record(name: str) -> tuple[str, tuple[Column, ...]]:
    """Description and columns of a record."""
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema["description"], columns(schema)


def _keyed(members: Sequence[Column]) -> tuple[Column, ...]:
    """`id` first, as the key."""
    (key,) = (column for column in members if column.name == "id")
    return (replace(key, key=True), *(column for column in members if column is not key))


PROMOTED = (
    Column("id", "STRING", "The article's id (`provenance.id`).", key=True),
    Column("received", "TIMESTAMP", "When the topic had the message; null where Kafka says no time. The partition."),
    Column("agency", "STRING", "The agency's id (`wire.agency`)."),
    Column("language", "STRING", "Primary language subtag (BCP 47), `und` where unknown."),
    Column("headline", "STRING", "The clean headline (`article.headlines[0].value`); empty where there is none, also after a kill."),
    Column("version_created", "TIMESTAMP", "The agency's time of this version (`article.versionCreated`)."),
    Column("pub_status", "STRING", "`article.pubStatus`: usable, withheld, canceled."),
)
"""Columns of an article beside its members: what a table can be keyed, partitioned and clustered by must stand at the top, and what is
asked for most should not need a JSON path. The body is not among them: it would be sent and stored twice."""


@cache
def articles() -> Table:
    description, members = _record("article")
    return Table("articles", description, PROMOTED + members, partition="received", cluster=("id",))


@cache
def stories() -> Table:
    description, members = _record("story")
    return Table("stories", description, _keyed(members), cluster=("id",))


@cache
def threads() -> Table:
    description, members = _record("thread")
    return Table("threads", description, _keyed(members), cluster=("id",))


@cache
def dead_letters() -> Table:
    """Its key has a second part: a payload may be larger than a row can be, and a dead letter has nowhere else to go."""
    part = Column("part", "INT64", "0, and on from there where `value` is too large for one row; all else stands in part 0.", key=True)
    description, members = _record("dead_letter")
    key, *rest = _keyed(members)
    return Table("dead_letters", description, (key, part, *rest), cluster=("id",))


def tables() -> tuple[Table, ...]:
    return articles(), stories(), threads(), dead_letters()


# --- DDL ------------------------------------------------------------------------------------------------------------------


def ddl(dataset: str) -> str:
    """The statements that make the dataset (`project.dataset`) and its tables where they are missing."""
    return "\n".join([_HEAD.format(dataset=dataset), *(_create(dataset, table) for table in tables())])


_HEAD = """\
-- The tables of writethru's BigQuery sink. Generated: python -m writethru.sinks.bigquery_schema {dataset}
--
-- max_staleness 0: a query sees every change that was acknowledged before it, so a killed body is gone from the next query on. It makes
-- each query merge what was not yet applied. Where minutes of an old state are allowed, this is the lever on cost:
--   ALTER TABLE `{dataset}.articles` SET OPTIONS (max_staleness = INTERVAL 15 MINUTE);
-- Time travel can still read a row as it was before a kill; 48 hours is the least BigQuery allows.
-- To let old articles go: ALTER TABLE `{dataset}.articles` SET OPTIONS (partition_expiration_days = 90);
-- BYTES columns hold the bytes themselves; where a description says base64, it speaks of the record's JSON.
-- A partition takes times from 10 years ago to a year ahead: to fill in an older archive, take the PARTITION BY line out.

CREATE SCHEMA IF NOT EXISTS `{dataset}` OPTIONS (max_time_travel_hours = 48);
"""


def _create(dataset: str, table: Table) -> str:
    lines = [_definition(column, 1) for column in table.columns]
    lines.append(f"  PRIMARY KEY ({', '.join(f'`{key}`' for key in table.keys)}) NOT ENFORCED")
    body = ",\n".join(lines)
    partition = f"PARTITION BY TIMESTAMP_TRUNC(`{table.partition}`, DAY)\n" if table.partition else ""
    cluster = f"CLUSTER BY {', '.join(f'`{name}`' for name in table.cluster)}\n" if table.cluster else ""
    options = f"OPTIONS (max_staleness = INTERVAL 0 MINUTE, description = {_literal(table.description)});\n"
    return f"CREATE TABLE IF NOT EXISTS `{dataset}.{table.name}` (\n{body}\n)\n{partition}{cluster}{options}"


def _definition(column: Column, depth: int) -> str:
    """`of`, `partition`, `current` and others are reserved words: every name is quoted."""
    kind: str = column.type
    if column.fields:
        inner = ",\n".join(_definition(one, depth + 1) for one in column.fields)
        kind = f"STRUCT<\n{inner}\n{'  ' * depth}>"
    if column.repeated:
        kind = f"ARRAY<{kind}>"
    described = f" OPTIONS (description = {_literal(column.description)})" if column.description else ""
    return f"{'  ' * depth}`{column.name}` {kind}{' NOT NULL' if column.key else ''}{described}"


def _literal(text: str) -> str:
    # JSON's escapes are among those of a GoogleSQL string.
    return json.dumps(text, ensure_ascii=False)


def missing(wanted: Sequence[Column], has: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Dotted names of the columns that a table lacks; `has` maps a lower-case name to the same map of its fields."""
    for column in wanted:
        name = path + column.name
        if column.name.lower() not in has:
            yield name
        else:
            yield from missing(column.fields, has[column.name.lower()], name + ".")


if __name__ == "__main__":
    if len(sys.argv) != 2 or "." not in sys.argv[1]:
        sys.exit("usage: python -m writethru.sinks.bigquery_schema PROJECT.DATASET")
    sys.stdout.write(ddl(sys.argv[1]))
