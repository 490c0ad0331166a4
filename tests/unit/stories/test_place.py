"""The place of a version in its chain: order, current version, gaps, changes."""

from __future__ import annotations

import pytest

from writethru.stories import StoryIndex


def ids(story) -> list[str]:
    return [version.id for version in story.versions]


def test_the_first_of_a_story_opens_it(make, desk):
    place = desk.one(make("a", uri="urn:mer:1")).story
    assert (place.position, place.supersedes, place.previous, place.gap, place.changes) == (1, None, None, 0, None)
    assert (place.link.rule, place.late, place.duplicate) == ("opens", False, False)


def test_each_version_supersedes_the_one_before(make, desk):
    versions = [make(f"v{n}", uri="urn:mer:1", version=str(n), at=f"0{n}:00") for n in (1, 2, 3)]
    placed = desk.take(*versions).articles
    assert [article.story.position for article in placed] == [1, 2, 3]
    assert [article.story.supersedes for article in placed] == [None, versions[0].id, versions[1].id]
    assert desk.story_of(versions[0]).current == versions[2].id


def test_a_late_version_takes_its_true_place_and_replaces_nothing(make, desk):
    one, two, three = [make(f"v{n}", uri="urn:mer:1", version=str(n), at=f"0{n}:00") for n in (1, 2, 3)]
    desk.take(one, three)
    late = desk.one(two).story
    assert (late.position, late.late, late.supersedes, late.previous) == (2, True, None, one.id)
    assert ids(desk.story_of(one)) == [one.id, two.id, three.id]
    assert desk.story_of(one).current == three.id
    assert desk.story_of(one).headline == three.headline


def test_numbers_of_versions_are_compared_as_numbers(make, desk):
    desk.take(make("nine", uri="urn:mer:1", version="9", at=None), make("ten", uri="urn:mer:1", version="10", at=None))
    assert ids(desk.story_of(make("nine"))) == [make("nine").id, make("ten").id]


def test_a_version_number_holds_against_the_clock(make, desk):
    desk.take(make("one", uri="urn:mer:1", version="1", at="10:00"), make("two", uri="urn:mer:1", version="2", at="09:00"))
    assert ids(desk.story_of(make("one"))) == [make("one").id, make("two").id]


def test_opaque_version_numbers_say_nothing_and_time_decides(make, desk):
    desk.take(make("b", uri="urn:mer:1", version="1242761538", at="10:00"), make("a", uri="urn:mer:1", version="1978556838", at="09:00"))
    assert ids(desk.story_of(make("a"))) == [make("a").id, make("b").id]


def test_ordinals_order_items_with_guids_of_their_own(make, desk):
    second = make("u2", slug="Tunnel-Flood", update=2, action="update", at=None)
    first = make("u1", slug="Tunnel-Flood", update=1, action="update", at=None)
    desk.take(second, first)
    assert ids(desk.story_of(first)) == [first.id, second.id]
    assert desk.story_of(first).current == second.id


def test_a_duplicate_ordinal_is_normal_and_the_later_one_is_current(make, desk):
    first = make("l1", slug="Tunnel-Flood", lead=1, action="update", at="09:00")
    again = make("l1b", slug="Tunnel-Flood", lead=1, action="update", at="09:20")
    placed = desk.take(first, again).articles[1].story
    assert (placed.duplicate, placed.supersedes, placed.action) == (False, first.id, "update")


def test_leads_start_again_with_the_cycle(make, desk):
    pm = make("pm2", slug="PM-Tunnel-Flood", lead=2, action="update", at="09:00")
    am = make("am1", slug="AM-Tunnel-Flood", lead=1, action="update", at="15:00")
    desk.take(pm, am)
    assert ids(desk.story_of(pm)) == [pm.id, am.id]


def test_wrapups_count_apart_from_updates(make, desk):
    update = make("u4", slug="Tunnel-Flood", update=4, action="update", at="09:00")
    wrap = make("w1", slug="Tunnel-Flood", wrapup=1, action="roundup", at="10:00")
    place = desk.take(update, wrap).articles[1].story
    assert (place.position, place.gap) == (2, 0)


