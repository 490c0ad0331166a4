"""`writethru flink`: the pipeline on a Flink cluster, and a cluster on this machine to develop and test with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from writethru.cli.flink_job import Start, Where, console, directory, interrupted, job_name, reported, submission, url
from writethru.flink import cluster as clusters
from writethru.flink.rest import Job, Rest
from writethru.flink.savepoints import Unclear, gone, hidden, keep_plan, moment, newest, target
from writethru.options import OptionError


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
@click.option(
    "--timeout", type=float, default=clusters.READY_WITHIN, show_default=True, metavar="SECONDS", help="How long it may take to come up"
)
@reported
def up(directory: Path, slots: int, taskmanagers: int, port: int, heap: int, timeout: float) -> None:
    """Start a real session cluster on this machine, without Docker.

    JobManager, TaskManagers and a worker pool, each started again when it dies. It stays until `writethru flink down`.
    """
    with interrupted(f"what was started in {directory} goes on: `writethru flink status` answers once it is there, `down` ends it"):
        cluster = clusters.up(directory, rest_port=port, taskmanagers=taskmanagers, slots=slots, heap_mb=heap, seconds=timeout)
    console.print(f"Flink {cluster.rest.overview()['flink-version']}  {cluster.shape.rest}/  {taskmanagers * slots} slots")
    console.print(f"Logs         {cluster.layout.logs}\nSavepoints   {cluster.layout.savepoints}")


@command.command("down")
@directory
@reported
def down(directory: Path) -> None:
    """End the cluster of this machine. Savepoints and checkpoints stay."""
    console.print("ended" if clusters.down(directory) else f"no cluster runs in {directory}")


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
    if not fresh:
        if place := newest(start.rest, start.name, start.where.started):
            raise OptionError(
                f"job {start.name} left a {place.kind} ({place.path}, {place.at}): `writethru flink resume` goes on from it;"
                " --fresh starts without its chains and threads, at the group's offsets"
            )
        if unseen := hidden(start.rest, start.name):
            raise OptionError(
                f"the JobManager remembers no job {start.name}, and {unseen} cannot be listed from here:"
                " `writethru flink resume --from PATH` goes on from what it left there; --fresh if it left nothing"
            )
    start.go(None)


@command.command("resume")
@click.option("--from", "path", default=None, metavar="PATH", help="Savepoint or checkpoint to go on from; default: the newest")
@click.option(
    "--plan",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Plan of the build that wrote it (`writethru plan --write`); default: the one that `stop` stored, or the earlier job's",
)
@click.option("--despite-plan", is_flag=True, help="Go on although the plan says that this build cannot")
@submission
def resume(context: click.Context, /, path: str | None, plan: Path | None, despite_plan: bool, **given: Any) -> None:
    """Go on from the newest savepoint, or from the last checkpoint where that is newer.

    After `stop`, a crash of the cluster, or to another build or parallelism.
    """
    start = Start(context, given)
    start.refuse_running()
    if path is not None and gone(path, here=start.local is not None):
        raise OptionError(f"--from {path}: no savepoint or checkpoint is there; without --from the newest is taken")
    if path is None:
        place = newest(start.rest, start.name, start.where.started)
        if place is None:
            raise OptionError(f"no savepoint or checkpoint of job {start.name} is to be found: name one with --from, or `submit` anew")
        console.print(f"from the {place.kind} of {place.at}: {place.path}")
        path = place.path
    if not start.compare(plan, path) and not despite_plan:
        raise OptionError("this build cannot go on from that state: resume with the build that wrote it, or see docs/upgrading.md")
    start.go(path)


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
    job = _live(rest, given["job_name"])
    plan = rest.plan(job.id)
    with interrupted("Flink goes on to complete the savepoint and then ends the job: `writethru flink status` tells"):
        path = rest.stop_with_savepoint(job.id, timeout, target(rest.configuration(), job.name))
    if plan is None or not keep_plan(path, plan):
        console.print(
            "its plan is not kept with the savepoint: `writethru plan --write FILE` with the build that ran stores it,"
            " `resume --plan FILE` compares with it"
        )
    console.print(f"stopped; savepoint {path}")


@command.command("cancel")
@directory
@url
@job_name
@reported
def cancel(**given: Any) -> None:
    """End the job at once. Its last checkpoint stays, and `resume` goes on from it; what came after is read again."""
    where = Where(given)
    job = _live(where.rest, given["job_name"])
    where.rest.cancel(job.id)
    try:
        place = newest(where.rest, job.name, where.started)
        console.print("cancelled; " + (f"last {place.kind} {place.path}" if place else "there is no checkpoint to go on from"))
    except Unclear as unclear:
        console.print(f"cancelled; {unclear}")


@command.command("status")
@directory
@url
@job_name
@reported
def status(**given: Any) -> None:
    """The cluster, the job, its checkpoints, and what failed last."""
    where = Where(given)
    rest = where.rest
    overview = rest.overview()
    slots = f"{overview['slots-available']} of {overview['slots-total']} slots free"
    console.print(f"Flink {overview['flink-version']} at {rest.url}: {overview['taskmanagers']} TaskManagers, {slots}")
    jobs = rest.jobs(given["job_name"])
    if not jobs:
        console.print(f"no job {given['job_name']}")
    for job in jobs:
        console.print(f"job {job.id}  {job.name}  {job.state}  {job.tasks['running']} of {job.tasks['total']} tasks  {moment(job.started)}")
        answer = rest.checkpoints(job.id)
        counts = answer["counts"]
        line = f"  checkpoints  {counts['completed']} complete, {counts['failed']} failed"
        if last := (answer.get("latest") or {}).get("completed"):
            size, took = f"{last['state_size'] / 1e6:.1f} MB", f"{last['end_to_end_duration']} ms"
            line += f"; last {moment(last['latest_ack_timestamp'])}, {size}, {took}"
        console.print(line)
        if failure := rest.failure(job.id):
            console.print(f"  failed last with  {failure}")
    try:
        if place := newest(rest, given["job_name"], where.started):
            console.print(f"resume goes on from the {place.kind} of {place.at}: {place.path}")
    except Unclear as unclear:
        console.print(str(unclear))
