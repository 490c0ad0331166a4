"""JSON Feed 1.0 and 1.1: each member of `items` an item, language and authors inherited from the feed.

Source: the specification at jsonfeed.org, version 1.1.
"""

from __future__ import annotations

from typing import Any

from writethru.formats import jsontext
from writethru.formats.feeds import text as feeds_text
from writethru.formats.feeds.terms import host, service
from writethru.formats.feeds.text import one_line
from writethru.formats.limits import WARNINGS, Limits
from writethru.formats.markup import Copy
from writethru.formats.values import Bad, folded, is_uri, kind, number, text, whole
from writethru.records import Item, NotAnArticle, ParseError

FORMAT = "json-feed"

_VERSION = "jsonfeed.org/version/"
_KNOWN = frozenset(
    "id url external_url title content_html content_text summary image banner_image date_published date_modified author authors tags "
    "language attachments".split()
)
_KINDS = {"image": "picture", "audio": "audio", "video": "video"}


def matches(document: dict[str, Any]) -> bool:
    """By the version, which the specification asks for."""
    version = document.get("version")
    return type(version) is str and _VERSION in version and "items" in document


def parse(document: dict[str, Any], encoding: str, warned: list[str], limits: Limits) -> list[Item | ParseError]:
    """The items of the feed in order; one that cannot be read stands as its failure.

    `warned` is what reading the JSON gave cause to. Raises `ParseError` (`invalid`, `too_large`), `NotAnArticle` for a feed without items.
    """
    members = document["items"]
    if type(members) is not list:
        raise ParseError("invalid", f"items is {kind(members)}")
    jsontext.check_items(len(members), limits)
    if not members:
        raise NotAnArticle(FORMAT, "feed without items")
    return [_outcome(member, place, document, encoding, warned) for place, member in enumerate(members)]


def _outcome(member: Any, place: int, feed: dict[str, Any], encoding: str, warned: list[str]) -> Item | ParseError:
    if type(member) is not dict:
        return ParseError("invalid", f"item {place} is {kind(member)}, no object")
    try:
        return _item(member, feed, encoding, warned)
    except ParseError as failure:
        return failure


def _item(source: dict[str, Any], feed: dict[str, Any], encoding: str, warned: list[str]) -> Item:
    warnings = list(warned)
    link, external = _string(source, "url", warnings), _string(source, "external_url", warnings)
    uri = _id(source) or link
    summary = _string(source, "summary", warnings)
    copy = _body(source)
    body = copy.text or summary
    published, modified = _string(source, "date_published", warnings), _string(source, "date_modified", warnings)
    links = [{"role": role, "value": value} for role, value in (("link", link), ("external", external)) if value and value != uri]
    title = _string(feed, "title", [])
    home = _string(feed, "home_page_url", [])
    extra: dict[str, Any] = {}
    if title:
        extra["infoSources"] = [{"name": title, **({"uri": home} if is_uri(home) else {})}]
    descriptions = [{"role": "summary", "value": summary}] if summary and not body.startswith(summary) else []
    descriptions += [{"role": "caption", "value": caption} for caption in copy.captions]
    if descriptions:
        extra["descriptions"] = descriptions
    associations = [*_images(source, warnings), *_attachments(source, warnings)]
    if associations:
        extra["associations"] = associations
    warnings += [f"unknown_field:{key}" for key in source if key not in _KNOWN and not key.startswith("_")]  # _ = somebody's extension
    own = _names(source, warnings)
    return Item(
        format=FORMAT,
        uri=uri or None,
        providers=_providers(feed, home, link),
        language=_string(source, "language", warnings) or _string(feed, "language", []) or None,
        headline=one_line(_string(source, "title", warnings)),
        byline=", ".join(dict.fromkeys(own)),
        body=body,
        first_created=published or None if modified else None,
        version_created=modified or published or None,
        subjects=tuple({"name": tag} for tag in dict.fromkeys(_tags(source, warnings))),
        alt_ids=tuple(links),
        tables=copy.tables,
        extra=extra,
        encoding=encoding,
        warnings=tuple(warnings[:WARNINGS]),
    )


