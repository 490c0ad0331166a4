"""`writethru produce PATH…`: files into the input topic."""

from __future__ import annotations

from pathlib import Path

import click
from kafka.errors import KafkaError

from writethru.cli.flags import RATE, flags, options_of
from writethru.kafka_connection import KafkaConnection, KafkaUnavailable
from writethru.local.player import agency_of, play
from writethru.options import OptionError
from writethru.sources.files import NoInput, payloads


@click.command("produce")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…")
@click.option("--agency", envvar="WRITETHRU_AGENCY", show_envvar=True, help="The agency, where the payload does not say it")
@click.option(
    "--rate",
    type=RATE,
    envvar="WRITETHRU_RATE",
    show_envvar=True,
    help="At most this many payloads a second",
)
@flags("Kafka", "Topics")
@click.pass_context
def command(context: click.Context, /, paths: tuple[Path, ...], agency: str | None, rate: float | None, **_: object) -> None:
    """Play files into the input topic, with headers, keyed by agency.

    A directory is one payload a file, in the order of the names; .jsonl, .ndjson (also .gz) are one payload a line.
    """
    try:
        options = options_of(context)
        named = (("agency", agency.encode()),) if agency else ()
        messages = ((one.value, agency_of(one.value, one.headers, agency), (*one.headers, *named)) for one in payloads(paths))
        played = play(KafkaConnection.from_options(options), options.topic_raw[0], messages, rate=rate)
    except (OptionError, ValueError, NoInput, OSError, LookupError, KafkaUnavailable, KafkaError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{played.count} payloads in {options.topic_raw[0]}")
