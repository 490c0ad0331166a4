"""The whole pipeline under faults: what is killed, missing, full or hostile. Every fault is a real one."""

from __future__ import annotations

import os
import resource
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tests.integration.kafka_kit import until
from tests.integration.process_kit import article, make_topics, options, pipeline, rows, send, wait_committed
from writethru.kafka_connection import KafkaConnection
from writethru.local.broker import Broker
from writethru.sinks.jsonl import read_latest
from writethru.sources.kafka import committed

pytestmark = pytest.mark.timeout(180)


def paced(payloads: Iterable[tuple[bytes, bytes]], rate: float) -> Iterator[tuple[bytes, bytes]]:
    """At most `rate` a second."""
    for payload in payloads:
        time.sleep(1 / rate)
        yield payload


def test_killed_in_mid_stream_and_restarted_nothing_is_missing_and_nothing_double(
    connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path
) -> None:
    chosen = options(connection, unique("kill"), tmp_path / "out")
    make_topics(connection, chosen)
    topic = chosen.topic_raw[0]
    with pipeline(chosen) as first:
        # The page is up before the pipeline turns: what is sent meanwhile would come through in one go.
        send(connection, topic, [article(0)])
        until(lambda: bool(rows(tmp_path / "out", "SELECT id FROM articles")), 30)
        wire = threading.Thread(target=send, args=(connection, topic, paced((article(n) for n in range(1, 1500)), 300)))
        wire.start()
        until(lambda: len(rows(tmp_path / "out", "SELECT id FROM articles")) >= 200, 30)
        first.kill()
    held = len(rows(tmp_path / "out", "SELECT id FROM articles"))
    wire.join()
    with pipeline(chosen) as second:
        send(connection, topic, (article(n) for n in range(1500, 2000)))
        wait_committed(connection, chosen, 2000)
        assert second.drain() == 0, second.log
    out = tmp_path / "out"
    assert 200 <= held < 1500, "killed while the wire still sent"
    assert rows(out, "SELECT count(*), count(DISTINCT id), count(DISTINCT story_id) FROM articles") == [(2000, 2000, 2000)]
    assert rows(out, "SELECT count(*), count(DISTINCT article_id) FROM versions") == [(2000, 2000)]
    assert len(read_latest(out / "articles.jsonl")) == 2000


def test_after_kill_and_restart_an_update_joins_and_a_kill_reaches_the_story_of_before(
    connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path
) -> None:
    chosen = options(connection, unique("restart"), tmp_path / "out")
    make_topics(connection, chosen)
    topic, out = chosen.topic_raw[0], tmp_path / "out"
    with pipeline(chosen) as first:
        send(connection, topic, [article(1, story=1), article(2, story=2), article(3, story=3)])
        wait_committed(connection, chosen, 3)
        first.kill()
    before = dict(rows(out, "SELECT id, story_id FROM articles"))
    with pipeline(chosen) as second:
        send(
            connection,
            topic,
            [
                article(1, story=1, version=2),
                article(2, story=2, version=2, pubStatus="canceled", bodies=[], headlines=[]),
                article(3, story=3),
            ],
        )
        wait_committed(connection, chosen, 6)
        assert second.drain() == 0, second.log
    stories = dict(rows(out, "SELECT id, status FROM stories"))
    assert sorted(stories.values()) == ["current", "current", "killed"]
    assert rows(out, "SELECT version_count FROM stories ORDER BY version_count") == [(1,), (2,), (2,)]
    killed = next(id_ for id_, status in stories.items() if status == "killed")
    bodies = rows(out, f"SELECT body, pub_status FROM articles WHERE story_id = '{killed}'")  # noqa: S608 - an id of our own
    assert len(bodies) == 2
    assert set(bodies) == {("", "canceled")}
    words = b"council14 vote26"  # of the killed story alone
    holding = [file.name for file in out.iterdir() if not file.name.startswith("wire.db") and words in file.read_bytes()]
    assert holding == [], "a killed text must not lie in an older line or log chunk"
    assert all(rows(out, f"SELECT story_id FROM articles WHERE id = '{id_}'") == [(story,)] for id_, story in before.items())  # noqa: S608


