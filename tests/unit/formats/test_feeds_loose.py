"""Feeds whose XML is broken: read as far as they can be, flagged, and on well-formed ones the same as from the tree."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import pytest

from writethru.formats import Limits, decode
from writethru.formats.feeds import loose as feeds_loose
from writethru.records import Decoded, Item, ParseError, RawMessage

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
FEEDS = (
    "harbour/netscape-090.rdf",
    "harbour/netscape-091.rss",
    "harbour/userland-092.rss",
    "harbour/modules-10.rdf",
    "harbour/desk.rss",
    "harbour/old-03.atom",
    "harbour/wire-10.atom",
    "reuters/status.rss",
    "yonhap/headlines.rss",
)
LARGE = 100_000


def sent(payload: bytes) -> Decoded:
    return decode(RawMessage(payload, "wire.raw", 0, 0, 0))


def comparable(item: Item) -> dict[str, object]:
    """Without the warnings, and without the pictures: feedparser knows no groups, no titles and no status of them."""
    fields = dataclasses.asdict(item)
    return {**fields, "warnings": (), "extra": {name: value for name, value in item.extra.items() if name != "associations"}}


@pytest.mark.parametrize("name", FEEDS)
def test_both_ways_tell_the_same_of_a_well_formed_feed(name: str) -> None:
    payload = (GOLDEN / name).read_bytes()
    tree = [comparable(item) for item in sent(payload).items if isinstance(item, Item)]
    loose = [
        comparable(item)
        for item in feeds_loose.parse(payload, None, None, ParseError("invalid", "as if"), Limits())
        if isinstance(item, Item)
    ]
    assert sorted(loose, key=lambda item: str(item["uri"])) == sorted(tree, key=lambda item: str(item["uri"]))


def test_pictures_without_a_group_are_the_same_both_ways() -> None:
    payload = (
        b'<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>T</title><description>B</description>'
        b'<media:content url="https://x.example/1.jpg" type="image/jpeg" width="60" height="40" fileSize="900"/>'
        b'<media:description>The wall.</media:description><media:credit role="photographer">Ines Vell</media:credit>'
        b'<media:thumbnail url="https://x.example/t.jpg" width="6"/><enclosure url="https://x.example/2.mp3" type="audio/mpeg" length="7"/>'
        b"</item></channel></rss>"
    )
    (tree,) = sent(payload).items
    (loose,) = feeds_loose.parse(payload, None, None, ParseError("invalid", "as if"), Limits())
    assert isinstance(tree, Item)
    assert isinstance(loose, Item)
    assert loose.extra["associations"] == tree.extra["associations"]


BROKEN = b"""<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Wire</title>
<item><title>Smith & Sons win</title><guid isPermaLink="false">urn:x:1</guid><description><p>One.<p>Two.</description></item>
<item><title>Second</title><guid isPermaLink="false">urn:x:2</guid><description>Whole.</description></item>"""


def test_a_broken_feed_is_read_and_flagged() -> None:
    first, second = sent(BROKEN + b"</channel></rss>").items
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert (first.uri, first.headline, first.body) == ("urn:x:1", "Smith & Sons win", "One.\n\nTwo.")
    assert first.warnings == second.warnings == ("tolerant_feed_reader",)


def test_a_cut_feed_keeps_its_whole_entries_and_names_the_one_it_breaks_off_in() -> None:
    assert [type(item) for item in sent(BROKEN).items] == [Item, Item]
    first, second, third = sent(BROKEN + b"<item><title>Third</title><description>Half a sto").items
    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert isinstance(third, ParseError)
    assert third.reason == "truncated"


def test_the_caption_of_a_picture_is_not_the_story() -> None:
    (item,) = sent(
        b'<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>Wall & tide</title><description>The story.</description>'
        b'<media:content url="https://x.example/1.jpg"><media:title>Picture</media:title><media:description type="plain">A man.'
        b"</media:description></media:content></item></channel></rss>"
    ).items
    assert isinstance(item, Item)
    assert (item.headline, item.body) == ("Wall & tide", "The story.")
    assert item.extra["associations"][0]["descriptions"] == [{"role": "caption", "value": "A man."}]


PICTURE = '<media:content url="https://x.example/1.jpg"'


@pytest.mark.parametrize(
    ("given", "status", "picture", "doubted"),
    [
        ('<media:status state="deleted"/>', "deleted", None, False),
        (f'{PICTURE}/><media:status state="deleted"/>', "withheld", None, True),
        (f'{PICTURE}/><media:status state="blocked" reason="canceled"/>', "withheld", None, True),
        (f'{PICTURE}><media:status state="deleted"/>', "withheld", None, True),
        (f'{PICTURE}/><media:status state="active"/>', None, None, True),
        (f'{PICTURE}><media:status state="deleted"/></media:content>', None, "canceled", False),
        (f'{PICTURE}><media:status state="active"/></media:content>', None, None, False),
        (f'<media:group>{PICTURE}/><media:status state="blocked"/></media:group>', None, "withheld", False),
        (f'{PICTURE}><media:status state="active"/></media:content><media:status state="deleted"/>', "withheld", None, True),
    ],
)
def test_a_status_that_may_be_the_pictures_withholds(given: str, status: str | None, picture: str | None, doubted: bool) -> None:
    feed = '<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><item><title>A & B</title><description>C</description>'
    (read,) = sent(f"{feed}{given}</item></channel></rss>".encode()).items
    assert isinstance(read, Item)
    assert (read.status, "ambiguous_field:media:status" in read.warnings) == (status, doubted)
    assert read.extra.get("associations", [{}])[0].get("pubStatus") == picture


def test_every_tombstone_of_a_broken_feed_is_found() -> None:
    found = sent(
        b'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>A & B</title>'
        b'<at:deleted-entry ref="urn:x:1" when="2026-03-11T09:00:00Z"/><at:deleted-entry when="2026-03-11T09:01:00Z" ref=\'urn:x:2\'>'
        b"<at:comment>Wrong</at:comment></at:deleted-entry></feed>"
    ).items
    assert [(item.uri, item.status) for item in found if isinstance(item, Item)] == [("urn:x:1", "deleted"), ("urn:x:2", "deleted")]


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"<rss><channel><title>A & B</title></channel></rss>", "invalid"),
        (b"<rss><channel><item></channel>", "truncated"),
        (b"<newsItem><a>&</a></newsItem>", "invalid"),
        (b"<html><body><p>rss & feed <item> </p></body></html>", "invalid"),
        (b'<!DOCTYPE rss [<!ENTITY x "y">]><rss><channel><item><title>&x;</title></item></channel></rss>', "entities"),
        (b"<rss><channel><item>" + b"<a>" * 300 + b"</item></channel></rss>", "too_deep"),
        (b"<rss><channel><item><author>" + b"l" * 500_000 + b" & Co</author></item></channel></rss>", "invalid"),
    ],
)
def test_the_refusal_stands_where_nothing_can_be_read(payload: bytes, reason: str) -> None:
    with pytest.raises(ParseError) as refused:
        sent(payload)
    assert refused.value.reason == reason


def test_nothing_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise AssertionError(given)

    secret = tmp_path / "secret.rss"
    secret.write_bytes(BROKEN)
    monkeypatch.setattr("builtins.open", refuse)
    monkeypatch.setattr("socket.create_connection", refuse)
    found = sent(BROKEN.replace(b"Smith", b"http://harbour.example/ file://" + str(secret).encode()) + b"</channel></rss>").items
    assert [item.uri for item in found if isinstance(item, Item)] == ["urn:x:1", "urn:x:2"]
    with pytest.raises(ParseError):
        sent(b"<rss>&" + str(secret).encode() + b"</rss>")


@pytest.mark.parametrize(
    "filler",
    [
        b"<",
        b"<a",
        b"<a ",
        b"<a b='",
        b'<a b="x" ',
        b"<a/",
        b"</",
        b"<!",
        b"<!--",
        b"<![CDATA[",
        b"<?",
        b"&",
        b"&#",
        b"&#65;",
        b"&amp;",
        b"<item>",
        b"<title>",
        b"<div>",
        b"<description><p>",
        b"<category>x</category>",
        b"<media:keywords>",
        b"a,",
        b"\n",
        b"\n\n<!ENTITY",
        b"<link>",
        b"<author>",
        b"<pubDate>1",
        b"<georss:point>1 ",
        b"<at:deleted-entry ref=",
    ],
)
def test_hostile_feeds_take_little_time(filler: bytes) -> None:
    for before in (b"<rss><channel><item><title>A & B ", b"<rss><channel><item><media:keywords>", b"<rss>"):
        payload = before + filler * (LARGE // len(filler)) + b"</channel></rss>"
        started = time.process_time()
        try:
            sent(payload)
        except ParseError:
            pass
        assert time.process_time() - started < 3
