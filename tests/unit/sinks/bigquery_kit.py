"""A stand-in for BigQuery's Storage Write API: a real gRPC server that reads rows by the descriptor their writer sent and applies changes
by Google's documented rules (https://cloud.google.com/bigquery/docs/change-data-capture, …/supported-data-types). It is no proof of what
the service itself does.
"""

from __future__ import annotations

import json
import re
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any

import grpc
from google.cloud.bigquery_storage_v1 import types
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.message import DecodeError
from google.rpc import status_pb2

from writethru.sinks import BigQuerySinkSettings
from writethru.sinks.bigquery_schema import Column, Table, tables

SERVICE = "google.cloud.bigquery.storage.v1.BigQueryWrite"
LIMIT = 10_000_000
SEQUENCE = re.compile(r"[0-9A-Fa-f]{1,16}(/[0-9A-Fa-f]{1,16}){0,3}")
FIELD = descriptor_pb2.FieldDescriptorProto
TAKES = {
    "STRING": FIELD.TYPE_STRING,
    "JSON": FIELD.TYPE_STRING,
    "BYTES": FIELD.TYPE_BYTES,
    "INT64": FIELD.TYPE_INT64,
    "TIMESTAMP": FIELD.TYPE_INT64,
    "DATE": FIELD.TYPE_INT32,
    "FLOAT64": FIELD.TYPE_DOUBLE,
    "BOOL": FIELD.TYPE_BOOL,
    "STRUCT": FIELD.TYPE_MESSAGE,
}
SHOWN = types.TableFieldSchema.Type
REST = {"INT64": SHOWN.INT64, "FLOAT64": SHOWN.DOUBLE} | {name: SHOWN[name] for name in TAKES if name not in ("INT64", "FLOAT64")}

Fault = Callable[[grpc.ServicerContext], types.AppendRowsResponse | None]


@dataclass
class Stored:
    """A table: the row of each key and the sequence number that wrote it."""

    table: Table
    rows: dict[tuple[Any, ...], dict[str, Any]] = field(default_factory=dict)
    numbers: dict[tuple[Any, ...], tuple[int, ...]] = field(default_factory=dict)

    def upsert(self, row: dict[str, Any], sequence: str) -> None:
        key = tuple(row[name] for name in self.table.keys)
        number = tuple(int(section, 16) for section in sequence.split("/"))
        if number >= self.numbers.get(key, ()):
            self.rows[key], self.numbers[key] = row, number


class BigQuery:
    """`settings` connect a sink to it. What it is told to do wrong, it does for the next requests, in order."""

    def __init__(self, patience: float = 5.0, port: int = 0) -> None:
        self.stored = {table.name: Stored(table) for table in tables()}
        self.requests: list[types.AppendRowsRequest] = []
        self.routes: list[str] = []
        self.faults: deque[Fault] = deque()
        self.refused: dict[str, str] = {}
        self.absent: set[str] = set()
        self.opening: tuple[grpc.StatusCode, str] | None = None
        self._lock = threading.Lock()
        self._server = grpc.server(ThreadPoolExecutor(16), options=[("grpc.max_receive_message_length", -1)])
        handlers = {
            "AppendRows": grpc.stream_stream_rpc_method_handler(
                self._append, types.AppendRowsRequest.deserialize, types.AppendRowsResponse.serialize
            ),
            "GetWriteStream": grpc.unary_unary_rpc_method_handler(
                self._stream, types.GetWriteStreamRequest.deserialize, types.WriteStream.serialize
            ),
        }
        self._server.add_generic_rpc_handlers([grpc.method_handlers_generic_handler(SERVICE, handlers)])
        self.port = self._server.add_insecure_port(f"127.0.0.1:{port}")
        self._server.start()
        self.settings = BigQuerySinkSettings("newsroom.wire", patience=patience, emulator=f"127.0.0.1:{self.port}")

    def close(self) -> None:
        self._server.stop(None).wait()

    # --- what a test tells it, and asks ---------------------------------------------------------------------------------------

    def answers(self, code: grpc.StatusCode, message: str = "told to") -> None:
        """The next request is answered with this error; the connection stays."""
        status = status_pb2.Status(code=code.value[0], message=message)
        self.faults.append(lambda _: types.AppendRowsResponse(error=status))

    def breaks(self, code: grpc.StatusCode, message: str = "told to") -> None:
        """The next request ends its connection."""
        self.faults.append(lambda context: context.abort(code, message))

    def ends(self) -> None:
        """The next request ends its connection without an error."""
        self.faults.append(lambda _: None)

    def rows(self, table: str) -> dict[str, dict[str, Any]]:
        """The rows of a table that has one key, by it."""
        return {key[0]: row for key, row in self.stored[table].rows.items()}

    def sent(self, table: str) -> list[types.AppendRowsRequest]:
        return [one for one in self.requests if f"/tables/{table}/" in one.write_stream]

    # --- the service ----------------------------------------------------------------------------------------------------------

    def _stream(self, request: types.GetWriteStreamRequest, context: grpc.ServicerContext) -> types.WriteStream:
        if self.opening is not None:
            context.abort(*self.opening)
        assert request.view == types.WriteStreamView.FULL
        shown = types.TableSchema(fields=list(_shown(self._table(request.name).table.columns, self.absent)))
        return types.WriteStream(name=request.name, table_schema=shown)

    def _table(self, stream: str) -> Stored:
        found = re.fullmatch(r"projects/newsroom/datasets/wire/tables/(\w+)/streams/_default", stream)
        assert found, stream
        return self.stored[found[1]]

    def _append(self, requests: Iterator[types.AppendRowsRequest], context: grpc.ServicerContext) -> Iterator[types.AppendRowsResponse]:
        self.routes += [value for name, value in context.invocation_metadata() if name == "x-goog-request-params"]
        reader: Any = None
        for request in requests:
            with self._lock:
                self.requests.append(request)
                fault = self.faults.popleft() if self.faults else None
            schema = request.proto_rows.writer_schema.proto_descriptor
            if schema.name:
                reader = _reader(schema, self._table(request.write_stream).table)
            if fault is not None:
                answer = fault(context)
                if answer is None:
                    return
                yield answer
            elif reader is None or request.offset or types.AppendRowsRequest.pb(request).ByteSize() >= LIMIT:
                yield _error(grpc.StatusCode.INVALID_ARGUMENT, "malformed request")
            else:
                with self._lock:
                    yield self._written(request, reader)

    def _written(self, request: types.AppendRowsRequest, reader: Any) -> types.AppendRowsResponse:
        stored = self._table(request.write_stream)
        rows: list[tuple[dict[str, Any], str]] = []
        errors: list[types.RowError] = []
        for index, data in enumerate(request.proto_rows.rows.serialized_rows):
            try:
                rows.append(self._read(reader, data, stored.table))
            except (ValueError, DecodeError) as error:
                errors.append(types.RowError(index=index, code=types.RowError.RowErrorCode.FIELDS_ERROR, message=str(error)))
        if errors:
            answer = _error(grpc.StatusCode.INVALID_ARGUMENT, "Errors found while processing rows.")
            answer.row_errors = errors
            return answer
        for row, sequence in rows:
            stored.upsert(row, sequence)
        return types.AppendRowsResponse(append_result=types.AppendRowsResponse.AppendResult(), write_stream=request.write_stream)

    def _read(self, reader: Any, data: bytes, table: Table) -> tuple[dict[str, Any], str]:
        message = reader.FromString(data)
        kind, sequence = getattr(message, "_CHANGE_TYPE"), getattr(message, "_CHANGE_SEQUENCE_NUMBER")  # noqa: B009
        if kind != "UPSERT" or not SEQUENCE.fullmatch(sequence):
            raise ValueError(f"not a valid change: {kind} {sequence}")
        row = read_row(message, table.columns)
        if row["id"] in self.refused:
            raise ValueError(self.refused[row["id"]])
        return row, sequence


