"""`writethru plan` as a user calls it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from writethru.cli import main
from writethru.options import Options
from writethru.plan import of


def call(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["plan", *map(str, arguments)], env={"KAFKA_BOOTSTRAP": "", "WRITETHRU_SINKS": ""})


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    file = tmp_path / "running.json"
    assert call("--write", file).exit_code == 0
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
    assert stored.read_bytes() == of(Options()).to_json()


def test_a_sink_less_is_safe_on_flink_and_mapped_on_dataflow(stored: Path) -> None:
    flink = call(stored, "--sinks", "kafka,sql")
    assert (flink.exit_code, flink.stdout.splitlines()[0]) == (0, "safe")
    dataflow = call(stored, "--sinks", "kafka,sql", "--on", "dataflow")
    first, *_, last = dataflow.stdout.splitlines()
    assert (dataflow.exit_code, first) == (0, "safe with mapping")
    assert last == '--transform_name_mapping=\'{"Emit to files/ParDo(EmitFn)":"","Dead letters of files":""}\''


def test_a_break_is_the_first_line_and_the_exit_code(stored: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(stored.read_bytes().replace(b'"state": 1', b'"state": 2'))
    compared = call(stored, other)
    assert compared.exit_code == 1
    assert compared.stdout.splitlines() == [
        "breaks, because the state of Chain and Thread has schema 2, was 1",
        "break   the state of Chain and Thread has schema 2, was 1: this build refuses what schema 1 wrote. Resume with the old build."
        " Or start a new job from the consumer group: no message is lost, but open stories and events are opened again.",
    ]


def test_a_file_that_is_no_plan_is_said_to_be_none(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text("{}")
    refused = call(file)
    assert refused.exit_code == 2
    assert "Error: not a plan" in refused.stderr
