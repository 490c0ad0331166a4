"""The head of copy as it comes in plain text: decks, photo lists and slugs above it, and hostile runs of lines that look like it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from writethru.records import Article, ItemNote
from writethru.stories.keys import series

_MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "line",
    [
        "(Adds\n",
        "(Adds (x\n",
        "Eds: ADDS x.\n",
        "(ATTN: ADDS x\n",
        "AP Photo OSL101, OSL102\n",
        "Embargoed until 1800 GMT Friday\n",
        "^Eds: adds x<\n",
        "^Eds: adds x^By Jane Row<\n",
        "ATTENTION - ADDS x ///\n",
        "(LEAD) ferry\n",
        "A/b\n",
        "(ATTN: " + "\n" * 10_000,
        "HARBOUR, March 3 (AFP) - The pier opened. " + "ATTENTION - ADDS quotes /// " * 1_500,
        "Eds: " + "\u201c" * 10_000 + "\n",
    ],
)
def test_lines_of_the_head_without_end_take_time_in_proportion(article: Callable[..., Article], line: str) -> None:
    article(body="A crane fell on the quay.")  # what is loaded once
    copy = line * (_MEGABYTE // 2 // len(line))
    started = time.process_time()
    article(body=copy)
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "note",
    [
        "ADDS a, a, ",
        "Adds a and a ",
        "Adds /a/a",
        "Adds UPDATES, ",
        "ADDS x\n\n\n\n\n\n\n\n\n\n",
        "Eds: \n\n--//",
        "Eds: Adds\n\n\n",
        "Eds: \u201c",
        "Eds: \u00ab",
        "Eds: \u201e",
    ],
)
def test_a_note_of_clauses_without_end_takes_time_in_proportion(article: Callable[..., Article], note: str) -> None:
    article(body="A crane fell on the quay.")  # what is loaded once
    opening, said = note[:5], note[5:]
    text = opening + said * (_MEGABYTE // 8 // len(said))
    started = time.process_time()
    article(headline="Ferry held in port", body="A ferry was held.", notes=(ItemNote("ednote", text),))
    assert time.process_time() - started < 1.5


_COPY = "OSLO, Nov 12 (Reuters) - The economy of Norland grew 0.4 percent in the third quarter, the office said on Thursday."
_SAID = "The economy of Norland grew 0.4 percent in the third quarter, the office said on Thursday."
_QUAY = "LIRIAN, Norland (AP) _ The quay of Lirian was closed on Thursday after a crane fell on it, the mayor said."
_CLOSED = "The quay of Lirian was closed on Thursday after a crane fell on it, the mayor said."


@pytest.mark.parametrize(
    ("lines", "headline", "action", "decks"),
    [
        (
            ("CORRECTED-Norland GDP up 0.4 pct in Q3, not 0.5 pct", "Statistics office gives new figure", _COPY),
            "Norland GDP up 0.4 pct in Q3, not 0.5 pct",
            "correction",
            ("Statistics office gives new figure",),
        ),
        (
            ("UPDATE 3-Crane falls on quay of Lirian", "* Mayor closes port", "* Three ships turned away.", _COPY),
            "Crane falls on quay of Lirian",
            "update",
            ("* Mayor closes port", "* Three ships turned away."),
        ),
        (
            ("(LEAD) Crane falls on quay of Lirian, three ships wait", "Mayor closes port", _COPY),
            "Crane falls on quay of Lirian, three ships wait",
            "update",
            ("Mayor closes port",),
        ),
        (
            ("Crane falls on the only quay of Lirian", "Mayor closes port", "By Ann Vale", _COPY),
            "Crane falls on the only quay of Lirian",
            "new",
            ("Mayor closes port",),
        ),
        (
            ("Ferry strike strands thousands in Norland", "AP Photo OSL101, OSL102", "Eds: Adds quotes.", _QUAY),
            "Ferry strike strands thousands in Norland",
            "update",
            (),
        ),
        (
            ("Norland GDP up 0.4 pct in third quarter", "(Refiles to fix typo)", _COPY),
            "Norland GDP up 0.4 pct in third quarter",
            "refile",
            (),
        ),
        (
            ("Norland GDP up 0.4 pct in third quarter", "(Writes through)", _COPY),
            "Norland GDP up 0.4 pct in third quarter",
            "update",
            (),
        ),
        (
            ("Norland GDP up 0.4 pct in third quarter", "(Repeats to additional subscribers)", _COPY),
            "Norland GDP up 0.4 pct in third quarter",
            "repeat",
            (),
        ),
        (
            ("Norland GDP up 0.4 pct in third quarter", "(This November 12 story corrects paragraph 2)", _COPY),
            "Norland GDP up 0.4 pct in third quarter",
            "correction",
            (),
        ),
        (
            ("Kran stürzt auf Kai", "(Achtung: Im 2. Absatz wurde der Name korrigiert)", "Oslo (dpa) - Ein Kran ist gestürzt."),
            "Kran stürzt auf Kai",
            "correction",
            (),
        ),
        (
            ("Kran stürzt auf Kai", "(Berichtigung: Im 2. Absatz heißt es Lirian)", "Oslo (dpa) - Ein Kran ist gestürzt."),
            "Kran stürzt auf Kai",
            "correction",
            (),
        ),
        (("Crane falls on quay", "Mara Quill, The Canadian Press", _QUAY), "Crane falls on quay", "new", ()),
        (("Crane falls on quay of Lirian", "AAP", "By Mara Quill", _QUAY), "Crane falls on quay of Lirian", "new", ()),
        (("Strike!", _QUAY), "Strike!", "new", ()),
    ],
)
@pytest.mark.parametrize("parted", ["\n", "\n\n"])
def test_a_headline_is_found_above_what_stands_between_it_and_its_dateline(
    article: Callable[..., Article], parted: str, lines: tuple[str, ...], headline: str, action: str, decks: tuple[str, ...]
) -> None:
    read = article(body=parted.join(lines))
    assert (read.headline, read.wire.action) == (headline, action)
    assert read.body in (_SAID, _CLOSED, "Ein Kran ist gestürzt.")
    assert tuple(line["value"] for line in read.article["headlines"] if line.get("role") == "subhead") == decks


@pytest.mark.parametrize(
    ("body", "headline", "agency"),
    [
        (
            "【訂正】ノルランドでフェリー座礁\n\n【オスロ共同】ノルランドの沖合で12日、フェリーが座礁した。",  # noqa: RUF001
            "ノルランドでフェリー座礁",
            "kyodo",
        ),
        ("\uff08更正\uff09利里安港起重机倒塌\n\n新华社奥斯陆11月12日电 一台起重机12日倒塌。", "利里安港起重机倒塌", "xinhua"),
    ],
)
def test_a_headline_in_a_script_without_blanks_is_one(article: Callable[..., Article], body: str, headline: str, agency: str) -> None:
    read = article(body=body)
    assert (read.headline, read.wire.action, read.wire.agency) == (headline, "correction", agency)


def test_headline_note_byline_and_a_long_paragraph_are_no_text_broken_at_a_fixed_width(article: Callable[..., Article]) -> None:
    read = article(
        body="RPT-CORRECTED-UPDATE 2-GLOBAL MARKETS-Stocks slip as crane falls on quay\n"
        "(Repeats to additional subscribers; corrects paragraph 3 to show strike began Monday)\nBy Ann Vale\n"
        "LONDON, Nov 12 (Reuters) - Stocks slipped on Thursday as a crane fell on the only quay of Lirian and shut its port for weeks."
    )
    assert (read.headline, read.wire.action, read.wire.ordinal, read.article["by"]) == (
        "Stocks slip as crane falls on quay", "correction", 2, "Ann Vale"
    )  # fmt: skip


def test_lines_of_an_even_length_above_a_longer_one_stay_apart(article: Callable[..., Article]) -> None:
    body = (
        "The mayor of Lirian wants the quay rebuilt before the winter\n"
        "The owners of the three ships want their harbour dues back now\n"
        "The crane had stood on the quay for forty years, the mayor said on Thursday, and nobody had looked after it for half of them."
    )
    assert article(format="ninjs", headline="Quay", body=body).body == body.replace("\n", "\n\n")


@pytest.mark.parametrize(
    ("lines", "slug", "headline", "action", "ordinal"),
    [
        (
            ("USA-WEATHER/ (UPDATE 1, PIX, CORRECTED)", "CORRECTED-Storm hits coast", _COPY),
            "USA-WEATHER/",
            "Storm hits coast",
            "correction",
            1,
        ),
        (("LIRIAN-CRANE/ (WRAPUP 1)", "Crane falls on quay", _COPY), "LIRIAN-CRANE/", "Crane falls on quay", "roundup", 1),
        (("Norland/Crane/", "Crane falls on quay", _COPY), "Norland/Crane/", "Crane falls on quay", "new", None),
        (
            ("Norland-crane,WRAP", "Crane falls on quay", "OSLO, Nov 12, 2026 (AFP) - A crane fell."),
            "Norland-crane",
            "Crane falls on quay",
            "roundup",
            None,
        ),
        (
            ("Norland-crane,lead", "Crane falls on quay", "OSLO, Nov 12, 2026 (AFP) - A crane fell."),
            "Norland-crane",
            "Crane falls on quay",
            "update",
            1,
        ),
        (
            ("Norland-crane,2ndlead", "Crane falls on quay", "OSLO, Nov 12, 2026 (AFP) - A crane fell."),
            "Norland-crane",
            "Crane falls on quay",
            "update",
            2,
        ),
        (
            ("S Korea-Norland-crane deal", "(3rd LD) S. Korea sells crane to Norland", "SEOUL, Nov. 12 (Yonhap) -- A crane was sold."),
            "S Korea-Norland-crane deal",
            "S. Korea sells crane to Norland",
            "update",
            3,
        ),
        (
            ("(LEAD) crane-quay", "(LEAD) Crane falls on quay", "SEOUL, Nov. 12 (Yonhap) -- A crane fell."),
            "crane-quay",
            "Crane falls on quay",
            "update",
            1,
        ),
    ],
)
@pytest.mark.parametrize("parted", ["\n", "\n\n"])
def test_a_slug_line_of_plain_text_is_read(
    article: Callable[..., Article],
    parted: str,
    lines: tuple[str, ...],
    slug: str,
    headline: str,
    action: str,
    ordinal: int | None,
) -> None:
    read = article(body=parted.join(lines))
    assert (read.article["slugline"], read.headline, read.wire.action, read.wire.ordinal) == (slug, headline, action, ordinal)


@pytest.mark.parametrize(
    ("body", "headline", "action"),
    [
        (f"<CORRECTED> - Crane falls on quay\n{_COPY}", "Crane falls on quay", "correction"),
        (f"(CORRECTED) - Crane falls on quay\n{_COPY}", "Crane falls on quay", "correction"),
        ("******NORLAND CLOSES PORT OF LIRIAN\nReuter\n", "NORLAND CLOSES PORT OF LIRIAN", "alert"),
        ("FLASH LIRIAN COCOA UP 1.00 DLR - TRADERS\nReuter\n", "LIRIAN COCOA UP 1.00 DLR - TRADERS", "alert"),
    ],
)
def test_the_telegraph_s_marks_are_read_in_plain_text(article: Callable[..., Article], body: str, headline: str, action: str) -> None:
    read = article(body=body)
    assert (read.headline, read.wire.action) == (headline, action)


@pytest.mark.parametrize(
    "sentence",
    [
        '(Corrects himself) "I mean Monday."',
        "(Adds) “We go on.”",
        "(Recasts her vote) “Yes.”",
        "Editors: they are a strange people.",
        "Eds: that is what they call the fishermen of Edsvik.",
    ],
)
def test_a_note_that_copy_follows_on_its_line_is_prose(article: Callable[..., Article], sentence: str) -> None:
    body = f"{sentence}\n\n{_SAID}"
    read = article(format="ninjs", headline="Quay", body=body)
    assert (read.body, read.wire.action) == (body, "new")


def test_a_note_above_a_dateline_on_its_line_is_one(article: Callable[..., Article]) -> None:
    read = article(format="ninjs", headline="Quay", body=f"(Adds quotes) {_COPY}")
    assert (read.body, read.wire.action) == (_SAID, "update")


@pytest.mark.parametrize("line", ["Von Sieg zu Sieg", "By George, She Did It", "Por Amor al Arte", "Von Kran zu Kran"])
def test_a_phrase_in_the_shape_of_a_byline_is_the_headline(article: Callable[..., Article], line: str) -> None:
    read = article(body=f"{line}\n\n{_COPY}")
    assert (read.headline, read.article.get("by")) == (line, None)


@pytest.mark.parametrize("line", ["By He Wei", "Von Karl-Theodor zu Salm", "Par Anne de la Tour et Jean Quay", "By Do Hyun-woo"])
def test_a_byline_of_names_like_words_is_one(article: Callable[..., Article], line: str) -> None:
    assert article(body=f"Crane falls on quay\n{line}\n{_COPY}").article["by"] == line.partition(" ")[2]


@pytest.mark.parametrize(
    "lede",
    [
        "The mayor of Lirian put it like this on Thursday:",
        "Nobody in Lirian knew whose crane it was…",
        "The crane fell on the quay —",
    ],
)
def test_a_lede_that_goes_on_below_is_no_headline(article: Callable[..., Article], lede: str) -> None:
    body = f"{lede}\n\nIt was a fine crane, and it had stood on the quay of Lirian for forty years before it fell."
    read = article(body=body)
    assert (read.headline, read.body) == ("", body)


@pytest.mark.parametrize("line", ["###", "TABLE", "Advertisement", "100,000"])
def test_a_word_above_the_dateline_is_no_headline(article: Callable[..., Article], line: str) -> None:
    assert article(body=f"{line}\n\n{_QUAY}").headline == ""


@pytest.mark.parametrize(
    ("title", "headline", "action", "ordinal"),
    [
        ("WRAPUP 2-UPDATE 1-Crane falls on quay", "Crane falls on quay", "roundup", 2),
        ("UPDATE 4-WRAPUP 3-Crane falls on quay", "Crane falls on quay", "roundup", 3),
        ("速報\uff1a起重機倒塌", "起重機倒塌", "alert", None),
        ("快讯\uff1a利里安港起重机倒塌", "利里安港起重机倒塌", "alert", None),
        ("ALERTE: Une grue tombe sur le quai", "Une grue tombe sur le quai", "alert", None),
        ("Eilmeldung - Kran stürzt auf Kai", "Kran stürzt auf Kai", "alert", None),
        ("EILMELDUNG \u2013 Kran stürzt auf Kai", "Kran stürzt auf Kai", "alert", None),
        ("WDH/Kran stürzt auf Kai", "Kran stürzt auf Kai", "repeat", None),
        ("WDH/ROUNDUP 2: Kran stürzt auf Kai", "Kran stürzt auf Kai", "repeat", 2),
        ("KORREKTUR/Kran stürzt auf Kai", "Kran stürzt auf Kai", "correction", None),
        ("REPEAT: Lirian champion again", "REPEAT: Lirian champion again", "new", None),
        ("Eilmeldungen - wie sie entstehen", "Eilmeldungen - wie sie entstehen", "new", None),
        ("KAI/Kran von Lirian", "KAI/Kran von Lirian", "new", None),
    ],
)
def test_a_mark_counts_in_its_own_series_and_by_its_own_sign(
    article: Callable[..., Article], title: str, headline: str, action: str, ordinal: int | None
) -> None:
    read = article(format="ninjs", headline=title, body="Der Kran stand vierzig Jahre auf dem Kai.", providers=("dpa",))
    assert (read.headline, read.wire.action, read.wire.ordinal) == (headline, action, ordinal)


def test_the_headline_of_anpa_copy_that_lost_its_framing_is_found(article: Callable[..., Article]) -> None:
    body = f"Crane falls on quay\nAP Photo LIR101\nEds: Adds quotes.\nBy MARA QUILL\nAssociated Press\n\n{_QUAY}"
    read = article(format="anpa-1312", slug="BC-EU--Norland-Crane, 1st Ld-Writethru,212", body=body)
    assert (read.headline, read.article["by"], read.body) == ("Crane falls on quay", "MARA QUILL, Associated Press", _CLOSED)


def test_a_day_below_a_line_without_a_full_stop_is_no_dateline(article: Callable[..., Article]) -> None:
    body = f"Office of the Harbour Master\n\nFOR IMMEDIATE RELEASE March 13, 2026\n\n{_SAID}"
    assert article(format="ninjs", headline="Quay", body=body).body == body


def test_a_phrase_with_an_article_is_no_byline_under_a_known_headline_either(article: Callable[..., Article]) -> None:
    body = f"Por Amor al Arte\n\n{_SAID}"
    assert article(format="ninjs", headline="Quay", body=body).body == body


def test_the_number_of_a_wrapup_that_takes_in_an_update_counts_among_wrapups(article: Callable[..., Article]) -> None:
    read = article(format="ninjs", headline="WRAPUP 2-UPDATE 1-Crane falls on quay", body=_SAID)
    assert (read.wire.ordinal, series(read.wire, "")) == (2, "wrapup")


@pytest.mark.parametrize(
    "body",
    [
        f"CRANE FALLS ON ONLY QUAY OF LIRIAN\nMAYOR CLOSES PORT\n{_SAID} The mayor of Lirian closed its port.",
        f"CRANE FALLS ON ONLY QUAY OF LIRIAN\n\nMayor closes port\n\nThree ships wait\n\n{_SAID}",
    ],
)
def test_a_headline_is_found_above_a_deck_and_copy_without_a_dateline(article: Callable[..., Article], body: str) -> None:
    assert article(body=body).headline == "CRANE FALLS ON ONLY QUAY OF LIRIAN"


def test_a_headline_without_blanks_is_found_right_above_its_copy(article: Callable[..., Article]) -> None:
    assert article(body="利里安港関停\n利里安市市长12日宣布,一台起重机倒在唯一的码头上后,港口关停。").headline == "利里安港関停"


def test_lines_broken_at_a_fixed_width_have_no_headline(article: Callable[..., Article]) -> None:
    body = "The mayor of Lirian told the owners of the\nThree Sisters that the quay of the port\nWould be closed."
    assert article(body=body).headline == ""


@pytest.mark.parametrize("line", ["LIRIAN BUYS, SELLS CRANES - MAYOR", "Stockholm \u2014 Crane falls on quay"])
def test_a_headline_in_the_shape_of_a_dateline_is_told_by_the_one_below(article: Callable[..., Article], line: str) -> None:
    read = article(body=f"{line}\n{_COPY}")
    assert (read.headline, read.body) == (line, _SAID)


@pytest.mark.parametrize(
    "line", ["Par Temps Froid", "Par Monts et par Vaux", "Por Fin Libre", "Von Null auf Hundert", "By Land and Sea", "By Mid-March"]
)
def test_a_phrase_in_title_case_is_no_byline(article: Callable[..., Article], line: str) -> None:
    read = article(format="ninjs", headline="Quay", body=f"{line}\n\n{_SAID}")
    assert (read.article.get("by"), read.body) == (None, f"{line}\n\n{_SAID}")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Par Jeanne d'Orvel et Luc Mar", "Jeanne d'Orvel et Luc Mar"),
        ("Par l'AFP", "l'AFP"),
        ("Von dpa-Korrespondentin Jane Row", "dpa-Korrespondentin Jane Row"),
        ("Von unserem Korrespondenten Jan Vik", "unserem Korrespondenten Jan Vik"),
        ("By Jane Row - The Associated Press", "Jane Row - The Associated Press"),
    ],
)
def test_names_with_particles_and_their_house_are_a_byline(article: Callable[..., Article], line: str, names: str) -> None:
    read = article(format="ninjs", headline="Quay", body=f"{line}\n\n{_SAID}")
    assert (read.article.get("by"), read.body) == (names, _SAID)


def test_a_notebook_behind_the_dateline_is_taken_at_once(article: Callable[..., Article]) -> None:
    read = article(format="ninjs", headline="Quay", body="LIRIAN (dpa) - # Notebook\n\n## Note to editors\n- adds comment")
    assert (read.body, [note.text for note in read.wire.notes]) == ("", ["adds comment"])


def test_a_slug_for_a_title_leaves_the_headline_at_the_head_of_the_copy(article: Callable[..., Article]) -> None:
    copy = "Leaders discuss harbor SEOUL, Dec. 29 (Yonhap) -- Business leaders of the two countries met on Tuesday, officials said."
    read = article(headline="(3rd LD) S Korea-Norland-biz talks", body=copy, providers=("Yonhap",), format="rss")
    assert read.body == "Business leaders of the two countries met on Tuesday, officials said."
    assert [line["value"] for line in read.article["headlines"] if line.get("role") == "subhead"] == ["Leaders discuss harbor"]
    assert (read.wire.ordinal, read.article["located"]) == (3, "Seoul")


def test_below_a_headline_a_dateline_within_a_sentence_is_prose(article: Callable[..., Article]) -> None:
    copy = "The agency said its report dated SEOUL, Dec. 29 (Yonhap) -- was wrong. It said so on Tuesday."
    read = article(headline="Agency corrects report", body=copy, providers=("Yonhap",), format="rss")
    assert read.body == copy


def test_a_standing_item_s_slug_is_no_copy(article: Callable[..., Article]) -> None:
    read = article(body="stocks-summary\nSeoul shares jump on chip rally\nSEOUL, Dec. 29 (Yonhap) -- Shares rose.\n(END)")
    assert (read.article["slugline"], read.headline, read.body) == ("stocks-summary", "Seoul shares jump on chip rally", "Shares rose.")


def test_a_headline_repeated_on_the_dateline_s_line_is_no_copy(article: Callable[..., Article]) -> None:
    copy = "Leaders discuss harbor SEOUL, Dec. 29 (Yonhap) -- Business leaders met on Tuesday, officials said."
    read = article(headline="Leaders discuss harbor", body=copy, providers=("Yonhap",), format="rss")
    assert (read.body, read.article["headlines"]) == (
        "Business leaders met on Tuesday, officials said.",
        [{"value": "Leaders discuss harbor"}],
    )


PRINTED = "A ferry ran aground off Lirian on Tuesday, and all on board were safe, the coast guard said."


@pytest.mark.parametrize(
    "line",
    [
        "Updated: 04-05-2025 21:33 IST | Created: 04-05-2025 21:33 IST",
        "Published: March 11, 2026 10:15 AM",
        "Last updated: 11 March 2026 10:15",
    ],
)
def test_when_a_page_was_made_is_no_headline(article: Callable[..., Article], line: str) -> None:
    read = article(body=f" date 2026-03-11 {line}\n\nFerry runs aground\n\n{PRINTED}")
    assert (read.headline, read.body, read.provenance.page_date) == ("Ferry runs aground", PRINTED, "2026-03-11")


@pytest.mark.parametrize("line", ["Updated: 2025 figures show a rise in ferries", "Created: a park for 2026"])
def test_a_headline_that_opens_as_such_a_line_stays_one(article: Callable[..., Article], line: str) -> None:
    assert article(body=f"{line}\n\n{PRINTED}").headline == line


def test_a_word_to_editors_below_the_copy_is_a_note(article: Callable[..., Article]) -> None:
    read = article(headline="Ferries", body=f"Guwahati, Mar 3 (PTI) {PRINTED}\n\n(Eds: Updates with details)", format="rss")
    assert (read.body, read.wire.action) == (PRINTED, "update")
    assert [(note.verb, note.targets) for note in read.wire.notes] == [("Updates", ("details",))]


@pytest.mark.parametrize("slug", ["BC-embargoed-0700edt-Quay", "AM-Quay--Crane", "PM-Quay"])
def test_a_keyword_line_without_sections_is_the_slug(article: Callable[..., Article], slug: str) -> None:
    copy = f"{slug}\n\nBy ADA QUILL\n\nPORT ELLERY (Harbour) -- A crane fell on the quay on Monday."
    read = article(body=copy)
    assert (read.article["slugline"], read.article["by"], read.body) == (slug, "ADA QUILL", "A crane fell on the quay on Monday.")


def test_what_only_begins_like_a_keyword_line_is_copy(article: Callable[..., Article]) -> None:
    assert article(body="PM-elect falls ill\n\nThe prime minister-elect fell ill on Monday.").article.get("slugline") is None


def test_keyword_lines_one_above_another_are_all_of_the_head(article: Callable[..., Article]) -> None:
    assert article(body="BC-E7\n\n" * 20 + "A crane fell on the quay on Monday.").body == "A crane fell on the quay on Monday."
