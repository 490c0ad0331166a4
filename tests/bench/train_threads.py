"""Makes the model of threading: `python -m tests.bench.train_threads`, with `--write` into the package.

An example is two articles of a set that could have met (within the window, with enough in common): are they of one event? The evidence of
each is what it would have been at its arrival. Events come from the development sets, whose true pairs weigh the same for each set. Neither
holds forms, which are most of a financial wire, so Reuters-21578 gives examples of what is *not* one event: two items whose topics, places
or companies have nothing in common. Nor do they hold short copy of many agencies about the events of one day: an invented wire gives
examples of that, and without them the sample day's events fall apart. Printed are the figures of each set by a model that has not seen it,
of halves of its topics by one that has seen the other half and the other sets, and of all by the model of all. Beside each stands what a
plain threshold on the cosine does in the model's place, tuned on the same sets.
"""

from __future__ import annotations

import math
import random
import re
import sys
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from functools import cache, partial
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
from numpy.typing import NDArray

from tests.bench.accuracy import DATA, DEFAULT, name_of
from tests.bench.accuracy_score import agreement
from tests.bench.accuracy_way import articles, rows, threaded
from tests.wireload.life import stream
from tests.wireload.plain import Expected, articles_of
from writethru.formats import Limits
from writethru.records import Article, RawMessage
from writethru.threads import ThreadIndex, ThreadSettings
from writethru.threads.compare import pairs_of, query_of
from writethru.threads.decide import Pairs, crowding, features
from writethru.threads.evidence import Others, overlaps, pack, weigh
from writethru.threads.frequencies import Frequencies
from writethru.threads.model import FEATURES, Model, products
from writethru.threads.reading import read

MODEL = Path(__file__).parents[2] / "pipelines/writethru/threads/model.json"
SETTINGS = ThreadSettings()
FLOOR = 0.05
"""Cosine of the least alike example; a little under what the pipeline looks at, so that the model knows what lies there."""
FORMS = 4_000
FORMS_FLOOR = 0.15
FORMS_WEIGHT = 1.0
"""Items of Reuters-21578 taken, the cosine from which all of their pairs are examples (of those below it one in five), and the weight of
all together against the true pairs of a set: at 0.5 results tables of different companies still made a thread of six."""
WIRE = 1_500
WIRE_WEIGHT = 0.5
WIRE_BEGAN = 1_790_000_000_000
"""Messages of the invented wire, the weight of its true pairs against a set's, and its first Kafka timestamp."""
RIDGE = 10.0
TRUE = 3_000
"""The weight of all true pairs of a set."""
ORDERS = 3
"""Orders in which a set without times is gone through."""
DRAWS = 3
"""Times that the topics are parted into halves: with one draw the figures of ECB+, which has 32 topics, come out between .87 and .98."""
THRESHOLDS = (0.12, 0.14, 0.16, 0.18, 0.2, 0.22, 0.24, 0.27, 0.3)
STEEP = 40.0
"""Cosines tried, and the log-odds for each e-fold above or below: nothing is left in doubt."""
TOPIC = (0.15, 8)
"""Events are of one topic where so many of their pairs reach this cosine: what is learnt of the one would help with the other."""
_TICKER = re.compile(r"<([A-Z.]+)>")


class Examples(NamedTuple):
    """`offset` is what the crowd at the time takes off the log-odds, which is no part of the model; `weight` that of an example; `topics`
    those of its two articles, -1 where they are of no set."""

    x: NDArray[np.float64]
    y: NDArray[np.bool_]
    offset: NDArray[np.float64]
    weight: NDArray[np.float64]
    topics: NDArray[np.int64]


def met(data: Sequence[Article]) -> Iterator[tuple[int, int, Pairs, int]]:
    """The places of two articles that could have met, the later one first, what was found between them, and the texts there were then."""
    frequencies = Frequencies(SETTINGS.prior, "en")
    seen: list[tuple[int, int | None, bytes]] = []
    for place, (article, text) in enumerate(zip(data, read(data, SETTINGS), strict=True)):
        if text is None or not len(text.terms.hashes):
            continue
        frequencies.turn(place + 1, lambda _: True)
        (evidence,), time = weigh([text], frequencies, SETTINGS).texts, article.time
        rivals = [one for one in seen if time is None or one[1] is None or time - one[1] <= SETTINGS.window]
        query = query_of(evidence, time, frequencies)
        if rivals:
            others, ours = Others.of([blob for *_, blob in rivals]), np.zeros(len(rivals), np.int64)
            found = overlaps([evidence], ours, others)
            apart = np.array([math.nan if time is None or its is None else abs(time - its) for _, its, _ in rivals])
            near = ((found.shared >= SETTINGS.shared) & (found.cosines >= FLOOR)).nonzero()[0]
            told = found.take(near)
            pairs = pairs_of([query], ours[near], others.take(near), told, apart[near], SETTINGS)
            for row, chosen in enumerate(near.tolist()):
                yield place, rivals[chosen][0], pairs.take(np.array([row])), len(rivals)
        frequencies.add(place + 1, evidence.hashes, evidence.sketch)
        seen.append((place, time, pack(evidence)))


