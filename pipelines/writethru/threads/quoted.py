"""Which other agencies a text names as its source: "Yonhap News Agency reported", "laut dpa", "dijo a EFE", "연합뉴스에 따르면".

A name alone says nothing ("Reuters shares"): words of attribution stand before or behind it. They are few a language and are sought only
around a name, in any language's text alike.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from writethru.threads.terms import split
from writethru.wire.agencies import table

_MENTIONS = 8
"""Of one name that are looked at: a source is told at the first or the second."""
_REACH = 70
"""Characters before and behind a name in which its attribution stands."""

_ACCORDING = (
    r"according to|citing|quoting|(?:quoted|cited|reported) by|reports? (?:by|from|in)|interview with",
    r"laut|nach (?:Angaben|Informationen)|unter Berufung auf|(?:Bericht|Meldung|Informationen) (?:der|von)",
    r"selon|d'après|citée?s?|citant",
    r"según|de acuerdo con|citad[oa]s?|citando",
    r"secondo|citat[oaie]|citando",
    r"segundo|de acordo com|conforme|citad[oa]s?",
    r"volgens|aldus",
    r"enligt|ifølge|i følge|według|jak (?:podaje|podała)|по (?:сообщению|данным|информации)|ссылкой на",
    r"(?:و?نقلا?ت? عن|و?نقلت|وفقا?|و?بحسب|و?حسب|و?ذكرت|و?أفادت|و?أوردت|و?قالت)",
)
"""Before the name, with up to four words between, which tell what agency it is."""
_SAID_TO = (
    r"told|gegenüber|sagt(?:e|en)?(?: \S+){0,3} (?:der|zu)|erfuhr|tegen(?:over)?|powiedziała?|рассказал[аи]?|заявил[аи]?",
    r"(?:säger|sade|sa|berättar|siger|sagde|sier|fortæller|forteller|uttaler)(?: \S+){0,4} till?",
    r"(?:dit|déclaré|indiqué|expliqué|confié|affirmé|précisé|confirmé|assuré|annoncé|raconté)(?: \S+){0,4} (?:à|auprès de)",
    r"(?:dijo|dijeron|declaró|explicó|confirmó|aseguró|afirmó|señaló|contó|indicó|comentó|precisó)(?: \S+){0,4} a",
    r"(?:detto|dichiarato|riferito|spiegato|confermato)(?: \S+){0,4} (?:a|all')",
    r"(?:disse|afirmou|declarou|adiantou|explicou|confirmou|contou)(?: \S+){0,4} (?:à|a)",
)
_INVERTED = (
    r"berichtete?|meldete?|schreibt|schrieb|rapporte|rapportait|informó|informa|reportó|riferisce|riferito|riporta|scrive|noticiou|noticia",
    r"avançou|informou|relatou|meldt|meldde|bericht|schrijft|rapporterar|rapporterade|uppger|skriver|skrev|melder|meldte|rapporterer|opplyser",
    r"oplyser|erfarer|kertoo|kertoi|uutisoi|raportoi|podała|podaje|poinformowała|сообща(?:ет|ло)|сообщило|переда[её]т",
)
"""Before the name, with nothing between but its article and what says that it is an agency."""
_THE = (
    r"(?i:the)|der|die|dem|la|de|den|het|da|a|агентств\w+|"
    r"(?:news |wire )?(?:agency|service)|newswire|(?:Nachrichten)?[Aa]gentur|agence(?: de presse)?|agencia(?: de noticias)?|"
    r"agenzia(?: di stampa)?|agência(?: de notícias)?|(?:pers|nieuws)\w+|nyhe[td]sb\w+|uutistoimisto|agencj\w+"
)
_REPORTS = "|".join(
    ("reported|reports|said|says|quoted|quotes|cited|wrote|learned", *_INVERTED, r"zufolge|rapporté|indiqué|indique|annonce")
)
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?i:{'|'.join(_ACCORDING)})(?: [^\W\d_][^\s,.;:!?()\"“”«»]*){{0,4}}|"
    rf"(?:{'|'.join((*_SAID_TO, *_INVERTED))})(?: (?:l')?(?:{_THE})(?!\w)){{0,3}}) ?(?:\w{{1,5}}'|و?وكالة |ل)?$|(?<!\w)ل$"
)
_BEHIND = re.compile(
    rf"(?:'s)?(?: \([^)]{{2,20}}\))?(?: (?:news |wire |state )?(?:agency|service)| newswire)?"
    rf"(?: (?:has|had|also|later|earlier|first|ha|hat|hatte|heeft|har|a))? (?:{_REPORTS})(?!\w)|:n(?: \w+)? mukaan|:lle(?!\w)|"
    r"(?:통신)?(?:에 따르면|(?:는|가|이|은|에|의)? ?[^.]{0,60}?(?:보도|전했|밝혔|말했))|"
    r"(?:通信)?(?:によると|によれば|の取材に|[がは][^。]{0,50}?(?:報じ|伝え))|[^。]{0,16}?(?:报道|報道|報導|报导|消息)"
)
_OWNED = re.compile(r" (?:share|stock|invest|employ|staff|executive|customer|board|building|office)")
"""Behind a name that is a company's: "told Reuters shareholders"."""
_PLAIN = str.maketrans("\u2019", "'")
_BLANKS = re.compile(r"\s+")
_SPACED = re.compile(r"[^\W\d_]", re.ASCII)
"""What a name in a script that parts its words by blanks and has no prefixes begins with."""


def quoted(body: str, words: Collection[str], own: str) -> dict[str, str]:
    """Agency id -> the phrase that names it as the source, of each that is not the text's `own` agency. `words` are those of the body, as
    `terms.split` cuts it: of nearly all texts they tell that no agency is named."""
    names = _names()
    if names.keys().isdisjoint(words):
        return {}
    found: dict[str, str] = {}
    named = {one for word in words if word in names for one in names[word]}
    for name, agency in sorted(named, key=lambda one: (-len(one[0]), one)):
        within = any(name in phrase for phrase in found.values())  # the Associated Press of Pakistan is not the Associated Press
        if agency not in found and not within and (phrase := _attributed(body, name)):
            found[agency] = phrase
    found.pop(own, None)
    return found


def _attributed(body: str, name: str) -> str:
    """The first attribution to this name, or ""."""
    start = body.find(name)
    for _ in range(_MENTIONS):
        if start < 0:
            break
        end = start + len(name)
        if not (_SPACED.match(name) and (body[start - 1 : start].isalnum() or body[end : end + 1].isalnum())):
            before = _BLANKS.sub(" ", body[max(0, start - _REACH) : start])
            behind = _BLANKS.sub(" ", body[end : end + _REACH])
            if (said := _BEFORE.search(before.translate(_PLAIN))) and not _OWNED.match(behind):
                return before[said.start() :] + name
            if said := _BEHIND.match(behind.translate(_PLAIN)):
                return name + behind[: said.end()]
        start = body.find(name, end)
    return ""


@cache
def _names() -> dict[str, set[tuple[str, str]]]:
    """The names of the agencies and whose they are, by the word of each that is longest."""
    by_key: dict[str, set[tuple[str, str]]] = {}
    for spelling, agency in table().by_spelling.items():
        name = spelling.removeprefix("The ")
        key = max(split(name), key=len, default="")
        if len(key) > 1 and "/" not in name and "." not in name:
            for prefix in ("", "ل", "و", "ب") if "\u0620" <= key[0] <= "\u064a" else ("",):
                by_key.setdefault(prefix + key, set()).add((name, agency.id))
    return by_key
