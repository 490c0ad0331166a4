"""What comes down a wire and is no article: broken payloads, and items that are something else."""

from __future__ import annotations

from random import Random

import orjson

Headers = tuple[tuple[str, bytes], ...]

BROKEN = ("empty", "truncated", "page", "picture", "table")
"""Every kind ends as a dead letter."""


def broken(value: bytes, chosen: Random) -> tuple[bytes, Headers]:
    """A payload nothing can be made of, and its headers; `value` is a good one. No two are alike: equal bytes are one dead letter."""
    kind = chosen.choice(BROKEN)
    mark = chosen.randrange(10**9)
    if kind == "empty":
        return b" " * (1 + mark % 997), ()
    if kind == "truncated":
        return b'{"uri": "urn:cut:%d", "headline": "Cut in the mid' % mark, (("content-type", b"application/json"),)
    if kind == "page":
        return b"<html><body><h1>502 Bad Gateway</h1><p>request %d</p></body></html>" % mark, ()
    if kind == "picture":
        return b"\x89PNG\r\n\x1a\n" + chosen.randbytes(200), ()
    rows = b"\n".join(b"%d;%d;%d;%d" % (mark, at, at * 7, len(value)) for at in range(8))
    return b"port;quay;tide;berth\n" + rows, ()


def skipped(serial: str, chosen: Random) -> tuple[bytes, Headers]:
    """A planning item or an event of the calendar."""
    mark = f"{serial}-{chosen.randrange(10**9)}"
    if chosen.random() < 0.5:
        plan = f'<planningItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:plan:{mark}" version="1"/>'
        return plan.encode(), (("content-type", b"application/xml"),)
    item = {"uri": f"urn:event:{mark}", "type": "event", "standard": {"name": "ninjs", "version": "3.1"}, "title": "Council meets"}
    return orjson.dumps(item), (("content-type", b"application/json"),)
