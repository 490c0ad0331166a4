"""The codes of envelopes: what they say of the item, and what says nothing."""

from __future__ import annotations

import pytest

from writethru.records import ItemLink, ItemNote

COPY = "The harbor bridge reopened on Tuesday after ten years, the mayor told the council of the town at noon, and nobody asked why."

CODES = [
    # properties, action, complete
    ({"signals": ("sig:update",)}, "update", True),
    ({"signals": ("sig:correction",)}, "correction", None),
    ({"signals": ("http://cv.iptc.org/newscodes/signal/correction",)}, "correction", None),
    ({"signals": ("correction",)}, "correction", None),
    ({"signals": ("sig:cwarn",)}, "new", None),
    ({"signals": ("edStat:N",)}, "new", None),
    ({"signals": ("edStat:U",)}, "update", None),
    ({"signals": ("edStat:C",)}, "correction", None),
    ({"signals": ("edStat:D",)}, "kill", None),
    ({"signals": ("tt_sig:replace",)}, "update", True),
    ({"signals": ("updatetype:UV",)}, "update", True),
    ({"signals": ("updatetype:KORR",)}, "refile", None),
    ({"signals": ("updatetype:RÄ",)}, "correction", None),
    ({"signals": ("updatetype:AVPUB",)}, "kill", None),
    ({"signals": ("updatetype:OMS",)}, "repeat", None),
    ({"signals": ("update:append-major-content",)}, "update", True),
    ({"signals": ("editorialtypes:Lead",)}, "update", None),
    ({"signals": ("editorialtypes:Lead", "editorialtypes:Writethru")}, "update", True),
    ({"signals": ("editorialtypes:Add",)}, "update", False),
    ({"signals": ("editorialtypes:Takes",)}, "update", False),
    ({"signals": ("editorialtypes:Corrective",)}, "correction", None),
    ({"signals": ("editorialtypes:Clarification",)}, "clarification", None),
    ({"signals": ("editorialtypes:Advisory",)}, "advisory", None),
    ({"signals": ("editorialtypes:Kill",)}, "kill", None),
    ({"signals": ("editorialtypes:Elimination",)}, "kill", None),
    ({"signals": ("editorialtypes:Disregard",)}, "kill", None),
    ({"signals": ("editorialtypes:Withhold",)}, "withhold", None),
    ({"signals": ("editorialtypes:HoldForRelease",)}, "withhold", None),
    ({"signals": ("editorialtypes:HoldForRelease",), "embargoed": "2026-03-18T06:00:00Z"}, "new", None),
    ({"signals": ("instruction:Update",)}, "update", True),
    ({"signals": ("instruction:Correction",)}, "correction", None),
    ({"signals": ("instruction:Rectify",)}, "correction", None),
    ({"signals": ("instruction:Delete",)}, "kill", None),
    ({"signals": ("NewsItemType:Alert",)}, "alert", None),
    ({"signals": ("NewsItemType:News",)}, "new", None),
    ({"signals": ("revision:N",)}, "new", None),
    ({"signals": ("revision:A",)}, "new", None),
    ({"signals": ("revision:U",)}, "update", False),
    ({"links": (ItemLink("correction", "urn:x:1"),), "signals": ("nitf:correction",)}, "correction", None),
    ({"signals": ("du-key:version=01",)}, "new", None),
    ({"signals": ("du-key:version=04",)}, "update", None),
    ({"signals": ("du-key:generation=4",)}, "new", None),
    ({"signals": ("NITF:Correction",)}, "correction", None),
    ({"signals": ("WriteThruType:Writethru",)}, "update", True),
    ({"signals": ("format:Flash",)}, "alert", None),
    ({"signals": ("something:else",)}, "new", None),
    ({"status": "usable"}, "new", None),
    ({"status": "stat:usable"}, "new", None),
    ({"status": "active"}, "new", None),
    ({"status": "replaced"}, "update", None),
    ({"status": "stat:withheld"}, "withhold", None),
    ({"status": "blocked"}, "withhold", None),
    ({"status": "stat:canceled"}, "kill", None),
    ({"status": "Cancelled"}, "kill", None),
    ({"status": "deleted"}, "kill", None),
    ({"status": "embargoed"}, "withhold", None),
    ({"status": "embargoed", "embargoed": "2026-03-18T06:00:00Z"}, "new", None),
    ({"genres": ({"literal": "dpatextgenre:26"},)}, "update", True),
    ({"genres": ({"uri": "dpatextgenre:9"},)}, "roundup", None),
    ({"genres": ({"uri": "dpatextgenre:27"},)}, "advisory", None),
    ({"genres": ({"uri": "dpatextgenre:7"},)}, "new", None),
    ({"genres": ({"uri": "dpatextgenre:48"},)}, "alert", None),
    ({"genres": ({"name": "Update"},)}, "update", None),
    ({"genres": ({"name": "تنبيه"},)}, "alert", None),
    ({"genres": ({"literal": "sttversion:1"},)}, "alert", None),
    ({"genres": ({"literal": "sttversion:5"},)}, "update", True),
    ({"genres": ({"literal": "sttversion:6"},)}, "new", None),
    ({"urgency": 1, "providers": ("dpa",)}, "alert", None),
    ({"urgency": 3, "providers": ("dpa",)}, "new", None),
    ({"urgency": 3, "providers": ("AFP",)}, "alert", None),
    ({"urgency": 4, "providers": ("AFP",)}, "new", None),
    ({"urgency": "b", "providers": ("AP",)}, "alert", None),
    ({"urgency": "u", "providers": ("AP",)}, "new", None),
    ({"urgency": "u", "providers": ("Reuters",)}, "new", None),
    ({"urgency": 1, "providers": ("Harbour Post",)}, "new", None),
    ({"links": (ItemLink("irel:prevVersion", "urn:x:1"),)}, "update", None),
    ({"links": (ItemLink("irel:seeAlso", "urn:x:1"),)}, "new", None),
    ({"links": (ItemLink("replacing", "urn:x:1"),)}, "update", None),
]


