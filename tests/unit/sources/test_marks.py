from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.sources.kafka.marks import KafkaMark, KafkaMarkCoder, decode, encode
from writethru.sources.kafka.source import KafkaSource

OFFSETS = st.dictionaries(st.tuples(st.text(min_size=1), st.integers(0, 500)), st.integers(0, 2**63 - 1))


@given(OFFSETS, st.booleans())
def test_a_mark_comes_back_as_it_was(offsets: dict[tuple[str, int], int], last: bool) -> None:
    mark = KafkaMark("kafka", offsets, last=last)
    again = decode(encode(mark))
    assert (again.name, again.offsets, again.last) == ("kafka", offsets, last)
    assert again == mark and hash(again) == hash(mark)


def test_equal_marks_have_equal_bytes_whatever_the_order() -> None:
    """Beam finds a parked reader by them."""
    one = KafkaMark("kafka", {("b", 0): 2, ("a", 10): 1, ("a", 9): 3})
    other = KafkaMark("kafka", {("a", 9): 3, ("a", 10): 1, ("b", 0): 2})
    assert KafkaMarkCoder().encode(one) == KafkaMarkCoder().encode(other)
    assert KafkaMarkCoder().is_deterministic()


def test_a_mark_does_not_change_with_the_dictionary_it_was_made_of() -> None:
    offsets = {("wire.raw", 0): 5}
    mark = KafkaMark("kafka", offsets)
    offsets["wire.raw", 0] = 6
    assert mark.offsets == {("wire.raw", 0): 5}


def test_a_mark_of_four_partitions_is_small() -> None:
    assert len(encode(KafkaMark("kafka", {("wire.raw", number): 10**9 for number in range(4)}))) < 150


def test_another_schema_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="schema 2, this version reads 1"):
        decode(b'[2,"kafka",false,[]]')
    source = KafkaSource("kafka", (0, 1), {("wire.raw", 0): 5})
    with pytest.raises(ValueError, match="schema 9, this version reads 1"):
        source.__setstate__((9, *source.__getstate__()[1:]))


def test_a_source_pickled_before_shards_had_seats_is_read() -> None:
    source = KafkaSource("kafka", (1, 4), seat=7, behind=True)
    source.__setstate__((1, "kafka", (0, 4), {("wire.raw", 0): 5}, None, True))
    assert source == KafkaSource("kafka", (0, 4), {("wire.raw", 0): 5}, known=True)


def test_a_source_is_equal_to_its_pickle() -> None:
    """Without that Beam would compress its pickle twice in every bundle."""
    sources = [
        KafkaSource("kafka", (0, 1)),
        KafkaSource("kafka", (0, 2), {("t", 0): 5}),
        KafkaSource("kafka", (0, 2), {("t", 0): 5}, {("t", 0): 9}),
    ]
    for source in sources:
        again = pickle.loads(pickle.dumps(source))  # noqa: S301
        assert again == source and hash(again) == hash(source)
    assert len(set(sources)) == 3
