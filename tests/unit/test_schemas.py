"""The schemas say exactly what the codec writes: built records pass, and anything beside them does not."""

from __future__ import annotations

import dataclasses
import json
from datetime import datetime, timezone
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests import schema_check
from tests.schema_check import check_article, check_dead_letter, check_ninjs, check_story, check_thread, errors, load
from writethru import codec, records
from writethru.records import (
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
    Story,
    StoryPlace,
    StoryVersion,
    Thread,
    ThreadMember,
    ThreadPlace,
    Wire,
)

OURS = ("article", "story", "thread", "dead_letter")
MEMBERS: dict[type[Any], str] = {
    Wire: "wire", StoryPlace: "story", ThreadPlace: "thread", Provenance: "provenance",
}  # fmt: skip

words = st.text(st.characters(codec="utf-8"), max_size=20)
ids = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")
counts = st.integers(0, 2**31)
scores = st.floats(0, 1)
spans = st.tuples(counts, counts)
stamps = st.datetimes(datetime(1987, 1, 1), datetime(2100, 1, 1)).map(
    lambda time: time.replace(tzinfo=timezone.utc).isoformat().replace("+00:00", "Z")
)
grafs = st.lists(st.integers(-20, 60).filter(bool), max_size=4).map(tuple)
texts = st.lists(words, max_size=3).map(tuple)
actions = st.sampled_from(records.ACTIONS)
numbers = st.none() | st.integers(0, 60)


def built(cls: type[Any], **given_: Any) -> st.SearchStrategy[Any]:
    return st.builds(cls, **given_)


