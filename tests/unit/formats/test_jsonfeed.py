"""JSON Feed 1.0 and 1.1: items, what they inherit, what hangs on them."""

from __future__ import annotations

import json

import pytest

from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.records import Item, NotAnArticle, ParseError, RawMessage

VERSION = "https://jsonfeed.org/version/1.1"


def sent(document: object) -> tuple[Item | ParseError | NotAnArticle, ...]:
    return decode(RawMessage(json.dumps(document).encode(), "wire.raw", 0, 0, 0)).items


def one(entry: dict[str, object], **feed: object) -> Item:
    (found,) = sent({"version": VERSION, "title": "Wire", "items": [{"id": "urn:x:1", **entry}], **feed})
    assert isinstance(found, Item)
    lists = {"subjects": list(found.subjects), "altIds": list(found.alt_ids)}
    check_ninjs({"uri": "urn:x", **found.extra, **lists})
    return found


@pytest.mark.parametrize(
    ("entry", "body"),
    [
        ({"content_html": "<p>One &amp; two.</p><p>Three.</p>"}, "One & two.\n\nThree."),
        ({"content_text": "One <b> & two."}, "One <b> & two."),
        ({"content_text": "One.\r\n\r\nTwo.", "content_html": "<p>Other.</p>"}, "One.\n\nTwo."),
        ({"content_text": "One. Two.", "content_html": "<p>One.</p><p>Two.</p>"}, "One.\n\nTwo."),
        ({"summary": "In short."}, "In short."),
    ],
)
def test_the_body_is_the_rendering_that_has_paragraphs(entry: dict[str, object], body: str) -> None:
    assert one(entry).body == body


def test_the_feed_is_inherited_and_the_item_wins() -> None:
    feed = {"language": "en", "home_page_url": "https://www.harbour.example/", "authors": [{"name": "Harbour News Agency"}]}
    found = one({"content_text": "B"}, **feed)
    assert (found.language, found.providers, found.byline) == ("en", ("Harbour News Agency", "harbour.example"), "")
    assert found.extra["infoSources"] == [{"name": "Wire", "uri": "https://www.harbour.example/"}]
    found = one({"content_text": "B", "language": "de", "author": {"name": "Mara Quill", "url": "https://x.example"}}, **feed)
    assert (found.language, found.byline) == ("de", "Mara Quill")


@pytest.mark.parametrize(
    ("dates", "first", "version"),
    [
        ({"date_published": "2026-03-11T08:00:00Z"}, None, "2026-03-11T08:00:00Z"),
        (
            {"date_published": "2026-03-11T08:00:00Z", "date_modified": "2026-03-11T09:00:00Z"},
            "2026-03-11T08:00:00Z",
            "2026-03-11T09:00:00Z",
        ),
        ({"date_modified": "2026-03-11T09:00:00Z"}, None, "2026-03-11T09:00:00Z"),
    ],
)
def test_dates(dates: dict[str, object], first: str | None, version: str | None) -> None:
    found = one(dates)
    assert (found.first_created, found.version_created) == (first, version)


def test_a_number_for_an_id_is_its_digits_and_a_missing_one_the_address() -> None:
    assert one({"id": 7750}).uri == "7750"
    assert one({"id": None, "url": "https://x.example/1"}).uri == "https://x.example/1"
    assert one({"id": None}).uri is None


def test_attachments_of_one_title_are_one_recording() -> None:
    found = one(
        {
            "content_text": "B",
            "attachments": [
                {
                    "url": "https://x.example/1.mp3",
                    "mime_type": "audio/mpeg",
                    "title": "Vote",
                    "size_in_bytes": 9,
                    "duration_in_seconds": 2.5,
                },
                {"url": "https://x.example/1.ogg", "mime_type": "audio/ogg", "title": "Vote"},
                {"url": "https://x.example/2.pdf", "mime_type": "application/pdf", "size_in_bytes": "many"},
                {"url": "no address"},
            ],
        }
    )
    assert found.extra["associations"] == [
        {
            "name": "Vote",
            "uri": "https://x.example/1.mp3",
            "renditions": [
                {"name": "main", "href": "https://x.example/1.mp3", "contentType": "audio/mpeg", "sizeInBytes": 9, "duration": 2.5},
                {"name": "r01", "href": "https://x.example/1.ogg", "contentType": "audio/ogg"},
            ],
            "type": "audio",
        },
        {
            "name": "attachment3",
            "uri": "https://x.example/2.pdf",
            "renditions": [{"name": "main", "href": "https://x.example/2.pdf", "contentType": "application/pdf"}],
        },
    ]
    assert found.warnings == ("invalid_field:attachments.size_in_bytes", "invalid_field:attachments")


def test_unknown_fields_are_named_and_extensions_are_not() -> None:
    assert one({"_harbour": {"desk": 1}, "mood": "calm"}).warnings == ("unknown_field:mood",)


@pytest.mark.parametrize(
    ("entry", "detail"),
    [
        ({"id": "1", "content_html": 5}, "content_html is a number"),
        ({"id": {"a": 1}}, "id is an object"),
        ("text", "item 1 is a text"),
    ],
)
def test_an_item_that_cannot_be_read_leaves_the_others(entry: object, detail: str) -> None:
    good, bad = sent({"version": VERSION, "items": [{"id": "1", "title": "T"}, entry]})
    assert isinstance(good, Item)
    assert isinstance(bad, ParseError)
    assert (bad.reason, detail in bad.detail) == ("invalid", True)


def test_a_feed_without_items_is_no_article() -> None:
    with pytest.raises(NotAnArticle) as skipped:
        sent({"version": "https://jsonfeed.org/version/1", "title": "Wire", "items": []})
    assert skipped.value.format == "json-feed"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"version": VERSION, "items": {"id": 1}}, "invalid"),
        ({"version": VERSION, "items": [{"id": "1"}] * 10_001}, "too_large"),
        ({"version": "1.1", "items": []}, "unknown_format"),
        ({"version": VERSION, "title": "Without items"}, "unknown_format"),
    ],
)
def test_what_is_no_json_feed_is_refused(document: object, reason: str) -> None:
    with pytest.raises(ParseError) as refused:
        sent(document)
    assert refused.value.reason == reason
