from concurrent.futures import ThreadPoolExecutor

import pytest
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from writethru.ops.instruments import LABEL_LENGTH, Counter, Gauge, Histogram, Label, Table


def samples(*instruments):
    table = Table()
    for instrument in instruments:
        table.define(instrument)
    registry = CollectorRegistry(auto_describe=False)
    registry.register(table)
    families = text_string_to_metric_families(generate_latest(registry).decode())
    return {(s.name, tuple(sorted(s.labels.items()))): s.value for family in families for s in family.samples}


def test_an_open_label_admits_the_first_values_and_calls_the_rest_other():
    agency = Label("agency", "", limit=2)
    assert [agency.admit(name) for name in ("AP", "Yonhap", "PTI", "AP")] == ["AP", "Yonhap", "other", "AP"]


def test_a_label_shared_by_two_metrics_bounds_both_alike():
    agency = Label("agency", "", limit=1)
    first, second = Counter("a_total", "a", [agency]), Counter("b_total", "b", [agency])
    first.inc(agency="AP")
    second.inc(agency="PTI")
    assert samples(first, second) == {("a_total", (("agency", "AP"),)): 1, ("b_total", (("agency", "other"),)): 1}


@pytest.mark.parametrize(
    ("hostile", "shown"), [("", "unknown"), ("x" * 10_000, "x" * LABEL_LENGTH), ("a\ud800b", "a?b"), ('q"\n\\', 'q"\n\\')]
)
def test_hostile_label_values_stay_readable_to_prometheus(hostile, shown):
    counter = Counter("a_total", "a", [Label("agency", "", limit=5)])
    counter.inc(agency=hostile)
    assert samples(counter) == {("a_total", (("agency", shown),)): 1}


def test_a_closed_label_refuses_what_it_does_not_list():
    step = Label("step", "", values=("decode",))
    with pytest.raises(ValueError, match="step is one of decode, not 'emit'"):
        step.admit("emit")


def test_a_label_is_closed_or_bounded():
    with pytest.raises(ValueError, match="closed"):
        Label("agency", "")


@pytest.mark.parametrize("labels", [{}, {"agency": "AP"}, {"agency": "AP", "form": "ninjs"}, {"agency": "a", "format": "b", "c": "d"}])
def test_wrong_labels_are_refused_by_name(labels):
    counter = Counter("a_total", "a", [Label("agency", "", limit=1), Label("format", "", limit=1)])
    with pytest.raises(TypeError, match=r"a_total has the labels \(agency, format\)"):
        counter.inc(**labels)


def test_closed_series_stand_at_zero_from_the_start_and_open_ones_do_not():
    step = Label("step", "", values=("chain", "thread"))
    counter = Counter("a_total", "a", [step])
    opened = Counter("b_total", "b", [step, Label("agency", "", limit=3)])
    assert samples(counter, opened) == {("a_total", (("step", "chain"),)): 0, ("a_total", (("step", "thread"),)): 0}


def test_counts_of_a_batch_are_added_at_once():
    counter = Counter("a_total", "a", [Label("agency", "", limit=5), Label("format", "", limit=5)])
    counter.inc_many({("AP", "ninjs"): 3, ("PTI", "text"): 2})
    counter.inc(4, agency="AP", format="ninjs")
    assert counter.value(agency="AP", format="ninjs") == 7
    assert counter.value(agency="nobody", format="ninjs") == 0
    single = Counter("b_total", "b", [Label("agency", "", limit=5)])
    single.inc_many({"AP": 2})
    assert single.value(agency="AP") == 2


def test_a_counter_never_falls():
    counter = Counter("a_total", "a")
    with pytest.raises(ValueError, match="only rises"):
        counter.inc(-1)


def test_a_mirror_hears_the_sum_of_a_batch_and_nothing_of_an_empty_one():
    heard = []
    counter = Counter("a_total", "a", [Label("agency", "", limit=5)])
    counter.mirror = heard.append
    counter.inc_many({"AP": 2, "PTI": 3})
    counter.inc_many({})
    counter.inc(0, agency="AP")
    assert heard == [5]


def test_a_gauge_stands_at_the_last_value():
    gauge = Gauge("a_records", "a", [Label("topic", "", limit=5)])
    gauge.set(5, topic="wire.raw")
    gauge.set(2, topic="wire.raw")
    assert gauge.items() == [(("wire.raw",), 2)]
    assert samples(gauge) == {("a_records", (("topic", "wire.raw"),)): 2}


def test_a_histogram_counts_a_value_in_the_bucket_that_includes_it():
    histogram = Histogram("a_seconds", "a", buckets=(1, 2.5))
    histogram.observe_many([0.5, 1, 2.5])
    histogram.observe(99)
    assert samples(histogram) == {
        ("a_seconds_bucket", (("le", "1.0"),)): 2,
        ("a_seconds_bucket", (("le", "2.5"),)): 3,
        ("a_seconds_bucket", (("le", "+Inf"),)): 4,
        ("a_seconds_count", ()): 4,
        ("a_seconds_sum", ()): 103,
    }


def test_observing_nothing_makes_the_series_exist():
    histogram = Histogram("a_seconds", "a", [Label("sink", "", limit=3)], buckets=(1,))
    assert samples(histogram) == {}
    histogram.observe_many([], sink="sql")
    assert samples(histogram)[("a_seconds_count", (("sink", "sql"),))] == 0


def test_buckets_rise():
    with pytest.raises(ValueError, match="do not rise"):
        Histogram("a_seconds", "a", buckets=(2, 1))


def test_a_name_is_defined_once():
    table = Table()
    table.define(Counter("a_total", "a"))
    with pytest.raises(ValueError, match="a_total is defined twice"):
        table.define(Gauge("a_total", "a"))


def test_threads_lose_no_increment():
    counter = Counter("a_total", "a", [Label("agency", "", limit=3)])
    histogram = Histogram("a_seconds", "a", buckets=(1,))

    def work(_):
        for _ in range(500):
            counter.inc(agency="AP")
            histogram.observe(0.5)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert counter.value(agency="AP") == 4000
    assert samples(histogram)[("a_seconds_count", ())] == 4000
