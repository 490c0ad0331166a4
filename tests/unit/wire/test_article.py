"""The ninjs object, the envelope's codes, times, embargoes and agencies."""

from __future__ import annotations

import json
from dataclasses import replace

import orjson
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from writethru.records import Feed, Item, ItemLink, ItemNote, ParseError, RawMessage
from writethru.wire import agencies, normalise


@pytest.fixture(scope="module")
def valid(shared):
    schema = json.loads((shared / "data/formats/newsinjson/specification/ninjs-schema_3.1.json").read_text("utf-8"))
    geo = DRAFT202012.create_resource({"type": "object"})
    registry = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", geo)
    validator = Draft202012Validator(schema, format_checker=FormatChecker(), registry=registry)
    return lambda read: [error.message for error in validator.iter_errors(read.article)]


FULL = {
    "headline": "UPDATE 1-Bridge reopens",
    "slug": "BRIDGE/ (UPDATE 1, PIX)",
    "body": "(Adds detail)\n\nBUSAN, March 3 (Reuters) - The bridge reopened.",
    "byline": "By Jane Row",
    "format": "ninjs-3",
    "version": "3",
    "version_created": "2026-03-03T09:00:00+09:00",
    "first_created": "2026-03-03T08:00:00+09:00",
    "embargoed": "2026-03-03T10:00:00+09:00",
    "urgency": 3,
    "language": "EN-us",
    "subjects": ({"name": "bridge", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000000"},),
    "places": ({"name": "Busan"},),
    "genres": ({"name": "Current"},),
    "usage_terms": "For editorial use only",
    "alt_ids": ({"role": "usn", "value": "L1"},),
    "extra": {"copyrightHolder": "Reuters", "headlines": [{"role": "short", "value": "Bridge"}], "bodies": [{"value": "x"}], "nonsense": 1},
}


@pytest.mark.parametrize(
    ("given", "uri"),
    [
        ("tag:reuters.com,2016:newsml_L1N14N0FF", "tag:reuters.com,2016:newsml_L1N14N0FF"),
        ("urn:newsml:dpa.com:20090101:250123-930-353124", "urn:newsml:dpa.com:20090101:250123-930-353124"),
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("dpa:123", "urn:writethru:reuters:dpa%3A123"),
        ("ID 7/\u00e4 \x00", "urn:writethru:reuters:ID%207%2F%C3%A4"),
        ("http://[", "urn:writethru:reuters:http%3A%2F%2F%5B"),
        (None, "urn:writethru:article:" + "ab" * 16),
    ],
)
def test_full_article_is_valid_ninjs(article, valid, given, uri):
    read = article(**FULL, uri=given)
    assert valid(read) == []
    assert read.article["uri"] == uri
    if uri.startswith("urn:writethru:reuters"):
        assert read.article["altIds"][-1]["role"] == "provider"
    assert (
        read.article
        | {
            "headlines": [
                {"value": "Bridge reopens"},
                {"role": "raw", "value": "UPDATE 1-Bridge reopens"},
                {"role": "short", "value": "Bridge"},
            ],
            "bodies": [{"role": "main", "contentType": "text/plain", "value": "The bridge reopened."}],
            "by": "Jane Row",
            "located": "Busan",
            "slugline": "BRIDGE/",
            "edNote": "(Adds detail)",
            "language": "en-US",
            "urgency": 3,
            "version": "3",
            "pubStatus": "usable",
            "versionCreated": "2026-03-03T00:00:00Z",
            "firstCreated": "2026-03-02T23:00:00Z",
            "embargoedUntil": "2026-03-03T01:00:00Z",
            "copyrightHolder": "Reuters",
            "usageTerms": "For editorial use only",
        }
        == read.article
    )
    assert "nonsense" not in read.article


def test_every_seed_is_valid_ninjs(article, valid, shared):
    for path in sorted((shared / "samples/seeds").iterdir()):
        assert valid(article(body=path.read_text("utf-8"))) == []


def test_characters_that_sinks_refuse_are_dropped_with_a_warning(article, valid):
    read = article(
        headline="Bri\x00dge\ud800 reopens",
        body="The bri\x00dge reopened.\ud83d",
        notes=(ItemNote("ednote", "Adds\x00 photo"),),
        subjects=({"name": "bri\x00dge\udfff"},),
        extra={"title": "a\x00b"},
        providers=("Re\x00uters",),
        format="ninjs-3",
    )
    packed = orjson.dumps(replace(read, payload=None))
    assert b"\\u0000" not in packed
    assert valid(read) == []
    assert (read.headline, read.body, read.article["title"]) == ("Bridge reopens", "The bridge reopened.", "ab")
    expected = {"unsafe_characters:body", "unsafe_characters:headline", "unsafe_characters:ednote", "unsafe_characters:envelope"}
    assert expected <= set(read.provenance.warnings)


def test_invisible_characters_are_cleaned_and_spans_still_point_at_what_was_sent(article):
    body = "\ufeff\u200b(ATTN: ADDS\u00a0photo)\n\nBUSAN,\u00a0March 3 (Yonhap) -- The bri\u00addge\u00a0reopened."
    read = article(headline="x", body=body)
    assert read.body == "The bridge reopened."
    (note,) = read.wire.notes
    assert note.text == "ADDS\u00a0photo" and body[slice(*note.span)] == note.text


def test_nothing_at_all_is_invalid():
    with pytest.raises(ParseError) as error:
        normalise(Item("ninjs-3"), RawMessage(b"", "t", 0, 0, 0), article_id="0", sha256="0", received="", pipeline="p")
    assert error.value.reason == "invalid"


SIGNALS = [
    # properties of the item, action, pubStatus
    ({"signals": ("sig:update",)}, "update", "usable"),
    ({"signals": ("sig:correction",)}, "correction", "usable"),
    ({"signals": ("edStat:N",)}, "new", "usable"),
    ({"signals": ("edStat:U", "var:itemEvol")}, "update", "usable"),
    ({"signals": ("edStat:C",)}, "correction", "usable"),
    ({"signals": ("edStat:D",)}, "kill", "canceled"),
    ({"signals": ("updatetype:UV",)}, "update", "usable"),
    ({"signals": ("updatetype:KORR",)}, "refile", "usable"),
    ({"signals": ("updatetype:R\u00c4",)}, "correction", "usable"),
    ({"signals": ("updatetype:AVPUB",)}, "kill", "canceled"),
    ({"signals": ("updatetype:retransmission",)}, "repeat", "usable"),
    ({"signals": ("editorialtypes:Lead",)}, "update", "usable"),
    ({"signals": ("editorialtypes:Kill",)}, "kill", "canceled"),
    ({"signals": ("Withhold",)}, "withhold", "withheld"),
    ({"signals": ("editorialtypes:Clarification",)}, "clarification", "usable"),
    ({"signals": ("editorialtypes:Advisory",)}, "advisory", "usable"),
    ({"signals": ("sig:unheard-of", "x:kill")}, "new", "usable"),
    ({"status": "stat:canceled"}, "kill", "canceled"),
    ({"status": "canceled"}, "kill", "canceled"),
    ({"status": "stat:withheld"}, "withhold", "withheld"),
    ({"status": "replaced"}, "update", "usable"),
    ({"status": "replaced", "links": (ItemLink("replacedby", "tag:x,2026:2"),)}, "update", "usable"),
    ({"links": (ItemLink("predecessor-version", "tag:x,2026:1"),)}, "update", "usable"),
    ({"status": "embargoed"}, "withhold", "withheld"),
    ({"status": "embargoed", "embargoed": "2026-03-03T10:00:00Z"}, "new", "usable"),
    ({"status": "odd"}, "new", "usable"),
    ({"links": (ItemLink("irel:evolvedFrom", "tag:x,2026:1"),)}, "update", "usable"),
    ({"genres": ({"name": "\u062a\u0646\u0628\u064a\u0647"},)}, "alert", "usable"),
    ({"genres": ({"name": "x", "literal": "dpatextgenre:9"},)}, "roundup", "usable"),
    ({"urgency": 2, "providers": ("dpa",)}, "alert", "usable"),
    ({"urgency": 2, "signals": ("sig:update",), "providers": ("dpa",)}, "update", "usable"),
    ({"urgency": 2, "providers": ("dpa",), "type": "picture"}, "new", "usable"),
    ({"urgency": 2}, "new", "usable"),
    (
        {"notes": (ItemNote("ednotes[0]", "Neu: Reaktion des Ministers", "dpaednoterole:correction"),), "signals": ("sig:update",)},
        "update",
        "usable",
    ),
]


@pytest.mark.parametrize(("properties", "action", "status"), SIGNALS, ids=[str(row[0]) for row in SIGNALS])
def test_codes_of_the_envelope(article, properties, action, status):
    read = article(**{"headline": "x", "body": "The bridge reopened.", "format": "newsml-g2", **properties})
    assert (read.wire.action, read.article["pubStatus"]) == (action, status)
    assert ("bodies" in read.article) == (action != "kill")


def test_links_are_what_is_replaced_but_the_own_guid(article):
    links = (ItemLink("irel:prevVersion", "tag:x,2026:1"), ItemLink("replacing", "tag:x,2026:0"), ItemLink("seeAlso", "tag:x,2026:9"))
    assert article(headline="x", uri="tag:x,2026:1", links=links, format="ninjs-1").wire.replaces == ("tag:x,2026:0",)


def test_tombstone_with_an_empty_body(article, valid):
    read = article(
        headline="Bridge reopens", uri="tag:reuters.com,2026:newsml_L1", status="stat:canceled", signals=("edStat:D",), format="newsml-g2"
    )
    assert (read.wire.action, read.wire.agency, valid(read)) == ("kill", "reuters", [])


TIMES = [
    ("2026-03-01T08:15:00Z", "2026-03-01T08:15:00Z", None),
    ("2026-03-01T08:15:00.250Z", "2026-03-01T08:15:00.250Z", None),
    ("20260301T081500+0900", "2026-02-28T23:15:00Z", None),
    ("2026-03-01T08:15:00+01:00", "2026-03-01T07:15:00Z", None),
    ("Sun, 01 Mar 2026 08:15:00 +0100", "2026-03-01T07:15:00Z", None),
    ("2022-07-11 18:33", "2022-07-11T16:33:00Z", "naive_time:version_created"),
    ("26-FEB-1987 15:01:01.79", "1987-02-26T14:01:01.790Z", "naive_time:version_created"),
    ("2026-03-01", "2026-02-28T23:00:00Z", "naive_time:version_created"),
    ("yesterday", None, "unreadable_time:version_created"),
    ("2026-02-30T10:00:00Z", None, "unreadable_time:version_created"),
    ("0001-01-01T00:00:00+14:00", None, "unreadable_time:version_created"),
]


@pytest.mark.parametrize(("given", "utc", "warning"), TIMES, ids=[row[0] for row in TIMES])
def test_times(article, given, utc, warning):
    read = article(headline="x", version_created=given, providers=("ANSA",), format="newsml-1")
    assert read.article.get("versionCreated") == utc
    assert [one for one in read.provenance.warnings if "time" in one] == ([warning] if warning else [])


def test_zone_of_the_feed_goes_before_the_agencys(article):
    feed = Feed("t", zone="Asia/Tokyo")
    assert article(headline="x", version_created="2026-03-01T09:00:00", providers=("ANSA",), feed=feed).time == 1772323200000
    assert "unknown_zone:feed" in article(headline="x", feed=Feed("t", zone="Mars/Base")).provenance.warnings


def test_a_stamped_id_overrules_the_time_that_contradicts_it(article):
    read = article(
        headline="x",
        version_created="2026-06-03T17:00:02+02:00",
        alt_ids=({"value": "20260603150008MESZ"},),
        providers=("dpa",),
        format="x",
    )
    assert read.article["versionCreated"] == "2026-06-03T13:00:08Z"
    assert "times_differ:version_created=2026-06-03T15:00:02Z" in read.provenance.warnings


SENT = [
    # when the item is of, its stamped id, when the message was sent, what is taken, what is warned of
    ("15:00:01", "20260603150008MESZ", "17:00:02", "13:00:01Z", ("times_differ:sent=2026-06-03T15:00:02Z",)),
    ("15:00:01", None, "17:00:02", "13:00:01Z", ("times_differ:sent=2026-06-03T15:00:02Z",)),
    ("17:00:01", None, "15:00:02", "15:00:01Z", ("times_differ:sent=2026-06-03T13:00:02Z",)),
    ("17:00:01", None, "16:59:40", "15:00:01Z", ()),
    ("15:00:01", None, "15:00:04", "13:00:01Z", ()),
    ("15:00:01", None, "17:24:40", "13:00:01Z", ()),
    (
        "17:00:01",
        "20260603150008MESZ",
        "17:00:02",
        "13:00:08Z",
        ("times_differ:version_created=2026-06-03T15:00:01Z", "times_differ:sent=2026-06-03T15:00:02Z"),
    ),
    (None, None, "17:00:02", "15:00:02Z", ()),
]


@pytest.mark.parametrize(("version", "stamped", "sent", "taken", "warned"), SENT)
def test_a_message_sent_at_a_time_that_contradicts_its_item_s(article, version, stamped, sent, taken, warned):
    read = article(
        headline="x",
        version_created=version and f"2026-06-03T{version}+02:00",
        sent=f"2026-06-03T{sent}+02:00",
        alt_ids=({"value": stamped},) if stamped else (),
        language="en",
        format="newsml-g2",
    )
    assert (read.article["versionCreated"], read.provenance.warnings) == (f"2026-06-03T{taken}", warned)


EMBARGOES = [
    # note, provider, item time, until
    ("Sperrfrist 23. Januar 19.00 Uhr - Bitte beachten", "dpa", "2025-01-23T14:10:47+01:00", "2025-01-23T18:00:00Z"),
    ("Embargoed to 0001 Friday September 9", "PA", "2016-09-07T10:00:00Z", "2016-09-08T23:01:00Z"),
    ("Embargoed until 12:01 a.m. Monday", "AP", "2026-03-07T12:00:00Z", "2026-03-09T04:01:00Z"),
    ("Eds: For release at 12:01 a.m. Monday", "AP", "2026-01-10T12:00:00Z", "2026-01-12T05:01:00Z"),
    ("EMBARGOED UNTIL 1830 GMT, MARCH 3", "Reuters", "2026-03-02T12:00:00Z", "2026-03-03T18:30:00Z"),
    ("EMBARGO: 3 January 2027 noon", "", "2026-12-30T12:00:00Z", "2027-01-03T12:00:00Z"),
    ("Embargo: none", "", "2026-12-30T12:00:00Z", None),
    ("Eds: UPDATES with oil embargo: Row says no", "AP", "2026-12-30T12:00:00Z", None),
    ("For release at will", "AP", "2026-12-30T12:00:00Z", None),
]


@pytest.mark.parametrize(("text", "provider", "time", "until"), EMBARGOES, ids=[row[0] for row in EMBARGOES])
def test_worded_embargo(article, text, provider, time, until):
    properties = {"headline": "x", "body": "Copy.", "version_created": time, "providers": (provider,) if provider else (), "format": "x"}
    read = article(notes=(ItemNote("ednote", text),), **properties)
    assert (read.wire.embargo, read.article.get("embargoedUntil")) == (until, until)
    assert read.article["pubStatus"] == "usable"


def test_embargo_line_and_advance(article):
    read = article(
        body="EMBARGOED UNTIL 0001 FRIDAY SEPTEMBER 9\n\nThe bridge will reopen.", headline="x", version_created="2016-09-07T10:00:00Z"
    )
    assert read.wire.embargo == "2016-09-09T00:01:00Z" and read.body == "The bridge will reopen."
    advance = article(slug="AM-Bridge, Adv 15,0400", headline="x", providers=("AP",), version_created="2026-01-13T10:00:00Z", format="x")
    assert advance.wire.embargo == "2026-01-15T05:00:00Z"


@pytest.mark.parametrize("properties", [{"slug": "BRIDGE (EMBARGOED)"}, {"notes": (ItemNote("ednote", "Embargoed until further notice"),)}])
def test_embargo_without_a_time_withholds(article, properties):
    read = article(headline="x", body="Copy.", format="x", **properties)
    assert (read.wire.action, read.wire.embargo, read.article["pubStatus"]) == ("withhold", None, "withheld")
    assert "embargo_unresolved" in read.provenance.warnings


AGENCIES = [
    # properties, hints, agency, rule
    ({"providers": ("nprov:REUTERS",)}, {}, "reuters", "provider"),
    ({"providers": ("Somebody", "The Associated Press")}, {}, "ap", "provider"),
    ({"providers": ("The Harbor Daily",)}, {}, "the-harbor-daily", "provider"),
    ({"providers": ("The Harbor Daily",), "body": "BUSAN (AFP) - The bridge."}, {"key": b"yonhap"}, "the-harbor-daily", "provider"),
    ({"uri": "urn:newsml:dpa.com:20090101:1"}, {}, "dpa", "uri_host"),
    ({"extra": {"copyrightHolder": "Thomson Reuters"}}, {}, "reuters", "copyright_holder"),
    ({"body": "BUSAN, March 3 (Yonhap) -- The bridge."}, {"key": b"ap"}, "yonhap", "dateline"),
    ({}, {"headers": (("agency", b"TT"),), "key": b"ap"}, "tt", "hint"),
    ({}, {"key": b"stt", "feed": Feed("t", agency="ap")}, "stt", "hint"),
    ({}, {"feed": Feed("t", agency="Ritzau")}, "ritzau", "hint"),
    ({}, {"feed": Feed("t", agency="Harbor Wire")}, "harbor-wire", "hint"),
    ({}, {"key": b"8f14e45fceea167a"}, "unknown", None),
    ({"body": "The bridge is open, Yonhap news agency reported. A source told Reuters (AP)."}, {}, "unknown", None),
]


@pytest.mark.parametrize(("properties", "hints", "agency", "rule"), AGENCIES, ids=[f"{row[0]}{row[1]}" for row in AGENCIES])
def test_agency(article, properties, hints, agency, rule):
    read = article(**{"headline": "x", "format": "x", **properties}, **hints)
    assert read.wire.agency == agency
    assert [item.rule for item in read.wire.evidence[:1]] == ([rule] if rule else [])


def test_every_agency_can_be_used():
    table = agencies.table()
    assert len(table.by_id) > 40
    assert {agency.zone for agency in table.by_id.values()} and all(agency.id.islower() for agency in table.by_id.values())
    assert table.by_id["ap"].urgency("F") == 1 and table.by_id["reuters"].urgency("u") == 4
    assert table.by_id["kyodo"].urgency(9) is None and table.by_id["afp"].urgency(5) == 5


@pytest.mark.parametrize(
    ("agency", "given", "key"),
    [
        ("yonhap", "https://en.yna.co.kr/view/AEN20260704003652315", ("202607040036", None)),
        ("reuters", "tag:reuters.com,2016:newsml_L1N14N0FF:978556838", ("tag:reuters.com,2016:newsml_L1N14N0FF", "978556838")),
        ("pa", "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5fHHH-13-1", ("0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5fHHH", "13")),
        ("ap", "urn:publicid:ap.org:0123456789abcdef0123456789abcdef", ("0123456789abcdef0123456789abcdef", None)),
        ("tt", "anything", None),
    ],
)
def test_story_id_rules(agency, given, key):
    assert agencies.table().by_id[agency].story_key(["no id", given]) == key


@pytest.mark.parametrize(
    ("declared", "text", "language"),
    [
        ("EN", "", "en"), ("swe", "", "sv"), ("nl-nl", "", "nl-NL"), ("zh-hans-cn", "", "zh-Hans-CN"), ("?", "", None), ("und", "", None),
        (None, "The bridge is open and the harbor board said that it will be used for trains.", "en"),
        (None, "Die Br\u00fccke ist wieder offen und wird von den Z\u00fcgen auf der Strecke in die Stadt genutzt.", "de"),
        (None, "Le pont est ouvert et les trains sont de retour dans la ville, a dit le maire qui est sur place.", "fr"),
        (None, "El puente est\u00e1 abierto y los trenes de la ciudad vuelven, dijo el alcalde en una nota que se dio.", "es"),
        (None, "\ub2e4\ub9ac\uac00 \ub2e4\uc2dc \uc5f4\ub838\ub2e4\uace0 \uc2dc\uac00 \ub9d0\ud588\ub2e4.", "ko"),
        (None, "Bridge open", None),
        ("it", "The bridge is open and the harbor board said that it will be used for trains from the north as well as for those which "
               "come from the south after a long repair, an engineer who was at the site on Friday has said to reporters.", "en"),
    ],
)  # fmt: skip
def test_language(article, declared, text, language):
    assert article(headline="X", body=text, language=declared, format="x").article.get("language") == language


def test_urgency_of_the_mark_where_the_envelope_has_none(article):
    assert article(headline="(URGENT) Ferry sinks").article["urgency"] == 3
    assert article(headline="(URGENT) Ferry sinks", urgency=5, format="x").article["urgency"] == 5
    assert "urgency" not in article(headline="Ferry sinks").article


@pytest.mark.parametrize(
    ("given", "version"),
    [
        ({"providers": ("PA",), "uri": "0e77c4d1-93b5-4a6e-8f21-5c1d7a90be44HHH-2-1"}, "2"),
        ({"providers": ("PA",), "uri": "0e77c4d1-93b5-4a6e-8f21-5c1d7a90be44HHH-2-1", "version": "7"}, "7"),
        ({"providers": ("ANP",), "alt_ids": ({"role": "NewsItemId", "value": "ANPX-110326-041-v2"},)}, "2"),
        ({"providers": ("Yonhap",), "uri": "https://en.yna.co.kr/view/AEN20260302010252320"}, None),
        ({"providers": ("Harbour Wire",), "uri": "quay-2-1"}, None),
    ],
)
def test_a_version_that_stands_in_the_id_alone_is_read_by_the_agencys_rule(article, given, version):
    assert article(headline="Weathervane returned", **given).article.get("version") == version


TABLE = "Year\tLead\tBrass\n1996\t4\t1"


def test_tables_stand_behind_the_copy_under_their_role_and_among_the_blocks(article, valid):
    read = article(headline="Thefts", body="Lead was stolen.", format="nitf", tables=(TABLE, "Odds\t\x007-2"))
    assert read.article["bodies"] == [
        {"role": "main", "contentType": "text/plain", "value": "Lead was stolen."},
        {"role": "table", "contentType": "text/plain", "value": TABLE},
        {"role": "table", "contentType": "text/plain", "value": "Odds\t7-2"},
    ]
    assert [(block.kind, block.field, block.span, block.text) for block in read.wire.blocks] == [
        ("table", "tables[0]", (0, len(TABLE)), TABLE),
        ("table", "tables[1]", (0, 9), "Odds\t7-2"),
    ]
    assert (read.body, valid(read)) == ("Lead was stolen.", [])


def test_a_table_is_no_copy(article):
    assert article(headline="Thefts", format="nitf", tables=(TABLE,)).body == ""


@pytest.mark.parametrize(
    "killing", [{"status": "canceled"}, {"body": "KILL KILL KILL\n\nPlease kill item dpa 157.", "providers": ("dpa",)}]
)
def test_a_kill_empties_the_tables_too(article, killing):
    read = article(headline="Thefts", format="nitf", tables=(TABLE,), **killing)
    assert "bodies" not in read.article
    assert TABLE not in [block.text for block in read.wire.blocks]
