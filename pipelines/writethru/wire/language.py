"""The language of a text: the tag the envelope gives, or what the words themselves say."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?")
# ISO 639-2 and -3 codes that feeds send -> ISO 639-1
_THREE = {"swe": "sv", "eng": "en", "ger": "de", "deu": "de", "fre": "fr", "fra": "fr", "spa": "es", "ita": "it", "por": "pt", "dut": "nl",
          "nld": "nl", "fin": "fi", "nor": "no", "nob": "nb", "nno": "nn", "dan": "da", "ara": "ar", "rus": "ru", "kor": "ko", "jpn": "ja",
          "chi": "zh", "zho": "zh", "pol": "pl", "gre": "el", "ell": "el", "tur": "tr", "hin": "hi", "per": "fa", "fas": "fa",
          "ukr": "uk", "heb": "he"}  # fmt: skip
_STOP_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset("the of and to in that is was for on with as by at from has said have are were its will be his an which after".split()),
    "de": frozenset("der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus nach".split()),
    "fr": frozenset("le la les de des et en du un une est que dans pour qui sur par au pas avec ce il ont été à sont".split()),
    "es": frozenset("el la los las de del y en que un una por con para se su al como más este ha lo fue sus dijo".split()),
    "it": frozenset("il la di che e in un una per del della con non sono dei alla nel gli le si da ha è al più anche".split()),
    "pt": frozenset("o a os as de do da e em que um uma por com para não no na se dos ao foi mais seu são à".split()),
    "nl": frozenset("de het een van en in is dat op te met voor zijn niet aan er die ook door bij naar uit heeft om".split()),
    "sv": frozenset("och i att det som en på är av för med den till inte har de ett om från var vid efter säger".split()),
    "no": frozenset("og i å det som en på er av for med den til ikke har de et om fra var ved etter sier ble".split()),
    "da": frozenset("og i at det som en på er af for med den til ikke har de et om fra var ved efter siger blev".split()),
    "fi": frozenset("ja on ei se että oli hän ovat mukaan myös kun joka mutta ole kuin sen tai jo vuonna sanoo olisi".split()),
}
_ALL = frozenset().union(*_STOP_WORDS.values())
_LONGEST = 100
"""Characters of a tag with what blanks are around it."""
_SAMPLE = 700
"""Characters looked at: about a hundred words tell these languages apart."""
_HALF = _SAMPLE // 2
_QUARTER = _SAMPLE // 4
_ENOUGH = 5
"""Different stop words of a language before a text is said to be in it."""
_TELLING = 55
"""Different words without digits and signs in which any of these languages shows itself. Tables of figures have fewer."""
_AHEAD = 2
"""Stop words by which another language must lead the agency's main one: English tables hold `per`, `del` and `la` too."""
_IDENTIFIED = (
    "en de fr es it pt nl sv no da fi ar ru ko ja zh el he hi th pl cs sk hu ro bg uk be sr hr bs sl mk sq tr az ka hy kk uz fa ur ps ku"
    " bn ta te mr gu pa si ne vi id ms tl sw am ca gl eu is et lv lt ga af mt"
).split()
"""Languages that news agencies write in: without the other hundred, a table in capitals is no pidgin."""
_SURE = 0.9
"""Likelihood at least among these, of a text of at least `_IDENTIFIABLE` letters, before it is said to be in one."""
_IDENTIFIABLE = 40
_SHARED = {"ru": ("ru", "uk", "bg", "sr", "mk", "be", "kk"), "ar": ("ar", "fa", "ur", "ps", "ku"), "hi": ("hi", "mr", "ne")}
"""Languages that share a script with the one it is named after."""
_NO_WORDS: frozenset[str] = frozenset()
_NORWEGIAN = {"nb": "no", "nn": "no"}


def tag(given: str | None) -> str | None:
    """A provider's tag as BCP 47 (`EN` -> en, `swe` -> sv, `nl-nl` -> nl-NL); None where it is none."""
    return _tag(given.strip()) if given and len(given) < _LONGEST else None


@lru_cache(maxsize=1024)
def _tag(given: str) -> str | None:
    found = _TAG.fullmatch(given)
    if not found:
        return None
    language, script, region = found.groups()
    language = _THREE.get(language.lower(), language.lower())
    if language in ("und", "mul", "zxx"):
        return None
    return "-".join(part for part in (language, script and script.title(), region and region.upper()) if part)


def detect(text: str) -> str | None:
    """The language of a text, None where it does not say: by the stop words of eleven languages, else by its script."""
    # Nothing else shares ten words with English, and most copy is English.
    if _opens_with(_STOP_WORDS["en"], 2 * _ENOUGH, text[:_HALF]):
        return "en"
    sample = text[:_SAMPLE]
    said = sample.lower().split()
    if len(_STOP_WORDS["en"].intersection(said)) >= 2 * _ENOUGH:
        return "en"
    words = _ALL.intersection(said)
    if len(words) >= _ENOUGH:
        scores = sorted([(len(words & stops), language) for language, stops in _STOP_WORDS.items()], reverse=True)
        (best, language), (second, _) = scores[:2]
        if best >= _ENOUGH and best > second:
            return language
    script = _script(sample)
    if script in _SHARED:
        found = _identify(sample)
        return found if found in _SHARED[script] else script
    return script


def _opens_with(stops: frozenset[str], enough: int, opening: str) -> bool:
    """Whether the opening of a text, less the word it was cut in, holds that many stop words: mostly it does, and no more need be read."""
    return len(stops.intersection(opening.rpartition(" ")[0].lower().split())) >= enough


