"""RSS and Atom read from their trees: every version, every module, what is inherited and what is not."""

from __future__ import annotations

import pytest

from tests.schema_check import check_ninjs
from writethru.formats import Limits, decode
from writethru.records import Item, ItemLink, ItemNote, NotAnArticle, ParseError, RawMessage

MODULES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:georss="http://www.georss.org/georss" '
    'xmlns:gml="http://www.opengis.net/gml" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:at="http://purl.org/atompub/tombstones/1.0" xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
)


def items(payload: str, limits: Limits = Limits()) -> list[Item]:  # noqa: B008  # frozen
    found = decode(RawMessage(payload.encode(), "wire.raw", 0, 0, 0), None, limits).items
    for one in found:
        assert isinstance(one, Item)
        lists = {"subjects": list(one.subjects), "places": list(one.places), "altIds": list(one.alt_ids)}
        check_ninjs({"uri": "urn:x", **one.extra, **lists})
    return [one for one in found if isinstance(one, Item)]


def rss(inner: str, channel: str = "<link>https://www.harbour.example/</link>") -> Item:
    (found,) = items(f'<rss version="2.0" {MODULES}><channel><title>Wire</title>{channel}<item>{inner}</item></channel></rss>')
    return found


def atom(inner: str, feed: str = "") -> Item:
    (found,) = items(f'<feed xmlns="http://www.w3.org/2005/Atom" {MODULES}>{feed}<entry>{inner}</entry></feed>')
    return found


@pytest.mark.parametrize(
    ("printed", "headline"),
    [
        ("AT&amp;amp;T &amp;#8211; a view", "AT&T \u2013 a view"),
        ("AT&amp;T", "AT&T"),
        ("&lt;b&gt;Flood&lt;/b&gt; recedes", "Flood recedes"),
        ("&lt;CORRECTED&gt; - ELLERY SEES LOSS", "<CORRECTED> - ELLERY SEES LOSS"),
        ("BANPONCE &lt;BDEP&gt; PLACES NOTES", "BANPONCE <BDEP> PLACES NOTES"),
        ("<![CDATA[(2nd LD) Ferry aground]]>", "(2nd LD) Ferry aground"),
        ("\n   Ferry\n   aground  ", "Ferry aground"),
        ("R&amp;D 5 &lt; 6", "R&D 5 < 6"),
    ],
)
def test_the_title_of_rss_is_text_that_may_be_markup(printed: str, headline: str) -> None:
    assert rss(f"<title>{printed}</title>").headline == headline


@pytest.mark.parametrize(
    ("printed", "body"),
    [
        ("One.\n\nTwo.", "One.\n\nTwo."),
        ("&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two &amp;amp; three.&lt;/p&gt;", "One.\n\nTwo & three."),
        ("<![CDATA[<div>One.<br>Two.</div>]]>", "One.\nTwo."),
        ("Profit &lt; 2 million &amp; falling", "Profit < 2 million & falling"),
        ("Tom &amp;amp; Ann", "Tom & Ann"),
        ('<p xmlns="http://www.w3.org/1999/xhtml">One.</p><p xmlns="http://www.w3.org/1999/xhtml">Two.</p>', "One.\n\nTwo."),
    ],
)
def test_the_description_of_rss_is_text_or_markup(printed: str, body: str) -> None:
    assert rss(f"<description>{printed}</description>").body == body


def test_the_description_is_a_summary_where_the_whole_text_is_there() -> None:
    found = rss("<title>T</title><description>In short.</description><content:encoded>&lt;p&gt;At length.&lt;/p&gt;</content:encoded>")
    assert (found.body, found.extra["descriptions"]) == ("At length.", [{"role": "summary", "value": "In short."}])
    found = rss("<content:encoded>&lt;p&gt;In short. And more.&lt;/p&gt;</content:encoded><description>In short.</description>")
    assert (found.body, "descriptions" in found.extra) == ("In short. And more.", False)


