"""The Kafka source on a real broker: what it reads, where it starts and stops, what it commits."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from tests.integration.kafka_kit import Run, numbers, produce, read, until
from writethru.kafka_connection import KafkaConnection, admin_client
from writethru.records import RawMessage
from writethru.sources import kafka
from writethru.sources.kafka import KafkaSettings, committed, lag, request_drain, wait_until_committed
from writethru.sources.kafka.marks import KafkaMark
from writethru.sources.kafka.source import KafkaReader, KafkaSource

Topic = Callable[..., str]
Settings = Callable[..., KafkaSettings]


@pytest.fixture
def settings(connection: KafkaConnection, unique: Callable[[str], str]) -> Iterator[Settings]:
    def make(topic: str, **given: object) -> KafkaSettings:
        return KafkaSettings(connection=connection, topics=(topic,), **{"group": unique("desk"), **given})

    yield make
    kafka.close()


def test_a_message_arrives_as_it_was_sent(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("whole")
    producer = KafkaProducer(**connection.client_options())
    sent = [
        producer.send(
            name, b"\x00\xff lede", key=b"northern", headers=[("format", b"ninjs"), ("empty", b"")], timestamp_ms=1_770_000_000_123
        ),
        producer.send(name, None, key=b"gone"),
        producer.send(name, b"", key=None),
    ]
    assert [one.get(30).offset for one in sent] == [0, 1, 2]
    producer.close()
    whole, deleted, empty = read(settings(name, stop="end")).messages
    headers = (("format", b"ninjs"), ("empty", b""))
    assert whole == RawMessage(b"\x00\xff lede", name, 0, 0, 1_770_000_000_123, b"northern", headers)
    assert (deleted.value, deleted.key, deleted.offset, deleted.headers) == (b"", b"gone", 1, ())
    assert (empty.value, empty.key, empty.offset) == (b"", None, 2)
    assert abs(empty.timestamp - time.time() * 1000) < 60_000


def test_order_is_kept_in_a_partition_and_batches_keep_their_bounds(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("bounds", partitions=3)
    produce(connection, name, numbers(0, 3000), partitions=3)
    seen = read(settings(name, stop="end", batch_records=100))
    for partition in range(3):
        offsets = [message.offset for message in seen.messages if message.partition == partition]
        assert offsets == list(range(1000))
    assert max(len(batch) for batch in seen.batches) == 100
    small = read(settings(name, stop="end", batch_bytes=70))
    assert sorted(small.values) == sorted(seen.values)
    assert max(sum(len(message.value) + 3 for message in batch) for batch in small.batches) <= 70


def test_a_message_of_twenty_megabytes_is_a_batch_of_its_own(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("large")
    large = os.urandom(20 << 20)
    produce(connection, name, [b"before", large, b"after"])
    assert [[len(message.value) for message in batch] for batch in read(settings(name, stop="end")).batches] == [[6], [20 << 20], [5]]


# --- start --------------------------------------------------------------------------------------------------------------------


def test_the_group_goes_on_where_it_ended(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("group", partitions=2)
    ours = settings(name, stop="end")
    produce(connection, name, numbers(0, 100), partitions=2)
    assert sorted(read(ours).values) == sorted(numbers(0, 100))
    assert committed(connection, ours.group, [(name, 0), (name, 1)]) == {(name, 0): 50, (name, 1): 50}
    assert read(ours).values == []
    produce(connection, name, numbers(100, 110), partitions=2)
    assert sorted(read(ours).values) == sorted(numbers(100, 110))


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("earliest", numbers(0, 10)),
        ("latest", []),
        ("group", numbers(0, 10)),
        (1_770_000_000_005, numbers(5, 10)),
        (1_990_000_000_000, []),
    ],
)
def test_a_new_group_starts_where_it_is_told(
    connection: KafkaConnection, topic: Topic, settings: Settings, start: str | int, expected: list[bytes]
) -> None:
    name = topic("start")
    producer = KafkaProducer(**connection.client_options())
    for number in range(10):
        producer.send(name, b"%d" % number, timestamp_ms=1_770_000_000_000 + number)
    producer.close()
    assert read(settings(name, start=start, stop="end")).values == expected


def test_earliest_reads_all_again_though_the_group_has_offsets(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("again")
    produce(connection, name, numbers(0, 5))
    ours = settings(name, stop="end")
    read(ours)
    again = settings(name, stop="end", start="earliest", group=ours.group)
    assert read(again).values == numbers(0, 5)


def test_latest_loses_nothing_written_between_start_and_the_first_record(
    connection: KafkaConnection, topic: Topic, settings: Settings
) -> None:
    name = topic("latest")
    produce(connection, name, numbers(0, 5))
    ours = settings(name, start="latest")
    run = Run(ours)
    until(lambda: committed(connection, ours.group, [(name, 0)]) == {(name, 0): 5})
    produce(connection, name, numbers(5, 8))
    until(lambda: run.values == numbers(5, 8))
    request_drain()
    run.join()


# --- stop ---------------------------------------------------------------------------------------------------------------------


def test_the_end_is_the_one_seen_at_start(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("end", partitions=2)
    produce(connection, name, numbers(0, 400), partitions=2)

    def write_more(batch: object) -> None:
        produce(connection, name, [b"later"], partitions=1)

    run = Run(settings(name, stop="end", batch_records=40), write_more).join()
    assert sorted(run.values) == sorted(numbers(0, 400))


def test_an_empty_topic_ends_at_once(topic: Topic, settings: Settings) -> None:
    started = time.monotonic()
    assert read(settings(topic("empty", partitions=4), stop="end")).values == []
    assert time.monotonic() - started < 5


def test_transaction_markers_do_not_keep_the_end_away(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("transactions")
    producer = KafkaProducer(**connection.client_options(), transactional_id=name)
    producer.init_transactions()
    for number in range(3):
        producer.begin_transaction()
        producer.send(name, b"%d" % number)
        producer.commit_transaction()
    producer.close()
    ours = settings(name, stop="end")
    assert read(ours).values == numbers(0, 3)
    assert committed(connection, ours.group, [(name, 0)]) == {(name, 0): 6}, "three records and three markers"


def test_a_drain_takes_a_moment_and_drops_what_was_only_fetched(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("drain")
    produce(connection, name, numbers(0, 2000))
    ours = settings(name, batch_records=20, bundle_batches=2)
    run = Run(ours, lambda batch: time.sleep(0.02))
    until(lambda: len(run.batches) >= 10)
    asked = time.monotonic()
    request_drain()
    run.join(5)
    assert time.monotonic() - asked < 0.5
    assert run.values == numbers(0, len(run.values))
    assert len(run.values) < 2000
    assert committed(connection, ours.group, [(name, 0)]) == {(name, 0): len(run.values)}
    assert sorted(run.values + read(settings(name, stop="end", group=ours.group)).values) == sorted(numbers(0, 2000))


def test_an_idle_source_drains_as_fast_and_costs_next_to_nothing(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("idle")
    run = Run(settings(name))
    produce(connection, name, [b"one"])
    until(lambda: run.values == [b"one"])
    gc.collect()  # of all that the tests before have left: in the seconds that are measured it would be the source's cost
    time.sleep(0.5)
    cpu, wall = time.process_time(), time.monotonic()
    time.sleep(3)
    share = (time.process_time() - cpu) / (time.monotonic() - wall)
    produce(connection, name, [b"two"])
    arrived = time.time()
    until(lambda: run.values == [b"one", b"two"])
    assert run.arrivals[-1][0] - arrived < 0.2
    asked = time.monotonic()
    request_drain()
    run.join(5)
    assert time.monotonic() - asked < 0.5
    assert share < 0.1, f"idle CPU {share:.1%}"


# --- commits ------------------------------------------------------------------------------------------------------------------


def test_nothing_is_committed_that_a_later_step_did_not_survive(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("fails")
    produce(connection, name, numbers(0, 1000))
    ours = settings(name, batch_records=50, bundle_batches=1)

    def refuse(batch: tuple[RawMessage, ...]) -> None:
        if any(message.offset == 500 for message in batch):
            raise OSError("the sink is full")

    run = Run(ours, refuse)
    with pytest.raises(Exception, match="the sink is full"):
        run.join()
    kafka.close()
    at = committed(connection, ours.group, [(name, 0)])[name, 0]
    assert 0 < at <= 500
    rest = read(settings(name, stop="end", group=ours.group)).values
    assert rest == numbers(at, 1000)
    assert set(run.values) | set(rest) == set(numbers(0, 1000))


def test_a_run_can_be_waited_for_by_its_commits(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    import threading

    name = topic("wait")
    produce(connection, name, numbers(0, 50))
    ours = settings(name)
    run = Run(ours)
    assert wait_until_committed(connection, ours.group, {(name, 0): 50}, threading.Event())
    assert len(run.values) == 50
    request_drain()
    run.join()
    given_up = threading.Event()
    given_up.set()
    assert not wait_until_committed(connection, ours.group, {(name, 0): 51}, given_up)


def test_lag_is_what_was_not_claimed_yet(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("lag")
    produce(connection, name, numbers(0, 500))
    lags: list[int] = []
    run = Run(settings(name, batch_records=100), lambda batch: lags.append(lag()[name, 0]))
    until(lambda: len(run.values) == 500)
    until(lambda: lag().get((name, 0)) == 0)
    assert lags == [400, 300, 200, 100, 0]
    request_drain()
    run.join()
    assert (name, 0) not in lag(), "a source that has ended has no lag"


# --- partitions and shards ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("splits", [1, 2, 3])
def test_new_partitions_are_read_from_their_first_record(
    connection: KafkaConnection, topic: Topic, settings: Settings, splits: int
) -> None:
    name = topic("grows", partitions=2)
    produce(connection, name, numbers(0, 100), partitions=2)
    run = Run(settings(name, splits=splits, discover_every=0.5, idle_wait=0.1))
    until(lambda: len(run.values) == 100)
    with admin_client(connection, name) as admin:
        admin.create_partitions({name: 5})
        admin.wait_for_topics([name])
    until(lambda: len(partitions_of(connection, name)) == 5)
    produce(connection, name, numbers(100, 600), partitions=5)
    until(lambda: len(run.values) >= 600)
    request_drain()
    run.join()
    assert sorted(run.values) == sorted(numbers(0, 600))


def partitions_of(connection: KafkaConnection, name: str) -> set[int]:
    consumer = KafkaConsumer(**connection.client_options())
    try:
        return set(consumer.partitions_for_topic(name))
    finally:
        consumer.close()


def test_a_reader_goes_on_exactly_after_its_mark_whoever_read_before(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    """What Flink does: a new reader per bundle, the old one parked and sometimes taken up again."""
    name = topic("readers")
    produce(connection, name, numbers(0, 100))
    ours = settings(name, batch_records=10)
    kafka.configure(name, ours)
    (source,) = KafkaSource(name, (0, 1)).split(1)
    coder = source.get_checkpoint_mark_coder()

    first = source.create_reader(None, None)
    assert first.start() and [message.offset for message in first.get_current()] == list(range(10))
    mark = coder.decode(coder.encode(first.get_checkpoint_mark()))
    second = source.create_reader(None, mark)
    assert second.start() and [message.offset for message in second.get_current()] == list(range(10, 20))
    assert first.advance() and [message.offset for message in first.get_current()] == list(range(10, 20)), "taken up at its own place"
    third = source.create_reader(None, mark)
    assert third.start() and third.get_current()[0].offset == 10
    assert third.get_checkpoint_mark().offsets == {(name, 0): 20}
    for reader in (first, second, third):
        reader.close()


def offsets_again(reader: KafkaReader) -> list[tuple[int, bool]]:
    """(offset, whether it was marked as read again) of all that the reader brings until a poll comes back empty."""
    found = [(message.offset, message.again) for message in reader.get_current()] if reader.start() else []
    while found and reader.advance():
        found += [(message.offset, message.again) for message in reader.get_current()]
    return found


def test_a_first_attempt_reads_nothing_again(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("first-attempt")
    produce(connection, name, numbers(0, 20))
    kafka.configure(name, settings(name))
    reader = next(iter(KafkaSource(name, (0, 1)).split(1))).create_reader(None, None)
    assert offsets_again(reader) == [(offset, False) for offset in range(20)]
    reader.close()


def test_what_lay_there_when_a_process_went_on_from_a_mark_is_marked_as_read_again(
    connection: KafkaConnection, topic: Topic, settings: Settings
) -> None:
    name = topic("went-on")
    produce(connection, name, numbers(0, 20))
    kafka.configure(name, settings(name))
    (source,) = KafkaSource(name, (0, 1)).split(1)
    restored = source.create_reader(None, KafkaMark(name, {(name, 0): 5}))
    assert offsets_again(restored) == [(offset, True) for offset in range(5, 20)]
    produce(connection, name, numbers(20, 30))
    mark = restored.get_checkpoint_mark()
    restored.close()
    following = source.create_reader(None, mark)
    assert offsets_again(following) == [(offset, False) for offset in range(20, 30)], "the next bundle of the same process"
    following.close()


def test_an_attempt_that_failed_before_its_first_checkpoint_is_known_by_the_group(
    connection: KafkaConnection, topic: Topic, settings: Settings
) -> None:
    """And the next one starts where it did, though the group had no offsets and new records are what it asked for."""
    name = topic("no-checkpoint")
    produce(connection, name, numbers(0, 7))
    ours = settings(name, start="latest")
    kafka.configure(name, ours)
    list(KafkaSource(name, (0, 1)).split(1))
    until(lambda: committed(connection, ours.group, [(name, 0)]) == {(name, 0): 7})
    produce(connection, name, numbers(7, 12))
    (source,) = KafkaSource(name, (0, 1)).split(1)
    reader = source.create_reader(None, None)
    assert offsets_again(reader) == [(offset, True) for offset in range(7, 12)]
    reader.close()


def test_a_poll_that_lingers_gathers_what_comes_meanwhile(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    for linger, met in ((0.0, 1), (1.5, 4)):
        name = topic("lingering")
        kafka.configure(name, settings(name, linger=linger, idle_wait=5.0))
        reader = next(iter(KafkaSource(name, (0, 1)).split(1))).create_reader(None, None)
        produce(connection, name, numbers(0, 1))
        later = threading.Timer(0.3, produce, (connection, name, numbers(1, 4)))
        later.start()
        try:
            assert reader.start()
            assert len(reader.get_current()) == met
        finally:
            later.join()
            reader.close()


def test_a_shard_without_partitions_waits_for_its_first(
    connection: KafkaConnection, topic: Topic, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More shards than partitions, as the partitions of a topic may be about to grow."""
    monkeypatch.setattr("writethru.sources.kafka.shard.ASK_AFTER", 0.1)
    name = topic("few")
    ours = settings(name, splits=2, discover_every=0.5, idle_wait=0.1)
    kafka.configure(name, ours)
    reader = next(iter(KafkaSource(name, (1, 2)).split(1))).create_reader(None, None)
    try:
        for _ in range(5):
            assert reader.start() is False, "longer than the brokers are silent for"
        assert kafka.answering()
        with admin_client(connection, name) as admin:
            admin.create_partitions({name: 2})
        produce(connection, name, numbers(0, 10), partitions=2)
        until(reader.advance)
        assert {message.partition for message in reader.get_current()} == {1}
    finally:
        reader.close()


