"""ANPA 1312: the header and its codes, the keyword line, headlines, notes and bylines of the head, paragraphs, tables, the time group."""

from __future__ import annotations

import pytest

from writethru.formats import decode
from writethru.formats.limits import Limits
from writethru.records import Item, ItemNote, NotAnArticle, ParseError, RawMessage

NUMBER = b"\x16\x16\x01W2607\x1fasian\r\n"
HEADER = b"r a\x13\x11 BC-US--Orchard-FrostAgainAnd 1stLd-Writethru   11-13 1693\r\n"
KEYWORD = b"\x02^BC-US--Orchard-Frost Again and Again, 1st Ld-Writethru,1140<\r\n"
HEADLINE = b"^Late frost takes half of Orchard Valley's apples<\r\n"
BYLINE = b"^By CORA BLY and JACK LUND=\r\n^Associated Press=\r\n"
COPY = b"\t   ROSCOE, Norland (AP) _ The frost came back on Tuesday.\r\n\t   ``We lit fires,'' said Ann Holm.\r\n"
TRAILER = b"\t   \x03AP-WF-11-13-13 0745GMT<\r\n\x0c\r\n\x04"
WHOLE = NUMBER + HEADER + KEYWORD + HEADLINE + BYLINE + COPY + TRAILER
TEXT = "ROSCOE, Norland (AP) _ The frost came back on Tuesday.\n\n``We lit fires,'' said Ann Holm."


def items(payload: bytes) -> tuple[Item | ParseError | NotAnArticle, ...]:
    return decode(RawMessage(payload, "wire.raw", 0, 0, 0)).items


def anpa(payload: bytes) -> Item:
    (item,) = items(payload)
    assert isinstance(item, Item)
    assert item.format == "anpa-1312"
    return item


def copied(copy: bytes, head: bytes = HEADLINE) -> Item:
    return anpa(NUMBER + HEADER + KEYWORD + head + copy + TRAILER)


def ids(item: Item) -> dict[str, str]:
    return {entry["role"]: entry["value"] for entry in item.alt_ids}


def test_the_header_gives_number_selector_priority_and_category() -> None:
    item = anpa(WHOLE)
    assert ids(item) == {
        "transmission": "W2607",
        "selector": "asian",
        "header": "r a BC-US--Orchard-FrostAgainAnd 1stLd-Writethru 11-13 1693",
    }
    assert (item.urgency, item.subjects) == ("r", ({"uri": "http://cvx.iptc.org/anpa1312-category/a"},))


def test_slug_headline_body_and_time_are_read() -> None:
    item = anpa(WHOLE)
    assert item.slug == "BC-US--Orchard-Frost Again and Again, 1st Ld-Writethru,1140"
    assert item.headline == "Late frost takes half of Orchard Valley's apples"
    assert item.body == f"By CORA BLY and JACK LUND\nAssociated Press\n\n{TEXT}"
    assert (item.version_created, item.providers, item.warnings) == ("2013-11-13T07:45:00Z", ("The Associated Press",), ())


@pytest.mark.parametrize(
    "payload",
    [
        WHOLE.replace(b"\r\n", b"\n"),
        WHOLE.replace(b"\r\n", b"\r"),
        b"\x7f\x7f\r\n" + WHOLE,
        WHOLE.replace(b"\x16\x16\x01", b""),
        WHOLE.replace(b"\x02^", b"\x02*9006< ^"),
        WHOLE.replace(b"\x03AP", b"AP"),
        WHOLE.replace(b"\x03AP", b"\x03\r\nAP"),
        WHOLE.replace(b"\x02", b""),
        WHOLE.replace(b"said Ann", b"said\x10Ann"),
        WHOLE.translate(None, b"\x01\x02\x03\x04\x0c\x11\x13\x16\x1f"),
    ],
    ids=["LF", "CR", "DEL in front", "no SOH", "typeface", "no ETX", "ETX on a line of its own", "no STX", "space band", "no controls"],
)
def test_what_transport_does_to_the_frame_changes_nothing(payload: bytes) -> None:
    item, whole = anpa(payload), anpa(WHOLE)
    assert (item.slug, item.headline, item.body, item.version_created) == (whole.slug, whole.headline, whole.body, whole.version_created)
    assert (item.alt_ids, item.urgency, item.providers) == (whole.alt_ids, whole.urgency, whole.providers)


