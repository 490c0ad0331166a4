"""The full text of stories that come in parts, from copy as agencies send it."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from itertools import permutations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from writethru.records import Article, Evidence, Item, ItemNote, Lack, Ordinals, RawMessage, Story, millis
from writethru.stories import StoryIndex, redact
from writethru.stories.assemble import LONGEST
from writethru.wire import normalise

SLUG = "AM-Tunnel-Flood"
ONE = "The Quarrytown tunnel is shut after water rose overnight."
TWO = "Pumps from three counties are on their way, the mayor said."
THREE = "Although final figures are missing, 12 cars are thought lost."
FOUR = "The tunnel opened in 1971."
BASE = (ONE, TWO, THREE, FOUR)


def sent(at: str, marks: str, *grafs: str, note: str | None = None, slug: str = SLUG, agency: str = "ap", headline: str = "") -> Article:
    """An item as the desk gets it: `at` is its hour and minute, `marks` the sections of its keyword line."""
    body = "\n\n".join(grafs)
    stamp = f"2026-03-02T{at}:00Z"
    notes = (ItemNote("ednote", note),) if note else ()
    item = Item("anpa-1312", providers=(agency,), slug=f"{slug}, {marks}" if marks else slug, body=body, notes=notes, headline=headline,
                version_created=stamp, language="en")  # fmt: skip
    id_ = sha256(f"{at}{marks}{body}{note}{headline}".encode()).hexdigest()[:32]
    message = RawMessage(body.encode(), "wire.raw", 0, 0, millis("2026-03-02T23:59:59Z"))
    return normalise(item, message, article_id=id_, sha256="0" * 64, received=stamp, pipeline="test")


def base(at: str = "08:00", marks: str = "0900", grafs: tuple[str, ...] = BASE) -> Article:
    return sent(at, marks, *grafs)


def told(*articles: Article) -> Story:
    """The story's record when all have come, in the order given."""
    index = StoryIndex("ap")
    newest = {story.id: story for article in articles for story in index.apply([article]).stories}
    (story,) = [story for story in newest.values() if story.merged_into is None]
    return story


def text(*grafs: str) -> str:
    return "\n\n".join(grafs)


# --- takes and adds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_base_and_its_adds_give_one_text_in_whatever_order_they_come(order):
    chain = (base(), sent("08:10", "1st Add, 200", "Divers went in at noon."), sent("08:20", "2nd Add, 150", "They found nobody."))
    story = told(*[chain[at] for at in order])
    assert story.text == text(*BASE, "Divers went in at noon.", "They found nobody.")
    assert story.parts == tuple(article.id for article in chain)
    assert story.lacks == ()
    assert story.current == chain[0].id


def test_takes_count_from_the_first_and_adds_from_the_one_behind_it():
    story = told(
        base(marks="3 Takes, 0900"), sent("08:10", "1st Add, 200", "Divers went in."), sent("08:20", "Take 3, 150", "Nobody was found.")
    )
    assert story.text == text(*BASE, "Divers went in.", "Nobody was found.")
    assert story.lacks == ()


def test_a_missing_take_is_told_and_what_goes_behind_it_stays_out():
    first, third = base(marks="3 Takes, 0900"), sent("08:20", "Take 3, 150", "Nobody was found.")
    story = told(first, third)
    assert story.text == text(*BASE)
    assert story.parts == (first.id, third.id)
    assert story.lacks == (Lack("take 2", None, "unseen"), Lack("take 3", third.id, "place"))


def test_a_slug_that_announces_takes_says_what_is_still_to_come():
    first = base(marks="2 Takes, 0900")
    story = told(first)
    assert (story.text, story.parts, story.lacks) == (text(*BASE), (first.id,), (Lack("take 2", None, "unseen"),))


def test_a_missing_add_is_named_as_the_desk_counts():
    assert told(base(), sent("08:20", "2nd Add, 150", "Nobody was found.")).lacks[0] == Lack("add 1", None, "unseen")


def test_an_add_that_is_sent_anew_takes_the_place_of_its_older_form():
    older, newer = sent("08:10", "1st Add, 200", "Divers went in at noon."), sent("08:30", "1st Add, 200", "Divers went in at one.")
    story = told(base(), older, sent("08:20", "2nd Add, 150", "They found nobody."), newer)
    assert story.text == text(*BASE, "Divers went in at one.", "They found nobody.")
    assert older.id not in story.parts


