"""The shards of this process, found by what they read."""

from __future__ import annotations

import atexit
import threading
import time
from collections.abc import Callable, Mapping

from writethru.sources.kafka.settings import KafkaSettings, Position
from writethru.sources.kafka.shard import Shard

IDLE = 60.0
"""Seconds after which a shard that nobody leases is closed: Beam keeps a parked reader as long."""

QUIET_AFTER = 5.0

Key = tuple[str, int, int]
"""(source, shard, shards)."""

_lock = threading.Lock()
_shards: dict[Key, Shard] = {}
_on_poll: Callable[[int], None] | None = None


def shard_of(key: Key, settings: KafkaSettings, ends: Mapping[Position, int] | None) -> Shard:
    """The shard of `key`, opened where it is not yet or was opened for something else. Raises `KafkaUnavailable`."""
    with _lock:
        now = time.monotonic()
        for old, shard in tuple(_shards.items()):
            another = old == key and (shard.settings != settings or shard.ends != ends)
            if another or (shard.lease is None and now - shard.used > IDLE):
                del _shards[old]
                shard.close()
        if key not in _shards:
            _shards[key] = Shard(settings, key[1], key[2], ends)
        return _shards[key]


def close_shard(key: Key, shard: Shard) -> None:
    """Closes `shard`, if it still is the one of `key`: its input is at an end."""
    with _lock:
        if key in _shards and _shards[key] is shard:
            del _shards[key]
            shard.close()


def lag() -> dict[Position, int]:
    """Records between what this process has read and the end of each partition, as the last fetch told. Costs no request."""
    return {position: records for shard in tuple(_shards.values()) for position, records in shard.lag().items()}


def losses() -> dict[Position, int]:
    """How often each partition's next offset was no longer in the topic."""
    return {position: times for shard in tuple(_shards.values()) for position, times in shard.lost.items()}


def quiet() -> bool:
    """No shard of this process has had a record for some seconds: then polls may wait longer, and cost less."""
    since = time.monotonic() - QUIET_AFTER
    return all(shard.heard < since for shard in tuple(_shards.values()))


def on_poll(tell: Callable[[int], None] | None) -> None:
    """Has `tell` called with the wall time in ms after each poll of this process, an empty one too, in the thread that polled. The last
    call wins; None ends it."""
    global _on_poll
    _on_poll = tell


def polled() -> None:
    if (tell := _on_poll) is not None:
        tell(int(time.time() * 1000))


def answering() -> bool:
    """False while the brokers of a source have not answered for some seconds."""
    return all(shard.answering for shard in tuple(_shards.values()))


def close_shards() -> None:
    with _lock:
        closing = list(_shards.values())
        _shards.clear()
    for shard in closing:
        shard.close()


atexit.register(close_shards)
