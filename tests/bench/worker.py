"""One consumer of the bench topic in a process of its own: `beam` (the pipeline as it ships) or `plain` (the same functions, no Beam).

Prints one JSON line: records, CPU-seconds and wall seconds from the first batch to the last commit, peak memory in MB. Start-up (imports,
graph) is outside the count on both sides and printed apart.
"""

from __future__ import annotations

import json
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from kafka import KafkaConsumer, OffsetAndMetadata, TopicPartition

from tests.memory import peak
from writethru.formats import Limits, decode
from writethru.kafka_connection import KafkaConnection
from writethru.options import Options
from writethru.records import Article, Emission, Item, RawMessage, Story
from writethru.sinks import KafkaSinkSettings, opened
from writethru.stories import StoryIndex
from writethru.threads import ThreadIndex
from writethru.transforms import collector
from writethru.transforms.job import Job
from writethru.transforms.keyed import by_key, epoch_of, evict
from writethru.transforms.stories import ChainFn, ThreadFn
from writethru.wire import normalise


def options(bootstrap: str, topic: str, run: str, out: str) -> Options:
    return Options(
        bootstrap=bootstrap,
        group=f"bench-{run}",
        topic_raw=(topic,),
        topic_articles=f"{topic}.articles",
        topic_stories=f"{topic}.stories",
        topic_threads=f"{topic}.threads",
        topic_dead=f"{topic}.dead",
        sinks=("kafka",),
        stop="end",
        out=out,
    )


class Meter:
    """CPU and wall time from the first call of `start` to the last of `stop`."""

    def __init__(self) -> None:
        self.records = 0
        self.begun: tuple[float, float] | None = None
        self.done = (0.0, 0.0)

    def start(self) -> None:
        if self.begun is None:
            self.begun = time.process_time(), time.monotonic()

    def stop(self) -> None:
        self.done = time.process_time(), time.monotonic()

    def report(self, kind: str) -> None:
        assert self.begun is not None
        figures = {
            "kind": kind,
            "records": self.records,
            "cpu": self.done[0] - self.begun[0],
            "wall": self.done[1] - self.begun[1],
            "start_cpu": self.begun[0],
            "peak_mb": peak() / 1e6,
        }
        print(json.dumps(figures), flush=True)


def plain(chosen: Options, meter: Meter) -> None:
    collector.settle()
    connection = KafkaConnection.from_options(chosen)
    consumer = KafkaConsumer(
        **connection.client_options(), group_id=chosen.group, enable_auto_commit=False, auto_offset_reset="earliest", max_poll_records=500
    )
    topic = chosen.topic_raw[0]
    places = [TopicPartition(topic, partition) for partition in sorted(consumer.partitions_for_topic(topic))]
    consumer.assign(places)
    ends = consumer.end_offsets(places)
    consumer.seek_to_beginning()
    sink = opened(KafkaSinkSettings(connection, chosen.topic_articles, chosen.topic_stories, chosen.topic_threads, chosen.topic_dead))
    chains: dict[str, StoryIndex] = {}
    events: dict[str, ThreadIndex] = {}
    limits = Limits()
    while any(consumer.position(place) < ends[place] for place in places):
        polled = consumer.poll(timeout_ms=200)
        if not polled:
            continue
        meter.start()
        articles: list[Article] = []
        for batch in polled.values():
            for record in batch:
                meter.records += 1
                message = RawMessage(
                    record.value, record.topic, record.partition, record.offset, record.timestamp, record.key, tuple(record.headers)
                )
                decoded = decode(message, None, limits)
                received = Job.received(message.timestamp)
                for item, id_ in zip(decoded.items, decoded.ids, strict=True):
                    if isinstance(item, Item):
                        articles.append(
                            normalise(item, message, article_id=id_, sha256=decoded.sha256, received=received, pipeline="writethru/bench")
                        )
        chained: list[Article] = []
        stories: list[Story] = []
        for agency, group in by_key(articles, lambda article: article.wire.agency).items():
            index = chains.setdefault(agency, StoryIndex(agency))
            result = _apply(index, ChainFn.window, group)
            chained.extend(result.articles)
            stories.extend(result.stories)
        for language, group in by_key(chained, lambda article: article.language).items():
            thread_index = events.setdefault(language, ThreadIndex(language))
            threaded = _apply(thread_index, ThreadFn.window, group)
            sink.write(Emission(threaded.articles, tuple(stories), threaded.threads))
            stories = []
        sink.flush()
        consumer.commit({place: OffsetAndMetadata(consumer.position(place), "", -1) for place in polled})
        meter.stop()
    consumer.close()


def _apply(index: Any, window: int, articles: list[Article]) -> Any:
    """What the keyed step does with an index, without its state."""
    before = epoch_of(index.clock, window)
    result = index.apply(articles)
    if epoch_of(index.clock, window) != before:
        evict(index, window)
    index.drain()
    return result


def beam(chosen: Options, meter: Meter) -> None:
    import apache_beam
    from apache_beam.options.pipeline_options import PipelineOptions
    from apache_beam.runners.portability.fn_api_runner import FnApiRunner

    from writethru.local import beam_memory
    from writethru.pipeline import build
    from writethru.transforms.job import configure

    beam_memory.apply()
    job = configure(chosen, local_state=True)
    count, flush = Job.decoded, Job.flush

    def decoded(self, batch, *rest):  # type: ignore[no-untyped-def]
        meter.start()
        meter.records += len(batch)
        count(self, batch, *rest)

    def flushed(self, name, sink, written):  # type: ignore[no-untyped-def]
        result = flush(self, name, sink, written)
        if written:
            meter.stop()
        return result

    Job.decoded, Job.flush = decoded, flushed  # type: ignore[method-assign]
    pipeline = apache_beam.Pipeline(runner=FnApiRunner(), options=PipelineOptions(["--direct_num_workers=1"]))
    build(pipeline, chosen)
    pipeline.run().wait_until_finish()
    meter.stop()
    job.close()


def main() -> None:
    kind, bootstrap, topic, run = sys.argv[1:5]
    meter = Meter()
    with tempfile.TemporaryDirectory(prefix="writethru-bench-") as out:
        {"plain": plain, "beam": beam}[kind](options(bootstrap, topic, run, str(Path(out))), meter)
        meter.report(kind)


if __name__ == "__main__":
    threading.current_thread().name = "bench"
    main()
