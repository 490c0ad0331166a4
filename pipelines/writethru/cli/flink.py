"""`writethru flink`: the pipeline on a Flink cluster, and a cluster on this machine to develop and test with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
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
from writethru.flink.preset import SOURCE, Preset
from writethru.flink.rest import FlinkRefused, FlinkUnreachable, Job, Rest
from writethru.flink.savepoints import hidden, newest
from writethru.local.java import NoJava
from writethru.options import OptionError

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
    """What a user can cure ends as one line, not as a traceback."""

    @wraps(function)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        from writethru.flink.submit import NotRunning

        try:
            return function(*args, **kwargs)
        except (*ERRORS, NotRunning) as error:
            raise click.ClickException(str(error)) from error

    return wrapped


@click.group("flink")
def command() -> None:
    """Run the pipeline on Apache Flink.

    `up` starts a session cluster on this machine; the other commands take any cluster's --flink-url. docs/flink.md is the runbook.
    """


@command.command("up")
@directory
@click.option("--slots", type=click.IntRange(1, 64), default=2, show_default=True, help="Slots, and Python workers, of a TaskManager")
@click.option("--taskmanagers", type=click.IntRange(1, 16), default=1, show_default=True, help="How many TaskManagers")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the web page and REST; default: a free one")
@click.option("--heap", type=click.IntRange(128), default=512, show_default=True, metavar="MB", help="Task heap of a TaskManager")
@reported
def up(directory: Path, slots: int, taskmanagers: int, port: int, heap: int) -> None:
    """Start a real session cluster on this machine, without Docker.

    JobManager, TaskManagers and a worker pool, each started again when it dies. It stays until `writethru flink down`.
    """
    cluster = clusters.up(directory, rest_port=port, taskmanagers=taskmanagers, slots=slots, heap_mb=heap)
    console.print(f"Flink {cluster.rest.overview()['flink-version']}  {cluster.shape.rest}/  {taskmanagers * slots} slots")
    console.print(f"Logs         {cluster.layout.logs}\nSavepoints   {cluster.layout.savepoints}")


@command.command("down")
@directory
@reported
def down(directory: Path) -> None:
    """End the cluster of this machine. Savepoints and checkpoints stay."""
    console.print("ended" if clusters.down(directory) else f"no cluster runs in {directory}")


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
            flags("Kafka", "Topics", "Source", "Limits", "Sinks", "Operations"),
            click.pass_context,
            reported,
        )
    ):
        function = option(function)
    return function


@command.command("submit")
@click.option("--fresh", is_flag=True, help="Start without state although a savepoint or checkpoint of this job is there")
@submission
def submit(context: click.Context, /, fresh: bool, **given: Any) -> None:
    """Start the job, with the plan's difference to what runs or ran.

    Refuses what can lose data: no checkpoints, state in the JobManager's memory, workers that end with this client, sinks of one machine.
    """
    start = Start(context, given)
    start.compare()
    start.refuse_running()
    place = newest(start.rest, start.name)
    if place is not None and not fresh:
        raise OptionError(
            f"job {start.name} left a {place.kind} ({place.path}, {_time(place.taken)}): `writethru flink resume` goes on from it;"
            " --fresh starts without its chains and threads, at the group's offsets"
        )
    if not fresh and (unseen := hidden(start.rest, start.name)):
        raise OptionError(
            f"the JobManager remembers no job {start.name}, and {unseen} cannot be listed from here: `writethru flink resume --from PATH`"
            " goes on from what it left there; --fresh if it left nothing"
        )
    start.go(None)


@command.command("resume")
@click.option("--from", "path", default=None, metavar="PATH", help="Savepoint or checkpoint to go on from; default: the newest")
@click.option("--despite-plan", is_flag=True, help="Go on although the plan says that this build cannot")
@submission
def resume(context: click.Context, /, path: str | None, despite_plan: bool, **given: Any) -> None:
    """Go on from the newest savepoint, or from the last checkpoint where that is newer.

    After `stop`, a crash of the cluster, or to another build or parallelism.
    """
    start = Start(context, given)
    start.refuse_running()
    if path is None:
        place = newest(start.rest, start.name)
        if place is None:
            raise OptionError(f"no savepoint or checkpoint of job {start.name} is to be found: name one with --from, or `submit` anew")
        console.print(f"from the {place.kind} of {_time(place.taken)}: {place.path}")
        path = place.path
    if not start.compare() and not despite_plan:
        raise OptionError("this build cannot go on from that state: resume with the build that wrote it, or see docs/upgrading.md")
    start.go(path)


class Where:
    """The cluster of a command: the one named, else the one of this machine."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.local = None if given["flink_url"] else clusters.found(given["directory"])
        if self.local is None and not given["flink_url"]:
            raise OptionError(f"no cluster runs in {given['directory']}: `writethru flink up` starts one, --flink-url names another")
        self.rest = self.local.rest if self.local else Rest(given["flink_url"])

    def preset(self, given: dict[str, Any]) -> Preset:
        environment = given["environment"] or (f"EXTERNAL={self.local.shape.pool}" if self.local else "")
        slots = self.local.shape.slots if self.local else given["parallelism"]
        workers = given["workers"]
        return Preset(
            environment=environment,
            parallelism=given["parallelism"],
            workers=min(slots, given["parallelism"]) if workers is None else workers,
            checkpoint_interval=given["checkpoint_interval"],
        )


