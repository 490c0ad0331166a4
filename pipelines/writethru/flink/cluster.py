"""A session cluster on this machine, started and ended by a command: for development and for tests."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from writethru.flink.distribution import find_flink
from writethru.flink.layout import Layout, Shape, write
from writethru.flink.rest import FlinkRefused, FlinkUnreachable, Rest
from writethru.local.java import find_java
from writethru.local.ports import free_ports

READY_WITHIN = 120.0
"""Seconds. A busy machine takes a minute for two JVMs and a pool."""
DOWN_WITHIN = 40.0


class ClusterError(RuntimeError):
    """The cluster did not start or end, or there is none; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running cluster: its directory and shape."""

    layout: Layout
    shape: Shape

    @property
    def rest(self) -> Rest:
        return Rest(self.shape.rest)


def found(directory: Path) -> Cluster | None:
    """The cluster that runs in `directory`."""
    layout = Layout(directory.resolve())
    return Cluster(layout, layout.shape()) if owner(layout) is not None and layout.state.exists() else None


def up(
    directory: Path, *, rest_port: int = 0, taskmanagers: int = 1, slots: int = 2, heap_mb: int = 512, seconds: float = READY_WITHIN
) -> Cluster:
    """Starts a cluster in `directory` and waits up to `seconds` until every slot is there. It outlives this process; `down` ends it.

    Raises `ClusterError`, `NoFlink`, `NoJava`.
    """
    layout = Layout(directory.resolve())
    find_flink()
    find_java()
    layout.root.mkdir(parents=True, exist_ok=True)
    with layout.lock.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ClusterError(_held(layout)) from None
        lock.truncate(0)  # who held it last
        shape = _shape(rest_port, taskmanagers, slots, heap_mb)
        write(layout, shape)
        process = _supervisor(layout, lock.fileno())
    cluster = Cluster(layout, shape)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise ClusterError(f"the cluster ended while starting\n{_tail(layout)}")
        if slots_of(cluster) == taskmanagers * slots:
            return cluster
        time.sleep(0.1)
    down(directory)
    process.kill()  # where it has not even said who it is
    process.wait()
    raise ClusterError(
        f"no cluster within {seconds:.0f} s: give a busy machine a longer --timeout; its logs lie in {layout.logs}\n{_tail(layout)}"
    )


def _shape(rest_port: int, taskmanagers: int, slots: int, heap_mb: int) -> Shape:
    rest, rpc, pool, metrics, http = free_ports(5)
    return Shape(
        rest_port=rest_port or rest,
        rpc_port=rpc,
        pool_port=pool,
        metrics_port=metrics,
        http_port=http,
        taskmanagers=taskmanagers,
        slots=slots,
        heap_mb=heap_mb,
    )


def _supervisor(layout: Layout, lock: int) -> subprocess.Popen[bytes]:
    """It takes the lock over: a lock belongs to the open file, not to the process, so there is no moment in which nobody holds it."""
    with (layout.logs / "supervisor.log").open("ab") as log:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "writethru.flink.supervisor", str(layout.root), str(lock)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=(lock,),
        )


def _held(layout: Layout) -> str:
    """What is told to an `up` that came second."""
    cluster = found(layout.root)
    if cluster is not None and slots_of(cluster):
        return f"a cluster runs in {layout.root} already, at {cluster.shape.rest}: `writethru flink down` ends it"
    return (
        f"a cluster is being started or ended in {layout.root}: `writethru flink status` answers once it is there,"
        " `writethru flink down` ends it, --directory names another place"
    )


def slots_of(cluster: Cluster) -> int:
    """The slots that have registered; 0 while nothing answers."""
    try:
        return int(cluster.rest.overview()["slots-total"])
    except (FlinkUnreachable, FlinkRefused):  # it refuses while its dispatcher starts
        return 0


def down(directory: Path) -> bool:
    """Ends the cluster in `directory` with everything it started, and removes what was temporary; savepoints and checkpoints stay.
    False where none runs. Raises `ClusterError` where it does not end."""
    layout = Layout(directory.resolve())
    pid = owner(layout)
    if pid is not None:
        os.kill(pid, signal.SIGTERM)
        end = time.monotonic() + DOWN_WITHIN
        while owner(layout) is not None:
            if time.monotonic() > end:
                raise ClusterError(f"the cluster in {layout.root} (process {pid}) did not end within {DOWN_WITHIN:.0f} s")
            time.sleep(0.05)
    if layout.lock.exists():
        _forget(layout)
    return pid is not None


def _forget(layout: Layout) -> None:
    """Removes what is of a running cluster alone, passwords among it: a supervisor that was killed has left it. Not where one starts."""
    with layout.lock.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        layout.state.unlink(missing_ok=True)
        layout.environment.unlink(missing_ok=True)
        shutil.rmtree(layout.tmp, ignore_errors=True)


def owner(layout: Layout) -> int | None:
    """The process that holds the directory. The lock tells, not the number: another process may have it by now."""
    try:
        with layout.lock.open() as lock:
            try:
                # Shared: two that look at once shall not take each other for the cluster.
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(lock.read() or 0) or None
    except FileNotFoundError:
        pass
    return None


def _tail(layout: Layout, lines: int = 10) -> str:
    log = layout.logs / "supervisor.log"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
