"""What Beam has pickled, opened: it packs a pickle with bz2 and writes that as base64, where no search finds a word."""

from __future__ import annotations

import base64
import binascii
import bz2
import re
from collections.abc import Iterator

PACKED = re.compile(rb"(?=(QlpoOTFBWSZT[A-Za-z0-9+/]+={0,2}))")
"""Begins as any bz2 of level 9 does. What follows may be base64 by chance, the next one too: the stream itself tells where it ends."""


def opened(stored: bytes) -> Iterator[bytes]:
    """The pickles in `stored`, each as plain bytes. Raises ValueError where one cannot be read to its end."""
    for found in PACKED.finditer(stored):
        text = found[1]
        unpacked = bz2.BZ2Decompressor()
        try:
            pickled = unpacked.decompress(base64.b64decode(text[: len(text) // 4 * 4]))
        except (binascii.Error, OSError) as error:
            raise ValueError(f"at {found.start()}: {error}") from error
        if not unpacked.eof:
            raise ValueError(f"at {found.start()}: {len(text)} characters are not all of it")
        yield pickled
