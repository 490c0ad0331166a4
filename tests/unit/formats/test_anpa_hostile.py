"""What holds for any bytes in the telegraph formats: no exception but the documented ones, nothing twice, little time."""

from __future__ import annotations

import time
from contextlib import suppress
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.schema_check import check_ninjs
from writethru.formats import anpa, decode, iptc7901
from writethru.formats.limits import Limits
from writethru.records import Item, NotAnArticle, ParseError, RawMessage

PIECES = st.sampled_from([
    b"\x16\x16\x01", b"\x01", b"\x02", b"\x03", b"\x04", b"\x08", b"\x0c", b"\x10", b"\x19", b"\x1f", b"\x7f", b"\x05", b"\x07",
    b"\x13\x11", b"\x14\x12", b"W2607\x1fasian\r\n", b"r a\x13\x11 BC-US--Frost 1stLd-Writethru   11-13 1693\r\n",
    b"^BC-US--Frost, 1st Ld-Writethru,1140<\r\n", b"*9006< ^", b"^", b"<", b"=", b" =", b"^Headline<\r\n", b"^By A B=\r\n", b"Eds: x",
    b"\t   A (AP) _ B.\r\n", b"\r\n", b"\n", b"\r", b"  ", b"AP-WF-11-13-13 0745GMT<", b"KWS-21:37-09-12-18", b"071341 GMT Okt 15",
    b"bdt0045 4 sp 217 dpa 0045\r\n", b"KILL KILL KILL ''''' =\r\n", b"Slug/", b"# Notebook\r\n", b"- adds x\r\n", b"6;3{", b"{", b";",
    b"\xfc", b"\x92", b"\xc3\xbc", b"\x00", "\u3042".encode(), b"word ",
])  # fmt: skip
BYTES = st.one_of(st.lists(PIECES, max_size=20).map(b"".join), st.binary(max_size=120))


@given(BYTES)
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise_anything_else(payload: bytes) -> None:
    with suppress(ParseError, NotAnArticle):
        decode(RawMessage(payload, "wire.raw", 0, 0, 0))


@pytest.mark.parametrize("module", [anpa, iptc7901])
@given(payload=BYTES)
@settings(max_examples=300, deadline=None)
def test_whatever_is_parsed_is_an_item_of_valid_parts(module: ModuleType, payload: bytes) -> None:
    for item in module.parse(payload, None, None, Limits()):
        assert isinstance(item, Item | NotAnArticle)
        if isinstance(item, Item):
            check_ninjs({"uri": "urn:x", **item.extra, "subjects": list(item.subjects), "altIds": list(item.alt_ids)})
            assert not {"\x01", "\x02", "\x03", "\x04", "\x07", "\x16", "\x7f", "\r"} & set(item.body + item.headline)


LONG = 1_000_000
HOSTILE = {
    "one line of blanks in the header": b"\x01W2607\x1fasian\nr a" + b" " * LONG + b"x\n\x02text\n\x03",
    "one line of carets": b"\x01W2607\x1fasian\n\x02" + b"^" * LONG,
    "a line for every byte": b"\x01W2607\x1fasian\n\x02" + b"^a\n" * (LONG // 3),
    "a note that never ends": b"\x01W2607\x1fasian\n\x02^Eds: a\n" + b"b\n" * (LONG // 2) + b"<",
    "one paragraph of short lines": b"\x01W2607\x1fasian\n\x02\tA\n" + b"words, and\n" * (LONG // 11),
    "only rows": b"\x01W2607\x1fasian\n\x02" + b"\x08;;;;\n" * (LONG // 6),
    "only braces": b"\x01W2607\x1fasian\n\x02" + b"3{" * (LONG // 2),
    "only blanks in a tabular item": b"\x01W2607\x1fasian\nr s\x14\x12 BC-X   11-13 1\n\x02" + b"a" + b" " * LONG + b"b\n\x03",
    "only strokes": b"\x01bdt0045 4 sp 217 dpa 0045\n\x02" + b"a/ " * (LONG // 3) + b"\n\x03",
    "a headline that never ends": b"\x01bdt0045 4 sp 217 dpa 0045\n\x02" + b"a b\n" * (LONG // 4),
    "trailers without end": b"\x01bdt0045 4 sp 217 dpa 0045\n\x02a\n\x03" + b"071341 GMT Okt 15\n" * (LONG // 18),
    "digits behind the text": b"\x01bdt0045 4 sp 217 dpa 0045\n\x02a\n\x03" + b"0" * LONG,
}


@pytest.mark.parametrize("payload", HOSTILE.values(), ids=list(HOSTILE))
def test_a_megabyte_takes_its_time_in_proportion(payload: bytes) -> None:
    started = time.process_time()
    with suppress(NotAnArticle):
        decode(RawMessage(payload, "wire.raw", 0, 0, 0))
    assert time.process_time() - started < 6


def test_a_flood_of_items_is_refused() -> None:
    with pytest.raises(ParseError, match="too_large"):
        decode(RawMessage(b"\x01W2607\x1fasian\n\x02a\n\x03\x04" * 20_000, "wire.raw", 0, 0, 0))