def test_an_older_form_that_comes_late_changes_nothing():
    older, newer = sent("08:10", "1st Add, 200", "Divers went in at noon."), sent("08:30", "1st Add, 200", "Divers went in at one.")
    assert told(base(), newer, older).text == text(*BASE, "Divers went in at one.")


def test_the_cue_of_an_add_is_no_text():
    story = told(base(), sent("08:10", "1st Add, 200", "QUARRYTOWN: opened in 1971.", "Divers went in at noon."))
    assert story.text == text(*BASE, "Divers went in at noon.")


def test_takes_without_their_first_are_no_text():
    second = sent("08:10", "Take 2, 200", "Divers went in at noon.")
    story = told(second)
    assert (story.text, story.parts) == (None, (second.id,))
    assert story.lacks == (Lack("take 1", None, "unseen"), Lack("take 2", second.id, "place"))


def test_a_writethru_is_the_whole_text_and_stands_in_its_article():
    whole = sent("09:00", "1st Ld-Writethru, 0900", "All new.")
    story = told(base(), sent("08:10", "1st Add, 200", "Divers went in."), whole)
    assert (story.current, story.text, story.parts, story.lacks) == (whole.id, None, (), ())


def test_a_writethru_in_takes_replaces_what_went_before_it():
    first, second = sent("09:00", "1st Ld-Writethru, 2 Takes, 0900", "All new."), sent("09:10", "1st Add, 200", "And more.")
    story = told(base(), sent("08:10", "1st Add, 200", "Divers went in."), second, first)
    assert (story.current, story.text) == (first.id, text("All new.", "And more."))


def test_a_story_that_came_whole_has_no_text_of_its_own():
    story = told(base())
    assert (story.text, story.parts, story.lacks) == (None, (), ())


# --- inserts, substitutes, bare leads -------------------------------------------------------------------------------------

NEW = "Schools along the valley stay closed."


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Eds: INSERTS 1 graf after 2nd graf to ADD schools", (ONE, TWO, NEW, THREE, FOUR)),
        ("Eds: INSERTS 1 graf after 3rd graf pvs, bgng: ``Although final...''", (ONE, TWO, THREE, NEW, FOUR)),
        ("Eds: INSERTS graf after graf that begins: Pumps from three", (ONE, TWO, NEW, THREE, FOUR)),
        ("Eds: INSERTS 1 graf between 3rd and 4th grafs", (ONE, TWO, THREE, NEW, FOUR)),
        ("Eds: INSERTS 1 graf before 2nd graf", (ONE, NEW, TWO, THREE, FOUR)),
        ("Eds: INSERTS 1 graf to ADD schools; picks up 4th graf, `The tunnel opened'", (ONE, TWO, THREE, NEW, FOUR)),
        ("Eds: INSERTS 1 graf after 3rd graf; picks up 4th graf, `The tunnel opened'", (ONE, TWO, THREE, NEW, FOUR)),
        ("Eds: INSERTS 1 graf after last graf", (ONE, TWO, THREE, FOUR, NEW)),
    ],
)
def test_an_insert_goes_where_its_note_says(note, expected):
    story = told(base(), sent("08:10", "Insert, 50", NEW, note=note))
    assert (story.text, story.lacks) == (text(*expected), ())


@pytest.mark.parametrize(
    "note",
    [
        None,
        "Eds: INSERTS schools",
        "Eds: INSERTS 1 graf after 9th graf",
        "Eds: INSERTS 1 graf after 3rd graf pvs, `Although the mayor...'",
        "Eds: INSERTS 1 graf after 3rd graf; picks up 2nd graf, `Pumps'",
        "Eds: INSERTS 1 graf after graf beginning: The",
    ],
)
def test_an_insert_whose_place_is_not_found_stays_out(note):
    first, insert = base(), sent("08:10", "Insert, 50", NEW, note=note)
    story = told(first, insert)
    assert story.text == text(*BASE)
    assert story.parts == (first.id, insert.id)
    assert story.lacks == (Lack("insert", insert.id, "place"),)