@pytest.mark.parametrize(("item", "action", "complete"), CODES, ids=[str(row[0])[:80] for row in CODES])
def test_codes(article, item, action, complete):
    read = article(**{"format": "newsml-g2", "headline": "A bridge", "body": COPY, **item})
    assert (read.wire.action, read.wire.complete) == (action, complete)


@pytest.mark.parametrize(("signal", "ordinal"), [("WritethruNum:8th", 8), ("WritethruValue:8", 8), ("WritethruValue:0", None)])
def test_a_code_that_counts(article, signal, ordinal):
    read = article(format="cp", headline="A bridge", body=COPY, signals=(signal,), providers=("Canadian Press",))
    assert (read.wire.ordinal, read.wire.ordinals.lead) == (ordinal, ordinal)


@pytest.mark.parametrize(("signal", "take"), [("series:part=2", 2), ("du-key:part=3", 3), ("du-key:part=0", None)])
def test_a_part_is_a_take(article, signal, take):
    read = article(format="nitf", headline="A bridge", body=COPY, signals=(signal,), providers=("PA",))
    assert (read.wire.action, read.wire.ordinal, read.wire.ordinals.take) == ("new", None, take)


def test_a_document_may_kill_another_than_itself(article):
    link = ItemLink("management-doc-idref", "urn:harbour:one")
    read = article(
        format="nitf", headline="A bridge", body="", links=(link,), signals=("management-idref-status:canceled",), uri="urn:harbour:two"
    )
    assert (read.wire.action, read.wire.kill_targets) == ("kill", ("urn:harbour:one",))
    read = article(
        format="nitf", headline="A bridge", body="", links=(link,), signals=("management-idref-status:usable",), uri="urn:harbour:two"
    )
    assert (read.wire.action, read.wire.kill_targets) == ("new", ())


def test_the_role_of_a_note_says_what_its_words_do_not(article):
    note = ItemNote("ednotes[0]", "Im letzten Absatz muss es richtig heißen: seit zehn Jahren", "dpaednoterole:correction")
    read = article(format="x", headline="Eine Brücke", body=COPY, notes=(note,), providers=("dpa",))
    assert (read.wire.action, [(one.klass, one.paragraphs) for one in read.wire.notes]) == ("correction", [("correct", (-1,))])
    other = ItemNote("ednotes[0]", "Sendeziel ergänzt.", "dpaednoterole:correction")
    read = article(format="x", headline="Eine Brücke", body=COPY, notes=(other,), providers=("dpa",))
    assert (read.wire.action, [one.klass for one in read.wire.notes]) == ("update", ["add"])
