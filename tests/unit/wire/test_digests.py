"""Digests: the stories in one document, each with its own version; the document has none."""

from __future__ import annotations

import pytest

RULE = "-----------------"
SUMMARY = (
    "Yonhap News Summary\n\nThe following is the first summary of major stories moved by the agency on Tuesday.\n\n"
    f"{RULE}\n(2nd LD) Harbor bridge reopens\n\n(ATTN: UPDATES 5th para; ADDS more info in paras 13-14)\n\n"
    "SEOUL -- The harbor bridge reopened Tuesday, officials said.\n\nIt had been shut for months.\n\n"
    f"{RULE}\nFerry fares to rise in March\n\nBUSAN -- Fares will rise, the office said.\n\n"
    f"{RULE}\n(LEAD) (Asiad) Rowers win\n\n(ATTN: CORRECTS name of rower)\n\nTOKYO -- The rowers won.\n(END)"
)


def test_each_story_has_its_own_headline_action_and_notes(article):
    read = article(body=SUMMARY)
    assert (read.headline, read.wire.digest, read.wire.action, read.wire.ordinal, read.wire.notes) == (
        "Yonhap News Summary", True, "roundup", None, ()
    )  # fmt: skip
    assert [(item.headline, item.action, item.ordinal) for item in read.wire.digest_items] == [
        ("Harbor bridge reopens", "update", 2),
        ("Ferry fares to rise in March", "new", None),
        ("Rowers win", "correction", 1),
    ]
    assert [[(note.verb, note.paragraphs) for note in item.notes] for item in read.wire.digest_items] == [
        [("UPDATES", (5,)), ("ADDS", (13, 14))],
        [],
        [("CORRECTS", ())],
    ]


def test_spans_hold_the_whole_story(article):
    first, second, _ = article(body=SUMMARY).wire.digest_items
    assert SUMMARY[slice(*first.span)].startswith("(2nd LD) Harbor") and SUMMARY[slice(*first.span)].endswith("shut for months.")
    assert SUMMARY[slice(*second.span)] == "Ferry fares to rise in March\n\nBUSAN -- Fares will rise, the office said."
    assert [SUMMARY[slice(*note.span)] for note in first.notes] == ["UPDATES 5th para", "ADDS more info in paras 13-14"]


def test_the_body_keeps_the_stories_without_notes_and_rules(article):
    read = article(body=SUMMARY)
    assert "ATTN" not in read.body and "---" not in read.body and "(END)" not in read.body
    assert "(2nd LD) Harbor bridge reopens\n\nSEOUL -- The harbor bridge reopened Tuesday" in read.body
    assert [block.kind for block in read.wire.blocks] == ["rule", "note", "rule", "rule", "note", "end_mark"]
    assert read.wire.dateline is None


def test_a_digest_without_rules_is_cut_at_its_marks(article):
    body = (
        "Afternoon stories\n\n(LEAD) Harbor bridge reopens\n(ATTN: ADDS photo)\nSEOUL -- The bridge reopened.\n\n"
        "(3rd LD) Ferry sinks\n(ATTN: ADDS details in last para)\nBUSAN -- A ferry sank.\n"
    )
    read = article(body=body, providers=("Yonhap",))
    assert [(item.headline, item.ordinal) for item in read.wire.digest_items] == [("Harbor bridge reopens", 1), ("Ferry sinks", 3)]
    assert read.wire.ordinal is None and read.headline == "Afternoon stories"


def test_a_digest_known_by_the_envelope_s_headline(article):
    body = f"{RULE}\nBridge reopens\n\nSEOUL -- The bridge reopened.\n{RULE}\nFerry sinks\n\nA ferry sank."
    read = article(headline="Yonhap News Summary", body=body, format="ninjs-3")
    assert [item.headline for item in read.wire.digest_items] == ["Bridge reopens", "Ferry sinks"]


@pytest.mark.parametrize("behind", ["", " 10:15", " at 10 a.m. EST", ", 3 March", " for Monday", " - 0600 GMT"])
def test_a_digest_known_by_its_title_alone(article, behind):
    read = article(headline="AP News Digest" + behind, body="Here are the top stories.", format="ninjs-3")
    assert (read.wire.digest, read.wire.action, read.wire.agency) == (True, "roundup", "ap")


@pytest.mark.parametrize("headline", ["AP News Digest editor retires", "AP Top News anchor quits at 60", "Digest of the week"])
def test_a_story_about_a_digest_is_none(article, headline):
    assert not article(headline=headline, body="The editor said so.", format="ninjs-3").wire.digest


@pytest.mark.parametrize(
    "body",
    [
        "(2nd LD) Harbor bridge reopens\n(ATTN: ADDS photo)\nBy Kim Row\nSEOUL, March 3 (Yonhap) -- The bridge is open.\n\n-----\n\nA man.",
        "SEOUL, March 3 (Yonhap) -- The bridge reopened.\n\n(LEAD) is what the wire writes above a rewrite, he said.",
    ],
)
def test_one_story_is_no_digest(article, body):
    read = article(body=body)
    assert not read.wire.digest and read.wire.digest_items == ()


def test_a_digest_read_once_more_stays_as_it_is(article):
    once = article(body=SUMMARY)
    again = article(headline=once.headline, body=once.body, format="ninjs-3")
    assert (again.headline, again.body, again.wire.digest) == (once.headline, once.body, True)


@pytest.mark.parametrize(
    "below",
    [
        "(LEAD) Harbor bridge reopens\n\nRow reported from Paris.",
        "(LEAD) Harbor bridge reopens\n\nReuter\n\nAP writer Jane Row in Paris contributed to this report.",
        "(LEAD) Harbor bridge reopens\n\nATTENTION - ADDS quotes ///",
    ],
)
def test_a_marked_headline_above_what_is_no_copy_makes_no_digest(article, below):
    once = article(headline="Ferry sinks", body=f"(LEAD) Ferry sinks\n\nA ferry sank on Friday.\n\n{below}", format="x")
    assert not once.wire.digest
    again = article(headline=once.headline, body=once.body, format="x")
    assert (again.body, again.headline) == (once.body, once.headline)


@pytest.mark.parametrize("above", ["", "^\n", "22.01.2026, 14:34 4971\n"])
def test_the_envelope_s_headline_once_more_is_no_story_of_a_digest(article, above):
    title = "(LEAD) Tide wall of Port Ellery holds"
    body = f"{above}{title}\n\nThe wall held.\n\n(LEAD) Ferry sinks off Lirian\n\nA ferry sank."
    assert not article(headline=title, body=body, format="x").wire.digest


def test_one_headline_again_and_again_makes_no_digest(article):
    again = "(LEAD) Harbor bridge reopens\n\n" * 4
    body = f" date 2026-03-03 \n\n{again}SEOUL, Sept. 12 (Yonhap) -- FILE PHOTO: A ferry at the pier. REUTERS/Jane Row\n"
    read = article(body=f"{body}(LEAD) Harbor bridge reopens\n\nBUSAN, March 3 (Yonhap) -- The bridge reopened.")
    assert (read.wire.digest, read.headline, read.body) == (False, "Harbor bridge reopens", "The bridge reopened.")