@pytest.mark.parametrize(
    ("note", "grafs", "expected"),
    [
        ("Eds: SUBS 3rd graf to CORRECT number", (NEW,), (ONE, TWO, NEW, FOUR)),
        ("Eds: SUBS 3rd graf pvs, bgng: ``Although final...'' to UPDATE number", (NEW,), (ONE, TWO, NEW, FOUR)),
        ("Eds: SUBS last graf", (NEW,), (ONE, TWO, THREE, NEW)),
        ("Eds: SUBS grafs 2-3 to TRIM", (NEW,), (ONE, NEW, FOUR)),
        ("Eds: SUBS 2nd graf with 2 grafs", (NEW, "Buses run."), (ONE, NEW, "Buses run.", THREE, FOUR)),
        ("Eds: SUBS 2nd graf, `Pumps...'; picks up 4th graf, `The tunnel'", (NEW,), (ONE, NEW, FOUR)),
        ("Eds: SUBS 1st graf to FIX name; SUBS 3rd graf to CORRECT number", (NEW, "Buses run."), (NEW, TWO, "Buses run.", FOUR)),
    ],
)
def test_a_substitute_replaces_the_paragraphs_that_its_note_names(note, grafs, expected):
    story = told(base(), sent("08:10", "Sub, 50", *grafs, note=note))
    assert (story.text, story.lacks) == (text(*expected), ())


def test_a_substitute_for_scattered_paragraphs_has_one_for_each():
    sub = sent("08:10", "Sub, 50", NEW, note="Eds: SUBS 1st graf to FIX name; SUBS 3rd graf to CORRECT number")
    assert told(base(), sub).lacks == (Lack("substitute", sub.id, "place"),)


@pytest.mark.parametrize(
    "note",
    [
        "Eds: LEADS with 1 graf to UPDATE with schools. Picks up 3rd graf pvs, `Although final...'",
        "Eds: Picks up 3rd graf: Although final figures",
        "Eds: pick up 3rd pvs",
        "Eds: Top graf new, picks up in 3rd graf",
    ],
)
def test_a_bare_lead_replaces_what_stands_before_its_pick_up(note):
    first, lead = base(), sent("09:00", "1st Ld, 100", NEW, note=note)
    story = told(first, lead)
    assert (story.text, story.lacks) == (text(NEW, THREE, FOUR), ())
    assert story.parts == (lead.id, first.id)


def test_a_lead_is_counted_in_the_text_that_the_lead_before_it_made():
    first, second = (
        sent("09:00", "1st Ld, 100", NEW, "Buses run.", note="Eds: picks up 2nd graf pvs"),
        sent("10:00", "2nd Ld, 100", "Water is falling.", note="Eds: picks up 2nd graf pvs"),
    )
    assert told(base(), second, first).text == text("Water is falling.", "Buses run.", TWO, THREE, FOUR)


def test_a_lead_that_a_later_one_replaces_wholly_is_no_part_any_more():
    first = sent("09:00", "1st Ld, 100", NEW, note="Eds: picks up 2nd graf, `Pumps'")
    second = sent("10:00", "2nd Ld, 100", "Water is falling.", note="Eds: picks up 3rd graf, `Although'")
    story = told(base(), first, second)
    assert (story.text, story.lacks) == (text("Water is falling.", THREE, FOUR), ())
    assert first.id not in story.parts


def test_numbers_count_for_nothing_in_a_text_that_lacks_a_lead_and_words_do():
    by_number, by_words = (
        sent("10:00", "2nd Ld, 100", "Water is falling.", note="Eds: picks up 3rd graf pvs"),
        sent("10:00", "2nd Ld, 100", "Water is falling.", note="Eds: picks up 3rd graf pvs, `Although final'"),
    )
    assert told(base(), by_number).text == text(*BASE)
    assert told(base(), by_number).lacks == (Lack("lead 1", None, "unseen"), Lack("lead 2", by_number.id, "place"))
    assert told(base(), by_words).text == text("Water is falling.", THREE, FOUR)
    assert told(base(), by_words).lacks == (Lack("lead 1", None, "unseen"),)


