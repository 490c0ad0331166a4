"""The process's way into a BigQuery dataset: one client, one connection a table on its default stream, and errors in plain words. Needs
the extra `gcp`, so that it is imported when a BigQuery sink is opened, not before.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import grpc
from google.api_core import exceptions, retry
from google.auth.exceptions import GoogleAuthError
from google.cloud.bigquery_storage_v1 import BigQueryWriteClient, types
from google.cloud.bigquery_storage_v1.services.big_query_write.transports import BigQueryWriteGrpcTransport

from writethru import __version__
from writethru.ops import metrics
from writethru.sinks.bigquery_connection import Broken, Connection
from writethru.sinks.bigquery_rows import MAX_ROW, descriptor
from writethru.sinks.bigquery_schema import Table, missing
from writethru.sinks.contract import SinkFailed, short
from writethru.sinks.settings import BigQuerySinkSettings

Code = grpc.StatusCode

RETRIED = frozenset(
    code.value[0]
    for code in (
        Code.ABORTED,  # also how the service ends a connection that was idle for ten minutes
        Code.CANCELLED,
        Code.DEADLINE_EXCEEDED,
        Code.INTERNAL,
        Code.RESOURCE_EXHAUSTED,
        Code.UNAVAILABLE,
        Code.UNKNOWN,
    )
)
"""What may pass. Everything else needs somebody to change the tables, the rights or this program."""


class Dataset:
    """A client whose tables are found by name. For every thread of the process."""

    def __init__(self, settings: BigQuerySinkSettings) -> None:
        """Raises SinkFailed where no credentials are found."""
        self.where = settings.dataset
        self.patience = settings.patience
        self._path = "projects/{}/datasets/{}".format(*settings.dataset.rsplit(".", 1))
        self._lock = threading.Lock()
        self._tables: dict[str, TableWriter] = {}
        try:
            if settings.emulator:
                plain = BigQueryWriteGrpcTransport(channel=grpc.insecure_channel(settings.emulator))
                self._client = BigQueryWriteClient(transport=plain)  # type: ignore[no-untyped-call]
            else:
                self._client = BigQueryWriteClient()  # type: ignore[no-untyped-call]
        except GoogleAuthError as error:
            raise SinkFailed("bigquery", self.where, short(error), _CREDENTIALS) from error

    def table(self, table: Table) -> TableWriter:
        """Raises SinkFailed where the table is missing, may not be written, or lacks a column."""
        with self._lock:
            if table.name not in self._tables:
                writer = TableWriter(self._client, f"{self._path}/tables/{table.name}", table, self)
                writer.check()
                self._tables[table.name] = writer
            return self._tables[table.name]

    def failed(self, table: str, code: int, what: object) -> SinkFailed:
        remedy = _REMEDIES.get(code, f"Nothing of this batch is committed: start again when BigQuery answers within {self.patience:g} s.")
        return SinkFailed("bigquery", f"{self.where}.{table}", short(what), remedy)

    def close(self) -> None:
        for writer in self._tables.values():
            writer.close()
        self._client.transport.close()  # type: ignore[no-untyped-call]


class TableWriter:
    """One table's default stream. One thread writes at a time: the service answers in the order of the requests."""

    def __init__(self, client: BigQueryWriteClient, path: str, table: Table, dataset: Dataset) -> None:
        self._client = client
        self._stream = f"{path}/streams/_default"
        self._table = table
        self._dataset = dataset
        self._lock = threading.Lock()
        self._connection: Connection | None = None

    def check(self) -> None:
        """Raises SinkFailed where the table is missing, may not be written, or lacks a column."""
        request = types.GetWriteStreamRequest(name=self._stream, view=types.WriteStreamView.FULL)
        passing = retry.if_exception_type(exceptions.ServiceUnavailable, exceptions.ResourceExhausted, exceptions.InternalServerError)
        patience = self._dataset.patience
        try:
            found = self._client.get_write_stream(
                request, retry=retry.Retry(predicate=passing, initial=0.05, maximum=1.0, timeout=patience), timeout=patience
            )
        except exceptions.RetryError as error:
            raise self._dataset.failed(self._table.name, Code.UNAVAILABLE.value[0], error.cause) from error
        except exceptions.GoogleAPICallError as error:
            code = error.grpc_status_code or Code.UNKNOWN
            raise self._dataset.failed(self._table.name, code.value[0], error.message) from error
        lacking = list(missing(self._table.columns, _names(found.table_schema.fields)))
        if lacking:
            what = f"the table lacks {', '.join(lacking)}"
            raise self._dataset.failed(self._table.name, Code.INVALID_ARGUMENT.value[0], what)

    def append(self, rows: Sequence[bytes]) -> dict[int, str]:
        """Durable on return, save the rows in the result: index and reason of those that the service will never take.

        Sent again for `patience` seconds where the service is away or says that it may pass: a row that was written before is replaced by
        itself. Raises SinkFailed.
        """
        refused: dict[int, str] = {}
        deadline = time.monotonic() + self._dataset.patience
        pause = 0.05
        pending = list(_requests(rows))
        with self._lock:
            while pending:
                passing, pending = self._tried(rows, pending, refused, deadline)
                if passing is not None:
                    if time.monotonic() + pause > deadline:
                        raise self._dataset.failed(self._table.name, *passing)
                    metrics.SINK_RETRIES.inc(sink="bigquery")
                    time.sleep(pause)
                    pause = min(1.0, pause * 2)
        return refused

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _tried(
        self, rows: Sequence[bytes], pending: list[list[int]], refused: dict[int, str], deadline: float
    ) -> tuple[tuple[int, str] | None, list[list[int]]]:
        """One attempt: the passing fault, if one was met, and what must be sent again. Adds to `refused`. Raises SinkFailed."""
        passing: tuple[int, str] | None = None
        again: list[list[int]] = []
        try:
            answers = self._exchanged([[rows[index] for index in request] for request in pending], deadline)
        except Broken as error:
            self.close()
            if error.code not in RETRIED:
                raise self._dataset.failed(self._table.name, error.code, error.what) from error
            return (error.code, error.what), pending
        for request, answer in zip(pending, answers, strict=True):
            if not answer.error.code:
                continue
            if answer.row_errors:
                # Of a request with a bad row the service writes none.
                bad = {error.index: short(error.message) for error in answer.row_errors}
                refused.update({request[at]: what for at, what in bad.items()})
                rest = [index for at, index in enumerate(request) if at not in bad]
                if rest:
                    again.append(rest)
            elif answer.error.code in RETRIED:
                passing = answer.error.code, answer.error.message
                again.append(request)
            else:
                raise self._dataset.failed(self._table.name, answer.error.code, answer.error.message)
        return passing, again

    def _exchanged(self, requests: list[list[bytes]], deadline: float) -> list[types.AppendRowsResponse]:
        """An answer to each request, in order. Raises Broken."""
        first = self._connection is None
        if self._connection is None:
            self._connection = Connection(self._client, self._stream)
        for rows in requests:
            request = types.AppendRowsRequest(write_stream=self._stream)
            told = types.AppendRowsRequest.pb(request).proto_rows
            told.rows.serialized_rows.extend(rows)
            if first:
                request.trace_id = f"writethru:{__version__}"
                told.writer_schema.proto_descriptor.CopyFrom(descriptor(self._table))
                first = False
            self._connection.send(request)
        return [self._connection.answer(deadline) for _ in requests]


