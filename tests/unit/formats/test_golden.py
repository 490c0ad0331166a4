"""Every golden input becomes what stands beside it, and everything in `extra` is valid ninjs 3.1."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import orjson
import pytest

from tests.schema_check import check_ninjs

GOLDEN = Path(__file__).resolve().parents[2] / "golden"


def _regenerate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("golden_regenerate", GOLDEN / "regenerate.py")
    assert spec and spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


regenerate = _regenerate()
ITEMS = [(path, expected) for path, kind, expected in regenerate.cases() if kind == "item"]


@pytest.mark.parametrize(("path", "expected"), ITEMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_golden(path: Path, expected: Path) -> None:
    assert orjson.loads(regenerate.rendered(path, "item")) == orjson.loads(expected.read_bytes())


@pytest.mark.parametrize("path", [path for path, _ in ITEMS], ids=lambda path: f"{path.parent.name}/{path.name}")
def test_extra_is_valid_ninjs(path: Path) -> None:
    for item in regenerate.items(path).get("items", []):
        lists = {name: list(item[name]) for name in ("subjects", "places", "genres") if name in item}
        check_ninjs({"uri": "urn:x", **item.get("extra", {}), **lists})


AGENCIES = {
    "aap", "afp", "ana", "anp", "ansa", "ap", "ats", "belga", "businesswire", "cp", "dowjones", "dpa", "efe", "europapress", "ians",
    "kyodo", "lusa", "ntb", "pa", "prnewswire", "pti", "reuters", "ritzau", "stt", "tass", "tt", "xinhua", "yonhap",
}  # fmt: skip
FORMATS = {
    "anpa-1312", "ap-media", "atom", "digitalwires", "fingerpost", "iptc-7901", "json-feed", "mail", "newsml-1", "newsml-g2", "ninjs-1",
    "ninjs-2", "ninjs-3", "nitf", "rss", "text",
}  # fmt: skip


def test_every_agency_with_a_dialect_of_its_own_has_an_input() -> None:
    assert {path.parent.name for path, _ in ITEMS} >= AGENCIES


def test_every_format_has_an_input() -> None:
    assert {item.get("format") for path, _ in ITEMS for item in regenerate.items(path).get("items", [])} >= FORMATS
