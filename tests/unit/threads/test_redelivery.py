"""A crash between threading and the sinks: the batch comes again to an index that knows it, and the sinks must end as if it had not."""

from __future__ import annotations

from copy_desk import REPORT
from helpers import HOUR, START, article
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_log import traffic

from writethru.records import Article, Thread
from writethru.threads import Threaded, ThreadIndex


class Rows:
    """What upserting sinks hold: by id, a higher or equal `rev` wins."""

    def __init__(self) -> None:
        self.held: dict[str, Article | Thread] = {}

    def take(self, result: Threaded) -> None:
        for record in (*result.articles, *result.threads):
            known = self.held.get(record.id)
            if known is None or record.rev >= known.rev:
                self.held[record.id] = record


def rows(day: list[Article], size: int, lost: set[int], again: int, *, rebuild: bool) -> dict[str, Article | Thread]:
    """Batches of `size`. After those in `lost` a crash: what two batches yielded is gone, and they come again, cut into `again` each."""
    index, held, log = ThreadIndex("en"), Rows(), []
    for number, start in enumerate(range(0, len(day), 2 * size)):
        span = day[start : start + 2 * size]
        results = [index.apply(part) for part in (span[:size], span[size:])]
        log += index.drain()
        if number in lost:
            if rebuild:
                index = ThreadIndex("en")
                index.restore(log)
            results = [index.apply(span[place : place + again]) for place in range(0, len(span), again)]
            assert index.drain() == []
        for result in results:
            held.take(result)
    return held.held


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(size=st.integers(1, 30), lost=st.sets(st.integers(0, 40), min_size=1), again=st.integers(1, 60), rebuild=st.booleans())
def test_a_lost_batch_comes_out_the_same_again(size: int, lost: set[int], again: int, rebuild: bool) -> None:
    day = traffic()
    assert rows(day, size, lost, again, rebuild=rebuild) == rows(day, size, set(), size, rebuild=False)


def test_the_record_of_a_thread_that_was_joined_comes_again() -> None:
    half = len(REPORT) // 2
    batch = [
        article("top", REPORT[: half - 40], time=START),
        article("tail", REPORT[half + 60 :], time=START + HOUR),
        article("whole", REPORT, agency="osprey", time=START + 2 * HOUR),
    ]
    index = ThreadIndex("en")
    first = index.apply(batch)
    log = index.drain()
    rebuilt = ThreadIndex("en")
    rebuilt.restore(log)
    (joined,) = (thread for thread in first.threads if thread.merged_into)
    for known in (index, rebuilt):
        again = known.apply(batch)
        assert again.articles == first.articles
        assert {thread.id: thread for thread in again.threads} == {thread.id: thread for thread in first.threads}
        assert joined in known.apply(batch[2:]).threads
        assert known.drain() == []


def test_live_threads_are_counted() -> None:
    index = ThreadIndex("en")
    log = []
    day = traffic()
    for place in range(0, len(day), 7):
        result = index.apply(day[place : place + 7])
        log += index.drain()
        assert 0 < index.threads <= len(index)
        assert result.threads
    held = Rows()
    held.take(ThreadIndex("en").apply(day))
    live = [thread for thread in held.held.values() if isinstance(thread, Thread) and thread.members]
    rebuilt = ThreadIndex("en")
    rebuilt.restore(log)
    assert index.threads == rebuilt.threads == len(live)
    index.evict(index.clock + 1)
    assert index.threads == len(index) == 0
