"""`python -m tests.bench [throughput|latency|start|flink]…`: prints the tables the documents quote. N and INPUT as in the Makefile."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rich.console import Console

from tests.bench import flink, latency, start, throughput
from tests.bench.corpus import COLLECTION


def main(names: list[str]) -> None:
    console = Console(width=130, highlight=False)
    count = int(os.environ.get("N") or 50_000)
    path = Path(os.environ.get("INPUT") or COLLECTION)
    if not path.exists():
        sys.exit(f"{path} is not here: name a JSON Lines file of id, title, text with INPUT=FILE")
    for name in names or ["throughput", "latency", "start"]:  # Flink's takes ten minutes and is asked for
        console.rule(name)
        if name == "throughput":
            throughput.show(throughput.run(count, path), console)
        elif name == "latency":
            latency.show({sinks: latency.run(sinks, path=path) for sinks in ("kafka", "kafka,sql,files")}, console)
        elif name == "start":
            start.show(start.run(), console)
        elif name == "flink":
            flink.show(flink.run(count, path), console)
        else:
            sys.exit(f"no bench {name}: throughput, latency, start or flink")


if __name__ == "__main__":
    main(sys.argv[1:])