def test_a_heading_that_repeats_the_title_is_no_text() -> None:
    assert (
        rss("<title>Wall holds</title><description>&lt;h1&gt;Wall holds&lt;/h1&gt;&lt;p&gt;It held.&lt;/p&gt;</description>").body
        == "It held."
    )


@pytest.mark.parametrize(
    ("given", "uri", "alt_ids"),
    [
        ("<guid>https://x.example/1</guid>", "https://x.example/1", ()),
        (
            '<guid isPermaLink="false">7</guid><link>https://x.example/1</link>',
            "7",
            ({"role": "link", "value": "https://x.example/1"},),
        ),
        ("<link>https://x.example/1</link>", "https://x.example/1", ()),
        ("<link>/1?a=b</link>", "https://www.harbour.example/1?a=b", ()),
        ('<atom:link href="https://x.example/2"/>', "https://x.example/2", ()),
        (
            "<guid>7</guid><link>https://click.example/1</link><feedburner:origLink>https://x.example/1</feedburner:origLink>",
            "7",
            ({"role": "link", "value": "https://x.example/1"},),
        ),
        ("<title>No id</title>", None, ()),
        (
            '<atom:link type="application/json" href="https://x.example/api"/><atom:link type="text/html" href="https://x.example/1"/>',
            "https://x.example/1",
            (),
        ),
    ],
)
def test_the_id_is_the_guid_else_the_link(given: str, uri: str | None, alt_ids: tuple[dict[str, str], ...]) -> None:
    found = rss(given)
    assert (found.uri, found.alt_ids) == (uri, alt_ids)


@pytest.mark.parametrize(
    ("given", "first", "version"),
    [
        ("<pubDate>Wed, 11 Mar 2026 08:00:00 GMT</pubDate>", None, "Wed, 11 Mar 2026 08:00:00 GMT"),
        ("<dc:date>2026-03-11T08:00Z</dc:date>", None, "2026-03-11T08:00Z"),
        (
            "<pubDate>Wed, 11 Mar 2026 08:00:00 GMT</pubDate><atom:updated>2026-03-11T09:00:00Z</atom:updated>",
            "Wed, 11 Mar 2026 08:00:00 GMT",
            "2026-03-11T09:00:00Z",
        ),
        ("<dcterms:modified>2026-03-11T09:00:00Z</dcterms:modified>", None, "2026-03-11T09:00:00Z"),
        ("<title>x</title>", None, None),
    ],
)
def test_what_was_published_is_a_first_version_only_beside_what_was_updated(given: str, first: str | None, version: str | None) -> None:
    found = rss(given)
    assert (found.first_created, found.version_created) == (first, version)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ('<media:status state="active"/>', "active"),
        ('<media:status state="active" reason="usable"/>', "active"),
        ('<media:status state="blocked" reason="http://www.reasonforblocking.example"/>', "blocked"),
        ('<media:status state="deleted" reason="canceled"/>', "deleted"),
        ('<media:status state="active" reason="withheld"/>', "withheld"),
        ('<media:status state="blocked" reason="canceled"/>', "canceled"),
        ('<media:content url="https://x.example/1.jpg"><media:status state="deleted"/></media:content>', None),
        ('<media:group><media:status state="deleted"/><media:content url="https://x.example/1.jpg"/></media:group>', None),
    ],
)
def test_the_status_of_the_item_is_the_graver_word_and_never_that_of_its_picture(given: str, status: str | None) -> None:
    assert rss(given).status == status


def test_a_withdrawn_picture_is_withdrawn_among_the_associations() -> None:
    found = rss('<title>T</title><media:content url="https://x.example/1.jpg"><media:status state="blocked"/></media:content>')
    assert found.extra["associations"][0]["pubStatus"] == "withheld"