def _string(source: dict[str, Any], name: str, warnings: list[str]) -> str:
    value = source.get(name)
    if type(value) is str:
        return folded(value).strip()
    if value is not None:
        warnings.append(f"invalid_field:{name}")
    return ""


def _id(source: dict[str, Any]) -> str:
    try:
        return "" if source.get("id") is None else text(source["id"]).strip()
    except Bad as bad:
        raise ParseError("invalid", f"id is {bad}") from None


def _body(source: dict[str, Any]) -> Copy:
    """The text as sent where it has paragraphs, else from HTML, else as sent. Raises `ParseError`."""
    plain, html = source.get("content_text"), source.get("content_html")
    for name, value in (("content_text", plain), ("content_html", html)):
        if value is not None and type(value) is not str:
            raise ParseError("invalid", f"{name} is {kind(value)}")
    if plain and ("\n\n" in folded(plain) or not html):
        return Copy(folded(plain).strip("\n "))
    return feeds_text.of_html(folded(html)) if html else Copy()


def _objects(source: dict[str, Any], name: str, warnings: list[str]) -> list[dict[str, Any]]:
    value = source.get(name)
    if value is None:
        return []
    if type(value) is dict:  # `author` of 1.0
        return [value]
    if type(value) is list and all(type(member) is dict for member in value):
        return value
    warnings.append(f"invalid_field:{name}")
    return []


def _names(source: dict[str, Any], warnings: list[str]) -> list[str]:
    authors = _objects(source, "authors", warnings) or _objects(source, "author", warnings)
    return [name for author in authors if (name := one_line(_string(author, "name", warnings)))]


def _providers(feed: dict[str, Any], home: str, link: str) -> tuple[str, ...]:
    """Who publishes the feed: its authors, for it has no other name for them, and its host, and its title where that names house and
    service."""
    parties = _names(feed, [])
    titled = "" if parties else service(one_line(_string(feed, "title", [])))
    names = [*parties, host(home) or host(_string(feed, "feed_url", [])) or host(link), titled]
    return tuple(dict.fromkeys(name for name in names if name))


def _tags(source: dict[str, Any], warnings: list[str]) -> list[str]:
    tags = source.get("tags")
    if tags is None:
        return []
    if type(tags) is list and all(type(tag) is str for tag in tags):
        return [tag.strip() for tag in tags if tag.strip()]
    warnings.append("invalid_field:tags")
    return []


def _images(source: dict[str, Any], warnings: list[str]) -> list[dict[str, Any]]:
    out = []
    for name in ("image", "banner_image"):
        href = _string(source, name, warnings)
        if is_uri(href):
            out.append({"name": name, "uri": href, "type": "picture", "renditions": [{"name": "main", "href": href}]})
        elif href:
            warnings.append(f"invalid_field:{name}")
    return out


def _attachments(source: dict[str, Any], warnings: list[str]) -> list[dict[str, Any]]:
    """Attachments of one title are the renderings of one recording."""
    found: dict[str, dict[str, Any]] = {}
    for place, member in enumerate(_objects(source, "attachments", warnings)):
        href, mime, title = (_string(member, name, warnings) for name in ("url", "mime_type", "title"))
        if not is_uri(href):
            warnings.append("invalid_field:attachments")
            continue
        entry = found.setdefault(title or f"\0{place}", {"name": title or f"attachment{place + 1}", "uri": href, "renditions": []})
        if (main := mime.partition("/")[0]) in _KINDS:
            entry["type"] = _KINDS[main]
        rendition: dict[str, Any] = {"name": f"r{len(entry['renditions']):02d}" if entry["renditions"] else "main", "href": href}
        if mime:
            rendition["contentType"] = mime
        for name, key, convert in (("size_in_bytes", "sizeInBytes", whole), ("duration_in_seconds", "duration", number)):
            if member.get(name) is not None:
                try:
                    rendition[key] = convert(member[name])
                except Bad:
                    warnings.append(f"invalid_field:attachments.{name}")
        entry["renditions"].append(rendition)
    return list(found.values())
