"""IPTC 7901: the header and its numbers, mark lines, slug and headline, the notebook, the time group; with SOH lost or padding in front."""

from __future__ import annotations

import pytest

from writethru.formats import decode
from writethru.records import Item, NotAnArticle, ParseError, RawMessage

HEADER = b"\x01bdt0045 4 sp 217 dpa 0045\r\n"
HEAD = b"\x022ND LEAD\r\n3RD NET\r\nFootball/Norland/\r\nNorland coach Lind drops captain =\r\n"
BYLINE = b"By Manuel Hartwig, dpa =\r\n"
COPY = b'Skerrin (dpa) - Norland coach Per Lind has dropped his captain.\r\n\r\n"He understood," Lind said.\r\n'
END = b"dpa mh ag\r\n\x03071341 GMT Okt 15 \r\n\x04"
WHOLE = HEADER + HEAD + BYLINE + COPY + END
TEXT = 'Skerrin (dpa) - Norland coach Per Lind has dropped his captain.\n\n"He understood," Lind said.\ndpa mh ag'


def items(payload: bytes) -> tuple[Item | ParseError | NotAnArticle, ...]:
    return decode(RawMessage(payload, "wire.raw", 0, 0, 0)).items


def iptc(payload: bytes) -> Item:
    (item,) = items(payload)
    assert isinstance(item, Item)
    assert item.format == "iptc-7901"
    return item


def headed(head: str, header: bytes = HEADER) -> Item:
    return iptc(header + b"\x02" + head.encode("latin-1").replace(b"\n", b"\r\n") + COPY + END)


def test_the_header_gives_numbers_priority_category_and_agency() -> None:
    item = iptc(WHOLE)
    assert item.alt_ids == (
        {"role": "transmission", "value": "dpa 0045"},
        {"role": "header", "value": "bdt0045 4 sp 217 dpa 0045"},
    )
    assert (item.urgency, item.subjects, item.providers) == (4, ({"literal": "sp"},), ("dpa Deutsche Presse-Agentur GmbH",))


def test_slug_headline_body_and_time_are_read() -> None:
    item = iptc(WHOLE)
    assert (item.slug, item.headline) == ("Football/Norland/", "Norland coach Lind drops captain")
    assert item.body == f"2ND LEAD\n3RD NET\nBy Manuel Hartwig, dpa\n{TEXT}"
    assert (item.version_created, item.warnings) == ("2015-10-07T13:41:00Z", ())


@pytest.mark.parametrize(
    "payload",
    [
        WHOLE.replace(b"\r\n", b"\n"),
        WHOLE.removeprefix(b"\x01"),
        b"\x7f\x7f" + WHOLE,
        b"\x7f\x7f" + WHOLE.removeprefix(b"\x01"),
        b"\x16\x16\r\n" + WHOLE,
        WHOLE.replace(b"\r\n\x02", b"\x02"),
        WHOLE.replace(b"\x02", b""),
        WHOLE.replace(b"\x03", b""),
        WHOLE.translate(None, b"\x01\x02\x03\x04"),
    ],
    ids=["LF", "no SOH", "DEL in front", "DEL and no SOH", "SYN in front", "STX on the header line", "no STX", "no ETX", "no controls"],
)
def test_what_transport_does_to_the_frame_changes_nothing(payload: bytes) -> None:
    item, whole = iptc(payload), iptc(WHOLE)
    assert (item.slug, item.headline, item.body, item.version_created) == (whole.slug, whole.headline, whole.body, whole.version_created)
    assert (item.alt_ids, item.urgency, item.subjects, item.providers) == (whole.alt_ids, whole.urgency, whole.subjects, whole.providers)


@pytest.mark.parametrize(
    ("trailer", "stamp"),
    [
        ("071341 GMT Okt 15 ", "2015-10-07T13:41:00Z"),
        ("101137 GMT Dez 18", "2018-12-10T11:37:00Z"),
        ("101137 GMT Dec 18", "2018-12-10T11:37:00Z"),
        ("091223 dec 18", "2018-12-09T12:23:00"),
        ("091223 Mrz 26", "2026-03-09T12:23:00"),
        ("091223 CEST Mai 26", "2026-05-09T12:23:00 CEST"),
        ("211005 GMT Sep 87", "1987-09-21T10:05:00Z"),
        ("071341 GMT Xyz 15", "071341 GMT Xyz 15"),
        ("", None),
    ],
)
def test_the_time_behind_the_text_is_the_versions(trailer: str, stamp: str | None) -> None:
    item = iptc(HEADER + HEAD + BYLINE + COPY + b"dpa mh ag\r\n\x03" + trailer.encode() + b"\r\n\x04")
    assert (item.version_created, item.body) == (stamp, iptc(WHOLE).body)


