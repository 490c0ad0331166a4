"""Articles, stories and threads to BigQuery, upserted by id through the Storage Write API's default stream with change data capture.

A later `rev` replaces the row, an earlier one is dropped by BigQuery itself, so a kill empties what was written a second before it. The
tables must be there: `deploy/bigquery/schema.sql` makes them. A story's versions and a thread's members are arrays of its row (UNNEST).

Never run against Google's service: the tests run it against a gRPC server of their own that keeps the documented rules
(`docs/decisions/0005-bigquery-by-storage-write.md`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import orjson

from writethru.records import Article, Emission, Story, Thread
from writethru.sinks.bigquery_rows import MAX_ROW, Row, article_row, encoded, story_row, thread_row
from writethru.sinks.bigquery_schema import Table, articles, stories, threads
from writethru.sinks.contract import Kind, Rejected, SinkFailed, keep_newest, short
from writethru.sinks.pool import shared
from writethru.sinks.settings import BigQuerySinkSettings

if TYPE_CHECKING:
    from writethru.sinks.bigquery_client import Dataset

R = TypeVar("R", Article, Story, Thread)


class BigQuerySink:
    """Buffers on `write`, appends to each table on `flush`. Of one id only the highest `rev` of a bundle is sent."""

    name = "bigquery"

    def __init__(self, settings: BigQuerySinkSettings) -> None:
        """Raises SinkFailed where the extra `gcp` is not installed, no credentials are found, a table is missing or may not be written."""
        store = dataset(settings)
        self._writers = {table.name: store.table(table) for table in (articles(), stories(), threads())}
        self.close()

    def write(self, emission: Emission) -> None:
        keep_newest(self._articles, emission.articles)
        keep_newest(self._stories, emission.stories)
        keep_newest(self._threads, emission.threads)

    def flush(self) -> list[Rejected]:
        written = self._articles, self._stories, self._threads
        self.close()
        rejected = self._append("article", articles(), written[0], article_row)
        rejected += self._append("story", stories(), written[1], story_row)
        rejected += self._append("thread", threads(), written[2], thread_row)
        return rejected

    def close(self) -> None:
        self._articles: dict[str, Article] = {}
        self._stories: dict[str, Story] = {}
        self._threads: dict[str, Thread] = {}

    def _append(self, kind: Kind, table: Table, records: dict[str, R], row: Callable[[R], Row]) -> list[Rejected]:
        rejected: list[Rejected] = []
        sent: list[R] = []
        rows: list[bytes] = []

        def refuse(record: R, detail: object) -> None:
            rejected.append(Rejected(kind, record.id, short(detail), record if isinstance(record, Article) else None))

        for record in records.values():
            try:
                data = encoded(table, row(record), record.rev)
            except (orjson.JSONEncodeError, ValueError) as error:
                refuse(record, error)
                continue
            if len(data) > MAX_ROW:
                refuse(record, f"a row of {len(data)} bytes: BigQuery takes requests of 10 MB")
                continue
            sent.append(record)
            rows.append(data)
        if rows:
            for index, detail in self._writers[table.name].append(rows).items():
                refuse(sent[index], detail)
        return rejected


def dataset(settings: BigQuerySinkSettings) -> Dataset:
    """The process's dataset for these settings. Raises SinkFailed."""
    try:
        from writethru.sinks.bigquery_client import Dataset
    except ImportError as error:
        remedy = "Install it: pip install '.[gcp]'."
        raise SinkFailed("bigquery", settings.dataset, f"Google's client is not installed ({short(error)})", remedy) from error
    return shared(("bigquery", settings), lambda: Dataset(settings))