@pytest.mark.parametrize(
    ("given", "byline"),
    [
        ("<author>desk@harbour.example (Mara Quill)</author>", "Mara Quill"),
        ("<author>Mara Quill &lt;desk@harbour.example&gt;</author>", "Mara Quill"),
        ("<author>Mara Quill (desk@harbour.example)</author>", "Mara Quill"),
        ("<author>desk@harbour.example</author>", ""),
        ("<author>Mara Quill</author>", "Mara Quill"),
        ("<dc:creator>Mara Quill</dc:creator><dc:creator>Piers Holm</dc:creator>", "Mara Quill, Piers Holm"),
        ("<author>m@x.example (Mara Quill)</author><dc:creator>Mara Quill</dc:creator>", "Mara Quill"),
        ("<atom:author><atom:name>Mara Quill</atom:name><atom:uri>https://x.example</atom:uri></atom:author>", "Mara Quill"),
    ],
)
def test_authors_are_named_without_their_addresses(given: str, byline: str) -> None:
    assert rss(given).byline == byline


@pytest.mark.parametrize(
    ("given", "subject"),
    [
        ("<category>Floods</category>", {"name": "Floods"}),
        ('<category domain="desk">Floods</category>', {"name": "Floods", "literal": "desk:Floods"}),
        ('<category domain="https://x.example/t/">floods</category>', {"name": "floods", "uri": "https://x.example/t/floods"}),
        (
            '<atom:category term="medtop:20000139" label="flood"/>',
            {"name": "flood", "uri": "http://cv.iptc.org/newscodes/mediatopic/20000139"},
        ),
        ('<atom:category term="medtop:20000139"/>', {"uri": "http://cv.iptc.org/newscodes/mediatopic/20000139"}),
        (
            '<atom:category scheme="http://cv.iptc.org/newscodes/mediatopic/" term="20000139"/>',
            {"uri": "http://cv.iptc.org/newscodes/mediatopic/20000139"},
        ),
        ('<atom:category scheme="https://x.example/t" term="fl" label="Floods"/>', {"name": "Floods", "literal": "https://x.example/t:fl"}),
        ("<dc:subject>Floods</dc:subject>", {"name": "Floods"}),
        ("<media:keywords>Floods, </media:keywords><category>Floods</category>", {"name": "Floods"}),
        ('<media:category scheme="http://search.yahoo.com/mrss/category_schema">Floods</media:category>', {"name": "Floods"}),
    ],
)
def test_categories_are_subjects_with_the_code_of_their_scheme(given: str, subject: dict[str, str]) -> None:
    assert rss(given).subjects == (subject,)


@pytest.mark.parametrize(
    ("given", "places"),
    [
        ("<georss:point>45.256 -71.92</georss:point>", ({"geoJSON": {"type": "Point", "coordinates": [-71.92, 45.256]}},)),
        (
            "<georss:where><gml:Point><gml:pos>45.256 -71.92</gml:pos></gml:Point></georss:where><dc:coverage>Orme</dc:coverage>",
            ({"name": "Orme", "geoJSON": {"type": "Point", "coordinates": [-71.92, 45.256]}},),
        ),
        ("<geo:lat>45.256</geo:lat><geo:long>-71.92</geo:long>", ({"geoJSON": {"type": "Point", "coordinates": [-71.92, 45.256]}},)),
        (
            "<geo:Point><geo:lat>1</geo:lat><geo:long>2</geo:long></geo:Point>",
            ({"geoJSON": {"type": "Point", "coordinates": [2.0, 1.0]}},),
        ),
        ("<georss:point>145.256 -71.92</georss:point>", ()),
        ("<georss:point>here</georss:point>", ()),
    ],
)
def test_points_on_the_map(given: str, places: tuple[dict[str, object], ...]) -> None:
    assert rss(given).places == places


def test_the_channel_is_inherited_and_the_entry_wins() -> None:
    channel = (
        "<link>https://www.harbour.example/</link><language>en</language><copyright>(c) Harbour</copyright>"
        "<dc:publisher>Harbour News Agency</dc:publisher>"
    )
    found = rss("<title>T</title>", channel)
    assert (found.providers, found.language) == (("Harbour News Agency", "harbour.example"), "en")
    assert found.extra == {
        "infoSources": [{"name": "Wire", "uri": "https://www.harbour.example/"}],
        "copyrightNotice": "(c) Harbour",
    }
    found = rss("<dc:language>de</dc:language><dc:rights>(c) Gazette</dc:rights><dc:publisher>Gazette</dc:publisher>", channel)
    assert (found.providers, found.language, found.extra["copyrightNotice"]) == (("Gazette",), "de", "(c) Gazette")


