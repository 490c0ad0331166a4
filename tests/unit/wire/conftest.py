from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from writethru.records import Article, Feed, Item, RawMessage
from writethru.wire import normalise

SHARED = Path(__file__).resolve().parents[4] / "shared"


def read(*, feed: Feed | None = None, headers: tuple[tuple[str, bytes], ...] = (), key: bytes | None = None, **item: Any) -> Article:
    """The article of an item of those properties; plain text where no format is named."""
    message = RawMessage(b"", "wire.raw", 0, 7, 1_700_000_000_000, key, headers)
    given = Item(**{"format": "text", **item})
    return normalise(given, message, article_id="ab" * 16, sha256="cd" * 32, received="2026-03-01T08:15:00Z", pipeline="test", feed=feed)


@pytest.fixture(scope="session")
def article() -> Callable[..., Article]:
    return read


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"{SHARED} is absent")
    return SHARED
