"""`python -m tests.bench.sniffing [FILE…]`: what unwrapping and sniffing cost beside the parse, for each golden input or each file named.

Sniffing is everything between the bytes and the format's own reader but the syntax's parser: what syntax it is, and every `matches` that is
asked up to the one that takes it. One core; the best of five rounds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from writethru import formats
from writethru.formats import jsontext, sniff, xmltext
from writethru.formats.limits import Limits
from writethru.formats.unwrap import unwrap
from writethru.records import Item, NotAnArticle, ParseError, RawMessage

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
LIMITS = Limits()


def seconds(call: Callable[[], object]) -> float:
    """CPU seconds of one call: the best of five rounds of 200."""
    rounds = []
    for _ in range(5):
        started = time.process_time()
        for _ in range(200):
            call()
        rounds.append((time.process_time() - started) / 200)
    return min(rounds)


def sniffing(payload: bytes) -> Callable[[], object]:
    """The questions asked of a payload, on the document that its syntax gives, in the loops of `formats.decode`."""
    unwrapped, marked = unwrap(payload, LIMITS)
    syntax = sniff.syntax(unwrapped)
    modules: Sequence[Any] = formats.BYTES_FORMATS
    documents: list[Any] = [unwrapped]
    if syntax == "xml":
        modules, documents = formats.XML_FORMATS, [xmltext.parse(unwrapped, marked, None, LIMITS)[0]]
    elif syntax == "json":
        value = jsontext.parse(unwrapped, marked, None, LIMITS)[0]
        members = [getattr(one, "value", one) for one in (value if isinstance(value, list) else [value])]
        modules, documents = formats.JSON_FORMATS, [one for one in members if isinstance(one, dict)]

    def ask() -> None:
        unwrap(payload, LIMITS)
        sniff.syntax(payload)
        if syntax == "text" and sniff.is_prose(payload):
            return
        for document in documents:
            for module in modules:
                if module.matches(document):
                    break

    return ask


def measured(path: Path) -> tuple[str, float, float] | None:
    """(format, seconds of unwrapping and sniffing, seconds of the whole decode); None for what holds no item."""
    payload = path.read_bytes()
    message = RawMessage(payload, "wire.raw", 0, 0, 0)
    try:
        first = next((item for item in formats.decode(message).items if isinstance(item, Item)), None)
        if first is None:
            return None
        return first.format, seconds(sniffing(payload)), seconds(lambda: formats.decode(message))
    except (ParseError, NotAnArticle):
        return None


def main(paths: list[Path]) -> None:
    found: dict[str, list[tuple[float, float]]] = {}
    for path in paths:
        row = measured(path)
        if row:
            found.setdefault(row[0], []).append(row[1:])
    table = Table("format", "inputs", "sniff and unwrap, µs", "decode, µs", "share")
    for name, rows in sorted(found.items()):
        sniffed, decoded = sum(row[0] for row in rows) / len(rows), sum(row[1] for row in rows) / len(rows)
        table.add_row(name, str(len(rows)), f"{sniffed * 1e6:.1f}", f"{decoded * 1e6:.0f}", f"{sniffed / decoded:.1%}")
    Console(width=100).print(table)


if __name__ == "__main__":
    named = [Path(name) for name in sys.argv[1:]]
    golden = [path for path in sorted(GOLDEN.glob("*/*")) if path.is_file() and not path.name.endswith((".item.json", ".article.json"))]
    main(named or golden)
