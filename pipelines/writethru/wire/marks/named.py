"""Which items a kill, a hold or a release names: running and transmission numbers, guids, headlines in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from writethru.wire.agencies import signed

_OPENING = 800
"""Characters in which the order of a hold or release stands."""
_MOST = 3000
"""Characters of a text that are searched for what it kills."""
_BEFORE = 120
"""Characters before a headline in which the order stands that it belongs to."""

_NOUNS = (
    "item|story|report|copy|no\\.?|nr\\.?|number|nummer|meldung|dépêche|depeche|nota|noticia|información|despacho|notizia|bericht|telegram|"
    "telegrammet|melding|meldingen|uutinen|notícia"
)
_NUMBERED = frozenset(word for noun in _NOUNS.split("|") for word in (noun.removesuffix("\\.?"), noun.replace("\\.?", ".")))
_KILLING = (
    "kill|killed|kills|withdraw|withdraws|withdrawn|withdrew|retract|retracts|retracted|disregard|eliminate|streichen|ignorieren|zurückgezogen|"
    "zieht|annuler|annulez|anular|anulen|anule|annullare|annulli|annullate|eliminar|eliminen|schrappen|stryk|stryka|återkallar|tilbagekalder|trekker|peruu|slett|slette|"
    "slet|poistakaa|anulem|do not use|"
    "verwenden(?=[^\\n.]{0,120}\\bnicht\\b)|used?(?=[^\\n.]{0,120}\\basked to (?:kill|disregard|withdraw|eliminate)\\b)"
)
_HELD = "hold|withhold|release|sperren|freigeben|retenir|retener"
_WITHDRAWN = (
    "(?:is|was|has been|have been|are|wird|ist|wurde|est|a été|ha sido|queda|è|viene|foi)\\s(?:hereby\\s|hiermit\\s)?"
    "(?:killed|withdrawn|retracted|zurückgezogen|gestrichen|annulliert|annulée?|anulad[ao]|annullat[ao]|ingetrokken)|"
    "återkallas|trekkes|tilbagekaldes|perutaan|on peruttu|(?:should|must) not be used"
)
"""What is said of an item that is named before it."""
_OPEN, _CLOSE = "\"“«„'\u2018", "\"”»“'\u2019"
_QUOTED = re.compile(
    "[\"“«„]([^\"”»“„«\n]{6,200})[\"”»“]|(?<!\\w)['\u2018]((?:[^'\u2018\u2019\n]|['\u2019](?=\\w)){6,200})['\u2019](?!\\w)"
)
_GUID = re.compile(r"\b(?:urn:[a-z0-9][a-z0-9-]+:[^\s\"”»,;)]+|tag:[a-z0-9.@-]+,\d{4}[^\s\"”»,;)]+)", re.IGNORECASE)
_STORY_NUMBER = re.compile(r"\bSTORY[_ ]NUMBER\s?[:#]?\s?([A-Z0-9]{6,16})\b")
"""Reuters' own number of the story that its notice withdraws."""


def _ordered(verbs: str) -> re.Pattern[str]:
    # `Please kill item dpa 157`, `Bitte streichen Sie die Meldung dpa 0157`; neither `killed at 9:05 a.m.` nor the word count of
    # `BULLETIN KILL,55`.
    return re.compile(
        rf"\b(?:{verbs})\b[^\n]{{0,40}}?\b({_NOUNS}|[a-z]{{2,8}})\s?#?\s?(\d{{1,5}})\b(?![:.,]?\d|\s?[ap]\.?m\b)", re.IGNORECASE
    )


def _transmitted(verbs: str) -> re.Pattern[str]:
    # `Disregard a0713 and a0714`, `has killed the story slugged BC-Harbor Bridge, a0512`
    return re.compile(rf"\b(?:{verbs})\b[^\n]{{0,100}}?\b((?:[a-z]\d{{4}}(?:,\s|\sand\s|,\sand\s)?)+)\b", re.IGNORECASE)


def _titled(verbs: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{verbs})\b[^\n\"“«„]{{0,60}}?"
        r"\b(?:story|item|report|headline[d]?|titled|slugged|Meldung|dépêche|nota|noticia|información|notizia|bericht|telegrammet|meldingen|"
        r"notícia|titulad[ao]|intitulée?|intitolat[ao])\b[^\n\"“«„]{0,30}$",
        re.IGNORECASE,
    )


