"""What a place says of its reasons: the rule, what the two share, what came second; and nothing of the words once the text is withdrawn."""

from __future__ import annotations

from dataclasses import replace

import orjson
from copy_desk import OTHER_WORDS, REPORT
from helpers import HOUR, START, Run, article, digest, killed

from writethru.records import ThreadPlace
from writethru.threads import ThreadIndex, ThreadSettings
from writethru.threads.terms import encode, printed, split


def place(run: Run, name: str) -> ThreadPlace:
    found = run.placed[digest(name)].thread
    assert found is not None
    return found


def test_a_place_names_the_weightiest_words_and_numbers_as_the_article_prints_them() -> None:
    run = Run()
    run.feed(article("report", REPORT, time=START), article("event", OTHER_WORDS, agency="osprey", time=START + HOUR))
    assert place(run, "report").terms == ()
    assert set(place(run, "event").terms) <= set(OTHER_WORDS.replace(".", " ").replace(",", " ").split()) | {"62"}
    assert {"Quillhaven", "pilots"} <= set(place(run, "event").terms)


def test_a_version_rests_on_its_story_and_names_that() -> None:
    run = Run()
    run.feed(article("v1", REPORT, story="pilots"), article("v2", REPORT, story="pilots"))
    assert (place(run, "v2").rule, place(run, "v2").terms) == ("story", (digest("story pilots"),))


def test_what_came_second_is_named_with_its_thread_and_its_nearest_article() -> None:
    run = Run(ThreadIndex("en", settings=ThreadSettings(join=1.1)))
    run.feed(article("report", REPORT, time=START), article("event", OTHER_WORDS, agency="osprey", time=START + HOUR))
    assert place(run, "event").relation == "first"
    second = place(run, "event").second
    assert second is not None
    assert (second.thread, second.of) == (place(run, "report").id, digest("report"))
    assert 0.5 < second.score < 1


def test_a_redelivered_article_says_the_same_and_so_does_one_from_the_log() -> None:
    pair = [article("report", REPORT, time=START), article("event", OTHER_WORDS, agency="osprey", time=START + HOUR)]
    index = ThreadIndex("en")
    first = index.apply(pair).articles
    rebuilt = ThreadIndex("en")
    rebuilt.restore(index.drain())
    assert index.apply(pair).articles == rebuilt.apply(pair).articles == first


def test_the_words_are_gone_with_the_text() -> None:
    pair = [article("report", REPORT, time=START), article("event", OTHER_WORDS, agency="osprey", story="event", time=START + HOUR)]
    for withdrawal in (killed(pair[1]), article("notice", story="event", action="kill", pubStatus="canceled", time=START + 2 * HOUR)):
        index = ThreadIndex("en")
        index.apply(pair)
        index.drain()
        index.apply([withdrawal])
        entries = [orjson.loads(entry) for entry in (*index.drain(), *index.snapshot())]
        assert not [entry for entry in entries if entry[1] == digest("event") and "Quillhaven" in str(entry)]
        (again,) = index.apply(pair[1:]).articles
        assert again.thread is not None and again.thread.terms == ()


def test_an_embargoed_text_lends_no_words() -> None:
    run = Run()
    run.feed(article("report", REPORT, time=START))
    told = article("event", OTHER_WORDS, agency="osprey", time=START + HOUR)
    run.feed(replace(told, wire=replace(told.wire, embargo="2025-06-15T16:00:00Z")))
    assert place(run, "event").terms == ()


def test_a_term_is_told_as_the_body_prints_it_first_and_in_the_order_asked_for() -> None:
    harbour, ships, unknown = (encode(word) >> 8 for word in ("harbour", "ship", "quay"))
    assert printed([ships, unknown, harbour], split("Ships left. The ship and the Harbour."), "SHIPS LEAVE HARBOUR") == ["Ships", "Harbour"]
