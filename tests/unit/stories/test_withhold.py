"""Hold and release."""

from __future__ import annotations

from itertools import permutations

import pytest

from writethru.stories import StoryIndex
from writethru.stories.chain import MAX_MEMBERS


@pytest.fixture
def story(make):
    return [make(f"v{n}", uri="urn:mer:1", version=str(n), at=f"0{n}:00", headline=f"Headline {n}") for n in (1, 2)]


def hold(make, **facts):
    return make("hold", uri="urn:mer:1", version="3", action="withhold", at="03:00", **{"body": "", **facts})


def release(make, **facts):
    return make("release", uri="urn:mer:1", version="4", action="release", at="04:00", **{"body": "", **facts})


def test_a_hold_sends_the_members_again_withheld_and_without_text(make, desk, story):
    desk.take(*story)
    own, *members = desk.take(hold(make, note="Hold for legal check.")).articles
    assert own.article["pubStatus"] == "withheld" and own.article["edNote"] == "Hold for legal check."
    assert [(article.id, article.rev) for article in members] == [(article.id, 2) for article in story]
    assert all(article.article["pubStatus"] == "withheld" and not article.body and not article.headline for article in members)
    assert desk.story_of(story[0]).status == "withheld"
    assert desk.story_of(story[0]).headline == ""


def test_a_release_brings_back_the_current_version_with_its_body(make, desk, story):
    desk.take(*story, hold(make))
    own, *members = desk.take(release(make)).articles
    assert own.article["pubStatus"] == "usable"
    assert [(article.id, article.rev, article.article["pubStatus"]) for article in members] == [
        (story[0].id, 3, "usable"),
        (story[1].id, 3, "usable"),
    ]
    assert members[1].article == story[1].article
    assert (members[0].headline, members[0].body) == ("Headline 1", "")
    assert (desk.story_of(story[0]).status, desk.story_of(story[0]).headline) == ("current", "Headline 2")


def test_what_comes_into_a_held_story_is_held_and_comes_back_with_the_release(make, desk, story):
    update = make("v5", uri="urn:mer:1", version="4", at="03:30", headline="Headline 4")
    desk.take(*story, hold(make))
    held = desk.one(update)
    assert (held.article["pubStatus"], held.body, held.rev) == ("withheld", "", 1)
    released = {article.id: article for article in desk.take(release(make)).articles}
    assert (released[update.id].body, released[update.id].rev) == (update.body, 2)


def test_held_copy_under_its_own_guid_comes_back_with_the_release(make, desk):
    held = make("h", uri="urn:mer:1", version="1", action="withhold", headline="Held")
    assert not desk.one(held).body
    released = {
        article.id: article
        for article in desk.take(make("r", uri="urn:mer:1", version="2", action="release", body="", at="09:00")).articles
    }
    assert released[held.id].body == held.body


def test_a_release_with_copy_of_its_own_is_the_next_version(make, desk, story):
    desk.take(*story, hold(make))
    own = desk.one(release(make, body="The checked text."))
    assert own.body == "The checked text."
    assert own.story.supersedes == story[1].id


def test_a_hold_before_its_story_is_remembered(make, desk, story):
    desk.take(hold(make))
    assert desk.one(story[0]).article["pubStatus"] == "withheld"
    assert {a.id: a.body for a in desk.take(release(make)).articles}[story[0].id] == story[0].body


def test_a_kill_ends_a_hold_for_good(make, desk, story):
    desk.take(*story, hold(make))
    killed = desk.take(make("kill", uri="urn:mer:1", version="4", action="kill", at="03:30")).articles
    assert {article.article["pubStatus"] for article in killed} == {"canceled"}
    after = desk.take(release(make)).articles
    assert [article.article["pubStatus"] for article in after] == ["canceled"]
    assert desk.story_of(story[0]).status == "killed"


def test_a_release_where_nothing_is_held_is_only_a_version(make, desk, story):
    desk.take(*story)
    assert len(desk.take(release(make)).articles) == 1
    assert desk.story_of(story[0]).status == "current"


def test_a_redelivered_hold_after_its_release_does_not_hold_again(make, desk, story):
    desk.take(*story, hold(make), release(make))
    again = desk.take(hold(make))
    assert {article.id: (article.article["pubStatus"], article.rev) for article in again.articles}[story[1].id] == ("usable", 3)
    assert desk.story_of(story[0]).status == "current"


# --- a hold by status, and the item usable again ---------------------------------------------------------------------------


def item(make, number, at, **facts):
    return make(f"v{number}", uri="urn:mer:1", version=number, at=at, **{"headline": f"Head {number}", "body": f"Text {number}.", **facts})


@pytest.fixture
def sealed(make):
    return [item(make, "1", "08:00"), item(make, "2", "08:30", action="withhold", status="withheld")]


@pytest.mark.parametrize("action", ["release", "update", "new", "correction"])
def test_the_held_items_next_usable_version_releases_it_and_brings_all_texts_back(make, desk, sealed, action):
    desk.take(*sealed)
    usable = item(make, "3", "09:00", action=action)
    own = desk.one(usable)
    assert (own.story.action, own.article) == ("release", usable.article)
    for held in sealed:
        back = desk.articles[held.id]
        assert (back.article["pubStatus"], back.headline, back.body) == ("usable", held.headline, held.body)
    story = desk.story_of(usable)
    assert (story.status, story.current, story.versions[-1].action) == ("current", usable.id, "release")


