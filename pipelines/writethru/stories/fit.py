"""How well the later of two articles fits as another version of the earlier one, by their headlines, ordinals and times. Pure.

A logistic model of few terms: what the words say, and what the step between the ordinals makes of it, since a first update follows its
base within hours under much the same headline, and a fifth need not. What competes shares one probability, with the chance that none of it
is right. The weights (`fit.json`) are made by `python -m tests.bench.train_stories`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from math import exp, log
from operator import mul
from typing import Final, NamedTuple

import orjson

from writethru.stories import keys
from writethru.stories.chain import Story, Version

ENOUGH: Final = 0.25
"""From here the later one joins the earlier one's story. Chosen for pair F1 on half of a month of Reuters headlines; the other half agrees
within a point."""

STEPS: Final = (
    "unmarked base",  # a correction or repeat without a number, of a plain item
    "unmarked later",  # the same, of what is itself a version
    "first",  # update 1 of a plain item; an update without a number
    "next",  # n = previous + 1
    "skipped",  # n > previous + 1
    "unopened",  # of a story that has neither base nor number
    "second",  # update 2 of a plain item
    "far",  # update 3 and on of a plain item
    "fixed",  # a correction or repeat of this very number
    "reached",  # the story has this number or a higher one
    "gathered",  # a roundup of what is none: it has no base, and takes in several stories
)
REACHED: Final = STEPS.index("reached")
GATHERED: Final = STEPS.index("gathered")
_FIXES: Final = frozenset({"correction", "refile", "repeat", "clarification"})
RECENT: Final = 40
"""So many of a story's versions are asked for their numbers."""
UNTIMED: Final = 1.5
"""Hours between two articles of which one has no time."""


class Words(NamedTuple):
    """What two headlines share. `alike` is the Dice coefficient of their words by weight; the others are weights, 1 being that of a word
    nobody has used: of the rarest shared word and the second rarest, of the shared first word, of a shared one among the first two."""

    alike: float
    rarest: float
    second: float
    opening: float
    near_opening: float


def step(story: Story, earlier: Version, later: Version) -> int:
    """Where the ordinal of `later` stands in the story up to its time: index into `STEPS`."""
    ordinal = later.ordinal
    if ordinal is None and later.action in _FIXES:
        return 0 if earlier.ordinal is None and earlier.action not in _FIXES else 1
    highest, based = -1, False
    lowest = keys.lowest(later.series, story.language)
    for version in (earlier, *story.versions[-RECENT:]):
        if version is later or version.at > later.at or version.role == "control":
            continue
        if version.ordinal is None:
            based = based or version.action not in _FIXES
            if based and lowest and version.action != "roundup" and later.series != keys.ROUNDUPS:
                highest = max(highest, lowest)
        elif ordinal is None or version.series == later.series:
            highest = max(highest, version.ordinal)
    if ordinal is None:
        return 2 if highest < 0 else 3
    if highest < 0 and later.series == keys.ROUNDUPS:
        return GATHERED
    if highest < 0:
        return (2 if ordinal <= 1 else 6 if ordinal == 2 else 7) if based else 5
    if ordinal > highest:
        return 3 if ordinal == highest + 1 else 4
    return 8 if ordinal == highest and later.action in _FIXES else REACHED


class Terms(NamedTuple):
    words: Words
    step: int
    hours: float
    retold: float
    """How much it is a retelling of an earlier candidate that fits too: 0 to 1."""
    same_mark: bool


def vector(terms: Terms) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """(what every step weighs alike, what each step weighs for itself): the numbers that weights are for."""
    words = terms.words
    time = log(terms.hours + 0.1)
    shared = (
        max(words.alike - 0.6, 0.0),
        max(words.alike - 0.8, 0.0),
        words.rarest,
        words.second,
        words.opening,
        words.near_opening,
        terms.retold,
        1.0 if terms.same_mark else 0.0,
    )
    return shared, (1.0, words.alike, time, time * time)


class Weights(NamedTuple):
    """`crowd` is for the logarithm of how many stories compete: where many have the words, they are the day's subject."""

    crowd: float
    shared: tuple[float, ...]
    steps: tuple[tuple[float, ...], ...]


def _shipped() -> Weights:
    read = orjson.loads(files("writethru.stories").joinpath("fit.json").read_bytes())
    return Weights(read["crowd"], tuple(read["shared"]), tuple(tuple(read["steps"][name]) for name in STEPS))


WEIGHTS: Final = _shipped()


def weight(terms: Terms) -> float:
    """How well it fits by itself: the logarithm of the odds against none of the candidates being right."""
    shared, own = vector(terms)
    fits: float = sum(map(mul, WEIGHTS.shared, shared)) + sum(map(mul, WEIGHTS.steps[terms.step], own))
    return fits


def likelihoods(weights: Sequence[float]) -> list[float]:
    """Of competing candidates, one a story: 0 to 1 each and in all."""
    crowd = WEIGHTS.crowd * log(len(weights)) if weights else 0.0
    odds = [exp(max(-40.0, min(40.0, weight + crowd))) for weight in weights]
    total = 1.0 + sum(odds)
    return [odd / total for odd in odds]
