"""What the table of agencies says is read without a line of code: of an agency that is in no table, and of those that are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from writethru.records import Article, ItemNote
from writethru.wire import agencies

ENTRY = r"""
[agencies.lpa]
name = "Lirian Press Agency"
aliases = ["Agencja Liryjska"]
signatures = ["LPA"]
domains = ["lpa.example"]
languages = ["pl"]
zone = "Europe/Warsaw"
marks = ["count", "labels"]
words = { correction = ["POPRAWKA"], kill = ["WYCOFANO"], urgent = ["PILNE"], repeat = ["Powtórka"] }
series = { "odsłona" = "lead", omtag = "counted_update" }
ordinal_words = { druga = 2, trzecia = 3 }
glued = { AK = "counted_update" }
urgency = { x = 1, n = 5, z = 0 }
alerts = 2
story_id = '^LPA-(?P<story>\d{6}-\d+)(?:/(?P<version>\d+))?$'
digests = ["LPA w skrócie"]
"""
COPY = "Most w porcie jest znów otwarty, powiedziała we wtorek burmistrz miasta podczas sesji rady, i nikt nie pytał dlaczego."


@pytest.fixture
def read(article, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Article]]:
    extended = agencies.shipped() + ENTRY
    monkeypatch.setattr(agencies, "shipped", lambda: extended)
    agencies.table.cache_clear()
    yield lambda **item: article(**{"format": "ninjs-3", "providers": ("Agencja Liryjska",), "body": COPY, **item})
    agencies.table.cache_clear()


HEADLINES = [
    ("POPRAWKA - Most otwarty", ("correction", None), "Most otwarty"),
    ("POPRAWKA: Most otwarty", ("correction", None), "Most otwarty"),
    ("(POPRAWKA) Most otwarty", ("correction", None), "Most otwarty"),
    ("Most otwarty (POPRAWKA)", ("correction", None), "Most otwarty"),
    ("PILNE: Most runął", ("alert", None), "Most runął"),
    ("(Powtórka) Most otwarty", ("repeat", None), "Most otwarty"),
    ("(2. ODSŁONA) Most otwarty", ("update", 2), "Most otwarty"),
    ("(Druga odsłona) Most otwarty", ("new", None), "Most otwarty"),
    ("(Druga Odsłona) Most otwarty", ("update", 2), "Most otwarty"),
    ("3. OMTAG: Most otwarty", ("update", 3), "Most otwarty"),
    ("PILNE-POPRAWKA-Most otwarty", ("correction", None), "Most otwarty"),
    ("Most otwarty (2)", ("update", 2), "Most otwarty"),
    ("POPRAWKA budżetu w sejmie", ("new", None), "POPRAWKA budżetu w sejmie"),
    ("Poprawka: nowy budżet", ("new", None), "Poprawka: nowy budżet"),
]


@pytest.mark.parametrize(("headline", "verdict", "left"), HEADLINES, ids=[row[0] for row in HEADLINES])
def test_headlines_of_an_agency_that_the_table_alone_knows(read, headline, verdict, left):
    found = read(headline=headline)
    assert (found.wire.agency, (found.wire.action, found.wire.ordinal), found.headline) == ("lpa", verdict, left)


@pytest.mark.parametrize(
    ("slug", "verdict", "left"),
    [
        ("port-mostAK3", ("update", 3), "port-most"),
        ("port-mostAK", ("update", 1), "port-most"),
        ("port-most, POPRAWKA", ("correction", None), "port-most"),
        ("port-most, trzecia odsłona", ("update", 3), "port-most"),
        ("POPRAWKA", ("correction", None), None),
        ("port-mostAKT", ("new", None), "port-mostAKT"),
    ],
)
def test_its_slugs(read, slug, verdict, left):
    found = read(headline="Most otwarty", slug=slug)
    assert ((found.wire.action, found.wire.ordinal), found.article.get("slugline")) == (verdict, left)


def test_its_lines_urgencies_and_ids(read):
    line = read(headline="", format="text", body=f"POPRAWKA\n\nMost otwarty\n\nLIRIA (LPA) - {COPY}", providers=())
    assert (line.wire.agency, line.wire.action, line.headline, line.body) == ("lpa", "correction", "Most otwarty", COPY)
    assert (read(headline="Most", urgency="x").wire.action, read(headline="Most", urgency="x").article["urgency"]) == ("alert", 1)
    assert (read(headline="Most", urgency="n").wire.action, read(headline="Most", urgency="n").article["urgency"]) == ("new", 5)
    assert "urgency" not in read(headline="Most", urgency="z").article
    assert agencies.table().by_id["lpa"].story_key(["LPA-260317-12/3"]) == ("260317-12", "3")


def test_its_zone_its_digest_and_its_signals(read):
    held = read(headline="Most", notes=(ItemNote("ednote", "Embargoed until 0600 March 18"),), version_created="2026-03-17T08:00:00Z")
    assert held.wire.embargo == "2026-03-18T05:00:00Z"
    assert read(headline="LPA w skrócie").wire.digest is True
    assert read(headline="Most", signals=("POPRAWKA",)).wire.action == "correction"


def test_a_kill_by_its_own_word_needs_a_place_too(read):
    assert read(headline="WYCOFANO: Most otwarty", body="").wire.action == "kill"
    assert read(headline="WYCOFANO z ruchu sto tramwajów", body="").wire.action == "new"
    assert read(headline="Sto tramwajów WYCOFANO", body="").wire.action == "new"


def test_its_words_are_nobody_else_s(read):
    found = read(headline="POPRAWKA: Most otwarty", providers=("AP",), slug="port-mostAK3")
    assert (found.wire.agency, found.wire.action, found.headline) == ("ap", "new", "POPRAWKA: Most otwarty")


NAMED = [
    "Yonhap", "AP", "Reuters", "AFP", "dpa", "TT", "STT", "Ritzau", "NTB", "ANP", "Belga", "Europa Press", "Xinhua", "ANSA", "EFE",
    "Canadian Press", "AAP", "TASS", "Kyodo", "PA", "PTI", "IANS", "Dow Jones", "ATS", "ANA-MPA",
]  # fmt: skip


def test_every_agency_of_the_wires_has_its_entry():
    table = agencies.table()
    assert [name for name in NAMED if table.named(name) is None] == []
    assert [entry.id for entry in table.by_id.values() if not (entry.languages and entry.zone)] == []


@pytest.mark.parametrize(
    ("provider", "agency"),
    [
        ("Reuters: World", "reuters"),
        ("AFP - Monde", "afp"),
        ("Yonhap News Agency - Top news", "yonhap"),
        ("dpa | Politik", "dpa"),
        ("nprov:REUTERS", "reuters"),
        ("Harbor Gazette: World", "harbor-gazette-world"),
        ("App: new releases", "app-new-releases"),
        ("Reuters Building Fund", "reuters-building-fund"),
        ("World: Reuters", "world-reuters"),
    ],
)
def test_a_service_is_of_the_agency_its_name_opens_with(article, provider, agency):
    assert article(format="rss", headline="Bridge opens", providers=(provider,)).wire.agency == agency


def test_a_feed_without_a_party_is_of_the_agency_its_title_opens_with(article):
    read = article(format="rss", headline="Bridge opens", providers=("feeds.example.org", "Reuters: World"))
    assert read.wire.agency == "reuters"


def test_hosts_and_urgencies_without_end_say_nothing() -> None:
    table = agencies.table()
    assert table.of_address("urn:x:" + "a." * 500_000 + "example") is None
    assert table.by_id["ap"].urgency("2" * 100_000) is None
