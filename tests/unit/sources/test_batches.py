from __future__ import annotations

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from writethru.sources.kafka.batches import cut, in_time


def record(value: bytes | None, offset: int = 0, key: bytes | None = None, headers: object = ()) -> SimpleNamespace:
    return SimpleNamespace(value=value, topic="wire.raw", partition=3, offset=offset, timestamp=7, key=key, headers=headers)


@given(st.lists(st.binary(max_size=40)), st.integers(min_value=1, max_value=100))
def test_no_record_is_lost_or_moved_and_only_a_lone_one_passes_the_limit(values: list[bytes], limit: int) -> None:
    batches = list(cut([record(value, offset) for offset, value in enumerate(values)], limit, {}))
    assert [(message.offset, message.value) for batch in batches for message in batch] == list(enumerate(values))
    assert all(batch for batch in batches)
    assert all(len(batch) == 1 or sum(len(message.value) for message in batch) <= limit for batch in batches)


def test_keys_count_and_what_is_missing_is_empty() -> None:
    first, second = cut([record(None, key=b"12345", headers=[("a", None), ("b", b"1")]), record(b"1234", key=b"12")], 10, {})
    assert (first[0].value, first[0].key, first[0].headers) == (b"", b"12345", (("a", b""), ("b", b"1")))
    assert (second[0].value, second[0].key, second[0].partition, second[0].timestamp) == (b"1234", b"12", 3, 7)


@given(st.lists(st.lists(st.integers(min_value=0, max_value=50), max_size=12), max_size=4))
def test_partitions_meet_by_time_and_each_keeps_its_order(times: list[list[int]]) -> None:
    partitions = [[SimpleNamespace(partition=p, offset=n, timestamp=t) for n, t in enumerate(column)] for p, column in enumerate(times)]
    met = list(in_time(partitions))
    for partition in partitions:
        assert [record for record in met if record in partition] == partition
    if all(column == sorted(column) for column in times):
        assert [record.timestamp for record in met] == sorted(record.timestamp for record in met)