def test_the_provider_is_the_house_that_another_feed_was_quoted_from() -> None:
    found = rss('<source url="https://rss.gazette.example/all.xml">Cape Gazette</source>')
    assert found.providers == ("Cape Gazette", "gazette.example")
    found = rss('<source url="https://feeds.harbour.example/all.xml">Harbour, all</source>')
    assert found.providers == ("harbour.example",)


def test_the_source_of_dublin_core_is_an_address_or_a_house() -> None:
    assert rss("<dc:source>Cape Gazette</dc:source>").providers == ("Cape Gazette",)
    assert rss("<dc:source>urn:x:0</dc:source>").links == (ItemLink("source", "urn:x:0"),)


def test_the_files_of_a_group_are_one_picture() -> None:
    found = rss(
        "<title>T</title><description>B</description><media:group>"
        '<media:content url="https://x.example/s.jpg" type="image/jpeg" width="60"/>'
        '<media:content url="https://x.example/l.jpg" type="image/jpeg" width="600" fileSize="9000"/>'
        "<media:description>The wall.</media:description><media:copyright>Gazette</media:copyright>"
        '<media:thumbnail url="https://x.example/t.jpg"/></media:group>'
        '<enclosure url="https://x.example/l.jpg" type="image/jpeg" length="9000"/>'
    )
    assert found.type == "text"
    assert found.extra["associations"] == [
        {
            "name": "media1",
            "uri": "https://x.example/s.jpg",
            "type": "picture",
            "descriptions": [{"role": "caption", "value": "The wall."}],
            "copyrightNotice": "Gazette",
            "renditions": [
                {"name": "main", "href": "https://x.example/s.jpg", "contentType": "image/jpeg", "width": 60},
                {"name": "r01", "href": "https://x.example/l.jpg", "contentType": "image/jpeg", "width": 600, "sizeInBytes": 9000},
                {"name": "thumbnail", "href": "https://x.example/t.jpg"},
            ],
        }
    ]


def test_credit_and_caption_of_the_item_are_those_of_its_picture_alone() -> None:
    found = rss(
        '<title>T</title><media:content url="https://x.example/1.jpg" medium="image"/><enclosure url="https://x.example/2.mp3" length="0"/>'
        "<media:credit>Ines Vell</media:credit><media:description>The wall.</media:description>"
    )
    picture, sound = found.extra["associations"]
    assert (picture["by"], picture["descriptions"]) == ("Ines Vell", [{"role": "caption", "value": "The wall."}])
    assert sound == {
        "name": "media2",
        "uri": "https://x.example/2.mp3",
        "renditions": [{"name": "main", "href": "https://x.example/2.mp3"}],
    }


def test_a_thumbnail_alone() -> None:
    found = rss('<title>T</title><media:thumbnail url="https://x.example/t.jpg" width="60" height="40"/>')
    (picture,) = found.extra["associations"]
    assert (found.type, picture["type"], picture["renditions"][0]["width"]) == ("text", "picture", 60)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ('<title>T</title><description>B</description><enclosure url="https://x.example/1.mp3" type="audio/mpeg"/>', "text"),
        ('<title>T</title><enclosure url="https://x.example/1.mp3" type="audio/mpeg"/>', "audio"),
        ('<title>T</title><media:content url="https://x.example/1.mp4" medium="video"/>', "video"),
        ('<title>T</title><media:content url="https://x.example/1.jpg" medium="image"/>', "text"),
        ('<media:content url="https://x.example/1.jpg" medium="image"/>', "picture"),
    ],
)
def test_the_type_is_that_of_the_main_part(given: str, kind: str) -> None:
    found = rss(given)
    assert (found.type, "renditions" in found.extra) == (kind, kind != "text")


