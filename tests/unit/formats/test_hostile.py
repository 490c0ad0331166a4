"""What a hostile or broken payload becomes: the right reason, no other exception, in little time."""

from __future__ import annotations

import gzip
import io
import json
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.schema_check import check_ninjs
from writethru import formats
from writethru.formats import Limits, decode
from writethru.records import Decoded, Feed, Item, NotAnArticle, ParseError, RawMessage

NINJS = {
    "uri": "urn:harbour:1",
    "version": "1",
    "type": "text",
    "headlines": [{"role": "main", "value": "Tide wall holds"}],
    "bodies": [{"contentType": "text/html", "value": "<p>PORT ELLERY (Harbour) - The wall held.</p><p>It rained &amp; blew.</p>"}],
    "subjects": [{"name": "flood", "uri": "medtop:20000139"}],
}
G2 = b"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:harbour:1" version="1"><itemMeta><itemClass qcode="ninat:text"/>
<provider qcode="nprov:HBW"/><versionCreated>2026-03-11T08:00:00Z</versionCreated><pubStatus qcode="stat:usable"/><edNote>Adds</edNote>
</itemMeta><contentMeta><urgency>4</urgency><headline>Tide wall holds</headline></contentMeta><contentSet>
<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>The wall held.</p></body></html>
</inlineXML></contentSet></newsItem>"""
TEXT = b"(LEAD) Tide wall holds\n\nPORT ELLERY, March 11 (Harbour) -- The wall held on Wednesday, the council said.\n(END)"


def sent(payload: bytes, feed: Feed | None = None, limits: Limits = Limits(), **members: object) -> Decoded:  # noqa: B008  # frozen
    return decode(RawMessage(payload, "wire.raw", 0, 0, 0, **members), feed, limits)  # type: ignore[arg-type]


def item(payload: bytes, **members: object) -> Item:
    decoded = sent(payload, **members)  # type: ignore[arg-type]
    assert len(decoded.items) == 1
    assert isinstance(decoded.items[0], Item)
    return decoded.items[0]


def zipped(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


LAUGHS = b"<!ENTITY l0 'ha'>" + b"".join(b"<!ENTITY l%d '&l%d;&l%d;'>" % (n + 1, n, n) for n in range(40))

REFUSED = {
    "nothing": (b"", "empty"),
    "white space": (b" \r\n\t ", "empty"),
    "no-break spaces": ("\ufeff\u00a0\u00a0".encode(), "empty"),
    "null": (b" null\n", "empty"),
    "empty array": (b"[]", "empty"),
    "empty object": (b"{}", "empty"),
    "20 MB of text": (b"a b c " * 3_500_000, "too_large"),
    "20 MB of JSON": (b'{"uri": "' + b"x" * 20_000_000 + b'"}', "too_large"),
    "JSON 10,000 deep": (b'{"uri":' * 10_000 + b"1" + b"}" * 10_000, "too_deep"),
    "arrays 10,000 deep": (b"[" * 10_000 + b"]" * 10_000, "too_deep"),
    "unclosed 10,000 deep": (b'{"a":[' * 10_000, "too_deep"),
    "JSON 101 deep": (b'{"a":' * 101 + b"1" + b"}" * 101, "too_deep"),
    "deep behind breadth": (b'{"a":[' + b"{}," * 5000 + b"[" * 200 + b"]" * 200 + b"]}", "too_deep"),
    "XML 10,000 deep": (b"<newsItem>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</newsItem>", "too_deep"),
    "XML 101 deep": (b"<newsItem>" + b"<a>" * 100 + b"</a>" * 100 + b"</newsItem>", "too_deep"),
    "XML 101 deep by entities": (b"<!DOCTYPE n><n>" + b"<a>" * 100 + b"<&sol;a>" * 100 + b"</n>", "too_deep"),
    "HTML in JSON 10,000 deep": (json.dumps({**NINJS, "bodies": [{"value": "<div>" * 10_000 + "x</div>"}]}).encode(), "too_deep"),
    "billion laughs": (b"<!DOCTYPE newsItem [" + LAUGHS + b"]><newsItem>&l40;</newsItem>", "entities"),
    "external entity": (b'<!DOCTYPE newsItem [<!ENTITY x SYSTEM "file:///etc/hostname">]><newsItem>&x;</newsItem>', "entities"),
    "parameter entity": (b'<!DOCTYPE newsItem [<!ENTITY % x SYSTEM "http://localhost/x.dtd"> %x;]><newsItem/>', "entities"),
    "laughs in UTF-16": ("<!DOCTYPE a [<!ENTITY l 'ha'>]><newsItem>&l;</newsItem>".encode("utf-16"), "entities"),
    "truncated XML": (G2[:400], "truncated"),
    "XML cut in a tag": (G2[:-8], "truncated"),
    "truncated JSON": (json.dumps(NINJS).encode()[:120], "truncated"),
    "JSON without its last brace": (json.dumps(NINJS).encode()[:-1], "truncated"),
    "truncated gzip": (gzip.compress(TEXT * 50)[:-40], "truncated"),
    "truncated zip": (zipped(story=TEXT * 50)[:-30], "truncated"),
    "gzip bomb": (gzip.compress(bytes(200_000_000), 9), "too_large"),
    "zip bomb": (zipped(story=b" " * 100_000_000), "too_large"),
    "unpacked over the limit": (gzip.compress(TEXT * 100_000, 0)[:100] + b"", "truncated"),
    "corrupt gzip": (b"\x1f\x8b\x08\x00" + b"\xff" * 200, "invalid"),
    "zip with two members": (zipped(one=TEXT, two=TEXT), "unknown_format"),
    "zip with none": (zipped(), "unknown_format"),
    "gzip in gzip": (gzip.compress(gzip.compress(TEXT)), "unknown_format"),
    "mismatched tags": (b"<newsItem><itemMeta></contentMeta></newsItem>", "invalid"),
    "XML of no known kind": (b"<invoice><total>4</total></invoice>", "unknown_format"),
    "JSON of no known kind": (b'{"temperature": 4, "wind": "NE"}', "unknown_format"),
    "JSON Schema": (b'{"$schema": "x", "title": "ninjs", "type": "object", "properties": {}}', "unknown_format"),
    "HTML page": (b"<!DOCTYPE html><html><body><p>Bad gateway</p></body></html>", "unknown_format"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "unknown_format"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)), "unknown_format"),
    "random bytes": (bytes((n * 197 + 31) % 256 for n in range(4000)), "unknown_format"),
    "base64": (b"QmVhciB3aXRoIG1l" * 40, "unknown_format"),
    "a table": (b"id,name,price,unit\n1,a,2,kg\n2,b,3,kg\n3,c,4,kg\n", "unknown_format"),
    "a number": (b"42", "unknown_format"),
    "a ping": (b"ping", "unknown_format"),
    "JSON with zero bytes": (b'{"uri": "a\0b", \0\0\0}', "encoding"),
    "JSON of binary": (b'{"uri": "' + bytes(range(128, 256)) + b'"}', "encoding"),
    "number with a leading zero": (b'{"uri": "urn:x", "urgency": 04}', "invalid"),
    "number beyond floats": (b'{"uri": "urn:x", "version": "\xed", "urgency": 1e999}', "invalid"),
    "number of 5,000 digits": (b'{"uri": "urn:x", "version": "\xed", "urgency": ' + b"9" * 5000 + b"}", "invalid"),
    "trailing rubbish": (b'{"uri": "urn:x", "version": "1"} {', "invalid"),
    "headline a list of numbers": (b'{"uri": "urn:x", "version": "1", "headline": [1, 2]}', "invalid"),
    "body a number": (b'{"uri": "urn:x", "version": "1", "body_text": 5}', "invalid"),
    "uri an object": (b'{"uri": {"a": 1}, "version": "1", "headline": "x"}', "invalid"),
    "100,000 items": (b"[" + b'{"uri":"u:x","version":"1"},' * 100_000 + b"{}]", "too_large"),
    "100,000 items of G2": (b"<newsMessage>" + b"<itemSet><newsItem/></itemSet>" * 100_000 + b"</newsMessage>", "too_large"),
    "100,000 lines": (b'{"uri":"u:x","version":"1"}\n' * 100_000, "too_large"),
    "a name of 60,000 letters": (b"<" + b"a" * 60_000 + b"></" + b"a" * 60_000 + b">", "too_large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    payload, reason = REFUSED[name]
    started = time.process_time()
    with pytest.raises(ParseError) as refused:
        sent(payload)
    assert refused.value.reason == reason, refused.value.detail
    assert 0 < len(refused.value.detail) <= 400
    assert time.process_time() - started < 2


def test_a_refusal_names_what_was_seen() -> None:
    for payload, seen in (
        (b"<invoice><total>4</total></invoice>", "invoice"),
        (b'{"temperature": 4, "wind": "NE"}', "temperature, wind"),
        (b"%PDF-1.7\n", "PDF"),
        (b"<!DOCTYPE html><html><body/></html>", "HTML page"),
        (b"id,name,price,unit\n1,a,2,kg\n2,b,3,kg\n", "table of 4 columns"),
    ):
        with pytest.raises(ParseError) as refused:
            sent(payload)
        assert refused.value.reason == "unknown_format"
        assert seen in refused.value.detail


def test_a_lower_limit_is_kept_after_unpacking() -> None:
    with pytest.raises(ParseError) as refused:
        sent(gzip.compress(TEXT * 1000), limits=Limits(unpacked=50_000, ratio=10_000))
    assert refused.value.reason == "too_large"
    assert item(gzip.compress(TEXT * 100), limits=Limits(unpacked=50_000)).body.startswith("(LEAD)")


@pytest.mark.parametrize("payload", [json.dumps(NINJS).encode(), G2, TEXT], ids=["ninjs", "g2", "text"])
def test_wrappings_change_neither_item_nor_id(payload: bytes) -> None:
    plain = sent(payload)
    two_members = gzip.compress(payload[:90]) + gzip.compress(payload[90:])
    for wrapped in (
        gzip.compress(payload),
        zipped(story=payload),
        b"\xef\xbb\xbf" + payload,
        gzip.compress(b"\xef\xbb\xbf" + payload),
        two_members,
    ):
        decoded = sent(wrapped)
        assert decoded.items == plain.items
        assert decoded.ids == plain.ids
        assert decoded.sha256 != plain.sha256


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_wide_encodings(encoding: str) -> None:
    text = "M\u00fcller \u201equotes\u201c \u043c\u0438\u0440 and more words"
    ninjs = json.dumps({**NINJS, "bodies": [{"value": text}]}, ensure_ascii=False)
    assert item(ninjs.encode(encoding)).body == text
    g2 = G2.decode().replace("The wall held.", text)
    read = item(g2.encode(encoding))
    assert read.body == text
    assert read.encoding.startswith(encoding[:6].rstrip("-s"))
    assert item(text.encode(encoding)).body == text


@pytest.mark.parametrize(
    ("declared", "raw", "encoding"),
    [
        ("ISO-8859-1", b"M\xfcller", "iso-8859-1"),
        ("ISO-8859-1", b"M\xfcller\x92s", "cp1252"),
        ("UTF-8", b"M\xfcller\x92s", "cp1252"),
        ("UTF-8", "M\u00fcller".encode(), "utf-8"),
        ("x-no-such-set", "M\u00fcller".encode(), "utf-8"),
        ("unicode_escape", b"M\\u00fcller", "utf-8"),
        ("windows-1251", "\u043c\u0438\u0440".encode("cp1251"), "cp1251"),
        ("iso-8859-15", b"\xa4 100", "iso8859-15"),
    ],
)
def test_declared_encodings_of_xml(declared: str, raw: bytes, encoding: str) -> None:
    payload = G2.replace(b"UTF-8", declared.encode()).replace(b"The wall held.", raw)
    read = item(payload)
    assert read.encoding == encoding
    assert read.body == raw.decode(encoding)


@pytest.mark.parametrize("raw", [b"\xfc", b"\xc3(", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xed\xa0\xbd\xed\xb8\x80", b"\xf8\x88\x80\x80\x80"])
@pytest.mark.parametrize("place", [b"The %b wall", b"<b title='%b'/>", b"<!-- %b -->", b"<?page %b?>", b"<![CDATA[%b]]>"])
def test_bytes_that_are_no_utf_8_are_never_read_as_such(place: bytes, raw: bytes) -> None:
    assert item(G2.replace(b"The wall held.", place.replace(b"%b", raw))).encoding == "cp1252"


@pytest.mark.parametrize(
    ("declared", "body", "used", "warnings"),
    [
        ("ISO-8859-1", "B\u00fclow and G\u00f6tz", "utf-8", ("declared_encoding:iso-8859-1",)),
        ("windows-1252", "He said: \u201cNo.\u201d", "utf-8", ("declared_encoding:cp1252",)),
        ("UTF-8", "B\u00fclow and G\u00f6tz", "utf-8", ()),
    ],
)
def test_utf_8_under_another_name_is_read_as_utf_8(declared: str, body: str, used: str, warnings: tuple[str, ...]) -> None:
    read = item(G2.replace(b"UTF-8", declared.encode()).replace(b"The wall held.", body.encode()))
    assert (read.body, read.encoding, read.warnings) == (body, used, warnings)
    plain = item(f"{body}, officials said.".encode(), headers=(("content-type", f"text/plain; charset={declared}".encode()),))
    assert (plain.body, plain.encoding, plain.warnings) == (f"{body}, officials said.", used, warnings)


def test_one_pair_that_would_be_utf_8_stays_what_was_declared() -> None:
    read = item(G2.replace(b"UTF-8", b"ISO-8859-1").replace(b"The wall held.", b"The sign \xc3\xbc"))
    assert (read.body, read.encoding, read.warnings) == ("The sign \xc3\xbc", "iso-8859-1", ())


def test_json_in_other_encodings() -> None:
    latin = json.dumps({**NINJS, "headlines": [{"value": "M\u00fcller \u00e0 Li\u00e8ge"}]}, ensure_ascii=False)
    read = item(latin.encode("latin-1"))
    assert (read.headline, read.encoding) == ("M\u00fcller \u00e0 Li\u00e8ge", "cp1252")
    greek = json.dumps({**NINJS, "headlines": [{"value": "\u0391\u03b8\u03ae\u03bd\u03b1"}]}, ensure_ascii=False).encode("iso-8859-7")
    read = item(greek, headers=(("Content-Type", b"application/json; charset=ISO-8859-7"),))
    assert (read.headline, read.encoding) == ("\u0391\u03b8\u03ae\u03bd\u03b1", "iso8859-7")


def test_text_in_declared_encoding() -> None:
    read = item(
        "\u041c\u043e\u0441\u043a\u0432\u0430 \u043d\u043e\u0432\u043e\u0441\u0442\u0438".encode("koi8-r"),
        headers=(("content-type", b"text/plain; charset=koi8-r"),),
    )
    assert (read.body, read.encoding) == ("\u041c\u043e\u0441\u043a\u0432\u0430 \u043d\u043e\u0432\u043e\u0441\u0442\u0438", "koi8-r")


def test_a_byte_of_no_encoding_is_kept() -> None:
    read = item(b"Storm hits the coast at \x81 dawn, officials said.")
    assert read.body == "Storm hits the coast at \x81 dawn, officials said."
    assert read.encoding == "iso-8859-1"


def test_half_a_surrogate_pair() -> None:
    read = item(rb'{"uri": "urn:x", "version": "1", "headline": "Flood \ud83c recedes"}')
    assert read.headline == "Flood \ufffd recedes"
    assert "repaired_json:surrogates" in read.warnings
    assert item(rb'{"uri": "urn:x", "version": "1", "headline": "Flood \ud83c\udf0a"}').headline == "Flood \U0001f30a"


def test_zero_character() -> None:
    assert item(rb'{"uri": "urn:x", "version": "1", "headline": "a\u0000b"}').headline == "a\ufffdb"
    assert item(rb'{"uri": "urn:x", "version": "1", "headline": "a\\u0000b"}').headline == r"a\u0000b"


def test_raw_line_end_in_a_json_string() -> None:
    assert item(b'{"uri": "urn:x", "version": "1", "headline": "a\nb"}').headline == "a\nb"


def test_the_later_of_two_equal_keys_counts() -> None:
    assert item(b'{"uri": "urn:x", "version": "1", "version": "2"}').version == "2"


def test_huge_attribute() -> None:
    payload = G2.replace(b'version="1">', b'version="1" xml:lang="' + b"e" * 5_000_000 + b'">')
    assert item(payload).headline == "Tide wall holds"


def test_200_000_attributes_in_one_tag_of_html() -> None:
    tag = "<p " + " ".join(f"a{n}=1" for n in range(200_000)) + ' class="lead">'
    started = time.process_time()
    assert item(json.dumps({**NINJS, "bodies": [{"value": tag + "One.</p><p class='caption'>A man.</p>"}]}).encode()).body == "One."
    assert time.process_time() - started < 2


def test_brackets_within_strings_are_not_depth() -> None:
    body = '[{"' * 5000
    assert item(json.dumps({**NINJS, "bodies": [{"value": body}]}).encode()).body == body


def test_control_characters_in_xml() -> None:
    read = item(G2.replace(b"The wall held.", b"The\x03 wall&#3; held.\x1a"))
    assert read.body == "The wall held."
    assert read.warnings == ("control_characters",)


def test_html_entities_in_xml() -> None:
    for payload in (G2, G2.replace(b"<newsItem", b'<!DOCTYPE newsItem SYSTEM "http://localhost/g2.dtd">\n<newsItem', 1)):
        read = item(payload.replace(b"The wall held.", b"M&uuml;ller&nbsp;&amp; Co"))
        assert read.body == "M\u00fcller\u00a0& Co"
        assert read.warnings == ("html_entities",)
    with pytest.raises(ParseError):
        sent(G2.replace(b"The wall held.", b"&nosuchentity;"))


def test_unknown_fields_are_named_up_to_twenty() -> None:
    read = item(json.dumps({**NINJS, **{f"x{n}": n + 1 for n in range(50)}}).encode())
    assert len(read.warnings) == 20
    assert read.warnings[0] == "unknown_field:x0"
    assert read.extra == {}


def test_text_that_looks_like_syntax() -> None:
    for text in (
        "[ATTENTION - updates throughout] Storm nears Ellery",
        "<CORRECTED> - HARBOUR COUNCIL SEES LOSS",
        '"We will stay," the mayor said',
    ):
        assert item(text.encode()).body == text


def test_what_the_transport_says_counts_where_content_does_not_tell() -> None:
    payload = b"1,2,3,4\n5,6,7,8\n9,1,2,3\n"
    with pytest.raises(ParseError):
        sent(payload)
    assert item(payload, headers=(("content-type", b"text/plain"),)).format == "text"
    assert item(payload, feed=Feed("wire.raw", format="text")).format == "text"
    assert item(G2, feed=Feed("wire.raw", format="text")).format == "newsml-g2"
    with pytest.raises(ParseError):
        sent(bytes(range(32)) * 20, feed=Feed("wire.raw", format="text"))


def survives(payload: bytes) -> None:
    """Nothing but the two exceptions, and whatever is read can be written: as UTF-8, and as valid ninjs 3.1."""
    try:
        decoded = sent(payload)
    except (ParseError, NotAnArticle):
        return
    assert len(decoded.items) == len(decoded.ids) > 0
    for member in decoded.items:
        assert isinstance(member, (Item, ParseError, NotAnArticle))
        if isinstance(member, Item):
            for text in (member.headline, member.body, member.slug, member.byline, *(note.text for note in member.notes)):
                text.encode("utf-8")
                assert "\r" not in text
            lists = {
                "subjects": list(member.subjects),
                "places": list(member.places),
                "genres": list(member.genres),
                "altIds": list(member.alt_ids),
            }
            check_ninjs({"uri": "urn:x", **member.extra, **lists})


PAYLOADS = [
    json.dumps(NINJS).encode(),
    json.dumps([NINJS, NINJS]).encode(),
    G2,
    TEXT,
    gzip.compress(G2),
    zipped(story=TEXT),
    G2.decode().encode("utf-16"),
]
FRAGMENTS = [
    b"<",
    b">",
    b"]]>",
    b"{",
    b"}",
    b"[",
    b'"',
    b"\\u",
    b"\\ud800",
    b"\0",
    b"\xff\xfe",
    b"&#0;",
    b"&x;",
    b"<!DOCTYPE",
    b"null",
    b"\x1f\x8b\x08",
    b"PK\x03\x04",
]


@settings(max_examples=400, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes(payload: bytes) -> None:
    survives(payload)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([b"{", b"[", b"<", b"<?xml", b"\x1f\x8b\x08", b"PK\x03\x04", b"\xff\xfe", b'{"uri":', b"<newsItem>"]),
    st.binary(max_size=200),
)
def test_any_bytes_after_a_known_beginning(start: bytes, payload: bytes) -> None:
    survives(start + payload)


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(PAYLOADS),
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.one_of(st.binary(max_size=6), st.sampled_from(FRAGMENTS))), min_size=1, max_size=4
    ),
)
def test_mutated_payloads(payload: bytes, cuts: list[tuple[float, int, bytes]]) -> None:
    for where, length, put in cuts:
        position = int(where * len(payload))
        payload = payload[:position] + put + payload[position + length :]
    survives(payload)


KEYS = sorted(
    "uri type version headline headlines body_text bodies byline by located slugline urgency pubstatus embargoed ednote language "
    "subject subjects place places person people organisations events objects genres infosource infoSources renditions associations "
    "altids altIds trustIndicators rightsInfo digitalSourceType descriptions description_x expires standard signals replacing "
    "evolvedfrom provider guid eventDetails format urn article_html categories ednotes notepad linkbox_html dateline".split()
)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "uri", "value", "role", "href", "geoJSON", "scheme", "code", "type", "coordinates", "address"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=500, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), JSON, min_size=1, max_size=8))
def test_any_values_of_known_properties(document: dict[str, object]) -> None:
    survives(json.dumps({"uri": "urn:x", "version": "1", **document}).encode())


def test_zlib_is_not_asked_for_more_than_the_limit() -> None:
    packed = zlib.compressobj(wbits=31)
    payload = packed.compress(bytes(50_000_000)) + packed.flush()
    started = time.process_time()
    with pytest.raises(ParseError):
        sent(payload)
    assert time.process_time() - started < 0.5


GOLDEN = sorted(
    path
    for path in (Path(__file__).resolve().parents[2] / "golden").glob("*/*")
    if path.is_file() and not path.name.endswith((".item.json", ".article.json", ".pyc"))
)
REGISTERED = [*formats.JSON_FORMATS, *formats.XML_FORMATS, *formats.BYTES_FORMATS]


def test_every_format_has_a_golden_input(monkeypatch: pytest.MonkeyPatch) -> None:
    read: set[str] = set()
    for module in REGISTERED:

        def spy(*given: Any, name: str = module.__name__, parse: Callable[..., Any] = module.parse) -> Any:
            read.add(name)
            return parse(*given)

        monkeypatch.setattr(module, "parse", spy)
    for path in GOLDEN:
        survives(path.read_bytes())
    assert {module.__name__ for module in REGISTERED} - read == set()


def cut(payload: bytes, where: int, length: int, other: bytes) -> bytes:
    return payload[:where]


def flip(payload: bytes, where: int, length: int, other: bytes) -> bytes:
    return payload[:where] + bytes(byte ^ (1 << where % 8) for byte in payload[where : where + 1]) + payload[where + 1 :]


def splice(payload: bytes, where: int, length: int, other: bytes) -> bytes:
    start = where % (len(other) or 1)
    return payload[:where] + other[start : start + length] + payload[where:]


def swap(payload: bytes, where: int, length: int, other: bytes) -> bytes:
    end = where + 2 * length
    return payload[:where] + payload[where + length : end] + payload[where : where + length] + payload[end:]


def drop(payload: bytes, where: int, length: int, other: bytes) -> bytes:
    return payload[:where] + payload[where + length :]


EDITS = st.tuples(st.sampled_from([cut, flip, flip, splice, swap, drop]), st.floats(0, 1), st.integers(1, 400), st.sampled_from(GOLDEN))


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: f"{path.parent.name}/{path.name}")
@settings(max_examples=20, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=3))
def test_mutated_golden_inputs(path: Path, edits: list[tuple[Callable[..., bytes], float, int, Path]]) -> None:
    payload = path.read_bytes()
    for edit, where, length, other in edits:
        payload = edit(payload, int(where * len(payload)), length, other.read_bytes())
    survives(payload)


FILLERS = [
    b"<",
    b"<p>",
    b"(",
    b"[",
    b"{",
    b'"',
    b"\n",
    b"\r\n \t",
    b" ",
    b"&",
    b"&amp;",
    b"--",
    b"a, ",
    b"1/",
    b"''",
    b"=?",
    b"\xe2\x80\x9c",
    b"\x1f",
    b"'<",
]


def one_of_each_format() -> list[Path]:
    found: dict[str, Path] = {}
    for path in GOLDEN:
        try:
            first = sent(path.read_bytes()).items[0]
        except (ParseError, NotAnArticle):
            continue
        if isinstance(first, Item):
            found.setdefault(first.format + path.suffix, path)
    return sorted(found.values())


@pytest.mark.parametrize("path", one_of_each_format(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_golden_inputs_blown_up_take_time_in_proportion(path: Path) -> None:
    payload = path.read_bytes()
    middle = len(payload) // 2
    for filler in FILLERS:
        blown = payload[:middle] + filler * (100_000 // len(filler)) + payload[middle:]
        started = time.process_time()
        try:
            sent(blown)
        except (ParseError, NotAnArticle):
            pass
        assert time.process_time() - started < 2, filler
