from __future__ import annotations

import pytest

from writethru.wire import dateline

DATELINES = [
    # copy, place, signature, (year, month, day)
    ("SEOUL, Sept. 12 (Yonhap) -- The bridge", "SEOUL", "Yonhap", (None, 9, 12)),
    ("SEOUL -- The bridge", "SEOUL", None, None),
    ("SEOUL--The bridge", "SEOUL", None, None),
    ("YANGYANG, South Korea--The bridge", "YANGYANG, South Korea", None, None),
    ("SEOUL/BUSAN -- The bridge", "SEOUL/BUSAN", None, None),
    ("YANGYANG, South Korea -- The bridge", "YANGYANG, South Korea", None, None),
    ("ROSCOE, South Dakota (AP) _ The bridge", "ROSCOE, South Dakota", "AP", None),
    ("NEW YORK (AP) \u2014 The bridge", "NEW YORK", "AP", None),
    ("NEW YORK, Jan 21 (Reuters) - The bridge", "NEW YORK", "Reuters", (None, 1, 21)),
    ("Jan 3 (Reuters) - The bridge", None, "Reuters", (None, 1, 3)),
    ("    SALVADOR, Feb 26 - The bridge", "SALVADOR", None, (None, 2, 26)),
    ("WASHINGTON, Feb 26 - - The bridge", "WASHINGTON", None, (None, 2, 26)),
    ("STOCKHOLM, Aug 29, 2014 (AFP) - The bridge", "STOCKHOLM", "AFP", (2014, 8, 29)),
    ("Strasbourg, 10 juil 2024 (AFP) The bridge", "Strasbourg", "AFP", (2024, 7, 10)),
    (
        "\u0641\u0631\u064a\u062a\u0627\u0648\u0646, 26-11-2023 (\u0623 \u0641 \u0628) - The bridge",
        "\u0641\u0631\u064a\u062a\u0627\u0648\u0646",
        "\u0623 \u0641 \u0628",
        (2023, 11, 26),
    ),
    (
        "\u0645\u0644\u0642\u0629 (\u0625\u0633\u0628\u0627\u0646\u064a\u0627) (\u0623 \u0641 \u0628) The bridge",
        "\u0645\u0644\u0642\u0629 (\u0625\u0633\u0628\u0627\u0646\u064a\u0627)",
        "\u0623 \u0641 \u0628",
        None,
    ),
    ("Berlin (dpa) - The bridge", "Berlin", "dpa", None),
    ("Peine (dpa/lni) - The bridge", "Peine", "dpa/lni", None),
    ("San Diego (tca/dpa) - The bridge", "San Diego", "tca/dpa", None),
    ("Tel Aviv/Beirut (dpa) - The bridge", "Tel Aviv/Beirut", "dpa", None),
    ("Paris (ats afp) The bridge", "Paris", "ats afp", None),
    ("Orvel (ats) The bridge", "Orvel", "ats", None),
    ("加州桑尼維爾 (美國商業資訊)-- The bridge", "加州桑尼維爾", "美國商業資訊", None),
    ("SAITAMA, Japan, Dec. 9 Kyodo - The bridge", "SAITAMA, Japan", "Kyodo", (None, 12, 9)),
    ("TOKYO - The bridge", "TOKYO", None, None),
    ("MOSCOW, January 21. /TASS/. The bridge", "MOSCOW", "TASS", (None, 1, 21)),
    ("(ANSA) - ROME, JUL 11 - The bridge", "ROME", "ANSA", (None, 7, 11)),
    ("MADRID, 21 Nov. 2024 (Europa Press) - The bridge", "MADRID", "Europa Press", (2024, 11, 21)),
    ("LISBOA, 18 jun (Xinhua) -- The bridge", "LISBOA", "Xinhua", (None, 6, 18)),
    ("BEIJING, 10 ao\u00fbt (Xinhua) -- The bridge", "BEIJING", "Xinhua", (None, 8, 10)),
    ("AUSTIN, Texas, Feb. 1, 2017 /PRNewswire-AsiaNet/ -- The bridge", "AUSTIN, Texas", "PRNewswire-AsiaNet", (2017, 2, 1)),
    ("Pyongyang: The bridge", "Pyongyang", None, None),
    ("SEOUL (REUTERS, AFP) - The bridge", "SEOUL", "REUTERS, AFP", None),
    ("SEOUL, South Korea, Jan. 3 (UPI) -- The bridge", "SEOUL, South Korea", "UPI", (None, 1, 3)),
    ("Melbourne, Oct 22 (PTI) The bridge", "Melbourne", "PTI", (None, 10, 22)),
    ("SEOUL Dec 28 The bridge", "SEOUL", None, (None, 12, 28)),
    ("(Reuters) - The bridge", None, "Reuters", None),
    ("(ANSA) - ROMA, 11 LUG - The bridge", "ROMA", "ANSA", (None, 7, 11)),
    ("MOSCOW. March 3 (Interfax) - The bridge", "MOSCOW", "Interfax", (None, 3, 3)),
    (
        "\u041c\u041e\u0421\u041a\u0412\u0410, 21 \u044f\u043d\u0432\u0430\u0440\u044f. /\u0422\u0410\u0421\u0421/. The bridge",
        "\u041c\u041e\u0421\u041a\u0412\u0410",
        "\u0422\u0410\u0421\u0421",
        (None, 1, 21),
    ),
    ("Madrid, 12 mar (EFE).- The bridge", "Madrid", "EFE", (None, 3, 12)),
    ("Oslo (NTB): The bridge", "Oslo", "NTB", None),
    ("K\u00f8benhavn /ritzau/ The bridge", "K\u00f8benhavn", "ritzau", None),
    ("BRUSSEL 12/03 (BELGA) = The bridge", "BRUSSEL", "BELGA", (None, 3, 12)),
    ("Bern, 10. M\u00e4rz (sda) - The bridge", "Bern", "sda", (None, 3, 10)),
    ("Frankfurt/Main (dpa) - The bridge", "Frankfurt/Main", "dpa", None),
    ("Frankfurt (Oder) (dpa) - The bridge", "Frankfurt (Oder)", "dpa", None),
    ("LISBOA, 1 de mar\u00e7o de 2026 (Lusa) \u2013 The bridge", "LISBOA", "Lusa", (2026, 3, 1)),
    ("ABU DHABI, 3rd March, 2026 (WAM) -- The bridge", "ABU DHABI", "WAM", (2026, 3, 3)),
    ("Riyadh, March 03, 2026, SPA -- The bridge", "Riyadh", "SPA", (2026, 3, 3)),
    ("Tokyo, March 3 (Jiji Press)--The bridge", "Tokyo", "Jiji Press", (None, 3, 3)),
    ("NEW YORK--(BUSINESS WIRE)--The bridge", "NEW YORK", "BUSINESS WIRE", None),
    ("New Delhi [India], March 3 (ANI): The bridge", "New Delhi [India]", "ANI", (None, 3, 3)),
    ("HELSINKI, 12.3. (STT) The bridge", "HELSINKI", "STT", (None, 3, 12)),
    ("Le Caire, 3 mars 2026 (AFP) - The bridge", "Le Caire", "AFP", (2026, 3, 3)),
    ("SYDNEY, March 3 AAP - The bridge", "SYDNEY", "AAP", (None, 3, 3)),
    (
        "VANCOUVER, British Columbia, March 03, 2026 (GLOBE NEWSWIRE) -- The bridge",
        "VANCOUVER, British Columbia",
        "GLOBE NEWSWIRE",
        (2026, 3, 3),
    ),
    ("UNDATED (AP) _ The bridge", None, "AP", None),
    ("PORT ELLERY (Harbour) -- The bridge", "PORT ELLERY", "Harbour", None),
    ("Harwick, 3. M\u00e4rz (hbw) \u2013 The bridge", "Harwick", "hbw", (None, 3, 3)),
    (
        "(\uc11c\uc6b8=\uc5f0\ud569\ub274\uc2a4) \uae40\ud558\ub098 \uae30\uc790 = The bridge",
        "\uc11c\uc6b8",
        "\uc5f0\ud569\ub274\uc2a4",
        None,
    ),
    (
        "\u65b0\u534e\u793e\u5317\u4eac3\u670812\u65e5\u7535\uff08\u8bb0\u8005\u738b\u660e\uff09The bridge",
        "\u5317\u4eac",
        "\u65b0\u534e\u793e",
        (None, 3, 12),
    ),
    ("\u3010\u30bd\u30a6\u30eb\u5171\u540c\u3011The bridge", "\u30bd\u30a6\u30eb", "\u5171\u540c", None),
]
PROSE = [
    "Smith (Reuters) said the bridge was open.",
    "Exclusive: The bridge is open.",
    "IBM -- The computer maker -- said so.",
    "Paris--London trains were late on Monday.",
    "LONDON--based traders said so.",
    "NATO - The alliance - said so.",
    "President Row - Mr Row - said so.",
    "In May 5 - The",
    "May 5 was a good day.",
    "The harbor board (HB) said so.",
    "A man in Paris, May 5 - The bridge",
    "Row: I did not say so.",
    "BREAKING NEWS - The bridge is open.",
    "A FIRE - The worst in years - broke out.",
    "WOMAN KILLED BY DRIVER IN HIT - And run.",
    "LONDON bridge is falling - the mayor said.",
    "IBM (NYSE: IBM) -- The computer maker said so.",
    "ACME CORP (ACME) -- The maker of anvils said so.",
    "Paris (AP)-style cooking is back.",
    "Nicht in Berlin (dpa) - so sagte er.",
    "EXPLAINER -- What is known of the bridge",
    "Washington, March 3 and the bridge",
    "March 3, 2026 - The bridge",
]


