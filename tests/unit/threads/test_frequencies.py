from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from writethru.threads import frequencies
from writethru.threads.frequencies import TIDE, Frequencies, background
from writethru.threads.shingles import Sketch
from writethru.threads.terms import Terms, encode, split

FOLDER = Path(frequencies.__file__).with_name("background")
NO_SHINGLES = Sketch(np.empty(0, np.uint32), True)


def terms(*words: str) -> Terms:
    return np.array(sorted(encode(word) >> 8 for word in words), np.uint32)


def count(language: str, word: str) -> int:
    """Of a hundred texts, rounded."""
    return counted(Frequencies(100, language), terms(word))[0]


def counted(found: Frequencies, words: Terms) -> list[int]:
    counts: list[int] = found.counts(words, np.zeros(len(words), np.int64)).tolist()
    return counts


def test_a_language_without_a_source_starts_from_none() -> None:
    unknown = Frequencies(30, "xx")
    assert (unknown.texts, counted(unknown, terms("government", "harbour"))) == (30, [0, 0])


@pytest.mark.parametrize("language", ["und", "../words", ""])
def test_what_is_no_language_has_no_source(language: str) -> None:
    assert background(language) is None


def test_common_words_of_english_are_common_before_the_first_article() -> None:
    assert Frequencies(30, "en").texts == 30
    assert count("en", "people") > count("en", "government") >= 1
    assert count("en", "quillhaven") == 0


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("ar", "الحكومة"),
        ("da", "regeringen"),
        ("de", "Regierung"),
        ("es", "gobierno"),
        ("fi", "hallitus"),
        ("fr", "gouvernement"),
        ("it", "governo"),
        ("ja", "政府"),
        ("ko", "정부"),
        ("nl", "regering"),
        ("no", "regjeringen"),
        ("nn", "regjeringen"),
        ("pt", "governo"),
        ("sv", "regeringen"),
        ("zh", "政府"),
    ],
)
def test_the_government_is_known_in_every_language_with_a_source(language: str, word: str) -> None:
    assert split(word) == [word]
    assert count(language, word) >= 1


def test_a_live_text_counts_beside_the_background_and_goes_again() -> None:
    found, words = Frequencies(30, "en"), terms("government", "quillhaven")
    before = counted(found, words)
    found.add(1, words, NO_SHINGLES)
    assert counted(found, words) == [before[0] + 1, before[1] + 1]
    found.remove(1, words, NO_SHINGLES, True)
    assert (counted(found, words), found.texts) == (before, 30)


def test_a_text_of_a_round_counts_for_those_behind_it() -> None:
    words, owners = np.concatenate([terms("quillhaven"), terms("quillhaven"), terms("quillhaven")]), np.arange(3)
    assert Frequencies(30, "en").counts(words, owners).tolist() == [0, 1, 2]


def test_what_tells_nothing_new_counts_until_its_tide_turns() -> None:
    found, words = Frequencies(30, "en"), terms("quillhaven")
    found.turn(1, lambda number: False)
    found.add(1, words, NO_SHINGLES)
    found.add(2, words, NO_SHINGLES)
    found.turn(TIDE, lambda number: number == 2)
    assert (counted(found, words), found.texts) == ([2], 32)
    found.turn(TIDE + 1, lambda number: number == 2)
    assert (counted(found, words), found.texts) == ([1], 31)


def test_two_indexes_of_a_language_do_not_share_their_counts() -> None:
    Frequencies(30, "en").add(1, terms("quillhaven"), NO_SHINGLES)
    assert count("en", "quillhaven") == 0


def test_a_count_follows_from_the_uses_in_a_million() -> None:
    line = next(line for line in (FOLDER / "en.txt").read_text("utf-8").splitlines()[1:] if "hospital" in line.split())
    uses = float(line.split()[0]) + sum(
        float(other.split()[0]) for other in (FOLDER / "en.txt").read_text("utf-8").splitlines()[1:] if "hospitals" in other.split()
    )
    assert counted(Frequencies(10_000, "en"), terms("hospital"))[0] == pytest.approx(10_000 * (1 - math.exp(-uses * 100 / 1e6)), abs=1)


def test_source_and_licence_stand_beside_the_data_and_all_is_small() -> None:
    sizes = {path.name: path.stat().st_size for path in FOLDER.iterdir()}
    assert sum(sizes.values()) < 200_000
    assert "CC BY-SA 4.0" in (FOLDER / "en.txt").read_text("utf-8").splitlines()[0]
    assert "Attribution-ShareAlike 4.0" in (FOLDER / "CREDITS.md").read_text("utf-8")
