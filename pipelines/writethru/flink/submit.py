"""From options to a job that runs on a cluster."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from writethru import plan
from writethru.flink.preset import Preset, refuse_local
from writethru.flink.rest import FlinkRefused, FlinkUnreachable, Job, NotRunning, Rest
from writethru.flink.savepoints import DIRECTORIES
from writethru.options import OptionError, Options, environment_of

RUNS_WITHIN = 120.0
IN_MEMORY = (
    "the cluster keeps checkpoints in the JobManager's memory: set execution.checkpointing.dir (before Flink 2: state.checkpoints.dir)"
)


def check(rest: Rest, options: Options) -> None:
    """Raises OptionError where the job could lose data there; FlinkUnreachable."""
    refuse_local(options)
    settings = rest.configuration()
    if not any(settings.get(key) for key in DIRECTORIES["checkpoint"]):
        raise OptionError(IN_MEMORY)


def refuse_running(rest: Rest, name: str) -> None:
    """Raises OptionError where the job runs there already; FlinkUnreachable."""
    for job in rest.jobs(name):
        if job.live:
            raise OptionError(f"job {name} runs already as {job.id}: end it with `writethru flink stop`, or choose another --job-name")


def submit(
    rest: Rest,
    server: Callable[[], AbstractContextManager[str]],
    name: str,
    options: Options,
    preset: Preset,
    savepoint: str | None = None,
    workers: Path | None = None,
) -> Job:
    """Builds the graph, hands it over, and returns when the job has all its workers. `server` opens a job server; `workers` is the file
    from which workers of this machine take the options. It changes with the job alone: of a job that is not taken nothing stays in it.

    Raises what `pipeline.build` raises, `NotRunning`, `NoJobServer`, `FlinkUnreachable`.
    """
    import apache_beam as beam
    from apache_beam.options.pipeline_options import PipelineOptions
    from apache_beam.runners.portability.portable_runner import PortableRunner

    from writethru.flink.runner_options import FlinkJobOptions
    from writethru.pipeline import build

    earlier = {job.id for job in rest.jobs(name)}
    former = workers.read_bytes() if workers and workers.exists() else None
    try:
        with server() as endpoint:
            flags = [*preset.flags(name, savepoint), f"--job_endpoint={endpoint}"]
            chosen = PipelineOptions(flags)
            chosen.view_as(FlinkJobOptions).writethru_plan = plan.of(options).to_json().decode()
            pipeline = beam.Pipeline(runner=PortableRunner(), options=chosen)
            build(pipeline, options, on_flink=True)
            if workers:
                hand_to_workers(workers, options)
            return _until_running(rest, name, earlier, pipeline.run())
    finally:
        # Asked once the job server has ended: until then it may hand the job over, whatever became of the call.
        if workers and not _may_live(rest, name, earlier):
            put_back(workers, former)


def _may_live(rest: Rest, name: str, earlier: set[str]) -> bool:
    """Whether a job of that name, none of the `earlier` ones, lives on the cluster. Where the cluster does not tell, it may: such a cluster
    is made for one job, so that the options before are those of that job's former life, of which nothing runs any more."""
    try:
        return any(job.live for job in rest.jobs(name) if job.id not in earlier)
    except (FlinkRefused, FlinkUnreachable):
        return True


def _until_running(rest: Rest, name: str, earlier: set[str], result: Any) -> Job:
    end = time.monotonic() + RUNS_WITHIN
    failure = ""
    while time.monotonic() < end:
        if result.state in ("FAILED", "CANCELLED"):
            raise NotRunning(f"Beam's job server refused job {name}: {_messages(result)}")
        for job in rest.jobs(name):
            if job.id in earlier:
                continue
            if job.working:
                return job
            failure = rest.failure(job.id) or failure
            if not job.live:
                raise NotRunning(f"job {name} ({job.id}) is {job.state}: {failure}")
        time.sleep(0.2)
    raise NotRunning(f"job {name} does not run after {RUNS_WITHIN:.0f} s: {failure or 'no task has a worker yet: are there enough slots?'}")


def _messages(result: Any) -> str:
    return next((str(message) for message in reversed(list(getattr(result, "_messages", [])))), "no reason given")


def hand_to_workers(path: Path, options: Options) -> None:
    """Writes the options where the workers of this machine find them, for their owner's eyes alone: secrets are among them."""
    put_back(path, json.dumps(environment_of(options)).encode())


def put_back(path: Path, content: bytes | None) -> None:
    """Workers that start meanwhile read the one or the other. None is no file."""
    if content is None:
        path.unlink(missing_ok=True)
        return
    temporary = path.with_suffix(".new")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    temporary.replace(path)
