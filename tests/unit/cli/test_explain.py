"""What `writethru explain` says of a place: why the article joined, what came second, what changed beside what the note claims."""

from __future__ import annotations

import io
import shlex
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner
from rich.console import Console

from tests.unit.stories.conftest import make_article as make
from writethru.cli import main
from writethru.cli.explain import show
from writethru.codec import article_json, dead_json, story_json, thread_json
from writethru.deadletters import dead_letter
from writethru.records import Article, Evidence, Ordinals, ParseError, RawMessage, Thread, ThreadMember, ThreadPlace
from writethru.stories import StoryIndex
from writethru.threads.state import thread_id

HEAD = "Harbour tunnel flooded, ferries take commuters"
A = make("a", headline=HEAD)
OLD = "Harbour tunnel flooded.\n\nZephyrine Holt, 41, is missing.\n\nPumps run.\n\nTrains stopped."
NEW = "Harbour tunnel flooded.\n\nZephyrine Holt, 42, is missing since Monday.\n\nPumps run.\n\nThe mayor, Ada Row, asked for calm."


def told(*articles: Article) -> str:
    """What is printed of the last one, line ends and all."""
    return printed(StoryIndex("meridian").apply(articles).articles[-1])


def printed(article: Article, **wire: Any) -> str:
    console = Console(file=io.StringIO(), width=200)
    record = orjson.loads(article_json(article))
    show(console, {**record, "wire": {**record["wire"], **wire}})
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_why_an_article_joined_and_what_came_second() -> None:
    other = make("b", headline="Harbour tunnel toll to rise, commuters protest", at="08:10")
    update = make("c", headline="Flooded harbour tunnel shut, ferries take commuters", update=1, action="update", at="09:00")
    text = told(make("a", headline=HEAD), other, update)
    second = StoryIndex("meridian").apply([other]).articles[0].story
    assert second is not None
    assert "by headline (0." in text and "tunnel" in text and ", first\n" in text.replace("  ", "")
    assert second.id in text


def test_what_changed_stands_beside_what_the_note_claims() -> None:
    text = told(
        make("a", uri="urn:mer:1", version="1", headline=HEAD, body=OLD),
        make("b", uri="urn:mer:1", version="2", headline=HEAD, body=NEW, at="09:00"),
    )
    assert "paragraphs: 1 added, 1 rewritten, 1 removed, 0 moved, 2 kept" in text
    assert "added graf 4: The mayor, Ada Row, asked for calm." in text
    assert "removed graf 4: Trains stopped." in text
    assert "41 -> 42 (Holt, graf 2)" in text
    assert "note: ADDS details: found" in text


def test_of_an_article_under_embargo_neither_words_nor_changes_are_printed() -> None:
    first = make("a", uri="urn:mer:1", version="1", headline=HEAD, body=OLD)
    second = make("b", uri="urn:mer:1", version="2", headline=HEAD, body=NEW, at="09:00")
    placed = StoryIndex("meridian").apply([first, second]).articles[-1]
    text = printed(placed, embargo="2999-01-01T00:00:00Z")
    assert "paragraphs: 1 added" in text
    assert "mayor" not in text and "42" not in text.replace(placed.id, "") and "Harbour" not in text


def asked(out: Path, id_: str, *given: str) -> str:
    given = given or ("--out", str(out), "--sinks", "files")
    result = CliRunner().invoke(main, ["explain", *given, id_], env={"OUT": "", "WRITETHRU_SINKS": "", "WRITETHRU_SQL_URL": ""})
    assert result.exit_code == 1
    return result.output


