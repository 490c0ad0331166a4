"""Records -> rows of the Storage Write API: protocol buffers of a type that is made from a table's columns at run time.

A row carries two pseudo-columns beside the table's own. `_CHANGE_TYPE` is UPSERT: the row with the same key is replaced.
`_CHANGE_SEQUENCE_NUMBER` is the record's `rev` in hexadecimal (at most 16 digits, compared as an unsigned number): of two changes to a key
BigQuery keeps the one with the higher number, whichever came first, and of equal ones the later. Google's rules for both:
https://cloud.google.com/bigquery/docs/change-data-capture
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from functools import cache
from typing import Any

import orjson
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import Message

from writethru.codec import article_json, dead_json, story_json, thread_json
from writethru.records import Article, DeadLetter, Story, Thread
from writethru.sinks.bigquery_schema import Column, Table, Type

Row = dict[str, Any]

MAX_ROW = 9_500_000
"""Bytes of one encoded row and of the rows of one request. A request may have 10 MB (20 in newer documentation); the rest is for its
envelope and the descriptor."""

MAX_VALUE = 8_000_000
"""Bytes of a dead letter's payload in one row."""

_CHANGE_TYPE = "_CHANGE_TYPE"
_SEQUENCE = "_CHANGE_SEQUENCE_NUMBER"


# --- records -> values by column ------------------------------------------------------------------------------------------


def article_row(article: Article) -> Row:
    """Raises `orjson.JSONEncodeError` as `codec.article_json`."""
    row: Row = orjson.loads(article_json(article))
    row |= {
        "id": article.id,
        "received": article.provenance.received if article.provenance.timestamp >= 0 else None,
        "agency": article.wire.agency,
        "language": article.language,
        "headline": article.headline,
        "version_created": article.article.get("versionCreated"),
        "pub_status": article.article.get("pubStatus"),
    }
    return row


def story_row(story: Story) -> Row:
    """Raises `orjson.JSONEncodeError` as `codec.story_json`."""
    row: Row = orjson.loads(story_json(story))
    return row


def thread_row(thread: Thread) -> Row:
    """Raises `orjson.JSONEncodeError` as `codec.thread_json`."""
    row: Row = orjson.loads(thread_json(thread))
    return row


def dead_letter_rows(letter: DeadLetter) -> Iterator[Row]:
    """The letter, its payload in as many rows as it needs."""
    row: Row = orjson.loads(dead_json(letter))
    payload = letter.message.value
    yield {**row, "part": 0, "value": payload[:MAX_VALUE]}
    for part, start in enumerate(range(MAX_VALUE, len(payload), MAX_VALUE), 1):
        yield {"id": letter.id, "part": part, "value": payload[start : start + MAX_VALUE]}


# --- values -> bytes ------------------------------------------------------------------------------------------------------


def encoded(table: Table, row: Row, rev: int) -> bytes:
    """The row as a protocol buffer of `descriptor(table)`; members the table has no column for are left out.

    Raises ValueError for what a column cannot hold: an integer past 64 bits, a time that is none, a `rev` below 0. It names the column and
    quotes nothing.
    """
    if rev < 0:
        raise ValueError(f"rev {rev} is below 0")
    message = _message_class(table)()
    _fill(message, table.columns, row)
    setattr(message, _CHANGE_TYPE, "UPSERT")
    setattr(message, _SEQUENCE, f"{rev:X}")
    data: bytes = message.SerializeToString()
    return data


@cache
def descriptor(table: Table) -> descriptor_pb2.DescriptorProto:
    """The type of a row, complete in itself: what the first request of a connection carries."""
    root = descriptor_pb2.DescriptorProto(name=table.name.title().replace("_", ""))
    _describe(root, root, table.columns)
    for name in (_CHANGE_TYPE, _SEQUENCE):
        _add_field(root, name, _Field.TYPE_STRING, _Field.LABEL_OPTIONAL)
    return root


_Field = descriptor_pb2.FieldDescriptorProto


def _describe(root: descriptor_pb2.DescriptorProto, message: descriptor_pb2.DescriptorProto, columns: Sequence[Column]) -> None:
    for column in columns:
        label = _Field.LABEL_REPEATED if column.repeated else _Field.LABEL_REQUIRED if column.key else _Field.LABEL_OPTIONAL
        field = _add_field(message, column.name, _TYPES[column.type], label)
        if column.fields:
            # All in the root: a name of its own, found from everywhere, whatever package the service puts the root into.
            nested = root.nested_type.add(name=f"{message.name}_{column.name.title()}")
            field.type_name = nested.name
            _describe(root, nested, column.fields)


def _add_field(message: descriptor_pb2.DescriptorProto, name: str, kind: Any, label: Any) -> descriptor_pb2.FieldDescriptorProto:
    return message.field.add(name=name, number=len(message.field) + 1, type=kind, label=label)


@cache
def _message_class(table: Table) -> type[Message]:
    pool = descriptor_pool.DescriptorPool()
    root = descriptor(table)
    file = descriptor_pb2.FileDescriptorProto(name=f"{table.name}.proto", syntax="proto2", message_type=[root])
    pool.Add(file)
    made: type[Message] = message_factory.GetMessageClass(pool.FindMessageTypeByName(root.name))
    return made


def _fill(message: Message, columns: Sequence[Column], values: Mapping[str, Any]) -> None:
    for column in columns:
        value = values.get(column.name)
        if value is None:
            continue
        if column.type == "STRUCT":
            if column.repeated:
                for one in value:
                    _fill(getattr(message, column.name).add(), column.fields, one)
            else:
                member = getattr(message, column.name)
                member.SetInParent()
                _fill(member, column.fields, value)
            continue
        convert = _CONVERT.get(column.type)
        try:
            if column.repeated:
                getattr(message, column.name).extend(map(convert, value) if convert else value)
            else:
                setattr(message, column.name, convert(value) if convert else value)
        except ValueError as error:
            raise ValueError(f"{column.name} holds what no {column.type} can be") from error


_TYPES = {
    "STRING": _Field.TYPE_STRING,
    "JSON": _Field.TYPE_STRING,
    "BYTES": _Field.TYPE_BYTES,
    "INT64": _Field.TYPE_INT64,
    "TIMESTAMP": _Field.TYPE_INT64,
    "DATE": _Field.TYPE_INT32,
    "FLOAT64": _Field.TYPE_DOUBLE,
    "BOOL": _Field.TYPE_BOOL,
    "STRUCT": _Field.TYPE_MESSAGE,
}

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def _microseconds(stamp: str) -> int:
    if stamp.endswith("Z"):  # Python 3.10's fromisoformat knows no Z
        stamp = stamp[:-1] + "+00:00"
    return (datetime.fromisoformat(stamp) - _EPOCH) // timedelta(microseconds=1)


def _days(day: str) -> int:
    return (date.fromisoformat(day) - _EPOCH.date()).days


def _bytes(value: str | bytes) -> bytes:
    """Records write bytes as base64; a row may hold them as they are."""
    return value if isinstance(value, bytes) else b64decode(value)


_CONVERT: dict[Type, Callable[[Any], Any]] = {
    "BYTES": _bytes,
    "TIMESTAMP": _microseconds,
    "DATE": _days,
    "JSON": lambda value: orjson.dumps(value).decode(),
}
