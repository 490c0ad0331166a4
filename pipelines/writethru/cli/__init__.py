"""The `writethru` command: one module per command, imported only when it is called (Beam alone takes two seconds)."""

from __future__ import annotations

from importlib import import_module

import click

from writethru import __version__

COMMANDS = {
    "run": "Start the pipeline; with no cluster given, on an embedded broker and a sample wire day.",
    "normalise": "Read wire payloads and print one enriched record per item as a JSON line.",
    "produce": "Play files, directories or JSON Lines into the input topic.",
    "tail": "Follow the article topic in a readable form.",
    "explain": "Show why an article was read, chained and threaded as it was.",
    "topics": "Create and list the topics.",
    "plan": "Show what a savepoint remembers of this build, or whether this build can go on from another one's.",
    "flink": "Run the pipeline on Apache Flink: a cluster on this machine, submit, stop, resume.",
    "doctor": "Say what is missing on this machine and how to get it.",
}


class Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command = import_module(f"writethru.cli.{name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"writethru.cli.{name}.command is no click command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="writethru")
def main() -> None:
    """Streaming ingest for news-agency wires: update marks, version chains, event threads.

    Every option has an environment variable: --topic-raw is WRITETHRU_TOPIC_RAW.
    """
