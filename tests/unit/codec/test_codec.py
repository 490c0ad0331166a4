"""Every record survives its JSON, and the JSON has the shape that consumers read."""

from dataclasses import fields, is_dataclass, replace
from typing import get_type_hints

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru import codec, records
from writethru.records import (
    SCHEMA,
    Article,
    DeadLetter,
    Link,
    Note,
    Provenance,
    RawMessage,
    Story,
    StoryPlace,
    Thread,
    ThreadPlace,
    Wire,
)

ID = "0123456789abcdef0123456789abcdef"
PROVENANCE = Provenance(
    ID, "ninjs", "wire.raw", 3, 41, 1_772_352_900_000, "2026-03-01T08:15:00Z", "f" * 64, "utf-8", None, (), "writethru/0"
)
NOTE = Note("ADDS", "add", None, ("details",), (4, 5, -1), "ADDS details in paras 4-5", "edNote", (7, 32))

# Text as JSON can carry it; the whole of Unicode besides, NUL included.
text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
whole = st.integers(-(2**63), 2**63 - 1)
json_value = st.recursive(
    st.none() | st.booleans() | whole | st.floats(allow_nan=False, allow_infinity=False) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
st.register_type_strategy(str, text)
st.register_type_strategy(int, whole)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
ninjs = st.dictionaries(text, json_value, max_size=4)
raw_messages = st.builds(RawMessage, again=st.booleans())


@st.composite
def articles(draw: st.DrawFn) -> Article:
    article = draw(st.builds(Article, article=ninjs, payload=st.none()))
    provenance = Provenance(**{f.name: getattr(article.provenance, f.name) for f in fields(Provenance)} | {"id": article.id})
    return Article(article.id, article.rev, article.article, article.wire, article.story, article.thread, provenance)


@given(articles(), st.none() | raw_messages)
def test_article_survives(article: Article, payload: RawMessage | None) -> None:
    read = codec.article_from_json(codec.article_json(article), payload)
    assert read.payload == payload
    assert Article(*(getattr(read, f.name) for f in fields(Article) if f.name != "payload")) == article


@given(st.from_type(Story))
def test_story_survives(story: Story) -> None:
    assert codec.story_from_json(codec.story_json(story)) == story


@given(st.from_type(Thread))
def test_thread_survives(thread: Thread) -> None:
    assert codec.thread_from_json(codec.thread_json(thread)) == thread


@given(st.from_type(DeadLetter))
def test_dead_letter_survives_bit_for_bit_as_never_read(letter: DeadLetter) -> None:
    assert codec.dead_from_json(codec.dead_json(letter)) == replace(letter, message=replace(letter.message, again=False))


@given(raw_messages)
def test_raw_message_survives_bit_for_bit(message: RawMessage) -> None:
    assert codec.raw_from_json(codec.raw_json(message)) == message


def article(**over: object) -> Article:
    members = {
        "id": ID,
        "rev": 7,
        "article": {"uri": "urn:x"},
        "wire": Wire("nwa"),
        "story": None,
        "thread": None,
        "provenance": PROVENANCE,
    }
    return Article(**members | over)  # type: ignore[arg-type]


def test_article_members_stand_as_drawn() -> None:
    place = StoryPlace(ID, 2, "update", ID, ID, 0, Link("slug", 0.5), None, late=True)
    written = orjson.loads(
        codec.article_json(article(wire=Wire("nwa", notes=(NOTE,)), story=place, thread=ThreadPlace(ID, "event", None, 0.5, "text")))
    )
    assert list(written) == ["schema", "rev", "article", "wire", "story", "thread", "provenance"]
    assert list(written["wire"]) == [
        "agency", "action", "ordinal", "ordinals", "complete", "digest", "replaces", "kill_targets", "embargo", "notes", "evidence",
        "dateline", "blocks", "digest_items", "conflicts",
    ]  # fmt: skip
    assert list(written["wire"]["notes"][0]) == ["verb", "class", "mechanics", "targets", "paragraphs", "text", "field", "span"]
    assert list(written["story"]) == [
        "id", "position", "action", "supersedes", "previous", "gap", "link", "changes", "late", "duplicate", "parts",
    ]  # fmt: skip
    assert written["story"]["late"] is True and written["story"]["duplicate"] is False and written["story"]["changes"] is None
    assert list(written["thread"]) == ["id", "relation", "of", "score", "rule", "terms", "second"]
    assert next(iter(written["provenance"])) == "id"
    assert written["schema"] == SCHEMA and written["rev"] == 7


def test_nulls_are_written_and_the_payload_is_not() -> None:
    written = orjson.loads(codec.article_json(article(payload=RawMessage(b"<secret/>", "wire.raw", 0, 1, 2))))
    assert written["story"] is None and written["thread"] is None and written["provenance"]["page_date"] is None
    assert "payload" not in written


@pytest.mark.parametrize("kind", [Story, Thread])
def test_schema_and_rev_come_first(kind: type) -> None:
    example = _example(kind)
    written = orjson.loads({Story: codec.story_json, Thread: codec.thread_json}[kind](example))
    assert list(written)[:3] == ["schema", "rev", "id"]
    assert set(written) == {"schema"} | {f.name for f in fields(kind)}


def test_dead_letter_is_flat_and_base64() -> None:
    message = RawMessage(b"\x00\xff", "wire.raw", 0, 1, 2, b"nwa", (("format", b"\xfe"), ("format", b"b")))
    written = orjson.loads(codec.dead_json(DeadLetter("d1", message, "decode", "encoding", "byte 1", "writethru/0")))
    assert written == {
        "schema": SCHEMA, "id": "d1", "step": "decode", "reason": "encoding", "detail": "byte 1", "attempts": 1, "pipeline": "writethru/0",
        "topic": "wire.raw", "partition": 0, "offset": 1, "timestamp": 2, "key": "bndh",
        "headers": [["format", "/g=="], ["format", "Yg=="]],
        "value": "AP8=",
    }  # fmt: skip


READERS = [codec.article_from_json, codec.story_from_json, codec.thread_from_json, codec.raw_from_json, codec.dead_from_json]


@pytest.mark.parametrize("read", READERS)
def test_a_newer_schema_is_refused_with_both_numbers(read) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(codec.SchemaError, match=rf"schema {SCHEMA + 1}, this version reads up to {SCHEMA}"):
        read(orjson.dumps({"schema": SCHEMA + 1}))


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"schema":"1"}', b'{"schema":true}', b'{"schema":1}', b"null"])
def test_what_is_no_record_is_refused(read, data: bytes) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(codec.SchemaError):
        read(data)


