"""Where a job can go on from: its savepoints and retained checkpoints."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from writethru.flink.rest import SAVEPOINTS, Rest

DIRECTORIES = {"savepoint": SAVEPOINTS, "checkpoint": ("execution.checkpointing.dir", "state.checkpoints.dir")}
"""The options of Flink that name each."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A complete savepoint or checkpoint: when it was taken (ms since the epoch), its path as Flink takes it, which of the two."""

    taken: int
    path: str
    kind: str


def newest(rest: Rest, name: str) -> Place | None:
    """The newest place of the jobs named `name`: of those that the JobManager remembers, and, because it forgets them when it starts anew,
    of what lies in the configured directories where this machine sees them (of no job that is known to be another: else one pipeline a
    directory)."""
    jobs = rest.jobs()
    found = [place for job in jobs if job.name == name for place in remembered(rest.checkpoints(job.id))]
    others = [part for job in jobs if job.name != name for part in (f"/{job.id}/", f"/savepoint-{job.id[:6]}-")]
    settings = rest.configuration()
    for kind, pattern in (("savepoint", "savepoint-*/_metadata"), ("checkpoint", "*/chk-*/_metadata")):
        if directory := directory_of(settings, kind):
            found += [place for place in listed(directory, kind, pattern) if not any(part in place.path for part in others)]
    return max((place for place in found if stands(place)), default=None)


def hidden(rest: Rest, name: str) -> str | None:
    """The directory in which this machine cannot look for what a job left whom the JobManager no longer knows; None where it can."""
    if any(job.name == name for job in rest.jobs()):
        return None
    settings = rest.configuration()
    found = (settings[key] for keys in DIRECTORIES.values() for key in keys if key in settings)
    return next((path for path in found if local(path) is None), None)


def remembered(answer: dict[str, Any]) -> list[Place]:
    """From the answer of `/jobs/ID/checkpoints`."""
    latest = answer.get("latest") or {}
    found = []
    for key, kind in (("savepoint", "savepoint"), ("completed", "checkpoint")):
        one = latest.get(key)
        if (
            one
            and not one.get("discarded")
            and one.get("external_path", "").startswith(("file:", "s3", "gs:", "hdfs:", "abfs", "oss:", "/"))
        ):
            found.append(Place(one["latest_ack_timestamp"], one["external_path"], kind))
    return found


def directory_of(settings: dict[str, str], what: str) -> Path | None:
    """The directory of savepoints or checkpoints, where it is one of this machine."""
    for name in DIRECTORIES[what]:
        if name in settings:
            return local(settings[name])
    return None


def local(path: str) -> Path | None:
    """Flink takes the path of a file: URL as it stands, without undoing %20."""
    parts = urlsplit(path)
    return Path(parts.path) if parts.scheme in ("file", "") else None


def listed(directory: Path, kind: str, pattern: str) -> list[Place]:
    found = []
    for metadata in directory.glob(pattern):
        with suppress(FileNotFoundError):  # a running job removes an old checkpoint with every new one
            found.append(Place(int(metadata.stat().st_mtime * 1000), f"file://{metadata.parent}", kind))
    return found


def stands(place: Place) -> bool:
    """False where this machine sees that it was deleted since."""
    path = local(place.path)
    return path is None or not path.parent.exists() or (path / "_metadata").exists()
