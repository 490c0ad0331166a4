"""Bytes <-> records: the one place where a record becomes JSON and JSON a record again.

`schema` and `rev` come first, then the members in the order `records.py` gives them; nulls are written, so that a reader sees every
member in every record. Three things differ from the field names: an article's id stands in `provenance.id` alone, its `payload` is not
written, and `Note.klass` is called `class`. Bytes (payloads, keys, header values) are base64.

Reading is tolerant in one direction: members this version does not know are ignored, members with a default may be absent. A schema
number above `records.SCHEMA` is refused, because what such a record means is not known here.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import fields
from typing import Any, TypeVar

import orjson

from writethru.records import (
    SCHEMA,
    Article,
    Block,
    Changes,
    Claim,
    Conflict,
    Dateline,
    DatelinePlace,
    DeadLetter,
    DigestItem,
    Evidence,
    GeoName,
    Lack,
    Link,
    Note,
    NumberChange,
    Ordinals,
    ParagraphChange,
    Provenance,
    RawMessage,
    Second,
    SecondThread,
    Story,
    StoryPlace,
    StoryVersion,
    Thread,
    ThreadMember,
    ThreadPlace,
    Wire,
)

T = TypeVar("T")


class SchemaError(ValueError):
    """JSON that is not a record this version reads: a newer schema number, none, or a member that is missing."""


# --- articles -------------------------------------------------------------------------------------------------------------


def article_json(article: Article) -> bytes:
    """The enriched article as one line of JSON, without its payload.

    Raises `orjson.JSONEncodeError` (a TypeError) for text JSON cannot carry: a lone surrogate, an integer past 64 bits.
    """
    return orjson.dumps(
        {
            "schema": SCHEMA,
            "rev": article.rev,
            "article": article.article,
            "wire": _wire_members(article.wire),
            "story": article.story,
            "thread": article.thread,
            "provenance": article.provenance,
        }
    )


def article_from_json(data: bytes, payload: RawMessage | None = None) -> Article:
    """The article of `article_json`; `payload` is the message it came from, where the caller still has it.

    Raises SchemaError, or `orjson.JSONDecodeError` (both are ValueErrors) where the bytes are no JSON.
    """
    members = _members(data, "article")
    try:
        provenance = members["provenance"]
        provenance["warnings"] = tuple(provenance["warnings"])
        return Article(
            id=provenance["id"],
            rev=members["rev"],
            article=members["article"],
            wire=_wire(members["wire"]),
            story=_story_place(members["story"]),
            thread=_thread_place(members["thread"]),
            provenance=_record(Provenance, provenance),
            payload=payload,
        )
    except (KeyError, TypeError) as wrong:
        raise _incomplete("article", wrong) from wrong


def _wire_members(wire: Wire) -> dict[str, Any]:
    members = {name: getattr(wire, name) for name in _WIRE}
    if wire.notes:
        members["notes"] = _notes_members(wire.notes)
    if wire.digest_items:
        members["digest_items"] = [
            {name: getattr(item, name) for name in _DIGEST_ITEM} | {"notes": _notes_members(item.notes)} for item in wire.digest_items
        ]
    return members


def _notes_members(notes: tuple[Note, ...]) -> list[dict[str, Any]]:
    return [{written: getattr(note, name) for name, written in _NOTE} for note in notes]


def _wire(members: dict[str, Any]) -> Wire:
    for name in ("replaces", "kill_targets"):
        members[name] = tuple(members.get(name, ()))
    members["ordinals"] = _record(Ordinals, members.get("ordinals", {}))
    members["notes"] = tuple([_note(note) for note in members.get("notes", ())])
    members["evidence"] = tuple([_spanned(Evidence, evidence) for evidence in members.get("evidence", ())])
    members["blocks"] = tuple([_spanned(Block, block) for block in members.get("blocks", ())])
    members["digest_items"] = tuple([_digest_item(item) for item in members.get("digest_items", ())])
    members["conflicts"] = tuple([_conflict(conflict) for conflict in members.get("conflicts", ())])
    if members.get("dateline") is not None:
        members["dateline"] = _dateline(members["dateline"])
    return _record(Wire, members)


def _note(members: dict[str, Any]) -> Note:
    members["klass"] = members.pop("class")
    for name in ("targets", "paragraphs", "span"):
        members[name] = tuple(members[name])
    return _record(Note, members)


def _spanned(cls: type[T], members: dict[str, Any]) -> T:
    members["span"] = tuple(members["span"])
    return _record(cls, members)


def _digest_item(members: dict[str, Any]) -> DigestItem:
    members["notes"] = tuple([_note(note) for note in members["notes"]])
    return _spanned(DigestItem, members)


def _conflict(members: dict[str, Any]) -> Conflict:
    members["said"] = tuple(members["said"])
    return _record(Conflict, members)


def _dateline(members: dict[str, Any]) -> Dateline:
    for place in members["places"]:
        place["candidates"] = tuple([_record(GeoName, candidate) for candidate in place["candidates"]])
    members["places"] = tuple([_record(DatelinePlace, place) for place in members["places"]])
    return _record(Dateline, members)


def _story_place(members: dict[str, Any] | None) -> StoryPlace | None:
    if members is None:
        return None
    members["link"] = _link(members["link"])
    if members["changes"] is not None:
        members["changes"] = _changes(members["changes"])
    members["parts"] = tuple(members.get("parts", ()))
    return _record(StoryPlace, members)


def _link(members: dict[str, Any]) -> Link:
    members["terms"] = tuple(members.get("terms", ()))
    members["second"] = _optional(Second, members.get("second"))
    return _record(Link, members)


def _changes(members: dict[str, Any]) -> Changes:
    for name, cls in (("paragraphs", ParagraphChange), ("numbers", NumberChange), ("claims", Claim)):
        members[name] = tuple([_record(cls, one) for one in members.get(name, ())])
    return _record(Changes, members)


def _thread_place(members: dict[str, Any] | None) -> ThreadPlace | None:
    if members is None:
        return None
    members["terms"] = tuple(members.get("terms", ()))
    members["second"] = _optional(SecondThread, members.get("second"))
    return _record(ThreadPlace, members)


# --- stories, threads -----------------------------------------------------------------------------------------------------


def story_json(story: Story) -> bytes:
    """The story as one line of JSON. Raises as `article_json`."""
    return orjson.dumps({"schema": SCHEMA, "rev": story.rev, **{name: getattr(story, name) for name in _STORY}})


def story_from_json(data: bytes) -> Story:
    """The story of `story_json`. Raises as `article_from_json`."""
    members = _members(data, "story")
    try:
        members["versions"] = tuple([_record(StoryVersion, version) for version in members["versions"]])
        members["parts"] = tuple(members.get("parts", ()))
        members["lacks"] = tuple([_record(Lack, lack) for lack in members.get("lacks", ())])
        return _record(Story, members)
    except (KeyError, TypeError) as wrong:
        raise _incomplete("story", wrong) from wrong


def thread_json(thread: Thread) -> bytes:
    """The thread as one line of JSON. Raises as `article_json`."""
    return orjson.dumps({"schema": SCHEMA, "rev": thread.rev, **{name: getattr(thread, name) for name in _THREAD}})


def thread_from_json(data: bytes) -> Thread:
    """The thread of `thread_json`. Raises as `article_from_json`."""
    members = _members(data, "thread")
    try:
        members["members"] = tuple([_record(ThreadMember, member) for member in members["members"]])
        members["agencies"] = tuple(members["agencies"])
        return _record(Thread, members)
    except (KeyError, TypeError) as wrong:
        raise _incomplete("thread", wrong) from wrong


# --- raw messages, dead letters -------------------------------------------------------------------------------------------


def raw_json(message: RawMessage) -> bytes:
    """A message as it came, its bytes in base64: what a file of captured input holds, a line each."""
    members = {"schema": SCHEMA, **_raw_members(message)}
    return orjson.dumps(members | {"again": True} if message.again else members)


def raw_from_json(data: bytes) -> RawMessage:
    """The message of `raw_json`. Raises as `article_from_json`, and ValueError for base64 that is none."""
    members = _members(data, "raw message")
    try:
        return _raw(members)
    except (KeyError, TypeError) as wrong:
        raise _incomplete("raw message", wrong) from wrong


def dead_json(letter: DeadLetter) -> bytes:
    """The dead letter as one flat line of JSON: the members of its message beside its own, `value` the original bytes in base64."""
    return orjson.dumps(
        {
            "schema": SCHEMA,
            "id": letter.id,
            "step": letter.step,
            "reason": letter.reason,
            "detail": letter.detail,
            "attempts": letter.attempts,
            "pipeline": letter.pipeline,
            **_raw_members(letter.message),
        }
    )


def dead_from_json(data: bytes) -> DeadLetter:
    """The dead letter of `dead_json`. Raises as `raw_from_json`."""
    members = _members(data, "dead letter")
    try:
        return DeadLetter(
            id=members["id"],
            message=_raw(members),
            step=members["step"],
            reason=members["reason"],
            detail=members["detail"],
            pipeline=members["pipeline"],
            attempts=members["attempts"],
        )
    except (KeyError, TypeError) as wrong:
        raise _incomplete("dead letter", wrong) from wrong


def _raw_members(message: RawMessage) -> dict[str, Any]:
    return {
        "topic": message.topic,
        "partition": message.partition,
        "offset": message.offset,
        "timestamp": message.timestamp,
        "key": None if message.key is None else b64encode(message.key).decode("ascii"),
        "headers": [(name, b64encode(value).decode("ascii")) for name, value in message.headers],
        "value": b64encode(message.value).decode("ascii"),
    }


def _raw(members: dict[str, Any]) -> RawMessage:
    key = members.get("key")
    return RawMessage(
        value=b64decode(members["value"], validate=True),
        topic=members["topic"],
        partition=members["partition"],
        offset=members["offset"],
        timestamp=members["timestamp"],
        key=None if key is None else b64decode(key, validate=True),
        headers=tuple([(name, b64decode(value, validate=True)) for name, value in members.get("headers", ())]),
        again=members.get("again", False),
    )


# --- shared ---------------------------------------------------------------------------------------------------------------


def _members(data: bytes, kind: str) -> dict[str, Any]:
    read = orjson.loads(data)
    members: dict[str, Any] = read if isinstance(read, dict) else {}
    schema = members.pop("schema", None)
    if type(schema) is not int:
        raise SchemaError(f"no {kind}: a record is a JSON object with a whole number as its schema")
    if schema > SCHEMA:
        raise SchemaError(f"{kind} has schema {schema}, this version reads up to {SCHEMA}: upgrade the reader")
    return members


def _record(cls: type[T], members: dict[str, Any]) -> T:
    # Asking first whether every member is known would cost each record what only a foreign one has to pay.
    try:
        return cls(**members)
    except TypeError:
        known = _FIELDS[cls]
        return cls(**{name: value for name, value in members.items() if name in known})


def _optional(cls: type[T], members: dict[str, Any] | None) -> T | None:
    return None if members is None else _record(cls, members)


def _incomplete(kind: str, wrong: Exception) -> SchemaError:
    return SchemaError(f"{kind} lacks a member or has one of another type: {wrong}")


def _names(cls: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


_WIRE = _names(Wire)
_DIGEST_ITEM = _names(DigestItem)
_NOTE = tuple((name, "class" if name == "klass" else name) for name in _names(Note))
_STORY = tuple(name for name in _names(Story) if name != "rev")
_THREAD = tuple(name for name in _names(Thread) if name != "rev")
_FIELDS: dict[type[Any], frozenset[str]] = {
    cls: frozenset(_names(cls))
    for cls in (
        Block, Changes, Claim, Conflict, Dateline, DatelinePlace, DigestItem, Evidence, GeoName, Lack, Link, Note, NumberChange,
        Ordinals, ParagraphChange, Provenance, Second, SecondThread, Story, StoryPlace, StoryVersion, Thread, ThreadMember, ThreadPlace,
        Wire,
    )
}  # fmt: skip