def test_the_pickle_holds_no_address_and_no_secret(connection: KafkaConnection, topic: Topic) -> None:
    from apache_beam.internal import pickler

    name = topic("pickled")
    secret = KafkaConnection(connection.bootstrap, "PLAINTEXT", "PLAIN", "desk-user", "desk-password")
    kafka.configure("pickled", KafkaSettings(connection=secret, topics=(name,), group="desk-group"))
    (source,) = KafkaSource("pickled", (0, 1)).split(1)
    coder = source.get_checkpoint_mark_coder()
    for whole in (KafkaSource("pickled", (0, 1)), source):
        bytes_ = pickler.dumps(whole, enable_best_effort_determinism=False)
        import base64
        import bz2
        import zlib

        texts = [bytes_]
        for undo in (base64.b64decode, lambda b: zlib.decompress(base64.b64decode(b)), lambda b: bz2.decompress(base64.b64decode(b))):
            try:
                texts.append(undo(bytes_))
            except (ValueError, OSError, zlib.error):
                continue
        texts.append(coder.encode(source.create_reader(None, None).get_checkpoint_mark()))
        for text in texts:
            for hidden in (connection.bootstrap.encode(), b"localhost", b"desk-user", b"desk-password", b"desk-group"):
                assert hidden not in text
        assert any(b"pickled" in text for text in texts), "the search looks at the readable form"
    kafka.close()


