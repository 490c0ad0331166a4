"""Articles for threading, made short; and the shared samples, read in place where they lie."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from writethru.records import Action, Article, Link, Provenance, RawMessage, StoryPlace, Thread, Wire
from writethru.threads import ThreadIndex
from writethru.threads.decide import Pairs

SHARED = Path(__file__).resolve().parents[4] / "shared"
START = 1_750_000_000_000
HOUR = 3_600_000


def digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def rfc3339(time: int) -> str:
    return datetime.fromtimestamp(time / 1000, timezone.utc).isoformat().replace("+00:00", "Z")


def article(
    name: str,
    body: str = "",
    headline: str = "",
    *,
    agency: str = "kestrel",
    story: str | None = None,
    time: int | None = None,
    arrived: int = START + 10_000 * HOUR,
    rev: int = 1,
    action: Action = "new",
    digest_: bool = False,
    **extra: Any,
) -> Article:
    ninjs: dict[str, Any] = {"uri": f"x:{name}", "type": "text", "language": "en", "pubStatus": "usable", **extra}
    if headline:
        ninjs["headlines"] = [{"role": "main", "value": headline}]
    if body:
        ninjs["bodies"] = [{"role": "main", "value": body}]
    if time is not None:
        ninjs["versionCreated"] = rfc3339(time)
    place = StoryPlace(digest(f"story {story or name}"), 1, action, None, None, 0, Link("opens", 1.0), None)
    provenance = Provenance(digest(name), "text", "wire.raw", 0, 0, arrived, rfc3339(arrived), "00", "utf-8", None, (), "test")
    return Article(digest(name), rev, ninjs, Wire(agency, action, digest=digest_), place, None, provenance)


def killed(original: Article) -> Article:
    """The record a kill re-emits: higher `rev`, no text."""
    bare = {key: value for key, value in original.article.items() if key not in ("headlines", "bodies")}
    return Article(
        original.id, original.rev + 1, {**bare, "pubStatus": "canceled"}, original.wire, original.story, None, original.provenance
    )


class Run:
    """Feeds an index and keeps the present truth of its threads, as a sink would."""

    def __init__(self, index: ThreadIndex | None = None) -> None:
        self.index = ThreadIndex("en") if index is None else index
        self.threads: dict[str, Thread] = {}
        self.placed: dict[str, Article] = {}

    def feed(self, *articles: Article) -> list[Article]:
        result = self.index.apply(articles)
        assert [a.id for a in result.articles] == [a.id for a in articles]
        for thread in result.threads:
            known = self.threads.get(thread.id)
            assert known is None or thread.rev > known.rev or thread == known
            self.threads[thread.id] = thread
        self.placed.update((a.id, a) for a in result.articles)
        return list(result.articles)

    def groups(self) -> set[frozenset[str]]:
        """The live threads by the ids of their members."""
        return {frozenset(m.id for m in t.members) for t in self.threads.values() if t.merged_into is None and t.members}

    def thread_of(self, name: str) -> Thread:
        place = self.placed[digest(name)].thread
        assert place is not None
        thread = self.threads[place.id]
        while thread.merged_into:
            thread = self.threads[thread.merged_into]
        return thread


def groups_of(names: Iterable[Sequence[str]]) -> set[frozenset[str]]:
    return {frozenset(digest(name) for name in group) for group in names}


def shared(path: str) -> Path:
    """A file or folder of the shared samples; where they are absent the test is skipped, saying so."""
    found = SHARED / path
    if not found.exists():
        pytest.skip(f"{found} is not here")
    return found


def raw(payload: bytes, offset: int = 0) -> RawMessage:
    return RawMessage(payload, "wire.raw", 0, offset, START)


def pair(**details: Any) -> Pairs:
    """One pair of ordinary texts that tell the same event, with some details as given; `apart` None where a time is unknown."""
    told = {"cosine": 0.3, "apart": 60_000, "weekdays": (0, 0), "numbers": 3, "numbers_shared": 3, "years": (0, 0)}
    told |= {"words": 300, "longer": 400, "common": 0.5, "runs": 0.05, "form": False} | details
    ours, theirs = told["weekdays"]
    early, late = told["years"]
    masks = {"weekdays": (np.array([ours]), np.array([theirs])), "years": (np.array([early], np.uint64), np.array([late], np.uint64))}
    return Pairs(**{name: np.array([math.nan if value is None else value]) for name, value in told.items()} | masks)
