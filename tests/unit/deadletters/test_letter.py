"""Dead letters keep everything of the message and little of the error."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru import codec
from writethru.codec import SchemaError
from writethru.deadletters import dead_letter, letter_id, opened_dead_letters
from writethru.deadletters.headers import dead_headers, from_record
from writethru.records import DeadLetter, ParseError, RawMessage
from writethru.sinks import FilesSinkSettings, close_all
from writethru.sinks.files import read_latest

MESSAGE = RawMessage(b"\xff\x00<broken", "wire.raw", 1, 7, 1_772_352_900_000, b"nwa", (("format", b"ninjs"), ("format", b"\xfe")))
text = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
messages = st.builds(RawMessage, topic=text, headers=st.lists(st.tuples(text, st.binary(max_size=10)), max_size=4).map(tuple))


def test_the_id_is_that_of_the_message() -> None:
    first = dead_letter(MESSAGE, "decode", ParseError("invalid", "one"), "writethru/0")
    again = dead_letter(MESSAGE, "emit", ParseError("sink_rejected", "two"), "writethru/1")
    assert first.id == again.id == letter_id(MESSAGE) and len(first.id) == 32
    changes = ({"partition": 17}, {"offset": 0}, {"topic": "wire.ra"}, {"timestamp": 0})
    others = {letter_id(MESSAGE, 0), letter_id(MESSAGE, 1), *(letter_id(replace(MESSAGE, **change)) for change in changes)}
    assert len(others | {first.id}) == 7


def test_the_letter_says_step_reason_and_item() -> None:
    letter = dead_letter(MESSAGE, "normalise", ParseError("truncated", "ends in\n  a tag"), "writethru/0", index=3)
    assert (letter.step, letter.reason, letter.detail, letter.attempts) == ("normalise", "truncated", "item 3: ends in a tag", 1)
    assert letter.message is MESSAGE


def test_the_detail_quotes_at_most_200_characters() -> None:
    payload = "The mayor's private number is 555 0100. " * 100
    letter = dead_letter(MESSAGE, "decode", ParseError("invalid", f"no headline in: {payload}"), "writethru/0")
    assert len(letter.detail) == 200 and payload not in letter.detail


@given(st.builds(DeadLetter, message=messages, id=text, detail=text, pipeline=text, attempts=st.integers(0, 2**62)))
def test_a_letter_survives_its_kafka_record_bit_for_bit(letter: DeadLetter) -> None:
    assert from_record(letter.message.value, dead_headers(letter)) == letter


def test_the_original_headers_come_first_and_as_they_came() -> None:
    headers = dead_headers(dead_letter(MESSAGE, "decode", ParseError("invalid", "\ud800"), "writethru/0"))
    assert headers[:2] == [("format", b"ninjs"), ("format", b"\xfe")]
    assert [name for name, _ in headers[2:]] == [
        "dead.id", "dead.schema", "dead.step", "dead.reason", "dead.detail", "dead.attempts", "dead.pipeline", "dead.topic",
        "dead.partition", "dead.offset", "dead.timestamp", "dead.key",
    ]  # fmt: skip
    assert dict(headers)["dead.detail"] == b"\\ud800"


def test_a_dead_letter_that_dies_again_keeps_the_first_one_s_headers() -> None:
    first = dead_letter(MESSAGE, "decode", ParseError("invalid", "one"), "writethru/0")
    message = RawMessage(MESSAGE.value, "wire.dead", 0, 9, 1, first.id.encode(), tuple(dead_headers(first)))
    second = dead_letter(message, "decode", ParseError("invalid", "two"), "writethru/0")
    read = from_record(message.value, dead_headers(second))
    assert read == second
    assert from_record(read.message.value, list(read.message.headers)) == first


@pytest.mark.parametrize(
    "headers", [[], [("format", b"ninjs")], [("dead.id", b"1")], [("dead.id", b"1"), ("dead.schema", b"2")], [("dead.schema", b"1")]]
)
def test_what_is_no_letter_or_a_newer_one_is_refused(headers: list[tuple[str, bytes]]) -> None:
    with pytest.raises(SchemaError):
        from_record(b"", headers)


def test_files_hold_the_bytes_in_base64_and_the_last_line_counts(tmp_path: Path) -> None:
    letter = dead_letter(MESSAGE, "decode", ParseError("invalid", "one"), "writethru/0")
    sink = opened_dead_letters(FilesSinkSettings(str(tmp_path)))
    for detail in ("one", "two"):
        sink.write([dead_letter(MESSAGE, "decode", ParseError("invalid", detail), "writethru/0")])
        sink.flush()
    sink.write([dead_letter(MESSAGE, "decode", ParseError("invalid", "dropped"), "writethru/0")])
    sink.close()
    sink.flush()
    close_all()
    lines = (tmp_path / "dead_letters.jsonl").read_bytes().splitlines()
    assert [codec.dead_from_json(line).message for line in lines] == [MESSAGE, MESSAGE]
    assert read_latest(tmp_path / "dead_letters.jsonl")[letter.id]["detail"] == "two"
