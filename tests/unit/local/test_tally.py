from __future__ import annotations

from dataclasses import replace

from tests.builders import article, message
from writethru.local.tally import Tally
from writethru.records import Emission, Story, Thread


def story(id_: str, count: int, merged_into: str | None = None) -> Story:
    return Story(id_, 1, "northwire", "current", None, "", "", "en", (), count, None, None, merged_into)


def thread(id_: str, merged_into: str | None = None) -> Thread:
    return Thread(id_, 1, "", "en", (), 1, (), None, None, merged_into)


def test_an_article_counts_once_however_often_it_is_emitted() -> None:
    tally = Tally()
    first = article("a", payload=message(timestamp=1000), timestamp=1000)
    again = replace(first, rev=2, payload=None)
    tally.add(Emission((first, again, first)), 2000)
    assert tally.figures()["articles"] == 1


def test_versions_are_the_present_counts_of_the_stories_and_merged_ones_do_not_count() -> None:
    tally = Tally()
    tally.add(Emission(stories=(story("s", 1), story("t", 1)), threads=(thread("x"), thread("y"))), 0)
    tally.add(Emission(stories=(story("s", 3), story("t", 1, merged_into="s")), threads=(thread("y", merged_into="x"),)), 0)
    figures = tally.figures()
    assert (figures["stories"], figures["versions"], figures["threads"]) == (1, 3, 1)


def test_rate_and_latency_come_from_kafkas_timestamp_and_the_moment_the_sinks_hold_the_article() -> None:
    tally = Tally()
    for n in range(100):
        tally.add(Emission((article(str(n), payload=message(timestamp=1000), timestamp=1000),)), 1000 + n * 10)
    figures = tally.figures()
    assert figures["rate"] == 100 / 0.99
    assert (round(figures["p50"], 2), round(figures["p99"], 2)) == (0.5, 0.99)


def test_what_an_earlier_run_received_counts_as_an_article_and_says_nothing_of_rate_and_latency() -> None:
    tally = Tally()
    known = replace(article("old", timestamp=1000), rev=2)
    fresh = article("new", payload=message(timestamp=900_000), timestamp=900_000)
    tally.add(Emission((known, fresh)), 900_500)
    figures = tally.figures()
    assert (figures["articles"], figures["rate"], figures["p99"]) == (2, 2.0, 0.5)


def test_nothing_played_has_no_rate() -> None:
    assert Tally().figures()["rate"] is None
