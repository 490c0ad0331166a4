"""The metrics registry: the only place a metric's name stands.

From this table come the series on /metrics, the Beam counters of the same names (`bind_beam`), docs/metrics.md
(`python -m writethru.ops.metrics > docs/metrics.md`) and the test that every dashboard panel and every alert names a metric that
exists. Names follow the Prometheus rules: base units, `_total` on what only rises. Labels are bounded (`instruments.Label`).

Use: `metrics.ARTICLES.inc(agency="AP", format="ninjs")`, `.inc_many(Counter(...))` once a batch, `.set`, `.observe`,
`.observe_many`. What one batch of emissions changes is counted by `batch.py`.
"""

from __future__ import annotations

import sys
from typing import get_args

from prometheus_client import CollectorRegistry, ProcessCollector

from writethru import records
from writethru.ops.instruments import Counter, Gauge, Histogram, Instrument, Label, Table

NAMESPACE = "writethru"
STEPS: tuple[str, ...] = get_args(records.Step)

AGENCY = Label("agency", "the agency as the record names it", limit=200)
FORMAT = Label("format", "the wire format", limit=40)
STEP = Label("step", "the step of the graph", values=STEPS)
INDEX_STEP = Label("step", "the step that keeps an index", values=("chain", "thread"))
KEY = Label("key", "the key of an index: an agency (chain) or a language (thread)", limit=200)
REASON = Label("reason", "why it is a dead letter", values=get_args(records.Reason))
SKIP_REASON = Label("reason", "what it was recognised as", limit=40)
ACTION = Label("action", "what the wire says is to be done", values=records.ACTIONS)
SINK = Label("sink", "the sink", limit=20)
OUTPUT = Label("output", "the kind of record", values=("articles", "stories", "threads", "dead"))
TOPIC = Label("topic", "the Kafka topic", limit=50)
PARTITION = Label("partition", "the Kafka partition", limit=1000)
VERSION = Label("version", "the version of this package", limit=1)
PYTHON = Label("python", "the Python it runs on", limit=1)

FAST = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Seconds inside the pipeline; 30 ms and 100 ms are the p50 and p99 it is built for."""
WIRE = (0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 900, 3600, 21600, 86400)
"""Seconds from the agency's own clock, which often says no more than the minute; a late version or a back-fill takes days."""
SIZES = (1, 2, 3, 5, 8, 13, 21, 34, 55, 100)
BATCH = (1, 2, 5, 10, 25, 50, 100, 250, 500)

TABLE = Table()
_row = TABLE.define

# --- flow -----------------------------------------------------------------------------------------------------------------
RECORDS_IN = _row(Counter("writethru_records_in_total", "Records a step took in; for decode, the messages read.", [STEP], unit="records"))
RECORDS_OUT = _row(Counter("writethru_records_out_total", "Records a step handed on.", [STEP], unit="records"))
SOURCE_BYTES = _row(Counter("writethru_source_bytes_total", "Payload bytes read.", [TOPIC], unit="bytes"))
KAFKA_LAG = _row(
    Gauge("writethru_kafka_lag_records", "Records between the position read and the partition's end.", [TOPIC, PARTITION], unit="records")
)
KAFKA_LOST = _row(Counter("writethru_kafka_lost_positions_total", "Times the next offset was no longer in the topic.", [TOPIC, PARTITION]))
BATCH_RECORDS = _row(Histogram("writethru_batch_records", "Records in one batch read.", buckets=BATCH, unit="records"))
STEP_SECONDS = _row(Histogram("writethru_step_seconds", "Time a step spent on one batch.", [STEP], buckets=FAST, unit="seconds"))
ARTICLES = _row(
    Counter("writethru_articles_total", "Articles emitted for the first time.", [AGENCY, FORMAT], unit="articles"),
)
REEMITTED = _row(
    Counter(
        "writethru_reemitted_articles_total", "Articles emitted again: emptied by a kill, withheld, released.", [AGENCY], unit="articles"
    )
)
LAST_RECORD = _row(
    Gauge("writethru_last_record_timestamp_seconds", "When an article of the agency was last emitted.", [AGENCY], unit="seconds")
)

