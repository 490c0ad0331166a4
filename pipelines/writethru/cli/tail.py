"""`writethru tail`: the article topic as a person would want to read it."""

from __future__ import annotations

import time

import click
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError
from rich.console import Console
from rich.markup import escape

from writethru.cli.flags import flags, options_of
from writethru.codec import SchemaError, article_from_json
from writethru.kafka_connection import KafkaConnection, KafkaUnavailable
from writethru.options import OptionError
from writethru.records import Article, millis

STYLES = {"kill": "bold white on red", "withhold": "red", "correction": "yellow", "alert": "bold magenta", "update": "cyan", "new": "green"}


@click.command("tail")
@click.option(
    "-n",
    "--lines",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    envvar="WRITETHRU_LINES",
    show_envvar=True,
    help="Show this many of the newest first",
)
@click.option("-f/-F", "--follow/--no-follow", default=True, envvar="WRITETHRU_FOLLOW", show_envvar=True, help="Wait for more, or end")
@click.option("--json", "as_json", is_flag=True, envvar="WRITETHRU_JSON", show_envvar=True, help="Whole records, a JSON line each")
@flags("Kafka", "Topics")
@click.pass_context
def command(context: click.Context, /, lines: int, follow: bool, as_json: bool, **_: object) -> None:
    """Follow the article topic: time, agency, what the wire says is to be done, place in the story, headline."""
    console = Console(highlight=False, soft_wrap=True)
    try:
        options = options_of(context)
        connection = KafkaConnection.from_options(options)
        consumer = _consumer(connection, options.topic_articles)
    except (OptionError, ValueError, KafkaUnavailable) as error:
        raise click.ClickException(str(error)) from error
    try:
        places = consumer.assignment()
        ends = consumer.end_offsets(places)
        starts = consumer.beginning_offsets(places)
        for place in places:
            consumer.seek(place, max(starts[place], ends[place] - lines))
        held: list[Article] = []
        while any(consumer.position(place) < ends[place] for place in places):
            held.extend(_poll(consumer))
        held.sort(key=lambda article: (article.provenance.timestamp, article.provenance.offset))
        for article in held[-lines:] if lines else []:
            _show(console, article, as_json)
        while follow:
            for article in _poll(consumer):
                _show(console, article, as_json)
    except KeyboardInterrupt:
        pass
    except KafkaError as error:
        raise click.ClickException(f"{connection.bootstrap}, topic {options.topic_articles}: {error}") from error
    finally:
        consumer.close()


def _consumer(connection: KafkaConnection, topic: str) -> KafkaConsumer:
    try:
        consumer = KafkaConsumer(**connection.client_options(), enable_auto_commit=False)
        partitions = consumer.partitions_for_topic(topic)
    except KafkaError as error:
        raise KafkaUnavailable(connection, f"topic {topic}", error) from error
    if not partitions:
        consumer.close()
        raise click.ClickException(f"{connection.bootstrap} has no topic {topic}: create it with `writethru topics create`")
    consumer.assign([TopicPartition(topic, partition) for partition in sorted(partitions)])
    return consumer


def _poll(consumer: KafkaConsumer) -> list[Article]:
    found = []
    for records in consumer.poll(timeout_ms=200).values():
        for record in records:
            if record.value is not None:
                try:
                    found.append(article_from_json(record.value))
                except SchemaError as error:
                    raise click.ClickException(f"{record.topic} [{record.partition}] offset {record.offset}: {error}") from error
    return found


def _show(console: Console, article: Article, as_json: bool) -> None:
    if as_json:
        from writethru.codec import article_json

        console.out(article_json(article).decode(), highlight=False)
        return
    stamp = article.time or article.provenance.timestamp
    story, thread, wire = article.story, article.thread, article.wire
    hidden = "embargoed" if wire.embargo and millis(wire.embargo) > time.time() * 1000 else ""
    status = article.article.get("pubStatus", "usable")
    headline = f"[{hidden or status}]" if hidden or status != "usable" else article.headline or article.body[:80] or "(no headline)"
    place = f"{story.position}. of {story.id[:8]}" if story else ""
    relation = f"{thread.relation} in {thread.id[:8]}" if thread else ""
    style = STYLES.get(wire.action, "")
    line = time.strftime("%m-%d %H:%M:%S", time.gmtime(stamp / 1000))
    action = f"[{style}]{wire.action:<13}[/]" if style else f"{wire.action:<13}"
    console.print(f"[dim]{line}[/] {escape(wire.agency):<10} {action} [dim]{place:<15} {relation:<24}[/] {escape(headline)}")
