"""Runs bundles on the local runner and prints the growth of the process: `python -m tests.unit.local.bundles BUNDLES [stock]`.

Every second bundle is idle, the others claim one record. A process of its own, because what is measured is the peak of a process.
"""

from __future__ import annotations

import json
import sys

import apache_beam as beam
from apache_beam.coders import Coder
from apache_beam.io.unbounded_source import CheckpointMark, ReadFromUnboundedSource, UnboundedReader, UnboundedSource
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.utils.timestamp import MAX_TIMESTAMP, MIN_TIMESTAMP

from tests.memory import peak
from writethru.local import beam_memory

WARM_UP = 500


class Mark(CheckpointMark):
    pass


class MarkCoder(Coder):
    def encode(self, mark: Mark) -> bytes:
        return b""

    def decode(self, encoded: bytes) -> Mark:
        return Mark()

    def is_deterministic(self) -> bool:
        return True


class Reader(UnboundedReader):
    bundles = 0
    warm = 0

    def __init__(self, end: int) -> None:
        self._end, self._claimed = end, False

    def start(self) -> bool:
        return self.advance()

    def advance(self) -> bool:
        if Reader.bundles % 2 and not self._claimed:
            self._claimed = True
            return True
        Reader.bundles += 1
        if Reader.bundles == WARM_UP:
            Reader.warm = peak()
        self._claimed = False
        return False

    def get_current(self) -> int:
        return Reader.bundles

    def get_current_timestamp(self) -> object:
        return MIN_TIMESTAMP

    def get_watermark(self) -> object:
        return MAX_TIMESTAMP if Reader.bundles >= self._end else MIN_TIMESTAMP

    def get_checkpoint_mark(self) -> Mark:
        return Mark()


class Source(UnboundedSource):
    def __init__(self, end: int) -> None:
        self._end = end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Source)

    def __hash__(self) -> int:
        return hash(Source)

    def split(self, desired_num_splits: int, options: object = None) -> list[Source]:
        return [self]

    def create_reader(self, options: object, mark: Mark | None) -> Reader:
        return Reader(self._end)

    def get_checkpoint_mark_coder(self) -> MarkCoder:
        return MarkCoder()


def main(bundles: int, stock: bool) -> None:
    if not stock:
        beam_memory.apply()
    pipeline = beam.Pipeline(runner=FnApiRunner(), options=PipelineOptions(["--direct_num_workers=1"]))
    numbers = pipeline | ReadFromUnboundedSource(Source(bundles), poll_interval=0)
    for step in ("Decode", "Normalise", "Chain"):
        numbers = numbers | step >> beam.Map(lambda number: number)
    result = pipeline.run()
    try:
        result.metrics().query()
        metrics = "told"
    except RecursionError:
        metrics = "RecursionError"
    print(json.dumps({"bundles": Reader.bundles, "grown": peak() - Reader.warm, "metrics": metrics}))


if __name__ == "__main__":
    main(int(sys.argv[1]), "stock" in sys.argv)
