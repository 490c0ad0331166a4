"""Marks at the end of a slug that no comma and no bracket parts from it."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("slug", "action", "ordinal", "left"),
    [
        ("BRIDGE CORRECTED", "correction", None, "BRIDGE"),
        ("BRIDGE/CORRECTED", "correction", None, "BRIDGE"),
        ("BRIDGE-CORRECTED", "correction", None, "BRIDGE"),
        ("BRIDGE CORRECTION", "correction", None, "BRIDGE"),
        ("PM-LIRIA-TARIFF CORRECTION", "correction", None, "PM-LIRIA-TARIFF"),
        ("COCOA URGENT", "alert", None, "COCOA"),
        ("bridge-urgent", "alert", None, "bridge"),
        ("LIRIA-BRIDGE/ URGENT", "alert", None, "LIRIA-BRIDGE"),
        ("AM-LIRIA-RAID BULLETIN", "alert", None, "AM-LIRIA-RAID"),
        ("AM-BRIDGE-3RDLD URGENT", "alert", 3, "AM-BRIDGE"),
        ("AM-BRIDGE-1STLD WRITETHROUGH", "update", 1, "AM-BRIDGE"),
        ("AM-BRIDGE 1STLD-(WRITETHROUGH)", "update", 1, "AM-BRIDGE"),
        ("AM-BRIDGE-1STLD-*** *URGENT", "alert", 1, "AM-BRIDGE"),
        ("AM-BRIDGE-'*'*'*URGENT", "alert", None, "AM-BRIDGE"),
        ("AM-BRIDGE-***urgent", "alert", None, "AM-BRIDGE"),
        ("AM-BRIDGE-(CORRECTED-REPETITION)", "correction", None, "AM-BRIDGE"),
        ("BC-corrected---bridge", "correction", None, "bridge"),
        ("BRIDGE SCHEDULED", "new", None, "BRIDGE"),
    ],
)
def test_the_last_word_of_reuters_slugs_may_be_a_mark(article, slug, action, ordinal, left):
    read = article(format="ninjs-3", headline="Bridge opens", slug=slug, providers=("Reuters",))
    assert (read.wire.action, read.wire.ordinal, read.article["slugline"]) == (action, ordinal, left)


@pytest.mark.parametrize(
    "slug",
    [
        "MARKET-CORRECTION",
        "MARKETS/CORRECTION",
        "METAL-BULLETIN",
        "URGENT-CARE",
        "CARE/URGENT",
        "BRIDGE ALERT",
        "QUAKE-KILL",
        "corrections",
    ],
)
def test_a_catchword_is_none(article, slug):
    read = article(format="ninjs-3", headline="Bridge opens", slug=slug, providers=("Reuters",))
    assert (read.wire.action, read.article["slugline"]) == ("new", slug)


@pytest.mark.parametrize("slug", ["BRIDGE CORRECTED", "Market correction", "COCOA URGENT", "bridge-urgent"])
@pytest.mark.parametrize("provider", ["AP", "dpa", "Harbor Gazette"])
def test_it_is_reuters_habit_alone(article, slug, provider):
    read = article(format="ninjs-3", headline="Bridge opens", slug=slug, providers=(provider,))
    assert (read.wire.action, read.article["slugline"]) == ("new", slug)


@pytest.mark.parametrize(
    ("line", "number", "complete"),
    [
        ("AM-Harbor _ 1st Ld,0400", 1, False),
        ("AM-Harbor _ 1st Ld-Writethru,0400", 1, True),
        ("AM-Harbor - 2nd Ld-Writethru, a0512,0400", 2, True),
        ("AM-Harbor -- 3rd Ld,0400", 3, False),
        ("AM-Harbor _1st Ld,0400", 1, False),
        ("AM-Harbor, _ 1st Ld,0400", 1, False),
        ("AM-Harbor 1st Ld,0400", 1, False),
        ("AM-Harbor 2nd Ld-Writethru,0400", 2, True),
    ],
)
def test_a_dash_may_stand_for_the_comma_before_a_lead(article, line, number, complete):
    field = article(format="ninjs-3", headline="Bridge opens", slug=line, providers=("AP",))
    assert (field.wire.action, field.wire.ordinals.lead, field.wire.complete) == ("update", number, complete)
    assert field.article["slugline"] == "AM-Harbor"
    copy = article(body=f"{line}\nBridge opens\nHARBOR, Maine (AP) _ The bridge opened to traffic on Monday.")
    assert (copy.wire.ordinals.lead, copy.article["slugline"], copy.headline) == (number, "AM-Harbor", "Bridge opens")


@pytest.mark.parametrize("slug", ["Harbor - 1st Light,0400", "Harbor _ 2nd Lady,0400", "AP-MI--2nd Right Now"])
def test_an_ordinal_of_something_else_is_none(article, slug):
    assert article(format="ninjs-3", headline="Bridge opens", slug=slug, providers=("AP",)).wire.action == "new"
