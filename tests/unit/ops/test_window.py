import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.ops.window import DAY, Latencies, Rate

T = 1_772_353_800_000


def test_a_rate_counts_whole_seconds_and_leaves_the_present_one_out():
    rate = Rate(5)
    rate.add(2, T)
    rate.add(3, T + 999)
    rate.add(7, T + 1000)
    assert rate.series(T + 1500) == [0, 0, 0, 0, 5]
    assert rate.series(T + 2000) == [0, 0, 0, 5, 7]
    assert rate.series(T + 6000) == [7, 0, 0, 0, 0]
    assert rate.series(T + 7000) == [0] * 5


def test_a_rate_survives_a_clock_that_jumps():
    rate = Rate(5)
    rate.add(9, T)
    rate.add(1, T - 3_600_000)
    assert rate.series(T - 3_600_000 + 1000) == [0, 0, 0, 0, 1]
    rate.add(4, T + 3_600_000)
    assert rate.series(T + 3_601_000) == [0, 0, 0, 0, 4]


@given(st.lists(st.tuples(st.integers(0, 8000), st.integers(0, 50)), max_size=60), st.integers(8000, 12000))
def test_a_rate_is_what_a_list_would_say(events, later):
    rate = Rate(5)
    for offset, n in sorted(events):
        rate.add(n, T + offset)
    present = (T + later) // 1000
    expected = [sum(n for offset, n in events if (T + offset) // 1000 == second) for second in range(present - 5, present)]
    assert rate.series(T + later) == expected


def test_quantiles_of_nothing_are_none():
    assert Latencies(60).quantiles((0.5, 0.99), T) == (0, (None, None))


def test_quantiles_are_within_five_percent():
    draw = random.Random(7)  # noqa: S311 - a seeded sample, no secret
    values = [int(draw.lognormvariate(4, 1)) + 10 for _ in range(5000)]
    latencies = Latencies(60)
    for start in range(0, 5000, 100):
        latencies.add(values[start : start + 100], T + start)
    count, (p50, p99) = latencies.quantiles((0.5, 0.99), T + 5000)
    values.sort()
    assert count == 5000
    assert p50 == pytest.approx(values[2499], rel=0.06)
    assert p99 == pytest.approx(values[4949], rel=0.06)


def test_a_minute_later_nothing_is_left():
    latencies = Latencies(60)
    latencies.add([10], T)
    assert latencies.quantiles((0.5,), T + 59_000)[0] == 1
    assert latencies.quantiles((0.5,), T + 60_000)[0] == 0


def test_clock_skew_and_back_fills_stay_in_range():
    latencies = Latencies(60)
    latencies.add([-5000, 0, 10 * DAY], T)
    count, (low, high) = latencies.quantiles((0.0, 1.0), T)
    assert count == 3
    assert 0 < low < 2
    assert high == pytest.approx(DAY, rel=0.1)
