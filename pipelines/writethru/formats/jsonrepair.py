"""Damaged JSON read all the same, where one reading alone is likely: what a sender's pasting of strings does to it.

Only what no parser takes comes here, so that well-formed JSON is never touched. One pass; no character is looked at more than a few times.
"""

from __future__ import annotations

import re
from typing import Any

import orjson

from writethru.records import ParseError

_TOKENS = 1_000_000
"""A payload at its size limit that deserves mending has some 300,000."""

_SPACE = "[ \t\r\n]*"
_BLANK = "[ \t\r\n\ufeff]*"
_ATOM = r"(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)"
_TOKEN = re.compile(
    rf'({_BLANK})(?:(["\[{{\]}},:])|({_ATOM}(?:{_SPACE},{_SPACE}{_ATOM}){{0,500}})(?![\w.+-])|(-?(?:NaN|Infinity))(?!\w)|\Z)', re.ASCII
)
_BLANKS = re.compile(_BLANK)
_CUT = re.compile(r"[\w.+-]{0,30}\s*\Z", re.ASCII)

# What follows the quote that ends a string; any other quote within is the copy's own (`"He said "yes", then left", "byline": …`). A
# property's name is looked for within 100 characters.
_ENDS_NAME = re.compile(rf"{_BLANK}(?::|\Z)")
_ENDS_MEMBER = re.compile(
    rf'{_BLANK}(?:\Z|\}}{_BLANK}(?:\Z|[,\]{{}}])|,{_BLANK}(?:\Z|\}}|"[^"\\\r\n]{{0,100}}(?:\Z|"{_BLANK}(?:\Z|:))))', re.ASCII
)
_ENDS_ELEMENT = re.compile(rf'{_BLANK}(?:\Z|\]{_BLANK}(?:\Z|[,\]}}])|,{_BLANK}(?:\Z|["\[{{\]tfnNI\d-]))', re.ASCII)
# A string without its closing quote runs on through the next property: nothing tells where it ended.
_RUNS_ON = re.compile(rf'{_BLANK}:{_BLANK}(?:["\[{{]|(?:-?\d[\d.]*|true|false|null){_BLANK}[,}}])', re.ASCII)

_CONTROL = re.compile("[\x00-\x1f]")
_WRITTEN = {code: f"\\u{code:04x}" for code in range(32)}
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|[\"\\/bfnrt])|\\('?)")
_SURROGATE = re.compile(
    r"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})", re.ASCII
)


def repair(text: str, depth: int, line: int = 1) -> tuple[Any, list[str]]:
    """The value, and the kinds of damage that were mended, sorted. `line` is the number of the text's first line.

    Mended: raw line ends and other control characters in strings, quotes in strings, escapes that JSON lacks, halves of surrogate pairs
    (U+FFFD stands for one), commas before a closing bracket, byte-order marks between tokens, NaN and Infinity (null).
    Raises `ParseError`: `too_deep`, or `truncated` and `invalid` with line and column, counted from 1, in the text as given.
    """
    mender = _Mender(text, depth, line)
    mender.run()
    mended = "".join(mender.pieces)
    try:
        return orjson.loads(mended), sorted(mender.found)
    except orjson.JSONDecodeError as error:
        raise mender.refusal(mender.origin(error.pos), error.msg) from None


