"""Which paragraphs a note names: `paras 2, 5, 10, 13-16`, `5th graf`, `last 2 paras`, `3rd and 4th paragraphs`, `im 3. Absatz`,
`au 2e paragraphe`, `en el tercer párrafo`, `i tredje stycket`, `الفقرة 3`."""

from __future__ import annotations

import re
from functools import lru_cache

from writethru.wire.agencies import table

_MOST = 200
"""The highest paragraph number believed, so that a range stays a list."""
_ENDS = frozenset(
    "last final letzten letzter dernier derniers último últimos ultimo ultimi laatste sista siste sidste viimeinen viimeisessä "
    "الأخيرة".split()
)
_WORDS = "|".join(sorted((*table().ordinal_words, *_ENDS), key=len, reverse=True))
_SUFFIX = r"(?:st|nd|rd|th|d|er|ère|ème|e|:a|:e|\.?º|\.?ª|°|\.|번째|/[oa])"
_GRAF = re.compile(
    r"(?:para(?:graph)?s?|graff?s?|pars?|abs(?:atz(?:es)?|ätze[n]?|\.)|paragraphes?|párrafos?|parrafos?|parágrafos?|paragraf[oi]|"
    r"capovers[oi]|alinea['\u2019]?s?|stycke(?:t|na|n)?|avsnitt(?:et)?|afsnit(?:tet)?|kappale(?:en|essa|et|iin|ta)?|الفقر(?:ة|ات|تين|تان)|문단|단락)"
    r"(?!\w)\.?",
)
_TO = r"\s?(?:-|\u2013|to|through|bis|à|a|al|tot|till|til)\s?"
_AND = r"(?:\s?,\s?(?:and\s)?|\s(?:and|&|und|et|y|e|en|och|og|ja)\s)"
_LIST = re.compile(rf"\s(\d{{1,3}}(?:{_TO}\d{{1,3}})?(?:{_AND}\d{{1,3}}(?:{_TO}\d{{1,3}})?)*)(?![\d%])")
_ARABIC = "الفقر"
_FOLLOWED = re.compile(rf"\s((?:{_WORDS})(?:\s\u0648(?:{_WORDS}))*)(?!\w)")
"""Arabic ordinals, which stand behind: `الفقرة الثالثة`."""
_TOKEN = re.compile(r"[^\s,\u2013-]+|[,\u2013-]")
_ORDINAL = re.compile(rf"\d{{1,3}}{_SUFFIX}|{_WORDS}")
_LETTER = re.compile(r"[^\W\d]")
_BETWEEN = frozenset(", - \u2013 and & und et y e en och og ja to through bis à a al tot till til".split())
_ONE = re.compile(rf"(\d{{1,3}}|{_WORDS})\s?{_SUFFIX}?(?:{_TO}(\d{{1,3}}|{_WORDS})\s?{_SUFFIX}?)?(?!\w)")
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNTING = _ENDS.union(_COUNTS, table().ordinal_words)
NAMES = frozenset(
    "para paras paragraph paragraphs graf grafs graff graffs par pars abs absatz absatzes absätze absätzen paragraphe paragraphes "
    "párrafo párrafos parrafo parrafos parágrafo parágrafos paragrafo paragrafi capoverso capoversi alinea alineas "
    "stycke stycket styckena stycken avsnitt avsnittet afsnit afsnittet kappale kappaleen kappaleessa kappaleet kappaleiin kappaleta "
    "الفقرة الفقرات الفقرتين الفقرتان 문단 단락".split()
)
"""The words the pattern knows, without one of which no paragraph is named."""
_BEHIND = 60
"""Characters before the word in which its ordinals stand."""


def read(clause: str) -> tuple[int, ...]:
    """The paragraphs named, 1-based, negative from the end, in the order printed. A count (`with 6 grafs`) names none."""
    lower = clause.lower()
    out: list[int] = []
    for graf in _GRAF.finditer(lower):
        start = graf.start()
        if start and _LETTER.match(lower, start - 1):  # asked here, where it costs nothing: no search is quick for a pattern that begins so
            continue
        above = lower[max(0, start - _BEHIND) : start].rstrip(" \n\t-\u2013")
        if "(" in above:  # Zitat ergänzt (1. Absatz)
            above = above.replace("(", " ")
        if _counts(above):
            out += _before(above)
        listed = _LIST.match(lower, graf.end())
        if listed:
            out += _numbers(listed[1])
        elif graf[0].startswith(_ARABIC) and (followed := _FOLLOWED.match(lower, graf.end())):
            out += [_number(word.removeprefix("\u0648")) for word in followed[1].split()]
    return tuple(dict.fromkeys([number for number in out if number]))


def _counts(text: str) -> bool:
    """Whether a number or ordinal ends `text`: most end in `in`."""
    last = text.rpartition(" ")[2].replace("\n", ",").replace("-", ",").replace("\u2013", ",").rpartition(",")[2]
    return last[:1].isdigit() or last in _COUNTING


def _before(text: str) -> tuple[int, ...]:
    """The ordinals that end `text`: `3rd and 4th`, `last 2`, `first three`, `4. bis 6.`."""
    tokens = list(_TOKEN.finditer(text))
    if len(tokens) > 1:
        size = _COUNTS.get(tokens[-1][0]) or (int(tokens[-1][0]) if re.fullmatch(r"\d{1,2}", tokens[-1][0]) else None)
        opening = tokens[-2][0]
        if size and opening == "first":
            return tuple(range(1, size + 1))
        if size and opening in _ENDS:
            return tuple(range(-size, 0))
    first = len(tokens)
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at][0]
        if _ORDINAL.fullmatch(token):
            first = at
        elif token not in _BETWEEN or at == len(tokens) - 1:
            break
    return _numbers(text[tokens[first].start() :]) if first < len(tokens) else ()


@lru_cache(maxsize=1024)
def _numbers(text: str) -> tuple[int, ...]:
    """The numbers of a list, ranges written out."""
    out: list[int] = []
    for found in _ONE.finditer(text):
        first = _number(found[1])
        last = _number(found[2]) if found[2] else first
        if abs(first) > _MOST or abs(last) > _MOST:
            continue
        out += range(min(first, last), max(first, last) + 1) if first > 0 < last else (first, last)
    return tuple(out)


def _number(text: str) -> int:
    if text in _ENDS:
        return -1
    return int(text) if text.isdecimal() else table().ordinal_words[text]