def test_the_versions_of_header_and_keyword_line_are_both_handed_on() -> None:
    assert anpa(WHOLE).notes == (ItemNote("header.take_key", "1stLd-Writethru"),)


def test_without_a_keyword_line_the_slug_is_the_headers() -> None:
    item = anpa(WHOLE.replace(KEYWORD, b"\x02"))
    assert (item.slug, item.headline) == ("BC-US--Orchard-FrostAgainAnd", "Late frost takes half of Orchard Valley's apples")


@pytest.mark.parametrize("keyword", [b"Soccer-Emperor's-Cup", b"Rugby-O'Brien-Out"])
def test_a_keyword_does_not_end_at_an_apostrophe(keyword: bytes) -> None:
    item = anpa(b"\x16\x16\x01K0456\x1fkwsen\nu s\x14\x12 " + keyword + b"   09-12 0345\n\x02\nTitle won +\n\n   It ended.\n\x03\n")
    assert (item.slug, item.notes, item.headline) == (keyword.decode(), (), "Title won +")


def test_a_header_may_name_no_keyword() -> None:
    item = anpa(b"\x16\x16\x01K0456\x1fkwsen\nr u\x14\x12 09-12 0345\n\x02\nTitle won +\n\n   It ended.\n\x03KWS-21:37-09-12-18\n")
    assert (item.urgency, item.slug, item.headline, item.body) == ("r", "", "Title won +", "It ended.")
    assert (ids(item)["header"], item.version_created) == ("r u 09-12 0345", "2018-12-09T21:37:00")


def test_an_unknown_word_count_is_no_part_of_the_slug() -> None:
    header = b"r i AM-Norland-Reaction   01-02 xxx\n"
    keyword = b"\x02^AM-Norland-Congressional Reaction, 2nd Ld-Writethru, a0612,xxx<\n"
    item = anpa(b"\x01a0682\x1f-----\n" + header + keyword + b"\tA (AP) _ B.\n\x03")
    assert item.slug == "AM-Norland-Congressional Reaction, 2nd Ld-Writethru, a0612,xxx"
    assert ids(item) == {"transmission": "a0682", "header": "r i AM-Norland-Reaction 01-02 xxx"}


def test_a_second_headline_is_kept_beside_the_first() -> None:
    item = copied(COPY, HEADLINE + b"^Frost takes half of apples<\n" + BYLINE)
    assert item.headline == "Late frost takes half of Orchard Valley's apples"
    assert item.extra == {"headlines": [{"role": "subhead", "value": "Frost takes half of apples"}]}
    assert item.body == f"By CORA BLY and JACK LUND\nAssociated Press\n\n{TEXT}"


def test_an_alert_has_no_headline() -> None:
    head = b"\x16\x16\x01W2699\x1fasian\nb a\x13\x11 BC-US--APNewsAlert   11-13 0017\n"
    item = anpa(head + b"\x02^BC-US--APNewsAlert,17<\n\t   ROSCOE, Norland (AP) _ Sheriff says bridge has fallen.\n\x03")
    assert (item.slug, item.headline, item.urgency) == ("BC-US--APNewsAlert,17", "", "b")
    assert item.body == "ROSCOE, Norland (AP) _ Sheriff says bridge has fallen."


@pytest.mark.parametrize("mark", ["BULLETIN", "URGENT", "FLASH", "BULLETIN KILL", "CORRECTION"])
def test_a_mark_line_above_the_headline_stays_in_the_head(mark: str) -> None:
    item = copied(COPY, f"^{mark}<\r\n".encode() + HEADLINE)
    assert item.headline == "Late frost takes half of Orchard Valley's apples"
    assert item.body == f"{mark}\n\n{TEXT}"


