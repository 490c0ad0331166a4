"""Kills that must hit what they name, and films that are called like one."""

from __future__ import annotations

import pytest

FILM = (
    "A film about the last lighthouse keeper of the north opened in the town on Friday, and four hundred people came to see a story in"
    " which one storm after another takes a boat, a barn and a marriage, until nothing is left on the island but the lamp, a goat and the "
    "keeper, who in the end puts out the light himself and rows away."
)


@pytest.mark.parametrize("title", ["KILL KILL KILL", "STORY WITHDRAWN", "BULLETIN KILL", "MANDATORY KILL"])
def test_a_film_of_that_name_is_no_kill(article, title):
    headed = article(format="ninjs-3", headline=title, body=FILM)
    assert (headed.wire.action, headed.headline, headed.body) == ("new", title, FILM)
    plain = article(body=f"{title}\n\n{FILM}")
    assert (plain.wire.action, plain.headline, plain.body) == ("new", title, FILM)
    dotted = article(format="ninjs-3", headline=f"{title}: a film", body=FILM)
    assert (dotted.wire.action, dotted.headline, dotted.body) == ("new", f"{title}: a film", FILM)


@pytest.mark.parametrize("slug", ["FILM/ (STORY WITHDRAWN)", "BC-KILL", "BC-Lighthouse,BULLETIN KILL,60", "FILM-KEEPER/ (WITHDRAWAL)"])
def test_a_slug_withdraws_no_story_that_is_told_below_it(article, slug):
    read = article(format="ninjs-3", headline="Lighthouse film opens", slug=slug, body=FILM)
    assert (read.wire.action, read.body) == ("new", FILM)
    notice = article(format="ninjs-3", headline="Lighthouse film opens", slug=slug, body=f"The story is withdrawn. {FILM}")
    assert notice.wire.action == "kill"


@pytest.mark.parametrize(
    "news",
    [
        "In the story a boy is killed.",
        "The report said that the bill was withdrawn.",
        "A report said the troops were withdrawn.",
        "The script, the report added, was withdrawn from the contest.",
        "KILL KILL KILL is its title.",
    ],
)
def test_what_a_story_tells_withdraws_nothing(article, news):
    read = article(format="ninjs-3", headline="WITHDRAWAL: Keeper leaves", body=f"{news} {FILM}")
    assert (read.wire.action, read.body) == ("new", f"{news} {FILM}")


NAMED = [
    ("The AP has killed the story slugged BC-Harbor Bridge Falls, a0512.", ("a0512",)),
    ("Editors: Kill BC-Harbor Bridge-Long Slug of a Sunday, a0512 and a0519.", ("a0512", "a0519")),
    ("The story slugged BC-Harbor Bridge, a0512, moved at noon, has been withdrawn.", ("a0512",)),
    ('The story "Harbor bridge falls" published at 1015 GMT on Nov. 12 is withdrawn.', ("Harbor bridge falls",)),
    ('The story headlined "Harbor bridge falls" has been killed.', ("Harbor bridge falls",)),
    ("Please kill the story headlined 'Harbor board's bridge falls'.", ("Harbor board's bridge falls",)),
    ("The story headlined \u2018Harbor bridge falls\u2019 is withdrawn.", ("Harbor bridge falls",)),
    ('Die Meldung "Brücke eingestürzt" (dpa 0157) wird zurückgezogen.', ("0157", "Brücke eingestürzt")),
    ('Rogamos anulen la noticia titulada "Cae el puente".', ("Cae el puente",)),
    ('TT återkallar telegrammet "Bron har rasat".', ("Bron har rasat",)),
    ('Ritzau tilbagekalder telegrammet "Broen er faldet" fra klokken 14.', ("Broen er faldet",)),
    ("NTB trekker meldingen «Broen har rast» sendt klokken 14.", ("Broen har rast",)),
    ('Uutinen "Silta romahti" on peruttu.', ("Silta romahti",)),
    ('The report headlined "Harbor bridge falls" is unsafe and should not be used.', ("Harbor bridge falls",)),
    ("The story is withdrawn. STORY_NUMBER: L8N3BR1DG", ("L8N3BR1DG",)),
    ('Please kill item dpa 157 "Bridge falls" and item dpa 160 "Mayor quits".', ("157", "Bridge falls", "160", "Mayor quits")),
    ('Please kill item dpa 157. The mayor never said "I closed the bridge".', ("157",)),
    ('The report "Bridges" said three men were killed.', ()),
    ("The mayor said 'I never closed it' on Monday.", ()),
    ("It killed 15 and 300 were hurt.", ()),
]


@pytest.mark.parametrize(("words", "targets"), NAMED, ids=[row[0][:40] for row in NAMED])
def test_a_kill_names_what_it_kills(article, words, targets):
    read = article(body=f"KILL KILL KILL\n\n{words}", providers=("dpa",))
    assert (read.wire.action, read.wire.kill_targets) == ("kill", targets)


