"""What `writethru run` shows: a line that moves while it runs, and the summary at the end."""

from __future__ import annotations

import os
import shutil
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.live import Live
from rich.table import Table

from writethru.local.session import Session

FILES = ("articles", "stories", "threads", "dead_letters")
PLAIN_SECONDS = 5.0
"""Without a terminal a line this often, so that a log shows that it lives."""


def watcher(console: Console) -> Callable[[Session, threading.Event], None]:
    """Shows the session on `console` until the event is set."""

    def watch(session: Session, over: threading.Event) -> None:
        if not console.is_terminal:
            while not over.wait(PLAIN_SECONDS):
                console.print(_line(session))
            return
        with Live(_line(session), console=console, refresh_per_second=4, transient=True) as live:
            while not over.wait(0.25):
                live.update(_line(session))

    return watch


def _line(session: Session) -> str:
    now = session.snapshot()
    totals, latency = now["totals"], now["latency"]
    lag = now["lag"]["records"]
    parts = [
        f"{totals['received']:,} in",
        f"{totals['articles']:,} articles",
        f"{now['throughput']['out_rate']:,.0f}/s",
        f"p50 {_millis(latency['p50'])}",
        f"p99 {_millis(latency['p99'])}",
    ]
    if lag:
        parts.append(f"{lag:,} behind")
    if totals["dead_letters"]:
        parts.append(f"{totals['dead_letters']:,} dead letters")
    return " · ".join(parts)


def summary(console: Console, session: Session) -> None:
    """Counts, rates, and where the results lie, with one command to look at each."""
    totals = session.snapshot()
    options, out = session.options, Path(session.options.out)
    received, dead = totals["totals"]["received"], totals["reasons"]
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold")
    table.add_column()
    table.add_row("items in", f"{received:,}")
    if session.played is not None:
        figures = session.tally.figures()
        for name in ("articles", "stories", "versions", "threads", "kills", "embargoes"):
            table.add_row(name, f"{figures[name]:,}")
    else:
        for name in ("articles", "kills"):
            table.add_row(name, f"{totals['totals'][name]:,}")
        table.add_row("embargoes", f"{totals['totals']['embargoed']:,}")
    reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(dead.items(), key=lambda item: (-item[1], item[0])))
    table.add_row("dead letters", f"{sum(dead.values()):,}" + (f"  ({reasons})" if reasons else ""))
    if session.played is not None and figures["rate"] is not None:
        table.add_row("rate", f"{figures['rate']:,.0f} articles/s")
        table.add_row("latency", f"p50 {_millis(figures['p50'] * 1000)}, p99 {_millis(figures['p99'] * 1000)}")
    console.print()
    console.print(table)
    console.print()
    for name, command in places(session, out):
        console.print(f"  {name:<26} {command}", soft_wrap=True)
    if session.cluster_gone:
        console.print(f"\nThe embedded broker ended with the run; its topics were {', '.join(_topics(options))}.")


def places(session: Session, out: Path) -> list[tuple[str, str]]:
    """Where results lie, and a command that shows each."""
    found = []
    options, command = session.options, os.path.relpath(sys.argv[0]) if os.path.sep in sys.argv[0] else sys.argv[0]
    if "sql" in options.sinks and not options.sql_url:
        found.append((str(out / "wire.db"), _query(out / "wire.db", "select agency, action, headline from articles limit 10")))
    if "files" in options.sinks:
        found.extend((str(out / f"{name}.jsonl"), f"head -n 1 {out / name}.jsonl") for name in FILES)
    if not session.cluster_gone:
        found.append((f"{options.topic_articles} (Kafka)", f"{command} tail --bootstrap {options.bootstrap}"))
    found.append(("why", f"{command} explain --out {out} ID"))
    return found


def _query(database: Path, query: str) -> str:
    """A machine that has only Python may lack the sqlite3 shell."""
    if shutil.which("sqlite3"):
        return f'sqlite3 {database} "{query}"'
    return f"""python3 -c 'import sqlite3; print(*sqlite3.connect("{database}").execute("{query}"), sep="\\n")'"""


def _topics(options: Any) -> tuple[str, ...]:
    return options.topic_articles, options.topic_stories, options.topic_threads, options.topic_dead


def _millis(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f} ms" if value < 10_000 else f"{value / 1000:,.1f} s"
