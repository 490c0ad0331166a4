"""`articles.jsonl`, `stories.jsonl`, `threads.jsonl` in one directory. A later line with the same key replaces the earlier."""

from __future__ import annotations

from pathlib import Path

import orjson

from writethru.codec import article_json, story_json, thread_json
from writethru.records import Article, Emission
from writethru.sinks.contract import Kind, Rejected, short
from writethru.sinks.jsonl import JsonlFile, failed, read_latest
from writethru.sinks.pool import shared
from writethru.sinks.settings import FilesSinkSettings

__all__ = ["FilesSink", "jsonl_file", "read_latest"]


class FilesSink:
    """Buffers on `write`, appends one segment to each file on `flush`."""

    name = "files"

    def __init__(self, settings: FilesSinkSettings) -> None:
        """Raises SinkFailed where the directory cannot be made or a file not be opened for writing."""
        self._articles = jsonl_file(settings.directory, "articles.jsonl")
        self._stories = jsonl_file(settings.directory, "stories.jsonl")
        self._threads = jsonl_file(settings.directory, "threads.jsonl")
        self.close()

    def write(self, emission: Emission) -> None:
        for article in emission.articles:
            try:
                self._article_lines.append(article_json(article))
            except orjson.JSONEncodeError as error:
                self._reject("article", article.id, error, article)
        for story in emission.stories:
            try:
                self._story_lines.append(story_json(story))
            except orjson.JSONEncodeError as error:
                self._reject("story", story.id, error)
        for thread in emission.threads:
            try:
                self._thread_lines.append(thread_json(thread))
            except orjson.JSONEncodeError as error:
                self._reject("thread", thread.id, error)

    def flush(self) -> list[Rejected]:
        batches = ((self._articles, self._article_lines), (self._stories, self._story_lines), (self._threads, self._thread_lines))
        rejected = self._rejected
        self.close()
        for file, lines in batches:
            if lines:
                file.append(lines)
        return rejected

    def close(self) -> None:
        self._article_lines: list[bytes] = []
        self._story_lines: list[bytes] = []
        self._thread_lines: list[bytes] = []
        self._rejected: list[Rejected] = []

    def _reject(self, kind: Kind, id_: str, error: Exception, article: Article | None = None) -> None:
        self._rejected.append(Rejected(kind, id_, short(error), article))


def jsonl_file(directory: str, name: str) -> JsonlFile:
    """The process's open file of that name, its directory made where missing. Raises SinkFailed."""
    path = Path(directory).resolve() / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failed(path, error) from error
    return shared(("jsonl", path), lambda: JsonlFile(path))
