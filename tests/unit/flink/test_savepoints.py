"""Which place a job goes on from, of what the JobManager remembers and what lies in its directories."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.unit.flink.manager import Manager, job
from writethru.flink.rest import Rest
from writethru.flink.savepoints import (
    PLAN,
    Place,
    Unclear,
    directory_of,
    folder,
    hidden,
    keep_plan,
    kept_plan,
    listed,
    local,
    newest,
    remembered,
    stands,
    target,
)

MINE, OTHER, FORGOTTEN = "a1b2c3" + "0" * 26, "d4e5f6" + "0" * 26, "0a0b0c" + "0" * 26


def place(directory: Path, taken: int) -> Path:
    """A complete savepoint or checkpoint, taken at that second."""
    directory.mkdir(parents=True)
    metadata = directory / "_metadata"
    metadata.touch()
    os.utime(metadata, (taken, taken))
    return directory


def took(millis: int, path: str, **more: Any) -> dict[str, Any]:
    return {"latest_ack_timestamp": millis, "external_path": path, "discarded": False, **more}


def latest(manager: Manager, jid: str, **kinds: dict[str, Any]) -> None:
    manager.says(f"GET /jobs/{jid}/checkpoints", {"counts": {}, "latest": {"completed": None, "savepoint": None, **kinds}})


@pytest.fixture
def state(tmp_path: Path, manager: Manager) -> Path:
    """The directory of the cluster's state: it has a job of ours, and one of another name."""
    manager.runs(
        job(MINE),
        job(OTHER, "other"),
        settings={"state.savepoints.dir": f"file://{tmp_path}/s", "state.checkpoints.dir": f"file://{tmp_path}/c"},
    )
    return tmp_path


def test_where_there_is_none_none_is_found(manager: Manager, state: Path) -> None:
    assert newest(Rest(manager.url), "writethru") is None


def test_the_newest_of_all_that_is_remembered(manager: Manager, state: Path) -> None:
    manager.runs(job("a"), job("b", state="CANCELED"), job("x", "other"))
    latest(manager, "a", completed=took(300, "s3://state/c/a/chk-3"), savepoint=took(200, "s3://state/s/savepoint-a-1"))
    latest(manager, "b", savepoint=took(400, "s3://state/s/savepoint-b-1"))
    latest(manager, "x", savepoint=took(900, "s3://state/s/savepoint-x-1"))
    assert newest(Rest(manager.url), "writethru") == Place(400, "s3://state/s/savepoint-b-1", "savepoint")
    assert newest(Rest(manager.url), "other") == Place(900, "s3://state/s/savepoint-x-1", "savepoint")


def test_a_manager_that_has_forgotten_is_helped_by_the_directories(manager: Manager, state: Path) -> None:
    saved = place(state / "s/savepoint-0a0b0c-1", 100)
    rest = Rest(manager.url)
    assert newest(rest, "writethru") == Place(100_000, saved.as_uri(), "savepoint of a job whose name nobody remembers")
    kept = place(state / "c" / FORGOTTEN / "chk-8", 200)
    assert newest(rest, "writethru") == Place(200_000, kept.as_uri(), "checkpoint of a job whose name nobody remembers")
    later = place(state / "s/savepoint-0a0b0c-2", 300)
    assert newest(rest, "writethru") == Place(300_000, later.as_uri(), "savepoint of a job whose name nobody remembers")


def test_what_is_remembered_and_what_is_listed_are_held_against_each_other(manager: Manager, state: Path) -> None:
    place(state / "s/savepoint-0a0b0c-1", 100)
    latest(manager, MINE, completed=took(150_000, "s3://state/c/chk-1"))
    assert newest(Rest(manager.url), "writethru") == Place(150_000, "s3://state/c/chk-1", "checkpoint")
    latest(manager, MINE, completed=took(50_000, "s3://state/c/chk-1"))
    saved = place(state / "s/writethru/savepoint-0a0b0c-2", 120)
    assert newest(Rest(manager.url), "writethru") == Place(120_000, saved.as_uri(), "savepoint")


def test_what_is_known_to_be_another_jobs_is_left_out(manager: Manager, state: Path) -> None:
    mine = place(state / "c" / MINE / "chk-1", 100)
    place(state / "c" / OTHER / "chk-9", 900)
    place(state / "s/savepoint-d4e5f6-1", 900)
    assert newest(Rest(manager.url), "writethru") == Place(100_000, mine.as_uri(), "checkpoint")


# --- whose it is --------------------------------------------------------------------------------------------------------------


def test_a_savepoint_in_the_folder_of_the_name_is_this_jobs(manager: Manager, state: Path) -> None:
    manager.runs(settings={"state.savepoints.dir": f"file://{state}/s", "state.checkpoints.dir": f"file://{state}/c"})
    mine = place(state / "s/writethru/savepoint-0a0b0c-1", 100)
    place(state / "s/other/savepoint-d4e5f6-1", 900)
    place(state / "c" / OTHER / "chk-9", 950)
    assert newest(Rest(manager.url), "writethru") == Place(100_000, mine.as_uri(), "savepoint")
    kept = place(state / "c" / FORGOTTEN / "chk-3", 200)
    assert newest(Rest(manager.url), "writethru") == Place(200_000, kept.as_uri(), "checkpoint"), "of the job that was stopped before"


