"""Which threads have a claim on a new text: candidates from the postings, pairs from the evidence, a judgement from decide.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from writethru.records import Relation
from writethru.threads import decide
from writethru.threads.decide import Pair
from writethru.threads.evidence import Evidence, Frequencies, Overlap, overlaps
from writethru.threads.postings import Postings
from writethru.threads.settings import ThreadSettings
from writethru.threads.shingles import containment
from writethru.threads.state import Event, Live
from writethru.threads.terms import Terms
from writethru.threads.window import Window


@dataclass(frozen=True, slots=True)
class Claim:
    """A thread the text belongs to, and the member it follows. `merges`: strong enough to join the thread with another one."""

    thread: Event
    relation: Relation
    of: str
    score: float
    rule: str
    merges: bool


@dataclass(frozen=True, slots=True)
class _Match:
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
            self.frequencies.add(evidence.hashes)
        self._postings.file(number, self._probes(evidence, None)[0])

    def remove(self, evidence: Evidence, counted: bool) -> None:
        """The postings are left: they age out, and point to no live text."""
        if counted:
            self.frequencies.remove(evidence.hashes)

    def claims(self, ours: Evidence, time: int | None, window: Window) -> list[Claim]:
        """The best claim first, then those that would merge with it. Empty where the text opens a thread of its own."""
        s = self._settings
        lives: list[Live] = []
        for number in self._postings.nearest(*self._probes(ours, self.frequencies.seen(ours.hashes))):
            live = window.at(number)
            if live is not None and live.blob:
                lives.append(live)
                if len(lives) == s.candidates:
                    break
        threads: dict[str, list[_Match]] = {}
        for match in self._compare(ours, time, lives):
            threads.setdefault(match.live.thread.id, []).append(match)
        claims = [claim for matches in threads.values() if (claim := self._claim(ours, time, matches))]
        claims.sort(key=lambda claim: (-claim.score, claim.thread.opened))
        return claims[:1] + [claim for claim in claims[1:] if claim.merges]

    def _probes(self, evidence: Evidence, among: NDArray[np.bool_] | None) -> tuple[Terms, NDArray[np.uint8]]:
        hashes, weights = evidence.hashes, evidence.weights
        least, most = self._settings.probes
        limit = min(max(len(hashes) // 3, least), most)
        if among is not None:
            hashes, weights = hashes[among], weights[among]
        if len(hashes) <= limit:
            return hashes, weights
        heaviest = (-weights.astype(np.int16)).argsort(kind="stable")[:limit]
        return hashes[heaviest], weights[heaviest]

    def _compare(self, ours: Evidence, time: int | None, lives: Sequence[Live]) -> list[_Match]:
        if not lives:
            return []
        others = [Evidence.unpack(live.blob) for live in lives]
        found = []
        for live, theirs, overlap in zip(lives, others, overlaps(ours, others), strict=True):
            if overlap.cosine >= self._settings.floor:
                pair = self._pair(ours, theirs, overlap, time, live.time)
                found.append(_Match(live, pair, decide.likelihood(pair, self._settings)))
        return found

    def _pair(self, ours: Evidence, theirs: Evidence, overlap: Overlap, time: int | None, other: int | None) -> Pair:
        share, sample = containment(ours.sketch, theirs.sketch)
        return Pair(
            cosine=overlap.cosine,
            strongest=overlap.strongest,
            shared=overlap.shared,
            apart=abs(time - other) if time is not None and other is not None else None,
            weekdays=(ours.weekdays, theirs.weekdays),
            numbers=min(ours.numbers, theirs.numbers),
            numbers_shared=overlap.numbers,
            words=min(ours.words, theirs.words),
            shingles=share,
            sample=sample,
        )

    def _claim(self, ours: Evidence, time: int | None, matches: list[_Match]) -> Claim | None:
        s = self._settings
        best = max(matches, key=lambda match: (match.likely, match.live.number))
        if best.likely < s.join:
            return None
        scores = sorted((match.likely for match in matches), reverse=True)[: s.panel]
        seen = {match.live.number for match in matches}
        unheard = [live for live in best.live.thread.members[-3 * s.panel :] if live.blob and live.number not in seen]
        if len(scores) < s.panel and unheard:
            unheard = unheard[len(scores) - s.panel :]
            heard = [match.likely for match in self._compare(ours, time, unheard)]
            scores += heard + [0.0] * (len(unheard) - len(heard))
        score = decide.standing(best.likely, scores)
        tied = any(decide.ties(match.pair, match.likely, s) for match in matches)
        if score < s.join and not tied:
            return None
        relation, rule = decide.relation(best.pair, s)
        return Claim(best.live.thread, relation, best.live.id, round(max(score, best.likely if tied else 0.0), 4), rule, tied)
