"""Raw copy as agencies transmit it, on invented events."""

from __future__ import annotations

import pytest

AP = (
    "\x16\x16\x01W2607\x1fworld\nr a\x13\x11 BC-XX--Harbor-BridgeSpa 1stLd-Writethru   03-13 1693\n"
    "\x02^BC-XX--Harbor Bridge-Span, 1st Ld-Writethru,1140<\n^Crews reopen harbor bridge after span repair<\n"
    "^AP Photo SDDD101, SDDD102, GFX0456<\n^Eds: Restores reference in 3rd paragraph to years. Adds video link. With AP Photos.<\n"
    "^EDITOR'S NOTE _ This is part of a series.<\n^By JANE ROW and TOM FIELD=\n^Associated Press=\n"
    "\t   MILLTON, South Dakota (AP) _ Crews reopened the harbor bridge on Friday\nafter a long repair of the span that took months.\n"
    '\t   "It is open," the engineer said.\n\t   \x03AP-WF-03-13-26 0745GMT<\n\x0c\n\x04'
)
YONHAP = (
    "(LEAD) Bridge-reopening\n(LEAD) Harbor bridge reopens after repair\n(ATTN: ADDS details in paras 4-5, photos)\nBy Kim Row\n"
    "BUSAN, March 3 (Yonhap) -- The harbor bridge reopened Friday, officials said.\n\nIt had been shut for months.\n\n"
    "row@yna.co.kr\n(END)\n"
)
DPA = (
    "REFILE\n1ST LEAD\nHarbor bridge reopens after repair =\nBy Jane Row, dpa =\nHamburg (dpa) - Crews reopened the bridge on Friday.\n\n"
    '"It is open," the engineer said.\n\n# Notebook\n## Note to editors\n- adds comments of engineer in grafs 7-11\n- updates headline\n'
    "## The following information is not intended for publication\n## Editorial contacts\n- Jane Row, +49 30 0000\ndpa bwh bag\n"
)
KILL = (
    "Bridge-Reopening/\nKILL KILL KILL ''''' =\n"
    'Please kill item dpa 157 "Harbor bridge reopens". The story was wrong. A substitute story will run immediately.\n'
)
DIGEST = (
    "Yonhap News Summary\n\nThe following is the first summary of stories.\n\n-----------------\n(2nd LD) Bridge reopens\n\n"
    "(ATTN: UPDATES 5th para; ADDS more info in paras 13-14)\n\nSEOUL -- The bridge reopened.\n\n-----------------\n"
    "(3rd LD) Ferry sinks\n\n(ATTN: ADDS photo)\n\nBUSAN -- A ferry sank.\n(END)"
)


def test_ap(article):
    read = article(body=AP)
    assert read.headline == "Crews reopen harbor bridge after span repair"
    assert (read.article["slugline"], read.article["by"]) == ("BC-XX--Harbor Bridge-Span", "JANE ROW and TOM FIELD, Associated Press")
    assert (read.wire.agency, read.wire.action, read.wire.ordinal, read.wire.complete) == ("ap", "update", 1, True)
    assert read.article["located"] == "Millton, South Dakota"
    assert read.body.split("\n\n") == [
        "EDITOR'S NOTE _ This is part of a series.",
        "Crews reopened the harbor bridge on Friday after a long repair of the span that took months.",
        '"It is open," the engineer said.',
    ]
    assert [(note.verb, note.klass) for note in read.wire.notes] == [("Restores", "restore"), ("Adds", "add"), ("", "media")]


def test_yonhap(article):
    read = article(body=YONHAP)
    assert (read.headline, read.article["slugline"], read.article["by"]) == (
        "Harbor bridge reopens after repair",
        "Bridge-reopening",
        "Kim Row",
    )
    assert (read.wire.agency, read.wire.ordinal, read.article["located"]) == ("yonhap", 1, "Busan")
    assert read.body == "The harbor bridge reopened Friday, officials said.\n\nIt had been shut for months."


def test_dpa_with_its_notebook(article):
    read = article(body=DPA)
    assert (read.wire.agency, read.wire.action, read.wire.ordinals.lead) == ("dpa", "refile", 1)
    assert (read.headline, read.article["by"]) == ("Harbor bridge reopens after repair", "Jane Row, dpa")
    assert [(note.verb, note.paragraphs) for note in read.wire.notes] == [("adds", (7, 8, 9, 10, 11)), ("updates", ())]
    assert "+49" not in read.body and "Notebook" not in read.body and "+49" in read.article["edNote"]


