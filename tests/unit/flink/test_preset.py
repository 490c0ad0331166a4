"""How a job is told to run: what is refused, and that Beam reads the flags as they are meant."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from apache_beam.options.pipeline_options import (
    DebugOptions,
    GoogleCloudOptions,
    PipelineOptions,
    PortableOptions,
    StandardOptions,
    WorkerOptions,
)

from writethru.flink.preset import Preset, refuse_local
from writethru.flink.runner_options import FlinkJobOptions
from writethru.options import OptionError, Options

POOL = "EXTERNAL=localhost:50000"
CLUSTER = Options(bootstrap="kafka.example:9092", sinks=("kafka",))


@pytest.mark.parametrize(
    "environment", ["", "EXTERNAL", "EXTERNAL=", "DOCKER=image:1", "LOOPBACK=x", "external=localhost:1", "localhost:50000"]
)
def test_an_environment_that_loses_its_workers_is_refused(environment: str) -> None:
    with pytest.raises(
        OptionError, match=re.escape(f"--environment {environment}: expected EXTERNAL=HOST:PORT") + ".*DOCKER needs.*LOOPBACK"
    ):
        Preset(environment=environment)


@pytest.mark.parametrize("seconds", [0, -1, 0.09, 3601, float("nan"), float("inf")])
def test_a_job_without_checkpoints_is_refused(seconds: float) -> None:
    with pytest.raises(OptionError, match=f"--checkpoint-interval {seconds:g}: expected 0.1 to 3600 seconds; without checkpoints"):
        Preset(environment=POOL, checkpoint_interval=seconds)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"parallelism": 0}, "--parallelism takes 1 to 128, not 0"),
        ({"parallelism": 129}, "--parallelism takes 1 to 128, not 129"),
        ({"workers": 0}, "--workers takes a number above 0, not 0"),
        ({"workers": -2}, "--workers takes a number above 0, not -2"),
    ],
)
def test_numbers_out_of_range_are_refused(given: dict[str, Any], told: str) -> None:
    with pytest.raises(OptionError, match=f"^{told}$"):
        Preset(environment=POOL, **given)


def test_the_edges_are_taken() -> None:
    Preset(environment=POOL, parallelism=128, workers=1, checkpoint_interval=0.1)
    Preset(environment=POOL, parallelism=1, workers=64, checkpoint_interval=3600)


def test_flags_of_a_job_beside_a_pool() -> None:
    flags = Preset(environment=POOL, parallelism=2, workers=3, checkpoint_interval=2.5).flags("night desk")
    assert {flag for flag in flags if not flag.startswith("--max_bundle")} == {
        "--streaming",
        "--job_name=night desk",
        "--environment_type=EXTERNAL",
        "--environment_config=localhost:50000",
        "--parallelism=2",
        "--max_parallelism=128",
        "--sdk_worker_parallelism=3",
        "--checkpointing_interval=2500",
        "--externalized_checkpoints_enabled=true",
        "--retain_externalized_checkpoints_on_cancellation=true",
        "--finish_bundle_before_checkpointing=true",
        "--operator_chaining=false",
        "--max_cache_memory_usage_mb=0",
        "--environment_cache_millis=0",
    }


def test_flags_of_a_job_whose_taskmanagers_boot_their_workers() -> None:
    flags = Preset(environment="PROCESS=/opt/writethru/bin/writethru-worker").flags("writethru")
    assert "--environment_type=PROCESS" in flags
    (config,) = [flag.partition("=")[2] for flag in flags if flag.startswith("--environment_config=")]
    assert json.loads(config) == {"command": "/opt/writethru/bin/writethru-worker"}


def test_a_savepoint_is_named_only_where_there_is_one() -> None:
    preset = Preset(environment=POOL)
    assert not [flag for flag in preset.flags("writethru") if "savepoint" in flag]
    assert preset.flags("writethru", "s3://state/savepoint-1=2")[-1] == "--savepoint_path=s3://state/savepoint-1=2"


def test_beam_reads_every_flag_with_its_type() -> None:
    preset = Preset(
        environment="EXTERNAL=localhost:1=2", parallelism=2, workers=2, checkpoint_interval=10, max_bundle_size=7, max_bundle_millis=9
    )
    chosen = PipelineOptions(preset.flags("desk", "file:///s/savepoint-1"))
    job = chosen.view_as(FlinkJobOptions)
    assert (job.operator_chaining, job.finish_bundle_before_checkpointing) == (False, True)
    assert (job.externalized_checkpoints_enabled, job.retain_externalized_checkpoints_on_cancellation) == (True, True)
    assert (job.checkpointing_interval, job.max_bundle_size, job.max_bundle_time_mills) == (10_000, 7, 9)
    assert (job.savepoint_path, job.writethru_plan) == ("file:///s/savepoint-1", None)
    portable = chosen.view_as(PortableOptions)
    assert (portable.environment_type, portable.environment_config) == ("EXTERNAL", "localhost:1=2")
    assert portable.sdk_worker_parallelism == "2", "Beam itself gives it no type"
    assert chosen.view_as(StandardOptions).streaming is True
    assert chosen.view_as(GoogleCloudOptions).job_name == "desk"
    assert chosen.view_as(WorkerOptions).max_cache_memory_usage_mb == 0
    assert chosen.view_as(DebugOptions).experiments is None


def test_the_parallelism_reaches_the_job_server() -> None:
    """Beam's Python SDK does not know these two either; they go to the job server as they are."""
    told = PipelineOptions(Preset(environment=POOL, parallelism=2).flags("desk")).get_all_options(retain_unknown_options=True)
    assert (told["parallelism"], told["max_parallelism"]) == (2, 128)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (Options(bootstrap="k:9092", sinks=("kafka", "files")), "--sinks files: every worker would write files of its own"),
        (Options(bootstrap="k:9092", sinks=("sql",)), "--sinks sql: SQLite is one machine's"),
        (Options(bootstrap="k:9092", sinks=("sql",), sql_url="sqlite:////srv/wire.db"), "--sinks sql: SQLite is one machine's"),
        (Options(bootstrap="k:9092", sinks=("kafka",), stop="end"), "--stop end: a job on a cluster goes on until it is stopped"),
        (Options(sinks=("kafka",)), "no brokers are named: give --bootstrap HOST:PORT, or set KAFKA_BOOTSTRAP"),
    ],
)
def test_what_only_one_machine_could_use_is_refused(options: Options, told: str) -> None:
    with pytest.raises(OptionError, match=f"^{told}"):
        refuse_local(options)


@pytest.mark.parametrize("url", ["postgresql://u:p@db/wires", "postgresql+psycopg://db/wires"])
def test_what_several_machines_can_use_is_taken(url: str) -> None:
    refuse_local(CLUSTER)
    refuse_local(Options(bootstrap="k:9092", sinks=("kafka", "sql", "bigquery"), sql_url=url, bigquery_dataset="p.d"))
