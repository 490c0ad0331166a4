"""A bad payload passes; a bad deploy stops."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.deadletters import DeadLetterLimit, TooManyDeadLetters


def test_single_bad_payloads_never_stop_the_stream() -> None:
    limit = DeadLetterLimit()
    for _ in range(10_000):
        limit.observe(9, 1)


def test_up_to_the_ratio_it_goes_on_and_past_it_it_stops() -> None:
    limit = DeadLetterLimit(ratio=0.5, run=10_000, window=100)
    for _ in range(1000):
        limit.observe(5, 5)
    limit.observe(10, 0)
    with pytest.raises(TooManyDeadLetters, match=r"\d+ of the last 100 messages are dead letters \(limit 50%\).*--dead-ratio"):
        for _ in range(20):
            limit.observe(1, 9)


def test_a_bad_beginning_is_judged_by_the_run_not_by_the_ratio_of_a_few() -> None:
    limit = DeadLetterLimit(ratio=0.1, run=50, window=1000)
    limit.observe(0, 49)
    limit.observe(1, 0)
    with pytest.raises(TooManyDeadLetters, match=r"50 dead letters in a row \(limit 50\).*wrong --feed.*read again"):
        limit.observe(0, 50)


def test_a_run_goes_on_over_batches_and_empty_ones_do_not_end_it() -> None:
    limit = DeadLetterLimit(run=3)
    limit.observe(0, 2)
    limit.observe(0, 0)
    with pytest.raises(TooManyDeadLetters):
        limit.observe(0, 1)


def test_what_left_the_window_is_forgotten() -> None:
    limit = DeadLetterLimit(ratio=0.5, run=10_000, window=100)
    limit.observe(0, 40)
    limit.observe(60, 0)
    limit.observe(40, 0)  # the 40 bad ones are out now, the 60 good ones not
    limit.observe(0, 50)
    with pytest.raises(TooManyDeadLetters):
        limit.observe(0, 10)


def test_idle_batches_take_no_room() -> None:
    limit = DeadLetterLimit(window=100)
    for _ in range(1000):
        limit.observe(0, 0)
    assert repr(limit) == repr(DeadLetterLimit(window=100)) and limit == DeadLetterLimit(window=100)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=60))
def test_it_stops_exactly_where_the_definition_says(batches: list[tuple[int, int]]) -> None:
    limit = DeadLetterLimit(ratio=0.6, run=80, window=200)
    seen: list[tuple[int, int]] = []
    run = 0
    for good, bad in batches:
        seen.append((good, bad))
        run = 0 if good else run + bad
        start = len(seen)
        while start > 0 and sum(map(sum, seen[start:])) < 200:
            start -= 1
        total, dead = sum(map(sum, seen[start:])), sum(pair[1] for pair in seen[start:])
        if run >= 80 or (total >= 200 and dead > 0.6 * total):
            with pytest.raises(TooManyDeadLetters):
                limit.observe(good, bad)
            return
        limit.observe(good, bad)


@pytest.mark.parametrize(("ratio", "run", "window"), [(0, 1, 1), (1.1, 1, 1), (0.5, 0, 1), (0.5, 1, 0)])
def test_limits_that_mean_nothing_are_refused(ratio: float, run: int, window: int) -> None:
    with pytest.raises(ValueError, match="ratio above 0"):
        DeadLetterLimit(ratio, run, window)
