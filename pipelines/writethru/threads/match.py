"""Which threads have a claim on a new text: candidates from the postings, pairs from the evidence, a judgement from decide.py."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from writethru.records import Relation
from writethru.threads import decide
from writethru.threads.compare import Found, Query, compare, query_of
from writethru.threads.copies import Copies
from writethru.threads.evidence import Evidence, Weighed, heaviest, pack, unpack, weigh
from writethru.threads.frequencies import TIDE, Frequencies
from writethru.threads.model import Model
from writethru.threads.postings import Postings
from writethru.threads.reading import Text
from writethru.threads.rings import Filing, Ints
from writethru.threads.settings import ThreadSettings
from writethru.threads.shingles import Sketch
from writethru.threads.state import Event, Live
from writethru.threads.window import Window

QUOTED = "derivation:quoted"


class Claim(NamedTuple):
    """A thread that may be the text's, and the member it would follow. `score` is how likely the text tells its event; `tied`: shared
    runs of text are reason enough to join the thread with another one; `copied`: the share of runs where it is a copy, else 0; `phrase`
    names the agency of `of` as the text's source."""

    thread: Event
    relation: Relation
    of: str
    score: float
    rule: str
    tied: bool
    copied: float
    phrase: str


class _Present(NamedTuple):
    """A text of the round that is being looked up, as `Live` tells of those before."""

    number: int
    blob: bytes
    time: int | None


_Other: TypeAlias = Live | _Present


class _Match(NamedTuple):
    """`copied` is the share of runs where the text is a copy of the member, else 0."""

    live: Live
    relation: Relation
    rule: str
    copied: float
    likely: float


