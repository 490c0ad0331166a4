"""NITF: what the head says and where it goes."""

from __future__ import annotations

import pytest

from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.records import Item, ItemLink, ItemNote, ParseError, RawMessage

ID = "5b1c0a52-6d3e-4f0b-9a77-0c2f41d8e6b3HHH-2-1"
COPY = "<body.content><p>The wall held.</p></body.content>"


def sent(payload: bytes | str) -> Item:
    payload = payload.encode() if isinstance(payload, str) else payload
    (found,) = decode(RawMessage(payload, "wire.raw", 0, 0, 0)).items
    assert isinstance(found, Item)
    return found


def nitf(docdata: str = "", *, managed: str = "", head: str = "", body: str = COPY, root: str = "") -> Item:
    item = sent(f"<nitf {root}><head>{head}<docdata {managed}>{docdata}</docdata></head><body>{body}</body></nitf>")
    lists = {"subjects": list(item.subjects), "places": list(item.places), "genres": list(item.genres), "altIds": list(item.alt_ids)}
    check_ninjs({"uri": "urn:x", **item.extra, **lists})
    return item


def headed(title: str, headline: str, docdata: str = "") -> tuple[str, str, str]:
    item = nitf(docdata, head=f"<title>{title}</title>", body=f"<body.head><hedline><hl1>{headline}</hl1></hedline></body.head>{COPY}")
    return item.headline, item.slug, item.extra.get("title", "")


@pytest.mark.parametrize(
    "document",
    [
        "<nitf><body><body.content><p>One.</p></body.content></body></nitf>",
        '<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.content><p>One.</p></body.content></body></nitf>',
        '<n:nitf xmlns:n="http://iptc.org/std/NITF/2006-10-18/"><n:body><n:body.content><n:p>One.</n:p></n:body.content></n:body></n:nitf>',
        '<nitf xmlns="http://iptc.org/std/NITF/2003-09-30/"><body><body.content><p>One.</p></body.content></body></nitf>',
        '<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-4.dtd"><nitf><body><body.content><p>One.</p></body.content></body></nitf>',
        '<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.1//EN" "x.dtd"><nitf><body><body.content><p>One.</p></body.content></body></nitf>',
    ],
)
def test_a_story_with_and_without_namespace_and_document_type(document: str) -> None:
    item = sent(document)
    assert (item.format, item.type, item.body) == ("nitf", "text", "One.")


def test_a_root_of_that_name_in_a_foreign_namespace_is_no_nitf() -> None:
    with pytest.raises(ParseError) as refused:
        sent('<nitf xmlns="http://example.org/gauges"/>')
    assert refused.value.reason == "unknown_format"


def test_pounds_as_bytes_and_as_references_in_one_document() -> None:
    payload = b'<?xml version="1.0" encoding="iso-8859-1"?><nitf><body><body.content><p>\xa340 or &#163;41</p></body.content></body></nitf>'
    item = sent(payload)
    assert (item.body, item.encoding) == ("£40 or £41", "iso-8859-1")


def test_curly_quotes_of_windows_under_the_name_of_latin_1() -> None:
    payload = b'<?xml version="1.0" encoding="iso-8859-1"?><nitf><body><body.content><p>\x93\xa340\x94</p></body.content></body></nitf>'
    item = sent(payload)
    assert (item.body, item.encoding) == ("“£40”", "cp1252")


@pytest.mark.parametrize("status", ["usable", "embargoed", "withheld", "canceled"])
def test_the_management_status_stays_as_printed(status: str) -> None:
    assert nitf(managed=f'management-status="{status}"').status == status


def test_an_embargo_of_the_status_keeps_the_time_of_its_release() -> None:
    item = nitf(
        '<date.issue norm="20260311T164500+0000"/><date.release norm="20260312T000100+0000"/>', managed='management-status="embargoed"'
    )
    assert (item.status, item.version_created, item.embargoed) == ("embargoed", "20260311T164500+0000", "20260312T000100+0000")


def test_a_release_behind_the_issue_is_an_embargo_without_a_status() -> None:
    assert nitf('<date.issue norm="20260311"/><date.release norm="20260312"/>').embargoed == "20260312"


