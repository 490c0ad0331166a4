"""A JSONL file that grows by whole segments: what one flush wrote, or nothing of it.

A segment is one `write` followed by `fdatasync`. A write that fails half-way (disk full) is cut off again at once; a tail torn by a
crash is cut off when the file is next opened, and `read_latest` passes over it meanwhile. Segments in files of their own, renamed into
place, would cost a directory entry a bundle (some 50 a second) and leave the reader to put them together.
"""

from __future__ import annotations

import errno
import fcntl
import os
import threading
from pathlib import Path
from typing import Any

import orjson

from writethru.sinks.contract import SinkFailed, short

_BLOCK = 64 * 1024


class JsonlFile:
    """Appends lines, for every thread of the process; another process is kept out by a lock that ends with this one."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file and cuts off a torn tail. Raises SinkFailed."""
        self._path = path
        self._guard = threading.Lock()
        try:
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise failed(path, error) from error
        try:
            fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(self._fd, _whole_lines(self._fd))
        except OSError as error:
            os.close(self._fd)
            raise failed(path, error) from error

    def append(self, lines: list[bytes]) -> None:
        """Durable on return. Raises SinkFailed, and then the file is as it was before."""
        segment = b"\n".join(lines) + b"\n"
        with self._guard:
            whole = os.fstat(self._fd).st_size
            try:
                _write_all(self._fd, segment)
                os.fdatasync(self._fd)
            except OSError as error:
                os.ftruncate(self._fd, whole)
                raise failed(self._path, error) from error

    def close(self) -> None:
        os.close(self._fd)


def read_latest(path: Path | str) -> dict[str, dict[str, Any]]:
    """The records of a JSONL file by key: of several lines with one key the one with the highest `rev`, of those the last.

    A last line without its line end is one that is being written, or that a crash cut short: it is left out.
    """
    latest: dict[str, dict[str, Any]] = {}
    with open(path, "rb") as lines:
        for line in lines:
            if not line.endswith(b"\n"):
                break
            record = orjson.loads(line)
            key = record["id"] if "id" in record else record["provenance"]["id"]
            known = latest.get(key)
            if known is None or record.get("rev", 0) >= known.get("rev", 0):
                latest[key] = record
    return latest


_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def failed(path: Path, error: OSError) -> SinkFailed:
    if isinstance(error, BlockingIOError):
        return SinkFailed("files", str(path), "another process writes this file", "Stop it, or give this run another --out directory.")
    remedy = "Make it writable, or choose another directory with --out."
    if error.errno in _NO_SPACE:
        remedy = "Free space, or choose another directory with --out, and start again: nothing of this batch is committed."
    return SinkFailed("files", str(path), error.strerror or short(error), remedy)


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def _whole_lines(fd: int) -> int:
    """The length of the file up to and with its last line end."""
    end = os.fstat(fd).st_size
    while end > 0:
        start = max(0, end - _BLOCK)
        found = os.pread(fd, end - start, start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0
