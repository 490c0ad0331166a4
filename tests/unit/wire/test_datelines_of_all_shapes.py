"""Datelines as the agencies of many countries print them, and first sentences that only look like one."""

# ruff: noqa: RUF001 - several scripts

from __future__ import annotations

import pytest

from writethru.wire import dateline

SENTENCES = (
    "A ponte reabriu.",
    "A town celebrates.",
    "Broen er åben.",
    "Broen er åpen.",
    "Bron är öppen.",
    "De brug is open.",
    "Die Brücke ist offen.",
    "El puente reabrió.",
    "Il ponte ha riaperto.",
    "Le pont a rouvert.",
    "Most je otevřen.",
    "Most jest otwarty.",
    "Silta on auki.",
    "The bridge reopened.",
    "فتح الجسر.",
    "大桥开通。",
    "橋が開通した。",
    "다리가 열렸다.",
)
DATELINES = [
    # copy, place, signature, (year, month, day)
    ("ROSCOE, South Dakota (AP) — The bridge reopened.", "ROSCOE, South Dakota", "AP", None),
    ("YANGYANG, South Korea, March 11 (Yonhap) -- The bridge reopened.", "YANGYANG, South Korea", "Yonhap", (None, 3, 11)),
    ("SEOUL/WASHINGTON, March 11 (Yonhap) -- The bridge reopened.", "SEOUL/WASHINGTON", "Yonhap", (None, 3, 11)),
    ("LONDON/PARIS/BERLIN, April 2 (Reuters) - The bridge reopened.", "LONDON/PARIS/BERLIN", "Reuters", (None, 4, 2)),
    ("KYIV and LVIV, Ukraine (AP) — The bridge reopened.", "KYIV and LVIV, Ukraine", "AP", None),
    ("JERUSALEM/CAIRO, April 2, 2026 (Reuters) - The bridge reopened.", "JERUSALEM/CAIRO", "Reuters", (2026, 4, 2)),
    ("ABOARD AIR FORCE ONE (AP) — The bridge reopened.", "ABOARD AIR FORCE ONE", "AP", None),
    ("ABOARD AIR FORCE ONE, March 3 (Reuters) - The bridge reopened.", "ABOARD AIR FORCE ONE", "Reuters", (None, 3, 3)),
    ("Aboard the papal plane (AFP) - The bridge reopened.", "Aboard the papal plane", "AFP", None),
    ("ABOARD THE USS CARL VINSON (AP) — The bridge reopened.", "ABOARD THE USS CARL VINSON", "AP", None),
    ("ON THE TURKEY-SYRIA BORDER (AP) — The bridge reopened.", "ON THE TURKEY-SYRIA BORDER", "AP", None),
    (
        "ON THE POLISH-BELARUSIAN BORDER, Nov 9 (Reuters) - The bridge reopened.",
        "ON THE POLISH-BELARUSIAN BORDER",
        "Reuters",
        (None, 11, 9),
    ),
    ("NEAR BAKHMUT, Ukraine, March 3 (Reuters) - The bridge reopened.", "NEAR BAKHMUT, Ukraine", "Reuters", (None, 3, 3)),
    ("UNITED NATIONS (AP) — The bridge reopened.", "UNITED NATIONS", "AP", None),
    ("UNITED NATIONS, Sept. 23 (Xinhua) -- The bridge reopened.", "UNITED NATIONS", "Xinhua", (None, 9, 23)),
    ("PARIS, 11 mars (AFP) - Le pont a rouvert.", "PARIS", "AFP", (None, 3, 11)),
    ("Paris, 11 mars 2026 (AFP) - Le pont a rouvert.", "Paris", "AFP", (2026, 3, 11)),
    ("La Roche-sur-Yon (AFP) - Le pont a rouvert.", "La Roche-sur-Yon", "AFP", None),
    ("Saint-Rambert-en-Bugey (France), 1er mars 2026 (AFP) - Le pont a rouvert.", "Saint-Rambert-en-Bugey (France)", "AFP", (2026, 3, 1)),
    ("Berlin (dpa/bb) - Die Brücke ist offen.", "Berlin", "dpa/bb", None),
    ("Frankfurt/Oder (dpa) - Die Brücke ist offen.", "Frankfurt/Oder", "dpa", None),
    ("Brüssel/Straßburg (dpa) – Die Brücke ist offen.", "Brüssel/Straßburg", "dpa", None),
    ("Kuala Lumpur (dpa) - Die Brücke ist offen.", "Kuala Lumpur", "dpa", None),
    ("Wien (APA) - Die Brücke ist offen.", "Wien", "APA", None),
    ("Bern (awp/sda) - Die Brücke ist offen.", "Bern", "awp/sda", None),
    ("Bogotá, 3 mar (EFE).- El puente reabrió.", "Bogotá", "EFE", (None, 3, 3)),
    ("Santiago de Chile, 3 de marzo de 2026 (EFE).- El puente reabrió.", "Santiago de Chile", "EFE", (2026, 3, 3)),
    ("MADRID, 3 Mar. (EUROPA PRESS) - El puente reabrió.", "MADRID", "EUROPA PRESS", (None, 3, 3)),
    ("(ANSA) - MILANO, 11 MAR - Il ponte ha riaperto.", "MILANO", "ANSA", (None, 3, 11)),
    ("ROMA (ITALPRESS) - Il ponte ha riaperto.", "ROMA", "ITALPRESS", None),
    ("Lisboa, 11 mar 2026 (Lusa) – A ponte reabriu.", "Lisboa", "Lusa", (2026, 3, 11)),
    ("Stockholm (TT) Bron är öppen.", "Stockholm", "TT", None),
    ("Oslo (NTB): Broen er åpen.", "Oslo", "NTB", None),
    ("København, 11. marts (Ritzau) - Broen er åben.", "København", "Ritzau", (None, 3, 11)),
    ("Helsinki (STT) - Silta on auki.", "Helsinki", "STT", None),
    ("DEN HAAG (ANP) - De brug is open.", "DEN HAAG", "ANP", None),
    ("BRUSSEL 12/03 (BELGA) = De brug is open.", "BRUSSEL", "BELGA", (None, 3, 12)),
    ("(양양=연합뉴스) 김하나 기자 = 다리가 열렸다.", "양양", "연합뉴스", None),
    ("(서울·부산=연합뉴스) 김하나 이두리 기자 = 다리가 열렸다.", "서울·부산", "연합뉴스", None),
    ("القاهرة 11 مارس (رويترز) - فتح الجسر.", "القاهرة", "رويترز", (None, 3, 11)),
    ("新华社北京3月12日电（记者王一）大桥开通。", "北京", "新华社", (None, 3, 12)),
    ("【ソウル共同】橋が開通した。", "ソウル", "共同", None),
    ("［東京　３日　ロイター］ - 橋が開通した。", "東京", "ロイター", None),
    ("BISMARCK, N.D. (AP) — The bridge reopened.", "BISMARCK, N.D.", "AP", None),
    ("SAN JOSE, Calif., March 3 (Reuters) - The bridge reopened.", "SAN JOSE, Calif.", "Reuters", (None, 3, 3)),
    ("CHARLESTON, W.Va. (AP) — The bridge reopened.", "CHARLESTON, W.Va.", "AP", None),
    ("FARGO, ND (AP) - The bridge reopened.", "FARGO, ND", "AP", None),
    ("MOOSE JAW, Sask. (CP) — The bridge reopened.", "MOOSE JAW, Sask.", "CP", None),
    ("ST. JOHN'S, N.L. — The bridge reopened.", "ST. JOHN'S, N.L.", None, None),
    ("WHITEHORSE, Yukon (CP) — The bridge reopened.", "WHITEHORSE, Yukon", "CP", None),
    ("GENEVA, March 3, 2026, 10:15 GMT (Reuters) - The bridge reopened.", "GENEVA", "Reuters", (2026, 3, 3)),
    ("MOSCOW, March 3, 14:20 (Interfax) - The bridge reopened.", "MOSCOW", "Interfax", (None, 3, 3)),
    ("SEOUL, 11 March 2026 -- The bridge reopened.", "SEOUL", None, (2026, 3, 11)),
    ("GENEVA, 3 March 2026 – The bridge reopened.", "GENEVA", None, (2026, 3, 3)),
    (
        "CUMBERLAND GAP NATIONAL HISTORICAL PARK, Ky. (AP) — The bridge reopened.",
        "CUMBERLAND GAP NATIONAL HISTORICAL PARK, Ky.",
        "AP",
        None,
    ),
    ("JOINT BASE ANDREWS, Md. (AP) — The bridge reopened.", "JOINT BASE ANDREWS, Md.", "AP", None),
    ("U.S. NAVAL STATION GUANTANAMO BAY, Cuba (AP) — The bridge reopened.", "U.S. NAVAL STATION GUANTANAMO BAY, Cuba", "AP", None),
    ("DEIR AL-BALAH, Gaza Strip (AP) — The bridge reopened.", "DEIR AL-BALAH, Gaza Strip", "AP", None),
    ("O'FALLON, Mo. (AP) — The bridge reopened.", "O'FALLON, Mo.", "AP", None),
    ("PARIS (Texas) - A town celebrates.", "PARIS (Texas)", None, None),
    ("'s-Hertogenbosch (ANP) - De brug is open.", "'s-Hertogenbosch", "ANP", None),
    ("'S-HERTOGENBOSCH (ANP) - De brug is open.", "'S-HERTOGENBOSCH", "ANP", None),
    ("A bord de l'avion papal, 3 mars 2026 (AFP) - Le pont a rouvert.", "A bord de l'avion papal", "AFP", (2026, 3, 3)),
    ("A bordo del avión papal, 3 mar (EFE).- El puente reabrió.", "A bordo del avión papal", "EFE", (None, 3, 3)),
    ("An Bord der «Gorch Fock» (dpa) - Die Brücke ist offen.", "An Bord der «Gorch Fock»", "dpa", None),
    ("Gaza (Territoires palestiniens), 3 mars 2026 (AFP) - Le pont a rouvert.", "Gaza (Territoires palestiniens)", "AFP", (2026, 3, 3)),
    ("DJEDDAH, Arabie saoudite, 3 mars 2026 (AFP) - Le pont a rouvert.", "DJEDDAH, Arabie saoudite", "AFP", (2026, 3, 3)),
    ("Praha 3. března (ČTK) - Most je otevřen.", "Praha", "ČTK", (None, 3, 3)),
    ("Gdańsk, 3 marca (PAP) - Most jest otwarty.", "Gdańsk", "PAP", (None, 3, 3)),
    ("MOSKVA (TT-AFP-Reuters) Bron är öppen.", "MOSKVA", "TT-AFP-Reuters", None),
    ("PARIS, 3 mars 14h30 (AFP) - Le pont a rouvert.", "PARIS", "AFP", (None, 3, 3)),
]


