"""Numbers that start again every day: which item a lead or a kill means by one."""

from __future__ import annotations

from itertools import permutations

import pytest

DAYS = ("2026-03-02", "2026-03-03")
LATE = "2026-03-09T00:00:00Z"
"""When all of it is read: agency time is not capped by it."""
A0713 = (("transmission", "a0713"),)


def a_day(make, day, headlines, **of_the_base):
    """An item with the number, and the lead that replaces it two hours later."""
    base = make("base " + day, headline=headlines[0], alt=A0713, day=day, kafka=LATE, **of_the_base)
    lead = make("lead " + day, headline=headlines[1], replaces=("a0713",), lead=1, action="update", at="10:00", day=day, kafka=LATE)
    return base, lead


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_what_carries_the_number_again_the_next_day_is_not_of_the_story_that_replaced_it(make, desk, order):
    base, lead = a_day(make, DAYS[0], ("Tunnel floods", "Ferries sail"))
    other = make("other", headline="Budget vote in Oslo", alt=A0713, day=DAYS[1], kafka=LATE)
    desk.take(*[(base, lead, other)[at] for at in order])
    assert desk.groups() == {frozenset({base.id, lead.id}), frozenset({other.id})}


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_lead_of_the_next_day_means_the_next_days_item(make, desk, order):
    first = a_day(make, DAYS[0], ("Tunnel floods", "Ferries sail"))
    second = a_day(make, DAYS[1], ("Budget vote in Oslo", "Minister resigns"))
    desk.take(*[(*first, *second)[at] for at in order])
    assert desk.groups() == {frozenset(item.id for item in first), frozenset(item.id for item in second)}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_of_two_items_with_the_number_a_lead_means_the_one_that_came_last_before_it(make, desk, order):
    base, lead = a_day(make, DAYS[1], ("Tunnel floods", "Ferries sail"))
    evening = make("evening", headline="Budget vote in Oslo", alt=A0713, at="15:00", day=DAYS[0], kafka=LATE)
    desk.take(*[(base, lead, evening)[at] for at in order])
    assert desk.groups() == {frozenset({base.id, lead.id}), frozenset({evening.id})}


def test_a_number_is_carried_before_it_is_referred_to(make, desk):
    lead = make("lead", headline="Ferries sail", replaces=("a0713",), lead=1, action="update", at="10:00")
    later = make("later", headline="Budget vote in Oslo", alt=A0713, at="20:00")
    desk.take(lead, later)
    assert len(desk.groups()) == 2


def test_clocks_that_differ_do_not_part_a_lead_from_what_it_replaces(make, desk):
    base, lead = make("base", alt=A0713, at="12:00"), make("lead", replaces=("a0713",), lead=1, action="update", at="10:00")
    desk.take(base, lead)
    assert len(desk.groups()) == 1


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_leads_of_a_transmission_that_was_never_seen_are_one_story(make, desk, order):
    leads = [make(f"l{n}", headline=f"H{n}", replaces=("a0713",), lead=n, action="update", at=f"{9 + n}:00") for n in (1, 2, 3)]
    desk.take(*[leads[at] for at in order])
    assert len(desk.groups()) == 1


def test_leads_of_two_days_that_name_one_number_are_two_stories(make, desk):
    leads = [make(day, headline=day, replaces=("a0713",), lead=1, action="update", day=day, kafka=LATE) for day in DAYS]
    desk.take(*leads)
    assert len(desk.groups()) == 2


@pytest.mark.parametrize("action", ["kill", "withhold"])
def test_a_kill_or_hold_finds_the_number_of_the_day_before_where_nothing_nearer_has_it(make, desk, action):
    base = make("base", headline="Tunnel floods", alt=A0713, kafka=LATE)
    desk.take(base, make("k", action=action, targets=("a0713",), at="18:00", day=DAYS[1], kafka=LATE, body=""))
    assert desk.articles[base.id].article["pubStatus"] != "usable"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_kill_means_what_carried_the_number_last_before_it(make, desk, order):
    first = make("first", headline="Tunnel floods", alt=A0713, at="08:00", kafka=LATE)
    kill = make("k", action="kill", targets=("a0713",), at="12:00", kafka=LATE, body="")
    second = make("second", headline="Budget vote in Oslo", alt=A0713, day=DAYS[1], kafka=LATE)
    desk.take(*[(first, kill, second)[at] for at in order])
    assert desk.articles[first.id].article["pubStatus"] == "canceled"
    assert desk.articles[second.id].article["pubStatus"] == "usable"


def test_a_kill_that_came_before_the_item_it_means_still_takes_it_back_where_an_older_one_was_known(make, desk):
    older = make("older", headline="Tunnel floods", alt=A0713, kafka=LATE)
    desk.take(older, make("k", action="kill", targets=("a0713",), at="09:00", day=DAYS[1], kafka=LATE, body=""))
    meant = desk.one(make("meant", headline="Budget vote in Oslo", alt=A0713, at="08:00", day=DAYS[1], kafka=LATE))
    assert meant.article["pubStatus"] == "canceled"


def test_the_numbers_of_items_without_times_hold_while_they_are_recent(make, desk):
    base, lead = make("base", alt=A0713, at=None), make("lead", replaces=("a0713",), lead=1, action="update", at=None)
    desk.take(base, lead)
    assert len(desk.groups()) == 1


def test_numbers_mean_the_same_after_a_restart(make, desk, new_desk):
    base, lead = a_day(make, DAYS[0], ("Tunnel floods", "Ferries sail"))
    desk.take(base, make("evening", headline="Budget vote in Oslo", alt=A0713, at="15:00", kafka=LATE))
    restarted = new_desk()
    restarted.index.restore(desk.index.drain())
    assert restarted.one(lead).story.id == desk.articles[base.id].story.id