class Start:
    """A job about to be started: raises OptionError and what the cluster raises where it may not be."""

    def __init__(self, context: click.Context, given: dict[str, Any]) -> None:
        from writethru.flink import submit

        where = Where(given)
        self.rest, self.name, self.local = where.rest, given["job_name"], where.local
        unset = {name: value for name, value in SOURCE.items() if context.get_parameter_source(name) is ParameterSource.DEFAULT}
        self.options = options_of(context, **unset)
        self.preset = where.preset(given)
        submit.check(self.rest, self.options)
        self.jar = jar(self.rest.overview()["flink-version"], given["job_server_jar"])

    def refuse_running(self) -> None:
        from writethru.flink import submit

        submit.refuse_running(self.rest, self.name)

    def compare(self) -> bool:
        """Prints the plan's difference to the job that runs or ran last, where it is remembered; False where it breaks the state."""
        from writethru.flink.submit import running_plan
        from writethru.plan import PlanError, compare, of

        earlier = next(iter(self.rest.jobs(self.name)), None)
        try:
            old = running_plan(self.rest, earlier) if earlier is not None else None
        except PlanError as error:
            console.print(f"plan  the earlier job's cannot be read: {error}")
            return False
        if earlier is None or old is None:
            console.print("plan  no earlier job is remembered to compare with; `writethru plan FILE` compares with a stored plan")
            return True
        verdict = compare(old, of(self.options))
        console.print(f"plan against job {earlier.id}: {verdict.line}")
        for detail in verdict.details:
            console.print(f"  {detail}")
        return verdict.level != "breaks"

    def go(self, savepoint: str | None) -> None:
        from writethru.flink.submit import submit

        workers = self.local.layout.environment if self.local else None
        job = submit(self.rest, partial(running, self.jar, self.rest.url), self.name, self.options, self.preset, savepoint, workers)
        console.print(f"job {job.id} runs  {self.rest.url}/#/job/running/{job.id}/overview")


def _live(rest: Rest, name: str) -> Job:
    found = next((job for job in rest.jobs(name) if job.live), None)
    if found is None:
        raise OptionError(f"no job {name} runs at {rest.url}")
    return found


@command.command("stop")
@directory
@url
@job_name
@click.option("--timeout", type=float, default=120.0, show_default=True, metavar="SECONDS", help="How long the savepoint may take")
@reported
def stop(timeout: float, **given: Any) -> None:
    """Stop the job with a savepoint. It is never drained: what is open goes on where it stopped."""
    rest = Where(given).rest
    path = rest.stop_with_savepoint(_live(rest, given["job_name"]).id, timeout)
    console.print(f"stopped; savepoint {path}")


@command.command("cancel")
@directory
@url
@job_name
@reported
def cancel(**given: Any) -> None:
    """End the job at once. Its last checkpoint stays, and `resume` goes on from it; what came after is read again."""
    rest = Where(given).rest
    job = _live(rest, given["job_name"])
    rest.cancel(job.id)
    place = newest(rest, given["job_name"])
    console.print("cancelled; " + (f"last {place.kind} {place.path}" if place else "there is no checkpoint to go on from"))


@command.command("status")
@directory
@url
@job_name
@reported
def status(**given: Any) -> None:
    """The cluster, the job, its checkpoints, and what failed last."""
    rest = Where(given).rest
    overview = rest.overview()
    slots = f"{overview['slots-available']} of {overview['slots-total']} slots free"
    console.print(f"Flink {overview['flink-version']} at {rest.url}: {overview['taskmanagers']} TaskManagers, {slots}")
    jobs = rest.jobs(given["job_name"])
    if not jobs:
        console.print(f"no job {given['job_name']}")
    for job in jobs:
        console.print(f"job {job.id}  {job.name}  {job.state}  {job.tasks['running']} of {job.tasks['total']} tasks  {_time(job.started)}")
        answer = rest.checkpoints(job.id)
        counts = answer["counts"]
        line = f"  checkpoints  {counts['completed']} complete, {counts['failed']} failed"
        if last := (answer.get("latest") or {}).get("completed"):
            size, took = f"{last['state_size'] / 1e6:.1f} MB", f"{last['end_to_end_duration']} ms"
            line += f"; last {_time(last['latest_ack_timestamp'])}, {size}, {took}"
        console.print(line)
        if failure := rest.failure(job.id):
            console.print(f"  failed last with  {failure}")
    if place := newest(rest, given["job_name"]):
        console.print(f"resume goes on from the {place.kind} of {_time(place.taken)}: {place.path}")


def _time(millis: int) -> str:
    return datetime.fromtimestamp(millis / 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
