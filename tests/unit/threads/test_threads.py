from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from copy_desk import OTHER_WORDS, REPORT, REWRITE, UNRELATED, item, wire_day
from helpers import HOUR, START, Run, article, digest, groups_of, killed, pair

from writethru.records import Article, RawMessage, Thread, ThreadPlace
from writethru.threads import ThreadIndex, ThreadSettings
from writethru.threads.decide import RELATIONS, crowding, features, likelihood, odds, relations
from writethru.threads.index import Threaded, thread_id
from writethru.threads.model import Model


def place(run: Run, name: str) -> ThreadPlace:
    found = run.placed[digest(name)].thread
    assert found is not None
    return found


# --- the relations ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_a_tenth_of_an_item_of_common_length_is_a_copy_of_it(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 the same every time
    words = ["".join(draw.choices("abdefgiklmnoprstu", k=draw.randrange(3, 9))) for _ in range(350)]
    run = Run()
    run.feed(article("whole", " ".join(words), time=START))
    run.feed(article("tenth", " ".join(words[:35]), agency="gazette", time=START + HOUR))
    assert (place(run, "tenth").relation, place(run, "tenth").of) == ("copy", digest("whole"))


def test_copy_derivation_event_and_something_else() -> None:
    run = Run()
    run.feed(article("report", REPORT, "Quillhaven pilots end walkout", time=START))
    run.feed(article("copy", "From our wire services. " + REPORT[:420], "Ships sail again", agency="gazette", time=START + HOUR))
    run.feed(article("rewrite", REWRITE, "Quillhaven back to work", agency="mirror", time=START + 2 * HOUR))
    run.feed(article("event", OTHER_WORDS, "Pilots' strike settled in Quillhaven", agency="osprey", time=START + 3 * HOUR))
    run.feed(article("other", UNRELATED, "Seed vault opens", time=START + 3 * HOUR))
    assert [place(run, name).relation for name in ("report", "copy", "rewrite", "event", "other")] == [
        "first",
        "copy",
        "derivation",
        "event",
        "first",
    ]
    assert place(run, "copy").of == digest("report")
    assert run.groups() == groups_of([["report", "copy", "rewrite", "event"], ["other"]])
    assert place(run, "report").id == thread_id(digest("report"))


def test_same_story_is_a_version_whatever_its_text() -> None:
    run = Run()
    run.feed(article("v1", REPORT, story="pilots"), article("v2", UNRELATED, story="pilots"))
    assert place(run, "v2") == ThreadPlace(place(run, "v1").id, "version", digest("v1"), 1.0, "story", (digest("story pilots"),))


@pytest.mark.parametrize("alone", [{"digest_": True}, {"action": "advisory"}])
def test_digests_and_advisories_stand_alone(alone: dict[str, Any]) -> None:
    run = Run()
    for name, marks in (("summary", alone), ("report", {}), ("again", alone)):
        run.feed(article(name, REPORT, story="s", **marks))
    assert run.groups() == groups_of([["summary"], ["report"], ["again"]])
    assert place(run, "again").rule in ("digest", "advisory")


def test_pictures_are_threaded_by_story_alone() -> None:
    run = Run()
    run.feed(article("report", REPORT, story="pilots"))
    run.feed(article("picture", REPORT, story="pilots", type="picture"), article("stray", REPORT, type="picture"))
    assert run.groups() == groups_of([["report", "picture"], ["stray"]])


# --- time -------------------------------------------------------------------------------------------------------------------


def test_past_the_window_the_same_words_are_another_thread() -> None:
    run = Run()
    run.feed(article("monday", REPORT, time=START), article("friday", REPORT, time=START + 100 * HOUR))
    assert len(run.groups()) == 2


def test_a_thread_that_never_ends_takes_in_no_more_after_its_life() -> None:
    """Each is within the window of the one before: only the thread's age tells."""
    run = Run(ThreadIndex("en", settings=ThreadSettings(life=100 * HOUR)))
    run.feed(*(article(f"{day}", f"{REPORT} {day}", agency=f"a{day}", time=START + day * 40 * HOUR) for day in range(5)))
    run.feed(article("version", REPORT, story="0", time=START + 161 * HOUR))
    assert run.groups() == groups_of([["0", "1", "2", "version"], ["3", "4"]])


