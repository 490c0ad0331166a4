"""Mail: what is one, what its headers say, which part is the copy, what hangs on it; and that nothing in it takes long."""

from __future__ import annotations

import time

import pytest

from tests.schema_check import check_ninjs
from writethru import reader
from writethru.formats import decode
from writethru.records import Article, Feed, Item, ItemLink, ItemNote, NotAnArticle, ParseError, RawMessage

HEAD = b"""From: Harbour News Agency <wire@harbour.example>
Date: Wed, 11 Mar 2026 11:40:00 GMT
Subject: Ferry afloat again
Message-ID: <7760@harbour.example>
"""


def sent(payload: bytes) -> Item:
    (found,) = decode(RawMessage(payload, "wire.raw", 0, 0, 0)).items
    assert isinstance(found, Item)
    check_ninjs({"uri": "urn:x", **found.extra, "subjects": list(found.subjects)})
    return found


def with_header(line: str) -> Item:
    return sent(HEAD + line.encode() + b"\n\nThe ferry is afloat again.\n")


def multipart(*parts: bytes, kind: bytes = b"mixed") -> Item:
    inner = b"".join(b"--=_b\n" + part + b"\n" for part in parts)
    return sent(HEAD + b"MIME-Version: 1.0\nContent-Type: multipart/" + kind + b'; boundary="=_b"\n\n' + inner + b"--=_b--\n")


PLAIN = b"Content-Type: text/plain; charset=utf-8\n\nThe plain part.\n"
HTML = b"Content-Type: text/html; charset=utf-8\n\n<p>The HTML <b>part</b>.</p><p>Second.</p>\n"


def test_headers_go_where_they_belong() -> None:
    found = sent(HEAD + b"Keywords: ports, ferries\nContent-Language: en-GB\nComments: not for Friday\n\nThe ferry is afloat again.\n")
    assert (found.format, found.headline, found.uri) == ("mail", "Ferry afloat again", "7760@harbour.example")
    assert (found.providers, found.byline) == (("harbour.example", "Harbour News Agency"), "")
    assert (found.version_created, found.language) == ("Wed, 11 Mar 2026 11:40:00 GMT", "en-GB")
    assert found.subjects == ({"name": "ports"}, {"name": "ferries"})
    assert found.notes == (ItemNote("comments", "not for Friday"),)
    assert found.body == "The ferry is afloat again."


def test_where_the_house_is_named_the_sender_is_a_person() -> None:
    found = with_header("Organization: Harbour News Agency").providers
    assert found == ("Harbour News Agency", "harbour.example")
    payload = HEAD.replace(b"Harbour News Agency <", b"Mara Quill <") + b"Organization: Harbour News Agency\n\nText.\n"
    assert (sent(payload).providers[0], sent(payload).byline) == ("Harbour News Agency", "Mara Quill")


def test_ties_to_other_mails() -> None:
    found = with_header("In-Reply-To: <1@x.example>\nReferences: <0@x.example>\n\t<1@x.example>\nSupersedes: <2@x.example>")
    assert found.links == (
        ItemLink("in-reply-to", "1@x.example"),
        ItemLink("references", "0@x.example"),
        ItemLink("references", "1@x.example"),
        ItemLink("supersedes", "2@x.example"),
    )


