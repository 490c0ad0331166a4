"""What a payload is, told by its content; and what is said of one that nothing matches."""

from __future__ import annotations

import pytest

from writethru.formats import decode, sniff
from writethru.records import Feed, Item, ParseError, RawMessage


@pytest.mark.parametrize(
    ("payload", "syntax"),
    [
        (b'{"uri": "urn:x"}', "json"),
        (b' \r\n[{"uri": "urn:x"}]', "json"),
        (b"[]", "json"),
        (b"[ATTENTION - ADDS quotes ///]", "text"),
        (b"{\\rtf1 x}", "text"),
        (b'<?xml version="1.0"?><rss/>', "xml"),
        (b"<!-- saved --><rss/>", "xml"),
        (b"<rss version='2.0'><channel/></rss>", "xml"),
        (b"<CORRECTED> - HARBOUR COUNCIL SEES LOSS", "text"),
        (b"<QXT.A> RAISES DIVIDEND", "text"),
        ("<rss><channel/></rss>".encode("utf-16-le"), "xml"),
        ('{"a": 1}'.encode("utf-32-be"), "json"),
        (b"\x01a0713 u i BC-Tide", "text"),
        (b"ZCZC abc", "text"),
        (b"", "empty"),
        (b" \n", "empty"),
        (b"null", "empty"),
        (b"From: a@x.example\nDate: x\n\n{}", "text"),
    ],
)
def test_the_syntax_is_told_by_the_first_characters(payload: bytes, syntax: str) -> None:
    assert sniff.syntax(payload) == syntax


@pytest.mark.parametrize(
    "opening",
    [
        b"SEOUL, March 11 (Yonhap) -- ",
        b"(2nd LD) Tide wall holds ",
        b"\xed\x95\xad\xea\xb5\xac \xeb\xa7\x88\xec\x9d\x84 ",
        b"1 Tide wall of Port Ellery ",
        b" \r\ntide wall holds, ",
        b"Norland-ferry-aground,2ndlead\n",
        b"NU/FLASH-U\n\n",
        b"AVANCE: cierra el puerto\n\n",
        b"Tidewall-repairs go on. ",
    ],
)
def test_copy_that_opens_as_no_frame_does_is_told_at_once(opening: bytes) -> None:
    assert sniff.is_prose(opening + b"The wall of Port Ellery held.")


@pytest.mark.parametrize("payload", [b"Wall holds\n", b"(LEAD) Wall holds", b"Wall holds, " + b"x" * 13])
def test_prose_may_be_shorter_than_the_padding_of_a_frame(payload: bytes) -> None:
    assert sniff.is_prose(payload)


@pytest.mark.parametrize(
    "opening",
    [
        b"From desk@harbour.example Wed\n",
        b"From: a@x.example\n",
        b"Note : the wall holds, the\n",
        b"Subject: the wall holds\nFrom: a@x.example\n",
        b"Subject: the wall\n holds\n",
        b"Message-ID: <1@x.example>\n",
        b"\r\nFrom desk@harbour.example Wed\n",
        b"ra BC-EU--Ellery-Tide 03-11 0490\n",
        b"C T\r\n\x01a0713\r\nr i ",
        b"BC-Ellery Tide,480<\r\n",
        b"bdt0045 4 pl 217 dpa 0045\n",
        b"r a BC-EU--Ellery-Tide 03-11 0490\n",
        b"^BC-EU--Ellery-Tide,480<\n",
        b"\x16\x16\x01W2001\x1fellery\r\n",
        b"AP-Ellery.",
    ],
)
def test_what_may_open_a_frame_or_a_mail_is_asked_about(opening: bytes) -> None:
    assert not sniff.is_prose(opening)


G2 = b'<newsItem guid="urn:x"><contentMeta><headline>Wall holds</headline></contentMeta></newsItem>'
NINJS = b'{"uri": "urn:x", "version": "1", "headline": "Wall holds"}'


@pytest.mark.parametrize(
    ("payload", "format_"),
    [(G2, "newsml-g2"), (NINJS, "ninjs-1"), (b"The wall of Port Ellery held.", "text")],
)
@pytest.mark.parametrize("topic", ["wire.raw", "wire.rss", "mail"])
@pytest.mark.parametrize("declared", [b"application/json", b"text/xml; charset=utf-8", b"message/rfc822", b"text/plain"])
def test_content_comes_before_header_and_feed_and_the_topic_says_nothing(payload: bytes, format_: str, topic: str, declared: bytes) -> None:
    message = RawMessage(payload, topic, 0, 0, 0, headers=(("content-type", declared),))
    (found,) = decode(message, Feed(topic, format="json-feed")).items
    assert isinstance(found, Item)
    assert found.format == format_


@pytest.mark.parametrize(
    ("payload", "seen"),
    [
        (b"<invoice xmlns='urn:shop'><total>4</total></invoice>", ("root element invoice of urn:shop", "newsmlg2", "feeds")),
        (b'{"temperature": 4, "wind": "NE"}', ("temperature, wind", "ninjs", "jsonfeed")),
        (b"%PDF-1.7\n", ("a PDF document", "mail")),
        (bytes(range(1, 30)) * 20, ("01 02 03", "mail")),
        (b"id,name,price,unit\n1,a,2,kg\n2,b,3,kg\n", ("a table of 4 columns", "id,name", "mail")),
        (b"<!DOCTYPE html><html><body/></html>", ("an HTML page", "feeds")),
    ],
)
def test_an_unknown_shape_names_what_was_looked_at(payload: bytes, seen: tuple[str, ...]) -> None:
    with pytest.raises(ParseError) as refused:
        decode(RawMessage(payload, "wire.raw", 0, 0, 0))
    assert refused.value.reason == "unknown_format"
    assert [word for word in seen if word not in refused.value.detail] == []
    assert len(refused.value.detail) <= 400
