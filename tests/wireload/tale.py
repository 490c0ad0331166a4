"""Invented events and how one sender tells them: facts that tell one event from all others, and sentences made of them.

The phrases of all languages stand in one order, so that a fact keeps its number whatever the language. An event has a few phrases and a
dozen names and numbers of its own: two events share little, two tellers of one event share the facts and not the words.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_LATIN = (
    "bar cor den fel gar hol jin kel lor mar nor pel quin ras sol tar ul ver wen yor zan bri dos eth fru gim hav isk jor kip lum mek nas "
    "osk plo rud sti tev vos wim"
).split()
_HANGUL = list("가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토")


@dataclass(frozen=True, slots=True)
class Lexicon:
    things: list[str]
    preds: list[str]
    adjuncts: list[str]
    roles: list[str]
    says: list[str]
    frames: list[str]
    heads: list[str]
    ledes: list[str]
    days: list[str]


@cache
def lexica() -> dict[str, Lexicon]:
    """By language."""
    with Path(__file__).with_name("lexicon.toml").open("rb") as file:
        return {language: Lexicon(**entry) for language, entry in tomllib.load(file).items()}


Name = tuple[int, ...]
"""The numbers of its syllables."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened. All but names and numbers are places in the lists of a `Lexicon`."""

    number: int
    places: tuple[Name, ...]
    people: tuple[tuple[Name, Name], ...]
    orgs: tuple[Name, ...]
    numbers: tuple[int, ...]
    things: tuple[int, ...]
    preds: tuple[int, ...]
    adjuncts: tuple[int, ...]
    roles: tuple[int, ...]
    day: int


@dataclass(frozen=True, slots=True)
class Tale:
    """One telling: a headline, and more paragraphs than its first version has. The place is as a dateline has it, the slug two words."""

    headline: str
    paragraphs: tuple[str, ...]
    place: str
    reporter: str
    slug: str


def happen(number: int, day: int, chosen: Random) -> Event:
    """Event `number`, on weekday `day` (0 = Monday)."""

    def name(syllables: int) -> Name:
        return tuple(chosen.choices(range(len(_LATIN)), k=syllables))

    return Event(
        number=number,
        places=(name(3), name(3)),
        people=tuple((name(2), name(3)) for _ in range(4)),
        orgs=(name(3), name(3)),
        numbers=tuple(chosen.sample(range(3, 9000), 8)),
        things=tuple(chosen.sample(range(24), 4)),
        preds=tuple(chosen.sample(range(20), 7)),
        adjuncts=tuple(chosen.sample(range(12), 5)),
        roles=tuple(chosen.choices(range(8), k=4)),
        day=day,
    )


def spelled(name: Name, language: str) -> str:
    if language == "ko":
        return "".join(_HANGUL[syllable] for syllable in name)
    return "".join(_LATIN[syllable] for syllable in name).capitalize()


def tell(event: Event, language: str, chosen: Random) -> Tale:
    """The event in the words of one sender, 2 to 4 KB long."""
    return _Teller(event, language, chosen).tale()


class _Teller:
    def __init__(self, event: Event, language: str, chosen: Random) -> None:
        words = lexica()[language]
        self.event, self.words, self.chosen = event, words, chosen
        self.gap = "" if language == "ko" else " "
        self.places = [spelled(name, language) for name in event.places]
        self.people = [f"{spelled(first, language)}{self.gap}{spelled(last, language)}" for first, last in event.people]
        self.orgs = [spelled(name, language) for name in event.orgs]
        self.reporter = self.people[-1] if language == "ko" else "{} {}".format(*chosen.sample(self.places + self.orgs, 2))
        self.things = [words.things[at] for at in event.things]
        self.preds = [words.preds[at] for at in event.preds]
        self.adjuncts = [words.adjuncts[at] for at in event.adjuncts]
        self.sources = [f"{words.roles[role]} {person}" for role, person in zip(event.roles, self.people, strict=True)] + self.orgs
        self.slug = " ".join(spelled(name, "en") for name in (event.places[0], event.orgs[0]))

    def tale(self) -> Tale:
        opening = self.filled(self.chosen.choice(self.words.ledes), first=True)
        paragraphs = [opening]
        for _ in range(self.chosen.randint(15, 20)):
            count = self.chosen.choice((1, 2, 2, 3))
            paragraphs.append(" ".join(self.filled(self.chosen.choice(self.words.frames)) for _ in range(count)))
        headline = self.filled(self.chosen.choice(self.words.heads), first=True)
        return Tale(headline, tuple(paragraphs), self.places[0], self.reporter, self.slug)

    def filled(self, frame: str, *, first: bool = False) -> str:
        """The frame with the event's facts; `first`: those that the event is known by."""
        pick = self.chosen.choice
        facts = {
            "place": self.places[0] if first else pick(self.places),
            "name": pick(self.people),
            "org": pick(self.orgs),
            "n": self.event.numbers[0] if first else pick(self.event.numbers),
            "day": self.words.days[self.event.day],
        }
        sentence = frame.format(
            t=self.things[0] if first else pick(self.things),
            p=(self.preds[0] if first else pick(self.preds)).format(**facts),
            a=pick(self.adjuncts).format(**facts),
            t2=pick(self.things),
            p2=pick(self.preds).format(**(facts | {"n": pick(self.event.numbers)})),
            w=pick(self.sources),
            s=pick(self.words.says),
            **facts,
        )
        start = next(at for at, letter in enumerate(sentence) if letter.isalnum())
        return sentence[:start] + sentence[start].upper() + sentence[start + 1 :]
