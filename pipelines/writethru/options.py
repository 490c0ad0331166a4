"""Every option, once: flag, environment variable, default, help. The command line, the README table and the templates come from here."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_type_hints

from writethru.records import Feed, millis


class OptionError(ValueError):
    """An option's value cannot be used; the message names the option and what it takes."""


def option(
    default: Any,
    help_: str,
    *,
    group: str,
    env: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
    secret: bool = False,
    metavar: str | None = None,
) -> Any:
    meta = {"help": help_, "group": group, "env": env, "choices": choices, "secret": secret, "metavar": metavar}
    return field(default=default, metadata=meta, repr=not secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """All settings of a job. A field `topic_raw` is the flag `--topic-raw` and the variable `WRITETHRU_TOPIC_RAW`; tuples take the flag
    several times, the variable as a comma list. Passwords never show in `repr`."""

    bootstrap: str = option("", "Kafka brokers, host:port,…", group="Kafka", env=("KAFKA_BOOTSTRAP",), metavar="HOST:PORT")
    group: str = option("writethru", "Consumer group that carries the committed offsets", group="Kafka")
    security_protocol: str = option(
        "PLAINTEXT", "How to talk to the brokers", group="Kafka", choices=("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL")
    )
    sasl_mechanism: str = option("", "PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, …", group="Kafka", metavar="NAME")
    sasl_username: str = option("", "SASL user", group="Kafka", metavar="USER")
    sasl_password: str = option("", "SASL password (better given by the environment)", group="Kafka", secret=True, metavar="PASSWORD")
    ssl_cafile: str = option("", "Certificate authority of the brokers", group="Kafka", metavar="FILE")
    ssl_certfile: str = option("", "Client certificate", group="Kafka", metavar="FILE")
    ssl_keyfile: str = option("", "Client key", group="Kafka", metavar="FILE")
    ssl_password: str = option("", "Password of the client key", group="Kafka", secret=True, metavar="PASSWORD")

    topic_raw: tuple[str, ...] = option(("wire.raw",), "Input topic (several allowed)", group="Topics", metavar="TOPIC")
    topic_articles: str = option("wire.articles", "Enriched articles", group="Topics", metavar="TOPIC")
    topic_stories: str = option("wire.stories", "Version chains", group="Topics", metavar="TOPIC")
    topic_threads: str = option("wire.threads", "Event threads", group="Topics", metavar="TOPIC")
    topic_dead: str = option("wire.dead", "Dead letters: the original bytes", group="Topics", metavar="TOPIC")
    partitions: int = option(4, "Partitions of the topics that are created", group="Topics", metavar="N")
    feed: tuple[str, ...] = option((), "What a topic carries: TOPIC=agency[,format][,zone]", group="Topics", metavar="FEED")

    start: str = option(
        "group",
        "Where to start: group (its offsets; where it has none the earliest), latest (its offsets; where it has none the end), earliest,"
        " or a time (RFC 3339 or ms)",
        group="Source",
        metavar="WHERE",
    )
    stop: str = option("never", "When to end: never, or at the end seen at start", group="Source", choices=("never", "end"))
    splits: int = option(1, "Shards of the source; fixed for a job's life; 1 on the local runner", group="Source", metavar="N")
    batch_records: int = option(500, "Most records of a batch", group="Source", metavar="N")
    batch_bytes: int = option(4_000_000, "Most bytes of a batch", group="Source", metavar="BYTES")
    bundle_batches: int = option(
        20, "Most batches a shard reads in one go under a backlog: a checkpoint waits for them", group="Source", metavar="N"
    )
    poll_wait: float = option(
        0.5, "Longest wait of a poll that finds nothing; shards that share a worker wait in turn", group="Source", metavar="SECONDS"
    )
    poll_linger: float = option(
        0.0,
        "How long the broker gathers records before it sends them: larger batches cost less",
        group="Source",
        metavar="SECONDS",
    )
    max_payload_bytes: int = option(8_000_000, "A larger payload is a dead letter (too_large)", group="Limits", metavar="BYTES")

    embedding: str = option(
        "", "Folder of a sentence model (ONNX) that has a say in which event a text tells; none is needed", group="Threads", metavar="DIR"
    )

    sinks: tuple[str, ...] = option(
        ("kafka", "sql", "files"), "Where results go", group="Sinks", choices=("kafka", "sql", "files", "bigquery")
    )
    out: str = option("out", "Directory of files, SQLite database and local state", group="Sinks", env=("OUT",), metavar="DIR")
    sql_url: str = option("", "SQLAlchemy URL; default: SQLite at OUT/wire.db", group="Sinks", secret=True, metavar="URL")
    bigquery_dataset: str = option("", "Dataset whose tables deploy/bigquery/schema.sql made", group="Sinks", metavar="PROJECT.DATASET")
    embargo: str = option("mark", "Embargoed articles: emit marked (hold is not built yet)", group="Sinks", choices=("mark", "hold"))
    dead_ratio: float = option(0.5, "Stop when more than this share of the last 1,000 messages was bad", group="Sinks", metavar="SHARE")
    dead_run: int = option(500, "Stop after this many bad messages in a row", group="Sinks", metavar="N")

    http_host: str = option("127.0.0.1", "Address of the live page and /metrics", group="Operations", metavar="HOST")
    http_port: int = option(
        0, "Port of the live page and /metrics; 0: 9464, or another one where that is taken", group="Operations", metavar="PORT"
    )
    runner: str = option("local", "Beam runner", group="Operations", choices=("local", "DirectRunner", "FnApiRunner"))
    log_level: str = option("WARNING", "Log level", group="Operations", choices=("DEBUG", "INFO", "WARNING", "ERROR"))

    def __post_init__(self) -> None:
        for spec in fields(self):
            choices = spec.metadata["choices"]
            value = getattr(self, spec.name)
            for one in value if isinstance(value, tuple) else (value,):
                if choices and one not in choices:
                    raise OptionError(f"{flag(spec.name)}: {one!r} is not one of {', '.join(choices)}")
        if self.embargo == "hold":
            raise OptionError("--embargo hold: held bodies are not built yet; use --embargo mark, which emits with embargoedUntil")
        for name in ("splits", "partitions", "batch_records", "batch_bytes", "bundle_batches", "max_payload_bytes", "dead_run"):
            if getattr(self, name) < 1:
                raise OptionError(f"{flag(name)} takes a number above 0, not {getattr(self, name)}")
        for name in ("poll_wait", "poll_linger"):
            if not 0 <= getattr(self, name) <= 5:
                raise OptionError(f"{flag(name)} takes 0 to 5 seconds, not {getattr(self, name)}")
        if not 0 < self.dead_ratio <= 1:
            raise OptionError(f"--dead-ratio takes a share above 0 and at most 1, not {self.dead_ratio}")
        if not 0 <= self.http_port <= 65535:
            raise OptionError(f"--http-port takes a port from 0 to 65535, not {self.http_port}")
        if not self.sinks or len(set(self.sinks)) != len(self.sinks):
            raise OptionError(f"--sinks takes each sink once, and at least one, not {','.join(self.sinks) or 'none'}")
        if ("bigquery" in self.sinks or self.bigquery_dataset) and not all(self.bigquery_dataset.rpartition(".")[::2]):
            raise OptionError(f"--bigquery-dataset takes PROJECT.DATASET, not {self.bigquery_dataset or 'nothing'}")
        self.feeds()
        self.position()

    def position(self) -> Literal["group", "earliest", "latest"] | int:
        """`--start` read: one of the words, or a time in ms. Raises OptionError."""
        if self.start in ("group", "earliest", "latest"):
            return self.start  # type: ignore[return-value]
        try:
            return int(self.start) if self.start.isdigit() else millis(self.start)
        except ValueError as error:
            raise OptionError(f"--start {self.start}: expected group, earliest, latest, or a time such as 2026-03-17T08:00:00Z") from error

    def feeds(self) -> dict[str, Feed]:
        """`--feed` by topic. Raises OptionError where one cannot be read."""
        found = {}
        for text in self.feed:
            topic, eq, rest = text.partition("=")
            parts = [part.strip() or None for part in rest.split(",")]
            if not eq or not topic.strip() or len(parts) > 3:
                raise OptionError(f"--feed {text}: expected TOPIC=agency[,format][,zone]")
            parts += [None] * (3 - len(parts))
            found[topic.strip()] = Feed(topic.strip(), *parts)
        return found

    @property
    def database_url(self) -> str:
        return self.sql_url or f"sqlite:///{Path(self.out).resolve() / 'wire.db'}"

    @property
    def state_path(self) -> Path:
        return Path(self.out) / "state.db"


def flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def variables(name: str, extra: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The environment variables of an option, the first that is set wins."""
    return (f"WRITETHRU_{name.upper()}", *extra)


def convert(kind: Any, text: str) -> Any:
    if kind in (int, float):
        return kind(text)
    if kind is str:
        return text
    return listed(text)


def listed(text: str) -> tuple[str, ...]:
    """`a,b` -> ("a", "b"). A part without `=` after one that has it belongs to it: `x=reuters,,Asia/Seoul,y=ap` are two feeds."""
    found: list[str] = []
    for part in map(str.strip, text.split(",")):
        if found and "=" in found[-1] and "=" not in part:
            found[-1] += f",{part}"
        elif part:
            found.append(part)
    return tuple(found)


def environment_of(options: Options) -> dict[str, str]:
    """The variables from which `from_environment` makes these options; what is a default or cannot be said (an empty value) is left out."""
    found = {}
    for spec in fields(options):
        value = getattr(options, spec.name)
        if value != spec.default and value not in ("", ()):
            found[variables(spec.name)[0]] = ",".join(value) if isinstance(value, tuple) else str(value)
    return found


def from_environment(environ: Mapping[str, str] = os.environ, **given: Any) -> Options:
    """Options from the environment, overruled by `given`. Raises OptionError."""
    kinds = get_type_hints(Options)
    values: dict[str, Any] = {}
    for spec in fields(Options):
        if spec.name in given:
            values[spec.name] = given[spec.name]
            continue
        for variable in variables(spec.name, spec.metadata["env"]):
            if environ.get(variable):
                try:
                    values[spec.name] = convert(kinds[spec.name], environ[variable])
                except ValueError as error:
                    raise OptionError(f"{variable}={environ[variable]}: {error}") from error
                break
    return Options(**values)