def test_an_address_that_is_none_is_named_and_left_out() -> None:
    found = rss('<title>T</title><media:content url="https://x.example/my picture.jpg"/><media:content url="[::1"/>')
    assert [one["uri"] for one in found.extra["associations"]] == ["https://x.example/my%20picture.jpg"]
    assert found.warnings == ("invalid_field:media",)


@pytest.mark.parametrize(
    ("given", "body"),
    [
        ("<content>A &lt; B</content>", "A < B"),
        ('<content type="text">&lt;p&gt; is a tag.\n\nTwo.</content>', "<p> is a tag.\n\nTwo."),
        ('<content type="html">&lt;p&gt;A &amp;amp; B&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</content>', "A & B\n\nTwo"),
        (
            '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>A &lt; B</p><p>Two</p></div></content>',
            "A < B\n\nTwo",
        ),
        ('<content type="text/plain">Plain</content>', "Plain"),
        ('<content type="text/plain" mode="base64">UGxh\naW4=</content>', "Plain"),
        ('<content type="text/plain" mode="base64">UGxh\u00a0aW4=</content>', ""),
        ('<content type="application/xml"><block xmlns="urn:x"><p>Inner</p></block></content>', "Inner"),
        ('<content type="image/png">iVBORw0KGgo=</content><summary>Caption</summary>', "Caption"),
        ("<summary>Only this</summary>", "Only this"),
    ],
)
def test_the_content_of_atom_is_what_its_type_says(given: str, body: str) -> None:
    assert atom(f"<title>T</title>{given}").body == body


@pytest.mark.parametrize(
    ("given", "headline"),
    [
        ("<title>A &lt;b&gt; B &amp;amp;</title>", "A <b> B &amp;"),
        ('<title type="html">A &lt;b&gt;B&lt;/b&gt; &amp;amp; C</title>', "A B & C"),
        ('<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">A <b>B</b> &lt; C</div></title>', "A B < C"),
    ],
)
def test_the_title_of_atom_is_what_its_type_says(given: str, headline: str) -> None:
    assert atom(given).headline == headline


def test_content_out_of_line_is_an_association() -> None:
    found = atom('<title>T</title><summary>S</summary><content src="https://x.example/1.mp4" type="video/mp4"/>')
    assert [(one["uri"], one["type"]) for one in found.extra["associations"]] == [("https://x.example/1.mp4", "video")]


def test_xml_base_counts_for_addresses_and_not_for_ids() -> None:
    (found,) = items(
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://x.example/a/"><entry xml:base="b/"><id>c</id><link href="d"/>'
        '<link rel="enclosure" href="e.mp3"/><link rel="related" href="f"/></entry></feed>'
    )
    assert found.uri == "c"
    assert found.alt_ids == ({"role": "link", "value": "https://x.example/a/b/d"},)
    assert found.links == (ItemLink("related", "https://x.example/a/b/f"),)
    assert found.extra["associations"][0]["uri"] == "https://x.example/a/b/e.mp3"


def test_links_that_tie_are_kept_and_those_of_pages_are_not() -> None:
    found = atom(
        '<link href="https://x.example/1"/><link rel="edit" href="https://x.example/e"/><link rel="via" href="https://x.example/v"/>'
        '<link rel="predecessor-version" href="https://x.example/0"/><link rel="license" href="https://x.example/l"/>'
        "<dcterms:replaces>urn:x:0</dcterms:replaces>"
    )
    assert found.links == (
        ItemLink("via", "https://x.example/v"),
        ItemLink("predecessor-version", "https://x.example/0"),
        ItemLink("replaces", "urn:x:0"),
    )
    assert found.usage_terms == "https://x.example/l"


def test_the_language_is_that_of_the_nearest_element() -> None:
    feed = '<title xml:lang="sv">Allt</title>'
    assert atom("<title>T</title>", feed).language is None
    assert atom('<title xml:lang="de">T</title>', feed).language == "de"
    (found,) = items('<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><entry xml:lang="fr"><title>T</title></entry></feed>')
    assert found.language == "fr"


