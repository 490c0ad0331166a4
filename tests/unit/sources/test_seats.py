"""Every subtask of Flink reads its share of the shards."""

from __future__ import annotations

import pytest
from apache_beam.coders import FastPrimitivesCoder

from writethru.sources.kafka.seats import KEY_GROUPS, key_group, murmur3
from writethru.sources.kafka.source import shards_of


@pytest.mark.parametrize(
    ("data", "half"),
    [
        (b"", 0),
        (b"hello", 0xCBD8A7B341BD9B02),
        (b"The quick brown fox jumps over the lazy dog", 0xE34BBC7BBC071B6C),
    ],
)
def test_the_hash_is_murmurs(data: bytes, half: int) -> None:
    assert murmur3(data) == half


@pytest.mark.parametrize(("shard", "group"), [(0, 38), (1, 46), (2, 53), (3, 26)])
def test_a_key_group_is_the_one_that_a_real_flink_gave(shard: int, group: int) -> None:
    """Read from a checkpoint of Flink 1.19.3 with Beam's 2.70 runner: the elements before they had seats."""
    element = (
        b"\xff\x80\x05\x95L\x00\x00\x00\x00\x00\x00\x00\x8c\x1ewritethru.sources.kafka.source\x94\x8c\x0bKafkaSource"
        b"\x94\x93\x94)\x81\x94(K\x01\x8c\x05kafka\x94K" + bytes([shard]) + b"K\x04\x86\x94NN\x89t\x94b."
    )
    assert key_group(element) == group


def subtasks(shards: int, parallelism: int) -> list[int]:
    """The subtask that reads each shard of a job."""
    encode = FastPrimitivesCoder().encode
    return [key_group(encode(shard)) * parallelism // KEY_GROUPS for shard in shards_of("kafka", shards)]


@pytest.mark.parametrize(
    ("shards", "parallelism", "expected"),
    [
        (1, 1, [0]),
        (4, 1, [0, 0, 0, 0]),
        (4, 2, [0, 0, 1, 1]),
        (4, 4, [0, 1, 2, 3]),
        (8, 2, [0, 0, 0, 0, 1, 1, 1, 1]),
        (8, 3, [0, 0, 0, 1, 1, 2, 2, 2]),
    ],
)
def test_shards_are_spread_evenly_at_every_parallelism(shards: int, parallelism: int, expected: list[int]) -> None:
    assert subtasks(shards, parallelism) == expected


def test_a_job_whose_offsets_wait_for_a_checkpoint_is_spread_as_evenly() -> None:
    encode = FastPrimitivesCoder().encode
    assert [key_group(encode(shard)) for shard in shards_of("kafka", 4, behind=True)] == [16, 48, 80, 112]


def test_the_same_job_has_the_same_elements_whenever_it_is_built() -> None:
    """They are the keys of its state."""
    assert shards_of("kafka", 4) == shards_of("kafka", 4)
