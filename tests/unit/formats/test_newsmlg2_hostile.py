"""Whatever stands in the places of a NewsML-G2 item: it is read, skipped or refused, and what is read is valid ninjs."""

from __future__ import annotations

import time
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.schema_check import check_ninjs
from writethru.formats import decode
from writethru.formats.limits import WARNINGS
from writethru.records import Item, NotAnArticle, ParseError, RawMessage

ELEMENTS = (
    "newsItem packageItem itemMeta contentMeta rightsInfo contentSet groupSet group groupRef itemRef hopHistory hop party action "
    "assert catalog catalogRef scheme itemClass provider versionCreated embargoed pubStatus edNote signal link title headline subject "
    "sameAs mainConcept name facetConcept genre keyword located urgency expires infoSource creator creditline altId fileName by "
    "dateline slugline description copyrightHolder usageTerms rightsExpressionXML inlineXML inlineData remoteContent POIDetails "
    "position address line locality area country hasInstrument html nitf body body.content p section figure img figcaption media "
    "media-caption dnl-image table tr td br pre partMeta digitalSourceType"
).split()
ATTRIBUTES = (
    "qcode uri literal role roleuri rel reluri residref guidref href version rank type typeuri id idref root seq latitude longitude "
    "width size rendition contenttype encoding relevance symbol market class pubconstraint alias guid langid caption ref src"
).split()
VALUES = st.one_of(
    st.sampled_from(
        [
            "",
            ":",
            "a:b",
            "ninat:text",
            "medtop:1",
            "sig:update",
            "urn:x:1",
            "http://e.org/a b",
            "np-public",
            "encd:base64",
            "text/html",
            "G1",
        ]
    ),
    st.sampled_from(["9" * 40, "-1", "1e400", "nan", "12", "2026-02-30T00:00:00Z", "stat:canceled", "nonpublic", "text/plain", "\u0663"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=12),
)


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.dictionaries(st.sampled_from(ATTRIBUTES), VALUES, max_size=4)
    return st.tuples(st.sampled_from(ELEMENTS), attributes, st.lists(inner, max_size=5)).map(written)


def written(parts: tuple[str, dict[str, str], list[str]]) -> str:
    name, attributes, inner = parts
    return f"<{name}{''.join(f' {key}={quoteattr(value)}' for key, value in attributes.items())}>{''.join(inner)}</{name}>"


TREES = st.recursive(VALUES.map(escape), element, max_leaves=40)
SECTIONS = st.sampled_from(["itemMeta", "contentMeta", "rightsInfo", "contentSet", "groupSet", "hopHistory", "assert", "catalog"])


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(["newsItem", "packageItem"]), st.lists(st.tuples(SECTIONS, st.lists(TREES, max_size=4)), max_size=5))
@example("newsItem", [("contentMeta", ['<subject literal="x" type="cpnat:poi"/>']), ("assert", [])])
@example("newsItem", [("contentSet", ['<inlineData contenttype="text/plain" encoding="base64">\u00e4</inlineData>'])])
@example("packageItem", [("groupSet", ['<group id="a"><groupRef idref="a"/><groupRef/></group>'])])
def test_nothing_else_is_raised(root: str, sections: list[tuple[str, list[str]]]) -> None:
    inner = "".join(f"<{name}>{''.join(parts)}</{name}>" for name, parts in sections)
    payload = f'<{root} guid="urn:x" version="1" xmlns="http://iptc.org/std/nar/2006-10-01/">{inner}</{root}>'.encode()
    try:
        (item,) = decode(RawMessage(payload, "wire.raw", 0, 0, 0)).items
    except (ParseError, NotAnArticle):
        return
    assert isinstance(item, Item)
    lists = {name: list(getattr(item, name)) for name in ("subjects", "places", "genres") if getattr(item, name)}
    check_ninjs({"uri": "urn:x", **item.extra, **lists, "altIds": list(item.alt_ids)})
    assert len(item.warnings) <= WARNINGS


@pytest.mark.parametrize("many", [2_000])
def test_groups_that_refer_to_each_other_are_read_once(many: int) -> None:
    groups = "".join(f'<group id="g{n}"><itemRef residref="urn:x:{n}"/>' + '<groupRef idref="g0"/>' * 5 + "</group>" for n in range(many))
    payload = f'<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/"><groupSet root="g7">{groups}</groupSet></packageItem>'
    (item,) = decode(RawMessage(payload.encode(), "wire.raw", 0, 0, 0)).items
    assert isinstance(item, Item)
    assert len(item.links) == len({link.ref for link in item.links}) == many


def test_pictures_within_pictures_take_time_in_proportion() -> None:
    text = "<figure>" * 80 + "<b/>" * 200_000 + "</figure>" * 80
    body = f"<contentSet><inlineXML><html><body><p>x</p>{text}</body></html></inlineXML></contentSet>"
    payload = f'<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/">{body}</newsItem>'
    started = time.process_time()
    (item,) = decode(RawMessage(payload.encode(), "wire.raw", 0, 0, 0)).items
    assert isinstance(item, Item)
    assert item.body == "x"
    assert time.process_time() - started < 2
