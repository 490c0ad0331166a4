"""The whole of writethru on one page. Every step is a thin shell in `transforms/`; the work is done in the room named beside it.

    Read -> Decode -> Normalise -> Chain -> Thread -> Emit to each sink
              |          |                              |
              +----------+----- dead letters -----------+

An element is a batch: what one poll returned. Chaining is keyed by agency, threading by language; a key's batches stay in order. There is
no GroupByKey, Reshuffle, Flatten or timer on this way: the local runner would hold them back until the end, and between source and sink
they would break the promise that an offset is committed only after the sinks hold the result.
"""

from __future__ import annotations

import apache_beam as beam

from writethru.options import Options
from writethru.records import Emission
from writethru.sources.kafka import ReadKafka
from writethru.transforms import coders as _coders  # noqa: F401 - registers the coders of what flows
from writethru.transforms.decode import DEAD, DecodeFn, Items, NormaliseFn
from writethru.transforms.emit import DeadLetterFn, EmitFn
from writethru.transforms.stories import ChainFn, ThreadFn

Keyed = tuple[str, Emission]


def build(pipeline: beam.Pipeline, options: Options, *, probe: bool = True, on_flink: bool = False) -> None:
    """Applies the steps of one job to `pipeline`. With `probe` the brokers are asked at once, as `ReadKafka` says. Flink, unlike the other
    runners, keeps a key in its task (`KeyedFn`), and finalises a bundle before its checkpoint (`ReadKafka`)."""
    raw = pipeline | "Read" >> ReadKafka.from_options(options, probe=probe, behind=on_flink)  # sources/
    decoded = raw | "Decode" >> beam.ParDo(DecodeFn()).with_output_types(Items).with_outputs(DEAD, main="items")  # formats/
    articles = decoded["items"] | "Normalise" >> beam.ParDo(NormaliseFn()).with_output_types(Keyed).with_outputs(
        DEAD, main="articles"
    )  # wire/
    chained = articles["articles"] | "Chain" >> beam.ParDo(ChainFn(keys_stay=on_flink)).with_output_types(Keyed)  # stories/
    threaded = chained | "Thread" >> beam.ParDo(ThreadFn(keys_stay=on_flink)).with_output_types(Emission)  # threads/
    for sink in options.sinks:  # sinks/
        emitted = threaded | f"Emit to {sink}" >> beam.ParDo(EmitFn(sink)).with_outputs(DEAD)
        _ = emitted[DEAD] | f"Dead letters of {sink}" >> beam.ParDo(DeadLetterFn())
    _ = decoded[DEAD] | "Dead letters of Decode" >> beam.ParDo(DeadLetterFn())  # deadletters/
    _ = articles[DEAD] | "Dead letters of Normalise" >> beam.ParDo(DeadLetterFn())
