"""The record that the README shows, against the sample day that it is taken from."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import chain
from pathlib import Path
from typing import Any

import orjson

from tests.unit.transforms.test_stories import articles
from writethru.codec import article_json
from writethru.stories import StoryIndex
from writethru.threads import ThreadIndex
from writethru.transforms.keyed import by_key

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
UNSTEADY = {"score", "offset"}
"""A score moves with each fit, an offset with the keys' partitions."""


def shortened(shown: Any, whole: Any) -> bool:
    """Whether `shown` is `whole` with members left out, and texts cut at an ellipsis."""
    if isinstance(shown, dict):
        return all(name in UNSTEADY or shortened(value, whole[name]) for name, value in shown.items())
    if isinstance(shown, list):
        return (
            all(any(shortened(one, other) for other in whole) for one in shown) if whole and isinstance(whole[0], dict) else shown == whole
        )
    if isinstance(shown, str) and shown.endswith("…"):
        return str(whole).startswith(shown.rstrip(" …"))
    return bool(shown == whole)


def test_the_record_shown_is_one_of_the_sample_day() -> None:
    (block,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    shown = orjson.loads(block)
    chained = [StoryIndex(agency).apply(group).articles for agency, group in by_key(articles(), lambda one: one.wire.agency).items()]
    english = sorted((one for one in chain(*chained) if one.language == "en"), key=lambda one: one.provenance.offset)
    headline = shown["article"]["headlines"][0]["value"]
    (record,) = [orjson.loads(article_json(one)) for one in ThreadIndex("en").apply(english).articles if one.headline == headline]
    assert shortened(shown, record)
    assert not shortened({**shown, "rev": 2}, record)


def test_the_example_in_python_prints_what_stands_below_it() -> None:
    ((code, printed),) = re.findall(r"```python\n(.*?)```\n\nprints\n\n```\n(.*?)```", README, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == printed


def test_the_reader_needs_neither_beam_nor_kafka() -> None:
    code = "import sys, writethru.reader, writethru.stories, writethru.threads; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "lxml" in loaded
    assert not {"apache_beam", "kafka"} & set(loaded)
