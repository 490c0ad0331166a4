"""Which language a text is published and threaded in."""

# ruff: noqa: RUF001 - several scripts

from __future__ import annotations

import pytest

from writethru.wire.language import decide, detect

ENGLISH = (
    "The harbour board said on Tuesday that it will pay for the repair of the quays and that the work is to begin after the winter, "
    "which will be the first for many years."
)
TEXTS = {
    "en": ENGLISH,
    "de": "Die Hafenbehörde teilte am Dienstag mit, dass sie die Kaimauern nach dem Winter ausbessern und für die Arbeit bezahlen wird.",
    "fr": "Le port a annoncé mardi que les travaux sur les quais débuteront après l'hiver et que la ville ne paiera pas pour eux.",
    "es": "El puerto anunció el martes que las obras en los muelles empezarán después del invierno y que la ciudad no pagará por ellas.",
    "it": "Il porto ha annunciato martedì che i lavori alle banchine cominceranno dopo l'inverno e che la città non pagherà per essi.",
    "pt": "O porto anunciou na terça-feira que as obras no cais começam depois do inverno e que a cidade não paga por elas.",
    "nl": "De haven heeft dinsdag laten weten dat het werk aan de kades na de winter begint en dat de stad er niet voor betaalt.",
    "sv": "Hamnen meddelade på tisdagen att arbetet med kajerna börjar efter vintern och att staden inte ska betala för det.",
    "fi": "Satama kertoi tiistaina, että laitureiden korjaus alkaa talven jälkeen ja että kaupunki ei maksa siitä mutta se on mukana.",
    "ar": "أعلن الميناء يوم الثلاثاء أن العمل في الأرصفة سيبدأ بعد الشتاء وأن المدينة لن تدفع تكاليفه.",
    "ko": "항만 당국은 화요일 부두 보수 공사가 겨울 이후에 시작될 것이라고 밝혔다.",
    "ja": "港湾当局は火曜日、岸壁の補修工事を冬の後に始めると発表した。",
    "zh": "港务局周二宣布，码头维修工程将在冬季之后开始，费用不由市政府承担。",
    "ru": "Власти порта сообщили во вторник, что ремонт причалов начнётся после зимы и что город за него платить не будет.",
    "uk": "Влада порту повідомила у вівторок, що ремонт причалів розпочнеться після зими і що місто за нього не платитиме.",
    "fa": "مقام‌های بندر روز سه‌شنبه اعلام کردند که تعمیر اسکله‌ها پس از زمستان آغاز می‌شود و شهر هزینه‌ای نمی‌پردازد.",
    "pl": "Zarząd portu poinformował we wtorek, że naprawa nabrzeży rozpocznie się po zimie i że miasto za nią nie zapłaci.",
    "tr": "Liman idaresi salı günü rıhtım onarımının kıştan sonra başlayacağını ve şehrin bunun için ödeme yapmayacağını açıkladı.",
    "hu": "A kikötő kedden közölte, hogy a rakpartok javítása a tél után kezdődik, és hogy a város nem fizet érte.",
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_an_undeclared_language_is_told_from_the_text(language: str, text: str) -> None:
    warnings: list[str] = []
    assert decide(None, text, warnings) == language
    assert warnings == []


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_a_declared_language_that_is_right_is_kept(language: str, text: str) -> None:
    warnings: list[str] = []
    assert decide(language, text, warnings) == language
    assert warnings == []


@pytest.mark.parametrize("declared", ["it", "pl", "zh-Hans", "tr"])
def test_english_copy_declared_as_something_else_is_english(declared: str) -> None:
    warnings: list[str] = []
    assert decide(declared, ENGLISH, warnings) == "en"
    assert warnings == [f"language_declared:{declared}"]


def test_catalan_is_not_taken_for_spanish() -> None:
    text = (
        "El port ha anunciat dimarts que les obres de la moll començaran el dia que se sàpiga al govern, en una data com la de sus, "
        "ha dit el president del port, i que la ciutat no pagarà per un any."
    )
    assert decide("ca", text, []) == "ca"


@pytest.mark.parametrize("text", ["", "41", "VALDORRA 3-1 OSTERBY", "COFFEE MAR 17 BAGS 342,000 VS 351,000"])
def test_a_text_too_short_to_tell_has_no_language(text: str) -> None:
    assert decide(None, text, []) is None
    assert detect(text) is None


def test_an_agency_that_writes_one_language_is_asked_before_the_letters() -> None:
    warnings: list[str] = []
    assert decide(None, "Krönt, drapierad i sidenband. Skål, bröder! Långt bort simma gäss.", warnings, ("sv",)) == "sv"
    assert warnings == ["language_assumed:sv"]
