"""What holds for any text."""

from __future__ import annotations

from dataclasses import replace

import orjson
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from writethru.records import ACTIONS, Item, ItemLink, ItemNote, ParseError, RawMessage
from writethru.wire import normalise
from writethru.wire.text import safe

PIECES = st.sampled_from([
    " date 2026-03-03 ", "(ATTN: ADDS details in paras 2, 5-7; RECASTS lead)", "(ATTN: ADDS", "Eds: SUBS 3rd graf to CORRECT name.",
    "(Adds quotes)", "By Jane Row", "SEOUL, March 3 (Yonhap) -- ", "BERLIN (dpa) - ", "(END)", "KILL KILL KILL", "HOLD HOLD HOLD",
    "(2nd LD) ", "UPDATE 3-", "RPT-", "AM-Bridge, 1st Ld-Writethru, a0123,0400<", "-----------------", "\n", "\n\n", "\n\n\n\n", " ", "\t",
    "The bridge reopened on Friday, the board said.", "Harbor bridge reopens", "row@example.org", "# Notebook\n", "## Note to editors\n",
    "- adds photo", "Embargoed until 0001 Friday", "Sperrfrist 23. Januar 19.00 Uhr", "\u00a0", "\u200b", "\x00", "\ud800", "\uff08",
    "\uff1a",
    "``", "''", "(", ")", '"', "^", "=", "<", "paras 1-99", "Reuter", "In this photo provided by the board, a ferry.", "(Yonhap)",
    "***",
])  # fmt: skip
TEXT = st.one_of(st.lists(PIECES, max_size=14).map("".join), st.text(max_size=200))
ITEMS = st.builds(
    Item,
    format=st.sampled_from(["text", "ninjs-3"]),
    uri=st.none() | TEXT,
    version=st.none() | TEXT,
    providers=st.lists(TEXT | st.sampled_from(["AP", "Reuters", "Kyodo"]), max_size=2).map(tuple),
    language=st.none() | TEXT,
    headline=TEXT,
    slug=TEXT,
    byline=TEXT,
    located=TEXT,
    body=TEXT,
    notes=st.lists(st.builds(ItemNote, st.just("ednote"), TEXT, st.none() | TEXT), max_size=1).map(tuple),
    signals=st.lists(st.sampled_from(["sig:update", "edStat:D"]) | TEXT, max_size=1).map(tuple),
    links=st.lists(st.builds(ItemLink, st.just("evolvedFrom"), TEXT), max_size=1).map(tuple),
    status=st.none() | TEXT,
    version_created=st.none() | TEXT | st.datetimes().map(str),
    embargoed=st.none() | TEXT | st.datetimes().map(str),
    urgency=st.none() | st.integers(1, 9),
)
MESSAGE = RawMessage(b"", "t", 0, 0, 1_700_000_000_000)
SETTINGS = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(item):
    return normalise(item, MESSAGE, article_id="ab" * 16, sha256="cd" * 32, received="2026-03-01T08:15:00Z", pipeline="p")


def raw(item, name):
    if name.endswith("]"):
        name, _, at = name[:-1].partition("[")
        member = getattr(item, name)[int(at)]
        return member.ref if isinstance(member, ItemLink) else member
    if name == "ednote":
        return item.notes[0].text
    return str(getattr(item, name))


@SETTINGS
@given(ITEMS)
def test_any_item_is_read_and_every_span_points_at_its_text(item):
    try:
        article = read(item)
    except ParseError:
        return
    for found in (*article.wire.notes, *article.wire.evidence):
        start, end = found.span
        given_text = raw(item, found.field)
        if not given_text.isascii() or "\x00" in given_text:
            # Codes and ids are cleaned whole, running text piece by piece.
            assert found.text in (safe(given_text[start:end]), safe(given_text)[start:end])
        else:
            assert found.text == given_text[start:end]
    orjson.dumps(replace(article, payload=None))
    assert article.wire.action in ACTIONS
    assert ("bodies" in article.article) <= (article.wire.action != "kill")


PARAGRAPHS = st.lists(
    st.sampled_from([
        "The bridge reopened on Friday, the board said.", "A man cheered (and a woman too).", "It cost 4 1/2 million, they said.",
        "\u201cIt is open,\u201d the engineer said.", "A subhead of five words", "A ferry is seen at the pier. (Yonhap)", "(END)", "Reuter",
        "row@example.org", "By Jane Row", "BUSAN, March 3 (Yonhap) -- The bridge reopened.", "(Adds quotes)", "MORE", "___",
        "In this photo provided by the board, a ferry.", "The  bridge\u00a0is open.", "Source: The Board", "1. One", "Eds: Adds photo.",
        "The bridge is open, the board said in a long line that goes on and on.\n"
        "It was then broken at about seventy characters a line, and\nso on.",
    ]),
    min_size=1,
    max_size=9,
)  # fmt: skip


@SETTINGS
@given(PARAGRAPHS, st.sampled_from(["", "Harbor bridge reopens", "UPDATE 1-Harbor bridge reopens"]))
def test_normalised_copy_stays_as_it_is(paragraphs, headline):
    once = read(Item("text", headline=headline, body="\n\n".join(paragraphs), uri="tag:x,2026:1"))
    again = read(Item("ninjs-3", headline=once.headline, body=once.body, uri="tag:x,2026:1"))
    assert (again.body, again.headline) == (once.body, once.headline)


@SETTINGS
@given(st.text(alphabet="KILkil WTHDRAWNwithdrawn.\n-:", max_size=60), st.sampled_from(["headline", "slug", "body", "note"]))
def test_no_kill_without_an_explicit_mark(text, place):
    properties = {"note": {"notes": (ItemNote("ednote", text),)}}.get(place, {place: text})
    article = read(Item(**{"format": "ninjs-3", "uri": "tag:x,2026:1", **properties}))
    explicit = any(words in text for words in ("KILL KILL KILL", "STORY WITHDRAWN", "WITHDRAWAL", "BULLETIN KILL"))
    assert explicit or article.wire.action != "kill"
