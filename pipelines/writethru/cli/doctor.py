"""`writethru doctor`: what is missing on this machine, and how to get it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import click

from writethru.cli.flags import flags, options_of
from writethru.kafka_connection import KafkaConnection, KafkaUnavailable, admin_client
from writethru.local import jars
from writethru.local.java import NoJava, find_java
from writethru.options import OptionError, Options

Check = tuple[bool, str, str]


@click.command("doctor")
@flags("Kafka", "Sinks")
@click.pass_context
def command(context: click.Context, /, **_: object) -> None:
    """Say what is missing on this machine and how to get it. Exit status 1 where something needed is missing."""
    try:
        options = options_of(context)
    except OptionError as error:
        raise click.ClickException(str(error)) from error
    healthy = True
    for good, what, remedy in checks(options):
        healthy &= good
        click.echo(f"{'ok      ' if good else 'MISSING '} {what}" + ("" if good else f"\n         {remedy}"))
    context.exit(0 if healthy else 1)


def checks(options: Options) -> Iterator[Check]:
    """(good, what was looked at, what to do) one after another."""
    yield sys.version_info >= (3, 10), f"Python {platform.python_version()}", "install Python 3.10 or newer"
    for module, reason in (
        ("crc32c", "Kafka checksums in C: without it 1,600 records/s"),
        ("lz4", "lz4 topics"),
        ("apache_beam", "the engine"),
    ):
        yield find_spec(module) is not None, f"{module} ({reason})", "make .venv/run.stamp"
    if options.bootstrap:
        yield _cluster(options)
    else:
        yield _found("a Java 17 or newer for the embedded broker", lambda: str(find_java()), NoJava)
        held = [jar for jar in jars.cache_directory().glob("*.jar")]
        yield (
            True,
            f"{len(held)} of {len(jars.JARS)} broker jars in {jars.cache_directory()} (what is missing is fetched at the first run)",
            "",
        )
    if options.sql_url.startswith("postgresql"):
        yield find_spec("psycopg") is not None, "psycopg", "pip install '.[postgresql]'"
    out = Path(options.out).resolve()
    place = next(folder for folder in (out, *out.parents) if folder.exists())
    free = shutil.disk_usage(place).free
    yield free > 1 << 30, f"{free / (1 << 30):.0f} GiB free for {out}", "free at least 1 GiB, or choose another --out"


def _cluster(options: Options) -> Check:
    what = f"Kafka at {options.bootstrap}"
    try:
        with admin_client(KafkaConnection.from_options(options), "a metadata request") as admin:
            names = set(admin.list_topics())
    except (KafkaUnavailable, ValueError) as error:
        return False, what, str(error)
    missing = [name for name in (*options.topic_raw, options.topic_articles) if name not in names]
    return not missing, f"{what}, {len(names)} topics", f"no topic {', '.join(missing)}: writethru topics create"


def _found(what: str, find: Callable[[], str], missing: type[Exception]) -> Check:
    try:
        return True, f"{what}: {find()}", ""
    except missing as error:
        return False, what, str(error)
