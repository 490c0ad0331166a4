"""Dead letters to their topic: the value is the original bytes, bit for bit."""

from __future__ import annotations

from collections.abc import Sequence

from writethru.deadletters.headers import dead_headers
from writethru.records import DeadLetter
from writethru.sinks.contract import SinkFailed, short
from writethru.sinks.outbox import Outbox
from writethru.sinks.settings import KafkaSinkSettings


class KafkaDeadLetters:
    """Keyed by the letter's id. The topic must take what the input topic takes, headers on top."""

    name = "kafka"

    def __init__(self, settings: KafkaSinkSettings) -> None:
        """Raises SinkFailed where no broker answers within 5 s or the topic is missing."""
        self._topic = settings.dead
        self._where = f"{settings.connection.bootstrap}, topic {settings.dead}"
        self._outbox: Outbox[DeadLetter] = Outbox(settings.connection, (settings.dead,), settings.patience, settings.compression)

    def write(self, letters: Sequence[DeadLetter]) -> None:
        for letter in letters:
            self._outbox.send(letter, self._topic, letter.id.encode(), letter.message.value, dead_headers(letter))

    def flush(self) -> None:
        refused = self._outbox.flush()
        if refused:
            letter, error = refused[0]
            raise SinkFailed(
                "kafka",
                self._where,
                f"the dead letter of {letter.message.topic}/{letter.message.partition}/{letter.message.offset}, "
                f"{len(letter.message.value)} bytes, is refused ({short(error)})",
                "Raise the topic's max.message.bytes 64 KB above the input topic's and start again: nothing of this batch is committed.",
            ) from error

    def close(self) -> None:
        self._outbox.clear()
