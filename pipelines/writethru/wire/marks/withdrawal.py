"""Kills, holds and the copy beneath them: whether a headline's tag withdraws at all, whether the copy is the notice or what it kills, and
which items a notice names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from writethru.wire.agencies import signed
from writethru.wire.marks import Mark

_ITEM = r"(?:story|item|report|article|copy|headline|alert|dispatch|text|version|Meldung)"
_NOTICE = re.compile(
    rf"\b{_ITEM}\b[^\n]{{0,200}}?\b(?:is|was|are|were|be|been|being)\s(?:hereby\s)?(?:withdrawn|killed|retracted)\b|"
    rf"\b(?:withdraws?|withdrawn|withdrew|retracts|kills)\s(?:the|this|its|that)\s[^\n]{{0,40}}?\b{_ITEM}\b|"
    rf"\bplease\s(?:disregard|kill|withdraw)\b|\b(?:should|must)\snot\sbe\sused\b|\bdo\snot\suse\b|\b(?:kill|withdrawal)\snotice\b|"
    r"^(?:KILL KILL KILL|(?:BULLETIN|MANDATORY) KILL|STORY WITHDRAWN)\b",
    re.IGNORECASE | re.MULTILINE,
)
_WITHDRAWN = re.compile(r"\bwithdrawn\b|\bdisregard\b", re.IGNORECASE)
_SHORT = 40
"""Words; a story that withdraws itself is told in fewer, and one that is news in more."""
_OPENING = 800
"""Characters within which a notice says that it is one."""


def supported(copy: str, notes: Iterable[str]) -> bool:
    """Whether the item agrees with a headline tag that withdraws: no real copy, or a notice in copy or notes."""
    return notice(copy) or any(_NOTICE.search(note) or _WITHDRAWN.search(note) for note in notes)


def notice(copy: str) -> bool:
    """Whether `copy` is no story: too short for one, or says it is withdrawn."""
    return len(copy.split()) < _SHORT or bool(_NOTICE.search(copy[:_OPENING]))


def orders(copy: str) -> bool:
    """Whether `copy` is nothing but the order to withdraw a story."""
    return len(copy.split()) < _SHORT and bool(_NOTICE.search(copy))


def worded(marks: Sequence[Mark], copy: str) -> bool:
    """Whether the copy of a kill is the kill's own words. Under a status, a signal or a note it is the killed story, sent once more."""
    kills = [mark.evidence for mark in marks if mark.kind.action == "kill"]
    if any(one.rule in ("status", "signal") for one in kills):
        return False
    if any(one.rule == "kill_target" for one in kills):
        return orders(copy)
    if any(one.field == "body" or (one.rule == "mark_line" and one.field == "headline") for one in kills):
        return True
    return any(one.field in ("headline", "slug") for one in kills) and notice(copy)


_HELD = "hold|withhold|release|sperren|freigeben|retenir|retener"


def _named(verbs: str) -> re.Pattern[str]:
    # `Please kill item dpa 157`, `Disregard a0713`, `Bitte streichen Sie die Meldung dpa 0157`; neither `killed at 9:05 a.m.` nor the word
    # count of `BULLETIN KILL,55`.
    return re.compile(
        rf"\b(?:{verbs})\b[^\n]{{0,40}}?(?:\b([a-z]\d{{4}})\b|"
        r"\b(item|story|report|copy|no\.?|nr\.?|number|nummer|meldung|dépêche|depeche|nota|noticia|notizia|bericht|telegram|telegrammet|"
        r"melding|uutinen|notícia|[a-z]{2,8})\s?#?\s?(\d{1,5})\b(?![:.,]?\d|\s?[ap]\.?m\b))",
        re.IGNORECASE,
    )


def _titled(verbs: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{verbs})\b[^\n\"“«„]{{0,60}}?"
        r"\b(?:story|item|report|headline[d]?|titled|slugged|Meldung|dépêche|nota|noticia|notizia)\b[^\n\"“«„]{0,30}$",
        re.IGNORECASE,
    )


_TARGET = _named(
    "kill|withdraw|disregard|eliminate|streichen|ignorieren|zurückgezogen|annuler|annulez|anular|anulen|annullare|eliminar|schrappen|"
    "stryk|stryka|slett|slette|slet|poistakaa|anulem"
)
_HELD_TARGET = _named(_HELD)
_ANNOUNCED = re.compile(
    r"\b(?:Meldung|item|story|dépêche|nota|notizia|bericht|telegrammet)\s(?:(?P<agency>[A-Za-z]{2,8})\s)?(?:no\.?\s?|nr\.?\s?)?"
    r"(?P<number>\d{2,5})\b[^\n.]{0,120}?\b(?:killed|withdrawn|zurückgezogen|gestrichen|annulée?|anulada|annullata|ingetrokken|återkallas)\b",
    re.IGNORECASE,
)
_NUMBERED = frozenset(
    "item story report copy no no. nr nr. number nummer meldung dépêche depeche nota noticia notizia bericht telegram telegrammet melding "
    "uutinen notícia".split()
)
_QUOTED = re.compile(r"[\"“«„]([^\"”»“„«\n]{6,200})[\"”»“]")
_TITLED = _titled("kill|withdraw|disregard|eliminate|streichen|annuler|anular|annullare")
_HELD_TITLE = _titled(_HELD)
_GUID = re.compile(r"\b(?:urn:[a-z0-9][a-z0-9-]+:[^\s\"”»,;)]+|tag:[a-z0-9.@-]+,\d{4}[^\s\"”»,;)]+)", re.IGNORECASE)
_MOST = 3000
"""Characters of a text that are searched for what it kills."""


def targets(texts: Iterable[str], references: Iterable[str]) -> tuple[str, ...]:
    """What a kill names: running or transmission numbers (`Please kill item dpa 157`), guids, headlines in quotation marks, and the
    `references` of its keyword line and links."""
    out: dict[str, None] = dict.fromkeys(references)
    for text in texts:
        head = text[:_MOST]
        _numbers(text, _TARGET, out)
        for found in _ANNOUNCED.finditer(head):
            if not found["agency"] or found["agency"].lower() in _NUMBERED or signed(found["agency"]):
                out[found["number"]] = None
        _titles(head, _TITLED, out)
        for found in _GUID.finditer(head):
            out[found[0].rstrip(".:")] = None
    return tuple(out)


def held(text: str) -> tuple[str, ...]:
    """What the order of a hold or release names (`Please hold item dpa 170 "Premier resigns"`): numbers and headlines. Such an order is
    the opening of its copy."""
    text = text[:_OPENING]
    out: dict[str, None] = {}
    _numbers(text, _HELD_TARGET, out)
    _titles(text, _HELD_TITLE, out)
    return tuple(out)


def _numbers(text: str, order: re.Pattern[str], out: dict[str, None]) -> None:
    for found in order.finditer(text[:_MOST]):
        if found[2] and found[2].lower() not in _NUMBERED and not signed(found[2]):
            continue
        out[found[1] or found[3]] = None
        quoted = _QUOTED.search(text, found.end(), found.end() + 260)
        if quoted:
            out[quoted[1].strip()] = None


def _titles(head: str, order: re.Pattern[str], out: dict[str, None]) -> None:
    for found in _QUOTED.finditer(head):
        if order.search(head, max(0, found.start() - 120), found.start()):
            out[found[1].strip()] = None
