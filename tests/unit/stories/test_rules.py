"""Every rule that ties two items, from the payloads as they arrive: a feed's own words for it, through format and marks to the chain."""

from __future__ import annotations

import orjson
import pytest

from tests.builders import message
from writethru.formats import decode
from writethru.records import Article, Feed, Item
from writethru.stories import StoryIndex
from writethru.wire import normalise

AT = "2026-03-02T{}:00Z"
BODY = "LIRIAN, March 2 - The harbour tunnel flooded on Monday, and ferries took commuters across.\n\nPumps were brought from upriver."


def ninjs(uri: str, headline: str, at: str = "08:00", **members: object) -> bytes:
    return orjson.dumps(
        {
            "uri": uri,
            "type": "text",
            "language": "en",
            "pubstatus": "usable",
            "versioncreated": AT.format(at),
            "headline": headline,
            "body_text": BODY,
            **members,
        }
    )


def g2(guid: str, version: int, headline: str, at: str = "08:00", link: str = "", status: str = "usable") -> bytes:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}" standard="NewsML-G2" standardversion="2.30"
 conformance="power" xml:lang="en"><itemMeta><itemClass qcode="ninat:text"/><provider literal="Meridian"/>
<versionCreated>{AT.format(at)}</versionCreated><pubStatus qcode="stat:{status}"/>{link}</itemMeta>
<contentMeta><headline>{headline}</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{BODY}</p></body></html>
</inlineXML></contentSet></newsItem>""".encode()


def read(payload: bytes, offset: int, feed: Feed) -> Article:
    raw = message(payload, offset=offset)
    decoded = decode(raw, feed)
    (item,) = decoded.items
    assert isinstance(item, Item)
    return normalise(
        item, raw, article_id=decoded.ids[0], sha256=decoded.sha256, received="2026-03-02T09:00:00Z", pipeline="test", feed=feed
    )


def linked(agency: str, *payloads: bytes) -> tuple[bool, str]:
    """Whether the last item stands in the first one's story, and by which rule."""
    feed = Feed("wire.raw", agency)
    articles = [read(payload, offset, feed) for offset, payload in enumerate(payloads)]
    placed = [article.story for article in StoryIndex(articles[0].wire.agency).apply(articles).articles]
    assert placed[0] is not None and placed[-1] is not None
    return placed[0].id == placed[-1].id, placed[-1].link.rule


SERIAL = "https://en.yna.example/view/AEN202603020102{}315"
DUTCH = "Tunnel onder haven dicht na overstroming"
PA = "0d2d6f5a-1111-4222-8333-944455556666HHH-{}-1"

RULES = {
    "another version of a guid": ("meridian", g2("urn:mer:1", 1, "Tunnel floods"), g2("urn:mer:1", 2, "Ferries sail"), "uri"),
    "evolvedFrom": (
        "meridian",
        g2("urn:mer:1", 1, "Tunnel floods"),
        g2("urn:mer:2", 1, "Ferries sail", link='<link rel="irel:evolvedFrom" residref="urn:mer:1"/>'),
        "link",
    ),
    "prevVersion under another guid": (
        "meridian",
        g2("urn:mer:1", 1, "Tunnel floods"),
        g2("urn:mer:2", 1, "Ferries sail", link='<link rel="irel:prevVersion" residref="urn:mer:1" version="1"/>'),
        "link",
    ),
    "replacing": ("meridian", ninjs("urn:mer:1", "Tunnel floods"), ninjs("urn:mer:2", "Ferries sail", replacing=["urn:mer:1"]), "link"),
    "an item id over all versions": (
        "meridian",
        ninjs("urn:mer:1", "Tunnel floods", altids={"itemid": "9f3c22"}),
        ninjs("urn:mer:2", "Ferries sail", altids={"itemid": "9f3c22"}),
        "item-id",
    ),
    "a transmission number in the keyword line": (
        "ap",
        ninjs("urn:ap:1", "Tunnel floods", slugline="AM-Tunnel,0400", altids={"transref": "a0713"}),
        ninjs("urn:ap:2", "Ferries sail", "10:00", slugline="AM-Ferries, 1st Ld-Writethru, a0713,0500"),
        "link",
    ),
    "vervangt": (
        "anp",
        ninjs("urn:anp:1", DUTCH),
        ninjs("urn:anp:2", "Veerboten varen weer (2)", "10:00", body_text=f"N i e u w bericht, vervangt: {DUTCH}\n\nDe veerboten varen."),
        "link",
    ),
    "Yonhap's serial": (
        "yonhap", ninjs(SERIAL.format("00"), "Tunnel floods"), ninjs(SERIAL.format("51"), "(LEAD) Ferries sail", "09:00"), "story-id"
    ),
    "PA's middle part": ("pa", ninjs(PA.format(13), "Tunnel floods"), ninjs(PA.format(14), "Ferries sail", "09:00"), "story-id"),
    "the slug of the day": (
        "ap",
        ninjs("urn:ap:1", "Tunnel floods", slugline="PM-Tunnel-Flood,0400"),
        ninjs("urn:ap:2", "Ferries sail", "10:00", slugline="AM-Tunnel-Flood, 1st Ld-Writethru,0500"),
        "slug",
    ),
    "the words of the headline": (
        "reuters",
        ninjs("urn:reuters:1", "Lirian harbour tunnel floods, ferries take commuters"),
        ninjs("urn:reuters:2", "UPDATE 1-Lirian harbour tunnel floods, ferries take commuters", "09:00"),
        "headline",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_ties_the_items_of_a_feed_that_uses_it(rule):
    agency, first, second, name = RULES[rule]
    assert linked(agency, first, second) == (True, name)


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"the words of the headline"}))
def test_every_rule_but_the_words_ties_them_in_the_other_order_too(rule):
    agency, first, second, _ = RULES[rule]
    assert linked(agency, second, first)[0]


KILLS = {
    "by status of the guid": (
        "meridian",
        g2("urn:mer:1", 1, "Tunnel floods"),
        g2("urn:mer:1", 2, "Tunnel floods", "09:00", status="canceled"),
    ),
    "by transmission number": (
        "ap",
        ninjs("urn:ap:1", "Tunnel floods", slugline="AM-Tunnel,0400", altids={"transref": "a0713"}),
        ninjs(
            "urn:ap:2", "BULLETIN KILL", "10:00", slugline="AM-Tunnel, KILL, a0713", body_text="Kill AM-Tunnel, a0713. The story is wrong."
        ),
    ),
    "by running number": (
        "dpa",
        ninjs("urn:dpa:1", "Tunnel unter Wasser", altids={"number": "0157"}, language="de"),
        ninjs("urn:dpa:2", "Tunnel unter Wasser", "10:00", language="de", pubstatus="canceled", replacing=["dpa 0157"]),
    ),
}


@pytest.mark.parametrize("way", KILLS)
@pytest.mark.parametrize("order", [1, -1])
def test_a_kill_by_any_rule_empties_the_story_also_when_it_comes_first(way, order):
    agency, *payloads = KILLS[way]
    feed = Feed("wire.raw", agency)
    articles = [read(payload, offset, feed) for offset, payload in enumerate(payloads)]
    index = StoryIndex(articles[0].wire.agency)
    newest = {article.id: article for batch in articles[::order] for article in index.apply([batch]).articles}
    assert [newest[article.id].article["pubStatus"] for article in articles] == ["canceled", "canceled"]
    assert not any(article.body for article in newest.values())
