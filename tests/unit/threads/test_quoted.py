"""Who names another agency as the source, in many languages, and what derives from that agency's own account."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from copy_desk import REPORT, UNRELATED
from helpers import HOUR, START, Run, article, digest, killed

from writethru.records import Article, ThreadPlace
from writethru.threads import ThreadIndex
from writethru.threads.quoted import quoted
from writethru.threads.terms import split

TOLD: list[tuple[str, str, str]] = json.loads(Path(__file__).with_name("quoted.json").read_text("utf-8"))
"""A sentence, the agency that it names as its source, the phrase."""

ACCOUNT = (
    "Quillhaven's harbour pilots ended their walkout, {}. It kept grain buyers waiting, and mills in Brindale ran short of flour last "
    "week. Bakers there had asked for help, and the minister of trade promised a loan. Analysts expect prices to fall slowly."
)
"""Beside the report too little for the same event, by its words alone."""


@pytest.mark.parametrize(("sentence", "agency", "phrase"), TOLD, ids=[sentence[:30] for sentence, *_ in TOLD])
def test_the_agency_named_as_a_source_and_the_phrase_that_names_it(sentence: str, agency: str, phrase: str) -> None:
    assert quoted(sentence, split(sentence), "kestrel") == {agency: phrase}
    assert quoted(sentence, split(sentence), agency) == {}


@pytest.mark.parametrize(
    "sentence",
    [
        "Reuters shares rose 3 percent.",
        "The bidder told Reuters shareholders to wait.",
        "Analysts said Reuters shares fell.",
        "The island's TT race lasts till TT day is over.",
        "PA Consulting said profit rose, and CP Rail said it fell.",
        "ANA Holdings reported a loss. Photo: Reuters",
        "The app was told apart from its rivals by its efe.",
        "El Gobierno belga informó a la prensa.",
    ],
)
def test_a_name_alone_is_no_source(sentence: str) -> None:
    assert quoted(sentence, split(sentence), "kestrel") == {}


def told(*others: Article, account: str = ACCOUNT.format("Yonhap News Agency reported"), agency: str = "osprey") -> ThreadPlace:
    """The place of the account, two hours after a report of Yonhap's."""
    run = Run()
    run.feed(
        article("report", REPORT, agency="yonhap", time=START),
        article("other", UNRELATED, time=START + HOUR),
        *others,
        article("account", account, agency=agency, time=START + 2 * HOUR),
    )
    place = run.placed[digest("account")].thread
    assert place is not None
    return place


def test_an_account_derives_from_that_of_the_agency_it_names() -> None:
    place = told()
    assert (place.relation, place.rule, place.of) == ("derivation", "derivation:quoted", digest("report"))
    assert place.terms[0] == "Yonhap News Agency reported"
    assert {"Quillhaven", "walkout"} < set(place.terms) and len(place.terms) == 6
    assert 0.55 <= place.score < 0.6


@pytest.mark.parametrize("phrase", ["officials reported", "Kyodo News reported", "officials told Yonhap shareholders"])
def test_without_that_name_it_is_no_account_of_the_event(phrase: str) -> None:
    assert told(account=ACCOUNT.format(phrase)).relation == "first"


def test_an_agency_that_names_itself_derives_from_nobody() -> None:
    assert told(agency="yonhap").relation == "first"


def test_what_an_agency_says_of_something_else_is_no_source() -> None:
    place = told(account=UNRELATED.replace("said the collection", "told Yonhap the collection"))
    assert (place.relation, place.of) == ("copy", digest("other"))
    assert (
        told(account="Mills in Brindale ran short of flour last week, Yonhap reported, as 12 bakers asked for a loan.").relation == "first"
    )


def test_nothing_derives_from_what_was_killed_or_came_later() -> None:
    report = article("report", REPORT, agency="yonhap", time=START)
    assert told(killed(report)).relation == "first"
    run = Run()
    account = article("account", ACCOUNT.format("Yonhap reported"), agency="osprey", time=START - HOUR)
    place = run.feed(report, article("other", UNRELATED, time=START + HOUR), account)[-1].thread
    assert place is not None and place.relation == "first"


def test_the_phrase_is_told_again_and_read_back_from_the_log() -> None:
    fed = [
        article("report", REPORT, agency="yonhap", time=START),
        article("other", UNRELATED, time=START + HOUR),
        article("account", ACCOUNT.format("Yonhap News Agency reported"), agency="osprey", time=START + 2 * HOUR),
    ]
    index, rebuilt = ThreadIndex("en"), ThreadIndex("en")
    first = index.apply(fed).articles
    rebuilt.restore(index.drain())
    assert index.apply(fed).articles == rebuilt.apply(fed).articles == first


def test_the_phrase_is_told_again_of_an_account_that_was_held_and_released() -> None:
    account = article("account", ACCOUNT.format("Yonhap News Agency reported"), agency="osprey", time=START + 2 * HOUR)
    run = Run()
    run.feed(article("report", REPORT, agency="yonhap", time=START), article("other", UNRELATED, time=START + HOUR), account)
    before = run.placed[account.id].thread
    run.feed(killed(account))
    held = run.placed[account.id].thread
    run.feed(replace(account, rev=3))
    after = run.placed[account.id].thread
    assert before is not None and held is not None and after is not None
    assert held.terms == ()
    assert after.terms == before.terms
