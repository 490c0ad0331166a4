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
_STAMPED = re.compile(
    r"(?:(?i:(?:first |last )?(?:updated|created|published))\s?:\s?"
    r"(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4})"
    r"(?:,?\s\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?)?(?:\s[A-Z]{2,4})?\s?\|?\s?){1,3}"
)
"""`Updated: 04-05-2025 21:33 IST | Created: 04-05-2025 21:33 IST`."""
LONGEST = 100
"""Characters that all such lines are shorter than."""
_SHORTER = 60
"""Characters that a date alone is shorter than."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def extracted_date(text: str) -> tuple[int, int, str] | None:
    """(start, end, day) of the ` date 2023-09-12 ` that an extractor put before the page, on one line with what came first. A sentence
    that begins with `date` has no blank before it and no such day behind it."""
    found = _EXTRACTED.match(text)
    return (found.start(), found.end(), found[1]) if found and is_day(found[1]) else None


def is_furniture(text: str, start: int, end: int) -> bool:
    """Whether the line is a date with its clock and counters, or says when the page was made."""
    if end - start >= LONGEST or not _YEAR.search(text, start, end):
        return False
    return bool((end - start < _SHORTER and _FURNITURE.fullmatch(text, start, end)) or _STAMPED.fullmatch(text, start, end))