notes = built(
    Note,
    verb=words,
    klass=st.sampled_from(get_args(records.NoteClass)),
    mechanics=st.none() | words,
    targets=texts,
    paragraphs=grafs,
    text=words,
    field=words,
    span=spans,
)
dateline_places = built(
    DatelinePlace,
    name=words,
    candidates=st.lists(
        built(
            GeoName,
            id=counts,
            name=words,
            country=words,
            region=st.none() | words,
            latitude=st.floats(-90, 90),
            longitude=st.floats(-180, 180),
            population=counts,
        ),
        max_size=2,
    ).map(tuple),
)
kinds = st.sampled_from(get_args(records.BlockKind))
wires = built(
    Wire,
    agency=st.sampled_from(["ap", "yonhap", "unknown"]),
    action=actions,
    ordinal=numbers,
    ordinals=built(Ordinals, lead=numbers, net=numbers, update=numbers, wrapup=numbers, take=numbers),
    complete=st.none() | st.booleans(),
    digest=st.booleans(),
    replaces=texts,
    kill_targets=texts,
    embargo=st.none() | stamps,
    notes=st.lists(notes, max_size=2).map(tuple),
    evidence=st.lists(built(Evidence, field=words, span=spans, text=words, rule=words), max_size=2).map(tuple),
    dateline=st.none() | built(Dateline, places=st.lists(dateline_places, max_size=2).map(tuple), date=st.none() | words, signature=words),
    blocks=st.lists(built(Block, kind=kinds, text=words, field=words, span=spans), max_size=2).map(tuple),
    digest_items=st.lists(
        built(DigestItem, headline=words, action=actions, ordinal=numbers, notes=st.lists(notes, max_size=1).map(tuple), span=spans),
        max_size=2,
    ).map(tuple),
    conflicts=st.lists(built(Conflict, what=words, said=texts, taken=words, by=words), max_size=1).map(tuple),
)
places = built(
    StoryPlace,
    id=ids,
    position=st.integers(1, 2**31),
    action=actions,
    supersedes=st.none() | ids,
    previous=st.none() | ids,
    gap=counts,
    link=built(Link, rule=words, score=scores, terms=texts, second=st.none() | built(Second, story=ids, score=scores)),
    changes=st.none()
    | built(
        Changes,
        headline=st.booleans(),
        added=counts,
        removed=counts,
        kept=counts,
        moved=counts,
        rewritten=counts,
        lede=st.booleans(),
        byline=st.booleans(),
        paragraphs=st.lists(
            built(
                ParagraphChange,
                kind=st.sampled_from(["added", "rewritten", "removed", "moved"]),
                paragraph=st.none() | st.integers(1, 400),
                was=st.none() | st.integers(1, 400),
                text=words,
            ),
            max_size=2,
        ).map(tuple),
        numbers=st.lists(built(NumberChange, old=words, new=words, about=words, paragraph=counts), max_size=2).map(tuple),
        claims=st.lists(built(Claim, verb=words, target=words, found=st.booleans()), max_size=2).map(tuple),
    ),
    late=st.booleans(),
    duplicate=st.booleans(),
    parts=st.lists(ids, max_size=3).map(tuple),
)
relations = st.sampled_from(get_args(records.Relation))
threads_of = built(ThreadPlace, id=ids, relation=relations, of=st.none() | ids, score=scores, rule=words)
provenances = built(
    Provenance,
    id=ids,
    format=st.sampled_from(["ninjs-3.1", "text"]),
    topic=words,
    partition=counts,
    offset=counts,
    timestamp=st.integers(-1, 2**53),
    received=stamps,
    sha256=st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}"),
    encoding=st.sampled_from(["utf-8", "cp1252"]),
    page_date=st.none() | st.dates().map(str),
    warnings=texts,
    pipeline=words,
)
ninjs = st.fixed_dictionaries(
    {"uri": ids.map(lambda id_: f"urn:writethru:{id_}")},
    optional={
        "type": st.sampled_from(["text", "picture", "graphic", "video", "audio", "composite"]),
        "version": words,
        "headlines": words.map(lambda value: [{"value": value}]),
        "bodies": words.map(lambda value: [{"value": value, "contentType": "text/plain"}]),
        "pubStatus": st.sampled_from(["usable", "withheld", "canceled"]),
        "urgency": st.integers(1, 9),
        "versionCreated": stamps,
        "embargoedUntil": stamps,
        "altIds": words.map(lambda value: [{"role": "usn", "value": value}]),
        "edNote": words,
    },
)
articles = st.builds(
    lambda article, wire, story, thread, provenance, rev: Article(provenance.id, rev, article, wire, story, thread, provenance),
    ninjs,
    wires,
    st.none() | places,
    st.none() | threads_of,
    provenances,
    counts,
)
stories = built(
    Story,
    id=ids,
    rev=counts,
    agency=st.sampled_from(["ap", "dpa"]),
    status=st.sampled_from(get_args(records.StoryStatus)),
    current=st.none() | ids,
    headline=words,
    slug=words,
    language=st.sampled_from(["en", "und"]),
    versions=st.lists(
        built(
            StoryVersion,
            id=ids,
            uri=words,
            version=st.none() | words,
            position=st.integers(1, 400),
            action=actions,
            ordinal=numbers,
            time=st.none() | stamps,
            headline=words,
        ),
        max_size=3,
    ).map(tuple),
    count=counts,
    first_seen=st.none() | stamps,
    last_seen=st.none() | stamps,
    merged_into=st.none() | ids,
    parts=st.lists(ids, max_size=3).map(tuple),
    text=st.none() | words,
    lacks=st.lists(built(Lack, part=words, article=st.none() | ids, why=st.sampled_from(get_args(records.LackReason))), max_size=2).map(
        tuple
    ),
)
threads = built(
    Thread,
    id=ids,
    rev=counts,
    headline=words,
    language=st.sampled_from(["en", "und"]),
    members=st.lists(
        built(
            ThreadMember,
            id=ids,
            story=ids,
            agency=st.sampled_from(["ap", "dpa"]),
            relation=relations,
            of=st.none() | ids,
            score=scores,
            time=st.none() | stamps,
        ),
        max_size=3,
    ).map(tuple),
    count=counts,
    agencies=st.lists(st.sampled_from(["ap", "dpa", "tt"]), unique=True).map(tuple),
    first_seen=st.none() | stamps,
    last_seen=st.none() | stamps,
    merged_into=st.none() | ids,
)
letters = built(
    DeadLetter,
    id=ids,
    message=built(
        RawMessage,
        value=st.binary(max_size=40),
        topic=words,
        partition=counts,
        offset=counts,
        timestamp=st.integers(-1, 2**53),
        key=st.none() | st.binary(max_size=8),
        headers=st.lists(st.tuples(words, st.binary(max_size=8)), max_size=2).map(tuple),
    ),
    step=st.sampled_from(get_args(records.Step)),
    reason=st.sampled_from(get_args(records.Reason)),
    detail=words,
    pipeline=words,
    attempts=st.integers(1, 9),
)


def example(name: str) -> dict[str, Any]:
    first: dict[str, Any] = json.loads(json.dumps(load(f"{name}.schema.json")["examples"][0]))
    return first