def test_dpa_counts_leads_and_nets_apart(article):
    read = article(body="2ND LEAD\n3RD NET\nBridge reopens\nBerlin (dpa) - The bridge is open again.\n")
    assert (read.wire.ordinals.lead, read.wire.ordinals.net, read.wire.ordinal) == (2, 3, 2)


def test_kill_line(article):
    read = article(body=KILL)
    assert (read.wire.action, read.wire.kill_targets) == ("kill", ("157", "Harbor bridge reopens"))
    assert read.article["pubStatus"] == "canceled" and "bodies" not in read.article


def test_digest_has_no_version(article):
    read = article(body=DIGEST)
    assert (read.wire.digest, read.wire.action, read.wire.ordinal, read.wire.notes) == (True, "roundup", None, ())
    assert read.wire.agency == "yonhap" and "ATTN" not in read.body
    assert "BUSAN -- A ferry sank." in read.body


def test_prose_about_kills_kills_nothing(article):
    body = "Please kill the bill, a man shouted.\n\nKILL KILL KILL was painted on the wall.\n\nThe story was withdrawn, he said."
    for headline in ("Kill the bill", "STORY IS WITHDRAWN", "Editor says KILL"):
        read = article(headline=headline, body=body)
        assert (read.wire.action, read.article["pubStatus"]) == ("new", "usable")


@pytest.mark.parametrize(
    ("body", "page_date", "headline", "copy"),
    [
        (" date 2026-03-03 SEOUL Mar 3 Seoul shares closed down on Tuesday.", "2026-03-03", "", "Seoul shares closed down on Tuesday."),
        (
            " date 2024-01-24 22.01.2024, 14:34 4971\n\nThe bridge opened, the city said.",
            "2024-01-24",
            "",
            "The bridge opened, the city said.",
        ),
        ("March 3, 2026 11:26 pm\n\nThe bridge opened, the city said.", None, "", "The bridge opened, the city said."),
        ("date 2023 was a good year for onions, growers said.", None, "", "date 2023 was a good year for onions, growers said."),
        (" date 2026-13-45 was misprinted, he said.", None, "", "date 2026-13-45 was misprinted, he said."),
        (
            "\ufeff date 2026-03-03 Bridge Reopens\n\nThe bridge reopened on Tuesday.",
            "2026-03-03",
            "Bridge Reopens",
            "The bridge reopened on Tuesday.",
        ),
    ],
)
def test_page_date(article, body, page_date, headline, copy):
    read = article(body=body)
    assert (read.provenance.page_date, read.headline, read.body, read.time) == (page_date, headline, copy, None)


@pytest.mark.parametrize(
    "tail",
    ["(END)", "-30-", "ENDITEM", "MORE", "___", "row@example.org", "str/mm/jvg/mfc", "dpa bwh bag", "==Kyodo", "(SDA/sj)", "Reuter",
     "(With inputs from agencies.)", "Source: Yonhap News Agency", "News Courtesy: www.example.org", "AP-WF-11-13-13 0745GMT",
     "Updated: 04-05-2025 21:33 IST | Created: 04-05-2025 20:00 IST", "(Reporting by Jane Row; Editing by Tom Field)",
     "End Adv for Sunday, Jan. 15", "071341 GMT Okt 15"],
)  # fmt: skip
def test_trailers_are_no_copy(article, tail):
    read = article(headline="x", body=f"The bridge reopened.\n\nA man cheered.\n\n{tail}\n")
    assert read.body == "The bridge reopened.\n\nA man cheered."
    assert [block.text for block in read.wire.blocks] == [tail]


@pytest.mark.parametrize(
    "tail", ["Reuter", "(Reporting by Jane Row; Editing by Tom Field)", "(Yonhap)", "(END)", "(ANSA).", "EFE", "==Kyodo", "-30-"]
)
def test_trailers_behind_the_last_sentence(article, tail):
    assert article(headline="x", body=f"The bridge reopened. {tail}").body == "The bridge reopened."


@pytest.mark.parametrize(
    "caption",
    [
        "A ferry is seen at the pier on March 3, 2026. (Yonhap)",
        "Rowers at the pier. (For Use Only in the Republic of Korea. No Redistribution) (Yonhap)",
        "In this photo provided by the harbor office, a ferry lies at the pier.",
        "A ferry lies at the pier. Photo: Jane Row",
        "This March 3 photo released by the office shows a ferry. (Harbor Office/Harbor News Service via AP)",
    ],
)
def test_captions_are_no_copy(article, caption):
    read = article(headline="x", body=f"The bridge reopened.\n\n{caption}\n\nA man cheered.")
    assert read.body == "The bridge reopened.\n\nA man cheered."


