"""Which threads have a claim on a new text: candidates from the postings, pairs from the evidence, a judgement from decide.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from writethru.records import Relation
from writethru.threads import decide
from writethru.threads.copies import Copies
from writethru.threads.decide import Pair
from writethru.threads.embedding import shifted
from writethru.threads.evidence import Evidence, Overlap, Weighed, details, heaviest, overlaps, pack, unpack, weigh
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


class _Present(NamedTuple):
    """A text of the round that is being looked up, as `Live` tells of those before."""

    number: int
    blob: bytes
    time: int | None


_Other: TypeAlias = Live | _Present


class _Found(NamedTuple):
    """A pair that may belong together, and what the model says of it."""

    number: int
    pair: Pair
    logit: float


class _Match(NamedTuple):
    """`copied` is the share of runs where the text is a copy of the member, else 0."""

    live: Live
    relation: Relation
    rule: str
    copied: float
    likely: float


class Looked(NamedTuple):
    """What is found for a text without regard to threads: its evidence packed, numbers of those that share runs with it, and of those that
    share terms, the nearest first; which of them may belong together, as long as no more texts than `removed` are."""

    query: Query
    blob: bytes
    copies: list[int]
    alike: list[int]
    found: list[_Found]
    removed: int


class Matcher:
    """Everything that texts are found by."""

    def __init__(self, settings: ThreadSettings, model: Model, language: str, window: Window) -> None:
        self.frequencies = Frequencies(settings.prior, language)
        self._copies = Copies()
        self._postings = Postings()
        self._settings = settings
        self._model = model
        self._window = window
        self._removed = 0

    def look(self, texts: Sequence[Text | None], times: Sequence[int | None], first: int) -> list[Looked | None]:
        """Weigh, look up, compare and file the texts of a round, which get the numbers from `first` on; no round goes beyond a tide's end.
        The index has to take them in before the next round."""
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
        plain: list[int] = sketched[distinct].tolist()
        queries, end = [], 0
        for place, evidence, size in zip(places, weighed.texts, left.tolist(), strict=True):
            queries.append(_query(evidence, plain[end : end + size], times[place]))
            end += size
        blobs = [pack(evidence) for evidence in weighed.texts]
        present: dict[int, _Present] = {}
        for number, blob, query in zip(numbers.tolist(), blobs, queries, strict=True):
            present[number & 0xFFFFFFFF] = _Present(number, blob, query.time)
        others = [self._candidates(same, near, present) for same, near in zip(copies, alike, strict=True)]
        found = self._compare(queries, others)
        for place, query, blob, same, near, pairs in zip(places, queries, blobs, copies, alike, found, strict=True):
            out[place] = Looked(query, blob, same, near, pairs, self._removed)
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
        self._removed += 1
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

    def claims(self, looked: Looked, crowd: int) -> list[Claim]:
        """The threads heard, the likeliest first. `crowd` tells how many texts there are to be alike by chance."""
        s = self._settings
        threads: dict[str, list[_Match]] = {}
        for match in self._candidate_matches(looked, crowd):
            threads.setdefault(match.live.thread.id, []).append(match)
        if not threads:
            return []
        ranked = sorted((*_strongest(matches), -matches[0].live.number, id_) for id_, matches in threads.items())
        heard = [threads[id_] for likely, _, _, id_ in ranked[: s.threads] if -likely >= s.heard]
        panels = [_panel(matches[0].live.thread, s.panel) for matches in heard]
        known = {match.live.number for matches in heard for match in matches}
        asked = [live for panel in panels for live in panel if live.number not in known]
        for match in self._matches(looked.query, asked, crowd):
            threads[match.live.thread.id].append(match)
        claims = [self._claim(matches, panel) for matches, panel in zip(heard, panels, strict=True)]
        claims.sort(key=lambda claim: (-claim.score, -claim.copied, claim.thread.opened))
        return claims

    def agree(self, one: Event, other: Event, crowd: int) -> float:
        """How likely two threads tell the same event: the mean over the pairs of their panels."""
        few = self._settings.panel // 2
        theirs = _panel(other, few)
        queries = [query_of(unpack(live.blob), live.time, self.frequencies) for live in _panel(one, few)]
        by_number = {live.number: live for live in theirs}
        likely: list[float] = []
        for pairs in self._compare(queries, [theirs] * len(queries)):
            found = {number: self._match(by_number[number], pair, logit, crowd).likely for number, pair, logit in pairs}
            likely += [found.get(live.number, 0.0) for live in theirs]
        return decide.mean(likely)

    def _candidates(self, copies: Sequence[int], alike: Sequence[int], present: Mapping[int, _Present]) -> list[_Other]:
        """Those to be compared. `present` are those of the round itself, which the window does not know yet."""
        found: dict[int, _Other] = {}
        for number in copies:
            other = present.get(number & 0xFFFFFFFF) or self._held(number)
            if other is not None:
                found[other.number] = other
        most = len(found) + self._settings.candidates
        for number in alike:
            other = present.get(number & 0xFFFFFFFF) or self._held(number)
            if other is not None:
                found[other.number] = other
                if len(found) == most:
                    break
        return list(found.values())

    def _held(self, number: int) -> Live | None:
        live = self._window.at(number & 0xFFFFFFFF)
        return live if live is not None and live.blob else None

    def _candidate_matches(self, looked: Looked, crowd: int) -> list[_Match]:
        if looked.removed == self._removed:
            held = [(self._held(number), pair, logit) for number, pair, logit in looked.found]
            return [self._match(live, pair, logit, crowd) for live, pair, logit in held if live]
        # One may be forgotten since, so that others are among the nearest.
        others = self._candidates(looked.copies, looked.alike, {})
        return self._matches(looked.query, [live for other in others if (live := self._held(other.number))], crowd)

    def _matches(self, query: Query, lives: Sequence[Live], crowd: int) -> list[_Match]:
        if not lives:
            return []
        by_number = {live.number: live for live in lives}
        (found,) = self._compare([query], [lives])
        return [self._match(by_number[number], pair, logit, crowd) for number, pair, logit in found]

    def _compare(self, queries: Sequence[Query], others: Sequence[Sequence[_Other]]) -> list[list[_Found]]:
        """Each text with those others that are its own, in their order."""
        out: list[list[_Found]] = [[] for _ in queries]
        asked = [other for those in others for other in those]
        if not asked:
            return out
        s = self._settings
        owners = np.repeat(np.arange(len(queries)), [len(those) for those in others])
        found = overlaps([query.evidence for query in queries], owners, [other.blob for other in asked])
        places: list[int] = []
        pairs: list[Pair] = []
        for place, (owner, other, overlap) in enumerate(zip(owners.tolist(), asked, found, strict=True)):
            if overlap.cosine >= s.floor and overlap.shared >= s.shared:
                query = queries[owner]
                apart = abs(query.time - other.time) if query.time is not None and other.time is not None else None
                if apart is None or apart <= s.window:
                    places.append(place)
                    pairs.append(pair_of(query, other.blob, overlap, apart, s))
        if not pairs:
            return out
        logits = self._model.logits([decide.features(pair, s) for pair in pairs])
        for place, owner, pair, logit in zip(places, owners[places].tolist(), pairs, logits, strict=True):
            out[owner].append(_Found(asked[place].number, pair, logit))
        return [self._meant(query, those, some) for query, those, some in zip(queries, others, out, strict=True)]

    def _meant(self, query: Query, others: Sequence[_Other], found: list[_Found]) -> list[_Found]:
        """As the meaning of the texts changes it, where a model tells."""
        if not found or not query.evidence.vector:
            return found
        blobs = {other.number: other.blob for other in others}
        vectors = [details(blobs[one.number]).vector for one in found]
        logits = shifted([one.logit for one in found], query.evidence.vector, vectors)
        return [one._replace(logit=logit) for one, logit in zip(found, logits, strict=True)]

    def _match(self, live: Live, pair: Pair, logit: float, crowd: int) -> _Match:
        relation, rule = decide.relation(pair, self._settings)
        if relation == "copy":
            return _Match(live, relation, rule, pair.runs, self._settings.copied)
        return _Match(live, relation, rule, 0.0, decide.likelihood(pair, logit, crowd, self._settings))

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


def query_of(evidence: Evidence, time: int | None, frequencies: Frequencies) -> Query:
    hashes = evidence.sketch.hashes
    return _query(evidence, hashes[frequencies.distinct(hashes)].tolist(), time)


def _query(evidence: Evidence, runs: list[int], time: int | None) -> Query:
    return Query(evidence, runs, frozenset(runs), evidence.sketch.whole, time)


def pair_of(query: Query, blob: bytes, overlap: Overlap, apart: int | None, settings: ThreadSettings) -> Pair:
    ours, theirs = query.evidence, details(blob)
    numbers = min(ours.numbers, theirs.numbers)
    numbers_shared = min(overlap.numbers, numbers)
    runs, refilled = 0.0, decide.filled_in(numbers, numbers_shared)
    if overlap.cosine >= settings.alike and not refilled:
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
        form=refilled
        and overlap.shared - overlap.numbers >= settings.form * min(len(ours.hashes) - ours.numbers, theirs.terms - theirs.numbers),
    )


def _panel(thread: Event, count: int) -> Sequence[Live]:
    """At most `count` members that can be found, evenly over the thread's life."""
    members = thread.members
    if len(members) > count:
        members = [members[place * (len(members) - 1) // (count - 1)] for place in range(count)]
    return [live for live in members if live.blob]
