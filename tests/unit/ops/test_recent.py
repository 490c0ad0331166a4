import json
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest

from writethru.ops.recent import AGENCIES, DEAD_LETTERS, STORIES, Recent
from writethru.records import Emission, Lack


@pytest.fixture
def recent():
    return Recent(lag=list)


def show(recent, make, article, story=None, thread=(), now=None):
    recent.emission(Emission((article,), (story or make.story(current=article.id),), thread), now or make.NOW)
    return recent.snapshot(now or make.NOW)["stories"]


def test_before_anything_happened_it_shows_nothing_and_no_zero_it_does_not_know(recent, make):
    snapshot = recent.snapshot(make.NOW)
    assert snapshot["stories"] == snapshot["agencies"] == snapshot["dead_letters"] == []
    assert snapshot["lag"] == {"records": None, "partitions": []}
    assert snapshot["latency"] == {"count": 0, "p50": None, "p99": None}
    assert snapshot["totals"] == {"received": 0, "articles": 0, "kills": 0, "embargoed": 0, "dead_letters": 0}
    assert json.loads(orjson.dumps(snapshot)) == snapshot


def test_a_story_is_one_row_with_its_newest_state(recent, make):
    show(recent, make, make.article("a1", thread="t1"), thread=(make.thread("t1", 1),))
    (row,) = show(
        recent,
        make,
        make.article("a2", action="update", headline="Ferries run again", thread="t1"),
        make.story(count=2, current="a2"),
        (make.thread("t1", 5),),
        make.NOW + 1000,
    )
    assert row == {
        "id": "s1",
        "agency": "Nordwire",
        "headline": "Ferries run again",
        "hidden": None,
        "embargo": None,
        "action": "update",
        "language": "en",
        "versions": 2,
        "lacks": [],
        "thread": "t1",
        "thread_size": 5,
        "time": make.NOW + 1000,
    }


def test_a_thread_that_grows_elsewhere_grows_in_every_row(recent, make):
    show(recent, make, make.article("a1", thread="t1"), thread=(make.thread("t1", 1),))
    other = make.article("b1", agency="Kestrel", story="s2", thread="t1")
    rows = show(recent, make, other, make.story("s2", agency="Kestrel", current="b1"), (make.thread("t1", 2),))
    assert [(row["id"], row["thread_size"]) for row in rows] == [("s2", 2), ("s1", 2)]


@pytest.mark.parametrize(("status", "hidden"), [("killed", "killed"), ("withheld", "withheld")])
def test_a_closed_story_shows_no_headline_and_keeps_none(recent, make, status, hidden):
    show(recent, make, make.article("a1", headline="Minister named in fraud inquiry"))
    (row,) = show(
        recent, make, make.article("a2", action="kill", headline="KILL Minister named"), make.story(status=status, current="a2", count=2)
    )
    assert (row["headline"], row["hidden"]) == (None, hidden)
    assert "Minister" not in json.dumps(recent.snapshot(make.NOW))
    assert "Minister" not in repr(vars(recent))


def test_a_closed_story_stays_closed_when_only_its_redactions_come(recent, make):
    show(recent, make, make.article("a1"))
    recent.emission(Emission((make.article("a1", again=True),), (make.story(status="killed"),)), make.NOW)
    (row,) = recent.snapshot(make.NOW)["stories"]
    assert (row["hidden"], row["headline"]) == ("killed", None)


def test_a_released_story_shows_again(recent, make):
    show(recent, make, make.article("a1"), make.story(status="withheld"))
    (row,) = show(recent, make, make.article("a2", action="release", headline="Cleared copy"), make.story(current="a2"))
    assert (row["hidden"], row["headline"]) == (None, "Cleared copy")


def test_an_embargoed_headline_shows_from_its_time_on_and_not_before(recent, make):
    (row,) = show(recent, make, make.article("a1", headline="Rates held", embargo="2026-03-01T08:31:00Z"))
    assert (row["headline"], row["hidden"], row["embargo"]) == (None, "embargoed", make.NOW + 60_000)
    assert "Rates" not in json.dumps(recent.snapshot(make.NOW + 59_999))
    (row,) = recent.snapshot(make.NOW + 60_000)["stories"]
    assert (row["headline"], row["hidden"], row["embargo"]) == ("Rates held", None, None)


