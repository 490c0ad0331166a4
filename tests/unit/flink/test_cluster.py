"""The cluster of one machine as its commands see it: who holds the directory, what is left of it. The supervisor here is the real one
with a `java` that does nothing; `tests/integration/flink` starts the real JVMs."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.unit.flink.manager import Manager
from writethru.flink import cluster
from writethru.flink.cluster import Cluster, ClusterError, down, found, owner, up
from writethru.flink.distribution import NoFlink
from writethru.flink.layout import Layout, Shape, write

SHAPE = Shape(rest_port=1, rpc_port=2, pool_port=3, metrics_port=4, http_port=5)
JAVA = """#!/bin/sh
if [ "$1" = -version ]; then echo 'openjdk version "21.0.8"' >&2; exit; fi
%s
"""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path.resolve() / "cluster")
    write(made, SHAPE)
    return made


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with a Flink and a Java by their names alone."""
    (tmp_path / "flink/lib").mkdir(parents=True)
    (tmp_path / "flink/lib/flink-dist-2.2.1.jar").touch()
    java = tmp_path / "java/bin/java"
    java.parent.mkdir(parents=True)
    java.write_text(JAVA % "exec sleep 60")
    java.chmod(0o755)
    monkeypatch.setenv("FLINK_HOME", str(tmp_path / "flink"))
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "java"))
    return java


@pytest.fixture
def supervised(layout: Layout, java: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", "writethru.flink.supervisor", str(layout.root)], stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 10
        while owner(layout) is None:
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.02)
        yield process
    finally:
        process.terminate()
        process.wait(15)


# --- the lock -----------------------------------------------------------------------------------------------------------------


def test_where_nothing_ever_ran_nothing_is_found(tmp_path: Path) -> None:
    assert owner(Layout(tmp_path)) is None
    assert found(tmp_path) is None
    assert down(tmp_path) is False


def test_what_a_killed_cluster_left_behind_is_no_cluster(layout: Layout) -> None:
    layout.lock.write_text(str(os.getpid()))
    assert layout.shape() == SHAPE
    assert owner(layout) is None
    assert found(layout.root) is None
    assert down(layout.root) is False, "and whoever has its number now is left alone"


def test_two_that_look_at_once_do_not_take_each_other_for_the_cluster(layout: Layout) -> None:
    """The number in the file may be anybody's by now: `down` would end that process."""
    layout.lock.write_text(str(os.getpid()))
    with layout.lock.open() as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        assert owner(layout) is None


def test_the_holder_of_the_lock_is_the_owner_once_it_has_said_who_it_is(layout: Layout) -> None:
    with layout.lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert owner(layout) is None
        held.write("4711")
        held.flush()
        assert owner(layout) == 4711


def test_a_second_supervisor_leaves_the_first_ones_directory_as_it_is(layout: Layout) -> None:
    with layout.lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write("4711")
        held.flush()
        second = subprocess.run([sys.executable, "-m", "writethru.flink.supervisor", str(layout.root)], capture_output=True, timeout=10)
        assert (second.returncode, second.stderr.decode()) == (1, f"a cluster runs in {layout.root} already\n")
        assert owner(layout) == 4711


def test_where_a_cluster_runs_none_is_started(layout: Layout, java: Path, manager: Manager) -> None:
    running = replace(SHAPE, rest_port=int(manager.url.rpartition(":")[2]))
    layout.remember(running)
    manager.says("GET /overview", {"slots-total": 1})
    with layout.lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write("4711")
        held.flush()
        with pytest.raises(
            ClusterError, match=rf"^a cluster runs in {layout.root} already, at {running.rest}: `writethru flink down` ends it$"
        ):
            up(layout.root)
    assert layout.shape() == running


