"""Days on a desk: what arrives, and how the chain stands then."""

from __future__ import annotations

import pytest

HEAD = "Harbour tunnel flooded, ferries take commuters"
SLUG = "Tunnel-Flood"
GUID = "urn:mer:1"


def status(desk, article):
    return desk.articles[article.id].article["pubStatus"]


def order(desk, article):
    return [version.id for version in desk.story_of(article).versions]


# --- out of order, missing, twice ------------------------------------------------------------------------------------------


def test_a_third_update_that_comes_first_waits_for_three(make, desk):
    assert desk.one(make("u3", slug=SLUG, update=3, action="update")).story.gap == 3


def test_what_was_missing_takes_its_place_behind_and_says_that_it_is_late(make, desk):
    third, first = (
        make("u3", slug=SLUG, update=3, action="update", at="11:00"),
        make("u1", slug=SLUG, update=1, action="update", at="09:00"),
    )
    place = desk.take(third, first).articles[1].story
    assert (place.late, place.position, place.supersedes, place.changes) == (True, 1, None, None)
    assert desk.story_of(first).current == third.id


def test_an_update_stamped_before_its_predecessor_still_follows_it(make, desk):
    first, second = (
        make("u1", slug=SLUG, update=1, action="update", at="10:00"),
        make("u2", slug=SLUG, update=2, action="update", at="09:50"),
    )
    desk.take(first, second)
    assert order(desk, first) == [first.id, second.id]


def test_the_second_transmission_of_one_lead_is_the_current_one(make, desk):
    first = make("l1", slug=SLUG, lead=1, action="update", at="09:00")
    again = make("l1 again", slug=SLUG, lead=1, action="update", at="09:20")
    place = desk.take(first, again).articles[1].story
    assert (place.supersedes, place.duplicate) == (first.id, False)


def test_an_update_with_neither_base_nor_slug_opens_a_story(make, desk):
    assert desk.one(make("u2", headline=HEAD, update=2, action="update")).story.link.rule == "opens"


def test_a_lower_version_of_a_guid_never_becomes_current(make, desk):
    new, old = make("v3", uri=GUID, version="3", at="09:00"), make("v2", uri=GUID, version="2", at="10:00")
    desk.take(new, old)
    assert desk.story_of(new).current == new.id


def test_takes_that_come_in_the_wrong_order_stand_in_the_right_one(make, desk):
    base = make("base", slug=SLUG, at="08:00")
    second, first = make("t2", slug=SLUG, lead=2, complete=False, at="08:20"), make("t1", slug=SLUG, lead=1, complete=False, at="08:10")
    desk.take(base, second, first)
    assert order(desk, base) == [base.id, first.id, second.id]
    assert desk.story_of(base).current == base.id


# --- corrections and repeats -----------------------------------------------------------------------------------------------


def test_a_corrected_update_takes_the_place_of_the_update(make, desk):
    update = make("u1", slug=SLUG, update=1, action="update", at="09:00")
    place = desk.take(update, make("c1", slug=SLUG, update=1, action="correction", at="09:30")).articles[1].story
    assert (place.supersedes, place.action, place.gap) == (update.id, "correction", 1)


def test_the_correction_of_an_earlier_update_does_not_push_out_the_later_one(make, desk):
    first = make("u1", slug=SLUG, update=1, action="update", at="09:00")
    second = make("u2", slug=SLUG, update=2, action="update", at="10:00")
    correction = make("c1", slug=SLUG, update=1, action="correction", at="10:30")
    place = desk.take(first, second, correction).articles[2].story
    assert order(desk, first) == [first.id, correction.id, second.id]
    assert (place.late, place.supersedes, place.changes) == (True, None, None)


def test_a_correction_without_a_number_follows_what_it_corrects(make, desk):
    base, correction = make("base", headline=HEAD), make("c", headline=HEAD, action="correction", at="09:00", body="Mended.")
    assert desk.take(base, correction).articles[1].story.supersedes == base.id


def test_a_repeat_with_the_same_text_changes_nothing(make, desk):
    base = make("base", slug=SLUG, headline=HEAD, body="One.")
    place = desk.take(base, make("r", slug=SLUG, headline=HEAD, body="One.", action="repeat", at="09:00")).articles[1].story
    assert (place.action, place.duplicate, place.supersedes) == ("repeat", True, None)
    assert desk.story_of(base).current == base.id


def test_a_repeat_that_comes_before_what_it_repeats_is_of_its_story(make, desk):
    again, base = make("r", slug=SLUG, body="One.", action="repeat", at="09:00"), make("base", slug=SLUG, body="One.")
    desk.take(again, base)
    assert order(desk, base) == [base.id, again.id]


