"""Counters, gauges and histograms with bounded labels; `prometheus_client` writes them out.

Its own metric classes are not used to count: their histogram takes one lock per bucket touched and walks the buckets in Python,
0.8 µs an observation (16 buckets) against 0.1 µs here, where a batch of values is one lock and one bisect each.
"""

from __future__ import annotations

import itertools
from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import ClassVar, TypeVar

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

OTHER = "other"
UNKNOWN = "unknown"
LABEL_LENGTH = 64

Key = tuple[str, ...]
Values = TypeVar("Values", bound="str | tuple[str, ...]")


class Label:
    """A label and what it may say: a closed list of `values`, or the first `limit` values seen, every later one being `other`.

    One object stands for one label of every metric that carries it, so that an agency is itself everywhere or `other` everywhere.
    An open label takes text from the wire: it is cut at 64 characters, and what UTF-8 cannot write is replaced.
    """

    def __init__(self, name: str, help_: str, *, values: Sequence[str] = (), limit: int = 0) -> None:
        if bool(values) == bool(limit):
            raise ValueError(f"label {name} is either closed (values) or bounded (limit)")
        self.name = name
        self.help = help_
        self.values = tuple(values)
        self.limit = limit
        self._known: dict[str, str] = {value: value for value in values}
        self._lock = Lock()

    def admit(self, value: str) -> str:
        """The value as it is exposed. Raises ValueError for a value outside a closed list: that is a mistake in the code."""
        known = self._known.get(value)
        if known is not None:
            return known
        if self.values:
            raise ValueError(f"label {self.name} is one of {', '.join(self.values)}, not {value!r}")
        with self._lock:
            if len(self._known) >= self.limit:
                return OTHER
            shown = value[:LABEL_LENGTH].encode("utf-8", "replace").decode() or UNKNOWN
            return self._known.setdefault(value, shown)


class Instrument(ABC):
    """What the three kinds share: a name, its labels, one lock."""

    kind: ClassVar[str]

    def __init__(self, name: str, help_: str, labels: Sequence[Label] = (), *, unit: str = "") -> None:
        self.name = name
        self.help = help_
        self.labels = tuple(labels)
        self.unit = unit
        self._lock = Lock()

    @property
    def label_names(self) -> list[str]:
        return [label.name for label in self.labels]

    def key(self, labels: Mapping[str, str]) -> Key:
        """The label values in the order of the table. Raises TypeError where a label is missing or too many."""
        if len(labels) == len(self.labels):
            try:
                return tuple([label.admit(labels[label.name]) for label in self.labels])
            except KeyError:
                pass
        raise TypeError(f"{self.name} has the labels ({', '.join(self.label_names)}), not ({', '.join(labels)})")

    def closed_keys(self) -> Iterator[Key]:
        """Every key of a metric whose labels are all closed (one empty key without labels).

        They are exposed as 0 from the start: Prometheus counts no increase when a series appears at 1.
        """
        if all(label.values for label in self.labels):
            yield from itertools.product(*(label.values for label in self.labels))

    @abstractmethod
    def family(self) -> Metric:
        """What is exposed now."""


class Counter(Instrument):
    """Only rises. `mirror`, where set, is told every increment (see `metrics.bind_beam`)."""

    kind = "counter"

    def __init__(self, name: str, help_: str, labels: Sequence[Label] = (), *, unit: str = "") -> None:
        super().__init__(name, help_, labels, unit=unit)
        self._values: dict[Key, int] = dict.fromkeys(self.closed_keys(), 0)
        self.mirror: Callable[[int], object] | None = None

    def inc(self, n: int = 1, **labels: str) -> None:
        self._add([(self.key(labels), n)])

    def inc_many(self, counts: Mapping[Values, int]) -> None:
        """Adds a batch's counts, keyed by label values in the order of the table; one label may stand as a plain string."""
        keyed = []
        for values, n in counts.items():
            parts: tuple[str, ...] = (values,) if isinstance(values, str) else values
            keyed.append((tuple(label.admit(part) for label, part in zip(self.labels, parts, strict=True)), n))
        self._add(keyed)

    def value(self, **labels: str) -> int:
        with self._lock:
            return self._values.get(self.key(labels), 0)

    def _add(self, counts: list[tuple[Key, int]]) -> None:
        if any(n < 0 for _, n in counts):
            raise ValueError(f"{self.name} is a counter and only rises")
        with self._lock:
            for key, n in counts:
                self._values[key] = self._values.get(key, 0) + n
        if self.mirror is not None and (total := sum(n for _, n in counts)):
            self.mirror(total)

    def family(self) -> Metric:
        family = CounterMetricFamily(self.name, self.help, labels=self.label_names)
        with self._lock:
            values = list(self._values.items())
        for key, value in values:
            family.add_metric(key, value)
        return family


