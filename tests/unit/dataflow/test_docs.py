"""The commands of docs/dataflow.md: their parameters are the template's, and the launcher takes them."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from tests.unit.dataflow.conftest import Launch
from writethru import presets
from writethru.dataflow.launch import parse
from writethru.dataflow.template import metadata
from writethru.options import Options

DOCS = (Path(__file__).resolve().parents[3] / "docs/dataflow.md").read_text(encoding="utf-8")


def parameters(text: str) -> list[str]:
    return [one for one in text.removeprefix("^;^").split(";") if one != "…"]


def test_the_parameters_of_the_deploy_command_make_a_job(submitted: Launch) -> None:
    (deploy, anew) = (parameters(text) for text in re.findall(r"--parameters='(\^;\^.+?)'", DOCS))
    known = {parameter["name"]: parameter.get("regexes", []) for parameter in metadata()["parameters"]}
    for one in deploy + anew:
        name, _, value = one.partition("=")
        assert all(re.search(regex, value) for regex in known[name]), one
    job = submitted(*(f"--{one}" for one in deploy + anew))
    assert job.environment["workerPools"][0]["numWorkers"] == 4


def test_the_command_that_tries_it_without_the_cloud_has_no_flag_that_is_unknown() -> None:
    (command,) = re.findall(r"^python deploy/dataflow/main.py .+?(?=\n```)", DOCS, re.MULTILINE | re.DOTALL)
    options, flags = parse(shlex.split(command.replace("\\\n", " "))[2:])
    assert options.bootstrap == "kafka-1.example:9093"
    assert {flag.split("=")[0] for flag in flags} == {
        "--project",
        "--region",
        "--temp_location",
        "--dry_run",
        "--no_auth",
        "--sdk_container_image",
    }


def test_the_presets_are_those_of_the_code() -> None:
    preset = presets.dataflow(Options(splits=8))
    assert f"`{preset['machine_type']}`" in DOCS
    assert f"| `update_compatibility_version` | {preset['update_compatibility_version']} |" in DOCS
    assert preset["num_workers"] == preset["max_num_workers"] == 8 / 2
    assert all(f"`{plugin}`" in DOCS for plugin in preset["beam_plugins"])
