"""Sign-offs of single agencies, and whose copy it is by its credit."""

from __future__ import annotations

import pytest

from writethru.records import Feed

COPY = (
    "The harbor bridge opened to traffic again on Tuesday, the mayor of the town told the council at noon.\n\n"
    "It had been shut since a barge struck a pier in spring, and nobody is to pay for it."
)


@pytest.mark.parametrize(
    ("dateline", "line", "kind"),
    [
        ("HARBOUR, March 3 (Reuters) - ", "Reporting by Jane Row; Editing by Tom Field", "sign_off"),
        ("HARBOUR, March 3 (Reuters) - ", "Additional reporting by Jane Row in Oslo and Mara Quill; editing by Tom Field.", "sign_off"),
        ("HARBOUR, March 3 (Reuters) - ", "(Reporting By Jane Row; Reuters Messaging: jane.row@example.org)", "sign_off"),
        ("HARBOUR, 3 mar (Reuters) - ", "(Por Jane Row; edición de Tom Field)", "sign_off"),
        ("(ANSA) - ROMA, 3 MAR - ", "JR-TFD", "sign_off"),
        ("New Delhi, Mar 3 (PTI) ", "PTI JR TF", "sign_off"),
        ("HARBOUR, March 3 (Reuters) - ", "Our Standards: The Harbour Trust Principles.", "credit"),
        ("HARBOUR, March 3 (Reuters) - ", "Our Standards: The Harbour Trust Principles., opens new tab", "credit"),
        ("New Delhi, Mar 3 (PTI) ", "With inputs from PTI", "credit"),
        ("New Delhi, Mar 3 (PTI) ", "With agency inputs from PTI and ANI.", "credit"),
        ("HARBOUR (AP) _ ", "(AP)", "credit"),
        ("DEN HAAG (ANP) - ", "(ANP)", "credit"),
        ("Stockholm (TT)\n", "(TT)", "credit"),
        ("Helsinki, 3.3. (STT) ", "(STT)", "credit"),
        ("Oslo (NTB): ", "(NTB)", "credit"),
        ("(ANSA) - ROMA, 3 MAR - ", "(ANSA)", "credit"),
        ("(ANSA) - ROMA, 3 MAR - ", "(ANSA).", "credit"),
        ("København /ritzau/ - ", "/ritzau/", "credit"),
        ("SYDNEY, March 3 AAP - ", "AAP jr/tf", "sign_off"),
        ("Lisboa, 03 mar 2026 (Lusa) - ", "JRW // TFD", "sign_off"),
        ("BRUSSEL 03/03 (BELGA) = ", "JRW/TFD/", "sign_off"),
        ("Wien (APA) - ", "(Schluss) jr/tf", "sign_off"),
        ("WARSAW (PAP) - ", "jr/ tf/", "sign_off"),
        ("WINNIPEG — ", "Jane Row, The Canadian Press", "credit"),
        ("WINNIPEG — ", "This report by The Canadian Press was first published March 3, 2026.", "credit"),
    ],
)
def test_an_agency_s_own_sign_off_is_no_copy(article, dateline, line, kind):
    read = article(body=f"Bridge opens again\n\n{dateline}{COPY}\n\n{line}")
    assert (read.body, read.wire.blocks[-1].kind, read.wire.blocks[-1].text) == (COPY, kind, line)
    again = article(body=read.body, headline="Bridge opens again", format="ninjs-3")
    assert again.body == COPY


@pytest.mark.parametrize("line", ["PTI JR TF", "Reporting by Jane Row; Editing by Tom Field"])
def test_a_sign_off_on_the_last_sentence_s_own_line(article, line):
    read = article(body=f"Bridge opens again\n\nNew Delhi, Mar 3 (PTI) {COPY} {line}")
    assert (read.body, read.wire.blocks[-1].kind) == (COPY, "sign_off")


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by the police was slow, the mayor said.",
        "With inputs from farmers dear, bread will cost more.",
        "Our standards: nobody has them.",
        "Editing by hand is what the board does best.",
        "Jonas Vik (Ap)",
        "The AP building",
        "AAP said no",
        "(Por Dios!)",
        "Jane Row, mayor of Harbour",
        "In spring, Reuters says, it closed",
        "He works with AP",
        "This report by the council was first read in March",
    ],
)
def test_a_last_line_that_only_looks_like_one_is_copy(article, line):
    read = article(body=f"Bridge opens again\n\nHARBOUR — {COPY}\n\n{line}")
    assert (read.body, read.wire.agency) == (f"{COPY}\n\n{line}", "unknown")


