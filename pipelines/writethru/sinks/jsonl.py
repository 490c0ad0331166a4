"""A JSONL file that grows by whole segments: what one flush wrote, or nothing of it.

A segment is one `write` followed by `fdatasync`. A write that fails half-way (disk full) is cut off again at once; a tail torn by a
crash is cut off when the file is next opened, and `read_latest` passes over it meanwhile. Segments in files of their own, renamed into
place, would cost a directory entry a bundle (some 50 a second) and leave the reader to put them together.

What must not be read any more (`replace`) is taken out by writing the file anew beside itself (`.rewrite`) and renaming it into place, so
that a crash at any moment leaves the old file or the new one. That reads and writes the whole file, in constant memory, and needs as much
free space: 270 MB took 1.1 s, 0.45 where nothing was there to replace. Whoever follows the file does it by name (`tail -F`).
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from writethru.sinks.contract import SinkFailed, short

_BLOCK = 64 * 1024
_CHUNK = 1 << 20


class JsonlFile:
    """Appends lines, for every thread of the process; another process is kept out by a lock that ends with this one."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file, cuts off a torn tail and removes what a crash left of a rewrite. Raises SinkFailed."""
        self._path = path
        self._beside = path.with_name(path.name + ".rewrite")
        self._guard = threading.Lock()
        try:
            self._fd = _locked(path)
        except OSError as error:
            raise failed(path, error) from error
        try:
            os.ftruncate(self._fd, _whole_lines(self._fd))
            self._beside.unlink(missing_ok=True)
        except OSError as error:
            os.close(self._fd)
            raise failed(path, error) from error

    def append(self, lines: list[bytes]) -> None:
        """Durable on return. Raises SinkFailed, and then the file is as it was before."""
        with self._guard:
            self._append(lines)

    def replace(self, lines: Mapping[str, tuple[int, bytes]]) -> None:
        """Writes the lines (by key, each with its `rev`) in place of earlier ones with their keys, save those of a higher `rev`.

        Durable on return, and what was replaced is gone from the file. Raises SinkFailed, and then the file is as it was before: also
        where a line of it cannot be read, since that one may be what must go.
        """
        with self._guard:
            if any(gone for gone, _ in self._told(lines)):
                self._rewrite(lines)
            else:
                self._append([line for _, line in lines.values()])

    def close(self) -> None:
        os.close(self._fd)

    def _append(self, lines: list[bytes]) -> None:
        whole = os.fstat(self._fd).st_size
        try:
            _write_all(self._fd, b"\n".join(lines) + b"\n")
            os.fdatasync(self._fd)
        except OSError as error:
            os.ftruncate(self._fd, whole)
            raise failed(self._path, error) from error

    def _told(self, replacing: Mapping[str, tuple[int, bytes]]) -> Iterator[tuple[bool, bytes]]:
        """Each line of the file with whether it is replaced."""
        with open(self._path, "rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    record = orjson.loads(line)
                    replaced = replacing.get(_key(record))
                    gone = replaced is not None and record.get("rev", 0) <= replaced[0]
                except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
                    remedy = "Move the file away and start again: what a kill empties may lie in it."
                    raise SinkFailed("files", str(self._path), f"line {number} is no record", remedy) from error
                yield gone, line

    def _rewrite(self, lines: Mapping[str, tuple[int, bytes]]) -> None:
        try:
            new = os.open(self._beside, _FLAGS | os.O_TRUNC, 0o600)
            try:
                os.fchmod(new, stat.S_IMODE(os.fstat(self._fd).st_mode))
                # Before the new file has the name: nobody may lock it first.
                fcntl.flock(new, fcntl.LOCK_EX | fcntl.LOCK_NB)
                chunk = bytearray()
                for gone, line in self._told(lines):
                    if not gone:
                        chunk += line
                    if len(chunk) >= _CHUNK:
                        _write_all(new, chunk)
                        chunk = bytearray()
                _write_all(new, chunk + b"".join([line + b"\n" for _, line in lines.values()]))
                os.fsync(new)
                os.replace(self._beside, self._path)
            except (OSError, SinkFailed):
                os.close(new)
                self._beside.unlink(missing_ok=True)
                raise
            old, self._fd = self._fd, new
            os.close(old)
            _sync_directory(self._path.parent)
        except OSError as error:
            raise failed(self._path, error) from error


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
            key = _key(record)
            known = latest.get(key)
            if known is None or record.get("rev", 0) >= known.get("rev", 0):
                latest[key] = record
    return latest


def _key(record: dict[str, Any]) -> str:
    key: str = record["id"] if "id" in record else record["provenance"]["id"]
    return key


_NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def failed(path: Path, error: OSError) -> SinkFailed:
    if isinstance(error, BlockingIOError):
        return SinkFailed("files", str(path), "another process writes this file", "Stop it, or give this run another --out directory.")
    remedy = "Make it writable, or choose another directory with --out."
    if error.errno in _NO_SPACE:
        remedy = "Free space, or choose another directory with --out, and start again: nothing of this batch is committed."
    return SinkFailed("files", str(path), error.strerror or short(error), remedy)


_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC


def _locked(path: Path) -> int:
    """The file of that name, opened and locked. One that was renamed away between the two is let go for the one that took its place."""
    while True:
        fd = os.open(path, _FLAGS, 0o644)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(fd), os.stat(path)):
                return fd
        except OSError:
            os.close(fd)
            raise
        os.close(fd)


def _sync_directory(path: Path) -> None:
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def _write_all(fd: int, data: bytes | bytearray) -> None:
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
