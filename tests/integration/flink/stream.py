"""A wire that flows while a test does things to what reads it."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from tests.wireload.life import Message
from writethru.kafka_connection import KafkaConnection
from writethru.local.player import Played, play
from writethru.options import Options
from writethru.sources.kafka import committed


class Stream:
    """Plays `messages` at `rate` a second in a thread until `finish`. `sent` counts them."""

    def __init__(self, connection: KafkaConnection, options: Options, messages: Iterable[Message], rate: float) -> None:
        self.sent = 0
        self._messages = iter(messages)
        self._enough = threading.Event()
        self._played: Played | None = None
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, args=(connection, options.topic_raw[0], rate), name="stream", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Lets nothing more through."""
        self._enough.set()

    def finish(self) -> Played:
        """Ends it and waits until the cluster holds all that was played."""
        self.end()
        self._thread.join(90)
        if self._error is not None:
            raise self._error
        assert self._played is not None, "the stream did not end"
        return self._played

    def _run(self, connection: KafkaConnection, topic: str, rate: float) -> None:
        try:
            self._played = play(connection, topic, self._flow(), rate=rate)
        except BaseException as error:  # handed to the test's own thread
            self._error = error

    def _flow(self) -> Iterator[tuple[bytes, bytes, tuple[tuple[str, bytes], ...]]]:
        for key, value, headers in self._messages:
            if self._enough.is_set():
                return
            self.sent += 1
            yield value, key, headers


@contextmanager
def flowing(connection: KafkaConnection, options: Options, messages: Iterable[Message], rate: float) -> Iterator[Stream]:
    stream = Stream(connection, options, messages, rate)
    try:
        yield stream
    finally:
        stream.end()


def play_some(connection: KafkaConnection, options: Options, messages: Iterator[Message], count: int) -> Played:
    """The next `count` of them, at once."""
    return play(connection, options.topic_raw[0], ((value, key, headers) for key, value, headers in islice(messages, count)))


def done(connection: KafkaConnection, options: Options, partitions: int | None = None) -> int:
    """How many messages the group has committed."""
    places = [(options.topic_raw[0], partition) for partition in range(partitions or options.partitions)]
    return sum(committed(connection, options.group, places).values())
