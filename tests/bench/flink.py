"""The pipeline on a real Flink beside the local runner: a backlog at parallelism 1 and 2, latency, checkpoints, memory.

A job is started on an empty topic and left until it is quiet; then its CPU is taken, the wire is played, and its CPU taken again when all
is committed. So neither start-up nor the playing counts. The workers' metrics tell what each step took.
"""

from __future__ import annotations

import os
import re
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from kafka import KafkaConsumer
from rich.console import Console
from rich.table import Table

from tests.bench.worker import options
from tests.integration.flink.engine import engine
from tests.integration.flink.kit import Flink, until
from tests.wireload.collection import COLLECTION, variants
from writethru.kafka_connection import KafkaConnection
from writethru.local.broker import Broker
from writethru.local.player import play
from writethru.options import Options
from writethru.sources.kafka import committed
from writethru.topics import create_topics, wire_topics

STEPS = ("decode", "normalise", "chain", "thread")
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Figures:
    """CPU in seconds, memory in MB, `steps` in seconds of the workers' own clocks."""

    kind: str
    records: int
    wall: float
    python: float
    jvm: float
    steps: dict[str, float] = field(default_factory=dict)
    memory: dict[str, list[int]] = field(default_factory=dict)
    checkpoint: str = ""


def cpu(pids: list[int]) -> float:
    total = 0
    for pid in pids:
        spent = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(spent[11]) + int(spent[12])
    return total / TICK