def test_a_later_version_without_the_mark_does_not_lift_an_embargo(recent, make):
    show(recent, make, make.article("a1", embargo="2026-03-01T09:00:00Z"))
    (row,) = show(recent, make, make.article("a2", action="update"), make.story(current="a2"))
    assert row["hidden"] == "embargoed"


def test_a_release_lifts_an_embargo(recent, make):
    show(recent, make, make.article("a1", embargo="2026-03-01T09:00:00Z"))
    (row,) = show(recent, make, make.article("a2", action="release"), make.story(current="a2"))
    assert row["hidden"] is None


def test_the_story_s_own_headline_is_never_shown(recent, make):
    """It may be that of an embargoed version that left the view, or came before a restart."""
    (row,) = show(recent, make, make.article("a0", headline="Early, open copy", late=True), make.story(current="a9", headline="EMBARGOED"))
    assert row["headline"] == "Early, open copy"
    recent.emission(Emission((), (make.story("s7", headline="EMBARGOED"),)), make.NOW)
    assert "EMBARGOED" not in json.dumps(recent.snapshot(make.NOW))


def test_a_late_version_does_not_take_the_headline(recent, make):
    show(recent, make, make.article("a2", headline="Current"), make.story(current="a2"))
    (row,) = show(recent, make, make.article("a1", headline="Older", late=True), make.story(current="a2", count=2))
    assert row["headline"] == "Current"


def test_what_a_story_s_text_lacks_stands_beside_it_until_it_comes(recent, make):
    missing = (Lack("take 2", None, "unseen"), Lack("take 3", "a3", "place"))
    (row,) = show(recent, make, make.article("a3"), make.story(count=2, lacks=missing))
    assert row["lacks"] == ["take 2", "take 3"]
    (row,) = show(recent, make, make.article("a2"), make.story(count=3))
    assert row["lacks"] == []


def test_a_merged_story_leaves_the_page(recent, make):
    show(recent, make, make.article("a1"))
    recent.emission(Emission((), (make.story(merged_into="s0"),)), make.NOW)
    assert recent.snapshot(make.NOW)["stories"] == []


def test_hostile_headlines_become_one_line_and_stay_text(recent, make):
    (row,) = show(recent, make, make.article("a1", headline="<script>\nalert(1)\ud800</script>" + "x" * 5000))
    assert row["headline"].startswith("<script> alert(1) </script>")
    assert len(row["headline"]) == 300
    orjson.dumps(recent.snapshot(make.NOW))


def test_everything_is_bounded(recent, make):
    many = range(3 * STORIES)
    articles = tuple(make.article(f"a{i}", story=f"s{i}", agency=f"agency {i}") for i in range(AGENCIES + 50))
    recent.emission(Emission(articles, tuple(make.story(f"s{i}", current=f"a{i}") for i in many)), make.NOW)
    recent.dead([make.dead(i) for i in range(100)], make.NOW)
    snapshot = recent.snapshot(make.NOW)
    assert [row["id"] for row in snapshot["stories"]] == [f"s{AGENCIES + 49 - i}" for i in range(STORIES)]
    assert [row["id"] for row in snapshot["dead_letters"]] == [f"d{i}" for i in range(99, 99 - DEAD_LETTERS, -1)]
    assert len(snapshot["agencies"]) == AGENCIES + 1
    assert snapshot["agencies"][0] == {"agency": "other", "articles": 50, "time": make.NOW}
    assert snapshot["totals"]["dead_letters"] == 100


def test_a_kill_of_a_row_in_view_is_seen_at_the_head_of_a_large_batch(recent, make):
    show(recent, make, make.article("a1"))
    recent.emission(Emission((), (make.story(status="killed"), *[make.story("s2")] * (2 * STORIES))), make.NOW)
    assert [(row["id"], row["hidden"]) for row in recent.snapshot(make.NOW)["stories"]] == [("s1", "killed")]


def test_an_article_and_its_story_may_come_apart_and_in_either_order(recent, make):
    recent.emission(Emission((make.article("a1", headline="Ferries run"),)), make.NOW)
    recent.emission(Emission((), (make.story(current="a1", count=1),)), make.NOW)
    recent.emission(Emission((), (make.story(current="a2", count=2),)), make.NOW)
    recent.emission(Emission((make.article("a2", headline="Ferries run again", action="update"),)), make.NOW)
    (row,) = recent.snapshot(make.NOW)["stories"]
    assert (row["headline"], row["action"], row["versions"]) == ("Ferries run again", "update", 2)


