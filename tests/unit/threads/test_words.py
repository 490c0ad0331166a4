"""What is kept of a sentence in each language that a wire comes in."""

# ruff: noqa: RUF001 - signs of several scripts that look alike are the point

from __future__ import annotations

import pytest

from writethru.threads.terms import encode, split, squeeze


def kept(text: str) -> list[str]:
    """The words that tell something, weekdays aside."""
    return [word for word in split(text) if encode(word) > 7]


def weekdays(text: str) -> list[int]:
    return [code for word in split(text) if 0 < (code := encode(word)) <= 7]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Harbour Board's $1,500.50 offer isn't final, it said.", ["Harbour", "Board", "150050", "offer", "final"]),
        ("Die Überschwemmung in Köln-Süd kostet 1.500 Euro.", ["Überschwemmung", "Köln", "Süd", "kostet", "1500", "Euro"]),
        ("L’accord d'Évian n’est pas signé à l'Élysée.", ["accord", "Évian", "signé", "Élysée"]),
        ("El alcalde Núñez anunció 3,5 millones para la región.", ["alcalde", "Núñez", "anunció", "35", "millones", "región"]),
        ("L’Italia aspetta una risposta dall’Ue, perché è tardi.", ["Italia", "aspetta", "risposta", "Ue", "perché", "tardi"]),
        ("A decisão do tribunal de Évora não é final.", ["decisão", "tribunal", "Évora", "final"]),
        ("Het kabinet in ’s-Gravenhage wil geen verkiezingen.", ["kabinet", "Gravenhage", "wil", "geen", "verkiezingen"]),
        ("Åklagaren väcker inte åtal mot färjan i Ystad.", ["Åklagaren", "väcker", "åtal", "färjan", "Ystad"]),
        ("Færgen til Ærø sejler ikke før foråret.", ["Færgen", "Ærø", "sejler", "før", "foråret"]),
        ("Regjeringen øker støtten til fiskerne på Værøy.", ["Regjeringen", "øker", "støtten", "fiskerne", "Værøy"]),
        ("Hallitus esittää Väinö Åströmiä ministeriksi.", ["Hallitus", "esittää", "Väinö", "Åströmiä", "ministeriksi"]),
        ("وأعلنت الحكومةُ عن اتفاقٍ بقيمة 3.5 مليارات", ["وأعلنت", "الحكومة", "اتفاق", "بقيمة", "35", "مليارات"]),
        ("한국은행은 기준금리를 3.50%로 동결", ["한국", "국은", "은행", "행은", "기준", "준금", "금리", "리를", "350", "동결"]),
        ("中国央行2024年降息ABC", ["中国", "国央", "央行", "2024", "年降", "降息", "ABC"]),
        ("東京都はコロナの感染者が１，２３４人と公表", ["東京", "京都", "コロナ", "感染", "染者", "1234", "公表"]),
    ],
)
def test_what_tells_something_is_kept(text: str, expected: list[str]) -> None:
    assert kept(text) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on Tuesday", 2),
        ("am Dienstag", 2),
        ("mardi soir", 2),
        ("el martes", 2),
        ("martedì sera", 2),
        ("op dinsdag", 2),
        ("på tisdagen", 2),
        ("tirsdag kveld", 2),
        ("tiistaina illalla", 2),
        ("يوم الثلاثاء", 2),
        ("화요일 오전", 2),
        ("火曜日の朝", 2),
        ("周二上午", 2),
        ("星期二上午", 2),
    ],
)
def test_a_weekday_is_told_in_every_language_but_portuguese(text: str, day: int) -> None:
    assert weekdays(text) == [day]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "Cafe\u0301"),
        ("１２３", "123"),
        ("ﾐｻｲﾙ", "ミサイル"),
        ("مُحَمَّد", "محمد"),
        ("القاهـــرة", "القاهرة"),
    ],
)
def test_one_word_written_two_ways_is_one_word(one: str, other: str) -> None:
    assert split(one) == split(other)
    assert squeeze(one) == squeeze(other)


@pytest.mark.parametrize(("one", "other"), [("الحكومة", "والحكومة"), ("الحكومة", "للحكومه"), ("أحمد", "احمد"), ("pilots", "pilot")])
def test_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert encode(one) == encode(other) > 7


def test_a_name_is_told_from_a_word_by_its_capital_alone() -> None:
    assert encode("Bank") == encode("bank") | 1
    assert encode("الحكومة") & 1 == 0


def test_vowel_signs_do_not_cut_a_word() -> None:
    assert split("हिन्दी समाचार") == ["हिन्दी", "समाचार"]
    assert split("ที่") == ["ที", "ี่"]


def test_a_squeezed_text_takes_a_byte_a_letter_and_two_a_character_that_says_more() -> None:
    assert squeeze("Ships, 41 of them!") == b"ships41ofthem"
    assert len(squeeze("Überführung")) == 11
    assert len(squeeze("Корабли")) == 7
    assert len(squeeze("السفن")) == 5
    assert len(squeeze("船舶离港")) == 8
    assert squeeze("---") == b""


def test_quotation_marks_leave_no_trace_in_a_squeezed_text() -> None:
    assert squeeze("“It’s over,” he said") == squeeze('"It\'s over," he said')
