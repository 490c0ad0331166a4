"""`writethru plan` as a user calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from writethru.cli import main
from writethru.dataflow import launch
from writethru.flink import preset
from writethru.options import Options
from writethru.plan import of


def call(*arguments: str | Path, **variables: str) -> Result:
    return CliRunner().invoke(main, ["plan", *map(str, arguments)], env={"KAFKA_BOOTSTRAP": "", "WRITETHRU_SINKS": ""} | variables)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    file = tmp_path / "running.json"
    assert call("--write", file, "--sinks", "kafka,sql,files").exit_code == 0
    return file


def test_the_plan_is_shown_without_a_broker() -> None:
    shown = call()
    assert shown.exit_code == 0
    chain = next(line for line in shown.stdout.splitlines() if line.startswith("Chain"))
    assert chain.split() == [
        "Chain", "keyed", "28Normalise/ParDo(NormaliseFn).None", "9", "cells", "by", "string_utf8,", "7", "days",
        "kv(string_utf8,", "EmissionCoder)",
    ]  # fmt: skip


def test_a_plan_is_stored(stored: Path) -> None:
    assert stored.read_bytes() == of(Options(sinks=("kafka", "sql", "files"))).to_json()


@pytest.mark.parametrize(
    ("given", "variables", "sinks"),
    [((), {}, "kafka"), (("--sinks", "kafka,sql"), {}, "kafka,sql"), ((), {"WRITETHRU_SINKS": "sql"}, "sql")],
)
def test_the_sinks_planned_are_those_that_a_cluster_would_be_given_and_are_told(
    given: tuple[str, ...], variables: dict[str, str], sinks: str, tmp_path: Path
) -> None:
    stored = call("--write", tmp_path / "plan.json", *given, **variables)
    assert (stored.stdout, stored.stderr) == ("", f"this build with --sinks {sinks} --splits 1\n")
    assert (tmp_path / "plan.json").read_bytes() == of(Options(sinks=tuple(sinks.split(",")))).to_json()


def test_of_stored_plans_no_options_are_told(stored: Path) -> None:
    assert (call(stored, stored).stdout, call(stored, stored).stderr) == ("safe\n", "")


def test_without_a_word_both_clusters_write_to_the_sinks_that_are_planned() -> None:
    assert launch.DEFAULTS["sinks"] == preset.DEFAULTS["sinks"] == ("kafka",)


def test_a_sink_less_is_safe_on_flink_and_mapped_on_dataflow(stored: Path) -> None:
    flink = call(stored, "--sinks", "kafka,sql")
    assert (flink.exit_code, flink.stdout.splitlines()[0]) == (0, "safe")
    dataflow = call(stored, "--sinks", "kafka,sql", "--on", "dataflow")
    first, *_, last = dataflow.stdout.splitlines()
    assert (dataflow.exit_code, first) == (0, "safe with mapping")
    assert last == '--transform_name_mapping=\'{"Emit to files/ParDo(EmitFn)":"","Dead letters of files":""}\''


def test_a_break_is_the_first_line_and_the_exit_code(stored: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(stored.read_bytes().replace(b'"state": 2', b'"state": 9'))
    compared = call(stored, other)
    assert compared.exit_code == 1
    assert compared.stdout.splitlines() == [
        "breaks, because the state of Chain and Thread has schema 9, was 2",
        "break   the state of Chain and Thread has schema 9, was 2: this build refuses what schema 2 wrote. Resume with the old build."
        " Or start a new job from the consumer group: no message is lost, but open stories and events are opened again.",
    ]


def test_a_file_that_is_no_plan_is_said_to_be_none(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("{}")
    refused = call(file)
    assert refused.exit_code == 2
    assert "Error: not a plan" in refused.stderr
