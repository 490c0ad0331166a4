"""What the commands of `writethru flink` share: where the cluster is, how a job is started there, and how a failure is told."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import fields
from functools import partial, wraps
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from kafka.errors import KafkaError
from rich.console import Console

from writethru.cli.flags import flags, options_of
from writethru.flink import cluster as clusters
from writethru.flink.distribution import NoFlink
from writethru.flink.job_server import NoJobServer, jar, running
from writethru.flink.preset import DEFAULTS, UNLISTED, Preset
from writethru.flink.rest import FlinkRefused, FlinkUnreachable, NotRunning, Rest
from writethru.flink.savepoints import kept_plan, writer
from writethru.local.java import NoJava
from writethru.options import OptionError, Options, flag

F = Callable[..., Any]
ERRORS = (
    clusters.ClusterError,
    FlinkRefused,
    FlinkUnreachable,
    KafkaError,
    LookupError,
    NoFlink,
    NoJava,
    NoJobServer,
    NotRunning,
    OptionError,
    OSError,
    ValueError,
)

console = Console(highlight=False, soft_wrap=True)

directory = click.option(
    "--directory",
    type=click.Path(path_type=Path),
    default=Path("out/flink"),
    envvar="WRITETHRU_FLINK_DIRECTORY",
    show_envvar=True,
    show_default=True,
    metavar="DIR",
    help="Where the cluster of this machine lies",
)
url = click.option(
    "--flink-url",
    envvar="WRITETHRU_FLINK_URL",
    show_envvar=True,
    metavar="URL",
    help="REST address of a cluster; default: the one of this machine",
)
job_name = click.option(
    "--job-name",
    default="writethru",
    envvar="WRITETHRU_FLINK_JOB_NAME",
    show_envvar=True,
    show_default=True,
    metavar="NAME",
    help="Name of the job",
)


def reported(function: F) -> F:
    """What a user can cure ends as one line, not as a traceback; SIGTERM clears up."""

    @wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            with terminable():
                return function(*args, **kwargs)
        except ERRORS as error:
            raise click.ClickException(str(error)) from error

    return wrapped


@contextmanager
def terminable() -> Iterator[None]:
    """SIGTERM ends what runs here by an exception, so that it clears up. By itself it would end the process at once, or, as the first
    process of a container, nothing at all."""
    former = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


@contextmanager
def interrupted(left: str) -> Iterator[None]:
    """Says what goes on without this client where it is ended meanwhile."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit):
        click.echo(f"\ninterrupted: {left}", err=True)
        raise


def submission(function: F) -> F:
    """The options that `submit` and `resume` share."""
    for option in reversed(
        (
            directory,
            url,
            job_name,
            click.option(
                "--parallelism",
                type=int,
                default=1,
                show_default=True,
                envvar="WRITETHRU_FLINK_PARALLELISM",
                show_envvar=True,
                help="Subtasks of every step",
            ),
            click.option(
                "--workers",
                type=int,
                default=None,
                envvar="WRITETHRU_FLINK_WORKERS",
                show_envvar=True,
                help="Python workers a TaskManager; default: one for each of its slots that the job takes",
            ),
            click.option(
                "--checkpoint-interval",
                type=float,
                default=10.0,
                show_default=True,
                envvar="WRITETHRU_FLINK_CHECKPOINT_INTERVAL",
                show_envvar=True,
                metavar="SECONDS",
                help="Time between checkpoints",
            ),
            click.option(
                "--environment",
                default=None,
                envvar="WRITETHRU_FLINK_ENVIRONMENT",
                show_envvar=True,
                metavar="KIND=WHERE",
                help="EXTERNAL=HOST:PORT (worker pool) or PROCESS=COMMAND; default: the pool of this machine's cluster",
            ),
            click.option(
                "--job-server-jar",
                default=None,
                envvar="WRITETHRU_FLINK_JOB_SERVER_JAR",
                show_envvar=True,
                metavar="FILE",
                help="Beam's Flink job server; default: fetched for the cluster's version",
            ),
            flags(
                *("Kafka", "Topics", "Source", "Limits", "Threads", "Sinks", "Operations"),
                defaults=DEFAULTS,
                unlisted=UNLISTED,
            ),
            click.pass_context,
            reported,
        )
    ):
        function = option(function)
    return function


