"""Starting what must not outlive this process: see `leash.py`, which does the watching."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from writethru.local import leash


class Leashed:
    """`command`, running, its output appended to `log`. It ends with this process, however that ends; then `remove` is deleted.

    In a session of its own: Ctrl-C reaches this process alone, which decides what ends when.
    """

    def __init__(self, command: Sequence[str], log: Path, *, remove: Path | None = None, environ: Mapping[str, str] | None = None) -> None:
        self.log = log
        with log.open("ab") as out:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-IS", leash.__file__, str(os.getpid()), str(remove or "-"), *command],
                stdin=subprocess.PIPE,
                bufsize=0,
                stdout=out,
                stderr=out,
                env=environ,
                start_new_session=True,
            )

    @property
    def status(self) -> int | None:
        """Its exit status, None while it runs."""
        return self._process.poll()

    def terminate(self, timeout: float) -> None:
        """SIGTERM, and waits. Raises `subprocess.TimeoutExpired` after `timeout` seconds."""
        self._end(b"T", timeout)

    def kill(self) -> None:
        """SIGKILL: what a power cut leaves."""
        self._end(b"K", 10.0)

    def tail(self, lines: int = 20) -> str:
        """The last lines of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    def _end(self, order: bytes, timeout: float) -> None:
        pipe = self._process.stdin
        if pipe is None or pipe.closed:
            return
        try:
            pipe.write(order)
        except BrokenPipeError:
            # It has ended by itself, and waiting is all that is left.
            pass
        self._process.wait(timeout)
        pipe.close()
