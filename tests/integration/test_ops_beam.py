"""The counters as Beam sees them, on the local runner."""

import apache_beam as beam
import pytest
from apache_beam.metrics.metric import MetricsFilter
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from writethru.ops import metrics
from writethru.ops.instruments import Counter


class Count(beam.DoFn):
    def process(self, element):
        metrics.ARTICLES.inc_many({("Nordwire", "ninjs"): 2, ("Kestrel", "text"): 3})
        metrics.KAFKA_LAG.set(1, topic="t", partition="0")
        yield element


@pytest.fixture
def bound():
    metrics.bind_beam()
    yield
    for instrument in metrics.TABLE:
        if isinstance(instrument, Counter):
            instrument.mirror = None


def counted():
    with beam.Pipeline(runner=FnApiRunner()) as pipeline:
        _ = pipeline | "Batches" >> beam.Create([1, 2]) | "Count" >> beam.ParDo(Count())
    found = pipeline.result.metrics().query(MetricsFilter().with_namespace(metrics.NAMESPACE))
    return {result.key.metric.name: result.committed for result in found["counters"]}


def test_beam_counts_under_the_same_name_what_a_bundle_counts(bound):
    assert counted() == {"writethru_articles_total": 10}


def test_beam_counts_nothing_unless_it_is_bound():
    assert counted() == {}


def test_outside_a_bundle_an_increment_is_only_ours(bound):
    before = metrics.ARTICLES.value(agency="Nordwire", format="ninjs")
    metrics.ARTICLES.inc(agency="Nordwire", format="ninjs")
    assert metrics.ARTICLES.value(agency="Nordwire", format="ninjs") == before + 1