class Threshold(Model):
    """A cosine from which on two texts tell the same event, in the place of a model."""

    def __init__(self, cosine: float) -> None:
        self._cosine = math.log(cosine)

    def logits(self, rows: Sequence[Sequence[float]] | NDArray[np.float64]) -> list[float]:
        place = FEATURES.index("cosine")
        return [STEEP * (row[place] - self._cosine) for row in rows]


def topics_of(data: Sequence[Article], events: Sequence[str]) -> list[int]:
    """The number of each article's topic."""
    topic = {event: event for event in events}
    alike: Counter[tuple[str, str]] = Counter()
    for ours, theirs, pair, _ in met(data):
        if pair.cosine > TOPIC[0]:
            one, other = sorted((events[ours], events[theirs]))
            alike[one, other] += 1
    for (one, other), pairs in alike.items():
        if pairs >= TOPIC[1] and topic[one] != topic[other]:
            kept, gone = topic[one], topic[other]
            topic = {event: kept if its == gone else its for event, its in topic.items()}
    numbers = {name: number for number, name in enumerate(sorted(set(topic.values())))}
    return [numbers[topic[event]] for event in events]


def halves(topics: int, draw: int) -> tuple[set[int], set[int]]:
    order = list(range(topics))
    random.Random(draw).shuffle(order)  # noqa: S311 - seeded, no secrets
    return set(order[::2]), set(order[1::2])


def events(path: Path) -> tuple[Examples, list[int]]:
    """A set in its order, and where it has no times in others too; and the topic of each of its rows."""
    data = rows(path)
    read = articles(data, name_of(path))
    gold = [str(row["gold"]) for row in data]
    topics = topics_of(read, gold)
    order = list(zip(read, gold, topics, strict=True))
    x, y, offset, sides = [], [], [], []
    for turn in range(1 if order[0][0].time is not None else ORDERS):
        if turn:
            random.Random(turn).shuffle(order)  # noqa: S311 - seeded, no secrets
        for ours, theirs, pair, texts in met([article for article, *_ in order]):
            x.extend(features(pair, SETTINGS))
            y.append(order[ours][1] == order[theirs][1])
            offset.append(crowding(texts, not math.isnan(pair.apart[0]), SETTINGS))
            sides.append((order[ours][2], order[theirs][2]))
    weight = np.full(len(y), TRUE / sum(y))
    return Examples(np.array(x), np.array(y), np.array(offset), weight, np.array(sides)), topics


def wire(count: int = WIRE, seed: int = 1987) -> Examples:
    """Pairs of an invented wire: short copy of many agencies about the events of one day, in eight languages."""
    by_language: dict[str, list[tuple[Article, int]]] = {}
    for number, sent in enumerate(stream(count, seed)):
        if sent.event is not None:
            raw = RawMessage(sent.value, "wire.raw", 0, number, WIRE_BEGAN + number * 1000, sent.key, sent.headers)
            for article in articles_of(raw, Limits(), Expected()):
                by_language.setdefault(article.language, []).append((article, sent.event))
    x, y, offset = [], [], []
    for told in by_language.values():
        for ours, theirs, pair, texts in met([article for article, _ in told]):
            x.extend(features(pair, SETTINGS))
            y.append(told[ours][1] == told[theirs][1])
            offset.append(crowding(texts, not math.isnan(pair.apart[0]), SETTINGS))
    weight = np.full(len(y), WIRE_WEIGHT * TRUE / sum(y))
    return Examples(np.array(x), np.array(y), np.array(offset), weight, np.full((len(x), 2), -1))


def without(one: Examples, topics: set[int]) -> Examples:
    """The examples that hold no article of these."""
    keep = ~np.isin(one.topics, list(topics)).any(1)
    kept = Examples(*(values[keep] for values in one))
    return kept._replace(weight=np.full(len(kept.y), TRUE / kept.y.sum()))


def forms(path: Path) -> Examples:
    """Pairs of Reuters-21578 that plainly are of two events."""
    data = sorted((row for row in rows(path) if row["text"] and row["ts"]), key=lambda row: str(row["ts"]))[:FORMS]
    chosen = random.Random(1987)  # noqa: S311 - seeded, no secrets
    x, offset = [], []
    for ours, theirs, pair, texts in met(articles(data, name_of(path))):
        if (pair.cosine >= FORMS_FLOOR or chosen.random() < 0.2) and strangers(data[ours], data[theirs]):
            x.extend(features(pair, SETTINGS))
            offset.append(crowding(texts, not math.isnan(pair.apart[0]), SETTINGS))
    weight = np.full(len(x), FORMS_WEIGHT * TRUE / len(x))
    return Examples(np.array(x), np.zeros(len(x), np.bool_), np.array(offset), weight, np.full((len(x), 2), -1))


