"""What a desk says below the last paragraph: what was mended, and where to follow the reporter."""

from __future__ import annotations

import pytest

COPY = "PORT ELLERY (AP) _ The pier of the ferry line stays shut until the spring, the harbor board said.\n\nNobody was hurt."


@pytest.mark.parametrize("rule", ["\n\n___", ""])
@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("This story has been corrected to show that the pier is 7, not 8.", "correction"),
        ("This version CORRECTS the spelling of the chair's name to Marlowe.", "correction"),
        ("This story was updated to add a comment of the harbor board.", "update"),
        ("This article has been clarified to say that the ferry was empty.", "clarification"),
    ],
)
def test_what_was_mended_stands_below(article, rule, said, action):
    read = article(body=f"{COPY}{rule}\n\n{said}", headline="Pier stays shut")
    assert read.wire.action == action
    assert read.body.endswith("Nobody was hurt.")
    assert [block.text for block in read.wire.blocks if block.kind == "note"] == [said]
    assert all(note.text in said for note in read.wire.notes)


@pytest.mark.parametrize(
    "prose",
    [
        "This story has no end, the captain said.",
        "This story has been told to every child of the town.",
        "The report has been corrected to show that the pier is 7, the board said.",
        "Follow the coast on foot and the lighthouse is an hour away.",
        "Follow me, she said on Twitter, and nobody did.",
    ],
)
def test_prose_stays_below(article, prose):
    read = article(body=f"{COPY}\n\n{prose}", headline="Pier stays shut")
    assert (read.wire.action, read.body.endswith(prose)) == ("new", True)


def test_what_was_mended_is_prose_where_copy_goes_on(article):
    read = article(body=f"{COPY}\n\nThis story has been corrected to show that he lied, the film says.\n\nIt runs for an hour.")
    assert read.wire.action == "new"
    assert "corrected to show" in read.body


@pytest.mark.parametrize(
    "line",
    [
        "Follow Jane Row on Twitter at https://example.com/jrow",
        "Follow Jane Row on Twitter: @jrow.",
        "Follow Jane Row at https://example.com/jrow",
        "Follow AP's coverage of the ferries on X",
    ],
)
def test_whom_to_follow_is_a_contact(article, line):
    read = article(body=f"{COPY}\n\n___\n\n{line}", headline="Pier stays shut")
    assert read.body.endswith("Nobody was hurt.")
    assert [block.text for block in read.wire.blocks if block.kind == "contact"] == [line]
