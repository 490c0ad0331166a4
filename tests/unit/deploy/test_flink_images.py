"""The image definitions: pinned, locked, and without root."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from typing import NamedTuple

from tests.unit.deploy.manifests import FLINK, ROOT, cluster, pool

TEXT = (FLINK / "Dockerfile").read_text(encoding="utf-8")
PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")


class Step(NamedTuple):
    name: str
    value: str


def steps() -> list[Step]:
    lines = [line for line in TEXT.splitlines() if line.strip() and not line.startswith("#")]
    return [Step(*line.split(maxsplit=1)) for line in lines]


def arguments() -> dict[str, str]:
    found = (step.value.partition("=") for step in steps() if step.name == "ARG")
    return {name: value for name, _, value in found}


def stages() -> dict[str, list[Step]]:
    """The steps of each stage by its name, those of the stages it builds on first."""
    found: dict[str, list[Step]] = {}
    for step in steps():
        if step.name == "FROM":
            base, _, name = step.value.partition(" AS ")
            current = found[name] = [step, *found.get(base, [])]
        elif step.name != "ARG":
            current.append(step)
    return found


def test_bases_are_pinned_by_version() -> None:
    given = arguments()
    for step in steps():
        if step.name == "FROM":
            base = step.value.partition(" AS ")[0]
            named = re.fullmatch(r"\$\{(\w+)\}", base)
            assert base in stages() or named, f"{base}: name it in an ARG, with its version"
            if named:
                assert re.search(r":\d+\.\d+\.\d+(-|$)", given[named[1]]), given[named[1]]


def test_the_python_is_one_that_the_package_takes() -> None:
    found = re.search(r"^python:3\.(\d+)\.", arguments()["PYTHON_IMAGE"])
    taken = re.search(r'^requires-python = ">=3\.(\d+),<3\.(\d+)"$', PROJECT, re.MULTILINE)
    assert found
    assert taken
    assert int(taken[1]) <= int(found[1]) < int(taken[2])


def test_dependencies_come_from_the_lock_with_their_hashes() -> None:
    installs = [step.value for step in stages()["build"] if "pip install" in step.value]
    locked, package = installs
    assert "--require-hashes" in locked
    assert "--only-binary :all:" in locked
    assert "-r requirements.lock" in locked
    assert {"--no-deps", "--no-build-isolation", "--no-index"} <= set(package.split())


def test_neither_image_runs_as_root() -> None:
    for name in ("worker", "submit"):
        users = [step.value for step in stages()[name] if step.name == "USER"]
        assert users
        assert all(int(part) > 0 for part in users[-1].split(":"))
        last = [step.name for step in stages()[name]]
        assert last.index("USER") < last.index("ENTRYPOINT")


def test_no_secret_and_no_download_by_hand() -> None:
    assert not re.search(r"(?i)password|secret|token", TEXT)
    assert not any(step.name == "ADD" for step in steps())
    assert not re.search(r"\b(curl|wget|apt-get)\b", TEXT)


def test_what_is_copied_is_sent_to_the_builder() -> None:
    lines = (FLINK / "Dockerfile.dockerignore").read_text().split()
    allowed = {line.removeprefix("!") for line in lines if line.startswith("!")}
    copied = {name for step in steps() if step.name == "COPY" and "--from" not in step.value for name in step.value.split()[:-1]}
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)
    assert lines[0] == "*"
    assert any(fnmatch("pipelines/writethru/__pycache__", line.replace("**/", "*/")) for line in lines)


def test_the_client_finds_the_job_server_that_was_copied() -> None:
    (copied,) = [step.value.split()[-1] for step in stages()["submit"] if step.name == "COPY" and "--from=job-server" in step.value]
    assert f"WRITETHRU_FLINK_JOB_SERVER_JAR={copied}" in [step.value for step in stages()["submit"] if step.name == "ENV"]


def test_flink_beam_and_job_server_are_of_one_kind() -> None:
    flink = re.fullmatch(r"flink:(\d+)\.(\d+)\.\d+-java(17|21)", cluster()["image"])
    assert flink, "pin Flink by its full version, with a Java it knows"
    assert cluster()["flinkVersion"] == f"v{flink[1]}_{flink[2]}"
    beam = re.search(r"^apache-beam==([\d.]+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert beam
    assert arguments()["JOB_SERVER_IMAGE"] == f"apache/beam_flink{flink[1]}.{flink[2]}_job_server:{beam[1]}"
    assert f"beam-runners-flink-{flink[1]}.{flink[2]}-job-server-{beam[1]}.jar" in TEXT


def test_images_start_what_the_package_has() -> None:
    entries = {name: [step.value for step in stages()[name] if step.name == "ENTRYPOINT"] for name in ("worker", "submit")}
    assert entries == {"worker": ['["python", "-m", "writethru.flink.pool"]'], "submit": ['["writethru", "flink"]']}
    assert all(re.search(rf'^{script} = "', PROJECT, re.MULTILINE) for script in ("writethru", "writethru-worker"))
    assert "command" not in pool(), "the image says what starts"