class _Mender:
    """Writes the text anew token by token: `pieces`, of which each began at its one of `starts` in the text as given."""

    def __init__(self, text: str, depth: int, line: int) -> None:
        self.text = text
        self.depth = depth
        self.line = line
        self.found: set[str] = set()
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.stack: list[str] = []

    def run(self) -> None:
        text, at, last = self.text, 0, ""
        for _ in range(_TOKENS):
            token = _TOKEN.match(text, at)
            if token is None:
                start = _BLANKS.match(text, at).end()  # type: ignore[union-attr]  # it matches nothing, too
                raise self.refusal(start, "neither a value nor a sign of JSON", _CUT.match(text, start) is not None)
            blank, sign, atoms, numberless = token.groups()
            start, at = at + len(blank), token.end()
            if not (sign or atoms or numberless):
                break
            if not self.stack and (last or (sign != "{" and sign != "[")):
                raise self.refusal(start, "more than one value" if last else "neither an object nor a list")
            if "\ufeff" in blank:
                self.found.add("byte_order_mark")
                blank = blank.replace("\ufeff", "")
            if sign == '"':
                piece, at = self._string(at, last)
            elif sign in ("]", "}"):
                piece = self._closing(start, sign, last)
            else:
                piece = sign or atoms
            if sign in ("{", "["):
                self.stack.append(sign)
                if len(self.stack) > self.depth:
                    raise ParseError("too_deep", f"JSON nested deeper than {self.depth}")
            elif numberless:
                self.found.add("not_a_number")
                piece = "null"
            self.starts.append(start)
            self.pieces.append(blank + piece)
            last = sign or atoms or numberless
        else:
            raise self.refusal(at, "too long to be mended")
        if self.stack:
            raise self.refusal(len(text.rstrip()), f"{self.stack[-1]} without its end", True)

    def _closing(self, start: int, sign: str, last: str) -> str:
        if last == ",":
            self.found.add("trailing_comma")
            self.pieces[-1] = self.pieces[-1][:-1]
        if self.stack.pop() != ("{" if sign == "}" else "["):
            raise self.refusal(start, f"{sign} without its beginning")
        return sign

    def _string(self, start: int, last: str) -> tuple[str, int]:
        """The string that opens before `start`, well-formed and in its quotes, and the position behind it."""
        text = self.text
        ends = _ENDS_ELEMENT if self.stack[-1] == "[" else _ENDS_MEMBER if last == ":" else _ENDS_NAME
        parts: list[str] = []
        begun = at = start
        while True:
            quote = text.find('"', at)
            if quote < 0:
                raise self.refusal(start - 1, "text without its end", True)
            before, at = text[at:quote], quote + 1
            if before.endswith("\\") and (len(before) - len(before.rstrip("\\"))) % 2:
                continue
            parts.append(text[begun:quote])
            begun = at
            if ends.match(text, at):
                break
            if ends is not _ENDS_NAME and _RUNS_ON.match(text, at):
                raise self.refusal(start - 1, "text without its end before the next property")
        if len(parts) > 1:
            self.found.add("quotes")
        return f'"{self._content(parts)}"', at

    def _content(self, parts: list[str]) -> str:
        content = '\\"'.join(parts)
        if "\\" in content:
            content = self._escapes(content)
        if _CONTROL.search(content):
            ends = "\n" in content or "\r" in content
            if ends:
                self.found.add("line_ends")
            if not ends or _CONTROL.search(content.replace("\n", "").replace("\r", "")):
                self.found.add("control_characters")
            content = content.translate(_WRITTEN)
        return content

    def _escapes(self, content: str) -> str:
        mended = _ESCAPE.sub(lambda escape: escape[0] if escape[1] else escape[2] or "\\\\", content)
        if mended != content:
            self.found.add("escapes")
        if "\\ud" in mended or "\\uD" in mended:
            whole = _SURROGATE.sub(lambda pair: "\\ufffd" if pair["half"] else pair[0], mended)
            if whole != mended:
                self.found.add("surrogates")
            return whole
        return mended

    def origin(self, position: int) -> int:
        """Where in the text as given the token began that holds `position` of the mended text."""
        for piece, start in zip(self.pieces, self.starts, strict=True):
            if position < len(piece):
                return start
            position -= len(piece)
        return self.starts[-1]

    def refusal(self, at: int, what: str, cut: bool = False) -> ParseError:
        line = self.line + self.text.count("\n", 0, at)
        column = at - self.text.rfind("\n", 0, at)
        return ParseError("truncated" if cut else "invalid", f"JSON: {what} (line {line}, column {column})")