@pytest.mark.parametrize(("copy", "place", "signature", "day"), DATELINES, ids=[row[0] for row in DATELINES])
def test_a_dateline_is_read_to_its_end(copy, place, signature, day):
    found = dateline.read(copy, 0, len(copy))
    assert found is not None
    assert copy[slice(*found.place)] == place
    assert (copy[slice(*found.signature)] if found.signature else None, found.date) == (signature, day)
    assert copy[found.end :] == next(part for part in SENTENCES if copy.endswith(part))


@pytest.mark.parametrize(
    "copy",
    [
        "WASHINGTON (AP) is the name of the file.",
        "Washington (AP) reporters said the file was lost.",
        "LONDON (Reuters) has been told of the deal by two sources.",
        "March 3 (Reuters) was the day the office opened.",
        "Paris, 11 mars, et la ville dort encore.",
        "SEOUL, March 11 was the day that the bridge reopened.",
        "Berlin - das ist die Stadt der Brücken.",
        "IBM (NYSE: IBM) - The company said on Monday.",
        "Jan. 6 - The panel met again.",
        "Georgia - The state voted.",
        "NASA, March 3 - A probe landed.",
        "Rome (Georgia) is a town of 37,000.",
        "Question: Who opened the bridge?",
        "Smith: The bridge is open.",
        "Aboard the ferry (AP) a reporter saw the bridge.",
        "Aboard the ferry, the crew (AP) said so.",
        "A bord du ferry (AFP) se trouvaient 40 passagers.",
        "'S-bahn drivers (ANP) are on strike.",
        "Arabie saoudite et Emirats arabes unis - Le pont a rouvert.",
        "A-levels (PA) are out.",
    ],
)
def test_a_sentence_is_no_dateline(copy):
    assert dateline.read(copy, 0, len(copy)) is None