def test_numbers_and_ordinals_that_contradict_each_other_do_not_hang(make, desk):
    desk.take(
        make("a", uri="urn:mer:1", version="1", update=2, action="update", at="08:00"),
        make("b", uri="urn:mer:1", version="2", update=1, action="update", at="09:00"),
    )
    assert ids(desk.story_of(make("a"))) == [make("a").id, make("b").id]


def test_the_same_version_again_is_a_duplicate_and_changes_nothing(make, desk):
    first = make("a", uri="urn:mer:1", version="1", body="Same text.")
    again = make("a again", uri="urn:mer:1", version="1", body="Same text.", at="08:05")
    place = desk.take(first, again).articles[1].story
    assert (place.duplicate, place.action, place.supersedes) == (True, "repeat", None)
    assert desk.story_of(first).current == first.id


def test_the_same_version_with_another_body_is_a_duplicate_that_becomes_current(make, desk):
    first = make("a", uri="urn:mer:1", version="1", body="Text.")
    again = make("a2", uri="urn:mer:1", version="1", body="Text, mended.", at="08:05")
    place = desk.take(first, again).articles[1].story
    assert (place.duplicate, place.action, place.supersedes) == (True, "update", first.id)


@pytest.mark.parametrize("action", ["withhold", "refile", "correction", "clarification"])
@pytest.mark.parametrize("version", ["1", "2"])
def test_what_says_that_it_holds_or_mends_is_no_duplicate_whatever_its_text(make, desk, action, version):
    first = make("a", uri="urn:mer:1", version="1", headline="Head", body="Text.")
    mended = make("a2", uri="urn:mer:1", version=version, headline="Head", body="Text.", action=action, at="08:05")
    place = desk.take(first, mended).articles[1].story
    assert (place.duplicate, place.action, place.supersedes) == (False, action, first.id)


def test_a_refile_sent_twice_is_a_duplicate_of_the_first(make, desk):
    refiles = [make(name, uri="urn:mer:1", version="2", headline="Head", body="Text.", action="refile", at="08:05") for name in "bc"]
    placed = desk.take(make("a", uri="urn:mer:1", version="1", headline="Head", body="Text."), *refiles).articles
    assert [article.story.duplicate for article in placed] == [False, False, True]


def test_the_next_version_of_an_item_is_no_duplicate_though_its_text_is_the_same(make, desk):
    first, second = [make(f"v{n}", uri="urn:mer:1", version=str(n), headline="Head", body="Text.", at=f"0{n}:00") for n in (1, 2)]
    place = desk.take(first, second).articles[1].story
    assert (place.duplicate, place.action, place.supersedes) == (False, "update", first.id)


def test_a_repeat_under_the_items_next_version_is_a_duplicate(make, desk):
    first = make("a", uri="urn:mer:1", version="1", headline="Head", body="Text.")
    place = desk.take(first, make("b", uri="urn:mer:1", version="2", headline="Head", body="Text.", action="repeat")).articles[1].story
    assert (place.duplicate, place.action) == (True, "repeat")


def test_a_plain_item_that_follows_itself_updates_and_one_that_follows_its_alert_tells(make, desk):
    versions = [
        make("a", uri="urn:mer:1", version="1", action="alert"),
        make("b", uri="urn:mer:1", version="2", at="08:10"),
        make("c", uri="urn:mer:1", version="3", at="08:20"),
    ]
    assert [article.story.action for article in desk.take(*versions).articles] == ["alert", "new", "update"]
    assert [version.action for version in desk.story_of(versions[0]).versions] == ["alert", "new", "update"]


def test_the_same_ordinal_and_body_under_another_guid_is_a_duplicate(make, desk):
    first = make("a", uri="urn:mer:1", slug="Tunnel-Flood", update=1, action="update", body="Same.", headline="Tunnel flooded")
    again = make("b", uri="urn:mer:2", slug="Tunnel-Flood", update=1, action="repeat", body="Same.", headline="Tunnel flooded", at="11:00")
    assert desk.take(first, again).articles[1].story.duplicate


def test_a_repeat_of_what_was_never_seen_is_the_version_that_is_had(make, desk):
    repeat = make("r", uri="urn:mer:2", slug="Tunnel-Flood", update=1, action="repeat")
    desk.take(repeat)
    assert desk.story_of(repeat).current == repeat.id


