"""What the places of a dateline may be."""

from __future__ import annotations

import pytest

from writethru.wire.dateline import geo, places

ONE = [
    # dateline, name as told, GeoNames' name, country, region
    ("ROSEBURG, Ore. (AP) _ ", "Roseburg, Ore.", "Roseburg", "US", "OR"),
    ("SIOUX FALLS, South Dakota (AP) _ ", "Sioux Falls, South Dakota", "Sioux Falls", "US", "SD"),
    ("SAITAMA, Japan, Dec. 9 Kyodo - ", "Saitama, Japan", "Saitama", "JP", "34"),
    ("MONTREAL, Que., March 3 (Reuters) - ", "Montreal, Que.", "Montr\u00e9al", "CA", "10"),
    ("MONTREAL (AP) _ ", "Montreal", "Montr\u00e9al", "CA", "10"),
    ("LONDON, Ont., March 3 (Reuters) - ", "London, Ont.", "London", "CA", "08"),
    ("LONDON, March 3 (Reuters) - ", "London", "London", "GB", "ENG"),
    ("ALBANY, N.Y. (AP) _ ", "Albany, N.Y.", "Albany", "US", "NY"),
    ("NEW YORK, NY (AP) _ ", "New York, NY", "New York City", "US", "NY"),
    ("WASHINGTON (AP) _ ", "Washington", "Washington", "US", "DC"),
    ("UNITED NATIONS (AP) _ ", "United Nations", "New York City", "US", "NY"),
    ("Moskau (dpa) - ", "Moskau", "Moscow", "RU", "48"),
    ("Londres, 3 mars 2026 (AFP) - ", "Londres", "London", "GB", "ENG"),
    ("Gen\u00e8ve (ats) - ", "Gen\u00e8ve", "Geneva", "CH", "GE"),
    ("M\u00e1laga (Espagne) (AFP) - ", "M\u00e1laga (Espagne)", "M\u00e1laga", "ES", "51"),
    ("\u0645\u0644\u0642\u0629 (\u0625\u0633\u0628\u0627\u0646\u064a\u0627) (\u0623 \u0641 \u0628) - ",
     "\u0645\u0644\u0642\u0629 (\u0625\u0633\u0628\u0627\u0646\u064a\u0627)", "M\u00e1laga", "ES", "51"),
    ("Frankfurt/Main (dpa) - ", "Frankfurt/Main", "Frankfurt am Main", "DE", "05"),
    ("Frankfurt (Oder) (dpa) - ", "Frankfurt (Oder)", "Frankfurt (Oder)", "DE", "11"),
    ("Peine (dpa/lni) - ", "Peine", "Peine", "DE", "06"),
    ("DEN HAAG (ANP) - ", "Den Haag", "The Hague", "NL", "11"),
    ("VALENCIA, 3 mar (EFE).- ", "Valencia", "Valencia", "ES", "60"),
    ("TBILISI, Georgia (AP) _ ", "Tbilisi, Georgia", "Tbilisi", "GE", "51"),
    ("ATLANTA, Georgia (AP) _ ", "Atlanta, Georgia", "Atlanta", "US", "GA"),
    ("TRIPOLI, Lebanon (AP) _ ", "Tripoli, Lebanon", "Tripoli", "LB", "09"),
    ("TRIPOLI, March 3 (Reuters) - ", "Tripoli", "Tripoli", "LY", "77"),
    ("ST. PETERSBURG, Fla. (AP) _ ", "St. Petersburg, Fla.", "St. Petersburg", "US", "FL"),
    ("(\uc11c\uc6b8=\uc5f0\ud569\ub274\uc2a4) \uae40\ud558\ub098 \uae30\uc790 = ", "\uc11c\uc6b8", "Seoul", "KR", "11"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "told", "name", "country", "region"), ONE, ids=[row[0] for row in ONE])
def test_a_place_that_one_town_alone_may_be(article, line, told, name, country, region):
    read = article(headline="x", body=f"{line}The bridge reopened.", format="x")
    (place,) = read.wire.dateline.places
    assert place.name == told
    assert [(town.name, town.country, town.region) for town in place.candidates] == [(name, country, region)]
    (entry,) = read.article["places"]
    town = place.candidates[0]
    assert (entry["name"], entry["rel"], entry["uri"]) == (name, "dateline", f"https://sws.geonames.org/{town.id}/")
    assert entry["geoJSON"]["geometry"] == {"type": "Point", "coordinates": [town.longitude, town.latitude]}
    assert entry["geoJSON"]["properties"]["country"] == country