# --- latency --------------------------------------------------------------------------------------------------------------
LATENCY = _row(
    Histogram("writethru_article_latency_seconds", "From the Kafka timestamp to the article's emission.", buckets=FAST, unit="seconds")
)
WIRE_LATENCY = _row(
    Histogram("writethru_wire_latency_seconds", "From the agency's time to the article's emission.", [AGENCY], buckets=WIRE, unit="seconds")
)

# --- what the wire says ---------------------------------------------------------------------------------------------------
ACTIONS = _row(Counter("writethru_article_actions_total", "Articles by what the wire says is to be done.", [ACTION]))
KILLS = _row(Counter("writethru_kills_total", "Kills emitted.", [AGENCY]))
KILL_LATENCY = _row(
    Histogram(
        "writethru_kill_latency_seconds",
        "From a kill's agency time (its Kafka timestamp where it has none) until the sink holds it.",
        [SINK],
        buckets=WIRE,
        unit="seconds",
    )
)
EMBARGOED = _row(
    Counter("writethru_embargoed_articles_total", "Articles emitted while their embargo still ran.", [AGENCY], unit="articles")
)
GAPS = _row(Counter("writethru_version_gaps_total", "Articles emitted while a version before them had never been seen.", [AGENCY]))
LATE = _row(Counter("writethru_late_articles_total", "Articles that arrived after a newer version.", [AGENCY], unit="articles"))
DUPLICATES = _row(Counter("writethru_duplicate_articles_total", "Articles that repeat a version already held.", [AGENCY], unit="articles"))

# --- what is not emitted --------------------------------------------------------------------------------------------------
DEAD_LETTERS = _row(Counter("writethru_dead_letters_total", "Messages that could not be processed.", [STEP, REASON]))
SKIPPED = _row(
    Counter("writethru_skipped_total", "Payloads recognised as no article (planning, concept, heartbeat).", [FORMAT, SKIP_REASON])
)

# --- state ----------------------------------------------------------------------------------------------------------------
STORY_VERSIONS = _row(Histogram("writethru_story_versions", "Versions a story holds when it is emitted.", buckets=SIZES, unit="versions"))
THREAD_ARTICLES = _row(
    Histogram("writethru_thread_articles", "Articles a thread holds when it is emitted.", buckets=SIZES, unit="articles")
)
LIVE_ARTICLES = _row(Gauge("writethru_live_articles", "Articles held in the index of a key.", [INDEX_STEP, KEY], unit="articles"))
LIVE_STORIES = _row(Gauge("writethru_live_stories", "Stories held in the index of an agency.", [KEY], unit="stories"))
LIVE_THREADS = _row(Gauge("writethru_live_threads", "Threads held in the index of a language.", [KEY], unit="threads"))
REBUILDS = _row(Counter("writethru_state_rebuilds_total", "Times an index was rebuilt from its log.", [INDEX_STEP]))
REBUILD_SECONDS = _row(Histogram("writethru_state_rebuild_seconds", "Time one rebuild took.", [INDEX_STEP], buckets=FAST, unit="seconds"))
STATE_BYTES = _row(Counter("writethru_state_written_bytes_total", "Bytes written to the log of the state.", [INDEX_STEP], unit="bytes"))
EVICTIONS = _row(
    Counter(
        "writethru_state_evicted_articles_total", "Articles dropped from a full index before their time.", [INDEX_STEP], unit="articles"
    )
)

