"""What holds for any text."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import orjson
from hypothesis import HealthCheck, example, given, settings
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
    for found in (*article.wire.notes, *article.wire.evidence, *article.wire.blocks):
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


HEADS = st.sampled_from([
    " date 2026-03-03 ", " date 2026-03-03 Harbor bridge reopens", "BC-XX--Harbor Bridge, 1st Ld-Writethru,1140<",
    "Bridge-Reopening/", "REFILE",
    "1ST LEAD", "(2nd LD) Harbor bridge reopens", "UPDATE 1-Harbor bridge reopens", "Harbor Bridge Reopens",
    "AP Photo SDDD101, SDDD102", "22.01.2026, 14:34 4971", "(ATTN: ADDS details in paras 2, 5-7, photo; RECASTS lead)",
    "Eds: SUBS 3rd graf to CORRECT name. ^By JANE ROW=", "(Adds quotes)", "EDITOR'S NOTE _ This is part of a series.",
    "By Jane Row", "Von Jane Row und Tom Field, dpa", "Associated Press", "Jane Row, The Canadian Press",
    "EMBARGOED UNTIL 0001 FRIDAY SEPTEMBER 9", "Sperrfrist 23. Januar 19.00 Uhr", "NO ARCHIVAL USE", "r a BC-XX--Harbor-Bridge 03-13 1693",
    "SEOUL, March 3 (Yonhap) --", "___", "FILE PHOTO: A ferry at the pier. REUTERS/Jane Row",
])  # fmt: skip
DATELINES = st.sampled_from([
    "", "", "SEOUL, Sept. 12 (Yonhap) -- ", "SEOUL/BUSAN -- ", "ROSCOE, South Dakota (AP) _ ", "Jan 3 (Reuters) - ",
    "(ANSA) - ROMA, 11 LUG - ",
    "MOSCOW, January 21. /TASS/. ", "SAITAMA, Japan, Dec. 9 Kyodo - ", "Madrid, 12 mar (EFE).- ", "BRUSSEL 12/03 (BELGA) = ", "Pyongyang: ",
    "SEOUL Dec 28 ", "Peine (dpa/lni) - ", "(\uc11c\uc6b8=\uc5f0\ud569\ub274\uc2a4) \uae40\ud558\ub098 \uae30\uc790 = ", "(Reuters) - ",
    "By Jane Row SEOUL, March 3 (Yonhap) -- ", "\u0641\u0631\u064a\u062a\u0627\u0648\u0646, 26-11-2023 (\u0623 \u0641 \u0628) - ",
])  # fmt: skip
COPY = st.sampled_from([
    "The bridge reopened on Friday, the board said.", "A man cheered (and a woman too).", "It cost 4 1/2 million, they said.",
    "\u201cIt is open,\u201d the engineer said.", "A subhead of five words", "A ferry is seen at the pier. (Yonhap)", "Reuter",
    "The  bridge\u00a0is open.  It is.", "1. One", "Eds: Adds photo.", "By Friday, the bridge was open.", "Row: I did not say so.",
    "BUSAN, March 3 (Yonhap) -- The bridge reopened.", "London, March 3 and the bridge", "Photos of the bridge: Jane Row",
    "In this photo provided by the board, a ferry.", "A ferry (L) at the pier. (For Use Only in Lirian. No Redistribution) (Yonhap)",
    "The bridge is open, the board said in a long line that goes on and on.\n"
    "It was then broken at about seventy characters a line, and\nso on.",
    "In this photo provided by the board of the harbor, a ferry lies at\nthe pier of the town in the first days of March, with a crew.",
    "ATTENTION - ADDS quotes /// The bridge is open.", "Copyright 2026 The Harbor Wire.", "URGENT", "KILL the bill, he said.",
    "-----------------",
    "Contact: Jane Row, +44 20 0000 0000", "A line that \tends  \n  and goes on", "\ud800\x00A bridge.",
])  # fmt: skip
STORIES = st.sampled_from(
    ["(LEAD) Ferry sinks", "(2nd LD) Bridge reopens", "(ATTN: ADDS photo)", "-----------------", "A ferry sank on Friday."]
)
TAILS = st.sampled_from([
    "(END)", "row@example.org", "Reuter", "str/mm/jvg", "dpa bwh bag", "==Kyodo", "(SDA/sj)", "Source: The Board",
    "(Reporting by Jane Row)",
    "AP writer Jane Row in Paris contributed to this report.", "# Notebook", "## Note to editors\n- adds photo",
    "## The following information is not intended for publication\n- Jane Row, +49 30 000000", "AP-WF-03-13-26 0745GMT<", "MORE",
    "((jane.row@example.org; +44 20 0000 0000))", "Updated: 04-05-2026 21:33 IST", "-- BERNAMA", "The bridge is open. (END)",
    "The bridge is open. (Reporting by Jane Row; Editing by Tom Field)", "A ferry at the pier. (Yonhap) (END)",
])  # fmt: skip
BREAKS = st.sampled_from(["\n\n", "\n\n", "\n", "\n\n\n\n", "\n   ", " \n", "\r\n\r\n"])


@st.composite
def documents(draw):
    """Raw copy of every shape: a head, a dateline, paragraphs with what stands among them, a tail, and line ends as they come."""
    pieces = draw(st.lists(HEADS, max_size=4, unique=True))
    pieces.append(draw(DATELINES) + draw(COPY))
    pieces += draw(st.lists(COPY, max_size=5)) + draw(st.lists(TAILS, max_size=3))
    return "".join([piece + draw(BREAKS) for piece in pieces])


@SETTINGS
@given(documents(), st.sampled_from(["", "Harbor bridge reopens", "UPDATE 1-Harbor bridge reopens", "Yonhap News Summary"]))
def test_normalised_copy_stays_as_it_is(body, headline):
    once = read(Item("text", headline=headline, body=body, uri="tag:x,2026:1"))
    again = read(Item("ninjs-3", headline=once.headline, body=once.body, uri="tag:x,2026:1"))
    assert (again.body, again.headline) == (once.body, once.headline)


TITLES = st.sampled_from([
    "Harbor bridge reopens", "Ferry runs aground off Lirian; 12 rescued", 'Board: "Nobody slept"', "Br\u00fccke im Hafen wieder offen",
])  # fmt: skip
MARKS = st.sampled_from([
    "", "", "(LEAD) ", "(2nd LD) ", "(URGENT) ", "UPDATE 3-", "RPT-", "CORRECTED-", "WRAPUP 2-", "URGENT: ", "FACTBOX-", "AMP.- ",
    "(News Focus) ", "(LEAD) (Asiad) ", "1st Ld-Writethru: ", "REFILE-",
])  # fmt: skip
BEHIND = st.sampled_from(["", "", "", " (Update)", " -- Update", " (2)", " (CORRECTS name in 2nd paragraph)", " - WIEDERHOLUNG"])
AGENCIES = st.sampled_from([(), ("Yonhap",), ("Reuters",), ("AP",), ("dpa",), ("Europa Press",), ("Kyodo",), ("ANP",)])
MARKED = st.tuples(MARKS, TITLES, BEHIND).map("".join)
SENT = st.sampled_from([
    "The bridge reopened on Friday, the board said.", "A man cheered (and a woman too).", "It cost 4 1/2 million, they said.",
    "\u201cIt is open,\u201d the engineer said.", "(The board did not answer.)", "A subhead of five words", "-----------------", "1. One",
    "BUSAN, March 3 (Yonhap) -- The bridge reopened.", "A ferry is seen at the pier. (Yonhap)", "KILL the bill, he said.", "^",
    "FILE PHOTO: A ferry at the pier. REUTERS/Jane Row", "(Corrects name in 2nd paragraph)", "Row reported from Paris.",
])  # fmt: skip


@st.composite
def versions(draw):
    """(headline of the envelope, copy) as agencies send it: marked headlines, some twice or above several stories, copy, and what follows
    it."""
    marked = draw(MARKED)
    title = draw(st.sampled_from(["", marked]) | TITLES)
    pieces = draw(st.lists(HEADS, max_size=2)) + draw(st.lists(st.just(marked) | st.just(marked.upper()) | MARKED, max_size=4))
    pieces.append(draw(DATELINES) + draw(SENT))
    pieces += draw(st.lists(SENT | st.just(marked) | MARKED, max_size=4)) + draw(st.lists(TAILS, max_size=3))
    return title, "".join([piece + draw(BREAKS) for piece in pieces])


TWO_LINES_BELOW_A_HEADLINE = (
    " date 2026-03-03 Harbor bridge reopens\n\nBC-XX--Harbor Bridge, 1st Ld-Writethru,1140<\n\n(LEAD) Harbor bridge reopens\n\n"
    "The bridge reopened on Friday, the board said.\n\n(LEAD) Harbor bridge reopens (Update)\n"
    "FILE PHOTO: A ferry at the pier. REUTERS/Jane Row\nThe bridge reopened on Friday, the board said.\n\n"
)
"""A digest by the last line, which alone is copy; with the line above it, it is a caption."""


@SETTINGS
@given(versions(), AGENCIES)
@example(("", TWO_LINES_BELOW_A_HEADLINE), ())
def test_a_version_s_headline_and_copy_stay_as_they_are(version, providers):
    headline, body = version
    once = read(Item("ninjs-3" if headline else "text", headline=headline, body=body, providers=providers, uri="tag:x,2026:1"))
    again = read(Item("ninjs-3", headline=once.headline, body=once.body, providers=providers, uri="tag:x,2026:1"))
    assert (again.body, again.headline) == (once.body, once.headline)


@SETTINGS
@given(documents(), st.sampled_from(["text", "ninjs-3"]))
def test_the_pieces_of_a_body_stand_in_its_order_and_do_not_overlap(body, format):
    blocks = read(Item(format, body=body, uri="tag:x,2026:1")).wire.blocks
    for block in blocks:
        assert block.text == safe(body[slice(*block.span)])
    assert [block for block, later in pairwise(blocks) if block.span[1] > later.span[0]] == []


@SETTINGS
@given(st.lists(STORIES | COPY, max_size=12).map("\n\n".join), st.sampled_from(["", "Yonhap News Summary\n\n"]))
def test_a_digest_s_stories_stand_in_its_order(copy, title):
    body = title + copy
    items = read(Item("text", body=body, uri="tag:x,2026:1")).wire.digest_items
    assert [item for item, later in pairwise(items) if item.span[1] > later.span[0]] == []
    for item in items:
        assert item.headline.split()[:1] == [] or item.headline.split()[0] in body[slice(*item.span)]
        for note in item.notes:
            assert note.text == safe(body[slice(*note.span)])


@SETTINGS
@given(st.text(alphabet="KILkil WTHDRAWNwithdrawn.\n-:", max_size=60), st.sampled_from(["headline", "slug", "body", "note"]))
def test_no_kill_without_an_explicit_mark(text, place):
    properties = {"note": {"notes": (ItemNote("ednote", text),)}}.get(place, {place: text})
    article = read(Item(**{"format": "ninjs-3", "uri": "tag:x,2026:1", **properties}))
    explicit = any(words in text for words in ("KILL KILL KILL", "STORY WITHDRAWN", "WITHDRAWAL", "BULLETIN KILL"))
    assert explicit or article.wire.action != "kill"
