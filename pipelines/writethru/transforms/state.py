"""What outlives a bundle outside Beam: the process-wide cache of indexes, and on the local runner the log that outlives the process.

The local runner keeps no state across restarts and would hold every byte of it in memory, so there the log lies in `OUT/state.db`
*instead* of in Beam's bags; it is written in `finish_bundle`, before the sinks flush and the offsets are committed. A crash in between
is harmless: the redelivered batch meets its stored decisions.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

LOG_SCHEMA = 2
"""Of the log and its stamp, in Beam's state and in `state.db`; apart from the number of the records that go out, which may change alone.
1 kept the text of a story's current version, 2 keeps those of its parts too, and where they go."""
READ_FROM = 1
"""The oldest schema that this build goes on from: its entries are those of the present one that lack what was added since."""
KEPT_EPOCHS = 8


class StateUnusable(RuntimeError):
    """The local state cannot be opened or written; the message names the file and what to do."""


class IndexCache:
    """Indexes of this process by (step, key), each valid only under the token that was written last. Least used keys go first."""

    def __init__(self, limit: int = 512) -> None:
        self.limit = limit
        self._held: OrderedDict[tuple[str, str], tuple[bytes, Any]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, step: str, key: str, token: bytes | None) -> Any | None:
        """The index if it is the one that wrote `token`, else None; either way it is no longer held."""
        with self._lock:
            held = self._held.pop((step, key), None)
        return held[1] if held and held[0] == token else None

    def put(self, step: str, key: str, token: bytes, index: Any) -> None:
        with self._lock:
            self._held[step, key] = token, index
            while len(self._held) > self.limit:
                self._held.popitem(last=False)

    def clear(self) -> None:
        with self._lock:
            self._held.clear()


class LocalState:
    """`OUT/state.db`: one table of log chunks. One process at a time; a second one is refused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._dirty = self._erase = False
        self.stamps: dict[tuple[str, str], bytes] = {}
        """By (step, key), of this process alone: a new process finds none and rebuilds."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=2)
            # EXCLUSIVE holds the file for this process: two pipelines on one state would each undo the other's stories.
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")
            # Zeros over what is deleted or moves to another page: a killed text was found in a page that had been parted long before.
            self._db.execute("PRAGMA secure_delete=ON")
            self._db.execute("BEGIN IMMEDIATE")
            self._migrate()
            self._db.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise StateUnusable(self._say(error)) from error

    def _migrate(self) -> None:
        self._db.execute("CREATE TABLE IF NOT EXISTS meta (schema INTEGER NOT NULL)")
        row = self._db.execute("SELECT schema FROM meta").fetchone()
        if row is None:
            self._db.execute("INSERT INTO meta VALUES (?)", (LOG_SCHEMA,))
            self._db.execute(
                "CREATE TABLE log"
                " (seq INTEGER PRIMARY KEY, step TEXT NOT NULL, key TEXT NOT NULL, epoch INTEGER NOT NULL, chunk BLOB NOT NULL)"
            )
            self._db.execute("CREATE INDEX log_key ON log (step, key, epoch)")
        elif READ_FROM <= row[0] < LOG_SCHEMA:
            self._db.execute("UPDATE meta SET schema = ?", (LOG_SCHEMA,))
        elif row[0] != LOG_SCHEMA:
            raise StateUnusable(
                f"{self.path}: state of schema {row[0]}, this build reads {LOG_SCHEMA}: use the build that wrote it, or another --out"
            )

    def log(self, step: str, key: str) -> LocalLog:
        return LocalLog(self, step, key)

    def append(self, step: str, key: str, epoch: int, chunk: bytes) -> None:
        with self._lock:
            try:
                if not self._dirty:
                    self._db.execute("BEGIN IMMEDIATE")
                    self._dirty = True
                self._db.execute("INSERT INTO log (step, key, epoch, chunk) VALUES (?, ?, ?, ?)", (step, key, epoch, chunk))
                self._db.execute("DELETE FROM log WHERE step = ? AND key = ? AND epoch <= ?", (step, key, epoch - KEPT_EPOCHS))
            except sqlite3.Error as error:
                raise StateUnusable(self._say(error)) from error

    def replace(self, step: str, key: str, epoch: int, chunks: Sequence[bytes]) -> None:
        """`chunks`, at least one, in place of all that was logged, which is then no longer in the file either."""
        with self._lock:
            for chunk in chunks:
                self.append(step, key, epoch, chunk)
            self._db.execute(
                "DELETE FROM log WHERE step = ? AND key = ? AND seq NOT IN"
                " (SELECT seq FROM log WHERE step = ? AND key = ? ORDER BY seq DESC LIMIT ?)",
                (step, key, step, key, len(chunks)),
            )
            self._erase = True

    def read(self, step: str, key: str) -> Iterator[bytes]:
        with self._lock:
            rows = self._db.execute("SELECT chunk FROM log WHERE step = ? AND key = ? ORDER BY seq", (step, key)).fetchall()
        return (chunk for (chunk,) in rows)

    def commit(self) -> None:
        """Durable against the process's death on return. Raises StateUnusable."""
        with self._lock:
            if self._dirty:
                try:
                    self._db.execute("COMMIT")
                except sqlite3.Error as error:
                    raise StateUnusable(self._say(error)) from error
                self._dirty = False
                if self._erase:
                    # The write-ahead log holds the pages as they were until it starts over.
                    self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                    self._erase = False

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def _say(self, error: Exception) -> str:
        busy = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
        remedy = "another writethru is running on this directory: end it, or" if busy else "make the directory writable with space left, or"
        return f"state {self.path}: {error}: {remedy} choose another --out"


class LocalLog:
    schema = LOG_SCHEMA
    """A file of an older one is brought up to this when it is opened."""
    last: int | None = None
    """Not kept: the table drops what leaves the ring, and a new process is told by the stamps that it has none."""

    def __init__(self, state: LocalState, step: str, key: str) -> None:
        self.state, self.step, self.key = state, step, key

    def stamp(self) -> bytes | None:
        return self.state.stamps.get((self.step, self.key))

    def append(self, epoch: int, chunk: bytes) -> None:
        self.state.append(self.step, self.key, epoch, chunk)

    def replace(self, epoch: int, chunks: Sequence[bytes]) -> None:
        self.state.replace(self.step, self.key, epoch, chunks)

    def seal(self, stamp: bytes) -> None:
        self.state.stamps[self.step, self.key] = stamp

    def read(self) -> Iterator[bytes]:
        return self.state.read(self.step, self.key)
