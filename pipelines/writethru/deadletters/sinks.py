"""Where dead letters go: beside the results, through the same producers, files and databases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from writethru.records import DeadLetter
from writethru.sinks.settings import BigQuerySinkSettings, KafkaSinkSettings, SinkSettings, SqlSinkSettings


class DeadLetterSink(Protocol):
    """One bundle's way for dead letters into one store. As `sinks.Sink`, but nothing is ever rejected: a dead letter has nowhere else
    to go, so what the store will not take is a SinkFailed, and its offset is not committed."""

    name: str

    def write(self, letters: Sequence[DeadLetter]) -> None:
        """Takes the letters, or buffers them."""

    def flush(self) -> None:
        """On return everything written is durable. Raises SinkFailed."""

    def close(self) -> None:
        """Drops what was written and not flushed."""


def opened_dead_letters(settings: SinkSettings) -> DeadLetterSink:
    """A handle on the dead-letter side of the sink that `settings` describe. Raises SinkFailed."""
    # Imported here for the same reason as in `sinks.opened`.
    if isinstance(settings, KafkaSinkSettings):
        from writethru.deadletters.kafka import KafkaDeadLetters

        return KafkaDeadLetters(settings)
    if isinstance(settings, SqlSinkSettings):
        from writethru.deadletters.sql import SqlDeadLetters

        return SqlDeadLetters(settings)
    if isinstance(settings, BigQuerySinkSettings):
        from writethru.deadletters.bigquery import BigQueryDeadLetters

        return BigQueryDeadLetters(settings)
    from writethru.deadletters.files import FilesDeadLetters

    return FilesDeadLetters(settings)
