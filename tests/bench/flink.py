"""The pipeline on a real Flink beside the local runner: a backlog at parallelism 1 and 2, latency, checkpoints, memory.

A job is started on an empty topic and left until it is quiet; then its CPU is taken, the wire is played, and its CPU taken again when all
is committed. So neither start-up nor the playing counts. The workers' metrics tell what each step took.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.request import urlopen

from rich.console import Console
from rich.table import Table

from tests.bench.latency import arrivals, send, stamped
from tests.bench.worker import options
from tests.integration.flink.engine import engine
from tests.integration.flink.kit import Flink, until
from tests.wireload.collection import COLLECTION, variants
from writethru.local.broker import Broker
from writethru.local.player import play
from writethru.options import Options
from writethru.sources.kafka import wait_until_committed
from writethru.topics import create_topics, wire_topics

STEPS = ("decode", "normalise", "chain", "thread")
WARM_UP = 60.0
"""Seconds of the wire left out of the latency: Java's compiler takes a tenth of a core in the first minute."""
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Figures:
    """CPU in seconds (`manager`: of the TaskManager), memory in MB, `steps` in seconds of the workers' own clocks."""

    kind: str
    records: int
    wall: float
    python: float
    manager: float
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
    return replace(base, stop="never", splits=4, group=name)


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
    if not wait_until_committed(connection, name, played.ends, given_up(60 + count / 100)):
        raise RuntimeError(f"{count} records are not committed after {60 + count / 100:.0f} s\n{flink.logs()}")
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


def given_up(seconds: float) -> threading.Event:
    over = threading.Event()
    timer = threading.Timer(seconds, over.set)
    timer.daemon = True
    timer.start()
    return over


def latency(flink: Flink, broker: Broker, path: Path, rate: float = 200.0, seconds: float = 60.0) -> list[float]:
    """ms from the timestamp of a payload to that of its record in the article topic, sorted, after the warm-up."""
    name = f"flink-latency-{int(time.time())}"
    connection, wanted = broker.connection, replace(chosen(broker.bootstrap, name, name), splits=2)
    create_topics(connection, stamped(wanted))
    total = int(rate * (WARM_UP + seconds))
    items = [(value, key) for key, value, _ in variants(total, path)]
    job = flink.submit(name, wanted, "--parallelism", "2", "--checkpoint-interval", "10")
    until(lambda: flink.completed(job) >= 1, 60, flink.logs)
    began = send(connection, name, items, rate)
    found = arrivals(connection, wanted.topic_articles, total, began + int(WARM_UP * 1000), flink.logs)
    flink.call("cancel", "--job-name", name)
    return sorted(found)


def run(count: int, path: Path = COLLECTION) -> tuple[list[Figures], list[float], str]:
    with tempfile.TemporaryDirectory(prefix="writethru-bench-") as room, Broker() as broker:
        flink = Flink(Path(room), engine())
        flink.call("up", "--slots", "2", "--heap", "1024")
        try:
            waits = latency(flink, broker, path)
            figures = [local(broker, count, path), *(backlog(flink, broker, parallelism, count, path) for parallelism in (1, 2))]
        finally:
            flink.call("down")
    return figures, waits, engine().told


def local(broker: Broker, count: int, path: Path) -> Figures:
    """The local runner over the same wire, by the bench of the main job."""
    topic = f"local-{int(time.time())}"
    create_topics(broker.connection, wire_topics(options(broker.bootstrap, topic, "x", "out")))
    play(broker.connection, topic, ((value, key, headers) for key, value, headers in variants(count, path)))
    command = [sys.executable, "-m", "tests.bench.worker", "beam", broker.bootstrap, topic, "local"]
    done = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.splitlines()[-1])
    return Figures("local runner", done["records"], done["wall"], done["cpu"], 0.0, memory={"Python": [round(done["peak_mb"])]})


def show(found: tuple[list[Figures], list[float], str], console: Console) -> None:
    figures, waits, told = found
    console.print(told)
    table = Table(
        "job", "records", "wall s", "records/s", "Python µs", "TaskManager µs", *(f"{step} µs" for step in STEPS), "last checkpoint"
    )
    for one in figures:
        each = 1e6 / one.records
        table.add_row(
            one.kind,
            f"{one.records:,}",
            f"{one.wall:.0f}",
            f"{one.records / one.wall:,.0f}",
            f"{one.python * each:.0f}",
            f"{one.manager * each:.0f}" if one.manager else "-",
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
