"""Names: slugs, numbers, revisions, serials."""

from __future__ import annotations

import pytest

from writethru.records import Ordinals, Wire
from writethru.stories import keys
from writethru.wire.agencies import table


@pytest.mark.parametrize(
    ("line", "key", "cycle"),
    [
        ("AM-Harbour-Vote, 3rd Ld-Writethru, a0713,a0740,0691", "harbour-vote", "am"),
        ("PM-Harbour-Vote,0300", "harbour-vote", "pm"),
        ("BC-US--Harbour Vote, 1st Ld-Writethru,1140", "us--harbour vote", ""),
        ("HARBOUR-VOTE/ (UPDATE 1, PIX, CORRECTED)", "harbour-vote", ""),
        ("HARBOUR-VOTE/FERRY (UPDATE 1", "harbour-vote/ferry", ""),
        ("Harbour-port-vote,2ndlead", "harbour-port-vote", ""),
        ("(LEAD) Harbour-press conference", "harbour-press conference", ""),
        ("hamnen-omrUV4", "hamnen-omr", ""),
        ("hamnen-omrUV", "hamnen-omr", ""),
        ("AMBER ALERT", "amber alert", ""),
        ("URGENT", "", ""),
        ("تنبيه", "", ""),
        ("NU-FLASH-K", "", ""),
        ("NU/FLASH-U", "", ""),
        ("", "", ""),
    ],
)
def test_a_slug_is_what_stays_the_same_over_all_versions(line, key, cycle):
    assert keys.slug(line) == (key, cycle)


@pytest.mark.parametrize(
    ("version", "number"),
    [("1", 1), ("10", 10), ("007", 7), ("v2", 2), ("20260302081500", 20260302081500), ("978556838", None), ("1N", None), (None, None)],
)
def test_a_version_number_is_a_counter_or_a_time_and_nothing_else(version, number):
    assert keys.version_number(version) == number


@pytest.mark.parametrize(
    ("ref", "name"),
    [
        ("a0713", "#a0713"), ("A0713", "#a0713"), ("157", "#157"), ("0157", "#157"), ("mer 0157", "#157"),
        ("urn:newsml:mer.example:20260302:q1:2U", "urn:newsml:mer.example:20260302:q1"), (" urn:mer:1 ", "urn:mer:1"),
    ],
)  # fmt: skip
def test_a_reference_has_one_form(ref, name):
    assert keys.reference(ref) == name


@pytest.mark.parametrize(
    ("role", "value", "names"),
    [
        ("transmission", "dpa 0045", ((), ("#45",))),
        ("number", "a0713", ((), ("#a0713",))),
        ("du-key", "flom-2", ((), ())),
        ("slug", "quay-7", ((), ())),
        ("usn", "L8N3XA0QW", (("L8N3XA0QW",), ())),
        ("provider", "7751", ((), ("#7751",))),
        ("provider", "flom-2", (("flom-2",), ())),
    ],
)
def test_only_a_number_by_its_role_is_a_number_to_be_referred_to(make, role, value, names):
    assert keys.alternative_names(make("a", alt=((role, value),))) == names


@pytest.mark.parametrize(
    ("agency", "uris"),
    [
        ("yonhap", ("https://en.yna.example/view/AEN20260302010200315", "https://en.yna.example/view/AEN20260302010252320")),
        ("reuters", ("tag:reuters.com,2026:newsml_L1N14N0FF:97", "tag:reuters.com,2026:newsml_L1N14N0FF:15")),
        ("pa", ("0d2d6f5a-1111-4222-8333-944455556666HHH-13-1", "0d2d6f5a-1111-4222-8333-944455556666HHH-14-1")),
    ],
)
def test_an_agencys_serial_is_the_same_in_all_versions(make, agency, uris):
    serials = {keys.serial(make(uri, uri=uri), table().by_id[agency]) for uri in uris}
    assert len(serials) == 1 and "" not in serials


def test_serials_of_two_stories_differ(make):
    uris = ("https://en.yna.example/view/AEN20260302010200315", "https://en.yna.example/view/AEN20260302010300315")
    assert len({keys.serial(make(uri, uri=uri), table().by_id["yonhap"]) for uri in uris}) == 2


def test_ordinals_of_different_kinds_are_series_of_their_own():
    kinds = [Ordinals(lead=1), Ordinals(update=1), Ordinals(wrapup=1), Ordinals(net=1)]
    assert len({keys.series(Wire("meridian", ordinals=ordinals), "") for ordinals in kinds}) == 4
    assert keys.series(Wire("meridian", ordinals=Ordinals(lead=1)), "am") != keys.series(Wire("meridian", ordinals=Ordinals(lead=1)), "pm")
