"""deploy/flink/client.sh with a `kubectl` that only writes down what it is asked."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from tests.unit.deploy.manifests import FLINK, JOBS, document, job

KUBECTL = """#!/bin/sh
for one in "$@"; do printf '%s\\037' "$one"; done >"$ROOM/$(date +%s%N)-$$"
case "$*" in
  *" get job "*.status.active*) printf %s "$ACTIVE" ;;
  *" get job "*.status.conditions*)
    # What is written in `later` holds from the second question on.
    if [ -e "$ROOM/../asked-once" ] && [ -e "$ROOM/../later" ]; then cat "$ROOM/../later"; else printf %s "$CONDITIONS"; fi
    : >"$ROOM/../asked-once"
    ;;
esac
"""


def asked(room: Path, *arguments: str, active: str = "", conditions: str = "SuccessCriteriaMet Complete") -> tuple[int, list[list[str]]]:
    """The script's status, and what it asked of kubectl. The members of a pipe come in any order."""
    (room / "bin").mkdir()
    (room / "asked").mkdir()
    (room / "bin/kubectl").write_text(KUBECTL)
    (room / "bin/kubectl").chmod(0o755)
    environ = {"PATH": f"{room}/bin:/usr/bin:/bin", "ROOM": str(room / "asked"), "ACTIVE": active, "CONDITIONS": conditions}
    done = subprocess.run(["/bin/sh", str(FLINK / "client.sh"), *arguments], env=environ, capture_output=True, timeout=30)
    return done.returncode, [path.read_text().split("\037")[:-1] for path in sorted((room / "asked").iterdir())]


def patched(one: dict[str, Any], patch: str) -> Any:
    """The value that the patch's only change takes the place of, and the new one."""
    (change,) = json.loads(patch)
    place: Any = one
    for step in change["path"].strip("/").split("/"):
        place = place[int(step) if isinstance(place, list) else step]
    assert change["op"] == "replace"
    return place, change["value"]


def test_a_run_replaces_the_jobs_arguments_and_the_job_before_it(tmp_path: Path) -> None:
    status, found = asked(tmp_path, "resume", "--from", "file:///flink-state/savepoints/writethru/savepoint-a1b2c3-1")
    assert status == 0
    look, delete, *pipe, logs, end = found
    namespace = ["-n", document(FLINK / "kustomization.yaml")["namespace"]]
    assert look == [*namespace, "get", "job", "writethru-resume", "--ignore-not-found", "-o", "jsonpath={.status.active}"]
    assert delete == [*namespace, "delete", "job", "writethru-resume", "--ignore-not-found"]
    (made,) = [call for call in pipe if "-k" in call]
    assert made == ["create", "-k", f"{FLINK}/jobs", "-l", "writethru-job=resume", "--dry-run=client", "-o", "yaml"]
    (patch,) = [call for call in pipe if call[0] == "patch"]
    before, after = patched(job("resume"), patch[patch.index("-p") + 1])
    assert (before, after) == (["resume"], ["resume", "--from", "file:///flink-state/savepoints/writethru/savepoint-a1b2c3-1"])
    assert ["create", "-f", "-"] in pipe
    assert logs[2:5] == ["logs", "-f", "job/writethru-resume"]
    assert end[:4] == [*namespace, "get", "job"]
    assert end[4:] == ["writethru-resume", "-o", """jsonpath={.status.conditions[?(@.status=="True")].type}"""]


@pytest.mark.parametrize("conditions", ["Failed", "FailureTarget Failed"])
def test_a_run_that_failed_is_not_waited_for(tmp_path: Path, conditions: str) -> None:
    begun = monotonic()
    status, found = asked(tmp_path, "stop", conditions=conditions)
    assert (status, found[-1][3]) == (1, "job")
    assert monotonic() - begun < 10


def test_a_run_is_waited_for_until_its_end_is_written_down(tmp_path: Path) -> None:
    (tmp_path / "later").write_text("Complete")
    assert asked(tmp_path, "stop", conditions="")[0] == 0


@pytest.mark.parametrize("argument", ['a "quoted" name', r"a\path\n", "'single'", "$HOME `date` *", "", "savepoint-…"])
def test_an_argument_arrives_as_it_was_given(tmp_path: Path, argument: str) -> None:
    status, found = asked(tmp_path, "resume", "--from", argument, "--despite-plan")
    assert status == 0
    (patch,) = [call for call in found if call[0] == "patch"]
    assert patched(job("resume"), patch[patch.index("-p") + 1])[1] == ["resume", "--from", argument, "--despite-plan"]


@pytest.mark.parametrize("name", JOBS)
def test_without_arguments_a_run_is_the_manifests(tmp_path: Path, name: str) -> None:
    _, found = asked(tmp_path, name)
    (patch,) = [call for call in found if call[0] == "patch"]
    before, after = patched(job(name), patch[patch.index("-p") + 1])
    assert before == after
    assert job(name)["metadata"]["labels"] == {"writethru-job": name}


def test_a_run_that_still_works_is_left_alone(tmp_path: Path) -> None:
    status, found = asked(tmp_path, "submit", active="1")
    assert (status, len(found)) == (1, 1)