def test_a_corrected_repeat_under_a_guid_of_its_own_is_found_by_its_link(make, desk):
    base = make("base", uri=GUID, body="One.")
    place = desk.take(base, make("c", uri="urn:mer:2", replaces=(GUID,), body="Two.", action="correction", at="09:00")).articles[1].story
    assert (place.link.rule, place.supersedes) == ("link", base.id)


# --- apart -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", [{"digest": True}, {"action": "advisory"}])
def test_a_story_does_not_join_a_digest_or_advisory_that_came_before(make, desk, first):
    desk.take(make("d", slug=SLUG, headline=HEAD, **first), make("u", slug=SLUG, headline=HEAD, update=1, action="update", at="09:00"))
    assert len(desk.groups()) == 2


def test_a_digest_that_names_a_story_does_not_take_its_number(make, desk):
    base = make("base", alt=(("transmission", "a0713"),))
    desk.take(base, make("d", digest=True, replaces=("a0713",), at="09:00"))
    assert len(desk.groups()) == 2


def test_a_killed_digest_is_killed(make, desk):
    digest = make("d", uri=GUID, version="1", digest=True)
    desk.take(digest, make("k", uri=GUID, version="2", digest=True, action="kill", at="09:00", body=""))
    assert status(desk, digest) == "canceled"


def test_a_picture_under_the_slug_of_a_story_is_none_of_its_versions(make, desk):
    desk.take(make("base", slug=SLUG, headline=HEAD), make("p", slug=SLUG, headline=HEAD, type_="picture", uri="urn:mer:p"))
    assert len(desk.groups()) == 2


def test_an_alert_joins_the_story_of_its_slug(make, desk):
    alert, story = make("a", slug=SLUG, headline="Tunnel floods", action="alert"), make("s", slug=SLUG, headline=HEAD, at="08:10")
    assert desk.take(alert, story).articles[1].story.supersedes == alert.id


# --- kills -----------------------------------------------------------------------------------------------------------------

NAMES = {
    "guid": ({"uri": GUID, "version": "1"}, {"uri": GUID, "version": "2"}),
    "guid named in the note": ({"uri": GUID}, {"uri": "urn:mer:k", "targets": (GUID,)}),
    "guid linked to": ({"uri": GUID}, {"uri": "urn:mer:k", "replaces": (GUID,)}),
    "item id": ({"uri": GUID, "alt": (("itemid", "9f3c22"),)}, {"uri": "urn:mer:k", "alt": (("itemid", "9f3c22"),)}),
    "transmission number": ({"alt": (("transmission", "a0713"),)}, {"targets": ("a0713",)}),
    "running number": ({"alt": (("number", "0157"),)}, {"targets": ("mer 157",)}),
    "slug": ({"slug": SLUG}, {"slug": SLUG + "/"}),
    "quoted headline": ({"headline": HEAD}, {"headline": "Bulletin kill", "targets": (HEAD,)}),
    "its own headline": ({"headline": HEAD}, {"headline": HEAD}),
}


@pytest.mark.parametrize("first", ["story", "kill"])
@pytest.mark.parametrize("name", NAMES)
def test_a_kill_takes_back_what_it_names_before_or_after(make, desk, name, first):
    of_story, of_kill = NAMES[name]
    story, kill = make("s", **of_story), make("k", action="kill", at="09:00", body="", **of_kill)
    desk.take(*((story, kill) if first == "story" else (kill, story)))
    assert status(desk, story) == "canceled"
    assert not desk.articles[story.id].headline


def test_a_kill_of_what_was_never_seen_is_a_killed_story_of_one(make, desk):
    kill = make("k", uri=GUID, action="kill", body="")
    desk.take(kill)
    story = desk.story_of(kill)
    assert (story.status, story.count, story.current) == ("killed", 1, None)


def test_a_kill_by_quoted_headline_leaves_another_story_alone(make, desk):
    other = make("o", headline="Harbour festival draws thousands")
    desk.take(other, make("k", headline="Bulletin kill", action="kill", targets=(HEAD,), at="09:00", body=""))
    assert status(desk, other) == "usable"


def test_a_second_kill_under_a_guid_of_its_own_stands_in_the_same_story(make, desk):
    story = make("s", uri=GUID)
    kills = [make(f"k{n}", uri=f"urn:mer:k{n}", targets=(GUID,), action="kill", at=f"09:0{n}", body="") for n in (1, 2)]
    desk.take(story, *kills)
    assert order(desk, story) == [story.id, kills[0].id, kills[1].id]
    assert desk.articles[story.id].rev == 2


def test_a_repeat_of_killed_copy_under_another_guid_says_by_which_rule_it_was_known(make, desk):
    story = make("s", uri=GUID, headline=HEAD, body="One.")
    desk.take(story, make("k", uri=GUID, action="kill", at="09:00", body=""))
    again = desk.one(make("r", uri="urn:mer:2", headline=HEAD, body="One.", at="10:00", action="repeat"))
    assert again.article["pubStatus"] == "canceled"
    assert (again.story.link.rule, again.story.link.terms) == ("text", ())


