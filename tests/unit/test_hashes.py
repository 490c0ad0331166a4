from __future__ import annotations

import hashlib

import pytest

from writethru.hashes import fed


@pytest.mark.parametrize("size", [0, 1, 2046, 2047, 2048, 4094, 4095, 100_000])
def test_a_digest_fed_in_pieces_is_that_of_the_whole(size: int) -> None:
    data = bytes(range(251)) * (size // 251 + 1)
    assert fed(hashlib.sha256(), data[:size]).digest() == hashlib.sha256(data[:size]).digest()
