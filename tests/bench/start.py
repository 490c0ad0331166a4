"""`make run` from an empty copy: with cold caches, and again."""

from __future__ import annotations

import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.acceptance.test_make_run import Copy


def run() -> list[tuple[str, float]]:
    """(caches, seconds): from `make run` to its summary, the sample day of 260 messages at 100 a second included."""
    with tempfile.TemporaryDirectory(prefix="writethru-bench-") as folder:
        copy = Copy(Path(folder))
        return [(name, copy.make("run")[1]) for name in ("cold", "warm", "warm")]


def show(results: list[tuple[str, float]], console: Console) -> None:
    table = Table("make run", "seconds")
    for name, seconds in results:
        table.add_row(name, f"{seconds:.1f}")
    console.print(table)
