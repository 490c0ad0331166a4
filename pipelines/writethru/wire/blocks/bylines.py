"""Bylines: a line of names behind `By`, `Von`, `Par`, the same with the agency behind it instead, and the title line that may follow."""

from __future__ import annotations

import re
from functools import lru_cache

from writethru.wire.agencies import table
from writethru.wire.times import MONTHS, WEEKDAYS

_PREFIX = re.compile(r"(By|BY|by|Von|VON|von|Par|PAR|Por|POR|Di|DI|Door|DOOR|Av|AV|Af|AF)\s*:?\s+(?=\S)")
OPENING = frozenset("BbVvPDA")
"""The first letters of these prefixes."""
_LOOSE = ("Di", "Av", "Af", "Door", "von", "by")
"""Prefixes with which headlines open too: `Di Maio, Salvini`."""
_LONGEST = 140
SIGNED, HOUSE = 90, 40
"""Characters of the longest line of names and their agency, and of an agency alone."""
_SMALL = frozenset("and und et y e og och en of for in with at the de van von der den da di du la le bin al el dos ter ten zu i à avec con "
                   "mit aus med och till fra från from "
                   "correspondents correspondent staff dpa ats afp reporter reporters writer editor editors korrespondent korrespondenten "
                   "correspondants envoyé spécial writers special to agencies unserem unserer onze verslaggever".split())  # fmt: skip
_NO_NAMES = frozenset({*WEEKDAYS, "numbers", "night", "day", "now", "then", "contrast", "chance", "law", "design", "demand", "jove"})
_NOBODY = frozenset("it they did does is was were not but why what when where".split())
"""Words of a sentence printed as a title (`By George, She Did It`) that are no surnames, as `He` and `You` are."""
_PHRASES: dict[str, frozenset[str]] = {
    "by": frozenset("popular land sea order default hand lamplight moonlight candlelight".split()),
    "par": frozenset(
        "temps monts hasard exemple ailleurs ici amour air mer terre route rail nuit jour défaut dessus dessous tous toutes ordre cœur "
        "coeur contre conséquent milliers centaines dizaines petites petits grand grands grandes gros vent tradition peur principe "
        "manque souci respect crainte chance malheur bonheur intérêt amitié deux trois".split()
    ),
    "por": frozenset(
        "fin siempre primera primer ahora favor amor ejemplo aire culpa suerte miedo todo todos todas tierra unanimidad qué".split()
    ),
    "von": frozenset("anfang hand mund haus tür sieg heute morgen null oben unten innen außen links rechts rekord wegen".split()),
}
"""Preposition -> first words of phrases that are printed as titles (`Par Temps Froid`, `Por Fin Llega`, `Von Null auf Hundert`). They are
names elsewhere (`By Mar Roman`, `By Amor Towles`); `mar` is one under its own preposition too (`Por Mar Abad`)."""
_BETWEEN = frozenset("zu al de del la le du di da en".split())
"""Small words between two names, and between two words of a phrase: `Von Sieg zu Sieg`, `Por Amor al Arte`."""
_TITLE = re.compile(
    r"(?:The )?Associated Press(?: [A-Z][\w ]{2,30})?|(?:AP|Reuters|AFP|Yonhap) [A-Z][\w ]{2,30}(?:Writer|Editor|Reporter|Correspondent)s?|"
    r"[A-Z][\w,' ]{2,40} (?:Writers?|Correspondents?|Reporters?|Editors?|Staff)|Yonhap News Agency|Press Association|Agence France-Presse"
)


def is_byline(text: str, start: int, end: int, first: bool) -> bool:
    """Whether the line [start, end) is a byline: nothing but names, small words between names, and no full stop. `first`: it is the first
    of a text whose headline is still to come."""
    return end - start <= _LONGEST and text[start : start + 1] in OPENING and _is_byline(text[start:end], first)


@lru_cache(maxsize=4096)
def _is_byline(line: str, first: bool) -> bool:
    """As above, of a line: reporters come again."""
    prefix = _PREFIX.match(line)
    if not prefix or (first and prefix[0].rstrip(" :") in _LOOSE):
        return False
    words = _words(line[prefix.end() :])
    if not 1 <= len(words) <= 18 or (words[-1][-1] in ".?!:;" and words[-1] not in ("Jr.", "Sr.")):
        return False
    if not all([word[0].isupper() or word in _SMALL or _is_joined(word) or (not word[0].isascii() and word.isalpha()) for word in words]):
        return False
    last = words[-1].casefold().rstrip(".")
    if last in _NO_NAMES or (len(words) == 1 and last.removeprefix("mid-") in MONTHS):  # By Friday; By The Numbers
        return False
    lower = [word.casefold() for word in words]
    if lower[0] in _PHRASES.get(prefix[1].lower(), ()) or not _NOBODY.isdisjoint(lower):
        return False
    if len(words) == 3 and words[1] in _BETWEEN and (first or words[0] == words[2] or (words[1] == "al" and prefix[0][:2] == "Po")):
        return False
    return any([word[0].isupper() or _is_joined(word) for word in words]) or words[0] in ("dpa", "afp", "ats")


def is_signed(text: str, start: int, end: int) -> bool:
    """Whether the line is names and their agency, without any prefix: `Jane Row, The Canadian Press`; `Jane Row und Tom Field, dpa`."""
    if end - start > SIGNED or text.find(",", start, end) < 0:
        return False
    names, _, house = text[start:end].rstrip("= ").rpartition(",")
    words = names.split()
    # Whether all are names is asked first: what stands behind a comma is looked up in the table as it is spelled.
    if not 2 <= len(words) <= 8 or not all([word[0].isupper() or word in _SMALL for word in words]) or any(map(str.isdigit, names)):
        return False
    return house.strip().casefold() in table().by_signature or table().named(house.strip()) is not None


def is_house(text: str, start: int, end: int) -> bool:
    """Whether the line is nothing but an agency's signature (`AAP`, `Ritzau`, `/ritzau/`)."""
    if end - start > HOUSE:
        return False
    line = text[start:end]
    if line[:1] == "/" and line[-1:] == "/":
        return line[1:-1].strip().casefold() in table().by_signature
    return line[:1].isupper() and (line.isupper() or len(line) > 4) and line.casefold() in table().by_signature


def is_title(text: str, start: int, end: int) -> bool:
    """Whether the line below a byline says what its names are, or of which house."""
    return end - start < 60 and (bool(_TITLE.fullmatch(text, start, end)) or table().named(text[start:end].rstrip("= <")) is not None)


def names(line: str) -> str:
    """The names of a byline, without `By`."""
    prefix = _PREFIX.match(line) if line[:1] in OPENING else None
    return line[prefix.end() :] if prefix else line


def _is_joined(word: str) -> bool:
    """Whether a word in small letters goes on with a name: `d'Orvel`, `dpa-Korrespondentin`."""
    return (word[1:2] in ("'", "\u2019") and word[0] in "dlo" and word[2:3].isupper()) or word.partition("-")[0] in ("dpa", "afp", "ats")


def _words(text: str) -> list[str]:
    if "(" in text or "@" in text:  # By Jane Row (jrow@example.org)
        text = re.sub(r"\([^()]*\)|\S+@\S+", " ", text)
    if " - " in text:  # By Jane Row - The Associated Press
        names, _, house = text.rpartition(" - ")
        text = f"{names} {house}" if table().named(house.rstrip("=<^ ")) else text
    return text.replace(",", " ").replace("/", " ").replace("&", " ").replace("|", " ").rstrip("=<^ ").split()