def test_of_two_that_are_started_at_once_the_second_is_told(layout: Layout, java: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes while the first has not even chosen its ports, and must not write its own over them."""
    told: list[str] = []
    written: list[Shape] = []

    def meanwhile(first: Layout, shape: Shape) -> None:
        monkeypatch.setattr(cluster, "write", lambda _, shape: written.append(shape))
        with pytest.raises(ClusterError) as refusal:
            up(layout.root, seconds=0.5)
        told.append(str(refusal.value))
        raise KeyboardInterrupt

    monkeypatch.setattr(cluster, "write", meanwhile)
    with pytest.raises(KeyboardInterrupt):
        up(layout.root)
    assert written == []
    assert told == [
        f"a cluster is being started or ended in {layout.root}: `writethru flink status` answers once it is there,"
        " `writethru flink down` ends it, --directory names another place"
    ]
    assert owner(layout) is None


def test_the_lock_is_held_from_the_first_moment_to_the_end(layout: Layout, java: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also while the supervisor has been started and cannot have taken it yet."""

    def held() -> bool:
        with layout.lock.open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    seen: list[bool] = []
    begun: list[subprocess.Popen[bytes]] = []
    begin = cluster._supervisor  # noqa: SLF001

    def kept(layout: Layout, lock: int) -> subprocess.Popen[bytes]:
        begun.append(begin(layout, lock))
        return begun[-1]

    def ready(started: Cluster) -> int:
        seen.append(held())
        return 2 if owner(layout) is not None else 0

    monkeypatch.setattr(cluster, "_supervisor", kept)
    monkeypatch.setattr(cluster, "slots_of", ready)
    up(layout.root)
    assert all(seen)
    assert held(), "whoever started it has closed its own descriptor"
    down(layout.root)
    assert not held()
    assert begun[0].wait(5) == 0


# --- its life -----------------------------------------------------------------------------------------------------------------


def test_a_cluster_is_found_and_ended_by_its_directory(layout: Layout, supervised: subprocess.Popen[bytes]) -> None:
    assert owner(layout) == supervised.pid
    running = found(layout.root)
    assert running is not None
    assert (running.shape, running.rest.url) == (SHAPE, "http://localhost:1")
    with pytest.raises(ClusterError, match=rf"^a cluster is being started or ended in {layout.root}: "):
        up(layout.root)
    assert layout.shape() == SHAPE

    layout.environment.write_text("{}")
    (layout.savepoints / "savepoint-1").mkdir()
    layout.remember_jobs({"a": "desk"})
    assert down(layout.root) is True
    assert supervised.wait(5) == 0
    assert (owner(layout), found(layout.root)) == (None, None)
    assert sorted(entry.name for entry in layout.root.iterdir()) == [
        "checkpoints",
        "cluster.lock",
        "conf",
        "jobs.json",
        "log",
        "savepoints",
    ]
    assert (layout.savepoints / "savepoint-1").exists()


def test_what_is_started_is_asked_to_end_and_nothing_is_started_any_more(layout: Layout, supervised: subprocess.Popen[bytes]) -> None:
    """The JobManager here never answers; what comes after it shall not start only to be ended."""
    end = time.monotonic() + 20
    while not any(layout.logs.iterdir()) and time.monotonic() < end:
        time.sleep(0.02)
    down(layout.root)
    assert sorted(path.name for path in layout.logs.iterdir()) == ["jobmanager.out"]


def test_a_cluster_that_does_not_come_is_ended_again(tmp_path: Path, java: Path) -> None:
    with pytest.raises(
        ClusterError,
        match=r"no cluster within 4 s: give a busy machine a longer --timeout; its logs lie in .*/new/log\n.* INFO jobmanager started",
    ):
        up(tmp_path / "new", seconds=4)
    assert found(tmp_path / "new") is None
    assert not (tmp_path / "new/tmp").exists()


def test_without_a_flink_nothing_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLINK_HOME", str(tmp_path))
    with pytest.raises(NoFlink):
        up(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_supervisor_that_fails_is_told_with_its_words(tmp_path: Path, java: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_flink", lambda: None)
    (tmp_path / "flink/lib/flink-dist-2.2.1.jar").unlink()
    with pytest.raises(ClusterError, match=r"the cluster ended while starting\n(.*\n)*.*NoFlink: FLINK_HOME is"):
        up(tmp_path / "new")
    assert found(tmp_path / "new") is None