_ITEM = r"(?:Meldung|item|story|report|dépêche|nota|noticia|información|notizia|bericht|telegrammet|meldingen|uutinen|notícia)"
_KILLED = (_ordered(_KILLING), _transmitted(_KILLING), _titled(_KILLING))
_ON_HOLD = (_ordered(_HELD), _transmitted(_HELD), _titled(_HELD))
_ANNOUNCED = re.compile(
    rf"\b{_ITEM}\s(?:[{_OPEN}][^\n]{{2,200}}?[{_CLOSE}]\s)?\(?(?:(?P<agency>[A-Za-z]{{2,8}})\s)?(?:no\.?\s?|nr\.?\s?)?"
    rf"(?P<number>\d{{2,5}})\b[^\n.]{{0,120}}?\b(?:killed|{_WITHDRAWN})\b",
    re.IGNORECASE,
)
_ANNOUNCED_LETTERED = re.compile(rf"\b{_ITEM}\b[^\n]{{0,100}}?\b([a-z]\d{{4}})\b[^\n.]{{0,120}}?\b(?:{_WITHDRAWN})\b", re.IGNORECASE)
_NAMED_BEFORE = re.compile(rf"\b{_ITEM}\b[^\n\"“«„]{{0,30}}$", re.IGNORECASE)
_WITHDRAWN_BEHIND = re.compile(rf"[^\n\"“«„]{{0,160}}?\b(?:{_WITHDRAWN})\b", re.IGNORECASE)
_FURTHER = re.compile(rf"[\s,)]{{1,3}}(?:and|und|et|y|e|en|och|og)\s(?:(?:{_NOUNS})\s)?(?:([a-z]{{2,8}})\s)?(\d{{3,5}})\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?]\s")


def targets(texts: Iterable[str], references: Iterable[str]) -> tuple[str, ...]:
    """What a kill names: running or transmission numbers (`Please kill item dpa 157`), guids, headlines in quotation marks, and the
    `references` of its keyword line and links."""
    out: dict[str, None] = dict.fromkeys(references)
    for text in texts:
        head = text[:_MOST]
        _orders(head, _KILLED, out)
        for found in _ANNOUNCED.finditer(head):
            if not found["agency"] or found["agency"].lower() in _NUMBERED or signed(found["agency"]):
                out[found["number"]] = None
        out |= dict.fromkeys([found[1] for found in _ANNOUNCED_LETTERED.finditer(head)])
        for found in _QUOTED.finditer(head):
            if _NAMED_BEFORE.search(head, max(0, found.start() - _BEFORE), found.start()) and _WITHDRAWN_BEHIND.match(head, found.end()):
                out[_title(found)] = None
        out |= dict.fromkeys([found[0].rstrip(".:") for found in _GUID.finditer(head)])
        out |= dict.fromkeys([found[1] for found in _STORY_NUMBER.finditer(head)])
    return tuple(out)


def held(text: str) -> tuple[str, ...]:
    """What the order of a hold or release names (`Please hold item dpa 170 "Premier resigns"`): numbers and headlines. Such an order is
    the opening of its copy."""
    out: dict[str, None] = {}
    _orders(text[:_OPENING], _ON_HOLD, out)
    return tuple(out)


def _orders(head: str, patterns: tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]], out: dict[str, None]) -> None:
    """Adds to `out` what the orders of `head` name."""
    ordered, transmitted, titled = patterns
    for found in ordered.finditer(head):
        if found[1].lower() in _NUMBERED or signed(found[1]):
            _numbers(head, found, out)
    for found in transmitted.finditer(head):
        out |= dict.fromkeys(re.findall(r"[A-Za-z]\d{4}", found[1]))
    for found in _QUOTED.finditer(head):
        if titled.search(head, max(0, found.start() - _BEFORE), found.start()):
            out[_title(found)] = None


def _numbers(head: str, found: re.Match[str] | None, out: dict[str, None]) -> None:
    """The number found and its headline, and those that follow it (`item dpa 157 "Rocket flies" and item dpa 160`)."""
    while found:
        out[found[2]] = None
        end = found.end()
        quoted = _QUOTED.search(head, end, end + 260)
        if quoted and not _SENTENCE.search(head, end, quoted.start()):
            out[_title(quoted)] = None
            end = quoted.end()
        found = _FURTHER.match(head, end)
        if found and found[1] and found[1].lower() not in _NUMBERED and not signed(found[1]):
            return


def _title(quoted: re.Match[str]) -> str:
    return (quoted[1] or quoted[2]).strip()
