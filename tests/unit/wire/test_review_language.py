"""A language declared on copy in another."""

from __future__ import annotations

import pytest

SPOKEN = [
    ("en", "The council of the town met on Thursday to talk about the harbor and the ferries, and the mayor said that it will not be "
     "closed before the end of this year, because many people live by it."),
    ("de", "Der Rat der Stadt hat am Donnerstag über den Hafen und die Fähren gesprochen. Der Bürgermeister sagte, der Betrieb werde "
     "nicht vor dem Ende des Jahres eingestellt, weil viele Menschen davon leben."),
    ("ar", "اجتمع مجلس المدينة يوم الخميس للحديث عن الميناء والعبارات وقال رئيس البلدية إن "
     "الميناء لن يغلق قبل نهاية العام لأن كثيرا من الناس يعيشون منه"),
    ("ko", "시의회는 목요일 항구와 여객선에 대해 논의했으며 시장은 많은 주민이 항구에 기대어 살고 있어 연말 전에는 폐쇄하지 "
     "않겠다고 말했다."),
    ("ja", "市議会は木曜日に港とフェリーについて話し合い、市長は多くの住民が港で生計を立てているため年末まで閉鎖しないと述べた。"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "body"), SPOKEN, ids=[row[0] for row in SPOKEN])
def test_copy_plainly_in_another_language_than_declared_is_in_that(article, language, body):
    read = article(headline="x", body=body, language="it", format="x")
    assert read.article["language"] == language
    assert "language_declared:it" in read.provenance.warnings


@pytest.mark.parametrize(("language", "body"), SPOKEN, ids=[row[0] for row in SPOKEN])
def test_copy_in_the_language_declared_is_left_alone(article, language, body):
    read = article(headline="x", body=body, language=language, format="x")
    assert read.article["language"] == language
    assert not [warning for warning in read.provenance.warnings if warning.startswith("language_")]


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ("nb", "Fergen ligger til kai i Harwick, og ingen ble skadd da den gikk på grunn torsdag kveld, sier politiet."),
        ("da", "Færgen ligger ved kajen i Harwick, og ingen kom til skade, da den gik på grund torsdag aften, siger politiet."),
        ("pt", "O barco está no cais de Harwick e ninguém ficou ferido."),
        ("it", "Harwick, Lund 3, Kobe 2, Lirian 1"),
        ("it", "Il ministro ha citato la frase “the harbor will not be closed”, scritta da un lettore."),
        ("en", "Борис Vik, the mayor of Harwick, is known as Борис in the town."),
    ],
)
def test_short_copy_keeps_the_language_declared(article, declared, body):
    assert article(headline="x", body=body, language=declared, format="x").article["language"] == declared