def test_a_lead_without_a_pick_up_stays_out():
    lead = sent("09:00", "1st Ld, 100", NEW)
    story = told(base(), lead)
    assert (story.text, story.lacks) == (text(*BASE), (Lack("lead 1", lead.id, "place"),))


def test_a_lead_without_its_base_is_no_text():
    lead = sent("09:00", "1st Ld, 100", NEW, note="Eds: picks up 3rd graf")
    story = told(lead)
    assert (story.text, story.parts) == (None, (lead.id,))
    assert story.lacks == (Lack("base", None, "unseen"), Lack("lead 1", lead.id, "place"))


def test_last_counts_for_nothing_while_a_take_is_missing():
    sub = sent("08:30", "Sub, 50", NEW, note="Eds: SUBS last graf")
    assert told(base(marks="2 Takes, 0900"), sub).lacks == (Lack("take 2", None, "unseen"), Lack("substitute", sub.id, "place"))


def test_a_paragraph_of_an_add_that_was_sent_anew_since_is_no_place():
    sub = sent("08:20", "Sub, 50", NEW, note="Eds: SUBS 5th graf, `Divers'")
    add, again = sent("08:10", "1st Add, 200", "Divers went in."), sent("08:30", "1st Add, 200", "Divers are out.")
    assert told(base(), add, sub).text == text(*BASE, NEW)
    story = told(base(), add, sub, again)
    assert (story.text, story.lacks) == (text(*BASE, "Divers are out."), (Lack("substitute", sub.id, "place"),))


def test_words_are_compared_without_marks_and_case():
    first = sent("08:00", "0900", "``We can\u2019t stay,\u2019\u2019 Ms. Orr said.", TWO)
    assert told(first, sent("09:00", "1st Ld, 100", NEW, note="Eds: picks up 1st graf: `WE CAN'T stay...'")).text == text(
        NEW, "``We can\u2019t stay,\u2019\u2019 Ms. Orr said.", TWO
    )


@pytest.mark.parametrize(
    ("marks", "grafs", "expected"),
    [
        ("Insert, 50", ("INSERT after 2nd graf: " + NEW,), (ONE, TWO, NEW, THREE, FOUR)),
        ("Insert, 50", ("INSERT after graf 2", NEW), (ONE, TWO, NEW, THREE, FOUR)),
        ("Insert, 50", ("INSERTS 1 graf after 3rd graf pvs, bgng: ``Although final...''", NEW), (ONE, TWO, THREE, NEW, FOUR)),
        ("Sub, 50", ("SUBS 3rd graf: " + NEW,), (ONE, TWO, NEW, FOUR)),
        ("1st Ld, 50", (NEW, "Picks up 3rd graf: Although final figures"), (NEW, THREE, FOUR)),
        ("1st Ld, 50", (NEW, "Picks up 3rd graf pvs, `Although final...'"), (NEW, THREE, FOUR)),
        ("1st Ld, 50", (NEW, "pick up 3rd pvs"), (NEW, THREE, FOUR)),
    ],
)
def test_an_order_that_stands_in_the_copy_is_followed_and_is_no_text(marks, grafs, expected):
    part = sent("08:10", marks, *grafs)
    assert (part.body, part.headline) == (NEW, "")
    assert told(base(), part).text == text(*expected)


# --- other agencies -------------------------------------------------------------------------------------------------------


def test_an_agency_that_sends_each_version_whole_needs_no_text():
    yonhap = [
        sent("08:00", "", ONE, TWO, slug="tunnel-flood", agency="yonhap", headline="Tunnel shut in Quarrytown"),
        sent("09:00", "", ONE, NEW, slug="tunnel-flood", agency="yonhap", headline="(LEAD) Tunnel shut in Quarrytown"),
    ]
    index = StoryIndex("yonhap")
    stories = [story for article in yonhap for story in index.apply([article]).stories]
    assert [(story.text, story.parts, story.lacks) for story in stories] == [(None, (), ())] * 2


# --- any order ------------------------------------------------------------------------------------------------------------

