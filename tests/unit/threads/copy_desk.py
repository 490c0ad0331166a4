"""Invented wire copy: about forty invented events, each told by several agencies in words of their own."""

from __future__ import annotations

import random

from helpers import HOUR, START, article

from writethru.records import Article

_PLACES = "Valdorra Kestrelmoor Osterby Tamarind Quillhaven Brindale Norrfjord Castellane Meridew Parthia".split()
_PEOPLE = "Ansgar Belloc,Mirela Tovan,Odile Karsten,Ruben Achterberg,Ilse Morgana,Tadeo Quirke,Sunniva Dahl,Piers Lanternby".split(",")
_KINDS = {
    "fire": "blaze warehouse firefighters flames smoke crews evacuated residents roof dawn".split(),
    "strike": "dockers walkout union wages harbour cranes talks mediators shift ballot".split(),
    "flood": "river embankment rainfall rescuers boats villages sandbags reservoir overflow shelters".split(),
    "merger": "shares bid takeover board shareholders premium regulators brewery stake offer".split(),
    "trial": "court verdict jury prosecutors appeal bribery testimony judge defendant sentence".split(),
}
_GENERAL = "government people city officials plan morning local national company public state work".split()


def event(number: int) -> tuple[list[str], str]:
    """The words that only this event has, and its kind."""
    chance = random.Random(f"event {number}")  # noqa: S311
    syllables = ["ka", "ro", "mi", "ten", "vul", "sar", "od", "pel", "quin", "bra", "lo", "dri", "fen", "mar", "tis"]
    names = ["".join(chance.choice(syllables) for _ in range(3)).capitalize() for _ in range(6)]
    names += [str(chance.randint(20, 9_000)) for _ in range(3)]
    return [*names, chance.choice(_PLACES), chance.choice(_PEOPLE)], chance.choice(sorted(_KINDS))


def item(number: int, teller: int) -> Article:
    """One agency's story of one event, in its own words and order, within hours."""
    names, kind = event(number)
    chance = random.Random(f"item {number} {teller}")  # noqa: S311
    sentences = []
    for _ in range(8):
        words = chance.sample(names, 4) + chance.sample(_KINDS[kind], 4) + chance.sample(_GENERAL, 5)
        chance.shuffle(words)
        sentences.append(" ".join(words) + ".")
    headline = " ".join(chance.sample(names[:6], 3) + chance.sample(_KINDS[kind], 3))
    time = START + number * HOUR // 2 + teller * HOUR // 3
    return article(f"{number}/{teller}", " ".join(sentences), headline, agency=f"agency{teller}", time=time)


def wire_day(events: int = 40, tellers: int = 5) -> list[Article]:
    """`events * tellers` items in order of time."""
    day = [item(number, teller) for number in range(events) for teller in range(tellers)]
    return sorted(day, key=lambda a: (a.time or 0, a.id))


REPORT = (
    "Harbour pilots at Quillhaven voted on Tuesday to end a nine-day walkout that had left 41 freighters at anchor, the port authority "
    "said. The pilots accepted a pay rise of 6.2 percent and two extra rest days after mediators led by former judge Odile Karsten "
    "worked through the night. Ships began moving before dawn, the harbour master said, and the backlog should clear by the weekend. "
    "Shippers put the cost of the dispute at 130 million crowns. The union said the agreement would be reviewed in 18 months and that "
    "no member would be disciplined for taking part. Grain exporters, who had warned of spoiled cargoes, welcomed the settlement."
)
REWRITE = (
    "Freighters are sailing from Quillhaven again. Harbour pilots at Quillhaven voted on Tuesday to end a nine-day walkout that had left "
    "41 freighters at anchor, after negotiations that lasted all night under Odile Karsten, once a judge. They get 6.2 percent more pay. "
    "Exporters of grain sounded relieved yesterday, having spoken of rotting cargo for a week. Ships began moving before dawn, the "
    "harbour master said. Nobody who stopped work faces punishment, according to union leaders, who expect to look at the deal again in "
    "18 months. Costs ran to 130 million crowns, shippers believe."
)
OTHER_WORDS = (
    "The pilots' dispute in Quillhaven is over: crews of 41 waiting ships heard on Tuesday that guides would board them once more. A "
    "night session chaired by Odile Karsten produced 6.2 percent and additional leave. Quillhaven lost 130 million crowns through the "
    "stoppage, freight firms estimate, while pilots call the outcome a success and traders hurry grain towards the quays."
)
UNRELATED = (
    "A seed vault on the island of Norrfjord opened its doors to visitors for the first time on Friday. Curators showed 3,400 varieties "
    "of barley and rye gathered since 1951 and said the collection would double before the end of the decade. Schoolchildren planted "
    "an orchard beside the entrance while a brass band played in the rain, and the museum's director thanked 77 volunteers by name."
)
