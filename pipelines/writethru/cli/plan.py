"""`writethru plan`: what a savepoint remembers of this build, and whether this build can go on from another one's."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from writethru.cli.flags import flags, options_of
from writethru.flink.preset import DEFAULTS, UNLISTED
from writethru.options import OptionError, Options
from writethru.plan import Plan, PlanError, Runner, Verdict, compare, of

STORED = click.Path(exists=True, dir_okay=False, path_type=Path)
STYLE = {"break": "red", "mapping": "yellow", "note": "dim"}
_MODULE = re.compile(r"\b(?:\w+\.)+(?=\w)")


@click.command("plan")
@click.argument("old", type=STORED, required=False)
@click.argument("new", type=STORED, required=False)
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Store this build's plan as JSON")
@click.option("--on", type=click.Choice(["flink", "dataflow"]), default="flink", show_default=True, help="Whose rules to compare by")
@flags("Kafka", "Source", "Sinks", defaults=DEFAULTS, unlisted=UNLISTED)
@click.pass_context
def command(context: click.Context, /, old: Path | None, new: Path | None, write: Path | None, on: Runner, **_: object) -> None:
    """Print this build's plan; with OLD, say whether this build can go on from the state of that one; with NEW too, compare the two files.

    The first line is `safe`, `safe with mapping` or `breaks, because …`. The exit code is 1 where it breaks, 2 where the
    comparison cannot be made, else 0. Sinks and splits shape a plan: give those of the job; the defaults are those of a cluster's job.
    """
    console = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 200)
    try:
        here = Plan.from_json(new.read_bytes()) if new else planned(options_of(context, DEFAULTS))
        if write:
            write.write_bytes(here.to_json())
        if old:
            verdict = compare(Plan.from_json(old.read_bytes()), here, runner=on)
            told(console, verdict)
            context.exit(1 if verdict.level == "breaks" else 0)
    except (OptionError, PlanError, ValueError, OSError) as error:
        raise click.UsageError(str(error)) from error
    if not write:
        show(console, here)


def planned(options: Options) -> Plan:
    click.echo(f"this build with --sinks {','.join(options.sinks)} --splits {options.splits}", err=True)
    return of(options)


def told(console: Console, verdict: Verdict) -> None:
    console.print(escape(verdict.line))
    for one in verdict.details:
        console.print(f"[{STYLE[one.level]}]{one.level:8}[/]{escape(str(one))}")
    if verdict.mapping:
        console.print(escape(f"--transform_name_mapping='{orjson.dumps(verdict.mapping).decode()}'"))


def show(console: Console, plan: Plan) -> None:
    """The plan as a table: every step, the operator it opens on Flink, its key, state and what it hands on."""
    numbers = ", ".join(f"{name} {number}" for name, number in plan.schemas.items())
    console.print(f"writethru {plan.writethru}   Beam {plan.beam}   schemas: {numbers}   splits: {plan.splits}")
    table = Table("step", "kind", "Flink operator", "state", "outputs", box=None, padding=(0, 2, 0, 0), header_style="dim")
    for step in plan.steps:
        state = f"{len(step.states)} cells by {step.key}, {step.window / 86_400_000:g} days" if step.states else ""
        outputs = "\n".join(sorted({_MODULE.sub("", coder) for coder in step.outputs.values()}))
        table.add_row(*map(escape, (step.name, step.kind, step.operator, state, outputs)))
    console.print(table, soft_wrap=False)