@pytest.mark.parametrize(
    ("printed", "headline"),
    [
        (b"=?utf-8?Q?F=C3=A4hre_l=C3=A4uft?= auf", "F\u00e4hre l\u00e4uft auf"),
        (b"=?ISO-8859-1?B?RuRocmU=?=", "F\u00e4hre"),
        (b"=?utf-8?B?w6TDpA==?=\n =?utf-8?Q?_x?=", "\u00e4\u00e4 x"),
        (b"=?utf-8?Q?split =C3?= =?utf-8?Q?=A4?=", "split \u00e4"),
        (b"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "\u65e5\u672c"),
        (b"=?utf-8*en?Q?with_language?=", "with language"),
        (b"=?no-such-set?Q?caf=E9?=", "caf\u00e9"),
        (b"=?utf-8?B?!!!?= stays", "stays"),
        (b"a =? b ?=", "a =? b ?="),
        (b"F\xc3\xa4hre raw", "F\u00e4hre raw"),
        (b"F\xe4hre raw", "F\u00e4hre raw"),
        (b"folded\n  line\r\n\tends", "folded line ends"),
        (b"", ""),
    ],
)
def test_subjects_are_decoded(printed: bytes, headline: str) -> None:
    assert sent(HEAD.replace(b"Ferry afloat again", printed) + b"\nText of the mail.\n").headline == headline


@pytest.mark.parametrize(
    ("parts", "body"),
    [
        ((PLAIN, HTML), "The plain part."),
        ((HTML, PLAIN), "The plain part."),
        ((HTML,), "The HTML part.\n\nSecond."),
        ((PLAIN.replace(b"The plain part.", b""), HTML), "The HTML part.\n\nSecond."),
        ((PLAIN, PLAIN.replace(b"The plain", b"The second")), "The plain part.\n\nThe second part."),
        (
            (b'Content-Type: multipart/alternative; boundary="=_i"\n\n--=_i\n' + HTML + b"--=_i\n" + PLAIN + b"--=_i--\n",),
            "The plain part.",
        ),
    ],
)
def test_the_plain_part_is_the_copy_else_the_html_part(parts: tuple[bytes, ...], body: str) -> None:
    assert multipart(*parts).body == body


@pytest.mark.parametrize(
    ("headers", "content", "body", "encoding"),
    [
        (b"Content-Transfer-Encoding: base64", b"UE9SVCBFTExFUlk=", "PORT ELLERY", "utf-8"),
        (
            b"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable",
            b"f=C3=BCr =\nzwei",
            "f\u00fcr zwei",
            "utf-8",
        ),
        (b"Content-Type: text/plain; charset=iso-8859-1", b"f\xfcr 3 \x80", "f\u00fcr 3 \u20ac", "cp1252"),
        (b"Content-Type: text/plain; charset=koi8-r", "мир".encode("koi8-r"), "мир", "koi8-r"),
        (b"Content-Type: text/plain", b"f\xc3\xbcr", "f\u00fcr", "utf-8"),
        (b"Content-Type: text/plain; format=flowed", b"One \nline.\n\n Two", "One line.\n\nTwo", "utf-8"),
        (b"Content-Type: text/plain; format=flowed; delsp=yes", b"One \nline", "Oneline", "utf-8"),
        (b"Content-Type: text/plain; format=flowed", b"Text\n-- \nDesk", "Text\n-- \nDesk", "utf-8"),
    ],
)
def test_the_transfer_encoding_is_undone(headers: bytes, content: bytes, body: str, encoding: str) -> None:
    found = sent(HEAD + headers + b"\n\n" + content + b"\n")
    assert (found.body, found.encoding) == (body, encoding)


@pytest.mark.parametrize("charset", [b"us\0ascii", b"idna", b"undefined", b"base64", b"punycode", b"''", b"x" * 9000])
def test_a_character_set_that_is_none_loses_no_text(charset: bytes) -> None:
    found = sent(HEAD + b"Content-Type: text/plain; charset=" + charset + b"\n\nThe ferry is afloat \xc3\xa4gain.\n")
    assert found.body == "The ferry is afloat \u00e4gain."


def test_line_ends_are_folded() -> None:
    assert sent(HEAD.replace(b"\n", b"\r\n") + b"\r\nOne.\r\n\r\nTwo.\r\n").body == "One.\n\nTwo."


def test_attachments_are_listed_by_name_type_and_size() -> None:
    found = multipart(
        PLAIN,
        b'Content-Type: image/jpeg\nContent-Disposition: attachment; filename="C:\\pics\\wall.jpg"\n'
        b"Content-Transfer-Encoding: base64\n\n/9j/4AAQ\n",
        b'Content-Type: text/plain\nContent-Disposition: attachment; filename="=?utf-8?Q?F=C3=A4hre=2Etxt?="\n\nnot the copy',
        b"Content-Type: application/octet-stream\nContent-Disposition: attachment; filename*=utf-8''H%C3%A4fen.bin\n\nx",
        b"Content-Type: message/rfc822\n\nFrom: a@x.example\nSubject: inner\n\nAn inner mail.\n",
    )
    assert found.body == "The plain part."
    listed = [(one["name"], one.get("type"), one["renditions"][0]["contentType"]) for one in found.extra["associations"]]
    assert listed == [
        ("wall.jpg", "picture", "image/jpeg"),
        ("F\u00e4hre.txt", None, "text/plain"),
        ("H\u00e4fen.bin", None, "application/octet-stream"),
        ("attachment4", None, "message/rfc822"),
    ]
    assert found.extra["associations"][0]["renditions"][0]["sizeInBytes"] == 6
    assert all(one["uri"].startswith("ni:///sha-256;") for one in found.extra["associations"])


def test_a_mail_without_text_is_still_one() -> None:
    found = multipart(b"Content-Type: application/pdf\n\nx")
    assert (found.headline, found.body, len(found.extra["associations"])) == ("Ferry afloat again", "", 1)


def test_a_lost_boundary_leaves_the_text() -> None:
    found = sent(HEAD + b'Content-Type: multipart/mixed; boundary="=_b"\n\nThe ferry is afloat again.\n')
    assert found.body == "The ferry is afloat again."
    assert found.warnings == ("mime:StartBoundaryNotFound", "mime:MultipartInvariantViolation")


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        (b"Auto-Submitted: auto-replied", "auto-reply"),
        (b'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"', "delivery-status"),
        (b'Content-Type: multipart/report; report-type="disposition-notification"; boundary="=_b"', "disposition-notification"),
    ],
)
def test_what_a_machine_answers_is_no_article(headers: bytes, reason: str) -> None:
    with pytest.raises(NotAnArticle) as skipped:
        sent(HEAD + headers + b"\n\nI am away.\n")
    assert skipped.value.reason == reason