class Where:
    """The cluster of a command: the one named, else the one of this machine."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.local = None if given["flink_url"] else clusters.found(given["directory"])
        if self.local is None and not given["flink_url"]:
            raise OptionError(f"no cluster runs in {given['directory']}: `writethru flink up` starts one, --flink-url names another")
        self.rest = self.local.rest if self.local else Rest(given["flink_url"])

    @property
    def started(self) -> dict[str, str]:
        """The jobs that were started on this machine's cluster: id -> name."""
        return self.local.layout.jobs() if self.local else {}

    def preset(self, given: dict[str, Any]) -> Preset:
        environment = given["environment"] or (f"EXTERNAL={self.local.shape.pool}" if self.local else "")
        slots = self.local.shape.slots if self.local else given["parallelism"]
        workers = given["workers"]
        if self.local and given["parallelism"] > (there := self.local.shape.slots * self.local.shape.taskmanagers):
            raise OptionError(
                f"--parallelism {given['parallelism']}: the cluster in {self.local.layout.root} has {there} slots;"
                f" `writethru flink down` and `up --slots {given['parallelism']}` give it more, `resume` goes on from what the job left"
            )
        return Preset(
            environment=environment,
            parallelism=given["parallelism"],
            workers=min(slots, given["parallelism"]) if workers is None else workers,
            checkpoint_interval=given["checkpoint_interval"],
        )


def of_the_client(context: click.Context) -> list[str]:
    """The flags of this call that no worker of another machine's cluster hears of. What shapes the graph travels in it."""
    named = (spec.name for spec in fields(Options) if spec.name not in ("sinks", "splits", "bundle_batches"))
    return [flag(name) for name in named if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]


class Start:
    """A job about to be started: raises OptionError and what the cluster raises where it may not be."""

    def __init__(self, context: click.Context, given: dict[str, Any]) -> None:
        from writethru.flink import submit

        self.where = where = Where(given)
        self.rest, self.name, self.local = where.rest, given["job_name"], where.local
        self.options = options_of(context, DEFAULTS)
        self.preset = where.preset(given)
        submit.check(self.rest, self.options)
        self.version = self.rest.overview()["flink-version"]
        self.jar = jar(self.version, given["job_server_jar"]) if given["job_server_jar"] else None
        if self.local is None and (alone := of_the_client(context)):
            click.echo(
                f"Warning: {', '.join(alone)}: read by this client alone. The workers at {self.rest.url} have their options from their own"
                " environment (on Kubernetes deploy/flink/config.yaml and the Secret): they must say the same there",
                err=True,
            )

    def refuse_running(self) -> None:
        from writethru.flink import submit

        submit.refuse_running(self.rest, self.name)

    def compare(self, stored: Path | None = None, savepoint: str | None = None) -> bool:
        """Prints the plan's difference to the one that is `stored`, else to the one kept with the `savepoint`, else to that of the job that
        took it, or, without one, runs or ran last, where it is remembered. False where it breaks the state."""
        from writethru.plan import Plan, PlanError, compare, of

        of_whom, old = self._earlier_plan(stored, savepoint)
        if old is None:
            console.print("plan  no earlier job is remembered to compare with; `resume --plan FILE` compares with a stored plan")
            return True
        try:
            verdict = compare(Plan.from_json(old), of(self.options))
        except PlanError as error:
            console.print(f"plan against {of_whom}: cannot be read: {error}")
            return False
        console.print(f"plan against {of_whom}: {verdict.line}")
        for detail in verdict.details:
            console.print(f"  {detail}")
        return verdict.level != "breaks"

    def _earlier_plan(self, stored: Path | None, savepoint: str | None) -> tuple[str, bytes | None]:
        """Whose it is, and its JSON."""
        if stored is not None:
            return str(stored), stored.read_bytes()
        if savepoint is not None and (kept := kept_plan(savepoint)):
            return "the savepoint's", kept
        jobs = self.rest.jobs(self.name)
        earlier = next(iter(jobs), None) if savepoint is None else writer(self.rest, jobs, savepoint)
        carried = self.rest.plan(earlier.id) if earlier is not None else None
        return f"job {earlier.id}" if earlier else "", carried.encode() if carried else None

    def go(self, savepoint: str | None) -> None:
        from writethru.flink.submit import submit

        workers = self.local.layout.environment if self.local else None
        server = partial(running, self.jar or jar(self.version, None), self.rest.url)
        try:
            with interrupted(f"what Flink has taken of job {self.name} goes on: `writethru flink status` tells, `cancel` ends it"):
                job = submit(self.rest, server, self.name, self.options, self.preset, savepoint, workers)
        finally:
            if self.local:
                with suppress(FlinkRefused, FlinkUnreachable):
                    self.local.layout.remember_jobs({job.id: job.name for job in self.rest.jobs(self.name)})
        console.print(f"job {job.id} runs  {self.rest.url}/#/job/running/{job.id}/overview")
