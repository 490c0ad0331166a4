from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from writethru.flink.layout import Layout, Shape, configuration, write

SHAPE = Shape(rest_port=8081, rpc_port=6123, pool_port=50000, metrics_port=9249, http_port=9464, taskmanagers=2, slots=3, heap_mb=700)
LAYOUT = Layout(Path("/srv/cluster"))


def test_everything_lies_in_one_directory() -> None:
    names = ("conf", "logs", "tmp", "checkpoints", "savepoints", "environment", "lock", "state", "started")
    assert {name: str(getattr(LAYOUT, name)) for name in names} == {
        "conf": "/srv/cluster/conf",
        "logs": "/srv/cluster/log",
        "tmp": "/srv/cluster/tmp",
        "checkpoints": "/srv/cluster/checkpoints",
        "savepoints": "/srv/cluster/savepoints",
        "environment": "/srv/cluster/worker.json",
        "lock": "/srv/cluster/cluster.lock",
        "state": "/srv/cluster/cluster.json",
        "started": "/srv/cluster/jobs.json",
    }
    assert (SHAPE.rest, SHAPE.pool) == ("http://localhost:8081", "localhost:50000")


def test_nothing_listens_beyond_this_machine() -> None:
    told = configuration(LAYOUT, SHAPE)
    addresses = {name: value for name, value in told.items() if name.endswith(("address", "host"))}
    assert addresses == dict.fromkeys(
        (
            "jobmanager.rpc.address",
            "jobmanager.bind-host",
            "rest.address",
            "rest.bind-address",
            "taskmanager.host",
            "taskmanager.bind-host",
        ),
        "localhost",
    )
    assert (told["rest.port"], told["jobmanager.rpc.port"], told["metrics.reporter.prom.port"]) == ("8081", "6123", "9249-9269")


def test_every_part_of_a_taskmanagers_memory_is_stated() -> None:
    """Without one of them a TaskManager that is started without Flink's scripts does not start."""
    told = configuration(LAYOUT, SHAPE)
    assert {name.removeprefix("taskmanager.memory.") for name in told if name.startswith("taskmanager.memory.")} == {
        "task.heap.size", "task.off-heap.size", "framework.heap.size", "framework.off-heap.size", "network.min", "network.max",
        "managed.size", "jvm-metaspace.size", "jvm-overhead.min", "jvm-overhead.max",
    }  # fmt: skip
    for part in ("network", "jvm-overhead"):
        assert told[f"taskmanager.memory.{part}.min"] == told[f"taskmanager.memory.{part}.max"]
    assert told["taskmanager.memory.task.heap.size"] == "700mb"
    assert (told["taskmanager.numberOfTaskSlots"], told["taskmanager.cpu.cores"]) == ("3", "3.0")


def test_state_lies_where_both_flinks_look() -> None:
    told = configuration(LAYOUT, SHAPE)
    assert [told[name] for name in ("state.checkpoints.dir", "execution.checkpointing.dir")] == ["file:///srv/cluster/checkpoints"] * 2
    assert [told[name] for name in ("state.savepoints.dir", "execution.checkpointing.savepoint-dir")] == [
        "file:///srv/cluster/savepoints"
    ] * 2


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "new/cluster")
    write(layout, SHAPE)
    assert layout.shape() == SHAPE
    read = yaml.safe_load((layout.conf / "config.yaml").read_text())
    assert {name: str(value).lower() for name, value in read.items()} == {
        name: value.lower() for name, value in configuration(layout, SHAPE).items()
    }
    assert "appender.file.fileName = ${sys:log.file}\n" in (layout.conf / "log4j.properties").read_text()
    assert [path.is_dir() for path in (layout.logs, layout.tmp, layout.checkpoints, layout.savepoints)] == [True] * 4
    assert not layout.environment.exists()
    write(layout, SHAPE)


def test_a_shape_of_another_build_is_no_shape(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    layout.state.write_text('{"rest_port": 1}')
    with pytest.raises(TypeError):
        layout.shape()


def test_the_jobs_that_were_started_are_remembered_by_name(tmp_path: Path) -> None:
    layout = Layout(tmp_path)
    assert layout.jobs() == {}
    layout.remember_jobs({"a": "desk"})
    layout.remember_jobs({"b": "desk", "c": "night"})
    assert layout.jobs() == {"a": "desk", "b": "desk", "c": "night"}
    assert [path.name for path in tmp_path.iterdir()] == ["jobs.json"]
