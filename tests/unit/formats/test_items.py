"""Choices that a reader makes: which body, which headline, what type, which tie."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from writethru.formats import decode
from writethru.formats.sniff import syntax
from writethru.records import Item, ItemLink, NotAnArticle, RawMessage

TWO = "One.\n\nTwo."
HTML = "<p>Eins.</p><p>Zwei.</p>"


def raw(payload: bytes) -> Item:
    (found,) = decode(RawMessage(payload, "wire.raw", 0, 0, 0)).items
    assert isinstance(found, Item)
    return found


def ninjs(**members: Any) -> Item:
    return raw(orjson.dumps({"uri": "urn:x", "version": "1", "type": "text", **members}))


def g2(meta: str = "", content: str = "", item_class: str = "ninat:text", inside: str = "") -> Item:
    return raw(
        f'<newsItem guid="urn:x" version="2"><itemMeta><itemClass qcode="{item_class}"/>{inside}</itemMeta>'
        f"<contentMeta>{meta}</contentMeta><contentSet>{content}</contentSet></newsItem>".encode()
    )


@pytest.mark.parametrize(
    ("bodies", "body"),
    [
        ([{"contentType": "text/html", "value": HTML}, {"contentType": "text/plain", "value": TWO}], TWO),
        ([{"contentType": "text/html", "value": HTML}, {"contentType": "text/plain", "value": "One.\nTwo."}], "Eins.\n\nZwei."),
        ([{"contentType": "text/plain", "value": "One.\r\nTwo."}], "One.\nTwo."),
        ([{"value": HTML}], "Eins.\n\nZwei."),
        ([{"value": "a < b"}], "a < b"),
        ([{"contentType": "application/nitf+xml", "value": "<nitf><body><body.content><p>Uno.</p></body.content></body></nitf>"}], "Uno."),
        ("plain", "plain"),
        ({"value": "one"}, "one"),
        ([], ""),
    ],
)
def test_which_body(bodies: Any, body: str) -> None:
    assert ninjs(headlines=[{"value": "h"}], bodies=bodies).body == body


def test_a_body_that_is_not_read_is_named() -> None:
    item = ninjs(headlines=[{"value": "h"}], bodies=[{"contentType": "application/x-tt", "value": "<X>"}])
    assert (item.body, item.warnings) == ("", ("unread_body:application/x-tt",))


def test_headline_at_the_head_of_marked_up_text_is_left_out() -> None:
    assert ninjs(headline="Head", body_html="<h1>Head</h1><p>One.</p>").body == "One."
    assert ninjs(headline="Head", body_text="Head\n\nOne.").body == "Head\n\nOne."


def test_a_composite_with_text_is_text() -> None:
    assert ninjs(type="composite", headline="h", body_text=TWO).type == "text"
    assert ninjs(type="composite", headline="h").type == "composite"
    assert ninjs(type="image", headline="h").type == "picture"
    assert ninjs(type="hologram", headline="h").type == "text"


def test_main_headline() -> None:
    item = ninjs(headlines=[{"role": "short", "value": "s"}, {"role": "main", "value": "<b>m</b>", "contentType": "text/html"}])
    assert (item.headline, item.extra) == ("m", {"headlines": [{"role": "short", "value": "s"}]})
    assert ninjs(headline_short="s", body_text="x").headline == "s"


def test_ties_between_versions() -> None:
    item = ninjs(
        headline="h", replacing=[{"uri": "urn:w"}, "urn:v"], evolvedfrom="urn:u", editorialtypes=["Lead"], signals={"updatetype": "UV"}
    )
    assert item.links == (ItemLink("evolvedFrom", "urn:u"), ItemLink("replacing", "urn:w"), ItemLink("replacing", "urn:v"))
    assert set(item.signals) == {"editorialtypes:Lead", "updatetype:UV"}


def test_status_as_printed() -> None:
    assert ninjs(headline="h", pubstatus="stat:canceled").status == "canceled"
    assert ninjs(headline="h", pubstatus="embargoed").status == "embargoed"
    with pytest.raises(NotAnArticle):
        ninjs(headline="h", pubstatus="commissioned")


@pytest.mark.parametrize("document", [{"type": "event"}, {"type": "planning"}, {"type": "concept"}, {"eventDetails": {"dates": {}}}])
def test_ninjs_that_is_no_article(document: dict[str, Any]) -> None:
    with pytest.raises(NotAnArticle):
        ninjs(title="t", **document)


def test_a_list_of_plans_is_skipped_as_a_whole_a_mixed_one_in_part() -> None:
    plan = {"uri": "urn:p", "type": "planning", "title": "t"}
    with pytest.raises(NotAnArticle):
        decode(RawMessage(orjson.dumps([plan, plan]), "t", 0, 0, 0))
    story = {"uri": "urn:s", "version": "1", "headline": "h"}
    first, second = decode(RawMessage(orjson.dumps([plan, story]), "t", 0, 0, 0)).items
    assert isinstance(first, NotAnArticle)
    assert isinstance(second, Item)


def test_ids_depend_on_payload_and_position_only() -> None:
    payload = orjson.dumps([{"uri": "urn:s", "version": "1", "headline": "h"}] * 2)
    one, other = (decode(RawMessage(payload, topic, 3, 9, 77)) for topic in ("a", "b"))
    assert one == other
    assert len(set(one.ids)) == 2
    assert all(len(found) == 32 for found in one.ids)


def test_unknown_fields_of_digitalwires_are_named_in_the_order_sent() -> None:
    """A set's order differs from process to process, and a replayed record must be the same bytes."""
    unknown = ["zinc", "moss", "ivy", "fern", "oak", "ash"]
    item = raw(orjson.dumps({"urn": "urn:x", "article_html": HTML, **dict.fromkeys(unknown, "1")}))
    assert item.warnings == tuple(f"unknown_field:{name}" for name in unknown)