def test_what_this_machine_started_is_known_after_the_manager_forgot_it(manager: Manager, state: Path) -> None:
    manager.runs(settings={"state.savepoints.dir": f"file://{state}/s", "state.checkpoints.dir": f"file://{state}/c"})
    mine = place(state / "c" / MINE / "chk-1", 100)
    place(state / "c" / OTHER / "chk-9", 900)
    started = {MINE: "writethru", OTHER: "other"}
    assert newest(Rest(manager.url), "writethru", started) == Place(100_000, mine.as_uri(), "checkpoint")
    assert newest(Rest(manager.url), "third", started) is None


def test_of_two_jobs_that_nobody_knows_none_is_taken_for_this_one(manager: Manager, state: Path) -> None:
    manager.runs(settings={"state.savepoints.dir": f"file://{state}/s", "state.checkpoints.dir": f"file://{state}/c"})
    one, other = place(state / "c" / MINE / "chk-1", 100), place(state / "c" / OTHER / "chk-9", 900)
    with pytest.raises(Unclear) as refusal:
        newest(Rest(manager.url), "writethru")
    assert str(refusal.value) == (
        "the JobManager no longer knows whose these are, and not all are of one job. Name that of job writethru with"
        " `writethru flink resume --from PATH`, or begin without state with `submit --fresh`:\n"
        f"  checkpoint of 1970-01-01T00:15:00Z  {other.as_uri()}\n"
        f"  checkpoint of 1970-01-01T00:01:40Z  {one.as_uri()}"
    )


def test_what_may_be_another_jobs_is_not_taken_because_it_is_newer(manager: Manager, state: Path) -> None:
    mine = place(state / "s/writethru/savepoint-0a0b0c-1", 100)
    place(state / "c" / ("777777" + "0" * 26) / "chk-1", 50)
    assert newest(Rest(manager.url), "writethru") == Place(100_000, mine.as_uri(), "savepoint")
    unknown = place(state / "c" / ("888888" + "0" * 26) / "chk-1", 200)
    with pytest.raises(Unclear, match=rf"(?s){unknown.as_uri()}.*{mine.as_uri()}"):
        newest(Rest(manager.url), "writethru")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("writethru", "writethru"),
        ("desk-2_a.b", "desk-2_a.b"),
        ("night desk", "night-desk-e12a9223"),
        ("../up", "up-8c722b8a"),
        ("..", "5ec1f7e7"),
    ],
)
def test_a_name_makes_a_folder(name: str, expected: str) -> None:
    assert folder(name) == expected


def test_names_that_look_alike_have_folders_of_their_own() -> None:
    assert len({folder(name) for name in ("night desk", "night-desk", "night/desk", "night%20desk")}) == 4


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"execution.checkpointing.savepoint-dir": "s3://state/s/", "state.savepoints.dir": "file:///old"}, "s3://state/s/writethru"),
        ({"state.savepoints.dir": "file:///flink-state/savepoints"}, "file:///flink-state/savepoints/writethru"),
        ({"execution.checkpointing.savepoint-dir": "", "rest.port": "8081"}, None),
    ],
)
def test_a_savepoint_goes_into_the_folder_of_its_job(settings: dict[str, str], expected: str | None) -> None:
    assert target(settings, "writethru") == expected


# --- what cannot be seen ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["file://", "file:", ""])
def test_a_volume_that_is_not_mounted_here_is_hidden(manager: Manager, tmp_path: Path, scheme: str) -> None:
    volume = tmp_path / "flink-state"
    manager.runs(settings={"execution.checkpointing.dir": f"{scheme}{volume}/checkpoints"})
    rest = Rest(manager.url)
    assert hidden(rest, "writethru") == f"{scheme}{volume}/checkpoints"
    volume.mkdir()
    assert hidden(rest, "writethru") is None, "nobody has taken a checkpoint yet"
    away = {"execution.checkpointing.dir": "file:///not-here/flink-state/checkpoints"}
    manager.runs(job("a"), settings=away)
    assert hidden(rest, "writethru") == "file:///not-here/flink-state/checkpoints", "this one failed before its first checkpoint"
    latest(manager, "a", completed=took(1, "s3://newsroom/c/a/chk-1"))
    assert hidden(rest, "writethru") is None, "the JobManager says what the job left"


def test_the_root_of_a_machine_says_nothing_of_a_volume(manager: Manager) -> None:
    manager.runs(settings={"execution.checkpointing.dir": "file:///checkpoints-of-a-pod"})
    assert hidden(Rest(manager.url), "writethru") == "file:///checkpoints-of-a-pod"


# --- what is left out ---------------------------------------------------------------------------------------------------------


