"""What a job can be told, it can be told by a flag."""

from __future__ import annotations

from dataclasses import fields

import click
import pytest

from writethru.cli import main
from writethru.options import Options


@pytest.mark.parametrize("names", [("run",), ("flink", "submit"), ("flink", "resume")], ids=" ".join)
def test_every_option_of_a_job_is_a_flag_of_what_starts_it(names: tuple[str, ...]) -> None:
    command: click.Command = main
    for name in names:
        assert isinstance(command, click.Group)
        found = command.get_command(click.Context(command), name)
        assert found is not None
        command = found
    assert {spec.name for spec in fields(Options)} - {parameter.name for parameter in command.params} == set()
