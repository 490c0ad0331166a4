"""Which threads have a claim on a new text: candidates from the postings, pairs from the evidence, a judgement from decide.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from writethru.records import Relation
from writethru.threads import decide
from writethru.threads.decide import Pair
from writethru.threads.evidence import Details, Evidence, Overlap, details, overlaps, unpack
from writethru.threads.frequencies import Frequencies
from writethru.threads.postings import Postings
from writethru.threads.settings import ThreadSettings
from writethru.threads.shingles import containment
from writethru.threads.state import Event, Live
from writethru.threads.terms import Terms
from writethru.threads.window import Window


class Claim(NamedTuple):
    """A thread the text belongs to, and the member it follows. `merges`: strong enough to join the thread with another one."""

    thread: Event
    relation: Relation
    of: str
    score: float
    rule: str
    merges: bool


class _Query(NamedTuple):
    """A new text; `runs` is its sketch without templates, as a list and as a set, `whole` as of the sketch."""

    evidence: Evidence
    runs: list[int]
    held: frozenset[int]
    whole: bool
    time: int | None


class _Match(NamedTuple):
    live: Live
    pair: Pair
    likely: float


class Matcher:
    """Everything that texts are found by."""

    def __init__(self, settings: ThreadSettings) -> None:
        self.frequencies = Frequencies(settings.prior)
        self._postings = Postings()
        self._settings = settings

    def add(self, number: int, evidence: Evidence, counted: bool) -> None:
        if counted:
            self.frequencies.add(evidence.hashes, evidence.sketch)
        self._postings.file(number, evidence.hashes.take(self._heaviest(evidence.weights)))

    def remove(self, evidence: Evidence, counted: bool) -> None:
        """The postings are left: they age out, and point to no live text."""
        if counted:
            self.frequencies.remove(evidence.hashes, evidence.sketch)

    def refile(self, blobs: Iterable[tuple[int, bytes]]) -> None:
        """File these alone, by their rising numbers: a text removed has pushed others out of the postings, and a copy would not know."""
        self._postings = Postings()
        for number, blob in blobs:
            evidence = unpack(blob)
            self._postings.file(number, evidence.hashes.take(self._heaviest(evidence.weights)))

    def claims(self, ours: Evidence, counts: Terms, time: int | None, window: Window) -> list[Claim]:
        """The best claim first, then those that would merge with it. Empty where the text opens a thread of its own.
        `counts` tells in how many live texts each term stands."""
        lives = self._candidates(ours, counts, window)
        if not lives:
            return []
        runs: list[int] = self.frequencies.distinct(ours.sketch).tolist()
        query = _Query(ours, runs, frozenset(runs), ours.sketch.whole, time)
        threads: dict[str, list[_Match]] = {}
        for match in self._compare(query, lives):
            threads.setdefault(match.live.thread.id, []).append(match)
        claims = [claim for matches in threads.values() if (claim := self._claim(query, matches))]
        claims.sort(key=lambda claim: (-claim.score, claim.thread.opened))
        return claims[:1] + [claim for claim in claims[1:] if claim.merges]

    def _candidates(self, ours: Evidence, counts: Terms, window: Window) -> list[Live]:
        lives: list[Live] = []
        known = ours.weights * (counts > 0)
        heaviest = self._heaviest(known)
        # An article weighs its terms much as we do, so this sum over the whole of ours is close to the cosine.
        least = int(self._settings.near / ours.scale**2)
        for number in self._postings.nearest(ours.hashes.take(heaviest), known.take(heaviest), least):
            live = window.at(number)
            if live is not None and live.blob:
                lives.append(live)
                if len(lives) == self._settings.candidates:
                    break
        return lives

    def _heaviest(self, weights: NDArray[np.uint8]) -> NDArray[np.intp]:
        """The places of the terms by which a text is filed and looked up."""
        least, most = self._settings.probes
        return (~weights).argsort(kind="stable")[: min(max(len(weights) // 3, least), most)]

    def _compare(self, query: _Query, lives: Sequence[Live]) -> list[_Match]:
        if not lives:
            return []
        s, texts, time = self._settings, self.frequencies.texts, query.time
        found = []
        for live, overlap in zip(lives, overlaps(query.evidence, [live.blob for live in lives]), strict=True):
            if not decide.near(overlap, s):
                continue
            apart = abs(time - live.time) if time is not None and live.time is not None else None
            if decide.worthwhile(overlap, apart, texts, s):
                pair = _pair(query, details(live.blob), overlap, apart, overlap.cosine >= s.alike)
                found.append(_Match(live, pair, decide.likelihood(pair, texts, s)))
        return found

    def _claim(self, query: _Query, matches: list[_Match]) -> Claim | None:
        s = self._settings
        best = max(matches, key=lambda match: (match.likely, match.live.number))
        if best.likely < s.join:
            return None
        thread = best.live.thread
        likely = {match.live.number: match.likely for match in matches}
        panel = [live for live in _spread(thread.members, s.panel) if live.blob]
        for match in self._compare(query, [live for live in panel if live.number not in likely]):
            likely[match.live.number] = match.likely
        score = decide.standing(best.likely, [likely.get(live.number, 0.0) for live in panel])
        tied = any(decide.ties(match.pair, match.likely, s) for match in matches)
        if tied:
            score = max(score, best.likely)
        if score < s.join:
            return None
        relation, rule = decide.relation(best.pair, s)
        return Claim(thread, relation, best.live.id, round(score, 4), rule, tied)


def _pair(query: _Query, theirs: Details, overlap: Overlap, apart: int | None, alike: bool) -> Pair:
    ours = query.evidence
    share, sample = containment(query.runs, query.held, query.whole, theirs.sketch) if alike else (0.0, 0)
    return Pair(
        cosine=overlap.cosine,
        strongest=overlap.strongest,
        apart=apart,
        weekdays=(ours.weekdays, theirs.weekdays),
        numbers=min(ours.numbers, theirs.numbers),
        numbers_shared=min(overlap.numbers, ours.numbers, theirs.numbers),
        words=min(ours.words, theirs.words),
        longer=max(ours.words, theirs.words),
        shingles=share,
        sample=sample,
    )


def _spread(members: Sequence[Live], count: int) -> Sequence[Live]:
    """At most `count` members, evenly over the thread's life."""
    if len(members) <= count:
        return members
    return [members[place * (len(members) - 1) // (count - 1)] for place in range(count)]
