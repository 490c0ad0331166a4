"""NITF 3.x: one story a document, with its document type or without, with IPTC's namespace or with none.

Source: the IPTC's NITF 3.6, and items of PA, EFE, AP and NTB. `nitf_body.read` is for formats that carry NITF inside.
`wire.times` compares release with issue, for a release that is past is no embargo: the one point where times must be read to fill a field.
"""

from __future__ import annotations

from datetime import timezone
from typing import Any

from lxml import etree

from writethru.formats.limits import WARNINGS, Limits
from writethru.formats.nitf import body as nitf_body
from writethru.formats.nitf import docdata as nitf_docdata
from writethru.formats.nitf import head as nitf_head
from writethru.formats.nitf.body import Story
from writethru.formats.nitf.reading import Reading
from writethru.formats.values import Bad, urgency
from writethru.records import Item, ItemLink
from writethru.wire import times

FORMAT = "nitf"

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_SLUG_WORDS = 5
"""A title of more words before its first comma is a headline, whatever the body says its headline is."""
_ALIKE = 20
"""Characters from which one line within another is the same line shortened or marked, not a word of it."""


def matches(root: etree._Element) -> bool:
    """By the root element's name."""
    namespace, _, name = root.tag.rpartition("}")
    return name == "nitf" and (not namespace or "nitf" in namespace.lower())


def parse(root: etree._Element, encoding: str, warned: list[str], limits: Limits) -> list[Item]:
    """The one item of the document. `warned` is what reading the XML gave cause to. Raises `ParseError` (`too_deep`)."""
    reading = Reading(warned)
    for head in root.iterchildren("{*}head"):
        nitf_head.read(head, reading)
    for series in root.iter("{*}series"):
        nitf_docdata.series(series, reading)
    fields, lists = reading.fields, reading.lists
    ident = fields.get("uri") or root.get("uno") or ""
    story = nitf_body.read(root, ident)
    headline, slug, title = _titles(fields, story.headline)
    notice, terms = _rights(fields, story.rights)
    first, version, until = _times(fields, reading.revisions)
    ordered, managed = _managed(fields, story)
    associations = story.associations
    held = story.body or story.tables or not associations
    extra: dict[str, Any] = {
        "title": title,
        "headlines": list(story.headlines),
        "descriptions": _descriptions(fields, slug, story),
        "associations": list(associations),
        "copyrightHolder": fields.get("copyrightHolder"),
        "copyrightNotice": notice,
        "expires": times.read("expires", fields.get("expire"), None, reading.warnings),
    }
    extra |= {key: lists.get(key) for key in ("people", "organisations", "events", "objects", "infoSources")}
    sources = [entry["name"] for entry in lists.get("infoSources", ())]
    providers = (fields.get("registrar", ""), *story.distributors, fields.get("copyrightHolder", ""), *reading.providers, *sources)
    item = Item(
        format=FORMAT,
        type="text" if held else associations[0].get("type", "composite"),
        uri=ident or None,
        version=fields.get("version"),
        providers=tuple(dict.fromkeys(filter(None, providers))),
        language=root.get("baselang") or root.get(_LANGUAGE) or _body_language(root) or fields.get("language"),
        headline=headline,
        slug=slug,
        byline=story.byline,
        located=story.located,
        body=story.body,
        notes=(*reading.notes, *story.notes),
        signals=tuple(reading.signals) + ordered,
        links=tuple(reading.links) + managed,
        status=fields.get("status"),
        urgency=_urgency(fields, reading),
        first_created=first,
        version_created=version,
        embargoed=until,
        subjects=(*lists.get("subjects", ()), *(entry for entry in lists.get("keywords", ()) if entry["name"] != slug)),
        places=tuple(lists.get("places", ())),
        genres=tuple(lists.get("genres", ())),
        alt_ids=(*lists.get("altIds", ()), *_other_ids(root, fields, ident, slug)),
        usage_terms=terms or None,
        tables=story.tables,
        extra={key: value for key, value in extra.items() if value},
        encoding=encoding,
        warnings=tuple(reading.warnings[:WARNINGS]),
    )
    return [item]


def _titles(fields: dict[str, str], headline: str) -> tuple[str, str, str]:
    """Headline, slug, and the title where it is neither. PA's and AP's title is the slug line with its marks, NTB's the headline again."""
    title, key = fields.get("title", ""), fields.get("key", "")
    slug = fields.get("slug") or (key if any(map(str.isalpha, key)) else "")
    if title and not _alike(title, headline) and (_is_slug_line(title) or _continues(title, slug)):
        slug, title = title, ""
    elif not headline:
        headline, title = title, ""
    return headline, slug or fields.get("series", ""), "" if title in (headline, slug) else title


