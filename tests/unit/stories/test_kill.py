"""A kill wins: over updates, repeats, late arrivals, redeliveries; and before the story."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest


@pytest.fixture
def story(make):
    return [make(f"v{n}", uri="urn:mer:1", version=str(n), at=f"0{n}:00", headline=f"Headline {n}", slug="Tunnel-Flood") for n in (1, 2)]


@pytest.fixture
def kill(make):
    return make(
        "kill",
        uri="urn:mer:1",
        version="3",
        action="kill",
        at="03:00",
        headline="Headline 2",
        note="Kill: wrong tunnel.",
        body="Text again.",
    )


def no_text(article) -> bool:
    texts = {"headlines", "bodies", "by", "descriptions", "associations", "renditions", "people", "title"}
    return (
        not texts & set(article.article)
        and all(not note.text and not note.targets for note in article.wire.notes)
        and not article.wire.evidence
    )


def test_a_kill_sends_every_earlier_member_again_without_its_text(make, desk, story, kill):
    desk.take(*story)
    first, *redacted = desk.take(kill).articles
    assert first.id == kill.id
    assert [article.id for article in redacted] == [article.id for article in story]
    for article, original in zip(redacted, story, strict=True):
        assert article.rev == original.rev + 1
        assert no_text(article)
        assert article.article == {
            "uri": "urn:mer:1", "type": "text", "version": original.article["version"], "language": "en",
            "versionCreated": original.article["versionCreated"], "slugline": "Tunnel-Flood", "pubStatus": "canceled",
        }  # fmt: skip
        assert article.provenance == original.provenance
        assert article.payload is None
        assert article.story.position == desk.articles[original.id].story.position


def test_the_kill_itself_goes_out_emptied_with_its_note(desk, story, kill):
    desk.take(*story)
    own = desk.one(kill)
    assert own.article["pubStatus"] == "canceled"
    assert own.article["edNote"] == "Kill: wrong tunnel."
    assert "bodies" not in own.article and "headlines" not in own.article
    assert own.story.action == "kill"
    assert own.payload == kill.payload


def test_the_story_of_a_kill_is_killed_and_shows_no_headline(desk, story, kill):
    desk.take(*story, kill)
    record = desk.story_of(kill)
    assert (record.status, record.current, record.headline, record.count) == ("killed", None, "", 3)
    assert all(version.headline == "" for version in record.versions)


def test_redactions_stand_right_after_the_kill_in_one_batch(make, desk, story, kill):
    other = make("other", uri="urn:mer:9")
    out = desk.take(*story, kill, other).articles
    assert [article.id for article in out] == [story[0].id, story[1].id, kill.id, story[0].id, story[1].id, other.id]


@pytest.mark.parametrize("action", ["update", "correction", "repeat", "refile", "release", "withhold", "new"])
def test_what_comes_after_a_kill_is_a_tombstone_too(make, desk, story, kill, action):
    desk.take(*story, kill)
    after = desk.one(make("after", uri="urn:mer:1", version="4", action=action, at="04:00", headline="Headline 4"))
    assert after.article["pubStatus"] == "canceled"
    assert no_text(after) or action == "withhold"
    assert not after.body and not after.headline
    assert desk.story_of(kill).status == "killed"


def test_a_late_version_of_a_killed_story_is_a_tombstone(make, desk, story, kill):
    desk.take(story[1], kill)
    late = desk.one(story[0])
    assert (late.article["pubStatus"], late.rev, late.story.late) == ("canceled", 1, True)
    assert no_text(late)


def test_a_killed_article_that_is_redelivered_comes_out_redacted(desk, story, kill):
    desk.take(*story, kill)
    again = desk.one(story[0])
    assert again == desk.articles[story[0].id]
    assert (again.rev, again.article["pubStatus"]) == (2, "canceled")
    assert no_text(again)


def test_a_kill_by_running_number_reaches_the_story(make, desk):
    story = make("a", slug="Space-Launch", headline="Rocket leaves for moon", alt=(("number", "0157"),))
    kill = make("k", slug="Space-Launch/", action="kill", targets=("mer 157",), at="09:00")
    desk.take(story)
    assert [article.id for article in desk.take(kill).articles] == [kill.id, story.id]


def test_a_kill_by_headline_reaches_a_story_with_a_slug(make, desk):
    story = make("a", slug="Space-Launch", headline="Rocket leaves for the moon")
    kill = make("k", headline="Bulletin kill", action="kill", targets=("Rocket leaves for the moon",), at="09:00")
    desk.take(story)
    assert [article.id for article in desk.take(kill).articles] == [kill.id, story.id]


def test_a_kill_by_slug_reaches_the_story_of_the_day(make, desk):
    yesterday = make("y", slug="Space-Launch", headline="Yesterday", day="2026-03-01")
    today = make("a", slug="Space-Launch", headline="Rocket leaves for moon")
    desk.take(yesterday, today)
    assert [article.id for article in desk.take(make("k", slug="Space-Launch", action="kill", at="09:00")).articles][1:] == [today.id]


def test_a_kill_that_names_two_stories_kills_both_and_does_not_make_them_one(make, desk):
    stories = [make("a", uri="urn:mer:1"), make("b", uri="urn:mer:2")]
    desk.take(*stories)
    kill = make("k", uri="urn:mer:k", action="kill", targets=("urn:mer:1", "urn:mer:2"), at="09:00")
    assert {article.id for article in desk.take(kill).articles} == {kill.id, *(article.id for article in stories)}
    assert {record.status for record in desk.stories.values()} == {"killed"}
    assert len(desk.groups()) == 2
    redelivered = desk.take(kill)
    assert {(article.id, article.rev) for article in redelivered.articles} == {(kill.id, 1), *((article.id, 2) for article in stories)}


@pytest.mark.parametrize(
    ("kill", "story"),
    [
        ({"uri": "urn:mer:1"}, {"uri": "urn:mer:1", "version": "1"}),
        ({"uri": "urn:mer:k", "targets": ("urn:mer:1",)}, {"uri": "urn:mer:1"}),
        ({"targets": ("157",)}, {"alt": (("number", "0157"),)}),
        ({"slug": "Space-Launch"}, {"slug": "Space-Launch", "lead": 1}),
        ({"slug": "Space-Launch"}, {"slug": "Space-Launch"}),
        ({"targets": ("Rocket leaves for the moon",)}, {"headline": "Rocket leaves for the moon"}),
        ({"headline": "Rocket leaves for the moon"}, {"headline": "Rocket leaves for the moon"}),
    ],
    ids=["guid", "named guid", "running number", "slug of a lead", "slug", "named headline", "headline"],
)
def test_a_kill_before_its_story_is_remembered(make, desk, kill, story):
    assert desk.one(make("k", action="kill", at="09:00", **kill)).article["pubStatus"] == "canceled"
    arrived = desk.one(make("a", at="08:00", action="update" if "lead" in story else "new", **story))
    assert arrived.article["pubStatus"] == "canceled"
    assert no_text(arrived)


def test_a_substitute_story_with_another_id_is_a_new_story(make, desk):
    desk.take(make("a", uri="urn:mer:1", slug="Space-Launch", headline="Rocket leaves for moon"))
    desk.take(make("k", uri="urn:mer:1", version="2", slug="Space-Launch", action="kill", at="09:00"))
    substitute = make("s", uri="urn:mer:2", slug="Space-Launch", headline="Rocket stays on ground", at="09:30")
    assert desk.one(substitute).body
    assert desk.story_of(substitute).status == "current"
    follow_up = desk.one(make("s2", uri="urn:mer:3", slug="Space-Launch", headline="Rocket stays", update=1, action="update", at="10:00"))
    assert follow_up.body and follow_up.story.supersedes == substitute.id


def test_an_update_of_the_killed_slug_is_a_tombstone_while_no_substitute_was_sent(make, desk):
    desk.take(make("a", slug="Space-Launch"), make("k", slug="Space-Launch", action="kill", at="09:00"))
    assert not desk.one(make("u", slug="Space-Launch", update=1, action="update", at="09:30")).body


def test_a_second_kill_changes_nothing_for_the_members(make, desk, story, kill):
    desk.take(*story, kill)
    second = desk.take(make("kill 2", uri="urn:mer:1", version="4", action="kill", at="04:00"))
    assert len(second.articles) == 1


@pytest.mark.parametrize("action", ["kill", "withhold"])
def test_the_last_word_of_what_was_merged_into_the_story_is_said_again(make, desk, action):
    """So that a sink which keeps what it was told empties what stands under the merged id too."""
    first, second = make("a", uri="urn:mer:1"), make("b", uri="urn:mer:2", at="09:00")
    desk.take(first, second)
    desk.take(make("c", uri="urn:mer:3", at="10:00", replaces=("urn:mer:1", "urn:mer:2")))
    (merged,) = [story for story in desk.stories.values() if story.merged_into]
    assert merged in desk.take(make("k", targets=("urn:mer:2",), action=action, at="10:30")).stories
    assert merged not in desk.take(make("o", uri="urn:mer:9", at="10:40")).stories


# --- the killed text itself -----------------------------------------------------------------------------------------------


@pytest.fixture
def killed(make, desk):
    original = make("a", uri="urn:mer:1", version="1", headline="Tunnel floods", body="One.\n\nTwo.", at="10:00")
    desk.take(original, make("k", uri="urn:mer:1", version="2", action="kill", at="11:00"))
    return original


@pytest.mark.parametrize("slug", [None, "Tunnel-Flood"])
@pytest.mark.parametrize("restarted", [False, True])
def test_the_text_of_a_killed_story_under_another_uri_is_a_tombstone(make, new_desk, slug, restarted):
    desk = new_desk()
    desk.take(
        make("a", uri="urn:mer:1", version="1", slug=slug, headline="Tunnel floods", body="One.\n\nTwo.", at="10:00"),
        make("k", uri="urn:mer:1", version="2", slug=slug, action="kill", at="11:00"),
    )
    if restarted:
        entries = desk.index.snapshot()
        assert not any(b"Tunnel floods" in entry or b"Two." in entry for entry in entries)
        desk = new_desk()
        desk.index.restore(entries)
    back = desk.one(make("b", uri="urn:mer:2", slug=slug, headline="Tunnel floods", body="One.\n\nTwo.", day="2026-03-04", at="12:00"))
    assert back.article["pubStatus"] == "canceled"
    assert no_text(back)
    (record,) = desk.stories.values() if restarted else [desk.story_of(back)]
    assert (record.status, record.headline) == ("killed", "")
    assert any(version.uri == "urn:mer:1" for version in record.versions)


@pytest.mark.parametrize("other", [{"body": "One.\n\nThree."}, {"headline": "Tunnel stays dry"}, {"type_": "picture"}])
def test_other_text_under_another_uri_is_a_new_story(make, desk, killed, other):
    after = make("b", at="12:00", **{"uri": "urn:mer:2", "headline": "Tunnel floods", "body": "One.\n\nTwo.", **other})
    assert desk.one(after).article["pubStatus"] == "usable"
    assert desk.story_of(after).status == "current"


def test_two_items_without_any_text_are_not_one_text(make, desk):
    desk.take(make("a", uri="urn:mer:1", body=""), make("k", uri="urn:mer:1", action="kill", body="", at="11:00"))
    assert desk.one(make("b", uri="urn:mer:2", body="", at="12:00")).article["pubStatus"] == "usable"


def test_a_kill_reaches_the_same_text_that_stands_under_another_uri(make, desk):
    copies = [make(f"c{n}", uri=f"urn:mer:{n}", headline="Tunnel floods", body="One.\n\nTwo.", at=f"10:0{n}") for n in (1, 2)]
    other = make("o", uri="urn:mer:3", headline="Tunnel floods", body="One.\n\nThree.", at="10:03")
    desk.take(*copies, other)
    kill = make("k", uri="urn:mer:1", version="2", action="kill", at="11:00")
    assert [article.id for article in desk.take(kill).articles] == [kill.id, *[copy.id for copy in copies]]
    assert all(no_text(desk.articles[copy.id]) and desk.story_of(copy).status == "killed" for copy in copies)
    assert desk.story_of(other).status == "current"
    assert {(article.id, article.rev) for article in desk.take(kill).articles} == {(kill.id, 1), *((copy.id, 2) for copy in copies)}


def test_a_kill_that_came_before_its_text_reaches_the_same_text_that_stands_under_another_uri(make, desk):
    other = make("b", uri="urn:mer:2", headline="Tunnel floods", body="One.\n\nTwo.", at="10:01")
    late = make("a", uri="urn:mer:1", version="1", headline="Tunnel floods", body="One.\n\nTwo.", at="10:00")
    desk.take(other, make("k", uri="urn:mer:1", version="2", action="kill", body="", at="11:00"))
    assert [article.id for article in desk.take(late).articles] == [late.id, other.id]
    assert no_text(desk.articles[other.id])
    assert desk.story_of(other).status == "killed"
    assert {(article.id, article.rev) for article in desk.take(late).articles} == {(late.id, 1), (other.id, 2)}


def test_a_kill_passes_on_no_words_that_its_marks_were_read_from_the_copy(make, desk):
    kill = make("k", uri="urn:mer:1", action="kill", status="canceled", note="Kill: wrong tunnel.")
    (note,) = kill.wire.notes
    copy = replace(note, field="body", text="Tunnel floods", targets=("floods",))
    kill = replace(kill, wire=replace(kill.wire, notes=(note, copy)))
    own = desk.one(kill)
    assert own.wire.notes == (note, replace(copy, text="", targets=()))
    assert [(one.field, one.rule, one.text) for one in own.wire.evidence] == [("headline", "mark", ""), ("status", "status", "canceled")]


def test_a_kill_by_status_does_not_carry_its_copy_as_a_note(make, desk):
    body = "One.\n\nTwo."
    kill = make("k", uri="urn:mer:1", action="kill", status="canceled", body=body, note=body)
    assert "edNote" not in desk.one(kill).article


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_kill_by_the_story_number_finds_it_in_the_guid(make, new_desk, order):
    guid = "tag:reuters.com,2026:newsml_L8N3XA0QW:978556838"
    story = make("a", agency="reuters", uri=guid, headline="Harbour tunnel flooded")
    kill = make("k", agency="reuters", uri="tag:reuters.com,2026:newsml_L8N3XA1ZZ:1", action="kill", targets=("L8N3XA0QW",), body="")
    desk = new_desk("reuters")
    desk.take(*[(story, kill)[at] for at in order])
    assert desk.articles[story.id].article["pubStatus"] == "canceled"


def test_notes_with_one_headline_that_name_different_items_have_nothing_to_do_with_each_other(make, desk):
    """None of the items has come; only what the desk calls all of its notes is the same."""
    title = "Attention Editors"
    kill = make("k", uri="urn:c:1", action="kill", targets=("urn:mer:1",), body="", headline=title, at="08:30")
    hold = make("h", uri="urn:c:2", action="withhold", targets=("urn:mer:2",), body="", headline=title, at="09:30")
    release = make("r", uri="urn:c:3", action="release", targets=("urn:mer:2",), body="", headline=title, at="09:40")
    other = make("b", uri="urn:mer:2", headline="Court frees baker", at="09:00")
    desk.take(kill, hold, release, other)
    assert desk.articles[other.id].article["pubStatus"] == "usable"
    assert desk.story_of(other).status == "current"


TARGETS = ("urn:mer:1", "urn:mer:2")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_kill_of_several_items_makes_no_one_story_of_them_whenever_it_comes(make, desk, order):
    ferry = make("a", uri="urn:mer:1", headline="Ferry sinks off Brannoc", at="08:00")
    baker = make("b", uri="urn:mer:2", headline="Court frees baker", at="08:05")
    kill = make("k", uri="urn:mer:8", action="kill", targets=TARGETS, body="", at="08:20")
    desk.take(*[(ferry, baker, kill)[at] for at in order])
    assert desk.groups() == {frozenset({ferry.id, kill.id}), frozenset({baker.id})}
    assert [story.status for story in desk.stories.values() if story.versions] == ["killed", "killed"]
    assert not any(article.body for article in desk.articles.values())


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_hold_of_several_items_and_its_release_do_the_same(make, desk, order):
    ferry = make("a", uri="urn:mer:1", headline="Ferry sinks off Brannoc", at="08:00")
    baker = make("b", uri="urn:mer:2", headline="Court frees baker", at="08:05")
    hold = make("h", uri="urn:mer:8", action="withhold", targets=TARGETS, body="", at="08:20")
    release = make("r", uri="urn:mer:9", action="release", targets=TARGETS, body="", at="08:30")
    desk.take(*[(ferry, baker, hold, release)[at] for at in order])
    assert desk.groups() == {frozenset({ferry.id, hold.id, release.id}), frozenset({baker.id})}
    assert [story.status for story in desk.stories.values() if story.versions] == ["current", "current"]
    assert desk.articles[ferry.id].body and desk.articles[baker.id].body
    again = make("b2", uri="urn:mer:2", version="2", headline="Court frees baker again", at="09:05")
    assert desk.one(again).body and desk.story_of(again).status == "current"


def test_a_kill_of_several_numbers_means_none_of_the_items_that_carry_them_again_days_later(make, new_desk):
    desk = new_desk("ap")
    kill = make("k", agency="ap", action="kill", targets=("a0713", "a0740"), body="", at="08:00")
    later = make("b", agency="ap", day="2026-03-07", headline="Court frees baker", alt=(("transref", "a0740"),))
    desk.take(kill, later)
    assert desk.articles[later.id].article["pubStatus"] == "usable"
    assert desk.story_of(later).status == "current"
