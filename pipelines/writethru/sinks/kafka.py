"""Articles, stories and threads to their topics, keyed by id. The article topic is partitioned by agency, so that one agency's articles
stay in order; stories and threads go where Kafka's default partitioner puts their id."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from writethru.codec import article_json, story_json, thread_json
from writethru.records import SCHEMA, Article, Emission, Story, Thread
from writethru.sinks.contract import Kind, Rejected, short
from writethru.sinks.outbox import Headers, Outbox, lane_hash
from writethru.sinks.settings import KafkaSinkSettings

_SCHEMA = ("schema", b"%d" % SCHEMA)


@dataclass(frozen=True, slots=True)
class _Written:
    kind: Kind
    id: str
    article: Article | None = None


class KafkaSink:
    """Sends on `write`, waits for every acknowledgement on `flush`."""

    name = "kafka"

    def __init__(self, settings: KafkaSinkSettings) -> None:
        """Raises SinkFailed where no broker answers within 5 s or a topic is missing."""
        self._settings = settings
        topics = (settings.articles, settings.stories, settings.threads)
        self._outbox: Outbox[_Written] = Outbox(settings.connection, topics, settings.patience, settings.compression)
        self._rejected: list[Rejected] = []

    def write(self, emission: Emission) -> None:
        if emission.articles:
            partitions = self._outbox.partitions(self._settings.articles)
            for article in emission.articles:
                self._article(article, partitions)
        if emission.stories:
            partitions = self._outbox.partitions(self._settings.stories)
            for story in emission.stories:
                self._story(story, partitions)
        if emission.threads:
            partitions = self._outbox.partitions(self._settings.threads)
            for thread in emission.threads:
                self._thread(thread, partitions)

    def flush(self) -> list[Rejected]:
        refused = self._outbox.flush()
        rejected, self._rejected = self._rejected, []
        rejected += [Rejected(record.kind, record.id, short(error), record.article) for record, error in refused]
        return rejected

    def close(self) -> None:
        self._outbox.clear()
        self._rejected = []

    def _article(self, article: Article, partitions: int) -> None:
        try:
            value = article_json(article)
        except orjson.JSONEncodeError as error:
            self._rejected.append(Rejected("article", article.id, short(error), article))
            return
        agency = article.wire.agency
        self._outbox.send(
            _Written("article", article.id, article),
            self._settings.articles,
            article.id.encode(),
            value,
            article_headers(article),
            lane_hash(agency) % partitions,
        )

    def _story(self, story: Story, partitions: int) -> None:
        try:
            value = story_json(story)
        except orjson.JSONEncodeError as error:
            self._rejected.append(Rejected("story", story.id, short(error)))
            return
        # Chosen here as the client would choose it, without its look at every partition for every record.
        lane = lane_hash(story.id) % partitions
        self._outbox.send(_Written("story", story.id), self._settings.stories, story.id.encode(), value, story_headers(story), lane)

    def _thread(self, thread: Thread, partitions: int) -> None:
        try:
            value = thread_json(thread)
        except orjson.JSONEncodeError as error:
            self._rejected.append(Rejected("thread", thread.id, short(error)))
            return
        lane = lane_hash(thread.id) % partitions
        self._outbox.send(_Written("thread", thread.id), self._settings.threads, thread.id.encode(), value, thread_headers(thread), lane)


def article_headers(article: Article) -> Headers:
    """What a consumer filters or routes by without reading the JSON: `schema`, `rev`, `agency`, `action`, `language`, and `story`,
    `thread`, `embargo` (RFC 3339) where there is one. UTF-8."""
    headers: Headers = [
        _SCHEMA,
        ("rev", b"%d" % article.rev),
        ("agency", article.wire.agency.encode()),
        ("action", article.wire.action.encode()),
        ("language", article.language.encode()),
    ]
    if article.story is not None:
        headers.append(("story", article.story.id.encode()))
    if article.thread is not None:
        headers.append(("thread", article.thread.id.encode()))
    if article.wire.embargo is not None:
        headers.append(("embargo", article.wire.embargo.encode()))
    return headers


def story_headers(story: Story) -> Headers:
    return [_SCHEMA, ("rev", b"%d" % story.rev), ("agency", story.agency.encode()), ("status", story.status.encode())]


def thread_headers(thread: Thread) -> Headers:
    return [_SCHEMA, ("rev", b"%d" % thread.rev), ("language", thread.language.encode())]
