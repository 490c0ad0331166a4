"""The `NewsLines` of a NewsML 1 component: what is to be printed, and what is said to who prints it.

Whether a byline is a sign-off is asked of `wire.blocks.trailers`, which will have to find it again below the copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from writethru.formats.elements import Element, lines, words
from writethru.formats.newsml1.reading import Reading
from writethru.records import ItemNote
from writethru.wire.blocks import trailers

_RESTRICTION = re.compile(
    r"[\s/*+(-]*(?:RESTRICTED TO|(?:STRICTLY )?(?:FOR )?EDITORIAL USE|FOR USE ONLY|MANDATORY CREDIT|NOT FOR (?:USE|SALE)|RESTRICTIONS? ?:"
    r"|NO (?:USE|RESALES?|SALES|ARCHIV\w*|INTERNET|MARKETING|ADVERTISING|COMMERCIAL)\b"
    r"|RÉSERVÉ À|USAGE ÉDITORIAL|USO EDITORIAL|NUR (?:FÜR|ZUR) REDAKTION\w*)",
    re.IGNORECASE,
)
"""How AFP's restrictions on pictures begin. Its notes on what is new stand in the same line and begin with a verb."""
_RESTRICTED = re.compile(r"\bRESTRICTED TO EDITORIAL USE\b|\bNO (?:USE WITH|RESALES?|ARCHIVAL USE)\b|\bMANDATORY CREDIT\b", re.IGNORECASE)
"""The same behind such a note."""
_INITIALS = re.compile(r"[a-z]{1,4}(?:[/-][a-z]{1,4})*")
"""EFE signs `gr/bp` and `daa/mt/msr` where others give a name."""
_SIGNED = re.compile(r"([^\W\d_][\w.'\u2019-]*(?: [\w.'\u2019-]+){1,4})\s+\(([a-z]{2,4})\)")
"""ANP puts the author where the slug belongs: `Joris Veldkamp (jvk)`."""
_KEYWORDS = re.compile(r"[,;]")


def conclude(reading: Reading, creators: Iterable[str], providers: Iterable[str]) -> None:
    """Settles byline, slug and title: a name in the slug line is the author's, initials are a sign-off, a label stands in for a slug.

    `creators` are the parties that made the item, `providers` those that send it; who does both is no author.
    """
    fields = reading.fields
    written = ", ".join(dict.fromkeys(filter(None, reading.parties.get("ByLine", ()))))
    if written:
        fields["byline"] = written
    signed = _SIGNED.fullmatch(fields.get("slug", ""))
    if signed:
        del fields["slug"]
        fields.setdefault("byline", signed[1])
        reading.note(signed[2], "closingline")
    houses = [name.casefold() for name in providers]
    for creator in () if "byline" in fields else creators:
        if _INITIALS.fullmatch(creator):
            fields.setdefault("byline", creator)
        elif " " in creator and not any(name and (name in creator.casefold() or creator.casefold() in name) for name in houses):
            fields.setdefault("byline", creator)
    by = fields.get("byline", "")
    if _INITIALS.fullmatch(by):
        del fields["byline"]
        if trailers.whole(by, 0, len(by)) == "sign_off":
            fields["sign_off"] = by
        else:
            reading.note(by, "closingline")
    title = fields.pop("title", "")
    if title and "slug" not in fields:
        fields["slug"] = title
    elif title and title != fields.get("slug"):
        fields["title"] = title


def _headline(element: Element, reading: Reading) -> None:
    found = words(element)
    if found.isdecimal():  # AFP gives a picture the number of the house that took it
        reading.add("altIds", role="headline", value=found)
    elif found and reading.fields.setdefault("headline", found) != found:
        reading.add("headlines", value=found)


def _subhead(element: Element, reading: Reading) -> None:
    found = words(element)
    if found:
        reading.add("headlines", role="subhead", value=found)


def _byline(element: Element, reading: Reading) -> None:
    reading.parties.setdefault("ByLine", []).append(words(element))


def _line(key: str) -> Callable[[Element, Reading], None]:
    def read_line(element: Element, reading: Reading) -> None:
        found = words(element)
        if found:
            reading.fields.setdefault(key, found)

    return read_line


def _slug(element: Element, reading: Reading) -> None:
    found = words(element)
    if found and reading.fields.setdefault("slug", found) != found:
        reading.notes.append(ItemNote("SlugLine.take_key", found))


def _credit(element: Element, reading: Reading) -> None:
    reading.parties.setdefault("Credit", []).append(words(element))


def _rights(element: Element, reading: Reading) -> None:
    reading.add("usageTerms", value=lines(element))


def _series(element: Element, reading: Reading) -> None:
    found = words(element)
    if found:
        reading.add("descriptions", role="series", value=found)


def _keywords(element: Element, reading: Reading) -> None:
    found = words(element)
    if found.isupper():  # Belga's `ATTENTION USERS` is a mark
        reading.notes.append(ItemNote("KeywordLine.take_key", found))
    for keyword in _KEYWORDS.split(found):
        if not keyword.strip().startswith("ATTENTION "):
            reading.name("subjects", keyword.strip())


def _further(element: Element, reading: Reading) -> None:
    """A line that the standard has no name for: `NewsLineType` gives the provider's."""
    kind = found = ""
    for child in element:
        if child.tag == "NewsLineType":
            kind = child.get("FormalName") or words(child)
        elif child.tag == "NewsLineText" and not found:
            found = lines(child)
    if not found:
        return
    low = kind.lower()
    if low in ("advisoryline", "productline") or "note" in low or "instruction" in low:
        restricted = low == "advisoryline" and _RESTRICTION.match(found)
        if restricted or _RESTRICTED.search(found):
            reading.add("usageTerms", value=found)
        if not restricted:
            reading.note(found, kind)
    elif "copyright" in low:
        reading.fields.setdefault("copyrightNotice", found)
    elif "restriction" in low or "rights" in low or "usage" in low:
        reading.add("usageTerms", value=found)
    else:
        reading.add("descriptions", role=kind, value=found)


READERS: dict[Any, Callable[[Element, Reading], None]] = {
    "HeadLine": _headline,
    "SubHeadLine": _subhead,
    "ByLine": _byline,
    "DateLine": _line("dateline"),
    "CreditLine": _credit,
    "CopyrightLine": _line("copyrightNotice"),
    "RightsLine": _rights,
    "SeriesLine": _series,
    "SlugLine": _slug,
    "KeywordLine": _keywords,
    "NewsLine": _further,
}