# --- sinks ----------------------------------------------------------------------------------------------------------------
SINK_RECORDS = _row(Counter("writethru_sink_records_total", "Records a sink holds.", [SINK, OUTPUT], unit="records"))
SINK_SECONDS = _row(Histogram("writethru_sink_write_seconds", "Time a sink took to hold one batch.", [SINK], buckets=FAST, unit="seconds"))
SINK_RETRIES = _row(Counter("writethru_sink_retries_total", "Writes tried again after a passing fault.", [SINK]))
SINK_FAILURES = _row(Counter("writethru_sink_failures_total", "Writes given up: the batch is not held and not committed.", [SINK]))
SINK_REJECTED = _row(
    Counter("writethru_sink_rejected_records_total", "Records a sink will never take; they become dead letters.", [SINK], unit="records")
)

# --- the process ----------------------------------------------------------------------------------------------------------
HEARTBEAT = _row(Gauge("writethru_heartbeat_timestamp_seconds", "When the main loop last turned.", unit="seconds"))
READY = _row(Gauge("writethru_ready", "1 while the source is connected and every sink open (on a cluster: of this worker), else 0."))
BUILD = _row(Gauge("writethru_build_info", "What runs here; always 1.", [VERSION, PYTHON]))

PROCESS = {
    "process_virtual_memory_bytes": "Virtual memory of the process.",
    "process_resident_memory_bytes": "Memory of the process that is in RAM.",
    "process_start_time_seconds": "When the process started.",
    "process_cpu_seconds_total": "CPU time the process has used.",
    "process_open_fds": "Open file descriptors.",
    "process_max_fds": "The most it may open.",
}
"""What `prometheus_client`'s own process collector adds (Linux only)."""

REGISTRY = CollectorRegistry(auto_describe=False)
REGISTRY.register(TABLE)
ProcessCollector(registry=REGISTRY)


def bind_beam() -> None:
    """Makes every counter also count in Beam, as `Metrics.counter("writethru", name)`, all label values in one.

    Off unless called: a runner that shows Beam's counters (Flink, Dataflow) calls it in the worker. Outside a bundle Beam drops
    the increment. It costs 0.6 µs an increment, and an increment is made per batch.
    """
    from apache_beam.metrics import Metrics

    for instrument in TABLE:
        if isinstance(instrument, Counter):
            instrument.mirror = Metrics.counter(NAMESPACE, instrument.name).inc


def _labels_shown(instrument: Instrument) -> str:
    return ", ".join(f"`{name}`" for name in instrument.label_names) or "none"


def _label_rows() -> list[str]:
    rows: dict[str, None] = {}
    for instrument in TABLE:
        for label in instrument.labels:
            says = ", ".join(f"`{value}`" for value in label.values) or f"open: the first {label.limit}, then `other`"
            rows[f"| `{label.name}` | {label.help} | {says} |"] = None
    return sorted(rows)


def document() -> str:
    """docs/metrics.md, Markdown."""
    lines = [
        "# Metrics",
        "",
        "Written by `python -m writethru.ops.metrics > docs/metrics.md`; do not edit. The registry is",
        "[pipelines/writethru/ops/metrics.py](../pipelines/writethru/ops/metrics.py).",
        "",
        "The exporter serves these at `/metrics` (port 9464 unless told otherwise). On a runner that shows Beam's counters, every",
        "counter is there too, in the namespace `writethru`, under its own name and summed over its labels.",
        "",
        "| name | type | unit | labels | meaning |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [f"| `{i.name}` | {i.kind} | {i.unit or 'none'} | {_labels_shown(i)} | {i.help} |" for i in TABLE]
    lines += ["", "## Labels", "", "| label | what it names | values |", "| --- | --- | --- |", *_label_rows()]
    lines += ["", "## Buckets", "", "| histogram | upper bounds |", "| --- | --- |"]
    for instrument in TABLE:
        if isinstance(instrument, Histogram):
            lines.append(f"| `{instrument.name}` | {', '.join(f'{bound:g}' for bound in instrument.buckets)} |")
    lines += ["", "## The process", "", "| name | meaning |", "| --- | --- |"]
    lines += [f"| `{name}` | {help_} |" for name, help_ in PROCESS.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(document())
