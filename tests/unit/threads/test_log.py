"""The log is the truth: an index rebuilt from what was drained goes on exactly as the one that wrote it."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from copy_desk import REPORT, REWRITE, UNRELATED, wire_day
from helpers import HOUR, START, article, killed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from writethru.records import Article
from writethru.threads import Threaded, ThreadIndex, ThreadSettings

SMALL = ThreadSettings(limit=60)


def traffic() -> list[Article]:
    """A wire day with copies, rewrites, versions, kills, releases, redeliveries and threads that merge."""
    day = wire_day(16, 5)
    half = len(REPORT) // 2
    extra = [
        article("top", REPORT[: half - 40], story="pilots", time=START),
        article("tail", REPORT[half + 60 :], agency="osprey", time=START + HOUR),
        article("whole", REPORT, agency="gazette", time=START + 2 * HOUR),
        article("rewrite", REWRITE, agency="mirror"),
        article("digest", REPORT, digest_=True, time=START + 2 * HOUR),
        article("vault", UNRELATED, time=START + 3 * HOUR),
        article("notice", story="pilots", action="kill", pubStatus="canceled", time=START + 4 * HOUR),
    ]
    extra += [killed(extra[0]), killed(day[7]), article("vault", UNRELATED + " More.", rev=3, time=START + 3 * HOUR), extra[1]]
    chance = random.Random(11)  # noqa: S311
    for late in extra:
        day.insert(chance.randint(0, len(day)), late)
    return day


def run(cuts: list[int], drops: set[int]) -> tuple[list[Threaded], list[bytes]]:
    """Batches between the cuts; before those in `drops` the index is thrown away and rebuilt from the log."""
    day = traffic()
    index, log, out = ThreadIndex("en", settings=SMALL), [], []
    bounds = [0, *sorted(set(cuts)), len(day)]
    for number, (start, end) in enumerate(pairwise(bounds)):
        if number in drops:
            index = ThreadIndex("en", settings=SMALL)
            index.restore(log)
            assert index.drain() == []
        out.append(index.apply(day[start:end]))
        if number % 3 == 2:
            index.evict(index.clock - 5 * HOUR)
        log += index.drain()
    return out, log


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cuts=st.lists(st.integers(1, 85), min_size=2, max_size=12), drops=st.sets(st.integers(0, 12)))
def test_dropping_the_index_anywhere_changes_nothing(cuts: list[int], drops: set[int]) -> None:
    kept, log = run(cuts, set())
    rebuilt, relogged = run(cuts, drops)
    assert rebuilt == kept
    assert relogged == log


def test_batches_change_nothing_where_the_limit_forgets_either() -> None:
    tight = ThreadSettings(limit=20)
    day = wire_day(40, 5)
    together, apart = ThreadIndex("en", settings=tight), ThreadIndex("en", settings=tight)
    places = [one.thread for one in together.apply(day).articles]
    assert together.capped > 100
    assert [one.thread for article in day for one in apart.apply([article]).articles] == places


@pytest.mark.parametrize("seed", range(6))
def test_a_rebuilt_index_shows_the_members_of_a_thread_in_the_same_order(seed: int) -> None:
    day = traffic() + wire_day(12, 4)
    random.Random(seed).shuffle(day)  # noqa: S311
    index, log = ThreadIndex("en"), []
    for start in range(0, len(day), 8):
        index.apply(day[start : start + 8])
        log += index.drain()
    rebuilt = ThreadIndex("en")
    rebuilt.restore(log)
    assert [thread.members for thread in rebuilt.retell()] == [thread.members for thread in index.retell()]


def test_what_has_been_evicted_is_not_needed_any_more() -> None:
    """Parts of the log that have expired are cleared unread."""
    day = traffic()
    index, log = ThreadIndex("en"), []
    for place in range(0, len(day), 10):
        now = index.clock
        index.apply(day[place : place + 10])
        log += [(now, index.clock, entry) for entry in index.drain()]
    before = index.clock - 3 * HOUR
    index.evict(before)
    log += [(index.clock, index.clock, entry) for entry in index.drain()]
    rebuilt = ThreadIndex("en")
    rebuilt.restore([entry for _, clock, entry in log if clock >= before])
    assert (len(rebuilt), rebuilt.clock) == (len(index), index.clock)
    more = wire_day(20, 6)
    assert rebuilt.apply(more) == index.apply(more)
    assert rebuilt.drain() == index.drain()


def test_entries_are_lines() -> None:
    index = ThreadIndex("en")
    index.apply([article("a", "one\ntwo three four", "Head\nline")])
    entries = index.drain()
    assert entries
    assert not any(b"\n" in entry for entry in entries)
    assert index.drain() == []


def test_an_unknown_entry_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind 'z'"):
        ThreadIndex("en").restore([b'["z"]'])
