"""A real collection spread over a wire's senders and languages, for the benches: seeded variants in ninjs 3.1, none like another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import orjson

from tests.bench.corpus import COLLECTION, rows, variant
from tests.wireload.filed import stamp
from tests.wireload.life import BEGIN, PACE, Message
from tests.wireload.roster import SENDERS
from writethru.sources.rows import article_of_row

LANGUAGES = {"en": 46, "de": 12, "fr": 12, "es": 10, "it": 7, "nl": 7, "sv": 6}
"""Share of the items, in hundredths."""
_JSON = (("content-type", b"application/json"),)


def variants(count: int, path: Path = COLLECTION, seed: int = 1987, *, begin: datetime = BEGIN, pace: float = PACE) -> Iterator[Message]:
    """`count` times (key, value, headers), `pace` seconds apart from `begin` on: the rows of the collection in turn, each as another story
    of a drawn agency in the dress of one of its languages.
    """
    chosen = Random(seed)  # noqa: S311 - seeded variants, no secrets
    originals = list(rows(path))
    able = {language: [sender for sender in SENDERS if language in sender.languages] for language in LANGUAGES}
    for n in range(count):
        language = chosen.choices(list(LANGUAGES), list(LANGUAGES.values()))[0]
        sender = chosen.choice(able[language])
        row = variant(originals[n % len(originals)], n // len(originals), chosen, language=language)
        row |= {"outlet": sender.name, "ts": stamp(begin + timedelta(seconds=n * pace))}
        payload = article_of_row(orjson.dumps(row), path.name)
        if payload is None:
            raise ValueError(f"{path}: row {n % len(originals) + 1} has no id and text")
        yield sender.key.encode(), payload, _JSON
