"""`writethru run` on one machine: a broker where none is given, the topics, the pipeline, something to play, an orderly end."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType
from typing import Any

from writethru.kafka_connection import KafkaConnection
from writethru.local.broker import Broker
from writethru.local.player import Played, play
from writethru.local.tally import Tally
from writethru.ops.exporter import Exporter
from writethru.ops.recent import recent
from writethru.options import Options
from writethru.topics import create_topics, wire_topics

Messages = Callable[[], Iterator[tuple[bytes, bytes, tuple[tuple[str, bytes], ...]]]]


@dataclass(slots=True)
class Session:
    """What a run shows while it goes on and at its end."""

    options: Options
    address: str = ""
    tally: Tally = field(default_factory=Tally)
    played: Played | None = None
    cluster_gone: bool = False
    """The broker was an embedded one and has ended with the run."""
    error: Exception | None = None

    def snapshot(self) -> dict[str, Any]:
        return recent.snapshot(int(time.time() * 1000))


@contextmanager
def cluster(options: Options) -> Iterator[Options]:
    """The options with a broker's address in them: the one given, or an embedded broker that ends with this process."""
    if options.bootstrap:
        yield options
        return
    with Broker() as broker:
        yield replace(options, bootstrap=broker.bootstrap)


def run(
    options: Options,
    messages: Messages | None,
    *,
    rate: float | None,
    stay: bool,
    watch: Callable[[Session, threading.Event], None],
    say: Callable[[str], None],
) -> Session:
    """Runs until drained: by a signal, or, without `stay`, when all that `messages` plays has been written and committed.

    `watch` shows the session in a thread of its own until the event is set. Raises what the broker, the topics, the source or a sink
    raise; what was committed before is held by the sinks.
    """
    # Before Beam is imported: its import takes seconds in which a signal would end the process without draining.
    with ExitStack() as stack:
        draining = _drain_on_signals(stack)
        embedded = not options.bootstrap
        if embedded:
            say("Starting an embedded Kafka broker …")
        options = stack.enter_context(cluster(options))
        connection = KafkaConnection.from_options(options)
        if draining.is_set():
            return Session(options, cluster_gone=embedded)
        if messages is not None:
            create_topics(connection, wire_topics(options))
        session = Session(options, cluster_gone=embedded)
        exporter = Exporter.start(options.http_port or None, options.http_host)
        stack.callback(exporter.stop)
        session.address = exporter.address
        if draining.is_set():
            return session
        say(f"Live page  {exporter.address}/\nMetrics    {exporter.address}/metrics")
        _run_pipeline(session, connection, messages, rate, stay, watch, draining)
        return session


def _run_pipeline(
    session: Session,
    connection: KafkaConnection,
    messages: Messages | None,
    rate: float | None,
    stay: bool,
    watch: Callable[[Session, threading.Event], None],
    draining: threading.Event,
) -> None:
    import apache_beam as beam
    from apache_beam.options.pipeline_options import PipelineOptions
    from apache_beam.runners.portability.fn_api_runner import FnApiRunner

    from writethru.local import beam_memory
    from writethru.local.temporary import temporary_files_in
    from writethru.pipeline import build
    from writethru.sinks.pool import close_all
    from writethru.sources import kafka
    from writethru.transforms.job import configure

    beam_memory.apply()
    options = session.options
    job = configure(options, local_state=True)
    if messages is not None:
        job.on_emission = session.tally.add
    over = threading.Event()

    def feed() -> None:
        try:
            # What is played before the pipeline turns would wait for it, and the latency told would be that of its start.
            if messages is not None and _either(job.running, draining):
                session.played = play(connection, options.topic_raw[0], messages(), rate=rate)
                kafka.wait_until_committed(connection, options.group, session.played.ends, draining)
                job.on_emission = None
                if not stay:
                    draining.set()
        except Exception as error:
            session.error = error
            draining.set()

    def drain() -> None:
        draining.wait()
        kafka.request_drain()

    threads = [threading.Thread(target=work, daemon=True) for work in (feed, drain, lambda: watch(session, over))]
    pipeline = beam.Pipeline(runner=FnApiRunner(), options=PipelineOptions(["--direct_num_workers=1"]))
    build(pipeline, options)
    for thread in threads:
        thread.start()
    try:
        with tempfile.TemporaryDirectory(prefix="writethru-run-") as room, temporary_files_in(Path(room)):
            pipeline.run().wait_until_finish()
    except Exception as error:
        raise (job.failure or session.error or error) from error
    finally:
        over.set()
        threads[2].join()
        kafka.close()
        close_all()
        job.close()
    if session.error is not None:
        raise session.error


def _either(wanted: threading.Event, other: threading.Event) -> bool:
    """Waits for one of the two; True if it was the first."""
    while not wanted.wait(0.05):
        if other.is_set():
            return False
    return True


def _drain_on_signals(stack: ExitStack) -> threading.Event:
    """SIGINT and SIGTERM drain; a second SIGINT ends at once (status 130), which loses nothing: what is not committed comes again."""
    draining = threading.Event()

    def handle(number: int, frame: FrameType | None) -> None:
        if draining.is_set() and number == signal.SIGINT:
            os._exit(130)
        draining.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        stack.callback(signal.signal, number, signal.signal(number, handle))
    return draining
