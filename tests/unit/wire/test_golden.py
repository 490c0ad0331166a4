"""Every golden input becomes the record that lies beside it, and that record is what the schema says."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from tests.golden import regenerate
from tests.schema_check import check_article

ARTICLES = [(path, expected) for path, kind, expected in regenerate.cases() if kind == "article"]


@pytest.mark.parametrize(("path", "expected"), ARTICLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_record_is_the_golden_one(path: Path, expected: Path) -> None:
    got = orjson.loads(regenerate.rendered(path, "article"))
    assert got == orjson.loads(expected.read_bytes())
    for record in got:
        check_article(record)