def test_what_is_released_stays_so_when_the_item_goes_on_and_is_held_again(make, desk, sealed):
    desk.take(*sealed, item(make, "3", "09:00"), item(make, "4", "09:30"))
    assert desk.one(item(make, "5", "10:00", action="withhold", status="withheld")).article["pubStatus"] == "withheld"
    assert {desk.articles[one.id].article["pubStatus"] for one in sealed} == {"withheld"}
    desk.take(item(make, "6", "10:30"))
    assert {article.article["pubStatus"] for article in desk.articles.values()} == {"usable"}
    assert desk.articles[sealed[0].id].body == sealed[0].body


def test_an_update_under_another_uri_does_not_release(make, desk, sealed):
    desk.take(*sealed)
    own = desk.one(make("u", uri="urn:mer:2", version="1", replaces=("urn:mer:1",), action="update", at="09:00"))
    assert (own.article["pubStatus"], own.body, own.story.action) == ("withheld", "", "update")
    assert desk.story_of(own).status == "withheld"


def test_the_held_version_sent_again_does_not_release(make, desk, sealed):
    desk.take(*sealed)
    assert not desk.one(item(make, "2", "08:40", body="Other bytes.")).body


@pytest.mark.parametrize(("at", "released"), [("09:00", True), ("08:10", False), (None, False)])
def test_a_version_whose_number_says_nothing_releases_where_its_time_is_later(make, desk, at, released):
    desk.take(item(make, "1185779740", "08:00"), item(make, "1285779740", "08:30", action="withhold", status="withheld"))
    assert bool(desk.one(item(make, "978556838", at)).body) == released


def test_an_item_without_version_does_not_release(make, desk, sealed):
    desk.take(*sealed)
    assert not desk.one(make("bare", uri="urn:mer:1", at="09:00")).body


def test_a_hold_in_words_is_not_lifted_by_the_status_of_the_next_version(make, desk):
    desk.take(item(make, "1", "08:00"), item(make, "2", "08:30", action="withhold"))
    assert not desk.one(item(make, "3", "09:00", action="update")).body


def test_two_holds_are_not_lifted_by_the_status_of_one(make, desk, sealed):
    desk.take(*sealed, make("desk hold", uri="urn:mer:note", action="withhold", targets=("urn:mer:1",), body="", at="08:40"))
    assert not desk.one(item(make, "3", "09:00", action="update")).body
    assert desk.one(item(make, "4", "09:30", action="release")).body


def test_a_late_hold_does_not_hold_what_was_released_after_it(make, desk, sealed):
    first, hold_ = sealed
    desk.take(first, item(make, "3", "09:00"))
    late = desk.one(hold_)
    assert (late.story.late, late.article["pubStatus"], late.body) == (True, "usable", hold_.body)
    assert desk.story_of(first).status == "current"


def test_a_hold_that_names_two_stories_holds_both_until_one_release_names_them(make, desk):
    stories = [make("a", uri="urn:mer:1", headline="A"), make("b", uri="urn:mer:2", headline="B")]
    targets = ("urn:mer:1", "urn:mer:2")
    desk.take(*stories, make("h", uri="urn:mer:h", action="withhold", targets=targets, body="", at="09:00"))
    assert {desk.articles[story.id].article["pubStatus"] for story in stories} == {"withheld"}
    desk.take(make("r", uri="urn:mer:r", action="release", targets=targets, body="", at="10:00"))
    assert [desk.articles[story.id].body for story in stories] == [story.body for story in stories]


def test_a_hold_stands_also_when_its_chain_has_grown_so_long_that_it_is_forgotten(make, desk):
    def at(minute):
        return f"{minute // 60:02d}:{minute % 60:02d}"

    first = make("v0", uri="urn:mer:1", version="0", at=at(0))
    desk.take(first, make("h", targets=("urn:mer:1",), action="withhold", body="", at=at(1)))
    for number in range(2, MAX_MEMBERS + 20):
        desk.take(make(f"v{number}", uri="urn:mer:1", version=str(number), at=at(number)))
    (story,) = desk.stories.values()
    assert story.status == "withheld" and not any(article.body for article in desk.articles.values() if article.rev > 1)
    restored = StoryIndex("meridian")
    restored.restore(desk.index.snapshot())
    for index in (desk.index, restored):
        last = make("last", uri="urn:mer:1", version="900", at=at(900))
        assert index.apply([last]).stories[-1].status == "withheld"
        release = make("r", targets=("urn:mer:1",), action="release", body="", at=at(901))
        assert index.apply([release]).stories[-1].status == "current"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_repeat_that_is_the_items_next_version_lifts_the_hold_of_its_status(make, desk, order):
    versions = (
        make("v1", uri="urn:mer:1", version="1", body="The ferry sank."),
        make("v2", uri="urn:mer:1", version="2", body="The ferry.", action="withhold", status="withheld", at="08:10"),
        make("v3", uri="urn:mer:1", version="3", body="The ferry sank.", action="repeat", at="08:20"),
    )
    desk.take(*[versions[at] for at in order])
    assert [story.status for story in desk.stories.values()] == ["current"]


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_bare_note_from_before_the_held_copy_never_takes_its_place(make, desk, order):
    note = make("early", uri="urn:c:0", targets=("urn:mer:1",), action="withhold", body="", headline="Hold the ferry", at="08:08")
    held = make("held", uri="urn:mer:1", version="1", action="withhold", headline="HOLD Ferry sinks", body="The ferry sank.", at="08:20")
    release = make("r", uri="urn:c:2", targets=("urn:mer:1",), action="release", body="", at="08:37")
    desk.take(*[(note, held, release)[at] for at in order])
    story = desk.story_of(held)
    assert (story.status, story.current) == ("current", held.id)
    assert (desk.articles[held.id].article["pubStatus"], desk.articles[held.id].body) == ("usable", "The ferry sank.")
