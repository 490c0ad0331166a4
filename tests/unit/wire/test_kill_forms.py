"""What withdraws in whose copy, and what a story below such a word makes of it."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

SHORT = (
    "HARBOR, Maine (AP) _ The new bridge over the harbor opened to traffic on Monday after two years of work, and the mayor cut the ribbon."
)
LONG = (
    "The harbor authority of the island tested its new alarm on Monday, and for an hour every telephone in town rang, the ferries stayed "
    "in port and the schools were shut. All users were asked to disregard the message, the board said later, and the mayor asked them for "
    "their patience while the alarm is repaired."
)


@pytest.mark.parametrize("tag", ["WITHDRAWAL: ", "WITHDRAWAL-", "WITHDRAWAL - "])
def test_a_withdrawal_is_its_agency_s_form(article, tag):
    own = article(format="ninjs-3", headline=f"{tag}Bridge opens", providers=("Reuters",))
    assert (own.wire.action, own.headline) == ("kill", "Bridge opens")


@pytest.mark.parametrize("provider", ["Harbor Gazette", "AP", "dpa"])
@pytest.mark.parametrize("body", ["", "The troops are leaving."])
def test_another_s_headline_of_that_word_withdraws_nothing(article, provider, body):
    read = article(format="ninjs-3", headline="WITHDRAWAL: Troops leave", body=body, providers=(provider,))
    assert (read.wire.action, read.headline, read.body) == ("new", "WITHDRAWAL: Troops leave", body)


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("The story is withdrawn.", ""),
        ("Please disregard it.", ""),
        ("", "Withdrawn: the troops are there."),
        (f"Please kill this story. {LONG}", ""),
    ],
)
def test_another_s_word_withdraws_where_the_item_says_so(article, body, note):
    notes = (ItemNote("ednote", note),) if note else ()
    read = article(format="ninjs-3", headline="WITHDRAWAL: Troops leave", body=body, notes=notes, providers=("Harbor Gazette",))
    assert (read.wire.action, read.headline) == ("kill", "Troops leave")


def test_the_word_in_a_slug_s_bracket_is_its_agency_s_too(article):
    assert article(format="ninjs-3", headline="Bridge", slug="BRIDGE/ (WITHDRAWAL)", providers=("Reuters",)).wire.action == "kill"
    assert article(format="ninjs-3", headline="Bridge", slug="BRIDGE/ (WITHDRAWAL)", providers=("Gazette",)).wire.action == "new"


def test_at_a_headline_s_end_it_needs_the_item_s_agreement(article):
    told = article(format="ninjs-3", headline="Bridge opens (WITHDRAWAL)", body=LONG, providers=("Reuters",))
    assert (told.wire.action, told.headline) == ("new", "Bridge opens (WITHDRAWAL)")
    empty = article(format="ninjs-3", headline="Bridge opens (WITHDRAWAL)", providers=("Reuters",))
    assert (empty.wire.action, empty.headline) == ("kill", "Bridge opens")


@pytest.mark.parametrize("section", ["BULLETIN KILL", "MANDATORY KILL", "KILL KILL KILL"])
def test_a_story_of_one_paragraph_below_a_word_that_withdraws_is_a_story(article, section):
    slug = article(body=f"PM-Harbor, {section},0030\nBridge opens\n{SHORT}")
    assert (slug.wire.action, slug.headline) == ("new", "Bridge opens")
    assert slug.body.startswith("The new bridge")
    line = article(body=f"{section}\n{SHORT}")
    assert line.wire.action == "new"
    field = article(format="ninjs-3", headline="Bridge opens", slug=f"PM-Harbor, {section},0030", body=SHORT)
    assert field.wire.action == "new"


@pytest.mark.parametrize(
    "copy",
    [
        "HARBOR, Maine (AP) _ Kill PM-Harbor, a0512. The bridge stands.",
        "HARBOR, Maine (AP) _ The story about the bridge, a0512, has been withdrawn.",
        "HARBOR, Maine (AP) _ The Associated Press is withdrawing its story about the bridge.",
        "Editors: The bridge stands.",
        "HARBOR, Maine (AP) _ Disregard a0512. A kill is mandatory.",
        "",
    ],
)
def test_no_story_below_it_or_one_that_says_so_is_a_kill(article, copy):
    read = article(format="ninjs-3", headline="", slug="PM-Harbor, BULLETIN KILL,0030", body=copy, providers=("AP",))
    assert (read.wire.action, read.body) == ("kill", "")


@pytest.mark.parametrize(
    "copy",
    [
        "Berlin (dpa) - Bitte streichen Sie die Meldung dpa 0157.",
        "Berlin (dpa) - Bitte löschen Sie die Meldung dpa 0157.",
        "PARIS, 12 mars (AFP) - Veuillez annuler la dépêche 123.",
        "Madrid, 12 mar (EFE).- Rogamos anulen la noticia 4411.",
        "ROMA, 12 MAR (ANSA) - Si prega di annullare la notizia 4411.",
        "San Mateo (ANP) - Gelieve het bericht over de brug te schrappen.",
        "Oslo (NTB): Vennligst slett meldingen om broen.",
    ],
)
def test_an_order_with_a_dateline_is_no_story(article, copy):
    assert article(format="ninjs-3", headline="KILL KILL KILL", body=copy).wire.action == "kill"
    assert article(body=f"KILL KILL KILL\n{copy}").wire.action == "kill"


@pytest.mark.parametrize("tag", ["KILL: ", "WITHDRAWAL: ", "ELIMINATION: ", "STORY WITHDRAWN: "])
@pytest.mark.parametrize("provider", ["Reuters", "AP", "Harbor Gazette"])
def test_that_users_were_asked_to_disregard_something_is_news(article, tag, provider):
    read = article(format="ninjs-3", headline=f"{tag}Alarm rings", body=LONG, providers=(provider,))
    assert (read.wire.action, read.body) == ("new", LONG)


@pytest.mark.parametrize(
    ("headline", "body", "action"),
    [
        ("DÉPÊCHE ANNULÉE", "", "kill"),
        ("전문취소", "", "kill"),
        ("إلغاء خبر: افتتاح الجسر", "", "kill"),
        ("KILL KILL KILL ''''' =", "Please kill item dpa 157.", "kill"),
        ("ELIMINATION", "Editors: Please eliminate the story about the bridge.", "kill"),
        ("ELIMINATION", "Please eliminate AP photo LIR101.", "kill"),
        ("RELEASE RELEASE RELEASE", "Please release item dpa 170.", "release"),
        ("HOLD RELEASED", "", "release"),
        ("ELIMINATION", "Rovers are out of the cup.", "new"),
        ("KILL", "", "new"),
        ("CORRECTION", "", "new"),
    ],
)
def test_a_headline_may_be_nothing_but_the_word(article, headline, body, action):
    assert article(format="ninjs-3", headline=headline, body=body).wire.action == action


@pytest.mark.parametrize("what", ["the app", "the alarm", "waste", "this rumour", "all of it", "that thought"])
def test_users_asked_to_drop_anything_but_a_story_are_news(article, what):
    body = f"All users are asked to disregard {what}, the board said. {LONG}"
    assert article(format="ninjs-3", headline="KILL: Alarm rings", body=body).wire.action == "new"


@pytest.mark.parametrize("what", ["it", "the earlier story", "our 1402 GMT item", "AM-Harbor", "a0512", '"Bridge falls"'])
def test_users_asked_to_drop_a_story_are_an_order(article, what):
    body = f"All users are asked to disregard {what}. {LONG}"
    assert article(format="ninjs-3", headline="KILL: Alarm rings", body=body).wire.action == "kill"
