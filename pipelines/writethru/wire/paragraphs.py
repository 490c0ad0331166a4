"""Which paragraphs a note names: `paras 2, 5, 10, 13-16`, `5th graf`, `last 2 paras`, `3rd and 4th paragraphs`, `im 3. Absatz`,
`au 2e paragraphe`, `en el tercer párrafo`, `i tredje stycket`, `الفقرة 3`."""

from __future__ import annotations

import re

from writethru.wire.agencies import table

_MOST = 200
"""The highest paragraph number believed, so that a range stays a list."""
_WORDS = "|".join(sorted(table().ordinal_words, key=len, reverse=True))
_LAST = (
    "last|final|letzten|letzter|dernier|último|ultimo|ultimi|últimos|derniers|laatste|sista|siste|sidste|viimeinen|viimeisessä|viimeinen|"
    "الأخيرة"
)
_SUFFIX = r"(?:st|nd|rd|th|d|er|ère|ème|e|:a|:e|º|ª|°|\.|번째)"
_ORD = rf"(?:\d{{1,3}}\s?{_SUFFIX}|{_WORDS}|{_LAST})"
_GRAF = (
    r"(?:para(?:graph)?s?|graff?s?|pars?|abs(?:atz|ätze[n]?|\.)|paragraphes?|párrafos?|parrafos?|parágrafos?|paragraf[oi]|capovers[oi]|"
    r"alinea['\u2019]?s?|stycke(?:t|na|n)?|avsnitt(?:et)?|afsnit(?:tet)?|kappale(?:en|essa|et|iin|ta)?|الفقر(?:ة|ات)|문단|단락)(?!\w)\.?"
)
_TO = r"\s?(?:-|\u2013|to|through|bis|à|a|al|tot|till|til)\s?"
_AND = r"(?:\s?,\s?(?:and\s)?|\s(?:and|&|und|et|y|e|en|och|og|ja)\s)"
_AFTER = re.compile(rf"(?<!\w){_GRAF}\s(\d{{1,3}}(?:{_TO}\d{{1,3}})?(?:{_AND}\d{{1,3}}(?:{_TO}\d{{1,3}})?)*)(?![\d%])", re.IGNORECASE)
_BEFORE = re.compile(rf"(?<!\w)({_ORD}(?:{_TO}{_ORD})?(?:{_AND}{_ORD}(?:{_TO}{_ORD})?)*)[\s-]?{_GRAF}", re.IGNORECASE)
_COUNTED = re.compile(rf"(?<!\w)(first|{_LAST})\s(\d{{1,2}}|two|three|four|five|six)\s{_GRAF}", re.IGNORECASE)
_ONE = re.compile(rf"(\d{{1,3}}|{_WORDS}|{_LAST})\s?{_SUFFIX}?(?:{_TO}(\d{{1,3}}|{_WORDS}|{_LAST})\s?{_SUFFIX}?)?(?!\w)", re.IGNORECASE)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_ENDS = frozenset(_LAST.split("|"))
_NAMES = ("gra", "par", "abs", "capov", "alin", "styck", "avsn", "afsn", "kapp", "فقر", "문단", "단락", "pár")


def read(clause: str) -> tuple[int, ...]:
    """The paragraphs named, 1-based, negative from the end, in the order printed. A count (`with 6 grafs`) names none."""
    lower = clause.lower()
    if not any(name in lower for name in _NAMES):
        return ()
    out: list[tuple[int, list[int]]] = []
    for found in _COUNTED.finditer(clause):
        count = _COUNTS.get(found[2].lower()) or int(found[2])
        numbers = range(1, count + 1) if found[1].lower() == "first" else range(-count, 0)
        out.append((found.start(), list(numbers)))
    out += [(found.start(), _numbers(found[1])) for found in _AFTER.finditer(clause)]
    out += [(found.start(), _numbers(found[1])) for found in _BEFORE.finditer(clause)]
    return tuple(dict.fromkeys(number for _, numbers in sorted(out) for number in numbers if number))


def _numbers(text: str) -> list[int]:
    out: list[int] = []
    for found in _ONE.finditer(text):
        first = _number(found[1])
        last = _number(found[2]) if found[2] else first
        if abs(first) > _MOST or abs(last) > _MOST:
            continue
        out += range(min(first, last), max(first, last) + 1) if first > 0 < last else (first, last)
    return out


def _number(text: str) -> int:
    text = text.lower()
    if text in _ENDS:
        return -1
    return int(text) if text.isdecimal() else table().ordinal_words[text]
