"""Marks that stood where nobody looked: German summaries with their hour, notes in a headline by their addressee, embargoes glued to a
headline, heads of the slugs of 1987, verbs joined by `and` in other languages."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

COPY = "The harbor bridge opened to traffic again on Tuesday, the mayor of the town told the council at noon."
GERMAN = (
    "Lirian (dpa) - Die Brücke ist seit Dienstag wieder für den Verkehr frei, sagte der Bürgermeister.\n\nDie Arbeiten dauerten zwei Jahre."
)


def noted(article, text, provider="dpa"):
    return article(format="ninjs-3", headline="Bridge opens", body=COPY, notes=(ItemNote("ednote", text),), providers=(provider,)).wire


@pytest.mark.parametrize(
    ("line", "action", "lead", "complete"),
    [
        ("(Zusammenfassung)", "update", None, True),
        ("(Zusammenfassung 1430)", "update", None, True),
        ("(Zusammenfassung 1430 - neu: Details)", "update", None, True),
        ("(2. Zusammenfassung 1430)", "update", 2, True),
        ("(2. Zusammenfassung - neu: Details)", "update", 2, True),
        ("(2. Zusammenfassung 1430 - neu: Details)", "update", 2, True),
        ("(3. Lead 1515)", "update", 3, True),
        ("(Gesamtzusammenfassung 1830)", "roundup", None, True),
        ("(Gesamtzusammenfassung 1830 - neu: Details)", "roundup", None, True),
        ("(Tageszusammenfassung)", "roundup", None, True),
        ("Gesamtzusammenfassung 18.30 Uhr", "roundup", None, True),
        ("(Neu: durchgehend, mehr Details)", "update", None, True),
        ("(durchgehend neu)", "update", None, True),
        ("(neu: Polizei, 3. Absatz)", "update", None, None),
    ],
)
def test_a_german_summary_says_when_and_why_it_was_written(article, line, action, lead, complete):
    read = article(body=f"Brücke wieder offen\n{line}\nVon Jana Reihe, dpa\n{GERMAN}")
    assert (read.wire.action, read.wire.ordinals.lead, read.wire.complete) == (action, lead, complete)
    assert read.article["headlines"] == [{"value": "Brücke wieder offen"}]


def test_the_reason_of_a_numbered_summary_is_a_clause(article):
    (note,) = article(body=f"Brücke offen\n(2. Zusammenfassung 1430 - neu: Details im 3. Absatz)\n{GERMAN}").wire.notes
    assert (note.verb, note.klass, note.targets, note.paragraphs) == ("neu", "update", ("details",), (3,))


@pytest.mark.parametrize("text", ["Zusammenfassung bis 1600", "Zusammenfassung gegen 16.00 Uhr", "Gesamtzusammenfassung bis ca. 1830"])
def test_a_summary_that_is_announced_is_none_yet(article, text):
    assert noted(article, text).action == "new"
    assert article(body=f"Brücke offen\n{GERMAN}\n\n# Notizblock\n\n## Redaktionelle Hinweise\n- {text}\n").wire.action == "new"


@pytest.mark.parametrize("line", ["(2nd LD)", "(3. Platz 1430)", "(12. Spieltag - neu besetzt)"])
def test_a_number_in_parentheses_that_counts_no_text_is_no_summary(article, line):
    assert article(body=f"Brücke offen\n{line}\n{GERMAN}").wire.notes == ()


@pytest.mark.parametrize(
    ("headline", "klass", "left"),
    [
        ("Ferry freed off Lirian (Eds: Updates with quotes)", "update", "Ferry freed off Lirian"),
        ("Ferry freed off Lirian (EDS: Correcting name in para 2)", "correct", "Ferry freed off Lirian"),
        ("(Eds: Adding details) Ferry freed off Lirian", "add", "Ferry freed off Lirian"),
        ("Ferry freed off Lirian (ATTN: ADDS details)", "add", "Ferry freed off Lirian"),
    ],
)
def test_a_note_in_a_headline_is_told_by_its_addressee(article, headline, klass, left):
    read = article(format="ninjs-1", headline=headline, body=COPY, providers=("PTI",))
    (note,) = read.wire.notes
    assert (note.klass, note.field, read.headline) == (klass, "headline", left)
    assert headline[slice(*note.span)] == note.text


@pytest.mark.parametrize("headline", ["(Editors: a film) opens", "Meet the boss (editor)", "(Eds: )", "Ferry freed (Eds)"])
def test_editors_in_parentheses_alone_are_no_note(article, headline):
    assert article(format="ninjs-1", headline=headline, body=COPY, providers=("PTI",)).wire.action == "new"


@pytest.mark.parametrize(
    ("text", "classes", "first"),
    [
        ("AGGIORNA E CORREGGE IL TITOLO", ["update", "correct"], "AGGIORNA"),
        ("Aktualisiert und berichtigt Namen im 3. Absatz", ["update", "correct"], "Aktualisiert"),
        ("Corrige nome no 2.º parágrafo e acrescenta declarações", ["correct", "add"], "Corrige nome no 2.º parágrafo"),
        ("Añade fotos y corrige el nombre", ["add", "correct"], "Añade fotos"),
        ("Ajoute citations et corrige le nom", ["add", "correct"], "Ajoute citations"),
        ("Updates and corrects name", ["update", "correct"], "Updates"),
    ],
)
def test_verbs_that_a_conjunction_joins_are_clauses_of_their_own(article, text, classes, first):
    wire = noted(article, text)
    assert [note.klass for note in wire.notes] == classes
    assert (wire.notes[0].text, wire.action) == (first, "correction")


@pytest.mark.parametrize(
    "headline", ["EMBARGOED-Prize goes to Lirian", "EMBARGOED - Prize goes to Lirian", "EMBARGOED: Prize goes to Lirian"]
)
def test_an_embargo_that_opens_a_headline_withholds(article, headline):
    read = article(format="ninjs-1", headline=headline, body=COPY, providers=("Reuters",))
    assert (read.wire.action, read.headline) == ("withhold", "Prize goes to Lirian")


@pytest.mark.parametrize("headline", ["EMBARGOED-GOODS TRADE GROWS", "EMBARGOED OIL SOLD - POLICE", "Embargoed-goods trade grows"])
def test_what_is_under_an_embargo_of_trade_is_news(article, headline):
    assert article(format="ninjs-1", headline=headline, body=COPY, providers=("Reuters",)).wire.action == "new"


@pytest.mark.parametrize(
    ("slug", "action", "left"),
    [
        ("BC-(CORRECTED)-HARBOR-TO", "correction", "HARBOR-TO"),
        ("BC-CORRECTED-HARBOR-<HRB", "correction", "HARBOR-<HRB"),
        ("BC-<CORRECTED>---HARBOR", "correction", "HARBOR"),
        ("BC-(RPT)-HARBOR-SAYS-TIN", "repeat", "HARBOR-SAYS-TIN"),
        ("BC-RPT-HARBOR-OF-NOR", "repeat", "HARBOR-OF-NOR"),
        ("BC-HARBOR-1STLD-", "update", "BC-HARBOR"),
        ("BC-HARBOR-1STLD WRITETHROUGH", "update", "BC-HARBOR"),
        ("BC-(EMBARGOED-FOR-RELEAS", "withhold", None),
        ("BC-HARBOR-CORRECTS-SIZE", "new", "BC-HARBOR-CORRECTS-SIZE"),
        ("BC-HARBORBANK-<RPT>-DE", "new", "BC-HARBORBANK-<RPT>-DE"),
        ("BC-CORRECTION-FACILITY", "new", "BC-CORRECTION-FACILITY"),
    ],
)
def test_the_head_of_a_slug_of_1987_may_be_a_mark(article, slug, action, left):
    read = article(format="anpa-1312", slug=slug, headline="HARBOR TO BUY TIN", body=COPY, providers=("Reuters",))
    assert (read.wire.action, read.article.get("slugline")) == (action, left)


def test_the_bracket_of_a_slug_may_count_leads(article):
    read = article(format="ninjs-1", slug="1 POLITICS Mayor (1st lead)", headline="Mayor quits", body=COPY, providers=("PA",))
    assert (read.wire.ordinal, read.wire.ordinals.take, read.article["slugline"]) == (1, 1, "POLITICS Mayor")


PORTAL = "Biz leaders of S. Korea, Lirian discuss future cooperation SEOUL, March 9 (Yonhap) -- The leaders met on Monday, officials said."


def test_a_portal_s_title_may_be_the_slug_and_the_headline_open_the_copy(article):
    read = article(body=f"(3rd LD) S Korea-Lirian-biz talks\n{PORTAL}")
    assert (read.wire.agency, read.wire.ordinal, read.article["slugline"]) == ("yonhap", 3, "S Korea-Lirian-biz talks")
    assert read.headline == "Biz leaders of S. Korea, Lirian discuss future cooperation"
    assert read.body == "The leaders met on Monday, officials said."


def test_a_signature_may_stand_behind_a_comma(article):
    read = article(body="MELBOURNE, AAP - The mayor said on Tuesday that the bridge would open.\n\nIt will.")
    assert (read.wire.agency, read.wire.dateline.signature, read.article["located"]) == ("aap", "AAP", "Melbourne")


@pytest.mark.parametrize("place", ["PITTSBURGH, PA", "VIJAYAWADA, AP"])
def test_a_state_behind_a_comma_is_no_signature(article, place):
    read = article(body=f"{place} - The mayor said on Tuesday that the bridge would open.\n\nIt will.")
    assert read.wire.dateline.signature is None


@pytest.mark.parametrize(
    ("note", "action"),
    [
        ("(This March 9 story has been corrected to say the ferry was blue, in paragraph 2)", "correction"),
        ("(This story has been corrected to change the name in paragraph 2)", "correction"),
        ("(This March 9 story has been refiled to fix a typo in the headline)", "refile"),
        ("(This March 9 story has been refiled to change the byline)", "refile"),
        ("(This March 9 story has been refiled)", "refile"),
        ("(This story has been clarified to say who owns the ferry)", "clarification"),
        ("(This story has been updated with the comment of the mayor)", "update"),
    ],
)
def test_a_sentence_in_parentheses_says_what_became_of_the_story(article, note, action):
    read = article(body=f"Ferry freed\n{note}\nLIRIAN, March 9 (Reuters) - {COPY}\n\nIt will stay open.")
    assert (read.wire.action, read.body) == (action, f"{COPY}\n\nIt will stay open.")
    assert read.article["headlines"] == [{"value": "Ferry freed"}]


@pytest.mark.parametrize("aside", ["(This story has been told before)", "(The bridge has been corrected twice)"])
def test_a_sentence_in_parentheses_on_anything_else_is_no_note(article, aside):
    assert article(format="ninjs-1", headline="Ferry freed", body=f"{aside}\n\n{COPY}").wire.notes == ()
