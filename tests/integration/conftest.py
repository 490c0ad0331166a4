"""A real Kafka broker for the tests of this folder, one per session."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest

# kafka-python reads its schemas with importlib.resources.read_text, which Python 3.11 and 3.12 (not 3.13) call deprecated.
with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from writethru.kafka_connection import KafkaConnection
    from writethru.local.broker import Broker
    from writethru.topics import Topic, create_topics


@pytest.fixture(scope="session")
def broker() -> Iterator[Broker]:
    """The session's broker. A test that kills or restarts one starts its own: `Broker()`."""
    with Broker() as running:
        yield running


@pytest.fixture(scope="session")
def connection(broker: Broker) -> KafkaConnection:
    return KafkaConnection(broker.bootstrap)


@pytest.fixture
def unique() -> Callable[[str], str]:
    """`unique("raw")` -> a name that no other test uses, for a topic or a group."""
    return lambda name: f"{name}-{uuid4().hex[:8]}"


@pytest.fixture
def topic(connection: KafkaConnection, unique: Callable[[str], str]) -> Callable[..., str]:
    """`topic(partitions=4, config={…})` -> the name of a new, empty topic that takes messages of 32 MB."""

    def make(name: str = "topic", partitions: int = 1, config: dict[str, str] | None = None) -> str:
        made = Topic(unique(name), partitions, {"max.message.bytes": str(32 << 20), **(config or {})})
        create_topics(connection, [made])
        return made.name

    return make
