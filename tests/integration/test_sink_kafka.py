"""The Kafka sink and the Kafka dead letters against a real broker, one that refuses, goes away and comes back included."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from kafka import KafkaConsumer, TopicPartition
from kafka.partitioner import DefaultPartitioner

from writethru import codec
from writethru.deadletters import dead_letter, opened_dead_letters
from writethru.deadletters.headers import from_record
from writethru.kafka_connection import KafkaConnection
from writethru.local.broker import Broker
from writethru.records import Article, Emission, Link, ParseError, Provenance, RawMessage, Story, StoryPlace, Thread, ThreadPlace, Wire
from writethru.sinks import KafkaSinkSettings, Sink, SinkFailed, close_all, opened
from writethru.topics import Topic, create_topics

TopicMaker = Callable[..., str]


# kafka-python 3.0.12 leaves a socket to the garbage collector for every connection that a dead broker refuses.
leaves_sockets = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_all()
    gc.collect()  # within the test that left them


@pytest.fixture
def settings(connection: KafkaConnection, topic: TopicMaker) -> KafkaSinkSettings:
    return KafkaSinkSettings(connection, topic("articles", 4), topic("stories", 4), topic("threads", 2), topic("dead"), patience=30)


def article(key: str = "a1", rev: int = 1, agency: str = "nwa", body: str = "The dam held.", **over: Any) -> Article:
    source = Provenance(key, "ninjs", "wire.raw", 0, 1, 1, "2026-03-01T08:15:01Z", "f" * 64, "utf-8", None, (), "test")
    told = {"uri": key, "language": "en-GB", "bodies": [{"value": body}]}
    return replace(Article(key, rev, told, Wire(agency), None, None, source), **over)


def story(key: str = "s1", rev: int = 1) -> Story:
    return Story(key, rev, "nwa", "killed", None, "", "", "en", (), 0, None, None)


def thread(key: str = "t1", rev: int = 1) -> Thread:
    return Thread(key, rev, "", "de", (), 0, ("nwa",), None, None)


def records(connection: KafkaConnection, topic: str) -> list[Any]:
    """Everything in the topic, each partition in its order."""
    consumer = KafkaConsumer(**connection.client_options(), enable_auto_commit=False, max_partition_fetch_bytes=64 << 20)
    try:
        parts = [TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic) or ())]
        consumer.assign(parts)
        consumer.seek_to_beginning(*parts)
        ends = consumer.end_offsets(parts)
        found: list[Any] = []
        deadline = time.monotonic() + 30
        while any(consumer.position(part) < ends[part] for part in parts):
            assert time.monotonic() < deadline
            for batch in consumer.poll(timeout_ms=200).values():
                found += batch
        return found
    finally:
        consumer.close()


def written(settings: KafkaSinkSettings, *emissions: Emission) -> Sink:
    sink = opened(settings)
    for emission in emissions:
        sink.write(emission)
    assert sink.flush() == []
    return sink


# --- what a consumer gets -----------------------------------------------------------------------------------------------------


def test_key_value_and_headers(settings: KafkaSinkSettings, connection: KafkaConnection) -> None:
    one = article(
        wire=Wire("Östlund", "kill", embargo="2026-03-01T12:00:00Z"),
        story=StoryPlace("s1", 1, "kill", None, None, 0, Link("guid", 1.0), None),
        thread=ThreadPlace("t1", "first", None, 1.0, "first"),
    )
    written(settings, Emission((one, article("a2")), (story(),), (thread(),)))
    by_key = {record.key: record for record in records(connection, settings.articles)}
    assert codec.article_from_json(by_key[b"a1"].value) == one
    assert dict(by_key[b"a1"].headers) == {
        "schema": b"1", "rev": b"1", "agency": "Östlund".encode(), "action": b"kill", "language": b"en", "story": b"s1", "thread": b"t1",
        "embargo": b"2026-03-01T12:00:00Z",
    }  # fmt: skip
    assert dict(by_key[b"a2"].headers) == {"schema": b"1", "rev": b"1", "agency": b"nwa", "action": b"new", "language": b"en"}
    (told,) = records(connection, settings.stories)
    assert (told.key, dict(told.headers)) == (b"s1", {"schema": b"1", "rev": b"1", "agency": b"nwa", "status": b"killed"})
    assert codec.story_from_json(told.value) == story()
    (told,) = records(connection, settings.threads)
    assert (told.key, dict(told.headers)) == (b"t1", {"schema": b"1", "rev": b"1", "language": b"de"})
    assert codec.thread_from_json(told.value) == thread()


def test_an_agency_has_one_partition_the_one_kafka_would_choose_for_it(settings: KafkaSinkSettings, connection: KafkaConnection) -> None:
    class Four:
        def topics(self) -> set[str]:
            return {"t"}

        def partitions_for_topic(self, _: str) -> set[int]:
            return {0, 1, 2, 3}

        available_partitions_for_topic = partitions_for_topic

    agencies = ("nwa", "ostlund", "kurier", "Östlund", "a", "agence-vell")
    articles = tuple(article(f"{agency}-{n}", agency=agency) for n in range(50) for agency in agencies)
    written(settings, Emission(articles))
    found = records(connection, settings.articles)
    for agency in agencies:
        own = [record for record in found if dict(record.headers)["agency"] == agency.encode()]
        expected = DefaultPartitioner().partition("t", agency, agency.encode(), None, None, Four())
        assert {record.partition for record in own} == {expected}
        assert [record.key.decode() for record in own] == [f"{agency}-{n}" for n in range(50)]


def test_nul_unicode_and_five_megabytes(settings: KafkaSinkSettings, connection: KafkaConnection) -> None:
    large = article("large", body="\x00 Łódź \U0001f30a\n" * 300_000)
    assert len(codec.article_json(large)) > 5_000_000
    written(settings, Emission((article("a1"), large, article("a2"))))
    by_key = {record.key: record.value for record in records(connection, settings.articles)}
    assert codec.article_from_json(by_key[b"large"]) == large and set(by_key) == {b"a1", b"large", b"a2"}


@pytest.mark.parametrize("compression", ["lz4", "zstd", "gzip"])
def test_compressed(settings: KafkaSinkSettings, connection: KafkaConnection, compression: Any) -> None:
    written(replace(settings, compression=compression), Emission(tuple(article(str(n)) for n in range(100))))
    assert len(records(connection, settings.articles)) == 100


def test_the_same_emissions_twice_have_the_same_latest_records(settings: KafkaSinkSettings, connection: KafkaConnection) -> None:
    emissions = Emission((article("a1"), article("a2"))), Emission((article("a1", 2, body=""),), (story(),), (thread(),))
    latest = []
    for _ in range(2):
        written(settings, *emissions)
        names = (settings.articles, settings.stories, settings.threads)
        latest.append([{record.key: record.value for record in records(connection, name)} for name in names])
    assert latest[0] == latest[1]


# --- what is refused ----------------------------------------------------------------------------------------------------------


def test_a_record_too_large_for_its_topic_is_rejected_and_its_neighbours_arrive(connection: KafkaConnection, topic: TopicMaker) -> None:
    small = topic("small", 1, {"max.message.bytes": "20000"})
    settings = KafkaSinkSettings(connection, small, topic("stories"), topic("threads"), topic("dead"), compression=None, patience=30)
    payload = RawMessage(b"<item/>", "wire.raw", 0, 1, 1)
    huge = article("huge", body="x" * 30_000, payload=payload)
    surrogate = article("surrogate", body="\ud800")
    around = [article(str(n), body="y" * 3000) for n in range(12)]
    sink, other = opened(settings), opened(settings)
    sink.write(Emission((*around[:6], huge, surrogate, *around[6:]), (story(),)))
    rejected = {one.id: one for one in sink.flush()}
    assert set(rejected) == {"huge", "surrogate"}
    assert rejected["huge"].article is huge and rejected["huge"].kind == "article" and len(rejected["huge"].detail) <= 200
    assert {record.key.decode() for record in records(connection, small)} == {str(n) for n in range(12)}
    # The refusal leaves every handle of the process fit to go on.
    other.write(Emission((article("other"),)))
    sink.write(Emission((article("next"),)))
    assert sink.flush() == [] and other.flush() == []
    assert {record.key for record in records(connection, small)[-2:]} == {b"other", b"next"}


def test_a_refused_record_lets_no_older_one_of_a_key_come_last(connection: KafkaConnection, topic: TopicMaker) -> None:
    small = topic("small", 1, {"max.message.bytes": "20000"})
    settings = KafkaSinkSettings(connection, small, topic("stories"), topic("threads"), topic("dead"), compression=None, patience=30)
    sink = opened(settings)
    revs = [article("a1", rev, body="y" * (9000 - rev)) for rev in range(1, 9)]
    sink.write(Emission((*revs[:3], article("huge", body="x" * 40_000), *revs[3:], article("huge too", body="x" * 30_000))))
    assert {one.id for one in sink.flush()} == {"huge", "huge too"}
    found = [codec.article_from_json(record.value).rev for record in records(connection, small)]
    assert set(found) == set(range(1, 9)) and found[-1] == 8


def test_a_record_past_64_megabytes_is_rejected_without_asking_the_broker(settings: KafkaSinkSettings) -> None:
    sink = opened(settings)
    sink.write(Emission((article("huge", body="x" * (65 << 20)), article("a1"))))
    assert [one.id for one in sink.flush()] == ["huge"]


# --- what fails ---------------------------------------------------------------------------------------------------------------


@leaves_sockets
def test_no_broker_is_a_clear_failure_within_15_seconds() -> None:
    begun = time.monotonic()
    with pytest.raises(SinkFailed, match=r"kafka sink at localhost:1: no broker answered .*Start the broker or correct --bootstrap"):
        opened(KafkaSinkSettings(KafkaConnection("localhost:1")))
    assert time.monotonic() - begun < 15


def test_a_missing_topic_is_named_within_15_seconds(settings: KafkaSinkSettings) -> None:
    begun = time.monotonic()
    with pytest.raises(SinkFailed, match=r"topic nowhere: the topic is not there\. Create it: writethru topics create"):
        opened(replace(settings, stories="nowhere"))
    assert time.monotonic() - begun < 15


def test_what_was_written_before_close_is_not_waited_for(settings: KafkaSinkSettings) -> None:
    sink = opened(settings)
    sink.write(Emission((article("bad", body="\ud800"),)))
    sink.close()
    assert sink.flush() == []


# --- a broker that goes away --------------------------------------------------------------------------------------------------


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[Broker]:
    with Broker(tmp_path / "broker") as broker:
        create_topics(KafkaConnection(broker.bootstrap), [Topic(name, 2) for name in ("articles", "stories", "threads", "dead")])
        yield broker


def own_settings(broker: Broker, patience: float) -> KafkaSinkSettings:
    return KafkaSinkSettings(KafkaConnection(broker.bootstrap), "articles", "stories", "threads", "dead", patience=patience)


@leaves_sockets
def test_a_broker_killed_and_restarted_in_mid_stream_loses_nothing_and_keeps_the_order(own_broker: Broker) -> None:
    settings = own_settings(own_broker, patience=60)
    sink = opened(settings)
    flushed: list[int] = []
    done = threading.Event()

    def stream() -> None:
        batch = 0
        while not done.is_set():
            sink.write(Emission(tuple(article(f"{batch}-{n}", agency=f"agency-{n % 4}") for n in range(20)), (story("s1", batch + 1),)))
            assert sink.flush() == []
            flushed.append(batch)
            batch += 1
            time.sleep(0.005)

    with ThreadPoolExecutor(1) as threads:
        streaming = threads.submit(stream)
        for _ in range(2):
            time.sleep(0.7)
            own_broker.kill()
            stopped_at = len(flushed)
            time.sleep(0.5)
            assert len(flushed) <= stopped_at + 1
            own_broker.start()
            deadline = time.monotonic() + 40
            while len(flushed) < stopped_at + 5 and not streaming.done() and time.monotonic() < deadline:
                time.sleep(0.05)
        done.set()
        streaming.result(60)
    assert len(flushed) > stopped_at
    connection = settings.connection
    found = {record.key.decode() for record in records(connection, "articles")}
    assert {f"{batch}-{n}" for batch in flushed for n in range(20)} <= found
    revs = [codec.story_from_json(record.value).rev for record in records(connection, "stories")]
    assert revs == sorted(revs) and revs[-1] == len(flushed)


@leaves_sockets
def test_a_broker_that_stays_away_is_a_failure_that_names_host_and_topic_and_nothing_is_sent_later(own_broker: Broker) -> None:
    settings = own_settings(own_broker, patience=3)
    sink = written(settings, Emission((article("before"),)))
    own_broker.kill()
    sink.write(Emission((article("given up"),)))
    begun = time.monotonic()
    with pytest.raises(
        SinkFailed, match=rf"kafka sink at {own_broker.bootstrap}, topic articles: .*not acknowledged within 3 s"
    ) as failure:
        sink.flush()
    assert time.monotonic() - begun < 12
    assert "Nothing of this batch is committed" in str(failure.value)
    own_broker.start()
    written(settings, Emission((article("after"),)))
    assert [record.key for record in records(settings.connection, "articles")] == [b"before", b"after"]


# --- dead letters -------------------------------------------------------------------------------------------------------------

PAYLOADS = {"empty": b"", "bytes": bytes(range(256)), "large": b"\xff\x00" * 10_000_000}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_dead_letter_holds_the_original_bytes_and_everything_known(
    settings: KafkaSinkSettings, connection: KafkaConnection, payload: str
) -> None:
    message = RawMessage(PAYLOADS[payload], "wire.raw", 3, 41, 1_772_352_900_000, b"\xfe", (("format", b"\xff"), ("format", b"ninjs")))
    letter = dead_letter(message, "decode", ParseError("encoding", "byte 1: Łódź"), "writethru/0", index=2)
    sink = opened_dead_letters(settings)
    sink.write([letter])
    sink.flush()
    (record,) = records(connection, settings.dead)
    assert record.value == PAYLOADS[payload] and record.key == letter.id.encode()
    assert from_record(record.value, list(record.headers)) == letter


def test_a_dead_letter_its_topic_refuses_stops_the_pipeline(connection: KafkaConnection, topic: TopicMaker) -> None:
    small = topic("dead", 1, {"max.message.bytes": "20000"})
    settings = KafkaSinkSettings(connection, topic("a"), topic("s"), topic("t"), small, compression=None, patience=30)
    letter = dead_letter(RawMessage(b"x" * 30_000, "wire.raw", 0, 7, 1), "decode", ParseError("too_large", "30000 bytes"), "writethru/0")
    sink = opened_dead_letters(settings)
    sink.write([letter])
    with pytest.raises(SinkFailed, match=r"the dead letter of wire.raw/0/7, 30000 bytes, is refused .*Raise the topic's max.message.bytes"):
        sink.flush()
