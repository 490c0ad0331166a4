"""Equal keys share one resource; a broken one is replaced once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from writethru.sinks.contract import SinkFailed, short
from writethru.sinks.pool import close_all, discard, shared


class Resource:
    made = 0

    def __init__(self) -> None:
        Resource.made += 1
        self.closed = 0

    def close(self) -> None:
        self.closed += 1


def test_threads_that_ask_at_once_get_the_same_one() -> None:
    Resource.made = 0
    with ThreadPoolExecutor(8) as threads:
        found = {id(resource) for resource in threads.map(lambda _: shared("pool-test", Resource), range(50))}
    assert len(found) == 1 and Resource.made == 1
    close_all()


def test_a_discarded_one_is_closed_once_and_made_anew() -> None:
    first = shared("pool-test", Resource)
    discard("pool-test", first)
    second = shared("pool-test", Resource)
    discard("pool-test", first)  # another thread met the same failure
    assert second is not first and shared("pool-test", Resource) is second
    assert (first.closed, second.closed) == (1, 0)
    close_all()
    assert second.closed == 1


def test_one_that_cannot_be_built_is_tried_again() -> None:
    def fail() -> Resource:
        raise SinkFailed("files", "/srv/out", "No space left on device", "Free space.")

    with pytest.raises(SinkFailed, match=r"^files sink at /srv/out: No space left on device\. Free space\.$"):
        shared("pool-test", fail)
    assert shared("pool-test", Resource).closed == 0
    close_all()


def test_short_is_one_line_of_bounded_length() -> None:
    assert short("a\n\tb  c") == "a b c"
    assert len(short("x" * 1000)) == 200 and short("x" * 1000).endswith("…")
