"""What hangs on a leash goes with it, however it ends."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from writethru.local.leashed import Leashed


def children(pid: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_there(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux")
def test_a_command_whose_leash_is_killed_is_killed_too(tmp_path: Path) -> None:
    before = set(children(os.getpid()))
    leashed = Leashed([sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"], tmp_path / "log")
    end = time.monotonic() + 30
    while "up" not in leashed.tail() and time.monotonic() < end:
        time.sleep(0.05)
    (leash,) = set(children(os.getpid())) - before
    (command,) = children(leash)
    os.kill(leash, signal.SIGKILL)
    while is_there(command) and time.monotonic() < end:
        time.sleep(0.05)
    assert not is_there(command)
    leashed.kill()