@pytest.mark.parametrize(
    ("issue", "release"),
    [
        ("20260311T164500+0000", "20260311T164500+0000"),
        ("20260311T164500+0000", "20260311T164459+0000"),
        ("2026-03-11T16:45:00Z", "2026-03-11T16:45:00Z"),
        ("20260311T164500+0000", "2026-03-11T16:45:00Z"),
        ("2026-03-11T16:45:00+01:00", "2026-03-11T15:45:00Z"),
        ("20260311T164500Z", "20260311"),
        ("20260311T1645Z", "20260310T2359Z"),
    ],
)
def test_a_release_not_behind_the_issue_holds_nothing_back(issue: str, release: str) -> None:
    item = nitf(f'<date.issue norm="{issue}"/><date.release norm="{release}"/>')
    assert (item.version_created, item.embargoed) == (issue, None)


def test_releases_of_other_zones_are_compared_as_moments() -> None:
    assert nitf('<date.issue norm="20260311T164500+0100"/><date.release norm="20260311T160000+0000"/>').embargoed == "20260311T160000+0000"


def test_a_release_that_cannot_be_read_holds_the_item_back() -> None:
    assert nitf('<date.issue norm="20260311T1645Z"/><date.release norm="when the court rises"/>').embargoed == "when the court rises"


def test_a_release_alone_is_the_time_of_the_version_and_to_be_waited_for() -> None:
    item = nitf('<date.release norm="20260312T000100Z"/>')
    assert (item.version_created, item.embargoed) == ("20260312T000100Z", "20260312T000100Z")
    item = nitf('<date.release norm="20260312T000100Z"/>', managed='management-status="embargoed"')
    assert (item.version_created, item.embargoed) == (None, "20260312T000100Z")


@pytest.mark.parametrize(
    ("norm", "expires"),
    [
        ("20260410T100230Z", "2026-04-10T10:02:30Z"),
        ("2026-04-10T12:02:30+02:00", "2026-04-10T10:02:30Z"),
        ("20260410T120230+0200", "2026-04-10T10:02:30Z"),
        ("20260410T1002Z", "2026-04-10T10:02:00Z"),
    ],
)
def test_every_shape_of_a_time_is_read_for_the_end_of_use(norm: str, expires: str) -> None:
    assert nitf(f'<date.expire norm="{norm}"/>').extra["expires"] == expires


def test_an_end_of_use_that_cannot_be_read_is_named() -> None:
    item = nitf('<date.expire norm="never"/>')
    assert ("expires" in item.extra, item.warnings) == (False, ("unreadable_time:expires",))


def test_a_date_in_the_element_where_the_attribute_is_missing() -> None:
    assert nitf("<date.issue>2026-03-11T08:00:00Z</date.issue>").version_created == "2026-03-11T08:00:00Z"


def test_times_of_publication_and_revision_where_the_issue_is_missing() -> None:
    history = '<revision-history norm="20260311T0900Z" function="editor" comment="Adds quotes"/><revision-history norm="20260311T0700Z"/>'
    item = nitf(head=history)
    assert (item.first_created, item.version_created) == ("20260311T0700Z", "20260311T0900Z")
    assert item.notes == (ItemNote("revision-history[0]", "Adds quotes", "editor"),)
    assert nitf(head='<pubdata date.publication="20260311T092011"/>').version_created == "20260311T092011"


def test_the_id_and_who_registered_it() -> None:
    item = nitf(f'<doc-id id-string="{ID}" regsrc="Press Association"/><doc.copyright year="2026" holder="PA Media"/>')
    assert (item.uri, item.providers) == (ID, ("Press Association", "PA Media"))
    assert item.extra == {"copyrightHolder": "PA Media", "copyrightNotice": "© 2026 PA Media"}


