"""A collection spread over the agencies of the invented wire."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import orjson
import pytest

from tests.unit.wireload.conftest import NOW
from tests.wireload import expected, raw, variants
from tests.wireload.collection import LANGUAGES
from tests.wireload.roster import SENDERS


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """Three rows of an invented collection."""
    text = (
        "The council of Vellmouth said on {} that the bridge to Karrow will be closed for {} days, and that it was not asked by the port."
    )
    rows = [
        {"id": number, "title": f"Vellmouth closes bridge {number}", "text": " ".join([text.format(day, 40 + number)] * 4), "ts": None}
        for number, day in enumerate(("Monday", "Tuesday", "Friday"))
    ]
    path = tmp_path / "invented.jsonl"
    path.write_bytes(b"\n".join(map(orjson.dumps, rows)))
    return path


def test_it_is_spread_over_agencies_and_languages(collection: Path) -> None:
    spread = list(variants(600, collection))
    assert list(variants(600, collection)) == spread
    assert len({value for _, value, _ in spread}) == 600, "none is a duplicate"
    articles = expected(raw(spread, NOW), threads=False).records.articles.values()
    assert Counter(article["wire"]["agency"] for article in articles) == Counter(key.decode() for key, _, _ in spread)
    assert len({article["wire"]["agency"] for article in articles}) == len(SENDERS) >= 20
    languages = Counter(article["article"]["language"] for article in articles)
    assert languages.keys() == LANGUAGES.keys() and min(languages.values()) > 10
    assert not any(article["provenance"]["warnings"] for article in articles)


def test_its_items_are_a_second_apart(collection: Path) -> None:
    times = [orjson.loads(value)["versionCreated"] for _, value, _ in variants(3, collection)]
    assert times == ["2026-01-15T06:00:00Z", "2026-01-15T06:00:01Z", "2026-01-15T06:00:02Z"]
