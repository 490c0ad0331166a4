"""The process behind a session cluster on one machine: starts JobManager, TaskManagers and worker pool, and starts again what died.

    python -m writethru.flink.supervisor DIRECTORY [LOCK]

On a cluster this is the work of Kubernetes. It holds a lock on the directory as long as it lives; LOCK is the descriptor of the lock file
where its starter holds it already. What it starts ends with it, also when it is killed with -9. SIGTERM ends all in order and removes what
is temporary.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from writethru.flink.distribution import Distribution, find_flink
from writethru.flink.layout import Layout, Shape
from writethru.flink.rest import FlinkRefused, FlinkUnreachable, Rest
from writethru.flink.worker import ENVIRONMENT
from writethru.local.java import find_java
from writethru.local.leashed import Leashed
from writethru.options import Options, variables

LOOK_EVERY = 0.2
GRACE = 10.0
PAUSE = 0.5
LONGEST_PAUSE = 10.0
WELL_AFTER = 60.0
"""Seconds. A process that ran for so long was well: what ends it then has nothing to do with its earlier ends."""

# What Flink's scripts open to it, and a JVM for one machine: quick to start, small.
OPENED = ("lang", "net", "io", "nio", "lang.reflect", "text", "time", "util", "util.concurrent", "util.concurrent.atomic")
JVM = (
    *(f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in OPENED),
    "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-exports=java.base/sun.net.util=ALL-UNNAMED",
    "--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED",
    "--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
    "-XX:+UseSerialGC",
    "-XX:MaxMetaspaceSize=256m",
    # C1 alone: C2 compiles for minutes before it pays, on cores that the Python workers need.
    "-XX:TieredStopAtLevel=1",
)

log = logging.getLogger("writethru.flink")


@dataclass(slots=True)
class Part:
    """One supervised process. `room`, its temporary directory, is emptied before each start: a JVM killed with -9 leaves its blobs."""

    name: str
    command: list[str]
    room: Path
    environ: dict[str, str]
    ready: Callable[[], bool] = lambda: True
    process: Leashed | None = None
    starts: int = 0
    begun: float = 0.0
    failures: int = 0

    def start(self, logs: Path, now: float) -> None:
        """`now` is a monotonic time in seconds."""
        self.end()  # also of a process that has ended by itself a pipe is open
        shutil.rmtree(self.room, ignore_errors=True)
        self.room.mkdir(parents=True)
        self.starts += 1
        self.begun = now
        self.process = Leashed(self.command, logs / f"{self.name}.out", environ=self.environ)
        log.info("%s started%s", self.name, "" if self.starts == 1 else " again")

    @property
    def ended(self) -> bool:
        return self.process is None or self.process.status is not None

    def pause(self, now: float) -> float:
        """Seconds to wait after an end at `now`: longer with each in a row, so that it is not started at once again and again where a port
        is taken or the configuration is wrong."""
        self.failures = 1 if now - self.begun >= WELL_AFTER else self.failures + 1
        return min(PAUSE * self.failures, LONGEST_PAUSE)

    def end(self) -> None:
        if self.process is not None:
            try:
                self.process.terminate(GRACE)
            except subprocess.TimeoutExpired:
                log.warning("%s did not end within %.0f s and is killed", self.name, GRACE)
                self.process.kill()


def parts(layout: Layout, shape: Shape, flink: Distribution, java: Path) -> list[Part]:
    """In the order in which they start; they end in the reverse order."""
    rest = Rest(shape.rest)
    # No option of ours reaches them from the shell that called `up`: the JVMs have no use for secrets, and the workers' file leaves out
    # what is a default, so that an option of that shell would stand in its place.
    ours = {variable for spec in fields(Options) for variable in variables(spec.name, spec.metadata["env"])}
    others = {name: value for name, value in os.environ.items() if name not in ours}

    def answers() -> bool:
        try:
            rest.overview()
        except (FlinkUnreachable, FlinkRefused):  # it refuses while its dispatcher starts
            return False
        return True

    def jvm(name: str, entry: str, *memory: str, ready: Callable[[], bool] = lambda: True) -> Part:
        room = layout.tmp / name
        command = [str(java), *JVM, *memory, f"-Djava.io.tmpdir={room}", f"-Dlog.file={layout.logs / name}.log"]
        command += [f"-Dlog4j.configurationFile={layout.conf / 'log4j.properties'}", "-cp", flink.class_path, entry]
        command += ["--configDir", str(layout.conf), f"-Dio.tmp.dirs={room}", f"-Dblob.storage.directory={room}"]
        environ = {**others, "FLINK_CONF_DIR": str(layout.conf), "FLINK_PLUGINS_DIR": str(flink.plugins)}
        return Part(name, command, room, environ, ready)

    runtime = "org.apache.flink.runtime"
    manager = f"{runtime}.entrypoint.StandaloneSessionClusterEntrypoint"
    heap = f"-Xmx{shape.heap_mb + 128}m"
    found = [jvm("jobmanager", manager, "-Xmx512m", ready=answers)]
    # After the JobManager answers: a TaskManager that registers too early waits 10 s before it tries again.
    for number in range(1, shape.taskmanagers + 1):
        found.append(jvm(f"taskmanager-{number}", f"{runtime}.taskexecutor.TaskManagerRunner", heap, "-XX:MaxDirectMemorySize=256m"))
    room = layout.tmp / "pool"
    environ = others | {ENVIRONMENT: str(layout.environment), "TMPDIR": str(room), "WRITETHRU_HTTP_PORT": str(shape.http_port)}
    pool = [sys.executable, "-m", "writethru.flink.pool", "--port", str(shape.pool_port)]
    return [*found, Part("pool", pool, room, environ)]


def supervise(layout: Layout, shape: Shape, ended: threading.Event, clock: Callable[[], float] = time.monotonic) -> None:
    """Until `ended` is set. Raises `NoFlink`, `NoJava`."""
    running = parts(layout, shape, find_flink(), find_java())
    try:
        for part in running:
            if ended.is_set():
                return
            part.start(layout.logs, clock())
            while not part.ready() and not part.ended and not ended.wait(LOOK_EVERY):
                pass
        while not ended.wait(LOOK_EVERY):
            for part in running:
                if part.ended:
                    log.warning("%s ended with status %s", part.name, part.process and part.process.status)
                    if ended.wait(part.pause(clock())):
                        return
                    part.start(layout.logs, clock())
    finally:
        for part in reversed(running):
            part.end()
        shutil.rmtree(layout.tmp, ignore_errors=True)


def main() -> None:
    layout = Layout(Path(sys.argv[1]))
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(message)s")
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    with os.fdopen(int(sys.argv[2]), "a") if len(sys.argv) > 2 else layout.lock.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit(f"a cluster runs in {layout.root} already")
        lock.truncate(0)  # not before: it may be another's
        lock.write(str(os.getpid()))
        lock.flush()
        started = time.monotonic()
        try:
            supervise(layout, layout.shape(), ended)
        finally:
            log.info("ended after %.0f s", time.monotonic() - started)


if __name__ == "__main__":
    main()
