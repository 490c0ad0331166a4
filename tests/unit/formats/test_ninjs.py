"""ninjs by the property tables of its versions, and what TT, superdesk and others add."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.records import Item, ItemLink, ItemNote, NotAnArticle, ParseError, RawMessage


def ninjs(**members: Any) -> Item:
    (found,) = decode(RawMessage(orjson.dumps({"uri": "urn:x", **members}), "wire.raw", 0, 0, 0)).items
    assert isinstance(found, Item)
    check_ninjs(
        {"uri": "urn:x", **found.extra, "places": list(found.places), "subjects": list(found.subjects), "altIds": list(found.alt_ids)}
    )
    return found


STAMP = "2026-03-11T08:15:00Z"
OTHER = "2026-03-12T00:00:00Z"
FIRST: dict[str, Any] = {
    "type": "text",
    "mimetype": "text/plain",
    "representationtype": "complete",
    "profile": "P",
    "version": "2",
    "versioncreated": STAMP,
    "embargoed": OTHER,
    "pubstatus": "withheld",
    "copyrightholder": "Harbour",
    "copyrightnotice": "(c) Harbour",
    "language": "en",
    "person": [{"name": "Ada Marsh", "rel": "about", "scheme": "http://x.example/p/", "code": "1"}],
    "organisation": [{"name": "Dock Board"}],
    "place": [{"name": "Ellery"}],
    "subject": [{"name": "flood", "scheme": "medtop", "code": "20000139"}],
    "event": [{"name": "Spring tide"}],
    "object": [{"name": "Tide wall"}],
    "byline": "Tove Ask",
    "headline": "Wall holds",
    "located": "Ellery",
    "body_text": "One.\n\nTwo.",
    "description_text": "In short.",
}
SECOND = {
    **{key: FIRST[key] for key in ("type", "profile", "version", "versioncreated", "embargoed", "pubstatus", "language", "located")},
    "representationtype": "full",
    "copyrightholder": "Harbour",
    "copyrightnotice": "(c) Harbour",
    "headlines": [{"role": "main", "value": "Wall holds"}],
    "bodies": [{"role": "main", "contenttype": "text/plain", "charcount": 10, "value": "One.\n\nTwo."}],
    "descriptions": [{"role": "text", "value": "In short."}],
    "people": [{"name": "Ada Marsh", "rel": "about", "uri": "http://x.example/p/1"}],
    "organisations": [{"name": "Dock Board"}],
    "places": [{"name": "Ellery"}],
    "subjects": [{"name": "flood", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000139"}],
    "events": [{"name": "Spring tide"}],
    "objects": [{"name": "Tide wall"}],
    "by": "Tove Ask",
}
THIRD = {
    **{key: value for key, value in SECOND.items() if key not in ("versioncreated", "embargoed", "pubstatus", "representationtype")},
    "versionCreated": STAMP,
    "embargoedUntil": OTHER,
    "pubStatus": "withheld",
    "representationType": "full",
    "bodies": [{"role": "main", "contentType": "text/plain", "charCount": 10, "value": "One.\n\nTwo."}],
}
del THIRD["copyrightholder"], THIRD["copyrightnotice"]
THIRD |= {"copyrightHolder": "Harbour", "copyrightNotice": "(c) Harbour"}


@pytest.mark.parametrize(("document", "format_"), [(FIRST, "ninjs-1"), (SECOND, "ninjs-2"), (THIRD, "ninjs-3")], ids=["1.0", "2.0", "3.0"])
def test_the_first_properties_of_each_generation(document: dict[str, Any], format_: str) -> None:
    item = ninjs(**document)
    assert item.format == format_
    assert (item.type, item.version, item.version_created, item.embargoed) == ("text", "2", STAMP, OTHER)
    assert (item.status, item.language, item.byline, item.located) == ("withheld", "en", "Tove Ask", "Ellery")
    assert (item.headline, item.body, item.providers) == ("Wall holds", "One.\n\nTwo.", ("Harbour",))
    assert item.subjects == ({"name": "flood", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000139"},)
    assert item.places == ({"name": "Ellery"},)
    assert item.extra == {
        "representationType": "full",
        "profile": "P",
        "copyrightHolder": "Harbour",
        "copyrightNotice": "(c) Harbour",
        "people": [{"name": "Ada Marsh", "rel": "about", "uri": "http://x.example/p/1"}],
        "organisations": [{"name": "Dock Board"}],
        "events": [{"name": "Spring tide"}],
        "objects": [{"name": "Tide wall"}],
        "descriptions": [{"role": "text", "value": "In short."}],
    }
    assert item.warnings == ()


@pytest.mark.parametrize(
    ("since", "members", "field", "value"),
    [
        ("1.1", {"urgency": 4}, "urgency", 4),
        ("1.1", {"usageterms": "No archive"}, "usage_terms", "No archive"),
        ("1.1", {"place": [{"name": "E", "geometry_geojson": {"type": "Point", "coordinates": [1, 2]}}]}, "places",
         ({"name": "E", "geoJSON": {"type": "Point", "coordinates": [1, 2]}},)),
        ("1.2", {"ednote": "Adds quote"}, "notes", (ItemNote("ednote", "Adds quote"),)),
        ("1.2", {"slugline": "harbour-wall"}, "slug", "harbour-wall"),
        ("1.2", {"firstcreated": STAMP}, "first_created", STAMP),
        ("1.2", {"title": "T"}, "extra", {"title": "T"}),
        ("1.2", {"type": "component"}, "type", "component"),
        ("1.2", {"infosource": [{"name": "HBW", "rel": "source"}]}, "providers", ("HBW",)),
        ("1.3", {"headline_short": "S"}, "headline", "S"),
        ("1.3", {"altids": {"itemid": "7", "etag": "8"}}, "alt_ids", ({"role": "itemid", "value": "7"}, {"role": "etag", "value": "8"})),
        ("1.3", {"genre": [{"name": "Feature"}]}, "genres", ({"name": "Feature"},)),
        ("1.3", {"trustindicator": [{"scheme": "http://cv.iptc.org/newscodes/trustindicator/", "code": "ethics", "href": "https://x.example"}]},
         "extra", {"trustIndicators": [{"href": "https://x.example", "role": "http://cv.iptc.org/newscodes/trustindicator/ethics"}]}),
        ("1.4", {"contentcreated": STAMP, "expires": OTHER}, "extra", {"contentCreated": STAMP, "expires": OTHER}),
        ("1.4", {"rightsinfo": {"linkedrights": "https://x.example/r"}}, "extra", {"rightsInfo": {"linkedRights": "https://x.example/r"}}),
        ("1.5", {"subject": [{"name": "flood", "relevance": 80, "confidence": 90, "creator": "desk"}]}, "subjects",
         ({"name": "flood", "relevance": 80, "confidence": 90, "creator": "desk"},)),
        ("1.6", {"digitalsourcetype": {"name": "capture"}}, "extra", {"digitalSourceType": {"name": "capture"}}),
        ("2.0", {"infosources": [{"name": "HBW", "role": "source"}]}, "providers", ("HBW",)),
        ("2.0", {"altids": [{"role": "guid", "value": "g"}]}, "alt_ids", ({"role": "guid", "value": "g"},)),
        ("2.0", {"places": [{"name": "E", "geojson": {"type": "Point", "coordinates": [1, 2]}}]}, "places",
         ({"name": "E", "geoJSON": {"type": "Point", "coordinates": [1, 2]}},)),
        ("3.0", {"edNote": "Adds quote"}, "notes", (ItemNote("edNote", "Adds quote"),)),
        ("3.0", {"firstCreated": STAMP}, "first_created", STAMP),
        ("3.0", {"usageTerms": "No archive"}, "usage_terms", "No archive"),
        ("3.0", {"altIds": [{"role": "guid", "value": "g"}]}, "alt_ids", ({"role": "guid", "value": "g"},)),
        ("3.0", {"infoSources": [{"name": "HBW"}]}, "providers", ("HBW",)),
        ("3.0", {"contentCreated": STAMP}, "extra", {"contentCreated": STAMP}),
    ],
)  # fmt: skip
def test_what_later_versions_brought(since: str, members: dict[str, Any], field: str, value: Any) -> None:
    item = ninjs(**{"standard": {"name": "ninjs", "version": since}, "version": "1", **members})
    assert item.format == f"ninjs-{since[0]}"
    told = getattr(item, field)
    assert told == value or {**told, **value} == told
    assert item.warnings == ()


@pytest.mark.parametrize("key", ["embargoed", "embargoedUntil", "embargoeduntil"])
def test_the_key_of_the_embargo_differs(key: str) -> None:
    assert ninjs(version="1", headline="h", **{key: OTHER}).embargoed == OTHER


@pytest.mark.parametrize(
    ("version", "format_"), [("1.8", "ninjs-1"), (1.3, "ninjs-1"), ("2.2", "ninjs-2"), (3, "ninjs-3"), ("x", "ninjs-1")]
)
def test_a_declared_version_counts(version: Any, format_: str) -> None:
    assert ninjs(headline="h", version="1", standard={"name": "ninjs", "version": version}).format == format_


def test_tt_ties_its_versions() -> None:
    item = ninjs(
        headline="h",
        pubstatus="replaced",
        replacedby="urn:z",
        replacing=["urn:w", {"uri": "urn:v"}],
        revisions=[{"uri": "urn:v", "versioncreated": STAMP}, {"uri": "urn:w", "replacing": ["urn:v"]}],
        signals={"updatetype": "KORR", "pageproduct": ""},
    )
    assert item.status == "replaced"
    assert item.links == (
        ItemLink("replacedby", "urn:z"),
        ItemLink("replacing", "urn:w"),
        ItemLink("replacing", "urn:v"),
        ItemLink("revisions", "urn:v"),
        ItemLink("revisions", "urn:w"),
    )
    assert item.signals == ("updatetype:KORR",)
    assert item.warnings == ()


def test_what_ties_an_item_stands_in_the_order_of_the_document() -> None:
    item = ninjs(
        headline="h",
        creditline="Harbour Pictures",
        source="Dock News",
        provider="Harbour",
        signals={"updatetype": "UV"},
        editorialtypes=["Lead"],
        signal=["sig:update"],
    )
    assert item.providers == ("Harbour Pictures", "Dock News", "Harbour")
    assert item.signals == ("updatetype:UV", "editorialtypes:Lead", "sig:update")


def test_what_is_only_ordered_is_skipped() -> None:
    with pytest.raises(NotAnArticle) as skipped:
        ninjs(headline="h", version="1", pubstatus="commissioned")
    assert skipped.value.reason == "commissioned"


def test_superdesk_ties_its_versions() -> None:
    item = ninjs(
        headline="h", guid="urn:newsml:x:1", evolvedfrom="urn:u", rewrite_of="urn:t", rewritten_by="urn:s", anpa_take_key="1st Ld-Writethru"
    )
    assert item.links == (ItemLink("evolvedFrom", "urn:u"), ItemLink("rewrite_of", "urn:t"), ItemLink("rewritten_by", "urn:s"))
    assert item.alt_ids == ({"role": "guid", "value": "urn:newsml:x:1"},)
    assert item.notes == (ItemNote("anpa_take_key", "1st Ld-Writethru"),)


def test_the_guid_is_the_id_where_there_is_no_uri() -> None:
    (item,) = decode(RawMessage(b'{"guid": "urn:g", "version": "1", "headline": "h", "body_html": "<p>x</p>"}', "wire.raw", 0, 0, 0)).items
    assert isinstance(item, Item)
    assert (item.uri, item.alt_ids) == ("urn:g", ())


def test_superdesk_names_beside_the_standard() -> None:
    item = ninjs(
        headline="h",
        byline="",
        authors=[{"name": "Tove Ask", "role": "writer"}, "Nils Ek"],
        priority=3,
        keywords=["ferry", "tide"],
        service=[{"code": "n", "name": "Home"}],
        subject=[{"name": "flood"}],
    )
    assert (item.byline, item.urgency) == ("Tove Ask, Nils Ek", 3)
    assert item.subjects == ({"name": "ferry"}, {"name": "tide"}, {"name": "Home", "literal": "n"}, {"name": "flood"})
    assert item.extra == {}
    assert ninjs(headline="h", byline="By A", authors=["B"], urgency=5, priority=3).byline == "By A"
    assert ninjs(headline="h", urgency=5, priority=3).urgency == 5


@pytest.mark.parametrize("damaged", [{"keywords": {"a": 1}}, {"authors": 4}, {"service": 4}, {"priority": "high"}])
def test_damaged_names_beside_the_standard_are_left_out(damaged: dict[str, Any]) -> None:
    assert ninjs(headline="h", version="1", **damaged).warnings in (tuple(f"invalid_field:{key}" for key in damaged), ())


def test_an_array_keeps_the_bad_among_the_good() -> None:
    good = {"uri": "urn:1", "version": "1", "headline": "h"}
    first, second, third = decode(RawMessage(orjson.dumps([good, 5, {**good, "uri": [1]}]), "wire.raw", 0, 0, 0)).items
    assert isinstance(first, Item)
    assert isinstance(second, ParseError)
    assert isinstance(third, ParseError)
    assert (second.reason, third.reason) == ("invalid", "invalid")


def test_tables_and_captions_stand_apart_from_the_copy() -> None:
    item = ninjs(
        version="1",
        headline="h",
        body_html="<p>One.</p><table><tr><td>Length</td><td>640</td></tr></table><figure><figcaption>The wall.</figcaption></figure>"
        "<figure><figcaption>Told already.</figcaption></figure><p>Two.</p>",
        associations={"a": {"uri": "urn:p", "type": "picture", "description_caption": "Told already."}},
    )
    assert (item.body, item.tables) == ("One.\n\nTwo.", ("Length\t640",))
    assert item.extra["descriptions"] == [{"role": "caption", "value": "The wall."}]


def test_nitf_within_gives_what_the_envelope_lacks() -> None:
    head = "<body.head><hedline><hl1>Wall holds</hl1></hedline><byline>By Tove Ask</byline></body.head>"
    nitf = f"<nitf><body>{head}<body.content><p>One.</p></body.content></body></nitf>"
    item = ninjs(version="1", bodies=[{"contentType": "application/nitf+xml", "value": nitf}], slugline="wall")
    assert (item.headline, item.byline, item.body) == ("Wall holds", "By Tove Ask", "One.")
    other = ninjs(version="1", headline="Other", byline="B", body_nitf=nitf)
    assert (other.headline, other.byline, other.body) == ("Other", "B", "One.")


def test_nitf_that_is_no_xml_is_read_like_html() -> None:
    item = ninjs(version="1", headline="h", body_nitf="<p>One.<p>Two & three.</p>")
    assert (item.body, item.warnings) == ("One.\n\nTwo & three.", ("unclean_markup:nitf",))


@pytest.mark.parametrize("kind", ["text/vnd.IPTC.NITF", "application/nitf+xml", "text/xml", None])
def test_nitf_by_any_name(kind: str | None) -> None:
    nitf = '<?xml version="1.0"?>\n<nitf><body><body.content><p>One.</p></body.content></body></nitf>'
    assert ninjs(headlines=[{"value": "h"}], bodies=[{"contentType": kind, "value": nitf}]).body == "One."


def test_the_label_over_the_copy_is_none_of_it() -> None:
    page = '<h1>Head</h1><div class="dat"><span class="vignette">Defence</span><span class="source">TT</span></div><p>One.</p><p>Two.</p>'
    item = ninjs(version="1", headline="Head", body_html5=page)
    assert item.body == "One.\n\nTwo."
    assert item.extra["descriptions"] == [{"role": "label", "value": "Defence TT"}]


@pytest.mark.parametrize(
    ("holder", "providers"),
    [
        ("The Associated Press", ("The Associated Press", "AFP")),
        ("(c) 2026 Harbour Herald", ("AFP", "(c) 2026 Harbour Herald")),
    ],
)
def test_an_agency_that_holds_the_rights_comes_before_its_source(holder: str, providers: tuple[str, ...]) -> None:
    assert ninjs(headline="Wall holds", copyrightholder=holder, infosource=[{"name": "AFP"}]).providers == providers


def test_the_slug_of_tt_is_read_where_there_is_no_slugline() -> None:
    item = ninjs(uri="http://tt.example/1", type="text", headline="Bron klar", slug="broarUV2")
    assert (item.slug, item.warnings) == ("broarUV2", ())
    assert ninjs(uri="http://tt.example/1", type="text", headline="Bron klar", slug="broarUV2", slugline="broar").slug == "broar"