def test_what_is_incomplete_is_left_out(manager: Manager, state: Path) -> None:
    (state / "s/savepoint-0a0b0c-1").mkdir(parents=True)
    (state / "c" / MINE / "chk-1").mkdir(parents=True)
    (state / "c" / MINE / "shared").mkdir()
    assert newest(Rest(manager.url), "writethru") is None


def test_what_was_deleted_since_is_left_out(manager: Manager, state: Path) -> None:
    old, new = place(state / "c" / MINE / "chk-1", 100), place(state / "c" / MINE / "chk-2", 200)
    latest(manager, MINE, completed=took(200_000, f"file:{new}"))
    assert newest(Rest(manager.url), "writethru") == Place(200_000, f"file:{new}", "checkpoint")
    shutil.rmtree(new)
    assert newest(Rest(manager.url), "writethru") == Place(100_000, old.as_uri(), "checkpoint")


def test_a_checkpoint_that_goes_while_it_is_looked_at_is_left_out(manager: Manager, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A running job removes an old one with every new one."""
    kept = place(state / "c" / MINE / "chk-2", 200)
    monkeypatch.setattr(Path, "glob", lambda self, _: iter([self / MINE / "chk-1/_metadata", self / MINE / "chk-2/_metadata"]))
    assert [one.path for one in listed(state / "c", "checkpoint", "*/chk-*/_metadata")] == [kept.as_uri()]


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({}, []),
        ({"latest": None}, []),
        ({"latest": {"completed": None, "savepoint": None}}, []),
        ({"latest": {"completed": took(5, "file:/c/chk-1")}}, [Place(5, "file:/c/chk-1", "checkpoint")]),
        ({"latest": {"completed": took(5, "file:/c/chk-1", discarded=True)}}, []),
        ({"latest": {"completed": took(5, "<checkpoint-not-externally-addressable>")}}, []),
        ({"latest": {"savepoint": took(5, "gs://b/savepoint-1")}}, [Place(5, "gs://b/savepoint-1", "savepoint")]),
        ({"latest": {"savepoint": took(5, "/s/savepoint-1")}}, [Place(5, "/s/savepoint-1", "savepoint")]),
    ],
)
def test_only_what_lies_outside_the_manager_counts(answer: dict[str, Any], found: list[Place]) -> None:
    assert remembered(answer) == found


@pytest.mark.parametrize(
    ("settings", "savepoints", "checkpoints"),
    [
        ({}, None, None),
        ({"state.savepoints.dir": "file:///old/s", "state.checkpoints.dir": "/old/c"}, Path("/old/s"), Path("/old/c")),
        (
            {
                "state.savepoints.dir": "file:///old/s",
                "execution.checkpointing.savepoint-dir": "file:///new/s",
                "state.checkpoints.dir": "file:///old/c",
                "execution.checkpointing.dir": "file:///new/c",
            },
            Path("/new/s"),
            Path("/new/c"),
        ),
        ({"execution.checkpointing.savepoint-dir": "s3://b/s", "execution.checkpointing.dir": "hdfs:///c"}, None, None),
    ],
)
def test_the_directories_are_read_from_the_newer_key_first(
    settings: dict[str, str], savepoints: Path | None, checkpoints: Path | None
) -> None:
    assert (directory_of(settings, "savepoint"), directory_of(settings, "checkpoint")) == (savepoints, checkpoints)


def test_a_path_is_this_machines_by_its_scheme() -> None:
    assert local("file:/s/savepoint-1") == local("file:///s/savepoint-1") == local("/s/savepoint-1") == Path("/s/savepoint-1")
    assert [local(path) for path in ("s3://b/s", "gs://b/s", "hdfs:///s", "abfs://c@a/s")] == [None] * 4


def test_a_place_is_deleted_only_where_this_machine_can_see_it(tmp_path: Path) -> None:
    there = place(tmp_path / "savepoint-1", 1)
    assert stands(Place(1, there.as_uri(), "savepoint"))
    assert not stands(Place(1, (tmp_path / "savepoint-2").as_uri(), "savepoint"))
    assert stands(Place(1, "file:/flink-state-of-a-pod/s/savepoint-2", "savepoint")), "a volume that is not mounted here"
    assert stands(Place(1, "s3://b/savepoint-2", "savepoint"))


# --- its plan -----------------------------------------------------------------------------------------------------------------


def test_a_plan_is_kept_with_its_savepoint(tmp_path: Path) -> None:
    there = place(tmp_path / "savepoint-1", 1)
    assert kept_plan(there.as_uri()) is None
    assert keep_plan(there.as_uri(), '{"plan": 1}')
    assert kept_plan(there.as_uri()) == b'{"plan": 1}'
    assert {path.name for path in there.iterdir()} == {"_metadata", PLAN}


@pytest.mark.parametrize("savepoint", ["s3://b/savepoint-2", "file:/flink-state-of-a-pod/s/savepoint-2"])
def test_where_this_machine_cannot_write_no_plan_is_kept(savepoint: str) -> None:
    assert not keep_plan(savepoint, "{}")
    assert kept_plan(savepoint) is None
