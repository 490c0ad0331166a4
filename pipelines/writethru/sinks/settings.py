"""Where each sink writes. Frozen and hashable: equal settings share one producer, engine or file in a process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # it brings the Kafka client with it, which a job that writes files never needs
    from writethru.kafka_connection import KafkaConnection

Compression = Literal["lz4", "zstd", "gzip"]


@dataclass(frozen=True, slots=True)
class KafkaSinkSettings:
    """Topics of the four outputs. `patience` is how many seconds a broker that is away is waited for before the sink fails."""

    connection: KafkaConnection
    articles: str = "wire.articles"
    stories: str = "wire.stories"
    threads: str = "wire.threads"
    dead: str = "wire.dead"
    compression: Compression | None = "lz4"
    patience: float = 120.0


@dataclass(frozen=True, slots=True)
class SqlSinkSettings:
    """`url` is SQLAlchemy's (`sqlite:////srv/wire.db`, `postgresql://user:password@host/database`) and stays out of `repr`.
    `patience` is how many seconds a locked or absent database is waited for before the sink fails."""

    url: str = field(repr=False)
    patience: float = 60.0


@dataclass(frozen=True, slots=True)
class FilesSinkSettings:
    """`directory` is made where it is missing."""

    directory: str


@dataclass(frozen=True, slots=True)
class BigQuerySinkSettings:
    """`dataset` is `project.dataset`. `patience` is how many seconds BigQuery is waited for before the sink fails. `emulator` is the
    host:port of a stand-in that is spoken to in the clear and without credentials: tests set it, no option does."""

    dataset: str
    patience: float = 60.0
    emulator: str | None = None


SinkSettings = KafkaSinkSettings | SqlSinkSettings | FilesSinkSettings | BigQuerySinkSettings