@pytest.mark.parametrize(
    ("body", "agency"),
    [
        (f"By Associated Press\n\n{COPY}", "ap"),
        (f"Bridge opens again\nBy Jane Row | Reuters\n\n{COPY}", "reuters"),
        (f"Bridge opens again\nBy Jane Row\nAP Business Writer\n\n{COPY}", "ap"),
        (f"Bridge opens again\nJane Row, The Canadian Press\n\n{COPY}", "cp"),
        (f"Bridge opens again\n\nOslo: {COPY}\n\n(Reuters)", "reuters"),
        (f"Bridge opens again\n\nOslo: {COPY} (AP)", "ap"),
        (f"Bridge opens again\n\n{COPY}\n\nThis report by The Canadian Press was first published March 3, 2026.", "cp"),
    ],
)
def test_an_agency_is_told_from_its_credit(article, body, agency):
    read = article(body=body)
    assert (read.wire.agency, read.body) == (agency, COPY)
    assert [one.field for one in read.wire.evidence if one.rule == "credit"] == ["body"]


@pytest.mark.parametrize(
    "body",
    [
        f"Bridge opens again\n\n{COPY}\n\nThe mayor told Reuters he was glad.",
        f"Bridge opens again\n\n{COPY}\n\nSource: Reuters",
        f"Bridge opens again\n\n{COPY}\n\n(With inputs from AP)",
        f"Bridge opens again\n\n{COPY}\n\n\n\nThe mayor walks over the bridge in Harbour on March 3, 2026. (Yonhap)",
        f"Bridge opens again\nBy Jane Row\n\n{COPY}\n\n(AP)\n(Reuters)",
    ],
)
def test_a_quote_a_picture_and_two_credits_tell_no_agency(article, body):
    assert article(body=body).wire.agency == "unknown"


def test_a_credit_is_content_and_overrules_the_feed_a_dateline_overrules_it(article):
    feed = Feed("wire.raw", agency="harbour")
    assert article(body=f"Bridge opens again\n\n{COPY} (AP)", feed=feed).wire.agency == "ap"
    assert article(body=f"Bridge opens again\n\nOSLO (Reuters) - {COPY} (AP)", feed=feed).wire.agency == "reuters"
    assert article(body=f"Bridge opens again\n\n{COPY} (AP)", providers=("Harbour Herald",)).wire.agency == "harbour-herald"


PONTE = "(ANSA) - ROMA, 11 LUG - Il nuovo ponte sul porto è stato aperto lunedì dopo due anni di lavori e una lunga attesa della città."


@pytest.mark.parametrize(
    "line", ["(ANSA). JRW", "(ANSA).JRW", "(ANSA) JRW", "(ANSA). jrw", "(ANSA). JRW/KTR", "(EFE). abc", "(dpa) bwh", "(AFP) ab/cd"]
)
def test_a_credit_with_initials_is_a_sign_off(article, line):
    read = article(body=f"{PONTE}\n\n{line}")
    assert read.body.endswith("attesa della città.")
    assert [block.text for block in read.wire.blocks if block.kind == "sign_off"] == [line]
    behind = article(body=f"{PONTE}\n\nLa gente festeggia. {line}")
    assert behind.body.endswith("\n\nLa gente festeggia.")
    assert [block.text for block in behind.wire.blocks if block.kind == "sign_off"] == [line]


@pytest.mark.parametrize("line", ["Il sindaco di Roma (PD). JRW", "The mayor of Lirian (PA) IS", "(ANSA). Y12-JRW", "(PD). JRW"])
def test_other_parentheses_with_letters_behind_stay(article, line):
    assert article(body=f"{PONTE}\n\n{line}").body.endswith(line)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Note to editors: adds quotes from mayor, +44 20 1234 5678 for queries", "note"),
        ("NOT FOR PUBLICATION: source is Kim, tel. 010-1234-5678", "contact"),
        ("Eds: Adds quotes.", "note"),
        ("(ATTN: ADDS photo)", "note"),
    ],
)
def test_what_is_for_editors_below_the_copy_is_out_of_it(article, line, kind):
    read = article(body=f"Pier opens\nPORTVILLE, Ohio (AP) _ The pier opened.\n\n{line}\n")
    assert read.body == "The pier opened."
    assert [block.kind for block in read.wire.blocks if block.text == line] == [kind]


@pytest.mark.parametrize(("line", "complete"), [("No pickup.", True), ("Picks up 4th graf pvs, `Although final...'", False)])
def test_where_the_story_goes_on_is_told_above_the_sign_off_too(article, line, complete):
    body = (
        f"BC-Pier Storm, 1st Ld,200\nStorm tears pier\nPORTVILLE, Ohio (AP) _ A storm tore it.\n{line}\n___\nRow reported from Columbus.\n"
    )
    read = article(body=body)
    assert (read.body, read.wire.complete) == ("A storm tore it.", complete)
