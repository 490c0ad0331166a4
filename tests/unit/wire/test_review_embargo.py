"""Embargo lines beside prose that opens like one, and embargoes that a note says in a whole sentence."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

NEXT = "The harbor office said so in its report on Thursday, and the council of the town agreed with all of it."
ITEM = {"format": "ninjs-1", "version_created": "2026-11-12T10:00:00Z"}

PROSE = [
    "Nicht vor Freitag wird das Urteil im F\u00e4hrprozess erwartet.",
    "Nicht vor Montag beginnt das Gericht mit den Zeugen.",
    "Nicht vor 18.00 Uhr \u00f6ffnet die Br\u00fccke in Harwick wieder.",
    "Nicht vor Freitag: Urteil im F\u00e4hrprozess",
    "Nicht vor Freitag",
    "Gesperrt bis Freitag bleibt die Autobahn 7 bei Oslo.",
    "Gesperrt bis 18 Uhr: Br\u00fccke in Harwick",
    "Frei ab Freitag ist der Strand.",
    "Frei ab 12 Jahren: neuer Film",
    "Frei ab 16: neuer Film aus Harwick",
    "Sperrfrist bis Freitag: Bauern warten",
    "Sperrfrist 6 Uhr morgens: N\u00e4chte ohne F\u00e4hre",
    "Embargo: Norland bans fish from Friday",
    "Embargo until Friday on fish from Norland",
    "Embargo until Friday, 6 p.m., said the sticker on the box, and nobody opened it.",
    "EMBARGO UNTIL FRIDAY ON NORLAND FISH",
    "EMBARGO TILL MONDAY FOR HERRING",
    "Embargo tot vrijdag op vis",
    "Embargo till fredag p\u00e5 fisk",
    "Embargo hasta el viernes a la pesca",
    "Embargo expires Friday",
    "For release on Friday, the band recorded 12 songs.",
    "For release",
    "Nicht vor 2030",
    "Embargo 2003",
    "Release: November 20, 2026",
    "For use on Friday, the club bought two boats.",
    "Not for use before Friday, the sign said.",
    "Do not publish before Friday, the judge ruled.",
    "Ne pas publier avant vendredi: le juge a tranch\u00e9.",
    "This report is under embargo until Friday, the clerk said.",
    "Under embargo until Friday, Norland sells no oil",
]


@pytest.mark.parametrize("line", PROSE)
@pytest.mark.parametrize("above", ["", "Oslo (dpa) - ", "OSLO (AP) \u2014 The strike goes on.\n\n"])
def test_a_line_that_goes_on_behind_its_time_is_copy(article, line, above):
    read = article(headline="A ferry strike", body=f"{above}{line}\n\n{NEXT}", **ITEM)
    assert (read.wire.embargo, read.wire.action) == (None, "new")
    assert read.body.endswith(f"{line}\n\n{NEXT}")


@pytest.mark.parametrize("line", PROSE)
def test_such_a_line_may_be_the_headline(article, line):
    read = article(body=f"{line}\n\n{NEXT}", format="text", version_created="2026-11-12T10:00:00Z")
    assert (read.wire.embargo, read.wire.action) == (None, "new")
    assert line in f"{read.headline}\n{read.body}"


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 1800 GMT FRIDAY, NOV 13, AND NOT BEFORE", "2026-11-13T18:00:00Z"),
        ("Embargoed until 6 p.m. local time on Friday", "2026-11-13T18:00:00Z"),
        ("NOT FOR RELEASE BEFORE 6 PM EASTERN TIME, NOVEMBER 13", "2026-11-13T23:00:00Z"),
        ("EMBARGO - 0001 FRIDAY", "2026-11-13T00:01:00Z"),
        ("EMBARGOED - NOT FOR RELEASE BEFORE 1800 GMT FRIDAY", "2026-11-13T18:00:00Z"),
        ("EMBARGOED FOR MEDIA UNTIL 0001 FRIDAY", "2026-11-13T00:01:00Z"),
        ("Embargoed until 10 a.m. London time, Friday, Nov. 13", "2026-11-13T10:00:00Z"),
        ("STRICT EMBARGO: 00:01 (UK time), Friday 13 November", "2026-11-13T00:01:00Z"),
        ("Not for publication or broadcast before 0001 Friday", "2026-11-13T00:01:00Z"),
        ("++ Sperrfrist Freitag 18 Uhr ++", "2026-11-13T18:00:00Z"),
        ("* EMBARGOED until 1800 GMT Friday *", "2026-11-13T18:00:00Z"),
        ("(Strictly embargoed until 00.01hrs, Friday 13 November)", "2026-11-13T00:01:00Z"),
        ("This story is embargoed until 0001 GMT Friday.", "2026-11-13T00:01:00Z"),
        ("For use Sunday, Nov. 15, and thereafter", "2026-11-15T00:00:00Z"),
        ("Nicht vor Freitag, 13. November, 18.00 Uhr", "2026-11-13T18:00:00Z"),
        ("Embargo expires at 1800 GMT Friday", "2026-11-13T18:00:00Z"),
        ("Embargo 13 Nov 1800", "2026-11-13T18:00:00Z"),
        ("Bajo embargo hasta las 18 horas del viernes, hora local", "2026-11-13T18:00:00Z"),
    ],
)
def test_a_line_that_holds_a_time_and_fixed_turns_alone_is_an_embargo(article, line, until):
    read = article(headline="A ferry strike", body=f"{line}\n\n{NEXT}", **ITEM)
    assert (read.wire.embargo, read.body) == (until, NEXT)


@pytest.mark.parametrize("line", ["EMBARGOED", "Under embargo", "Embargoed until further notice", "EMBARGO:"])
def test_an_embargo_line_without_a_time_withholds(article, line):
    read = article(headline="A ferry strike", body=f"{line}\n\n{NEXT}", **ITEM)
    assert (read.wire.embargo, read.wire.action, read.body) == (None, "withhold", NEXT)


@pytest.mark.parametrize(
    ("note", "provider", "until"),
    [
        ("Eds: This story is embargoed until 12:01 a.m. EST Friday.", "AP", "2026-11-13T05:01:00Z"),
        ("Eds: The attached text is strictly embargoed until 6 p.m. Friday. With AP Photos.", "AP", "2026-11-13T23:00:00Z"),
        ("Story embargoed until 6 p.m. Friday", "AP", "2026-11-13T23:00:00Z"),
        ("Report under embargo until 0001 Friday; adds photo", "PA", "2026-11-13T00:01:00Z"),
        ("Not for use before 0001 Friday", "PA", "2026-11-13T00:01:00Z"),
        ("Do not use before 0001 Friday", "PA", "2026-11-13T00:01:00Z"),
        ("Embargo 13 Nov 1800", "PA", "2026-11-13T18:00:00Z"),
        ("Embargo 1800 GMT Friday", "PA", "2026-11-13T18:00:00Z"),
        ("Embargo Friday 13 November 2026 1800", "PA", "2026-11-13T18:00:00Z"),
        ("Embargo 13 November 2026", "PA", "2026-11-13T00:00:00Z"),
        ("Embargo expires at 1800 GMT Friday", "PA", "2026-11-13T18:00:00Z"),
        ("Embargo lifts at 1800 GMT Friday", "PA", "2026-11-13T18:00:00Z"),
        ("Eds: For use Sunday, Nov. 15, and thereafter", "AP", "2026-11-15T05:00:00Z"),
        ("Advance for use Friday, Nov. 13, and thereafter", "AP", "2026-11-13T05:00:00Z"),
        ("PLEASE NOTE STRICT EMBARGO 0001 FRIDAY", "PA", "2026-11-13T00:01:00Z"),
        ("Sunday papers please note embargo 0001 Sunday", "PA", "2026-11-15T00:01:00Z"),
        ("Strict embargo: 0001 Friday", "PA", "2026-11-13T00:01:00Z"),
        ("The following is embargoed until 0001 Friday", "PA", "2026-11-13T00:01:00Z"),
        ("UNDER STRICT EMBARGO UNTIL 1800 GMT FRIDAY", "PA", "2026-11-13T18:00:00Z"),
        ("Eds: Advance for Saturday, Nov. 14", "AP", "2026-11-14T05:00:00Z"),
        ("RELEASE: 0001 Friday", "PA", "2026-11-13T00:01:00Z"),
        ("Embargoed until 6 p.m. Friday. The council met on 3 November.", "AP", "2026-11-13T23:00:00Z"),
    ],
)
def test_a_note_that_says_it_in_a_sentence(article, note, provider, until):
    read = article(headline="A bridge", body=NEXT, notes=(ItemNote("ednote", note),), providers=(provider,), **ITEM)
    assert read.wire.embargo == until


@pytest.mark.parametrize(
    "note",
    [
        "Adds report on the embargo until 2003",
        "Updates with story of embargoed goods, Friday",
        "For use by all clients",
        "Advance for Saturday's game",
        "Release: immediate",
        "For use only in Norland, sent Friday",
        "Embargo of 1973 is in paragraph 5",
        "Embargo expires, minister says",
    ],
)
def test_a_note_on_the_story_of_an_embargo_holds_nothing_back(article, note):
    read = article(headline="A bridge", body=NEXT, notes=(ItemNote("ednote", note),), **ITEM)
    assert (read.wire.embargo, read.article["pubStatus"]) == (None, "usable")


@pytest.mark.parametrize(
    "line",
    [
        "NOT FOR PUBLICATION BEFORE 1800 GMT FRIDAY",
        "NICHT ZUR VER\u00d6FFENTLICHUNG VOR FREITAG",
        "Ne pas publier avant vendredi 18h",
    ],
)
def test_a_line_that_forbids_for_a_while_is_no_heading_of_a_notebook(article, line):
    read = article(headline="A bridge", body=f"{NEXT}\n\n{line}\n\n{NEXT}", **ITEM)
    assert read.body.count(NEXT) == 2


@pytest.mark.parametrize("stars", ["***", "**", "*"])
def test_an_embargo_between_stars_is_of_the_headline(article, stars):
    read = article(headline=f"{stars}EMBARGOED{stars} Prize goes to Lirian", body=NEXT, **ITEM)
    assert (read.wire.action, read.headline) == ("withhold", "Prize goes to Lirian")


@pytest.mark.parametrize("opening", ["", "Eds: "])
def test_copy_held_for_a_document_is_under_embargo(article, opening):
    note = (ItemNote("ednote", f"{opening}Hold for release of the bridge report Friday"),)
    read = article(headline="Bridge opens", body="It opened.", format="ninjs-3", notes=note, version_created="2026-03-11T10:00:00Z")
    assert (read.wire.action, read.wire.embargo) == ("new", "2026-03-13T00:00:00Z")
    undated = (ItemNote("ednote", f"{opening}Hold for release of study."),)
    assert article(headline="Bridge opens", body="It opened.", format="ninjs-3", notes=undated).wire.action == "withhold"


@pytest.mark.parametrize(
    "words", ["Hold for release of hostages ends Friday", "Hold for release of the whales Friday", "Families hold for release of report"]
)
def test_what_people_hold_out_for_is_none(article, words):
    note = (ItemNote("ednote", words),)
    read = article(headline="Bridge opens", body=f"{words}\n\nIt opened.", format="ninjs-3", notes=note)
    assert (read.wire.action, read.wire.embargo) == ("new", None)


PIER = "SEOUL, March 3 (Yonhap) -- The pier opened."
OF_MARCH = {"version_created": "2026-03-03T10:00:00Z"}


@pytest.mark.parametrize(
    ("note", "until"),
    [
        ("Embargoed until 6 p.m. EST tomorrow", "2026-03-04T23:00:00Z"),
        ("Sperrfrist: morgen, 18.00 Uhr", "2026-03-04T09:00:00Z"),
        ("Sous embargo jusqu'à demain 18h00", "2026-03-04T09:00:00Z"),
        ("Embargo hasta mañana a las 6", "2026-03-03T21:00:00Z"),
        ("Embargoed until 1600 London time March 4", "2026-03-04T16:00:00Z"),
        ("Embargoed until 10 a.m. U.S. Eastern time March 4", "2026-03-04T15:00:00Z"),
        ("Embargoed until 9 a.m. Pacific time, Thursday", "2026-03-05T17:00:00Z"),
        ("Embargoed until 1600 UTC+1 March 4", "2026-03-04T15:00:00Z"),
        ("Embargoed until 1600 +0000 March 4", "2026-03-04T16:00:00Z"),
        ("Embargoed until 1600 Zulu March 4", "2026-03-04T16:00:00Z"),
        ("Embargoed until 1600 local time March 4", "2026-03-04T07:00:00Z"),
        ("Embargo tot 5 maart 18u", "2026-03-05T09:00:00Z"),
        ("Onder embargo tot 5 maart 6u00", "2026-03-04T21:00:00Z"),
        ("Not to be used before 1600 GMT March 4", "2026-03-04T16:00:00Z"),
    ],
)
def test_the_day_after_and_zones_in_words_count(article, note, until):
    """The agency's own zone, nine hours ahead, is for times that name none."""
    read = article(headline="Pier opens", body=PIER, notes=(ItemNote("ednote", note),), **OF_MARCH)
    assert read.wire.embargo == until


