"""What every golden input must become. `python tests/golden/regenerate.py` writes it anew; the tests compare.

An input is `tests/golden/AGENCY/NAME.EXT`; beside it stands one `NAME.EXT.KIND.json` for each kind in `RENDERED`.
Read the difference before you commit it: a golden file is only as good as the eye that passed it.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import orjson

from writethru import formats
from writethru.codec import article_json
from writethru.records import Feed, Item, NotAnArticle, ParseError, RawMessage
from writethru.wire import normalise

HERE = Path(__file__).parent


def items(path: Path) -> Any:
    """The decoded items of an input, fields with their default left out; a failure as its class, reason and detail."""
    message = RawMessage(path.read_bytes(), "wire.raw", 0, 0, 1_772_352_000_000)
    try:
        decoded = formats.decode(message, Feed("wire.raw", agency=path.parent.name))
    except (ParseError, NotAnArticle) as failure:
        return {"raised": _outcome(failure)}
    return {"items": [_outcome(item) for item in decoded.items], "ids": decoded.ids}


def articles(path: Path) -> Any:
    """The records of an input as they leave Normalise; empty where nothing could be read."""
    message = RawMessage(path.read_bytes(), "wire.raw", 0, 0, 1_772_352_000_000)
    feed = Feed("wire.raw", agency=path.parent.name)
    try:
        decoded = formats.decode(message, feed)
    except (ParseError, NotAnArticle):
        return []
    told = {"sha256": decoded.sha256, "received": "2026-03-01T08:00:00Z", "pipeline": "writethru/golden", "feed": feed}
    return [
        orjson.loads(article_json(normalise(item, message, article_id=id_, **told)))
        for item, id_ in zip(decoded.items, decoded.ids, strict=True)
        if isinstance(item, Item)
    ]


def _outcome(item: Item | ParseError | NotAnArticle) -> Any:
    if not isinstance(item, Item):
        return {type(item).__name__: str(item)}
    blank = Item(format="")
    given = dataclasses.asdict(item)
    return {name: value for name, value in given.items() if value != getattr(blank, name)}


RENDERED: dict[str, Callable[[Path], Any]] = {"item": items, "article": articles}


def cases() -> Iterator[tuple[Path, str, Path]]:
    """Input, kind, and the file that holds what is expected."""
    for path in sorted(HERE.glob("*/*")):
        if path.parent.name != "__pycache__" and path.is_file() and path.suffixes[-2:] not in [[f".{kind}", ".json"] for kind in RENDERED]:
            for kind in RENDERED:
                yield path, kind, path.with_name(f"{path.name}.{kind}.json")


def rendered(path: Path, kind: str) -> bytes:
    return orjson.dumps(RENDERED[kind](path), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def main() -> int:
    changed = 0
    for path, kind, target in cases():
        new = rendered(path, kind)
        if not target.exists() or target.read_bytes() != new:
            target.write_bytes(new)
            changed += 1
            sys.stdout.write(f"{target.relative_to(HERE)}\n")
    sys.stdout.write(f"{changed} changed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
