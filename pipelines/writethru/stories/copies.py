"""The texts an index keeps, so that a hold can be lifted and a version compared with the one before it: the newest as JSON, older ones
compressed many at a time.

A compressor lets go of the interpreter's lock in every call, and a worker of several threads has it back milliseconds later: on Flink, at
200 articles a second, a call of zlib for each article took 2 ms for 40 µs of work, three quarters of the step.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson
import zstandard

from writethru.stories import pieces

if TYPE_CHECKING:
    from writethru.stories.chain import Version

MAX = 1 << 19
"""Articles above this many bytes of JSON are not kept: the index must not grow by what one item weighs."""
GROUP = 64
"""Texts compressed together. The newest 64 to 127 stay as they are: what is superseded soon is never compressed."""
_LEVEL = 1
"""Of zstd, which takes a third of zlib's time for less room: chaining ECB+ 106 µs an article instead of 302."""


class Block(NamedTuple):
    """Texts of several versions, compressed: of each the version's `seq`, and where it ends. Stays in memory until the last version that
    has it as its `copy` lets it go. What is one's own is not kept with the version: it would be 130 bytes."""

    data: bytes
    seqs: array[int]
    ends: array[int]

    def of(self, seq: int) -> bytes:
        place = self.seqs.index(seq)
        return zstandard.decompress(self.data)[self.ends[place - 1] if place else 0 : self.ends[place]]


class Copies:
    """Keeps the texts of one index in `Version.copy`."""

    def __init__(self, kept: Iterable[Version] = ()) -> None:
        """`kept`, oldest first, have theirs as JSON."""
        self._fresh = [version for version in kept if version.copy is not None]
        self._press()

    def keep(self, version: Version, item: dict[str, Any], where: pieces.Place | None = None) -> None:
        """Keeps the article object, of a part with where it goes, unless it is too large."""
        text = orjson.dumps(item if where is None else [item, pieces.packed(where)])
        if len(text) > MAX:
            return
        # orjson leaves its result in the larger block that it wrote it to.
        version.copy = memoryview(text).tobytes()
        self._fresh.append(version)
        self._press()

    def _press(self) -> None:
        while len(self._fresh) >= 2 * GROUP:
            group, self._fresh = self._fresh[:GROUP], self._fresh[GROUP:]
            texts = [(version, version.copy) for version in group if isinstance(version.copy, bytes)]
            # zstandard, like orjson, leaves its result in the larger block that it wrote it to: 800 bytes an article.
            data = memoryview(zstandard.compress(b"".join([text for _, text in texts]), _LEVEL)).tobytes()
            ends = accumulate([len(text) for _, text in texts])
            block = Block(data, array("Q", [version.seq for version, _ in texts]), array("Q", ends))
            for version, _ in texts:
                version.copy = block


def text(version: Version) -> bytes | None:
    """The JSON of what was kept."""
    copy = version.copy
    return copy.of(version.seq) if isinstance(copy, Block) else copy


def item(version: Version) -> dict[str, Any] | None:
    """The article object."""
    found = part(version)
    return found and found[0]


def kept(version: Version) -> tuple[str, pieces.Place | None] | None:
    """The body that is kept of a version, and where it goes; None where none is kept."""
    found = part(version)
    return found and (body(found[0]), found[1])


def body(item: dict[str, Any]) -> str:
    """The text of an article object."""
    bodies = item.get("bodies")
    return str(bodies[0]["value"]) if bodies and bodies[0].get("role") != "table" else ""


def part(version: Version) -> tuple[dict[str, Any], pieces.Place | None] | None:
    """The article object, and where it goes in its story's text."""
    kept = text(version)
    if kept is None:
        return None
    found = orjson.loads(kept)
    return (found[0], pieces.unpacked(found[1])) if isinstance(found, list) else (found, None)
