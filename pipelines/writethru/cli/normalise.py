"""`writethru normalise FILE…|-`: what the pipeline would read in these payloads, without Kafka."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click
import orjson
from rich.console import Console

from writethru import formats
from writethru.cli.explain import show
from writethru.cli.flags import flags, options_of
from writethru.codec import article_json, dead_json
from writethru.deadletters import dead_letter
from writethru.formats import Limits
from writethru.options import OptionError
from writethru.reader import PIPELINE, Unread, read
from writethru.records import NotAnArticle
from writethru.sources.files import NoInput, Payload, payloads, piped
from writethru.wire.agencies import table


@click.command("normalise")
@click.argument("files", nargs=-1, required=True, metavar="FILE…|-")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["auto", *formats.names()]),
    default="auto",
    envvar="WRITETHRU_FORMAT",
    show_envvar=True,
    show_default=True,
    help="Read as this format alone, instead of telling it by the content",
)
@click.option(
    "--explain",
    is_flag=True,
    envvar="WRITETHRU_EXPLAIN",
    show_envvar=True,
    help="Print what was read and the text it rests on as tables, instead of JSON",
)
@click.option("--agency", envvar="WRITETHRU_AGENCY", show_envvar=True, help="The agency, where the payload does not say it")
@click.option("--zone", envvar="WRITETHRU_ZONE", show_envvar=True, help="Time zone of times without one, e.g. Asia/Seoul")
@flags("Limits")
@click.pass_context
def command(
    context: click.Context, /, files: tuple[str, ...], format_: str, explain: bool, agency: str | None, zone: str | None, **_: object
) -> None:
    """Read wire payloads (files, directories, JSON Lines; - is standard input: a payload, or JSON Lines) and print one enriched record per
    item as a JSON line.

    What cannot be read goes to standard error as a dead letter, one JSON line each; the exit status is then 1.
    """
    try:
        options = options_of(context)
    except OptionError as error:
        raise click.ClickException(str(error)) from error
    if agency and table().named(agency) is None:
        known = ", ".join(sorted(table().by_id))
        raise click.BadParameter(f"{agency!r} is no agency of the table. Known are {known}", context, param_hint="--agency")
    limits = Limits(payload=options.max_payload_bytes, unpacked=options.max_payload_bytes)
    asked = formats.only(format_) if format_ != "auto" else formats.EVERY
    console = Console(highlight=False)
    bad = False
    try:
        for number, payload in enumerate(_read(files)):
            for found in read(
                payload.value,
                agency=agency,
                zone=zone,
                place=payload.place,
                number=number,
                headers=payload.headers,
                limits=limits,
                asked=asked,
            ):
                if isinstance(found, Unread):
                    bad |= _unread(found, payload.place)
                    continue
                line = article_json(found)
                if explain:
                    show(console, orjson.loads(line))
                else:
                    sys.stdout.buffer.write(line + b"\n")
    except BrokenPipeError:
        sys.stderr.close()  # whoever read our output has seen enough
        context.exit(0)
    except (NoInput, OSError) as error:
        raise click.ClickException(str(error)) from error
    sys.stdout.buffer.flush()
    context.exit(1 if bad else 0)


def _read(files: tuple[str, ...]) -> Iterator[Payload]:
    for file in files:
        if file == "-":
            yield from piped(sys.stdin.buffer.read())
        else:
            yield from payloads([Path(file)])


def _unread(unread: Unread, place: str) -> bool:
    """Says what became no article. Returns whether that is a fault of the payload."""
    if isinstance(unread.error, NotAnArticle):
        item = "" if unread.index is None else f"item {unread.index} "
        click.echo(f"{place}: {item}skipped: {unread.error}", err=True)
        return False
    letter = dead_letter(unread.message, unread.step, unread.error, PIPELINE, index=unread.index)
    sys.stderr.buffer.write(dead_json(letter) + b"\n")
    sys.stderr.buffer.flush()
    return True
