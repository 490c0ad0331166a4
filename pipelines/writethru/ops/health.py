"""Is the process alive, is it ready. `now` is wall time in milliseconds, an argument."""

from __future__ import annotations

from threading import Lock

from writethru.ops import metrics
from writethru.ops.text import without_secrets

SILENT_AFTER = 60_000
"""Milliseconds without a beat after which the main loop counts as stuck; idle it beats with its polls, once a second."""


class Health:
    """The parts a process waits for (its source, each sink) and the beat of its main loop. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: dict[str, str] = {}
        self._expected = False
        self._beat: int | None = None

    def beat(self, now: int) -> None:
        """Called by the main loop at every turn, idle or busy; the exporter's start is the first."""
        self._beat = now
        metrics.HEARTBEAT.set(now / 1000)

    def expect(self, *parts: str) -> None:
        """Names what must be up before the process is ready: `source`, `sink kafka`."""
        with self._lock:
            self._expected = True
            for part in parts:
                self._waiting.setdefault(part, "not open yet")
        self._tell()

    def up(self, part: str) -> None:
        with self._lock:
            self._waiting.pop(part, None)
        self._tell()

    def down(self, part: str, reason: str) -> None:
        """`part` is lost or being closed; `reason` is shown, with secrets masked."""
        with self._lock:
            self._waiting[part] = without_secrets(reason, 200)
        self._tell()

    def stuck(self, now: int) -> str | None:
        """Why the process is not alive, None while it is."""
        if self._beat is None:
            return "the main loop has not started"
        silent = now - self._beat
        return f"the main loop has not turned for {silent // 1000} s" if silent > SILENT_AFTER else None

    def missing(self) -> list[str]:
        """What keeps the process from being ready, one line each; empty when it is."""
        with self._lock:
            if not self._expected:
                return ["the pipeline has not started"]
            return [f"{part}: {reason}" for part, reason in self._waiting.items()]

    def _tell(self) -> None:
        metrics.READY.set(0 if self.missing() else 1)


health = Health()
"""The process's own."""