def _requests(rows: Sequence[bytes]) -> Iterator[list[int]]:
    """The rows' indices by request: as many as the size of a request allows."""
    request: list[int] = []
    size = 0
    for index, row in enumerate(rows):
        if request and size + len(row) > MAX_ROW:
            yield request
            request, size = [], 0
        request.append(index)
        size += len(row) + 5  # tag and length
    if request:
        yield request


def _names(fields: Sequence[Any]) -> Mapping[str, Any]:
    return {field.name.lower(): _names(field.fields) for field in fields}


_CREDENTIALS = "Run as a service account, or name its key file in GOOGLE_APPLICATION_CREDENTIALS."
_RIGHTS = "Give the account this runs as the role BigQuery Data Editor (roles/bigquery.dataEditor) on the dataset."
_TABLES = "Bring the tables to what deploy/bigquery/schema.sql makes (python -m writethru.sinks.bigquery_schema PROJECT.DATASET prints it)."
_REMEDIES = {
    Code.NOT_FOUND.value[0]: "Correct --bigquery-dataset, or make the tables with deploy/bigquery/schema.sql.",
    Code.PERMISSION_DENIED.value[0]: _RIGHTS,
    Code.UNAUTHENTICATED.value[0]: _CREDENTIALS,
    Code.INVALID_ARGUMENT.value[0]: _TABLES,
    Code.FAILED_PRECONDITION.value[0]: _TABLES,
}
