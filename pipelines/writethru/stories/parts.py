"""Takes, adds and bare leads: which articles make up the text of a story that comes in parts. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from writethru.stories import redact
from writethru.stories.chain import Version


def reading_order(versions: Sequence[Version]) -> tuple[str, ...]:
    """Ids of the articles, of `versions` in true order, that together are the present text: the bare leads, newest first, the newest whole
    version, inserts and substitutes, takes and adds by their number, each in its newest form. Empty where nothing came in parts since."""
    whole: Version | None = None
    numbered: dict[int, Version] = {}
    leads: list[Version] = []
    inserts: list[Version] = []
    for version in versions:
        if version.role == "whole":
            whole = version
            numbered, leads, inserts = {}, [], []
        elif version.role == "part":
            number = redact.take(version)
            if number:
                numbered[number] = version
            elif number is not None:
                (inserts if version.ordinal is None else leads).append(version)
    if not (leads or inserts or numbered):
        return ()
    text = [*reversed(leads), *([whole] if whole else []), *inserts, *[numbered[number] for number in sorted(numbered)]]
    return tuple([version.id for version in text])
