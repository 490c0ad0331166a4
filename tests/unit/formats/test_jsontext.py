"""Damaged JSON: what is mended and flagged, what is refused and where, and that nothing well-formed is touched."""

from __future__ import annotations

import json
import time
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.formats import decode
from writethru.formats.jsonrepair import repair
from writethru.formats.jsontext import Repaired, parse
from writethru.formats.limits import Limits
from writethru.records import Item, ParseError, RawMessage

LIMITS = Limits()


def read(payload: str | bytes) -> tuple[Any, list[str]]:
    value, _, warnings = parse(payload.encode() if isinstance(payload, str) else payload, None, None, LIMITS)
    return value, warnings


@pytest.mark.parametrize(
    ("payload", "value", "damage"),
    [
        ('{"a": "x\x01y"}', {"a": "x\x01y"}, ["control_characters"]),
        ('{"a": "x\ty"}', {"a": "x\ty"}, ["control_characters"]),
        ('{"a": "x\r\ny"}', {"a": "x\r\ny"}, ["line_ends"]),
        ('{"a": "x\n\ty"}', {"a": "x\n\ty"}, ["control_characters", "line_ends"]),
        ('{"a": "He said "yes"."}', {"a": 'He said "yes".'}, ["quotes"]),
        ('{"a": "He said "yes", and left", "b": 1}', {"a": 'He said "yes", and left', "b": 1}, ["quotes"]),
        ('{"a": ""Yes" he said"}', {"a": '"Yes" he said'}, ["quotes"]),
        ('{"a": "he said "yes"", "b": ""}', {"a": 'he said "yes"', "b": ""}, ["quotes"]),
        ('{"a": "<p class="lead">One.</p>", "b": 1}', {"a": '<p class="lead">One.</p>', "b": 1}, ["quotes"]),
        ('{"a": "one \\"two\\" "three" four"}', {"a": 'one "two" "three" four'}, ["quotes"]),
        ('{"a": ["x "y" z", "w"], "b": {"c": "d"}}', {"a": ['x "y" z', "w"], "b": {"c": "d"}}, ["quotes"]),
        ('{"a": [1, 2,], "b": {"c": 3,},}', {"a": [1, 2], "b": {"c": 3}}, ["trailing_comma"]),
        ('{"a": "x",\n}', {"a": "x"}, ["trailing_comma"]),
        ('{\ufeff"a": 1,\ufeff "b": "\ufeffx"}', {"a": 1, "b": "\ufeffx"}, ["byte_order_mark"]),
        ('{"a": NaN, "b": [Infinity, -Infinity], "c": "NaN"}', {"a": None, "b": [None, None], "c": "NaN"}, ["not_a_number"]),
        (r'{"a": "it\'s \x41"}', {"a": r"it's \x41"}, ["escapes"]),
        (r'{"a": "\ud83c flood \ud83c\udf0a \\ud83c"}', {"a": "\ufffd flood \U0001f30a \\ud83c"}, ["surrogates"]),
        ('{"a": "say "it",\n twice", "b": [1,]}', {"a": 'say "it",\n twice', "b": [1]}, ["line_ends", "quotes", "trailing_comma"]),
    ],
)  # fmt: skip
def test_what_is_mended(payload: str, value: Any, damage: list[str]) -> None:
    assert read(payload) == (value, [f"repaired_json:{kind}" for kind in damage])


@pytest.mark.parametrize(
    ("payload", "reason", "where"),
    [
        ('{"a": "x", "b"', "truncated", "line 1, column 15"),
        ('{"a": "x\ny', "truncated", "line 1, column 7"),
        ('{\n "a": [1, 2', "truncated", "line 2, column 12"),
        ('{"a": tru', "truncated", "line 1, column 7"),
        ('{"a": "x"} {"b": 1}', "invalid", "line 1, column 12"),
        ('{"a": 04}', "invalid", "line 1, column 7"),
        ('{\n  "a": 1,\n  "b": oops,\n  "c": 2\n}', "invalid", "line 3, column 8"),
        ('{"a": 1 "b": 2}', "invalid", "line 1, column 9"),
        ('{"a": 1]', "invalid", "line 1, column 8"),
        ("{'a': 1}", "invalid", "line 1, column 2"),
        ('{"a": "no end, "b": "x", "c": "y"}', "invalid", "line 1, column 7"),
        ('{"a": "no comma" "b": 1, "c": 2}', "invalid", "line 1, column 7"),
        ('{"é": "ä", "b": 1 2}', "invalid", "line 1, column 19"),
    ],
)
def test_what_is_refused_and_where(payload: str, reason: str, where: str) -> None:
    with pytest.raises(ParseError) as refused:
        read(payload)
    assert (refused.value.reason, where in refused.value.detail) == (reason, True), refused.value.detail


def test_a_damaged_line_is_mended_or_refused_alone() -> None:
    lines = [
        '{"a": "one "two" three"}',
        '{"a": "cut',
        '{"a": "three',
        "",
        'four"}',
        "no item at all",
        '{"a": 5}',
        '{"a": 6,}',
    ]
    values, warnings = read("\n".join(lines))
    assert warnings == []
    first, cut, joined, garbage, fifth, sixth = values
    assert first == Repaired({"a": 'one "two" three'}, ("repaired_json:quotes",))
    assert (cut.reason, "line 2" in cut.detail) == ("truncated", True)
    assert joined == Repaired({"a": "three\n\nfour"}, ("repaired_json:line_ends",))
    assert (garbage.reason, "line 6" in garbage.detail) == ("invalid", True)
    assert fifth == {"a": 5}
    assert sixth == Repaired({"a": 6}, ("repaired_json:trailing_comma",))


