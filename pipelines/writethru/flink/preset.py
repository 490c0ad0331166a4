"""How a job runs on Flink: the flags of Beam's Flink runner, each with its reason, and what would lose data, refused."""

from __future__ import annotations

import json
from dataclasses import dataclass

from writethru.options import OptionError, Options
from writethru.sinks import SinkFailed
from writethru.sinks.sql_engine import url_of

MAX_PARALLELISM = 128
"""Key groups. Fixed for the life of a job's state: another number cannot read a savepoint."""
ENVIRONMENTS = ("EXTERNAL", "PROCESS")
SOURCE = {"poll_wait": 0.02, "poll_linger": 0.04, "bundle_batches": 1}
"""Options of the source where none are given: the shards of a worker wait in turn, so that each empty poll keeps the others waiting, and a
checkpoint waits for what one go has read."""
SINKS = ("kafka",)
"""Where none are named: the one sink that needs nothing more than the brokers."""
DEFAULTS = SOURCE | {"sinks": SINKS}
UNLISTED = ("runner", "stop", "partitions", "out")
"""Options of a job that say nothing on a cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """How much of the cluster a job takes. `checkpoint_interval` in seconds; `workers` is Python workers a TaskManager; `environment`
    is `EXTERNAL=HOST:PORT`, the worker pool beside each TaskManager, or `PROCESS=COMMAND`, the boot on each TaskManager's own machine.

    Raises OptionError where output or state could be lost.
    """

    environment: str
    parallelism: int = 1
    workers: int = 1
    checkpoint_interval: float = 10.0
    max_bundle_size: int = 5000
    max_bundle_millis: int = 10

    def __post_init__(self) -> None:
        kind, _, where = self.environment.partition("=")
        if kind not in ENVIRONMENTS or not where:
            raise OptionError(
                f"--environment {self.environment}: expected EXTERNAL=HOST:PORT (a worker pool beside each TaskManager) or"
                " PROCESS=COMMAND; DOCKER needs a Docker daemon beside Flink, LOOPBACK workers end with this client"
            )
        if not 0.1 <= self.checkpoint_interval <= 3600:
            raise OptionError(
                f"--checkpoint-interval {self.checkpoint_interval:g}: expected 0.1 to 3600 seconds; without checkpoints nothing is ever"
                " finalised: no offset is committed and a failure starts from nothing"
            )
        if not 1 <= self.parallelism <= MAX_PARALLELISM:
            raise OptionError(f"--parallelism takes 1 to {MAX_PARALLELISM}, not {self.parallelism}")
        if self.workers < 1:
            raise OptionError(f"--workers takes a number above 0, not {self.workers}")

    def flags(self, name: str, savepoint: str | None = None) -> list[str]:
        """Flags of Beam's portable and Flink runners. `savepoint` is the path of a savepoint or checkpoint to go on from."""
        kind, _, where = self.environment.partition("=")
        config = where if kind == "EXTERNAL" else json.dumps({"command": where})
        found = [
            "--streaming",
            f"--job_name={name}",
            f"--environment_type={kind}",
            f"--environment_config={config}",
            f"--parallelism={self.parallelism}",
            f"--max_parallelism={MAX_PARALLELISM}",
            f"--sdk_worker_parallelism={self.workers}",
            f"--checkpointing_interval={round(self.checkpoint_interval * 1000)}",
            "--externalized_checkpoints_enabled=true",
            "--retain_externalized_checkpoints_on_cancellation=true",
            # What waits meanwhile makes the next bundle larger. Each of the job's three stages adds this to a quiet feed's latency; at 5 ms
            # the JVM takes half as much CPU again a record as at 20.
            f"--max_bundle_size={self.max_bundle_size}",
            f"--max_bundle_time_mills={self.max_bundle_millis}",
            # Else what an open bundle puts out while a checkpoint is taken is kept in the checkpoint and sent on after it: offsets would
            # be committed before the sinks hold the records (seen: 10 of 500 articles missing beside committed offsets).
            "--finish_bundle_before_checkpointing=true",
            # Beam gives its impulse no uid; Flink then derives one from how operators are chained, which parallelism 1 and 2 do
            # differently: "operator is not available in the new program" at the first rescale. Nothing else here could be chained.
            "--operator_chaining=false",
            # The state cache would measure every module's globals at each access, and a batch here reads nothing.
            "--max_cache_memory_usage_mb=0",
            # A worker ends with the last task of its job, so that the next attempt has no old index, consumer or sink in its way.
            "--environment_cache_millis=0",
        ]
        if savepoint is not None:
            found.append(f"--savepoint_path={savepoint}")
        return found


def refuse_local(options: Options) -> None:
    """Raises OptionError on what only one machine could use: workers are several, on several machines."""
    if "files" in options.sinks:
        raise OptionError("--sinks files: every worker would write files of its own; on a cluster use kafka, sql or bigquery")
    if "sql" in options.sinks and _backend(options) == "sqlite":
        raise OptionError("--sinks sql: SQLite is one machine's; on a cluster give a PostgreSQL --sql-url (WRITETHRU_SQL_URL)")
    if options.stop != "never":
        raise OptionError("--stop end: a job on a cluster goes on until it is stopped; read to an end with `writethru run`")
    if not options.bootstrap:
        raise OptionError("no brokers are named: give --bootstrap HOST:PORT, or set KAFKA_BOOTSTRAP")


def _backend(options: Options) -> str:
    try:
        return str(url_of(options.database_url).get_backend_name())
    except SinkFailed as error:
        raise OptionError(f"--sql-url: {error}") from error
