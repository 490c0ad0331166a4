"""The commands that talk to a broker, against a real one; and `run` on a terminal."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest
from kafka import KafkaConsumer, TopicPartition

from tests.integration.process_kit import article, make_topics, options, pipeline, rows, send, wait_committed
from writethru.kafka_connection import KafkaConnection

pytestmark = pytest.mark.timeout(120)


def call(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "writethru", *arguments], capture_output=True, text=True, timeout=60)


def test_topics_are_created_once_and_listed(connection: KafkaConnection, unique: Callable[[str], str]) -> None:
    raw = unique("raw")
    names = ["--topic-articles", f"{raw}.a", "--topic-stories", f"{raw}.s", "--topic-threads", f"{raw}.t", "--topic-dead", f"{raw}.d"]
    command = ["topics", "create", "--bootstrap", connection.bootstrap, "--topic-raw", raw, *names]
    assert call(*command).stdout.count("created") == 5
    assert call(*command).stdout.count("exists") == 5
    assert raw in call("topics", "list", "--bootstrap", connection.bootstrap).stdout.splitlines()


def test_produce_plays_files_keyed_by_agency_with_headers(connection: KafkaConnection, topic: Callable[..., str], tmp_path: Path) -> None:
    raw = topic("raw")
    (tmp_path / "1.txt").write_text("SEOUL, March 17 (Yonhap) -- A ferry is adrift off Haemil, the coast guard said Tuesday.\n(END)\n")
    (tmp_path / "2.json").write_bytes(article(1)[1])
    done = call("produce", "--bootstrap", connection.bootstrap, "--topic-raw", raw, str(tmp_path))
    assert (done.returncode, done.stdout.strip()) == (0, f"2 payloads in {raw}"), done.stderr
    consumer = KafkaConsumer(**connection.client_options(), group_id=None, auto_offset_reset="earliest", consumer_timeout_ms=3000)
    consumer.assign([TopicPartition(raw, 0)])
    seen = [(record.key, dict(record.headers)) for record in consumer]
    consumer.close()
    assert seen == [
        (b"yonhap", {"source-file": b"1.txt", "content-type": b"text/plain"}),
        (b"northwire", {"source-file": b"2.json", "content-type": b"application/json"}),
    ]


def test_run_to_the_end_of_the_topic_then_tail_and_explain(
    connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path
) -> None:
    chosen = options(connection, unique("tail"), tmp_path / "out")
    make_topics(connection, chosen)
    send(connection, chosen.topic_raw[0], [article(1, story=1), article(2, story=1, version=2), article(3)])
    with pipeline(chosen, "--stop", "end", wait=False) as running:
        assert running.ended() == 0, running.log
    where = ["--bootstrap", connection.bootstrap, "--topic-articles", chosen.topic_articles]
    lines = call("tail", *where, "--no-follow").stdout.splitlines()
    assert len(lines) == 3
    assert all("northwire" in line and "Council of Vellmouth" in line for line in lines)
    records = [orjson.loads(line) for line in call("tail", *where, "--no-follow", "--json").stdout.splitlines()]
    assert len(records) == 3
    second = next(record for record in records if record["story"]["position"] == 2)
    told = call("explain", "--out", chosen.out, second["provenance"]["id"][:12]).stdout
    assert "version 2" in told
    assert second["story"]["link"]["rule"] in told


def test_tail_names_a_topic_that_is_not_there(connection: KafkaConnection) -> None:
    done = call("tail", "--bootstrap", connection.bootstrap, "--topic-articles", "absent")
    assert done.returncode == 1
    assert "writethru topics create" in done.stderr


def test_on_a_terminal_it_stays_until_ctrl_c_and_then_drains(
    connection: KafkaConnection, unique: Callable[[str], str], tmp_path: Path
) -> None:
    chosen = options(connection, unique("tty"), tmp_path / "out", partitions=1)
    make_topics(connection, chosen)
    feed = tmp_path / "feed.jsonl"
    feed.write_bytes(b"".join(article(n)[1] + b"\n" for n in range(5)))
    command = [sys.executable, "-m", "writethru", "run", "--input", str(feed), "--bootstrap", connection.bootstrap]
    for name in ("group", "topic_articles", "topic_stories", "topic_threads", "topic_dead", "out"):
        command += [f"--{name.replace('_', '-')}", str(getattr(chosen, name))]
    command += ["--topic-raw", chosen.topic_raw[0]]
    room = tmp_path / "tmp"
    room.mkdir()
    master, slave = pty.openpty()
    environ = {**os.environ, "TMPDIR": str(room)}
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True)
    os.close(slave)
    try:
        wait_committed(connection, chosen, 5)
        time.sleep(1)
        assert process.poll() is None, "it must stay up"
        process.send_signal(signal.SIGINT)
        shown = b""
        while True:
            try:
                piece = os.read(master, 65536)
            except OSError:  # the terminal is gone with its last writer
                break
            shown += piece
        assert process.wait(20) == 0, shown.decode()
    finally:
        process.kill()
        os.close(master)
    assert b"items in" in shown
    assert rows(tmp_path / "out", "SELECT count(*) FROM articles") == [(5,)]
    assert list(room.iterdir()) == [], "nothing temporary stays"
