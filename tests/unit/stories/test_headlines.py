"""Words of a headline and how alike two are."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from writethru.stories.headlines import MAX_TOKENS, HeadlineIndex, is_wording, tokens, words


@dataclass(eq=False)
class Line:
    tokens: tuple[str, ...]


@pytest.mark.parametrize(
    ("headline", "folded"),
    [
        ("U.S. files suits against the harbour's owner", ("us", "file", "suit", "against", "harbour", "owner")),
        ("Harbour\u2019s 4.5 pct rise", ("harbour", "4.5", "pct", "rise")),
        ("Crisis, crisis and glass", ("crisis", "glass")),
        ("\uff28\uff41\uff52\uff42\uff4f\uff55\uff52 vote", ("harbour", "vote")),
        ("港口投票", ("港口", "口投", "投票")),
        ("", ()),
        ("the of and", ()),
    ],
)
def test_the_words_of_a_headline_are_folded_and_bare(headline, folded):
    assert words(headline) == folded


def test_a_token_stands_for_its_word_and_does_not_show_it():
    harbour, vote = tokens("Harbour votes")
    assert tokens("A vote in the harbour") == (vote, harbour)
    assert harbour != vote and not {"harbour", "vote"} & {harbour, vote}


@pytest.mark.parametrize(("name", "wording"), [("urn:mer:1", False), ("#a0713", False), ("Harbour vote", True), ("港口投票", True)])
def test_a_quoted_headline_is_told_from_an_id(name, wording):
    assert is_wording(name) == wording


def test_a_headline_of_any_length_has_a_bounded_number_of_words():
    assert len(tokens(" ".join(f"word{n}" for n in range(5000)))) == MAX_TOKENS


def test_likeness_goes_from_nothing_to_one():
    index = HeadlineIndex()
    a = tokens("Harbour tunnel flooded")
    assert index.likeness(a).to(a) == pytest.approx(1.0)
    assert index.likeness(a).to(tokens("Budget vote")) == 0.0
    assert index.likeness(a).to(()) == 0.0
    assert index.likeness(()).to(()) == 0.0


def test_a_rare_word_in_common_counts_more_than_a_common_one():
    index = HeadlineIndex()
    for n in range(200):
        index.add(Line(tokens(f"shares rise in place{n}")))
    index.add(Line(tokens("Zephyrine shares fall")))
    rare = index.likeness(tokens("Zephyrine profit up")).to(tokens("Zephyrine loss"))
    common = index.likeness(tokens("Steel shares up")).to(tokens("Grain shares"))
    assert rare > 2 * common


def test_candidates_share_a_rare_word_and_are_bounded_in_number():
    index = HeadlineIndex()
    for n in range(1000):
        index.add(Line(tokens(f"shares rise place{n}")))
    wanted = Line(tokens("Zephyrine shares fall"))
    index.add(wanted)
    found = list(index.nearest(index.likeness(tokens("Zephyrine shares rise again"))))
    assert wanted in found and len(found) <= 24


def test_words_that_no_headline_has_do_not_use_up_the_probes():
    index = HeadlineIndex()
    wanted = Line(tokens("Zephyrine shares fall"))
    index.add(wanted)
    assert list(index.nearest(index.likeness(tokens("Zephyrine wins five new unseen strange odd words")))) == [wanted]
