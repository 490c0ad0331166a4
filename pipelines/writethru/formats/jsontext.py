"""JSON bytes to values: one document, or JSON Lines; its encoding, its depth, and why it cannot be read."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

import orjson

from writethru.formats import encoding as charsets
from writethru.formats.limits import Limits
from writethru.records import ParseError

_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_ZERO = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse(payload: bytes, marked: str | None, charset: str | None, limits: Limits) -> tuple[Any, str, list[str]]:
    """The value, or the list of values of JSON Lines (an unreadable line as its `ParseError`); the encoding; warnings.

    UTF-8 comes before what a header declares, for RFC 8259 knows no other; then the declared one, then cp1252.
    Raises `ParseError` with `encoding`, `too_deep`, `truncated` or `invalid`.
    """
    data, encoding = payload, "utf-8"
    if wide := marked or charsets.wide(payload):
        data, encoding = _narrow(payload, wide)
    if b"\\u0000" in data:  # no database's text type takes it
        data = _ZERO.sub(rb"\1\\ufffd", data)
    check_depth(data, limits.depth)
    try:
        return orjson.loads(data), encoding, []
    except orjson.JSONDecodeError:
        pass
    if encoding == "utf-8":
        data, encoding = _readable(data, charset)
    return _second_look(data, encoding, limits)


def check_depth(data: bytes, limit: int) -> None:
    """Raise `too_deep` for more than `limit` nested brackets, without parsing: strings out, then pairs peeled off from inside."""
    if data.count(b"[") + data.count(b"{") <= limit:
        return
    too_deep = re.compile(rb"[\[{]{%d}" % (limit + 1))
    unquoted = data.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')[::2]
    left = b"".join(unquoted).translate(None, _NOT_BRACKETS)
    for _ in range(limit):
        if not left or too_deep.search(left):
            break
        peeled = left.replace(b"[]", b"").replace(b"{}", b"")
        if len(peeled) == len(left):
            break
        left = peeled
    else:
        raise ParseError("too_deep", f"JSON nested deeper than {limit}")
    if left and too_deep.search(left):
        raise ParseError("too_deep", f"JSON nested deeper than {limit}")


def check_items(count: int, limits: Limits) -> None:
    """Raise `too_large` for a list that is longer than a feed's worst hour."""
    if count > limits.items:
        raise ParseError("too_large", f"{count} items, limit {limits.items}")


def _narrow(payload: bytes, wide: str) -> tuple[bytes, str]:
    try:
        return payload.decode(wide).encode("utf-8"), charsets.printed(wide)
    except UnicodeError as error:
        raise ParseError("encoding", f"JSON is not {wide}: {error}") from None


def _readable(data: bytes, charset: str | None) -> tuple[bytes, str]:
    if b"\0" in data:
        raise ParseError("encoding", "JSON with zero bytes that is neither UTF-16 nor UTF-32")
    for name in ("utf-8", charsets.codec(charset), "cp1252"):
        if name is not None:
            try:
                return data.decode(name).encode("utf-8"), charsets.printed(name)
            except UnicodeError:
                continue
    raise ParseError("encoding", "JSON is neither UTF-8 nor what was declared nor cp1252")


def _second_look(data: bytes, encoding: str, limits: Limits) -> tuple[Any, str, list[str]]:
    try:
        return orjson.loads(data), encoding, []
    except orjson.JSONDecodeError:
        pass
    lines = [line for line in data.splitlines() if line and not line.isspace()]
    if len(lines) > 1 and _is_document(lines[0]):
        check_items(len(lines), limits)
        return [_line(line) for line in lines], encoding, []
    return _lenient(data), encoding, ["lenient_json"]


def _is_document(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), (dict, list))
    except orjson.JSONDecodeError:
        return False


def _line(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError:
        try:
            return _lenient(line)
        except ParseError as error:
            return error


def _lenient(data: bytes) -> Any:
    """Raw line ends inside a string and half a surrogate pair are forgiven (U+FFFD stands for the latter), nothing else."""
    text = data.decode("utf-8")
    try:
        value = json.loads(text, strict=False, parse_constant=_no_constant)
        again = json.dumps(value, ensure_ascii=False, allow_nan=False)
    except json.JSONDecodeError as error:
        end = text.rstrip()
        cut = error.pos >= len(end) or error.msg.startswith("Unterminated") or (end[-1] not in "]}" and error.msg != "Extra data")
        raise ParseError("truncated" if cut else "invalid", f"JSON: {error.msg} (character {error.pos})") from None
    except ValueError as error:
        raise ParseError("invalid", f"JSON: {str(error)[:200]}") from None
    return orjson.loads(_SURROGATE.sub("\ufffd", again).encode("utf-8"))


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
