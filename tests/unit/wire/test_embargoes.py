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


WORDS = [
    # words, provider, until, whether its zone was assumed
    ("Embargoed until 0001 GMT Friday September 9", "PA", "2016-09-09T00:01:00Z", False),
    ("Strictly embargoed until 00.01hrs, Friday 9 September", "PA", "2016-09-08T23:01:00Z", True),
    ("EMBARGO: 09/09/2016 18:00", "PA", "2016-09-09T17:00:00Z", True),
    ("EMBARGO: 9/10 6 p.m.", "AP", "2016-09-10T22:00:00Z", True),
    ("Sperrfrist: Freitag, 9. September, 18 Uhr", "dpa", "2016-09-09T16:00:00Z", True),
    ("SPERRFRIST BIS 9.9.2016, 10.30 UHR", "dpa", "2016-09-09T08:30:00Z", True),
    ("Gesperrt bis 9.9. Mitternacht", "dpa", "2016-09-09T22:00:00Z", True),
    ("Frei ab 18 Uhr", "dpa", "2016-09-07T16:00:00Z", True),
    ("Sous embargo jusqu'au 9 septembre \u00e0 18h00", "ats", "2016-09-09T16:00:00Z", True),
    ("EMBARGO jusqu'\u00e0 vendredi 00h01 GMT", "AFP", "2016-09-09T00:01:00Z", False),
    ("Ne pas diffuser avant le 9 septembre 6h", "ats", "2016-09-09T04:00:00Z", True),
    ("EMBARGO HASTA LAS 18 HORAS DEL 9 DE SEPTIEMBRE", "EFE", "2016-09-09T16:00:00Z", True),
    ("Embargado hasta el viernes a las 10:00", "EFE", "2016-09-09T08:00:00Z", True),
    ("Embargo fino alle ore 14.30 del 9 settembre", "ANSA", "2016-09-09T12:30:00Z", True),
    ("Sotto embargo fino alle 18 di venerd\u00ec", "ANSA", "2016-09-09T16:00:00Z", True),
    ("Embargo tot vrijdag 9 september 18.00 uur", "ANP", "2016-09-09T16:00:00Z", True),
    ("Onder embargo tot 9 september 6 uur", "ANP", "2016-09-09T04:00:00Z", True),
    ("Embargo till fredag 9 september kl 18.00", "TT", "2016-09-09T16:00:00Z", True),
    ("EMBARGO TILL KL. 14", "TT", "2016-09-07T12:00:00Z", True),
    ("Sperrefrist til fredag kl. 18", "NTB", "2016-09-09T16:00:00Z", True),
    ("Embargo at\u00e9 \u00e0s 18h00 de sexta-feira", "Lusa", "2016-09-09T17:00:00Z", True),
]


@pytest.mark.parametrize(("words", "provider", "until", "assumed"), WORDS, ids=[row[0] for row in WORDS])
def test_words_in_many_languages(article, words, provider, until, assumed):
    item = {"format": "ninjs-1", "headline": "A bridge", "body": "It reopened.", "version_created": "2016-09-07T08:00:00Z"}
    read = article(notes=(ItemNote("ednote", words),), providers=(provider,), **item)
    assert (read.wire.embargo, read.wire.action) == (until, "new")
    assert ("naive_time:embargo" in read.provenance.warnings) == assumed
    (line,) = [one for one in read.wire.evidence if one.rule == "embargo"]
    assert words[slice(*line.span)] == line.text


@pytest.mark.parametrize(("words", "provider", "until", "assumed"), WORDS, ids=[row[0] for row in WORDS])
def test_the_same_words_on_a_line_above_the_copy(article, words, provider, until, assumed):
    body = f"{words}\n\nThe bridge will reopen on Friday, the board said."
    read = article(format="nitf", headline="A bridge", body=body, version_created="2016-09-07T08:00:00Z", providers=(provider,))
    assert (read.wire.embargo, read.body) == (until, "The bridge will reopen on Friday, the board said.")
    assert [(block.kind, block.text) for block in read.wire.blocks] == [("note", words)]


@pytest.mark.parametrize(
    "words",
    ["Nicht vor Ort war der Minister", "Frei ab sofort", "Ne pas confondre avec l'embargo",
     "Publication of the report on Friday", "Sperrfrist: keine", "Embargo lev\u00e9"],
)  # fmt: skip
def test_words_that_hold_nothing_back(article, words):
    read = article(**ITEM, headline="A bridge", notes=(ItemNote("ednote", words),))
    assert read.wire.embargo is None


def test_a_field_in_words(article):
    read = article(**ITEM, headline="A bridge", embargoed="Wednesday 18 March, 00.01hrs", providers=("PA",))
    assert (read.wire.action, read.wire.embargo) == ("new", "2026-03-18T00:01:00Z")
    assert "naive_time:embargoed" in read.provenance.warnings and "unreadable_time:embargoed" not in read.provenance.warnings


@pytest.mark.parametrize(("until", "passed"), [("2026-03-17T07:00:00Z", True), ("2026-03-17T09:00:00Z", False)])
def test_an_embargo_that_has_passed_is_told(article, until, passed):
    read = article(**ITEM, headline="A bridge", embargoed=until, status="embargoed")
    assert (read.wire.embargo, read.article["pubStatus"]) == (until, "usable")
    assert ("embargo_passed" in read.provenance.warnings) == passed


def test_places_that_disagree_are_told(article):
    note = (ItemNote("ednote", "Embargoed until 0600 GMT Wednesday"),)
    read = article(**ITEM, headline="A bridge", embargoed="2026-03-18T07:00:00Z", notes=note)
    assert read.wire.embargo == "2026-03-18T07:00:00Z"
    assert [(one.what, one.said, one.taken, one.by) for one in read.wire.conflicts] == [
        ("embargo", ("2026-03-18T07:00:00Z (embargo, embargoed)", "2026-03-18T06:00:00Z (embargo, words)"), "2026-03-18T07:00:00Z", "field")
    ]