def test_the_age_of_a_thread_is_in_the_log() -> None:
    short = ThreadSettings(life=30 * HOUR)
    index = ThreadIndex("en", settings=short)
    index.apply([article("first", REPORT, time=START)])
    after, copied = ThreadIndex("en", settings=short), ThreadIndex("en", settings=short)
    after.restore(index.drain())
    copied.restore(index.snapshot())
    late = [article("late", REPORT, agency="osprey", time=START + 31 * HOUR)]
    assert after.apply(late) == copied.apply(late) == index.apply(late)
    assert len(after.apply(late).threads) == 1 and after.threads == 2


def test_an_unknown_time_neither_joins_nor_parts() -> None:
    run = Run()
    run.feed(article("dated", REPORT, time=START), article("undated", REPORT))
    assert len(run.groups()) == 1


def test_the_clock_is_the_largest_agency_time_capped_by_arrival() -> None:
    index = ThreadIndex("en")
    assert index.clock == 0
    index.apply([article("a", REPORT)])
    assert index.clock == 0
    index.apply([article("b", REPORT, time=START, arrived=START + HOUR), article("c", time=START + 50 * HOUR, arrived=START + HOUR)])
    assert index.clock == START + HOUR
    index.apply([article("d", time=START - HOUR)])
    assert index.clock == START + HOUR


# --- what must not be joined --------------------------------------------------------------------------------------------------


def test_identical_alerts_of_one_word_are_never_one_thread() -> None:
    run = Run()
    run.feed(*(article(f"alert {n}", "", "Urgent", time=START + n) for n in range(30)))
    assert len(run.groups()) == 30


def test_short_texts_join_only_where_their_few_words_agree() -> None:
    run = Run()
    run.feed(article("flash", "", "Quillhaven harbour pilots end walkout, union says", time=START))
    run.feed(article("same", "", "Harbour pilots end Quillhaven walkout: union", agency="osprey", time=START + 60_000))
    run.feed(article("other", "", "Quillhaven harbour museum opens seed collection", agency="osprey", time=START + 90_000))
    assert run.groups() == groups_of([["flash", "same"], ["other"]])


ALERT = "Osterby central bank lowers discount rate to 4.75 percent; governor calls slump in exports unprecedented."
CUT = (
    "The National Bank of Osterby made borrowing cheaper on Tuesday, trimming its discount rate to 4.75 percent in the first such step in "
    "two years. Mirela Tovan, who became governor in spring, told brewers and shipbuilders that they had waited long enough."
)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(
    ("alert", "minutes", "threads"),
    [
        (ALERT, 6, 1),
        (ALERT.replace("4.75", "5.25"), 6, 2),
        (ALERT.replace("to 4.75 percent", "again"), 6, 2),
        (ALERT, 90, 2),
        (ALERT, None, 2),
    ],
    ids=["borne out", "another figure", "no figure", "too late", "unknown time"],
)
def test_an_alert_joins_the_story_that_bears_it_out(alert: str, minutes: int | None, threads: int, order: tuple[int, int]) -> None:
    day = [
        article("alert", alert, time=None if minutes is None else START),
        article("story", CUT, "Osterby eases", agency="osprey", time=START + (minutes or 0) * 60_000),
    ]
    run = Run()
    run.feed(*wire_day(10, 1), *(day[place] for place in order))
    assert len({place(run, name).id for name in ("alert", "story")}) == threads


SETTINGS = ThreadSettings()


def likely(texts: int = 30, **details: Any) -> float:
    found = pair(**details)
    logits = np.array(Model.shipped().logits(features(found, SETTINGS)))
    crowded = crowding(texts, details.get("apart", 0) is not None, SETTINGS)
    return likelihood(*odds(found, logits, SETTINGS).tolist(), crowded)


def rule(**details: Any) -> tuple[str, str]:
    return RELATIONS[relations(pair(**details), SETTINGS)[0]]


def test_no_alert_bears_out_another() -> None:
    """Two one-line dividends of one date share their numbers and most of their words."""
    assert likely(cosine=0.5, words=14, longer=90) > 0.9
    assert likely(cosine=0.5, words=14, longer=18) == 0.0


