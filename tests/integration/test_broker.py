"""The embedded broker: it starts, survives, and never outlives its owner."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from writethru.kafka_connection import KafkaConnection
from writethru.local.broker import Broker, BrokerError
from writethru.options import Options
from writethru.topics import Topic, create_topics, wire_topics


def read_all(connection: KafkaConnection, topic: str, count: int, seconds: float = 20.0) -> list[bytes]:
    consumer = KafkaConsumer(**connection.client_options(), enable_auto_commit=False, max_partition_fetch_bytes=32 << 20)
    try:
        consumer.assign([TopicPartition(topic, partition) for partition in sorted(consumer.partitions_for_topic(topic))])
        consumer.seek_to_beginning()
        found: list[bytes] = []
        deadline = time.monotonic() + seconds
        while len(found) < count and time.monotonic() < deadline:
            for records in consumer.poll(timeout_ms=200).values():
                found += [record.value for record in records]
        return found
    finally:
        consumer.close()


def processes_of(marker: str) -> list[int]:
    """Ids of the living processes whose command line holds `marker` (the broker's data directory)."""
    listing = subprocess.run(["ps", "-wweo", "pid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()]
    return [int(pid) for pid, state, *args in rows if args and marker in args[0] and not state.startswith("Z")]


def test_a_message_of_twenty_megabytes_passes(connection: KafkaConnection, topic: Callable[..., str]) -> None:
    name = topic("large")
    producer = KafkaProducer(**connection.client_options(), max_request_size=32 << 20)
    producer.send(name, os.urandom(20 << 20)).get(30)
    producer.close()
    assert [len(value) for value in read_all(connection, name, 1)] == [20 << 20]


def test_an_unknown_topic_is_not_created_by_asking_for_it(connection: KafkaConnection, unique: Callable[[str], str]) -> None:
    consumer = KafkaConsumer(**connection.client_options())
    try:
        assert consumer.partitions_for_topic(unique("nobody")) == set()
        assert consumer.partitions_for_topic(unique("nobody")) == set()
    finally:
        consumer.close()


def test_topics_are_created_once_and_kept_as_they_are(connection: KafkaConnection, unique: Callable[[str], str]) -> None:
    names = {name: unique(name) for name in ("raw", "articles", "stories", "threads", "dead")}
    options = Options(topic_raw=(names["raw"],), partitions=3, **{f"topic_{name}": names[name] for name in list(names)[1:]})
    assert sorted(create_topics(connection, wire_topics(options))) == sorted(names.values())
    assert create_topics(connection, [*wire_topics(options), Topic(unique("more"))]) != ()
    assert create_topics(connection, wire_topics(options)) == ()
    consumer = KafkaConsumer(**connection.client_options())
    try:
        assert consumer.partitions_for_topic(names["articles"]) == {0, 1, 2}
        assert consumer.partitions_for_topic(names["dead"]) == {0}
    finally:
        consumer.close()


@pytest.fixture
def own_broker(tmp_path: Path) -> Broker:
    broker = Broker(data=tmp_path / "kafka").start()
    yield broker
    broker.close()


def test_what_was_written_survives_a_kill_and_an_orderly_stop(own_broker: Broker) -> None:
    connection = KafkaConnection(own_broker.bootstrap)
    create_topics(connection, [Topic("wire.raw")])
    for number, end in enumerate((own_broker.kill, own_broker.stop, None)):
        producer = KafkaProducer(**connection.client_options())
        producer.send("wire.raw", b"%d" % number).get(10)
        producer.close()
        if end:
            end()
            own_broker.start()
            assert KafkaConnection(own_broker.bootstrap) == connection
    assert read_all(connection, "wire.raw", 3) == [b"0", b"1", b"2"]


def test_a_second_start_is_refused_and_leaves_the_first_alone(broker: Broker, connection: KafkaConnection) -> None:
    with pytest.raises(BrokerError, match="runs already"):
        broker.start()
    assert create_topics(connection, [Topic("still-there")]) in ((), ("still-there",))


def test_a_failed_start_shows_what_the_broker_said(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "meta.properties").write_text("version=1\ncluster.id=another\nnode.id=7\n")
    with pytest.raises(BrokerError, match=r"(?s)ended with status 1.*node id 7"):
        Broker(data=tmp_path).start()
    assert processes_of(str(tmp_path)) == []


OWNER = """
import sys, time
from writethru.local.broker import Broker
broker = Broker().start()
print(broker.data, flush=True)
time.sleep(600)
"""


def test_the_broker_dies_with_its_owner_even_by_kill_9(tmp_path: Path) -> None:
    environ = {**os.environ, "PYTHONPATH": "pipelines", "TMPDIR": str(tmp_path)}
    owner = subprocess.Popen([sys.executable, "-c", OWNER], stdout=subprocess.PIPE, text=True, env=environ)
    with owner:
        try:
            assert owner.stdout is not None
            data = owner.stdout.readline().strip()
            assert len(processes_of(data)) == 2, "the broker and its leash"
        finally:
            owner.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 15
    while processes_of(data) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_of(data) == []
    assert list(tmp_path.iterdir()) == [], "temporary data go with it"
