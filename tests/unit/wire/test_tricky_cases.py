"""The cases that readers of wire copy get wrong, one by one. What a case only quotes of real copy is kept to a line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from writethru.records import Article, Item, ItemLink, ItemNote, RawMessage
from writethru.stories import StoryIndex
from writethru.threads import ThreadIndex
from writethru.wire import agencies, normalise
from writethru.wire.marks import slugs
from writethru.wire.text import Field

COPY = "The harbor bridge reopened on Tuesday after ten years, the mayor told the council of the town at noon, and nobody asked why."


def made(name: str, *, at: int = 1_700_000_000_000, **item: Any) -> Article:
    """The article of an item, under an id of its own."""
    message = RawMessage(b"", "wire.raw", 0, 7, at)
    given = Item(**{"format": "ninjs-3", **item})
    made_id = name.encode().hex().ljust(32, "0")[:32]
    return normalise(given, message, article_id=made_id, sha256="cd" * 32, received="2026-03-01T08:15:00Z", pipeline="test")


def told(read: Article) -> list[tuple[str, str, tuple[str, ...], tuple[int, ...]]]:
    return [(note.verb, note.klass, note.targets, note.paragraphs) for note in read.wire.notes]


def verdict(read: Article) -> tuple[str, int | None]:
    return read.wire.action, read.wire.ordinal


# --- what a scraper leaves in front ----------------------------------------------------------------------------------------


def test_a_page_date_and_a_note_on_one_line(article):
    read = article(body=" date 2023-09-12 (ATTN: ADDS details from North Korean state media; RECASTS headline)\n\n" + COPY)
    assert read.provenance.page_date == "2023-09-12"
    assert told(read) == [("ADDS", "add", ("details",), ()), ("RECASTS", "recast", ("headline",), ())]
    assert (read.wire.action, read.wire.ordinal, read.wire.complete, read.body) == ("update", None, True, COPY)


def test_a_page_date_and_a_dateline_without_agency(article):
    read = article(body=" date 2011-12-28 SEOUL Dec 28 Seoul shares closed down")
    assert (read.provenance.page_date, read.headline, read.body) == ("2011-12-28", "", "Seoul shares closed down")
    line = read.wire.dateline
    assert line is not None
    assert ([place.name for place in line.places], line.date, line.signature) == (["Seoul"], "2011-12-28", None)


def test_two_dates_and_a_counter(article):
    read = article(body=" date 2024-01-24 22.01.2024, 14:34 4971")
    assert (read.provenance.page_date, read.headline, read.body) == ("2024-01-24", "", "")
    assert "22.01.2024, 14:34 4971" in {one.text for one in (*read.wire.evidence, *read.wire.blocks)}


def test_a_sentence_that_opens_with_date(article):
    read = article(body="date 2023 was a good year for onions")
    assert (read.provenance.page_date, read.body) == (None, "date 2023 was a good year for onions")


# --- notes -----------------------------------------------------------------------------------------------------------------

NOTES = [
    (
        "(ATTN: ADDS details in paras 2, 5, 10, 13-16, photo; RECASTS lead)",
        [("ADDS", "add", ("details", "photo"), (2, 5, 10, 13, 14, 15, 16)), ("RECASTS", "recast", ("lead",), ())],
    ),
    (
        "(ATTN: RECASTS headline, lead; UPDATES with outcome of Moon-Trump summit, more details, minor changes in paras 2-7)",
        [("RECASTS", "recast", ("headline", "lead"), ()), ("UPDATES", "update", ("details",), (2, 3, 4, 5, 6, 7))],
    ),
    (
        "\uff08\uff21\uff34\uff34\uff2e\uff1a\uff21\uff24\uff24\uff33 \uff50\uff48\uff4f\uff54\uff4f\uff09",
        [("ADDS", "add", ("photo",), ())],
    ),
]


@pytest.mark.parametrize(("note", "clauses"), NOTES, ids=["paragraph list", "verbless tail", "full width"])
def test_attn_lines(article, note, clauses):
    read = article(body=f"(2nd LD) Bridge reopens\n{note}\nBUSAN, March 3 (Yonhap) -- {COPY}")
    given = [
        (one.verb.translate({0xFF21 + i: 0x41 + i for i in range(26)}), one.klass, one.targets, one.paragraphs) for one in read.wire.notes
    ]
    assert (given, verdict(read), read.body) == (clauses, ("update", 2), COPY)


def test_the_verbless_tail_stays_in_its_clause(article):
    read = article(body=f"(4th LD) Bridge reopens\n{NOTES[1][0]}\nBUSAN, March 3 (Yonhap) -- {COPY}")
    assert read.wire.notes[1].text.endswith("more details, minor changes in paras 2-7")


def test_full_width_spans_point_at_the_raw_text(article):
    body = f"{NOTES[2][0]}\nBUSAN, March 3 (Yonhap) -- {COPY}"
    (note,) = article(body=body).wire.notes
    assert body[slice(*note.span)] == note.text == "\uff21\uff24\uff24\uff33 \uff50\uff48\uff4f\uff54\uff4f"


EDS = [
    # note, clauses (verb, class, mechanics, targets, paragraphs), (action, complete)
    ("Eds: UPDATES: With AP Photos.", [("", "media", None, ("photo",), ())], ("new", None)),
    ("Eds: Cathie in 8th graf is cq", [("cq", "other", None, (), (8,))], ("new", None)),
    ("Eds: SUBS 6th graf ... to CORRECT spelling", [("SUBS", "correct", "change", ("spelling",), (6,))], ("correction", None)),
    (
        "Eds: Updates with name of Spanish victim, other details. CORRECTS spelling to Puerto Barrios. No pickup. Adds byline.",
        [
            ("Updates", "update", None, ("name", "details"), ()),
            ("CORRECTS", "correct", None, ("spelling",), ()),
            ("No pickup", "other", None, (), ()),
            ("Adds", "add", None, ("byline",), ()),
        ],
        ("correction", True),
    ),
    (
        "Eds: SUBS 3rd graf pvs, bgng: ``In 1988...'' to UPDATE number to 371; picks up 4th graf pvs, bgng: ``Although final...''",
        [("SUBS", "update", "change", (), (3,)), ("picks up", "other", None, (), (4,))],
        ("update", False),
    ),
]


@pytest.mark.parametrize(("note", "clauses", "verdict"), EDS, ids=["photos", "cq", "subs to correct", "several classes", "quotes"])
def test_notes_of_ap(article, note, clauses, verdict):
    given = ItemNote("ednote", note)
    read = article(headline="A bridge", body=COPY, notes=(given,), providers=("AP",), format="ninjs-3", version="0")
    assert [(one.verb, one.klass, one.mechanics, one.targets, one.paragraphs) for one in read.wire.notes] == clauses
    assert (read.wire.action, read.wire.complete, read.article["version"]) == (*verdict, "0")


def test_an_unclosed_note_ends_at_the_agency_s_sign_off(article):
    note = "(Company corrects pay date, April 25, not April 28 in story that ran yesterday. Reuter"
    read = article(headline="BRIDGE CORP <BRC> SETS PAYOUT", body=f"{COPY}\n\n{note}", providers=("Reuters",), format="x")
    head = article(headline="BRIDGE CORP <BRC> SETS PAYOUT", body=note, providers=("Reuters",), format="x")
    assert [one.klass for one in head.wire.notes] == ["correct"]
    assert head.wire.notes[0].text.endswith("that ran yesterday")
    assert (head.wire.action, head.body) == ("correction", "")
    assert (read.wire.action, read.body, read.wire.notes[0].text) == ("correction", COPY, head.wire.notes[0].text)


@pytest.mark.parametrize(
    "body",
    [
        "attn",
        "(attn: nn.Module, x_norm)",
        "Drivers should pay attn to the signs.",
        "(attn: nn.Module, x_norm) is what the paper proposes, the authors said.",
        "\n\n".join([COPY] * 5 + ["\u201c(ATTN: ADDS photo)\u201d was what the page said, he told the court."]),
        "\n\n".join([COPY] * 5 + ["(ATTN: ADDS photo)"] + [COPY]),
        "\n\n".join([COPY] * 5 + ["(Adds to the fun), she said."]),
    ],
)
def test_prose_is_no_note(article, body):
    read = article(headline="A bridge", body=body)
    assert (verdict(read), read.body) == (("new", None), body)
    assert [note for note in read.wire.notes if note.klass != "other"] == []


def test_a_news_summary_is_a_digest(article):
    stories = (
        "(3rd LD) Bridge reopens\n\n(ATTN: UPDATES 5th para; ADDS more info in paras 13-14)\n\nSEOUL -- The bridge reopened.",
        "(2nd LD) Ferry sinks\n\n(ATTN: ADDS details in paras 2, 5; RECASTS lead)\n\nBUSAN -- A ferry sank.",
        "(2nd LD) Mayor resigns\n\n(ATTN: ADDS photo)\n\nSEOUL -- The mayor resigned.",
    )
    line = "\n\n-----------------\n"
    read = article(body=f"Yonhap News Summary\n\nThe following is the first summary of stories.{line}{line.join(stories)}\n(END)")
    assert (read.wire.digest, read.wire.action, read.wire.ordinal, read.wire.notes) == (True, "roundup", None, ())
    assert [(one.headline, one.action, one.ordinal, len(one.notes)) for one in read.wire.digest_items] == [
        ("Bridge reopens", "update", 3, 2),
        ("Ferry sinks", "update", 2, 2),
        ("Mayor resigns", "update", 2, 1),
    ]


# --- headlines -------------------------------------------------------------------------------------------------------------

NO_MARKS = [
    "UPDATE: Acme Corp Announces Q3 Results",
    "USDA TO UPDATE WINTER WHEAT ACREAGE TOMORROW",
    "DAIWA TO SUPPLY MARKET UPDATE",
    "Norfolk Weather and Tide Updates",
    "CORRECTIONS <CCAX.O> SEEKS 1,000 PRISON BEDS",
    "TOKYO STOCKS SEEN HEADING FOR POSSIBLE CORRECTION",
    "REPUBLICBANK <RPT> DEBT DOWNGRADED",
    "45 KILLED, 185 HURT IN CHINESE FACTORY BLAST",
    "EAST EUROPE WHEAT WINTERKILL",
    "HONG KONG EXTRADITION BILL WITHDRAWN",
    "THOUSANDS TRAPPED IN BANGLADESH FLASH FLOODS",
    "lead cancer drug NEV-801",
    "Lead prices rise",
    "(Lead) Automation Engineer",
    "lead the metal",
    "To lead the way, harbor buys tugs",
    "Republicans lead 1st",
    "51st lead",
    "2nd lead jet pT",
    "Protest in Brussel (2)",
]


@pytest.mark.parametrize("provider", ["", "Reuters", "AP", "Yonhap", "dpa", "AFP", "Harbour Post"])
@pytest.mark.parametrize("headline", NO_MARKS)
def test_words_of_a_headline_are_no_marks(article, headline, provider):
    read = article(headline=headline, body=COPY, providers=(provider,) if provider else (), format="ninjs-3")
    assert verdict(read) == ("new", None)


HEADLINES = [
    # headline, provider, action, ordinal, what is left
    (
        "Samsung Posts Second Straight Record Quarterly Profit -- Update",
        "",
        "update",
        None,
        "Samsung Posts Second Straight Record Quarterly Profit",
    ),
    ("FLASH OMAHA HOGS UP 1.00 DLR - USDA", "Reuters", "alert", None, "OMAHA HOGS UP 1.00 DLR - USDA"),
    ("RPT-CORRECTED-UPDATE 2-GLOBAL MARKETS-Stocks slip", "Reuters", "correction", 2, "Stocks slip"),
    ("(CORRECTED) - BANPONCE <BDEP> PLACES NOTES", "Reuters", "correction", None, "BANPONCE <BDEP> PLACES NOTES"),
    ("<CORRECTED> - GENERAL INSTRUMENT", "Reuters", "correction", None, "GENERAL INSTRUMENT"),
    (
        "CORRECTED-Milan Bourse opening delayed an hour to 1000 GMT (NOT 1200 GMT)-official",
        "Reuters",
        "correction",
        None,
        "Milan Bourse opening delayed an hour to 1000 GMT (NOT 1200 GMT)-official",
    ),
    ("FNV staat alleen met acties bij PostNL (2)", "ANP", "update", 2, "FNV staat alleen met acties bij PostNL"),
    ("AMP.- O.Próximo.- Netanyahu acusa al tribunal", "Europa Press", "update", None, "Netanyahu acusa al tribunal"),
    ("(LEAD) (Asiad) S. Korea beats China", "Yonhap", "update", 1, "S. Korea beats China"),
]


@pytest.mark.parametrize(("headline", "provider", "action", "ordinal", "left"), HEADLINES)
def test_marks_of_a_headline(article, headline, provider, action, ordinal, left):
    read = article(headline=headline, body=COPY, providers=(provider,) if provider else (), format="ninjs-3")
    assert (*verdict(read), read.headline) == (action, ordinal, left)
    assert read.article["headlines"][1] == {"role": "raw", "value": headline}


def test_a_stack_is_told_mark_by_mark(article):
    read = article(headline="RPT-CORRECTED-UPDATE 2-GLOBAL MARKETS-Stocks slip", body=COPY, providers=("Reuters",), format="x")
    assert [(one.text, one.rule) for one in read.wire.evidence if one.field == "headline"] == [
        ("RPT-", "headline_tag"),
        ("CORRECTED-", "headline_tag"),
        ("UPDATE 2-", "headline_tag"),
        ("GLOBAL MARKETS-", "desk"),
    ]
    assert (read.wire.ordinals.update, read.wire.complete, read.wire.conflicts) == (2, True, ())


@pytest.mark.parametrize("provider", ["Reuters", "Xinhua", "Belga", "AFP"])
def test_a_count_behind_the_headline_is_anp_s_alone(article, provider):
    read = article(headline="FNV staat alleen met acties bij PostNL (2)", body=COPY, providers=(provider,), format="x")
    assert (verdict(read), read.headline) == (("new", None), "FNV staat alleen met acties bij PostNL (2)")


@pytest.mark.parametrize("headline", ["Bridge reopens (Reuters)", "Bridge reopens (Xinhua) (1)"])
def test_a_credit_behind_the_headline_is_no_count(article, headline):
    assert verdict(article(headline=headline, body=COPY, providers=("ANP",), format="x")) == ("new", None)


# --- slugs -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "slug",
    [
        "AM-Bird Kill,0264",
        "PM-Lost Sub,0223",
        "PM-Woman Killed,0295",
        "Nuclear Cleanup-Glenn",
        "AP-MI--2nd Right Now",
        "HONG KONG EXTRADITION BILL WITHDRAWN",
    ],
)
def test_words_of_a_slug_are_no_marks(article, slug):
    read = article(slug=slug, headline="A bridge", body=COPY, providers=("AP",), format="x")
    assert (*verdict(read), read.wire.complete, read.article["slugline"]) == ("new", None, None, slug.split(",")[0])


@pytest.mark.parametrize(
    ("slug", "ordinal", "replaces", "words"),
    [
        ("AM-Rio-Capsize, 3rd Ld-Writethru, a0713,a0740,0691", 3, ("a0713", "a0740"), 691),
        ("AM-Libya-Congressional Reaction, 2nd Ld-Writethru, a0682,xxx", 2, ("a0682",), None),
    ],
)
def test_keyword_lines(article, slug, ordinal, replaces, words):
    read = article(slug=slug, headline="A bridge", body=COPY, providers=("AP",), format="x")
    assert (*verdict(read), read.wire.complete, read.wire.replaces) == ("update", ordinal, True, replaces)
    cut = slugs.read(Field("slug", slug), 0, len(slug), agencies.table().by_id["ap"])
    assert cut.words == words


def test_a_part_number_is_no_version(article):
    read = article(slug="1 POLITICS Brexit", headline="A bridge", body=COPY, providers=("PA",), format="nitf")
    assert (*verdict(read), read.wire.ordinals.take, read.article["slugline"]) == ("new", None, 1, "POLITICS Brexit")


def test_a_slug_adds_to_what_the_headline_says(article):
    read = article(
        slug="USA-WEATHER/ (UPDATE 1, PIX, CORRECTED)",
        headline="CORRECTED-Snow falls",
        body=COPY,
        providers=("Reuters",),
        format="newsml-g2",
    )
    assert (*verdict(read), read.wire.ordinals.update, read.headline) == ("correction", 1, 1, "Snow falls")
    assert ("PIX", "slug_media") in {(one.text, one.rule) for one in read.wire.evidence}
    assert read.wire.conflicts == ()


# --- datelines and times ---------------------------------------------------------------------------------------------------

DATELINES = [
    # body, places, date, signature
    ("Jan 3 (Reuters) - Residents left their homes.", [], "2026-01-03", "Reuters"),
    ("(ANSA) - ROME, JUL 11 - Russian gas flows again.", ["Rome"], "2025-07-11", "ANSA"),
    ("Melbourne, Oct 22 (PTI) Australian voters stayed at home.", ["Melbourne"], "2025-10-22", "PTI"),
    ("SEOUL/BUSAN -- Fears grew on Tuesday that the bridge may close.", ["Seoul", "Busan"], None, None),
    ("BENI, Congo (AP) _ Fears grew on Tuesday that the bridge may close.", ["Beni, Congo"], None, "AP"),
    ("NANTUCKET (AP) _ Fears grew on Tuesday that the bridge may close.", ["Nantucket"], None, "AP"),
]


@pytest.mark.parametrize(("body", "places", "date", "signature"), DATELINES, ids=[row[0][:24] for row in DATELINES])
def test_datelines(article, body, places, date, signature):
    read = article(headline="A bridge", body=body, version_created="2026-01-04T08:00:00Z", format="x")
    line = read.wire.dateline
    assert line is not None
    assert ([place.name for place in line.places], line.date, line.signature) == (places, date, signature)
    assert read.body[0].isupper() and "(" not in read.body and "--" not in read.body


def test_a_place_of_two_is_in_its_country(article):
    read = article(headline="A bridge", body="BENI, Congo (AP) _ Fears grew on Tuesday that the bridge may close.", format="x")
    assert read.wire.dateline is not None
    assert read.wire.dateline.places[0].candidates[0].country == "CD"


@pytest.mark.parametrize(
    ("provider", "trailer", "stamp"),
    [
        ("Kyodo", "KWS-21:37-09-12-18", "2018-12-09T12:37:00Z"),
        ("AP", "AP-WF-11-13-13 0745GMT", "2013-11-13T07:45:00Z"),
        ("dpa", "101137 GMT Dez 18", "2018-12-10T11:37:00Z"),
        ("dpa", "071341 GMT Okt 15 ", "2015-10-07T13:41:00Z"),
        ("dpa", "091223 dec 18", "2018-12-09T11:23:00Z"),
    ],
)
def test_day_and_month_stand_in_the_agency_s_order(article, provider, trailer, stamp):
    read = article(headline="A bridge", body=f"{COPY}\n{trailer}", providers=(provider,), format="x")
    assert (read.article["versionCreated"], read.body) == (stamp, COPY)


def test_a_message_sent_two_hours_beside_its_item_and_its_id(article):
    read = article(
        headline="A bridge",
        body=COPY,
        providers=("dpa",),
        version_created="2019-06-03T15:00:01+02:00",
        sent="2019-06-03T17:00:02+02:00",
        alt_ids=({"value": "20190603150008MESZ"},),
        format="newsml-g2",
    )
    assert read.article["versionCreated"] == "2019-06-03T13:00:01Z"
    assert "times_differ:sent=2019-06-03T15:00:02Z" in read.provenance.warnings


def test_two_times_of_one_version(article):
    read = article(
        headline="A bridge",
        body=COPY,
        providers=("dpa",),
        version_created="2019-06-03T17:00:02+02:00",
        alt_ids=({"value": "20190603130008MESZ"},),
        format="newsml-g2",
    )
    assert read.article["versionCreated"] == "2019-06-03T11:00:08Z"
    assert "times_differ:version_created=2019-06-03T15:00:02Z" in read.provenance.warnings


# --- stories and threads ---------------------------------------------------------------------------------------------------


def test_a_canceled_guid_without_a_body_is_a_tombstone():
    guid = "tag:reuters.com,2026:newsml_L1N14N0FF"
    first = made("one", uri=guid, version="978556838", headline="Snow falls", body=COPY, providers=("Reuters",), signals=("edStat:C",))
    last = made(
        "two",
        at=1_700_000_600_000,
        uri=guid,
        version="1542761538",
        headline="Snow falls",
        body="",
        providers=("Reuters",),
        status="stat:canceled",
        signals=("edStat:D",),
    )
    assert (last.wire.action, last.article["pubStatus"], last.body) == ("kill", "canceled", "")
    index = StoryIndex("reuters")
    index.apply([first])
    result = index.apply([last])
    killed = {one.id: one for one in result.articles}
    assert killed[first.id].body == "" and killed[first.id].rev > first.rev
    assert result.stories[-1].status == "killed"


def test_alerts_without_headline_are_never_one_thread():
    alerts = [
        made(
            f"alert {number}",
            headline="",
            body=f"\u062a\u0646\u0628\u064a\u0647 {number}",
            providers=("AFP",),
            language="ar",
            genres=({"name": "\u062a\u0646\u0628\u064a\u0647"},),
        )
        for number in range(30)
    ]
    assert {one.wire.action for one in alerts} == {"alert"}
    chained = StoryIndex("afp").apply(alerts).articles
    assert len({one.story.id for one in chained if one.story}) == 30
    threaded = ThreadIndex("ar").apply(chained).articles
    assert len({one.thread.id for one in threaded if one.thread}) == 30


def told_in(language: str, articles: list[Article]) -> list[Article]:
    """The articles with their threads, chained each by its agency."""
    chained = [one for given in articles for one in StoryIndex(given.wire.agency).apply([given]).articles]
    return list(ThreadIndex(language).apply(chained).articles)


def seed(shared: Path, number: int, hours: int, **item: Any) -> Article:
    (path,) = (shared / "samples/seeds").glob(f"{number:03}_*.txt")
    return made(str(number), at=1_694_480_000_000 + hours * 3_600_000, format="text", body=path.read_text("utf-8"), **item)


def test_the_same_summit_of_april_2019_and_of_september_2023_are_two_threads(shared):
    old = seed(shared, 0, 0, version_created="2019-04-24T10:00:00Z")
    new = seed(shared, 1, 1, version_created="2023-09-12T02:00:00Z")
    first, second = told_in("en", [old, new])
    assert first.thread and second.thread
    assert (first.thread.relation, second.thread.relation) == ("first", "first")
    assert first.thread.id != second.thread.id


def test_the_same_summit_of_two_years_is_two_threads_without_times(shared):
    first, second = told_in("en", [seed(shared, 0, 0), seed(shared, 1, 1)])
    assert first.thread and second.thread and first.thread.id != second.thread.id


def test_a_paraphrase_of_another_outlet_is_a_derivation_and_no_version(shared):
    story, paraphrase = seed(shared, 2, 0), seed(shared, 3, 1)
    first, second = told_in("en", [story, paraphrase])
    assert first.thread and second.thread
    assert (second.thread.relation, second.thread.of, second.thread.id) == ("derivation", first.id, first.thread.id)


def test_a_paraphrase_is_in_no_chain_of_what_it_paraphrases(shared):
    chained = StoryIndex("unknown").apply([seed(shared, 2, 0), seed(shared, 3, 1)]).articles
    assert [one.story.position for one in chained if one.story] == [1, 1]
    assert len({one.story.id for one in chained if one.story}) == 2


def test_a_number_in_a_headline_that_a_later_transmission_replaces(article):
    note = ItemNote("ednote", "N i e u w bericht, vervangt: FNV staat alleen met ultimatum aan PostNL")
    read = article(headline="FNV staat alleen met acties bij PostNL (2)", body=COPY, notes=(note,), providers=("ANP",), format="x")
    assert (*verdict(read), read.wire.complete, read.wire.replaces) == ("update", 2, True, ("FNV staat alleen met ultimatum aan PostNL",))


def test_another_guid_of_the_same_story_is_linked(article):
    link = ItemLink("irel:evolvedFrom", "tag:reuters.com,2026:newsml_L5E7K53U6")
    read = article(headline="WRAPUP 2-Bridges reopen", body=COPY, links=(link,), providers=("Reuters",), format="newsml-g2")
    assert (*verdict(read), read.wire.ordinals.update, read.wire.replaces) == ("roundup", 2, None, (link.ref,))


def test_reading_twice_is_reading_once(article):
    read = article(headline="UPDATE 2-Bridge reopens", body=COPY, providers=("Reuters",), format="x")
    again = article(headline=read.headline, body=read.body, providers=("Reuters",), format="x")
    assert (again.headline, again.body, again.wire.action) == (read.headline, read.body, "new")
    assert replace(again.wire, evidence=()) == replace(
        read.wire, action="new", ordinal=None, ordinals=again.wire.ordinals, complete=None, evidence=()
    )
