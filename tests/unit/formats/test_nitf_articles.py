"""What NITF says of a version, read to the end: what becomes of an embargo, a key, a correction, an order to kill."""

from __future__ import annotations

import pytest

from writethru.formats import decode
from writethru.records import Article, Item, RawMessage
from writethru.wire import normalise

NAMED = '<doc-id id-string="x-2" regsrc="PA"/><date.issue norm="20260311T164500Z"/>'


def article(docdata: str, managed: str = "", head: str = "", body: str = "<p>The wall at Ellery held on Wednesday.</p>") -> Article:
    source = (
        f"<nitf><head>{head}<docdata {managed}>{NAMED}{docdata}</docdata></head><body><body.head><hedline><hl1>Tide wall holds at Ellery"
        f"</hl1></hedline><byline>gr/bp</byline></body.head><body.content>{body}</body.content></body></nitf>"
    )
    message = RawMessage(source.encode(), "wire.raw", 0, 0, 1_773_250_000_000)
    decoded = decode(message)
    (item,) = decoded.items
    assert isinstance(item, Item)
    return normalise(
        item, message, article_id=decoded.ids[0], sha256=decoded.sha256, received="2026-03-11T17:00:00Z", pipeline="writethru/test"
    )


def test_an_embargo_of_the_status_stays_one() -> None:
    held = article('<date.release norm="20260312T000100Z"/>', 'management-status="embargoed"')
    assert (held.wire.embargo, held.article["embargoedUntil"]) == ("2026-03-12T00:01:00Z", "2026-03-12T00:01:00Z")
    assert (held.wire.action, held.article["pubStatus"]) == ("new", "usable")


def test_an_embargo_whose_time_stands_in_the_note_alone() -> None:
    held = article('<ed-msg info="Embargoed to 0001 Thursday March 12"/>', 'management-status="embargoed"')
    assert held.wire.embargo == "2026-03-12T00:01:00Z"


def test_an_embargo_without_any_time_withholds_the_item() -> None:
    held = article('<date.release norm="20260311T164500Z"/>', 'management-status="embargoed"')
    assert (held.wire.action, held.article["pubStatus"], held.wire.embargo) == ("withhold", "withheld", None)


def test_a_release_without_a_status_is_an_embargo() -> None:
    assert article('<date.release norm="20260312T000100Z"/>').wire.embargo == "2026-03-12T00:01:00Z"


def test_a_release_that_cannot_be_read_withholds_the_item() -> None:
    assert article('<date.release norm="when the court rises"/>').wire.action == "withhold"


def test_the_version_of_the_key_makes_an_update() -> None:
    first, fourth = article('<du-key version="01" key="tide"/>'), article('<du-key version="04" key="tide"/>')
    assert (first.wire.action, first.article["version"], first.article["slugline"]) == ("new", "01", "tide")
    assert (fourth.wire.action, fourth.article["version"], fourth.wire.ordinal) == ("update", "04", None)


def test_a_correction_supersedes_what_it_names() -> None:
    corrected = article('<correction info="Corrects the age of the warden to 61" id-string="x-1"/>')
    assert (corrected.wire.action, corrected.wire.replaces) == ("correction", ("x-1",))
    assert [(note.klass, note.field) for note in corrected.wire.notes] == [("correct", "correction[0]")]


def test_a_page_of_a_series_is_no_version() -> None:
    page = article('<series series.name="WEATHER Tide" series.part="1"/>', head="<title>1 WEATHER Tide</title>")
    assert (page.wire.action, page.wire.ordinal, page.wire.ordinals.take) == ("new", None, 1)
    assert page.article["slugline"] == "WEATHER Tide"


def test_a_cancelled_item_is_killed() -> None:
    killed = article("", 'management-status="canceled"')
    assert (killed.wire.action, killed.article["pubStatus"], "bodies" in killed.article) == ("kill", "canceled", False)


def test_an_order_to_cancel_kills_the_one_it_names() -> None:
    order = article("", 'management-doc-idref="x-1" management-idref-status="canceled"', body="<p/>")
    assert (order.wire.action, order.wire.kill_targets) == ("kill", ("x-1",))


def test_a_story_that_cancels_its_forerunner_lives() -> None:
    successor = article("", 'management-doc-idref="x-1" management-idref-status="canceled"')
    assert (successor.wire.action, successor.wire.replaces, successor.wire.kill_targets) == ("update", ("x-1",), ())
    assert successor.body == "The wall at Ellery held on Wednesday."


ORDERS = 'management-doc-idref="x-1" management-idref-status="canceled"'


@pytest.mark.parametrize(
    "words", ["The story about the tide wall has been withdrawn. It was wrong.", "Please disregard the story on the wall."]
)
def test_a_notice_that_orders_a_kill_is_no_successor(words: str) -> None:
    order = article("", ORDERS, body=f"<p>{words}</p>")
    assert (order.wire.action, order.wire.kill_targets, order.body) == ("kill", ("x-1",), "")
    assert order.article["edNote"] == words


def test_a_successor_may_tell_of_something_withdrawn() -> None:
    words = "The wall at Ellery held on Wednesday. A report on it was withdrawn by the board. " + "The tide fell again at noon. " * 8
    assert article("", ORDERS, body=f"<p>{words}</p>").wire.action == "update"


def test_initials_are_no_names() -> None:
    signed = article("")
    assert "by" not in signed.article
    assert [(block.kind, block.text) for block in signed.wire.blocks] == [("sign_off", "gr/bp")]
    assert signed.body == "The wall at Ellery held on Wednesday."


def test_letters_of_the_telegraph_are_read_by_the_agency() -> None:
    assert "urgency" not in article('<urgency ed-urg="R"/>').article
    assert article('<urgency ed-urg="2"/>').article["urgency"] == 2