def test_two_places(article):
    read = article(headline="x", body="SEOUL/BUSAN -- The bridge reopened.", format="x")
    assert [(place.name, place.candidates[0].country) for place in read.wire.dateline.places] == [("Seoul", "KR"), ("Busan", "KR")]
    assert [entry["name"] for entry in read.article["places"]] == ["Seoul", "Busan"]


def test_ambiguity_is_kept_the_likeliest_first(article):
    read = article(headline="x", body="SPRINGFIELD (AP) _ The bridge reopened.", format="x")
    (place,) = read.wire.dateline.places
    assert len(place.candidates) > 2 and {town.country for town in place.candidates} == {"US"}
    assert "places" not in read.article and read.article["located"] == "Springfield"


def test_the_agency_s_own_zone_makes_a_town_likelier(article):
    read = article(headline="x", body="Halle (dpa) - Die Br\u00fccke ist offen.", format="x")
    assert read.wire.dateline.places[0].candidates[0].country == "DE"


@pytest.mark.parametrize(
    ("line", "country", "region"),
    [
        ("TARN HOLLOW, Ohio (AP) _ ", "US", "OH"),
        ("ROSCOE, South Dakota (AP) _ ", "US", "SD"),
        ("YANGYANG, South Korea, March 11 (Yonhap) -- ", "KR", None),
        ("JOINT BASE ANDREWS, Md. (AP) _ ", "US", "MD"),
        ("TARN HOLLOW, Georgia (AP) _ ", None, None),
        ("Wichtelhausen (dpa) - ", None, None),
    ],
)
def test_the_words_behind_an_unknown_town_tell_its_country(article, line, country, region):
    (place,) = article(headline="x", body=f"{line}The bridge reopened.", format="x").wire.dateline.places
    assert (place.candidates, place.country, place.region) == ((), country, region)


@pytest.mark.parametrize(
    ("line", "country", "region"),
    [
        ("LONDON, Ont., March 3 (Reuters) - ", "CA", "08"),
        ("SEOUL, March 3 (Yonhap) -- ", "KR", "11"),
        ("TBILISI, Georgia (AP) _ ", "GE", "51"),
        ("SPRINGFIELD (AP) _ ", "US", None),
        ("PERTH (PA) - ", None, None),
        ("BOSTON, Lincolnshire (PA) - ", None, None),
    ],
)
def test_what_all_candidates_agree_on_is_told_of_the_place(article, line, country, region):
    (place,) = article(headline="x", body=f"{line}The bridge reopened.", format="x").wire.dateline.places
    assert place.candidates
    assert (place.country, place.region) == (country, region)


@pytest.mark.parametrize(
    ("line", "name", "region"),
    [
        ("ROSCOE, Texas (AP) _ ", "Roscoe", "TX"),
        ("CAIRO, Ill. (AP) _ ", "Cairo", "IL"),
        ("KUUJJUAQ, Que. (CP) _ ", "Kuujjuaq", "10"),
        ("STE. GENEVIEVE, Mo. (AP) _ ", "Sainte Genevieve", "MO"),
        ("ABERFAN, Wales (AP) _ ", "Aberfan", "WLS"),
        ("Wacken (dpa/lno) - ", "Wacken", "10"),
        ("Saint-Rambert-en-Bugey (France), 3 mars 2026 (AFP) - ", "Saint-Rambert-en-Bugey", "84"),
    ],
)
def test_a_village_is_known_behind_its_state_and_at_home(article, line, name, region):
    (place,) = article(headline="x", body=f"{line}The bridge reopened.", format="x").wire.dateline.places
    assert [(town.name, town.region) for town in place.candidates] == [(name, region)]


@pytest.mark.parametrize("line", ["WACKEN (AP) _ ", "ABERFAN (AP) _ ", "KUUJJUAQ (CP) _ ", "MOUNT VERNON CORNERS (AP) _ "])
def test_a_village_abroad_is_not_guessed_nor_one_that_lacks_its_state(article, line):
    (place,) = article(headline="x", body=f"{line}The bridge reopened.", format="x").wire.dateline.places
    assert place.candidates == ()


def test_a_village_of_the_very_name_goes_before_a_town_that_bears_it_in_passing(article):
    (place,) = article(headline="x", body="B\u00fcsum (dpa/lno) - Die Br\u00fccke ist offen.", format="x").wire.dateline.places
    assert [town.name for town in place.candidates] == ["B\u00fcsum", "Bussum"]


@pytest.mark.parametrize("line", ["TARN HOLLOW, Ohio (AP) _ ", "Wichtelhausen (dpa) - ", "SEOUL, Ohio (AP) _ "])
def test_an_unknown_place_has_no_candidates(article, line):
    read = article(headline="x", body=f"{line}The bridge reopened.", format="x")
    assert [place.candidates for place in read.wire.dateline.places] == [()]
    assert "places" not in read.article