def test_a_brief_items_only_number_is_a_detail() -> None:
    """Two brief items of one pattern (so many of these taken here, so many of those there) share a rare word and little else."""
    brief = {"cosine": 0.17, "apart": HOUR, "weekdays": (2, 0), "numbers": 1, "words": 45, "longer": 70, "runs": 0.0}
    assert likely(90, **brief, numbers_shared=0) < SETTINGS.settle
    assert likely(90, **brief, numbers_shared=1) > likely(90, **brief, numbers_shared=0)


def test_the_more_texts_of_these_days_the_less_a_likeness_says() -> None:
    assert likely() > likely(300) > likely(30_000)
    assert likely(apart=None) == likely(300, apart=None)


def test_details_that_contradict_each_other_outweigh_likeness() -> None:
    """Two trips of the same people to the same place: where no time parts them, weekdays, years and numbers must."""
    trip = {"cosine": 0.6, "apart": None, "numbers": 4}
    assert likely(**trip, numbers_shared=2) > 0.9
    assert likely(**trip, numbers_shared=0) < SETTINGS.settle
    assert likely(**trip, numbers_shared=2, weekdays=(2, 12), years=(1, 2)) < SETTINGS.settle


def test_a_form_filled_in_anew_is_another_event() -> None:
    table = {"cosine": 0.6, "numbers": 6, "numbers_shared": 1, "words": 30, "longer": 34, "common": 0.6, "runs": 0.0}
    assert likely(**table, form=True) < SETTINGS.settle < likely(**table)


def test_a_rewrite_keeps_words_and_breaks_runs_and_a_misreading_the_other_way_round() -> None:
    assert rule(runs=0.5, common=0.8) == ("derivation", "derivation:shingles")
    assert rule(runs=0.5, common=0.6) == ("copy", "copy:misread")
    assert rule(runs=0.7, common=1.0) == ("copy", "copy:shingles")


def test_results_tables_of_different_companies_are_different_events() -> None:
    run = Run()
    for n in range(40):
        body = (
            f"Shr {n + 11} cts vs {n + 47} cts. Net {n * 7919 + 102_331} vs {n * 104_729 + 99_871}. "
            f"Sales {n * 611 + 23} mln vs {n * 397 + 31} mln. NOTE: Results for the quarter include a tax credit."
        )
        run.feed(article(f"results {n}", body, f"Company{n}ton Inc 4th qtr net", time=START + n * 60_000))
    assert max(len(group) for group in run.groups()) <= 3


def test_a_wire_day_comes_out_as_its_events() -> None:
    day = wire_day()
    run = Run()
    for start in range(0, len(day), 17):
        run.feed(*day[start : start + 17])
    events = {frozenset(item(number, teller).id for teller in range(5)) for number in range(40)}
    assert len(run.groups() & events) >= 36
    assert max(len(group) for group in run.groups()) <= 10


# --- kills --------------------------------------------------------------------------------------------------------------------


def test_a_kill_takes_text_and_headline_and_keeps_the_membership() -> None:
    run = Run()
    first = article("first", REPORT, "Pilots end walkout", story="pilots", time=START)
    run.feed(first, article("second", REPORT, "Ships sail again", agency="osprey", time=START + 1))
    run.feed(article("notice", "", "Kill pilots story", story="pilots", action="kill", pubStatus="canceled", time=START + 2))
    thread = run.thread_of("first")
    assert {member.id for member in thread.members} == {digest("first"), digest("second"), digest("notice")}
    assert thread.headline == "Ships sail again"
    run.feed(killed(first))
    assert run.thread_of("first").headline == "Ships sail again"
    assert run.thread_of("first").count == 3


def test_killed_text_is_found_no_more_and_a_release_brings_it_back() -> None:
    run = Run()
    first = article("first", REPORT, "Pilots end walkout", time=START)
    run.feed(first)
    run.feed(killed(first))
    assert run.thread_of("first").headline == ""
    assert run.feed(article("late", REPORT, time=START + HOUR))[0].thread.relation == "first"  # type: ignore[union-attr]
    run.feed(article("first", REPORT, "Pilots end walkout", time=START, rev=3))
    assert run.thread_of("first").headline == "Pilots end walkout"
    assert run.feed(article("later", "Editors, note. " + REPORT, time=START + HOUR))[0].thread.relation == "copy"  # type: ignore[union-attr]


