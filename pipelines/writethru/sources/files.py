"""Payloads from files, for development and back-fill: a directory is one payload a file, JSON Lines one payload a line."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from writethru.sources.rows import article_of_row

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
CONTENT_TYPES = {
    ".json": b"application/json",
    ".jsonl": b"application/json",
    ".ndjson": b"application/json",
    ".xml": b"application/xml",
    ".txt": b"text/plain",
}


@dataclass(frozen=True, slots=True)
class Payload:
    """One payload and where it stood: `place` is `file` or `file:line`."""

    value: bytes
    place: str
    headers: tuple[tuple[str, bytes], ...]


class NoInput(ValueError):
    """The path holds nothing that could be played."""


def payloads(paths: Iterable[Path]) -> Iterator[Payload]:
    """Everything under `paths`, directories in the order of their names. Raises NoInput, OSError.

    A JSON line of a corpus (`id`, `title`, `text` …) becomes the ninjs article it describes (`rows.py`); any other line is a payload
    as it stands. Compressed single payloads are passed on compressed: unwrapping is the pipeline's.
    """
    for path in paths:
        files = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith(".")) if path.is_dir() else [path]
        if not path.exists():
            raise NoInput(f"{path}: no such file or directory")
        if not files:
            raise NoInput(f"{path}: the directory holds no files")
        for file in files:
            if file.name.endswith(LINES):
                yield from _lines(file)
            else:
                yield Payload(file.read_bytes(), str(file), _headers(file))


def piped(content: bytes) -> Iterator[Payload]:
    """What came through a pipe: a payload, or JSON Lines, told by a first line that is an object of its own."""
    first, _, rest = content.lstrip().partition(b"\n")
    if first.startswith(b"{") and (rest.lstrip().startswith(b"{") or not rest.strip()) and first.rstrip().endswith(b"}"):
        for number, line in enumerate(content.splitlines(), 1):
            if line.strip():
                yield Payload(article_of_row(line, "-") or line, f"-:{number}", ())
    else:
        yield Payload(content, "-", ())


def _lines(file: Path) -> Iterator[Payload]:
    headers = _headers(file)
    number = 0
    try:
        with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield Payload(article_of_row(line, file.name) or line.rstrip(b"\r\n"), f"{file}:{number}", headers)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise NoInput(f"{file}: broken gzip after line {number}: {error}") from error


def _headers(file: Path) -> tuple[tuple[str, bytes], ...]:
    suffix = next((suffix for suffix in reversed(file.suffixes) if suffix != ".gz"), "")
    kind = CONTENT_TYPES.get(suffix.lower())
    named = (("source-file", file.name.encode()),)
    return (*named, ("content-type", kind)) if kind else named
