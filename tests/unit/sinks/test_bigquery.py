"""The BigQuery sink through Google's client and gRPC against a stand-in for the service (`bigquery_kit.py`)."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import grpc
import orjson
import pytest

from tests.builders import article, message
from tests.schema_check import load
from tests.unit.sinks.bigquery_kit import BigQuery
from writethru import codec
from writethru.ops import metrics
from writethru.options import OptionError, Options
from writethru.records import Article, Emission, Evidence, Note, Story, StoryVersion, Thread, ThreadMember
from writethru.sinks import BigQuerySinkSettings, SinkFailed, close_all, opened
from writethru.sinks.bigquery_rows import MAX_ROW
from writethru.transforms import job as jobs

Code = grpc.StatusCode
DATASET = "newsroom.wire"


@pytest.fixture
def bigquery() -> Iterator[BigQuery]:
    server = BigQuery()
    yield server
    close_all()
    server.close()


def write(server: BigQuery, *emissions: Emission) -> list[Any]:
    sink = opened(server.settings)
    for emission in emissions:
        sink.write(emission)
    return sink.flush()


def articles(*written: Article) -> Emission:
    return Emission(articles=written)


def story(id_: str, rev: int = 1, **members: Any) -> Story:
    version = StoryVersion("a1", "urn:example:1", "2", 1, "new", None, "2026-03-17T07:31:00Z", "Ferry aground")
    told = {
        "agency": "northwire",
        "status": "current",
        "current": "a1",
        "headline": "Ferry aground",
        "slug": "Ferry",
        "language": "en",
        "versions": (version,),
        "count": 1,
        "first_seen": "2026-03-17T07:31:00Z",
        "last_seen": "2026-03-17T07:31:00.250Z",
    }
    return Story(id_, rev, **(told | members))


def thread(id_: str, rev: int = 1) -> Thread:
    member = ThreadMember("a1", "s1", "northwire", "first", None, 1.0, None)
    return Thread(id_, rev, "Ferry aground", "en", (member,), 1, ("northwire",), None, None)


def without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_nulls(one) for name, one in value.items() if one is not None}
    return [without_nulls(one) for one in value] if isinstance(value, list) else value


# --- what is written ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("example", range(len(load("article.schema.json")["examples"])))
def test_nothing_of_an_article_is_lost(bigquery: BigQuery, example: int) -> None:
    record = load("article.schema.json")["examples"][example]
    written = codec.article_from_json(orjson.dumps(record))
    assert write(bigquery, articles(written)) == []
    row = bigquery.rows("articles")[written.id]
    members = without_nulls(orjson.loads(codec.article_json(written)))
    assert {name: row[name] for name in members if name != "article"} == {name: members[name] for name in members if name != "article"}
    assert row["article"] == record["article"]


@pytest.mark.parametrize("kind", ["story", "thread"])
def test_nothing_of_a_story_or_thread_is_lost(bigquery: BigQuery, kind: str) -> None:
    for record in load(f"{kind}.schema.json")["examples"]:
        data = orjson.dumps(record)
        emission = (
            Emission(stories=(codec.story_from_json(data),)) if kind == "story" else Emission(threads=(codec.thread_from_json(data),))
        )
        assert write(bigquery, emission) == []
        table = "stories" if kind == "story" else "threads"
        assert bigquery.rows(table)[record["id"]] == without_nulls(record)


def test_what_is_asked_for_most_stands_in_columns_of_its_own(bigquery: BigQuery) -> None:
    write(bigquery, articles(article("a1", headline="Fire closes harbour", time="2026-03-17T07:31:00.250Z", language="en-GB")))
    row = bigquery.rows("articles")["a1"]
    assert (row["agency"], row["language"], row["headline"]) == ("northwire", "en", "Fire closes harbour")
    assert (row["version_created"], row["received"], row["pub_status"]) == ("2026-03-17T07:31:00.250Z", "2027-01-15T08:00:00Z", "usable")


def test_a_message_without_a_time_lies_in_no_partition_of_1969(bigquery: BigQuery) -> None:
    write(bigquery, articles(article("a1", timestamp=-1)))
    assert "received" not in bigquery.rows("articles")["a1"]


def test_notes_and_spans_stay_nested_and_repeated(bigquery: BigQuery) -> None:
    note = Note("ADDS", "add", None, ("photo",), (4, -1), "ADDS photo", "edNote[1]", (0, 10))
    wire = {"notes": (note, note), "evidence": (Evidence("headline", (0, 4), "KILL", "kill-word"),)}
    write(bigquery, articles(article("a1", wire=wire)))
    told = bigquery.rows("articles")["a1"]["wire"]
    assert [one["paragraphs"] for one in told["notes"]] == [[4, -1], [4, -1]]
    assert told["ordinals"] == {}  # there, and all its members null
    assert told["notes"][0]["class"] == "add" and told["evidence"][0]["span"] == [0, 4]


def test_only_the_first_request_of_a_connection_carries_the_type_of_its_rows(bigquery: BigQuery) -> None:
    sink = opened(bigquery.settings)
    for id_ in ("a1", "a2"):
        sink.write(articles(article(id_)))
        sink.flush()
    first, second = bigquery.sent("articles")
    assert first.proto_rows.writer_schema.proto_descriptor.name == "Articles"
    assert first.trace_id.startswith("writethru:")
    assert not second.proto_rows.writer_schema.proto_descriptor.name
    assert bigquery.routes == ["write_stream=projects/newsroom/datasets/wire/tables/articles/streams/_default"]


# --- the higher rev stands ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rev", [0, 9, 10, 255, 2**40, 2**63 - 1])
def test_the_sequence_number_is_the_rev_in_hexadecimal(bigquery: BigQuery, rev: int) -> None:
    write(bigquery, Emission(stories=(story("s1", rev),)))
    assert bigquery.stored["stories"].numbers == {("s1",): (rev,)}


@pytest.mark.parametrize("order", [(9, 10), (10, 9)])
def test_a_lower_rev_never_replaces_a_higher_one(bigquery: BigQuery, order: tuple[int, int]) -> None:
    for rev in order:
        write(bigquery, Emission(stories=(story("s1", rev, headline=f"rev {rev}"),)))
    assert bigquery.rows("stories")["s1"]["headline"] == "rev 10"


def test_of_one_bundle_only_the_highest_rev_is_sent_and_of_equal_ones_the_last(bigquery: BigQuery) -> None:
    first, second = replace(thread("t1", 2), headline="first"), replace(thread("t1", 2), headline="second")
    write(bigquery, Emission(threads=(first,)), Emission(threads=(second, thread("t1", 1))))
    assert [len(one.proto_rows.rows.serialized_rows) for one in bigquery.sent("threads")] == [1]
    assert bigquery.rows("threads")["t1"]["headline"] == "second"


def test_a_kill_empties_the_row_and_a_replay_does_not_fill_it_again(bigquery: BigQuery) -> None:
    original = article("a1", headline="Minister resigns", body="HALDEN - The minister resigned at noon.")
    bare = {name: value for name, value in original.article.items() if name not in ("bodies", "headlines")} | {"pubStatus": "canceled"}
    killed = replace(original, rev=2, article=bare)
    write(bigquery, Emission((original,), (story("s1", headline="Minister resigns"),)))
    assert bigquery.rows("articles")["a1"]["article"]["bodies"]
    write(bigquery, Emission((killed,), (story("s1", 2, status="killed", current=None, headline="", versions=()),)))
    write(bigquery, Emission((original,), (story("s1", headline="Minister resigns"),)))
    assert bigquery.rows("articles")["a1"]["headline"] == ""
    assert bigquery.rows("articles")["a1"]["pub_status"] == "canceled"
    assert bigquery.rows("stories")["s1"]["status"] == "killed"
    held = str(bigquery.rows("articles")) + str(bigquery.rows("stories"))
    assert "resign" not in held


# --- what BigQuery will never take ----------------------------------------------------------------------------------------


def test_a_refused_row_is_rejected_alone_with_its_article(bigquery: BigQuery) -> None:
    bigquery.refused = {"a2": "Field received: out of range"}
    bad = article("a2", payload=message(b"as sent"))
    (rejected,) = write(bigquery, articles(article("a1"), bad, article("a3")))
    assert (rejected.kind, rejected.id, rejected.detail) == ("article", "a2", "Field received: out of range")
    assert rejected.article == bad
    assert set(bigquery.rows("articles")) == {"a1", "a3"}
    assert [len(one.proto_rows.rows.serialized_rows) for one in bigquery.sent("articles")] == [3, 2]


def test_rows_refused_in_a_later_request_and_a_later_attempt_are_told_apart(bigquery: BigQuery) -> None:
    written = [article(f"a{number}", body="x" * 3_100_000) for number in range(5)]  # three to a request
    bigquery.refused = {"a0": "no", "a4": "no"}
    bigquery.answers(Code.ABORTED)
    rejected = write(bigquery, articles(*written))
    assert sorted(one.id for one in rejected) == ["a0", "a4"]
    assert all(one.article in written for one in rejected)
    assert set(bigquery.rows("articles")) == {"a1", "a2", "a3"}


def test_where_every_row_is_refused_nothing_is_sent_again(bigquery: BigQuery) -> None:
    bigquery.refused = {"s1": "no", "s2": "no"}
    rejected = write(bigquery, Emission(stories=(story("s1"), story("s2"))))
    assert [(one.kind, one.id, one.article) for one in rejected] == [("story", "s1", None), ("story", "s2", None)]
    assert len(bigquery.sent("stories")) == 1


def test_a_row_larger_than_a_request_is_rejected_and_the_others_are_written(bigquery: BigQuery) -> None:
    (rejected,) = write(bigquery, articles(article("a1"), article("a2", body="x" * MAX_ROW), article("a3")))
    assert rejected.id == "a2" and "10 MB" in rejected.detail
    assert set(bigquery.rows("articles")) == {"a1", "a3"}


def test_many_large_rows_are_spread_over_requests_below_the_limit(bigquery: BigQuery) -> None:
    written = [article(f"a{number}", body="x" * 3_100_000) for number in range(7)]
    assert write(bigquery, articles(*written)) == []
    assert len(bigquery.rows("articles")) == 7
    assert [len(one.proto_rows.rows.serialized_rows) for one in bigquery.sent("articles")] == [3, 3, 1]


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        (article("a2", body="half a pair \ud83d"), "surrogates not allowed"),
        (article("a2", time="noon"), "version_created holds what no TIMESTAMP can be"),
        (article("a2", wire={"ordinal": 2**63}), "ordinal holds what no INT64 can be"),
        (replace(article("a2"), rev=-1), "rev -1 is below 0"),
    ],
)
def test_what_no_column_can_hold_is_rejected_before_it_is_sent(bigquery: BigQuery, wrong: Article, detail: str) -> None:
    (rejected,) = write(bigquery, articles(article("a1"), wrong))
    assert rejected.id == "a2" and rejected.article is wrong and detail in rejected.detail
    assert set(bigquery.rows("articles")) == {"a1"}


# --- faults that pass -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [Code.ABORTED, Code.INTERNAL, Code.UNAVAILABLE, Code.RESOURCE_EXHAUSTED, Code.UNKNOWN])
@pytest.mark.parametrize("how", ["answers", "breaks"])
def test_a_fault_that_passes_is_sat_out(bigquery: BigQuery, code: grpc.StatusCode, how: str) -> None:
    before = metrics.SINK_RETRIES.value(sink="bigquery")
    for _ in range(2):
        getattr(bigquery, how)(code)
    assert write(bigquery, articles(article("a1"))) == []
    assert set(bigquery.rows("articles")) == {"a1"}
    assert metrics.SINK_RETRIES.value(sink="bigquery") == before + 2
    # A new connection must be told the type of the rows again; one that stayed must not.
    told = [bool(one.proto_rows.writer_schema.proto_descriptor.name) for one in bigquery.sent("articles")]
    assert told == ([True, True, True] if how == "breaks" else [True, False, False])


def test_a_connection_that_the_service_ended_is_opened_again(bigquery: BigQuery) -> None:
    sink = opened(bigquery.settings)
    sink.write(articles(article("a1")))
    sink.flush()
    bigquery.ends()
    sink.write(articles(article("a2")))
    assert sink.flush() == []
    assert set(bigquery.rows("articles")) == {"a1", "a2"}
    assert len(bigquery.routes) == 2


def test_a_service_that_goes_away_and_comes_back_is_written_to(bigquery: BigQuery) -> None:
    sink = opened(bigquery.settings)
    sink.write(articles(article("a1")))
    sink.flush()
    bigquery.close()
    sink.write(articles(article("a2")))
    with ThreadPoolExecutor(1) as threads:
        flushed = threads.submit(sink.flush)
        time.sleep(0.3)
        assert not flushed.done()
        back = BigQuery(port=bigquery.port)
        try:
            assert flushed.result() == []
            assert set(back.rows("articles")) == {"a2"}
        finally:
            back.close()


def test_only_what_was_not_written_is_sent_again(bigquery: BigQuery) -> None:
    bigquery.answers(Code.ABORTED)
    written = [article(f"a{number}", body="x" * 6_000_000) for number in range(2)]
    assert write(bigquery, articles(*written)) == []
    assert len(bigquery.rows("articles")) == 2
    assert len(bigquery.sent("articles")) == 3


# --- faults that do not ---------------------------------------------------------------------------------------------------


def impatient(server: BigQuery) -> BigQuerySinkSettings:
    return replace(server.settings, patience=0.5)


def test_patience_ends_with_what_happened_and_what_to_do(bigquery: BigQuery) -> None:
    for _ in range(30):
        bigquery.answers(Code.UNAVAILABLE, "backends are away")
    sink = opened(impatient(bigquery))
    sink.write(articles(article("a1")))
    with pytest.raises(SinkFailed, match=r"bigquery sink at newsroom.wire.articles: backends are away. Nothing of this batch is committed"):
        sink.flush()
    assert bigquery.rows("articles") == {}
    bigquery.faults.clear()
    sink.write(articles(article("a1")))
    assert sink.flush() == [] and set(bigquery.rows("articles")) == {"a1"}


def test_a_service_that_does_not_answer_is_not_waited_for_without_an_end(bigquery: BigQuery) -> None:
    bigquery.faults.append(lambda _: time.sleep(2))
    sink = opened(impatient(bigquery))
    sink.write(articles(article("a1")))
    started = time.monotonic()
    with pytest.raises(SinkFailed, match="no answer"):
        sink.flush()
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize(
    ("code", "remedy"),
    [
        (Code.PERMISSION_DENIED, "BigQuery Data Editor"),
        (Code.NOT_FOUND, "--bigquery-dataset, or make the tables with deploy/bigquery/schema.sql"),
        (Code.UNAUTHENTICATED, "GOOGLE_APPLICATION_CREDENTIALS"),
        (Code.INVALID_ARGUMENT, "Bring the tables to what deploy/bigquery/schema.sql makes"),
        (Code.FAILED_PRECONDITION, "Bring the tables to what deploy/bigquery/schema.sql makes"),
    ],
)
@pytest.mark.parametrize("how", ["answers", "breaks"])
def test_what_somebody_must_change_is_said_at_once(bigquery: BigQuery, code: grpc.StatusCode, remedy: str, how: str) -> None:
    getattr(bigquery, how)(code, "so it is")
    sink = opened(bigquery.settings)
    sink.write(articles(article("a1")))
    with pytest.raises(SinkFailed, match="so it is") as failure:
        sink.flush()
    assert remedy in str(failure.value)
    assert len(bigquery.requests) == 1


@pytest.mark.parametrize(
    ("code", "remedy"), [(Code.PERMISSION_DENIED, "BigQuery Data Editor"), (Code.NOT_FOUND, "deploy/bigquery/schema.sql")]
)
def test_a_table_that_cannot_be_written_is_known_at_the_start(bigquery: BigQuery, code: grpc.StatusCode, remedy: str) -> None:
    bigquery.opening = code, "Requested entity"
    with pytest.raises(SinkFailed, match=r"newsroom.wire.articles: Requested entity") as failure:
        opened(bigquery.settings)
    assert remedy in str(failure.value)


def test_a_table_of_an_older_build_is_known_at_the_start(bigquery: BigQuery) -> None:
    bigquery.absent = {"wire.notes.mechanics", "pub_status"}
    with pytest.raises(SinkFailed, match=r"the table lacks pub_status, wire.notes.mechanics. Bring the tables"):
        opened(bigquery.settings)


def test_a_service_that_is_away_at_the_start_is_waited_for_and_then_named() -> None:
    server = BigQuery(patience=0.6)
    server.close()
    with pytest.raises(SinkFailed, match=r"newsroom.wire.articles: .*start again when BigQuery answers"):
        opened(server.settings)
    close_all()


def test_without_the_extra_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("bigquery_client", "bigquery_connection"):
        monkeypatch.delitem(sys.modules, f"writethru.sinks.{name}", raising=False)
    monkeypatch.setitem(sys.modules, "google.cloud.bigquery_storage_v1", None)
    with pytest.raises(SinkFailed, match=r"Google's client is not installed.*pip install '\.\[gcp\]'"):
        opened(BigQuerySinkSettings(DATASET))


# --- the process's one connection -----------------------------------------------------------------------------------------


def test_handles_of_one_process_share_a_connection_a_table_and_lose_nothing(bigquery: BigQuery) -> None:
    def bundle(number: int) -> None:
        write(bigquery, *(Emission((article(f"a{number}-{turn}"),), (story(f"s{turn}", number),)) for turn in range(5)))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(bundle, range(24)))
    assert len(bigquery.rows("articles")) == 24 * 5
    assert {key: number for (key,), number in bigquery.stored["stories"].numbers.items()} == {f"s{turn}": (23,) for turn in range(5)}
    assert sorted(bigquery.routes) == sorted(set(bigquery.routes)) and len(bigquery.routes) == 2


def test_what_was_closed_is_not_written(bigquery: BigQuery) -> None:
    sink = opened(bigquery.settings)
    sink.write(articles(article("a1")))
    sink.close()
    assert sink.flush() == [] and bigquery.requests == []


# --- options --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", ["", "wire", ".wire", "newsroom."])
def test_the_dataset_is_named_with_its_project(dataset: str) -> None:
    with pytest.raises(OptionError, match=r"--bigquery-dataset takes PROJECT\.DATASET"):
        Options(sinks=("bigquery",), bigquery_dataset=dataset)


def test_a_job_opens_it_with_the_machines_own_credentials_and_says_where_they_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere/key.json")
    job = jobs.Job(Options(sinks=("bigquery",), bigquery_dataset=DATASET), local_state=False)
    for opening in (lambda: job.sink("bigquery"), job.dead_sinks):
        with pytest.raises(SinkFailed, match=r"bigquery sink at newsroom.wire: .*name its key file in GOOGLE_APPLICATION_CREDENTIALS"):
            opening()
