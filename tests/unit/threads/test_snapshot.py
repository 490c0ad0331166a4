"""A snapshot replaces a key's whole log: it tells the present index, and nothing of what has been killed."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import orjson
from copy_desk import OTHER_WORDS, REPORT, REWRITE
from helpers import HOUR, START, article, digest, killed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_log import SMALL, traffic

from writethru.threads import Threaded, ThreadIndex

HEADLINES = ("Pilots end walkout", "Back to work")


def copy_of(index: ThreadIndex) -> ThreadIndex:
    copied = ThreadIndex("en", settings=SMALL)
    copied.restore(index.snapshot())
    assert copied.drain() == index.drain() == []
    assert (len(copied), copied.clock, copied.threads) == (len(index), index.clock, index.threads)
    assert copied.snapshot() == index.snapshot()
    return copied


def run(cuts: list[int], copies: set[int], *, kept: bool) -> list[tuple[Threaded, list[bytes]]]:
    """Batches between the cuts, each with what it logged; a snapshot before those in `copies`, from where the copy goes on, or the index
    itself where it is `kept`."""
    day = traffic()
    index, out = ThreadIndex("en", settings=SMALL), []
    for number, (start, end) in enumerate(pairwise([0, *sorted(set(cuts)), len(day)])):
        if number in copies:
            copied = copy_of(index)
            index = index if kept else copied
        result = index.apply(day[start:end])
        if number % 3 == 2:
            index.evict(index.clock - 5 * HOUR)
        out.append((result, index.drain()))
    return out


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(cuts=st.lists(st.integers(1, 85), min_size=2, max_size=12), copies=st.sets(st.integers(0, 12), min_size=1))
def test_a_copy_goes_on_exactly_as_the_index_it_was_taken_of(cuts: list[int], copies: set[int]) -> None:
    assert run(cuts, copies, kept=False) == run(cuts, copies, kept=True)


def test_a_snapshot_and_the_log_after_it_stand_for_all_before() -> None:
    day = traffic()
    index = ThreadIndex("en")
    index.apply(day[:50])
    log = index.snapshot()
    index.apply(day[50:])
    log += index.drain()
    rebuilt = ThreadIndex("en")
    rebuilt.restore(log)
    assert rebuilt.snapshot() == index.snapshot()


def test_a_snapshot_of_nothing_is_nothing_much() -> None:
    index = ThreadIndex("en")
    index.restore(ThreadIndex("en").snapshot())
    assert (len(index), index.clock, index.drain()) == (0, 0, [])


def entries_of(entries: list[bytes], *names: str) -> list[list[Any]]:
    """The log's article entries of these, read."""
    found = [orjson.loads(entry) for entry in entries]
    return [values for values in found if values[0] == "a" and values[1] in {digest(name) for name in names}]


def test_after_a_kill_nothing_that_is_logged_tells_what_was_killed() -> None:
    """Not with the notice, the redactions, the originals again, nor in a snapshot: headlines and evidence are gone."""
    index = ThreadIndex("en")
    originals = [
        article("first", REPORT, HEADLINES[0], story="pilots", time=START),
        article("second", REWRITE, HEADLINES[1], story="pilots", time=START + HOUR),
        article("summary", REPORT, HEADLINES[0], story="pilots", digest_=True, time=START + HOUR),
    ]
    index.apply([*originals, article("other", OTHER_WORDS, "Ships sail again", agency="osprey", time=START + HOUR)])
    known = entries_of(index.drain(), "first", "second")
    evidence = {text for values in known for text in values if isinstance(text, str) and len(text) > 200}
    assert len(evidence) == 2
    notice = article("notice", "", "Kill pilots story", story="pilots", action="kill", pubStatus="canceled", time=START + 2 * HOUR)
    for batch in ([notice], [killed(one) for one in originals], [*originals, notice], traffic()):
        index.apply(batch)
        for entries in (index.drain(), index.snapshot()):
            for values in entries_of(entries, "first", "second", "summary", "notice"):
                assert not {*HEADLINES, "Kill pilots story", *evidence}.intersection(text for text in values if isinstance(text, str))
            assert not [entry for entry in entries for text in (*HEADLINES, *evidence) if text.encode() in entry]
    assert {values[1] for values in entries_of(index.snapshot(), "first", "second", "summary")} == {one.id for one in originals}
