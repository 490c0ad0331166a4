"""Finding a Flink to run: `FLINK_HOME`, or the wheel that PyPI has of it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

# Table API and SQL are three quarters of `lib` and nothing here uses them: without them a JVM is up in half the time.
UNUSED = re.compile(r"flink-(table|sql|cep|csv|scala|python)")
DIST = re.compile(r"flink-dist-(\d+\.\d+\.\d+)\.jar$")


class NoFlink(RuntimeError):
    """No Flink distribution on this machine; the message says how to get one."""


@dataclass(frozen=True, slots=True)
class Distribution:
    """A directory with Flink's `lib` and `plugins`, and the version its jars are of."""

    root: Path
    version: str

    @property
    def class_path(self) -> str:
        return os.pathsep.join(str(jar) for jar in sorted((self.root / "lib").glob("*.jar")) if not UNUSED.match(jar.name))

    @property
    def plugins(self) -> Path:
        return self.root / "plugins"


def find_flink(environ: Mapping[str, str] = os.environ) -> Distribution:
    """The distribution in `FLINK_HOME`, else the one of the installed wheel. Raises `NoFlink`."""
    if home := environ.get("FLINK_HOME"):
        return _at(Path(home), "FLINK_HOME")
    spec = find_spec("pyflink")
    if spec is not None and spec.submodule_search_locations:
        return _at(Path(next(iter(spec.submodule_search_locations))), "the installed apache-flink-libraries")
    raise NoFlink("no Flink on this machine: pip install '.[flink]' brings one in a wheel, or set FLINK_HOME to a distribution")


def _at(root: Path, origin: str) -> Distribution:
    for jar in (root / "lib").glob("flink-dist-*.jar"):
        if match := DIST.search(jar.name):
            return Distribution(root, match[1])
    raise NoFlink(f"{origin} is {root}, which holds no lib/flink-dist-*.jar: set FLINK_HOME to a Flink distribution")
