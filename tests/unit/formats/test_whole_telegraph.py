"""Whole telegraph payloads, from the bytes to the record."""

from __future__ import annotations

from writethru import reader
from writethru.records import Article


def read(payload: str | bytes) -> list[Article]:
    found = list(reader.read(payload if isinstance(payload, bytes) else payload.encode()))
    assert all(isinstance(one, Article) for one in found)
    return [one for one in found if isinstance(one, Article)]


def ap(header: str, copy: str, number: str = "W1001") -> str:
    return f"\x16\x16\x01{number}\x1fasian\r\n{header}\r\n\x02{copy}\x03AP-WF-11-13-26 0745GMT<\r\n\x0c\r\n\x04\r\n"


def dpa(number: str, *lines: str) -> bytes:
    copy = "\r\n".join(lines)
    return f"\x01bdt{number} 4 pl 125 dpa {number}\r\n\x02{copy}\r\n\r\ndpa jc yybb n1 bag\r\n\x03101150 MEZ Dez 26\r\n\x04".encode(
        "latin-1"
    )


def test_the_mark_of_an_advance_is_no_headline() -> None:
    (found,) = read(
        ap(
            "a a\x13\x11 BC-Salt Towns Adv15   01-10 0900",
            "^BC-Salt Towns, Adv 15,900<\r\n^$Adv15<\r\n^For Release Sunday, Nov. 15, and Thereafter<\r\n^The towns that salt built<\r\n"
            "^By JANE ROW=\r\n^AP Business Writer=\r\n\t   ELLERY, Norland (AP) _ Salt paid for the church.\r\n"
            "\t   End Adv for Sunday, Nov. 15\r\n",
        )
    )
    assert (found.headline, found.body) == ("The towns that salt built", "Salt paid for the church.")
    assert (found.article["slugline"], found.article["embargoedUntil"]) == ("BC-Salt Towns", "2026-11-15T05:00:00Z")


def test_who_is_asked_to_eliminate_a_transmission_is_told_of_a_kill() -> None:
    (found,) = read(
        ap(
            "b a\x13\x11 BC-Salt Mine   01-10 0050",
            "^BC-Salt Mine, Advisory,50<\r\n^Editors:<\r\n"
            "\t   Members who used a0713, BC-Salt Mine, are asked to eliminate it. A kill is mandatory.\r\n\t   The AP\r\n",
        )
    )
    assert (found.wire.action, found.wire.kill_targets, found.headline, found.body) == ("kill", ("a0713",), "", "")


def test_who_is_asked_to_use_another_transmission_is_told_of_no_kill() -> None:
    (found,) = read(
        ap(
            "r a\x13\x11 BC-Salt Mine CORRECTIVE   01-10 0100",
            "^BC-Salt Mine, CORRECTIVE,100<\r\n^Eds: Members who used BC-Salt Mine, a0713, are asked to use the following story.<\r\n"
            "\t   ELLERY, Norland (AP) _ The Associated Press reported erroneously on Jan. 9 that ten miners were trapped.\r\n",
        )
    )
    assert (found.wire.action, found.wire.kill_targets) == ("correction", ())


def test_the_sign_off_of_a_kill_is_no_headline() -> None:
    (found,) = read(
        ap(
            "b a\x13\x11 BC-Salt Mine KILL   01-10 0050",
            "^BC-Salt Mine, KILL,50<\r\n^BULLETIN KILL<\r\n^Eds: Kill BC-Salt Mine, a0713. The mine was not closed.<\r\n^The AP<\r\n",
        )
    )
    assert (found.wire.action, found.wire.kill_targets, found.headline) == ("kill", ("a0713",), "")


