"""A feed whose XML is broken, by feedparser's tolerant reader, which is several times slower and loses what it has no name for.

It is given bytes, never an address, so that it opens nothing; its sanitising and resolving are off, for markup is reduced to text here.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping
from typing import Any

from writethru.formats import xmltext
from writethru.formats.feeds import ATOM, RSS
from writethru.formats.feeds import entry as feeds_entry
from writethru.formats.feeds import media as feeds_media
from writethru.formats.feeds import text as feeds_text
from writethru.formats.feeds.entry import Channel, Entry
from writethru.formats.feeds.terms import category, named
from writethru.formats.feeds.text import Kind, one_line
from writethru.formats.limits import MEGABYTE, Limits
from writethru.formats.values import is_uri
from writethru.records import Item, ItemLink, ParseError

WARNING = "tolerant_feed_reader"

_LARGEST = 2 * MEGABYTE
_TAGS = 150_000
"""feedparser takes 8 microseconds for each."""
_BROKEN = frozenset({"invalid", "truncated"})
_ROOTS = ("rss", "RDF", "feed")
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:rss|RDF|feed)[\s>]")
_OPEN, _CLOSED = re.compile(rb"<(?:item|entry)[\s>]"), re.compile(rb"</(?:item|entry)\s*>")
# What feedparser would take for something else: a picture's caption and title for the story's, the webmaster for the publisher, a part of
# an address beyond `.info` for a name. Keywords it compares each with each.
_RENAMED = (
    (re.compile(rb"<(/?)media:(?:description|text)\b[^<>]*>"), rb"<\1media:caption>"),
    (re.compile(rb"<(/?)media:title\b[^<>]*>"), rb"<\1media:heading>"),
    (re.compile(rb"<(/?)webMaster\b[^<>]*>", re.I), rb"<\1webadmin>"),
    (re.compile(rb"<(/?)(?:[\w.-]+:)?(?:keywords|tags)\b[^<>]*>", re.I), rb"<\1unread>"),
    (re.compile(rb"<author>\s*[^\s@<>()]{1,200}@[^\s@<>()]{1,200}\s*\(([^()<>]*)\)"), rb"<author>\1"),
)
# A picture that is closed within its entry: the status in it is its own, which feedparser would tell of the entry.
_PICTURE = re.compile(
    rb"<media:(content|group)\b[^<>]*(?<!/)>(?:(?!<(?:/?(?:[\w.-]+:)?(?:item|entry)[\s>]|media:\1\b)).)*?</media:\1\s*>", re.DOTALL
)
_ACTIVE = re.compile(rb"<media:status\b[^<>]*\bstate\s*=\s*[\"']active[\"'][^<>]*>", re.I)
_CATEGORY = re.compile(rb"<(?:[\w.-]+:)?(?:category|subject)\b", re.I)
_CATEGORIES = 300  # of one entry: these, too, it compares each with each
_ENDLESS = re.compile(rb"[\w.+-]{2000}")  # in a name it looks for an address from every letter on
_TOMBSTONE = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?deleted-entry\s([^<>]{1,2000})>(?:\s*<[\w.:-]*comment[^<>]*>([^<>]*)<)?")
_ATTRIBUTE = re.compile(rb"(ref|when)\s*=\s*[\"']([^\"'<>]+)[\"']")
_PAGES = frozenset("self edit replies next previous first last hub search service shortlink canonical alternate".split())
_LINKS = {"dc_relation": "relation", "dcterms_replaces": "replaces", "dcterms_isreplacedby": "isReplacedBy"}


def parse(payload: bytes, marked: str | None, charset: str | None, refusal: ParseError, limits: Limits) -> list[Item | ParseError]:
    """The entries that can still be made out of XML that was refused for `refusal`, each with a warning; one that a cut-off feed breaks
    off in stands as the refusal.

    Raises `refusal` for what is no feed, is broken worse than in its form, or holds no entry; `ParseError` (`too_large`) for too many.
    """
    if refusal.reason not in _BROKEN or len(payload) > _LARGEST or payload.count(b"<") > _TAGS:
        raise refusal
    data, encoding = xmltext.utf8(payload, marked, charset)
    root = _ROOT.search(data)
    if root is None or xmltext.root_name(data).rpartition(":")[2] not in _ROOTS:
        raise refusal
    data = data[root.start() :]
    tombstones = [_tombstone(*found.groups()) for found in _TOMBSTONE.finditer(data)]
    if _ENDLESS.search(data) or max(len(_CATEGORY.findall(piece)) for piece in _OPEN.split(data)) > _CATEGORIES:
        raise refusal
    told = data
    for pattern, name in _RENAMED:
        told = pattern.sub(name, told)
    if b"<media:status" in told:
        told = _PICTURE.sub(_own_status, told)
    feed, entries, version = _read(told, refusal)
    if len(entries) + len(tombstones) > limits.items:
        raise ParseError("too_large", f"more than {limits.items} items")
    form = ATOM if version.startswith("atom") else RSS
    channel = _channel(feed)
    if form == RSS:
        channel.author = ""  # the managing editor: a person to write to
    out: list[Item | ParseError] = []
    for source in entries:
        try:
            entry = _entry(source, version)
            out.append(feeds_entry.item(entry, channel, form, encoding, [WARNING]))
        except ParseError as failure:
            out.append(failure)
    if out and _cut(data, refusal):
        out[-1] = refusal
    out += [feeds_entry.item(entry, channel, form, encoding, [WARNING]) for entry in tombstones]
    if not out:
        raise refusal
    return out


def _own_status(picture: re.Match[bytes]) -> bytes:
    return _ACTIVE.sub(b"", picture[0]).replace(b"media:status", b"media:picturestatus")


def _read(data: bytes, refusal: ParseError) -> tuple[Mapping[str, Any], list[Mapping[str, Any]], str]:
    import feedparser  # with an HTTP client and more, a tenth of a second that only a broken feed is worth

    try:
        read = feedparser.parse(
            io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + data), sanitize_html=False, resolve_relative_uris=False
        )
        return read.feed, read.entries, read.version
    except Exception:  # written to forgive, not to promise: on hostile bytes it ends in AssertionError, ValueError, RecursionError …
        raise refusal from None


def _cut(data: bytes, refusal: ParseError) -> bool:
    """Whether the feed ends within an entry: half a story is no version of it."""
    if refusal.reason != "truncated":
        return False
    last = max((found.start() for found in _OPEN.finditer(data)), default=-1)
    return not _CLOSED.search(data, last + 1)


def _tombstone(attributes: bytes, comment: bytes | None) -> Entry:
    given = {name: html.unescape(value.decode("utf-8", "replace")).strip() for name, value in _ATTRIBUTE.findall(attributes)}
    said = one_line(html.unescape((comment or b"").decode("utf-8", "replace")))
    return Entry(id=given.get(b"ref", ""), updated=given.get(b"when", ""), status="deleted", comment=said)


def _string(source: Mapping[str, Any], name: str) -> str:
    # Its own `get` answers for other names too (`updated` by `published`), with a warning.
    value = dict.get(source, name) if isinstance(source, dict) else None
    return one_line(value) if isinstance(value, str) else ""


def _dicts(source: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = dict.get(source, name) if isinstance(source, dict) else None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _dict(source: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = dict.get(source, name) if isinstance(source, dict) else None
    return value if isinstance(value, dict) else {}


def _channel(feed: Mapping[str, Any]) -> Channel:
    links = _dicts(feed, "links")
    return Channel(
        title=_string(feed, "title"),
        link=_string(feed, "link"),
        address=next((_string(one, "href") for one in links if _string(one, "rel") == "self"), "") or _string(feed, "id"),
        publisher=_string(feed, "publisher"),
        author=_string(_dict(feed, "author_detail"), "name") or _string(feed, "author"),
        language=_string(feed, "language"),
        rights=_string(feed, "rights"),
        license=next((_string(one, "href") for one in links if _string(one, "rel") == "license"), ""),
    )


def _entry(source: Mapping[str, Any], version: str) -> Entry:
    entry = Entry(
        id=_string(source, "id"),
        link=_string(source, "feedburner_origlink") or _string(source, "link"),
        publisher=_string(source, "publisher"),
        published=_string(source, "published") or _string(source, "created"),
        updated=_string(source, "updated"),
        embargoed=_string(source, "prism_embargodate"),
        language=_string(source, "language"),
        rights=_string(source, "rights"),
        caption=_string(source, "media_caption"),
    )
    if not version.startswith("atom") and entry.updated and not entry.published and not _string(source, "dcterms_modified"):
        entry.published, entry.updated = entry.updated, ""  # dc:date
    _texts(source, entry, version)
    entry.authors = [name for one in _dicts(source, "authors") if (name := named(_string(one, "name")))]
    if not entry.authors and (name := named(_string(source, "author"))):
        entry.authors = [name]
    for tag in _dicts(source, "tags"):
        found = category(_string(tag, "term"), _string(tag, "label"), _string(tag, "scheme"))
        if found:
            entry.subjects.append(found)
    _links(source, entry)
    _media(source, entry)
    where = _dict(source, "where")
    axes = where.get("coordinates")
    if where.get("type") == "Point" and isinstance(axes, (tuple, list)) and len(axes) == 2:
        entry.longitude, entry.latitude = f"{axes[0]}", f"{axes[1]}"
    _origin(source, entry)
    entry.places = [place for name in ("dc_coverage", "georss_featurename") if (place := _string(source, name))]
    entry.identifiers = [given] if (given := _string(source, "dc_identifier")) else []
    return entry


def _origin(source: Mapping[str, Any], entry: Entry) -> None:
    quoted, named_origin = _dict(source, "source"), _string(source, "dc_source")
    if quoted:
        entry.source = _channel(quoted)
        entry.source.link = entry.source.link or _string(quoted, "href")
    if is_uri(named_origin):
        entry.links.append(ItemLink("source", named_origin))
    elif named_origin and entry.source is None:
        entry.source = Channel(title=named_origin)


def _texts(source: Mapping[str, Any], entry: Entry, version: str) -> None:
    def kind(detail: Mapping[str, Any]) -> Kind:
        if not version.startswith("atom"):
            return "either"
        return "html" if "html" in _string(detail, "type") else "text"

    def raw(of: Mapping[str, Any], name: str) -> str:
        value = dict.get(of, name) if isinstance(of, dict) else None
        return value if isinstance(value, str) else ""

    title, summary = _dict(source, "title_detail"), _dict(source, "summary_detail")
    entry.title = feeds_text.title(raw(source, "title"), kind(title))
    contents = _dicts(source, "content")
    if not any(raw(content, "value") == raw(source, "summary") for content in contents):  # which it copies where there is none
        entry.summary = feeds_text.story(raw(source, "summary"), kind(summary))
    for content in contents:
        mime = _string(content, "type")
        if not entry.body.text and (not mime or mime.startswith("text") or mime.endswith("xml")):
            entry.body = feeds_text.story(raw(content, "value"), kind(content))
            entry.language = entry.language or _string(content, "language")
    entry.language = entry.language or _string(title, "language") or _string(summary, "language")


def _links(source: Mapping[str, Any], entry: Entry) -> None:
    for link in _dicts(source, "links"):
        rel, href = _string(link, "rel"), _string(link, "href")
        if rel == "enclosure":
            entry.enclosures.append(feeds_media.of_enclosure(link, href))
        elif rel == "license":
            entry.license = href
        elif href and rel and rel not in _PAGES:
            entry.links.append(ItemLink(rel, href))
    for name, rel in _LINKS.items():
        if ref := _string(source, name):
            entry.links.append(ItemLink(rel, ref))
    if ref := _string(_dict(source, "thr_in-reply-to"), "ref"):
        entry.links.append(ItemLink("in-reply-to", ref))


def _media(source: Mapping[str, Any], entry: Entry) -> None:
    contents = _dicts(source, "media_content")
    entry.media = [[feeds_media.of_attributes(one, _string(one, "url"))] for one in contents]
    entry.thumbnails = [feeds_media.of_attributes(one, _string(one, "url"), "thumbnail") for one in _dicts(source, "media_thumbnail")]
    entry.credit = next((_string(one, "content") for one in _dicts(source, "media_credit")), "")
    own = _status(_dict(source, "media_picturestatus"))
    if own:  # of one of them, it is not told which
        entry.media = [[one._replace(status=own) for one in files] for files in entry.media]
    entry.status = _status(_dict(source, "media_status"))
    if entry.status and contents:  # it may be the picture's, whose end was lost: no kill, but nothing that goes out either
        entry.warnings.append("ambiguous_field:media:status")
        entry.status = "" if entry.status.lower() in ("active", "usable") else "withheld"


def _status(state: Mapping[str, Any]) -> str:
    return feeds_entry.status(_string(state, "state"), _string(state, "reason"))
