"""The order of arrival changes neither who belongs together, nor in which order, nor what is current."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.records import Evidence
from writethru.stories import StoryIndex


def outcome(articles):
    index, stories = StoryIndex("meridian"), {}
    for article in articles:
        for story in index.apply([article]).stories:
            stories[story.id] = story
    return {
        (tuple(v.id for v in s.versions), s.current, s.status, s.headline, s.first_seen, s.last_seen) for s in stories.values() if s.count
    }


def clock(n):
    return f"{8 + n:02d}:00"


def chain_of(kind, make):
    """Six versions and a stranger, tied in one way."""
    if kind == "guid":
        story = [make(f"g{n}", uri="urn:mer:1", version=str(n), at=clock(n), headline=f"H{n}") for n in range(1, 7)]
    elif kind == "guid without times":
        story = [make(f"g{n}", uri="urn:mer:1", version=str(n), at=None, headline=f"H{n}") for n in range(1, 7)]
    elif kind == "links":
        story = [make(f"l{n}", uri=f"urn:mer:{n}", replaces=(f"urn:mer:{n - 1}",), at=clock(n), headline=f"H{n}") for n in range(1, 7)]
    elif kind == "transmission numbers":
        story = [
            make(f"t{n}", alt=(("transmission", f"a07{n:02d}"),), replaces=(f"a07{n - 1:02d}",), lead=n, action="update", at=clock(n))
            for n in range(1, 7)
        ]
    elif kind == "ordinals under a slug":
        base = make("o0", slug="Tunnel-Flood, 0300", at="08:00")
        story = [base, *[make(f"o{n}", slug="Tunnel-Flood", lead=n, action="update", at=clock(n)) for n in range(1, 6)]]
    elif kind == "corrected":
        story = [
            *[make(f"c{n}", uri="urn:mer:1", version=str(n), at=clock(n), headline=f"H{n}") for n in range(1, 5)],
            make("c5", uri="urn:mer:2", replaces=("urn:mer:1",), action="correction", at=clock(5), headline="H5"),
            make("c6", uri="urn:mer:3", replaces=("urn:mer:2",), update=7, action="update", at=clock(6), headline="H6"),
        ]
    elif kind == "held by status":
        story = [make(f"h{n}", uri="urn:mer:1", version=str(n), at=clock(n), headline=f"H{n}") for n in (1, 2, 4, 5)]
        story += [make(f"h{n}", uri="urn:mer:1", version=str(n), at=clock(n), action="withhold", status="withheld") for n in (3, 6)]
    elif kind == "held and released":
        story = [make(f"h{n}", uri="urn:mer:1", version=str(n), at=clock(n), headline=f"H{n}") for n in (1, 2, 4, 6)]
        story += [make(f"h{n}", uri="urn:mer:1", version=str(n), at=clock(n), action=a) for n, a in ((3, "withhold"), (5, "release"))]
    else:
        story = [
            *[make(f"k{n}", uri="urn:mer:1", version=str(n), at=clock(n), headline=f"H{n}") for n in range(1, 5)],
            make("k5", uri="urn:mer:1", version="5", at=clock(5), action="kill"),
            make("k6", uri="urn:mer:1", version="6", at=clock(6), action="update"),
        ]
    return [*story, make("stranger", uri="urn:mer:77", slug="Tunnel-Flood-Stranger", headline="Other", at="09:30")]


KINDS = (
    "guid",
    "guid without times",
    "links",
    "transmission numbers",
    "ordinals under a slug",
    "corrected",
    "held by status",
    "held and released",
    "killed",
)


@settings(max_examples=100, deadline=None)
@given(kind=st.sampled_from(KINDS), data=st.data())
def test_any_order_of_arrival_gives_the_same_members_order_and_current_version(make, kind, data):
    in_order = chain_of(kind, make)
    expected = outcome(in_order)
    assert len(expected) == 2
    assert outcome(data.draw(st.permutations(in_order))) == expected


def replaced_by(article, ref: str):
    said = (Evidence("status", (0, 8), "replaced", "superseded"), Evidence("links[0]", (0, len(ref)), ref, "replaced_by"))
    return replace(article, wire=replace(article.wire, evidence=said))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_an_item_that_another_has_replaced_is_of_its_story_and_never_the_current_version(make, desk, order):
    old = replaced_by(make("old", uri="urn:mer:1", headline="Quay shut", action="update", at="10:00"), "urn:mer:2")
    new = make("new", uri="urn:mer:2", headline="Harbour opens again after strike", at="09:00")
    desk.take(*[(old, new)[at] for at in order])
    assert len(desk.groups()) == 1
    assert desk.story_of(new).current == new.id


def test_an_item_that_was_replaced_is_current_while_nothing_else_is_known(make, desk):
    old = replaced_by(make("old", uri="urn:mer:1", headline="Quay shut", action="update"), "urn:mer:2")
    assert desk.one(old).story.action == "update"
    assert desk.story_of(old).current == old.id
