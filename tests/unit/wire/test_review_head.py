"""The head of copy as it comes in plain text: decks, photo lists and slugs above it, and hostile runs of lines that look like it."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from writethru.records import Article, ItemNote

_MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "line",
    [
        "(Adds\n",
        "(Adds (x\n",
        "Eds: ADDS x.\n",
        "(ATTN: ADDS x\n",
        "AP Photo OSL101, OSL102\n",
        "Embargoed until 1800 GMT Friday\n",
        "^Eds: adds x<\n",
        "^Eds: adds x^By Jane Row<\n",
        "ATTENTION - ADDS x ///\n",
        "(LEAD) ferry\n",
        "A/b\n",
    ],
)
def test_lines_of_the_head_without_end_take_time_in_proportion(article: Callable[..., Article], line: str) -> None:
    copy = line * (_MEGABYTE // 4 // len(line))
    started = time.process_time()
    article(body=copy)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("note", ["ADDS a, a, ", "Adds a and a ", "Adds /a/a", "Adds UPDATES, ", "ADDS x\n\n\n\n\n\n\n\n\n\n"])
def test_a_note_of_clauses_without_end_takes_time_in_proportion(article: Callable[..., Article], note: str) -> None:
    opening, said = note[:5], note[5:]
    text = opening + said * (_MEGABYTE // 8 // len(said))
    started = time.process_time()
    article(headline="Ferry held in port", body="A ferry was held.", notes=(ItemNote("ednote", text),))
    assert time.process_time() - started < 1.5