def resident(pids: list[int]) -> list[int]:
    """MB."""
    found = (re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in pids)
    return [int(match[1]) // 1024 for match in found if match]


def steps(flink: Flink, workers: int) -> Counter[str]:
    """Seconds that each step has taken, all workers together."""
    spent: Counter[str] = Counter()
    for port in range(flink.cluster.shape.http_port, flink.cluster.shape.http_port + workers):
        told = urlopen(f"http://localhost:{port}/metrics", timeout=5).read().decode()
        for step, seconds in re.findall(r'^writethru_step_seconds_sum\{step="(\w+)"\} (\S+)', told, re.MULTILINE):
            spent[step] += float(seconds)
    return spent


def chosen(bootstrap: str, topic: str, name: str) -> Options:
    base = options(bootstrap, topic, name, "out")
    return Options(**{slot: getattr(base, slot) for slot in base.__slots__} | {"stop": "never", "splits": 4, "group": name})


def backlog(flink: Flink, broker: Broker, parallelism: int, count: int, path: Path) -> Figures:
    name = f"flink-{parallelism}-{int(time.time())}"
    connection, wanted = broker.connection, chosen(broker.bootstrap, name, name)
    create_topics(connection, wire_topics(wanted))
    job = flink.submit(name, wanted, "--parallelism", str(parallelism))
    until(lambda: flink.completed(job) >= 2, 60, flink.logs)
    workers, manager = flink.processes("writethru-worker"), flink.processes("TaskManagerRunner")
    before, jvm, told = cpu(workers), cpu(manager), steps(flink, len(workers))
    begun = time.monotonic()
    played = play(connection, name, ((value, key, headers) for key, value, headers in variants(count, path)))
    until(lambda: held(connection, name, played.ends) == count, 60 + count / 100, flink.logs)
    wall = time.monotonic() - begun
    found = Figures(f"Flink, parallelism {parallelism}", count, wall, cpu(workers) - before, cpu(manager) - jvm)
    found.steps = {step: seconds - told[step] for step, seconds in steps(flink, len(workers)).items() if step in STEPS}
    number = flink.completed(job)
    until(lambda: flink.completed(job) > number + 2, 30, flink.logs)
    found.memory = {
        "Python worker": resident(workers),
        "TaskManager": resident(manager),
        "JobManager": resident(flink.processes("StandaloneSessionClusterEntrypoint")),
        "pool": resident(flink.processes("writethru.flink.pool")),
    }
    last = flink.rest.checkpoints(job.id)["latest"]["completed"]
    found.checkpoint = f"{last['state_size'] / 1e6:.0f} MB in {last['end_to_end_duration']} ms"
    flink.call("cancel", "--job-name", name)
    return found


def held(connection: KafkaConnection, group: str, ends: Any) -> int:
    return sum(committed(connection, group, ends).values())


def latency(flink: Flink, broker: Broker, path: Path, rate: float = 200.0, seconds: int = 30) -> list[float]:
    """ms from the input's Kafka timestamp until a consumer of the article topic has the record; the first 5 s are left out."""
    name = f"flink-latency-{int(time.time())}"
    connection, wanted = broker.connection, chosen(broker.bootstrap, name, name)
    create_topics(connection, wire_topics(wanted))
    job = flink.submit(name, wanted, "--parallelism", "2")
    until(lambda: flink.completed(job) >= 2, 60, flink.logs)
    taken: list[tuple[float, float]] = []
    over = threading.Event()

    def read() -> None:
        consumer = KafkaConsumer(wanted.topic_articles, **connection.client_options(), auto_offset_reset="earliest", fetch_max_wait_ms=5)
        while not over.is_set():
            for batch in consumer.poll(timeout_ms=50).values():
                now = time.time() * 1000
                for record in batch:
                    stamp = re.search(rb'"timestamp":(\d+)', record.value)
                    if stamp:
                        taken.append((float(stamp[1]), now - float(stamp[1])))
        consumer.close()

    reader = threading.Thread(target=read)
    reader.start()
    count = int(rate * seconds)
    played = play(connection, name, ((value, key, headers) for key, value, headers in variants(count, path)), rate=rate)
    until(lambda: held(connection, name, played.ends) == count, 60, flink.logs)
    over.set()
    reader.join()
    flink.call("cancel", "--job-name", name)
    first = min(stamp for stamp, _ in taken)
    return sorted(late for stamp, late in taken if stamp > first + 5000)


def run(count: int, path: Path = COLLECTION) -> tuple[list[Figures], list[float], str]:
    with tempfile.TemporaryDirectory(prefix="writethru-bench-") as room, Broker() as broker:
        flink = Flink(Path(room) / "cluster", engine())
        flink.call("up", "--slots", "2", "--heap", "1024")
        try:
            waits = latency(flink, broker, path)
            figures = [local(broker, count, path), *(backlog(flink, broker, parallelism, count, path) for parallelism in (1, 2))]
        finally:
            flink.call("down")
    return figures, waits, engine().told


def local(broker: Broker, count: int, path: Path) -> Figures:
    """The local runner over the same wire, by the bench of the main job."""
    import json
    import subprocess
    import sys

    topic = f"local-{int(time.time())}"
    create_topics(broker.connection, wire_topics(options(broker.bootstrap, topic, "x", "out")))
    play(broker.connection, topic, ((value, key, headers) for key, value, headers in variants(count, path)))
    command = [sys.executable, "-m", "tests.bench.worker", "beam", broker.bootstrap, topic, "local"]
    done = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.splitlines()[-1])
    return Figures("local runner", done["records"], done["wall"], done["cpu"], 0.0, memory={"Python": [round(done["peak_mb"])]})


def show(found: tuple[list[Figures], list[float], str], console: Console) -> None:
    figures, waits, told = found
    console.print(told)
    table = Table("job", "records", "wall s", "records/s", "Python µs", "JVM µs", *(f"{step} µs" for step in STEPS), "last checkpoint")
    for one in figures:
        each = 1e6 / one.records
        table.add_row(
            one.kind,
            f"{one.records:,}",
            f"{one.wall:.0f}",
            f"{one.records / one.wall:,.0f}",
            f"{one.python * each:.0f}",
            f"{one.jvm * each:.0f}" if one.jvm else "-",
            *(f"{one.steps[step] * each:.0f}" if step in one.steps else "-" for step in STEPS),
            one.checkpoint or "-",
        )
    console.print(table)
    base, first, second = (one.python / one.records for one in figures)
    console.print(f"Python CPU a record: {first / base:.2f} of the local runner's at parallelism 1, {second / first:.2f} of that at 2")
    for one in figures:
        console.print(f"memory, {one.kind}: " + "; ".join(f"{part} {' + '.join(map(str, mb))} MB" for part, mb in one.memory.items()))
    at = [waits[min(len(waits) - 1, len(waits) * share // 100)] for share in (50, 90, 99)]
    console.print(f"latency at 200/s, {len(waits):,} articles: p50 {at[0]:.0f}, p90 {at[1]:.0f}, p99 {at[2]:.0f} ms")
