"""How much of a payload is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1 << 20
WARNINGS = 20
"""So many warnings an item keeps."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`payload` and `unpacked` in bytes, before and after decompression; `depth` in nested elements, objects and arrays;
    `ratio` of unpacked to packed bytes (a story shrinks 3 to 10 times, a table of zeros 50; a bomb more than 1,000);
    `items` in one list or in JSON Lines.

    No time-out: within these sizes every reader here takes time in proportion to the bytes.
    """

    payload: int = 8 * MEGABYTE
    unpacked: int = 8 * MEGABYTE
    depth: int = 100
    ratio: int = 250
    items: int = 10_000
