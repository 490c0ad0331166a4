"""A headline with two sentences, and with the story, in fifteen languages: undeclared, declared right, declared wrong."""

# ruff: noqa: RUF001 - several scripts

from __future__ import annotations

import json
from pathlib import Path

import pytest

from writethru.wire.language import decide, detect

COPY: dict[str, list[str]] = json.loads(Path(__file__).with_name("ferry.json").read_text("utf-8"))
"""Language -> headline, short copy, the story below it."""
LANGUAGES = list(COPY)
NORDIC = {"sv", "no", "da"}
UNLATIN = ["ar", "ko", "zh", "ja", "ru", "el", "he", "th"]
LENGTHS = {"short": 2, "long": 3}
AGENCIES = [("en",), ("de", "en"), ("ko", "en"), ("zh", "en"), ("es",), ("sv",), ("fr", "en", "es")]


def copy(language: str, length: str) -> str:
    return " ".join(COPY[language][: LENGTHS[length]])


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_undeclared_copy_is_in_the_language_it_speaks_whoever_sends_it(language: str, length: str) -> None:
    for spoken_by in AGENCIES:
        if spoken_by == ("sv",) and language in NORDIC:
            continue
        assert decide(None, copy(language, length), [], spoken_by) == language


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_declared_right_stays(language: str, length: str) -> None:
    warnings: list[str] = []
    assert decide(language, copy(language, length), warnings, ("en",)) == language
    assert warnings == []


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("declared", [*LANGUAGES, "pl", "ru", "el", "he", "th"])
def test_a_language_declared_wrong_gives_way_with_a_warning(declared: str, length: str) -> None:
    for language in LANGUAGES:
        if language == declared or {language, declared} <= NORDIC:
            continue
        warnings: list[str] = []
        assert (decide(declared, copy(language, length), warnings, ("en",)), warnings) == (language, [f"language_declared:{declared}"])


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("declared", [*sorted(NORDIC), "nb", "nn", "nb-NO"])
def test_a_nordic_language_holds_against_its_neighbours(declared: str, length: str) -> None:
    for language in NORDIC:
        assert decide(declared, copy(language, length), []) == declared


@pytest.mark.parametrize("declared", UNLATIN)
def test_an_english_headline_is_in_no_language_of_another_script(declared: str) -> None:
    warnings: list[str] = []
    assert decide(declared, COPY["en"][0], warnings, ("ko", "en")) == "en"
    assert warnings == [f"language_declared:{declared}"]


@pytest.mark.parametrize("declared", ["en", "de", "sv", "pl", "ru"])
@pytest.mark.parametrize("language", ["ko", "ja", "zh", "ar"])
def test_a_headline_of_another_script_is_in_no_language_of_latin_letters(language: str, declared: str) -> None:
    assert decide(declared, COPY[language][0], []) == language


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("ko", "KOSPI 2,512.40 +0.4%"),
        ("ko", "KT, LG U+, SKT"),
        ("ko", "LG Energy Solution, SK On, Samsung SDI 3사 배터리 공장 증설 발표"),
        ("ja", "東京株式市場 日経平均終値"),
        ("zh", "广州港口“の”餐厅本周二重新开业，老板说港口区的客人还会回来"),
        ("uk", "Влада порту повідомила"),
        ("fa", "مقام‌های بندر اعلام کردند"),
        ("sr", "Vlasti luke su u utorak saopštile da popravka počinje posle zime i da grad za to neće platiti"),
        ("hr", "Lučka uprava u utorak je objavila da popravak počinje nakon zime i da grad za to neće platiti"),
        ("en", "Shr 24 cts vs 12 cts Net 1,204,000 vs 803,000 Revs 24.2 mln vs 20.1 mln Nine mths Shr 61 cts vs 40 cts"),
        ("fr", "Karlsholm - Osterby 3-1; Valdorra - Nordhavn 0-0; Lindenau - Weststadt 2-2; Solberg - Eidfjord 1-4"),
    ],
)  # fmt: skip
def test_what_says_too_little_leaves_the_declared_language(declared: str, text: str) -> None:
    warnings: list[str] = []
    assert decide(declared, text, warnings, ("en",)) == declared
    assert warnings == []


def test_a_kana_in_a_shop_s_name_makes_no_japanese() -> None:
    assert detect(COPY["zh"][2] + "“優の良品”") == "zh"


def test_shared_little_words_make_no_spanish() -> None:
    assert decide("es", copy("fr", "long"), []) == "fr"
    assert decide("fr", copy("es", "long"), []) == "es"
