"""Update notes, clause by clause."""

from __future__ import annotations

import csv

import pytest

from writethru.records import ItemNote
from writethru.wire.notes import paragraphs

YONHAP = [
    # ordinal, [(verb, class, targets, paragraphs)]
    (None, [("ADDS", "add", ("details",), ()), ("RECASTS", "recast", ("headline",), ())]),
    (3, [("UPDATES", "update", (), (5,)), ("ADDS", "add", ("details",), (13, 14))]),
    (2, [("ADDS", "add", ("details", "photo"), (2, 5, 10, 13, 14, 15, 16)), ("RECASTS", "recast", ("lead",), ())]),
    (2, [("ADDS", "add", ("photo",), ())]),
    (2, [("UPDATES", "update", ("throughout", "details"), ()), ("ADDS", "add", ("photo", "byline"), ())]),
    (4, [("RECASTS", "recast", ("headline", "lead"), ()), ("UPDATES", "update", ("details",), (2, 3, 4, 5, 6, 7))]),
    (1, [("ADDS", "add", ("details", "photo"), (4, 5))]),
    (1, [("CHANGES", "change", ("headline", "lead"), ()), ("UPDATES", "update", (), (3,))]),
]


def test_the_eight_yonhap_lines(article, shared):
    with (shared / "data/formats/yonhap-attn/attn_lines.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for row, (ordinal, expected) in zip(rows, YONHAP, strict=True):
        headline = row["headline"] if ordinal else "A bridge reopens"
        read = article(body=f"{headline}\n{row['attn_line']}\nBy Jane Row\nSEOUL, March 3 (Yonhap) -- The bridge reopened.\n")
        assert [(note.verb, note.klass, note.targets, note.paragraphs) for note in read.wire.notes] == expected
        assert (read.wire.agency, read.wire.action, read.wire.complete) == ("yonhap", "update", True)
        assert read.wire.ordinal == ordinal
        assert row["attn_line"] not in read.body and row["attn_line"] in read.article["edNote"]


NOTES = [
    # note, [(verb, class, mechanics, targets, paragraphs)], action, complete
    ("Eds: UPDATES: With AP Photos.", [("", "media", None, ("photo",), ())], "new", None),
    (
        "Embargoed until 0001 GMT March 13. Eds: UPDATES: Adds quotes.",
        [("", "other", None, (), ()), ("Adds", "add", None, ("quotes",), ())],
        "update",
        None,
    ),
    (
        "RECASTS headline, RAISES toll, ADDS quotes",
        [("RECASTS", "recast", None, ("headline",), ()), ("RAISES", "update", None, (), ()), ("ADDS", "add", None, ("quotes",), ())],
        "update",
        None,
    ),
    ("Eds: Updates with union quotes, pay raises", [("Updates", "update", None, ("quotes",), ())], "update", None),
    ("Eds: Cathie in 8th graf is cq", [("cq", "other", None, (), (8,))], "new", None),
    ("Eds: SUBS 6th graf, Row said, to CORRECT spelling", [("SUBS", "correct", "change", ("spelling",), (6,))], "correction", None),
    (
        "Eds: Updates with name of Spanish victim, other details. CORRECTS spelling to Puerto Barrios. No pickup. Adds byline.",
        [
            ("Updates", "update", None, ("name", "details"), ()),
            ("CORRECTS", "correct", None, ("spelling",), ()),
            ("No pickup", "other", None, (), ()),
            ("Adds", "add", None, ("byline",), ()),
        ],
        "correction",
        True,
    ),
    (
        "Eds: SUBS 3rd graf pvs, bgng: ``In 1988...'' to UPDATE number to 371; picks up 4th graf pvs, bgng: ``Although final...''",
        [("SUBS", "update", "change", (), (3,)), ("picks up", "other", None, (), (4,))],
        "update",
        False,
    ),
    ("Eds: LEADS with 6 grafs to UPDATE with comment from police", [("LEADS", "update", None, ("quotes",), ())], "update", None),
    ("Eds: SUBS 7th graf with 1 graf to RESTORE dropped letter", [("SUBS", "restore", "change", (), (7,))], "update", None),
    ("Eds: RETRANSMITTING to FIX byline", [("RETRANSMITTING", "correct", "repeat", ("byline",), ())], "refile", None),
    ("Eds: New thruout, no pickup", [("New", "recast", None, ("throughout",), ()), ("no pickup", "other", None, (), ())], "update", True),
    ("(Eds: Minor edits. With AP Photos.)", [("Minor edits", "change", None, (), ()), ("", "media", None, ("photo",), ())], "refile", None),
    (
        "Eds: UPDATES: adds details, edits. With AP Photos.",
        [("adds", "add", None, ("details",), ()), ("edits", "change", None, (), ()), ("", "media", None, ("photo",), ())],
        "update",
        None,
    ),
    (
        "Eds: UPDATES: With comment from lawyer.; With AP Photos.",
        [("UPDATES", "update", None, ("quotes",), ()), ("", "media", None, ("photo",), ())],
        "update",
        None,
    ),
    ("(In Jan. 3 story, corrects last paragraph to reflect that)", [("corrects", "correct", None, (), (-1,))], "correction", None),
    ("(adds details, background)", [("adds", "add", None, ("details", "background"), ())], "update", None),
    ("(Company corrects pay date, April 25, not April 28. Reuter", [("corrects", "correct", None, (), ())], "correction", None),
    (
        "ATTENTION - UPDATES, INCORPORATES Harbor-bridge-toll-row ///",
        [("UPDATES", "update", None, (), ()), ("INCORPORATES", "merge", None, ("Harbor-bridge-toll-row",), ())],
        "update",
        True,
    ),
    ("RECASTS. ADD quotes from police.", [("RECASTS", "recast", None, (), ()), ("ADD", "add", None, ("quotes",), ())], "update", None),
    ("\uff08\uff21\uff34\uff34\uff2e\uff1a\uff21\uff24\uff24\uff33 photo\uff09", [("ADDS", "add", None, ("photo",), ())], "update", True),
    ("(ATTN: BURNISHES lead)", [("BURNISHES", "other", None, ("lead",), ())], "new", None),
    ("Updates with plan to cut jobs", [("Updates", "update", None, (), ())], "update", None),
    ("Updates to follow", [("", "other", None, (), ())], "new", None),
    ("Will be updated", [("", "other", None, (), ())], "new", None),
    ("KILLS 3rd graf", [("KILLS", "kill", None, (), (3,))], "new", None),
    ("Eds: SUBS 2nd graf to KILL reference", [("SUBS", "kill", "change", (), (2,))], "new", None),
    ("Eds: Also in Monday AMs report.", [("", "other", None, (), ())], "new", None),
    ("(attn: nn.Module, x_norm)", [("", "other", None, (), ())], "new", None),
]


@pytest.mark.parametrize(("text", "clauses", "action", "complete"), NOTES, ids=[row[0][:50] for row in NOTES])
def test_note_of_the_envelope(article, text, clauses, action, complete):
    read = article(headline="A headline", body="Copy.", notes=(ItemNote("ednote", text),), format="ninjs-1", version="0")
    assert [(note.verb, note.klass, note.mechanics, note.targets, note.paragraphs) for note in read.wire.notes] == clauses
    assert (read.wire.action, read.wire.complete, read.wire.ordinal) == (action, complete, None)
    assert all(text[slice(*note.span)] == note.text and note.field == "ednote" for note in read.wire.notes)
    assert read.article["version"] == "0"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("in paras 2, 5, 10, 13-16, photo", (2, 5, 10, 13, 14, 15, 16)),
        ("in 3rd and 4th paragraphs", (3, 4)),
        ("last 2 paras", (-2, -1)),
        ("first three grafs", (1, 2, 3)),
        ("last graf", (-1,)),
        ("with 6 grafs", ()),
        ("second paragraph", (2,)),
        ("im 3. Absatz", (3,)),
        ("paras 1-999", ()),
        ("paragon 5", ()),
    ],
)
def test_paragraph_lists(text, numbers):
    assert paragraphs.read(text) == numbers


