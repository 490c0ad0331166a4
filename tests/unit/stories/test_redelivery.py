"""The same item again gets the decision that was made."""

from __future__ import annotations

from dataclasses import replace


def test_a_known_article_gets_its_stored_place_and_the_present_story(make, desk):
    articles = [make(f"v{n}", uri="urn:mer:1", version=str(n), at=f"0{n}:00", body=f"Lede {n}.\n\nSame.") for n in (1, 3, 2)]
    first = desk.take(*articles)
    again = desk.take(*articles)
    assert again == first


def test_a_redelivery_keeps_its_own_position_in_the_log(make, desk):
    article = make("a", uri="urn:mer:1")
    desk.take(article)
    moved = replace(article, provenance=replace(article.provenance, offset=99))
    assert desk.one(moved).provenance.offset == 99
    assert len(desk.index) == 1


def test_a_redelivered_kill_sends_its_redactions_again_with_the_same_revisions(make, desk):
    articles = [make("a", uri="urn:mer:1"), make("b", uri="urn:mer:1", version="2", at="09:00")]
    kill = make("k", uri="urn:mer:1", version="3", action="kill", at="10:00")
    desk.take(*articles)
    first = desk.take(kill)
    assert desk.take(kill) == first


def test_a_redelivered_release_sends_what_it_released_again(make, desk):
    release = make("r", uri="urn:mer:1", version="3", action="release", at="10:00", body="")
    desk.take(make("a", uri="urn:mer:1"), make("h", uri="urn:mer:1", version="2", action="withhold", at="09:00", body=""))
    first = desk.take(release)
    assert desk.take(release) == first


def test_a_redelivery_changes_nothing_that_would_be_logged(make, desk):
    article = make("a", uri="urn:mer:1")
    desk.take(article)
    desk.index.drain()
    desk.take(article)
    assert desk.index.drain() == []