@pytest.mark.parametrize(("status", "hidden"), [("canceled", "killed"), ("withheld", "withheld")])
def test_a_version_sent_again_without_its_text_closes_the_row_where_the_story_goes_elsewhere(recent, make, status, hidden):
    recent.emission(Emission((make.article("a1", headline="Minister named in fraud inquiry"),)), make.NOW)
    recent.emission(Emission((make.article("a1", headline="", status=status, again=True),)), make.NOW)
    (row,) = recent.snapshot(make.NOW)["stories"]
    assert (row["headline"], row["hidden"], row["action"]) == (None, hidden, "new")
    assert "Minister" not in repr(vars(recent))


def test_a_version_sent_again_with_its_text_opens_what_was_withheld_and_never_what_was_killed(recent, make):
    for story, status in (("s1", "withheld"), ("s2", "canceled")):
        recent.emission(Emission((make.article("a", story=story, headline="", status=status),)), make.NOW)
        recent.emission(Emission((make.article("a", story=story, headline="Cleared copy", status="usable", again=True),)), make.NOW)
    rows = recent.snapshot(make.NOW)["stories"]
    assert [(row["headline"], row["hidden"]) for row in rows] == [(None, "killed"), ("Cleared copy", None)]


def test_what_is_sent_again_of_a_story_out_of_view_makes_no_row(recent, make):
    recent.emission(Emission((make.article("a1", again=True),), (make.story("s9"),)), make.NOW)
    assert recent.snapshot(make.NOW)["stories"] == []


def test_articles_that_came_with_an_embargo_are_counted_also_where_it_has_ended(recent, make):
    articles = make.article("a1", embargo="2026-03-01T09:00:00Z"), make.article("a2", embargo="2020-03-01T09:00:00Z")
    recent.emission(Emission(articles), make.NOW)
    assert recent.snapshot(make.NOW)["totals"]["embargoed"] == 2


def test_a_dead_letter_shows_its_position_and_reason_and_never_the_payload(recent, make):
    recent.dead([make.dead(7, detail="bad password=hunter2\x00")], make.NOW)
    snapshot = recent.snapshot(make.NOW)
    (row,) = snapshot["dead_letters"]
    assert row == {
        "id": "d7",
        "step": "decode",
        "reason": "invalid",
        "topic": "wire.raw",
        "partition": 0,
        "offset": 7,
        "detail": "bad password=***",
        "time": make.NOW,
    }
    assert snapshot["reasons"] == {"invalid": 1}
    assert "SECRET" not in repr(vars(recent))


def test_counts_rates_and_latency(recent, make):
    recent.inbound(10, make.NOW)
    articles = (make.article("a1"), make.article("a2", action="kill"), make.article("a0", again=True, timestamp=0))
    recent.emission(Emission(articles), make.NOW)
    recent.inbound(4, make.NOW + 1000)
    snapshot = recent.snapshot(make.NOW + 2000)
    assert snapshot["totals"] == {"received": 14, "articles": 2, "kills": 1, "embargoed": 0, "dead_letters": 0}
    assert (snapshot["throughput"]["in"][-2:], snapshot["throughput"]["out"][-2:]) == ([10, 4], [2, 0])
    assert (snapshot["throughput"]["in_rate"], snapshot["throughput"]["out_rate"]) == (14 / 5, 2 / 5)
    assert snapshot["latency"]["count"] == 2
    assert snapshot["latency"]["p99"] == pytest.approx(20, rel=0.06)


def test_lag_is_summed_and_the_largest_partitions_are_named(make):
    recent = Recent(lag=lambda: [(("wire.raw", str(n)), float(n)) for n in range(30)])
    lag = recent.snapshot(make.NOW)["lag"]
    assert lag["records"] == sum(range(30))
    assert lag["partitions"][0] == {"topic": "wire.raw", "partition": "29", "records": 29}
    assert len(lag["partitions"]) == 20


def test_writers_and_readers_do_not_disturb_each_other(recent, make):
    def work(thread):
        for i in range(100):
            key = f"{thread}.{i}"
            recent.emission(Emission((make.article(key, story=key),), (make.story(key, current=key),)), make.NOW)
            recent.dead([make.dead(i)], make.NOW)
            recent.inbound(1, make.NOW)
            recent.snapshot(make.NOW)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert recent.snapshot(make.NOW)["totals"] == {"received": 400, "articles": 400, "kills": 0, "embargoed": 0, "dead_letters": 400}