def test_a_note_in_the_sixth_paragraph_is_prose(article):
    copy = "\n\n".join(
        ["A man spoke at the bridge."] * 5 + ["(ATTN: ADDS photo) was on the page, he said.", "(Adds to the fun), she said."]
    )
    read = article(headline="A headline", body=copy)
    assert (read.wire.notes, read.wire.action) == ((), "new")
    assert "(ATTN: ADDS photo) was on the page" in read.body


def test_a_parenthesis_that_opens_prose_is_no_note(article):
    read = article(headline="A headline", body="(Updates to the software) are free, the maker said.")
    assert (read.wire.notes, read.wire.action) == ((), "new")


def test_replaced_transmission_named_in_the_note(article):
    note = ItemNote("ednote", "Eds: SUBS to CORRECT spelling of Row; Members who used a0691 are asked to use the following story.")
    assert article(headline="x", notes=(note,), format="ninjs-1").wire.replaces == ("a0691",)


def test_anp_names_the_headline_it_replaces(article):
    read = article(
        headline="Brug open (2)", body="N i e u w bericht, vervangt: Brug dicht\n\nDe brug is open.", providers=("ANP",), format="x"
    )
    assert (read.wire.action, read.wire.ordinal, read.wire.complete, read.wire.replaces) == ("update", 2, True, ("Brug dicht",))
    assert read.body == "De brug is open."


@pytest.mark.parametrize("clause", ["ADDS x; ", "adds x, ", "Adds x. ", "ADDS x and "])
def test_what_a_machine_wrote_behind_the_thousandth_clause_is_one(article, clause):
    said = (clause * 5000).strip()
    read = article(format="ninjs-3", headline="Bridge opens", body="It opened.", notes=(ItemNote("ednote", said),))
    *known, rest = read.wire.notes
    assert (len(known), rest.klass, rest.span[1]) == (1000, "other", len(said))
    assert known[-1].span[1] <= rest.span[0]
    assert read.wire.action == "update"


@pytest.mark.parametrize(
    "line",
    [
        "INSERTS and other building parts were found in the 4th yard of the depot.",
        "SUBS from both sides decided the match in the 4th quarter: three goals in ten minutes.",
        "Picks up speed: the 4th train of the day left on time.",
        "Insert the 2nd paragraph of the law here, the minister said: nobody will notice.",
    ],
)
def test_prose_that_opens_or_ends_like_an_order_is_copy(article, line):
    lede = "QUARRYTOWN (AP) _ The depot burned on Monday."
    above, below = article(body=f"{line}\n\nThe depot burned on Monday.\n", headline="Depot burns"), article(body=f"{lede}\n\n{line}\n")
    assert line in above.body and line in below.body
    assert (above.wire.notes, below.wire.notes) == ((), ())