@pytest.mark.parametrize(("copy", "place", "signature", "date"), DATELINES, ids=[row[0] for row in DATELINES])
def test_dateline(copy, place, signature, date):
    start = len(copy) - len(copy.lstrip())
    read = dateline.read(copy, start, len(copy))
    assert read is not None
    assert copy[read.end :] == "The bridge"
    assert (read.place and copy[slice(*read.place)]) == place
    assert (read.signature and copy[slice(*read.signature)]) == signature
    assert read.date == date


@pytest.mark.parametrize("copy", PROSE)
def test_first_sentence_is_not_eaten(article, copy):
    assert dateline.read(copy, 0, len(copy)) is None
    assert article(headline="x", body=copy, format="ninjs-3").body == copy


@pytest.mark.parametrize(
    ("field", "place"),
    [("SEOUL/BUSAN", "Seoul/Busan"), ("BENI, Congo", "Beni, Congo"), ("NANTUCKET", "Nantucket"), ("NEW YORK, NY", "New York, NY"),
     ("RIO DE JANEIRO", "Rio de Janeiro"),
     ("TORRANCE, Calif., March 3 -", "Torrance, Calif."), ("Berlin (dpa) - ", "Berlin"), ("L'AQUILA", "L'Aquila")],
)  # fmt: skip
def test_located_field(article, field, place):
    assert article(headline="x", located=field, format="ninjs-1").article["located"] == place