def test_a_broker_killed_and_restarted_in_mid_stream_costs_nothing(unique: Callable[[str], str], tmp_path: Path) -> None:
    with Broker(tmp_path / "kafka") as broker:
        connection = KafkaConnection(broker.bootstrap)
        chosen = options(connection, unique("broker"), tmp_path / "out")
        make_topics(connection, chosen)
        topic = chosen.topic_raw[0]
        with pipeline(chosen) as running:
            send(connection, topic, (article(n) for n in range(300)))
            until(lambda: bool(rows(tmp_path / "out", "SELECT id FROM articles LIMIT 1")), 30)
            broker.kill()
            time.sleep(3)
            assert running.process.poll() is None, running.log
            broker.start()
            send(connection, topic, (article(n) for n in range(300, 600)))
            wait_committed(connection, chosen, 600)
            assert running.drain() == 0, running.log
        assert rows(tmp_path / "out", "SELECT count(*), count(DISTINCT id) FROM articles") == [(600, 600)]


def test_a_missing_topic_is_named_with_the_command_that_creates_it(
    connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path
) -> None:
    chosen = options(connection, unique("missing"), tmp_path / "out")
    with pipeline(chosen, wait=False) as running:
        assert running.ended() == 1
        assert f"topic {chosen.topic_raw[0]} does not exist" in running.log
        assert "writethru topics create" in running.log
        assert "Traceback" not in running.log


def test_a_broker_that_is_not_there_is_named_within_15_seconds(unique: Callable[[str], str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        chosen = options(KafkaConnection(address), unique("nowhere"), tmp_path / "out")
        started = time.monotonic()
        with pipeline(chosen, wait=False) as running:
            assert running.ended(25) == 1
        took = time.monotonic() - started
    assert address in running.log
    assert chosen.topic_raw[0] in running.log
    assert "Traceback" not in running.log
    assert took < 15 + 5, "15 s for the source, and the start of a process"


HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "white space": (b" \r\n\t ", "empty"),
    "20 MB": (b'{"uri":"a:1","body":"' + b"x" * 20_000_000 + b'"}', "too_large"),
    "JSON of no encoding": (b'{"uri":"tag:x,2026:1","headlines":[{"value":"\x00\x01\x81\x8d\x8f\x90\x9d"}]}', "encoding"),
    "truncated JSON": (b'{"uri":"tag:x,2026:1","headlines":[{"value":"Harb', "truncated"),
    "truncated XML": (b'<?xml version="1.0"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:x"><itemMeta>', "truncated"),
    "an entity bomb": (
        b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="tag:x"><itemMeta>&b;</itemMeta></newsItem>',
        "entities",
    ),
    "JSON 10,000 deep": (b"[" * 10_000 + b"]" * 10_000, "too_deep"),
    "an unknown format": (b'{"temperature": 21, "unit": "C"}', "unknown_format"),
}


def test_each_hostile_payload_is_a_dead_letter_with_its_reason_and_the_stream_goes_on(
    connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path
) -> None:
    chosen = options(connection, unique("hostile"), tmp_path / "out", partitions=1)
    make_topics(connection, chosen)
    latin = orjson_latin()
    payloads = [article(0), *((b"k", value) for value, _ in HOSTILE.values()), (b"northwire", latin), article(1)]
    with pipeline(chosen) as running:
        send(connection, chosen.topic_raw[0], payloads)
        wait_committed(connection, chosen, len(payloads))
        assert running.drain() == 0, running.log
    out = tmp_path / "out"
    letters = rows(out, "SELECT reason FROM dead_letters ORDER BY topic_offset")
    assert [reason for (reason,) in letters] == [reason for _, reason in HOSTILE.values()]
    assert rows(out, "SELECT count(*) FROM articles") == [(3,)]
    assert rows(out, "SELECT count(*) FROM articles WHERE headline LIKE '%Müller%'") == [(1,)]
    values = {letter["offset"]: letter["value"] for letter in read_latest(out / "dead_letters.jsonl").values()}
    from base64 import b64decode

    assert [b64decode(values[n]) for n in range(1, 1 + len(HOSTILE))] == [value for value, _ in HOSTILE.values()]


def orjson_latin() -> bytes:
    """JSON in latin-1: text in another encoding is decoded, not refused."""
    return article(9)[1].replace(b"Council of Vellmouth", "Müller of Vellmouth".encode("latin-1"))


def test_a_flood_of_bad_input_stops_the_pipeline_with_advice(
    connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path
) -> None:
    chosen = options(connection, unique("flood"), tmp_path / "out", partitions=1)
    make_topics(connection, chosen)
    send(connection, chosen.topic_raw[0], ((b"k", b'{"no": "format"}') for _ in range(700)))
    with pipeline(chosen) as running:
        assert running.ended() == 1
        assert "dead letters in a row" in running.log
        assert "Traceback" not in running.log


def test_a_read_only_database_ends_the_run_and_commits_nothing(
    connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path
) -> None:
    chosen = options(connection, unique("readonly"), tmp_path / "out", partitions=1)
    make_topics(connection, chosen)
    out = tmp_path / "out"
    with pipeline(chosen) as first:
        send(connection, chosen.topic_raw[0], [article(1)])
        wait_committed(connection, chosen, 1)
        assert first.drain() == 0
    # Opened for reading alone: file rights would not stop root.
    read_only = f"sqlite:///file:{out / 'wire.db'}?mode=ro&uri=true"
    with pipeline(chosen, "--sql-url", read_only, wait=False) as second:
        send(connection, chosen.topic_raw[0], [article(2)])
        assert second.ended(90) == 1
        assert "sql sink" in second.log
        assert "read" in second.log
        assert "Traceback" not in second.log
    assert committed(connection, chosen.group, [(chosen.topic_raw[0], 0)]) == {(chosen.topic_raw[0], 0): 1}


def test_a_full_disk_ends_the_run_and_commits_nothing(connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path) -> None:
    chosen = options(connection, unique("full"), tmp_path / "out", partitions=1)
    make_topics(connection, chosen)

    def small_files() -> None:
        # The limit on a file's size is a full disk that needs no rights to make: every write past it fails.
        resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))

    with pipeline(chosen, before=small_files) as running:
        send(connection, chosen.topic_raw[0], (article(n, bodies=[{"value": f"VELLMOUTH - {n} " + "tide " * 2000}]) for n in range(200)))
        assert running.ended(90) == 1
        assert " sink at " in running.log or "state " in running.log
        assert "Traceback" not in running.log
    done = committed(connection, chosen.group, [(chosen.topic_raw[0], 0)]).get((chosen.topic_raw[0], 0), 0)
    assert done < 200
    with pipeline(chosen) as again:
        wait_committed(connection, chosen, 200)
        assert again.drain() == 0, again.log
    assert rows(tmp_path / "out", "SELECT count(*), count(DISTINCT id) FROM articles") == [(200, 200)]


