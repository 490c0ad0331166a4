"""A chain's record has no embargo mark, so it carries no embargoed headline."""

from __future__ import annotations

from dataclasses import replace

import pytest

from writethru.formats import decode
from writethru.local.day import messages, truth
from writethru.records import Item, NotAnArticle, ParseError, RawMessage
from writethru.stories import StoryIndex
from writethru.wire import normalise

SOON = "2026-03-02T18:00:00Z"
MIDNIGHT = 1773705600000
"""2026-03-17T00:00:00Z in ms, the sample day's."""


def under_embargo(article, until=SOON):
    return replace(article, article={**article.article, "embargoedUntil": until}, wire=replace(article.wire, embargo=until))


def test_a_version_under_embargo_shows_its_headline_in_the_article_alone(make, desk):
    held = under_embargo(make("a", uri="urn:mer:1", version="1", headline="Prize goes to Zephyrine"))
    chained = desk.take(held)
    assert chained.articles[0].headline == "Prize goes to Zephyrine"
    (story,) = chained.stories
    assert story.current == held.id and (story.headline, story.versions[0].headline) == ("", "")


def test_the_clock_lifts_no_embargo_here(make, desk):
    held = under_embargo(make("a", uri="urn:mer:1", version="1", headline="Prize goes to Zephyrine"))
    free = make("b", uri="urn:mer:1", version="2", at="19:00", headline="Zephyrine takes the prize")
    desk.take(held, free)
    story = desk.story_of(free)
    assert story.headline == "Zephyrine takes the prize"
    assert [version.headline for version in story.versions] == ["", "Zephyrine takes the prize"]


def test_a_restored_index_knows_what_is_under_embargo(make, desk):
    held = under_embargo(make("a", uri="urn:mer:1", version="1", headline="Prize goes to Zephyrine"))
    desk.take(held)
    restored = StoryIndex("meridian")
    restored.restore(desk.index.drain())
    (story,) = restored.apply([held]).stories
    assert (story.headline, story.versions[0].headline) == ("", "")


def test_a_release_brings_no_embargoed_headline_back(make, desk):
    held = under_embargo(make("a", uri="urn:mer:1", version="1", headline="Prize goes to Zephyrine"))
    desk.take(held, make("h", targets=("urn:mer:1",), action="withhold", at="09:00"))
    desk.take(make("r", targets=("urn:mer:1",), action="release", at="10:00"))
    story = desk.story_of(held)
    assert story.status == "current" and all("Zephyrine" not in text for text in (story.headline, story.versions[0].headline))
    assert desk.articles[held.id].headline == "Prize goes to Zephyrine"
    assert desk.articles[held.id].wire.embargo == SOON


def test_what_rules_over_copy_under_embargo_does_not_show_its_headline(make, desk):
    held = under_embargo(make("a", uri="urn:mer:1", version="1", headline="Prize goes to Zephyrine"))
    desk.take(held, make("h", targets=("urn:mer:1",), action="withhold", at="09:00", body="", headline="HOLD"))
    desk.take(make("r", targets=("urn:mer:1",), action="release", at="10:00", body="", headline="RELEASE"))
    assert not any("Zephyrine" in version.headline for version in desk.story_of(held).versions)


@pytest.mark.parametrize(("sooner", "told"), [("2026-03-02T09:00:00Z", False), (SOON, True), ("2026-03-02T20:00:00Z", True)])
def test_changes_do_not_tell_before_its_embargo_ends_what_stood_in_a_version(make, desk, sooner, told):
    first = under_embargo(make("a", uri="urn:mer:1", version="1", headline="Prize", body="Zephyrine takes the prize."))
    second = under_embargo(make("b", uri="urn:mer:1", version="2", at="08:30", headline="Palace", body="The palace plans."), sooner)
    desk.take(first)
    changes = desk.one(second).story.changes
    assert bool(changes.paragraphs) == told and changes.headline


def test_the_sample_days_embargoed_headlines_stand_in_no_story():
    told = {article["headline"] for message in truth()["messages"] for article in message.get("articles", ()) if article.get("embargo")}
    assert len(told) >= 5
    chains: dict[str, StoryIndex] = {}
    shown, carried = set(), set()
    for offset, one in enumerate(messages()):
        message = RawMessage(one.value, "wire.raw", 0, offset, MIDNIGHT + one.at * 1000, one.key, one.headers)
        for article in articles_of(message):
            agency = article.wire.agency
            chained = chains.setdefault(agency, StoryIndex(agency)).apply([article])
            carried.update(out.headline for out in chained.articles if out.wire.embargo)
            for story in chained.stories:
                shown.update((story.headline, *[version.headline for version in story.versions]))
    assert told <= carried
    assert not told & shown


def articles_of(message):
    try:
        decoded = decode(message)
    except (NotAnArticle, ParseError):
        return
    for index, item in enumerate(decoded.items):
        if isinstance(item, Item):
            yield normalise(
                item, message, article_id=decoded.ids[index], sha256=decoded.sha256, received="2026-03-17T12:00:00Z", pipeline="test"
            )
