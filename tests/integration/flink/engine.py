"""Which Flink these tests run on, and how it comes to this machine.

Users run Flink 2.2 with Beam's own 2.77 job server. Where Maven Central has that jar, so do the tests. Where it has not (some mirrors), a
stand-in is merged from Beam's artifacts for Flink 1.19 (`stand_in.txt`: 2.70's runner, the newest job service beside it), and
Flink 1.19.3 is run. `engine()` probes, fetches, and says which it is; `python -m tests.integration.flink.engine` does so before the tests.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from writethru.flink.job_server import NoJobServer, jar
from writethru.local import jars

STAND_IN = Path(__file__).parent / "stand_in.txt"
WHEELS = {
    "2.2.1": "74dc5546fbd9add8fbcdf1222a237e09491f9b80296241aef8676ec56f8e686e",
    "1.19.3": "4a58e3a1fb7d83340bc96b6c080624c6d792d69fae5d294b96224775204a9c60",
}
"""PyPI's `apache-flink-libraries`: version -> sha256 of the wheel, or of the source archive where there is no wheel."""


@dataclass(frozen=True, slots=True)
class Engine:
    """`home` is a Flink distribution, `job_server` the jar for it; `told` says what they are."""

    home: Path
    job_server: Path
    told: str


@cache
def engine() -> Engine:
    try:
        own = jar("2.2", None)
    except NoJobServer as error:
        return Engine(
            distribution("1.19.3"),
            stand_in(),
            "Flink 1.19.3 with a stand-in of Beam's job server (flink-1.19 runner 2.70.0, job service 2.65.0), because here one"
            f" {str(error).split(': Unable')[0]}",
        )
    return Engine(distribution("2.2.1"), own, f"Flink 2.2.1 with Beam's own job server ({own.name})")


def distribution(version: str) -> Path:
    """The distribution in PyPI's package, installed in the cache."""
    home = jars.cache_directory().parent / f"flink-{version}"
    if not (home / "pyflink" / "lib").is_dir():
        home.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home.parent) as room:
            wanted = Path(room) / "wanted.txt"
            wanted.write_text(f"apache-flink-libraries=={version} --hash=sha256:{WHEELS[version]}\n")
            uv = os.environ.get("UV") or shutil.which("uv") or str(Path(__file__).parents[3] / ".uv" / "bin" / "uv")
            command = [uv, "pip", "install", "-q", "--python", sys.executable, "--target", f"{room}/home", "--no-deps"]
            subprocess.run([*command, "--require-hashes", "-r", str(wanted)], check=True)
            os.replace(f"{room}/home", home)
    return home / "pyflink"


def stand_in() -> Path:
    """The merged jar, made once and kept in the cache under the digest of its list."""
    digest = hashlib.sha256(STAND_IN.read_bytes()).hexdigest()[:12]
    path = jars.cache_directory().parent / f"flink-job-server-stand-in-{digest}.jar"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        pinned = dict(line.split() for line in STAND_IN.read_text().splitlines())
        with tempfile.TemporaryDirectory(dir=path.parent) as room:
            merged = Path(room) / "merged.jar"
            # Beam's first: of two files with one name the first stays.
            merge(
                sorted(jars.fetch(Path(room) / "jars", jars=pinned), key=lambda one: (not one.name.startswith("beam-"), one.name)), merged
            )
            merged.replace(path)
    return path


def merge(parts: Iterable[Path], merged: Path) -> None:
    """One jar of many: service files joined, signatures dropped, the job server's main class named."""
    services: dict[str, list[str]] = {}
    seen: set[str] = set()
    with zipfile.ZipFile(merged, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as out:
        for part in parts:
            with zipfile.ZipFile(part) as jar_file:
                for entry in jar_file.infolist():
                    name = entry.filename
                    if name.startswith("META-INF/services/"):
                        services.setdefault(name, []).append(jar_file.read(entry).decode())
                    elif not (entry.is_dir() or name in seen or _dropped(name)):
                        seen.add(name)
                        out.writestr(name, jar_file.read(entry))
        for name, texts in services.items():
            out.writestr(name, "\n".join(texts))
        out.writestr("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nMain-Class: org.apache.beam.runners.flink.FlinkJobServerDriver\n\n")


def _dropped(name: str) -> bool:
    signature = name.startswith("META-INF/") and name.endswith((".SF", ".DSA", ".RSA"))
    return signature or name in ("META-INF/MANIFEST.MF", "module-info.class")


if __name__ == "__main__":
    print(engine().told)