def test_what_a_released_text_shares_with_another_is_told_again() -> None:
    run = Run()
    other = article("other", REWRITE, "Pilots end walkout", time=START)
    first = article("first", REPORT, "Pilots end walkout", time=START + HOUR)
    (_, told) = run.feed(other, first)
    assert told.thread and told.thread.terms
    (dead,) = run.feed(killed(first))
    assert dead.thread and dead.thread.terms == ()
    (back,) = run.feed(article("first", REPORT, "Pilots end walkout", time=START + HOUR, rev=3))
    assert back.thread and back.thread.terms == told.thread.terms


def test_a_redelivered_original_does_not_revive_what_was_killed() -> None:
    run = Run()
    first = article("first", REPORT, "Pilots end walkout")
    run.feed(first)
    run.feed(killed(first))
    before = run.thread_of("first")
    assert run.feed(first)[0].thread == place(run, "first")
    assert run.thread_of("first") == before


def test_a_killed_digest_draws_no_later_version_into_its_thread() -> None:
    run = Run()
    digest_ = article("digest", REPORT, story="pilots", digest_=True)
    run.feed(article("report", REPORT, story="pilots"), digest_, killed(digest_), article("again", REWRITE, story="pilots"))
    assert run.groups() == groups_of([["report", "again"], ["digest"]])


# --- embargo ------------------------------------------------------------------------------------------------------------------


def embargoed(original: Article) -> Article:
    return replace(original, wire=replace(original.wire, embargo="2025-06-15T16:00:00Z"))


def test_an_embargoed_headline_is_never_a_threads() -> None:
    """Whatever the clock, also once the embargo is long past; the article that opened it included."""
    run = Run()
    opener = article("opener", REPORT, "Pilots end walkout", time=START)
    run.feed(embargoed(opener))
    assert run.thread_of("opener").headline == ""
    run.feed(article("copy", REPORT, "Ships sail again", agency="osprey", time=START + 1))
    run.feed(embargoed(article("later", REPORT, "Freighters leave", agency="gazette", time=START + 100 * HOUR, story="opener")))
    assert run.thread_of("opener").headline == "Ships sail again"
    assert run.thread_of("opener").count == 3
    run.feed(embargoed(replace(opener, rev=2)))
    assert run.thread_of("opener").headline == "Ships sail again"
    run.feed(replace(opener, rev=3))
    assert run.thread_of("opener").headline == "Pilots end walkout"


def test_an_embargoed_headline_is_not_logged() -> None:
    index = ThreadIndex("en")
    index.apply([embargoed(article("opener", REPORT, "Pilots end walkout", time=START))])
    assert not [entry for entry in (*index.drain(), *index.snapshot()) if b"walkout" in entry]


# --- threads ------------------------------------------------------------------------------------------------------------------


def test_two_threads_that_prove_to_be_one_are_merged_into_the_earlier() -> None:
    half = len(REPORT) // 2
    run = Run()
    run.feed(article("top", REPORT[: half - 40], time=START), article("tail", REPORT[half + 60 :], time=START + 1))
    assert len(run.groups()) == 2
    loser = run.thread_of("tail").id
    run.feed(article("whole", REPORT, agency="osprey", time=START + 2))
    assert run.groups() == groups_of([["top", "tail", "whole"]])
    assert run.threads[loser].merged_into == run.thread_of("top").id == thread_id(digest("top"))
    assert run.feed(article("tail", REPORT[half + 60 :], time=START + 1))[0].thread.id == loser  # type: ignore[union-attr]
    later = run.feed(article("later", REPORT[half + 60 :], agency="gazette", time=START + 3))
    assert later[0].thread.id == run.thread_of("top").id  # type: ignore[union-attr]