def test_providers_stand_in_the_order_of_their_trust() -> None:
    item = nitf(
        '<del-list><from-src src-name="Ritzau"/></del-list><doc-id regsrc="NTB" id-string="x"/><doc.copyright holder="NTB AS"/>',
        head='<meta name="source" content="AFP"/>',
        body=f"<body.head><distributor><org>NTB</org></distributor></body.head>{COPY}",
    )
    assert item.providers == ("NTB", "NTB AS", "AFP", "Ritzau")
    assert item.extra["infoSources"] == [{"name": "Ritzau", "role": "from-src"}]


def test_the_universal_number_of_the_document() -> None:
    assert nitf(root='uno="urn:x:1"').uri == "urn:x:1"
    assert nitf('<doc-id id-string="7"/>', root='uno="urn:x:1"').alt_ids == ({"role": "uno", "value": "urn:x:1"},)


def test_the_key_gives_version_and_slug() -> None:
    item = nitf('<du-key generation="2" version="04" part="1" key="quarry-levy"/>')
    assert (item.version, item.slug, item.alt_ids, item.signals) == ("04", "quarry-levy", (), ("du-key:version=04",))


def test_the_generation_is_the_version_where_the_key_has_none() -> None:
    item = nitf('<du-key generation="2" key="quarry"/>')
    assert (item.version, item.signals) == ("2", ())


def test_a_key_of_digits_is_an_id_and_no_slug() -> None:
    item = nitf('<du-key version="1" key="20260311004"/>')
    assert (item.slug, item.alt_ids) == ("", ({"role": "du-key", "value": "20260311004"},))


def test_a_strapline_in_the_key_does_not_take_the_place_of_the_catchword() -> None:
    item = nitf(
        '<du-key version="04" key="NU-FLASH-K"/>',
        head='<meta name="NTBStikkord" content="lofjell-regjering"/><meta name="NTBID" content="RED_1_RTZ_2_0"/>',
    )
    assert (item.version, item.slug) == ("04", "lofjell-regjering")
    assert item.alt_ids == ({"role": "NTBID", "value": "RED_1_RTZ_2_0"}, {"role": "du-key", "value": "NU-FLASH-K"})


def test_parts_of_keys_and_series_are_signals() -> None:
    item = nitf('<series series.name="Harbour at 100" series.part="2" series.totalpart="3"/><du-key key="harbour" part="4"/>')
    assert item.signals == ("du-key:part=4", "series:part=2")
    assert (item.slug, item.extra) == ("harbour", {"descriptions": [{"role": "series", "value": "Harbour at 100"}]})


@pytest.mark.parametrize("series", ['series.part="0"', 'series.part="1" series.totalpart="1"', 'series.part=""'])
def test_the_only_part_is_no_part(series: str) -> None:
    assert nitf(f"<series {series}/>").signals == ()


def test_a_series_in_the_head_of_the_body() -> None:
    item = nitf(body=f'<body.head><series series.name="POLICE Clocks" series.part="1"/></body.head>{COPY}')
    assert (item.slug, item.signals) == ("POLICE Clocks", ("series:part=1",))


@pytest.mark.parametrize(
    ("title", "headline", "expected"),
    [
        ("1 POLITICS Brexit", "MPs vote at last", ("MPs vote at last", "1 POLITICS Brexit", "")),
        ("BC-EU--Ferry, 2nd Ld-Writethru, a0412", "Ferry aground", ("Ferry aground", "BC-EU--Ferry, 2nd Ld-Writethru, a0412", "")),
        ("Soccer-Emperor's-Cup", "Kashima win", ("Kashima win", "Soccer-Emperor's-Cup", "")),
        ("1 Brexit", "MPs vote at last", ("MPs vote at last", "1 Brexit", "")),
        ("Ferry aground off Lanport", "Ferry aground off Lanport", ("Ferry aground off Lanport", "Brexit", "")),
        (
            "Ferry aground off Lanport; all saved, harbour says",
            "Ferry aground off Lanport",
            ("Ferry aground off Lanport", "Brexit", "Ferry aground off Lanport; all saved, harbour says"),
        ),
        ("Ships and the sea", "Ferry aground", ("Ferry aground", "Brexit", "Ships and the sea")),
        ("Ferry aground off Lanport", "", ("Ferry aground off Lanport", "Brexit", "")),
        ("1 POLITICS Brexit", "", ("", "1 POLITICS Brexit", "")),
        ("", "Ferry aground", ("Ferry aground", "Brexit", "")),
    ],
)
def test_the_title_is_slug_line_or_headline(title: str, headline: str, expected: tuple[str, str, str]) -> None:
    assert headed(title, headline, '<du-key key="Brexit"/>') == expected


