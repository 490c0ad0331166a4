"""What stands where in a NewsML-G2 item, and where it goes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.records import Item, ItemLink, ItemNote, RawMessage

NAR = "http://iptc.org/std/nar/2006-10-01/"


def raw(payload: str) -> list[Any]:
    return list(decode(RawMessage(payload.encode(), "wire.raw", 0, 0, 0)).items)


def g2(meta: str = "", content: str = "", inside: str = "", around: str = "", attributes: str = "") -> Item:
    (found,) = raw(
        f'<newsItem xmlns="{NAR}" guid="urn:harbour:1" version="2" xml:lang="en" {attributes}>{around}<itemMeta>'
        f'<itemClass qcode="ninat:text"/>{inside}</itemMeta><contentMeta>{meta}</contentMeta><contentSet>{content}</contentSet></newsItem>'
    )
    assert isinstance(found, Item)
    lists = {name: list(getattr(found, name)) for name in ("subjects", "places", "genres") if getattr(found, name)}
    check_ninjs({"uri": "urn:x", **found.extra, **lists, "altIds": list(found.alt_ids)})
    return found


def html(body: str, attributes: str = "") -> str:
    return f'<inlineXML contenttype="application/xhtml+xml" {attributes}><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html></inlineXML>'


@pytest.mark.parametrize(
    ("signal", "read"),
    [
        ('<signal qcode="sig:update"/>', "sig:update"),
        ('<signal qcode="edStat:D"/>', "edStat:D"),
        ('<signal qcode="var:itemEvol"/>', "var:itemEvol"),
        ('<signal qcode="apsig:newscontent"/>', "apsig:newscontent"),
        ('<signal qcode="update:append-major-content"/>', "update:append-major-content"),
        ('<signal uri="http://cv.iptc.org/newscodes/signal/correction"/>', "http://cv.iptc.org/newscodes/signal/correction"),
        ('<signal qcode="sar:widescreen"><name>Native widescreen 16:9</name></signal>', "sar:widescreen"),
        ("<signal><name>update</name></signal>", "update"),
    ],
)
def test_a_signal_stands_as_printed(signal: str, read: str) -> None:
    assert g2(inside=signal).signals == (read,)


@pytest.mark.parametrize(
    ("status", "read"),
    [
        ('<pubStatus qcode="stat:canceled"/>', "canceled"),
        ('<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>', "withheld"),
        ('<pubStatus qcode="stat:usable"><name>usable</name></pubStatus>', "usable"),
        ("<pubStatus>usable</pubStatus>", "usable"),
        ("", None),
    ],
)
def test_status_as_qcode_uri_or_word(status: str, read: str | None) -> None:
    assert g2(inside=status).status == read


def test_an_embargo_without_a_time_is_one() -> None:
    assert g2(inside="<embargoed>2026-03-11T18:00:00+01:00</embargoed>").embargoed == "2026-03-11T18:00:00+01:00"
    assert g2(inside="<embargoed/>").embargoed == "embargoed"
    assert g2().embargoed is None


def test_notes_keep_their_roles_and_what_is_not_public_stands_apart() -> None:
    notes = (
        '<edNote role="dpaednoterole:correction">Im 2. Absatz: 58</edNote><edNote/>'
        '<edNote role="x:contacts" pubconstraint="dpapconstraint:nonpublic">Tel. 1</edNote>'
        '<edNote roleuri="http://cv.example.org/role/a">Adds\n      byline </edNote><edNote>A  b<br/>c</edNote>'
    )
    assert g2(inside=notes).notes == (
        ItemNote("edNote[0]", "Im 2. Absatz: 58", "dpaednoterole:correction"),
        ItemNote("edNote[1].nonpublic", "Tel. 1", "x:contacts"),
        ItemNote("edNote[2]", "Adds byline", "http://cv.example.org/role/a"),
        ItemNote("edNote[3]", "A b\nc", None),
    )


def test_a_notepad_falls_into_its_sections() -> None:
    notepad = (
        '<edNote role="r:closingline">dpa jca n1</edNote><edNote role="r:notepad"><section xmlns="http://www.w3.org/1999/xhtml">'
        '<header><h3>Notizblock</h3></header><section class="np-public"><p>Offen</p></section>'
        '<section class="np-nonpublic"><p>Geheim</p></section><p class="closingline">{}</p></section></edNote>'
    )
    said = (
        ItemNote("edNote[0]", "dpa jca n1", "r:closingline"),
        ItemNote("edNote[1]", "Offen", "r:notepad"),
        ItemNote("edNote[2].nonpublic", "Geheim", "r:notepad"),
    )
    assert g2(inside=notepad.format("dpa jca n1")).notes == said
    assert g2(inside=notepad.format("dpa ola n2")).notes == (*said, ItemNote("edNote[3]", "dpa ola n2", "closingline"))


@pytest.mark.parametrize(
    ("link", "read"),
    [
        ('<link rel="irel:prevVersion" residref="urn:harbour:1" version="1"/>', ItemLink("prevVersion", "urn:harbour:1")),
        ('<link guidref="urn:harbour:1" version="1"/>', ItemLink("prevVersion", "urn:harbour:1")),
        ('<link guidref="urn:harbour:0" version="1"/>', ItemLink("link", "urn:harbour:0")),
        ('<link rel="irel:evolvedFrom" residref="urn:harbour:0"/>', ItemLink("evolvedFrom", "urn:harbour:0")),
        ('<link reluri="http://cv.iptc.org/newscodes/itemrelation/seeAlso" href="https://e.org/"/>', ItemLink("seeAlso", "https://e.org/")),
        ('<link rel="x:translationOf" residref="urn:harbour:0"/>', ItemLink("x:translationOf", "urn:harbour:0")),
    ],
)
def test_a_link_keeps_its_relation(link: str, read: ItemLink) -> None:
    assert g2(inside=link).links == (read,)


def test_a_linked_item_is_an_association_and_a_page_is_none() -> None:
    links = (
        '<link rel="irel:seeAlso" residref="urn:harbour:p" href="https://e.org/p.jpg" version="9"><itemClass qcode="ninat:picture"/>'
        '<title>Wall</title></link><link rel="irel:evolvedFrom" residref="urn:harbour:0" version="3"/>'
        '<link rel="irel:seeAlso" href="https://e.org/page"><title>Page</title></link>'
    )
    assert g2(inside=links).extra["associations"] == [
        {
            "uri": "urn:harbour:p",
            "version": "9",
            "type": "picture",
            "headlines": [{"value": "Wall"}],
            "renditions": [{"name": "main", "href": "https://e.org/p.jpg"}],
            "name": "picture1",
        },
        {"uri": "urn:harbour:0", "version": "3", "name": "item2", "rel": "evolvedFrom"},
    ]


def test_the_main_headline_is_told_by_role_rank_and_language() -> None:
    assert g2('<headline rank="2">Two</headline><headline rank="1">One</headline>').headline == "One"
    assert g2('<headline role="hlrol:short">Short</headline><headline>Plain</headline>').headline == "Plain"
    assert g2('<headline>Plain</headline><headline role="hlrol:main">Main</headline>').headline == "Main"
    item = g2('<headline xml:lang="fr">Un</headline><headline xml:lang="en-GB" role="x:web">One</headline>')
    assert (item.headline, item.extra["headlines"]) == ("One", [{"value": "Un"}])
    assert g2("<headline/>").headline == ""


def test_dpas_converter_numbers_the_lines_of_a_headline() -> None:
    lines = '<headline rank="1">A</headline><headline rank="2">B</headline><headline rank="3">C</headline>'
    named = g2(lines, inside="<profile>dpa-G2-from-digitalwires</profile>").extra["headlines"]
    assert named == [{"role": "subhead", "value": "B"}, {"role": "kicker", "value": "C"}]
    assert g2(lines).extra["headlines"] == [{"value": "B"}, {"value": "C"}]


def test_what_may_stand_more_than_once() -> None:
    item = g2(
        "<slugline>ELLERY-TIDE</slugline><slugline>TIDE</slugline><by>By A</by><by>By B</by><by>By A</by><creditline>HBW</creditline>"
        "<creditline>ELY</creditline>",
        around="<rightsInfo><copyrightHolder literal='HBW'/><usageTerms>One.<br/>Two.</usageTerms></rightsInfo>"
        "<rightsInfo><copyrightHolder literal='ELY'/><copyrightNotice>(c)</copyrightNotice><usageTerms>Three.</usageTerms></rightsInfo>",
    )
    assert (item.slug, item.byline) == ("ELLERY-TIDE", "By A\nBy B")
    assert item.providers == ("HBW", "ELY")
    assert item.usage_terms == "One.\nTwo.\nThree."
    assert item.extra == {
        "descriptions": [{"role": "slugline", "value": "TIDE"}],
        "infoSources": [{"name": "HBW", "role": "creditline"}, {"name": "ELY", "role": "creditline"}],
        "copyrightHolder": "HBW; ELY",
        "copyrightNotice": "(c)",
    }


@pytest.mark.parametrize(
    ("dateline", "text", "body", "located"),
    [
        ("Altenrode (dpa) - ", "Text.", "Altenrode (dpa) - Text.", ""),
        ("Altenrode (dpa) - ", "Altenrode (dpa) - Text.", "Altenrode (dpa) - Text.", ""),
        ("ELLERY, March 11", "ELLERY, March 11 (Harbour) -- Text.", "ELLERY, March 11 (Harbour) -- Text.", ""),
        ("Hamnsund", "Text from Hamnsund.", "Text from Hamnsund.", "Hamnsund"),
    ],
)
def test_the_dateline_goes_before_the_text_once(dateline: str, text: str, body: str, located: str) -> None:
    item = g2(f"<dateline>{dateline}</dateline>", html(f"<p>{text}</p>"))
    assert (item.body, item.located, "descriptions" in item.extra) == (body, located, False)


def test_a_dateline_that_is_no_place_is_kept() -> None:
    item = g2("<dateline>SAID TO BE MARCH 9</dateline>", html("<p>Text.</p>"))
    assert (item.body, item.extra["descriptions"]) == ("Text.", [{"role": "dateline", "value": "SAID TO BE MARCH 9"}])


def test_a_subject_brings_what_it_is_called_elsewhere_and_its_facets() -> None:
    reference = '<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_32.xml"/>'
    item = g2(
        '<subject qcode="hbw:7"><name xml:lang="en">floods</name><name xml:lang="de">Flut</name><sameAs qcode="medtop:20000150"/></subject>'
        '<subject><mainConcept qcode="medtop:20001057"><name>alpine skiing</name></mainConcept>'
        '<facetConcept rel="aspfacet:gender" qcode="aspfacetvalue:women"><name>women</name></facetConcept></subject>',
        around=reference,
    )
    assert item.subjects == (
        {"name": "floods", "uri": "hbw:7"},
        {"name": "floods", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000150", "rel": "sameAs"},
        {"name": "alpine skiing", "uri": "http://cv.iptc.org/newscodes/mediatopic/20001057"},
        {"name": "women", "uri": "http://cv.iptc.org/newscodes/asportfacetvalue/women", "rel": "aspfacet:gender"},
    )


REFERENCE = '<catalogRef href="http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_{}.xml"/>'
OWN = '<catalogRef href="http://www.example.com/catalog.xml"/>'
INLINE = '<catalog><scheme alias="hbw" uri="http://cv.harbour.example/s/"/><scheme alias="s" uri="http://cv.iptc.org/newscodes/signal/"/></catalog>'


@pytest.mark.parametrize(
    ("catalogues", "qcode", "uri"),
    [
        ("", "medtop:1", "http://cv.iptc.org/newscodes/mediatopic/1"),
        ("", "wikidata:Q5", "wikidata:Q5"),
        (REFERENCE.format(32), "wikidata:Q5", "http://www.wikidata.org/entity/Q5"),
        (REFERENCE.format(32), "dpasubject:346", "dpasubject:346"),
        (REFERENCE.format(36), "conf:high", "http://cv.iptc.org/newscodes/confidence/high"),
        (REFERENCE.format(36) + OWN, "conf:nfc", "conf:nfc"),
        (REFERENCE.format(36) + OWN, "wikidata:Q5", "http://www.wikidata.org/entity/Q5"),
        (INLINE, "hbw:tide", "http://cv.harbour.example/s/tide"),
        (INLINE, "medtop:1", "http://cv.iptc.org/newscodes/mediatopic/1"),
    ],
)
def test_an_alias_is_resolved_where_its_catalogue_is_at_hand(catalogues: str, qcode: str, uri: str) -> None:
    assert g2(f'<subject qcode="{qcode}"/>', around=catalogues).subjects == ({"uri": uri},)


def test_an_inline_catalogue_may_call_iptcs_schemes_otherwise() -> None:
    item = g2(inside='<signal qcode="s:correction"/><signal qcode="hbw:x"/>', around=INLINE)
    assert item.signals == ("sig:correction", "hbw:x")


def test_places_lie_where_an_assert_puts_them() -> None:
    item = g2(
        '<subject literal="p0" type="cpnat:poi"><name>Old Dock</name></subject><subject literal="p1" type="cpnat:poi"/>'
        '<subject literal="p2" type="cpnat:geoArea"/><subject qcode="org:1" type="cpnat:organisation"/>',
        around='<assert literal="p0"><POIDetails><position latitude="52.8" longitude="10.2"/></POIDetails></assert>'
        '<assert literal="p1"><POIDetails><position latitude="north"/><address><line role="nrol:display">Quay</line>'
        '<line role="nrol:full">Quay 4, Ellery</line><locality><name>Ellery</name></locality><area><name>Quay 4, Ellery</name></area>'
        '</address></POIDetails></assert><assert qcode="org:1"><name>Dock Board</name><organisationDetails>'
        '<hasInstrument symbol="DOCK" market="mic:X" marketlabel="ELX"/></organisationDetails></assert>',
    )
    address = {"name": "Quay", "formatted_address": "Quay 4, Ellery", "locality": "Ellery"}
    assert item.places == (
        {"name": "Old Dock", "geoJSON": {"type": "Point", "coordinates": [10.2, 52.8]}},
        {"name": "Quay", "geoJSON": {"type": "Feature", "properties": address, "geometry": None}},
        {"name": "p2", "literal": "p2"},
    )
    board = {"name": "Dock Board", "uri": "org:1", "symbols": [{"symbol": "DOCK", "exchange": "ELX"}]}
    assert item.extra["organisations"] == [board]


def test_who_had_a_hand_in_it_is_kept_with_the_role() -> None:
    item = g2(
        '<infoSource role="cRole:source" literal="HBW"/><creator qcode="st:1"><name>Ada</name></creator>'
        '<contributor role="cRole:lastEd" literal="jm"/>',
        around='<hopHistory><hop seq="2"><party qcode="hp:2"/><action qcode="hopaction:enhanced"/>'
        '<action qcode="hopaction:transformed"/></hop>'
        '<hop seq="1"><party qcode="hp:1"><name>Ellery News</name></party></hop><hop/></hopHistory>',
    )
    assert item.extra["infoSources"] == [
        {"name": "HBW", "literal": "HBW", "role": "cRole:source"},
        {"name": "Ada", "uri": "st:1", "role": "creator"},
        {"name": "jm", "literal": "jm", "role": "cRole:lastEd"},
        {"name": "Ellery News", "uri": "hp:1", "role": "hop"},
        {"uri": "hp:2", "role": "hopaction:enhanced"},
        {"uri": "hp:2", "role": "hopaction:transformed"},
    ]
    assert item.providers == ("HBW",)


def test_ids_it_goes_by() -> None:
    item = g2(
        '<altId type="idType:USN">L1</altId><altId type="t" id="x-1"/><altId/><hasInstanceOf qcode="series:tide"/>',
        inside='<fileName>a.xml</fileName><memberOf uri="http://e.org/feed"/>',
    )
    assert item.alt_ids == (
        {"role": "fileName", "value": "a.xml"},
        {"role": "memberOf", "value": "http://e.org/feed"},
        {"role": "idType:USN", "value": "L1"},
        {"role": "t", "value": "x-1"},
        {"role": "hasInstanceOf", "value": "series:tide"},
    )


def test_the_rest_of_the_metadata() -> None:
    item = g2(
        '<located qcode="city:Ellery"/><urgency>9</urgency><contentCreated>2026-03-11T08:00:00Z</contentCreated>'
        '<digitalSourceType qcode="digsrctype:x"/>',
        inside="<expires>2026-03-18T00:00:00Z</expires><title>t</title><service qcode='s:1'/><x:own xmlns:x='urn:own'/>",
        around="<rightsInfo><rightsExpressionXML langid='http://e.org/r'><r xmlns='urn:r'>no</r></rightsExpressionXML></rightsInfo>",
    )
    assert (item.located, item.urgency, item.warnings) == ("Ellery", 9, ())
    assert item.extra == {
        "expires": "2026-03-18T00:00:00Z",
        "title": "t",
        "contentCreated": "2026-03-11T08:00:00Z",
        "digitalSourceType": {"uri": "http://cv.iptc.org/newscodes/digitalsourcetype/x"},
        "rightsInfo": {"langId": "http://e.org/r", "encodedRights": '<r xmlns="urn:r">no</r>'},
    }
    assert g2(inside="<expires>soon</expires><shoeSize/>").warnings == ("invalid_field:expires", "unknown_field:shoeSize")


NITF = '<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">{}</nitf></inlineXML>'
BASE64 = '<inlineData contenttype="text/plain" encoding="encd:base64">SMOkdHRlLgoKWndlaS4=</inlineData>'


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ("<inlineData>Plain text here.</inlineData>" + html("<p>Marked up</p><p>text.</p>"), "Marked up\n\ntext."),
        ("<inlineData>A long plain text, all of it.</inlineData>" + html("<p>Abstract.</p>"), "A long plain text, all of it."),
        ('<inlineData xml:lang="fr">Un texte beaucoup plus long.</inlineData><inlineData xml:lang="en">A text.</inlineData>', "A text."),
        (html("<p>One.</p>") + html("<p>Two.</p>"), "One."),
        (NITF.format("<body><body.content><p>N.</p></body.content></body>") + "<inlineData>P.</inlineData>", "N."),
        (BASE64, "Hätte.\n\nZwei."),
        ('<inlineData contenttype="text/plain" encoding="e:base64">%%</inlineData>', ""),
        (html("<p/>"), ""),
        ("<inlineXML/>", ""),
    ],
)
def test_of_several_renderings_the_best_is_read(content: str, body: str) -> None:
    assert g2(content=content).body == body


def test_tables_and_captions_stand_apart() -> None:
    item = g2(
        content=html(
            "<p>One.</p><table><tr><td>Wall</td><td>5.5 m</td></tr></table>"
            '<figure><img src="https://e.org/1.jpg"/><figcaption>At dawn.</figcaption></figure>'
            '<figure><img src="p.jpg"/><figcaption>At noon.</figcaption></figure><p class="caption">At dusk.</p>'
            '<dnl-image ref="urn:harbour:p" caption="By night." creditline="Ada"/><p>Two.</p>'
        )
    )
    assert (item.body, item.tables) == ("One.\n\nTwo.", ("Wall\t5.5 m",))
    assert item.extra["associations"] == [
        {"uri": "https://e.org/1.jpg", "type": "picture", "name": "picture1", "descriptions": [{"role": "caption", "value": "At dawn."}]},
        {
            "uri": "urn:harbour:p",
            "type": "picture",
            "name": "picture2",
            "descriptions": [{"role": "caption", "value": "By night."}],
            "copyrightNotice": "Ada",
        },
    ]
    assert item.extra["descriptions"] == [{"role": "caption", "value": "At noon."}, {"role": "caption", "value": "At dusk."}]


def test_nitf_inside_gives_its_head_and_end() -> None:
    nitf = NITF.format(
        '<head><docdata><ed-msg info="Picture to follow"/></docdata></head><body><body.head><hedline><hl1>Head</hl1></hedline>'
        "<byline>By A</byline><dateline>ELLERY (Harbour) --</dateline></body.head><body.content><p>x</p><media media-type='video'>"
        "<media-reference source='https://e.org/v.mp4'/><media-caption>Waves.</media-caption><media-producer>Joss</media-producer></media>"
        "</body.content><body.end><tagline>ak</tagline></body.end></body>"
    )
    item = g2(content=nitf)
    assert (item.headline, item.byline, item.body) == ("Head", "By A", "ELLERY (Harbour) -- x")
    assert item.notes == (ItemNote("ed-msg[0]", "Picture to follow", None),)
    assert item.extra["associations"][0]["type"] == "video"
    assert item.extra["descriptions"] == [{"role": "tagline", "value": "ak"}]
    assert g2("<headline>Other</headline><by>By B</by>", nitf).headline == "Other"


def test_files_of_a_picture() -> None:
    item = g2(
        content='<remoteContent rendition="rnd:highRes" href="https://e.org/h.jpg" width="2500" height="x" contenttype="image/jpeg"/>'
        '<remoteContent href="./local.jpg" videoscan="interlaced" audiobitrate="256"/><remoteContent/>'
    )
    assert item.extra["renditions"] == [
        {"name": "highRes", "href": "https://e.org/h.jpg", "contentType": "image/jpeg", "width": 2500},
        {"name": "r01", "title": "./local.jpg", "scanType": "interlaced", "bitrate": "256"},
    ]
    assert item.warnings == ("invalid_field:remoteContent.height",)


def test_a_package_refers_in_the_order_of_its_groups() -> None:
    (item,) = raw(
        f'<packageItem xmlns="{NAR}" guid="urn:p"><itemMeta/><groupSet root="A"><group id="C"><itemRef residref="urn:3"/></group>'
        '<group id="B" role="group:main"><itemRef residref="urn:2" version="4"><title>Two</title><pubStatus qcode="stat:canceled"/>'
        "</itemRef>"
        '<groupRef idref="A"/></group><group id="A"><itemRef residref="no uri"/><groupRef idref="B"/><groupRef idref="none"/></group>'
        "<group><itemRef href='urn:4'/></group></groupSet></packageItem>"
    )
    assert isinstance(item, Item)
    assert (item.type, [link.ref for link in item.links]) == ("composite", ["no uri", "urn:2", "urn:3", "urn:4"])
    assert item.extra["associations"][0] == {"uri": "urn:2", "name": "Two", "rel": "group:main", "version": "4", "pubStatus": "canceled"}


def test_the_header_of_a_message_names_the_transmission_and_a_sender_where_nobody_else_is_named() -> None:
    one, other, concept = raw(
        f'<newsMessage xmlns="{NAR}"><header><sender>harbour.example</sender><transmitId>0142</transmitId></header><itemSet>'
        '<newsItem guid="a"><itemMeta><provider literal="Ellery News"/></itemMeta></newsItem><newsItem guid="b"/><conceptItem/>'
        "</itemSet></newsMessage>"
    )
    assert (one.providers, other.providers) == (("Ellery News",), ("harbour.example",))
    assert one.alt_ids == other.alt_ids == ({"role": "transmission", "value": "0142"},)
    assert str(concept) == "newsml-g2: conceptItem"


def test_a_canceled_item_has_no_text() -> None:
    item = g2("<headline>Wall holds</headline>", html("<p/>"), '<pubStatus qcode="stat:canceled"/><signal qcode="edStat:D"/>')
    assert (item.headline, item.body, item.status, item.signals) == ("Wall holds", "", "canceled", ("edStat:D",))


def test_when_a_message_was_sent_is_known_of_each_of_its_items() -> None:
    sent = "2026-03-11T09:00:02+01:00"
    news = "<newsItem guid='urn:harbour:1' version='1'><itemMeta><title>Tide</title></itemMeta></newsItem>"
    found = raw(f"<newsMessage xmlns='{NAR}'><header><sent>{sent}</sent></header><itemSet>{news}{news}</itemSet></newsMessage>")
    assert [item.sent for item in found] == [sent, sent]
    (alone,) = raw(news.replace("<newsItem", f"<newsItem xmlns='{NAR}'"))
    assert alone.sent is None
