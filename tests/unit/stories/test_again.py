"""What a feed of headlines alone sends again hours later under the very same words, without a mark."""

from __future__ import annotations

from functools import partial

import pytest

HEAD = "Harbour tunnel flooded, ferries take commuters"


@pytest.fixture
def headline(make):
    """An item of a feed of headlines alone."""
    return partial(make, headline=HEAD, body="")


def test_the_same_headline_hours_later_without_a_mark_is_the_next_version(headline, desk):
    place = desk.take(headline("a"), headline("b", at="14:00")).articles[1].story
    assert (place.position, place.link.rule, place.link.score) == (2, "headline", 0.4)
    assert place.link.terms == ("commuter", "ferrie", "flooded", "harbour", "take", "again")


@pytest.mark.parametrize(
    "other",
    [
        {"at": "10:00"},
        {"at": "08:30", "day": "2026-03-03"},
        {"at": None},
        {"headline": HEAD.upper()},
        {"body": "The harbour tunnel was flooded on Monday."},
        {"slug": "Tunnel-Flood"},
        {"digest": True},
    ],
)
def test_what_comes_too_soon_or_next_day_or_differs_is_another_story(headline, desk, other):
    desk.take(headline("a"), headline("b", **{"at": "14:00", **other}))
    assert len(desk.groups()) == 2


def test_a_story_that_is_updated_under_marks_is_not_sent_again_without_one(headline, desk):
    desk.take(headline("a"), headline("a1", update=1, action="update", at="09:00"))
    assert desk.one(headline("b", at="14:00")).story.previous is None


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_tellings_the_last_before_it_is_sent_again_whichever_arrived_last(headline, desk, order):
    tellings = headline("a"), headline("b", at="08:30")
    assert desk.take(*[tellings[at] for at in order], headline("c", at="14:00")).articles[2].story.previous == tellings[1].id


def test_what_tells_the_new_version_again_stands_alone(headline, desk):
    desk.take(headline("a"), headline("b", at="14:00"))
    assert desk.one(headline("c", at="14:10")).story.previous is None


def test_a_standing_headline_ties_nothing(make, desk):
    tellings = [make(f"t{n}", headline="Deals of the day", body="", at=f"{at:02d}:00") for n, at in enumerate((1, 2, 3, 4, 5))]
    desk.take(*tellings)
    assert desk.one(make("t6", headline="Deals of the day", body="", at="12:00")).story.link.rule == "opens"
