"""Stories that come in parts: takes, adds, bare leads."""

from __future__ import annotations

from dataclasses import replace

from writethru.records import Ordinals

GUID = "urn:mer:1"


def take(make, number, at, **more):
    article = make(f"take {number} {at}", slug="Tunnel-Flood", at=at, complete=False, **more)
    return replace(article, wire=replace(article.wire, ordinals=Ordinals(take=number)))


def part(make, name, at, **more):
    return make(name, slug="Tunnel-Flood", at=at, complete=False, action="update", **more)


def test_a_story_that_comes_whole_has_no_parts(make, desk):
    whole = make("a", slug="Tunnel-Flood")
    assert desk.one(whole).story.parts == () == desk.story_of(whole).parts


def test_takes_are_read_by_their_number_whatever_came_first(make, desk):
    first, second, third = make("a", slug="Tunnel-Flood"), take(make, 2, "08:20"), take(make, 3, "08:10")
    desk.take(first, third, second)
    assert desk.story_of(first).parts == (first.id, second.id, third.id)
    assert desk.articles[third.id].story.parts == (first.id, third.id)


def test_a_take_sent_again_stands_for_the_earlier_one(make, desk):
    first, second, better = make("a", slug="Tunnel-Flood"), take(make, 2, "08:20"), take(make, 2, "08:40", headline="Better")
    desk.take(first, second, better)
    assert desk.story_of(first).parts == (first.id, better.id)


def test_a_bare_lead_stands_before_the_story_it_tops_and_an_insert_behind(make, desk):
    base, lead, insert = make("a", slug="Tunnel-Flood"), part(make, "l", "09:00", lead=1), part(make, "i", "09:10")
    desk.take(base, lead, insert)
    assert desk.story_of(base).parts == (lead.id, base.id, insert.id)
    assert desk.story_of(base).current == base.id


def test_the_next_writethru_takes_the_place_of_all_parts(make, desk):
    base, lead = make("a", slug="Tunnel-Flood"), part(make, "l", "09:00", lead=1)
    writethru = make("w", slug="Tunnel-Flood", at="10:00", lead=2, action="update", complete=True)
    desk.take(base, lead, writethru)
    assert desk.story_of(base).parts == ()
    assert desk.story_of(base).current == writethru.id


def test_parts_without_a_base_are_all_there_is(make, desk):
    lead, add = part(make, "l", "09:00", lead=1), take(make, 2, "09:10")
    desk.take(add, lead)
    assert desk.story_of(lead).parts == (lead.id, add.id)


def test_a_kill_leaves_no_parts(make, desk):
    base, lead = make("a", uri=GUID, version="1", slug="Tunnel-Flood"), part(make, "l", "09:00", lead=1)
    desk.take(base, lead, make("k", uri=GUID, version="2", action="kill", at="10:00"))
    assert desk.story_of(base).parts == ()
    assert [article.story.parts for article in desk.articles.values()] == [(), (), ()]
