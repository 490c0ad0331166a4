"""Embargoes whose places disagree or whose words contradict themselves: what may be held is not shown."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

ITEM = {"format": "ninjs-1", "headline": "Ferry", "body": "OSLO (AP) — A ferry ran aground.", "version_created": "2026-03-01T10:00:00Z"}


@pytest.mark.parametrize(
    ("note", "until"),
    [
        ("Embargoed to 0001 GMT Friday September 9", "2026-09-09T00:01:00Z"),  # a Friday in none of the years near
        ("Embargoed to 0001 GMT Tuesday September 9", "2025-09-09T00:01:00Z"),
        ("Embargoed to 0001 GMT Thursday September 9", "2027-09-09T00:01:00Z"),
        ("Embargoed until 0001 GMT March 13", "2026-03-13T00:01:00Z"),
        ("Embargoed until 0001 GMT Friday, March 13", "2026-03-13T00:01:00Z"),
        ("Embargoed until 0001 GMT March 13 (Friday)", "2026-03-13T00:01:00Z"),
        ("Sperrfrist: Freitag, 13. März, 18.00 GMT", "2026-03-13T18:00:00Z"),
    ],
)
def test_the_day_of_the_week_tells_the_year(article, note, until):
    assert article(notes=(ItemNote("ednote", note),), **ITEM).wire.embargo == until


@pytest.mark.parametrize("day", ["Thursday", "Sunday"])  # 13 March 2026 is a Friday, that of 2025 was a Thursday
def test_a_slip_of_the_weekday_neither_shows_what_is_held_nor_goes_unsaid(article, day):
    read = article(notes=(ItemNote("ednote", f"Embargoed until 0001 GMT {day}, March 13"),), **ITEM)
    assert read.wire.embargo == "2026-03-13T00:01:00Z"
    assert "weekday_differs:embargo" in read.provenance.warnings


def test_a_field_in_words_says_so_too(article):
    read = article(embargoed="Thursday 13 March, 00.01hrs", **ITEM)
    assert read.wire.embargo == "2026-03-13T04:01:00Z"  # in AP's zone
    assert "weekday_differs:embargoed" in read.provenance.warnings


@pytest.mark.parametrize(
    ("field", "note", "until", "rule"),
    [
        ("2026-03-12T18:00:00Z", "Embargoed until 1800 GMT March 13", "2026-03-13T18:00:00Z", "latest"),
        ("2026-03-13T18:00:00Z", "Embargoed until 1800 GMT March 12", "2026-03-13T18:00:00Z", "field"),
    ],
)
def test_the_later_of_field_and_note_holds(article, field, note, until, rule):
    read = article(embargoed=field, notes=(ItemNote("ednote", note),), **ITEM)
    assert read.wire.embargo == until
    assert [(one.taken, one.by) for one in read.wire.conflicts] == [(until, rule)]


@pytest.mark.parametrize(
    "headline",
    [
        "(EMBARGOED FOR RELEASE AT 1130 GMT MARCH 13) Ferry sinks",
        "Ferry sinks (EMBARGOED UNTIL 1130 GMT MARCH 13)",
        "[EMBARGOED UNTIL 1130 GMT FRIDAY MARCH 13] Ferry sinks",
    ],
)
def test_brackets_of_a_headline_hold_a_time(article, headline):
    read = article(**(ITEM | {"headline": headline}))
    assert (read.wire.embargo, read.headline) == ("2026-03-13T11:30:00Z", "Ferry sinks")


def test_brackets_that_tell_no_embargo_stay(article):
    assert article(**(ITEM | {"headline": "Ferry sinks (embargoed until Friday, says owner)"})).headline.endswith("says owner)")