def test_the_note_is_whole_to_its_last_letter_and_stands_beside_the_editors_note() -> None:
    eds = "Eds: Restores reference in 3rd paragraph to years of frost. Adds video link. For global distribution"
    note = "EDITOR'S NOTE _ This is part of a series on the hidden costs of orchards."
    item = copied(COPY, HEADLINE + f"^{eds}<\r\n^{note}<\r\n".encode() + BYLINE)
    assert item.body == f"{eds}\n{note}\nBy CORA BLY and JACK LUND\nAssociated Press\n\n{TEXT}"


def test_the_note_is_the_same_behind_the_editors_note() -> None:
    eds, note = "Eds: Minor edits. With AP Photos", "EDITOR'S NOTE _ Part 2"
    assert copied(COPY, HEADLINE + f"^{note}<\r\n^{eds}<\r\n".encode()).body == f"{note}\n{eds}\n\n{TEXT}"


def test_a_note_over_several_lines_is_one() -> None:
    head = b"^Eds: UPDATES with comment\r\nby growers; picks up 4th graf pvs, bgng:\r\n``Although ...''<\r\n" + BYLINE
    eds = "Eds: UPDATES with comment by growers; picks up 4th graf pvs, bgng: ``Although ...''"
    assert copied(COPY, HEADLINE + head).body == f"{eds}\nBy CORA BLY and JACK LUND\nAssociated Press\n\n{TEXT}"


def test_a_byline_glued_to_the_note_is_a_line() -> None:
    head = b"^Eds: SUBS 3rd graf to FIX number<^By CORA BLY=\r\n^Associated Press Writer=\r\n"
    assert copied(COPY, HEADLINE + head).body == f"Eds: SUBS 3rd graf to FIX number\nBy CORA BLY\nAssociated Press Writer\n\n{TEXT}"


def test_pictures_are_listed_above_the_copy() -> None:
    assert copied(COPY, HEADLINE + b"^AP Photo SDDD101, SDDD102, GFX0456<\r\n").body == f"AP Photo SDDD101, SDDD102, GFX0456\n\n{TEXT}"


def test_the_last_words_of_the_take_before_are_no_headline() -> None:
    item = copied(COPY, b"^ROSCOE: lit fires.<\r\n")
    assert (item.headline, item.body) == ("", f"ROSCOE: lit fires.\n\n{TEXT}")


def test_a_headline_may_end_in_an_abbreviation() -> None:
    assert copied(COPY, b"^Frost crosses into U.S.<\r\n").headline == "Frost crosses into U.S."


def test_paragraphs_broken_at_a_fixed_width_are_one() -> None:
    copy = (
        b"    PORTO SERENO, Feb 26 - Showers continued all week in the\n"
        b"Sereno cocoa zone, easing the drought.\n"
        b"    The dry period meant the crop will be late. Most of it is\n"
        b"still on the trees.\n Reuter\n\x03\n"
    )
    item = anpa(b"\x05\x05\x05C T\n\x16\x16\x01f0704\x1freute\nu f BC-SERENO-COCOA   02-26 0105\n\x02\nSERENO COCOA REVIEW\n" + copy)
    assert item.headline == "SERENO COCOA REVIEW"
    assert item.body == (
        "PORTO SERENO, Feb 26 - Showers continued all week in the Sereno cocoa zone, easing the drought.\n\n"
        "The dry period meant the crop will be late. Most of it is still on the trees.\n\nReuter"
    )
    assert (item.providers, item.urgency, item.slug) == (("Reuters",), "u", "BC-SERENO-COCOA")


def test_a_snap_is_its_headline() -> None:
    item = anpa(b"\x16\x16\x01f0911\x1freute\nf f BC-******NORLAND-BANK   03-03 0013\n\x02\n******NORLAND BANK CUTS RATE TO 5 PCT\n\x03\n")
    assert (item.headline, item.body) == ("******NORLAND BANK CUTS RATE TO 5 PCT", "")


