"""What a place says of its reasons: the rule, what it rests on, what came second; and nothing of it once the text is withdrawn."""

from __future__ import annotations

import pytest

from writethru.records import Link
from writethru.stories import StoryIndex

GUID = "urn:mer:1"
HEAD = "Harbour tunnel flooded, ferries take commuters"
OTHER = "Harbour tunnel toll to rise, commuters protest"
OLD = "Harbour tunnel flooded.\n\nZephyrine Holt, 41, is missing.\n\nPumps run."
NEW = "Harbour tunnel flooded.\n\nZephyrine Holt, 42, is missing since Monday.\n\nPumps run."


def test_a_link_names_the_guid_slug_or_number_it_rests_on(make, desk):
    desk.take(make("a", uri=GUID, version="1", slug="AM-Tunnel-Flood", alt=(("transmission", "a0713"),)))
    again = desk.one(make("b", uri=GUID, version="2", at="08:10"))
    assert again.story.link == Link("uri", 1.0, (GUID,))
    assert desk.one(make("c", slug="AM-Tunnel-Flood", lead=1, action="update", at="08:20")).story.link == Link(
        "slug", 0.95, ("tunnel-flood",)
    )
    assert desk.one(make("d", replaces=("a0713",), lead=2, action="update", at="08:30")).story.link == Link("link", 1.0, ("#a0713",))


def test_a_link_by_headline_names_the_words_the_step_and_what_came_second(make, desk):
    first, other = make("a", headline=HEAD), make("b", headline=OTHER, at="08:10")
    desk.take(first, other)
    link = desk.one(
        make("c", headline="Flooded harbour tunnel shut, ferries take commuters", update=1, action="update", at="09:00")
    ).story.link
    assert link.rule == "headline"
    assert set(link.terms[:-1]) < {"flooded", "harbour", "tunnel", "take", "ferrie", "commuter"}
    assert link.terms[-1] == "first"
    assert link.second is not None and link.second.story == desk.articles[other.id].story.id
    assert link.second.score < link.score


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_headline_that_a_note_quotes_is_shown_by_its_words(make, desk, order):
    items = make("a", headline=HEAD), make("b", headline="Cable car runs again", replaces=(HEAD,), action="update", at="09:00")
    link = desk.take(*[items[at] for at in order]).articles[1].story.link
    assert link.rule == "link"
    assert 2 <= len(link.terms) <= 5
    assert set(link.terms) < {"harbour", "tunnel", "flooded", "ferrie", "take", "commuter"}


def test_what_came_second_to_a_quoted_headline_is_the_next_alike(make, desk):
    other = make("o", headline=OTHER, at="07:00")
    desk.take(other, make("a", headline=HEAD))
    link = desk.one(make("b", headline="Cable car runs again", replaces=(HEAD,), action="update", at="09:00")).story.link
    assert link.second is not None and link.second.story == desk.articles[other.id].story.id
    assert 0 < link.second.score < link.score


def test_what_came_second_to_an_alert_is_the_next_alike(make, desk):
    alert, other = make("a", headline=HEAD, action="alert"), make("o", headline=OTHER, action="alert")
    desk.take(other, alert)
    link = desk.one(make("b", headline=HEAD, at="08:30")).story.link
    assert (link.rule, link.score) == ("headline", 1.0)
    assert link.second is not None and link.second.story == desk.articles[other.id].story.id


def test_what_came_second_to_a_headline_sent_again_is_the_telling_before(make, desk):
    first, last = [make(f"t{n}", headline=HEAD, body="", at=f"0{n}:00") for n in (1, 2)]
    desk.take(first, last)
    link = desk.one(make("t3", headline=HEAD, body="", at="08:00")).story.link
    assert (link.terms[-1], link.score) == ("again", 0.4)
    assert link.second is not None
    assert (link.second.story, link.second.score) == (desk.articles[first.id].story.id, 0.24)


def test_a_kill_shows_no_word_of_the_headline_that_it_quotes(make, desk):
    story = make("a", headline=HEAD)
    kill = desk.take(story, make("k", headline="Bulletin kill", targets=(HEAD,), action="kill", at="09:00", body="")).articles[1]
    assert (kill.story.link.rule, kill.story.link.terms) == ("link", ())


