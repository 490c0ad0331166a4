"""The topics of a wire: what each is for, and how Kafka must keep it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kafka.errors import KafkaTimeoutError, TopicAlreadyExistsError, for_code

from writethru.kafka_connection import KafkaConnection, KafkaUnavailable, admin_client
from writethru.options import Options

LARGE_MESSAGES = {"max.message.bytes": str(32 << 20)}
"""Kafka's 1 MB default would refuse the producer of a large package, where this pipeline has a dead letter for it."""

A_MINUTE = "60000"
THIRTY_DAYS = str(30 * 24 * 3600 * 1000)


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic to be created. `replicas` -1 takes the cluster's default."""

    name: str
    partitions: int = 1
    config: Mapping[str, str] = field(default_factory=dict)
    replicas: int = -1


def wire_topics(options: Options) -> tuple[Topic, ...]:
    """The five kinds of topic under the names that `options` give them.

    A killed body must really go from the topics of articles and of stories, which tell a text that came in parts: only a closed segment is
    compacted, hence a segment a minute. Stories and threads are the present truth of their key. Dead letters outlive a long weekend and the
    fix that follows it.
    """
    shared = options.partitions
    latest = {"cleanup.policy": "compact", **LARGE_MESSAGES}
    erased = {"segment.ms": A_MINUTE, "max.compaction.lag.ms": A_MINUTE}
    return (
        *(Topic(name, shared, LARGE_MESSAGES) for name in options.topic_raw),
        Topic(options.topic_articles, shared, {**latest, **erased, "cleanup.policy": "compact,delete"}),
        Topic(options.topic_stories, shared, {**latest, **erased}),
        Topic(options.topic_threads, shared, latest),
        Topic(options.topic_dead, 1, {"retention.ms": THIRTY_DAYS, **LARGE_MESSAGES}),
    )


def create_topics(connection: KafkaConnection, topics: Iterable[Topic]) -> tuple[str, ...]:
    """Creates what is missing and waits until every partition has a leader; what exists is left as it is.

    Returns the names created. Raises `KafkaUnavailable`, or `KafkaError` where the cluster refuses one.
    """
    wanted = {topic.name: topic for topic in topics}
    with admin_client(connection, f"creating {', '.join(wanted)}") as admin:
        try:
            answer = admin.create_topics({name: _request(topic) for name, topic in wanted.items()}, raise_errors=False)
            created = []
            for row in answer["topics"]:
                error = for_code(row["error_code"])
                if not row["error_code"]:
                    created.append(row["name"])
                elif error is not TopicAlreadyExistsError:
                    raise error(f"topic {row['name']}: {row.get('error_message') or error.__name__}")
            admin.wait_for_topics(list(wanted))
        except KafkaTimeoutError as error:
            raise KafkaUnavailable(connection, f"creating {', '.join(wanted)}", error) from error
    return tuple(created)


def _request(topic: Topic) -> dict[str, object]:
    return {"num_partitions": topic.partitions, "replication_factor": topic.replicas, "configs": dict(topic.config)}
