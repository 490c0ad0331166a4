"""The elements of a feed's entries and of its channel, by name: which reader takes which. Source: see `feeds_entry`."""

from __future__ import annotations

from writethru.formats.feeds import media as feeds_media
from writethru.formats.feeds import names, readers
from writethru.formats.feeds.entry import Channel, Entry
from writethru.formats.feeds.readers import Element, Reader, field, first, tie
from writethru.formats.feeds.terms import address, line, person

# Of a page and its machinery, not of the story: readers' comments, editing addresses, clicks. Elements without a namespace or of Atom are
# named where they are not known; other namespaces are modules of whoever writes the feed.
_UNUSED = frozenset("comments contributor generator image expirationDate rating control".split())


def read(element: Element, entry: Entry) -> None:
    """Reads an entry's children into it. Raises `ParseError` (`too_deep`) for its markup."""
    about = element.get(names.ABOUT)
    if about:
        entry.id = about.strip()
    language = element.get(names.LANGUAGE)
    if language:
        entry.language = language
    for child in element:
        reader = _READERS.get(child.tag)
        if reader is not None:
            reader(child, entry)
        elif (child.tag[:1] != "{" or child.tag.startswith(names.ATOM)) and child.tag.rpartition("}")[2] not in _UNUSED:
            entry.warnings.append(f"unknown_field:{child.tag.rpartition('}')[2][:80]}")


def read_channel(element: Element, channel: Channel) -> None:
    """Reads what a channel's children say of all its entries."""
    if element.get(names.LANGUAGE):
        channel.language = element.get(names.LANGUAGE) or ""
    for child in element:
        name = _CHANNEL.get(child.tag)
        if name == "atom:link":
            rel, href = child.get("rel") or "alternate", address(child, child.get("href") or "")
            if rel == "alternate":
                channel.link = channel.link or href
            elif rel == "license":
                channel.license = href
            elif rel == "self":
                channel.address = href
        elif name == "license":
            channel.license = child.get(names.RESOURCE) or line(child)
        elif name == "author":
            channel.author = channel.author or person(child)
        elif name == "title":
            channel.title = channel.title or readers.headline(child)
        elif name and not getattr(channel, name):
            setattr(channel, name, address(child, line(child)) if name == "link" else line(child))


def _read_atom_source(element: Element, entry: Entry) -> None:
    entry.source = Channel()
    read_channel(element, entry.source)


def _named(table: dict[str, Reader], *namespaces: str) -> dict[str, Reader]:
    return {namespace + name: reader for namespace in namespaces for name, reader in table.items()}


_READERS: dict[str, Reader] = {
    **_named(
        {
            "title": readers.read_title,
            "link": readers.read_link,
            "description": readers.read_summary,
            "guid": readers.read_guid,
            "pubDate": first("published"),
            "author": readers.read_author,
            "category": readers.read_category,
            "source": readers.read_source,
            "enclosure": readers.read_enclosure,
            "copyright": first("rights"),
        },
        *names.RSS,
    ),
    **_named(
        {
            "title": readers.read_title,
            "link": readers.read_atom_link,
            "summary": readers.read_summary,
            "content": readers.read_body,
            "id": readers.read_id,
            "updated": field("updated"),
            "modified": field("updated"),
            "published": field("published"),
            "issued": field("published"),
            "created": first("published"),
            "author": readers.read_author,
            "category": readers.read_category,
            "source": _read_atom_source,
            "rights": first("rights"),
            "copyright": first("rights"),
        },
        *names.ATOM,
    ),
    **_named(
        {
            "title": readers.read_title,
            "creator": readers.read_author,
            "publisher": field("publisher"),
            "date": first("published"),
            "subject": readers.read_category,
            "description": readers.read_summary,
            "language": field("language"),
            "rights": first("rights"),
            "coverage": readers.read_place,
            "identifier": readers.read_identifier,
            "relation": tie("relation"),
            "source": readers.read_origin,
        },
        *names.DC,
    ),
    **_named(
        {
            "modified": field("updated"),
            "issued": first("published"),
            "created": first("published"),
            "replaces": tie("replaces"),
            "isReplacedBy": tie("isReplacedBy"),
            "isVersionOf": tie("isVersionOf"),
            "spatial": readers.read_place,
            "license": readers.read_license,
        },
        *names.TERMS,
    ),
    **_named({"encoded": readers.read_body}, *names.CONTENT),
    **_named({"body": readers.read_body, "div": readers.read_body}, *names.XHTML),
    **_named({"license": readers.read_license}, *names.LICENSE),
    **_named({"embargoDate": field("embargoed"), "copyright": first("rights"), "modificationDate": field("updated")}, *names.PRISM),
    **_named({"in-reply-to": readers.read_reply}, *names.THREAD),
    **_named(
        {"point": readers.read_point, "where": readers.read_point, "featurename": readers.read_place, "featureName": readers.read_place},
        *names.GEORSS,
    ),
    **_named({"lat": field("latitude"), "long": field("longitude"), "Point": readers.read_lat_long}, *names.GEO),
    **_named({"author": readers.read_author}, *names.ITUNES),
    **_named({"origLink": field("link")}, *names.FEEDBURNER),
    **_named(
        {
            "content": feeds_media.read_content,
            "group": feeds_media.read_group,
            "thumbnail": feeds_media.read_thumbnail,
            "credit": field("credit"),
            "description": first("caption"),
            "keywords": readers.read_keywords,
            "category": readers.read_category,
            "copyright": first("rights"),
            "license": readers.read_license,
            "status": readers.read_status,
        },
        *feeds_media.NAMESPACES,
    ),
}
_CHANNEL: dict[str, str] = {
    **{space + "title": "title" for space in (*names.RSS, *names.ATOM)},
    **{space + "author": "author" for space in names.ATOM},
    **{space + "link": "link" for space in names.RSS},
    **{space + "link": "atom:link" for space in names.ATOM},
    **{space + "id": "address" for space in names.ATOM},
    **{space + "language": "language" for space in (*names.RSS, *names.DC)},
    **{space + "copyright": "rights" for space in (*names.RSS, *names.ATOM, *feeds_media.NAMESPACES)},
    **{space + "rights": "rights" for space in (*names.ATOM, *names.DC)},
    **{space + "publisher": "publisher" for space in names.DC},
    **{space + "license": "license" for space in names.LICENSE},
}