class Looked(NamedTuple):
    """What is found for a text without regard to threads: its evidence packed, numbers of those that share runs with it, and of those that
    share terms, the nearest first; which of them may belong together, as long as no more texts than `removed` are; what was found for other
    members of their threads, by their numbers, None where they cannot belong together."""

    query: Query
    blob: bytes
    copies: list[int]
    alike: list[int]
    found: list[Found]
    removed: int
    ahead: Mapping[int, Found | None]


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
        self._doubtful = math.log(settings.heard / (1 - settings.heard)) - 0.01

    def look(self, texts: Sequence[Text | None], times: Sequence[int | None], first: int, crowd: int) -> list[Looked | None]:
        """Weigh, look up, compare and file the texts of a round, which get the numbers from `first` on; no round goes beyond a tide's end.
        The index has to take them in before the next round. `crowd` is about what it will be when they are."""
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
        plain = np.split(sketched[distinct], left.cumsum()[:-1])
        queries = [
            Query(evidence, Sketch(runs_, evidence.sketch.whole), times[place])
            for place, evidence, runs_ in zip(places, weighed.texts, plain, strict=True)
        ]
        blobs = [pack(evidence) for evidence in weighed.texts]
        present: dict[int, _Present] = {}
        for number, blob, query in zip(numbers.tolist(), blobs, queries, strict=True):
            present[number & 0xFFFFFFFF] = _Present(number, blob, query.time)
        others = [self._candidates(same, near, present) for same, near in zip(copies, alike, strict=True)]
        found = compare(queries, others, self._model, s)
        ahead = self._ahead(queries, found, crowd)
        for place, query, blob, same, near, pairs, more in zip(places, queries, blobs, copies, alike, found, ahead, strict=True):
            out[place] = Looked(query, blob, same, near, pairs, self._removed, more)
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

    def claims(self, looked: Looked, crowd: int, quoted: Callable[[], Mapping[str, str]]) -> list[Claim]:
        """The threads heard, the likeliest first. `crowd` tells how many texts there are to be alike by chance, `quoted` the agencies that
        the text names as its sources, with the phrases that name them; it is asked where threads are heard."""
        s = self._settings
        threads = _by_thread(self._candidate_matches(looked, crowd))
        if not threads:
            return []
        heard = self._heard(threads)
        panels = [_panel(matches[0].live.thread.members, s.panel) for matches in heard]
        known = {match.live.number for matches in heard for match in matches}
        asked = [live for panel in panels for live in panel if live.number not in known]
        for match in self._asked(looked, asked, crowd):
            threads[match.live.thread.id].append(match)
        sources, time = quoted() if heard else {}, looked.query.time
        claims = [self._claim(matches, panel, sources, time) for matches, panel in zip(heard, panels, strict=True)]
        claims.sort(key=lambda claim: (-claim.score, -claim.copied, claim.thread.opened))
        return claims

    def _heard(self, threads: Mapping[str, list[_Match]]) -> list[list[_Match]]:
        """Of the likeliest threads."""
        s = self._settings
        ranked = sorted((*_strongest(matches), -matches[0].live.number, id_) for id_, matches in threads.items())
        return [threads[id_] for likely, _, _, id_ in ranked[: s.threads] if -likely >= s.heard]

    def _ahead(self, queries: Sequence[Query], found: Sequence[Sequence[Found]], crowd: int) -> list[dict[int, Found | None]]:
        """For each text what is found for the panels that will most likely be heard, those of a round at once."""
        panels: list[list[Live]] = []
        for pairs in found:
            if not self._promising(pairs, crowd):
                panels.append([])
                continue
            held = [(live, pair) for pair in pairs if (live := self._held(pair.number)) and len(live.thread.members) > 1]
            heard = [
                _panel(those[0].live.thread.members, self._settings.panel) for those in self._heard(_by_thread(self._judged(held, crowd)))
            ]
            known = {pair.number for pair in pairs}
            panels.append([live for panel in heard for live in panel if live.number not in known])
        return [
            {live.number: None for live in panel} | {pair.number: pair for pair in pairs}
            for panel, pairs in zip(panels, compare(queries, panels, self._model, self._settings), strict=True)
        ]

    def _asked(self, looked: Looked, lives: Sequence[Live], crowd: int) -> list[_Match]:
        """Those of the panels that may belong together with the text, mostly compared ahead."""
        ahead = looked.ahead
        known = self._judged([(live, pair) for live in lives if (pair := ahead.get(live.number))], crowd)
        return known + self._matches(looked.query, [live for live in lives if live.number not in ahead], crowd)

    def agree(self, one: Sequence[Live], other: Sequence[Live], crowd: int) -> float:
        """How likely the members of two threads tell the same event: the mean over the pairs of their panels."""
        few = self._settings.panel // 2
        theirs = _panel(other, few)
        queries = [query_of(unpack(live.blob), live.time, self.frequencies) for live in _panel(one, few)]
        crowded = self._crowded(crowd)
        likely: list[float] = []
        for pairs in compare(queries, [theirs] * len(queries), self._model, self._settings):
            found = {pair.number: self._likely(pair, crowded) for pair in pairs}
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
            if not self._promising(looked.found, crowd):
                return []
            return self._judged([(live, pair) for pair in looked.found if (live := self._held(pair.number))], crowd)
        # One may be forgotten since, so that others are among the nearest.
        others = self._candidates(looked.copies, looked.alike, {})
        return self._matches(looked.query, [live for other in others if (live := self._held(other.number))], crowd)

    def _matches(self, query: Query, lives: Sequence[Live], crowd: int) -> list[_Match]:
        if not lives:
            return []
        by_number = {live.number: live for live in lives}
        (found,) = compare([query], [lives], self._model, self._settings)
        return self._judged([(by_number[pair.number], pair) for pair in found], crowd)

    def _judged(self, pairs: Sequence[tuple[Live, Found]], crowd: int) -> list[_Match]:
        crowded = self._crowded(crowd)
        out = []
        for live, pair in pairs:
            relation, rule = decide.RELATIONS[pair.relation]
            copied = pair.runs if pair.relation >= decide.COPY else 0.0
            out.append(_Match(live, relation, rule, copied, self._likely(pair, crowded)))
        return out

    def _promising(self, pairs: Sequence[Found], crowd: int) -> bool:
        """Whether any of these is likely enough for its thread to be heard: of most texts none is."""
        crowded = self._crowded(crowd)
        return any(pair.relation >= decide.COPY or pair.odds + crowded[pair.timed] > self._doubtful for pair in pairs)

    def _crowded(self, crowd: int) -> tuple[float, float]:
        """What so many texts take off the log-odds where a time is unknown, and where both are known."""
        return decide.crowding(crowd, False, self._settings), decide.crowding(crowd, True, self._settings)

    def _likely(self, pair: Found, crowded: tuple[float, float]) -> float:
        if pair.relation >= decide.COPY:
            return self._settings.copied
        return decide.likelihood(pair.odds, crowded[pair.timed])

    def _claim(self, matches: list[_Match], panel: Sequence[Live], quoted: Mapping[str, str], time: int | None) -> Claim:
        best = max(matches, key=lambda match: (match.copied, match.likely, match.live.number))
        likely = {match.live.number: match.likely for match in matches}
        score = decide.mean([likely.get(live.number, 0.0) for live in panel])
        # Shared runs of text are reason enough to join two threads, in a pair that is likely anyway.
        tied = any(match.likely >= self._settings.merge and match.relation != "event" for match in matches)
        if tied:
            score = max(score, best.likely)
        phrase = ""
        if best.relation == "event" and quoted and (source := self._source(matches, quoted, time)):
            best, score, phrase = source, max(score, source.likely), quoted[source.live.agency]
        return Claim(best.live.thread, best.relation, best.live.id, round(score, 4), best.rule, tied, best.copied, phrase)

    def _source(self, matches: Sequence[_Match], quoted: Container[str], time: int | None) -> _Match | None:
        """What a text that names its sources derives from: the account of one of them that is likeliest, if that is likely enough."""
        found = [match for match in matches if match.live.agency in quoted and not _later(match.live.time, time)]
        if not found:
            return None
        nearest = max(found, key=lambda match: (match.likely, match.live.number))
        likely = decide.raised(nearest.likely, self._settings.quoted)
        return nearest._replace(relation="derivation", rule=QUOTED, likely=likely) if likely >= self._settings.join else None


def _later(one: int | None, other: int | None) -> bool:
    return one is not None and other is not None and one > other


def _by_thread(matches: Iterable[_Match]) -> dict[str, list[_Match]]:
    threads: dict[str, list[_Match]] = {}
    for match in matches:
        threads.setdefault(match.live.thread.id, []).append(match)
    return threads


def _strongest(matches: Sequence[_Match]) -> tuple[float, float]:
    """To sort by, the likeliest thread first; of copies, which are all as likely, the one with most runs in common."""
    return -max(match.likely for match in matches), -max(match.copied for match in matches)


def _sketched(texts: Sequence[Evidence]) -> tuple[NDArray[np.uint32], Ints]:
    """The shingles of the texts of a round, and how many each has."""
    hashes = [one.sketch.hashes for one in texts]
    return np.concatenate(hashes), np.array([len(one) for one in hashes])


def _panel(members: Sequence[Live], count: int) -> Sequence[Live]:
    """At most `count` members that can be found, evenly over the thread's life."""
    if len(members) > count:
        members = [members[place * (len(members) - 1) // (count - 1)] for place in range(count)]
    return [live for live in members if live.blob]
