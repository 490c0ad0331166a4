"""Fingerpost JSON: agencies' copy as a hub hands it on, alone or in a stored record."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.records import Item, ItemLink, ItemNote, NotAnArticle, ParseError, RawMessage


def outcome(document: Any) -> Item | ParseError | NotAnArticle:
    (found,) = decode(RawMessage(orjson.dumps(document), "wire.raw", 0, 0, 0)).items
    return found


def hub(**members: Any) -> Item:
    found = outcome({"usn": "L8N3XA0QW", "status": "", **members})
    assert isinstance(found, Item)
    assert found.format == "fingerpost"
    check_ninjs({"uri": "urn:x", **found.extra, "subjects": list(found.subjects), "altIds": list(found.alt_ids)})
    return found


def test_the_envelope() -> None:
    item = hub(
        uri="tag:reuters.com,2026:newsml_L8N3XA0QW:4",
        slug="LIRIA-FERRY/ (UPDATE 2, PIX)",
        headline="UPDATE 2-Ferry adrift",
        ednote="Embargoed until 0001 GMT",
        byline="By Tove Ask",
        dateline_place="PORT ELLERY",
        language="en",
        firstVersion="2026-03-11T09:12:40.000Z",
        versionCreated="2026-03-11T11:58:03.000Z",
        dateTimeSent="2026-03-11T11:59:00.000Z",
        usage="Editorial use only",
    )
    assert (item.uri, item.version) == ("tag:reuters.com,2026:newsml_L8N3XA0QW:4", "4")
    assert (item.slug, item.headline) == ("LIRIA-FERRY/ (UPDATE 2, PIX)", "UPDATE 2-Ferry adrift")
    assert (item.byline, item.located, item.language) == ("By Tove Ask", "PORT ELLERY", "en")
    assert (item.first_created, item.version_created) == ("2026-03-11T09:12:40.000Z", "2026-03-11T11:58:03.000Z")
    assert item.notes == (ItemNote("ednote", "Embargoed until 0001 GMT"),)
    assert item.alt_ids == ({"role": "usn", "value": "L8N3XA0QW"},)
    assert (item.usage_terms, item.status) == ("Editorial use only", None)


@pytest.mark.parametrize("status", ["usable", "canceled", "embargoed", "withheld"])
def test_status_as_printed(status: str) -> None:
    assert hub(status=status, headline="h").status == status


@pytest.mark.parametrize(
    ("uri", "usn", "version"),
    [
        ("tag:reuters.com,2026:newsml_L8N3XA0QW:978556838", "L8N3XA0QW", "978556838"),
        ("urn:newsml:ap.org:20260311:5c1e0f7a:2", "5c1e0f7a", "2"),
        ("http://hub.example/item/L8N3XA0QW/v3", "L8N3XA0QW", "3"),
        ("http://hub.example/item/L8N3XA0QW?version=03", "L8N3XA0QW", "3"),
        ("http://hub.example/item/L8N3XA0QW-5", "L8N3XA0QW", "5"),
        ("http://hub.example/item/L8N3XA0QW", "L8N3XA0QW", None),
        ("urn:newsml:localhost:12345", "12345", None),
        ("tag:pa.media,2026:9f3c:7", "", "7"),
        ("tag:pa.media,2026:9f3c", "", None),
        ("http://hub.example/2026/03/11", "", None),
        ("", "X", None),
    ],
)
def test_the_version_stands_behind_the_id_in_the_uri(uri: str, usn: str, version: str | None) -> None:
    assert hub(uri=uri, usn=usn, **{"source-feed": "PA"}).version == version


@pytest.mark.parametrize(("priority", "urgency"), [("1", 1), ("6", 6), (4, 4), ("", None), ("u", "u")])
def test_priority(priority: Any, urgency: int | str | None) -> None:
    assert hub(headline="h", priority=priority).urgency == urgency


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>One.</p><p>Two &amp; three.</p>", "One.\n\nTwo & three."),
        ("One.\r\n\r\nTwo < three.", "One.\n\nTwo < three."),
        ("<p/>", ""),
        ("", ""),
    ],
)
def test_body(body: str, text: str) -> None:
    assert hub(headline="h", body_text=body).body == text


def test_who_supplied_it() -> None:
    assert hub(headline="h", **{"source-feed": "AP-Newswires"}).providers == ("AP-Newswires", "AP")
    assert hub(headline="h", supplier="REUTERS", **{"source-feed": "REUTERS"}).providers == ("REUTERS",)
    stored = outcome(
        {"id": 4, "supplier": "AFP", "externalId": "x:1", "content": {"usn": "1", "headline": "h", "source-feed": "AFP-WORLD"}}
    )
    assert isinstance(stored, Item)
    assert stored.providers == ("AFP", "AFP-WORLD")
    assert stored.alt_ids == ({"role": "usn", "value": "1"}, {"role": "externalId", "value": "x:1"})


def test_keywords_codes_and_pictures() -> None:
    item = hub(
        headline="h",
        keywords="Ferry; Liria",
        subjects={"code": ["medtop:20000139", "N2:LR", "plain"]},
        mediaCatCodes="i",
        imageIds=["tag:reuters.com,2026:newsml_RC2A", "not an address"],
    )
    assert item.subjects == (
        {"name": "Ferry"},
        {"name": "Liria"},
        {"uri": "http://cv.iptc.org/newscodes/mediatopic/20000139"},
        {"uri": "N2:LR"},
        {"literal": "plain"},
        {"literal": "i"},
    )
    assert item.extra["associations"] == [{"name": "picture1", "uri": "tag:reuters.com,2026:newsml_RC2A", "type": "picture"}]


def test_the_original_is_a_link() -> None:
    assert hub(uri="tag:a,2026:1:2", originalUrn="tag:a,2026:1").links == (ItemLink("originalUrn", "tag:a,2026:1"),)
    assert hub(uri="tag:a,2026:1", originalUrn="tag:a,2026:1").links == ()


def test_a_withdrawn_item_needs_no_text() -> None:
    item = hub(uri="tag:a,2026:L8N3XA0QW:5", status="canceled", body_text="", headline="")
    assert (item.status, item.body, item.headline, item.version) == ("canceled", "", "", "5")


def test_unknown_fields_are_named_where_they_say_something() -> None:
    assert hub(headline="h", shoeSize="44", hat="", scarf=[]).warnings == ("unknown_field:shoeSize",)


KEYS = (
    "uri usn status slug headline body_text keywords subjects mediaCatCodes imageIds priority version content supplier source-feed "
    "originalUrn dateline_place firstVersion ednote"
).split()
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**63), st.text(max_size=12)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["code", "usn", "headline"]), inner, max_size=3)),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=8))
def test_any_values_of_known_properties(members: dict[str, Any]) -> None:
    try:
        found = outcome({"usn": "x", "headline": "h", **members})
    except (ParseError, NotAnArticle):
        return
    if isinstance(found, Item):
        check_ninjs({"uri": "urn:x", **found.extra, "subjects": list(found.subjects), "altIds": list(found.alt_ids)})
