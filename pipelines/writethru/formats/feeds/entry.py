"""What one entry of a feed says, whichever reader found it, and the item it makes.

Source: RSS 0.90 to 2.0 and its modules, RFC 4287 (Atom), Media RSS 1.5, RFC 6721 (tombstones).
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from writethru.formats.feeds.terms import host, point, resolved, service
from writethru.formats.feeds.text import one_line
from writethru.formats.limits import WARNINGS
from writethru.formats.markup import Copy
from writethru.formats.values import Bad, is_uri, number, whole
from writethru.records import Item, ItemLink, ItemNote

_NO_TEXT = Copy()
_KINDS = {"image": "picture", "audio": "audio", "video": "video"}
_GRAVITY = {"deleted": 2, "canceled": 2, "cancelled": 2, "blocked": 1, "withheld": 1}
_NUMBERS = (("width", whole), ("height", whole), ("sizeInBytes", whole), ("duration", number))


class Media(NamedTuple):
    """A picture, recording or other file of an entry. `numbers` as printed, by their names in ninjs; `status` is `media:status`'."""

    href: str
    medium: str = ""
    mime: str = ""
    title: str = ""
    caption: str = ""
    credit: str = ""
    rights: str = ""
    status: str = ""
    numbers: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Channel:
    """What a feed says once, for all its entries. `publisher` is the party it names, else the author of the whole."""

    title: str = ""
    link: str = ""
    address: str = ""
    """Where the feed itself lies, or its id."""
    publisher: str = ""
    author: str = ""
    language: str = ""
    rights: str = ""
    license: str = ""


@dataclass(slots=True)
class Entry:
    """What has been read of one entry so far. Texts are plain already, addresses resolved, times as printed; `media` holds the files of
    one picture or recording together, `thumbnails` those of the entry as a whole."""

    id: str = ""
    link: str = ""
    title: str = ""
    summary: Copy = _NO_TEXT
    body: Copy = _NO_TEXT
    authors: list[str] = field(default_factory=list)
    publisher: str = ""
    source: Channel | None = None
    published: str = ""
    updated: str = ""
    embargoed: str = ""
    language: str = ""
    rights: str = ""
    license: str = ""
    status: str = ""
    comment: str = ""
    credit: str = ""
    caption: str = ""
    subjects: list[dict[str, Any]] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    point: dict[str, Any] | None = None
    latitude: str = ""
    longitude: str = ""
    links: list[ItemLink] = field(default_factory=list)
    identifiers: list[str] = field(default_factory=list)
    media: list[list[Media]] = field(default_factory=list)
    enclosures: list[Media] = field(default_factory=list)
    thumbnails: list[Media] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def item(entry: Entry, channel: Channel, form: str, encoding: str, warned: list[str]) -> Item:
    """The item of an entry in its feed; `form` is the format's name, `warned` what reading the document gave cause to."""
    warnings = [*warned, *entry.warnings]
    link = resolved(entry.link, channel.link)
    copy, summary = entry.body if entry.body.text else entry.summary, entry.summary.text
    body = copy.text
    if body.startswith(summary):  # also where it is the body
        summary = ""
    if entry.title and body.startswith(entry.title + "\n\n"):  # an <h1>
        body = body[len(entry.title) + 2 :]
    associations = _associations(entry, channel, warnings)
    uri = entry.id or link
    alt_ids = [{"role": "link", "value": link}] if link and link != uri else []
    alt_ids += [{"role": "identifier", "value": value} for value in dict.fromkeys(entry.identifiers) if value not in (uri, link)]
    rights = entry.rights or (entry.source.rights if entry.source else "") or channel.rights
    extra: dict[str, Any] = {}
    sources = _sources(entry, channel)
    if sources:
        extra["infoSources"] = sources
    descriptions = [{"role": "summary", "value": summary}] if summary else []
    descriptions += [{"role": "caption", "value": caption} for caption in copy.captions]
    if descriptions:
        extra["descriptions"] = descriptions
    if rights:
        extra["copyrightNotice"] = html.unescape(rights) if "&" in rights else rights  # `&amp;copy;` is common
    kind = "text"
    if associations:
        extra["associations"] = associations
        if not body:
            kind = _kind(entry, associations[0])
            if kind != "text" and "renditions" in associations[0]:
                extra["renditions"] = associations[0]["renditions"]
    return Item(
        format=form,
        type=kind,
        uri=uri or None,
        providers=_providers(entry, channel, link),
        language=entry.language or channel.language or None,
        headline=entry.title,
        byline=", ".join(dict.fromkeys(entry.authors)),
        body=body,
        notes=(ItemNote("comment", entry.comment),) if entry.comment else (),
        links=tuple(entry.links),
        status=entry.status or None,
        first_created=entry.published or None if entry.updated else None,
        version_created=entry.updated or entry.published or None,
        embargoed=entry.embargoed or None,
        subjects=tuple({tuple(one.items()): one for one in entry.subjects}.values()),
        places=tuple(_places(entry)),
        alt_ids=tuple(alt_ids),
        usage_terms=entry.license or channel.license or None,
        tables=copy.tables,
        extra=extra,
        encoding=encoding,
        warnings=tuple(warnings[:WARNINGS]),
    )