def test_places_of_the_envelope_stay(article):
    read = article(headline="x", body="BUSAN, March 3 (Yonhap) -- The bridge reopened.", places=({"name": "Busan"},), format="x")
    assert read.article["places"][0] == {"name": "Busan"}
    assert [entry.get("rel") for entry in read.article["places"]] == [None, "dateline"]


@pytest.mark.parametrize(
    ("located", "name", "country", "signature"),
    [
        ("SEOUL", "Seoul", "KR", None),
        ("Altenburg (dpa) - ", "Altenburg", "DE", "dpa"),
        ("TORRANCE, Calif., March 3 -", "Torrance, Calif.", "US", None),
    ],
)
def test_a_field_of_the_envelope_is_a_dateline_too(article, located, name, country, signature):
    read = article(headline="x", body="The bridge reopened.", located=located, providers=("dpa",), format="x")
    found = read.wire.dateline
    assert (found.places[0].name, found.places[0].candidates[0].country, found.signature) == (name, country, signature)


@pytest.mark.parametrize(
    ("line", "item", "day"),
    [
        ("SEOUL, March 3 (Yonhap) -- ", {"version_created": "2026-03-03T08:00:00Z"}, "2026-03-03"),
        ("SEOUL, Dec. 31 (Yonhap) -- ", {"version_created": "2026-01-01T08:00:00Z"}, "2025-12-31"),
        ("SEOUL, Jan. 1 (Yonhap) -- ", {"version_created": "2025-12-31T16:00:00Z"}, "2026-01-01"),
        ("STOCKHOLM, Aug 29, 2014 (AFP) - ", {"version_created": "2026-01-01T08:00:00Z"}, "2014-08-29"),
        ("SEOUL, Feb. 29 (Yonhap) -- ", {"version_created": "2028-03-01T08:00:00Z"}, "2028-02-29"),
        ("SEOUL, Feb. 30 (Yonhap) -- ", {"version_created": "2028-03-01T08:00:00Z"}, None),
        ("SEOUL, March 3 (Yonhap) -- ", {}, None),
        ("SEOUL (Yonhap) -- ", {"version_created": "2026-03-03T08:00:00Z"}, None),
    ],
)
def test_the_day_has_the_year_that_the_item_tells(article, line, item, day):
    assert article(headline="x", body=f"{line}The bridge reopened.", format="x", **item).wire.dateline.date == day


def test_every_city_that_stands_alone_is_a_town_of_its_country():
    table = places.table()
    missing = [
        city
        for city, country in table.alone.items()
        if [town.country for town in geo.place(places.split(city)[0], city).candidates] != [country]
    ]
    assert missing == []


def test_every_region_has_its_town():
    towns = {
        "US.OR": "Portland", "US.ME": "Portland", "CA.08": "Toronto", "CA.02": "Vancouver", "CA.01": "Calgary", "CA.03": "Winnipeg",
        "CA.04": "Moncton", "CA.05": "St. John's", "CA.07": "Halifax", "CA.09": "Charlottetown", "CA.10": "Montreal", "CA.11": "Regina",
        "CA.12": "Whitehorse", "CA.13": "Yellowknife", "CA.14": "Iqaluit", "AU.01": "Canberra", "AU.02": "Sydney", "AU.03": "Darwin",
        "AU.04": "Brisbane", "AU.05": "Adelaide", "AU.06": "Hobart", "AU.07": "Melbourne", "AU.08": "Perth", "GB.ENG": "Leeds",
        "GB.SCT": "Edinburgh", "GB.WLS": "Cardiff", "GB.NIR": "Belfast", "IN.16": "Mumbai", "IN.19": "Bengaluru", "IN.25": "Chennai",
        "IN.13": "Kochi", "IN.09": "Ahmedabad", "IN.24": "Jaipur", "IN.23": "Amritsar", "IN.36": "Lucknow", "IN.34": "Patna",
        "IN.28": "Kolkata", "IN.35": "Bhopal", "IN.02": "Visakhapatnam", "IN.40": "Hyderabad", "IN.12": "Srinagar", "IN.21": "Bhubaneswar",
        "IN.03": "Guwahati",
    }  # fmt: skip
    names = {f"{area.country}.{area.region}": name for name, areas in places.table().areas.items() for area in areas if area.region}
    wrong = [code for code, town in towns.items() if not geo.place(places.split(f"{town}, {names[code]}")[0], town).candidates]
    assert wrong == []
