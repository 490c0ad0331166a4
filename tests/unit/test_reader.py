"""The reader as other programs call it."""

from __future__ import annotations

import gzip
from datetime import datetime, timezone

from writethru.reader import Unread, read
from writethru.records import Article, NotAnArticle, ParseError

NOW = datetime(2026, 3, 17, 9, 0, tzinfo=timezone.utc)
COPY = b"""(LEAD) Ferry runs aground off Narvo
NARVO, South Korea, March 17 (Yonhap) -- A ferry with 40 people aboard ran aground Tuesday.
(END)"""


def test_a_payload_is_read_whole() -> None:
    (article,) = read(gzip.compress(COPY), now=NOW)
    assert isinstance(article, Article)
    assert (article.wire.agency, article.wire.action, article.wire.ordinal) == ("yonhap", "update", 1)
    assert article.body == "A ferry with 40 people aboard ran aground Tuesday."
    assert (article.story, article.thread) == (None, None)
    assert article.provenance.received == "2026-03-17T09:00:00Z"


def test_a_list_is_read_item_by_item_and_each_failure_keeps_its_place() -> None:
    items = b'[{"uri":"urn:x:1","headline":"One","body_text":"Text."}, 7, {"uri":"urn:x:2","headline":"Two","body_text":"Text."}]'
    first, bad, last = read(items, now=NOW)
    assert isinstance(first, Article) and first.headline == "One"
    assert isinstance(last, Article) and last.headline == "Two"
    assert isinstance(bad, Unread) and isinstance(bad.error, ParseError)
    assert (bad.step, bad.index, bad.message.value) == ("decode", 1, items)


def test_what_cannot_be_read_at_all_says_why() -> None:
    (unread,) = read(b"{", now=NOW)
    assert isinstance(unread, Unread) and isinstance(unread.error, ParseError)
    assert (unread.step, unread.error.reason, unread.index) == ("decode", "truncated", None)


def test_what_is_no_article_is_told_apart() -> None:
    (unread,) = read(b'<conceptItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="g" version="1" standard="NewsML-G2"/>', now=NOW)
    assert isinstance(unread, Unread) and isinstance(unread.error, NotAnArticle)


def test_the_agency_and_zone_given_hold_where_the_copy_names_none() -> None:
    (article,) = read(b"UPDATE 1-Ferry runs aground off Narvo\n\nA ferry ran aground.", agency="reuters", now=NOW)
    assert isinstance(article, Article)
    assert (article.wire.agency, article.wire.ordinal) == ("reuters", 1)
