import json
import re
from pathlib import Path
from typing import get_args

import pytest
from prometheus_client import generate_latest
from prometheus_client.openmetrics.exposition import generate_latest as generate_openmetrics
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from writethru import records
from writethru.ops import metrics
from writethru.ops.instruments import Counter, Gauge, Histogram

ROOT = Path(__file__).parents[3]
ROWS = {instrument.name: instrument for instrument in metrics.TABLE}
UNITS = {"records", "articles", "stories", "threads", "versions", "seconds", "bytes"}

UNSHOWN = {
    "process_virtual_memory_bytes": "says nothing on a machine with overcommit; resident memory is shown",
    "process_start_time_seconds": "the build panel shows restarts by the version's line breaking off",
    "process_open_fds": "looked up by hand",
    "process_max_fds": "looked up by hand",
}
"""Metrics no panel shows, and why."""


def series(instrument):
    """The names a query may use."""
    if isinstance(instrument, Histogram):
        return {f"{instrument.name}_{end}" for end in ("bucket", "sum", "count")}
    return {instrument.name}


def queried(text):
    return set(re.findall(r"\b(?:writethru|process)_[a-z_]+\b", text))


def expressions(dashboard):
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            yield target["expr"]
    for variable in dashboard["templating"]["list"]:
        yield json.dumps(variable["query"])


@pytest.fixture
def dashboard():
    return json.loads((ROOT / "deploy/grafana/writethru.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("instrument", ROWS.values(), ids=ROWS)
def test_names_labels_and_units_follow_the_rules(instrument):
    assert re.fullmatch(r"writethru(_[a-z]+)+", instrument.name)
    assert instrument.name.endswith("_total") == isinstance(instrument, Counter)
    assert isinstance(instrument, Counter | Gauge | Histogram)
    assert instrument.help.endswith(".")
    if instrument.unit:
        assert instrument.unit in UNITS
        assert instrument.unit in instrument.name.split("_")
    for label in instrument.labels:
        assert re.fullmatch(r"[a-z]+", label.name)
        assert label.name not in ("le", "quantile", "job", "instance")
        assert label.help
    assert len(set(instrument.label_names)) == len(instrument.label_names)


def test_a_latency_is_in_seconds_and_a_size_is_not():
    for name, instrument in ROWS.items():
        assert ("latency" in name or "timestamp" in name) <= (instrument.unit == "seconds")


def test_closed_labels_are_the_record_s_own_lists():
    assert metrics.REASON.values == get_args(records.Reason)
    assert metrics.ACTION.values == records.ACTIONS
    assert metrics.STEP.values == get_args(records.Step)


def test_the_names_consumers_know_stand():
    for name in ("writethru_articles_total", "writethru_article_latency_seconds", "writethru_kafka_lag_records"):
        assert name in ROWS


def test_docs_metrics_is_current():
    written = (ROOT / "docs/metrics.md").read_text(encoding="utf-8")
    assert written == metrics.document(), "run: python -m writethru.ops.metrics > docs/metrics.md"


def test_every_metric_and_label_stands_in_the_document():
    text = metrics.document()
    for instrument in metrics.TABLE:
        assert f"| `{instrument.name}` | {instrument.kind} |" in text
        for label in instrument.labels:
            assert f"| `{label.name}` | {label.help} |" in text
        if isinstance(instrument, Histogram):
            assert f"| `{instrument.name}` | {', '.join(f'{bound:g}' for bound in instrument.buckets)} |" in text


def test_no_name_stands_anywhere_else_in_the_package():
    for path in sorted((ROOT / "pipelines/writethru").rglob("*.py")):
        if path.name != "metrics.py":
            assert not queried(path.read_text(encoding="utf-8")) & set(ROWS), path


def test_both_expositions_are_well_formed():
    metrics.ARTICLES.inc(0, agency="exposed", format="ninjs")
    assert b"writethru_articles_total{" in generate_latest(metrics.REGISTRY)
    families = list(text_string_to_metric_families(generate_openmetrics(metrics.REGISTRY).decode()))
    assert {"writethru_articles", "writethru_article_latency_seconds"} <= {family.name for family in families}


def test_the_process_metrics_are_the_ones_listed():
    exposed = queried(generate_latest(metrics.REGISTRY).decode())
    assert {name for name in exposed if name.startswith("process_")} == set(metrics.PROCESS)


def test_every_panel_names_a_metric_that_exists_and_every_metric_is_shown_or_exempted(dashboard):
    known = {name: instrument.name for instrument in metrics.TABLE for name in series(instrument)} | {n: n for n in metrics.PROCESS}
    asked = queried("\n".join(expressions(dashboard)))
    assert asked <= set(known)
    shown = {known[name] for name in asked}
    everything = set(ROWS) | set(metrics.PROCESS)
    assert everything - shown == set(UNSHOWN)


def test_every_panel_says_what_it_shows(dashboard):
    panels = dashboard["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    for panel in panels:
        assert panel["title"]
        if panel["type"] != "row":
            assert panel["description"] and panel["targets"] and panel["fieldConfig"]["defaults"]["unit"]


def test_panels_do_not_overlap(dashboard):
    taken = set()
    for panel in dashboard["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert at["x"] + at["w"] <= 24 and not cells & taken, panel["title"]
        taken |= cells


def test_labels_asked_for_are_labels_the_metric_has(dashboard):
    alerts = (ROOT / "deploy/prometheus/alerts.yml").read_text(encoding="utf-8")
    known = {name: set(i.label_names) | {"le", "job", "instance"} for i in metrics.TABLE for name in series(i)}
    for name, selector in re.findall(r"\b(writethru_[a-z_]+)\{([^}]*)\}", "\n".join([*expressions(dashboard), alerts])):
        assert set(re.findall(r"([a-z]+)\s*[=!]", selector)) <= known[name], name


def test_every_alert_names_metrics_that_exist():
    known = {name for instrument in metrics.TABLE for name in series(instrument)}
    alerts = queried((ROOT / "deploy/prometheus/alerts.yml").read_text(encoding="utf-8"))
    assert alerts and alerts <= known


def test_an_alert_on_a_bucket_asks_for_one_that_exists():
    alerts = (ROOT / "deploy/prometheus/alerts.yml").read_text(encoding="utf-8")
    for name, bound in re.findall(r'(writethru_[a-z_]+)_bucket\{[^}]*le="([^"]+)"', alerts):
        assert float(bound) in ROWS[name].buckets