@pytest.mark.parametrize(
    "copy",
    [
        "The news was first told by the agency (Yonhap) on Friday.",
        "This is a picture of a town in decline, he said.",
        "By Friday, the bridge was open.",
        "The harbor board (HB) and the rail office (RO)",
        "Source close to the board: it is open, he said.",
    ],
)
def test_copy_stays(article, copy):
    read = article(headline="x", body=f"The bridge reopened.\n\n{copy}\n\nA man cheered.")
    assert copy in read.body


def test_wrapped_and_indented_lines_become_paragraphs(article):
    body = (
        "The harbor board said it intends to reopen the bridge within the\nnext 30 days of the coming season.\n"
        "    It said tolls would be used for repairs and other general\nharbor purposes.\n    The bridge has two spans."
    )
    assert [len(part.split()) for part in article(headline="x", body=body).body.split("\n\n")] == [19, 13, 5]


def test_an_alert_of_one_sentence_has_no_headline(article):
    read = article(body="Harbor bridge reopens, officials say")
    assert (read.headline, read.body) == ("", "Harbor bridge reopens, officials say")


@pytest.mark.parametrize(
    "line", ["Harbor bridge reopens after repair", "HARBOR BRIDGE REOPENS AFTER REPAIR", "UPDATE 1-Harbor bridge reopens after repair"]
)
def test_the_headline_of_the_envelope_is_not_told_again(article, line):
    title = "UPDATE 1-Harbor bridge reopens after repair"
    read = article(headline=title, body=f"{line}\n\nBUSAN, March 3 (Reuters) - The bridge reopened.", providers=("Reuters",), format="rss")
    assert (read.headline, read.body, read.article["located"]) == ("Harbor bridge reopens after repair", "The bridge reopened.", "Busan")


def test_a_byline_that_lost_its_line_end(article):
    read = article(headline="x", body="By Choi Min-ho SEOUL, Dec. 29 (Yonhap) -- Shares jumped on Friday.", format="x")
    assert (read.article["by"], read.article["located"], read.body) == ("Choi Min-ho", "Seoul", "Shares jumped on Friday.")


def test_a_byline_glued_to_a_note(article):
    body = "Eds: SUBS 3rd graf to CORRECT name. ^By JANE ROW=\n^Associated Press Writer=\n\tMILLTON, Ohio (AP) _ The bridge reopened."
    read = article(headline="x", body=body, format="anpa-1312", providers=("AP",))
    assert (read.article["by"], read.body, read.wire.action) == ("JANE ROW, Associated Press Writer", "The bridge reopened.", "correction")


@pytest.mark.parametrize(
    ("line", "by"),
    [
        ("By Lee Minji", "Lee Minji"),
        ("By CHET BROWN and JACK GILL=", "CHET BROWN and JACK GILL"),
        ("By Manuel Schwarz, dpa =", "Manuel Schwarz, dpa"),
        ("By Tom Krass, The San Lirian Union-Tribune =", "Tom Krass, The San Lirian Union-Tribune"),
        ("By dpa correspondents =", "dpa correspondents"),
        ("By Benjamin Wright, Press Association", "Benjamin Wright, Press Association"),
        ("By The Associated Press", "The Associated Press"),
        ("Von Marco Kress und Sunrita Senn, dpa", "Marco Kress und Sunrita Senn, dpa"),
        ("Par Jeanne Rivi\u00e8re avec Tom Champ \u00e0 Londres", "Jeanne Rivi\u00e8re avec Tom Champ \u00e0 Londres"),
        ("Por Juana Fila", "Juana Fila"),
        ("Di Giovanna Fila e Tommaso Campo", "Giovanna Fila e Tommaso Campo"),
        ("Door Jan de Rij", "Jan de Rij"),
        ("Av Jan Rad/TT", "Jan Rad/TT"),
        ("Jane Row, The Canadian Press", "Jane Row, The Canadian Press"),
        ("By Jane Row (jrow@example.org)", "Jane Row (jrow@example.org)"),
        ("By June May", "June May"),
        ("By MAR ROMAN", "MAR ROMAN"),
        ("By Amor Towles", "Amor Towles"),
        ("By Fin Gallagher", "Fin Gallagher"),
        ("By Grand Chirpich", "Grand Chirpich"),
        ("Por Mar Abad", "Mar Abad"),
    ],
)
def test_bylines(article, line, by):
    read = article(headline="x", body=f"{line}\nSEOUL, March 3 (Yonhap) -- The bridge reopened on Friday.", format="x")
    assert (read.article["by"], read.body) == (by, "The bridge reopened on Friday.")