@pytest.mark.parametrize(
    "headline",
    [
        "Pier opens (Embargoed until 1800 GMT March 4)",
        "(Embargoed until 1800 GMT March 4) Pier opens",
        "Embargoed until 1800 GMT March 4: Pier opens",
        "SPERRFRIST 4. März 18.00 GMT: Pier opens",
    ],
)
def test_a_headline_holds_an_embargo_in_any_case(article, headline):
    read = article(headline=headline, body=PIER, **OF_MARCH)
    assert (read.headline, read.wire.embargo) == ("Pier opens", "2026-03-04T18:00:00Z")


def test_a_headline_about_embargoes_holds_none(article):
    read = article(headline="Embargoed no more: how the pier opened", body=PIER, **OF_MARCH)
    assert (read.wire.action, read.wire.embargo, read.headline) == ("new", None, "Embargoed no more: how the pier opened")


@pytest.mark.parametrize(
    "line",
    [
        "(Note: embargoed until 1800 GMT on March 4)",
        "NOTE: Embargoed until 1800 GMT March 4",
        "--EMBARGOED UNTIL 1800 GMT MARCH 4--",
    ],
)
def test_a_line_above_the_copy_holds_an_embargo(article, line):
    read = article(headline="Pier opens", body=f"{line}\n\n{PIER}", **OF_MARCH)
    assert (read.body, read.wire.embargo) == ("The pier opened.", "2026-03-04T18:00:00Z")


