"""`writethru normalise FILE…|-`: what the pipeline would read in these payloads, without Kafka."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

import click
import orjson
from rich.console import Console

from writethru import __version__, formats
from writethru.cli.explain import show
from writethru.cli.flags import flags, options_of
from writethru.codec import article_json, dead_json
from writethru.deadletters import dead_letter
from writethru.formats import Limits
from writethru.options import OptionError
from writethru.records import Feed, NotAnArticle, ParseError, RawMessage, Step
from writethru.sources.files import NoInput, Payload, payloads, piped
from writethru.wire import normalise
from writethru.wire.agencies import table
from writethru.wire.times import rfc3339

PIPELINE = f"writethru/{__version__}"


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
    feed = Feed("file", agency, None, zone)
    limits = Limits(payload=options.max_payload_bytes, unpacked=options.max_payload_bytes)
    asked = formats.only(format_) if format_ != "auto" else formats.EVERY
    console = Console(highlight=False)
    bad = False
    try:
        for number, payload in enumerate(_read(files)):
            now = datetime.now(timezone.utc)
            message = RawMessage(payload.value, payload.place, 0, number, int(now.timestamp() * 1000), headers=payload.headers)
            try:
                decoded = formats.decode(message, feed, limits, asked)
                items, ids, sha256 = decoded.items, decoded.ids, decoded.sha256
            except NotAnArticle as other:
                click.echo(f"{payload.place}: skipped: {other}", err=True)
                continue
            except ParseError as error:
                bad = True
                _refuse(message, "decode", error, None)
                continue
            for index, (item, id_) in enumerate(zip(items, ids, strict=True)):
                if isinstance(item, NotAnArticle):
                    click.echo(f"{payload.place}: item {index} skipped: {item}", err=True)
                    continue
                if isinstance(item, ParseError):
                    bad = True
                    _refuse(message, "decode", item, index)
                    continue
                try:
                    article = normalise(item, message, article_id=id_, sha256=sha256, received=rfc3339(now), pipeline=PIPELINE, feed=feed)
                except ParseError as error:
                    bad = True
                    _refuse(message, "normalise", error, index)
                else:
                    line = article_json(article)
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


def _refuse(message: RawMessage, step: Step, error: ParseError, index: int | None) -> None:
    sys.stderr.buffer.write(dead_json(dead_letter(message, step, error, PIPELINE, index=index)) + b"\n")
    sys.stderr.buffer.flush()
