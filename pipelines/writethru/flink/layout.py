"""A session cluster on one machine as files: where everything lies, and Flink's configuration for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a cluster consists of. Ports are on localhost; `heap_mb` is a TaskManager's task heap. A TaskManager has as many `slots` as
    Python workers, because a worker fills one core."""

    rest_port: int
    rpc_port: int
    pool_port: int
    metrics_port: int
    http_port: int
    taskmanagers: int = 1
    slots: int = 2
    heap_mb: int = 512

    @property
    def rest(self) -> str:
        return f"http://localhost:{self.rest_port}"

    @property
    def pool(self) -> str:
        return f"localhost:{self.pool_port}"


@dataclass(frozen=True, slots=True)
class Layout:
    """The directory of one cluster. `checkpoints`, `savepoints` and `started` outlive it; `tmp` is removed when it ends."""

    root: Path

    @property
    def conf(self) -> Path:
        return self.root / "conf"

    @property
    def logs(self) -> Path:
        return self.root / "log"

    @property
    def tmp(self) -> Path:
        return self.root / "tmp"

    @property
    def checkpoints(self) -> Path:
        return self.root / "checkpoints"

    @property
    def savepoints(self) -> Path:
        return self.root / "savepoints"

    @property
    def environment(self) -> Path:
        """The options of the workers, as JSON; readable by its owner alone."""
        return self.root / "worker.json"

    @property
    def lock(self) -> Path:
        """Held as long as the cluster runs."""
        return self.root / "cluster.lock"

    @property
    def state(self) -> Path:
        """The `Shape` of the running cluster."""
        return self.root / "cluster.json"

    @property
    def started(self) -> Path:
        """Whose the checkpoints are: Flink names them after the job's id, and a new JobManager has forgotten the names."""
        return self.root / "jobs.json"

    def jobs(self) -> dict[str, str]:
        """The jobs that were started here: id -> name."""
        return orjson.loads(self.started.read_bytes()) if self.started.exists() else {}

    def remember_jobs(self, names: Mapping[str, str]) -> None:
        temporary = self.started.with_suffix(".new")
        temporary.write_bytes(orjson.dumps(self.jobs() | dict(names), option=orjson.OPT_INDENT_2))
        temporary.replace(self.started)

    def shape(self) -> Shape:
        return Shape(**orjson.loads(self.state.read_bytes()))

    def remember(self, shape: Shape) -> None:
        self.state.write_bytes(orjson.dumps(asdict(shape), option=orjson.OPT_INDENT_2))


LOG4J = """\
rootLogger.level = INFO
rootLogger.appenderRef.file.ref = file
appender.file.name = file
appender.file.type = RollingFile
appender.file.fileName = ${sys:log.file}
appender.file.filePattern = ${sys:log.file}.%i
appender.file.layout.type = PatternLayout
appender.file.layout.pattern = %d{ISO8601} %-5p %c{1} - %m%n
appender.file.policies.type = Policies
appender.file.policies.size.type = SizeBasedTriggeringPolicy
appender.file.policies.size.size = 50MB
appender.file.strategy.type = DefaultRolloverStrategy
appender.file.strategy.max = 3
"""


def configuration(layout: Layout, shape: Shape) -> dict[str, str]:
    """Flink's options. A TaskManager that is started without Flink's scripts is told every part of its memory."""
    return {
        "jobmanager.rpc.address": "localhost",
        "jobmanager.rpc.port": str(shape.rpc_port),
        "jobmanager.bind-host": "localhost",
        "rest.address": "localhost",
        "rest.bind-address": "localhost",
        "rest.port": str(shape.rest_port),
        # Jobs come from Beam's job server; the web page is for looking.
        "web.submit.enable": "false",
        "taskmanager.host": "localhost",
        "taskmanager.bind-host": "localhost",
        "taskmanager.numberOfTaskSlots": str(shape.slots),
        "taskmanager.cpu.cores": str(float(shape.slots)),
        "taskmanager.memory.task.heap.size": f"{shape.heap_mb}mb",
        "taskmanager.memory.task.off-heap.size": "0b",
        "taskmanager.memory.framework.heap.size": "128mb",
        "taskmanager.memory.framework.off-heap.size": "128mb",
        "taskmanager.memory.network.min": "64mb",
        "taskmanager.memory.network.max": "64mb",
        "taskmanager.memory.managed.size": "0b",
        "taskmanager.memory.jvm-metaspace.size": "256mb",
        "taskmanager.memory.jvm-overhead.min": "192mb",
        "taskmanager.memory.jvm-overhead.max": "192mb",
        "state.checkpoints.dir": f"file://{layout.checkpoints}",
        "state.savepoints.dir": f"file://{layout.savepoints}",
        "execution.checkpointing.dir": f"file://{layout.checkpoints}",
        "execution.checkpointing.savepoint-dir": f"file://{layout.savepoints}",
        # On the heap: Beam's job servers before 2.76 leave a state behind at every pause of a source, and RocksDB makes a column family
        # of each (an idle job took a whole core after a quarter of an hour). A cluster of days, not of a test, takes RocksDB.
        "state.backend.type": "hashmap",
        "state.checkpoints.num-retained": "2",
        # A process that was killed is missed within this; the default of 50 s is for networks that stall.
        "heartbeat.interval": "1000",
        "heartbeat.timeout": "6000",
        # A worker that is gone is started anew at once; one that dies again and again is waited for longer and longer.
        "restart-strategy.type": "exponential-delay",
        "restart-strategy.exponential-delay.initial-backoff": "500 ms",
        "restart-strategy.exponential-delay.max-backoff": "30 s",
        "restart-strategy.exponential-delay.jitter-factor": "0",
        # Under a backlog a barrier waits for all that lies in the buffers: no more than a second's worth shall.
        "taskmanager.network.memory.buffer-debloat.enabled": "true",
        "metrics.reporters": "prom",
        "metrics.reporter.prom.factory.class": "org.apache.flink.metrics.prometheus.PrometheusReporterFactory",
        "metrics.reporter.prom.port": f"{shape.metrics_port}-{shape.metrics_port + 20}",
    }


def write(layout: Layout, shape: Shape) -> None:
    """Makes the directories and the configuration."""
    for directory in (layout.conf, layout.logs, layout.tmp, layout.checkpoints, layout.savepoints):
        directory.mkdir(parents=True, exist_ok=True)
    lines = (f"{name}: {value}\n" for name, value in configuration(layout, shape).items())
    (layout.conf / "config.yaml").write_text("".join(lines))
    (layout.conf / "log4j.properties").write_text(LOG4J)
    layout.remember(shape)
