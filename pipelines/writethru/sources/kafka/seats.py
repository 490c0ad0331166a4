"""Which subtask of Flink reads a shard: every subtask shall have its share.

Flink keys a splittable DoFn by its element and spreads keys by their hash, so that shards fall where chance puts them (seen: all four of a
job in the first of two subtasks). An element is therefore given a number, its seat, that brings its hash to where the shard belongs.
Another way of hashing in another version would cost the even spread, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from apache_beam.coders import FastPrimitivesCoder

KEY_GROUPS = 128
"""Flink divides a step's keys into so many groups, and the groups in their order among its subtasks."""
_WORD = (1 << 64) - 1


def seat(element: Callable[[int], object], shard: int, shards: int) -> int:
    """The first number whose `element(number)` lies in the middle one of the key groups that are the shard's share."""
    wanted = (2 * shard + 1) * KEY_GROUPS // (2 * shards)
    encode = FastPrimitivesCoder().encode
    return next(number for number in count() if key_group(encode(element(number))) == wanted)


def key_group(element: bytes) -> int:
    """Of an encoded element of up to 127 bytes: Beam hashes it after its length, by MurmurHash3, and Flink that hash once more."""
    return _spread(murmur3(bytes([len(element)]) + element) & 0xFFFF_FFFF) % KEY_GROUPS


def murmur3(data: bytes) -> int:
    """The first half of the 128 bits of MurmurHash3 (x64, seed 0)."""
    one, two = 0x87C3_7B91_1142_53D5, 0x4CF5_AD43_2745_937F
    low = high = 0
    whole = len(data) // 16 * 16
    for start in range(0, whole, 16):
        first, second = int.from_bytes(data[start : start + 8], "little"), int.from_bytes(data[start + 8 : start + 16], "little")
        low ^= _rotated(first * one & _WORD, 31) * two & _WORD
        low = (_rotated(low, 27) + high) * 5 + 0x52DC_E729 & _WORD
        high ^= _rotated(second * two & _WORD, 33) * one & _WORD
        high = (_rotated(high, 31) + low) * 5 + 0x3849_5AB5 & _WORD
    first, second = int.from_bytes(data[whole : whole + 8], "little"), int.from_bytes(data[whole + 8 :], "little")
    high ^= _rotated(second * two & _WORD, 33) * one & _WORD
    low ^= _rotated(first * one & _WORD, 31) * two & _WORD
    low, high = low ^ len(data), high ^ len(data)
    low = low + high & _WORD
    high = high + low & _WORD
    return _mixed(low) + _mixed(high) & _WORD


def _spread(code: int) -> int:
    """Flink's own hash of a key's 32-bit hash."""
    code = _rotated(code * 0xCC9E_2D51, 15, 32) * 0x1B87_3593
    code = _rotated(code, 13, 32) * 5 + 0xE654_6B64 & 0xFFFF_FFFF ^ 4
    code = (code ^ code >> 16) * 0x85EB_CA6B & 0xFFFF_FFFF
    code = (code ^ code >> 13) * 0xC2B2_AE35 & 0xFFFF_FFFF
    code ^= code >> 16
    return min(code, (1 << 32) - code) if code != 1 << 31 else 0


def _rotated(number: int, by: int, bits: int = 64) -> int:
    number &= (1 << bits) - 1
    return (number << by | number >> (bits - by)) & ((1 << bits) - 1)


def _mixed(number: int) -> int:
    number = (number ^ number >> 33) * 0xFF51_AFD7_ED55_8CCD & _WORD
    number = (number ^ number >> 33) * 0xC4CE_B9FE_1A85_EC53 & _WORD
    return number ^ number >> 33
