from __future__ import annotations

import pytest

from writethru.wire.agencies import table
from writethru.wire.marks import slugs
from writethru.wire.text import Field

SLUGS = [
    # slug, agency, action, ordinal, complete, replaces, what is left
    ("AM-Rio-Capsize, 3rd Ld-Writethru, a0713,a0740,0691", "AP", "update", 3, True, ("a0713", "a0740"), "AM-Rio-Capsize"),
    (
        "AM-Libya-Congressional Reaction, 2nd Ld-Writethru, a0682,xxx",
        "AP",
        "update",
        2,
        True,
        ("a0682",),
        "AM-Libya-Congressional Reaction",
    ),
    ("BC-XX--Harbor-Losing Ground, 1st Ld-Writethru,1140<", "AP", "update", 1, True, (), "BC-XX--Harbor-Losing Ground"),
    ("PM-Harbor, 1st Ld - Writethru,0300", "AP", "update", 1, True, (), "PM-Harbor"),
    ("PM-Harbor, 1stld-writethru,0300", "AP", "update", 1, True, (), "PM-Harbor"),
    ("PM-Harbor, 4th-writethru,0300", "AP", "update", 4, True, (), "PM-Harbor"),
    ("PM-Harbor, 2d Ld-Writethru,0300", "AP", "update", 2, True, (), "PM-Harbor"),
    ("PM-Harbor, _ 1st Ld,0300", "AP", "update", 1, False, (), "PM-Harbor"),
    ("PM-Harbor, 5th Ld-Writethru, 2 Takes,0900", "AP", "update", 5, False, (), "PM-Harbor"),
    ("PM-Harbor, 1st Add,0200", "AP", "update", None, False, (), "PM-Harbor"),
    ("PM-Harbor, Sub,0200", "AP", "update", None, False, (), "PM-Harbor"),
    ("BC-Harbor, CORRECTIVE,0300", "AP", "correction", None, None, (), "BC-Harbor"),
    ("BC-XX--Harbor, Bulletin Kill", "AP", "kill", None, None, (), "BC-XX--Harbor"),
    ("BC-AP News Coverage Advisory 10:15,ADVISORY", "AP", "advisory", None, None, (), "BC-AP News Coverage Advisory 10:15"),
    ("BC-XX--APNewsAlert,17<", "AP", "alert", None, None, (), "BC-XX--APNewsAlert"),
    ("PM-Lost Sub,0223", "AP", "new", None, None, (), "PM-Lost Sub"),
    ("PM-Woman Killed,0295", "AP", "new", None, None, (), "PM-Woman Killed"),
    ("AM-Bird Kill,0264", "AP", "new", None, None, (), "AM-Bird Kill"),
    ("Nuclear Cleanup-Glenn", "AP", "new", None, None, (), "Nuclear Cleanup-Glenn"),
    ("AP-MI--2nd Right Now", "AP", "new", None, None, (), "AP-MI--2nd Right Now"),
    ("1 POLITICS Bridge", "PA", "new", None, None, (), "POLITICS Bridge"),
    ("USA-WEATHER/ (UPDATE 1, PIX, CORRECTED)", "Reuters", "correction", 1, True, (), "USA-WEATHER/"),
    ("GLOBAL-MARKETS/ (WRAPUP 1)", "Reuters", "roundup", 1, True, (), "GLOBAL-MARKETS/"),
    ("EUROPE-1STLD", "Reuters", "update", 1, True, (), "EUROPE"),
    ("eu-broarUV4", "TT", "update", 4, True, (), "eu-broar"),
    ("allsv-broarUV", "NTB", "update", 1, True, (), "allsv-broar"),
    ("UTRI-Broar-UV4", "TT", "update", 4, True, (), "UTRI-Broar"),
    ("sol-UV", "TT", "new", None, None, (), "sol-UV"),
    ("eu-broarUV4", "Reuters", "new", None, None, (), "eu-broarUV4"),
    ("US-harbor-court,2ndlead", "AFP", "update", 2, True, (), "US-harbor-court"),
    ("US-harbor-court,lead", "AFP", "update", 1, True, (), "US-harbor-court"),
    ("China-harbor-trade,WRAP", "AFP", "roundup", None, True, (), "China-harbor-trade"),
    ("US-harbor-vote,SCENE", "AFP", "new", None, None, (), "US-harbor-vote"),
    ("URGENT", "TASS", "alert", None, None, (), None),
    ("(LEAD) Bridge-reopening", "Yonhap", "update", 1, True, (), "Bridge-reopening"),
    ("Smith, John", "", "new", None, None, (), "Smith, John"),
]


@pytest.mark.parametrize(
    ("slug", "provider", "action", "ordinal", "complete", "replaces", "left"), SLUGS, ids=[row[0] + row[1] for row in SLUGS]
)
def test_slug(article, slug, provider, action, ordinal, complete, replaces, left):
    read = article(slug=slug, headline="A headline", providers=(provider,) if provider else (), format="ninjs-1")
    wire = read.wire
    assert (wire.action, wire.ordinal, wire.complete, wire.replaces) == (action, ordinal, complete, replaces)
    assert read.article.get("slugline") == left


def test_takes_and_parts_stand_in_their_counter_only(article):
    assert article(slug="PM-Harbor, 2nd Add,0200", headline="x", format="ninjs-1").wire.ordinals.take == 2
    assert article(slug="1 POLITICS Bridge", headline="x", providers=("PA",), format="nitf").wire.ordinals.take == 1


@pytest.mark.parametrize(("slug", "words"), [("AM-Rio, 1st Ld-Writethru, a0713,0691", 691), ("AM-Rio, 1st Ld-Writethru, a0713,xxx", None)])
def test_word_count(slug, words):
    field = Field("slug", slug)
    assert slugs.read(field, 0, len(slug), table().by_id["ap"]).words == words


def test_headline_and_slug_disagree(article):
    read = article(slug="BRIDGE/ (UPDATE 2)", headline="UPDATE 1-Bridge reopens", providers=("Reuters",), format="newsml-g2")
    assert read.wire.ordinal == 2
    assert "ordinals_differ:update" in read.provenance.warnings
