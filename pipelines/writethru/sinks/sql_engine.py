"""One engine per process and URL: connections set up for durable, waiting writers, tables at this version, and errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, SQLAlchemyError

from writethru.sinks.contract import SinkFailed, short
from writethru.sinks.pool import shared
from writethru.sinks.settings import SqlSinkSettings
from writethru.sinks.sql_schema import ForeignDatabase, prepare

WAIT = 5.0
"""Seconds a SQLite connection waits for a lock before the attempt counts as failed; `patience` bounds the attempts."""


class Database:
    """An engine whose tables are there."""

    def __init__(self, settings: SqlSinkSettings) -> None:
        """Raises SinkFailed where the URL is wrong, the database does not answer or may not be written."""
        url = url_of(settings.url)
        self.where = url.render_as_string(hide_password=True)
        self._sqlite = url.get_backend_name() == "sqlite"
        try:
            self.engine = _sqlite(url, min(WAIT, settings.patience)) if self._sqlite else _server(url)
        except (ImportError, SQLAlchemyError) as error:
            raise SinkFailed("sql", self.where, short(error), "Install its driver: pip install '.[postgresql]' for PostgreSQL.") from error
        try:
            with self.begin() as connection:
                prepare(connection)
        except ForeignDatabase as error:
            self.close()
            raise SinkFailed("sql", self.where, error.what, error.remedy) from error
        except SQLAlchemyError as error:
            self.close()
            raise self.failed(error) from error

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction, committed at the end of the block, rolled back where it raises."""
        with self.engine.begin() as connection:
            yield connection

    def failed(self, error: SQLAlchemyError) -> SinkFailed:
        what = short(getattr(error, "orig", None) or error)
        return SinkFailed("sql", self.where, what, _remedy(what, self._sqlite))

    def close(self) -> None:
        self.engine.dispose()


def database(settings: SqlSinkSettings) -> Database:
    """The process's database for these settings. Raises SinkFailed."""
    return shared(("sql", settings), lambda: Database(settings))


def transient(error: SQLAlchemyError) -> bool:
    """Whether trying again may help: a lock, a deadlock, a server that is away or starting."""
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return "locked" in str(error.orig) or "busy" in str(error.orig)
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # of psycopg's own making: it could not connect, or the connection broke
        return error.connection_invalidated or isinstance(error, OperationalError)
    return str(state)[:2] in _TRANSIENT_CLASSES


_TRANSIENT_CLASSES = ("08", "40", "53", "55", "57")
"""SQLSTATE classes: connection, rollback (deadlock, serialisation), resources, lock not available, shutdown or start-up."""


def url_of(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        # Unread text may hold a password anywhere, so none of it is shown.
        raise SinkFailed("sql", "the given URL", "this is no database URL", _EXAMPLE) from error
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise SinkFailed("sql", url.render_as_string(hide_password=True), f"{url.get_backend_name()} is not supported", _EXAMPLE)
    return url


_EXAMPLE = "It takes sqlite:////srv/wire.db or postgresql://user:password@host/database."


def _sqlite(url: URL, wait: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": wait}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # BEGIN is ours: the driver's own comes too late for the schema and takes no write lock
        connection.execute("PRAGMA journal_mode=WAL")
        # FULL syncs the log at each commit: what is committed to Kafka must outlive a power cut. NORMAL saves 0.5 of 2.5 ms a bundle.
        connection.execute("PRAGMA synchronous=FULL")
        # Zeros over what is deleted or overwritten: a killed text is not left in the file's free space.
        connection.execute("PRAGMA secure_delete=ON")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _server(url: URL) -> Engine:
    return create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args={"connect_timeout": 10})


def _remedy(what: str, sqlite: bool) -> str:
    lower = what.lower()
    if "locked" in lower or "busy" in lower:
        return "Another process holds it (fuser FILE names it): end that one, then start again."
    if "full" in lower or "no space" in lower:
        return "Free space on that disk and start again: nothing of this batch is committed."
    if "readonly" in lower or "read-only" in lower or "permission" in lower:
        if sqlite:
            return "Make the file and its directory writable for this user, or give another with --sql-url."
        return "Name a primary server in --sql-url, and a user who may create and write tables there."
    if "unable to open" in lower:
        return "The directory must exist and be writable: make it, or give another path with --sql-url."
    if sqlite:
        return "Check the file with sqlite3 FILE 'PRAGMA integrity_check', or give another with --sql-url."
    return "Check that the server runs, and host, database, user and password of --sql-url."
