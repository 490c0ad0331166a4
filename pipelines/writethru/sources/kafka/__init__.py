"""A native Kafka source for Beam's Python SDK, on kafka-python: no Java, no expansion service.

    pipeline | ReadKafka(KafkaSettings(connection=KafkaConnection("localhost:9092"), topics=("wire.raw",), group="desk"))

yields batches (tuples of `RawMessage`). At least once: the place is in the checkpoint mark, the group's offsets follow when the runner
says that a bundle is held downstream. Partitions are assigned, never subscribed to: rebalances would fight the runner's ownership.
"""

from writethru.sources.kafka.batches import RawBatch
from writethru.sources.kafka.commits import close_committers
from writethru.sources.kafka.offsets import TopicMissing, committed, wait_until_committed
from writethru.sources.kafka.pool import answering, close_shards, lag, losses, on_poll
from writethru.sources.kafka.settings import KafkaSettings, configure, request_drain
from writethru.sources.kafka.shard import DataLost
from writethru.sources.kafka.source import KafkaSource, ReadKafka

__all__ = [
    "DataLost",
    "KafkaSettings",
    "KafkaSource",
    "RawBatch",
    "ReadKafka",
    "TopicMissing",
    "answering",
    "close",
    "committed",
    "configure",
    "lag",
    "losses",
    "on_poll",
    "request_drain",
    "wait_until_committed",
]


def close() -> None:
    """Commits what is finalised and closes every consumer of this process: after a pipeline that failed, or between tests."""
    close_shards()
    close_committers()