def test_an_id_that_is_no_article_s_is_said_to_be_what_it_is(tmp_path: Path) -> None:
    chained = StoryIndex("meridian").apply([make("a", headline=HEAD)])
    (story,) = chained.stories
    thread = Thread("beef01", 1, HEAD, "en", (ThreadMember("a", story.id, "meridian", "first", None, 1.0, None),), 1, (), None, None)
    letter = dead_letter(RawMessage(b"", "wire.raw", 2, 5, 0), "decode", ParseError("empty", "0 bytes"), "test")
    (tmp_path / "articles.jsonl").write_bytes(article_json(chained.articles[0]) + b"\n")
    (tmp_path / "stories.jsonl").write_bytes(story_json(story) + b"\n")
    (tmp_path / "threads.jsonl").write_bytes(thread_json(thread) + b"\n")
    (tmp_path / "dead_letters.jsonl").write_bytes(dead_json(letter) + b"\n")
    assert f"{story.id} is a story of meridian, current, versions: 1" in asked(tmp_path, story.id[:8])
    again = f"`writethru explain --sinks files --out {tmp_path} "
    assert f"{again}{story.current}`" in asked(tmp_path, story.id)
    assert f"beef01 is a thread, articles: 1; why, article by article: {again}a`" in asked(tmp_path, "beef")
    assert f"{letter.id} is a dead letter of wire.raw [2] offset 5: decode, empty: 0 bytes" in asked(tmp_path, letter.id)
    assert "no article f00d" in asked(tmp_path, "f00d")


def test_what_a_text_in_parts_lacks_is_told_of_its_articles(tmp_path: Path) -> None:
    first, third = (
        make(name, slug="Tunnel-Flood", at=at, complete=False, body=body) for name, at, body in (("a", "08:00", OLD), ("c", "08:20", NEW))
    )
    evidence = Evidence("slug", (0, 7), "3 Takes", "slug_takes")
    first = replace(first, wire=replace(first.wire, evidence=(evidence,)))
    third = replace(third, wire=replace(third.wire, ordinals=Ordinals(take=3), notes=()))
    chained = StoryIndex("meridian").apply([first, third])
    (tmp_path / "articles.jsonl").write_bytes(b"".join(article_json(article) + b"\n" for article in chained.articles))
    (tmp_path / "stories.jsonl").write_bytes(b"".join(story_json(story) + b"\n" for story in chained.stories))
    result = CliRunner().invoke(main, ["explain", "--out", str(tmp_path), "--sinks", "files", first.id], terminal_width=200)
    said = " ".join(result.output.split())
    assert f"story now text of 4 grafs from 2 articles: {first.id}, {third.id}" in said
    assert "lacks take 2: it never came lacks take 3: where it goes is not told, or not found" in said


@pytest.mark.parametrize(
    ("thread", "said"),
    [
        (Thread(thread_id(A.id), 2, "", "en", (), 1, (), None, None, None, "beef01"), f"thread now {thread_id(A.id)} split from beef01"),
        (Thread("beef01", 2, "", "en", (), 0, (), None, None, "beef00"), "thread now beef00 beef01 merged into it"),
    ],
    ids=["split", "merged"],
)
def test_where_an_article_stands_now_is_told(thread: Thread, said: str, tmp_path: Path) -> None:
    (article,) = StoryIndex("meridian").apply([A]).articles
    article = replace(article, thread=ThreadPlace("beef01", "event", "b", 0.6, "event:terms"))
    (tmp_path / "articles.jsonl").write_bytes(article_json(article) + b"\n")
    (tmp_path / "threads.jsonl").write_bytes(thread_json(thread) + b"\n")
    (tmp_path / "stories.jsonl").write_bytes(b"")
    result = CliRunner().invoke(main, ["explain", "--out", str(tmp_path), "--sinks", "files", A.id], terminal_width=200)
    assert said in " ".join(result.output.split())


def member(article: str) -> ThreadMember:
    return ThreadMember(article, "s", "meridian", "version", None, 1.0, None)