class Gauge(Instrument):
    """Stands at what it was last set to."""

    kind = "gauge"

    def __init__(self, name: str, help_: str, labels: Sequence[Label] = (), *, unit: str = "") -> None:
        super().__init__(name, help_, labels, unit=unit)
        self._values: dict[Key, float] = {}

    def set(self, value: float, **labels: str) -> None:
        key = self.key(labels)
        with self._lock:
            self._values[key] = value

    def items(self) -> list[tuple[Key, float]]:
        with self._lock:
            return list(self._values.items())

    def family(self) -> Metric:
        family = GaugeMetricFamily(self.name, self.help, labels=self.label_names)
        for key, value in self.items():
            family.add_metric(key, value)
        return family


class Histogram(Instrument):
    """Counts observations in buckets; `buckets` are upper bounds in the metric's unit, `+Inf` is added."""

    kind = "histogram"

    def __init__(self, name: str, help_: str, labels: Sequence[Label] = (), *, buckets: Sequence[float], unit: str = "") -> None:
        super().__init__(name, help_, labels, unit=unit)
        self.buckets = tuple(float(bound) for bound in buckets)
        if list(self.buckets) != sorted(set(self.buckets)):
            raise ValueError(f"the buckets of {name} do not rise")
        self._counts: dict[Key, list[int]] = {}
        self._sums: dict[Key, float] = {}
        for key in self.closed_keys():
            self._add(key, ())

    def observe(self, value: float, **labels: str) -> None:
        self._add(self.key(labels), (value,))

    def observe_many(self, values: Iterable[float], **labels: str) -> None:
        """Counts a batch of values of one label set. With no value it makes the series exist at 0."""
        self._add(self.key(labels), values)

    def _add(self, key: Key, values: Iterable[float]) -> None:
        buckets = self.buckets
        with self._lock:
            counts = self._counts.get(key)
            if counts is None:
                counts = self._counts[key] = [0] * (len(buckets) + 1)
            total = self._sums.get(key, 0.0)
            for value in values:
                counts[bisect_left(buckets, value)] += 1
                total += value
            self._sums[key] = total

    def family(self) -> Metric:
        family = HistogramMetricFamily(self.name, self.help, labels=self.label_names)
        bounds = [*map(str, self.buckets), "+Inf"]
        with self._lock:
            cells = [(key, list(counts), self._sums[key]) for key, counts in self._counts.items()]
        for key, counts, total in cells:
            family.add_metric(key, list(zip(bounds, itertools.accumulate(counts), strict=True)), total)
        return family


AnyInstrument = TypeVar("AnyInstrument", bound=Instrument)


class Table:
    """The metrics in the order of their definition; a `prometheus_client` collector."""

    def __init__(self) -> None:
        self._rows: dict[str, Instrument] = {}

    def __iter__(self) -> Iterator[Instrument]:
        return iter(self._rows.values())

    def define(self, instrument: AnyInstrument) -> AnyInstrument:
        if instrument.name in self._rows:
            raise ValueError(f"{instrument.name} is defined twice")
        self._rows[instrument.name] = instrument
        return instrument

    def collect(self) -> Iterator[Metric]:
        for instrument in self:
            yield instrument.family()
