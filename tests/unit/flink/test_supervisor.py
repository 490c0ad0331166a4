"""What a cluster of one machine consists of, and that it is kept up. The parts here are small Python processes in place of the JVMs,
which `tests/integration/flink` starts."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.unit.flink.manager import Manager
from writethru.flink import supervisor
from writethru.flink.distribution import Distribution
from writethru.flink.layout import Layout, Shape, write
from writethru.flink.supervisor import Part, parts, supervise

SHAPE = Shape(rest_port=8081, rpc_port=6123, pool_port=50000, metrics_port=9249, http_port=9464, taskmanagers=2, slots=2, heap_mb=512)
FLINK = Distribution(Path("/opt/flink"), "2.2.1")


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    made = Layout(tmp_path.resolve() / "cluster")
    write(made, SHAPE)
    return made


# --- the parts ----------------------------------------------------------------------------------------------------------------


def test_the_manager_starts_first_and_the_pool_last(layout: Layout) -> None:
    found = parts(layout, SHAPE, FLINK, Path("/opt/java"))
    assert [part.name for part in found] == ["jobmanager", "taskmanager-1", "taskmanager-2", "pool"]
    assert [part.room for part in found] == [layout.tmp / part.name for part in found]


def test_each_jvm_has_its_own_room_log_and_memory(layout: Layout) -> None:
    manager, first, second, _ = parts(layout, SHAPE, FLINK, Path("/opt/java"))
    for part in (manager, first, second):
        assert part.command[0] == "/opt/java"
        room, conf = f"{layout.tmp}/{part.name}", str(layout.conf)
        assert {f"-Djava.io.tmpdir={room}", f"-Dio.tmp.dirs={room}", f"-Dblob.storage.directory={room}"} < set(part.command)
        assert f"-Dlog.file={layout.logs}/{part.name}.log" in part.command
        assert part.command[part.command.index("--configDir") + 1] == conf
        assert (part.environ["FLINK_CONF_DIR"], part.environ["FLINK_PLUGINS_DIR"]) == (conf, "/opt/flink/plugins")
    assert "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint" in manager.command
    assert "org.apache.flink.runtime.taskexecutor.TaskManagerRunner" in first.command
    # The task heap and the framework's 128 MB; network, framework and task memory off the heap are 64 + 128 + 0.
    assert {"-Xmx640m", "-XX:MaxDirectMemorySize=256m"} < set(first.command)
    assert [word for word in first.command if word not in second.command] == [word for word in first.command if "taskmanager-1" in word], (
        "two TaskManagers differ by their number alone"
    )


def test_the_pool_hands_its_workers_their_file_room_and_port(layout: Layout) -> None:
    pool = parts(layout, SHAPE, FLINK, Path("/opt/java"))[-1]
    assert pool.command == [sys.executable, "-m", "writethru.flink.pool", "--port", "50000"]
    assert pool.environ["WRITETHRU_WORKER_ENVIRONMENT"] == str(layout.root / "worker.json")
    assert pool.environ["TMPDIR"] == str(layout.tmp / "pool")
    assert pool.environ["WRITETHRU_HTTP_PORT"] == "9464"


def test_workers_take_no_option_from_the_shell_that_started_the_cluster(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file leaves out what is a default: a group of that shell's would take its place, unknown to the client that submits."""
    for name, value in (("WRITETHRU_GROUP", "night"), ("KAFKA_BOOTSTRAP", "old:9092"), ("OUT", "there"), ("WRITETHRU_SQL_URL", "x")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LANG", "C.UTF-8")
    environ = parts(layout, SHAPE, FLINK, Path("/opt/java"))[-1].environ
    assert environ["LANG"] == "C.UTF-8"
    assert not environ.keys() & {"WRITETHRU_GROUP", "KAFKA_BOOTSTRAP", "WRITETHRU_BOOTSTRAP", "OUT", "WRITETHRU_SQL_URL"}


def test_the_manager_is_ready_when_it_answers_not_when_it_refuses(layout: Layout, manager: Manager) -> None:
    shape = Shape(rest_port=int(manager.url.rpartition(":")[2]), rpc_port=1, pool_port=2, metrics_port=3, http_port=4)
    ready = parts(layout, shape, FLINK, Path("/opt/java"))[0].ready
    assert parts(layout, SHAPE, FLINK, Path("/opt/java"))[1].ready()
    manager.says("GET /overview", {"errors": ["Service temporarily unavailable due to an ongoing leader election."]}, status=503)
    assert not ready()
    manager.says("GET /overview", {"slots-total": 0})
    assert ready()


def test_a_manager_that_is_not_there_is_not_ready(layout: Layout) -> None:
    shape = Shape(rest_port=1, rpc_port=1, pool_port=2, metrics_port=3, http_port=4)
    assert not parts(layout, shape, FLINK, Path("/opt/java"))[0].ready()


# --- keeping them up ----------------------------------------------------------------------------------------------------------

STAND_IN = """
import os, signal, sys, time
name, said = sys.argv[1:]
def say(what):
    with open(said, "a") as file:
        file.write(f"{name} {what}\\n")
def end(*_):
    say("ends")
    sys.exit()
signal.signal(signal.SIGTERM, end)
room = os.environ["ROOM"]
say(f"{os.getpid()} {len(os.listdir(room))}")
open(room + "/blob", "w").close()
time.sleep(30)
"""


class Told:
    """What the stand-ins have said: `name pid files-in-its-room` at the start, `name ends` on SIGTERM."""

    def __init__(self, layout: Layout) -> None:
        self.path = layout.root / "told"
        self._layout = layout

    def part(self, name: str, ready: Callable[[], bool] = lambda: True) -> Part:
        room = self._layout.tmp / name
        command = [sys.executable, "-IS", "-c", STAND_IN, name, str(self.path)]
        return Part(name, command, room, {**os.environ, "ROOM": str(room)}, ready)

    def lines(self) -> list[str]:
        return self.path.read_text().splitlines() if self.path.exists() else []

    def until(self, count: int) -> list[str]:
        end = time.monotonic() + 10
        while len(self.lines()) < count:
            assert time.monotonic() < end, self.lines()
            time.sleep(0.02)
        return self.lines()


@contextmanager
def supervising(layout: Layout, monkeypatch: pytest.MonkeyPatch, *running: Part) -> Iterator[Callable[[], None]]:
    """`supervise` in a thread, over these parts; yields what ends it and waits."""
    ended = threading.Event()
    monkeypatch.setattr(supervisor, "parts", lambda *_: list(running))
    monkeypatch.setattr(supervisor, "find_flink", lambda: FLINK)
    monkeypatch.setattr(supervisor, "find_java", lambda: Path("/opt/java"))
    monkeypatch.setattr(supervisor, "LOOK_EVERY", 0.05)
    thread = threading.Thread(target=supervise, args=(layout, SHAPE, ended))

    def end() -> None:
        ended.set()
        thread.join(15)
        assert not thread.is_alive()

    thread.start()
    try:
        yield end
    finally:
        end()


def test_what_dies_is_started_again_in_an_empty_room(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(layout)
    one, other = told.part("one"), told.part("other")
    with supervising(layout, monkeypatch, one, other):
        first = next(line for line in told.until(2) if line.startswith("one "))
        os.kill(int(first.split()[1]), signal.SIGKILL)
        again = told.until(3)[2]
    assert (first.split()[2], again.split()[0], again.split()[2]) == ("0", "one", "0")
    assert again.split()[1] != first.split()[1]
    assert (one.starts, other.starts) == (2, 1)


def test_the_end_goes_backwards_and_removes_what_is_temporary(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(layout)
    (layout.savepoints / "savepoint-1").mkdir()
    with supervising(layout, monkeypatch, *(told.part(name) for name in ("manager", "worker", "pool"))) as end:
        told.until(3)
        end()
    assert told.lines()[3:] == ["pool ends", "worker ends", "manager ends"]
    assert not layout.tmp.exists()
    assert (layout.savepoints / "savepoint-1").exists()


def test_the_next_waits_until_the_one_before_is_ready(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(layout)
    sign = threading.Event()
    with supervising(layout, monkeypatch, told.part("manager", sign.is_set), told.part("worker")):
        told.until(1)
        time.sleep(0.3)
        assert [line.split()[0] for line in told.lines()] == ["manager"]
        sign.set()
        assert [line.split()[0] for line in told.until(2)] == ["manager", "worker"]


def test_after_the_end_nothing_is_started(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(layout)
    manager, worker = told.part("manager", lambda: False), told.part("worker")
    with supervising(layout, monkeypatch, manager, worker) as end:
        told.until(1)
        end()
    assert (manager.starts, worker.starts) == (1, 0)


def test_what_was_about_to_be_started_again_is_not_once_the_end_has_come(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told(layout)
    part = told.part("one")
    part.failures = 20
    with supervising(layout, monkeypatch, part) as end:
        os.kill(int(told.until(1)[0].split()[1]), signal.SIGKILL)
        time.sleep(0.5)
        began = time.monotonic()
        end()
    assert time.monotonic() - began < 5, "the pause before a start of a part that keeps dying does not hold up the end"
    assert part.starts == 1


class Hand(threading.Event):
    """A clock that moves only while somebody waits; `pauses` is what was waited for before a start. Set after so many."""

    def __init__(self, pauses: int) -> None:
        super().__init__()
        self.now = 1_000.0
        self.pauses: list[float] = []
        self._most = pauses

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.now += timeout
        if timeout != supervisor.LOOK_EVERY:
            self.pauses.append(timeout)
        return len(self.pauses) == self._most


def test_what_ran_well_for_a_minute_is_started_again_as_if_it_had_never_failed(layout: Layout, monkeypatch: pytest.MonkeyPatch) -> None:
    hand = Hand(pauses=7)
    seconds = iter([0.0, 0.0, 0.0, 59.0, 61.0, 0.0, 600.0])

    class Process:
        def __init__(self, *_: object, environ: dict[str, str]) -> None:
            self._until = hand.now + next(seconds)

        @property
        def status(self) -> int | None:
            return None if hand.now < self._until else 1

        def terminate(self, timeout: float) -> None:
            return

    monkeypatch.setattr(supervisor, "Leashed", Process)
    monkeypatch.setattr(supervisor, "parts", lambda *_: [Told(layout).part("one")])
    monkeypatch.setattr(supervisor, "find_flink", lambda: FLINK)
    monkeypatch.setattr(supervisor, "find_java", lambda: Path("/opt/java"))
    supervise(layout, SHAPE, hand, lambda: hand.now)
    assert hand.pauses == [0.5, 1.0, 1.5, 2.0, 0.5, 1.0, 0.5]


def test_the_pause_before_a_start_has_an_end(layout: Layout) -> None:
    part = Told(layout).part("one")
    assert [part.pause(0.0) for _ in range(25)][18:] == [9.5, *[10.0] * 6]