@pytest.mark.parametrize(
    ("place", "agency"),
    [
        ("SEOUL (REUTERS, AFP) - ", "reuters"),
        ("Paris (ats afp) ", "ats"),
        ("San Diego (tca/dpa) - ", "dpa"),
        ("MOSCOW, May 5. /TASS/. ", "tass"),
    ],
)
def test_signature_names_the_agency(article, place, agency):
    assert article(headline="x", body=f"{place}The bridge reopened.").wire.agency == agency


def test_headline_that_lost_its_line_end(article):
    read = article(body="Harbor bridge reopens after long repair BUSAN, March 3 (Yonhap) -- The bridge reopened on Friday.")
    assert (read.headline, read.body, read.wire.agency) == (
        "Harbor bridge reopens after long repair",
        "The bridge reopened on Friday.",
        "yonhap",
    )


@pytest.mark.parametrize(("text", "agency"), [("WHO, March 3 (Reuters) - ", "Reuters"), ("BREAKING (AP) -- ", "AP")])
def test_a_word_that_is_no_place_leaves_the_signature(article, text, agency):
    read = article(body=f"{text}The bridge reopened.")
    assert read.wire.dateline is not None
    assert (read.wire.dateline.places, read.wire.dateline.signature, read.body) == ((), agency, "The bridge reopened.")
