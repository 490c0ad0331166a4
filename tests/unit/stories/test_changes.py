"""What is new in a version, and what of its note holds."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from writethru.records import Claim, Note, NumberChange, ParagraphChange
from writethru.stories.changes import changes
from writethru.stories.diff import diff, numbers

LEDE = "The harbour tunnel at Lirian flooded on Monday, and ferries took 300 commuters across."
SECOND = "Pumps were brought from three towns upriver, the port authority said."
THIRD = "The tunnel, opened in 1988, carries the coast road under the estuary."
FOURTH = "Divers are to look at the northern gate once the tide is out."


def version(make, *grafs, headline="Tunnel floods", notes=(), by="Ada Quill"):
    article = make("new", headline=headline, body="\n\n".join(grafs))
    article.article["by"] = by
    wire = article.wire.__class__("meridian", notes=notes)
    return article.__class__(article.id, 1, article.article, wire, None, None, article.provenance)


def note(verb, klass, *targets, paragraphs=()):
    return Note(verb, klass, None, targets, paragraphs, "", "edNote", (0, 1))


def told(make, old, new, **what):
    return changes(version(make, *old).article, version(make, *new, **what))


def test_equal_versions_have_no_change(make):
    found = told(make, (LEDE, SECOND), (LEDE, SECOND))
    assert (found.added, found.removed, found.kept, found.moved, found.rewritten) == (0, 0, 2, 0, 0)
    assert not (found.headline or found.lede or found.byline or found.paragraphs or found.numbers or found.claims)


def test_a_new_and_a_dropped_paragraph_are_shown_by_their_first_words(make):
    found = told(make, (LEDE, SECOND), (LEDE, FOURTH))
    assert found.paragraphs == (
        ParagraphChange("added", 2, None, "Divers are to look at the northern gate once the…"),
        ParagraphChange("removed", None, 2, "Pumps were brought from three towns upriver, the…"),
    )


def test_a_paragraph_in_other_words_is_rewritten_and_neither_new_nor_gone(make):
    new_lede = "The harbour tunnel at Lirian flooded on Monday, killing two, and ferries took commuters across."
    found = told(make, (LEDE, SECOND), (new_lede, SECOND))
    assert (found.added, found.removed, found.rewritten, found.kept, found.lede) == (0, 0, 1, 1, True)


def test_a_paragraph_that_others_pushed_down_has_not_moved(make):
    assert told(make, (LEDE, SECOND), (FOURTH, LEDE, SECOND)).moved == 0


def test_a_paragraph_that_changed_places_has_moved_and_is_kept(make):
    found = told(make, (LEDE, SECOND, THIRD, FOURTH), (LEDE, FOURTH, SECOND, THIRD))
    assert (found.moved, found.kept) == (1, 4)
    assert found.paragraphs == (ParagraphChange("moved", 2, 4, "Divers are to look at the northern gate once the…"),)


def test_paragraphs_that_stand_twice_are_counted_twice(make):
    found = told(make, (LEDE, "***", SECOND, "***"), (LEDE, "***", SECOND))
    assert (found.kept, found.removed) == (3, 1)


def test_copy_without_spaces_is_compared_too(make):
    found = told(make, ("港口隧道周一被洪水淹没、渡轮运送通勤者过河。",), ("港口隧道周一被洪水淹没、两人死亡、渡轮运送通勤者。",))
    assert found.rewritten == 1


def test_numbers_that_were_replaced_are_told_with_the_word_they_stand_by(make):
    new = LEDE.replace("300", "450")
    assert told(make, (LEDE,), (new,)).numbers == (NumberChange("300", "450", "commuters", 1),)


def test_the_headlines_numbers_stand_at_graf_0():
    assert numbers("Quake kills 12 in Lirian", "Quake kills 15 in Lirian", 0) == [NumberChange("12", "15", "kills", 0)]


def test_a_number_that_only_moved_or_came_in_addition_is_no_change_of_one():
    assert numbers("12 dead, 40 hurt", "40 hurt, 12 dead", 1) == []
    assert numbers("12 dead", "12 dead, 40 hurt", 1) == []


def test_a_claim_that_the_headline_was_recast_is_held_against_both_headlines(make):
    notes = (note("RECASTS", "recast", "headline"), note("CHANGES", "change", "byline"))
    found = told(make, (LEDE,), (LEDE,), notes=notes, by="Bo Finch")
    assert found.claims == (Claim("RECASTS", "headline", False), Claim("CHANGES", "byline", True))


@pytest.mark.parametrize(("grafs", "found"), [((3,), True), ((2,), False), ((-1,), True), ((1, 2), False), ((9,), False)])
def test_a_claim_about_paragraphs_is_held_against_those_paragraphs(make, grafs, found):
    told_ = told(make, (LEDE, SECOND), (LEDE, SECOND, FOURTH), notes=(note("ADDS", "add", "details", paragraphs=grafs),))
    assert told_.claims == (Claim("ADDS", "details", found), Claim("ADDS", "paragraphs", found))


def test_updated_throughout_needs_half_of_the_text_to_be_new(make):
    notes = (note("UPDATES", "update", "throughout"),)
    assert told(make, (LEDE, SECOND), (FOURTH, SECOND), notes=notes).claims[0].found
    assert not told(make, (LEDE, SECOND, THIRD), (LEDE, SECOND, THIRD, FOURTH), notes=notes).claims[0].found


def test_photos_and_what_a_kill_says_are_claims_that_no_text_can_show(make):
    notes = (note("ADDS", "add", "photo"), note("KILLS", "kill", "details"))
    assert told(make, (LEDE,), (LEDE,), notes=notes).claims == ()


grafs = st.lists(st.sampled_from([LEDE, SECOND, THIRD, FOURTH, "***", "a 1", "a 2", ""]), max_size=12)


@settings(deadline=None)
@given(old=grafs, new=grafs)
def test_every_paragraph_is_accounted_for_once(old, new):
    found = diff("\n\n".join(old), "\n\n".join(new))
    assert len(found.new) == found.kept + len(found.added) + len(found.rewritten)
    assert len(found.old) == found.kept + len(found.removed) + len(found.rewritten)
    assert len(found.moved) <= max(0, found.kept - 1)


words = st.text(max_size=300)


@settings(deadline=None, max_examples=50)
@given(old=st.lists(words, max_size=80), new=st.lists(words, max_size=80))
def test_what_changed_stays_small_whatever_the_texts(make, old, new):
    notes = tuple(note(f"V{n}", "add", "details", "lead", "headline") for n in range(20))
    found = changes(version(make, *old).article, version(make, *new, notes=notes))
    assert len(found.paragraphs) <= 8 and len(found.numbers) <= 5 and len(found.claims) <= 6
    assert all(len(one.text) <= 49 for one in found.paragraphs)
    assert len(orjson.dumps(found, option=orjson.OPT_SERIALIZE_DATACLASS)) < 3000
