"""Where a worker that nobody configured finds its options: in its environment, else in the pipeline option that the launcher sent.

On Flink and Kubernetes a worker has an environment of ours; on Dataflow it has none. There what is no secret travels as one pipeline
option, shown with the job; a secret travels as the name of a version in Google Secret Manager and is fetched where it is used. Neither
stands in the graph, so an updated or resumed job takes what it is given then.
"""

from __future__ import annotations

import atexit
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import Field, fields, replace
from functools import lru_cache
from typing import Any

import orjson
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.options.value_provider import RuntimeValueProvider
from apache_beam.utils.secret import GcpSecret

from writethru.options import OptionError, Options, flag, from_environment, variables

OPTION = "writethru_options"
SECRET_VERSION = re.compile(r"projects/[^/]+/secrets/[A-Za-z0-9_-]+/versions/[A-Za-z0-9_-]+")
_VARIABLES = tuple(name for spec in fields(Options) for name in variables(spec.name, spec.metadata["env"]))


class SentOptions(PipelineOptions):  # type: ignore[misc]
    """Makes the pipeline option known to Beam where a job is launched. A worker reads it as it came."""

    @classmethod
    def _add_argparse_args(cls, parser: Any) -> None:
        parser.add_argument(f"--{OPTION}", default=None, help="Options of the job as JSON, made by its launcher; no secrets")


def options(environ: Mapping[str, str] = os.environ) -> Options:
    """The options of this process: of each the environment's value, else the one sent, else the default.

    Raises OptionError where a value cannot be used, a secret cannot be fetched, or another build sent an option that is unknown here.
    """
    said = tuple((name, environ[name]) for name in _VARIABLES if environ.get(name))
    return _read(RuntimeValueProvider.get_value(OPTION, str, "{}"), said)


@lru_cache(maxsize=8)
def _read(sent: str, said: tuple[tuple[str, str], ...]) -> Options:
    """Once a process: every bundle of the source asks, and a secret is a request."""
    environ, specs = dict(said), {spec.name: spec for spec in fields(Options)}
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in orjson.loads(sent).items()}
    if unknown := sorted(given.keys() - specs):
        raise OptionError(f"the launcher sent {', '.join(unknown)}, unknown to this worker: launch and work with one image")
    for name in list(given):
        if not environ.keys().isdisjoint(variables(name, specs[name].metadata["env"])):
            del given[name]
    return revealed(from_environment(environ, **given))


def packed(options: Options) -> str:
    """The options as they are sent: JSON of what differs from the defaults. A string, because Beam keeps pipeline options in a message
    that makes every number a float. Raises OptionError where a secret stands in them by value."""
    sent = {}
    for spec in fields(options):
        value = getattr(options, spec.name)
        if value == spec.default:
            continue
        if spec.metadata["secret"] and not SECRET_VERSION.fullmatch(value):
            raise OptionError(
                f"{flag(spec.name)} would be shown with the job: store the value in Secret Manager"
                " and give its name, projects/PROJECT/secrets/NAME/versions/VERSION"
            )
        sent[spec.name] = value
    return orjson.dumps(sent).decode()


def revealed(options: Options) -> Options:
    """With what Secret Manager holds in place of its names: secrets as text, files (`--ssl-*file`) as the path of a copy that only this
    user can read. Raises OptionError where it cannot be fetched."""
    found: dict[str, Any] = {}
    for spec in fields(options):
        value = getattr(options, spec.name)
        if (spec.metadata["secret"] or is_file(spec)) and SECRET_VERSION.fullmatch(value):
            try:
                found[spec.name] = _file(value) if is_file(spec) else _secret(value).decode().rstrip("\r\n")
            except RuntimeError as error:
                rights = "the job's service account needs roles/secretmanager.secretAccessor"
                raise OptionError(f"{flag(spec.name)}: {error}; {rights}") from error
    return replace(options, **found) if found else options


def is_file(spec: Field[Any]) -> bool:
    return bool(spec.metadata["metavar"] == "FILE")


def _secret(version: str) -> bytes:
    """Raises RuntimeError."""
    value: bytes = GcpSecret(version).get_bytes()
    return value


def _file(version: str) -> str:
    handle, path = tempfile.mkstemp(prefix="writethru-")
    atexit.register(os.unlink, path)
    with os.fdopen(handle, "wb") as file:
        file.write(_secret(version))
    return path
