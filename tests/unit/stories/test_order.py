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
    elif kind == "item ids":
        story = [make(f"i{n}", uri=f"urn:mer:{n}", alt=(("itemid", "9f3c22"),), at=clock(n), headline=f"H{n}") for n in range(1, 7)]
    elif kind == "takes":
        base = make("p0", slug="Tunnel-Flood, 0300", at="08:00")
        story = [base, *[make(f"p{n}", slug="Tunnel-Flood", lead=n, complete=False, action="update", at=clock(n)) for n in range(1, 6)]]
    elif kind == "repeated":
        story = [make(f"r{n}", uri="urn:mer:1", version=str(n), at=clock(n), headline=f"H{n}", body=f"B{n}") for n in (1, 2, 4)]
        story += [
            make(f"r{n}", uri=f"urn:mer:r{n}", replaces=("urn:mer:1",), at=clock(n), headline=f"H{of}", body=f"B{of}", action="repeat")
            for n, of in ((3, 2), (5, 4))
        ]
    elif kind == "held by words":
        story = [make(f"w{n}", uri="urn:mer:1", version=str(n), at=clock(n), headline=f"H{n}") for n in (1, 2, 4)]
        story += [make("w3", uri="urn:mer:h", targets=("urn:mer:1",), at=clock(3), action="withhold", body="")]
        story += [make("w5", uri="urn:mer:r", targets=("urn:mer:1",), at=clock(5), action="release", body="")]
    elif kind == "killed by number":
        story = [
            make(f"n{n}", alt=(("transmission", f"a07{n:02d}"),), replaces=(f"a07{n - 1:02d}",), lead=n, action="update", at=clock(n))
            for n in range(1, 5)
        ]
        story += [make("n5", targets=("a0704",), action="kill", at=clock(5), body="")]
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
    "item ids",
    "takes",
    "repeated",
    "held by words",
    "killed by number",
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


@st.composite
def a_tangle(draw, make):
    """Up to eight items, each tied to an earlier one by its guid, by a link or by a transmission number; times as they fall. The last may
    be a kill or hold, and a stranger is among them."""
    hours = draw(st.permutations(range(8)))
    uris, items = [], []
    for n in range(draw(st.integers(2, 8))):
        to = draw(st.integers(0, n - 1)) if n else 0
        tie = draw(st.sampled_from(("guid", "link", "number"))) if n else "opens"
        uris.append(uris[to] if tie == "guid" else f"urn:mer:{n}")
        refs = {"link": (uris[to],), "number": (f"a07{to:02d}",)}.get(tie, ())
        items.append(
            make(
                f"t{n}", uri=uris[n], version=str(n + 1), at=clock(hours[n]), headline=f"H{n}", replaces=refs,
                alt=(("transmission", f"a07{n:02d}"),), action="update" if n else "new",
            )
        )  # fmt: skip
    if draw(st.booleans()):
        ruled = draw(st.sampled_from(uris))
        items.append(make("k", uri="urn:mer:k", replaces=(ruled,), action=draw(st.sampled_from(("kill", "withhold"))), at="20:00", body=""))
    return [*items, make("stranger", uri="urn:mer:77", headline="Other", at="09:30")]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_however_items_are_tied_any_order_of_arrival_gives_the_same_story(make, data):
    tangle = data.draw(a_tangle(make))
    expected = outcome(tangle)
    assert len(expected) == 2
    assert outcome(data.draw(st.permutations(tangle))) == expected


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_leads_under_a_slug_are_one_story_whatever_number_came_first_twice_or_never(make, data):
    leads = data.draw(st.lists(st.tuples(st.integers(1, 5), st.sampled_from(("AM-", "PM-"))), min_size=1, max_size=7))
    base = [make("base", slug="PM-Tunnel-Flood,0300", at="07:00")] if data.draw(st.booleans()) else []
    story = [
        *base,
        *[
            make(f"l{n}", slug=f"{cycle}Tunnel-Flood, {lead} Ld-Writethru", lead=lead, action="update", at=clock(n))
            for n, (lead, cycle) in enumerate(leads)
        ],
    ]
    expected = outcome(story)
    assert len(expected) == 1
    assert outcome(data.draw(st.permutations(story))) == expected


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_an_id_that_was_emitted_never_changes_and_leads_to_the_present_story(make, data):
    arriving = data.draw(st.permutations(data.draw(a_tangle(make))))
    index, first, merged, living = StoryIndex("meridian"), {}, {}, {}
    for article in arriving:
        chained = index.apply([article])
        for one in chained.articles:
            first.setdefault(one.id, one.story.id)
        for story in chained.stories:
            assert story.id not in merged or story.merged_into, "an id that was merged away came back"
            if story.merged_into:
                merged[story.id] = story.merged_into
                living.pop(story.id, None)
            else:
                living[story.id] = {version.id for version in story.versions}
    for article in arriving:
        path = [first[article.id]]
        while path[-1] in merged:
            path.append(merged[path[-1]])
        assert article.id in living[path[-1]]
        assert index.apply([article]).articles[0].story.id in path