def test_a_number_of_the_service_is_the_items_where_it_has_no_other() -> None:
    item = iptc(WHOLE.replace(b" 217 dpa 0045", b" 217"))
    assert item.alt_ids[0] == {"role": "transmission", "value": "bdt0045"}
    assert item.providers == ("dpa Deutsche Presse-Agentur GmbH",)


def test_a_source_of_a_regional_service_is_its_agency() -> None:
    assert iptc(WHOLE.replace(b"dpa 0045", b"dpa/lni 0045")).providers == ("dpa Deutsche Presse-Agentur GmbH",)


def test_an_unknown_source_proves_nothing() -> None:
    assert iptc(WHOLE.replace(b"bdt0045", b"xyz0045").replace(b"217 dpa", b"217 Skerrin")).providers == ()


@pytest.mark.parametrize("mark", ["REFILE", "1ST LEAD", "EXTRA", "(Achtung)", "3RD NET", "CORRECTION", "URGENT", "(Eil)"])
def test_a_mark_line_stays_in_the_head(mark: str) -> None:
    item = headed(f"{mark}\nImpressum der Woche =\n")
    assert (item.headline, item.body) == ("Impressum der Woche", f"{mark}\n{TEXT}")


def test_a_headline_over_two_lines_is_one() -> None:
    assert headed("Norland/\nNorland coach Lind drops captain for\ndecisive qualifier =\n").headline == (
        "Norland coach Lind drops captain for decisive qualifier"
    )


def test_a_headline_without_its_sign_is_the_line_above_the_copy() -> None:
    item = headed("Accord entre Norland et Ambar\n")
    assert (item.headline, item.body) == ("Accord entre Norland et Ambar", TEXT)


def test_copy_without_a_headline_loses_no_line_to_it() -> None:
    item = iptc(HEADER + b"\x02" + COPY + END)
    assert (item.headline, item.body) == ("", TEXT)


@pytest.mark.parametrize("slug", ["US-Space/", "Australia-Queen/", "Slug/Words/", "Fußball/EM/", "Bundesliga, 1. Spieltag/", "USA/Wahlen"])
def test_slug_lines_are_told_by_their_stroke(slug: str) -> None:
    item = headed(f"{slug}\nHeadline of it =\n")
    assert (item.slug, item.headline) == (slug, "Headline of it")


def test_a_headline_with_a_stroke_is_no_slug() -> None:
    item = headed("Open 24/7 until dawn =\n")
    assert (item.slug, item.headline) == ("", "Open 24/7 until dawn")


@pytest.mark.parametrize("words", ["KILL KILL KILL", "HOLD HOLD HOLD"])
def test_a_kill_has_no_headline_and_its_bells_are_gone(words: str) -> None:
    head = f"\x02US-Space/\r\n{words} \x07\x07\x07\x07\x07''''' =\r\n"
    copy = 'Please kill item dpa 157 "Norland launches Mars\r\nrocket". A substitute will run.\r\n'
    item = iptc(HEADER + head.encode() + copy.encode() + END)
    assert (item.slug, item.headline) == ("US-Space/", "")
    assert item.body == f"{words} '''''\nPlease kill item dpa 157 \"Norland launches Mars rocket\". A substitute will run.\ndpa mh ag"


def test_the_notebook_keeps_its_lines() -> None:
    notebook = "# Notebook\n\n## Note to editors\n- adds comments by coach Lind, byline\n- adds table\n\n## Internet\n- http://dpaq.de/x"
    item = iptc(HEADER + HEAD + COPY + b"\r\n" + notebook.encode().replace(b"\n", b"\r\n") + b"\r\n" + END)
    assert item.body == f"2ND LEAD\n3RD NET\n{TEXT.removesuffix('dpa mh ag')}\n{notebook}\ndpa mh ag"
    assert item.version_created == "2015-10-07T13:41:00Z"


