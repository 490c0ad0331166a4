"""`writethru run`: the pipeline on this machine, from an empty folder to enriched records with one command."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import click
from kafka.errors import KafkaError
from rich.console import Console

from writethru.cli.flags import RATE, flags, options_of
from writethru.cli.report import summary, watcher
from writethru.local.broker import BrokerError
from writethru.local.jars import JarError
from writethru.local.java import NoJava
from writethru.local.player import agency_of
from writethru.options import OptionError
from writethru.sources.files import NoInput, payloads

SAMPLE_RATE = 100.0
"""Payloads a second of the sample day: slow enough to watch, quick enough to wait for."""


@click.command("run")
@click.option(
    "--input",
    "paths",
    type=click.Path(exists=True, path_type=Path),
    multiple=True,
    envvar="WRITETHRU_INPUT",
    show_envvar=True,
    metavar="PATH",
    help="Play this file, directory or JSON Lines instead of the sample wire day",
)
@click.option(
    "--play/--no-play",
    default=None,
    envvar="WRITETHRU_PLAY",
    show_envvar=True,
    help="Play the sample wire day into the input topic; default: only into the embedded broker",
)
@click.option(
    "--stay/--end",
    default=None,
    envvar="WRITETHRU_STAY",
    show_envvar=True,
    help="Stay up until Ctrl-C, or end when all that was played has been written; default: stay on a terminal",
)
@click.option(
    "--rate",
    type=RATE,
    envvar="WRITETHRU_RATE",
    show_envvar=True,
    help="Play at most this many payloads a second",
)
@flags("Kafka", "Topics", "Source", "Limits", "Threads", "Sinks", "Operations")
@click.pass_context
def command(
    context: click.Context, /, paths: tuple[Path, ...], play: bool | None, stay: bool | None, rate: float | None, **_: object
) -> None:
    """Start the pipeline.

    Without --bootstrap (KAFKA_BOOTSTRAP) an embedded Kafka broker is started and a sample wire day is played. Results lie in --out and in
    the topics.
    """
    from writethru.deadletters import TooManyDeadLetters
    from writethru.local import session
    from writethru.sinks import SinkFailed
    from writethru.transforms.state import StateUnusable

    console = Console(stderr=True, highlight=False)
    embedded = (BrokerError, JarError, NoJava)
    stopped = (SinkFailed, StateUnusable, TooManyDeadLetters)
    try:
        options = options_of(context)
        logging.basicConfig(level=options.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
        # What a step raises is raised by the run too; Beam would log its traceback before.
        logging.getLogger("apache_beam.runners.common").setLevel(logging.CRITICAL)
        if play is None:
            play = not options.bootstrap
            if not play and not paths:
                topics = ", ".join(options.topic_raw)
                said = f"Reading {topics} at {options.bootstrap}; nothing is played into it (--play would play the sample day)"
                console.print(said, soft_wrap=True)
        messages = (lambda: _files(paths)) if paths else _sample if play else None
        if messages is not None and not paths and rate is None:
            rate = SAMPLE_RATE
        if options.splits > 1:
            raise OptionError("--splits above 1 is for a cluster: the local runner reads with one")
        if options.stop == "end" and not options.bootstrap:
            raise OptionError("--stop end reads what a cluster holds: it needs --bootstrap (KAFKA_BOOTSTRAP)")
        if stay is None:
            stay = sys.stdout.isatty() or messages is None
        done = session.run(options, messages, rate=rate, stay=stay, watch=watcher(console), say=console.print)
    except (OptionError, NoInput, *embedded, *stopped, KafkaError, OSError, ValueError, LookupError) as error:
        raise click.ClickException(str(error)) from error
    summary(Console(highlight=False, width=None if sys.stdout.isatty() else 120), done)


def _files(paths: tuple[Path, ...]) -> Iterator[tuple[bytes, bytes, tuple[tuple[str, bytes], ...]]]:
    for one in payloads(paths):
        yield one.value, agency_of(one.value, one.headers, None), one.headers


def _sample() -> Iterator[tuple[bytes, bytes, tuple[tuple[str, bytes], ...]]]:
    from writethru.local.day import messages

    for one in messages():
        yield one.value, one.key, one.headers