def shown(article):
    place = article.story
    return place.link.terms, place.link.second, place.changes and (place.changes.paragraphs, place.changes.numbers, place.changes.claims)


NOTHING = ((), None, ((), (), ()))


@pytest.mark.parametrize("action", ["kill", "withhold"])
def test_what_is_killed_or_held_says_nothing_of_its_text_in_its_place(make, desk, action):
    first, second = make("a", uri=GUID, version="1", body=OLD), make("b", uri=GUID, version="2", body=NEW, at="09:00")
    desk.take(first, second)
    before = desk.articles[second.id].story
    assert before.changes.numbers and before.changes.paragraphs
    desk.take(make("k", uri="urn:mer:2", replaces=(GUID,), action=action, at="10:00", body=""))
    after = desk.articles[second.id].story
    assert shown(desk.articles[second.id]) == NOTHING
    assert (after.changes.rewritten, after.changes.kept) == (1, 2)
    assert shown(desk.one(second)) == NOTHING
    assert shown(desk.articles[make("k").id])[0] == ()


def test_what_is_released_says_again_what_it_said(make, desk):
    first, second = make("a", uri=GUID, version="1", body=OLD), make("b", uri=GUID, version="2", body=NEW, at="09:00")
    desk.take(first, second)
    before = desk.articles[second.id].story
    desk.take(make("h", uri="urn:mer:2", replaces=(GUID,), action="withhold", at="10:00", body=""))
    desk.take(make("r", uri="urn:mer:3", replaces=(GUID,), action="release", at="11:00", body=""))
    assert desk.articles[second.id].story == before


def test_the_log_of_a_killed_story_holds_nothing_of_what_changed(make, desk):
    first, second = make("a", uri=GUID, version="1", body=OLD), make("b", uri=GUID, version="2", body=NEW, at="09:00")
    desk.take(first, second, make("k", uri=GUID, version="3", action="kill", at="10:00"))
    late = make("l", uri=GUID, version="4", body=NEW + "\n\nZephyrine Holt was found.", at="11:00")
    assert shown(desk.one(late))[0] == ()
    assert b"Zephyrine" not in b"".join(desk.index.snapshot())


def test_the_version_after_held_copy_does_not_show_what_was_taken_out_of_it(make, desk):
    held = make("a", uri=GUID, version="1", body=OLD, action="withhold", status="withheld")
    desk.take(held)
    cleared = desk.one(make("b", uri=GUID, version="2", body="Harbour tunnel flooded.\n\nPumps run.", at="09:00"))
    assert cleared.story.changes.removed == 1
    assert cleared.story.changes.paragraphs == ()


def test_where_a_story_opens_the_one_that_came_nearest_is_told(make, desk):
    first = make("a", headline="Harbour tunnel shut by flood")
    far = make("b", headline="Ministers meet on flood insurance at harbour hotel", update=3, action="update", at="09:00")
    desk.take(first)
    link = desk.one(far).story.link
    assert (link.rule, link.score, link.second.story) == ("opens", 1.0, desk.articles[first.id].story.id)
    assert 0.05 <= link.second.score < 0.25
    restored = StoryIndex("meridian")
    restored.restore(desk.index.drain())
    assert restored.apply([far]).articles[0].story.link == link


def test_where_a_story_opens_beside_nothing_alike_nothing_came_second(make, desk):
    desk.take(make("a", headline="Harbour tunnel shut by flood"))
    assert desk.one(make("b", headline="Wheat prices fall", update=1, action="update", at="09:00")).story.link.second is None


def test_a_place_with_all_its_reasons_is_the_same_after_a_restart(make, desk):
    first, other = make("a", headline=HEAD, body=OLD), make("b", headline=OTHER, at="08:10")
    update = make("c", headline=HEAD + " again", update=1, action="update", at="09:00", body=NEW)
    desk.take(first, other, update)
    restored = StoryIndex("meridian")
    restored.restore(desk.index.drain())
    assert restored.apply([update]).articles[0].story == desk.articles[update.id].story
