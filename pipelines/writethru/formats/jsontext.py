"""JSON bytes to values: one document, or JSON Lines; its encoding, its depth, and why it cannot be read."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import orjson

from writethru.formats import encoding as charsets
from writethru.formats.jsonrepair import repair
from writethru.formats.limits import Limits
from writethru.records import ParseError

_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_NOT_OPENING = bytes(set(range(256)) - set(b"[{"))
_BEGINS, _ENDS = (b"{", b"["), (b"}", b"]")
_ZERO = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


class Repaired(NamedTuple):
    """A line of JSON Lines that was damaged: its value as mended, and the warnings that say how."""

    value: Any
    warnings: tuple[str, ...]


def parse(payload: bytes, marked: str | None, charset: str | None, limits: Limits) -> tuple[Any, str, list[str]]:
    """The value, or the list of values of JSON Lines (a mended line as `Repaired`, an unreadable one as its `ParseError`); the encoding;
    warnings: `repaired_json:KIND` for each kind of damage that was mended (`jsonrepair.py`).

    UTF-8 comes before what a header declares, for RFC 8259 knows no other; then the declared one, then cp1252.
    Raises `ParseError` with `encoding`, `too_deep`, `truncated` or `invalid`.
    """
    data, encoding = payload, "utf-8"
    if wide := marked or charsets.wide(payload):
        data, encoding = _narrow(payload, wide)
    if b"\\u0000" in data:  # no database's text type takes it
        data = _ZERO.sub(rb"\1\\ufffd", data)
    try:
        check_depth(data, limits.depth)
        return orjson.loads(data), encoding, []
    except orjson.JSONDecodeError:
        deep = None
    except ParseError as error:
        deep = error
    if encoding == "utf-8":
        data, encoding = _readable(data, charset)
    if deep:  # of many lines one may be, and the others are none the worse for it
        lines = _lines(data, limits)
        if lines is None:
            raise deep
        return lines, encoding, []
    return _second_look(data, encoding, limits)


def check_depth(data: bytes, limit: int) -> None:
    """Raise `too_deep` for more than `limit` nested brackets, without parsing: strings out, then pairs peeled off from inside."""
    if len(data.translate(None, _NOT_OPENING)) <= limit:  # two thirds of the time of counting both signs
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
    lines = _lines(data, limits)
    if lines is not None:
        return lines, encoding, []
    value, damage = repair(data.decode("utf-8"), limits.depth)
    return value, encoding, _warnings(damage)


def _lines(data: bytes, limits: Limits) -> list[Any] | None:
    """The values of JSON Lines; None where the lines are those of one document.

    They are JSON Lines where one of them is a document of its own, or two go from brace to brace. A line that begins nothing goes on the
    one before where that one has no end: a raw line end stood in a string.
    """
    lines = data.splitlines()
    full = [line for line in lines if line and not line.isspace()]
    if len(full) < 2 or full[0].rstrip() in (b"{", b"["):
        return None
    check_items(sum([line.startswith(_BEGINS) for line in full]), limits)
    values = {number: value for number, line in enumerate(lines, 1) if (value := _document(line, number, limits)) is not None}
    if (
        all([type(value) is ParseError for value in values.values()])
        and sum(line.startswith(b"{") and line.rstrip().endswith(b"}") for line in full) < 2
    ):
        return None
    found: list[Any] = []
    broken: list[bytes] = []
    for number, line in enumerate(lines, 1):
        if number not in values and broken and not line.startswith(_BEGINS) and not broken[-1].rstrip().endswith(_ENDS):
            broken.append(line)
            continue
        if broken:
            found.append(_mended(broken, number - len(broken), limits))
            broken = []
        if number in values:
            found.append(values[number])
        elif line and not line.isspace():
            broken = [line]
    return [*found, _mended(broken, len(lines) - len(broken) + 1, limits)] if broken else found


def _document(line: bytes, number: int, limits: Limits) -> Any:
    """The object or list that a line is, its `ParseError` where it is nested too deep, None where it is none."""
    if not line.startswith(_BEGINS):  # indented, it is a part of a longer one
        return None
    try:
        check_depth(line, limits.depth)
        value = orjson.loads(line)
    except ParseError as error:
        return ParseError(error.reason, f"line {number}: {error.detail}") if line.rstrip().endswith(_ENDS) else None
    except orjson.JSONDecodeError:
        return None
    return value if type(value) in (dict, list) else None


def _mended(lines: list[bytes], number: int, limits: Limits) -> Repaired | ParseError:
    """What the lines from the one with that number on are together."""
    try:
        value, damage = repair(b"\n".join(lines).decode("utf-8"), limits.depth, number)
    except ParseError as error:
        return error
    return Repaired(value, tuple(_warnings(damage)))


def _warnings(damage: list[str]) -> list[str]:
    return [f"repaired_json:{kind}" for kind in damage]
