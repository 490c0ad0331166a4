"""`python -m tests.bench [throughput|latency|start|flink|formats|pairs]…`: prints the tables the documents quote.

N and INPUT are as in the Makefile. `python -m tests.bench marks FILE…` checks labelled marks, `python -m tests.bench scale [LIVE]…` tells
what a growing window costs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rich.console import Console

from tests.bench import flink, formats, latency, marks, pairs, scale, start, throughput
from tests.bench.corpus import COLLECTION


def main(names: list[str]) -> None:
    console = Console(width=130, highlight=False)
    if names[:1] == ["marks"]:
        for file in [Path(name) for name in names[1:]] or [marks.OWN]:
            marks.show(file.name, marks.run(marks.rows(file)), console)
        return
    count = int(os.environ.get("N") or 50_000)
    path = Path(os.environ.get("INPUT") or COLLECTION)
    if not path.exists():
        sys.exit(f"{path} is not here: name a JSON Lines file of id, title, text with INPUT=FILE")
    if names[:1] == ["scale"]:
        scale.show(scale.run([int(name.replace(",", "")) for name in names[1:]] or scale.LIVE, path), console)
        return
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
        elif name == "formats":
            formats.show(console)
        elif name == "pairs":
            pairs.show(pairs.run(), console)
        else:
            sys.exit(f"no bench {name}: throughput, latency, start, flink, formats or pairs")


if __name__ == "__main__":
    main(sys.argv[1:])