def test_g2_metadata() -> None:
    item = g2(
        '<subject type="cpnat:organisation" qcode="org:1"><name>Dock Board</name></subject><subject qcode="genre:x y"/>'
        '<infoSource literal="HBW"/><urgency>11</urgency><dateline>ELLERY, March 11</dateline><shoeSize>4</shoeSize>',
        inside='<provider qcode="nprov:HBW"/><edNote>  Adds\n      byline </edNote><signal qcode="sig:update"/>'
        '<pubStatus qcode="stat:withheld"/>'
        '<link rel="irel:evolvedFrom" residref="urn:w"/><link rel="x:y" href="urn:v"/>',
    )
    assert item.providers == ("HBW",)
    assert item.status == "withheld"
    assert [note.text for note in item.notes] == ["Adds byline"]
    assert item.links == (ItemLink("evolvedFrom", "urn:w"), ItemLink("x:y", "urn:v"))
    assert item.extra["organisations"] == [{"name": "Dock Board", "uri": "org:1"}]
    assert item.extra["descriptions"] == [{"role": "dateline", "value": "ELLERY, March 11"}]
    assert item.warnings == ("invalid_field:urgency", "unknown_field:shoeSize")


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ('<inlineData contenttype="text/plain">One.\r\n\r\nTwo.</inlineData>', TWO),
        ('<inlineData contenttype="text/html">&lt;p>Eins.&lt;/p>&lt;p>Zwei.&lt;/p></inlineData>', "Eins.\n\nZwei."),
        ('<inlineData contenttype="application/pdf" encoding="e:b64">AAAA</inlineData>', ""),
        ("<inlineXML><html><body><p>Eins.</p></body></html></inlineXML><inlineXML><nitf/></inlineXML>", "Eins."),
        ("<inlineXML>One.</inlineXML>", "One."),
        ("<inlineXML><sports-content><x>1</x></sports-content></inlineXML><inlineData>One.</inlineData>", "One."),
    ],
)
def test_g2_content(content: str, body: str) -> None:
    assert g2(content=content).body == body


def test_g2_nitf_gives_what_the_envelope_lacks() -> None:
    nitf = "<nitf><body><body.head><hedline><hl1>Head</hl1></hedline><byline>By A</byline></body.head>"
    nitf += "<body.content><p>x</p></body.content></body></nitf>"
    item = g2(content=f"<inlineXML>{nitf}</inlineXML>")
    assert (item.headline, item.byline, item.body) == ("Head", "By A", "x")
    assert g2("<headline>Other</headline>", f"<inlineXML>{nitf}</inlineXML>").headline == "Other"


def test_g2_message_without_items_is_skipped() -> None:
    with pytest.raises(NotAnArticle):
        raw(b'<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-03-11T08:00:00Z</sent></header></newsMessage>')


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        (b' \r\n {"a": 1}', "json"),
        (b"[\n {", "json"),
        (b"[ATTENTION - adds", "text"),
        (b"\t<?xml version='1.0'?>", "xml"),
        (b"<newsItem guid='x'/>", "xml"),
        (b"<CORRECTED> - HARBOUR", "text"),
        (b"< 5 percent", "text"),
        (b"{\\rtf1 Hello}", "text"),
        (b" " * 400 + b"{}", "json"),
        (b" null ", "empty"),
        (b"   ", "empty"),
        ("<a/>".encode("utf-16-le"), "xml"),
    ],
)
def test_syntax(payload: bytes, expected: str) -> None:
    assert syntax(payload) == expected


@pytest.mark.parametrize("emptied", [[{"value": ""}], [{"value": "", "role": "main", "contentType": "text/plain"}], [""], []])
def test_a_tombstone_says_nothing_where_it_has_nothing_to_say(emptied):
    payload = orjson.dumps({"uri": "tag:x,2026:1", "version": "2", "pubStatus": "canceled", "headlines": emptied, "bodies": emptied})
    (item,) = decode(RawMessage(payload, "wire.raw", 0, 0, 0)).items
    assert (item.headline, item.body, item.status) == ("", "", "canceled")


def test_an_empty_headline_beside_another_is_left_out():
    told = [{"value": "Ferry adrift"}, {"value": "", "role": "sub"}]
    (item,) = decode(RawMessage(orjson.dumps({"uri": "tag:x,2026:1", "headlines": told}), "wire.raw", 0, 0, 0)).items
    assert item.headline == "Ferry adrift"
    assert "headlines" not in item.extra
