"""Records against the JSON Schemas in `schemas/`, formats asserted, IPTC's ninjs schema resolved from the copy beside them.

`check_article(record)` and its like take a record as JSON (a dict, as the sinks write it) and raise AssertionError naming each
member that is wrong; `check_ninjs` takes the `article` member alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"
NINJS = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"
GEOJSON = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://geojson.org/schema/GeoJSON.json",
    "type": "object",
    "required": ["type"],
}
"""Stands for geojson.org's schema, which ninjs refers to: an object with a type."""


@cache
def load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
    return loaded


@lru_cache(maxsize=1)
def registry() -> Registry[Any]:
    known: Registry[Any] = Registry()
    documents = [load(path.relative_to(SCHEMAS).as_posix()) for path in sorted(SCHEMAS.rglob("*.json"))]
    return known.with_resources([(document["$id"], Resource(document, DRAFT202012)) for document in [*documents, GEOJSON]]).crawl()


@cache
def validator(name: str) -> Draft202012Validator:
    """The validator of `article`, `story`, `thread`, `dead_letter`, or of `iptc/ninjs-schema_3.1.json` as `ninjs`."""
    schema = {"$ref": NINJS} if name == "ninjs" else load(f"{name}.schema.json")
    return Draft202012Validator(schema, registry=registry(), format_checker=FormatChecker())


def errors(name: str, record: object) -> Iterator[str]:
    """What is wrong with the record, a line for each member, with its path."""
    for error in validator(name).iter_errors(record):
        causes = error.context or [error]
        for cause in causes:
            yield f"{name}{cause.json_path[1:]}: {cause.message[:300]}"


def _check(name: str) -> Callable[[object], None]:
    def check(record: object) -> None:
        wrong = list(errors(name, record))
        assert not wrong, "\n".join(wrong)

    return check


check_article = _check("article")
check_story = _check("story")
check_thread = _check("thread")
check_dead_letter = _check("dead_letter")
check_ninjs = _check("ninjs")
