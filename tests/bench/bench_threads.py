"""Threading: how right (B-cubed, pair F1, ARI on the shared sets) and how quick. `python tests/bench/bench_threads.py [LIVE]`."""

from __future__ import annotations

import gzip
import hashlib
import json
import runpy
import sys
import time
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "pipelines"))

from writethru.records import Article, Provenance, Wire
from writethru.threads import ThreadIndex

SHARED = Path(__file__).resolve().parents[3] / "shared"
STEP = 8_000  # ms between two Reuters items: four months of 1987 in two days
LINKED = ("copy", "derivation")


def rows(path: str) -> list[dict[str, Any]]:
    with gzip.open(SHARED / "data" / path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def article(row: dict[str, Any]) -> Article:
    id_ = hashlib.sha256(str(row["id"]).encode()).hexdigest()[:32]
    ninjs: dict[str, Any] = {"uri": id_, "type": "text", "language": "en"}
    if row.get("title"):
        ninjs["headlines"] = [{"value": row["title"]}]
    if row.get("text"):
        ninjs["bodies"] = [{"value": row["text"]}]
    if row.get("ts"):
        ninjs["versionCreated"] = row["ts"].rstrip("Z") + "Z"
    provenance = Provenance(id_, "bench", "wire.raw", 0, 0, 10**13, "", "", "utf-8", None, (), "bench")
    return Article(id_, 1, ninjs, Wire(row.get("outlet") or "bench"), None, None, provenance)


def thread(articles: list[Article], index: ThreadIndex, size: int = 500) -> tuple[list[Article], dict[str, str], float]:
    """The articles as emitted, the merges, and the CPU seconds."""
    out: list[Article] = []
    merged: dict[str, str] = {}
    began = time.process_time()
    for start in range(0, len(articles), size):
        done = index.apply(articles[start : start + size])
        out += done.articles
        merged.update((t.id, t.merged_into) for t in done.threads if t.merged_into)
        index.drain()
    return out, merged, time.process_time() - began


def final(id_: str, merged: dict[str, str]) -> str:
    while id_ in merged:
        id_ = merged[id_]
    return id_


def components(articles: Iterable[Article], relations: tuple[str, ...]) -> list[str]:
    root: dict[str, str] = {}
    for a in articles:
        joined = a.thread is not None and a.thread.relation in relations
        root[a.id] = root[a.thread.of] if joined and a.thread and a.thread.of else a.id
    return list(root.values())


def main() -> None:
    score = runpy.run_path(str(SHARED / "tools" / "evalcluster.py"))["score"]
    print(f"{'set':22}{'B3 F1':>8}{'pair F1':>9}{'ARI':>8}{'a CPU-s':>9}")
    for name, path in (("ECB+", "threads/ecbplus_dev"), ("AllSides 2021", "threads/allsides2021_dev"), ("copies", "copies/copies_dev")):
        data = rows(f"{path}.jsonl.gz")
        out, merged, seconds = thread([article(row) for row in data], ThreadIndex("en"))
        found = {name: [final(a.thread.id if a.thread else "", merged) for a in out]}
        if name == "copies":
            found = {"copies, copy": components(out, LINKED[:1]), "copies, + derivation": components(out, LINKED)}
        for label, groups in found.items():
            s = score([row["gold"] for row in data], groups)
            print(f"{label:22}{s['b3_f1']:8.3f}{s['pair_f1']:9.3f}{s['ari']:8.3f}{len(data) / seconds:9.0f}")
    speed(int(sys.argv[1]) if len(sys.argv) > 1 else 15_000)


def speed(live: int) -> None:
    """The last 3,000 of `live` + 3,000 Reuters items, and what the index holds."""
    data = [row for row in rows("volume/reuters21578.jsonl.gz") if row["text"]][: live + 3_000]
    for place, row in enumerate(data):
        row["ts"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime((1_700_000_000_000 + place * STEP) / 1000))
    articles = [article(row) for row in data]
    tracemalloc.start()
    index = ThreadIndex("en")
    thread(articles[:-3_000], index)
    held = tracemalloc.get_traced_memory()[0] / max(1, len(index))
    tracemalloc.stop()
    *_, seconds = thread(articles[-3_000:], index)
    print(f"{len(index):,} live: {3_000 / seconds:,.0f} articles a CPU-second, {held:,.0f} bytes an article")


if __name__ == "__main__":
    main()
