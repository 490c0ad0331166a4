"""Kills and the copy beneath them: whether a word that withdraws does so at all, and whether the copy is the notice or what it kills."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from writethru.wire import dateline
from writethru.wire.agencies import UNKNOWN, Agency
from writethru.wire.marks import Mark
from writethru.wire.marks.vocabulary import DOUBTED, ORDERED, OWNED, SENTENCES

_ITEM = r"(?:story|item|report|article|copy|headline|alert|dispatch|text|version|Meldung)"
_GAP = (
    r"(?:\"[^\"\n]{2,200}\"|“[^”\n]{2,200}”|\u2018[^\u2019\n]{2,200}\u2019|(?<!\w)'[^'\n]{2,200}'(?!\w)|\w'\w|"
    r"(?!\b(?:who|whose|where|said|says|say|added|and|as|when|after)\b|\bthat\s(?!moved|ran|was|we|appeared))[^\n\"“\u2018']){0,200}?"
)
"""What may stand between an item and its fate: its title, its time. `The report said the bill was withdrawn` is news."""
_ASKED = (
    r"\b(?:please|(?:editors|members|users|clients|customers|subscribers|newspapers|stations)\b[^.\n]{0,80}?\b(?:is|are)\sasked\sto)"
    rf"\s(?:disregard|kill|withdraw|eliminate)\s(?:(?:it|them|this|these|all|both)\b(?!\s(?!stor|item|report|AM-|PM-|BC-)[a-z])|"
    rf"(?:[\w.'\u2019-]+\s){{0,5}}?(?:{_ITEM}|stories|items|reports|alerts|photos?|pictures?|graphics?|videos?)\b|"
    rf"(?:[\w-]+\s){{0,3}}?(?:(?:AM|PM|BC)-|[a-z]\d{{4}}\b)|[\"“\u2018'])"
)
"""Troops are asked to withdraw as well, and users to disregard an alarm; that they were asked to is told afterwards."""
_ITEM_ABROAD = r"(?:dépêches?|alertes?|urgents?|articles?|papiers?|informations?|textes?|noticias?|notas?|notizi[ae])"
_ASKED_ABROAD = (
    rf"\b(?:bitte\s(?:streichen|löschen|annullieren|ignorieren)\b|veuillez\s(?:annuler|supprimer|ignorer)\s(?:(?:la|les|notre|nos|cette|ces|l['\u2019])\s?)?{_ITEM_ABROAD}\b|"
    r"(?:rogamos|sírvanse|favor)\s(?:que\s)?(?:de\s)?(?:anul|elimin)\w+|(?:si\sprega\sdi|pregasi)\s(?:annullare|eliminare|ignorare)\b|"
    r"gelieve\b[^.\n]{0,60}?\b(?:schrappen|verwijderen|negeren)\b|(?:vänligen|var\svänlig)\s(?:stryk|makulera)\b|"
    r"(?:vennligst|venligst)\s(?:slett?|stryk|annuller)\b|pyydämme\spoistamaan\b)"
)
_COMMANDED = (
    rf"{_ASKED}|{_ASKED_ABROAD}|(?:^|[.:]\s)(?:kill|disregard|withdraw|eliminate)\s(?:(?:the|this|our)\s(?:[\w-]+\s)?{_ITEM}\b|"
    r"(?:AM|PM|BC)-|[a-z]\d{4}\b)|\ba\skill\sis\smandatory\b"
)
_COMMAND = re.compile(_COMMANDED, re.IGNORECASE | re.MULTILINE)
_NOTICE = re.compile(
    rf"\b{_ITEM}\b{_GAP}\b(?:is|was|be|been|being)\s(?:hereby\s)?(?:withdrawn|retracted)\b|"
    # `In the story a boy is killed` is what a film tells.
    rf"\b{_ITEM}(?:\s(?:slugged|headlined|titled|numbered|moved|sent|filed|that\smoved|[(\"“„«\u2018']|[a-z]?\d{{3,5}}){_GAP})?"
    r"\s(?:is|was|been|be)\s(?:hereby\s)?killed\b|"
    rf"\b(?:withdraws?|withdrawn|withdrew|withdrawing|retracts|retracting|kills|killed|killing)\s(?:the|this|its|that)\s(?:[\w.'\u2019-]+\s){{0,4}}?{_ITEM}\b|"
    # `Do not use before 6 p.m.` is an embargo.
    rf"{_COMMANDED}|\b(?:should|must)\snot\sbe\sused\b|\bdo\snot\suse\b(?!\s(?:before|until)\b)|\b(?:kill|withdrawal)\snotice\b|"
    r"\b(?:Meldung|Bericht|dépêche|noticia|nota|notizia|notícia|uutinen|meldingen|telegrammet)\b[^\n.]{0,160}?\b(?:zurückgezogen|"
    r"gestrichen|annulliert|annulée|anulada|annullata|ingetrokken|återkallas|trekkes|tilbagekaldes|peruttu)\b|"
    r"^(?:KILL KILL KILL|(?:BULLETIN|MANDATORY) KILL|STORY WITHDRAWN)\W*$",
    re.IGNORECASE | re.MULTILINE,
)
_ORDER = re.compile(
    r"(?:Please\s(?:kill|withdraw|disregard)|Bitte\s(?:streichen|annullieren|löschen)\sSie)\s(?:(?:the|our|die|unsere)\s)?"
    rf"(?!headline\b){_ITEM}\b"
    r"(?=[.!]|$|\s(?:(?!(?:of|in|on|at|by|for|from|after|about|with)\s)[a-z]{2,8}\s)?(?:no\.?\s|nr\.?\s|#)?\d|"
    r"\s(?:slugged|headlined|titled|numbered|that\smoved|[\"“„«\u2018'(])|,?\s(?:(?:AM|PM|BC)-|[a-z]\d{4}\b))",
    re.IGNORECASE,
)
"""Behind the item stands nothing more or what names it: `Please kill the story of the dragon, the children cried` is prose."""
_ADDRESSED = re.compile(r"(?:Eds|EDS|Editors|EDITORS)\.?:\s+")
_ORDERS = (
    re.compile(
        r"(?:The|Our)\s(?:story|item|alert|report)\s(?:\"[^\"\n]{2,160}\"|“[^”\n]{2,160}”)\s(?:is|has\sbeen)\s(?:hereby\s)?(?:withdrawn|killed)\b"
    ),
    # Whoever says `our story` sends stories: what it was about is its name.
    re.compile(rf"Please\s(?:kill|withdraw|disregard)\sour\s{_ITEM}\s(?:on|about|of|from)\s[^.,;:!?\"“\n]{{2,80}}(?=[.!]|$)"),
    re.compile(
        r"(?:(?:Editors:?,?\s)?[Pp]lease\s(?:kill|disregard|withdraw|eliminate)|Kill|Disregard|Withdraw|Eliminate)\s(?:the\s)?(?:(?:story|item)\s)?"
        r"(?:(?:(?:AM|PM|BC)-[^.,\n]{2,60},\s)?[a-z]\d{4}|item\s(?:[a-z]{2,8}\s)?(?:[Nn]o\.?\s|#)?\d{1,5})\b(?=[.,;!]|\sand\s|$)"
    ),
    re.compile(
        r"(?:Editors:?,?\s)?[Pp]lease\s(?:kill|disregard)\s(?:AM|PM|BC)-[^.,\n]{2,60}(?:,\swhich\s(?:was|moved|ran)\b[^.\n]{2,60})?(?=[.!]|$)"
    ),
    re.compile(
        rf"(?:Veuillez\s(?:annuler|ignorer|supprimer)|Prière\sd['\u2019]annuler|(?:Rogamos|Sírvanse|Favor)\s(?:que\s|de\s)?(?:anul|elimin)\w+|"
        rf"(?:Si\sprega\sdi|Pregasi)\sannullare)\s(?:(?:la|notre|nuestra|nostra|cette|l['\u2019])\s?)?{_ITEM_ABROAD}\b"
        r"(?=[.!]|$|,?\s(?:intitulée?|titulad[ao]|intitolat[ao]|dal\stitolo|numéro|número|numero|[Nn][°ºo.]|[\"“„«(]|\d))"
    ),
)
"""Orders that name a transmission, a running number or what the story was about or called. `Disregard for rules` is a headline."""
_MEMBERS_ORDER = re.compile(
    r"(?:editors:?\s+)?(?:editors|members|users|clients|subscribers|newspapers)\swho\s(?:have\s)?(?:used|use|received)\s[^.\n]{0,40}?"
    r"\b(?:[a-z]\d{4}|(?:AM|PM|BC)-[^.\n]{2,60}?)[^.\n]{0,60}?,?\sare\sasked\sto\s(?:kill|eliminate|disregard|withdraw)\b",
    re.IGNORECASE,
)
"""AP's: it names the transmission or its keyword."""
_EDGES = " '\u2019=.!*:()-\u2013\u2014\n\t"
_WITHDRAWN = re.compile(r"\bwithdrawn\b|\bdisregard\b", re.IGNORECASE)
_SHORT = 40
"""Words; a story that withdraws itself is told in fewer, and one that is news in more."""
_OPENING = 800
"""Characters within which a notice says that it is one."""


