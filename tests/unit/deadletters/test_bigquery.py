"""Dead letters in BigQuery, against the same stand-in as the sink."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import grpc
import pytest

from tests.builders import message
from tests.unit.sinks.bigquery_kit import BigQuery
from writethru.deadletters import dead_letter, opened_dead_letters
from writethru.records import DeadLetter, ParseError, RawMessage
from writethru.sinks import SinkFailed, close_all

NO_TEXT = b"\xff\x00\xfe<newsItem"


@pytest.fixture
def bigquery() -> Iterator[BigQuery]:
    server = BigQuery()
    yield server
    close_all()
    server.close()


def letter(of: RawMessage) -> DeadLetter:
    return dead_letter(of, "decode", ParseError("truncated", "XML ends inside <newsItem"), "writethru/test")


def test_the_original_bytes_are_kept_bit_for_bit(bigquery: BigQuery) -> None:
    dead = letter(message(NO_TEXT, key=b"\x00key", headers=(("source", b"feed\xff"), ("source", b"again"))))
    sink = opened_dead_letters(bigquery.settings)
    sink.write([dead])
    sink.flush()
    (row,) = bigquery.stored["dead_letters"].rows.values()
    assert (row["id"], row["part"], row["value"], row["key"]) == (dead.id, 0, NO_TEXT, b"\x00key")
    assert row["headers"] == [["source", "ZmVlZP8="], ["source", "YWdhaW4="]]
    assert (row["step"], row["reason"], row["detail"]) == ("decode", "truncated", "XML ends inside <newsItem")
    assert (row["topic"], row["partition"], row["offset"], row["timestamp"]) == ("wire.raw", 0, 0, 1_800_000_000_000)


def test_the_same_letter_again_is_the_same_row(bigquery: BigQuery) -> None:
    dead = letter(message(b"x"))
    for attempts in (1, 2, 1):
        sink = opened_dead_letters(bigquery.settings)
        sink.write([replace(dead, attempts=attempts), replace(dead, attempts=attempts)])
        sink.flush()
    (row,) = bigquery.stored["dead_letters"].rows.values()
    assert row["attempts"] == 2


def test_a_payload_larger_than_a_row_is_kept_in_parts(bigquery: BigQuery) -> None:
    payload = bytes(range(256)) * 80_000  # 20 MB
    dead, small = letter(message(payload, offset=1)), letter(message(b"small", offset=2))
    sink = opened_dead_letters(bigquery.settings)
    sink.write([dead, small])
    sink.flush()
    rows = bigquery.stored["dead_letters"].rows
    assert sorted(rows) == sorted([(dead.id, 0), (dead.id, 1), (dead.id, 2), (small.id, 0)])
    assert b"".join(rows[dead.id, part]["value"] for part in range(3)) == payload
    assert "reason" in rows[dead.id, 0] and "reason" not in rows[dead.id, 1]


def test_a_letter_that_is_refused_stops_the_batch(bigquery: BigQuery) -> None:
    dead = letter(message(b"x"))
    bigquery.refused = {dead.id: "Field reason: no such value"}
    sink = opened_dead_letters(bigquery.settings)
    sink.write([dead])
    with pytest.raises(SinkFailed, match=r"newsroom.wire.dead_letters: 1 of 1 rows are refused \(Field reason: no such value\)"):
        sink.flush()


def test_a_fault_that_passes_is_sat_out_and_nothing_is_kept_back(bigquery: BigQuery) -> None:
    bigquery.answers(grpc.StatusCode.UNAVAILABLE)
    sink = opened_dead_letters(bigquery.settings)
    sink.write([letter(message(b"x"))])
    sink.flush()
    sink.flush()
    assert len(bigquery.stored["dead_letters"].rows) == 1 and len(bigquery.requests) == 2


def test_what_was_closed_is_not_written(bigquery: BigQuery) -> None:
    sink = opened_dead_letters(bigquery.settings)
    sink.write([letter(message(b"x"))])
    sink.close()
    sink.flush()
    assert bigquery.requests == []
