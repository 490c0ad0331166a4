"""Articles, stories and threads as rows, upserted by id: SQLite for a machine of its own, PostgreSQL for a newsroom."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

import orjson
from sqlalchemy import Connection, Executable, Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, IntegrityError, InterfaceError, SQLAlchemyError

from writethru.ops import metrics
from writethru.records import Article, Emission, Story, Thread
from writethru.sinks.contract import Kind, Rejected, keep_newest, short
from writethru.sinks.settings import SqlSinkSettings
from writethru.sinks.sql_engine import Database, database, transient
from writethru.sinks.sql_rows import Row, article_row, story_row, thread_row, version_rows
from writethru.sinks.sql_schema import ARTICLES, STORIES, THREADS, VERSIONS

T = TypeVar("T", Article, Story, Thread)

REFUSED = (DataError, IntegrityError, InterfaceError, OverflowError)
"""The database will not take this row, now or later: a number past 64 bits, a text past its limit."""

_CHUNK = 1000
"""Ids in one IN list: SQLite before 3.32 takes 999 parameters … and PostgreSQL 65,535."""


@dataclass(slots=True)
class Rows:
    """What one transaction writes. `sources` are the articles behind the rows, for the caller to dead-letter a refused one."""

    articles: list[Row] = field(default_factory=list)
    stories: list[Row] = field(default_factory=list)
    threads: list[Row] = field(default_factory=list)
    versions: dict[str, list[Row]] = field(default_factory=dict)


class SqlSink:
    """Buffers on `write`, one transaction on `flush`. Of one id only the highest `rev` of a bundle is written."""

    name = "sql"

    def __init__(self, settings: SqlSinkSettings) -> None:
        """Raises SinkFailed where the database cannot be opened, written or understood."""
        self._patience = settings.patience
        self._database = database(settings)
        self._statements = _statements(self._database.engine.dialect.name)
        self.close()

    def write(self, emission: Emission) -> None:
        keep_newest(self._articles, emission.articles)
        keep_newest(self._stories, emission.stories)
        keep_newest(self._threads, emission.threads)

    def flush(self) -> list[Rejected]:
        rejected: list[Rejected] = []
        articles = self._articles
        rows = Rows(
            articles=list(_rows("article", articles, article_row, rejected)),
            stories=list(_rows("story", self._stories, story_row, rejected)),
            threads=list(_rows("thread", self._threads, thread_row, rejected)),
            versions={id_: version_rows(story) for id_, story in self._stories.items()},
        )
        self.close()
        if rows.articles or rows.stories or rows.threads:
            refused = retried(self._database, self._patience, lambda: self._store(rows))
            rejected += [Rejected(kind, id_, detail, articles.get(id_) if kind == "article" else None) for kind, id_, detail in refused]
        return rejected

    def close(self) -> None:
        self._articles: dict[str, Article] = {}
        self._stories: dict[str, Story] = {}
        self._threads: dict[str, Thread] = {}

    def _store(self, rows: Rows) -> list[tuple[Kind, str, str]]:
        try:
            with self._database.begin() as connection:
                self._write(connection, rows)
        except REFUSED:
            return self._store_singly(rows)
        return []

    def _write(self, connection: Connection, rows: Rows) -> None:
        statements = self._statements
        if rows.articles:
            connection.execute(statements.article, rows.articles)
        if rows.stories:
            connection.execute(statements.story, rows.stories)
            accepted = [row["id"] for row in _accepted(connection, rows.stories)]
            if accepted:
                connection.execute(_FORGET_VERSIONS, [{"story": id_} for id_ in accepted])
            versions = [row for id_ in accepted for row in rows.versions[id_]]
            if versions:
                connection.execute(statements.version, versions)
        if rows.threads:
            connection.execute(statements.thread, rows.threads)

    def _store_singly(self, rows: Rows) -> list[tuple[Kind, str, str]]:
        """The same in one transaction with a savepoint a record, after a batch in which something was refused."""
        refused: list[tuple[Kind, str, str]] = []
        with self._database.begin() as connection:
            for kind, one in _singles(rows):
                try:
                    with connection.begin_nested():
                        self._write(connection, one)
                except REFUSED as error:
                    (row,) = one.articles or one.stories or one.threads
                    refused.append((kind, row["id"], short(getattr(error, "orig", error))))
        return refused


def retried(store: Database, patience: float, write: Callable[[], Any]) -> Any:
    """What `write` returns, tried again for `patience` seconds while the database is locked or away. Raises SinkFailed."""
    deadline = time.monotonic() + patience
    pause = 0.05
    while True:
        try:
            return write()
        except SQLAlchemyError as error:
            if not transient(error) or time.monotonic() + pause > deadline:
                raise store.failed(error) from error
        metrics.SINK_RETRIES.inc(sink="sql")
        time.sleep(pause)
        pause = min(1.0, pause * 2)


def upsert(table: Table, dialect: str, by_rev: bool = False) -> Executable:
    """INSERT … ON CONFLICT on the primary key DO UPDATE; `by_rev`: never over a higher `rev`."""
    insert = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    keys = [column.name for column in table.primary_key]
    replaced = {column.name: insert.excluded[column.name] for column in table.c if column.name not in keys}
    return insert.on_conflict_do_update(index_elements=keys, set_=replaced, where=insert.excluded.rev >= table.c.rev if by_rev else None)


@dataclass(frozen=True, slots=True)
class _Statements:
    article: Executable
    story: Executable
    version: Executable
    thread: Executable


def _statements(dialect: str) -> _Statements:
    return _Statements(
        article=upsert(ARTICLES, dialect, by_rev=True),
        story=upsert(STORIES, dialect, by_rev=True),
        version=upsert(VERSIONS, dialect),
        thread=upsert(THREADS, dialect, by_rev=True),
    )


_FORGET_VERSIONS = VERSIONS.delete().where(VERSIONS.c.story_id == bindparam("story"))


def _rows(kind: Kind, records: dict[str, T], row: Callable[[T], Row], rejected: list[Rejected]) -> Iterator[Row]:
    # By id, so that two workers that write the same rows of PostgreSQL lock them in the same order.
    for id_ in sorted(records):
        record = records[id_]
        try:
            yield row(record)
        except orjson.JSONEncodeError as error:
            rejected.append(Rejected(kind, id_, short(error), record if isinstance(record, Article) else None))


def _accepted(connection: Connection, stories: Sequence[Row]) -> Iterator[Row]:
    """The stories whose row now stands as written; the upsert has locked all of them, also those with a higher `rev`."""
    for chunk in _chunks(stories):
        query = select(STORIES.c.id, STORIES.c.rev).where(STORIES.c.id.in_([row["id"] for row in chunk]))
        stored = {id_: rev for id_, rev in connection.execute(query)}
        yield from (row for row in chunk if stored.get(row["id"]) == row["rev"])


def _chunks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


def _singles(rows: Rows) -> Iterator[tuple[Kind, Rows]]:
    yield from (("article", Rows(articles=[row])) for row in rows.articles)
    yield from (("story", Rows(stories=[row], versions=rows.versions)) for row in rows.stories)
    yield from (("thread", Rows(threads=[row])) for row in rows.threads)
