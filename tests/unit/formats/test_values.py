"""The small values of ninjs 3.1."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import FormatChecker

from writethru.formats import values

checker = FormatChecker()


@settings(max_examples=1500, deadline=None)
@given(
    st.one_of(
        st.text(max_size=20),
        st.text("abz019:/?#[]@!$&'()*+,;=-._~% \u00e4", max_size=24),
        st.text("abz019:/?#[]@%-._", max_size=24).map("http://".__add__),
        st.text("abz019:/?#[]@%-._", max_size=24).map("urn:".__add__),
    )
)
@example("http://host:port")
@example("http:///x")
@example("http:////")
@example("urn:newsml:dpa.com:20090101:260311-930-000417")
@example("medtop:20000139")
@example("a:")
@example("x:a\n")
@example("http://[::1]/")
def test_what_is_a_uri_here_is_one_for_the_schema(text: str) -> None:
    if values.is_uri(text):
        assert checker.conforms(text, "uri")


@pytest.mark.parametrize(
    "uri",
    [
        "http://cv.iptc.org/newscodes/mediatopic/20000139",
        "https://user@host.example:8080/a%20b;c?q=1&r=(2)#f",
        "tag:reuters.com,2016:newsml_L4N1FL0N0",
        "urn:newsml:dpa.com:20090101:240923-930-240378",
        "dpa-ad:loening.meyel",
        "http:/one/slash",
    ],
)
def test_addresses_of_agencies(uri: str) -> None:
    assert values.is_uri(uri)


@pytest.mark.parametrize("text", ["", "poiID0", "not a uri", "1abc:x", "http://host:port/", "tag:x\u2014y", "http://a/%zz", "a:b#c#d"])
def test_no_addresses(text: str) -> None:
    assert not values.is_uri(text)


@settings(max_examples=500)
@given(st.from_regex(r"\A[0-9]{4}-[0-3][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{1,4})?(Z|[+-][0-2][0-9]:[0-6][0-9])\Z"))
@example("2024-02-29T00:00:00Z")
@example("2026-02-29T00:00:00Z")
@example("2026-04-31T00:00:00Z")
@example("0000-01-01T00:00:00Z")
def test_what_is_a_stamp_here_is_one_for_the_schema(text: str) -> None:
    try:
        values.stamp(text)
    except values.Bad:
        return
    assert checker.conforms(text, "date-time")


def test_stamps() -> None:
    assert values.stamp("2026-03-11T12:05:52.125+01:00")
    for text in ("2026-03-11", "2026-03-11T12:05:52", "2026-03-11 12:05:52Z", "20260311T120552Z", 5, None):
        with pytest.raises(values.Bad):
            values.stamp(text)


def test_numbers() -> None:
    assert [values.whole(value) for value in (4, "4", 4.0, " 4\x1d")] == [4, 4, 4, 4]
    assert [values.percent(value) for value in (88.4, "40")] == [88, 40]
    assert values.number("2.5") == 2.5
    assert values.urgency("3") == 3
    for read, bad in (
        (values.whole, True),
        (values.whole, 1e308),
        (values.whole, 1 << 70),
        (values.number, 1 << 70),
        (values.whole, 4.5),
        (values.percent, 101),
        (values.urgency, 0),
        (values.number, "1e999"),
        (values.number, "nan"),
    ):
        with pytest.raises(values.Bad):
            read(bad)


def test_codes() -> None:
    assert values.coded("medtop", "20000139") == ("uri", "http://cv.iptc.org/newscodes/mediatopic/20000139")
    assert values.coded("http://example.org/cv/", "7") == ("uri", "http://example.org/cv/7")
    assert values.coded("dpasubject", "346") == ("uri", "dpasubject:346")
    assert values.coded("WNSFR", "WORLD,~~EYE WITNESS") == ("literal", "WNSFR:WORLD,~~EYE WITNESS")


def test_geojson() -> None:
    point = {"type": "Point", "coordinates": ["10.5", 52]}
    assert values.geojson(point) == {"type": "Point", "coordinates": [10.5, 52]}
    feature = {"type": "Feature", "properties": None, "geometry": point, "bbox": [0]}
    assert values.geojson({"type": "FeatureCollection", "features": [feature]})["features"][0]["geometry"]["type"] == "Point"
    assert values.geojson({"type": "GeometryCollection", "geometries": [point]})
    for bad in (
        {},
        {"type": "Point"},
        {"type": {}},
        {"type": "Point", "coordinates": [1]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]},
        {"type": "LineString", "coordinates": [[0, 0]]},
        {"type": "Feature", "geometry": {"type": "Feature", "geometry": None}},
        {"type": "GeometryCollection", "geometries": [feature]},
        "Point",
    ):
        with pytest.raises(values.Bad):
            values.geojson(bad)
