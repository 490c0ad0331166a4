"""The SQL sink against SQLite and a real PostgreSQL: what stands in the tables after a flush, and that nothing half-written does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from tests.integration.postgres_kit import PostgreSQL
from writethru import codec
from writethru.deadletters import dead_letter, opened_dead_letters
from writethru.records import (
    Article,
    Emission,
    Link,
    ParseError,
    Provenance,
    RawMessage,
    Story,
    StoryPlace,
    StoryVersion,
    Thread,
    ThreadMember,
    ThreadPlace,
    Wire,
)
from writethru.sinks import Sink, SinkFailed, SqlSinkSettings, close_all, opened
from writethru.sinks.sql_engine import database
from writethru.sinks.sql_schema import MIGRATIONS, prepare


@pytest.fixture(scope="module")
def server() -> Iterator[PostgreSQL]:
    running = PostgreSQL()
    try:
        running.start()
        yield running
    finally:
        running.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'wire.db'}"
    else:
        base = request.getfixturevalue("server").url
        name = f"wire_{time.monotonic_ns()}"
        with psycopg.connect(base, autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{name}"')
        yield base.rsplit("/", 1)[0] + f"/{name}"
    close_all()


# --- records ------------------------------------------------------------------------------------------------------------------


def article(key: str = "a1", rev: int = 1, *, body: str = "The dam held.", headline: str = "Dam holds", **over: Any) -> Article:
    told: dict[str, Any] = {
        "uri": f"urn:{key}",
        "headlines": [{"value": headline}],
        "bodies": [{"value": body, "contenttype": "text/plain"}],
        "language": "en-GB",
        "urgency": 3,
        "versionCreated": "2026-03-01T08:15:00Z",
        "embargoedUntil": "2026-03-01T12:00:00Z",
        "pubStatus": "usable",
    }
    place = StoryPlace("s1", 1, "new", None, None, 0, Link("first", 1.0), None)
    source = Provenance(key, "ninjs", "wire.raw", 2, 41, 1, "2026-03-01T08:15:01Z", "f" * 64, "utf-8", None, (), "test")
    made = Article(key, rev, told, Wire("nwa", "new"), place, ThreadPlace("t1", "first", None, 1.0, "first"), source)
    return replace(made, **over)


def version(key: str, position: int, headline: str = "Dam holds", action: Any = "update") -> StoryVersion:
    return StoryVersion(key, f"urn:{key}", None, position, action, None, "2026-03-01T08:15:00Z", headline)


def story(key: str = "s1", rev: int = 1, *versions: StoryVersion, **over: Any) -> Story:
    shown = versions or (version("a1", 1),)
    made = Story(key, rev, "nwa", "current", shown[-1].id, "Dam holds", "Dam", "en", shown, len(shown), None, None)
    return replace(made, **over)


def thread(key: str = "t1", rev: int = 1, members: tuple[str, ...] = ("a1",), **over: Any) -> Thread:
    listed = tuple(ThreadMember(member, "s1", "nwa", "event", None, 0.5, None) for member in members)
    return replace(Thread(key, rev, "Dam holds", "en", listed, len(listed), ("nwa", "ostlund"), None, None), **over)


def written(url: str, *emissions: Emission) -> Sink:
    sink = opened(SqlSinkSettings(url))
    for emission in emissions:
        sink.write(emission)
        assert sink.flush() == []
    return sink


def query(url: str, statement: str) -> list[dict[str, Any]]:
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            return [dict(row) for row in result.mappings()] if result.returns_rows else []
    finally:
        engine.dispose()


TABLES = ("articles", "stories", "versions", "threads", "thread_members")


def everything(url: str) -> dict[str, list[dict[str, Any]]]:
    return {table: query(url, f"SELECT * FROM {table} ORDER BY 1, 2") for table in TABLES}  # noqa: S608 the names stand above


def record(row: dict[str, Any]) -> Any:
    return orjson.loads(row["record"]) if isinstance(row["record"], str) else row["record"]


# --- what stands in the tables ------------------------------------------------------------------------------------------------


def test_an_article_fills_its_columns_and_its_record(url: str) -> None:
    one = article()
    written(url, Emission((one,)))
    (row,) = query(url, "SELECT * FROM articles")
    assert {name: value for name, value in row.items() if name != "record"} == {
        "id": "a1", "rev": 1, "agency": "nwa", "action": "new", "headline": "Dam holds", "body": "The dam held.", "language": "en",
        "urgency": 3, "version_created": "2026-03-01T08:15:00Z", "embargoed_until": "2026-03-01T12:00:00Z", "pub_status": "usable",
        "story_id": "s1", "thread_id": "t1", "format": "ninjs", "topic": "wire.raw", "topic_partition": 2, "topic_offset": 41,
        "received": "2026-03-01T08:15:01Z",
    }  # fmt: skip
    assert codec.article_from_json(orjson.dumps(record(row))) == one


def test_an_article_without_story_thread_or_envelope_is_a_row_too(url: str) -> None:
    written(url, Emission((article(story=None, thread=None, article={"uri": "urn:a1"}),)))
    (row,) = query(url, "SELECT headline, body, language, urgency, story_id, thread_id FROM articles")
    assert row == {"headline": "", "body": "", "language": "und", "urgency": None, "story_id": None, "thread_id": None}


def test_stories_threads_versions_and_members(url: str) -> None:
    written(url, Emission((), (story("s1", 1, version("a1", 1), version("a2", 2)),), (thread("t1", 1, ("a1", "b1")),)))
    (row,) = query(url, "SELECT agency, status, current_article, version_count, merged_into FROM stories")
    assert row == {"agency": "nwa", "status": "current", "current_article": "a2", "version_count": 2, "merged_into": None}
    assert query(url, "SELECT story_id, article_id, position, is_current FROM versions ORDER BY position") == [
        {"story_id": "s1", "article_id": "a1", "position": 1, "is_current": False},
        {"story_id": "s1", "article_id": "a2", "position": 2, "is_current": True},
    ]
    assert query(url, "SELECT agencies, member_count FROM threads") == [{"agencies": "nwa,ostlund", "member_count": 2}]
    assert query(url, "SELECT thread_id, article_id, story_id, score FROM thread_members ORDER BY article_id") == [
        {"thread_id": "t1", "article_id": "a1", "story_id": "s1", "score": 0.5},
        {"thread_id": "t1", "article_id": "b1", "story_id": "s1", "score": 0.5},
    ]


def test_the_same_emissions_twice_leave_the_same_rows(url: str) -> None:
    emissions = (
        Emission((article("a1"), article("a2")), (story("s1", 1),), (thread("t1", 1),)),
        Emission((article("a1", 2, body=""),), (story("s1", 2, version("a1", 1), version("a2", 2)),), (thread("t1", 2, ("a1", "a2")),)),
    )
    written(url, *emissions)
    once = everything(url)
    written(url, *emissions)
    assert everything(url) == once
    assert [len(once[table]) for table in TABLES] == [2, 1, 2, 1, 2]


@pytest.mark.parametrize("together", [True, False])
def test_a_lower_rev_never_overwrites(url: str, together: bool) -> None:
    newer = Emission((article("a1", 5, body="new"),), (story("s1", 5, version("a9", 1)),), (thread("t1", 5, ("a9",)),))
    older = Emission((article("a1", 4, body="old"),), (story("s1", 4, version("a1", 1)),), (thread("t1", 4, ("a1",)),))
    sink = opened(SqlSinkSettings(url))
    sink.write(newer)
    if not together:
        assert sink.flush() == []
    sink.write(older)
    assert sink.flush() == []
    assert [row["body"] for row in query(url, "SELECT body FROM articles")] == ["new"]
    assert [row["rev"] for row in query(url, "SELECT rev FROM stories")] == [5]
    assert [row["article_id"] for row in query(url, "SELECT article_id FROM versions")] == ["a9"]
    assert [row["article_id"] for row in query(url, "SELECT article_id FROM thread_members")] == ["a9"]


def test_versions_hold_the_present_truth_not_its_history(url: str) -> None:
    written(
        url,
        Emission(stories=(story("s1", 1, version("a1", 1), version("a2", 2)), story("s2", 1, version("b1", 1)))),
        # A late version takes its true place, and s2 proves to be s1.
        Emission(
            stories=(
                story("s1", 2, version("a1", 1), version("late", 2), version("a2", 3), version("b1", 4)),
                story("s2", 2, version("b1", 1), versions=(), count=0, merged_into="s1"),
            )
        ),
    )
    assert query(url, "SELECT story_id, article_id, position FROM versions ORDER BY position") == [
        {"story_id": "s1", "article_id": "a1", "position": 1},
        {"story_id": "s1", "article_id": "late", "position": 2},
        {"story_id": "s1", "article_id": "a2", "position": 3},
        {"story_id": "s1", "article_id": "b1", "position": 4},
    ]
    assert query(url, "SELECT merged_into FROM stories WHERE id = 's2'") == [{"merged_into": "s1"}]


def test_a_kill_empties_body_record_and_versions(url: str) -> None:
    libel = "The mayor of Vellmark took the money."
    written(
        url,
        Emission((article("a1", body=libel, headline=libel),), (story("s1", 1, version("a1", 1, libel), headline=libel),)),
        Emission(
            (article("a1", 2, article={"uri": "urn:a1", "pubStatus": "canceled"}, wire=Wire("nwa", "kill")),),
            (story("s1", 2, version("a1", 1, "", "kill"), headline="", status="killed"),),
        ),
    )
    rows = everything(url)
    assert libel not in repr(rows)
    assert rows["articles"][0]["body"] == "" and rows["articles"][0]["action"] == "kill"
    assert rows["versions"][0]["headline"] == "" and rows["versions"][0]["action"] == "kill"
    assert rows["stories"][0]["status"] == "killed"


def test_an_article_twice_in_a_chain_is_one_version(url: str) -> None:
    written(url, Emission(stories=(story("s1", 1, version("a1", 1), version("a1", 2)),)))
    assert query(url, "SELECT article_id, position FROM versions") == [{"article_id": "a1", "position": 2}]


def test_nul_becomes_the_replacement_character(url: str) -> None:
    backslash = "\\u0000 as six letters"
    written(url, Emission((article(body=f"a\x00b {backslash}", headline="\x00"),), (story(headline="\x00"),), (thread(headline="\x00"),)))
    (row,) = query(url, "SELECT headline, body, record FROM articles")
    assert (row["headline"], row["body"]) == ("\ufffd", f"a\ufffdb {backslash}")
    assert record(row)["article"]["bodies"][0]["value"] == f"a\ufffdb {backslash}"
    assert [row["headline"] for row in query(url, "SELECT headline FROM stories")] == ["\ufffd"]
    assert len(query(url, "SELECT * FROM thread_members")) == 1


def test_large_and_foreign_text_survives(url: str) -> None:
    body = "Łódź — 東京 \U0001f30a e\u0301 ‮rtl‬ 'quoted' \"; DROP TABLE articles; -- %s :name\n\n" * 70_000
    assert len(body.encode()) > 5_000_000
    written(url, Emission((article(body=body),)))
    (row,) = query(url, "SELECT body, record FROM articles")
    assert row["body"] == body and record(row)["article"]["bodies"][0]["value"] == body


# --- what is refused, what fails ----------------------------------------------------------------------------------------------


def test_a_record_the_database_cannot_hold_is_rejected_and_the_rest_is_written(url: str) -> None:
    payload = RawMessage(b"<item/>", "wire.raw", 2, 41, 1)
    huge = article("huge", payload=payload)
    huge.article["urgency"] = 2**63
    surrogate = article("surrogate", body="\ud800")
    sink = opened(SqlSinkSettings(url))
    sink.write(
        Emission(
            (article("a1"), huge, surrogate, article("a2")),
            (story("s1"), story("s9", 1, replace(version("x", 1), ordinal=2**63))),
            (thread("t1"), thread("t9", count=2**63)),
        )
    )
    rejected = {(one.kind, one.id): one for one in sink.flush()}
    assert set(rejected) == {("article", "huge"), ("article", "surrogate"), ("story", "s9"), ("thread", "t9")}
    assert rejected["article", "huge"].article is huge and rejected["story", "s9"].article is None
    assert all(len(one.detail) <= 200 and "The dam held" not in one.detail for one in rejected.values())
    rows = everything(url)
    assert [row["id"] for row in rows["articles"]] == ["a1", "a2"]
    assert [row["id"] for row in rows["stories"]] == ["s1"] and [row["story_id"] for row in rows["versions"]] == ["s1"]
    assert sink.flush() == []


def test_what_was_written_and_not_flushed_is_dropped_on_close(url: str) -> None:
    sink = opened(SqlSinkSettings(url))
    sink.write(Emission((article(),)))
    sink.close()
    assert sink.flush() == [] and query(url, "SELECT * FROM articles") == []


def test_handles_of_a_process_do_not_mix(url: str) -> None:
    one, other = opened(SqlSinkSettings(url)), opened(SqlSinkSettings(url))
    one.write(Emission((article("a1"),)))
    other.write(Emission((article("a2"),)))
    assert other.flush() == []
    assert [row["id"] for row in query(url, "SELECT id FROM articles")] == ["a2"]
    assert one.flush() == []
    assert [row["id"] for row in query(url, "SELECT id FROM articles ORDER BY id")] == ["a1", "a2"]


def test_a_table_that_is_gone_is_a_clear_failure_and_leaves_nothing_half_written(url: str) -> None:
    sink = opened(SqlSinkSettings(url))
    query(url, "DROP TABLE versions")
    sink.write(Emission((article(),), (story(),)))
    with pytest.raises(SinkFailed, match="versions") as failure:
        sink.flush()
    assert "secret" not in str(failure.value)
    assert query(url, "SELECT * FROM articles") == [] and query(url, "SELECT * FROM stories") == []


def test_dead_letters_are_rows_upserted_by_id(url: str) -> None:
    message = RawMessage(b"\xff\x00<broken", "wire.raw", 1, 7, 1_772_352_900_000, b"nwa", (("format", b"ninjs"),))
    letter = dead_letter(message, "decode", ParseError("truncated", "ends in a tag \x00"), "writethru/0")
    sink = opened_dead_letters(SqlSinkSettings(url))
    for _ in range(2):
        sink.write([letter, letter])
        sink.flush()
    (row,) = query(url, "SELECT * FROM dead_letters")
    assert (row["step"], row["reason"], row["topic"], row["topic_partition"], row["topic_offset"]) == (
        "decode",
        "truncated",
        "wire.raw",
        1,
        7,
    )
    assert codec.dead_from_json(orjson.dumps(record(row))).message == message


# --- the version of the tables ------------------------------------------------------------------------------------------------


PRESENT = 1 + len(MIGRATIONS)


def _add_desk(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE articles ADD COLUMN desk TEXT"))


def _fill_desk(connection: Connection) -> None:
    connection.execute(text("UPDATE articles SET desk = 'Vellmark'"))


def _fail_half_way(connection: Connection) -> None:
    _add_desk(connection)
    connection.execute(text("UPDATE no_such_table SET desk = ''"))


def test_an_older_database_is_migrated_step_by_step_and_keeps_its_rows(url: str) -> None:
    written(url, Emission((article(),)))
    engine = database(SqlSinkSettings(url))
    with engine.begin() as connection:
        assert prepare(connection, (*MIGRATIONS, _add_desk, _fill_desk)) == PRESENT
    assert query(url, "SELECT id, desk FROM articles") == [{"id": "a1", "desk": "Vellmark"}]
    assert query(url, "SELECT version FROM schema_version") == [{"version": PRESENT + 2}]
    with engine.begin() as connection:
        assert prepare(connection, (*MIGRATIONS, _add_desk, _fill_desk)) == PRESENT + 2


def test_the_first_tables_get_the_text_of_stories(url: str) -> None:
    written(url, Emission(stories=(story(),)))
    close_all()
    query(url, "ALTER TABLE stories DROP COLUMN text")
    query(url, "UPDATE schema_version SET version = 1")
    written(url, Emission(stories=(story(rev=2, parts=("a1", "a2"), text="The dam held.\n\nIt rained."),)))
    assert query(url, "SELECT text FROM stories") == [{"text": "The dam held.\n\nIt rained."}]
    assert query(url, "SELECT version FROM schema_version") == [{"version": PRESENT}]


def test_a_migration_that_fails_leaves_the_database_as_it_was(url: str) -> None:
    written(url, Emission((article(),)))
    before = everything(url)
    with pytest.raises(SQLAlchemyError), database(SqlSinkSettings(url)).begin() as connection:
        prepare(connection, (*MIGRATIONS, _fail_half_way))
    assert everything(url) == before
    assert query(url, "SELECT version FROM schema_version") == [{"version": PRESENT}]


def test_a_newer_database_is_refused(url: str) -> None:
    written(url)
    query(url, "UPDATE schema_version SET version = version + 1")
    close_all()
    refusal = rf"its tables have version {PRESENT + 1}, this writethru writes version {PRESENT}\. Upgrade writethru\."
    with pytest.raises(SinkFailed, match=refusal):
        opened(SqlSinkSettings(url))


def test_a_database_of_somebody_else_is_refused_and_left_alone(url: str) -> None:
    query(url, "CREATE TABLE stories (title TEXT)")
    with pytest.raises(SinkFailed, match="it has a table stories that writethru did not make"):
        opened(SqlSinkSettings(url))
    with pytest.raises(SQLAlchemyError):
        query(url, "SELECT * FROM articles")


# --- PostgreSQL alone ---------------------------------------------------------------------------------------------------------


def test_a_server_that_restarts_is_waited_for(server: PostgreSQL) -> None:
    url = server.url
    sink = written(url, Emission((article("before"),)))
    server.stop()
    sink.write(Emission((article("after"),)))
    flushed = _later(sink.flush)
    time.sleep(0.5)
    server.start()  # by this thread: the server ends with the one that started it
    assert flushed() == []
    assert [row["id"] for row in query(url, "SELECT id FROM articles ORDER BY id")] == ["after", "before"]
    close_all()


def test_a_server_that_stays_away_is_a_failure_that_names_it_without_its_password(server: PostgreSQL) -> None:
    sink = opened(SqlSinkSettings(server.url, patience=0.3))
    server.stop()
    try:
        sink.write(Emission((article(),)))
        with pytest.raises(SinkFailed, match=r"sql sink at postgresql\+psycopg://writethru:\*\*\*@127.0.0.1.*Check that the server runs"):
            sink.flush()
        close_all()
        with pytest.raises(SinkFailed, match="Check that the server runs"):
            opened(SqlSinkSettings(server.url, patience=0.3))
    finally:
        server.start()


def test_a_user_without_rights_is_told_so_at_once(server: PostgreSQL) -> None:
    query(server.url, "DROP ROLE IF EXISTS reader")
    query(server.url, "CREATE ROLE reader LOGIN")
    written(server.url)
    close_all()
    begun = time.monotonic()
    with pytest.raises(SinkFailed, match=r"permission denied for table .* a user who may create and write tables there") as failure:
        opened(SqlSinkSettings(server.url.replace("writethru:secret", "reader:hunter2")))
    assert time.monotonic() - begun < 5 and "hunter2" not in str(failure.value)


def test_two_workers_that_write_the_same_rows_in_other_orders_do_not_block_each_other(server: PostgreSQL) -> None:
    url = server.url
    ids = [f"d{number}" for number in range(200)]
    sinks = []
    for order in (ids, ids[::-1]):
        sink = opened(SqlSinkSettings(url))
        sink.write(Emission(tuple(article(key) for key in order), tuple(story(key, 1) for key in order)))
        sinks.append(sink)
    assert [flushed() for flushed in [_later(sink.flush) for sink in sinks]] == [[], []]
    assert query(url, "SELECT count(*) AS n FROM articles WHERE id LIKE 'd%'") == [{"n": 200}]
    close_all()


def _later(act: Callable[[], Any]) -> Callable[[], Any]:
    """Runs `act` in a thread; the call waits for its result."""
    executor = ThreadPoolExecutor(1)
    future = executor.submit(act)

    def wait() -> Any:
        executor.shutdown()
        return future.result(60)

    return wait