def test_notes_to_editors() -> None:
    item = nitf('<ed-msg info="Eds: UPDATES: With AP Photos."/><ed-msg info=" "/><ed-msg msg-type="advisory" info="Will be led"/>')
    assert item.notes == (
        ItemNote("ed-msg[0]", "Eds: UPDATES: With AP Photos."),
        ItemNote("ed-msg[1]", "Will be led", "advisory"),
    )


def test_a_correction_names_what_it_corrects() -> None:
    item = nitf('<correction info="Age of Mr Aldous" id-string="x-1-1" regsrc="PA"/>')
    assert item.signals == ("nitf:correction",)
    assert item.notes == (ItemNote("correction[0]", "Age of Mr Aldous"),)
    assert item.links == (ItemLink("correction", "x-1-1"),)


def test_an_empty_correction_of_a_template_corrects_nothing() -> None:
    item = nitf('<correction info="" id-string=""/><correction/>')
    assert (item.signals, item.notes, item.links) == ((), (), ())


def test_an_order_to_cancel_another_document() -> None:
    managed = 'management-status="usable" management-doc-idref="x-1" management-idref-status="canceled"'
    item = nitf(managed=managed, body="<body.content><p/></body.content>")
    assert (item.status, item.signals) == ("usable", ("management-idref-status:canceled",))
    assert item.links == (ItemLink("management-doc-idref", "x-1"),)


def test_a_story_that_cancels_another_takes_its_place() -> None:
    item = nitf(managed='management-doc-idref="x-1" management-idref-status="canceled"')
    assert (item.status, item.signals) == (None, ())
    assert item.links == (ItemLink("management-doc-idref", "x-1"), ItemLink("replaces", "x-1"))


@pytest.mark.parametrize(
    "managed",
    [
        'management-status="canceled" management-doc-idref="x-1" management-idref-status="canceled"',
        'management-doc-idref="x-2" management-idref-status="canceled"',
    ],
)
def test_copy_that_is_cancelled_itself_takes_nobodys_place(managed: str) -> None:
    assert nitf('<doc-id id-string="x-2"/>', managed=managed).signals == ("management-idref-status:canceled",)


def test_a_document_released_and_one_only_named() -> None:
    released = nitf(managed='management-doc-idref="x-1" management-idref-status="usable"')
    assert (released.signals, released.links) == (("management-idref-status:usable",), (ItemLink("management-doc-idref", "x-1"),))
    named = nitf(managed='management-doc-idref="x-1"')
    assert (named.signals, named.links) == ((), (ItemLink("management-doc-idref", "x-1"),))


@pytest.mark.parametrize(
    ("given", "urgency", "warnings"),
    [
        ('<urgency ed-urg="4"/>', 4, ()),
        ('<urgency ed-urg="R"/>', "R", ()),
        ('<urgency ed-urg=""/>', None, ()),
        ('<urgency ed-urg="0"/>', None, ("invalid_field:urgency",)),
        ("", None, ()),
    ],
)
def test_urgency(given: str, urgency: int | str | None, warnings: tuple[str, ...]) -> None:
    item = nitf(given)
    assert (item.urgency, item.warnings) == (urgency, warnings)


def test_the_letter_of_the_telegraph_where_the_urgency_is_missing() -> None:
    assert nitf(head='<meta name="priority" content="R"/>').urgency == "R"
    assert nitf('<urgency ed-urg="5"/>', head='<meta name="ap-priority" content="u"/>').urgency == 5


