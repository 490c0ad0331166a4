"""How right stories and threads are, and how quick: `make bench-accuracy`.

Without a file it takes the four development sets beside the checkout; EVENTS, COPIES and VERSIONS name others of the same form, several
parted by blanks. A set is named after its file. After a table for people stands one line a figure: set, figure, value, parted by tabs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.accuracy_score import agreement, updates_joined
from tests.bench.accuracy_way import Outcome, rows, run
from writethru.records import Feed

DATA = Path(__file__).parents[3] / "shared/data"
DEFAULT = {
    "EVENTS": ("threads/ecbplus_dev.jsonl.gz", "threads/allsides2021_dev.jsonl.gz"),
    "COPIES": ("copies/copies_dev.jsonl.gz",),
    "VERSIONS": ("versions/reuters_versions_dev.jsonl.gz",),
}
FEEDS = {"VERSIONS": Feed("bench", "reuters")}
"""Versions are told within one agency, and the rows, all Reuters', name none."""
FIGURES = ("b3_f1", "pair_f1", "ari", "updates_joined", "docs_per_cpu_s", "whole_way_docs_per_cpu_s")
GROUPS: dict[str, Callable[[Outcome], Sequence[str]]] = {
    "EVENTS": lambda outcome: outcome.threads,
    "COPIES": lambda outcome: outcome.copies,
    "VERSIONS": lambda outcome: outcome.stories,
}


def files() -> list[tuple[str, Path]]:
    """(kind, file) as asked for by the environment. Exits where one is not here."""
    asked = [(kind, Path(name)) for kind in DEFAULT for name in os.environ.get(kind, "").split()]
    found = asked or [(kind, DATA / name) for kind, names in DEFAULT.items() for name in names]
    missing = [str(path) for _, path in found if not path.is_file()]
    if missing:
        sys.exit(f"not here: {', '.join(missing)}; name files with EVENTS, COPIES or VERSIONS")
    return found


def figures(kind: str, path: Path) -> dict[str, float]:
    """The figures of one set. Rows without `gold` go through and are not judged; one without title and text is no article and stands
    alone. Exits where there is none to read."""
    data = rows(path)
    readable = [row for row in data if row.get("title") or row.get("text")]
    if not readable:
        sys.exit(f"{path}: no row with a title or a text in it")
    if len(readable) < len(data):
        print(f"{path}: {len(data) - len(readable)} rows have neither title nor text: each stands alone", file=sys.stderr)
    outcome = run(readable, name_of(path), FEEDS.get(kind))
    found_of = dict(zip(map(id, readable), GROUPS[kind](outcome), strict=True))
    groups = [found_of.get(id(row), f"row {place}") for place, row in enumerate(data)]
    judged = [(str(row["gold"]), str(row.get("why") or ""), group) for row, group in zip(data, groups, strict=True) if row.get("gold")]
    gold, why, found = zip(*judged, strict=True) if judged else ((), (), ())
    told = agreement(gold, found)._asdict()
    if kind == "VERSIONS":
        told["updates_joined"] = updates_joined(gold, why, found)
    told["docs_per_cpu_s"] = len(readable) / outcome.staged
    told["whole_way_docs_per_cpu_s"] = len(readable) / (outcome.staged + outcome.read)
    return told


def name_of(path: Path) -> str:
    return path.name.split(".")[0]


def main() -> None:
    table = Table("set", *FIGURES, box=None)
    lines = []
    for kind, path in files():
        told = figures(kind, path)
        shown = {figure: f"{value:.4f}" if value <= 1 else f"{value:.0f}" for figure, value in told.items()}
        table.add_row(name_of(path), *[shown.get(figure, "") for figure in FIGURES])
        lines += [f"{name_of(path)}\t{figure}\t{value}" for figure, value in shown.items()]
    Console(width=130, highlight=False).print(table)
    print(*lines, sep="\n")


if __name__ == "__main__":
    main()
