"""The same item again gets the decision that was made."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.stories.test_log import CHANCE, a_run
from writethru.codec import article_json, story_json
from writethru.stories import StoryIndex


def test_a_known_article_gets_its_stored_place_and_the_present_story(make, desk):
    articles = [make(f"v{n}", uri="urn:mer:1", version=str(n), at=f"0{n}:00", body=f"Lede {n}.\n\nSame.") for n in (1, 3, 2)]
    first = desk.take(*articles)
    again = desk.take(*articles)
    assert again == first


def test_a_redelivery_keeps_its_own_position_in_the_log(make, desk):
    article = make("a", uri="urn:mer:1")
    desk.take(article)
    moved = replace(article, provenance=replace(article.provenance, offset=99))
    assert desk.one(moved).provenance.offset == 99
    assert len(desk.index) == 1


def test_a_redelivered_kill_sends_its_redactions_again_with_the_same_revisions(make, desk):
    articles = [make("a", uri="urn:mer:1"), make("b", uri="urn:mer:1", version="2", at="09:00")]
    kill = make("k", uri="urn:mer:1", version="3", action="kill", at="10:00")
    desk.take(*articles)
    first = desk.take(kill)
    assert desk.take(kill) == first


def test_a_redelivered_release_sends_what_it_released_again(make, desk):
    release = make("r", uri="urn:mer:1", version="3", action="release", at="10:00", body="")
    desk.take(make("a", uri="urn:mer:1"), make("h", uri="urn:mer:1", version="2", action="withhold", at="09:00", body=""))
    first = desk.take(release)
    assert desk.take(release) == first


def test_a_redelivery_changes_nothing_that_would_be_logged(make, desk):
    article = make("a", uri="urn:mer:1")
    desk.take(article)
    desk.index.drain()
    desk.take(article)
    assert desk.index.drain() == []


def upserted(rows, chained):
    """The rows of a sink after this output: by id, a higher or equal revision wins."""
    rows = dict(rows)
    for record, as_json in ((chained.articles, article_json), (chained.stories, story_json)):
        for one in record:
            held = rows.get((as_json, one.id))
            if held is None or one.rev >= held[0]:
                rows[as_json, one.id] = (one.rev, as_json(one))
    return rows


@settings(max_examples=400, deadline=None)
@given(chance=CHANCE, loses_index=st.booleans())
def test_a_batch_whose_output_was_lost_brings_the_sinks_to_the_same_rows_when_it_comes_again(make, chance, loses_index):
    """A crash between the state's write and the sinks': kills, holds, releases and merges included."""
    index, entries, rows = StoryIndex("meridian"), [], {}
    for batch in a_run(chance, make)[0]:
        lost = index.apply(batch)
        entries.extend(index.drain())
        if loses_index:
            index = StoryIndex("meridian")
            index.restore(entries)
        again = upserted(rows, index.apply(batch))
        rows = upserted(rows, lost)
        assert again == rows
