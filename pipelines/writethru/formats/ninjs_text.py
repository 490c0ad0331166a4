"""The headline and the body of a ninjs item, chosen among those it has and made plain text."""

from __future__ import annotations

from typing import Any

from writethru.formats import markup, xmltext
from writethru.formats.limits import Limits

Labelled = dict[str, Any]
"""An entry of 3.1's `headlines` or `bodies`: `value`, and perhaps `role` and `contentType`."""


def headline(headlines: list[Labelled]) -> tuple[str, list[Labelled]]:
    """The main headline as plain text, and the entries beside it."""
    if not headlines:
        return "", headlines
    main = next((entry for entry in headlines if entry.get("role", "main") == "main"), headlines[0])
    value: str = main["value"]
    if "html" in main.get("contentType", ""):
        value = markup.from_html(value).replace("\n\n", " ")
    return value, [entry for entry in headlines if entry is not main]


def body(bodies: list[Labelled], title: str, warnings: list[str], limits: Limits) -> str:
    """Plain text with its paragraphs: as sent where it has blank lines, else from HTML, else as sent, else from NITF. `title` is the
    headline, left out where marked-up text opens with it. Raises `ParseError` for markup that cannot be read."""
    plain = html = nitf = ""
    for entry in bodies:
        kind, value = entry.get("contentType", ""), entry["value"]
        if "html" in kind or (not kind and value.lstrip()[:1] == "<" and "</" in value):
            html = html or value
        elif not kind or kind.startswith("text/"):
            plain = plain or value
        elif "nitf" in kind and "<" in value:
            nitf = nitf or value
        else:
            warnings.append(f"unread_body:{kind}")
    if plain and ("\n\n" in plain or not html):
        return plain
    if html:
        return _untitled(markup.from_html(html), title)
    if nitf:
        return _untitled(_of_nitf(nitf, limits), title)
    return ""


def _of_nitf(source: str, limits: Limits) -> str:
    if "<nitf" not in source:  # the blocks of a body alone, without the document around them
        return markup.from_html(source)
    root, _, _ = xmltext.parse(source.encode("utf-8", "replace"), "utf-8", None, limits)
    return markup.from_tree(root)


def _untitled(text: str, title: str) -> str:
    # TT's HTML opens with the headline as <h1>.
    return text[len(title) + 2 :] if title and text.startswith(title + "\n\n") else text