def test_a_doubtful_text_is_joined_when_both_threads_have_grown() -> None:
    """Beyond its own likeness it takes `look_back` more articles: what is doubtful with one member mostly is not with three."""
    doubtful = ThreadSettings(join=1.1, settle=0.5, look_back=3)
    run = Run(ThreadIndex("en", settings=doubtful))
    run.feed(article("report", REPORT, time=START), article("event", OTHER_WORDS, agency="osprey", time=START + HOUR))
    assert len(run.groups()) == 2
    run.feed(*(article(f"other {n}", f"{UNRELATED} {n}", story="vault", time=START + 2 * HOUR) for n in range(2)))
    assert run.groups() == groups_of([["report"], ["event"], ["other 0", "other 1"]])
    loser = run.thread_of("event").id
    run.feed(article("other 2", UNRELATED, story="vault", time=START + 2 * HOUR))
    assert run.groups() == groups_of([["report", "event"], ["other 0", "other 1", "other 2"]])
    assert run.threads[loser].merged_into == run.thread_of("report").id


def test_an_article_whose_thread_is_joined_to_another_at_its_arrival_is_told_in_the_other() -> None:
    doubtful = ThreadSettings(join=1.1, settle=0.5, look_back=3)
    run = Run(ThreadIndex("en", settings=doubtful))
    run.feed(article("report", REPORT, time=START), article("event", OTHER_WORDS, agency="osprey", time=START + HOUR))
    run.feed(*(article(f"other {n}", f"{UNRELATED} {n}", story="vault", time=START + 2 * HOUR) for n in range(2)))
    run.feed(article("again", OTHER_WORDS, agency="osprey", story="event", time=START + 3 * HOUR))
    assert run.groups() == groups_of([["report", "event", "again"], ["other 0", "other 1"]])
    assert run.threads[thread_id(digest("event"))].merged_into == run.thread_of("report").id == run.thread_of("again").id


def test_what_was_doubtful_is_remembered_in_the_log() -> None:
    doubtful = ThreadSettings(join=1.1, settle=0.5, look_back=3)
    index = ThreadIndex("en", settings=doubtful)
    index.apply([article("report", REPORT, time=START), article("event", OTHER_WORDS, agency="osprey", time=START + HOUR)])
    after = ThreadIndex("en", settings=doubtful)
    after.restore(index.drain())
    others = [article(f"other {n}", f"{UNRELATED} {n}", story="vault", time=START + 2 * HOUR) for n in range(3)]
    merged = [thread for thread in after.apply(others).threads if thread.merged_into]
    assert [(thread.id, thread.merged_into) for thread in merged] == [(thread_id(digest("event")), thread_id(digest("report")))]


def test_a_thread_is_emitted_once_a_batch_with_its_newest_members() -> None:
    index = ThreadIndex("en", settings=ThreadSettings(members=3))
    result = index.apply(
        [article(f"v{n}", REPORT, f"Headline {n}", agency=f"a{n % 2}", story="s", time=START + n * 1000) for n in range(5)]
    )
    (thread,) = result.threads
    assert thread.rev == START // 1000 + 5, "once a change"
    assert [member.id for member in thread.members] == [digest(f"v{n}") for n in (2, 3, 4)]
    assert (thread.count, thread.agencies, thread.headline) == (5, ("a0", "a1"), "Headline 0")
    assert (thread.first_seen, thread.last_seen) == ("2025-06-15T15:06:40Z", "2025-06-15T15:06:44Z")
    assert index.apply([article("v4", REPORT, "Headline 4", agency="a0", story="s", time=START + 4000)]).threads == (thread,)


def test_eviction_forgets_the_untouched_and_the_cap_the_oldest() -> None:
    index = ThreadIndex("en", settings=ThreadSettings(limit=3))
    index.apply([article(f"n{n}", f"{UNRELATED} {n}", time=START + n * 100 * HOUR) for n in range(5)])
    assert (len(index), index.capped) == (3, 2)
    assert index.evict(START + 400 * HOUR) == 2
    assert len(index) == 1
    assert index.evict(START + 400 * HOUR) == 0


def read_again(one: Article) -> Article:
    return replace(one, payload=RawMessage(b"", "wire.raw", 0, 0, one.provenance.timestamp, again=True))