def _is_slug_line(title: str) -> bool:
    """`1 POLITICS Quarry`, `BC-US--Quarry Fire, 1st Ld-Writethru`, `POL/Quarry`: few words, and a sign that no headline has."""
    found = title.split(",", 1)[0].split()
    first = found[1] if len(found) > 1 and found[0].isdigit() else found[0] if found else ""
    return len(found) <= _SLUG_WORDS and (
        "," in title or "-" in first or "/" in first or (len(found) > 1 and len(first) > 1 and first.isupper())
    )


def _continues(title: str, slug: str) -> bool:
    """Whether the title is the slug with marks before or behind it: `1 Quarry`, `quarry (2)`."""
    bare = title.lstrip("0123456789 ")
    return bool(slug) and bare.startswith(slug) and bare[len(slug) :].lstrip()[:1] in ("", ",", "(", "<", "/")


def _alike(one: str, other: str) -> bool:
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return short == long or (len(short) >= _ALIKE and short in long)


def _times(fields: dict[str, str], revisions: list[str]) -> tuple[str | None, str | None, str | None]:
    """First created, version created, embargoed until. A release that does not lie behind the issue is to be waited for."""
    issue = fields.get("issue") or fields.get("publication") or max(revisions, default=None)
    first = min(revisions) if len(revisions) > 1 else None
    release = fields.get("release")
    if not release:
        return first, issue, None
    until = release if issue is None or _later(release, issue) else None
    if issue is None and fields.get("status", "").lower() != "embargoed":
        issue = release
    return first, issue, until


def _later(release: str, issue: str) -> bool:
    if release[15:] == issue[15:] and _is_basic(release) and _is_basic(issue):  # one zone: no need to read either
        return release > issue
    one, other = times.moment(release, timezone.utc), times.moment(issue, timezone.utc)
    return one is None or other is None or one[0] > other[0]


def _is_basic(stamp: str) -> bool:
    """`20260311T164500+0000`, what nearly every `norm` is."""
    return stamp[8:9] == "T" and stamp[:8].isdecimal() and stamp[9:15].isdecimal() and len(stamp) >= 15


def _rights(fields: dict[str, str], said: str) -> tuple[str, str]:
    """Copyright notice and usage terms; what the body says of rights is either."""
    notice, terms = fields.get("copyrightNotice", ""), fields.get("usageTerms", "")
    low = said.lower()
    if "copyright" in low or "©" in low:
        return said, terms
    return notice, "\n".join(filter(None, (terms, said)))


def _descriptions(fields: dict[str, str], slug: str, story: Story) -> list[dict[str, Any]]:
    series = fields.get("series")
    return [*story.descriptions, *([{"role": "series", "value": series}] if series and series not in slug else ())]


def _managed(fields: dict[str, str], story: Story) -> tuple[tuple[str, ...], tuple[ItemLink, ...]]:
    """The order about another document's status, as signal and link. Who cancels another and has copy of its own takes its place: that
    is a successor and no order to kill."""
    ident, status = fields.get("idref"), fields.get("idref-status")
    if not ident:
        return (), ()
    link = ItemLink("management-doc-idref", ident)
    copy = (story.body or story.tables) and ident != fields.get("uri") and fields.get("status", "usable").lower() == "usable"
    if status and status.lower() == "canceled" and copy:
        return (), (link, ItemLink("replaces", ident))
    return (f"management-idref-status:{status}",) if status else (), (link,)


def _other_ids(root: etree._Element, fields: dict[str, str], ident: str, slug: str) -> tuple[dict[str, str], ...]:
    key, universal = fields.get("key"), root.get("uno")
    found = [{"role": "du-key", "value": key}] if key and key not in slug else []
    if universal and universal != ident:
        found.append({"role": "uno", "value": universal})
    return tuple(found)


def _urgency(fields: dict[str, str], reading: Reading) -> int | str | None:
    """A number of 1 to 8, or the letter of the telegraph that EFE and AP send as well."""
    given = fields.get("urgency") or fields.get("priority")
    if given is None or not given.isdecimal():
        return given
    try:
        return urgency(given)
    except Bad:
        reading.warnings.append("invalid_field:urgency")
        return None


def _body_language(root: etree._Element) -> str | None:
    body = next(root.iterchildren("{*}body"), None)
    return None if body is None else body.get(_LANGUAGE)
