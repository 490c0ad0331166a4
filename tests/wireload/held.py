"""What a run left in its topics and tables, read back as plain records; and a wire kept in a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson
from kafka import KafkaConsumer, TopicPartition
from sqlalchemy import create_engine, select

from tests.wireload.compare import Record, Records
from tests.wireload.life import Message
from writethru.codec import raw_from_json, raw_json
from writethru.kafka_connection import KafkaConnection
from writethru.options import Options
from writethru.records import RawMessage
from writethru.sinks.sql_engine import url_of
from writethru.sinks.sql_schema import ARTICLES, STORIES, THREADS, VERSIONS


def read_topics(connection: KafkaConnection, chosen: Options) -> Records:
    """The last record of every key of the three output topics. Raises ValueError where a key stands in two partitions."""
    return Records(
        _last(connection, chosen.topic_articles), _last(connection, chosen.topic_stories), _last(connection, chosen.topic_threads)
    )


def read_raw(connection: KafkaConnection, topic: str) -> list[RawMessage]:
    """Every message of a topic, partition after partition."""
    found = _records(connection, topic)
    found.sort(key=lambda record: (record.partition, record.offset))
    return [
        RawMessage(record.value, topic, record.partition, record.offset, record.timestamp, record.key, tuple(record.headers))
        for record in found
    ]


def read_sql(url: str) -> Records:
    """The rows of the three tables, each as the record it holds. `url` as in `--sql-url`."""
    engine = create_engine(url_of(url))
    try:
        with engine.connect() as connection:
            articles, stories, threads = (
                {row.id: _object(row.record) for row in connection.execute(select(table.c.id, table.c.record))}
                for table in (ARTICLES, STORIES, THREADS)
            )
    finally:
        engine.dispose()
    return Records(articles, stories, threads)


def version_faults(url: str) -> list[str]:
    """Where the table of versions says other than the records of the stories, a line each: rows too many, too few, another current one."""
    engine = create_engine(url_of(url))
    try:
        with engine.connect() as connection:
            rows = connection.execute(select(VERSIONS.c.story_id, VERSIONS.c.article_id, VERSIONS.c.position, VERSIONS.c.is_current))
            held = {(row.story_id, row.article_id): (row.position, row.is_current) for row in rows}
            stories = {row.id: _object(row.record) for row in connection.execute(select(STORIES.c.id, STORIES.c.record))}
    finally:
        engine.dispose()
    told = {
        (id_, version["id"]): (version["position"], version["id"] == story["current"])
        for id_, story in stories.items()
        for version in story["versions"]
    }
    return [
        f"version {article} of story {story}: {told.get((story, article))} in the record, {held.get((story, article))} in the table"
        for story, article in sorted(told.keys() | held.keys())
        if told.get((story, article)) != held.get((story, article))
    ]


def cached(path: Path, make: Callable[[], Iterable[Message]]) -> Iterator[Message]:
    """The messages kept in `path`; where it is not there, those of `make`, kept there first."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(f".{os.getpid()}.part")
        with part.open("wb") as file:
            for offset, (key, value, headers) in enumerate(make()):
                file.write(raw_json(RawMessage(value, "wire.raw", 0, offset, 0, key, headers)) + b"\n")
        part.rename(path)
    with path.open("rb") as lines:
        for line in lines:
            message = raw_from_json(line)
            yield message.key or b"", message.value, message.headers


def _last(connection: KafkaConnection, topic: str) -> dict[str, Record]:
    found: dict[str, Record] = {}
    places: dict[str, int] = {}
    for record in sorted(_records(connection, topic), key=lambda record: (record.partition, record.offset)):
        key = record.key.decode()
        if places.setdefault(key, record.partition) != record.partition:
            raise ValueError(f"{topic}: key {key} stands in partitions {places[key]} and {record.partition}; no compaction makes that one")
        if record.value is None:
            found.pop(key, None)
        else:
            found[key] = _object(record.value)
    return found


def _records(connection: KafkaConnection, topic: str) -> list[Any]:
    """Every record of a topic up to its present end."""
    consumer = KafkaConsumer(**connection.client_options(), group_id=None, enable_auto_commit=False)
    try:
        places = [TopicPartition(topic, partition) for partition in sorted(consumer.partitions_for_topic(topic) or ())]
        if not places:
            raise LookupError(f"topic {topic} does not exist at {connection.bootstrap}")
        consumer.assign(places)
        ends = consumer.end_offsets(places)
        consumer.seek_to_beginning()
        found: list[Any] = []
        while any(consumer.position(place) < ends[place] for place in places):
            for batch in consumer.poll(timeout_ms=500, max_records=5000).values():
                found += batch
    finally:
        consumer.close()
    return found


def _object(record: Any) -> Record:
    """JSON as bytes or text; PostgreSQL's driver has read it already."""
    read: Record = record if isinstance(record, dict) else orjson.loads(record)
    return read
