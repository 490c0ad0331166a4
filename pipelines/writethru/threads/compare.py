"""Texts compared with others, all pairs of a round in one pass: a numpy call costs as much for one pair as for two hundred."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from writethru.threads import decide
from writethru.threads.decide import Pairs
from writethru.threads.embedding import shifted
from writethru.threads.evidence import Evidence, Others, Overlaps, overlaps, vector_of
from writethru.threads.frequencies import Frequencies
from writethru.threads.model import Model
from writethru.threads.rings import Ints
from writethru.threads.settings import ThreadSettings
from writethru.threads.shingles import Runs, Sketch, containments


class Query(NamedTuple):
    """A text; `runs` is its sketch without templates."""

    evidence: Evidence
    runs: Sketch
    time: int | None


class Found(NamedTuple):
    """Another text that may belong to one: the log-odds that both tell the same event, before the crowd's part; whether both their times
    are known; their relation if they do, by its place in `decide.RELATIONS`; the share of runs in common."""

    number: int
    odds: float
    timed: bool
    relation: int
    runs: float


class Other(Protocol):
    """What a text is compared with; `blob` is its evidence, packed."""

    @property
    def number(self) -> int: ...
    @property
    def blob(self) -> bytes: ...
    @property
    def time(self) -> int | None: ...


def compare(queries: Sequence[Query], others: Sequence[Sequence[Other]], model: Model, settings: ThreadSettings) -> list[list[Found]]:
    """Each text with those others that are its own, in their order."""
    out: list[list[Found]] = [[] for _ in queries]
    asked = [other for those in others for other in those]
    if not asked:
        return out
    s = settings
    owners = np.repeat(np.arange(len(queries)), [len(those) for those in others])
    theirs = Others.of([other.blob for other in asked])
    found = overlaps([query.evidence for query in queries], owners, theirs)
    apart = np.abs(_times(queries)[owners] - _times(asked))
    # Not "<=": a time that is unknown speaks neither for nor against.
    chosen = ((found.cosines >= s.floor) & (found.shared >= s.shared) & ~(apart > s.window)).nonzero()[0]
    if not len(chosen):
        return out
    owners, theirs = owners[chosen], theirs.take(chosen)
    pairs = pairs_of(queries, owners, theirs, found.take(chosen), apart[chosen], s)
    logits = _meant(queries, owners, theirs, model.logits(decide.features(pairs, s)))
    odds = decide.odds(pairs, np.array(logits), s).tolist()
    told = (odds, (~np.isnan(pairs.apart)).tolist(), decide.relations(pairs, s).tolist(), pairs.runs.tolist())
    for owner, place, *one in zip(owners.tolist(), chosen.tolist(), *told, strict=True):
        out[owner].append(Found(asked[place].number, *one))
    return out


def _meant(queries: Sequence[Query], owners: Ints, theirs: Others, logits: list[float]) -> list[float]:
    """As the meaning of the texts changes them, where a model tells."""
    if not any(query.evidence.vector for query in queries):
        return logits
    out: list[float] = []
    for owner, query in enumerate(queries):
        places = (owners == owner).nonzero()[0].tolist()
        out += shifted([logits[place] for place in places], query.evidence.vector, [vector_of(theirs.blobs[place]) for place in places])
    return out


def _times(texts: Sequence[Query | Other]) -> NDArray[np.float64]:
    return np.array([math.nan if text.time is None else text.time for text in texts])


def query_of(evidence: Evidence, time: int | None, frequencies: Frequencies) -> Query:
    hashes, whole = evidence.sketch
    return Query(evidence, Sketch(hashes[frequencies.distinct(hashes)], whole), time)


def pairs_of(
    queries: Sequence[Query], owners: Ints, theirs: Others, found: Overlaps, apart: NDArray[np.float64], settings: ThreadSettings
) -> Pairs:
    """Of each of theirs and the query at the place that `owners` tells."""
    ours = [query.evidence for query in queries]
    told = np.array([(len(one.hashes), one.weekdays, one.numbers, one.words) for one in ours])[owners]
    terms, weekdays, numbers, words = told.T
    worded = np.minimum(terms - numbers, theirs.terms - theirs.numbers)
    numbers = np.minimum(numbers, theirs.numbers)
    numbers_shared = np.minimum(found.numbers, numbers)
    runs, refilled = np.zeros(len(owners)), decide.filled_in(numbers, numbers_shared, np.minimum(words, theirs.words), settings)
    asked = ((found.cosines >= settings.alike) & ~refilled).nonzero()[0]
    if len(asked):
        share, sample = containments(Runs.of([query.runs for query in queries]), owners[asked], theirs.take(asked).runs())
        runs[asked] = np.where((sample >= settings.sample) | (sample >= settings.few) & (share >= settings.entire), share, 0.0)
    # Of a long text the least telling terms are not kept, and what is missing cannot be told from what differs.
    common = np.where(np.maximum(terms, theirs.terms) < settings.terms, found.shared / np.minimum(terms, theirs.terms), 1.0)
    return Pairs(
        cosine=found.cosines,
        apart=apart,
        weekdays=(weekdays, theirs.weekdays),
        numbers=numbers,
        numbers_shared=numbers_shared,
        years=(np.array([one.years for one in ours], np.uint64)[owners], theirs.years()),
        words=np.minimum(words, theirs.words),
        longer=np.maximum(words, theirs.words),
        common=common,
        runs=runs,
        form=refilled & (found.shared - found.numbers >= settings.form * worded),
    )
