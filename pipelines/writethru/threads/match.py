"""Which threads have a claim on a new text: candidates from the postings, pairs from the evidence, a judgement from decide.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from writethru.records import Relation
from writethru.threads import decide
from writethru.threads.copies import Copies
from writethru.threads.decide import Pair
from writethru.threads.embedding import shifted
from writethru.threads.evidence import Evidence, Overlap, Weighed, details, heaviest, overlaps, unpack, weigh
from writethru.threads.frequencies import TIDE, Frequencies
from writethru.threads.model import Model
from writethru.threads.postings import Postings
from writethru.threads.reading import Text
from writethru.threads.rings import Filing, Ints
from writethru.threads.settings import ThreadSettings
from writethru.threads.shingles import containment
from writethru.threads.state import Event, Live
from writethru.threads.window import Window


class Claim(NamedTuple):
    """A thread that may be the text's, and the member it would follow. `score` is how likely the text tells its event; `tied`: shared
    runs of text are reason enough to join the thread with another one; `copied`: the share of runs where it is a copy, else 0."""

    thread: Event
    relation: Relation
    of: str
    score: float
    rule: str
    tied: bool
    copied: float


class Query(NamedTuple):
    """A text; `runs` is its sketch without templates, `held` the same as a set, `whole` as of the sketch."""

    evidence: Evidence
    runs: list[int]
    held: frozenset[int]
    whole: bool
    time: int | None
    crowd: int


class _Match(NamedTuple):
    """`copied` is the share of runs where the text is a copy of the member, else 0."""

    live: Live
    relation: Relation
    rule: str
    copied: float
    likely: float


class Looked(NamedTuple):
    """What is found for a text without regard to threads: numbers of those that share runs with it, and of those that share terms, the
    nearest first."""

    evidence: Evidence
    copies: list[int]
    alike: list[int]


class Matcher:
    """Everything that texts are found by."""

    def __init__(self, settings: ThreadSettings, model: Model, language: str, window: Window) -> None:
        self.frequencies = Frequencies(settings.prior, language)
        self._copies = Copies()
        self._postings = Postings()
        self._settings = settings
        self._model = model
        self._window = window

    def look(self, texts: Sequence[Text | None], first: int) -> list[Looked | None]:
        """Weigh, look up and file the texts of a round, which get the numbers from `first` on; no round goes beyond a tide's end. The index
        has to take them in before the next round."""
        self._turn(first)
        places = [place for place, text in enumerate(texts) if text is not None and len(text.terms.hashes)]
        out: list[Looked | None] = [None] * len(texts)
        if not places:
            return out
        s, numbers = self._settings, first + np.array(places)
        weighed = weigh([text for place in places if (text := texts[place])], self.frequencies, s)
        sketched, sizes = _sketched(weighed.texts)
        runs, terms = self._filings(weighed, sketched, sizes, numbers)
        distinct = self.frequencies.distinct(sketched)
        left = np.bincount(np.repeat(np.arange(len(sizes)), sizes)[distinct], minlength=len(sizes))
        copies = self._copies.near(sketched[distinct], left, numbers, s.copies, runs)
        probes = heaviest(weighed.known, weighed.owners, weighed.sizes, s)
        # An article weighs its terms much as we do, so this sum over the whole of ours is close to the cosine.
        least = np.array([int(s.near / one.scale**2) for one in weighed.texts])
        alike = self._postings.nearest(weighed.hashes[probes], weighed.owners[probes], weighed.known[probes], least, terms)
        for place, evidence, same, near in zip(places, weighed.texts, copies, alike, strict=True):
            out[place] = Looked(evidence, same, near)
        self._copies.file(runs)
        self._postings.file(terms)
        self._count(weighed.texts, numbers)
        return out

    def file(self, texts: Sequence[tuple[int, Evidence]]) -> None:
        """Texts of a round that are known, by their rising numbers."""
        self._turn(texts[0][0])
        self._refile(texts)
        self._count([one for _, one in texts], np.array([number for number, _ in texts]))

    def remove(self, live: Live) -> None:
        """The postings are left: they age out, and point to no live text."""
        evidence = unpack(live.blob)
        self.frequencies.remove(live.number, evidence.hashes, evidence.sketch, live.counted)

    def refile(self, lives: Iterable[Live]) -> None:
        """File these alone, by their rising numbers: a text removed has pushed others out of the postings, and a copy would not know."""
        self._copies, self._postings = Copies(), Postings()
        for _, tide in groupby(lives, lambda live: (live.number - 1) // TIDE):
            self._refile([(live.number, unpack(live.blob)) for live in tide])

    def _turn(self, number: int) -> None:
        def counts(settled: int) -> bool:
            live = self._window.at(settled & 0xFFFFFFFF)
            return live is not None and live.counted

        self.frequencies.turn(number, counts)

    def _count(self, texts: Sequence[Evidence], numbers: Ints) -> None:
        for number, one in zip(numbers.tolist(), texts, strict=True):
            self.frequencies.add(number, one.hashes, one.sketch)

    def _refile(self, texts: Sequence[tuple[int, Evidence]]) -> None:
        numbers = np.array([number for number, _ in texts])
        evidences = [one for _, one in texts]
        sizes = np.array([len(one.hashes) for one in evidences])
        hashes, weights = np.concatenate([one.hashes for one in evidences]), np.concatenate([one.weights for one in evidences])
        weighed = Weighed(evidences, np.repeat(np.arange(len(sizes)), sizes), sizes, hashes, weights, weights)
        runs, terms = self._filings(weighed, *_sketched(evidences), numbers)
        self._copies.file(runs)
        self._postings.file(terms)

    def _filings(self, weighed: Weighed, sketched: NDArray[np.uint32], sizes: Ints, numbers: Ints) -> tuple[Filing, Filing]:
        """What the texts of a round file of runs and of terms."""
        probes = heaviest(weighed.weights, weighed.owners, weighed.sizes, self._settings)
        terms = self._postings.filing(weighed.hashes[probes], weighed.owners[probes], numbers)
        return self._copies.filing(sketched, sizes, numbers), terms

    def claims(self, looked: Looked, time: int | None, crowd: int) -> list[Claim]:
        """The threads heard, the likeliest first. `crowd` tells how many texts there are to be alike by chance."""
        s = self._settings
        candidates = self._candidates(looked)
        if not candidates:
            return []
        query = query_of(looked.evidence, time, self.frequencies, crowd)
        threads: dict[str, list[_Match]] = {}
        for match in self._compare(query, candidates):
            threads.setdefault(match.live.thread.id, []).append(match)
        ranked = sorted((*_strongest(matches), -matches[0].live.number, id_) for id_, matches in threads.items())
        heard = [threads[id_] for likely, _, _, id_ in ranked[: s.threads] if -likely >= s.heard]
        panels = [_panel(matches[0].live.thread, s.panel) for matches in heard]
        known = {match.live.number for matches in heard for match in matches}
        asked = [live for panel in panels for live in panel if live.number not in known]
        for match in self._compare(query, asked):
            threads[match.live.thread.id].append(match)
        claims = [self._claim(matches, panel) for matches, panel in zip(heard, panels, strict=True)]
        claims.sort(key=lambda claim: (-claim.score, -claim.copied, claim.thread.opened))
        return claims

    def agree(self, one: Event, other: Event, crowd: int) -> float:
        """How likely two threads tell the same event: the mean over the pairs of their panels."""
        few = self._settings.panel // 2
        theirs = _panel(other, few)
        likely: list[float] = []
        for live in _panel(one, few):
            query = query_of(unpack(live.blob), live.time, self.frequencies, crowd)
            found = {match.live.number: match.likely for match in self._compare(query, theirs)}
            likely += [found.get(live.number, 0.0) for live in theirs]
        return decide.mean(likely)

    def _candidates(self, looked: Looked) -> list[Live]:
        lives: list[Live] = []
        for number in looked.copies:
            live = self._window.at(number & 0xFFFFFFFF)
            if live is not None and live.blob:
                lives.append(live)
        copies = len(lives)
        for number in looked.alike:
            live = self._window.at(number)
            if live is not None and live.blob and live not in lives:
                lives.append(live)
                if len(lives) == copies + self._settings.candidates:
                    break
        return lives

    def _compare(self, query: Query, lives: Sequence[Live]) -> list[_Match]:
        if not lives:
            return []
        s, time = self._settings, query.time
        pairs: list[tuple[Live, Pair]] = []
        for live, overlap in zip(lives, overlaps(query.evidence, [live.blob for live in lives]), strict=True):
            if overlap.shared >= s.shared and overlap.cosine >= s.floor:
                apart = abs(time - live.time) if time is not None and live.time is not None else None
                if apart is None or apart <= s.window:
                    pairs.append((live, pair_of(query, live.blob, overlap, apart, s)))
        if not pairs:
            return []
        found = []
        logits = self._model.logits([decide.features(pair, s) for _, pair in pairs])
        if query.evidence.vector:
            logits = shifted(logits, query.evidence.vector, [details(live.blob).vector for live, _ in pairs])
        for (live, pair), logit in zip(pairs, logits, strict=True):
            relation, rule = decide.relation(pair, s)
            if relation == "copy":
                found.append(_Match(live, relation, rule, pair.runs, s.copied))
            else:
                found.append(_Match(live, relation, rule, 0.0, decide.likelihood(pair, logit, query.crowd, s)))
        return found

    def _claim(self, matches: list[_Match], panel: Sequence[Live]) -> Claim:
        best = max(matches, key=lambda match: (match.copied, match.likely, match.live.number))
        likely = {match.live.number: match.likely for match in matches}
        score = decide.mean([likely.get(live.number, 0.0) for live in panel])
        # Shared runs of text are reason enough to join two threads, in a pair that is likely anyway.
        tied = any(match.likely >= self._settings.merge and match.relation != "event" for match in matches)
        if tied:
            score = max(score, best.likely)
        return Claim(best.live.thread, best.relation, best.live.id, round(score, 4), best.rule, tied, best.copied)


def _strongest(matches: Sequence[_Match]) -> tuple[float, float]:
    """To sort by, the likeliest thread first; of copies, which are all as likely, the one with most runs in common."""
    return -max(match.likely for match in matches), -max(match.copied for match in matches)


def _sketched(texts: Sequence[Evidence]) -> tuple[NDArray[np.uint32], Ints]:
    """The shingles of the texts of a round, and how many each has."""
    hashes = [one.sketch.hashes for one in texts]
    return np.concatenate(hashes), np.array([len(one) for one in hashes])


def query_of(evidence: Evidence, time: int | None, frequencies: Frequencies, crowd: int) -> Query:
    hashes = evidence.sketch.hashes
    runs: list[int] = hashes[frequencies.distinct(hashes)].tolist()
    return Query(evidence, runs, frozenset(runs), evidence.sketch.whole, time, crowd)


def pair_of(query: Query, blob: bytes, overlap: Overlap, apart: int | None, settings: ThreadSettings) -> Pair:
    ours, theirs = query.evidence, details(blob)
    numbers = min(ours.numbers, theirs.numbers)
    numbers_shared = min(overlap.numbers, numbers)
    runs = 0.0
    if overlap.cosine >= settings.alike and not decide.filled_in(numbers, numbers_shared):
        share, sample = containment(query.runs, query.held, query.whole, theirs.sketch)
        runs = share if sample >= settings.sample else 0.0
    # Of a long text the least telling terms are not kept, and what is missing cannot be told from what differs.
    shorter, longer = sorted((len(ours.hashes), theirs.terms))
    common = overlap.shared / shorter if longer < settings.terms else 1.0
    return Pair(
        cosine=overlap.cosine,
        apart=apart,
        weekdays=(ours.weekdays, theirs.weekdays),
        numbers=numbers,
        numbers_shared=numbers_shared,
        years=(ours.years, theirs.years),
        words=min(ours.words, theirs.words),
        longer=max(ours.words, theirs.words),
        common=common,
        runs=runs,
    )


def _panel(thread: Event, count: int) -> Sequence[Live]:
    """At most `count` members that can be found, evenly over the thread's life."""
    members = thread.members
    if len(members) > count:
        members = [members[place * (len(members) - 1) // (count - 1)] for place in range(count)]
    return [live for live in members if live.blob]