def test_paragraphs_broken_at_a_fixed_width_are_one() -> None:
    copy = (
        b"   Skerrin (dpa) - Norland coach Per Lind has dropped his captain for\r\nFriday's match.\r\n"
        b'   "He understood at once," Lind told a news conference.\r\ndpa mh ag\r\n\x03'
    )
    assert iptc(HEADER + b"\x02A headline =\r\n" + copy).body == (
        "Skerrin (dpa) - Norland coach Per Lind has dropped his captain for Friday's match.\n\n"
        '"He understood at once," Lind told a news conference.\n\ndpa mh ag'
    )


def test_paragraphs_parted_by_blank_lines_are_put_together_by_their_width() -> None:
    copy = (
        b"Skerrin (dpa) - Norland coach Per Lind has dropped his captain for\r\nFriday's match - and said\r\nnothing more.\r\n\r\n"
        b"Results:\r\nEllery - Holm 2:1\r\nAmbar - Skerrin 0:0\r\n\r\n"
        b"Norland need a point, and Ambar need two, to finish first in their\r\ngroup.\r\ndpa mh ag\r\n\x03"
    )
    assert iptc(HEADER + b"\x02A headline =\r\n" + copy).body == (
        "Skerrin (dpa) - Norland coach Per Lind has dropped his captain for Friday's match - and said\nnothing more.\n\n"
        "Results:\nEllery - Holm 2:1\nAmbar - Skerrin 0:0\n\n"
        "Norland need a point, and Ambar need two, to finish first in their group.\ndpa mh ag"
    )


@pytest.mark.parametrize(
    ("sent", "read"), [(b"M\xfcller", "Müller"), (b"\xabcatastrophe\xbb", "«catastrophe»"), (b"Hel\xe9n\x92s", "Helén\u2019s")]
)
def test_latin_letters_are_read(sent: bytes, read: str) -> None:
    item = iptc(HEADER + b"\x02" + sent + b" kommt =\r\n" + COPY + END)
    assert (item.headline, item.encoding) == (f"{read} kommt", "cp1252")


def test_utf8_is_read_where_it_is_sent() -> None:
    item = iptc(HEADER + "\x02Müller kommt „gern“ =\r\n".encode() + COPY + END)
    assert (item.headline, item.encoding) == ("Müller kommt „gern“", "utf-8")


def test_several_items_in_one_payload_are_an_item_each() -> None:
    second = WHOLE.replace(b"0045", b"0046")
    values = [item.alt_ids[0]["value"] for item in items(WHOLE + b"\r\n" + second) if isinstance(item, Item)]
    assert values == ["dpa 0045", "dpa 0046"]


def test_a_header_without_text_is_no_article() -> None:
    with pytest.raises(NotAnArticle, match="no_text"):
        items(HEADER + b"\x02\r\n\x03071341 GMT Okt 15\x04")


def test_a_text_that_was_cut_off_is_marked_so() -> None:
    assert iptc(HEADER + HEAD + COPY).warnings == ("no_end_of_text",)


@pytest.mark.parametrize(
    "prose",
    [
        "abc1234 5 km 300 is how the line began. It went on for a while.",
        "bdt0045 4 pl stands for a header, said the editor.",
        "Norland/\nNorland coach drops captain\n\nSKERRIN (AP) -- It rained.",
    ],
)
def test_prose_is_not_taken_for_a_transmission(prose: str) -> None:
    (item,) = items(prose.encode())
    assert isinstance(item, Item)
    assert item.format == "text"


@pytest.mark.parametrize("line", ["Sperrfrist 10. M\xe4rz 18.00 Uhr", "Extra", "Ganz wichtig f\xfcr alle"])
def test_a_line_right_above_the_slug_is_none_of_the_headline(line: str) -> None:
    item = headed(f"{line}\nFootball/Norland/\nNorland coach Lind drops captain =\n")
    assert (item.slug, item.headline) == ("Football/Norland/", "Norland coach Lind drops captain")
    assert item.body.startswith(f"{line}\n")


def test_an_embargo_above_a_headline_without_a_slug_is_none_of_it() -> None:
    item = headed("Sperrfrist 10. M\xe4rz 18.00 Uhr\nNorland coach Lind\ndrops captain =\n")
    assert (item.slug, item.headline) == ("", "Norland coach Lind drops captain")
    assert item.body.startswith("Sperrfrist 10. M\xe4rz 18.00 Uhr\n")
