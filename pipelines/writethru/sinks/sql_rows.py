"""Records -> rows: which columns a record fills, and what a database's text can hold."""

from __future__ import annotations

from typing import Any

import orjson

from writethru.codec import article_json, dead_json, story_json, thread_json
from writethru.records import Article, DeadLetter, Story, Thread

Row = dict[str, Any]

NUL = "\x00"
REPLACEMENT = "\ufffd"
"""PostgreSQL's text has no NUL and SQLite's shell stops at one, so both hold U+FFFD instead, in the columns and in `record`."""


def article_row(article: Article) -> Row:
    """Raises `orjson.JSONEncodeError` as `codec.article_json`."""
    told, source = article.article, article.provenance
    return _clean(
        {
            "id": article.id,
            "rev": article.rev,
            "agency": article.wire.agency,
            "action": article.wire.action,
            "headline": article.headline,
            "body": article.body,
            "language": article.language,
            "urgency": told.get("urgency"),
            "version_created": told.get("versionCreated"),
            "embargoed_until": told.get("embargoedUntil"),
            "pub_status": told.get("pubStatus"),
            "story_id": article.story and article.story.id,
            "thread_id": article.thread and article.thread.id,
            "format": source.format,
            "topic": source.topic,
            "topic_partition": source.partition,
            "topic_offset": source.offset,
            "received": source.received,
            "record": _json(article_json(article)),
        }
    )


def story_row(story: Story) -> Row:
    """Raises `orjson.JSONEncodeError` as `codec.story_json`."""
    return _clean(
        {
            "id": story.id,
            "rev": story.rev,
            "agency": story.agency,
            "status": story.status,
            "current_article": story.current,
            "headline": story.headline,
            "slug": story.slug,
            "language": story.language,
            "version_count": story.count,
            "first_seen": story.first_seen,
            "last_seen": story.last_seen,
            "merged_into": story.merged_into,
            "text": story.text,
            "record": _json(story_json(story)),
        }
    )


def version_rows(story: Story) -> list[Row]:
    """A row for each article of the chain; of two entries for one article the later counts."""
    rows = {
        version.id: _clean(
            {
                "story_id": story.id,
                "article_id": version.id,
                "position": version.position,
                "uri": version.uri,
                "version": version.version,
                "action": version.action,
                "ordinal": version.ordinal,
                "version_created": version.time,
                "headline": version.headline,
                "is_current": version.id == story.current,
            }
        )
        for version in story.versions
    }
    return list(rows.values())


def thread_row(thread: Thread) -> Row:
    """Raises `orjson.JSONEncodeError` as `codec.thread_json`."""
    return _clean(
        {
            "id": thread.id,
            "rev": thread.rev,
            "headline": thread.headline,
            "language": thread.language,
            "agencies": ",".join(thread.agencies),
            "member_count": thread.count,
            "first_seen": thread.first_seen,
            "last_seen": thread.last_seen,
            "merged_into": thread.merged_into,
            "record": _json(thread_json(thread)),
        }
    )


def dead_letter_row(letter: DeadLetter) -> Row:
    return _clean(
        {
            "id": letter.id,
            "step": letter.step,
            "reason": letter.reason,
            "detail": letter.detail,
            "topic": letter.message.topic,
            "topic_partition": letter.message.partition,
            "topic_offset": letter.message.offset,
            "attempts": letter.attempts,
            "pipeline": letter.pipeline,
            "record": _json(dead_json(letter)),
        }
    )


def _clean(row: Row) -> Row:
    for name, value in row.items():
        if type(value) is str and NUL in value:
            row[name] = value.replace(NUL, REPLACEMENT)
    return row


def _json(data: bytes) -> str:
    # The escape may also be the text backslash-u-0000, so a hit is looked at properly; without one nothing is paid but the search.
    if b"\\u0000" in data:
        data = orjson.dumps(_without_nul(orjson.loads(data)))
    return data.decode()


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace(NUL, REPLACEMENT)
    if isinstance(value, list):
        return [_without_nul(one) for one in value]
    if isinstance(value, dict):
        return {_without_nul(name): _without_nul(one) for name, one in value.items()}
    return value
