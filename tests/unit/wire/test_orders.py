"""Orders to withdraw a story that stand under no mark, and what only sounds like one."""

from __future__ import annotations

import pytest

from writethru.records import ItemNote

STORY = "OSLO (AP) — A ferry ran aground off Lirian on Tuesday, the coast guard said.\n\nNobody was hurt."


@pytest.mark.parametrize(
    ("copy", "targets"),
    [
        ("Please disregard our story on the ferry.", ()),
        ("Please withdraw our report about the ferry off Lirian. A substitute will follow.", ()),
        ("Disregard AM-Ferry, a0512.", ("a0512",)),
        ("Editors: Kill BC-Harbor Bridge, a0512.", ("a0512",)),
        ("Disregard a0512; it was sent in error.", ("a0512",)),
        ("Disregard item dpa 157.", ("157",)),
        ("Veuillez annuler la dépêche intitulée « Naufrage à Lirian » de 14h00.", ("Naufrage à Lirian",)),
        ("Veuillez ignorer notre dépêche.", ()),
    ],
)
def test_an_order_that_names_a_story_withdraws_it(article, copy, targets):
    read = article(format="ninjs-3", headline="Ferry off Lirian", body=copy)
    assert (read.wire.action, read.wire.kill_targets, read.body) == ("kill", targets, "")
    assert article(body=copy).wire.action == "kill"


@pytest.mark.parametrize(
    "copy",
    [
        "Please disregard our story of the dragon, the children cried.",
        "Please disregard our story on the ferry, the harbor office wrote to its members.",
        "Disregard for rules sank the ferry.",
        "Disregard item prices, the shop said.",
        "Kill the story, an editor wrote in 1931, and nobody knows why.",
        "Members were asked to disregard the alarm.",
        "Veuillez annuler vos réservations, a dit la compagnie.",
        "Veuillez annuler la dépêche, criait le capitaine.",
    ],
)
def test_words_that_name_no_story_are_news(article, copy):
    read = article(format="ninjs-3", headline="Ferry off Lirian", body=copy)
    assert (read.wire.action, read.body) == ("new", copy)


@pytest.mark.parametrize("note", ["Please disregard item dpa 157", "Please kill item dpa 157.", "Eds: Disregard AM-Ferry, a0157."])
def test_a_note_orders_where_there_is_no_copy(article, note):
    assert article(format="ninjs-3", headline="Ferry sinks", notes=(ItemNote("ednote", note),)).wire.action == "kill"


def test_a_note_above_a_story_may_be_the_substitute_s(article):
    read = article(format="ninjs-3", headline="Ferry sinks", body=STORY, notes=(ItemNote("ednote", "Please disregard item dpa 157"),))
    assert (read.wire.action, read.body[:7]) == ("new", "A ferry")


def test_a_headline_that_annuls_needs_the_order_below_it(article):
    order = "Veuillez annuler la dépêche intitulée « Naufrage à Lirian » de 14h00."
    read = article(format="ninjs-3", headline="ANNULATION: Naufrage à Lirian", body=order)
    assert (read.wire.action, read.headline, read.wire.kill_targets) == ("kill", "Naufrage à Lirian", ("Naufrage à Lirian",))
    news = "Le concert du port n'aura pas lieu. Veuillez annuler vos réservations, a dit la ville aux visiteurs."
    read = article(format="ninjs-3", headline="ANNULATION: le concert du port", body=news)
    assert (read.wire.action, read.headline, read.body) == ("new", "ANNULATION: le concert du port", news)
