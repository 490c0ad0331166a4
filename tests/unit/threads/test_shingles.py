"""Runs of text in common, and finding who has them, without threads around it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import pytest
from copy_desk import OTHER_WORDS, REPORT, REWRITE, UNRELATED
from helpers import HOUR, START, Run, article, digest, pair

from writethru.threads import ThreadSettings
from writethru.threads.copies import Copies
from writethru.threads.decide import RELATIONS, relations
from writethru.threads.rings import Filing
from writethru.threads.shingles import Runs, Sketch, containments, sketches
from writethru.threads.terms import squeeze

LONG = " ".join([REPORT, OTHER_WORDS, UNRELATED])


def sketch(text: str) -> Sketch:
    (found,) = sketches([squeeze(text)], 64, 24)
    return found


def share(one: str, other: str) -> float:
    (found,), _ = containments(Runs.of([sketch(one)]), np.zeros(1, np.int64), Runs.of([sketch(other)]))
    return float(found)


def found_by(text: str, *filed: str) -> list[int]:
    """Of texts filed under 1, 2, 3 … those that are proposed for another one."""
    copies = Copies()
    for number, one in enumerate(filed, 1):
        file(copies, number, sketch(one))
    return near(copies, len(filed) + 1, sketch(text))


def file(copies: Copies, first: int, *texts: Sketch) -> None:
    copies.file(_filing(copies, first, texts))


def near(copies: Copies, number: int, text: Sketch) -> list[int]:
    nothing = _filing(copies, number, [sketch("")])
    (found,) = copies.near(text.hashes, np.array([len(text.hashes)]), np.array([number]), 8, nothing)
    return found


def _filing(copies: Copies, first: int, texts: Sequence[Sketch]) -> Filing:
    sizes = np.array([len(text.hashes) for text in texts])
    return copies.filing(np.concatenate([text.hashes for text in texts]), sizes, first + np.arange(len(texts)))


def misread(text: str, rate: float) -> str:
    """As a scanner would: one letter in so many is another."""
    chance = random.Random(rate)  # noqa: S311
    return "".join(chance.choice("aeiounrst") if chance.random() < rate else letter for letter in text)


def filler(number: int) -> str:
    """Some 600 letters that no other text has in this order."""
    chance = random.Random(number)  # noqa: S311
    return " ".join("".join(chance.choices("abdegiklmnoprstuv", k=6)) for _ in range(100))


def test_a_cut_copy_is_contained_whole() -> None:
    assert share(LONG[:300], LONG) == 1.0
    assert share(LONG, LONG[:300]) == 1.0


def test_line_ends_capitals_and_quotation_marks_cost_nothing() -> None:
    assert share(REPORT.upper().replace(", ", ",\n\n"), REPORT) == 1.0


def test_a_rewrite_shares_some_runs_and_an_unrelated_text_none() -> None:
    assert 0.2 < share(REWRITE, REPORT) < 0.6
    assert share(UNRELATED, REPORT) == 0.0


def test_one_letter_in_forty_misread_leaves_most_runs() -> None:
    assert share(misread(REPORT, 1 / 40), REPORT) > 0.55


@pytest.mark.parametrize("text", ["Корабли снова выходят из гавани после забастовки лоцманов", "السفن تغادر الميناء بعد إضراب المرشدين"])
def test_runs_are_as_long_in_other_alphabets(text: str) -> None:
    assert len(sketch(text).hashes) == len(squeeze(text)) - 11


@pytest.mark.parametrize(
    ("runs", "words", "numbers", "shared", "expected"),
    [
        (0.7, 0.9, 5, 5, "copy:shingles"),
        (0.62, 0.9, 2, 0, "copy:shingles"),
        (0.5, 0.75, 2, 0, "copy:misread"),
        (0.5, 0.8, 2, 0, "derivation:shingles"),
        (0.57, 0.85, 2, 2, "derivation:shingles"),
        (0.36, 0.6, 2, 2, "derivation:shingles"),
        (0.7, 0.9, 5, 3, "derivation:shingles"),
        (0.4, 0.55, 4, 4, "copy:misread"),
        (0.4, 0.55, 4, 2, "derivation:shingles"),
        (0.4, 0.7, 4, 4, "derivation:shingles"),
        (0.3, 0.3, 0, 0, "derivation:shingles"),
        (0.1, 0.1, 0, 0, "event:terms"),
    ],
)
def test_a_copy_keeps_its_runs_or_no_more_words_than_runs_and_its_numbers(
    runs: float, words: float, numbers: int, shared: int, expected: str
) -> None:
    (found,) = relations(pair(numbers=numbers, numbers_shared=shared, common=words, runs=runs), ThreadSettings())
    assert RELATIONS[found][1] == expected


def test_a_text_shorter_than_a_shingle_has_none() -> None:
    assert len(sketch("Ships sail").hashes) == 0
    assert share("Ships sail", REPORT) == 0.0


def test_a_copy_is_found_among_others() -> None:
    assert found_by(REPORT, UNRELATED, REPORT, OTHER_WORDS) == [2]


@pytest.mark.parametrize("copy", [LONG[:250], LONG[500:760], "From our wires. " + misread(LONG, 1 / 40)[:700], LONG + UNRELATED])
def test_a_cut_a_misread_and_a_longer_copy_are_found(copy: str) -> None:
    assert found_by(copy, UNRELATED[:100], LONG)[0] == 2


def test_the_one_with_most_in_common_comes_first_and_the_newest_of_equals() -> None:
    assert found_by(REPORT, REPORT, REPORT[:200], REPORT) == [3, 1, 2]


def test_an_alert_is_found_by_its_own_few_runs() -> None:
    alert = "Quillhaven pilots vote to end walkout - union"
    assert found_by(alert, REPORT, alert, UNRELATED) == [2]


def test_nothing_is_proposed_to_a_text_without_shingles() -> None:
    assert found_by("", REPORT) == []
    assert found_by(REPORT, "", "") == []


def test_three_thousand_texts_later_a_copy_is_still_found_and_little_else() -> None:
    copies = Copies()
    file(copies, 1, sketch(REPORT))
    others = sketches([squeeze(filler(number)) for number in range(3_000)], 64, 24)
    for start in range(0, 3_000, 100):
        file(copies, 2 + start, *others[start : start + 100])
    assert near(copies, 3_002, sketch(REPORT))[0] == 1
    assert near(copies, 3_002, sketch(UNRELATED)) == []


def test_numbers_beyond_what_a_cell_holds_are_told_right() -> None:
    copies = Copies()
    number = (1 << 22) + 5
    file(copies, number, sketch(REPORT))
    assert near(copies, number + 100, sketch(REPORT)) == [number]


def test_of_two_originals_the_one_with_most_runs_in_common_is_followed() -> None:
    run = Run()
    run.feed(article("report", REPORT, time=START), article("other", UNRELATED, time=START))
    run.feed(article("both", f"{REPORT[:520]} {UNRELATED}", time=START + HOUR))
    found = run.placed[digest("both")].thread
    assert found is not None
    assert (found.relation, found.of) == ("copy", digest("other"))
