"""Makes `pipelines/writethru/threads/background/`: how frequent a language's words are, before the first article has come.

    uv run --no-project --with wordfreq==3.1.1 python tests/bench/build_background.py

The source is wordfreq's data: Wikipedia, news, books, subtitles and web text until 2021. It is under CC BY-SA 4.0, and so are these files;
the credits that it asks for stand beside them. Kept are the words of at least `LEAST` uses in a million, in groups of a quarter more each.
"""

from __future__ import annotations

import math
from collections import defaultdict
from importlib.metadata import version
from pathlib import Path

from wordfreq import get_frequency_dict  # type: ignore[import-not-found]

FOLDER = Path(__file__).resolve().parents[2] / "pipelines/writethru/threads/background"
LANGUAGES = "ar da de en es fi fr it ja ko nb nl pt sv zh".split()
LEAST = 100
"""Uses in a million: such a word stands in one wire item of a hundred, by threads/frequencies.py. What is rarer tells something."""
STEP = 10 ** (1 / 10)


def groups(words: dict[str, float]) -> dict[int, list[str]]:
    """Uses in a million, rounded to a step -> words."""
    found = defaultdict(list)
    for word, share in words.items():
        million = share * 1e6
        if million >= LEAST and len(word) > 1 and not any(map(str.isdigit, word)) and not set(word) & set(" '\u2019-"):
            found[round(STEP ** round(math.log(million, STEP)))].append(word)
    return found


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        lines = [f"# Uses in a million words, from wordfreq {version('wordfreq')} ({language}, small). CC BY-SA 4.0; see CREDITS.md."]
        found = groups(get_frequency_dict(language, wordlist="small"))
        lines += [f"{million} {' '.join(sorted(words))}" for million, words in sorted(found.items(), reverse=True)]
        (FOLDER / f"{language}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
