"""XML bytes to a tree: no entities, no network, no huge trees, no deep ones."""

from __future__ import annotations

import functools
import html.entities
import re
import threading

from lxml import etree

from writethru.formats import encoding as charsets
from writethru.formats.limits import Limits
from writethru.records import ParseError, Reason

_DECLARATION = re.compile(rb"<\?xml\b[^>]{0,200}?\?>")
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{1,40})[\"']")
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_PROLOG = re.compile(rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.S)
_ENTITY_REFERENCE = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORBIDDEN_REFERENCE = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bce-f]|1[0-9a-f]));", re.I)
_BEHIND = "Extra content at the end"
_IDLE = bytes(range(33)) + b"\x7f"
_UTF8 = frozenset({None, "utf-8", "ascii"})
_SHALLOW = 24
_LONG = 8192
"""Bytes. To count the slashes of so many takes as long as to look how deep the tree is."""
_XML_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})


def parse(payload: bytes, marked: str | None, charset: str | None, limits: Limits) -> tuple[etree._Element, str, list[str]]:
    """The root element, the encoding that was used, warnings.

    `marked` is the byte-order mark's encoding, `charset` the transport's; the document's own declaration stands between the two.
    Raises `ParseError` with `entities`, `too_deep`, `too_large`, `truncated` or `invalid`.
    """
    declared = _declared(payload, marked, charset)
    start = _PROLOG.match(payload).end()  # type: ignore[union-attr]  # matches the empty string
    root, encoding, warnings = _sound(payload, start, declared), "utf-8", list[str]()
    if root is None:
        root, encoding, warnings = _mended(payload, declared)
    elif len(payload) < _LONG and payload.count(b"/") < limits.depth:  # what holds another element has an end tag
        return root, encoding, warnings
    if _is_deep(root, limits.depth):
        raise ParseError("too_deep", f"XML nested deeper than {limits.depth}")
    return root, encoding, warnings


def _sound(payload: bytes, start: int, declared: str | None) -> etree._Element | None:
    """The root of a document that is UTF-8, well-formed and of no document type, as nearly all are; None for any other. Nobody else looks
    whether the bytes are UTF-8: libxml2 refuses what is not."""
    if charsets.codec(declared) not in _UTF8 or payload.startswith(b"<!DOCTYPE", start):
        return None
    try:
        return _tree(payload)
    except etree.XMLSyntaxError:
        return None


def _mended(payload: bytes, declared: str | None) -> tuple[etree._Element, str, list[str]]:
    data, encoding = _utf8(payload, declared)
    warnings = charsets.contradicted(declared, encoding) if declared is not None else []
    start = _PROLOG.match(data).end()  # type: ignore[union-attr]  # matches the empty string
    if data.startswith(b"<!DOCTYPE", start):
        data = _without_doctype(data, start, warnings)
    try:
        root = _tree(data)
    except etree.XMLSyntaxError as error:
        repaired = _repair(data, error, warnings)
        if repaired is None:
            raise _refusal(data, error) from None
        try:
            root = _tree(repaired)
        except etree.XMLSyntaxError as again:
            raise _refusal(repaired, again) from None
    return root, encoding, warnings


def root_name(payload: bytes) -> str:
    """The name of the first element, for a message."""
    found = _ROOT.search(payload, _PROLOG.match(payload).end())  # type: ignore[union-attr]  # matches the empty string
    return found[1].decode("utf-8", "replace")[:80] if found else "?"


def utf8(payload: bytes, marked: str | None, charset: str | None) -> tuple[bytes, str]:
    """The document as UTF-8, whatever its declaration says, and the encoding it was in."""
    return _utf8(payload, _declared(payload, marked, charset))


def _utf8(payload: bytes, declared: str | None) -> tuple[bytes, str]:
    if charsets.codec(declared) in _UTF8:
        try:
            payload if payload.isascii() else payload.decode("utf-8")
            return payload, "utf-8"
        except UnicodeDecodeError:
            pass
    text, used = charsets.decode(payload, declared)
    return text.encode("utf-8"), used


