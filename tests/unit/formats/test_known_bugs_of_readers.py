"""What readers of wire copy are known to get wrong, one test a bug: each payload holds the trap, and is read as its sender meant it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from writethru import reader
from writethru.records import Article, NoteClass

NAR = "http://iptc.org/std/nar/2006-10-01/"


def read(payload: str | bytes) -> Article:
    (found,) = reader.read(payload if isinstance(payload, bytes) else payload.encode())
    assert isinstance(found, Article)
    return found


def clauses(found: Article) -> list[tuple[str, NoteClass, str]]:
    return [(note.verb, note.klass, note.text) for note in found.wire.notes]


def anpa(header: str, *lines: str) -> str:
    copy = "\r\n".join(lines)
    return f"\x16\x16\x01W1001\x1fasian\r\n{header}\r\n\x02{copy}\r\n\x03AP-WF-11-13-26 0745GMT<\r\n\x04\r\n"


WRITETHRU = anpa(
    "r a\x13\x11 BC-US--Salt-Mine 1stLd-Writethru   11-13 0210",
    "^BC-US--Salt Mine, 1st Ld-Writethru,210<",
    "^Miners freed from salt mine<",
    "^EDITOR'S NOTE _ Jane Row was in the mine as the roof fell.<",
    "^Eds: Restores reference in 3rd paragraph to the owner. Adds video link. For global distribution<",
    "^By JANE ROW=",
    "^Associated Press=",
    "\t   ELLERY, Norland (AP) _ Nine miners walked out of a salt mine.",
)


def test_the_last_letter_of_an_ap_note_is_not_cut_off() -> None:
    assert clauses(read(WRITETHRU))[-1] == ("", "other", "For global distribution")
    assert read(WRITETHRU).article["edNote"].endswith("For global distribution")


def test_an_editor_s_note_for_readers_does_not_take_the_place_of_the_eds_line() -> None:
    found = read(WRITETHRU)
    assert clauses(found)[:2] == [
        ("Restores", "restore", "Restores reference in 3rd paragraph to the owner"),
        ("Adds", "add", "Adds video link"),
    ]
    assert found.body.startswith("EDITOR'S NOTE _ Jane Row was in the mine")


def test_an_update_note_is_parsed_and_does_not_stay_a_string() -> None:
    note = read(WRITETHRU).wire.notes[0]
    assert (note.klass, note.paragraphs, note.field) == ("restore", (3,), "body")


def test_an_apostrophe_in_an_anpa_header_ends_no_slug() -> None:
    found = read(
        "\x16\x16\x01K0456\x1fkwsen\r\nu s\x14\x12 Soccer-Emperor's-Cup   09-12 0131\r\n\x02Soccer-Emperor's-Cup\r\n"
        "Soccer: Hoshikawa win cup +\r\n\r\n   SAITAMA, Japan, Dec. 9 Kyodo - Hoshikawa FC won.\r\n==Kyodo\r\n\x03KWS-21:37-09-12-26\r\n"
    )
    assert (found.article["slugline"], found.wire.action, found.wire.notes) == ("Soccer-Emperor's-Cup", "new", ())


def test_the_start_of_an_anpa_header_is_a_control_character() -> None:
    found = read(
        "\x01f2918\x1freute\r\nr f BC-SALT-OUTPUT   02-26 0060\r\n\x02SALT OUTPUT UP\r\n    ELLERY, Feb 26 - Salt output rose.\r\n\x03"
    )
    assert (found.provenance.format, found.article["slugline"], found.headline) == ("anpa-1312", "BC-SALT-OUTPUT", "SALT OUTPUT UP")


SEVEN = (
    "bdt0045 4 pl 117 dpa 0045\r\n{}Salt/\r\n2ND LEAD\r\nCabinet agrees on salt law =\r\n\r\n"
    "Berlin (dpa) - M\xfcller agreed.\r\n\r\ndpa jc\r\n"
)
TRAILER = "071341 GMT Okt 26\r\n"


@pytest.mark.parametrize(
    "payload",
    [
        SEVEN.format("") + TRAILER,
        SEVEN.format("\x02") + "\x03" + TRAILER + "\x04",
        "\x7f\x7f" + SEVEN.format("\x02") + "\x03" + TRAILER + "\x04",
        "\x7f\x7f\x01" + SEVEN.format("\x02") + "\x03" + TRAILER + "\x04",
    ],
    ids=["no frame", "no SOH", "DEL in place of SOH", "DEL before SOH"],
)
def test_iptc_7901_is_known_without_its_first_sign(payload: str) -> None:
    found = read(payload.encode("latin-1"))
    assert (found.provenance.format, found.wire.agency, found.wire.ordinal) == ("iptc-7901", "dpa", 2)
    assert (found.headline, found.body) == ("Cabinet agrees on salt law", "M\xfcller agreed.")


def test_the_time_of_iptc_7901_is_its_trailer_s_and_not_the_clock_s() -> None:
    assert read((SEVEN.format("\x02") + "\x03" + TRAILER).encode("latin-1")).article["versionCreated"] == "2026-10-07T13:41:00Z"


@pytest.mark.parametrize(("charset", "used"), [("latin-1", "cp1252"), ("cp1252", "cp1252"), ("utf-8", "utf-8")])
def test_iptc_7901_is_not_latin_1_alone(charset: str, used: str) -> None:
    payload = ("\x01" + SEVEN.format("\x02").replace("M\xfcller", "\xabM\xfcller\xbb") + "\x03" + TRAILER).encode(charset)
    assert (read(payload).body, read(payload).provenance.encoding) == ("\xabM\xfcller\xbb agreed.", used)


def ap(**properties: Any) -> str:
    item = {
        "altids": {"itemid": "9f3c", "etag": "9f3c_1a"},
        "version": 1,
        "type": "text",
        "pubstatus": "usable",
        "headline": "Ferry aground",
        "slugline": "BC-EU--Ferry Aground",
        "versioncreated": "2026-03-11T10:15:00Z",
        "body_nitf": "<p>SKERRIN, Norland (AP) \u2014 A ferry ran aground.</p>",
    }
    return json.dumps({**item, **properties})


def test_moving_on_does_not_swallow_the_rest_of_the_note() -> None:
    note = "Eds: Moving on general news services. Adds details of the rescue. CORRECTS spelling of Skerrin."
    assert clauses(read(ap(ednote=note))) == [
        ("", "other", "Moving on general news services"),
        ("Adds", "add", "Adds details of the rescue"),
        ("CORRECTS", "correct", "CORRECTS spelling of Skerrin"),
    ]


def test_the_slug_of_an_ap_item_is_parted_at_its_sections_and_keeps_no_blank() -> None:
    found = read(ap(slugline="BC-EU--Ferry-Aground, 8th Ld-Writethru, a0713", version=8))
    assert (found.article["slugline"], found.wire.ordinals.lead, found.wire.complete) == ("BC-EU--Ferry-Aground", 8, True)
    assert [one.text for one in found.wire.evidence if one.rule == "slug_ordinal"] == ["8th Ld-Writethru"]


@pytest.mark.parametrize(
    ("kind", "action"), [("Kill", "kill"), ("Withhold", "withhold"), ("Corrective", "correction"), ("Clarification", "clarification")]
)
def test_editorialtypes_are_read(kind: str, action: str) -> None:
    assert read(ap(editorialtypes=[kind])).wire.action == action


def test_the_status_embargoed_is_usable_with_a_time() -> None:
    found = read(ap(pubstatus="embargoed", embargoed="2026-03-12T05:01:00Z"))
    assert (found.article["pubStatus"], found.article["embargoedUntil"]) == ("usable", "2026-03-12T05:01:00Z")


def newsml(
    created: str, lines: str = "", management: str = "", revision: str = "<RevisionId>1</RevisionId>", provider: str = "afp.com"
) -> str:
    return (
        "<NewsML><NewsEnvelope><DateAndTime>20260311T101502Z</DateAndTime></NewsEnvelope><NewsItem><Identification><NewsIdentifier>"
        f"<ProviderId>{provider}</ProviderId><DateId>20260311</DateId><NewsItemId>TX-1</NewsItemId>{revision}"
        "<PublicIdentifier>urn:newsml:example.org:20260311:TX-1:3</PublicIdentifier></NewsIdentifier></Identification><NewsManagement>"
        f"<NewsItemType FormalName='News'/><FirstCreated>{created}</FirstCreated><ThisRevisionCreated>{created}</ThisRevisionCreated>"
        f"<Status FormalName='Usable'/>{management}</NewsManagement><NewsComponent><NewsLines><HeadLine>Ferry aground</HeadLine>{lines}"
        "</NewsLines><ContentItem><MediaType FormalName='Text'/><DataContent><p>A ferry ran aground.</p></DataContent></ContentItem>"
        "</NewsComponent></NewsItem></NewsML>"
    )


@pytest.mark.parametrize(
    ("created", "agency", "expected"),
    [
        ("20260311T191200+0900", "kyodo", "2026-03-11T10:12:00Z"),
        ("20260311T111200+0100", "anp", "2026-03-11T10:12:00Z"),
        ("20260711T121200+0200", "ats", "2026-07-11T10:12:00Z"),
        ("20260711T131200+0300", "ana", "2026-07-11T10:12:00Z"),
        ("20260311T101200+0000", "efe", "2026-03-11T10:12:00Z"),
        ("20260311T101200Z", "afp", "2026-03-11T10:12:00Z"),
        ("20260311T131200", "tass", "2026-03-11T10:12:00Z"),
        ("20260711T121200", "ansa", "2026-07-11T10:12:00Z"),
        ("20260311T111200", "belga", "2026-03-11T10:12:00Z"),
    ],
)
def test_newsml_1_takes_times_of_any_offset_and_of_none(created: str, agency: str, expected: str) -> None:
    found = read(newsml(created, provider=agency))
    assert (found.article["firstCreated"], found.article["versionCreated"]) == (expected, expected)


def test_the_advisory_line_of_newsml_1_is_read() -> None:
    line = "<NewsLine><NewsLineType FormalName='AdvisoryLine'/><NewsLineText>UPDATES throughout, ADDS quotes</NewsLineText></NewsLine>"
    found = read(newsml("20260311T101200Z", line))
    assert [(note.verb, note.targets) for note in found.wire.notes] == [("UPDATES", ("throughout",)), ("ADDS", ("quotes",))]


def test_associated_with_and_the_attributes_of_a_revision_are_read() -> None:
    tied = "<AssociatedWith NewsItem='urn:newsml:example.org:20260311:TX-0:1'/>"
    found = read(newsml("20260311T101200Z", "", tied, "<RevisionId PreviousRevision='2' Update='N'>3</RevisionId>"))
    assert (found.article["version"], found.wire.replaces) == ("3", ("urn:newsml:example.org:20260311:TX-1:2",))
    assert found.article["associations"][0]["uri"] == "urn:newsml:example.org:20260311:TX-0:1"


def test_every_note_signal_and_link_of_newsml_g2_is_read() -> None:
    found = read(
        f"<newsItem xmlns='{NAR}' guid='urn:newsml:example.org:2' version='1'><itemMeta><itemClass qcode='ninat:text'/>"
        "<versionCreated>2026-03-11T10:12:00Z</versionCreated><edNote>Adds quotes</edNote>"
        "<edNote role='x:y'>Corrects name in 3rd para</edNote>"
        "<signal qcode='sig:update'/><signal qcode='edStat:C'/>"
        "<link rel='irel:evolvedFrom' residref='urn:newsml:example.org:1'/></itemMeta>"
        "<contentMeta><headline>Ferry aground</headline></contentMeta></newsItem>"
    )
    assert [(note.klass, note.field) for note in found.wire.notes] == [("add", "edNote[0]"), ("correct", "edNote[1]")]
    assert {one.text for one in found.wire.evidence if one.rule == "signal"} == {"sig:update", "edStat:C"}
    assert (found.wire.action, found.wire.replaces) == ("correction", ("urn:newsml:example.org:1",))


def nitf(docdata: str, status: str = "usable") -> str:
    return (
        f"<nitf><head><docdata management-status='{status}'><doc-id regsrc='PA' id-string='a1'/>"
        f"<date.issue norm='20260909T101500+0100'/>{docdata}</docdata></head><body><body.head><hedline><hl1>Ferry aground</hl1></hedline>"
        "</body.head><body.content><p>A ferry ran aground.</p></body.content></body></nitf>"
    )


def test_du_key_and_correction_of_nitf_are_read() -> None:
    found = read(nitf("<du-key version='2' key='POLITICS Ferry'/><correction info='Corrects the name in par 3' id-string='a0'/>"))
    assert (found.article["slugline"], found.article["version"]) == ("POLITICS Ferry", "2")
    assert (found.wire.action, found.wire.replaces) == ("correction", ("a0",))
    assert [(note.klass, note.paragraphs) for note in found.wire.notes] == [("correct", (3,))]


def test_an_embargo_of_nitf_is_not_taken_for_usable() -> None:
    found = read(nitf("<date.release norm='20260911T000100+0100'/>", "embargoed"))
    assert (found.article["pubStatus"], found.article["embargoedUntil"]) == ("usable", "2026-09-10T23:01:00Z")


def test_an_embargo_of_nitf_without_a_time_holds_the_item() -> None:
    found = read(nitf("", "embargoed"))
    assert (found.article["pubStatus"], found.wire.action) == ("withheld", "withhold")