def supported(words: str, copy: str, notes: Iterable[str], agency: Agency = UNKNOWN, filed: bool = False) -> bool:
    """Whether the item agrees with `words` that withdraw: no story, or a notice in copy or notes; with some nothing but an order. `filed`:
    the copy has a dateline."""
    word = words.strip(_EDGES).upper()
    if word in ORDERED:
        return any([_COMMAND.search(text[:_OPENING]) for text in (copy, *notes)])
    owned = (word not in OWNED and not _titled(words)) or word in agency.words
    said = notice(copy, filed) if owned else _says(copy)
    return said or any(_NOTICE.search(note[:_OPENING]) or _WITHDRAWN.search(note) for note in notes)


def _titled(words: str) -> bool:
    """Whether words that withdraw are printed in small letters, as in a headline of its own (`Noticia anulada: …`)."""
    words = words.strip(_EDGES)
    return words.upper() in SENTENCES and words != words.upper()


def doubted(words: str) -> bool:
    """Whether the item must agree with the words of a tag that withdraws."""
    return words.strip(_EDGES).upper() in ORDERED or _titled(words) or any([word in words for word in DOUBTED])


def notice(copy: str, filed: bool = False) -> bool:
    """Whether `copy` is no story: it says that one is withdrawn, or is too short for one. What has a dateline (`filed`) is a story, however
    short, unless it says so."""
    return not copy or (not filed and len(copy.split()) < _SHORT) or _says(copy)