def test_a_part_of_a_story_supersedes_nothing(make, desk):
    base = make("a", slug="Tunnel-Flood", complete=True)
    take = make("b", slug="Tunnel-Flood", lead=1, action="update", complete=False, at="09:00")
    place = desk.take(base, take).articles[1].story
    assert (place.supersedes, place.previous) == (None, base.id)
    assert desk.story_of(base).current == base.id


def test_a_correction_after_an_update_keeps_its_place_by_time(make, desk):
    update = make("u2", slug="Tunnel-Flood", update=2, action="update", at="09:00")
    corrected = make("c", slug="Tunnel-Flood", action="correction", at="09:30")
    assert desk.take(update, corrected).articles[1].story.supersedes == update.id


def test_a_gap_counts_what_the_ordinals_say_was_missed(make, desk):
    base = make("a", slug="Tunnel-Flood")
    third = make("u3", slug="Tunnel-Flood", update=3, action="update", at="09:00")
    assert desk.take(base, third).articles[1].story.gap == 2
    second = make("u2", slug="Tunnel-Flood", update=2, action="update", at="08:30")
    assert desk.one(second).story.gap == 1


def test_versions_that_have_a_guid_each_miss_nothing_that_came_under_their_serial(make):
    guid = "0d2d6f5a-1111-4222-8333-944455556666HHH-{}-1".format
    told = [
        make(f"p{n}", agency="pa", uri="urn:writethru:pa:" + guid(n), alt=(("provider", guid(n)),), at=f"0{n}:00", version=f"{n}")
        for n in (1, 2, 4)
    ]
    assert [article.story.gap for article in StoryIndex("pa").apply(told).articles] == [0, 0, 1]


def test_a_gap_counts_what_the_version_numbers_say_was_missed(make, desk):
    assert desk.one(make("v4", uri="urn:mer:1", version="4")).story.gap == 3
    assert desk.one(make("v6", uri="urn:mer:1", version="6", at="09:00")).story.gap == 4
    assert desk.one(make("opaque", uri="urn:mer:2", version="978556838")).story.gap == 0


def test_changes_count_paragraphs_against_the_version_that_is_superseded(make, desk):
    first = make("a", uri="urn:mer:1", version="1", headline="Old", body="Lede.\n\nSecond graf.\n\nThird graf.")
    second = make("b", uri="urn:mer:1", version="2", headline="New", body="Lede.\n\nThird graf.\n\nFourth.\n\nFifth.", at="09:00")
    changes = desk.take(first, second).articles[1].story.changes
    assert (changes.headline, changes.added, changes.removed, changes.kept) == (True, 2, 1, 2)


def test_the_story_record_is_emitted_once_per_call_in_its_newest_state(make, desk):
    chained = desk.take(*[make(f"v{n}", uri="urn:mer:1", version=str(n), at=f"0{n}:00", headline=f"H{n}") for n in (1, 2, 3)])
    (story,) = chained.stories
    assert (story.count, story.headline, story.status, story.agency) == (3, "H3", "current", "meridian")
    assert (story.first_seen, story.last_seen) == ("2026-03-02T01:00:00Z", "2026-03-02T03:00:00Z")
    assert [version.position for version in story.versions] == [1, 2, 3]


def test_the_story_record_holds_the_newest_hundred_and_a_count(make, desk):
    chained = desk.take(*[make(f"v{n}", uri="urn:mer:1", version=str(n), at=f"{n // 60:02d}:{n % 60:02d}") for n in range(1, 131)])
    (story,) = chained.stories
    assert (story.count, len(story.versions), story.versions[0].position, story.versions[-1].position) == (130, 100, 31, 130)


def test_revisions_do_not_depend_on_how_the_articles_were_batched(make, new_desk):
    versions = [make(f"v{n}", uri="urn:mer:1", version=str(n), at=f"0{n}:00") for n in (1, 2, 3)]
    together, apart = new_desk(), new_desk()
    together.take(*versions)
    for version in versions:
        apart.take(version)
    assert together.stories == apart.stories
