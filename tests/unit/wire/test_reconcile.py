"""Where the places of one item disagree: what was taken, by which rule, and what each of them said."""

from __future__ import annotations

import pytest

from writethru.records import Conflict, ItemNote

COPY = "The harbor bridge reopened on Tuesday after ten years, the mayor told the council of the town at noon, and nobody asked why."


def read(article, **item):
    return article(**{"format": "newsml-g2", "headline": "Bridge reopens", "body": COPY, "providers": ("Reuters",), **item})


def test_two_numbers_of_one_counter(article):
    found = read(article, headline="UPDATE 1-Bridge reopens", slug="BRIDGE/ (UPDATE 2)")
    assert (found.wire.ordinal, found.wire.ordinals.update) == (2, 2)
    assert found.wire.conflicts == (Conflict("ordinals.update", ("1 (headline_tag, headline)", "2 (slug_bracket, slug)"), "2", "highest"),)
    assert "ordinals_differ:update" in found.provenance.warnings


def test_a_slug_that_kept_its_correction_when_the_headline_says_refile(article):
    found = read(article, headline="REFILE-Bridge reopens", slug="BRIDGE/ (CORRECTED)")
    assert found.wire.action == "correction"
    assert found.wire.conflicts == (
        Conflict("action", ("refile (headline_tag, headline)", "correction (slug_bracket, slug)"), "correction", "gravest"),
    )


def test_a_code_that_says_update_beside_a_note_that_corrects(article):
    note = ItemNote("edNote[0]", "CORRECTS spelling")
    found = read(article, signals=("sig:update",), notes=(note,))
    assert found.wire.conflicts == (
        Conflict("action", ("correction (note_correct, edNote[0])", "update (signal, signals[0])"), "correction", "gravest"),
    )


def test_a_repeat_of_a_correction_and_a_kill_of_it(article):
    found = read(article, headline="RPT-Bridge reopens", signals=("edStat:C",), status="stat:canceled", body="")
    assert found.wire.action == "kill"
    assert [(one.what, one.taken, one.by) for one in found.wire.conflicts] == [("action", "kill", "gravest")]
    assert found.wire.conflicts[0].said == (
        "repeat (headline_tag, headline)",
        "kill (status, status)",
        "correction (signal, signals[0])",
    )


def test_a_whole_story_with_a_note_on_a_part(article):
    note = ItemNote("ednote", "Eds: SUBS 3rd graf pvs, bgng: `In the ...' to UPDATE; picks up 4th graf pvs")
    found = read(article, slug="AM-Bridge, 3rd Ld-Writethru, a0713,0691", notes=(note,), providers=("AP",))
    assert (found.wire.complete, found.wire.ordinal) == (True, 3)
    (conflict,) = found.wire.conflicts
    assert (conflict.what, conflict.taken, conflict.by) == ("complete", "true", "whole")
    assert conflict.said == ("true (slug_ordinal, slug)", "false (note_update, ednote)")


def test_takes_are_parts_of_a_whole(article):
    found = read(article, slug="AM-Bridge, 5th Ld-Writethru, 2 Takes,0900", providers=("AP",))
    assert found.wire.complete is False
    assert [(one.what, one.taken, one.by) for one in found.wire.conflicts] == [("complete", "false", "takes")]


@pytest.mark.parametrize(
    "item",
    [
        {"headline": "CORRECTED-UPDATE 2-Bridge reopens"},
        {"headline": "RPT-CORRECTED-UPDATE 2-GLOBAL MARKETS-Bridge reopens"},
        {"headline": "CORRECTED-Bridge reopens", "slug": "BRIDGE/ (UPDATE 1, PIX, CORRECTED)"},
        {"headline": "UPDATE 2-Bridge reopens", "slug": "BRIDGE/ (UPDATE 2)", "signals": ("edStat:N",)},
        {"headline": "Bridge reopens", "slug": "BRIDGE/ (UPDATE 1)"},
        {"headline": "UPDATE 2-Bridge reopens", "notes": (ItemNote("ednote", "Corrects name in 3rd graf"),)},
        {
            "headline": "(2nd LD) Bridge reopens",
            "notes": (ItemNote("ednote", "(ATTN: ADDS photo; CORRECTS name)"),),
            "providers": ("Yonhap",),
        },
        {"headline": "Bridge reopens", "urgency": 1, "signals": ("sig:update",), "providers": ("dpa",)},
        {"headline": "WRAPUP 3-Bridges reopen", "slug": "BRIDGES/ (UPDATE 1)"},
    ],
    ids=lambda item: str(item)[:70],
)
def test_what_only_adds_to_the_other_is_no_conflict(article, item):
    assert read(article, **item).wire.conflicts == ()


def test_nothing_said_is_nothing_disputed(article):
    assert read(article).wire.conflicts == ()
