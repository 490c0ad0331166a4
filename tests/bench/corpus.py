"""What the benches feed: Reuters-21578 once, then seeded variants of it, so that the volume is real text and no cheap duplicate.

A variant has a new id, a new time, another agency, other names and other numbers; every fourth is in German dress (the most frequent
words replaced). Without the collection beside the checkout the sample wire day is varied instead.
"""

from __future__ import annotations

import gzip
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from writethru.sources.rows import article_of_row

COLLECTION = Path(__file__).parents[3] / "shared/data/volume/reuters21578.jsonl.gz"
AGENCIES = ("Reuters", "Associated Press", "AFP", "dpa", "Yonhap", "Kyodo", "PA")
ENGLISH_WORDS = (
    "the of to and in said a for it its on with by from was is that at as be will an has would which were or are not had this but have year"
    " company were last up also one more about than after"
)
DRESSES = {
    "de": (
        "der von zu und in sagte ein für es sein auf mit durch aus war ist dass bei als sein wird ein hat würde welche waren oder sind"
        " nicht hatte dies aber haben Jahr Firma waren letzte auf auch eins mehr über als nach"
    ),
    "fr": (
        "le de à et en dit un pour il son sur avec par de était est que à comme être sera un a serait qui étaient ou sont pas avait ce mais"
        " ont année société étaient dernier haut aussi un plus environ que après"
    ),
    "es": (
        "el de a y en dijo un para lo su en con por de era es que en como ser será un ha sería que eran o son no tenía esto pero han año"
        " empresa eran último arriba también uno más unos que tras"
    ),
    "it": (
        "il di a e in detto un per lo suo su con da da era è che a come essere sarà un ha sarebbe che erano o sono non aveva questo ma"
        " hanno anno società erano ultimo su anche uno più circa che dopo"
    ),
    "nl": (
        "de van naar en in zei een voor het zijn op met door uit was is dat bij als zijn zal een heeft zou die waren of zijn niet had dit"
        " maar hebben jaar bedrijf waren laatste op ook een meer over dan na"
    ),
    "sv": (
        "den av till och i sade en för det sin på med genom från var är att vid som vara ska en har skulle som var eller är inte hade detta"
        " men har år bolag var sista upp också en mer om än efter"
    ),
}
"""The same words in the order of the English ones."""
WORDS = {language: dict(zip(ENGLISH_WORDS.split(), words.split(), strict=True)) for language, words in DRESSES.items()}
WORD = re.compile(r"[A-Za-z]+|\d+")
SYLLABLES = "bar cor den fel gar hol jin kel lor mar nor pel quin ras sol tar ul ver wen yor zan".split()


def rows(path: Path = COLLECTION) -> Iterator[dict[str, Any]]:
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            yield orjson.loads(line)


def payloads(count: int, path: Path = COLLECTION, seed: int = 1987) -> Iterator[tuple[bytes, bytes]]:
    """`count` (payload, key) pairs: the collection as it is, then its variants, round after round."""
    chosen = random.Random(seed)  # noqa: S311 - seeded variants, no secrets
    originals = list(rows(path))
    for n in range(count):
        row = originals[n % len(originals)]
        turn = n // len(originals)
        agency = AGENCIES[0] if turn == 0 else chosen.choice(AGENCIES)
        if turn:
            row = variant(row, turn, chosen, language="de" if chosen.random() < 0.25 else "en")
        row = {**row, "outlet": agency}
        payload = article_of_row(orjson.dumps(row), path.name)
        if payload is None:
            raise ValueError(f"{path}: row {n % len(originals) + 1} has no id and text")
        yield payload, agency.lower().replace(" ", "-").encode()


def variant(row: dict[str, Any], turn: int, chosen: random.Random, *, language: str = "en") -> dict[str, Any]:
    """The row as another story: names (capitalised words) and numbers replaced throughout, the same ones the same way, and the most
    frequent words by those of `language`."""
    names: dict[str, str] = {}
    dress = WORDS.get(language, {})

    def replaced(match: re.Match[str]) -> str:
        word = match[0]
        if word.isdigit():
            return names.setdefault(word, str(chosen.randrange(10 ** (len(word) - 1), 10 ** len(word))))
        if word.lower() in dress:
            return dress[word.lower()]
        if word[0].isupper() and len(word) > 3:
            if word not in names:
                made = "".join(chosen.choices(SYLLABLES, k=2 + (len(word) > 7)))
                names[word] = made.upper() if word.isupper() else made.capitalize()
            return names[word]
        return word

    day = 1 + (turn * 5 + int(str(row["ts"] or "1987-03-01")[8:10])) % 28
    return {
        **row,
        "id": f"{row['id']}-{turn}",
        "ts": row["ts"] and f"1987-{3 + turn:02d}-{day:02d}{row['ts'][10:]}",
        "title": WORD.sub(replaced, row["title"] or ""),
        "text": WORD.sub(replaced, row["text"] or ""),
        "dateline": "",
        "unknown": "",
        "lang": language,
    }