def _error(code: grpc.StatusCode, message: str) -> types.AppendRowsResponse:
    return types.AppendRowsResponse(error=status_pb2.Status(code=code.value[0], message=message))


def _shown(columns: Sequence[Column], absent: set[str], path: str = "") -> Iterator[types.TableFieldSchema]:
    for column in columns:
        if path + column.name not in absent:
            fields = list(_shown(column.fields, absent, f"{path}{column.name}."))
            yield types.TableFieldSchema(name=column.name.upper(), type_=REST[column.type], fields=fields)


def _reader(schema: descriptor_pb2.DescriptorProto, table: Table) -> Any:
    """The class that reads rows, made from nothing but what was sent: in a package of its own, as a service might."""
    told = descriptor_pb2.DescriptorProto()
    told.CopyFrom(schema)
    pool = descriptor_pool.DescriptorPool()
    pool.Add(descriptor_pb2.FileDescriptorProto(name="sent.proto", package="of.the.service", syntax="proto2", message_type=[told]))
    made = pool.FindMessageTypeByName(f"of.the.service.{told.name}")
    _fits(made, table.columns, {"_CHANGE_TYPE", "_CHANGE_SEQUENCE_NUMBER"})
    return message_factory.GetMessageClass(made)


def _fits(message: Any, columns: Sequence[Column], pseudo: set[str]) -> None:
    assert {one.name for one in message.fields} == {column.name for column in columns} | pseudo
    for column in columns:
        one = message.fields_by_name[column.name]
        assert one.type == TAKES[column.type], column.name
        label = FIELD.LABEL_REPEATED if column.repeated else FIELD.LABEL_REQUIRED if column.key else FIELD.LABEL_OPTIONAL
        assert one.label == label, column.name
        if column.fields:
            _fits(one.message_type, column.fields, set())


def read_row(message: Any, columns: Sequence[Column]) -> dict[str, Any]:
    """A row as a record's JSON would have it, but for bytes, which stay bytes, and nulls, which are left out."""
    row: dict[str, Any] = {}
    for column in columns:
        value = getattr(message, column.name)
        if column.repeated:
            row[column.name] = [_value(one, column) for one in value]
        elif message.HasField(column.name):
            row[column.name] = _value(value, column)
    return row


def _value(value: Any, column: Column) -> Any:
    if column.type == "STRUCT":
        return read_row(value, column.fields)
    if column.type == "JSON":
        return json.loads(value)
    if column.type == "TIMESTAMP":
        moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(microseconds=value)
        return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds").replace("+00:00", "Z")
    if column.type == "DATE":
        return (date(1970, 1, 1) + timedelta(days=value)).isoformat()
    return value
