from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import apache_beam
import pytest
from apache_beam.metrics import monitoring_infos
from apache_beam.runners.portability.fn_api_runner import fn_runner

from writethru.local import beam_memory
from writethru.local.beam_memory import UnknownBeam

MEGABYTE = 1 << 20


def run(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.unit.local.bundles", *arguments]
    done = subprocess.run(command, env={**os.environ, "PYTHONPATH": f"pipelines{os.pathsep}."}, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def test_memory_is_flat_over_5000_bundles_idle_and_busy() -> None:
    seen = run("5000")
    assert seen["bundles"] >= 5000
    assert seen["grown"] < 8 * MEGABYTE
    assert seen["metrics"] == "told"


def test_without_the_repair_it_is_not() -> None:
    seen = run("1200", "stock")
    assert seen["grown"] > 15 * MEGABYTE
    assert seen["metrics"] == "RecursionError"


def test_the_repair_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fn_runner, beam_memory.NAME, monitoring_infos.consolidate)
    beam_memory.apply()
    repaired = fn_runner.consolidate_monitoring_infos
    assert repaired([]) == []
    beam_memory.apply()
    assert fn_runner.consolidate_monitoring_infos is repaired


def test_another_beam_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apache_beam, "__version__", "2.78.0")
    with pytest.raises(UnknownBeam, match=r"Beam 2\.77\.x, this is 2\.78\.0"):
        beam_memory.apply()


@pytest.mark.parametrize("code", [list, None])
def test_other_code_is_refused(monkeypatch: pytest.MonkeyPatch, code: object) -> None:
    monkeypatch.setattr(fn_runner, beam_memory.NAME, code)
    with pytest.raises(UnknownBeam, match="no lazy consolidate_monitoring_infos"):
        beam_memory.apply()
