"""The golden documents with some of their values swapped for odd ones: read or refused, never an error of another kind, and every record
that comes out is what the schema says."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.golden.regenerate import cases
from tests.schema_check import check_article
from writethru.codec import article_json
from writethru.formats import decode
from writethru.records import Item, NotAnArticle, ParseError, RawMessage
from writethru.wire import normalise

TEXTS = [
    "", "\u00a0", " 4\u0085", "\u0663", "\u00b2", "9" * 400, "-1", "NaN", "1e400", "0000-00-00", "2026-02-30T25:61:00Z", "20260301T000000",
    "2026-03-01T00:00:00+99:99", "\ufeff", "\u2028", "\u202ertl", "http://[", "http://a b", "tag:", "urn:x:" + "a" * 3000, "((((", "{}",
    "KILL KILL KILL", "Sperrfrist 32. Januar 25.00 Uhr", "embargoed until 99 p.m. EDT Feb. 31", "UPDATE 99-", "UPDATE 0-", "stat:canceled",
    "withheld", "zz-ZZ-zz", "<b>", "&amp;", "+0900", "--", "=", "x" * 20_000,
]  # fmt: skip
VALUES: list[Any] = [
    *TEXTS, None, True, False, 0, -1, (1 << 64) - 1, 1e308, -0.5, [], {}, [[]], [None], {"": None}, [{}], {"type": {}}, [1, "a", None],
]  # fmt: skip
SETTINGS = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

Place = tuple[Any, Any]


def documents() -> tuple[list[Any], list[etree._Element]]:
    """The golden inputs that are whole documents of JSON, and of XML."""
    of_json, of_xml = [], []
    for path in sorted({path for path, _, _ in cases()}, key=Path.as_posix):
        payload = path.read_bytes()
        try:
            of_json.append(orjson.loads(payload))
        except orjson.JSONDecodeError:
            root = etree.fromstring(payload, etree.XMLParser(recover=True)) if payload.lstrip()[:1] == b"<" else None
            if root is not None:
                of_xml.append(root)
    return of_json, of_xml


OF_JSON, OF_XML = documents()


def places(value: Any) -> Iterator[Place]:
    """(the object or list, the member) of each value within."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield value, name
        yield from places(member)


def read(payload: bytes) -> None:
    message = RawMessage(payload, "wire.raw", 0, 0, 1_772_352_000_000)
    try:
        decoded = decode(message)
    except (ParseError, NotAnArticle):
        return
    for item, id_ in zip(decoded.items, decoded.ids, strict=True):
        if not isinstance(item, Item):
            continue
        try:
            article = normalise(item, message, article_id=id_, sha256=decoded.sha256, received="2026-03-01T08:00:00Z", pipeline="test")
        except ParseError:
            continue
        check_article(orjson.loads(article_json(article)))


@SETTINGS
@given(st.data())
def test_json(data: st.DataObject) -> None:
    document = copy.deepcopy(data.draw(st.sampled_from(OF_JSON)))
    for _ in range(data.draw(st.integers(1, 4))):
        container, name = data.draw(st.sampled_from(list(places(document))))
        container[name] = copy.deepcopy(data.draw(st.sampled_from(VALUES)))
    read(orjson.dumps(document))


@SETTINGS
@given(st.data())
def test_xml(data: st.DataObject) -> None:
    root = copy.deepcopy(data.draw(st.sampled_from(OF_XML)))
    for _ in range(data.draw(st.integers(1, 4))):
        element = data.draw(st.sampled_from([one for one in root.iter() if isinstance(one.tag, str)]))
        name = data.draw(st.sampled_from([None, *element.attrib]))
        text = data.draw(st.sampled_from(TEXTS))
        if name is None:
            element.text = text
        else:
            element.set(name, text)
    read(etree.tostring(root))