@pytest.mark.parametrize("held", [0, 100])
@pytest.mark.parametrize("seed", range(6))
def test_a_retry_in_another_order_leaves_no_thread_of_the_lost_attempt(seed: int, held: int) -> None:
    """With 0 held no checkpoint knew the language when the attempt failed."""
    day = wire_day()
    before, stretch = day[:held], day[held:]
    sink: dict[str, Thread] = {}
    placed: dict[str, str] = {}

    def tell(threaded: Threaded) -> None:
        sink.update((thread.id, thread) for thread in threaded.threads if thread.id not in sink or thread.rev >= sink[thread.id].rev)
        placed.update((one.id, one.thread.id) for one in threaded.articles if one.thread)

    lost = ThreadIndex("en")
    tell(lost.apply(before))
    kept = lost.drain()
    tell(lost.apply(stretch))
    again = ThreadIndex("en", since=START + 20_000 * HOUR)
    if kept:
        again.restore(kept)
        tell(Threaded((), again.retell()))
    stretch = [read_again(one) for one in stretch]
    random.Random(seed).shuffle(stretch)  # noqa: S311 - no secrets
    for start in range(0, len(stretch), 7):
        tell(again.apply(stretch[start : start + 7]))

    members = [member.id for thread in sink.values() if thread.merged_into is None for member in thread.members]
    assert sorted(members) == sorted(one.id for one in day)
    for id_, thread in placed.items():
        while (into := sink[thread].merged_into) is not None:
            thread = into
        assert id_ in {member.id for member in sink[thread].members}


def test_a_first_attempt_takes_nothing_back_and_counts_from_the_clock() -> None:
    run = Run(ThreadIndex("en", since=START + 20_000 * HOUR))
    run.feed(article("first", REPORT, "Pilots end walkout", time=START))
    run.feed(article("copy", REPORT, "Pilots end walkout", agency="osprey", time=START + 1))
    (thread,) = run.threads.values()
    assert (thread.rev, thread.count) == (START // 1000 + 2, 2)


def test_without_attempts_that_fail_what_is_read_again_is_as_new() -> None:
    run = Run(ThreadIndex("en"))
    run.feed(read_again(article("first", REPORT, "Pilots end walkout", time=START)))
    run.feed(read_again(article("copy", REPORT, "Pilots end walkout", agency="osprey", time=START + 1)))
    (thread,) = run.threads.values()
    assert (thread.rev, thread.count) == (START // 1000 + 2, 2)


def test_an_article_that_came_after_the_failure_takes_nothing_back() -> None:
    index = ThreadIndex("en")
    index.apply([article("first", REPORT, "Pilots end walkout", time=START)])
    after = ThreadIndex("en", since=START)
    after.restore(index.drain())
    (retold,) = after.retell()
    assert (retold.id, retold.rev) == (thread_id(digest("first")), START)
    (joined,) = after.apply([article("copy", REPORT, "Pilots end walkout", agency="osprey", time=START + 1)]).threads
    assert (joined.id, joined.rev, joined.count) == (retold.id, START + 1, 2)


def test_a_kill_that_comes_after_its_thread_was_forgotten_empties_the_thread_in_the_sinks() -> None:
    run = Run()
    first = article("first", REPORT, "Pilots end walkout", time=START)
    run.feed(first)
    run.index.evict(START + 72 * HOUR)
    run.feed(article("later", UNRELATED, time=START + 96 * HOUR), killed(first))
    assert run.thread_of("first").headline == ""
    assert run.placed[first.id].thread == ThreadPlace(thread_id(first.id), "first", None, 1.0, "opens")


def test_a_brief_filled_in_with_two_other_numbers_is_another_event() -> None:
    quake = (
        "An earthquake of magnitude {} struck {} on Tuesday, the geological survey said. There were no immediate reports of damage or "
        "casualties. It was {} km deep."
    )
    run = Run()
    run.feed(
        article("one", quake.format("5.6", "off the coast of Osken", 10), "Quake strikes off Osken", time=START),
        article("other", quake.format("6.1", "northern Tavira", 35), "Quake strikes Tavira", agency="osprey", time=START + HOUR),
        article("copy", quake.format("5.6", "off the coast of Osken", 10), "Osken quake", agency="osprey", time=START + HOUR),
    )
    assert run.groups() == groups_of([["one", "copy"], ["other"]])