# --- what goes wrong ----------------------------------------------------------------------------------------------------------


def lose(connection: KafkaConnection, name: str, group: str, before: int) -> None:
    """The group stands at offset 2, the topic has lost everything before `before`."""
    consumer = KafkaConsumer(**connection.client_options(), group_id=group, enable_auto_commit=False)
    consumer.commit({TopicPartition(name, 0): OffsetAndMetadata(2, "", -1)})
    consumer.close()
    with admin_client(connection, name) as admin:
        admin.delete_records({TopicPartition(name, 0): before})


def test_lost_offsets_are_said_loudly_counted_and_passed_over(
    connection: KafkaConnection, topic: Topic, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    name = topic("lost")
    produce(connection, name, numbers(0, 20))
    ours = settings(name)
    lose(connection, name, ours.group, before=15)
    run = Run(ours)
    until(lambda: run.values == numbers(15, 20))
    assert kafka.losses() == {(name, 0): 1}
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == [
        f"data loss: {name}[0] no longer holds offset 2, it has 15 to 20 (group {ours.group}); reading on at 15"
    ]
    request_drain()
    run.join()


def test_lost_offsets_end_the_pipeline_where_that_is_asked_for(connection: KafkaConnection, topic: Topic, settings: Settings) -> None:
    name = topic("lost")
    produce(connection, name, numbers(0, 20))
    ours = settings(name, on_data_loss="fail")
    lose(connection, name, ours.group, before=15)
    with pytest.raises(Exception, match=r"no longer holds offset 2, it has 15 to 20"):
        Run(ours).join()