def test_a_transmission_number_may_be_short() -> None:
    both = ap(
        "r a\x13\x11 BC-A--One   11-13 0010", "^BC-A--One Story,10<\r\n^One story told<\r\n\t   ELLERY, Norland (AP) _ One.\r\n", "W1"
    )
    both += "\x16\x16\x01W12\x1fasian\r\nr a\x13\x11 BC-A--Two   11-13 0010\r\n\x02^BC-A--Two Stories,10<\r\n^Two stories told<\r\n\t   Two"
    first, second = read(both)
    assert (first.provenance.format, first.article["altIds"][0]) == ("anpa-1312", {"role": "transmission", "value": "W1"})
    assert (second.headline, second.body, second.provenance.warnings[0]) == ("Two stories told", "Two", "no_end_of_text")


def test_an_embargo_in_brackets_leaves_no_hyphen_of_the_slug() -> None:
    (found,) = read(
        "\x16\x16\x01f2918\x1freute\r\nr f BC-SALT-(EMBARGOED)   02-26 0060\r\n\x02SALT OUTPUT SEEN UP\r\n"
        "    ELLERY, Feb 26 - Salt output will rise, the bureau said.\r\n REUTER\r\n\x03"
    )
    assert (found.article["slugline"], found.wire.action, found.wire.agency) == ("BC-SALT", "withhold", "reuters")


def test_a_keyword_of_short_words_is_the_slug_where_the_header_repeats_it() -> None:
    (found,) = read(
        "\x16\x16\x01N4471\x1faapnw\r\nr f\x13\x11 NSW Lighthouse (ATTN EDITORS)   03-03 0094\r\n\x02NSW Lighthouse (ATTN EDITORS)\r\n"
        "Lighthouse story to move again\r\n   SYDNEY, March 3 AAP - The story will be sent again.\r\n\x03\r\n\x04\r\n"
    )
    assert (found.article["slugline"], found.headline, found.wire.action) == (
        "NSW Lighthouse",
        "Lighthouse story to move again",
        "advisory",
    )


def test_german_marks_stand_in_lines_of_their_own() -> None:
    (found,) = read(
        dpa(
            "0101",
            "Salz/Regierung/",
            "(Berichtigung: Im 2. Absatz muss es rpt. März heißen)",
            "1. Zusammenfassung",
            "Kabinett einigt sich auf Salzgesetz =",
            "",
            "Berlin (dpa) - Das Gesetz kommt im März ins Parlament.",
        )
    )
    assert (found.wire.action, found.wire.ordinals.lead, found.headline) == ("correction", 1, "Kabinett einigt sich auf Salzgesetz")
    assert [(note.verb, note.klass, note.paragraphs) for note in found.wire.notes] == [("Berichtigung", "correct", (2,))]
    assert (found.article["slugline"], found.article["versionCreated"]) == ("Salz/Regierung/", "2026-12-10T10:50:00Z")


def test_a_flash_in_mixed_case_stands_above_the_slug() -> None:
    copy = "Berlin (dpa) - Das Kabinett hat sich geeinigt."
    (found,) = read(dpa("0100", "Eil", "Salz/Regierung/", "Kabinett einigt sich auf Salzgesetz =", "", copy))
    assert (found.wire.action, found.article["slugline"], found.headline) == (
        "alert",
        "Salz/Regierung/",
        "Kabinett einigt sich auf Salzgesetz",
    )


def test_an_advisory_s_headline_is_kept_below_its_mark() -> None:
    (found,) = read(dpa("0102", "(Achtung)", "Impressum =", "", "Die Redaktion ist ab sofort unter neuer Nummer erreichbar."))
    assert (found.wire.action, found.headline) == ("advisory", "Impressum")


def test_a_list_of_laserphotos_is_no_headline() -> None:
    (found,) = read(
        ap(
            "r a\x13\x11 AM-Rio-Capsize   11-13 0691",
            "^AM-Rio-Capsize, 3rd Ld-Writethru, a0713,691<\r\n^LaserPhoto RIO1<\r\n^By JANE ROW=\r\n^Associated Press Writer=\r\n"
            "\t   RIO DE JANEIRO, Brazil (AP) _ A boat capsized.\r\n",
        )
    )
    assert (found.headline, found.body, found.wire.ordinal) == ("", "A boat capsized.", 3)