def status(state: str, reason: str) -> str:
    """The graver word of a `media:status`, as printed: Reuters' reason is `canceled` or `withheld`, that of others an address."""
    words = [word.strip() for word in (state, reason) if word.strip()]
    known = [word for word in words if word.lower() in _GRAVITY or word.lower() in ("active", "usable")]
    return max(known, key=lambda word: _GRAVITY.get(word.lower(), 0)) if known else (words[0] if words else "")


def _providers(entry: Entry, channel: Channel, link: str) -> tuple[str, ...]:
    """Whose copy it is: the party that the entry names, else the feed's; a feed that names none is known by its host, or by its title where
    that names house and service (`Reuters: World`)."""
    named = [entry.publisher]
    if entry.source and not _same_house(host(entry.source.link), host(channel.link)):
        named += [entry.source.publisher, entry.source.title, host(entry.source.link)]
    if not any(named):
        party = channel.publisher or channel.author
        named = [party, host(channel.link) or host(channel.address) or host(link), "" if party else service(channel.title)]
    return tuple(dict.fromkeys(name for name in named if name))


def _same_house(one: str, other: str) -> bool:
    """Whether two hosts are of one domain: a house's feeds quote each other."""
    return bool(one and other) and (f".{one}".endswith(f".{other}") or f".{other}".endswith(f".{one}"))


def _sources(entry: Entry, channel: Channel) -> list[dict[str, Any]]:
    out = []
    for one in (entry.source, channel):
        if one and one.title:
            found = {"name": one.title}
            if one.link:
                found["uri" if is_uri(one.link) else "literal"] = one.link
            out.append(found)
    return out


def _places(entry: Entry) -> list[dict[str, Any]]:
    places: list[dict[str, Any]] = [{"name": name} for name in dict.fromkeys(entry.places)]
    where = entry.point or point(f"{entry.latitude} {entry.longitude}")
    if where and len(places) == 1:
        places[0]["geoJSON"] = where
    elif where:
        places.append({"geoJSON": where})
    return places


def _kind(entry: Entry, first: dict[str, Any]) -> str:
    """The type of an entry without text: that of its recording, and of its picture where it has no headline either."""
    kind: str = first.get("type", "text")
    return kind if kind in ("audio", "video") or not entry.title else "text"


def _associations(entry: Entry, channel: Channel, warnings: list[str]) -> list[dict[str, Any]]:
    if not (entry.media or entry.enclosures or entry.thumbnails):
        return []
    objects = [
        [one._replace(caption=one.caption or entry.caption, credit=one.credit or entry.credit) for one in files] for files in entry.media
    ]
    known = {one.href for files in objects for one in files}
    objects += [[one] for one in entry.enclosures if one.href not in known]
    out = []
    for position, files in enumerate(objects):
        found = _association(files, channel, f"media{position + 1}", warnings)
        if found:
            out.append(found)
    stills = [rendition for one in entry.thumbnails if (rendition := _rendition(one, "thumbnail", channel))]
    if stills and out:
        out[0].setdefault("renditions", []).extend(stills)
    elif stills:
        out.append({"name": "thumbnail", "uri": stills[0]["href"], "type": "picture", "renditions": stills})
    return out


def _association(files: list[Media], channel: Channel, name: str, warnings: list[str]) -> dict[str, Any] | None:
    """One picture or recording in all its files."""
    renditions = []
    for position, one in enumerate(files):
        still = one.medium == "thumbnail"
        rendition = _rendition(one, "thumbnail" if still else "main" if not position else f"r{position:02d}", channel)
        if rendition:
            renditions.append(rendition)
        elif one.href:
            warnings.append("invalid_field:media")
    if not renditions:
        return None
    first = files[0]
    found: dict[str, Any] = {"name": first.title or name, "uri": renditions[0]["href"]}
    kind = _KINDS.get(first.medium or first.mime.partition("/")[0])
    if kind:
        found["type"] = kind
    if first.title:
        found["headlines"] = [{"value": first.title}]
    if first.caption:
        found["descriptions"] = [{"role": "caption", "value": first.caption}]
    if first.credit:
        found["by"] = first.credit
    if first.rights:
        found["copyrightNotice"] = first.rights
    gravity = _GRAVITY.get(first.status.lower())
    if gravity:
        found["pubStatus"] = "canceled" if gravity == 2 else "withheld"
    found["renditions"] = renditions
    return found


def _rendition(one: Media, name: str, channel: Channel) -> dict[str, Any] | None:
    href = resolved(one_line(one.href), channel.link).replace(" ", "%20")
    if not href or not is_uri(href):
        return None
    found: dict[str, Any] = {"name": name, "href": href}
    if one.mime:
        found["contentType"] = one.mime
    given = dict(one.numbers)
    for key, convert in _NUMBERS:
        if given.get(key):
            try:
                found[key] = convert(given[key])
            except Bad:
                pass  # feeds print `length="0 bytes"` and worse; the file's own head knows it
    return found
