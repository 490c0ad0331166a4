"""`python -m tests.bench.feeds [ENTRIES]`: entries of an RSS feed per CPU-second, read and normalised here, and read by feedparser.

Beside both stands the floor: lxml building the tree. One core; the best of five rounds.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable

import feedparser
from lxml import etree
from rich.console import Console
from rich.table import Table

from writethru.formats import decode
from writethru.records import Item, RawMessage
from writethru.wire import normalise

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Harbour</title>'
    "<link>https://www.harbour.example/</link><language>en</language><copyright>Harbour</copyright>"
)
_ENTRY = (
    "<item><title>UPDATE {n}-Tide wall of Port Ellery holds for day {n}</title><link>https://www.harbour.example/{n}</link>"
    '<guid isPermaLink="false">urn:harbour:{n}</guid><pubDate>Wed, 11 Mar 2026 08:15:00 +0000</pubDate><dc:creator>Mara Quill</dc:creator>'
    '<category>floods</category><category domain="https://www.harbour.example/topics/">ports</category>'
    "<description>The wall held on day {n}.</description><content:encoded><![CDATA[<p>(Adds detail)</p>"
    "<p>PORT ELLERY, March 11 (Harbour) - The tide wall held on day {n}, its builder said.</p>{grafs}"
    '<p>(Reporting by Mara Quill)</p>]]></content:encoded><media:content url="https://media.harbour.example/{n}.jpg" type="image/jpeg" '
    'width="800" height="600"/></item>'
)
_GRAF = "<p>The water stood at <b>{n}.1 metres</b> by noon &amp; fell by evening, the council of Port Ellery said in a statement.</p>"


def feed(entries: int) -> bytes:
    """An RSS 2.0 feed, about 2 KB an entry."""
    made = (_ENTRY.format(n=n, grafs="".join(_GRAF.format(n=n * graf) for graf in range(1, 11))) for n in range(1, entries + 1))
    return f"{_HEAD}{''.join(made)}</channel></rss>".encode()


def ours(payload: bytes) -> None:
    """Decoded and normalised, each entry to its enriched article."""
    message = RawMessage(payload, "wire.raw", 0, 0, 1_772_352_000_000)
    decoded = decode(message)
    for item, id_ in zip(decoded.items, decoded.ids, strict=True):
        if isinstance(item, Item):
            normalise(item, message, article_id=id_, sha256=decoded.sha256, received="2026-03-01T08:00:00Z", pipeline="bench")


READERS: dict[str, Callable[[bytes], object]] = {
    "writethru, parse and normalise": ours,
    "writethru, parse": lambda payload: decode(RawMessage(payload, "wire.raw", 0, 0, 0)),
    "feedparser": lambda payload: feedparser.parse(io.BytesIO(payload)),
    "feedparser, sanitising and resolving off": lambda payload: feedparser.parse(
        io.BytesIO(payload), sanitize_html=False, resolve_relative_uris=False
    ),
    "lxml, the tree alone": etree.fromstring,
}


def seconds(read: Callable[[bytes], object], payload: bytes) -> float:
    """CPU seconds of the best of five rounds."""
    taken = []
    for _ in range(5):
        started = time.process_time()
        read(payload)
        taken.append(time.process_time() - started)
    return min(taken)


def main(entries: int) -> None:
    payload = feed(entries)
    table = Table(f"{entries} entries, {len(payload) // 1024} KB", "entries/s", "MB/s")
    for name, read in READERS.items():
        took = seconds(read, payload)
        table.add_row(name, f"{entries / took:,.0f}", f"{len(payload) / took / 1e6:,.1f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