@pytest.mark.parametrize("merged", [False, True], ids=["split", "split and merged at once"])
def test_a_later_version_is_found_where_its_story_went(merged: bool, tmp_path: Path) -> None:
    first, second = make("a", uri="urn:mer:1", version="1"), make("b", uri="urn:mer:1", version="2", at="09:00")
    chained = StoryIndex("meridian").apply([first, second])
    left = thread_id(first.id)
    threads = [Thread("beef01", 3, "", "en", (member("c"),), 1, (), None, None)]
    gone = (member(first.id), member(second.id))
    if merged:
        threads += [Thread(left, 2, "", "en", (), 0, (), None, None, "beef00", "beef01")]
        threads += [Thread("beef00", 2, "", "en", gone, 2, (), None, None)]
    else:
        threads += [Thread(left, 2, "", "en", gone, 2, (), None, None, None, "beef01")]
    told = [replace(article, thread=ThreadPlace("beef01", "version", "b", 1.0, "story")) for article in chained.articles]
    (tmp_path / "articles.jsonl").write_bytes(b"".join(article_json(article) + b"\n" for article in told))
    (tmp_path / "stories.jsonl").write_bytes(b"".join(story_json(story) + b"\n" for story in chained.stories))
    (tmp_path / "threads.jsonl").write_bytes(b"".join(thread_json(thread) + b"\n" for thread in threads))
    for article in (first, second):
        result = CliRunner().invoke(main, ["explain", "--out", str(tmp_path), "--sinks", "files", article.id], terminal_width=200)
        said = f"thread now beef00 split from beef01, {left} merged into it" if merged else f"thread now {left} split from beef01"
        assert said in " ".join(result.output.split())


def a_thread(out: Path) -> None:
    """One thread `beef01` of one article `a`, in files and in a database of `out`."""
    thread = Thread("beef01", 1, HEAD, "en", (ThreadMember("a", "s", "meridian", "first", None, 1.0, None),), 1, (), None, None)
    out.mkdir()
    (out / "threads.jsonl").write_bytes(thread_json(thread) + b"\n")
    with closing(sqlite3.connect(out / "wires.db")) as rows, rows:
        rows.execute("create table threads (id, record)")
        rows.execute("create table articles (id, record)")
        rows.execute("create table stories (id, record)")
        rows.execute("insert into threads values (?, ?)", ("beef01", thread_json(thread).decode()))


@pytest.mark.parametrize("name", ["out", "an out; of $HOME"])
def test_the_command_that_goes_on_is_one_to_be_typed(name: str, tmp_path: Path) -> None:
    a_thread(tmp_path / name)
    told = asked(tmp_path, "beef", "--out", str(tmp_path / name))
    command = told.partition("`")[2].partition("`")[0]
    assert shlex.split(command) == ["writethru", "explain", "--out", str(tmp_path / name), "a"]


def test_what_the_environment_says_is_not_said_again(tmp_path: Path) -> None:
    a_thread(tmp_path / "out")
    said = {"OUT": str(tmp_path / "out"), "WRITETHRU_SINKS": "files"}
    result = CliRunner().invoke(main, ["explain", "beef"], env=said)
    assert "`writethru explain a`" in result.output


def test_of_a_database_only_the_variable_is_named(tmp_path: Path) -> None:
    a_thread(tmp_path / "out")
    told = asked(tmp_path, "beef", "--sql-url", f"sqlite:///{tmp_path}/out/wires.db")
    assert "`WRITETHRU_SQL_URL=… writethru explain a`" in told
    assert str(tmp_path) not in told


def test_an_ordinal_is_told_where_there_is_one() -> None:
    assert "ordinal" not in told(make("a", headline=HEAD))
    assert "ordinal 1" in told(make("c", headline=HEAD, update=1, action="update"))


def test_what_a_payload_holds_is_printed_as_it_is_whatever_signs_are_in_it() -> None:
    payload = b'{"uri":"u:1","type":"text","headline":"Pier","slugline":"X [/b]","zz[/f]":1,"body_text":"The pier opened."}'
    result = CliRunner().invoke(main, ["normalise", "--explain", "-"], input=payload, terminal_width=200)
    assert (result.exit_code, "X [/b]" in result.output) == (0, True), result.output