def _declared(payload: bytes, marked: str | None, charset: str | None) -> str | None:
    wide = marked or charsets.wide(payload)
    if wide:
        return wide
    head = payload.lstrip()[:256]
    return _written(head[: head.find(b">") + 1]) or charset


@functools.lru_cache(maxsize=64)
def _written(head: bytes) -> str | None:
    """The encoding that a declaration names: a feed has the same one all day."""
    own = _DECLARED.search(head) if _DECLARATION.match(head) else None
    return own[1].decode("ascii") if own else None


class _Parsers(threading.local):
    """One parser a thread: a new one for each document costs a tenth of the parse, a shared one makes threads wait."""

    def __init__(self) -> None:
        # It is told UTF-8, whatever the declaration says: the data was brought to it. Nobody looks elements up by id.
        self.parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            load_dtd=False,
            dtd_validation=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            collect_ids=False,
        )


_PARSERS = _Parsers()


def _tree(data: bytes) -> etree._Element:
    return etree.fromstring(data.lstrip(), _PARSERS.parser)


def _without_doctype(data: bytes, start: int, warnings: list[str]) -> bytes:
    """Refuse a document type that declares entities, cut off any other: it is never loaded. HTML's entities, which such a type would
    have declared, are written out."""
    if b"<!ENTITY" in data:
        raise ParseError("entities", "the document type declares entities")
    root = _ROOT.search(data, start + len(b"<!DOCTYPE"))
    return _named_entities(data[:start] + data[root.start() :] if root else data, warnings)


def _named_entities(data: bytes, warnings: list[str]) -> bytes:
    def character(found: re.Match[bytes]) -> bytes:
        name = found[1].decode("ascii")
        known = None if name in _XML_OWN else html.entities.html5.get(name + ";")
        return found[0] if known is None else known.encode("utf-8")

    written = _ENTITY_REFERENCE.sub(character, data)
    if written != data:
        warnings.append("html_entities")
    return written


def _repair(data: bytes, error: etree.XMLSyntaxError, warnings: list[str]) -> bytes | None:
    """What agencies' XML is known to break: HTML's entities, controls of the telegraph, and what a sender's buffer held behind the end."""
    message = error.msg or ""
    if "Entity '" in message:
        repaired = _named_entities(data, warnings)
    elif "har value" in message or "har out of" in message or "xmlParseCharRef" in message:
        repaired = _FORBIDDEN_REFERENCE.sub(b" ", _FORBIDDEN.sub(b" ", data))
        warnings.append("control_characters")
    elif _BEHIND in message:
        end = data.rfind(b">") + 1
        repaired = data[:end]
        warnings.append("text_behind_document" if data[end:].strip(_IDLE) else "control_characters")
    else:
        return None
    return None if repaired == data else repaired


def _refusal(data: bytes, error: etree.XMLSyntaxError) -> ParseError:
    message = (error.msg or "not well-formed")[:200]
    low = message.lower()
    reason: Reason = "invalid"
    if "depth" in low:
        reason = "too_deep"
    elif "entity" in low and ("loop" in low or "amplification" in low):
        reason = "entities"
    elif "huge" in low or "too long" in low or "too large" in low or "resource limit" in low:
        reason = "too_large"
    elif _BEHIND in message:
        pass
    elif not data.rstrip().endswith(b">") or not re.search(rb"</\s*" + re.escape(root_name(data).encode()) + rb"\s*>\s*$", data[-200:]):
        reason = "truncated"
    return ParseError(reason, f"XML: {message}")


def _is_deep(root: etree._Element, limit: int) -> bool:
    # Nearly every story is shallow, which the short path tells in half the time.
    return bool(_below(min(_SHALLOW, limit))(root) and _below(limit)(root))


@functools.lru_cache(maxsize=4)
def _below(limit: int) -> etree.XPath:
    # One step a level inside libxml2: 9 microseconds on a dpa story of 140 elements, where walking it from Python takes 50.
    return etree.XPath(f"boolean({'/*' * (limit + 1)})")
