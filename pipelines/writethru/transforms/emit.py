"""The ends of the graph: one step per sink, and the steps that put dead letters away. Both flush in `finish_bundle`, which on the local
runner and on Flink comes before the offsets are committed (on Dataflow: docs/dataflow.md), and raise where a sink cannot take the batch:
nothing is committed then."""

from __future__ import annotations

from collections.abc import Iterator

import apache_beam as beam
from apache_beam.pvalue import TaggedOutput
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.timestamp import MIN_TIMESTAMP
from apache_beam.utils.windowed_value import WindowedValue

from writethru.deadletters import dead_letter
from writethru.records import DeadLetter, Emission, ParseError
from writethru.sinks import SinkFailed
from writethru.transforms.decode import DEAD
from writethru.transforms.job import current_job


class EmitFn(beam.DoFn):
    """Emission -> one sink, named by its option; what the sink refuses for good -> DEAD, with the original bytes."""

    def __init__(self, sink: str) -> None:
        self.name = sink

    def setup(self) -> None:
        self.job = current_job()
        self.sink = self.job.sink(self.name)

    def start_bundle(self) -> None:
        self.written: list[Emission] = []

    def process(self, emission: Emission) -> None:
        with self.job.watching():
            self.sink.write(emission)
        self.written.append(emission)

    def finish_bundle(self) -> Iterator[TaggedOutput]:
        refused = self.job.flush(self.name, self.sink, self.written)
        with self.job.watching():
            for one in refused:
                if one.article is None or one.article.payload is None:
                    # A story, a thread, or an article that a kill empties: no payload stands behind it that a dead letter could keep.
                    raise SinkFailed(
                        self.name, f"{one.kind} {one.id}", one.detail, "Let the sink take records of this size and start again."
                    )
        letters = [
            dead_letter(one.article.payload, "emit", ParseError("sink_rejected", f"{self.name}: {one.detail}"), self.job.pipeline)
            for one in refused
            if one.article is not None and one.article.payload is not None
        ]
        self.job.rejected(letters)
        for letter in letters:
            yield TaggedOutput(DEAD, WindowedValue(letter, MIN_TIMESTAMP, [GlobalWindow()]))


class DeadLetterFn(beam.DoFn):
    """DeadLetter -> every place where dead letters lie."""

    def setup(self) -> None:
        self.job = current_job()
        self.sinks = self.job.dead_sinks()

    def process(self, letter: DeadLetter) -> None:
        with self.job.watching():
            for sink in self.sinks:
                sink.write((letter,))

    def finish_bundle(self) -> None:
        with self.job.watching():
            for sink in self.sinks:
                sink.flush()
