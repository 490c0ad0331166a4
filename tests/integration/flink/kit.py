"""A real Flink session cluster for tests, driven by the command a user would call."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from click.testing import CliRunner

from tests.integration.flink.engine import Engine
from writethru.cli import main
from writethru.flink.cluster import Cluster, found
from writethru.flink.rest import Job, Rest
from writethru.options import Options, environment_of

COMMAND = Path(sys.executable).parent / "writethru"
CHECKPOINTS = 2.0
"""Seconds."""


def until(condition: Callable[[], Any], seconds: float, what: Callable[[], str] = str) -> float:
    """Waits until `condition` holds; how many seconds that took. Fails with `what()` after `seconds`."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < seconds, f"not within {seconds} s: {what()}"
        time.sleep(0.1)
    return time.monotonic() - begun


@dataclass(slots=True)
class Flink:
    """`writethru flink …` on a cluster in `room`, where its temporary files lie too: other tests run beside this one.
    `environ` is added to the commands' own."""

    room: Path
    engine: Engine
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.temporary.mkdir(parents=True)

    @property
    def directory(self) -> Path:
        return self.room / "cluster"

    @property
    def temporary(self) -> Path:
        return self.room / "tmp"

    def left(self) -> list[str]:
        """What lies where temporary files go."""
        return sorted(entry.name for entry in self.temporary.iterdir())

    @property
    def cluster(self) -> Cluster:
        running = found(self.directory)
        assert running is not None, f"no cluster runs in {self.directory}"
        return running

    @property
    def rest(self) -> Rest:
        return self.cluster.rest

    def call(self, name: str, *arguments: str, options: Options | None = None, fails: bool = False, seconds: float = 150) -> str:
        """What the command printed. Its failure fails the test, and its success where it is to fail."""
        with self.started(name, *arguments, options=options) as process:
            try:
                out, _ = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        assert (process.returncode != 0) is fails, f"flink {name} ended with {process.returncode}:\n{out}\n{self.logs()}"
        return out

    def started(self, name: str, *arguments: str, options: Options | None = None) -> subprocess.Popen[str]:
        environ = {**os.environ, **self.environ, "FLINK_HOME": str(self.engine.home), "WRITETHRU_FLINK_DIRECTORY": str(self.directory)}
        environ |= {"TMPDIR": str(self.temporary)}
        environ |= {"WRITETHRU_FLINK_JOB_SERVER_JAR": str(self.engine.job_server)} | (environment_of(options) if options else {})
        command = [str(COMMAND), "flink", name, *arguments]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environ)

    def refused(self, name: str, *arguments: str, options: Options) -> str:
        """Why the command is refused. In this process: importing Beam for each would take longer than the refusal."""
        environ = {"WRITETHRU_FLINK_DIRECTORY": str(self.directory), "WRITETHRU_FLINK_JOB_SERVER_JAR": str(self.engine.job_server)}
        done = CliRunner().invoke(main, ["flink", name, *arguments], env=environ | environment_of(options))
        assert done.exit_code == 1, done.output
        return done.output

    def submit(self, name: str, options: Options, *arguments: str, command: str = "submit") -> Job:
        """Starts the job, or goes on with it (`command="resume"`), and returns it running."""
        every = ("--checkpoint-interval", str(CHECKPOINTS))
        # The jobs of several tests share the cluster's directories, and a JobManager that was killed knows none of them by name.
        fresh = ("--fresh",) if command == "submit" else ()
        out = self.call(command, "--job-name", name, *fresh, *every, *arguments, options=options)
        made = re.search(r"job (\w+) runs", out)
        assert made is not None, out
        return next(job for job in self.rest.jobs(name) if job.id == made[1])

    def stop(self, name: str) -> str:
        """The savepoint's path."""
        return self.call("stop", "--job-name", name).split()[-1]

    def completed(self, job: Job) -> int:
        """The number of the newest complete checkpoint, 0 before the first. From the files: Flink's REST tells it up to 3 s late."""
        done = (self.directory / "checkpoints" / job.id).glob("chk-*/_metadata")
        return max((int(metadata.parent.name.removeprefix("chk-")) for metadata in done), default=0)

    def completed_at(self, job: Job) -> float:
        """When that was, in seconds since the epoch."""
        newest = self.directory / "checkpoints" / job.id / f"chk-{self.completed(job)}" / "_metadata"
        return newest.stat().st_mtime

    def processes(self, pattern: str) -> list[int]:
        """The processes of this cluster whose command line holds `pattern`; no leash among them."""
        return [pid for pid, line in command_lines() if pattern in line and "leash.py" not in line and _of(pid, self.directory)]

    def kill(self, pattern: str) -> None:
        """kill -9 of the first such process."""
        os.kill(self.processes(pattern)[0], signal.SIGKILL)

    def logs(self, lines: int = 15) -> str:
        """The ends of the logs, for the message of a test that fails."""
        shown = []
        for log in sorted((self.directory / "log").glob("*")):
            tail = log.read_text(errors="replace").splitlines()[-lines:]
            shown.append("\n".join([f"--- {log.name}", *(line[:300] for line in tail)]))
        return "\n".join(shown)


def worker_metrics(port: int) -> str:
    """What the worker at that port tells; nothing where none is."""
    try:
        return str(urlopen(f"http://localhost:{port}/metrics", timeout=5).read().decode())
    except URLError:
        return ""


def command_lines() -> Iterator[tuple[int, str]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                yield int(entry.name), (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            except OSError:  # it has ended meanwhile
                continue


def _of(pid: int, directory: Path) -> bool:
    """Whether the process is one of the cluster's: the directory stands in its command line or its environment."""
    try:
        told = Path(f"/proc/{pid}/cmdline").read_bytes() + Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return str(directory).encode() in told