def test_a_port_in_use_is_said_and_another_chosen_or_the_named_one_fails(
    connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path
) -> None:
    chosen = options(connection, unique("port"), tmp_path / "out", partitions=1)
    make_topics(connection, chosen)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pipeline(chosen, "--http-port", str(port), wait=False) as named:
            assert named.ended() == 1
            assert f"port {port} is in use" in named.log
            assert "--http-port" in named.log
    with pipeline(chosen) as first:
        other = options(connection, unique("port"), tmp_path / "two" / "out", partitions=1)
        make_topics(connection, other)
        with pipeline(other) as second:
            assert first.address != second.address
            assert "is in use" in second.log or not first.address.endswith(":9464/")
            assert second.drain() == 0
        assert first.drain() == 0


def test_two_runs_over_the_same_topic_leave_the_same_rows(
    connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path
) -> None:
    name = unique("twice")
    chosen = options(connection, name, tmp_path / "one" / "out", partitions=1)
    make_topics(connection, chosen)
    total = send(connection, chosen.topic_raw[0], [article(n, story=n % 40, version=1 + n // 40) for n in range(120)])
    with pipeline(chosen) as first:
        wait_committed(connection, chosen, total)
        assert first.drain() == 0
    # The same topic from its start: into the same directory by another group, and into a new directory.
    for number, out in enumerate((tmp_path / "one" / "out", tmp_path / "two" / "out")):
        again = options(connection, name, out, partitions=1)
        again = type(again)(**{**{f: getattr(again, f) for f in again.__dataclass_fields__}, "group": f"{name}-{number}"})
        with pipeline(again) as running:
            wait_committed(connection, again, total)
            assert running.drain() == 0
    tables = ("articles", "stories", "threads", "versions")
    one, two = (
        {table: Counter(rows(out, f"SELECT * FROM {table}")) for table in tables}  # noqa: S608 - names of our own
        for out in (tmp_path / "one" / "out", tmp_path / "two" / "out")
    )
    assert {table: len(held) for table, held in one.items()}["articles"] == 120
    for table in tables:
        assert {row[0] for row in one[table]} == {row[0] for row in two[table]}, table
    assert one["articles"] == two["articles"]


def test_a_second_pipeline_on_the_same_state_is_refused(connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path) -> None:
    chosen = options(connection, unique("same"), tmp_path / "out", partitions=1)
    make_topics(connection, chosen)
    with pipeline(chosen) as first:
        until(lambda: (tmp_path / "out" / "state.db").exists(), 60)  # the page answers before the state is opened
        with pipeline(chosen, wait=False) as second:
            assert second.ended() == 1
            assert "another writethru" in second.log
        assert first.drain() == 0
    assert os.path.exists(tmp_path / "out" / "state.db")
