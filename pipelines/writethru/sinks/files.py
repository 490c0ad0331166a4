"""`articles.jsonl`, `stories.jsonl`, `threads.jsonl` in one directory. A later line with the same key replaces the earlier.

A kill or hold empties what was stored before it: a flush that brings one takes the earlier lines of all its keys out of the files, bodies
of articles and headlines of stories and threads alike (`JsonlFile.replace`). It is rare, so that reading a file through is no price.
"""

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
    """Buffers on `write`, writes one segment to each file on `flush`."""

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
                self._article_lines.append((article.id, article.rev, article_json(article)))
            except orjson.JSONEncodeError as error:
                self._reject("article", article.id, error, article)
        for story in emission.stories:
            try:
                self._story_lines.append((story.id, story.rev, story_json(story)))
            except orjson.JSONEncodeError as error:
                self._reject("story", story.id, error)
        for thread in emission.threads:
            try:
                self._thread_lines.append((thread.id, thread.rev, thread_json(thread)))
            except orjson.JSONEncodeError as error:
                self._reject("thread", thread.id, error)
        if _redacts(emission):
            self._redacts = True

    def flush(self) -> list[Rejected]:
        batches = ((self._articles, self._article_lines), (self._stories, self._story_lines), (self._threads, self._thread_lines))
        rejected, redacts = self._rejected, self._redacts
        self.close()
        for file, lines in batches:
            if lines and redacts:
                file.replace(_newest(lines))
            elif lines:
                file.append([line for _, _, line in lines])
        return rejected

    def close(self) -> None:
        self._article_lines: list[_Line] = []
        self._story_lines: list[_Line] = []
        self._thread_lines: list[_Line] = []
        self._rejected: list[Rejected] = []
        self._redacts = False

    def _reject(self, kind: Kind, id_: str, error: Exception, article: Article | None = None) -> None:
        self._rejected.append(Rejected(kind, id_, short(error), article))


_Line = tuple[str, int, bytes]
"""Key, `rev` and JSON of a record."""


def _redacts(emission: Emission) -> bool:
    """Whether it tells of a kill or hold: articles that are emptied (sent again without bodies, or met by the kill on arrival), stories
    that are killed or withheld."""
    if any(story.status in ("killed", "withheld") for story in emission.stories):
        return True
    return any(
        "bodies" not in article.article
        and (article.rev > 1 or (article.payload is None and article.article.get("pubStatus") in ("canceled", "withheld")))
        for article in emission.articles
    )


def _newest(lines: list[_Line]) -> dict[str, tuple[int, bytes]]:
    """Of each key the line with the highest `rev`, of those the last."""
    newest: dict[str, tuple[int, bytes]] = {}
    for key, rev, line in lines:
        if key not in newest or rev >= newest[key][0]:
            newest[key] = rev, line
    return newest


def jsonl_file(directory: str, name: str) -> JsonlFile:
    """The process's open file of that name, its directory made where missing; a link is followed, since a file that is written anew takes
    the place of its name. Raises SinkFailed."""
    path = (Path(directory) / name).resolve()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failed(path, error) from error
    return shared(("jsonl", path), lambda: JsonlFile(path))
