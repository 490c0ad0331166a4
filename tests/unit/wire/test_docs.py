"""docs/marks.md names every mark."""

from __future__ import annotations

from pathlib import Path

from writethru.wire.marks import codes, vocabulary

PAGE = (Path(__file__).resolve().parents[3] / "docs/marks.md").read_text("utf-8")


def test_every_mark_is_on_the_page():
    words = {*vocabulary.WORDS, *codes.SIGNALS, *codes.EMBARGO_SIGNALS, *codes.NUMBERED_SIGNALS, *codes.GENRE_ACTIONS, *codes.REPLACING}
    words |= {word for word, status in codes.STATUSES.items() if status != "usable" and word != "cancelled"}
    assert [word for word in sorted(words) if f"`{word}`" not in PAGE] == []