def subschemas(schema: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(schema, dict):
        found.append((path, schema))
        for name, value in schema.items():
            if name not in ("examples", "enum", "const"):
                found += subschemas(value, f"{path}/{name}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            found += subschemas(value, f"{path}/{index}")
    return found


@pytest.mark.parametrize("name", OURS)
def test_a_schema_is_valid_and_its_examples_pass(name: str) -> None:
    schema = load(f"{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    assert schema["examples"]
    for each in schema["examples"]:
        assert not list(errors(name, each))


@pytest.mark.parametrize("name", OURS)
def test_every_member_is_described_and_every_object_closed(name: str) -> None:
    for path, schema in subschemas(load(f"{name}.schema.json")):
        if schema.get("type") == "object" and "properties" in schema:
            assert schema["additionalProperties"] is False, path
            undescribed = [member for member, its in schema["properties"].items() if not its.get("description")]
            assert not undescribed, f"{path}: {undescribed}"


def test_the_article_schema_names_every_field_of_the_records() -> None:
    properties = load("article.schema.json")["properties"]
    for cls, member in MEMBERS.items():
        schema = properties[member]
        schema = schema.get("properties") or schema["anyOf"][0]["properties"]
        assert [field.name for field in dataclasses.fields(cls)] == list(schema), cls
    named = [field.name if field.name != "klass" else "class" for field in dataclasses.fields(Note)]
    assert named == list(load("article.schema.json")["$defs"]["note"]["properties"])


def test_closed_lists_are_those_of_the_records() -> None:
    article, letter = load("article.schema.json"), load("dead_letter.schema.json")
    wire = article["properties"]["wire"]["properties"]
    assert tuple(wire["action"]["enum"]) == records.ACTIONS
    assert tuple(article["$defs"]["note"]["properties"]["class"]["enum"]) == get_args(records.NoteClass)
    assert tuple(article["properties"]["thread"]["anyOf"][0]["properties"]["relation"]["enum"]) == get_args(records.Relation)
    assert tuple(letter["properties"]["reason"]["enum"]) == get_args(records.Reason)
    assert tuple(letter["properties"]["step"]["enum"]) == get_args(records.Step)
    assert tuple(load("story.schema.json")["properties"]["status"]["enum"]) == get_args(records.StoryStatus)
    assert all(load(f"{name}.schema.json")["properties"]["schema"]["const"] == records.SCHEMA for name in OURS)


@settings(deadline=None, max_examples=60)
@given(articles)
def test_every_article_the_codec_writes_passes(article: Article) -> None:
    check_article(json.loads(codec.article_json(article)))


@settings(deadline=None, max_examples=60)
@given(stories, threads, letters)
def test_every_other_record_the_codec_writes_passes(story: Story, thread: Thread, letter: DeadLetter) -> None:
    check_story(json.loads(codec.story_json(story)))
    check_thread(json.loads(codec.thread_json(thread)))
    check_dead_letter(json.loads(codec.dead_json(letter)))


def test_a_redacted_article_and_a_picture_pass() -> None:
    whole = codec.article_from_json(json.dumps(example("article")).encode())
    emptied = {key: value for key, value in whole.article.items() if key not in ("headlines", "bodies", "by", "edNote")}
    check_article(json.loads(codec.article_json(dataclasses.replace(whole, rev=7, article={**emptied, "pubStatus": "canceled"}))))
    picture = {
        "uri": "urn:newsml:example.org:20260317:picture-9",
        "type": "picture",
        "headlines": [{"value": "Ferry aground off Saint Brannoc"}],
        "renditions": [{"name": "preview", "href": "https://pictures.example.org/9.jpg", "contentType": "image/jpeg", "width": 1024}],
        "standard": {"name": "ninjs", "version": "3.1"},
    }
    check_article(json.loads(codec.article_json(dataclasses.replace(whole, article=picture, story=None, thread=None))))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("wire", "action"), "scoop"),
        (("wire", "surplus"), 1),
        (("wire", "embargo"), "tomorrow"),
        (("wire", "embargo"), "2026-03-17T08:00:00+01:00"),
        (("wire", "notes", 0, "paragraphs"), [0]),
        (("wire", "notes", 0, "span"), [3]),
        (("story", "position"), 0),
        (("story", "link", "score"), 1.5),
        (("thread", "relation"), "cousin"),
        (("provenance", "id"), "no-hex"),
        (("provenance", "sha256"), "9d"),
        (("provenance", "received"), "2026-03-17"),
        (("article", "uri"), "not a uri"),
        (("article", "urgency"), 10),
        (("article", "bodies"), [{"role": "main"}]),
        (("article", "pubStatus"), "cancelled"),
        (("article", "surplus"), True),
        (("schema",), 2),
        (("surplus",), None),
    ],
)
def test_what_no_record_holds_is_refused(path: tuple[str | int, ...], value: object) -> None:
    record: Any = example("article")
    check_article(record)
    at = record
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert list(errors("article", record))
    with pytest.raises(AssertionError):
        check_article(record)


@pytest.mark.parametrize("name", OURS)
def test_every_member_is_required(name: str) -> None:
    for member in example(name):
        record = example(name)
        del record[member]
        assert list(errors(name, record)), member


def test_the_schema_of_iptc_is_complete_and_strict() -> None:
    assert (schema_check.SCHEMAS / "iptc" / "LICENSE").read_text().startswith("MIT License")
    check_ninjs({"uri": "urn:x:1", "places": [{"name": "Port Amity", "geoJSON": {"type": "Point", "coordinates": [1.0, 2.0]}}]})
    assert list(errors("ninjs", {"headlines": []}))
    assert list(errors("ninjs", {"uri": "urn:x:1", "headline": "of ninjs 1"}))
