"""NewsML 1 up to the record that leaves: what each agency's habits come to, and that nothing but the documented failures is raised."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.schema_check import check_article, check_ninjs
from writethru.codec import article_json
from writethru.formats import decode
from writethru.records import Article, Feed, Item, NotAnArticle, ParseError, RawMessage
from writethru.wire import normalise

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
AGENCIES = ("afp", "anp", "ansa", "ats", "belga", "efe", "kyodo", "reuters", "tass")


def read(payload: bytes, feed: Feed | None = None) -> list[Article]:
    message = RawMessage(payload, "wire.raw", 0, 0, 1_773_216_000_000)
    decoded = decode(message, feed)
    told: dict[str, Any] = {"sha256": decoded.sha256, "received": "2026-03-11T08:00:00Z", "pipeline": "t", "feed": feed}
    return [
        normalise(item, message, article_id=id_, **told)
        for item, id_ in zip(decoded.items, decoded.ids, strict=True)
        if isinstance(item, Item)
    ]


def golden(name: str) -> list[Article]:
    return read((GOLDEN / name).read_bytes())


def story(provider: str, when: str, management: str = "", lines: str = "", text: str = "The wall held.") -> Article:
    document = (
        "<NewsML><NewsItem><Identification><NewsIdentifier><NewsItemId>N-1</NewsItemId></NewsIdentifier></Identification><NewsManagement>"
        f"<ThisRevisionCreated>{when}</ThisRevisionCreated>{management}</NewsManagement><NewsComponent><NewsLines>"
        f"<HeadLine>Wall holds</HeadLine>{lines}</NewsLines>"
        f'<AdministrativeMetadata><Provider><Party FormalName="{provider}"/></Provider></AdministrativeMetadata>'
        '<DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>'
        f"<ContentItem><DataContent><p>{text}</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    )
    (found,) = read(document.encode())
    return found


@pytest.mark.parametrize(
    ("provider", "printed", "read_as", "warnings"),
    [
        ("AFP", "20260311T142208+0000", "2026-03-11T14:22:08Z", ()),
        ("AFP", "20260311T142208Z", "2026-03-11T14:22:08Z", ()),
        ("Kyodo News", "20260311T170000+0900", "2026-03-11T08:00:00Z", ()),
        ("ANP", "20260311T121800+0100", "2026-03-11T11:18:00Z", ()),
        ("ATS", "20260711T101400+0200", "2026-07-11T08:14:00Z", ()),
        ("ATS", "20260711T101400+02:00", "2026-07-11T08:14:00Z", ()),
        ("EFE", "20260311T125900+0000", "2026-03-11T12:59:00Z", ()),
        ("TASS", "20260311T131400", "2026-03-11T10:14:00Z", ("naive_time:version_created",)),
        ("TASS", "20260311T1314", "2026-03-11T10:14:00Z", ("naive_time:version_created",)),
        ("ANSA", "2026-07-11 18:33", "2026-07-11T16:33:00Z", ("naive_time:version_created",)),
        ("Belga", "20260311T093000", "2026-03-11T08:30:00Z", ("naive_time:version_created",)),
        ("Belga", "20260311", "2026-03-10T23:00:00Z", ("naive_time:version_created",)),
        ("Reuters", "20260311T154500.000Z", "2026-03-11T15:45:00Z", ()),
        ("Kyodo News", "20260311T170000 JST", "2026-03-11T08:00:00Z", ()),
        ("AFP", "11 March", None, ("unreadable_time:version_created",)),
    ],
)
def test_a_time_of_every_shape(provider: str, printed: str, read_as: str | None, warnings: tuple[str, ...]) -> None:
    found = story(provider, printed)
    assert found.article.get("versionCreated") == read_as
    assert found.provenance.warnings == warnings


def test_an_embargo_that_the_status_announces() -> None:
    change = (
        '<Status FormalName="Embargoed"/><StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20260312T060000</DateAndTime>'
    )
    found = story("TASS", "20260311T131400", change + "</StatusWillChange>")
    assert found.wire.embargo == "2026-03-12T03:00:00Z"
    assert found.article["embargoedUntil"] == "2026-03-12T03:00:00Z"


def test_an_embargo_without_a_time_withholds() -> None:
    assert story("TASS", "20260311T131400", '<Status FormalName="Embargoed"/>').article["pubStatus"] == "withheld"


def test_a_cancelled_item_is_a_kill_whose_text_does_not_leave() -> None:
    found = story("AFP", "20260311T131400Z", '<Status FormalName="Canceled"/>')
    assert (found.wire.action, found.article["pubStatus"], found.body) == ("kill", "canceled", "")


@pytest.mark.parametrize(("instruction", "action"), [("Update", "update"), ("Correction", "correction")])
def test_an_instruction_says_what_a_revision_is(instruction: str, action: str) -> None:
    assert story("AFP", "20260311T131400Z", f'<Instruction FormalName="{instruction}"/>').wire.action == action


def test_the_advisory_line_is_read_as_the_note_it_is() -> None:
    (found,) = golden("afp/update.xml")
    assert {(note.klass, note.verb) for note in found.wire.notes} >= {("recast", "RECASTS"), ("add", "ADDS"), ("media", "")}
    assert found.wire.action == "update"
    assert found.article["edNote"].splitlines()[0] == "RECASTS with last raft found, RAISES number of rescued, ADDS quotes"


def test_a_restriction_of_use_is_no_note() -> None:
    (found,) = golden("afp/picture-restricted.xml")
    assert (found.wire.notes, found.article.get("edNote")) == ((), None)
    assert found.article["usageTerms"].startswith("RESTRICTED TO EDITORIAL USE.")
    assert found.article["type"] == "picture"


def test_an_alert_has_no_headline_and_its_label_is_none() -> None:
    (found,) = golden("afp/alert-arabic.xml")
    assert (found.wire.action, found.headline, found.article["urgency"]) == ("alert", "", 2)


def test_the_same_slug_and_byline_for_all() -> None:
    (dutch,) = golden("anp/second-version.xml")
    assert (dutch.article.get("slugline"), dutch.article["by"]) == (None, "Joris Veldkamp")
    assert (dutch.wire.ordinal, dutch.wire.action) == (2, "update")
    assert "Schippers dreigen met staking in haven Elburgh" in dutch.wire.replaces
    (russian,) = golden("tass/urgent.xml")
    assert (russian.article.get("slugline"), russian.article["urgency"], russian.wire.action) == (None, 2, "alert")
    spanish = golden("efe/two-items.xml")
    assert [one.article.get("by") for one in spanish] == [None, None]


def test_priorities_and_places_that_say_nothing() -> None:
    (found,) = golden("kyodo/obituary.xml")
    assert (found.article.get("urgency"), found.article["located"]) == (None, "Sendai, Japan")
    assert found.headline == "Ex-Governor Sato, builder of coastal line, dies"


def test_a_language_that_is_wrong_is_told_from_the_text() -> None:
    (found,) = golden("ansa/barrier.xml")
    assert (found.article["language"], found.headline) == ("en", "Lagoon barrier stays shut for third day")


def test_an_address_to_users_is_an_advisory_and_the_fourth_revision_follows_none() -> None:
    (found,) = golden("belga/attention-users.xml")
    assert (found.wire.action, found.article["version"], found.wire.replaces) == ("advisory", "4", ())


def test_an_encoding_of_western_europe() -> None:
    (found,) = golden("ats/canal.xml")
    assert found.provenance.encoding == "iso8859-15"
    assert "d'€ dépensés" in found.headline
    assert "œuvres" in found.headline


@pytest.mark.parametrize(
    "path", sorted(path for agency in AGENCIES for path in (GOLDEN / agency).glob("*.xml")), ids=lambda path: path.name
)
def test_every_golden_record_is_valid(path: Path) -> None:
    for article in read(path.read_bytes()):
        check_article(orjson.loads(article_json(article)))


# --- hostile ------------------------------------------------------------------------------------------------------------------

PAYLOADS = [path.read_bytes() for agency in AGENCIES for path in sorted((GOLDEN / agency).glob("*.xml")) if b"<NewsML" in path.read_bytes()]
TAGS = (
    "NewsItem NewsComponent NewsLines NewsLine NewsLineType NewsLineText HeadLine SlugLine DateLine KeywordLine ByLine Identification "
    "NewsIdentifier RevisionId PublicIdentifier NewsManagement Status StatusWillChange FutureStatus DateAndTime Urgency Instruction "
    "RevisionStatus AssociatedWith Role ContentItem MediaType MimeType DataContent Encoding Characteristics SizeInBytes Property Location "
    "SubjectCode Subject TopicOccurrence Topic Update Replace NewsItemRef nitf body body.content p table tr td AdministrativeMetadata "
    "DescriptiveMetadata RightsMetadata UsageRights Provider Creator Party Catalog TopicSet NameLabel Language"
).split()
VALUES = st.sampled_from(
    ["", "0", "Text", "Photo", "main", "Caption", "Usable", "Embargoed", "20260311T131400", "urn:x:y:1", "yes", "base64", "é\u2028"]
)
NAMES = st.sampled_from(
    "FormalName Value Href NewsItem Duid Topic Revision PreviousRevision Update Notation Scheme cat EquivalentsList".split()
)


def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.dictionaries(NAMES, VALUES, max_size=2).map(
        lambda found: "".join(f' {name}="{value}"' for name, value in found.items())
    )
    return st.builds(
        lambda tag, given, inner: f"<{tag}{given}>{''.join(inner)}</{tag}>", st.sampled_from(TAGS), attributes, st.lists(inside, max_size=5)
    )


TREES = st.recursive(
    st.sampled_from(["", "VGhl", "By Ana Vance", "gr/bp", "UPDATES &lt;p&gt;x", "20260311T131400Z"]), element, max_leaves=40
)


def raises_nothing_else(payload: bytes) -> None:
    try:
        found = read(payload)
    except (ParseError, NotAnArticle):
        return
    for article in found:
        check_ninjs(article.article)


@given(st.lists(TREES, max_size=6))
@settings(max_examples=150, deadline=None)
def test_elements_in_any_order(inside: list[str]) -> None:
    raises_nothing_else(f"<NewsML><NewsItem>{''.join(inside)}</NewsItem></NewsML>".encode())


@given(st.sampled_from(PAYLOADS), st.data())
@settings(max_examples=150, deadline=None)
def test_documents_that_were_cut_and_mixed(payload: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(payload)))
    end = data.draw(st.integers(start, min(len(payload), start + 400)))
    filling = data.draw(st.one_of(st.binary(max_size=12), st.sampled_from([b"<", b"</p>", b"&x;", b"]]>", b'"', b"<NewsItem>", b""])))
    raises_nothing_else(payload[:start] + filling + payload[end:])


def wide(inside: bytes, identity: bytes = b"") -> bytes:
    return b"<NewsML><NewsItem>" + identity + b"<NewsComponent>" + inside + b"</NewsComponent></NewsItem></NewsML>"


def leaf(role: bytes) -> bytes:
    return b'<NewsComponent><Role FormalName="%s"/><ContentItem><DataContent>Tide.</DataContent></ContentItem></NewsComponent>' % role


LONG_ID = b"<Identification><NewsIdentifier><NewsItemId>" + b"n" * 1_000_000 + b"</NewsItemId></NewsIdentifier></Identification>"
REVISION = b'<Instruction><RevisionStatus Revision="1"/></Instruction>'
WIDE = {
    "pictures": wide(b'<ContentItem Href="a"><MediaType FormalName="Photo"/></ContentItem>' * 20_000),
    "components": wide(leaf(b"Main") + leaf(b"Lead") * 20_000),
    "captions": wide(leaf(b"Main") + leaf(b"Caption") * 20_000),
    "bylines": wide(b"<NewsLines>" + b"<ByLine>Ana Vance</ByLine>" * 100_000 + b"</NewsLines>"),
    "keywords": wide(b"<NewsLines><KeywordLine>a" + "\u00a0".encode() * 500_000 + b"</KeywordLine></NewsLines>"),
    "instructions": b"<NewsML><NewsItem>" + LONG_ID + b"<NewsManagement>" + REVISION * 50_000 + b"</NewsManagement></NewsItem></NewsML>",
    "media of a long id": wide(b'<NewsComponent><ContentItem Href="a.jpg"/></NewsComponent>' * 20_000 + leaf(b"Main"), LONG_ID),
}


@pytest.mark.parametrize("name", WIDE)
def test_time_and_memory_follow_the_size(name: str) -> None:
    begun = time.process_time()
    assert len(decode(RawMessage(WIDE[name], "t", 0, 0, 0)).items) == 1
    assert time.process_time() - begun < 5


def test_deep_documents() -> None:
    deep = b"<NewsML><NewsItem>" + b"<NewsComponent>" * 99 + b"</NewsComponent>" * 99 + b"</NewsItem></NewsML>"
    with pytest.raises(ParseError, match="too_deep"):
        read(deep)
    nested = b"<NewsML>" + b"<NewsItem>" * 90 + b"</NewsItem>" * 90 + b"</NewsML>"
    assert len(decode(RawMessage(nested, "t", 0, 0, 0)).items) == 90
