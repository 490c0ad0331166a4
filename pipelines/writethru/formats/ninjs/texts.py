"""The headline and the copy of a ninjs item, chosen among those it has and made plain text."""

from __future__ import annotations

import re
from typing import Any

from writethru.formats import markup, xmltext
from writethru.formats.limits import Limits
from writethru.formats.nitf import body as nitf_body
from writethru.formats.nitf.body import Story
from writethru.records import ParseError

_LABEL = re.compile(r'<div class="dat">([^\0]{1,400}?)</div>')
_NONE = Story()

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


def story(bodies: list[Labelled], title: str, ident: str, warnings: list[str], limits: Limits) -> Story:
    """The copy: as sent where it is plain text with blank lines, else of HTML, else as sent, else of NITF.

    `title` is the headline, left out where marked-up text opens with it; `ident` the item's id, for media without an address.
    Raises `ParseError` for markup that cannot be read.
    """
    plain = html = nitf = ""
    for entry in bodies:
        kind, value = entry.get("contentType", "").lower(), entry["value"]
        marked = value.lstrip()[:1] == "<" and "</" in value
        if marked and ("nitf" in kind or "<nitf" in value[:500]):
            nitf = nitf or value
        elif "html" in kind or (not kind and marked):
            html = html or value
        elif not kind or kind.startswith("text/"):
            plain = plain or value
        else:
            warnings.append(f"unread_body:{kind}")
    if plain and ("\n\n" in plain or not html):
        return Story(body=plain)
    if html:
        found = _of_html(html)
        if 'class="dat"' in html:
            found = _without_label(found, html)
    elif nitf:
        found = _of_nitf(nitf, ident, warnings, limits)
    else:
        return _NONE
    # TT's HTML opens with the headline as <h1>.
    return found._replace(body=found.body[len(title) + 2 :]) if title and found.body.startswith(title + "\n\n") else found


def _of_html(source: str) -> Story:
    copy = markup.copy_of_html(source)
    captions = tuple({"role": "caption", "value": caption} for caption in copy.captions)
    return Story(body=copy.text, tables=copy.tables, descriptions=captions)


def _without_label(found: Story, source: str) -> Story:
    """The copy without the line that TT's HTML has between headline and text: what the story is about, and whose it is."""
    line = _LABEL.search(source)
    if line is None:
        return found
    glued = markup.from_html(line[1])
    label = markup.from_html(line[1].replace("</span>", "</span> "))
    paragraphs = found.body.split("\n\n", 2)
    if not glued or glued not in paragraphs[:2]:
        return found
    paragraphs.remove(glued)
    return found._replace(body="\n\n".join(paragraphs), descriptions=(*found.descriptions, {"role": "label", "value": label}))


def _of_nitf(source: str, ident: str, warnings: list[str], limits: Limits) -> Story:
    """A document, or what stands in its body alone; what is no XML at all is read as HTML, which forgives."""
    document = source if "<nitf" in source else f"<block>{source}</block>"
    try:
        root, _, warned = xmltext.parse(document.encode("utf-8", "replace"), "utf-8", None, limits)
    except ParseError as refused:
        if refused.reason not in ("invalid", "truncated"):
            raise
        warnings.append("unclean_markup:nitf")
        return _of_html(source)
    warnings += warned
    return nitf_body.read(root, ident)


def add_described(found: dict[str, Any], told: Story) -> None:
    """Puts captions and media of the copy beside those of the envelope, in the properties of 3.1; one told twice stands once."""
    known = {line["value"] for entry in found.get("associations", ()) for line in entry.get("descriptions", ())}
    captions = [line for line in told.descriptions if line["value"] not in known]
    if captions:
        found["descriptions"] = [*found.get("descriptions", ()), *captions]
    if told.associations:
        found["associations"] = [*found.get("associations", ()), *told.associations]
