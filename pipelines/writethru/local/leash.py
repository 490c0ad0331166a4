"""Runs a command that must not outlive the process that started it, even if that is killed with -9.

    python leash.py PARENT_PID DIRECTORY_TO_REMOVE|- COMMAND…

It is the command's parent, so the id it signals can never have passed to another process. It watches two things: its standard
input, on which `T` asks for SIGTERM and `K` for SIGKILL and whose end means that the owner is gone; and its own parent, because a
forked sibling may hold that pipe open. PR_SET_PDEATHSIG would do the first half, on Linux alone and bound to a thread; it is for the
command where this process itself is killed. Standard library only and started by path: it is up in the time of a bare interpreter.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial

LOOK_EVERY = 0.25
GRACE = 5.0


def main(parent: int, remove: str, command: list[str]) -> int:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):  # the owner decides when, also on Ctrl-C
        signal.signal(ignored, signal.SIG_IGN)
    die_with_parent = _die_with_parent()

    def prepare() -> None:
        _default_signals()
        die_with_parent()

    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=prepare)  # noqa: S603
    while child.poll() is None:
        readable, _, _ = select.select([0], [], [], LOOK_EVERY)
        order = os.read(0, 1) if readable else None
        if order == b"K":
            child.kill()
            child.wait()
        elif order == b"T":
            child.terminate()
        elif order == b"" or os.getppid() != parent:
            _end(child)
            if remove != "-":
                shutil.rmtree(remove, ignore_errors=True)
    return child.returncode


def _default_signals() -> None:
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_DFL)


def _die_with_parent() -> Callable[[], object]:
    """What a child calls to be killed when this process is, where the system has it. Looked up before the fork."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    import ctypes

    try:
        return partial(ctypes.CDLL(None).prctl, 1, signal.SIGKILL)  # PR_SET_PDEATHSIG
    except (OSError, AttributeError):
        return lambda: None


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(GRACE)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), sys.argv[2], sys.argv[3:]))