def test_quotes_and_dashes_stay_as_sent() -> None:
    assert copied(b"\tA (AP) _ ``Yes,'' he said _ twice, at 4 1/2 and 5/8 _ ``no.''\r\n").body == (
        "A (AP) _ ``Yes,'' he said _ twice, at 4 1/2 and 5/8 _ ``no.''"
    )


@pytest.mark.parametrize(
    ("sent", "read"),
    [("won 6;3{ to 2", "won 6-3 1/2 to 2"), ("is 3{ feet", "is 3 1/2 feet"), ("a {b} 3{x}", "a {b} 3{x}"), ("came; saw", "came; saw")],
)
def test_a_brace_behind_a_digit_is_a_half(sent: str, read: str) -> None:
    assert copied(f"\tA (AP) _ He {sent}.\r\n".encode()).body == f"A (AP) _ He {read}."


def test_tab_lines_are_a_table() -> None:
    rows = b"\x08^FAVORITE;OPEN;TODAY;UNDERDOG<\r\n\x08^at Ellery;6;3{;Port\x10Skerrin<\r\n\x08^at Holm\x191{\x19{\x19Ambar<\r\n"
    item = copied(b"^Hockey<\r\n" + rows + b"^Home team first<\r\n")
    assert item.tables == ("FAVORITE\tOPEN\tTODAY\tUNDERDOG\nat Ellery\t6\t3 1/2\tPort Skerrin\nat Holm\t1 1/2\t1/2\tAmbar",)
    assert item.body == "Hockey\nHome team first"


def test_columns_of_a_tabular_item_are_a_table() -> None:
    header = b"r s\x14\x12 BC-HKO--Standings   11-13 0050\r\n"
    rows = b"^               W    L   Pct<\r\n^Ellery        10    3  .769<\r\n^Holm           9    4  .692<\r\n"
    item = anpa(NUMBER + header + b"\x02^BC-HKO--Standings,50<\r\n^Hockey Standings<\r\n" + rows + TRAILER)
    assert (item.headline, item.tables) == ("Hockey Standings", ("W\tL\tPct\nEllery\t10\t3\t.769\nHolm\t9\t4\t.692",))
    assert item.body == ""


def test_prose_of_a_tabular_item_is_no_table() -> None:
    copy = b"   SAITAMA, Japan, Dec. 9 Kyodo - They ran;  they shot;  they won.\r\n   It ended.   Nobody left.\r\n"
    head = b"\x16\x16\x01K0456\x1fkwsen\r\nu s\x14\x12 Soccer-Cup   09-12 0345\r\n\x02Cup won +\r\n\r\n"
    item = anpa(head + copy + b"\x03KWS-21:37-09-12-18")
    assert item.tables == ()
    assert item.body == "SAITAMA, Japan, Dec. 9 Kyodo - They ran;  they shot;  they won.\n\nIt ended.   Nobody left."


@pytest.mark.parametrize(
    ("trailer", "stamp", "provider"),
    [
        ("AP-WF-11-13-13 0745GMT<", "2013-11-13T07:45:00Z", ("The Associated Press",)),
        ("AP-NY-01-08-89 2358EST<", "1989-01-08T23:58:00 EST", ("The Associated Press",)),
        ("AP-NY-01-08-89 2358<", "1989-01-08T23:58:00", ("The Associated Press",)),
        ("KWS-21:37-09-12-18", "2018-12-09T21:37:00", ("Kyodo News",)),
        ("AP-WF-13-45-13 9945GMT<", "2013-13-45T99:45:00Z", ("The Associated Press",)),
        ("", None, ()),
    ],
)
def test_the_time_behind_the_text_is_the_versions(trailer: str, stamp: str | None, provider: tuple[str, ...]) -> None:
    item = anpa(NUMBER + HEADER + KEYWORD + HEADLINE + COPY + b"\x03" + trailer.encode())
    assert (item.version_created, item.providers, item.body) == (stamp, provider, TEXT)


def test_what_else_stands_behind_the_text_is_kept() -> None:
    assert anpa(NUMBER + HEADER + KEYWORD + COPY + b"\x03\r\nMORE\r\nAP-WF-11-13-13 0745GMT<\r\n").body == f"{TEXT}\n\nMORE"


