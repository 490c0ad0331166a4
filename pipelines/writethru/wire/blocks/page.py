"""What a web page prints around the copy that was scraped off it: the extractor's date, the page's own dates and counters."""

from __future__ import annotations

import re

from writethru.wire.times import MONTHS, WEEKDAYS, is_day

_EXTRACTED = re.compile(r"\s+date (\d{4}-\d\d-\d\d)(?=\s|$)")
_FURNITURE = re.compile(
    r"\d{1,2}\.\d{1,2}\.\d{4},?\s+\d{1,2}:\d\d(?:\s+\d{1,7})*|\d{1,2}\s?/\s?\d{1,2}\s?/\s?\d{4}[\s@,]*(?:\d{1,2}\s?:\s?\d\d.{0,6})?|"
    r"\d{4}[.-]\d\d[.-]\d\d[,.]?\s+\d{1,2}:\d\d(?::\d\d)?(?:\s+\d{1,7})*|date \d{4}-\d\d-\d\d|"
    rf"(?i:(?:(?:{'|'.join(WEEKDAYS)}),?\s)?(?:{'|'.join(MONTHS)})\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}})[\s@,-]*(?:\d{{1,2}}\s?:\s?\d\d.{{0,12}})?"
)
LONGEST = 60
"""Characters that all such lines are shorter than."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def extracted_date(text: str) -> tuple[int, int, str] | None:
    """(start, end, day) of the ` date 2023-09-12 ` that an extractor put before the page, on one line with what came first. A sentence
    that begins with `date` has no blank before it and no such day behind it."""
    found = _EXTRACTED.match(text)
    return (found.start(), found.end(), found[1]) if found and is_day(found[1]) else None


def is_furniture(text: str, start: int, end: int) -> bool:
    """Whether the line is a date with its clock and counters."""
    return end - start < LONGEST and bool(_YEAR.search(text, start, end)) and bool(_FURNITURE.fullmatch(text, start, end))
