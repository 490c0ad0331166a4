"""Kafka -> normalise -> chain -> thread -> Kafka on the local runner, beside a plain loop over the same functions, interleaved."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.corpus import COLLECTION, payloads
from tests.bench.worker import options
from writethru.kafka_connection import KafkaConnection
from writethru.local.broker import Broker
from writethru.local.player import play
from writethru.topics import create_topics, wire_topics


def run(count: int, path: Path = COLLECTION, rounds: int = 2) -> list[dict[str, Any]]:
    """Plays `count` items once, then lets both consumers read them in turn, `rounds` times."""
    topic = f"bench-{uuid.uuid4().hex[:8]}"
    with Broker() as broker:
        connection = KafkaConnection(broker.bootstrap)
        create_topics(connection, wire_topics(options(broker.bootstrap, topic, "x", "out")))
        play(connection, topic, ((value, key, (("content-type", b"application/json"),)) for value, key in payloads(count, path)))
        results = []
        for turn in range(rounds):
            for kind in ("plain", "beam"):
                command = [sys.executable, "-m", "tests.bench.worker", kind, broker.bootstrap, topic, f"{kind}-{turn}"]
                done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
                results.append(json.loads(done.stdout.splitlines()[-1]))
    return results


def show(results: list[dict[str, Any]], console: Console) -> None:
    table = Table("job", "records", "wall s", "records/s", "CPU s", "records/CPU-s", "µs CPU a record", "start CPU s", "peak MB")
    cost: dict[str, list[float]] = {}
    for one in results:
        micros = one["cpu"] / one["records"] * 1e6
        cost.setdefault(one["kind"], []).append(micros)
        table.add_row(
            one["kind"],
            f"{one['records']:,}",
            f"{one['wall']:.1f}",
            f"{one['records'] / one['wall']:,.0f}",
            f"{one['cpu']:.1f}",
            f"{one['records'] / one['cpu']:,.0f}",
            f"{micros:.0f}",
            f"{one['start_cpu']:.1f}",
            f"{one['peak_mb']:.0f}",
        )
    console.print(table)
    added = statistics.median(cost["beam"]) - statistics.median(cost["plain"])
    console.print(f"Beam adds {added:.0f} µs of CPU a record (medians of {len(cost['beam'])} interleaved runs)")