def test_several_items_in_one_payload_are_an_item_each() -> None:
    second = WHOLE.replace(b"W2607", b"W2608")
    for between in (b"", b"\r\n\r\n", b"\x16\x16\r\n"):
        numbers = [ids(item)["transmission"] for item in items(WHOLE + between + second) if isinstance(item, Item)]
        assert numbers == ["W2607", "W2608"]
    unended = WHOLE.removesuffix(b"\x04")
    assert [ids(item)["transmission"] for item in items(unended + second) if isinstance(item, Item)] == ["W2607", "W2608"]


def test_a_header_without_text_is_no_article_even_among_others() -> None:
    with pytest.raises(NotAnArticle, match="no_text"):
        items(NUMBER + HEADER + b"\x02\x03\x04")
    first, second = items(NUMBER + HEADER + b"\x02\x03\x04" + WHOLE)
    assert isinstance(first, NotAnArticle)
    assert isinstance(second, Item)


def test_too_many_items_are_refused() -> None:
    with pytest.raises(ParseError, match="too_large"):
        decode(RawMessage(WHOLE * 4, "wire.raw", 0, 0, 0), limits=Limits(items=3))


def test_a_text_that_was_cut_off_is_marked_so() -> None:
    assert anpa(NUMBER + HEADER + KEYWORD + HEADLINE + COPY).warnings == ("no_end_of_text",)


@pytest.mark.parametrize(
    ("sent", "read", "encoding"),
    [(b"Bright\x92s", "Bright\u2019s", "cp1252"), (b"M\xc3\xbcller", "Müller", "utf-8"), (b"M\xfcller", "Müller", "cp1252")],
)
def test_the_encoding_is_told_once(sent: bytes, read: str, encoding: str) -> None:
    item = copied(b"\tA (AP) _ " + sent + b" said.\r\n")
    assert (item.body, item.encoding) == (f"A (AP) _ {read} said.", encoding)


PASTED = [
    b"^BC-US--Dam Repairs, 1st Ld-Writethru,520<\n^Repairs to dam halted<\n^\t   TOLLIVER (AP) _ They stopped.\n",
    b"BC-US--Dam Repairs, 1st Ld-Writethru,520<\nRepairs to dam halted<\nTOLLIVER (AP) _ They stopped.\n",
    b"\n^BC-US--Dam Repairs, 1st Ld-Writethru,520\n^Repairs to dam halted\n^\t   TOLLIVER (AP) _ They stopped.\n",
    b"r a BC-US--DamRepairs 1stLd-Writethru   04-07 0600\n^BC-US--Dam Repairs, 1st Ld-Writethru,520<\n^Repairs to dam halted<\n"
    b"TOLLIVER (AP) _ They stopped.",
]


@pytest.mark.parametrize("payload", PASTED)
def test_copy_pasted_from_a_screen_is_read(payload: bytes) -> None:
    item = anpa(payload)
    assert (item.slug, item.headline) == ("BC-US--Dam Repairs, 1st Ld-Writethru,520", "Repairs to dam halted")
    assert (item.body, item.warnings) == ("TOLLIVER (AP) _ They stopped.", ())


@pytest.mark.parametrize(
    "prose",
    [
        "BC-Ferries raised fares on Monday, the company said.",
        "a b BC is a province. It was 11-13 when the whistle blew.",
        "In 1987 the wire a0713 was long, said a man from the AP-WF-11-13-13 desk.",
        "^ caret first, but no keyword line. Then some words.",
        "SEOUL, Sept. 12 (Yonhap) -- The frost came back on Tuesday, growers said.",
        "r a m p a g e\nThe word was spelt out on 11-13 in letters as tall as a house.",
        "W2607 is a number. It stands at the head of prose.",
    ],
)
def test_prose_is_not_taken_for_a_transmission(prose: str) -> None:
    (item,) = items(prose.encode())
    assert isinstance(item, Item)
    assert (item.format, item.body) == ("text", prose)
