from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from writethru.sources.kafka.watermark import NEVER, Watermark

A, B = ("wire.raw", 0), ("wire.raw", 1)
IDLE = 5_000


def of(*partitions: tuple[str, int], now: int = 100_000) -> Watermark:
    made = Watermark(IDLE)
    made.own(partitions, now)
    return made


def test_the_slowest_partition_decides() -> None:
    mark = of(A, B)
    mark.saw(A, 90_000, 100_001)
    assert mark.at(100_002) == NEVER, "the other one may still bring anything"
    mark.saw(B, 80_000, 100_003)
    assert mark.at(100_004) == 80_000


def test_a_silent_partition_stops_holding_it() -> None:
    mark = of(A, B)
    mark.saw(A, 99_000, 104_000)
    assert mark.at(104_999) == NEVER
    assert mark.at(105_000) == 99_000, "B: now - 5 s is 100,000"
    assert mark.at(120_000) == 115_000


def test_one_that_has_records_waiting_is_not_silent() -> None:
    mark = of(A)
    mark.saw(A, 50_000, 100_000)
    assert mark.at(200_000, waiting=[A]) == 50_000
    assert mark.at(200_000) == 195_000


def test_a_clock_that_runs_ahead_counts_as_now() -> None:
    mark = of(A)
    mark.saw(A, 999_000, 100_000)
    assert mark.at(100_000) == 100_000


def test_nothing_owned_tells_nothing() -> None:
    assert of().at(100_000) == NEVER


def test_a_new_partition_counts_from_when_it_is_owned() -> None:
    mark = of(A)
    mark.saw(A, 100_000, 100_000)
    mark.own([A, B], 101_000)
    assert mark.at(102_000) == NEVER
    assert mark.at(106_000) == 101_000
    mark.own([B], 106_000)
    mark.saw(B, 105_000, 106_000)
    assert mark.at(106_000) == 105_000, "A counts no longer"


@given(st.lists(st.tuples(st.sampled_from([A, B]), st.integers(0, 300_000), st.integers(0, 3_000)), max_size=40))
def test_it_never_goes_back(records: list[tuple[tuple[str, int], int, int]]) -> None:
    mark, now, last = of(A, B), 100_000, NEVER
    for position, timestamp, later in records:
        now += later
        mark.saw(position, timestamp, now)
        assert last <= mark.at(now) <= now
        last = mark.at(now)
