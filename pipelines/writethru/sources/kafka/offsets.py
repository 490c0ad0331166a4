"""Where to start and where to stop, asked of the cluster; and the two errors that say why it cannot be told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from kafka import KafkaAdminClient, TopicPartition
from kafka.admin import OffsetSpec
from kafka.errors import KafkaError, UnknownTopicOrPartitionError, for_code

from writethru.kafka_connection import KafkaConnection, KafkaUnavailable, admin_client
from writethru.sources.kafka.settings import KafkaSettings, Position

T = TypeVar("T")

PATIENCE = 8.0
"""Seconds in which a cluster may still be electing a leader or loading a group; with the 5 s of the connection it stays under 15."""


class TopicMissing(LookupError):
    """The cluster answers and has no such topic."""

    def __init__(self, connection: KafkaConnection, topic: str) -> None:
        super().__init__(
            f"topic {topic} does not exist at {connection.bootstrap}; "
            f"create it with: writethru topics create --bootstrap {connection.bootstrap} --topic-raw {topic}"
        )


def probe(settings: KafkaSettings) -> list[Position]:
    """The partitions of the source's topics. Raises `KafkaUnavailable` within 15 s, or `TopicMissing`."""
    with admin_client(settings.connection, _wanted(settings)) as admin:
        return _partitions(admin, settings)


def start_and_end(settings: KafkaSettings) -> tuple[dict[Position, int], dict[Position, int] | None, dict[Position, int]]:
    """The first offset of every partition; the offset after the last one where the source stops at the end; what the group has committed.

    Raises `KafkaUnavailable` or `TopicMissing`.
    """
    with admin_client(settings.connection, _wanted(settings)) as admin:
        partitions = _partitions(admin, settings)
        ends = _listed(admin, settings, partitions, OffsetSpec.LATEST) if settings.stop == "end" else None
        held = _retried(settings.connection, f"group {settings.group}", lambda: _committed(admin, settings.group, partitions))
        return _start(admin, settings, partitions, held), ends, held


def committed(connection: KafkaConnection, group: str, partitions: Collection[Position]) -> dict[Position, int]:
    """The group's committed offsets; a partition without one is left out. Raises `KafkaUnavailable`."""
    wanted = f"offsets of group {group}"
    with admin_client(connection, wanted) as admin:
        return _retried(connection, wanted, lambda: _committed(admin, group, partitions))


def wait_until_committed(connection: KafkaConnection, group: str, ends: Mapping[Position, int], give_up: threading.Event) -> bool:
    """Waits until the group has committed `ends` (offsets after the last record of interest); False if `give_up` was set before.

    Raises `KafkaUnavailable`.
    """
    wanted = f"offsets of group {group}"
    with admin_client(connection, wanted) as admin:
        while True:
            have = _retried(connection, wanted, lambda: _committed(admin, group, ends))
            if all(have.get(position, 0) >= end for position, end in ends.items()):
                return True
            if give_up.wait(0.1):
                return False


def _start(
    admin: KafkaAdminClient, settings: KafkaSettings, partitions: list[Position], held: Mapping[Position, int]
) -> dict[Position, int]:
    start = settings.start
    if start == "earliest":
        return _listed(admin, settings, partitions, OffsetSpec.EARLIEST)
    if start in ("group", "latest"):
        new = [position for position in partitions if position not in held]
        return dict(held) | _listed(admin, settings, new, OffsetSpec.EARLIEST if start == "group" else OffsetSpec.LATEST)
    found = _listed(admin, settings, partitions, start)
    none_later = [position for position, offset in found.items() if offset < 0]
    return found | _listed(admin, settings, none_later, OffsetSpec.LATEST)


def _partitions(admin: KafkaAdminClient, settings: KafkaSettings) -> list[Position]:
    def describe() -> list[Position]:
        found: list[Position] = []
        for topic in admin.describe_topics(list(settings.topics)):
            error = for_code(topic["error_code"])
            if error is UnknownTopicOrPartitionError:
                raise TopicMissing(settings.connection, topic["name"])
            if topic["error_code"]:
                raise error(f"topic {topic['name']}")
            found += [(topic["name"], partition["partition_index"]) for partition in topic["partitions"]]
        return sorted(found)

    return _retried(settings.connection, _wanted(settings), describe)


def _listed(
    admin: KafkaAdminClient, settings: KafkaSettings, partitions: Collection[Position], spec: OffsetSpec | int
) -> dict[Position, int]:
    if not partitions:
        return {}
    asked = {TopicPartition(*position): spec for position in partitions}
    found = _retried(settings.connection, _wanted(settings), lambda: admin.list_partition_offsets(asked))
    return {(at.topic, at.partition): answer.offset for at, answer in found.items()}


def _committed(admin: KafkaAdminClient, group: str, partitions: Collection[Position]) -> dict[Position, int]:
    found = admin.list_group_offsets({group: [TopicPartition(*position) for position in partitions]})[group]
    return {(at.topic, at.partition): answer.offset for at, answer in found.items() if answer.offset >= 0}


def _retried(connection: KafkaConnection, wanted: str, ask: Callable[[], T]) -> T:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return ask()
        except KafkaError as error:
            if not error.retriable or time.monotonic() > deadline:
                raise KafkaUnavailable(connection, wanted, error) from error
            time.sleep(0.2)


def _wanted(settings: KafkaSettings) -> str:
    return "topic " + ", ".join(settings.topics)
