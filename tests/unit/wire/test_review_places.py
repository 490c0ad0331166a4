"""Places whose name alone is another's: what the words behind it and the agency's own country say."""

from __future__ import annotations

import pytest

from writethru.wire.dateline import geo, places


def countries(article, line):
    read = article(headline="x", body=f"{line}The bridge reopened.", format="x")
    (place,) = read.wire.dateline.places
    return [town.country for town in place.candidates]


@pytest.mark.parametrize(
    "line",
    [
        "BOSTON, Lincolnshire (PA) - ",
        "BOSTON, Lincolnshire (AP) _ ",
        "PARIS, Lirianshire (AP) _ ",
        "DOVER, Kent (PA) - ",
        "RICHMOND, North Yorkshire (PA) - ",
    ],
)
def test_words_that_are_no_state_name_first_no_town_of_a_country_whose_states_are_all_known(article, line):
    first, *others = countries(article, line)
    assert first not in ("US", "CA", "AU") and others


@pytest.mark.parametrize("line", ["HYDERABAD, Sindh (AP) _ ", "HYDERABAD, Sindh, March 3 (Reuters) - ", "Hyderabad, Sindh, March 3 (PTI) "])
def test_unknown_words_leave_every_town_of_the_name_open(article, line):
    assert {"IN", "PK"} <= set(countries(article, line))


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Hyderabad (APP): ", "PK"),
        ("HYDERABAD, Sindh, March 3 (APP): ", "PK"),
        ("Hyderabad, March 3 (PTI) ", "IN"),
        ("Halle (dpa) - ", "DE"),
    ],
)
def test_the_agency_s_own_country_goes_before_the_cities_that_stand_alone(article, line, found):
    assert countries(article, line)[0] == found


def test_a_town_of_the_agency_s_country_leaves_a_great_one_abroad_open(article):
    assert set(countries(article, "PERTH (PA) - ")) == {"AU", "GB"}


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("ROME (AP) _ ", "IT"),
        ("ATHENS (AP) _ ", "GR"),
        ("DUBLIN (AP) _ ", "IE"),
        ("LONDON, March 3 (CP) - ", "GB"),
        ("PERTH, March 3 AAP - ", "AU"),
        ("Rom (dpa) - ", "IT"),
        ("Valencia, 3 mar (EFE).- ", "ES"),
        ("La Paz, 3 mar (EFE).- ", "BO"),
        ("WELLINGTON (PA) - ", "NZ"),
        ("WASHINGTON (PA) - ", "US"),
        ("PERTH (AP) _ ", "AU"),
        ("DONETSK, March 3. /TASS/. ", "UA"),
    ],
)
def test_no_other_town_at_home_claims_the_name_of_a_city_that_stands_alone(article, line, country):
    assert countries(article, line) == [country]


@pytest.mark.parametrize(
    ("line", "country"),
    [
        ("GEORGETOWN, Guyana (AP) _ ", "GY"),
        ("BRIDGETOWN, Barbados (AP) _ ", "BB"),
        ("VICTORIA, Seychelles (AP) _ ", "SC"),
        ("PHILIPSBURG, Sint Maarten (AP) _ ", "SX"),
        ("PHILIPSBURG, St. Maarten (AP) _ ", "SX"),
        ("HAMILTON, Bermuda (AP) _ ", "BM"),
        ("CASTRIES, St. Lucia (AP) _ ", "LC"),
        ("ST. JOHN'S, Antigua (AP) _ ", "AG"),
        ("APIA, Samoa (AP) _ ", "WS"),
        ("SAN MARINO, San Marino (AP) _ ", "SM"),
        ("DOUGLAS, Isle of Man (PA) - ", "IM"),
        ("GEORGE TOWN, Cayman Islands (AP) _ ", "KY"),
        ("S\u00c3O TOM\u00c9, S\u00e3o Tom\u00e9 and Pr\u00edncipe (AP) _ ", "ST"),
        ("SAO TOME, Sao Tome (AP) _ ", "ST"),
        ("PORT OF SPAIN, Trinidad and Tobago (AP) _ ", "TT"),
        ("PORT OF SPAIN, Trinidad (AP) _ ", "TT"),
        ("WILLEMSTAD, Cura\u00e7ao (AP) _ ", "CW"),
        ("KINGSTOWN, St Vincent (AP) _ ", "VC"),
        ("NASSAU, The Bahamas (AP) _ ", "BS"),
        ("PRAIA, Cape Verde (AP) _ ", "CV"),
        ("BOSTON, Mass (AP) _ ", "US"),
        ("SAN DIEGO, Calif, March 3 (Reuters) - ", "US"),
        ("READING, Penn. (AP) _ ", "US"),
        ("TYRE, Southern Lebanon, March 3 (AFP) - ", "LB"),
        ("TRIPOLI, North Lebanon, March 3 (AFP) - ", "LB"),
    ],
)
def test_every_country_and_territory_narrows(article, line, country):
    assert set(countries(article, line)) <= {country}


@pytest.mark.parametrize("line", ["GEORGETOWN, Guyana (AP) _ ", "BRIDGETOWN, Barbados (AP) _ ", "VICTORIA, Seychelles (AP) _ "])
def test_and_its_own_town_is_found(article, line):
    assert len(countries(article, line)) == 1


def test_a_name_that_is_a_country_s_and_a_state_s_stays_both():
    (batumi,) = places.split("BATUMI, Georgia")
    assert [(area.country, area.region) for area in batumi.areas] == [("GE", None), ("US", "GA")]


@pytest.mark.parametrize("printed", ["BOSTON, A", "BOSTON, MARCH 3"])
def test_words_that_can_be_no_area_leave_a_city_alone(printed):
    assert [town.country for town in geo.place(places.split(printed)[0], "Boston").candidates] == ["US"]


@pytest.mark.parametrize("printed", ["Oslo, Norway", "Oslo, Norwegen", "Oslo, norv\u00e8ge"])
def test_a_country_s_name_in_any_language_narrows(printed):
    assert [town.country for town in geo.place(places.split(printed)[0], "Oslo").candidates] == ["NO"]
