"""NITF: the body, alone and inside other formats."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.formats.nitf import body as nitf_body
from writethru.formats.nitf.body import Story
from writethru.records import Item, ItemNote, RawMessage

HEAD = "<body.head><hedline><hl1>Tide wall holds</hl1></hedline><byline>By A</byline><dateline>ELLERY</dateline></body.head>"


def story(source: str, ident: str = "") -> Story:
    return nitf_body.read(etree.fromstring(source), ident)


def headed(head: str, content: str = "<p>The wall held.</p>") -> Story:
    return story(f"<body><body.head>{head}</body.head><body.content>{content}</body.content></body>")


def copy(content: str) -> str:
    return headed("", content).body


@pytest.mark.parametrize(
    "source",
    [
        f"<nitf><head><title>T</title></head><body>{HEAD}<body.content><p>One.</p></body.content></body></nitf>",
        f"<body>{HEAD}<body.content><p>One.</p></body.content></body>",
        f"<DataContent><nitf><body>{HEAD}<body.content><block><p>One.</p></block></body.content></body></nitf></DataContent>",
        f"<inlineXML><nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'><body>{HEAD}<body.content><p>One.</p></body.content></body></nitf></inlineXML>",
    ],
)
def test_a_story_wherever_it_stands(source: str) -> None:
    read = story(source)
    assert (read.headline, read.byline, read.located, read.body) == ("Tide wall holds", "By A", "ELLERY", "One.")


def test_the_content_alone() -> None:
    assert story("<body.content><p>One.</p><media><media-caption>A man.</media-caption></media></body.content>").body == "One."
    assert story("<block><p>One.</p></block>").body == "One."


def test_headlines() -> None:
    read = headed("<hedline><hl1>Tide <em>wall</em><br/>holds</hl1><hl2>Rain and wind</hl2><hl2/></hedline>")
    assert (read.headline, read.headlines) == ("Tide wall holds", ({"role": "hl2", "value": "Rain and wind"},))


def test_the_headline_repeated_in_the_content_is_left_out() -> None:
    assert headed("<hedline><hl1>Tide wall holds</hl1></hedline>", "<hl1>Tide wall holds</hl1><p>One.</p>").body == "One."


@pytest.mark.parametrize(
    ("bylines", "expected"),
    [
        ("<byline>By Odile Marsh, PA</byline>", "By Odile Marsh, PA"),
        ("<byline>By <person>KAREN DUBOSE</person>\n <byttl>Staff Writer</byttl></byline>", "By KAREN DUBOSE, Staff Writer"),
        ("<byline><byttl>Sports Network</byttl></byline>", "Sports Network"),
        ("<byline>By Odile Marsh</byline><byline>By Rufus Tarn</byline>", "By Odile Marsh\nBy Rufus Tarn"),
        ("<byline/>", ""),
    ],
)
def test_bylines(bylines: str, expected: str) -> None:
    assert headed(bylines).byline == expected


def test_initials_in_the_byline_are_a_sign_off() -> None:
    read = headed("<byline>gr/bp</byline><byline>In\u00e9s Roldan</byline>", "<p>One.</p>")
    assert (read.byline, read.body) == ("In\u00e9s Roldan", "One.\n\ngr/bp")
    assert headed("<byline>daa/mt/msr</byline>", "<p>One.</p><p>daa/mt/msr</p>").body == "One.\n\ndaa/mt/msr"
    assert headed("<byline>gr/bp</byline>", "").byline == "gr/bp"


@pytest.mark.parametrize(
    ("dateline", "located", "kept"),
    [
        ("<dateline>Unnao</dateline>", "Unnao", ()),
        ("<dateline><location>LANPORT, Denmark</location></dateline>", "LANPORT, Denmark", ()),
        (
            "<dateline><location>ELLERY</location>, <story.date norm='20260311'>March 11</story.date> (Harbour) -</dateline>",
            "ELLERY",
            ({"role": "dateline", "value": "ELLERY, March 11 (Harbour) -"},),
        ),
        (
            "<dateline><location>\n<city>Ellery</city>\n<country>Westmere</country></location></dateline>",
            "Ellery, Westmere",
            ({"role": "dateline", "value": "Ellery Westmere"},),
        ),
        ("<dateline>SEOUL</dateline><dateline>BUSAN</dateline>", "SEOUL/BUSAN", ()),
    ],
)
def test_datelines(dateline: str, located: str, kept: tuple[dict[str, str], ...]) -> None:
    read = headed(dateline)
    assert (read.located, read.descriptions) == (located, kept)


def test_a_dateline_that_the_copy_opens_with_is_not_kept_twice() -> None:
    read = headed("<dateline><location>ELLERY</location>, March 11</dateline>", "<p>ELLERY, March 11 (Harbour) - The wall held.</p>")
    assert (read.located, read.descriptions) == ("ELLERY", ())


def test_what_the_head_and_the_end_of_the_body_say_stays_out_of_the_copy() -> None:
    read = story(
        "<body><body.head><distributor><org>NTB</org></distributor><abstract><p>A wall.</p><p>It held.</p></abstract></body.head>"
        "<body.content><p>The wall held.</p></body.content>"
        "<body.end><tagline>A writer contributed.</tagline><bibliography>Walls, 1871</bibliography></body.end></body>"
    )
    assert (read.body, read.distributors) == ("The wall held.", ("NTB",))
    assert read.descriptions == (
        {"role": "abstract", "value": "A wall.\n\nIt held."},
        {"role": "tagline", "value": "A writer contributed."},
        {"role": "bibliography", "value": "Walls, 1871"},
    )


def test_notes_by_who_they_are_for() -> None:
    read = story(
        "<body><body.head><note noteclass='editorsnote'><body.content><p>A short version moved.</p></body.content></note>"
        "<note type='npa'>Call the desk.</note><note noteclass='cpyrt'>Copyright 2026</note><note/></body.head>"
        "<body.content><p>One.</p><note type='pa'>This is part of a series.</note><p>Two.</p></body.content></body>"
    )
    assert read.notes == (ItemNote("note[0]", "A short version moved.", "editorsnote"), ItemNote("note[1]", "Call the desk.", "npa"))
    assert (read.rights, read.descriptions) == ("Copyright 2026", ({"role": "note", "value": "This is part of a series."},))
    assert read.body == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>One.</p>\n<hl2>Sub</hl2><p>Two.</p>", "One.\n\nSub\n\nTwo."),
        ("<block><p>One.</p><block><p>Two.</p></block></block>", "One.\n\nTwo."),
        ("<ul><li>One</li><li>Two</li></ul><ol><li>Three</li></ol>", "One\n\nTwo\n\nThree"),
        ("<dl><dt>Wall</dt><dd>It held.</dd></dl>", "Wall\n\nIt held."),
        ("<bq><block><p>It held.</p></block><credit>The mayor</credit></bq>", "It held.\n\nThe mayor"),
        ("<block><byline>By A</byline><dateline>ELLERY</dateline><p>One.</p></block>", "By A\n\nELLERY\n\nOne."),
        ("<pre>High  05:12\r\nLow   11:30  </pre><p>One.</p>", "High  05:12\nLow   11:30\n\nOne."),
        ("<p>4<frac><frac-num>1</frac-num><frac-den>2</frac-den></frac> metres</p>", "4 1/2 metres"),
        ("<p>a <frac><frac-num>1</frac-num><frac-sep>/</frac-sep><frac-den>2</frac-den></frac></p>", "a 1/2"),
        (
            "<p>In <location><city>Ellery</city>, <country>UK</country></location> <num>12</num> sat.</p>",
            "In Ellery, UK 12 sat.",
        ),
        ("<p/><p> </p><p>One.</p>", "One."),
        ("One.", "One."),
    ],
)
def test_copy(content: str, expected: str) -> None:
    assert copy(content) == expected


def test_tables_stand_apart() -> None:
    read = headed(
        "",
        "<p>One.</p><nitf-table><nitf-table-metadata/><table><caption>Gauges</caption><tr><th>Place</th><th>m</th></tr>"
        "<tr><td>Ellery</td><td>1.9</td></tr></table></nitf-table><p>Two.</p><table><tr><td>A</td><td/><td>3</td></tr></table>",
    )
    assert (read.body, read.tables) == ("One.\n\nTwo.", ("Gauges\nPlace\tm\nEllery\t1.9", "A\t\t3"))


def test_media_stand_apart_with_their_captions() -> None:
    read = headed(
        "",
        "<p>One.</p><media media-type='image'>"
        "<media-reference mime-type='image/jpeg' source='https://x.example/a.jpg' width='20' height='10' source-credit='A/PA' "
        "alternate-text='A wall'/><media-reference mime-type='image/png' source='https://x.example/a.png' width='5' units='cm'/>"
        "<media-caption><p>The wall <em>held</em>.</p></media-caption><media-producer>A Man</media-producer></media>"
        "<block><media media-type='Photo'><media-reference name='ELL101' source='ELL101'/></media></block>",
    )
    assert read.body == "One."
    assert read.associations == (
        {
            "name": "image1",
            "copyrightNotice": "A/PA",
            "by": "A Man",
            "uri": "https://x.example/a.jpg",
            "type": "picture",
            "descriptions": [{"role": "alternate-text", "value": "A wall"}, {"role": "caption", "value": "The wall held."}],
            "renditions": [
                {"name": "r00", "href": "https://x.example/a.jpg", "contentType": "image/jpeg", "width": 20, "height": 10},
                {"name": "r01", "href": "https://x.example/a.png", "contentType": "image/png"},
            ],
        },
        {"name": "ELL101", "uri": "urn:writethru:media:ELL101", "type": "picture"},
    )
    check_ninjs({"uri": "urn:x", "associations": list(read.associations)})


def test_media_without_a_reference_are_named_by_the_item() -> None:
    read = story("<body><media><media-caption>A man.</media-caption></media></body>", "doc 7")
    assert read.associations == (
        {"name": "media1", "uri": "urn:writethru:media:doc%207%3A1", "descriptions": [{"role": "caption", "value": "A man."}]},
    )


def test_an_item_of_media_alone_is_of_their_type() -> None:
    media = "<media media-type='audio'><media-reference source='https://x.example/a.mp3'/></media>"
    (item,) = decode(RawMessage(f"<nitf><body><body.content>{media}</body.content></body></nitf>".encode(), "wire.raw", 0, 0, 0)).items
    assert isinstance(item, Item)
    assert (item.type, item.body) == ("audio", "")
