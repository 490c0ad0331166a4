"""Captions, restrictions and contacts: out of the body, each under its own kind."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote


def kinds(read):
    return [(block.kind, block.text) for block in read.wire.blocks]


CAPTIONS = [
    ("A ferry is seen at the pier on March 3. (Yonhap)", [("caption", "A ferry is seen at the pier on March 3."), ("credit", "(Yonhap)")]),
    (
        "Rowers at the pier. (For Use Only in the Republic of Korea. No Redistribution) (Yonhap)",
        [("caption", "Rowers at the pier."), ("restriction", "(For Use Only in the Republic of Korea. No Redistribution)"),
         ("credit", "(Yonhap)")],
    ),
    ("The mayor of the town (PHOTO NOT FOR SALE)(Yonhap)",
     [("caption", "The mayor of the town"), ("restriction", "(PHOTO NOT FOR SALE)"), ("credit", "(Yonhap)")]),
    ("In this photo provided by the harbor office, a ferry lies at the pier.",
     [("caption", "In this photo provided by the harbor office, a ferry lies at the pier.")]),
    ("FILE PHOTO: A ferry lies at the pier in Harwick, March 3, 2026. REUTERS/Jane Row",
     [("caption", "FILE PHOTO: A ferry lies at the pier in Harwick, March 3, 2026."), ("credit", "REUTERS/Jane Row")]),
    ("FILE - In this March 3, 2026 file photo, a ferry lies at the pier. (AP Photo/Jane Row)",
     [("caption", "FILE - In this March 3, 2026 file photo, a ferry lies at the pier."), ("credit", "(AP Photo/Jane Row)")]),
    ("A ferry lies at the pier. Photo: Jane Row", [("caption", "A ferry lies at the pier."), ("credit", "Photo: Jane Row")]),
    ("Fergen ligger til kai. Foto: Terje Dahl / NTB", [("caption", "Fergen ligger til kai."), ("credit", "Foto: Terje Dahl / NTB")]),
    ("A ferry lies at the pier of Harwick / AFP / JANE ROW",
     [("caption", "A ferry lies at the pier of Harwick"), ("credit", "/ AFP / JANE ROW")]),
    ("The mayor speaks to the council on Friday. Jane Row/AP/dpa",
     [("caption", "The mayor speaks to the council on Friday."), ("credit", "Jane Row/AP/dpa")]),
    ("This March 3 photo released by the office shows a ferry. (Harbor Office/Harbor News Service via AP)",
     [("caption", "This March 3 photo released by the office shows a ferry."), ("credit", "(Harbor Office/Harbor News Service via AP)")]),
    ("Archivbild: Die F\u00e4hre am Kai (Jane Row/dpa)", [("caption", "Archivbild: Die F\u00e4hre am Kai"), ("credit", "(Jane Row/dpa)")]),
]  # fmt: skip


@pytest.mark.parametrize(("caption", "pieces"), CAPTIONS, ids=[row[0] for row in CAPTIONS])
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_caption_is_parted_from_credit_and_restriction(article, caption, pieces, place):
    copy = ["The bridge reopened on Friday.", "A man cheered."]
    copy.insert({"first": 0, "middle": 1, "last": 2}[place], caption)
    read = article(headline="x", body="\n\n".join(copy), format="x")
    assert read.body == "The bridge reopened on Friday.\n\nA man cheered."
    assert kinds(read) == pieces
    assert "usageTerms" not in read.article


def test_a_caption_told_twice_is_taken_twice(article):
    caption = "In this photo provided by the harbor office, a ferry lies at the pier."
    read = article(headline="x", body=f"The bridge reopened.\n\n{caption}\n\n{caption}\n\nA man cheered.", format="x")
    assert read.body == "The bridge reopened.\n\nA man cheered." and len(read.wire.blocks) == 2


@pytest.mark.parametrize(
    "copy",
    [
        "The news was first told by the agency (Yonhap) on Friday.",
        "This is a picture of a town in decline, he said.",
        "The photo of the ferry is on the wall, she said.",
        "No use is made of the bridge, he said.",
        "Editorial use of it was denied, she told AP/dpa on Friday.",
        "The ferry goes from Harwick to Berlin/Hamburg",
        "No sales were made on Friday.",
        "The file photo shows nothing, a lawyer said.",
        "Copyright law of 2026 is at stake, he said.",
    ],
)
def test_copy_stays(article, copy):
    assert copy in article(headline="x", body=f"The bridge reopened.\n\n{copy}\n\nA man cheered.", format="x").body


RESTRICTIONS = [
    "NO ARCHIVAL USE",
    "EDITORIAL USE ONLY. NO RESALES. NO ARCHIVES",
    'RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT "HARBOR OFFICE" - NO MARKETING',
    "(For Use Only in the Republic of Korea. No Redistribution)",
    "Broadcasters: NONE Digital: NONE. For customers of the harbor only. No use/digital display after 01/Feb/2027 19:04",
    "Mandatory credit: Harbor Office",
    "Copyright 2026 The Associated Press. All rights reserved.",
    "This material may not be published, broadcast, rewritten or redistributed.",
    "\u00a9 2026 AFP",
]


@pytest.mark.parametrize("words", RESTRICTIONS)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_restriction_on_its_own_binds_the_item(article, words, place):
    copy = ["The bridge reopened on Friday.", "A man cheered."]
    copy.insert(place, words)
    read = article(headline="x", body="\n\n".join(copy), format="x", usage_terms="For subscribers.")
    assert read.body == "The bridge reopened on Friday.\n\nA man cheered."
    assert kinds(read) == [("restriction", words)]
    assert read.article["usageTerms"] == f"For subscribers.\n{words}"


@pytest.mark.parametrize(
    ("note", "bound"),
    [
        (
            "POOL PHOTO, THE HARBOR LEAGUE DOES NOT ALLOW SEQUENCES OF PICTURES",
            "POOL PHOTO, THE HARBOR LEAGUE DOES NOT ALLOW SEQUENCES OF PICTURES",
        ),
        ("Adds quotes\nMandatory credit: Harbor Office", "Mandatory credit: Harbor Office"),
        ("THE LEAGUE DOES NOT ALLOW SEQUENCES", "THE LEAGUE DOES NOT ALLOW SEQUENCES"),
    ],
)
def test_a_restriction_in_a_note(article, note, bound):
    read = article(headline="x", body="The bridge reopened.", notes=(ItemNote("ednote", note),), format="x")
    assert [(block.kind, block.field, block.text) for block in read.wire.blocks] == [("restriction", "ednote", bound)]
    assert read.article["usageTerms"] == bound and read.article["edNote"] == note


@pytest.mark.parametrize("note", ["Adds details of editorial board", "UPDATES with sales figures", "ADDS photo, video"])
def test_a_note_without_one(article, note):
    read = article(headline="x", body="The bridge reopened.", notes=(ItemNote("ednote", note),), format="x")
    assert read.wire.blocks == () and "usageTerms" not in read.article


CONTACTS = [
    "((jane.row@example.org; +44 20 0000 0000))",
    "CONTACT: Jane Row, +1-555-0100, jrow@example.org",
    "Media contact: Jane Row, press@example.org",
    "R\u00fcckfragen: Harbor Office, Telefon: 030 000 0000",
]


@pytest.mark.parametrize("words", CONTACTS)
def test_contacts_at_the_end_are_no_copy(article, words):
    read = article(headline="x", body=f"The bridge reopened.\n\nA man cheered.\n\n{words}\n", format="x")
    assert (read.body, kinds(read)) == ("The bridge reopened.\n\nA man cheered.", [("contact", words)])


def test_contacts_behind_the_last_sentence(article):
    read = article(headline="x", body="The bridge reopened. (Reporting by Jane Row) ((jane.row@example.org; +44 20 0000 0000))", format="x")
    assert read.body == "The bridge reopened."
    assert [kind for kind, _ in kinds(read)] == ["sign_off", "contact"]


def test_a_sentence_on_a_contact_stays(article):
    copy = "Contact was lost with the ferry at 0500, the office said."
    assert copy in article(headline="x", body=f"The bridge reopened.\n\n{copy}", format="x").body


NOTEBOOK = (
    "The bridge reopened on Friday.\n\n# Notebook\n## Note to editors\n- adds comments of engineer in grafs 7-11\n\n"
    "## The following information is not intended for publication\n### Editorial contacts\n- By: Jane Row, +49 30 000000\n"
    "- Editing by: Tom Field, <field@example.org>\ndpa bwh bag\n071341 GMT Okt 15\n"
)


def test_a_notebook_is_told_apart_from_contacts_and_sign_off(article):
    read = article(headline="x", body=NOTEBOOK, providers=("dpa",), format="x")
    assert read.body == "The bridge reopened on Friday."
    assert [kind for kind, _ in kinds(read)] == ["notebook", "contact", "sign_off", "trailer"]
    assert "engineer" in kinds(read)[0][1] and "+49" in kinds(read)[1][1] and "+49" not in kinds(read)[0][1]
    assert [note.paragraphs for note in read.wire.notes] == [(7, 8, 9, 10, 11)]
    assert read.article["versionCreated"] == "2015-10-07T13:41:00Z"


@pytest.mark.parametrize(
    "copy",
    ["This is not for publication, the mayor told the council, but it is true.", "The notebook of the mayor was found in the harbor.",
     "A note to editors was found in the harbor, he said."],
)  # fmt: skip
def test_prose_on_notes_is_no_notebook(article, copy):
    assert article(headline="x", body=f"The bridge reopened.\n\n{copy}\n\nA man cheered.", format="x").body.count("\n\n") == 2
