"""The language of a text: the tag the envelope gives, or what the words themselves say."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from writethru.wire import script

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
_NORDIC = frozenset({"sv", "no", "da"})
_OF_MANY = frozenset("a as i lo na no o se su".split())
_TELLING_WORDS = {
    language: stops.difference(
        _OF_MANY, *[other for one, other in _STOP_WORDS.items() if one != language and not {one, language} <= _NORDIC]
    )
    for language, stops in _STOP_WORDS.items()
}
"""Stop words of no other language here: five that it shares with French make no Spanish."""
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
_SURER = 0.99
_PLAIN = 80
"""The same of copy that the agency or the envelope speaks against: two short sentences."""
_WRITTEN = 12
"""Letters of a text before its script speaks against its envelope: a Korean headline has 19."""
_FEW_WORDS = 25
"""Different words below which stop words alone do not speak against the envelope."""
_NEIGHBOURS = (
    {"da", "no", "nb", "nn", "sv"},
    {"pt", "gl"},
    {"ca", "es", "gl"},
    {"nl", "af"},
    {"cs", "sk"},
    {"hr", "bs", "sr", "sl"},
    {"id", "ms"},
)
"""Languages that a short text does not tell apart: what the envelope declares holds against its neighbour."""
_WRITTEN_LIKE = {"ru": (*script.SHARED["ru"], "sr", "kk"), "ar": (*script.SHARED["ar"], "ku"), "hi": script.SHARED["hi"]}
"""Languages of a script, with those that have a second one."""
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
    language, alphabet, region = found.groups()
    language = _THREE.get(language.lower(), language.lower())
    if language in ("und", "mul", "zxx"):
        return None
    return "-".join(part for part in (language, alphabet and alphabet.title(), region and region.upper()) if part)


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
    written = script.of(sample)
    if written in script.SHARED:
        found = _identify(sample)
        return found if found in _WRITTEN_LIKE[written] else written
    return written


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
    """The tag to publish. A declared one is kept unless the text plainly speaks another language (ANSA declares `it` on English copy) or is
    not in its letters, which is warned of as `language_declared:TAG`. Where none is declared and the text is too short to tell, it is one
    of its agency's languages (`spoken_by`, the main one first), which is warned of as `language_assumed:TAG`."""
    declared = tag(given)
    if declared is None:
        if given:
            warnings.append("language_unreadable")
        return _undeclared(text, warnings, spoken_by)
    primary = declared.split("-", 1)[0]
    primary = _NORWEGIAN.get(primary, primary)
    if primary in _STOP_WORDS:
        spoken = _against_words(primary, text)
    elif primary in script.UNLATIN:
        spoken = None if script.opens_in(primary, text) else _against_script(primary, text, spoken_by)
    else:
        spoken = _against_tag(primary, text)
    if spoken is None or spoken == primary:
        return declared
    warnings.append(f"language_declared:{declared}")
    return spoken


def _undeclared(text: str, warnings: list[str], spoken_by: tuple[str, ...]) -> str | None:
    found = detect(text)
    if found:
        return found
    if not spoken_by:
        return _identify(text[:_SAMPLE])
    assumed = _likeliest(text, spoken_by)
    words = set(text[:_SAMPLE].lower().split())
    plain = None if assumed and _unrivalled(assumed, words) else _plainly(text[:_SAMPLE])
    if plain and (assumed is None or (plain not in spoken_by and not _near(plain, assumed) and _outspeaks(plain, assumed, words))):
        return plain
    if assumed:
        warnings.append(f"language_assumed:{assumed}")
    return assumed


def _against_words(primary: str, text: str) -> str | None:
    """What a text is in whose envelope declares a language of known stop words; None where it is right or nothing speaks against it."""
    stops, telling = _STOP_WORDS[primary], _TELLING_WORDS[primary]
    opening = text[:_QUARTER].rpartition(" ")[0]  # less the word that it was cut in; mostly no more need be read
    said = stops.intersection(opening.lower().split())
    if len(said) < _ENOUGH:
        said = said.union(stops.intersection(text[len(opening) : _HALF].lower().split()))
    if len(said) >= _ENOUGH and len(said & telling) >= _AHEAD:
        return None
    sample = text[:_SAMPLE]
    words = set(sample.lower().split())
    own = words & stops
    if len(own) >= _ENOUGH and len(own & telling) >= _AHEAD:
        return None
    written = script.of(sample)
    if written:
        return detect(text) if sum(map(str.isalpha, sample)) >= _WRITTEN else None
    if _unrivalled(primary, words):
        return None
    spoken = detect(text) if len(words) >= _FEW_WORDS else None
    if spoken and spoken != primary:
        said_so = len(words & _STOP_WORDS.get(spoken, _NO_WORDS))
        if not _near(spoken, primary) and (said_so >= 2 * max(len(own), _ENOUGH) or _identify(sample) == spoken):
            return spoken
    elif spoken is None:
        plain = _plainly(sample)
        if plain and not _near(plain, primary) and _outspeaks(plain, primary, words):
            return plain
    return None


