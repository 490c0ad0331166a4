"""Event time: how far the records of every partition have come."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from writethru.sources.kafka.settings import Position

NEVER = -1
"""No watermark yet: before the first record, and before the silence has lasted."""


class Watermark:
    """The lowest of the partitions' newest record timestamps, in milliseconds; it never goes back.

    A partition that has been silent for `idle_after` ms and has nothing waiting counts as `now - idle_after`: without that one idle
    partition holds back everything that waits for the watermark. A producer's clock that runs ahead counts as now.
    """

    def __init__(self, idle_after: int) -> None:
        self._idle_after = idle_after
        self._newest: dict[Position, int] = {}
        self._heard: dict[Position, int] = {}
        self._value = NEVER

    def own(self, partitions: Iterable[Position], now: int) -> None:
        """From now on these partitions count, and no others."""
        self._heard = {position: self._heard.get(position, now) for position in partitions}
        self._newest = {position: newest for position, newest in self._newest.items() if position in self._heard}

    def saw(self, position: Position, timestamp: int, now: int) -> None:
        self._newest[position] = max(self._newest.get(position, NEVER), min(timestamp, now))
        self._heard[position] = now

    def at(self, now: int, waiting: Collection[Position] = ()) -> int:
        """The watermark in ms, or `NEVER`. A partition in `waiting` has records that were not read yet: it is not silent, we are behind."""
        if self._heard:
            self._value = max(self._value, min(self._of(position, now, position in waiting) for position in self._heard))
        return self._value

    def _of(self, position: Position, now: int, waiting: bool) -> int:
        newest = self._newest.get(position, NEVER)
        silent = not waiting and now - self._heard[position] >= self._idle_after
        return max(newest, now - self._idle_after) if silent else newest
