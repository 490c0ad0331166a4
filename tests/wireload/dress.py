"""From a version of a story to the bytes its sender would send."""

from __future__ import annotations

import gzip

import orjson

from tests.wireload.dress_g2 import g2
from tests.wireload.dress_json import digitalwires, ninjs1, ninjs2, ninjs3, tt
from tests.wireload.dress_text import anpa, labelled, scraped
from tests.wireload.filed import Copy

_HEADERS = {
    "json": (("content-type", b"application/json"),),
    "xml": (("content-type", b"application/xml"),),
    "text": (("content-type", b"text/plain"),),
}


_TEXTS = {"anpa": anpa, "labelled": labelled, "scraped": scraped}
_OBJECTS = {"digitalwires": digitalwires, "tt": tt, "ninjs-1": ninjs1, "ninjs-2": ninjs2, "ninjs-3": ninjs3}


def dress(copy: Copy) -> tuple[bytes, tuple[tuple[str, bytes], ...]]:
    """(payload, headers)."""
    form = copy.sender.format
    if form == "g2":
        payload, syntax = g2(copy), "xml"
    elif form in _TEXTS:
        payload, syntax = _TEXTS[form](copy).encode(), "text"
    else:
        payload, syntax = orjson.dumps(_OBJECTS[form](copy)), "json"
    if copy.sender.packed:
        payload = gzip.compress(payload, 1, mtime=0)
    headers = _HEADERS[syntax]
    return payload, (("agency", copy.sender.key.encode()), *headers) if copy.sender.outlet else headers