def _against_script(primary: str, text: str, spoken_by: tuple[str, ...]) -> str | None:
    """The same where a language is declared that is never written in Latin letters."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample))
    written = script.of(sample)
    if written:
        if letters < (_IDENTIFIABLE if primary == "ja" and written == "zh" else _WRITTEN) or primary in (
            written,
            *_WRITTEN_LIKE.get(written, ()),
        ):
            return None
        return detect(text)
    if letters < _IDENTIFIABLE or script.holds(primary, sample) * 10 > letters:
        return None
    return detect(text) or _identify(sample) or _likeliest(text, tuple([one for one in spoken_by if one not in script.UNLATIN]))


def _against_tag(primary: str, text: str) -> str | None:
    """The same where the stop words of the declared language are not known here: those of another and the letters must agree, Catalan has
    half of the stop words of Spanish."""
    sample = text[:_SAMPLE]
    words = set(sample.lower().split())
    if len(words & _ALL) >= 2 * _ENOUGH:
        spoken = detect(text)
        if spoken and len(words & _STOP_WORDS.get(spoken, _NO_WORDS)) >= 2 * _ENOUGH and _identify(sample) == spoken:
            return spoken
    written = script.of(sample)
    if written:
        if primary in _WRITTEN_LIKE.get(written, ()) or sum(map(str.isalpha, sample)) < _WRITTEN:
            return None
        return detect(text) if primary in _IDENTIFIED else None
    if primary not in _IDENTIFIED or not words & _ALL:
        return None
    plain = _plainly(sample)
    return plain if plain and plain in _STOP_WORDS and not _near(plain, primary) else None


def _plainly(sample: str) -> str | None:
    """The language that the model is surer of, of copy long enough to speak against what is told of it."""
    if sum(map(str.islower, sample)) < _PLAIN:
        return None
    ranked = _identifier().rank(sample)
    found = str(ranked[0][0])
    sure = sum([likely for one, likely in ranked if one == found or _near(one, found)])  # Danish leaves a tenth to Norwegian
    return found if sure >= _SURER and ranked[0][1] >= _SURE else None


def _unrivalled(language: str, words: set[str]) -> bool:
    """Whether a word of the language is among them and no other language has more."""
    known = words & _ALL
    own = len(known & _STOP_WORDS.get(language, _NO_WORDS))
    return own > 0 and (len(known) == own or all([len(known & stops) <= own for stops in _STOP_WORDS.values()]))


def _outspeaks(spoken: str, told: str, words: set[str]) -> bool:
    """Whether the text has more stop words of the one language than of the other; where those of the first are not known, none of the
    other."""
    other = len(words & _STOP_WORDS.get(told, _NO_WORDS))
    stops = _STOP_WORDS.get(spoken)
    return other == 0 if stops is None else len(words & stops) > other


def _near(one: str, other: str) -> bool:
    return any([one in group and other in group for group in _NEIGHBOURS])


def _likeliest(text: str, languages: tuple[str, ...]) -> str | None:
    """The main one of an agency's languages, or the one that has plainly more stop words in the text. None where there is no text, and
    where a text long enough to show its language shows none of these."""
    words = set(text[:_SAMPLE].lower().split())
    if not words or not languages:
        return None
    if languages[0] in script.UNLATIN and script.of(text[:_SAMPLE]) is None:
        languages = tuple([language for language in languages if language not in script.UNLATIN]) or languages
    telling = words & _ALL
    scores = [len(telling & _STOP_WORDS.get(_NORWEGIAN.get(language, language), _NO_WORDS)) for language in languages]
    best = max(scores)
    if best < _ENOUGH and len(words) > _TELLING and sum(map(str.isalpha, words)) > _TELLING:
        return None
    likeliest = languages[scores.index(best)] if best >= scores[0] + _AHEAD else languages[0]
    return _NORWEGIAN.get(likeliest, likeliest)
