"""Offsets under a runner that says too early that a bundle is durable.

When a checkpoint is complete, Flink's portable runner finalises every bundle that has ended by then, also those that came after the
checkpoint's barrier: their results may still be on their way to the sinks, and nothing but the job's own state would read them again.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping

from writethru.sources.kafka.settings import Position


class Rounds:
    """Keeps a shard's offsets back from the checkpoint that finalises them to the next one, which holds them for certain."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._told = float("-inf")
        self._kept: dict[Position, int] = {}
        self._anew: dict[Position, float] = {}

    def settled(self, offsets: Mapping[Position, int], made: float, now: float) -> dict[Position, int]:
        """What is durable by now that a bundle is finalised which came to `offsets`. It was `made` before `now` (monotonic seconds). One
        made after the first of the round before was told belongs to another checkpoint, and that one holds all that was told before it."""
        with self._lock:
            settled: dict[Position, int] = {}
            if made > self._told:
                settled, self._kept, self._told = self._kept, {}, now
            for position, offset in offsets.items():
                if made >= self._anew.get(position, made):
                    self._kept[position] = max(offset, self._kept.get(position, offset))
            return settled

    def forget(self, position: Position, now: float) -> None:
        """Its partition was cut off or made anew: what was made before `now` says nothing of it."""
        with self._lock:
            self._kept.pop(position, None)
            self._anew[position] = now
