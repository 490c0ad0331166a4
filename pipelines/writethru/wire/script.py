"""The script a text is written in, and the languages that are written in it."""

from __future__ import annotations

import re

WITHIN = 300
"""Characters that tell a script."""
SHARED = {"ru": ("ru", "uk", "bg", "be", "mk"), "ar": ("ar", "fa", "ur", "ps"), "hi": ("hi", "mr", "ne")}
"""Languages written in no other script than the one it is named after, beside those that have one to themselves."""
UNLATIN = frozenset({"zh", "ja", "ko", "el", "he", "th"}.union(*SHARED.values()))
"""Languages never written in Latin letters: English copy of Xinhua or TASS is in none of them."""
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
_NAMED = {name: f"{chr(low)}-{chr(high)}" for low, high, name in _RANGES}
_NAMED["zh"] = _NAMED["han"]
_NAMED["ja"] += _NAMED["han"]
_OF = {name: re.compile(f"[{letters}]").findall for name, letters in _NAMED.items()}
_OF |= {language: _OF[name] for name, languages in SHARED.items() for language in languages}
_KANA = re.compile("[\u3041-\u30ff]").search
_BEYOND_LATIN = re.compile("[\u0370-\U0010ffff]").search
_OPENING = 36
_PLENTY = 10
_KANA_AT_LEAST = 0.05
"""Kana among the letters of Japanese; Chinese has one in the name of a shop."""


def opens_in(language: str, text: str) -> bool:
    """Whether the first words are written as the language is, one of `UNLATIN`: mostly they are, and no more need be read."""
    if len(_OF[language](text, 0, _OPENING)) < _PLENTY:
        return False
    return language not in ("ja", "zh") or (_KANA(text, 0, _OPENING) is not None) == (language == "ja")


def holds(language: str, sample: str) -> int:
    """Letters of the language's own script, one of `UNLATIN`, among those that tell."""
    return len(_OF[language](sample, 0, WITHIN))


def of(sample: str) -> str | None:
    """The language of a script other than Latin that a third of the letters are in."""
    if not _BEYOND_LATIN(sample, 0, WITHIN):
        return None
    counts = dict.fromkeys(("ko", "ja", "han", "ar", "ru", "el", "he", "hi", "th"), 0)
    letters = 0
    for char in sample[:WITHIN]:
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
    both = counts["ja"] + counts["han"]
    if counts["ja"] > both * _KANA_AT_LEAST and both > letters / 3:
        return "ja"
    if counts[name] <= letters / 3:
        return None
    return "zh" if name == "han" else name
