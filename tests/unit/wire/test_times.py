"""Times of envelopes at the edges of what ISO 8601 allows."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from writethru.wire import times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-03T24:00:00Z", "2026-03-04T00:00:00Z"),
        ("20260303T240000Z", "2026-03-04T00:00:00Z"),
        ("2026-02-28T24:00:00+01:00", "2026-02-28T23:00:00Z"),
        ("2026-12-31T24:00:00.000Z", "2027-01-01T00:00:00Z"),
        ("2026-03-03T24:00", "2026-03-03T23:00:00Z"),
        ("2026-03-03T24:00:01Z", None),
        ("2026-03-03T25:00:00Z", None),
        ("9998-12-31T24:00:00Z", None),
    ],
)
def test_midnight_at_the_end_of_a_day_is_the_next_day_s(text, expected):
    warnings: list[str] = []
    assert times.read("version_created", text, ZoneInfo("Europe/Berlin"), warnings) == expected
    assert ("unreadable_time:version_created" in warnings) == (expected is None)
