"""What a SQLite file can do to its writer, and what the writer then says."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from writethru.records import Article, Emission, Provenance, Wire
from writethru.sinks import SinkFailed, SqlSinkSettings, close_all, opened
from writethru.sinks.sql_engine import database


@pytest.fixture(autouse=True)
def _closed():  # type: ignore[no-untyped-def]
    yield
    close_all()


def article(key: str, body: str = "The dam held.") -> Article:
    source = Provenance(key, "ninjs", "wire.raw", 0, 1, 1, "2026-03-01T08:15:01Z", "f" * 64, "utf-8", None, (), "test")
    return Article(key, 1, {"uri": key, "bodies": [{"value": body}]}, Wire("nwa"), None, None, source)


def settings(path: Path, patience: float = 0.3) -> SqlSinkSettings:
    return SqlSinkSettings(f"sqlite:///{path}", patience)


def ids(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        rows = [row[0] for row in connection.execute("SELECT id FROM articles ORDER BY id")]
    connection.close()
    return rows


def test_the_log_is_written_ahead_and_synced_at_each_commit(tmp_path: Path) -> None:
    with database(settings(tmp_path / "wire.db")).begin() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL


def test_a_reader_does_not_stop_the_writer(tmp_path: Path) -> None:
    sink = opened(settings(tmp_path / "wire.db"))
    sink.write(Emission((article("a1"),)))
    sink.flush()
    reader = sqlite3.connect(tmp_path / "wire.db", isolation_level=None)
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    sink.write(Emission((article("a2"),)))
    assert sink.flush() == []
    assert reader.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    reader.close()


def test_what_was_killed_is_not_left_in_the_free_space_of_the_file(tmp_path: Path) -> None:
    sink = opened(settings(tmp_path / "wire.db"))
    killed = article("a1", "-" * 5000 + "the killed lede" + "-" * 5000)
    sink.write(Emission((killed, *(article(f"b{n}", f"{n}" * 1500) for n in range(12)))))
    assert sink.flush() == []
    sink.write(Emission((replace(killed, rev=2, article={"uri": "a1", "pubStatus": "canceled"}),)))
    assert sink.flush() == []
    close_all()
    assert b"killed lede" not in (tmp_path / "wire.db").read_bytes()


@pytest.mark.parametrize("url", ["", "wire.db", "sqlite", "postgres//user:hunter2@host/db", "://", "mysql+pymysql://u:hunter2@h/db"])
def test_what_is_no_url_of_ours_is_said_without_its_password(url: str) -> None:
    with pytest.raises(SinkFailed, match="It takes sqlite:") as failure:
        opened(SqlSinkSettings(url))
    assert "hunter2" not in str(failure.value) and "hunter2" not in repr(SqlSinkSettings(url))


def test_a_missing_directory(tmp_path: Path) -> None:
    with pytest.raises(SinkFailed, match=r"sql sink at sqlite:///.*/none/wire.db: unable to open.*The directory must exist"):
        opened(settings(tmp_path / "none" / "wire.db"))


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "wire.db").write_bytes(b"<?xml version='1.0'?>" * 100)
    with pytest.raises(SinkFailed, match="file is not a database"):
        opened(settings(tmp_path / "wire.db"))


def test_a_locked_database_is_waited_for(tmp_path: Path) -> None:
    sink = opened(settings(tmp_path / "wire.db", patience=10))
    holder = sqlite3.connect(tmp_path / "wire.db", isolation_level=None, check_same_thread=False)
    holder.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.3, lambda: holder.execute("ROLLBACK"))
    release.start()
    sink.write(Emission((article("a1"),)))
    assert sink.flush() == []
    release.join()
    holder.close()
    assert ids(tmp_path / "wire.db") == ["a1"]


def test_a_database_that_stays_locked(tmp_path: Path) -> None:
    sink = opened(settings(tmp_path / "wire.db"))
    holder = sqlite3.connect(tmp_path / "wire.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    sink.write(Emission((article("a1"),)))
    begun = time.monotonic()
    with pytest.raises(SinkFailed, match=r"database is locked\. Another process holds it"):
        sink.flush()
    assert time.monotonic() - begun < 5
    holder.close()
    assert ids(tmp_path / "wire.db") == []


def test_a_full_disk_writes_nothing_of_the_batch(tmp_path: Path) -> None:
    store = database(settings(tmp_path / "wire.db"))
    sink = opened(settings(tmp_path / "wire.db"))
    sink.write(Emission((article("a1"),)))
    assert sink.flush() == []

    # SQLite answers SQLITE_FULL at its own page limit exactly as at the disk's end.
    @event.listens_for(store.engine, "begin")
    def limited(connection) -> None:  # type: ignore[no-untyped-def]
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 4}")

    sink.write(Emission((article("a2"), article("a3", "x" * 200_000))))
    with pytest.raises(SinkFailed, match=r"database or disk is full\. Free space on that disk"):
        sink.flush()
    assert ids(tmp_path / "wire.db") == ["a1"]


@contextmanager
def nobody() -> Iterator[None]:
    """Without root's right to write anything."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)


def test_a_read_only_file() -> None:
    with tempfile.TemporaryDirectory() as directory:  # pytest's own are closed to others
        path = Path(directory) / "wire.db"
        opened(settings(path))
        close_all()
        path.chmod(0o444)
        Path(directory).chmod(0o555)
        with nobody(), pytest.raises(SinkFailed, match=r"readonly database\. Make the file and its directory writable"):
            opened(settings(path))
        Path(directory).chmod(0o755)


def test_a_process_killed_in_mid_stream_leaves_whole_batches(tmp_path: Path) -> None:
    path = tmp_path / "wire.db"
    opened(settings(path))
    close_all()
    script = """
import sys
sys.path[:0] = [sys.argv[2]]
from test_sqlite import article
from writethru.records import Emission
from writethru.sinks import SqlSinkSettings, opened
sink = opened(SqlSinkSettings("sqlite:///" + sys.argv[1]))
for batch in range(100000):
    sink.write(Emission(tuple(article(f"{batch:06}-{n}") for n in range(20))))
    sink.flush()
    print(batch, flush=True)
"""
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(path), str(Path(__file__).parent)],
        stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert process.stdout is not None
    told = -1
    for line in process.stdout:
        told = int(line)
        if told == 20:
            process.kill()
            break
    process.stdout.close()
    process.wait()
    found = ids(path)
    assert len(found) % 20 == 0 and len(found) >= 20 * (told + 1)
