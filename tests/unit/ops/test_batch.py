import pytest

from writethru.ops import batch, metrics
from writethru.records import Emission, Skipped


@pytest.fixture
def seen():
    """The difference a test makes to a counter or to a histogram's count and sum."""
    from prometheus_client import generate_latest
    from prometheus_client.parser import text_string_to_metric_families

    def read():
        families = text_string_to_metric_families(generate_latest(metrics.REGISTRY).decode())
        return {(s.name, *sorted(s.labels.items())): s.value for family in families for s in family.samples}

    before = read()

    def difference(name, **labels):
        key = (name, *sorted(labels.items()))
        return read().get(key, 0) - before.get(key, 0)

    return difference


def test_an_emission_is_counted_once(seen, make):
    batch.emitted(
        Emission(
            articles=(
                make.article("a1", agency="Kestrel", created="2026-03-01T08:29:00Z"),
                make.article("a2", agency="Kestrel", action="update", gap=2, late=True, embargo="2026-03-01T08:30:01Z"),
                make.article("a3", agency="Nordwire", format="text", action="kill", duplicate=True, embargo="2026-03-01T08:29:59Z"),
                make.article("a0", agency="Nordwire", again=True, timestamp=0),
            ),
            stories=(make.story("s1", count=4),),
            threads=(make.thread("t1", count=7),),
        ),
        make.NOW,
    )
    assert seen("writethru_articles_total", agency="Kestrel", format="ninjs") == 2
    assert seen("writethru_articles_total", agency="Nordwire", format="text") == 1
    assert seen("writethru_reemitted_articles_total", agency="Nordwire") == 1
    assert [seen("writethru_article_actions_total", action=action) for action in ("new", "update", "kill")] == [1, 1, 1]
    assert seen("writethru_kills_total", agency="Nordwire") == 1
    assert (
        seen("writethru_embargoed_articles_total", agency="Kestrel"),
        seen("writethru_embargoed_articles_total", agency="Nordwire"),
    ) == (
        1,
        0,
    )
    assert seen("writethru_version_gaps_total", agency="Kestrel") == 1
    assert seen("writethru_late_articles_total", agency="Kestrel") == 1
    assert seen("writethru_duplicate_articles_total", agency="Nordwire") == 1
    assert seen("writethru_article_latency_seconds_count") == 3
    assert seen("writethru_article_latency_seconds_sum") == pytest.approx(0.06)
    assert seen("writethru_wire_latency_seconds_sum", agency="Kestrel") == pytest.approx(60)
    assert seen("writethru_wire_latency_seconds_count", agency="Nordwire") == 0
    assert seen("writethru_story_versions_sum") == 4
    assert seen("writethru_thread_articles_sum") == 7
    assert dict(metrics.LAST_RECORD.items())[("Kestrel",)] == make.NOW / 1000


def test_a_clock_that_is_behind_gives_no_negative_latency(seen, make):
    late = make.article(agency="Skewed", timestamp=make.NOW + 5000, created="2026-03-01T09:30:00Z")
    batch.emitted(Emission(articles=(late,)), make.NOW)
    assert seen("writethru_article_latency_seconds_sum") == 0
    assert seen("writethru_wire_latency_seconds_bucket", agency="Skewed", le="0.5") == 1


def test_a_sink_s_kill_latency_runs_from_the_agency_s_word(seen, make):
    kills = (
        make.article("a1", action="kill", created="2026-03-01T08:29:30Z"),
        make.article("a2", action="kill", timestamp=make.NOW - 2000),
        make.article("a3", action="kill", again=True, created="2026-03-01T00:00:00Z"),
        make.article("a4"),
    )
    batch.written("sql", Emission(articles=kills, stories=(make.story(),)), 0.004, make.NOW)
    assert seen("writethru_kill_latency_seconds_count", sink="sql") == 2
    assert seen("writethru_kill_latency_seconds_sum", sink="sql") == pytest.approx(32)
    assert seen("writethru_sink_records_total", sink="sql", output="articles") == 4
    assert seen("writethru_sink_records_total", sink="sql", output="stories") == 1
    assert seen("writethru_sink_write_seconds_sum", sink="sql") == pytest.approx(0.004)


def test_a_sink_s_series_exist_from_its_first_batch(make):
    batch.written("files", Emission(), 0.001, make.NOW)
    keys = {
        name
        for instrument in metrics.TABLE
        for family in [instrument.family()]
        for s in family.samples
        if "files" in s.labels.values()
        for name in [s.name]
    }
    assert {"writethru_kill_latency_seconds_count", "writethru_sink_failures_total", "writethru_sink_retries_total"} <= keys


def test_dead_letters_and_skips_are_counted_by_reason(seen, make):
    batch.dead([make.dead(1), make.dead(2), make.dead(3, step="emit", reason="sink_rejected")])
    batch.skipped([Skipped(make.message(), "newsml-g2", "planning"), Skipped(make.message(), "newsml-g2", "planning")])
    assert seen("writethru_dead_letters_total", step="decode", reason="invalid") == 2
    assert seen("writethru_dead_letters_total", step="emit", reason="sink_rejected") == 1
    assert seen("writethru_skipped_total", format="newsml-g2", reason="planning") == 2