def test_subjects() -> None:
    item = nitf(
        '<doc-scope scope="England"/><key-list><keyword key="Quarry"/><keyword key="quarry-levy"/></key-list><du-key key="quarry-levy"/>'
        '<identified-content><classifier type="profile" value="National Lead"/></identified-content>',
        head='<meta name="ap-category" content="i"/><tobject><tobject.subject tobject.subject.refnum="04005000" '
        'tobject.subject.type="Economy" tobject.subject.matter="Energy"/><tobject.subject tobject.subject.code="SPO"/>'
        '<tobject.subject tobject.subject.refnum="12" tobject.subject.ipr="x y" tobject.subject.detail="Own"/><tobject.subject/></tobject>',
    )
    assert item.subjects == (
        {"uri": "http://cvx.iptc.org/anpa1312-category/i"},
        {"name": "Energy", "uri": "http://cv.iptc.org/newscodes/subjectcode/04005000"},
        {"literal": "SPO"},
        {"name": "Own", "literal": "x y:12"},
        {"name": "England", "rel": "doc-scope"},
        {"name": "National Lead", "rel": "profile"},
        {"name": "Quarry"},
    )


def test_genres_but_for_the_defaults_of_the_document_type() -> None:
    item = nitf(
        '<fixture fix-id="Tide table"/>',
        head='<tobject tobject.type="News"><tobject.property tobject.property.type="current"/>'
        '<tobject.property tobject.property.type="Update"/></tobject>',
    )
    assert item.genres == ({"name": "Update"}, {"name": "Tide table"})


def test_places_of_the_event() -> None:
    item = nitf('<evloc city="Hollin" county-dist="Westmere" iso-cc="gb"/><evloc county-dist="Westmere"/><evloc iso-cc="DNK"/>')
    assert item.places == (
        {"name": "Hollin"},
        {"name": "Westmere"},
        {"uri": "http://cvx.iptc.org/iso3166-1a2/GB"},
        {"uri": "http://cvx.iptc.org/iso3166-1a3/DNK"},
    )


def test_identified_content() -> None:
    item = nitf(
        '<identified-content><person idsrc="x" value="7">Astrid <name.family>Vesterholm</name.family></person><person value="Piet"/>'
        '<org>Dock Board<alt-code idsrc="x" value="o"/></org><event>Regatta</event><object.title>Havfrue</object.title>'
        '<location location-code="LAN" code-source="x">Lanport</location><chron norm="20260311"/></identified-content>'
    )
    assert item.extra == {
        "people": [{"name": "Astrid Vesterholm", "uri": "x:7"}, {"name": "Piet"}],
        "organisations": [{"name": "Dock Board", "uri": "x:o"}],
        "events": [{"name": "Regatta"}],
        "objects": [{"name": "Havfrue"}],
    }
    assert item.places == ({"name": "Lanport", "uri": "x:LAN"},)


def test_rights() -> None:
    item = nitf('<doc.rights limitations="No archive" geography="GB" enddate="20270101"/>')
    assert item.usage_terms == "limitations: No archive\ngeography: GB\nenddate: 20270101"
    noticed = nitf('<doc.copyright holder="AP"/>', body=f"<body.head><rights>Copyright 2026 AP.</rights></body.head>{COPY}")
    assert (noticed.usage_terms, noticed.extra["copyrightNotice"]) == (None, "Copyright 2026 AP.")
    limited = nitf(body=f"<body.head><rights>Not for use in Denmark.</rights></body.head>{COPY}")
    assert (limited.usage_terms, "copyrightNotice" in limited.extra) == ("Not for use in Denmark.", False)


@pytest.mark.parametrize(
    ("root", "head", "language"),
    [
        ('baselang="nb-NO"', "", "nb-NO"),
        ('xml:lang="es-ES"', "", "es-ES"),
        ("", '<meta name="Language" content="en"/>', "en"),
        ("", "", None),
    ],
)
def test_language(root: str, head: str, language: str | None) -> None:
    assert nitf(root=root, head=head).language == language


def test_what_is_not_known_is_named() -> None:
    item = nitf("<shoe-size/>", head='<meta name="Mood" content="good"/><meta http-equiv="pragma" content="x"/><iim/><gauge/>')
    assert item.warnings == ("unknown_field:meta.Mood", "unknown_field:gauge", "unknown_field:shoe-size")