CHAIN = (
    base(marks="3 Takes, 0900"),
    sent("08:10", "1st Add, 200", "Divers went in at noon."),
    sent("08:20", "2nd Add, 150", "They found nobody.", "The search goes on."),
    sent("08:30", "Insert, 50", NEW, note="Eds: INSERTS 1 graf after 2nd graf, `Pumps'"),
    sent("08:40", "Sub, 50", "The tunnel opened in 1972.", note="Eds: SUBS 5th graf to CORRECT year"),
    sent("08:50", "1st Ld, 100", "Water is falling.", "Buses run.", note="Eds: Picks up 3rd graf pvs"),
    sent("09:00", "2nd Add, 150", "They found a dog.", "The search goes on."),
)


@given(st.permutations(CHAIN))
def test_any_order_of_arrival_gives_the_same_text(order):
    story = told(*order)
    assert story.text == text(
        "Water is falling.", "Buses run.", NEW, THREE, "The tunnel opened in 1972.",
        "Divers went in at noon.", "They found a dog.", "The search goes on.",
    )  # fmt: skip
    assert story.lacks == ()


@given(st.permutations(CHAIN), st.integers(0, len(CHAIN) - 1))
def test_a_rebuilt_index_tells_the_same_text(order, at):
    index, entries = StoryIndex("ap"), []
    for article in order[:at]:
        index.apply([article])
        entries += index.drain()
    rebuilt = StoryIndex("ap")
    rebuilt.restore(entries)
    for article in order[at:]:
        (*_, one), (*_, other) = index.apply([article]).stories, rebuilt.apply([article]).stories
        assert one == other


# --- what may not be told, and what may not grow --------------------------------------------------------------------------


def test_a_kill_takes_the_text_away(new_desk):
    desk = new_desk("ap")
    add = sent("08:10", "1st Add, 200", "Divers went in.")
    desk.take(base(), add)
    assert desk.story_of(add).text == text(*BASE, "Divers went in.")
    desk.take(sent("09:00", "0100", "BULLETIN KILL", "Editors are asked to kill the story AM-Tunnel-Flood."))
    story = desk.story_of(add)
    assert (story.status, story.text, story.parts, story.lacks) == ("killed", None, (), ())
    stored = b"".join(desk.index.snapshot())
    assert b"Divers" not in stored and b"Pumps" not in stored


def test_what_was_kept_of_the_place_goes_with_a_kill(new_desk):
    desk = new_desk("ap")
    desk.take(base(), sent("08:10", "Insert, 50", NEW, note="Eds: INSERTS 1 graf after 2nd graf, `Pumps from three'"))
    assert b"pumps" in b"".join(desk.index.snapshot())
    desk.take(sent("09:00", "0100", "BULLETIN KILL", "Editors are asked to kill the story AM-Tunnel-Flood."))
    assert b"pumps" not in b"".join(desk.index.snapshot())


def test_no_text_is_told_where_a_part_is_under_embargo():
    free, held = base(), sent("08:10", "Adv 08-1st Add, 200", "Divers went in.", note="Embargoed until 0900 GMT March 2")
    story = told(free, held)
    assert held.wire.embargo is not None
    assert (story.text, story.lacks) == (None, (Lack("add 1", held.id, "embargo"),))


def test_a_text_that_grows_too_long_is_not_told():
    long = "A graf of the running account. " * 1700
    first, second = sent("08:10", "1st Add, 200", long), sent("08:20", "2nd Add, 200", long.replace("A graf", "One graf"))
    assert len(told(base(), first).text or "") < LONGEST
    story = told(base(), first, second)
    assert (story.text, story.lacks) == (None, (Lack("add 2", second.id, "length"),))


def test_texts_are_kept_of_what_the_present_text_is_made_of_and_no_more():
    index = StoryIndex("ap")
    index.apply([base(), sent("08:10", "1st Add, 200", "Divers went in."), sent("08:30", "1st Add, 200", "Divers are out.")])
    bodies = b"".join(index.snapshot())
    assert b'"value":"Divers are out."' in bodies and b'"value":"Divers went in."' not in bodies
    index.apply([sent("09:00", "1st Ld-Writethru, 0900", "All new.")])
    bodies = b"".join(index.snapshot())
    assert b'"value":"All new."' in bodies and b'"value":"Divers are out."' not in bodies and b"1971" not in bodies


