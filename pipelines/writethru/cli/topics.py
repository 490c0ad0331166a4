"""`writethru topics create | list`."""

from __future__ import annotations

import click
from kafka.errors import KafkaError

from writethru.cli.flags import flags, options_of
from writethru.kafka_connection import KafkaConnection, KafkaUnavailable, admin_client
from writethru.options import OptionError
from writethru.topics import create_topics, wire_topics


@click.group("topics")
def command() -> None:
    """Create and list the topics."""


@command.command("create")
@flags("Kafka", "Topics")
@click.pass_context
def create(context: click.Context, /, **_: object) -> None:
    """Create the input and output topics with the settings they need; what exists is left as it is."""
    try:
        options = options_of(context)
        topics = wire_topics(options)
        created = create_topics(KafkaConnection.from_options(options), topics)
    except (OptionError, ValueError, KafkaUnavailable, KafkaError) as error:
        raise click.ClickException(str(error)) from error
    for topic in topics:
        click.echo(f"{'created' if topic.name in created else 'exists '}  {topic.name}")


@command.command("list")
@flags("Kafka")
@click.pass_context
def show(context: click.Context, /, **_: object) -> None:
    """List the topics of the cluster."""
    try:
        with admin_client(KafkaConnection.from_options(options_of(context)), "listing topics") as admin:
            names = sorted(admin.list_topics())
    except (OptionError, ValueError, KafkaUnavailable, KafkaError) as error:
        raise click.ClickException(str(error)) from error
    for name in names:
        click.echo(name)
