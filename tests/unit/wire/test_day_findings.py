"""What the sample wire day and the Reuters collection showed to be read wrongly, in copy of its own."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote
from writethru.wire import language

INDENTED = (
    "BC-US--Harbor Bridge,38\n"
    "Harbor bridge reopens after ten years of repairs\n"
    "   MILL CREEK, Ohio (AP) _ The bridge over the harbor reopened on Tuesday after the repairs that took ten years.\n"
    "   Nobody had asked for it, the mayor said. It was opened by her.\n"
    "{trailer}"
)
WRAPPED = (
    "The bridge over the harbor reopened on Tuesday after ten years of the\n"
    "repairs that nobody had asked for, the mayor said at the opening.\n"
    "{tail}"
)


# --- transmission trailers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trailer", "stamp"),
    [
        ("AP-WF-03-17-26 0724GMT", "2026-03-17T07:24:00Z"),
        ("AP-WF-03-17-26 0724GMT<", "2026-03-17T07:24:00Z"),
        ("AP-NY-01-15-89 0724EST", "1989-01-15T12:24:00Z"),
        ("AP-NY-07-15-89 0724EDT", "1989-07-15T11:24:00Z"),
        ("AP-NY-01-15-89 0724", "1989-01-15T12:24:00Z"),
        ("071341 GMT Okt 15", "2015-10-07T13:41:00Z"),
    ],
)
def test_the_transmission_trailer_leaves_indented_copy_and_tells_the_time(article, trailer, stamp):
    read = article(body=INDENTED.format(trailer=trailer), providers=("AP",))
    assert read.body.endswith("It was opened by her.")
    assert read.article["versionCreated"] == stamp
    assert [(one.rule, one.text) for one in read.wire.evidence if one.rule == "trailer_time"] == [("trailer_time", trailer.rstrip("<"))]


def test_a_trailer_time_without_a_zone_is_the_agency_s(article):
    read = article(headline="Bridge reopens", body="The bridge reopened.\n==Kyodo\nKWS-21:37-09-12-18", providers=("Kyodo",))
    assert (read.body, read.article["versionCreated"]) == ("The bridge reopened.", "2018-12-09T12:37:00Z")


def test_an_impossible_trailer_time_is_none(article):
    read = article(body=INDENTED.format(trailer="AP-WF-13-32-26 2560GMT"), providers=("AP",))
    assert read.body.endswith("It was opened by her.")
    assert "versionCreated" not in read.article


def test_the_envelope_s_time_wins_over_the_trailer_s(article):
    read = article(body=INDENTED.format(trailer="AP-WF-03-17-26 0724GMT"), providers=("AP",), version_created="2026-03-17T08:00:00Z")
    assert read.article["versionCreated"] == "2026-03-17T08:00:00Z"
    assert "trailer_time" not in {one.rule for one in read.wire.evidence}


def test_an_advance_is_read_near_the_trailer_s_day(article):
    body = INDENTED.replace("Bridge,38", "Bridge, Adv 22,38").format(trailer="AP-WF-03-17-26 0724GMT")
    assert article(body=body, providers=("AP",)).wire.embargo == "2026-03-22T04:00:00Z"


# --- sign-offs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tail", "rules"),
    [
        ("jrow@yna.co.kr\n(END)", {"email", "end_mark"}),
        ("jrow@yna.co.kr", {"email"}),
        ("(END)", {"end_mark"}),
        (" REUTER", {"end_mark"}),
        ("ab/cd\nMORE", {"sign_off", "end_mark"}),
    ],
)
def test_lines_of_a_sign_off_leave_copy_of_fixed_width(article, tail, rules):
    read = article(body=WRAPPED.format(tail=tail), headline="Bridge reopens", providers=("Yonhap",))
    assert read.body.endswith("the mayor said at the opening.")
    assert rules <= {block.kind for block in read.wire.blocks}


def test_a_sentence_that_ends_with_an_address_stays(article):
    read = article(body=WRAPPED.format(tail="Ask for it in time at jrow@yna.co.kr."), headline="Bridge reopens", providers=("Yonhap",))
    assert read.body.endswith("jrow@yna.co.kr.")


# --- language --------------------------------------------------------------------------------------------------------------

SHORT = "A coast guard official says a passenger ferry has run aground off Saint Brannoc."


@pytest.mark.parametrize(
    ("provider", "text", "expected"),
    [
        ("AP", SHORT, "en"),
        ("PA", SHORT, "en"),
        ("Reuters", "Shr loss nine cts vs profit 12 cts\nNet loss 812,000 vs profit 1,011,000", "en"),
        ("Reuters", "Harbor Inc 4th qtr net\nShr 16 cts vs 55 cts per unit", "en"),
        ("Reuters", "Terremoto de magnitud 6 sacude el sur de Lirian", "es"),
        ("TT", "Färja på grund", "sv"),
        ("NTB", "Ferge på grunn", "no"),
        ("NTB", "og i det som en på er av for med den til ikke har de om fra var ved etter sier", "no"),
        ("Yonhap", "Ferry runs aground", "en"),
        ("Yonhap", "여객선 좌초", "ko"),
        ("TASS", "Паром сел на мель", "ru"),
        ("Harbour Post", SHORT, "en"),
    ],
)
def test_a_short_text_is_in_its_agency_s_language(article, provider, text, expected):
    read = article(headline="", body=text, providers=(provider,), format="ninjs-3")
    assert read.article.get("language") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Gemi karaya oturdu " + " ".join(f"k{'abcdefghijklmnopqrstuvwxyz'[n % 26] * (1 + n // 26)}" for n in range(70)),
        "여객선이 좌초했다",
    ],
)
def test_a_text_that_plainly_is_in_none_of_the_agency_s_languages_gets_none_of_them(text):
    assert language.decide(None, text, [], ("en", "es")) in (None, "ko")


def test_no_text_says_no_language():
    assert language.decide(None, "  ", [], ("en", "es")) is None


def test_an_assumed_language_is_warned_of(article):
    read = article(headline="", body="Ferry aground", providers=("AP",), format="ninjs-3")
    assert read.provenance.warnings == ("language_assumed:en",)


def test_a_declared_language_is_not_touched(article):
    assert article(headline="Fähre", body="Fähre", providers=("AP",), language="de", format="ninjs-3").language == "de"


def test_a_kill_has_the_language_of_its_copy(article):
    copy = "The story about the bridge has been killed. It is not true that the mayor is in the river, and a new one will be filed."
    read = article(headline="", body=f"BULLETIN KILL\n\n{copy}", providers=("AFP",))
    assert (read.wire.action, read.body, read.language) == ("kill", "", "en")


# --- kill targets ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "targets"),
    [
        ("BC-US--Paper Mill, BULLETIN KILL,55\n   BULLETIN KILL\n   The story slugged BC-US--Paper Mill has been killed.", ()),
        ("KILL KILL KILL\n\nPlease kill the story that moved at 9:05 a.m. today.", ()),
        ("KILL KILL KILL\n\nPlease kill all 3 paragraphs of it.", ()),
        ("KILL KILL KILL\n\nPlease kill item dpa 157.", ("157",)),
        ("KILL KILL KILL\n\nPlease disregard item No. 1234 of today.", ("1234",)),
        ("KILL KILL KILL\n\nPlease kill a0713.", ("a0713",)),
        ("KILL KILL KILL\n\nPlease withdraw story number 88.", ("88",)),
    ],
)
def test_a_kill_names_running_numbers_and_no_other(article, body, targets):
    read = article(body=body, providers=("AP",))
    assert (read.wire.action, read.wire.kill_targets) == ("kill", targets)


# --- releases --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "action"),
    [
        ("RELEASE: The story may be used again.", "release"),
        ("RELEASED - facts confirmed", "release"),
        ("RELEASES story held at 1430", "release"),
        ("Eds: RELEASE: facts confirmed", "release"),
        ("FREIGABE: Die Meldung ist wieder verwendbar.", "release"),
        ("The story on the bridge may now be used.", "release"),
        ("This item is released for use", "release"),
        ("Please withhold this story; it may now be used by nobody", "new"),
        ("UPDATES with release of report", "update"),
        ("Releases report on the bridge", "new"),
        ("Adds that the report is released for use in schools", "update"),
        ("RELEASE: 0001 Friday", "new"),
        ("RELEASE: MARCH 18, 2026", "new"),
        ("For release at will", "new"),
    ],
)
def test_a_release_is_said_at_the_head_of_a_note(article, note, action):
    item = {"headline": "Bridge reopens", "body": "The bridge reopened.", "providers": ("AP",), "version_created": "2026-03-17T08:00:00Z"}
    read = article(format="ninjs-3", status="usable", notes=(ItemNote("ednote", note),), **item)
    assert read.wire.action == action
    assert read.article["pubStatus"] == "usable"


def test_what_is_withheld_is_not_released_by_its_note(article):
    read = article(format="ninjs-3", headline="A", status="withheld", notes=(ItemNote("ednote", "RELEASE: as said before"),))
    assert (read.wire.action, read.article["pubStatus"]) == ("withhold", "withheld")


def test_a_release_line_releases(article):
    read = article(body="RELEASE RELEASE RELEASE\n\nBridge reopens\n\nMILL CREEK, Ohio (AP) _ The bridge reopened.", providers=("AP",))
    assert (read.wire.action, read.headline, read.body) == ("release", "Bridge reopens", "The bridge reopened.")


# --- numbered notes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("note", "ordinal", "ordinals", "classes"),
    [
        ("1st lead: adds union comment, shares", 1, {"lead": 1}, ["add"]),
        ("2nd lead: updates with sentence, judge's remarks", 2, {"lead": 2}, ["update"]),
        ("3rd Ld-Writethru - corrects spelling", 3, {"lead": 3}, ["correct"]),
        ("Second lead: recasts", 2, {"lead": 2}, ["recast"]),
        ("1st lead", 1, {"lead": 1}, []),
        ("2nd update: adds quotes", 2, {"update": 2}, ["add"]),
        ("1st lead singer adds comment", None, {}, ["other"]),
    ],
)
def test_a_note_may_open_with_its_ordinal(article, note, ordinal, ordinals, classes):
    read = article(format="ninjs-3", headline="A bridge", body="It reopened.", providers=("PA",), notes=(ItemNote("ednote", note),))
    found = read.wire.ordinals
    assert {name: number for name in ("lead", "update") if (number := getattr(found, name)) is not None} == ordinals
    assert read.wire.ordinal == ordinal
    assert [one.klass for one in read.wire.notes] == classes
    for one in read.wire.notes:
        assert note[one.span[0] : one.span[1]] == one.text
    if ordinal:
        assert read.wire.action == ("correction" if classes == ["correct"] else "update")
