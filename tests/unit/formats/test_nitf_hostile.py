"""NITF that is broken, endless or strange: a `ParseError` or a valid item, in time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.records import Item, ParseError, RawMessage

STORY = (
    b'<nitf><head><title>1 POLITICS Quarry</title><meta name="priority" content="R"/><tobject tobject.type="news">'
    b'<tobject.subject tobject.subject.refnum="11000000" tobject.subject.type="Politics"/></tobject>'
    b'<docdata management-status="embargoed" management-doc-idref="x-1" management-idref-status="canceled">'
    b'<correction info="age" id-string="x-1"/><evloc city="Hollin" iso-cc="GB"/><doc-id id-string="x-2" regsrc="PA"/><urgency ed-urg="4"/>'
    b'<date.issue norm="20260311T1645Z"/><date.release norm="20260312T0001Z"/><date.expire norm="20260412"/>'
    b'<series series.name="Quarry" series.part="1"/><ed-msg info="Adds quotes"/><du-key version="2" key="quarry"/>'
    b'<doc.copyright year="2026" holder="PA"/><key-list><keyword key="levy"/></key-list><identified-content><person idsrc="x" value="1">A'
    b"</person></identified-content></docdata></head><body><body.head><hedline><hl1>Levy</hl1><hl2>Rises</hl2></hedline>"
    b"<byline>By A <byttl>PA</byttl></byline><dateline><location>Hollin</location>, 11 March</dateline></body.head><body.content>"
    b"<p>One.</p><table><tr><td>a</td><td>b</td></tr></table><media media-type='image'><media-reference source='a b' width='x'/>"
    b"<media-caption>A man.</media-caption></media><pre>a\n b</pre></body.content><body.end><tagline>c</tagline></body.end></body></nitf>"
)


def survives(payload: bytes) -> None:
    """Nothing but a `ParseError`, and whatever is read is valid ninjs 3.1 and holds no carriage return."""
    try:
        (item,) = decode(RawMessage(payload, "wire.raw", 0, 0, 0)).items
    except ParseError:
        return
    assert isinstance(item, Item)
    lists = {"subjects": list(item.subjects), "places": list(item.places), "genres": list(item.genres), "altIds": list(item.alt_ids)}
    check_ninjs({"uri": "urn:x", **item.extra, **lists})
    texts = (item.headline, item.slug, item.byline, item.located, item.body, *item.tables, *(note.text for note in item.notes))
    assert "\r" not in "".join(texts)


PUT = [b"", b"<", b">", b'"', b"&#13;", b"<p>", b"</p>", b"\xff", b" "]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(STORY)),
            st.integers(0, 40),
            st.sampled_from(PUT),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_cuts_of_a_story(cuts: list[tuple[int, int, bytes]]) -> None:
    payload = STORY
    for position, length, put in cuts:
        payload = payload[:position] + put + payload[position + length :]
    survives(payload)


VALUES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=12)
ELEMENTS = [(element.tag, sorted(element.attrib)) for element in etree.fromstring(STORY).iter()]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ELEMENTS), st.lists(VALUES, min_size=4, max_size=4)), max_size=12))
def test_any_values_of_known_elements_in_the_head(members: list[tuple[tuple[str, list[str]], list[str]]]) -> None:
    root = etree.Element("nitf")
    docdata = etree.SubElement(etree.SubElement(root, "head"), "docdata")
    for (tag, attributes), values in members:
        element = etree.SubElement(docdata, tag, dict(zip(attributes, values, strict=False)))
        element.text = values[3]
    survives(etree.tostring(root, encoding="utf-8"))


@settings(max_examples=300, deadline=None)
@given(st.recursive(VALUES, lambda inner: st.lists(st.tuples(st.sampled_from(ELEMENTS), inner), max_size=4), max_leaves=12))
def test_any_order_of_elements_in_the_body(tree: object) -> None:
    root = etree.Element("nitf")
    grow(etree.SubElement(root, "body"), tree)
    survives(etree.tostring(root, encoding="utf-8"))


def grow(parent: etree._Element, tree: object) -> None:
    if isinstance(tree, str):
        parent.text = tree
        return
    assert isinstance(tree, list)
    for (tag, _), inner in tree:
        grow(etree.SubElement(parent, tag), inner)


@pytest.mark.parametrize(
    "many",
    [
        "<keyword key='k'/>",
        "<evloc city='a' county-dist='b' state-prov='c'/>",
        "<ed-msg info='n'/>",
        "<du-key key='k' part='2'/>",
    ],
)
def test_200_000_of_one_element_take_time_in_proportion(many: str) -> None:
    wrapped = f"<key-list>{many * 200_000}</key-list>" if "keyword" in many else many * 150_000
    started = time.process_time()
    survives(f"<nitf><head><docdata>{wrapped}</docdata></head><body/></nitf>".encode())
    assert time.process_time() - started < 20


@pytest.mark.parametrize("many", ["<dateline>Ellery</dateline>", "<byline>By A</byline>", "<note>n</note>", "<hl2>h</hl2>"])
def test_many_heads_of_a_body_take_time_in_proportion(many: str) -> None:
    started = time.process_time()
    survives(f"<nitf><body><body.head>{many * 100_000}</body.head></body></nitf>".encode())
    assert time.process_time() - started < 20


@pytest.mark.parametrize("tag", ["table", "tr", "td", "pre", "media", "media-caption", "note", "bq", "byline", "frac"])
def test_elements_within_themselves(tag: str) -> None:
    survives(f"<nitf><body>{f'<{tag}>x' * 90}{f'</{tag}>' * 90}</body></nitf>".encode())


@pytest.mark.parametrize(
    ("tail", "warning"),
    [
        (b"\x00\x00\x00", "control_characters"),
        (b"\r\n\x1a", "control_characters"),
        (b"\n" + b"\x00" * 4096, "control_characters"),
        (b"\nMORE TO COME", "text_behind_document"),
    ],
)
def test_what_a_buffer_held_behind_the_document_is_left_out_with_a_warning(tail: bytes, warning: str) -> None:
    (item,) = decode(RawMessage(STORY + tail, "wire.raw", 0, 0, 0)).items
    assert isinstance(item, Item)
    assert (item.headline, warning in item.warnings) == ("Levy", True)


@pytest.mark.parametrize("tail", [b"<nitf/>", b"</nitf>", STORY, b"\n<nitf><head>"])
def test_more_markup_behind_the_document_is_invalid_and_not_cut_off(tail: bytes) -> None:
    with pytest.raises(ParseError) as refused:
        decode(RawMessage(STORY + tail, "wire.raw", 0, 0, 0))
    assert refused.value.reason == "invalid"


def test_a_document_cut_short_is_truncated() -> None:
    with pytest.raises(ParseError) as refused:
        decode(RawMessage(STORY[:-30], "wire.raw", 0, 0, 0))
    assert refused.value.reason == "truncated"