def test_a_tombstone_is_the_kill_of_its_id() -> None:
    (found,) = items(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><id>tag:harbour.example,2026:all</id>'
        '<at:deleted-entry ref="tag:harbour.example,2026:7" when="2026-03-11T09:00:00Z"><at:by><name>Desk</name></at:by>'
        "<at:comment>Wrong in fact</at:comment></at:deleted-entry></feed>"
    )
    assert (found.uri, found.status, found.version_created) == ("tag:harbour.example,2026:7", "deleted", "2026-03-11T09:00:00Z")
    assert found.notes == (ItemNote("comment", "Wrong in fact"),)


def test_an_entry_document_of_its_own() -> None:
    (found,) = items(
        '<entry xmlns="http://www.w3.org/2005/Atom"><id>urn:x:1</id><title>T</title><author><name>Mara Quill</name></author></entry>'
    )
    assert (found.uri, found.headline, found.byline, found.providers) == ("urn:x:1", "T", "Mara Quill", ())


@pytest.mark.parametrize(
    "payload",
    [
        '<rss version="2.0"><channel><title>Nothing today</title></channel></rss>',
        "<rss/>",
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Nothing</title></feed>',
    ],
)
def test_a_feed_without_entries_is_no_article(payload: str) -> None:
    with pytest.raises(NotAnArticle) as skipped:
        items(payload)
    assert skipped.value.reason == "feed without entries"


@pytest.mark.parametrize(
    "payload",
    [
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:x"/></rdf:RDF>',
        "<feed><entry><title>Without a namespace</title></entry></feed>",
        "<opml><body/></opml>",
    ],
)
def test_what_is_no_feed_is_unknown(payload: str) -> None:
    with pytest.raises(ParseError) as refused:
        items(payload)
    assert refused.value.reason == "unknown_format"


def test_too_many_entries_are_refused() -> None:
    with pytest.raises(ParseError) as refused:
        items("<rss><channel>" + "<item><title>T</title></item>" * 5 + "</channel></rss>", Limits(items=4))
    assert refused.value.reason == "too_large"


def test_an_entry_that_cannot_be_read_leaves_the_others() -> None:
    deep = "&lt;div&gt;" * 500 + "x"
    payload = f"<rss><channel><item><description>{deep}</description></item><item><title>T</title></item></channel></rss>"
    bad, good = decode(RawMessage(payload.encode(), "wire.raw", 0, 0, 0)).items
    assert isinstance(bad, ParseError)
    assert isinstance(good, Item)
    assert (bad.reason, good.headline) == ("too_deep", "T")


def test_unknown_elements_are_named_and_those_of_other_modules_are_not() -> None:
    found = rss('<title>T</title><mood>calm</mood><x:y xmlns:x="urn:x">1</x:y><comments>https://x.example/c</comments>')
    assert found.warnings == ("unknown_field:mood",)


def test_a_title_that_names_house_and_service_is_a_provider_where_no_party_is_named():
    feed = b"""<rss version="2.0"><channel><title>Reuters: World</title><link>https://feeds.example.org/</link>%s
    <item><title>Bridge opens</title><guid>x1</guid></item></channel></rss>"""
    (bare,) = decode(RawMessage(feed % b"", "t", 0, 0, 0)).items
    (named,) = decode(
        RawMessage(
            feed % b"<copyright>x</copyright><dc:publisher xmlns:dc='http://purl.org/dc/elements/1.1/'>Harbor Gazette</dc:publisher>",
            "t",
            0,
            0,
            0,
        )
    ).items
    (plain,) = decode(RawMessage(feed.replace(b"Reuters: World", b"Reuters") % b"", "t", 0, 0, 0)).items
    assert bare.providers == ("example.org", "Reuters: World")
    assert "Reuters: World" not in named.providers
    assert plain.providers == ("example.org",)