def test_a_lead_of_a_killed_story_that_comes_late_is_killed_beside_its_substitute(make, desk):
    story = make("s", slug=SLUG, headline=HEAD, at="08:00", uri=GUID)
    kill = make("k", slug=SLUG, uri=GUID, version="2", action="kill", at="09:00", body="")
    substitute = make("n", slug=SLUG, headline="Tunnel stays dry", at="09:30", uri="urn:mer:2")
    late = make("l", uri=GUID, version="1", slug=SLUG, lead=1, action="update", at="08:30")
    desk.take(story, kill, substitute, late)
    assert (status(desk, late), status(desk, substitute)) == ("canceled", "usable")


def test_a_substitute_that_comes_before_the_kill_it_follows_is_not_killed_by_it(make, desk):
    story = make("s", uri=GUID, headline=HEAD, at="08:00")
    substitute = make("n", uri="urn:mer:2", headline="Tunnel stays dry", at="09:30")
    desk.take(story, substitute, make("k", uri=GUID, version="2", action="kill", at="09:00", body=""))
    assert (status(desk, story), status(desk, substitute)) == ("canceled", "usable")


def test_what_joins_two_stories_of_which_one_is_killed_ends_in_a_killed_one(make, desk):
    first, second = make("a", uri="urn:mer:a"), make("b", uri="urn:mer:b", at="08:10")
    desk.take(first, make("k", uri="urn:mer:a", version="2", action="kill", at="08:20", body=""), second)
    joined = make("c", uri="urn:mer:c", replaces=("urn:mer:a", "urn:mer:b"), at="08:30")
    desk.take(joined)
    assert [status(desk, one) for one in (first, second, joined)] == ["canceled"] * 3


def test_a_kill_of_the_day_does_not_reach_the_next_days_story_of_the_slug(make, desk):
    kill = make("k", slug=SLUG, action="kill", at="09:00", body="", kafka="2026-03-09T00:00:00Z")
    tomorrow = make("t", slug=SLUG, day="2026-03-03", at="10:30", kafka="2026-03-09T00:00:00Z")
    desk.take(make("s", slug=SLUG), kill, tomorrow)
    assert status(desk, tomorrow) == "usable"


# --- holds -----------------------------------------------------------------------------------------------------------------


def hold(make, at="09:00", **names):
    return make("hold", action="withhold", at=at, body="", **{"uri": "urn:mer:h", "replaces": (GUID,), **names})


def release(make, at="10:00"):
    return make("release", uri="urn:mer:r", replaces=(GUID,), action="release", at=at, body="")


def test_a_release_gives_the_text_back(make, desk):
    story = make("s", uri=GUID, headline=HEAD, body="One.")
    desk.take(story, hold(make), release(make))
    assert (status(desk, story), desk.articles[story.id].body) == ("usable", "One.")


def test_a_release_that_arrives_before_its_hold_lifts_it(make, desk):
    story = make("s", uri=GUID)
    desk.take(story, release(make), hold(make))
    assert status(desk, story) == "usable"


def test_an_update_between_hold_and_release_is_held_until_then(make, desk):
    update = make("u", uri=GUID, version="2", at="09:30", action="update")
    desk.take(make("s", uri=GUID, version="1"), hold(make))
    assert desk.one(update).article["pubStatus"] == "withheld"
    desk.take(release(make))
    assert status(desk, update) == "usable"


@pytest.mark.parametrize("last", ["release", "hold"])
def test_neither_a_release_nor_a_hold_undoes_a_kill(make, desk, last):
    story = make("s", uri=GUID)
    desk.take(story, hold(make), make("k", uri=GUID, version="2", action="kill", at="09:30", body=""))
    desk.take(release(make) if last == "release" else hold(make, at="11:00", uri="urn:mer:h2"))
    assert status(desk, story) == "canceled"


def test_a_hold_before_its_story_is_remembered(make, desk):
    story = make("s", uri=GUID)
    desk.take(hold(make), story)
    assert status(desk, story) == "withheld"


# --- what a late version says ----------------------------------------------------------------------------------------------


def test_only_what_is_current_when_it_comes_is_compared(make, desk):
    first = make("v1", uri=GUID, version="1", body="One.\n\nTwo.", at="08:00")
    third = make("v3", uri=GUID, version="3", body="One.\n\nThree.", at="10:00")
    late = make("v2", uri=GUID, version="2", body="One.\n\nTwo and a half.", at="09:00")
    desk.take(first, third, late)
    assert desk.articles[third.id].story.supersedes == first.id
    assert desk.articles[third.id].story.changes is not None
    assert (desk.articles[late.id].story.previous, desk.articles[late.id].story.changes) == (first.id, None)