def strangers(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether both name topics, places or companies of their own and share none. Two companies share a takeover."""
    named = [(set(one[field] or ()), set(other[field] or ())) for field in ("topics", "places")]
    if "acq" not in named[0][0]:
        named.append((set(_TICKER.findall(one["title"] or "")), set(_TICKER.findall(other["title"] or ""))))
    return any(ours and theirs and not ours & theirs for ours, theirs in named)


def timeless(strange: Examples) -> Examples:
    """The same without times, for a set without: by having one, they would differ from its true pairs."""
    x = strange.x.copy()
    x[:, [FEATURES.index("days"), FEATURES.index("timed")]] = 0
    return strange._replace(x=x)


def fit(sets: Sequence[Examples]) -> dict[str, Any]:
    """A logistic model over the features and the products of some, by Newton's steps, held back where they would overshoot."""
    x, y, offset, weight = (np.concatenate([one[field] for one in sets]) for field in range(4))
    low, high = np.quantile(x, [0.001, 0.999], axis=0)
    x = np.clip(x, low, high)
    mean, scale = x.mean(0), x.std(0) + 1e-9
    wide = products((x - mean) / scale)
    spread = wide.std(0) + 1e-9
    spread[0] = 1
    wide /= spread
    ridge = np.full(wide.shape[1], RIDGE)
    ridge[0] = 1e-9
    found = np.zeros(wide.shape[1])
    for _ in range(200):
        likely = 1 / (1 + np.exp(-np.clip(wide @ found + offset, -30, 30)))
        slope = wide.T @ (weight * (y - likely)) - ridge * found
        curve = (wide * (weight * likely * (1 - likely))[:, None]).T @ wide + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        found += step * min(1.0, 0.5 / np.abs(step).max())
        if np.abs(step).max() < 1e-6:
            break
    plain = {"low": low, "high": high, "mean": mean, "scale": scale, "weights": found / spread}
    return {"features": list(FEATURES), **{name: [float(f"{value:.6g}") for value in values] for name, values in plain.items()}}


class Set:
    """A set that is judged: B-cubed F1 and pair F1 of some of its rows, by any model."""

    def __init__(self, path: Path) -> None:
        self.name = name_of(path)
        self._data = rows(path)
        self._read = articles(self._data, self.name)
        self.examples, self.topics = events(path)
        self.plain = cache(self._plain)

    def halves(self, draw: int) -> tuple[set[int], set[int]]:
        return halves(max(self.topics) + 1, draw)

    def found(self, model: Model) -> list[str]:
        return threaded(self._read, partial(ThreadIndex, model=model))

    def _plain(self, cosine: float) -> list[str]:
        return self.found(Threshold(cosine))

    def judged(self, found: Sequence[str], topics: Container[int] | None = None) -> Figures:
        places = [place for place, topic in enumerate(self.topics) if topics is None or topic in topics]
        told = agreement([str(self._data[place]["gold"]) for place in places], [found[place] for place in places])
        return Figures(told.b3_f1, told.pair_f1)


class Figures(NamedTuple):
    b3_f1: float
    pair_f1: float

    @classmethod
    def mean(cls, some: Sequence[Figures]) -> Figures:
        return cls(*(sum(values) / len(some) for values in zip(*some, strict=True)))

    def __str__(self) -> str:
        return f"B-cubed F1 {self.b3_f1:.4f}, pair F1 {self.pair_f1:.4f}"


def tuned(learnt: Sequence[tuple[Set, set[int] | None]]) -> float:
    """The cosine that does best as a threshold on these topics of these sets."""
    return max(THRESHOLDS, key=lambda cosine: sum(sum(one.judged(one.plain(cosine), topics)) for one, topics in learnt))


def show(label: str, by_model: Sequence[Figures], by_threshold: Sequence[Figures]) -> None:
    print(f"{label}: {Figures.mean(by_model)}; by a threshold {Figures.mean(by_threshold)}", flush=True)


def main() -> None:
    sets = [Set(DATA / name) for name in DEFAULT["EVENTS"]]
    strange, wired = forms(DATA / "volume/reuters21578.jsonl.gz"), wire()
    for one in sets:
        others = [other for other in sets if other is not one]
        learnt = [other.examples for other in others]
        timed = any(examples.x[:, FEATURES.index("timed")].any() for examples in learnt)
        model = Model(fit([*learnt, strange if timed else timeless(strange)]))
        plain = one.plain(tuned([(other, None) for other in others]))
        show(f"{one.name}, learnt from the others", [one.judged(one.found(model))], [one.judged(plain)])
        by_model, by_threshold = [], []
        for draw in range(DRAWS):
            for left, kept in permutations(one.halves(draw)):
                model = Model(fit([*learnt, without(one.examples, left), strange, wired]))
                by_model.append(one.judged(one.found(model), left))
                cosine = tuned([(one, kept), *((other, None) for other in others)])
                by_threshold.append(one.judged(one.plain(cosine), left))
        show(f"{one.name}, half of its topics, learnt from all else", by_model, by_threshold)
    stored = fit([*(one.examples for one in sets), strange, wired])
    cosine = tuned([(one, None) for one in sets])
    for one in sets:
        show(f"{one.name}, learnt from all", [one.judged(one.found(Model(stored)))], [one.judged(one.plain(cosine))])
    if "--write" in sys.argv:
        MODEL.write_bytes(orjson.dumps(stored, option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    main()
