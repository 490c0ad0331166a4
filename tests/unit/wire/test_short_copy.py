"""Copy that a credit, a plea or a verb makes look like a caption, an order or a hold, and long copy under marks that need an order."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

BRIDGE = "Die Brücke ist am Abend für den Verkehr freigegeben worden (Jane Row/dpa)"
FERRY = "Die Fähre legt am Freitag wieder ab, wie der Hafen in Harwick am Abend nach langen Gesprächen mit den Lotsen bekanntgab."
RULE = (
    "The cinema of the town opened again on Friday with a film about a ferry, and four hundred people came to see it. Phones must not be"
    " used in cinemas, a sign at the door said, and nobody in the hall took one out before the ferry had reached the harbor on that side."
)
TROOPS = (
    "UN troops were asked to withdraw from the base. The harbor base stood on the island for thirty years, and the town below it lived on"
    " the money that the soldiers spent in its shops, its bars and its only cinema, until the last ship left the pier on Friday at noon."
)


def test_a_snap_signed_at_its_end_is_copy(article):
    read = article(headline="Brücke frei", body=BRIDGE, format="x", providers=("dpa",))
    assert read.body.startswith("Die Brücke ist am Abend für den Verkehr freigegeben worden")
    assert [block.kind for block in read.wire.blocks if block.kind == "caption"] == []


def test_the_last_paragraph_signed_at_its_end_is_copy(article):
    read = article(headline="Brücke frei", body=f"{FERRY}\n\n{BRIDGE}", format="x", providers=("dpa",))
    assert read.body.startswith(f"{FERRY}\n\nDie Brücke ist am Abend für den Verkehr freigegeben worden")


def test_the_same_words_with_copy_below_are_a_caption(article):
    read = article(headline="Brücke frei", body=f"{FERRY}\n\n{BRIDGE}\n\n{FERRY}", format="x", providers=("dpa",))
    assert read.body == f"{FERRY}\n\n{FERRY}"


def test_troops_asked_to_withdraw_are_no_notice(article):
    read = article(format="ninjs-3", headline="WITHDRAWAL: Troops leave harbor base", body=TROOPS)
    assert (read.wire.action, read.body) == ("new", TROOPS)


def test_members_of_a_pact_asked_to_leave_it_are_none(article):
    body = f"EU members were asked to withdraw from the pact. {FERRY} {FERRY} {FERRY}"
    assert article(format="ninjs-3", headline="WITHDRAWAL: Members leave pact", body=body).wire.action == "new"


def test_editors_asked_to_withdraw_are_one(article):
    body = f"Editors who used the story are asked to withdraw it. {TROOPS}"
    assert article(format="ninjs-3", headline="WITHDRAWAL: Troops leave harbor base", body=body).wire.action == "kill"


def test_a_note_that_names_an_hour_withdraws_nothing(article):
    notes = (ItemNote("ednote", "Do not use before 6 p.m. local time"),)
    assert article(format="ninjs-3", headline="WITHDRAWAL: Troops leave", body=TROOPS, notes=notes).wire.action != "kill"
    assert article(format="ninjs-3", headline="KILL: The film that shocked Cannes", body=TROOPS, notes=notes).wire.action != "kill"


@pytest.mark.parametrize(
    "copy",
    [
        "Please withdraw the report, opposition lawmakers told the minister",
        "Please kill the story of the dragon, the children cried.",
        "Please kill the story of 3 bears, the children cried.",
        "Please disregard headline in previous item, it should read Harwick.",
        "Please disregard the headline.",
        "Please disregard version sent at 10:05, a corrected version follows.",
    ],
)
def test_a_plea_without_a_target_kills_nothing(article, copy):
    assert article(body=copy).wire.action in ("new", "correction")


@pytest.mark.parametrize(
    "copy",
    [
        "Please kill the story.",
        "Please kill the story!",
        "Please kill the story, a0512.",
        "Please withdraw story 1234, it is wrong.",
        "Please kill item No. 88. It is wrong.",
        'Please disregard the story "Harbor bridge falls"; it is untrue.',
        "Please kill the story headlined 'Harbor bridge falls'.",
        "Please kill story slugged BC-Harbor Bridge.",
        "Please kill story a0512, it is wrong.",
    ],
)
def test_an_order_with_its_target_kills_without_a_mark(article, copy):
    assert article(body=copy).wire.action == "kill"


@pytest.mark.parametrize("title", ["KILL: The film that shocked Cannes", "ELIMINATION: Eurovision heat two"])
def test_a_ban_in_copy_is_no_order(article, title):
    read = article(format="ninjs-3", headline=title, body=RULE)
    assert (read.wire.action, read.headline, read.body) == ("new", title, RULE)


def test_a_ban_in_copy_is_no_order_under_a_line_or_a_slug(article):
    assert article(body=f"ELIMINATION\n\n{RULE}").wire.action == "new"
    assert article(format="ninjs-3", headline="Heat two", slug="Eurovision,ELIMINATION", body=RULE).wire.action == "new"


@pytest.mark.parametrize(
    "order",
    [
        "Please kill the story.",
        "Members are asked to eliminate the story.",
        "Kill BC-Harbor Bridge, a0512.",
        "Editors: Kill a0512.",
        "A kill is mandatory.",
    ],
)
def test_an_order_in_copy_makes_a_kill_of_the_word(article, order):
    assert article(format="ninjs-3", headline="KILL: Harbor bridge", body=f"{order} {RULE}").wire.action == "kill"


def test_a_hold_for_the_release_of_people_holds_nothing(article):
    read = article(format="ninjs-3", headline="Talks go on", body=RULE, notes=(ItemNote("ednote", "Hold for release of hostages"),))
    assert read.wire.action == "new"
    held = article(format="ninjs-3", headline="Talks go on", body=RULE, notes=(ItemNote("ednote", "Hold for release"),))
    assert held.wire.action == "withhold"


@pytest.mark.parametrize(
    ("note", "action"),
    [
        ("CORRECTS typo in death toll to 45", "correction"),
        ("Corrects typo in name of president to Kim", "correction"),
        ("CORRECTS typographical error in profit: 4.5 bln not 45 bln", "correction"),
        ("Corrects typo in profit in 3rd paragraph", "correction"),
        ("Fixes typo", "refile"),
        ("Corrects typo", "refile"),
        ("Corrects typo in headline", "refile"),
        ("Corrects typo in 3rd paragraph", "refile"),
        ("Corrects typos in paragraphs 2 and 4", "refile"),
        ("Corrects spelling", "correction"),
    ],
)
def test_a_slip_in_a_fact_is_a_correction(article, note, action):
    read = article(format="ninjs-3", headline="Talks go on", body=RULE, notes=(ItemNote("ednote", note),))
    assert read.wire.action == action
