"""From a payload to the items it holds. `decode` is the door; a format is one module and one line in the table below.

A module has `matches(document) -> bool` and `parse(document, …) -> items`, where the document is what its syntax gives: an object of JSON,
the root element of XML, or the bytes of anything else. Which syntax it is, `sniff` tells by the content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol

from lxml import etree

from writethru.formats import (
    anpa,
    apmedia,
    digitalwires,
    feeds,
    fingerpost,
    iptc7901,
    jsonfeed,
    jsontext,
    mail,
    newsml1,
    newsmlg2,
    ninjs,
    nitf,
    sniff,
    text,
    xmltext,
)
from writethru.formats.encoding import charset_of
from writethru.formats.feeds import loose as feeds_loose
from writethru.formats.limits import Limits
from writethru.formats.unwrap import unwrap
from writethru.formats.values import kind
from writethru.hashes import fed
from writethru.records import Decoded, Feed, Item, NotAnArticle, ParseError, RawMessage

Outcome = Item | ParseError | NotAnArticle


class JsonFormat(Protocol):
    __name__: str

    def matches(self, document: dict[str, Any]) -> bool: ...
    def parse(self, document: dict[str, Any], encoding: str, warned: list[str], limits: Limits) -> Sequence[Outcome]: ...


class XmlFormat(Protocol):
    __name__: str

    def matches(self, root: etree._Element) -> bool: ...
    def parse(self, root: etree._Element, encoding: str, warned: list[str], limits: Limits) -> Sequence[Outcome]: ...


class BytesFormat(Protocol):
    __name__: str

    def matches(self, payload: bytes) -> bool: ...
    def parse(self, payload: bytes, marked: str | None, charset: str | None, limits: Limits) -> Sequence[Outcome]: ...


JSON_FORMATS: tuple[JsonFormat, ...] = (digitalwires, apmedia, fingerpost, ninjs, jsonfeed)
XML_FORMATS: tuple[XmlFormat, ...] = (newsmlg2, newsml1, nitf, feeds)
BYTES_FORMATS: tuple[BytesFormat, ...] = (iptc7901, anpa, mail)
"""Asked in this order; the first that matches parses. What is none of them is plain text. `marked` is the encoding that a byte-order mark
names, `charset` the one of the transport."""


__all__ = ["Limits", "decode", "names", "only"]

_DEFAULT = Limits()


class Asked(NamedTuple):
    """The formats that a payload may be in."""

    json: Sequence[JsonFormat] = ()
    xml: Sequence[XmlFormat] = ()
    bytes: Sequence[BytesFormat] = ()
    text: bool = False


EVERY = Asked(JSON_FORMATS, XML_FORMATS, BYTES_FORMATS, text=True)
_TEXT = Asked(text=True)


def names() -> list[str]:
    """The formats by name, plain text last."""
    modules: list[JsonFormat | XmlFormat | BytesFormat] = [*JSON_FORMATS, *XML_FORMATS, *BYTES_FORMATS]
    return [*map(_name, modules), text.FORMAT]


def only(name: str) -> Asked:
    """The one format of this name. Raises KeyError for a name that is none."""
    if name == text.FORMAT:
        return _TEXT
    found = Asked(
        [module for module in JSON_FORMATS if _name(module) == name],
        [module for module in XML_FORMATS if _name(module) == name],
        [module for module in BYTES_FORMATS if _name(module) == name],
    )
    if not any(found):
        raise KeyError(name)
    return found


def decode(message: RawMessage, feed: Feed | None = None, limits: Limits = _DEFAULT, asked: Asked = EVERY) -> Decoded:
    """Every item of a message, in order.

    Raises `ParseError` for a payload that is unreadable as a whole, `NotAnArticle` for one that is understood and holds no article,
    and nothing else, whatever the bytes. An item of a list that fails stands as its failure among the items.
    """
    digest = fed(hashlib.sha256(), message.value)
    payload, marked = unwrap(message.value, limits)
    items = _items(payload, marked, message, feed, limits, asked)
    if not items:
        raise ParseError("empty", "no item in it")
    if not isinstance(items[0], Item) and (len(items) == 1 or all([isinstance(item, NotAnArticle) for item in items])):
        raise items[0]
    unwrapped = digest if payload is message.value else fed(hashlib.sha256(), payload)
    return Decoded(digest.hexdigest(), tuple(items), tuple([_id(unwrapped, index) for index in range(len(items))]))


def _id(unwrapped: Any, index: int) -> str:
    digest = unwrapped.copy()
    digest.update(b"#%d" % index)
    return str(digest.hexdigest()[:32])


def _items(payload: bytes, marked: str | None, message: RawMessage, feed: Feed | None, limits: Limits, asked: Asked) -> Sequence[Outcome]:
    syntax = sniff.syntax(payload)
    charset = charset_of(message.headers) if message.headers else None
    if syntax == "empty":
        raise ParseError("empty", f"{len(payload)} bytes without content")
    if asked == _TEXT:
        return [text.parse(payload, marked, charset, hinted=True)]
    if syntax == "json":
        return _json(payload, marked, charset, limits, asked)
    if syntax == "xml":
        return _xml(payload, marked, charset, limits, asked)
    if not sniff.is_prose(payload):
        for module in asked.bytes:
            if module.matches(payload):
                return module.parse(payload, marked, charset, limits)
    hinted = sniff.hint(message.headers, feed)
    if hinted == mail.FORMAT and mail in asked.bytes and mail.matches(payload, told=True):
        return mail.parse(payload, marked, charset, limits)
    if not asked.text:
        raise ParseError("unknown_format", "neither JSON nor XML")
    try:
        return [text.parse(payload, marked, charset, hinted == text.FORMAT)]
    except ParseError as refusal:
        if refusal.reason != "unknown_format":
            raise
        raise ParseError("unknown_format", f"{refusal.detail}; none of {_tried(asked.bytes)}") from None


def _json(payload: bytes, marked: str | None, charset: str | None, limits: Limits, asked: Asked) -> Sequence[Outcome]:
    value, encoding, warnings = jsontext.parse(payload, marked, charset, limits)
    members = value if type(value) is list else [value]
    if not any(members):
        raise ParseError("empty", "JSON without content")
    jsontext.check_items(len(members), limits)
    found: list[Outcome] = []
    for place, member in enumerate(members):
        found += _object(member, place, encoding, warnings, limits, asked)
    return found


def _object(document: Any, place: int, encoding: str, warnings: list[str], limits: Limits, asked: Asked) -> Sequence[Outcome]:
    if isinstance(document, jsontext.Repaired):
        document, warnings = document.value, [*warnings, *document.warnings]
    if isinstance(document, ParseError):
        return (document,)
    if type(document) is not dict:
        return (ParseError("invalid", f"item {place} is {kind(document)}, no object"),)
    for module in asked.json:
        if module.matches(document):
            try:
                return module.parse(document, encoding, warnings, limits)
            except (ParseError, NotAnArticle) as failure:
                return (failure,)
    seen = f"JSON object with {', '.join(list(document)[:8])}"[:200]
    return (ParseError("unknown_format", f"{seen}; none of {_tried(asked.json)}"),)


def _xml(payload: bytes, marked: str | None, charset: str | None, limits: Limits, asked: Asked) -> Sequence[Outcome]:
    try:
        root, encoding, warnings = xmltext.parse(payload, marked, charset, limits)
    except ParseError as refusal:
        return feeds_loose.parse(payload, marked, charset, refusal, limits)
    for module in asked.xml:
        if module.matches(root):
            return module.parse(root, encoding, warnings, limits)
    raise ParseError("unknown_format", f"{_described(root)}; none of {_tried(asked.xml)}")


def _tried(formats: Sequence[JsonFormat | XmlFormat | BytesFormat]) -> str:
    return ", ".join(map(_name, formats)) or "what was asked for"


def _name(module: JsonFormat | XmlFormat | BytesFormat) -> str:
    return module.__name__.rpartition(".")[2]


def _described(root: etree._Element) -> str:
    name = etree.QName(root)
    if name.localname.lower() == "html":
        return "an HTML page"
    return f"XML with the root element {name.localname[:80]}" + (f" of {name.namespace[:100]}" if name.namespace else "")