@pytest.mark.parametrize("slug", ["BC-Pier, Adv05", "BC-Pier,ADV05,400", "BC-Pier,1st Ld-Writethru,Adv05"])
def test_an_advance_needs_no_blank(article, slug):
    read = article(headline="Pier opens", slug=slug, body=PIER.replace("Yonhap", "AP"), **OF_MARCH)
    assert (read.article["slugline"], read.wire.embargo) == ("BC-Pier", "2026-03-05T05:00:00Z")


@pytest.mark.parametrize(
    ("note", "until"),
    [
        ("Sperrfrist für Online: 5. März, 5.00 Uhr", "2026-03-04T20:00:00Z"),
        ("EMBARGO ONLINE until 0500 GMT March 5", "2026-03-05T05:00:00Z"),
        ("Print embargo: 0500 GMT March 5", "2026-03-05T05:00:00Z"),
        ("Nature embargo 1600 GMT March 4", "2026-03-04T16:00:00Z"),
        ("Arms embargo: what it means", None),
        ("Sperrfrist für Gas läuft ab", None),
    ],
)
def test_an_embargo_for_some_media_or_of_a_journal_holds_all(article, note, until):
    read = article(headline="Pier opens", body=PIER, notes=(ItemNote("ednote", note),), **OF_MARCH)
    assert (read.wire.embargo, read.wire.action) == (until, "new")


@pytest.mark.parametrize("line", ["Embargoed until 1800 GMT March 4", "Eds: This story is embargoed until 1800 GMT March 4."])
def test_a_line_below_the_copy_holds_an_embargo(article, line):
    read = article(headline="Pier opens", body=f"{PIER}\n\n{line}", **OF_MARCH)
    assert (read.body, read.wire.embargo) == ("The pier opened.", "2026-03-04T18:00:00Z")


def test_a_last_sentence_about_an_embargo_holds_none(article):
    read = article(headline="Pier opens", body=f"{PIER}\n\nThe embargo ends on Friday, the mayor said.", **OF_MARCH)
    assert (read.body, read.wire.embargo) == ("The pier opened.\n\nThe embargo ends on Friday, the mayor said.", None)
