"""The template's launcher: its parameters and Dataflow's own flags in, a submitted job out. It does not wait for the job's end."""

from __future__ import annotations

import argparse
import ipaddress
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, get_type_hints

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions, TestOptions

from writethru import presets
from writethru.kafka_connection import KafkaConnection
from writethru.options import OptionError, Options, convert
from writethru.worker import OPTION, SECRET_VERSION, is_file, packed, revealed

IMAGE = "WRITETHRU_IMAGE"
"""Set in the image: its own name, so that launcher and workers cannot differ."""

DEFAULTS = {"sinks": ("kafka",)}
"""Where another default than that of `options.py` is needed."""

REFUSED = {
    "partitions": "a job creates no topics: run `writethru topics create` once",
    "stop": "a streaming job has no end: drain it (gcloud dataflow jobs drain)",
    "embedding": "the image has neither ONNX Runtime nor a model: build one that has both and sets WRITETHRU_EMBEDDING",
    "out": "a worker's directory goes with the worker: write to Kafka, a database server or BigQuery",
    "http_host": "a worker serves no page: its counters are in Cloud Monitoring",
    "http_port": "a worker serves no page: its counters are in Cloud Monitoring",
}
"""Options of a local run that mean nothing here, and what to do instead."""


def parse(arguments: Sequence[str]) -> tuple[Options, list[str]]:
    """Our options, and the flags that are Beam's. An empty value counts as not given. Raises OptionError."""
    parser = argparse.ArgumentParser(allow_abbrev=False, add_help=False, exit_on_error=False, argument_default=argparse.SUPPRESS)
    kinds = get_type_hints(Options)
    for spec in fields(Options):
        if spec.name != "runner":  # Beam's own flag
            parser.add_argument(f"--{spec.name}")
    try:
        read, rest = parser.parse_known_args(arguments)
    except argparse.ArgumentError as error:
        raise OptionError(f"{error.argument_name}: {error.message}: give it as NAME=VALUE") from error
    given: dict[str, Any] = dict(DEFAULTS)
    for name, text in vars(read).items():
        if not text:
            continue
        if name in REFUSED:
            raise OptionError(f"--{name}: {REFUSED[name]}")
        try:
            given[name] = convert(kinds[name], text)
        except ValueError as error:
            raise OptionError(f"--{name}={text}: {error}") from error
    return Options(**given), rest


def check(options: Options) -> None:
    """Raises OptionError on what Dataflow's workers could not use, before anything is asked for."""
    if not options.bootstrap:
        raise OptionError("--bootstrap: name the brokers as the workers reach them; there is no embedded broker on Dataflow")
    for address in KafkaConnection.from_options(options).addresses:
        if _is_local(address.rpartition(":")[0]):
            raise OptionError(f"--bootstrap: {address} would be the worker itself: name the brokers as the workers reach them")
    if "files" in options.sinks:
        raise OptionError("--sinks=files: files go with the worker that wrote them: choose kafka, sql (a server) or bigquery")
    if "sql" in options.sinks and not options.sql_url:
        raise OptionError("--sinks=sql needs --sql_url: without it every worker would write a SQLite file of its own")
    for spec in fields(options):
        path = getattr(options, spec.name)
        if is_file(spec) and path and not path.startswith("/") and not SECRET_VERSION.fullmatch(path):
            raise OptionError(
                f"--{spec.name}={path}: give projects/PROJECT/secrets/NAME/versions/VERSION, or the absolute path of a file in the image"
            )


def launch(arguments: Sequence[str], environ: Mapping[str, str] = os.environ) -> Any:
    """Builds the graph and hands it to Dataflow; with `--dry_run=True` nothing is asked or sent. Returns Beam's result.

    Raises OptionError on what cannot work; KafkaUnavailable or TopicMissing where the brokers, asked from here, say so.
    """
    options, flags = parse(arguments)
    check(options)
    given = PipelineOptions(flags)
    image = given.get_all_options()["sdk_container_image"] or environ.get(IMAGE)
    if not image:
        raise OptionError("--sdk_container_image: name the image of deploy/dataflow; Beam's own has no writethru in it")
    runner = given.view_as(StandardOptions).runner or "DataflowRunner"
    if runner != "DataflowRunner":
        raise OptionError(f"--runner={runner}: this launcher is Dataflow's; `writethru run` runs locally")
    dry = given.view_as(TestOptions).dry_run
    told = presets.dataflow(options) | _said(given) | {"runner": runner, "sdk_container_image": image, OPTION: packed(options)}
    pipeline = beam.Pipeline(options=PipelineOptions(flags, **told))
    known = options if dry else revealed(options)
    if known.sql_url.startswith("sqlite"):
        raise OptionError("--sql_url: the secret names SQLite, a file of one worker: name a database server")
    # Imported here, after the refusals: it takes as long as all of the rest.
    from writethru.pipeline import build

    build(pipeline, known, probe=not dry)
    return pipeline.run()


def _said(given: PipelineOptions) -> dict[str, Any]:
    """What was given of Beam's flags. The number of workers is one choice: with one of its two flags given, the preset gives neither."""
    said: dict[str, Any] = given.get_all_options(drop_default=True)
    if said.keys() & {"num_workers", "max_num_workers"}:
        said = {"num_workers": None, "max_num_workers": None} | said
    return said


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def main() -> None:
    try:
        launch(sys.argv[1:])
    except (OptionError, ValueError, OSError, LookupError) as error:
        sys.exit(f"writethru: {error}")
