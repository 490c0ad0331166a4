"""Embargoes wherever they are said, and trade that is under one."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

ITEM = {"format": "ninjs-3", "body": "The bridge reopened.", "version_created": "2026-03-17T08:00:00Z"}


@pytest.mark.parametrize("given", ["tomorrow", "until the minister speaks", "2026-13-45T99:00:00Z"])
def test_an_unreadable_field_withholds(article, given):
    read = article(headline="A bridge", embargoed=given, **ITEM)
    assert (read.wire.action, read.article["pubStatus"], read.wire.embargo) == ("withhold", "withheld", None)
    assert "embargo_unresolved" in read.provenance.warnings


@pytest.mark.parametrize("given", ["", " ", "none"])
def test_an_empty_field_withholds_nothing(article, given):
    assert article(headline="A bridge", embargoed=given, **ITEM).wire.action == "new"


@pytest.mark.parametrize(
    ("note", "action", "until"),
    [
        ("UNDER EMBARGO UNTIL WEDNESDAY", "new", "2026-03-18T00:00:00Z"),
        ("EMBARGOED", "withhold", None),
        ("Embargoed.", "withhold", None),
        ("Under embargo", "withhold", None),
        ("EU embargo on arms", "new", None),
        ("Embargo lifted", "new", None),
        ("Embargoed: lifted", "new", None),
        ("Adds details on embargoed goods", "update", None),
        ("Embargoed goods seized", "new", None),
    ],
)
def test_notes(article, note, action, until):
    read = article(headline="A bridge", notes=(ItemNote("ednote", note),), **ITEM)
    assert (read.wire.action, read.wire.embargo) == (action, until)


@pytest.mark.parametrize("line", ["EMBARGOED FOR RELEASE UNTIL 0600 GMT, MARCH 18", "(EMBARGOED FOR RELEASE UNTIL 0600 GMT, MARCH 18)"])
def test_a_line_above_the_dateline(article, line):
    body = f"{line}\n\nMILL CREEK, Ohio (AP) _ The bridge reopened."
    read = article(**{**ITEM, "body": body}, headline="A bridge")
    assert (read.wire.embargo, read.body) == ("2026-03-18T06:00:00Z", "The bridge reopened.")


@pytest.mark.parametrize(
    "body",
    [
        "EU embargo on arms ends at 0600 on Friday, the mayor said.",
        "Embargo lifted on steel.",
        "Under embargo until 2003, the island sold no oil.",
        "(Embargoed goods) were seized at 0600 on Friday.",
    ],
)
def test_prose(article, body):
    read = article(**{**ITEM, "body": body}, headline="Embargo lifted on arms")
    assert (read.wire.action, read.wire.embargo, read.body) == ("new", None, body)


@pytest.mark.parametrize(
    ("title", "action", "until", "left"),
    [
        ("(EMBARGOED) Bridge reopens", "withhold", None, "Bridge reopens"),
        ("EMBARGOED until 0600 GMT March 18: Bridge reopens", "new", "2026-03-18T06:00:00Z", "Bridge reopens"),
        ("EMBARGOED: Bridge reopens", "withhold", None, "Bridge reopens"),
        ("Embargoed goods seized", "new", None, "Embargoed goods seized"),
        ("EMBARGOED GOODS: a story", "new", None, "EMBARGOED GOODS: a story"),
    ],
)
def test_headlines(article, title, action, until, left):
    read = article(headline=title, **ITEM)
    assert (read.wire.action, read.wire.embargo, read.headline) == (action, until, left)