@pytest.mark.parametrize(
    "payload",
    [
        b"From wire@harbour.example Wed Mar 11 10:15:02 2026\n" + HEAD + b"\nText.\n",
        b"\r\n" + HEAD.replace(b"\n", b"\r\n") + b"\r\nText.\r\n",
        b"Received: from a by b; Wed, 11 Mar 2026 10:15:02 +0000\nSubject: No sender\n\tfolded\nDate: Wed\nMIME-Version: 1.0\n\nText.\n",
        b"From: wire@harbour.example\nSubject: Bare\n\nText.\n",
    ],
)
def test_what_is_a_mail(payload: bytes) -> None:
    assert (sent(payload).format, sent(payload).body) == ("mail", "Text.")


@pytest.mark.parametrize(
    "payload",
    [
        b"WASHINGTON: The council met on Wednesday.\n\nIt voted at noon.",
        b"Note: this is a story.\nDate: Monday\n\nThe council met.",
        b"From: the desk\nTo: all editors\nSubject: coverage\n\nWe plan to cover the vote.",
        b"Subject: Floods\nDate: 11 March\n\nThe council met on Wednesday.",
        b"From: wire@harbour.example\nSubject: head lines without an end",
        b"From: wire@harbour.example\nThe council met.\nSubject: late\n\nIt voted at noon.",
        b"Eds: ADDS photo\nBy: Mara Quill\n\nPORT ELLERY (Harbour) - The wall held.",
    ],
)
def test_prose_that_begins_with_a_word_and_a_colon_is_no_mail(payload: bytes) -> None:
    found = sent(payload)
    assert (found.format, found.body) == ("text", payload.decode())


def nested(depth: int) -> bytes:
    opening = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(depth))
    return HEAD + opening + b"Content-Type: text/plain\n\ndeep\n"