def _says(copy: str) -> bool:
    return bool(_NOTICE.search(copy[:_OPENING]))


def orders(copy: str) -> bool:
    """Whether `copy` is nothing but the order to withdraw a story."""
    return len(copy.split()) < _SHORT and bool(_NOTICE.search(copy))


def order(copy: str) -> bool:
    """Whether `copy` opens with the order to withdraw a story, and says little else. Whoever sends it needs no mark above it."""
    copy = _ADDRESSED.sub("", copy, count=1)
    given = any([form.match(copy) is not None for form in (_ORDER, *_ORDERS, _MEMBERS_ORDER)])
    return given and len(copy.split()) < _SHORT


def own_words(copy: str) -> str:
    """The words of a kill or hold without the story below them, which its dateline opens."""
    paragraphs = copy.split("\n\n")
    below = next((at for at, one in enumerate(paragraphs) if at and dateline.read(one, 0, len(one))), len(paragraphs))
    return "\n\n".join(paragraphs[:below])


def worded(marks: Sequence[Mark], copy: str, filed: bool) -> bool:
    """Whether the copy of a kill is the kill's own words. Under a status, a signal or a note it is the killed story, sent once more."""
    kills = [mark.evidence for mark in marks if mark.kind.action == "kill"]
    if any(one.rule in ("status", "signal") for one in kills):
        return False
    if any(one.rule == "kill_target" for one in kills):
        return orders(copy)
    if any(one.field == "body" or (one.rule == "mark_line" and one.field == "headline") for one in kills):
        return not filed or _says(copy)
    return any(one.field in ("headline", "slug") for one in kills) and notice(copy, filed)
