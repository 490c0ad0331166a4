"""Where results go: Kafka, SQL, files, BigQuery. Each takes the three outputs and upserts by id; a lower `rev` never overwrites a
higher one."""

from __future__ import annotations

from writethru.sinks.contract import Rejected, Sink, SinkFailed
from writethru.sinks.pool import close_all
from writethru.sinks.settings import BigQuerySinkSettings, FilesSinkSettings, KafkaSinkSettings, SinkSettings, SqlSinkSettings

__all__ = [
    "BigQuerySinkSettings",
    "FilesSinkSettings",
    "KafkaSinkSettings",
    "Rejected",
    "Sink",
    "SinkFailed",
    "SinkSettings",
    "SqlSinkSettings",
    "close_all",
    "opened",
]


def opened(settings: SinkSettings) -> Sink:
    """A handle on the sink that `settings` describe. Connects at the first call in a process and raises SinkFailed where that fails."""
    # Imported here: a job that writes files loads neither a Kafka client nor SQLAlchemy.
    if isinstance(settings, KafkaSinkSettings):
        from writethru.sinks.kafka import KafkaSink

        return KafkaSink(settings)
    if isinstance(settings, SqlSinkSettings):
        from writethru.sinks.sql import SqlSink

        return SqlSink(settings)
    if isinstance(settings, BigQuerySinkSettings):
        from writethru.sinks.bigquery import BigQuerySink

        return BigQuerySink(settings)
    from writethru.sinks.files import FilesSink

    return FilesSink(settings)