def test_the_lines_of_one_damaged_document_are_no_json_lines() -> None:
    pretty = '[\n  {"name": "x"},\n  {"name": "y "z" w"}\n]'
    assert read(pretty) == ([{"name": "x"}, {"name": 'y "z" w'}], ["repaired_json:quotes"])
    pasted = '{"a": "one\n\n{two}\n\nthree"}'
    assert read(pasted) == ({"a": "one\n\n{two}\n\nthree"}, ["repaired_json:line_ends"])


def test_a_mended_line_says_so_on_its_own_item_only() -> None:
    payload = b'{"uri": "urn:x:1", "version": "1", "headline": "A "B" C"}\n{"uri": "urn:x:2", "version": "1", "headline": "D"}\n'
    first, second = decode(RawMessage(payload, "wire.raw", 0, 0, 0)).items
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert (first.headline, first.warnings, second.warnings) == ('A "B" C', ("repaired_json:quotes",), ())


def test_depth_that_quotes_hid_is_refused() -> None:
    with pytest.raises(ParseError) as refused:
        read('{"a": "x "y" z", "b": ' + "[" * 5000 + "]" * 5000 + "}")
    assert refused.value.reason == "too_deep"


GOOD = '{"uri": "urn:x:1", "version": "1", "headline": "Bridge opens", "body_text": "It opened."}'
DEEP = '{"uri": "urn:x:2", "x": ' + "[" * 100 + "]" * 100 + "}"


@pytest.mark.parametrize(("lines", "at"), [([GOOD, DEEP, GOOD], 1), ([DEEP, GOOD, GOOD], 0), ([GOOD, GOOD, DEEP], 2)])
def test_a_line_nested_too_deep_is_refused_alone(lines: list[str], at: int) -> None:
    items = decode(RawMessage("\n".join(lines).encode(), "wire.raw", 0, 0, 0)).items
    refused = items[at]
    assert isinstance(refused, ParseError)
    assert (refused.reason, refused.detail[:7]) == ("too_deep", f"line {at + 1}:")
    assert [one.headline for one in items if isinstance(one, Item)] == ["Bridge opens", "Bridge opens"]


def test_lines_without_their_last_brace_are_refused_one_by_one() -> None:
    cut = ['{"uri": "urn:x:3", "headline": "Cut off"'] * 150
    items = decode(RawMessage("\n".join([GOOD, *cut, GOOD]).encode(), "wire.raw", 0, 0, 0)).items
    assert [one.headline for one in items if isinstance(one, Item)] == ["Bridge opens", "Bridge opens"]
    assert [one.reason for one in items if isinstance(one, ParseError)] == ["truncated"] * 150


def test_one_document_nested_too_deep_is_refused_whole_on_many_lines_too() -> None:
    for payload in (DEEP, '{\n"a":\n' + "[" * 101 + "]" * 101 + "\n}", "[\n" * 101 + "]\n" * 101):
        with pytest.raises(ParseError) as refused:
            read(payload)
        assert refused.value.reason == "too_deep"


def test_an_object_of_many_raw_line_ends_is_one_item() -> None:
    value, warnings = read('{"a": "' + "one\n" * 30_000 + 'two"}')
    assert (len(value["a"]), warnings) == (120_003, ["repaired_json:line_ends"])


def test_more_lines_than_a_feed_may_hold_are_refused() -> None:
    with pytest.raises(ParseError) as refused:
        read("{}\n" * 10_001)
    assert refused.value.reason == "too_large"


HOSTILE = {
    "quotes": b'{"a": "' + b'"' * 2_000_000 + b'"}',
    "quoted words": b'{"a": "' + b'"x" ' * 500_000 + b'"}',
    "escaped quotes": b'{"a": "' + b'\\"' * 1_000_000 + b' "x" y"}',
    "backslashes": b'{"a": "' + b"\\\\" * 1_000_000 + b' "x" y"}',
    "commas after quotes": b'{"a": "' + b'", ' * 600_000 + b'"}',
    "blanks": b'{"a": "x" ' + b" " * 2_000_000 + b'y"}',
    "blanks after quotes": b'{"a": "' + (b'"' + b" " * 1000) * 2000 + b'"}',
    "empty lists": b"[" + b"[]," * 700_000 + b'"x "y" z"]',
    "numbers": b"[" + b"1," * 1_000_000 + b'"x "y" z"]',
    "raw line ends": b'{"a": "' + b"\n" * 2_000_000 + b'"}',
    "half surrogates": b'{"a": "' + rb"\ud83c" * 300_000 + b'"}',
    "commas": b"[" + b"," * 2_000_000 + b"]",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_mending_takes_time_in_proportion(name: str) -> None:
    started = time.process_time()
    try:
        read(HOSTILE[name])
    except ParseError:
        pass
    assert time.process_time() - started < 4


@settings(max_examples=300, deadline=None)
@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text(max_size=20), st.text('"\\,:{}[] \n', max_size=12)),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text('a":,\\{', max_size=6), inner, max_size=4)),
        max_leaves=12,
    ).filter(lambda value: isinstance(value, (dict, list))),
    st.booleans(),
)
def test_well_formed_json_is_never_changed(value: Any, ascii_only: bool) -> None:
    payload = json.dumps(value, ensure_ascii=ascii_only)
    read_value, warnings = read(payload)
    assert (read_value, warnings) == (orjson.loads(payload.replace("\\u0000", "\\ufffd")) if "\\u0000" in payload else value, [])


@settings(max_examples=300, deadline=None)
@given(st.text('{}[]",:\\ \n\ufeff1aNu0tre', max_size=60))
def test_any_text_is_mended_or_refused(text: str) -> None:
    for start in ("{", "["):
        try:
            repair(start + text, 20)
        except ParseError as refused:
            assert refused.reason in ("invalid", "truncated", "too_deep")