def test_unknown_members_are_passed_over_and_defaults_may_be_absent() -> None:
    place = StoryPlace(ID, 2, "update", None, None, 0, Link("slug", 0.5), None)
    members = orjson.loads(codec.article_json(article(story=place, wire=Wire("nwa", notes=(NOTE,)))))
    members["later"] = members["wire"]["later"] = members["wire"]["notes"][0]["later"] = members["story"]["later"] = 1
    del members["story"]["late"], members["wire"]["digest"], members["wire"]["evidence"]
    read = codec.article_from_json(orjson.dumps(members))
    assert read.story == place and read.wire == Wire("nwa", notes=(NOTE,))


def test_text_that_json_cannot_carry_is_an_error_not_a_guess() -> None:
    with pytest.raises(orjson.JSONEncodeError):
        codec.article_json(article(article={"uri": "\ud800"}))


def test_every_record_class_that_leaves_has_a_codec() -> None:
    """A class added to records.py that hangs below an article, a story or a thread must be read back as itself."""
    reached: set[type] = set()

    def reach(cls: type) -> None:
        for hint in get_type_hints(cls).values():
            for part in (hint, *getattr(hint, "__args__", ())):
                if is_dataclass(part) and isinstance(part, type) and part not in reached:
                    reached.add(part)
                    reach(part)

    for cls in (Article, Story, Thread):
        reach(cls)
    assert {cls.__name__ for cls in reached} == {
        "Wire", "Ordinals", "Note", "Evidence", "Dateline", "DatelinePlace", "GeoName", "Block", "DigestItem", "Conflict",
        "StoryPlace", "Link", "Second", "Changes", "ParagraphChange", "NumberChange", "Claim", "ThreadPlace", "SecondThread", "Provenance",
        "RawMessage", "StoryVersion", "ThreadMember", "Lack",
    }  # fmt: skip


def _example(cls: type) -> object:
    if cls is Story:
        return records.Story(ID, 1, "nwa", "current", None, "", "", "en", (), 0, None, None)
    return records.Thread(ID, 1, "", "en", (), 0, (), None, None)
