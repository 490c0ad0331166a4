"""The texts of a feed as plain text: what is declared as markup, what is declared as text, and RSS's, which may be either."""

from __future__ import annotations

import html
import re
from typing import Literal

from lxml import etree

from writethru.formats import markup
from writethru.formats.markup import Copy
from writethru.formats.values import folded

Kind = Literal["html", "text", "either"]

# In headlines a bracket alone proves no markup: `<CORRECTED> - X`, `BANK <BDEP> PLACES NOTES`.
_INLINE = re.compile(r"</?(?:a|abbr|b|big|br|cite|code|em|font|i|img|mark|p|q|s|small|span|strong|sub|sup|tt|u)(?:\s[^<>]*)?/?>", re.I)
_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>|<!--")
_SPACES = re.compile(r"[ \t\r\n]+")


def one_line(text: str) -> str:
    """`text` with markup's white space squeezed: pretty-printed XML breaks headlines."""
    if "\n" in text or "  " in text or "\t" in text or "\r" in text:
        text = _SPACES.sub(" ", text)
    return text.strip(" ")


def title(value: str, kind: Kind) -> str:
    """A headline. Raises `ParseError` (`too_deep`)."""
    if kind == "html" or (kind == "either" and "<" in value and _INLINE.search(value)):
        return one_line(markup.from_html(value).replace("\n\n", " "))
    if kind == "either" and "&" in value:  # escaped twice, as many feeds are
        value = html.unescape(value)
    return one_line(value)


def story(value: str, kind: Kind) -> Copy:
    """Paragraphs, with tables and captions apart. Raises `ParseError` (`too_deep`)."""
    if kind == "html" or (kind == "either" and "<" in value and _TAG.search(value)):
        return of_html(folded(value))
    if kind == "either" and "&" in value:
        value = html.unescape(value)
    return Copy(folded(value).strip(" \t\n"))


def of_html(source: str) -> Copy:
    """A fragment or page of HTML; where all of it stands in tables, they lay out its text. Raises `ParseError` (`too_deep`)."""
    found = markup.copy_of_html(source)
    return found if found.text or not found.tables else Copy(markup.from_html(source), (), found.captions)


def of_tree(root: etree._Element) -> Copy:
    """The same of markup that is part of the document."""
    found = markup.copy_of_tree(root)
    return found if found.text or not found.tables else Copy(markup.from_tree(root), (), found.captions)