def test_a_hold_takes_the_text_away_and_the_release_brings_it_back(make, desk):
    first = make("a", uri="urn:mer:1", version="1", slug=SLUG, body=text(*BASE))
    add = ordered(make("b", uri="urn:mer:2", slug=SLUG, at="08:10", body="Divers went in.", complete=False, action="update"), 1)
    desk.take(first, add, make("h", targets=("urn:mer:1",), action="withhold", at="09:00"))
    story = desk.story_of(add)
    assert (story.status, story.text, story.parts, story.lacks) == ("withheld", None, (), ())
    more = ordered(make("c", uri="urn:mer:3", slug=SLUG, at="09:10", body="They found nobody.", complete=False, action="update"), 2)
    desk.take(more)
    assert desk.story_of(add).text is None
    desk.take(make("r", targets=("urn:mer:1",), action="release", at="10:00", body=""))
    assert desk.story_of(add).text == text(*BASE, "Divers went in.", "They found nobody.")


def ordered(article: Article, number: int) -> Article:
    add = Evidence("slug", (0, 7), "1st Add", "slug_add")
    return replace(article, wire=replace(article.wire, ordinals=Ordinals(take=number), evidence=(add,), notes=()))


def test_a_part_whose_text_came_under_an_older_build_is_said_to_lack():
    index = StoryIndex("ap")
    add = sent("08:10", "1st Add, 200", "Divers went in.")
    index.apply([base(), add])
    (story,) = index._stories.values()  # noqa: SLF001
    part = story.versions[1]
    part.copy, part.meta = None, redact.packed(orjson.loads(part.meta)[:13])
    more = sent("08:20", "2nd Add, 150", "They found nobody.")
    (told_now,) = index.apply([more]).stories
    assert told_now.text == text(*BASE)
    assert told_now.lacks == (Lack("add 1", add.id, "text"), Lack("add 2", more.id, "place"))


# --- what is new in it ----------------------------------------------------------------------------------------------------


def placed(*articles: Article):
    index = StoryIndex("ap")
    return [article.story for one in articles for article in index.apply([one]).articles][-1]


def test_what_an_add_adds():
    changes = placed(base(), sent("08:10", "1st Add, 200", "Divers went in.", "Nobody is there.")).changes
    assert (changes.added, changes.kept, changes.removed, changes.lede, changes.headline, changes.byline) == (2, 4, 0, False, False, False)
    shown = [(one.kind, one.paragraph, one.text) for one in changes.paragraphs]
    assert shown == [("added", 5, "Divers went in."), ("added", 6, "Nobody is there.")]


def test_what_a_substitute_changes():
    sub = sent("08:10", "Sub, 50", THREE.replace("12", "15"), note="Eds: SUBS 3rd graf to CORRECT number")
    changes = placed(base(), sub).changes
    assert (changes.rewritten, changes.kept) == (1, 3)
    assert [(one.old, one.new, one.paragraph) for one in changes.numbers] == [("12", "15", 3)]


def test_what_a_bare_lead_changes():
    lead = sent("09:00", "1st Ld, 100", NEW, note="Eds: Picks up 3rd graf pvs", headline="Schools closed")
    changes = placed(base(), lead).changes
    assert (changes.added, changes.removed, changes.kept, changes.lede, changes.headline) == (1, 2, 2, True, True)


def test_an_add_sent_again_word_for_word_says_nothing_is_new_whichever_comes_first():
    first, again = (sent(at, "1st Add, 200", "Divers went in.") for at in ("08:10", "08:20"))
    for one, other in ((first, again), (again, first)):
        assert told(base(), one, other).text == text(*BASE, "Divers went in.")
        assert placed(base(), one, other).changes is None


def test_a_part_without_a_place_changes_nothing_that_is_told():
    assert placed(base(), sent("08:10", "Insert, 50", NEW)).changes is None


def test_a_writethru_is_compared_with_all_that_was_told():
    add, whole = sent("08:10", "1st Add, 200", "Divers went in."), sent("09:00", "1st Ld-Writethru, 0900", *BASE, "Divers went in.", NEW)
    changes = placed(base(), add, whole).changes
    assert (changes.kept, changes.added) == (5, 1)