def _identify(sample: str) -> str | None:
    """What a model of letters makes of it: a tenth of a millisecond, so only what nothing else tells is shown to it."""
    if sum(map(str.isalpha, sample)) < _IDENTIFIABLE:
        return None
    found, sure = _identifier().classify(sample)
    return str(found) if sure >= _SURE else None


@cache
def _identifier() -> LanguageIdentifier:
    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(_IDENTIFIED)
    return found


def decide(given: str | None, text: str, warnings: list[str], spoken_by: tuple[str, ...] = ()) -> str | None:
    """The tag to publish. A declared one is kept unless the text plainly speaks another language that is known here (ANSA declares `it`
    on English copy), which is warned of as `language_declared:TAG`. Where none is declared and the text is too short to tell, it is one of
    its agency's languages (`spoken_by`, the main one first), which is warned of as `language_assumed:TAG`."""
    declared = tag(given)
    if declared is None:
        if given:
            warnings.append("language_unreadable")
        found = detect(text)
        if found is None and spoken_by:
            found = _likeliest(text, spoken_by)
            if found:
                warnings.append(f"language_assumed:{found}")
        return found or _identify(text[:_SAMPLE])
    primary = declared.split("-", 1)[0]
    stops = _STOP_WORDS.get(_NORWEGIAN.get(primary, primary))
    if stops is None:
        return _unless_plain(declared, primary, text, warnings)
    opening = text[:_QUARTER].rpartition(" ")[0]  # less the word that it was cut in; mostly no more need be read
    said = stops.intersection(opening.lower().split())
    if len(said) >= _ENOUGH or len(said.union(stops.intersection(text[len(opening) : _HALF].lower().split()))) >= _ENOUGH:
        return declared
    sample = text[:_SAMPLE]
    words = set(sample.lower().split())
    own = len(words & stops)
    if own >= _ENOUGH:
        return declared
    written = _script(sample)
    if written and sum(map(str.isalpha, sample)) < _IDENTIFIABLE:
        written = None
    if written is None and len(words) < 25:
        return declared
    spoken = detect(text)
    if spoken is None or spoken == _NORWEGIAN.get(primary, primary):
        return declared
    # All whose stop words are known are written in Latin letters.
    if written or len(words & _STOP_WORDS.get(spoken, _NO_WORDS)) >= 2 * max(own, _ENOUGH) or _identify(sample) == spoken:
        warnings.append(f"language_declared:{declared}")
        return spoken
    return declared


def _unless_plain(declared: str, primary: str, text: str, warnings: list[str]) -> str:
    """A declared language whose stop words are not known here, unless those of another and the letters agree on that one: Catalan has half
    of the stop words of Spanish."""
    words = set(text[:_SAMPLE].lower().split())
    if len(words & _ALL) < 2 * _ENOUGH:
        return declared
    spoken = detect(text)
    if spoken is None or spoken == primary or len(words & _STOP_WORDS.get(spoken, _NO_WORDS)) < 2 * _ENOUGH:
        return declared
    if _identify(text[:_SAMPLE]) != spoken:
        return declared
    warnings.append(f"language_declared:{declared}")
    return spoken


def _likeliest(text: str, languages: tuple[str, ...]) -> str | None:
    """The main one of an agency's languages, or the one that has plainly more stop words in the text. None where there is no text, and
    where a text long enough to show its language shows none of these."""
    words = set(text[:_SAMPLE].lower().split())
    if not words:
        return None
    if languages[0] in _UNLATIN and _script(text[:_SAMPLE]) is None:
        languages = tuple([language for language in languages if language not in _UNLATIN]) or languages
    telling = words & _ALL
    scores = [len(telling & _STOP_WORDS.get(_NORWEGIAN.get(language, language), _NO_WORDS)) for language in languages]
    best = max(scores)
    if best < _ENOUGH and len(words) > _TELLING and sum(map(str.isalpha, words)) > _TELLING:
        return None
    likeliest = languages[scores.index(best)] if best >= scores[0] + _AHEAD else languages[0]
    return _NORWEGIAN.get(likeliest, likeliest)


_BEYOND_LATIN = re.compile("[\u0370-\U0010ffff]").search
_TOLD_WITHIN = 300
"""Characters that tell a script."""
_UNLATIN = frozenset({"zh", "ja", "ko", "ru", "ar", "he", "hi", "th", "el"})
"""Languages that `_script` tells by their letters: copy of Xinhua or TASS in Latin letters is in none of them."""


def _script(sample: str) -> str | None:
    """The language of a script other than Latin that a third of the letters are in."""
    if not _BEYOND_LATIN(sample, 0, _TOLD_WITHIN):
        return None
    counts = dict.fromkeys(("ko", "ja", "han", "ar", "ru", "el", "he", "hi", "th"), 0)
    letters = 0
    for char in sample[:_TOLD_WITHIN]:
        if char < "\u0370":
            letters += char.isalpha()
            continue
        code = ord(char)
        for low, high, name in _RANGES:
            if low <= code <= high:
                counts[name] += 1
                letters += 1
                break
    name = max(counts, key=lambda one: counts[one])
    if counts["ja"] and counts["ja"] + counts["han"] > letters / 3:
        return "ja"
    if counts[name] <= letters / 3:
        return None
    return "zh" if name == "han" else name


_RANGES = (
    (0xAC00, 0xD7A3, "ko"),
    (0x3041, 0x30FF, "ja"),
    (0x4E00, 0x9FFF, "han"),
    (0x0600, 0x06FF, "ar"),
    (0x0400, 0x04FF, "ru"),
    (0x0370, 0x03FF, "el"),
    (0x0590, 0x05FF, "he"),
    (0x0900, 0x097F, "hi"),
    (0x0E00, 0x0E7F, "th"),
)
