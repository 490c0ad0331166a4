"""Items of the AP Media API, alone, in their response, and on the pages of a feed."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.records import Item, ItemNote, NotAnArticle, ParseError, RawMessage

ID = "6f0d2c9be17a4f83a5b1c40d92e7380b"


def outcomes(document: Any) -> tuple[Item | ParseError | NotAnArticle, ...]:
    return decode(RawMessage(orjson.dumps(document), "wire.raw", 0, 0, 0)).items


def check(item: Item) -> None:
    lists = {"places": list(item.places), "subjects": list(item.subjects), "altIds": list(item.alt_ids)}
    check_ninjs({"uri": "urn:x", **item.extra, **lists})


def ap(**members: Any) -> Item:
    (found,) = outcomes({"altids": {"itemid": ID, "etag": f"{ID}_0a1"}, "version": 0, "type": "text", **members})
    assert isinstance(found, Item)
    assert found.format == "ap-media"
    check_ninjs(
        {"uri": "urn:x", **found.extra, "places": list(found.places), "subjects": list(found.subjects), "altIds": list(found.alt_ids)}
    )
    return found


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda item: item,
        lambda item: {"item": item, "meta": {"products": []}},
        lambda item: {"api_version": "1.1", "data": {"item": item}},
        lambda item: {"data": {"items": [{"item": item, "meta": {}}]}},
        lambda item: {"data": {"items": [item]}},
    ],
)
def test_an_item_is_found_in_every_response(wrapped: Any) -> None:
    (found,) = outcomes(wrapped({"altids": {"itemid": ID}, "version": 3, "headline": "Ferry adrift"}))
    assert isinstance(found, Item)
    assert (found.format, found.uri, found.version, found.headline) == ("ap-media", ID, "3", "Ferry adrift")


def test_a_page_keeps_its_order_and_the_bad_item_among_the_good() -> None:
    good = {"altids": {"itemid": ID}, "headline": "Ferry adrift"}
    first, second, third = outcomes({"data": {"items": [{"item": good}, {"item": None}, {"item": {**good, "headline": [1]}}]}})
    assert isinstance(first, Item)
    assert isinstance(second, ParseError)
    assert second.detail == "item 1 is null, no object"
    assert isinstance(third, ParseError)
    assert third.reason == "invalid"


def test_a_page_without_news_is_a_heartbeat() -> None:
    with pytest.raises(NotAnArticle) as skipped:
        outcomes({"api_version": "1.1", "data": {"updated": "2026-03-11T08:00:00Z", "current_item_count": 0, "items": []}})
    assert (skipped.value.format, skipped.value.reason) == ("ap-media", "heartbeat")


@pytest.mark.parametrize(
    "document", [{"data": {"items": []}}, {"data": {"items": [{"id": 4}]}}, {"data": {"item": {"id": 4}}}, {"item": {"headline": "x"}}]
)
def test_another_api_is_not_taken_for_the_ap(document: dict[str, Any]) -> None:
    with pytest.raises(ParseError) as refused:
        outcomes(document)
    assert refused.value.reason == "unknown_format"


def test_the_id_is_the_item_and_the_address_loses_its_query() -> None:
    item = ap(
        uri=f"https://api.ap.org/media/v/content/{ID}?qt=q81KxWmZFsF&et=8a1aza8c0",
        altids={"itemid": ID, "etag": f"{ID}_8a1", "friendlykey": "260311730512", "transref": "V0713"},
    )
    assert item.uri == f"https://api.ap.org/media/v/content/{ID}"
    assert {entry["role"]: entry["value"] for entry in item.alt_ids} == {
        "itemid": ID,
        "etag": f"{ID}_8a1",
        "friendlykey": "260311730512",
        "transmission": "V0713",
    }


def test_what_the_desk_says_stands_as_printed() -> None:
    item = ap(
        pubstatus="embargoed",
        embargoed="2026-03-13T05:01:00Z",
        editorialtypes=["HoldForRelease", "Lead"],
        signals=["newscontent"],
        ednote="Eds: UPDATES: With AP Photos.",
        slugline="BC-US--Tide Study, 8th Ld-Writethru",
    )
    assert (item.status, item.embargoed) == ("embargoed", "2026-03-13T05:01:00Z")
    assert item.signals == ("editorialtypes:HoldForRelease", "editorialtypes:Lead", "newscontent")
    assert item.notes == (ItemNote("ednote", "Eds: UPDATES: With AP Photos."),)
    assert item.slug == "BC-US--Tide Study, 8th Ld-Writethru"


@pytest.mark.parametrize(
    ("members", "urgency"),
    [
        ({"urgency": 4, "priority": 2, "editorialpriority": "u"}, 4),
        ({"priority": 2, "editorialpriority": "u"}, 2),
        ({"editorialpriority": "u"}, "u"),
        ({"urgency": "3"}, 3),
        ({}, None),
    ],
)
def test_urgency(members: dict[str, Any], urgency: int | str | None) -> None:
    assert ap(**members).urgency == urgency


@pytest.mark.parametrize(
    ("members", "byline"),
    [
        ({"bylines": [{"by": "By TOVE ASKEW", "title": "AP Writer"}, {"by": "NILS EKMAN"}]}, "By TOVE ASKEW, NILS EKMAN"),
        ({"bylines": ["By TOVE ASKEW"]}, "By TOVE ASKEW"),
        ({"byline": "By TOVE ASKEW"}, "By TOVE ASKEW"),
        ({"type": "picture", "photographer": {"name": "Ole Brandt", "code": "x"}}, "Ole Brandt"),
        ({}, ""),
    ],
)
def test_byline(members: dict[str, Any], byline: str) -> None:
    assert ap(**members).byline == byline


def test_the_place_of_the_dateline_comes_first_with_its_point() -> None:
    where = {"city": "Port Ellery", "countryareaname": "Maine", "countryname": "United States", "countrycode": "USA"}
    item = ap(
        datelinelocation={**where, "geometry_geojson": {"type": "Point", "coordinates": [-68.21, 44.39]}},
        place=[{"name": "Maine", "scheme": "http://cv.ap.org/id/", "code": "661e", "rels": ["direct"], "locationtype": {"name": "State"}}],
    )
    assert item.located == "Port Ellery"
    assert item.places == (
        {
            "name": "Port Ellery",
            "rel": "dateline",
            "contactInfo": [{"address": {"locality": "Port Ellery", "area": "Maine", "country": "United States"}}],
            "geoJSON": {"type": "Point", "coordinates": [-68.21, 44.39]},
        },
        {"name": "Maine", "rel": "direct", "uri": "http://cv.ap.org/id/661e"},
    )
    assert item.warnings == ()


@pytest.mark.parametrize(
    ("nitf", "body"),
    [
        (
            "<nitf><body><body.head><hedline><hl1>H</hl1></hedline></body.head><body.content><block><p>One.</p><p>Two.</p></block>"
            "</body.content><body.end><tagline>x</tagline></body.end></body></nitf>",
            "One.\n\nTwo.",
        ),
        ("<block id='Main'><p>One.</p><p>Two &amp; three.</p></block>", "One.\n\nTwo & three."),
        ("<p>One.</p>", "One."),
        ("", ""),
    ],
)
def test_body_of_nitf(nitf: str, body: str) -> None:
    assert ap(body_nitf=nitf).body == body


def test_who_provides_it() -> None:
    assert ap().providers == ("AP",)
    assert ap(provider="AP", infosource=[{"name": "Ellery Gazette"}]).providers == ("AP", "Ellery Gazette")
    assert ap(source="Member Exchange").providers == ("Member Exchange",)


def test_headline_terms_and_files_are_kept() -> None:
    item = ap(
        headline="Ferry adrift",
        headline_extended="Ferry adrift with 212 aboard",
        usageterms=["Editorial use only.", "No archive."],
        renditions={"main": {"rel": "Main", "href": "https://x.example/a.jpg", "mimetype": "image/jpeg", "width": 4, "digest": "ff"}},
        associations={"1": {"type": "picture", "uri": "https://x.example/1?qt=secret", "headline": "Gannet", "altids": {"itemid": "1"}}},
    )
    assert item.headline == "Ferry adrift"
    assert item.extra["headlines"] == [{"role": "extended", "value": "Ferry adrift with 212 aboard"}]
    assert item.usage_terms == "Editorial use only.\nNo archive."
    assert item.extra["renditions"] == [{"name": "main", "href": "https://x.example/a.jpg", "contentType": "image/jpeg", "width": 4}]
    assert item.extra["associations"][0]["uri"] == "https://x.example/1"
    assert item.warnings == ()


def test_an_unknown_field_is_named_once() -> None:
    item = ap(shoesize=44, subject=[{"name": "a", "colour": "red"}, {"name": "b", "colour": "blue"}])
    assert item.warnings == ("unknown_field:shoesize", "unknown_field:subject.colour")


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.text(max_size=10)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from("name by city rels code scheme itemid item items href uri symbols".split()), inner, max_size=4),
    ),
    max_leaves=8,
)
KEYS = (
    "uri altids bylines datelinelocation editorialtypes signals ednote urgency priority editorialpriority renditions associations place "
    "subject person body_nitf usageterms keywords photographer provider data item headline version pubstatus embargoed"
).split()


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8), st.booleans())
def test_any_values_of_known_properties(members: dict[str, Any], paged: bool) -> None:
    item = {"altids": {"itemid": ID}, **members}
    try:
        found = outcomes({"data": {"items": [{"item": item}, item]}} if paged else item)
    except (ParseError, NotAnArticle):
        return
    for one in found:
        if isinstance(one, Item):
            check_ninjs(
                {"uri": "urn:x", **one.extra, "places": list(one.places), "subjects": list(one.subjects), "altIds": list(one.alt_ids)}
            )
