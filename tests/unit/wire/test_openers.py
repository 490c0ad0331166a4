"""Notes whose first word names what the item is: it decides, whatever the words behind it tell."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

COPY = (
    "Berlin (dpa) - Die neue Brücke über den Hafen von Lirian ist am Montag nach zwei Jahren Bauzeit für den Verkehr freigegeben worden. "
    "Die Kosten haben sich verdoppelt.\n\nDer Bürgermeister sprach von einem Fest für die ganze Stadt."
)
NAMED = [
    ("Berichtigung: neuer Name im 2. Absatz", "correction"),
    ("Berichtigung: Name im 2. Absatz", "correction"),
    ("Berichtigung\uff1a neuer Name im 2. Absatz", "correction"),
    ("Berichtigung - neuer Name im 2. Absatz", "correction"),
    ("Berichtigt: neuer Name im 2. Absatz", "correction"),
    ("Korrektur: neue Überschrift", "correction"),
    ("Rectificatif : nouveau nom au 2e paragraphe", "correction"),
    ("CORRECTS: new name in 2nd graf", "correction"),
    ("CORRECTION: new name, adds details", "correction"),
    ("Correction: adds dropped word in 2nd para", "correction"),
    ("Correction: An earlier version of this story misspelled the name.", "correction"),
    ("Corrección: nuevo nombre en el 2º párrafo", "correction"),
    ("Rectificación: cambia la cifra en el 3er párrafo", "correction"),
    ("Fe de errores: nuevo nombre en el párrafo 2", "correction"),
    ("Correzione: nuovo nome nel 2° paragrafo", "correction"),
    ("Errata corrige: nuovo nome", "correction"),
    ("Correctie: nieuwe naam in alinea 2", "correction"),
    ("Rättelse: nytt namn i andra stycket", "correction"),
    ("Rettelse: nyt navn i 2. afsnit", "correction"),
    ("Korreksjon: nytt navn i andre avsnitt", "correction"),
    ("Oikaisu: uusi nimi 2. kappaleessa", "correction"),
    ("Correção: novo nome no 2º parágrafo", "correction"),
    ("تصحيح: الاسم في الفقرة 2", "correction"),
    ("정정: 2번째 문단 이름", "correction"),
    ("Klarstellung: neuer Name", "clarification"),
    ("Clarification: new wording in para 3", "clarification"),
    ("Wiederholung: neue Überschrift", "repeat"),
    ("Wiederholung: Name im 2. Absatz berichtigt", "correction"),
    ("REFILE: corrects name in para 2", "refile"),
    ("Aktualisierung: neuer Absatz 3", "update"),
]


@pytest.mark.parametrize(("note", "action"), NAMED)
def test_the_opener_of_a_note_decides_wherever_the_note_stands(article, note, action):
    bracketed = article(body=f"({note})\n{COPY}")
    below = article(body=f"Brücke offen\n({note})\n{COPY}")
    bare = article(body=f"{note}\n{COPY}")
    bare_below = article(body=f"Brücke offen\n{note}\n{COPY}")
    headed = article(format="ninjs-3", headline="Brücke offen", body=f"{note}\n\n{COPY}")
    in_field = article(format="ninjs-3", headline="Brücke offen", body=COPY, notes=(ItemNote("edNote", note),))
    in_front = article(format="ninjs-3", headline=f"({note}) Brücke offen", body=COPY)
    behind = article(format="ninjs-3", headline=f"Brücke offen ({note})", body=COPY)
    read = (bracketed, below, bare, bare_below, headed, in_field, in_front, behind)
    assert [one.wire.action for one in read] == [action] * 8
    assert [one.headline for one in read] == ["", "Brücke offen", "", "Brücke offen", *["Brücke offen"] * 4]
    assert {one.body.split(" ", 1)[0] for one in read} == {"Die"}
    assert [bool(one.wire.notes) for one in read] == [True] * 8


def test_what_was_done_stands_beside_the_class_that_the_opener_gives(article):
    read = article(body=f"(Berichtigung: neuer Name im 2. Absatz; ERGÄNZT Zitat)\n{COPY}")
    first, second = read.wire.notes
    assert (first.verb, first.klass, first.mechanics, first.targets, first.paragraphs) == ("neuer", "correct", "update", ("name",), (2,))
    assert (second.verb, second.klass, second.mechanics) == ("ERGÄNZT", "add", None)
    assert (read.wire.action, read.article["edNote"]) == ("correction", "(Berichtigung: neuer Name im 2. Absatz; ERGÄNZT Zitat)")


@pytest.mark.parametrize("opener", ["UPDATES", "Eds: UPDATES"])
def test_a_label_that_names_no_redaction_only_lends_its_verb(article, opener):
    notes = (ItemNote("edNote", f"{opener}: With AP Photos."),)
    assert article(format="ninjs-3", headline="Bridge opens", body="It opened.", notes=notes).wire.action == "new"


@pytest.mark.parametrize(
    "line",
    [
        "Korrektur: Dax fällt zurück",
        "Wiederholung: Die Nacht der Brücken",
        "Repeat: New bridge opens",
        "Corrects: the man who fixes papers",
        "Errata: A novel of the north",
        "Fix: the band plays on",
        "Aktualisierung: neue Brücke",
        "Korrektur - neuer Anlauf",
        "Rectification: nouveau tracé",
    ],
)
def test_a_headline_or_deck_may_open_with_such_a_word(article, line):
    alone = article(body=f"{line}\n{COPY}")
    assert (alone.wire.action, alone.headline, alone.wire.notes) == ("new", line, ())
    deck = article(body=f"Hafen feiert\n{line}\n{COPY}")
    assert (deck.wire.action, deck.headline, deck.wire.notes) == ("new", "Hafen feiert", ())
    headed = article(format="ninjs-3", headline=line, body=COPY)
    assert (headed.wire.action, headed.headline) == ("new", line)


@pytest.mark.parametrize("headline", ["(Adds up) Bridge toll", "(Repeat) after me", "(Berichtigung", "(Correction: the film)", "(Fix) it"])
def test_what_opens_in_parentheses_and_is_no_reason_stays_in_the_headline(article, headline):
    read = article(format="ninjs-3", headline=headline, body=COPY)
    assert (read.wire.action, read.headline) == ("new", headline)


def test_the_same_line_among_the_copy_is_copy(article):
    read = article(format="ninjs-3", headline="Brücke offen", body=f"{COPY}\n\nBerichtigung: neuer Name im 2. Absatz")
    assert (read.wire.action, read.wire.notes) == ("new", ())
