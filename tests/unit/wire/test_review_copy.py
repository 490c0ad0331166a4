"""Copy of single agencies as their desks send it, read as a copy editor reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from writethru.records import Article, ItemNote
from writethru.stories import StoryIndex

_SAID = "A ferry ran aground off Lirian on Tuesday, the coast guard said."
_YONHAP = f"GOSEONG, Nov. 3 (Yonhap) -- {_SAID}"
_REUTERS = f"LIRIAN, Nov 3 (Reuters) - {_SAID}"


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        (" date 2026-11-03 (2nd LD) Ferry runs aground(ATTN: ADDS details in 3rd-5th paras)", ["page_date", "note", "dateline"]),
        (" date 2026-11-03 (2nd LD) Ferry runs aground (ATTN: ADDS details in 3rd-5th paras) ", ["page_date", "note", "dateline"]),
        ("(2nd LD) Ferry runs aground (ATTN: ADDS details in 3rd-5th paras) By Kim Ha-na ", ["note", "byline", "dateline"]),
    ],
)
def test_a_note_that_lost_its_line_ends_is_no_headline(article: Callable[..., Article], head: str, kinds: list[str]) -> None:
    read = article(body=f"{head}{_YONHAP}")
    assert (read.headline, read.wire.ordinal, read.body) == ("Ferry runs aground", 2, _SAID)
    assert [block.kind for block in read.wire.blocks] == kinds
    assert [(note.verb, note.paragraphs) for note in read.wire.notes] == [("ADDS", (3, 4, 5))]


@pytest.mark.parametrize(
    ("body", "headline", "urgency"),
    [
        ("(URGENT) Ferry runs aground off Goseong: coast guard\n\n(END)", "Ferry runs aground off Goseong: coast guard", 3),
        ("ALERTE: Un ferry s'échoue au large de Lirian\n", "Un ferry s'échoue au large de Lirian", 2),
        ("******SKERRIN BANK CUTS PRIME TO 7 PCT\n", "SKERRIN BANK CUTS PRIME TO 7 PCT", 1),
    ],
)
def test_an_alert_may_be_its_headline_alone(article: Callable[..., Article], body: str, headline: str, urgency: int) -> None:
    read = article(body=body)
    assert (read.headline, read.wire.action, read.article["urgency"], read.body) == (headline, "alert", urgency, "")


@pytest.mark.parametrize("line", ["UPDATE 1-Ferry ran aground.", "Ferry runs aground", "KILL: Ferry runs aground", "WITHDRAWAL: Ferry"])
def test_a_line_alone_without_an_alert_stays_copy(article: Callable[..., Article], line: str) -> None:
    read = article(body=line)
    assert (read.wire.action, read.body) == ("new", line)


def test_minor_edits_beside_a_new_lead_are_a_version(article: Callable[..., Article]) -> None:
    read = article(body=f"(LEAD) Ferry runs aground\n(ATTN: RECASTS lead; COMBINES with Ferry-Goseong-rescue; minor edits)\n{_YONHAP}")
    assert read.wire.action == "update"


@pytest.mark.parametrize(
    ("note", "action"),
    [
        ("(ATTN: minor edits)", "refile"),
        ("(Fixes typo in headline)", "refile"),
        ("(Corrects typo in 2nd paragraph)", "refile"),
        ("(Corrects spelling of mayor's name in 2nd paragraph)", "correction"),
        ("(Fixes number of passengers)", "correction"),
    ],
)
def test_a_slip_of_the_pen_is_a_refile(article: Callable[..., Article], note: str, action: str) -> None:
    assert article(body=f"Ferry runs aground\n\n{note}\n\n{_YONHAP}").wire.action == action


@pytest.mark.parametrize(
    ("line", "verb", "targets", "paragraphs"),
    [
        ("Adds details, background", "Adds", ("details", "background"), ()),
        ("Adds mayor's comment in paragraph 3", "Adds", ("quotes",), (3,)),
        ("Adds more details and new quotes", "Adds", ("details", "quotes"), ()),
        ("Añade detalles y contexto", "Añade", ("details", "background"), ()),
        ("* Updates prices in paragraphs 4-5", "Updates", ("prices",), (4, 5)),
    ],
)
def test_a_note_of_the_web_has_no_brackets(
    article: Callable[..., Article], line: str, verb: str, targets: tuple[str, ...], paragraphs: tuple[int, ...]
) -> None:
    read = article(body=f"UPDATE 2-Ferry runs aground\n\n{line}\n\nBy Jane Row\n\n{_REUTERS}")
    assert [(note.verb, note.targets, note.paragraphs) for note in read.wire.notes] == [(verb, targets, paragraphs)]
    assert (read.body, len(read.article["headlines"])) == (_SAID, 2)


@pytest.mark.parametrize(
    "line",
    [
        "Adds to fears for the port",
        "Updates from the port hour by hour",
        "Changes at the top of the port",
        "Changes lead to higher prices in Harbor",
        "Changes to lead standards would cost cities billions",
        "Changes headline rate of VAT",
        "Adds quotes from the Bible to flag",
        "Removes photo of king from hall",
        "Repeats warning over video games",
        "Fixes byline row",
        "Corrects details of crash",
        "Adds details; 12",
    ],
)
def test_a_deck_that_opens_with_a_note_s_verb_is_none(article: Callable[..., Article], line: str) -> None:
    read = article(body=f"Ferry runs aground\n\n{line}\n\n{_REUTERS}")
    assert (read.wire.notes, read.wire.action) == ((), "new")
    assert read.article["headlines"][-1] == {"role": "subhead", "value": line}


def test_an_owner_s_name_behind_the_verb_hides_no_verb(article: Callable[..., Article]) -> None:
    read = article(body=f"UPDATE 1-Ferry runs aground\n\n(Adds mayor's comment in paragraphs 3-5, background)\n\n{_REUTERS}")
    assert [(note.klass, note.targets, note.paragraphs) for note in read.wire.notes] == [("add", ("quotes", "background"), (3, 4, 5))]


def test_pictures_and_a_name_that_stands_are_two_clauses(article: Callable[..., Article]) -> None:
    read = article(body=f"Eds: UPDATES: With AP Photos. Vik in 8th graf is cq.\nLIRIAN, Norland (AP) _ {_SAID}")
    assert [(note.klass, note.targets, note.paragraphs) for note in read.wire.notes] == [("media", ("photo",), ()), ("other", (), (8,))]


def test_a_correction_of_1987_below_the_copy_may_open_with_its_verb(article: Callable[..., Article]) -> None:
    body = "CORRECTED - BANPORT <BNP> PLACES NOTES\n    SKERRIN, April 14 - Banport placed notes.\n"
    read = article(body=f"{body}    (Corrects amount to five mln dlrs.)\n Reuter\n")
    assert (read.body, [note.klass for note in read.wire.notes]) == ("Banport placed notes.", ["correct"])


def test_a_press_digest_is_killed_by_its_slug(article: Callable[..., Article]) -> None:
    told = {"format": "ninjs", "providers": ("Reuters",), "slug": "PRESS-DIGEST-NORLAND/"}
    digest = article(headline="PRESS DIGEST- Norland - Nov 3", body=_SAID, version_created="2026-11-03T06:00:00Z", **told)
    kill = article(headline="KILL", body="KILL KILL KILL", version_created="2026-11-03T07:00:00Z", **told)
    placed = StoryIndex("reuters").apply([replace(digest, id="0" * 32), kill])
    assert [(one.id, one.article["pubStatus"]) for one in placed.articles[1:]] == [("ab" * 16, "canceled"), ("0" * 32, "canceled")]


def test_a_week_s_summary_of_yonhap_is_a_digest(article: Callable[..., Article]) -> None:
    rule = "-----------------"
    body = f"Summary of domestic news in North Korea this week\n\n{rule}\nBridge opens\n\nSEOUL -- {_SAID}\n(END)\n{rule}\n"
    read = article(body=f"{body}Ferry sinks\n\nSEOUL -- A ferry sank.\n(END)")
    assert (read.wire.digest, [item.headline for item in read.wire.digest_items]) == (True, ["Bridge opens", "Ferry sinks"])
    assert "(END)" not in read.body


def test_the_line_of_an_advance_s_day_is_no_copy(article: Callable[..., Article]) -> None:
    read = article(body=f"BC-Norland-Ferry, Adv 08,400\n$adv08\nFor release Sunday, Nov. 8\nLIRIAN, Norland (AP) _ {_SAID}")
    assert read.body == _SAID


def test_a_dateline_of_an_unknown_town_may_have_its_line_to_itself(article: Callable[..., Article]) -> None:
    read = article(body="Färja på grund\n\nOrvel (TT)\nEn färja gick på grund på tisdagen.\n\nAnna Berg/TT\n")
    assert (read.wire.agency, read.headline, read.body) == ("tt", "Färja på grund", "En färja gick på grund på tisdagen.")


def test_a_party_s_letters_are_no_dateline(article: Callable[..., Article]) -> None:
    body = "Arbeiderpartiet (Ap)\n\nHøyre (H)\n\nDe store partiene gikk fram på tirsdag."
    assert article(format="ninjs", headline="Valget i Norland", body=body).body == body


def test_the_house_between_slashes_above_the_copy_is_its_credit(article: Callable[..., Article]) -> None:
    read = article(body="Færge gået på grund\n\n/ritzau/\n\nEn færge er gået på grund.\n\n/ritzau/\n")
    assert (read.wire.agency, read.headline, read.body) == ("ritzau", "Færge gået på grund", "En færge er gået på grund.")


def test_the_note_of_a_corrected_repeat_names_the_story_in_the_copy_too(article: Callable[..., Article]) -> None:
    note = "In the story 'Ferry' sent at: 03/11/2026 15:26 This is a corrected repeat."
    read = article(body=f"Ferry runs aground (CORRECTED)\n\n{note}\n\nSYDNEY, Nov 3 AAP - {_SAID}\n\nAAP jr/tf")
    assert (read.wire.action, read.wire.replaces, read.body) == ("correction", ("Ferry",), _SAID)


@pytest.mark.parametrize(
    "body",
    [
        "(Zusammenfassung 1630 - neu: Zahl der Verletzten)\n\nFähre gestrandet\n\nLirian (dpa) - Eine Fähre ist gestrandet.",
        "Fähre gestrandet (Zusammenfassung 1630 - neu: Zahl der Verletzten)\n\nLirian (dpa) - Eine Fähre ist gestrandet.",
        "ERSETZT FRÜHERE FASSUNG\n\nFähre gestrandet\n\nLirian (dpa) - Eine Fähre ist gestrandet.",
    ],
)
def test_a_summary_that_says_what_is_new_is_a_version(article: Callable[..., Article], body: str) -> None:
    read = article(body=body)
    assert (read.headline, read.wire.action, read.body) == ("Fähre gestrandet", "update", "Eine Fähre ist gestrandet.")


def test_annule_et_remplace_is_a_version(article: Callable[..., Article]) -> None:
    read = article(body="ANNULE ET REMPLACE\n\nUn pont ferme à Lirian\n\nLIRIAN (AFP) - Un pont a fermé.")
    assert (read.headline, read.wire.action) == ("Un pont ferme à Lirian", "update")


@pytest.mark.parametrize(("provider", "language"), [("Xinhua", "en"), ("TASS", "en"), ("Kyodo", "en")])
def test_copy_in_latin_letters_is_in_none_of_the_other_scripts(article: Callable[..., Article], provider: str, language: str) -> None:
    assert article(format="ninjs", headline="Ferry runs aground", providers=(provider,)).language == language


@pytest.mark.parametrize(
    ("note", "action", "clauses"),
    [
        ("Eds: Moving on general news and financial services. With AP Photos.", "new", [("", "other"), ("", "media")]),
        ("Eds: UPDATES: Adds quotes. Moving on general news services.", "update", [("Adds", "add"), ("", "other")]),
        ("Eds: UPDATES: Adds quotes. For release at 12:01 a.m. Wednesday.", "update", [("Adds", "add"), ("", "other")]),
        ("Eds: MOVES photo to end", "update", [("MOVES", "move")]),
        ("Eds: New top 5 grafs. Picks up 4th graf.", "update", [("New", "update"), ("Picks up", "other")]),
        ("Eds: Fixes slug.", "refile", [("Fixes", "correct")]),
        ("Eds: CORRECTS byline and slug", "refile", [("CORRECTS", "correct")]),
        ("Eds: CORRECTS byline, name of mayor", "correction", [("CORRECTS", "correct")]),
        ("Eds: A version also moved on the sports wire", "new", [("", "other")]),
        ("Eds: Will be updated after 9 p.m. game.", "new", [("", "other")]),
    ],
)
def test_what_a_note_tells_of_use_is_no_change(
    article: Callable[..., Article], note: str, action: str, clauses: list[tuple[str, str]]
) -> None:
    read = article(format="ninjs-3", headline="Ferry runs aground", body=_SAID, notes=(ItemNote("ednote", note),))
    assert (read.wire.action, [(one.verb, one.klass) for one in read.wire.notes]) == (action, clauses)


@pytest.mark.parametrize(
    ("note", "until", "action"),
    [
        ("Hold for release.", None, "withhold"),
        ("Eds: Hold for release until 6 p.m. EST Friday", "2026-11-06T23:00:00Z", "new"),
        ("For release at will", None, "new"),
    ],
)
def test_a_hold_for_release_without_a_time_withholds(article: Callable[..., Article], note: str, until: str | None, action: str) -> None:
    said = (ItemNote("ednote", note),)
    read = article(format="ninjs-3", headline="Fares", body=_SAID, notes=said, providers=("AP",), version_created="2026-11-03T08:00:00Z")
    assert (read.wire.embargo, read.wire.action) == (until, action)


def test_the_envelope_s_byline_tells_whose_copy_it_is(article: Callable[..., Article]) -> None:
    assert article(format="nitf", headline="Ferry", body=_SAID, byline="By Jane Row, Press Association").wire.agency == "pa"


def test_the_lines_of_a_table_above_a_place_are_no_decks(article: Callable[..., Article]) -> None:
    table = "AT THE CLOSE -\n\nSKERRIN CORN\n\nPROCESSORS SPOT, 4 UNDER MAY\n\nAPRIL, 1 UNDER MAY\n\nLIRIAN, Nov 3 (Reuters) - Bids rose."
    read = article(format="ninjs", headline="Grain bids", body=table)
    assert (len(read.article["headlines"]), read.body) == (1, table)