@pytest.mark.parametrize(
    "line", ["By The Numbers", "By Friday", "Di Maio, Salvini e Conte al voto", "By Good Friday", "Par exemple, il pleut", "Von wegen"]
)
def test_lines_that_are_no_bylines(article, line):
    read = article(body=f"{line}\n\nThe bridge reopened on Friday, the board said.")
    assert "by" not in read.article and line in (read.headline, read.body.split("\n\n")[0])


@pytest.mark.parametrize("sign", ["<", "^"])
def test_a_framing_sign_alone_is_no_copy(article, sign):
    read = article(headline="x", body=f"The bridge reopened.\n\n{sign}\n\nNobody had to leave the town.\n{sign}\n", format="x")
    assert read.body == "The bridge reopened.\n\nNobody had to leave the town."
    assert [(block.kind, block.text) for block in read.wire.blocks] == [("rule", sign), ("rule", sign)]


@pytest.mark.parametrize("signs", ["<", "=", "^ <"])
def test_framing_signs_below_a_first_line_are_no_copy_that_makes_it_a_headline(article, signs):
    read = article(body=f"Harbor bridge reopens\n{signs}")
    assert (read.headline, read.body.split("\n")[0]) == ("", "Harbor bridge reopens")


@pytest.mark.parametrize(
    "line",
    [
        "Row reported from Paris.",
        "Row reported from Port Ellery and Field from Rio de Janeiro.",
        "Row and Field reported from Rome; Quill reported from the United Nations.",
        "Jane Row reported from Rome, Tom Field from Saint Orrin, Corvane. Associated Press writer Mara Quill in London contributed.",
        "AP Business Writer Jane Row reported from New York. AP journalist Tom Field in Rome contributed to this story.",
        "Associated Press reporters Jane Row in Paris and Tom Field in Rome contributed.",
    ],
)
@pytest.mark.parametrize("above", ["", "___\n\n"])
def test_who_reported_from_where_is_no_copy(article, line, above):
    read = article(headline="x", body=f"The bridge reopened on Friday, the board said.\n\n{above}{line}", format="x")
    assert read.body == "The bridge reopened on Friday, the board said."
    assert [block.text for block in read.wire.blocks if block.kind == "credit"] == [line]


@pytest.mark.parametrize(
    "line",
    [
        "He reported from Paris.",
        "Reuters reported from Paris.",
        "The Harbour Post reported from Paris.",
        "Row reported from Paris for two decades.",
        "Row reported from Paris in 1987.",
        "The town of Port Ellery contributed.",
        "Row reported from",
    ],
)
def test_a_sentence_of_who_reported_what_is_copy(article, line):
    read = article(headline="x", body=f"The bridge reopened on Friday, the board said.\n\n{line}", format="x")
    assert read.body.endswith(line)


def test_the_last_line_of_a_broken_paragraph_is_no_contribution_line(article):
    body = "The editor of the Harbour Post told the court of the town on Friday that\nRow reported from Paris."
    assert article(headline="x", body=body, format="x").body.endswith("that Row reported from Paris.")


@pytest.mark.parametrize("between", ["", "NO ARCHIVAL USE\n\n", "___\n\n", "ATTENTION - ADDS quotes ///\n\n"])
def test_a_dateline_is_read_whatever_was_taken_out_above_it(article, between):
    body = f"RPT-Ferry sinks off Lirian\n\n{between}Pyongyang: The bridge reopened."
    read = article(headline="Harbor bridge reopens", body=body, format="x")
    assert read.body == "The bridge reopened."
    assert read.article["headlines"][-1] == {"role": "subhead", "value": "RPT-Ferry sinks off Lirian"}


def test_a_correction_below_the_copy_of_1987(article):
    body = "SKERRIN, April 14 - Qtly div six cts vs six cts prior\n\n"
    body += "(Company corrects pay date, April 25, not April 28 in story that ran yesterday. Reuter\n"
    read = article(headline="SKERRIN SETS PAYOUT", body=body, providers=("Reuters",), format="anpa-1312")
    assert (read.body, read.wire.action) == ("Qtly div six cts vs six cts prior", "correction")
    assert [block.kind for block in read.wire.blocks] == ["dateline", "note"]
