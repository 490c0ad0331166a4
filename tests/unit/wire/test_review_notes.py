"""Notes to editors that broke in two, counted in words, or said two things behind one label."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

COPY = "The harbor bridge opened to traffic again on Tuesday, the mayor of the town told the council at noon."


def noted(article, text, provider):
    return article(format="ninjs-3", headline="Bridge opens", body=COPY, notes=(ItemNote("ednote", text),), providers=(provider,)).wire


@pytest.mark.parametrize(
    ("text", "provider", "paragraphs"),
    [
        ("Korrigiert wurde im ersten Satz des dritten Absatzes der Name.", "dpa", (3,)),
        ("Zitat ergänzt (1. Absatz)", "dpa", (1,)),
        ("Corrige nome no 2.º parágrafo", "Lusa", (2,)),
        ("Corrige nombre en el 4.º párrafo", "EFE", (4,)),
        ("تصحيح الاسم في الفقرة الثالثة", "AFP", (3,)),
        ("تصحيح الاسم في الفقرتين الثانية والخامسة", "AFP", (2, 5)),
        ("تصحيح الاسم في الفقرة الأخيرة", "AFP", (-1,)),
        ("تصحيح الاسم في الفقرة 3", "AFP", (3,)),
    ],
)
def test_a_paragraph_is_named_in_its_language_s_way(article, text, provider, paragraphs):
    wire = noted(article, text, provider)
    assert [note.paragraphs for note in wire.notes] == [paragraphs]


def test_what_was_done_twice_behind_one_label_is_two_clauses(article):
    wire = noted(article, "Aktualisierung: Stellungnahme ergänzt (1. Absatz), Überschrift geändert", "dpa")
    told = [(note.verb, note.klass, note.targets, note.paragraphs) for note in wire.notes]
    assert told == [("ergänzt", "add", ("quotes",), (1,)), ("geändert", "change", ("headline",), ())]


def test_what_was_done_once_to_two_things_is_one_clause(article):
    wire = noted(article, "Überschrift, Vorspann geändert", "dpa")
    assert [(note.verb, note.targets) for note in wire.notes] == [("geändert", ("headline", "lead"))]


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("RELEASES embargoed story sent Monday", "release"),
        ("RELEASES held story", "release"),
        ("RELEASES story", "release"),
        ("Releases embargoed report on fish", "new"),
        ("RELEASES fish story", "new"),
    ],
)
def test_a_note_releases_what_was_under_embargo(article, text, action):
    assert noted(article, text, "PA Media").action == action


@pytest.mark.parametrize("end", [";", ",", ""])
def test_a_note_goes_on_behind_a_blank_line(article, end):
    body = f"(2nd LD) Bridge opens\n\n(ATTN: UPDATES throughout{end}\n\nADDS photo)\n\nSEOUL, March 3 (Yonhap) -- {COPY}"
    read = article(body=body)
    assert [(note.verb, note.klass) for note in read.wire.notes] == [("UPDATES", "update"), ("ADDS", "add")]
    assert (read.headline, read.body) == ("Bridge opens", COPY)


@pytest.mark.parametrize("below", ["SEOUL is glad (it says)", "(see below)", "NATO said so (twice)", "Adds a mayor (of Harbour)"])
def test_an_unclosed_note_takes_no_copy_with_it(article, below):
    read = article(body=f"(2nd LD) Bridge opens\n\n(ATTN: UPDATES throughout;\n\n{below}\n\n{COPY}")
    assert [note.verb for note in read.wire.notes] == ["UPDATES"]
    assert below in read.body
