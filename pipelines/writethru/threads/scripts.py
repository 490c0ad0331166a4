"""Words of scripts that do not part them by blanks alone, or write one word in several ways."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_MARKS = r"\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0962\u0963\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_MARK = re.compile(f"[{_MARKS}]")
_MARKED = re.compile(rf"(?:[^\W_]|[{_MARKS}])+")
"""Vowel signs and accents are no letters to `\\w`; of the scripts met, only these have some left once composed."""
_POINTS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Arabic vowel points, which news copy mostly leaves out, and the stretch of a line."""
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3005\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HIRAGANA = "\u3041-\u309f"
_RUNS = re.compile(
    f"(?P<pairs>[\u3005\u3400-\u9fff]+|[\uac00-\ud7af]+|[\u0e00-\u0e7f]+)|(?P<grammar>[{_HIRAGANA}]+)|(?P<whole>[\u30a0-\u30ff]+|"
    f"[^\u0e00-\u0e7f\u3005\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]+)"
)

_ALEF = str.maketrans("أإآٱىة", "ااااي\u0647")
_ARTICLE = re.compile(r"(?:[وف]?[بك]?ال|[وف]?لل)(?=...)")


def normal(text: str) -> str:
    """One spelling for what is written in several: letters composed, full and half width alike, Arabic without points. ASCII is normal."""
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return _POINTS.sub("", text)


def unspaced(text: str) -> bool:
    """Whether some of it is in a script whose words are cut here: Chinese, Japanese, Korean, Thai."""
    return _UNSPACED.search(text) is not None


def cut(text: str) -> list[str]:
    """The words of a normal text that is not all ASCII. Chinese characters, Korean syllables and Thai letters come in overlapping pairs:
    where a word ends, and where its particle begins, takes a dictionary to know. Katakana, figures and Latin letters among them are words;
    hiragana is grammar and left out."""
    words: list[str] = (_MARKED if _MARK.search(text) else _WORD).findall(text)
    if not unspaced(text):
        return words
    out: list[str] = []
    for word in words:
        if word.isascii():
            out.append(word)
            continue
        for run in _RUNS.finditer(word):
            found = run[0]
            if run.lastgroup == "pairs" and len(found) > 1:
                out.extend([found[at : at + 2] for at in range(len(found) - 1)])
            elif run.lastgroup != "grammar":
                out.append(found)
    return out


def arabic(word: str) -> str:
    """An Arabic word without its article and what is written together with that, its letters in their plainest forms."""
    article = _ARTICLE.match(word)
    return word[article.end() if article else 0 :].translate(_ALEF)
