"""A word that lies in a pickled source is found."""

from __future__ import annotations

import pytest
from apache_beam.internal import pickler

from tests.wireload.pickles import opened
from writethru.sources.kafka.source import KafkaSource


def stored(*sources: KafkaSource) -> bytes:
    """As a state file holds them: between what else is there, which may look like more of the same."""
    return b"\x00\x1f" + b"A".join(pickler.dumps(source) for source in sources) + b"\xff rest"


def test_an_address_in_a_pickled_source_is_found_though_no_search_of_the_file_finds_it() -> None:
    leaking = KafkaSource("kafka.example:9092", (1, 2))
    file = stored(KafkaSource("kafka", (0, 2), {("wire.raw", 0): 7}), leaking)
    assert b"kafka.example:9092" not in file
    first, second = opened(file)
    assert b"KafkaSource" in first and b"wire.raw" in first and b"kafka.example:9092" not in first
    assert b"KafkaSource" in second and b"kafka.example:9092" in second


def test_a_pickle_that_cannot_be_read_is_not_passed_over() -> None:
    whole = stored(KafkaSource("kafka", (0, 2)))
    with pytest.raises(ValueError, match="at 2: "):
        list(opened(whole[:60]))
