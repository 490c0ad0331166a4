"""Datelines of East Asian copy: `(서울=연합뉴스) 김하나 기자 = `, `新华社北京3月12日电`, `【ソウル共同】`, `[東京 3日 ロイター] - `."""

from __future__ import annotations

import re

from writethru.wire.agencies import signed
from writethru.wire.dateline.head import Dateline

OPENING = "[\uff3b\u3010新中"
"""What one opens with beside the parenthesis of Korean copy."""
_NAMES = r"[가-힣]{2,5}(?:[·, ]\s?[가-힣]{2,5}){0,4}"
_KOREAN = re.compile(
    rf"\((?P<place>[\w·/, ]{{1,30}})=(?P<signature>[^()=\s]{{2,12}})\)\s?(?P<byline>(?:{_NAMES}\s(?:기자|특파원|통신원))?)\s?=?\s*"
)
_CLOSE = r"[\uff3d\]\u3011]"
_JAPANESE = re.compile(
    rf"[\uff3b\[\u3010](?P<place>(?:(?!{_CLOSE})[^\s\d]){{1,20}})(?:\s*(?P<day>\d{{1,2}})日)?\s*(?P<signature>(?:(?!{_CLOSE})[^\s・=]){{2,10}})"
    rf"(?:[・=](?:(?!{_CLOSE}).){{1,20}})?{_CLOSE}\s*(?:-\s*)?"
)
_CHINESE = re.compile(
    r"(?P<signature>新华社|新華社|中新社|中央社)(?P<place>[^\d\s(\uff08]{1,12})(?P<month>\d{1,2})月(?P<day>\d{1,2})日电"
    r"(?:[(\uff08][^)\uff09]{1,40}[)\uff09])?\s*"
)


def read(window: str, start: int) -> Dateline | None:
    """The dateline that `window` opens with, its ranges moved by `start`; None where it opens with none."""
    first = window[0]
    found = (_KOREAN if first == "(" else _CHINESE if first in "新中" else _JAPANESE).match(window)
    if not found or not signed(found["signature"]):
        return None

    def range_of(name: str) -> tuple[int, int]:
        return start + found.start(name), start + found.end(name)

    parts = found.groupdict()
    date = (None, int(parts["month"]), int(parts["day"])) if parts.get("month") else None
    byline = range_of("byline") if parts.get("byline") else None
    return Dateline(start, start + found.end(), range_of("place"), range_of("signature"), date, byline)
