"""The index is a cache: what was drained makes the same index again; what is old is forgotten."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.records import millis
from writethru.stories import StoryIndex
from writethru.stories.standing import CONTROLS

HOUR = 3_600_000
SLUGS = (None, "Tunnel-Flood", "AM-Harbour-Vote", "PM-Harbour-Vote", "ferry")
HEADLINES = ("Harbour tunnel flooded", "Flooded harbour tunnel shut", "Ferry vote put off again", "Bulletin kill", "")
CHANCE = st.randoms(use_true_random=True)
KINDS = ("new", "new", "update", "correction", "repeat", "kill", "withhold", "release", "advisory", "alert")


def a_wire(chance, make):
    """Articles of one agency in order of arrival: few names, so that they meet; times that go to and fro; some redelivered."""
    articles = []
    for n in range(chance.randint(1, 24)):
        if articles and chance.random() < 0.2:
            articles.append(chance.choice(articles))
            continue
        minutes = chance.choice((None, *[chance.randint(0, 60 * 72)] * 4))
        moment = datetime(2026, 3, 2, tzinfo=timezone.utc) + timedelta(minutes=minutes or 0)
        guid = chance.choice((None, None, 1, 2, 3, 4))
        action = chance.choice(KINDS)
        by_status = action == "withhold" and chance.random() < 0.5
        articles.append(
            make(
                f"item {n}",
                day=moment.strftime("%Y-%m-%d"),
                at=None if minutes is None else moment.strftime("%H:%M"),
                kafka="2026-03-06T00:00:00Z",
                uri=None if guid is None else f"urn:mer:{guid}",
                version=chance.choice((None, "1", "2", "10", "978556838")),
                slug=chance.choice(SLUGS),
                headline=chance.choice(HEADLINES),
                body=chance.choice(("", "One.\n\nTwo.", "One.\n\nThree.")),
                action=action,
                update=chance.choice((None, 1, 2, 3)) if action in ("update", "correction", "repeat") else None,
                replaces=chance.choice(((), (), (), ("urn:mer:1",), ("urn:mer:2", "urn:mer:3"), ("a0713",), (HEADLINES[2],))),
                targets=chance.choice(((), ("157",), ("urn:mer:4", "urn:mer:1"))) if action in CONTROLS else (),
                status="withheld" if by_status else None,
                alt=chance.choice(((), (), (("number", "0157"),), (("transmission", "a0713"),), (("itemid", "x9"),))),
                digest=chance.random() < 0.1,
                type_=chance.choice(("text", "text", "text", "picture")),
            )
        )
    return articles


def a_run(chance, make):
    """(batches, after which of them the index is lost, after which of them what is older than so many hours is forgotten)."""
    articles = a_wire(chance, make)
    cuts = sorted({0, len(articles), *[chance.randint(0, len(articles)) for _ in range(6)]})
    batches = [articles[a:b] for a, b in pairwise(cuts)]
    losses = {n for n in range(len(batches)) if chance.random() < 0.5}
    evictions = {n: chance.randint(0, 72) for n in range(len(batches)) if chance.random() < 0.2}
    return batches, losses, evictions


def play(batches, losses, evictions, cap, snapshots=()):
    index, entries, out = StoryIndex("meridian", cap=cap), [], []
    for n, batch in enumerate(batches):
        out.append(index.apply(batch))
        if n in evictions:
            out.append(index.evict(millis("2026-03-02T00:00:00Z") + evictions[n] * HOUR))
        entries.extend(index.drain())
        if n in snapshots:
            entries = index.snapshot()
        if n in losses:
            index = StoryIndex("meridian", cap=cap)
            index.restore(entries)
        out.append((len(index), index.clock))
    return out


@settings(max_examples=200, deadline=None)
@given(chance=CHANCE, cap=st.sampled_from((6, 16, 1000)))
def test_an_index_that_is_lost_at_random_and_restored_gives_the_same_output(make, chance, cap):
    batches, losses, evictions = a_run(chance, make)
    assert play(batches, losses, evictions, cap) == play(batches, set(), evictions, cap)


@settings(max_examples=200, deadline=None)
@given(chance=CHANCE, cap=st.sampled_from((6, 16, 1000)))
def test_a_snapshot_stands_for_the_whole_log_before_it(make, chance, cap):
    batches, losses, evictions = a_run(chance, make)
    snapshots = {n for n in range(len(batches)) if chance.random() < 0.5}
    assert play(batches, losses, evictions, cap, snapshots) == play(batches, set(), evictions, cap)


@settings(max_examples=100, deadline=None)
@given(chance=CHANCE)
def test_a_snapshot_restored_gives_the_same_snapshot_and_nothing_more_to_log(make, chance):
    index, restored = StoryIndex("meridian"), StoryIndex("meridian")
    for article in a_wire(chance, make):
        index.apply([article])
    entries = index.snapshot()
    assert index.snapshot() == entries
    restored.restore(entries)
    assert restored.snapshot() == entries
    assert restored.drain() == []


@settings(max_examples=100, deadline=None)
@given(chance=CHANCE)
def test_no_entry_of_a_killed_story_carries_text(make, chance):
    index = StoryIndex("meridian")
    for article in a_wire(chance, make):
        index.apply([article])
        for entry in (*index.drain(), *index.snapshot()):
            if entry.startswith(b'["s"') and json.loads(entry)[4] == "canceled":
                assert not [text for text in (*filter(None, HEADLINES), "One.", "ADDS details", "Ada Quill") if text.encode() in entry]


@pytest.mark.parametrize("target", ["urn:mer:1", "Zephyrine ledger forged", "\u6e2f\u53e3\u6295\u7968\u6539\u671f"])
def test_neither_the_killed_nor_its_kill_leaves_a_word_in_the_log(make, desk, target):
    words = {
        "headline": "Zephyrine ledger forged" if target.isascii() else target,
        "body": "Quoined brickwork.",
        "note": "RECASTS tamarisk quote",
    }
    desk.take(make("a", uri="urn:mer:1", slug="Books", **words), make("u", uri="urn:mer:1", version="2", at="08:05", **words))
    desk.index.drain()
    desk.take(make("k", action="kill", headline="Kill Zephyrine ledger", note="KILL: forged", targets=("urn:mer:1", target), at="08:10"))
    desk.take(make("late", uri="urn:mer:1", version="3", at="08:07", **words))
    written = b"\n".join((*desk.index.drain(), *desk.index.snapshot())).lower()
    for word in " ".join(words.values()).lower().split():
        assert word.encode() not in written


@pytest.mark.parametrize("lost", [False, True])
def test_a_kill_without_its_words_is_still_found_by_them(make, desk, lost):
    desk.take(make("a", headline="Zephyrine ledger forged in Brannoc", at="08:00"))
    desk.take(make("k", action="kill", targets=("Zephyrine ledger forged in Brannoc",), at="08:10"))
    if lost:
        entries = desk.index.snapshot()
        desk.index = StoryIndex("meridian")
        desk.index.restore(entries)
    late = desk.one(make("u", action="update", update=1, headline="Zephyrine ledger forged in Brannoc, court says", at="08:05"))
    assert (late.article["pubStatus"], late.headline, late.body) == ("canceled", "", "")


@settings(max_examples=100, deadline=None)
@given(chance=CHANCE)
def test_how_articles_are_batched_changes_no_place_and_no_id(make, chance):
    articles = a_wire(chance, make)
    whole, singly = StoryIndex("meridian"), StoryIndex("meridian")
    together = whole.apply(articles)
    apart = [singly.apply([article]) for article in articles]
    assert together.articles == tuple(article for chained in apart for article in chained.articles)
    newest = {story.id: story for chained in apart for story in chained.stories}
    assert {story.id: story for story in together.stories} == newest


def test_what_a_merger_of_three_makes_of_a_member_is_told_once(make):
    index = StoryIndex("meridian")
    held = make("held", uri="urn:mer:3", action="withhold", at="08:00")
    killed = make("killed", uri="urn:mer:4", action="kill", at="08:10")
    told = make("told", uri="urn:mer:2", at="08:20")
    index.apply([held, killed, told])
    out = index.apply([make("links all", uri="urn:mer:2", version="2", replaces=("urn:mer:3", "urn:mer:4"), at="08:30")]).articles
    assert len({article.id for article in out}) == len(out) > 1
    assert {article.article["pubStatus"] for article in out} == {"canceled"}


@settings(max_examples=100, deadline=None)
@given(chance=CHANCE)
def test_a_killed_story_never_shows_text_again(make, chance):
    index, killed = StoryIndex("meridian"), set()
    for article in a_wire(chance, make):
        chained = index.apply([article])
        for story in chained.stories:
            if story.status == "killed":
                killed.add(story.id)
            if story.merged_into and story.id in killed:
                killed.add(story.merged_into)
        for out in chained.articles:
            if out.story.id in killed:
                assert out.article["pubStatus"] == "canceled" and not out.body and not out.headline


@settings(max_examples=100, deadline=None)
@given(chance=CHANCE)
def test_a_revision_never_falls_and_rises_with_every_change(make, chance):
    index, held = StoryIndex("meridian"), {}
    for article in a_wire(chance, make):
        chained = index.apply([article])
        for record in (*chained.articles, *chained.stories):
            before = held.get(record.id)
            if before is not None and record.rev <= before.rev:
                assert record.rev == before.rev
                assert getattr(record, "story", record) == getattr(before, "story", before)
            held[record.id] = record


def test_a_story_is_forgotten_when_it_was_not_touched_since(make, desk):
    old, kept = make("a", uri="urn:mer:1", at="01:00"), make("b", uri="urn:mer:2", at="02:00")
    desk.take(old, kept)
    desk.take(make("b2", uri="urn:mer:2", version="2", at="09:00"))
    assert desk.index.evict(millis("2026-03-02T03:00:00Z")) == 1
    assert len(desk.index) == 2
    assert desk.one(make("a2", uri="urn:mer:1", version="2", at="10:00")).story.supersedes is None
    assert desk.one(make("b3", uri="urn:mer:2", version="3", at="10:00")).story.position == 3


def test_touching_counts_by_the_clock_and_not_by_the_items_time(make, desk):
    desk.take(make("now", uri="urn:mer:2", at="20:00"))
    desk.take(make("late", uri="urn:mer:1", day="2026-02-20"))
    assert desk.index.evict(millis("2026-03-02T19:00:00Z")) == 0


def test_a_remembered_kill_is_forgotten_with_its_window(make, desk):
    desk.take(make("k", uri="urn:mer:1", action="kill", at="01:00"), make("b", at="09:00"))
    desk.index.evict(millis("2026-03-02T03:00:00Z"))
    assert desk.one(make("a", uri="urn:mer:1", at="10:00")).body


def test_a_story_that_opens_again_under_its_id_has_a_higher_revision(make, desk):
    first = make("a", uri="urn:mer:1", at="01:00")
    desk.take(first, make("a2", uri="urn:mer:1", version="2", at="01:01"), make("b", at="09:00"))
    before = desk.story_of(first)
    desk.index.evict(millis("2026-03-02T03:00:00Z"))
    (after,) = desk.take(make("a3", uri="urn:mer:1", version="3", at="09:01")).stories
    assert after.id == before.id and after.rev > before.rev


def test_past_the_cap_the_longest_untouched_go_and_are_counted(make, new_desk):
    desk = new_desk(cap=32)
    articles = [make(f"n{n}", uri=f"urn:mer:{n}", at=f"{n // 60:02d}:{n % 60:02d}") for n in range(33)]
    desk.take(*articles)
    assert len(desk.index) == 30
    assert desk.index.capped == 3
    desk.index.apply([make("again", uri="urn:mer:3", version="2", at="10:00")])
    assert desk.index.apply([make("gone", uri="urn:mer:2", version="2", at="10:00")]).articles[0].story.supersedes is None


def test_the_clock_is_the_largest_agency_time_but_never_ahead_of_kafka(make, desk):
    assert desk.index.clock == 0
    desk.take(make("a", at=None))
    assert desk.index.clock == 0
    desk.take(make("b", at="10:00", kafka="2026-03-02T10:00:05Z"))
    assert desk.index.clock == millis("2026-03-02T10:00:00Z")
    desk.take(make("c", day="2031-01-01", kafka="2026-03-02T10:00:09Z"))
    assert desk.index.clock == millis("2026-03-02T10:00:09Z")
    desk.take(make("d", at="09:00"))
    assert desk.index.clock == millis("2026-03-02T10:00:09Z")


def test_log_entries_are_single_lines(make, desk):
    desk.take(make("a", uri="urn:mer:1", headline="One\nTwo", body="x\n\ny"))
    assert all(b"\n" not in entry for entry in desk.index.drain())


def test_a_feed_that_sends_everything_under_one_guid_stays_bounded(make, desk):
    articles = [make(f"n{n}", uri="urn:mer:feed", at=f"{n // 60:02d}:{n % 60:02d}") for n in range(601)]
    story = desk.take(*articles).stories[0]
    assert len(desk.index) <= 500
    assert (story.count, story.versions[-1].position, story.current) == (601, 601, articles[-1].id)
    restored = StoryIndex("meridian")
    restored.restore(desk.index.drain())
    late = make("late", uri="urn:mer:feed", at="09:00")
    assert restored.apply([late]) == desk.index.apply([late])


def test_the_live_stories_are_counted(make, desk):
    desk.take(make("a", uri="urn:mer:1"), make("a2", uri="urn:mer:1", version="2", at="09:00"), make("b", uri="urn:mer:2"))
    assert (desk.index.stories, len(desk.index)) == (2, 3)