def test_nested_parts_are_read_to_the_limit_and_no_deeper() -> None:
    assert sent(nested(50)).body == "deep"
    with pytest.raises(ParseError) as refused:
        sent(nested(2000))
    assert refused.value.reason == "too_deep"
    with pytest.raises(ParseError) as refused:
        sent(HEAD + b"Content-Type: message/rfc822\n\n" * 2000)
    assert refused.value.reason == "too_deep"


@pytest.mark.parametrize(
    "payload",
    [
        HEAD + b"X-Long: " + b"x" * 1_000_000 + b"\n\nText.",
        HEAD.replace(b"Ferry", b"=?utf-8?Q?" * 100_000) + b"\nText.",
        HEAD.replace(b"wire@", b"(" * 60_000) + b"\nText.",
        HEAD.replace(b"wire@", b"<a@b>," * 10_000) + b"\nText.",
        HEAD + b"References: " + b"<a@b> " * 10_000 + b"\n\nText.",
        HEAD + b"Content-Type: text/plain" + b"; a=b" * 11_000 + b"\n\nText.",
        HEAD + b"Content-Type: text/plain" + b"; a*0=b" * 8_000 + b"\n\nText.",
        HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 60_000,
        HEAD + b"X: y\n" * 12_000 + b"\nText.",
        HEAD + b"Content-Type: text/plain; format=flowed\n\n" + b"a \n" * 200_000,
        HEAD + b"\n" + b"\n" * 240_000 + b"Text.",
        HEAD + b"Content-Transfer-Encoding: base64\n\n" + b"!" * 1_000_000,
        HEAD + b"Content-Transfer-Encoding: quoted-printable\n\n" + b"=" * 1_000_000,
        HEAD + b"Content-Transfer-Encoding: x-uuencode\n\n" + b"begin 644 x\n" * 20_000,
        HEAD + b"Content-Type: text/html\n\n" + b"<b " * 300_000,
    ],
)
def test_hostile_mail_takes_little_time(payload: bytes) -> None:
    started = time.process_time()
    try:
        sent(payload)
    except ParseError:
        pass
    assert time.process_time() - started < 3


BARE = b"Subject: Ferry afloat again\nX-Desk: coast\n\nThe ferry is afloat again.\n"


def test_header_lines_that_a_memo_may_have_too_are_a_mail_where_the_transport_says_so() -> None:
    (found,) = decode(RawMessage(BARE, "wire.raw", 0, 0, 0, headers=(("Content-Type", b" Message/RFC822; x=y"),))).items
    assert isinstance(found, Item)
    assert (found.format, found.headline, found.body) == ("mail", "Ferry afloat again", "The ferry is afloat again.")


def test_or_where_the_feed_says_so() -> None:
    (found,) = decode(RawMessage(BARE, "wire.raw", 0, 0, 0), Feed("wire.raw", format="mail")).items
    assert isinstance(found, Item)
    assert found.format == "mail"


def test_and_plain_text_where_nobody_does() -> None:
    assert sent(BARE).format == "text"


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(ParseError) as refused:
        sent(HEAD + b"\n" + b"\n" * 1_000_000)
    assert refused.value.reason == "too_large"


def test_a_keyword_line_for_a_subject_is_the_slug() -> None:
    payload = (
        "From: AP <wire@ap.org>\nDate: Wed, 11 Mar 2026 10:15:00 +0000\nSubject: BC-EU--Ferry Aground, 2nd Ld-Writethru\n"
        "Message-ID: <c@ap.org>\nContent-Type: text/plain; charset=utf-8\n\nFerry aground off Skerrin\nBy JANE ROW\nAssociated Press\n\n"
        "SKERRIN, Norland (AP) \u2014 A ferry ran aground.\n"
    )
    (found,) = reader.read(payload.encode())
    assert isinstance(found, Article)
    assert (found.article["slugline"], found.wire.ordinal, found.wire.complete) == ("BC-EU--Ferry Aground", 2, True)
    assert (found.headline, found.body) == ("Ferry aground off Skerrin", "A ferry ran aground.")