def test_a_keyword_line_that_is_a_kill_alone(article):
    read = article(body="BC-KILL, a0512,33\nEDITORS: Kill BC-Harbor Bridge, a0512. The bridge stands.\nThe AP")
    assert (read.wire.agency, read.wire.action, read.wire.kill_targets) == ("ap", "kill", ("a0512",))
    assert "slugline" not in read.article


def test_a_kill_before_the_slug_of_what_it_kills(article):
    read = article(body="MANDATORY KILL: BC-Harbor Bridge\n\nHARBOUR, Maine (AP) _ Kill BC-Harbor Bridge. The story is wrong.")
    assert (read.wire.agency, read.wire.action, read.article["slugline"]) == ("ap", "kill", "BC-Harbor Bridge")


def test_a_label_that_withdraws_all_of_a_korean_story(article):
    read = article(body="[전문취소] 항구 다리 개통\n\n연합뉴스는 12일 송고한 기사를 취소합니다.", providers=("Yonhap",))
    assert (read.wire.action, read.headline, read.body) == ("kill", "항구 다리 개통", "")


@pytest.mark.parametrize(
    ("body", "agency"),
    [
        ("BULLETIN KILL\n\nKill the story slugged BC-Harbor Bridge, a0512.\nThe AP", "ap"),
        ("DÉPÊCHE ANNULÉE\n\nVeuillez annuler la dépêche 123.\n\nAFP", "afp"),
        ("NOTICIA ANULADA\n\nRogamos anulen la noticia 4411.\n\nEFE", "efe"),
        ("KILL KILL KILL\n\nBitte streichen Sie die Meldung dpa 0157.\n\nBerlin (dpa)", "dpa"),
    ],
)
def test_the_notice_is_its_agency_s_by_the_name_below_it(article, body, agency):
    read = article(body=body)
    assert (read.wire.action, read.wire.agency, read.body) == ("kill", agency, "")


@pytest.mark.parametrize("order", ["Please kill BC-Pier Storm, a0512.", "Editors, please kill BC-Pier Storm, a0512."])
def test_an_order_that_asks_names_its_target(article, order):
    read = article(body=order)
    assert (read.wire.action, read.wire.kill_targets, read.body) == ("kill", ("a0512",), "")


STORY = "Zalpha engineers said the rocket had been fuelled on Tuesday."


@pytest.mark.parametrize(
    ("copy", "note"),
    [
        (f"KILL KILL KILL\nPlease kill item dpa 157.\n\nCape Canaveral (dpa) - {STORY}", "Please kill item dpa 157."),
        (f"BC-Rocket, BULLETIN KILL,300\nRocket fuelled\nEds: Please kill BC-Rocket, a0512.\nPORTVILLE, Ohio (AP) _ {STORY}", None),
    ],
)
def test_the_story_below_a_kill_is_not_among_its_words(article, copy, note):
    read = article(body=copy)
    assert (read.wire.action, read.body, read.article.get("edNote")) == ("kill", "", note)


def test_a_keyword_line_without_a_count_is_one_where_a_section_says_so(article):
    read = article(body="BC-US--Pier Storm, BULLETIN KILL\nThe story BC-US--Pier Storm is killed.")
    assert (read.wire.action, read.article["slugline"]) == ("kill", "BC-US--Pier Storm")
    lead = article(body="BC-US--Pier Storm, 1st Ld-Writethru\nStorm tears pier\nBy JANE ROW\nPORTVILLE, Ohio (AP) _ A storm tore the pier.")
    assert (lead.wire.action, lead.wire.ordinal, lead.headline, lead.body) == ("update", 1, "Storm tears pier", "A storm tore the pier.")


LONG = "The pier of Busan was closed on Monday after a storm, the mayor of the town said in a speech. " * 8


@pytest.mark.parametrize(
    ("headline", "order", "targets"),
    [
        ("(KILL) Pier collapses", "SEOUL, March 3 (Yonhap) -- Please disregard our earlier story.", ()),
        (
            "ADVISORY-Pier story withdrawn",
            'LIRIAN, March 3 (Reuters) - The story "Pier opens" is withdrawn. There is no substitute.',
            ("Pier opens",),
        ),
        ("WITHDRAWN-Pier opens", "LIRIAN, March 3 (Reuters) - The story is withdrawn.", None),
        ("Meldung zurückgezogen: Brücke eingestürzt", "Linz (dpa) - Die Meldung dpa 157 wird zurückgezogen.", ("157",)),
    ],
)
def test_a_mark_that_may_be_a_headline_kills_where_the_copy_orders_so(article, headline, order, targets):
    read = article(body=f"{headline}\n{order}")
    assert (read.wire.action, read.body) == ("kill", "")
    assert targets is None or read.wire.kill_targets == targets
    assert article(headline=headline, body=f"LIRIAN, March 3 (Reuters) - {LONG}").wire.action not in ("kill", "withhold")
    assert article(headline=headline, body="The pier of Busan was closed.").wire.action not in ("kill", "withhold")


def test_an_order_by_the_keyword_alone_kills(article):
    assert article(body="Please disregard BC-Pier Storm, which was sent in error.").wire.action == "kill"
