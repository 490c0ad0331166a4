"""What a kill names: numbers, guids, headlines, and nothing it merely mentions."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

TARGETS = [
    # the words of the kill, what they name
    ('Please kill item dpa 157 "Harbor bridge reopens". The story was wrong.', ("157", "Harbor bridge reopens")),
    ("Please kill a0713 and use the substitute.", ("a0713",)),
    ("Members are asked to disregard a0740.", ("a0740",)),
    ("Bitte streichen Sie die Meldung dpa 0157.", ("0157",)),
    ("Die Meldung dpa 0157 (Brücke offen) wird zurückgezogen.", ("0157",)),
    ("Prière d'annuler la dépêche 0157.", ("0157",)),
    ("Rogamos anular la nota EFE 4411.", ("4411",)),
    ("Si prega di annullare la notizia 220.", ("220",)),
    ('Please kill the story headlined "Harbor bridge falls".', ("Harbor bridge falls",)),
    ("Please disregard the story “Harbor bridge falls”; it is untrue.", ("Harbor bridge falls",)),
    ("Kill urn:newsml:harbour.example:20260317:one-two, it is untrue.", ("urn:newsml:harbour.example:20260317:one-two",)),
    ("Please withdraw tag:harbour.example,2026:newsml_L1N14N0FF.", ("tag:harbour.example,2026:newsml_L1N14N0FF",)),
    ("The story that moved at 9:05 a.m. has been killed.", ()),
    ("The bridge, 157 meters long, killed nobody.", ()),
    ('The mayor said "I never closed the bridge".', ()),
    ("Please kill all 3 paragraphs of it.", ()),
    ("A substitute of 300 words will run at 1430.", ()),
]


@pytest.mark.parametrize(("words", "targets"), TARGETS, ids=[row[0][:50] for row in TARGETS])
def test_a_kill_names_what_it_kills(article, words, targets):
    for item in (
        {"body": f"KILL KILL KILL\n\n{words}", "format": "text"},
        {"headline": "Bridge", "status": "canceled", "notes": (ItemNote("ednote", words),), "format": "ninjs-3"},
    ):
        read = article(providers=("dpa",), **item)
        assert (read.wire.action, read.wire.kill_targets) == ("kill", targets)


@pytest.mark.parametrize(
    ("line", "provider"),
    [
        ("MELDUNG ZURÜCKGEZOGEN", "dpa"),
        ("DÉPÊCHE ANNULÉE", "AFP"),
        ("NOTICIA ANULADA", "EFE"),
        ("NOTIZIA ANNULLATA", "ANSA"),
        ("BERICHT INGETROKKEN", "ANP"),
        ("TELEGRAMMET ÅTERKALLAS", "TT"),
        ("NOTÍCIA ANULADA", "Lusa"),
        ("전문취소", "Yonhap"),
    ],
)
def test_lines_that_withdraw_in_other_languages(article, line, provider):
    body = "The harbor bridge reopened on Tuesday after ten years, the mayor told the council of the town at noon. " * 4
    read = article(body=f"{line}\n\n{body}", providers=(provider,))
    assert (read.wire.action, read.body) == ("kill", "")
    prose = article(headline="A bridge", body=f"{line} was painted on the wall. {body}", providers=(provider,), format="x")
    assert prose.wire.action == "new"


@pytest.mark.parametrize(
    ("body", "action", "targets"),
    [
        (
            'HOLD HOLD HOLD\n\nPlease hold item dpa 170 "Norland premier resigns" until further notice.',
            "withhold",
            ("170", "Norland premier resigns"),
        ),
        ("HOLD HOLD HOLD\n\nMembers are asked to withhold a0713 until a check is done.", "withhold", ("a0713",)),
        ("RELEASE RELEASE RELEASE\n\nPlease release item dpa 170.", "release", ("170",)),
    ],
)
def test_the_order_of_a_hold_names_what_it_holds_and_is_for_editors(article, body, action, targets):
    read = article(body=body, providers=("dpa",))
    assert (read.wire.action, read.wire.kill_targets, read.body) == (action, targets, "")
    assert read.article["edNote"] == body.partition("\n\n")[2]


@pytest.mark.parametrize(
    "body",
    [
        "The bridge reopened on Friday, the board said.",
        "The board may hold 170 talks, it said.",
        "They hold on to room 170, which is shut.",
    ],
)
def test_copy_below_a_hold_line_is_what_is_held(article, body):
    read = article(body=f"HOLD HOLD HOLD\n\n{body}", providers=("dpa",))
    assert (read.wire.action, read.wire.kill_targets, read.body) == ("withhold", (), body)


def test_a_kill_that_asks_to_hold_another_item_does_not_kill_that(article):
    read = article(body="KILL KILL KILL\n\nPlease kill item dpa 157. Please hold item dpa 170.", providers=("dpa",))
    assert read.wire.kill_targets == ("157",)
