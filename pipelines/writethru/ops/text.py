"""What of a foreign text may be shown on the page, in a log line or in a reason."""

from __future__ import annotations

import re

_USERINFO = re.compile(r"(?<=://)[^/\s@]*:[^/\s]*@")
_SECRET = re.compile(r"(?i)\b([\w.-]*(?:password|passwd|secret|token|api[_-]?key))(\"?'?\s*[=:]\s*)(\"[^\"]*\"|'[^']*'|[^\s,;&]+)")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


def plain(text: str, limit: int) -> str:
    """One line of at most `limit` characters: control and direction-override characters and lone surrogates become a space."""
    line = _UNSEEN.sub(" ", text[: limit * 4]).strip()
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def without_secrets(text: str, limit: int) -> str:
    """`plain`, and what stands after `user:` in an address or after `password=` and its like masked."""
    masked = _SECRET.sub(r"\1\2***", _USERINFO.sub("***@", text[: limit * 4]))
    return plain(masked, limit)
