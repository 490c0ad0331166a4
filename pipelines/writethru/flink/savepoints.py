"""Where a job can go on from: its savepoints and retained checkpoints."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from writethru.flink.rest import Job, Rest

DIRECTORIES = {
    "savepoint": ("execution.checkpointing.savepoint-dir", "state.savepoints.dir"),
    "checkpoint": ("execution.checkpointing.dir", "state.checkpoints.dir"),
}
"""The options that name each: of Flink 2, and before."""
PLAN = "writethru-plan.json"
"""The plan of the job that took a savepoint, in the savepoint's directory."""
TAKEN_BY = re.compile(r"/savepoint-([0-9a-f]{6})-|/([0-9a-f]{6})[0-9a-f]{26}/chk-")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A complete savepoint or checkpoint: when it was taken (ms since the epoch), its path as Flink takes it, which of the two."""

    taken: int
    path: str
    kind: str

    @property
    def at(self) -> str:
        return moment(self.taken)


class Unclear(LookupError):
    """Whose the newest place is cannot be told; the message names what there is."""


def newest(rest: Rest, name: str, started: Mapping[str, str] | None = None) -> Place | None:
    """The newest place of the jobs named `name`: of those that the JobManager remembers, and, because it forgets them when it starts anew,
    of what lies in the configured directories where this machine sees them. `started` is what this machine has started: id -> name.

    What nobody knows by name is taken for this job's only where nothing else is there. Raises `Unclear`.
    """
    jobs = rest.jobs()
    settings = rest.configuration()
    savepoints, checkpoints = directory_of(settings, "savepoint"), directory_of(settings, "checkpoint")
    own, stopped, kept = [], [], []
    if savepoints:
        own = listed(savepoints, "savepoint", "*/savepoint-*/_metadata")
        stopped = listed(savepoints, "savepoint", "savepoint-*/_metadata")
    if checkpoints:
        kept = listed(checkpoints, "checkpoint", "*/chk-*/_metadata")
    owners = {job_of(place): Path(place.path).parent.name for place in own}
    owners |= {id[:6]: folder(called) for id, called in (*(started or {}).items(), *((job.id, job.name) for job in jobs))}
    found = [place for job in jobs if job.name == name for place in remembered(rest.checkpoints(job.id))]
    found += [place for place in (*own, *stopped, *kept) if owners.get(job_of(place)) == folder(name)]
    best = max((place for place in found if stands(place)), default=None)
    newer = sorted(place for place in (*stopped, *kept) if job_of(place) not in owners and (best is None or place > best))
    if not newer:
        return best
    if best is None and len({job_of(place) for place in newer}) == 1:
        return replace(newer[-1], kind=f"{newer[-1].kind} of a job whose name nobody remembers")
    raise Unclear(
        f"the JobManager no longer knows whose these are, and not all are of one job. Name that of job {name} with"
        " `writethru flink resume --from PATH`, or begin without state with `submit --fresh`:\n"
        + "\n".join(f"  {place.kind} of {place.at}  {place.path}" for place in (*reversed(newer), *filter(None, (best,))))
    )


def job_of(place: Place) -> str:
    """The first six digits of the id of the job that took it: a savepoint's name has no more of them."""
    found = TAKEN_BY.search(place.path)
    return found[1] or found[2] if found else ""


def folder(name: str) -> str:
    """The folder for the savepoints of the jobs of this name, in the directory of savepoints."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        return name
    return f"{re.sub('[^A-Za-z0-9]+', '-', name)}-{hashlib.sha256(name.encode()).hexdigest()[:8]}".lstrip("-")


def writer(rest: Rest, jobs: Sequence[Job], path: str) -> Job | None:
    """Which of the jobs, the newest first, has taken the savepoint or checkpoint: by what it says itself, else by its id in the path. Where
    the path tells no id it is the newest; None where it tells another one's."""
    for job in jobs:
        if path in [place.path for place in remembered(rest.checkpoints(job.id))]:
            return job
    digits = job_of(Place(0, path, ""))
    return next((job for job in jobs if job.id.startswith(digits)), None)


def gone(path: str, here: bool) -> bool:
    """Whether nothing to go on from lies there, as far as this machine sees: all that is `here`, else what it has the folder of."""
    directory = local(path)
    if directory is None:
        return False
    metadata = directory if directory.name == "_metadata" else directory / "_metadata"
    return (here or directory.parent.exists()) and not metadata.exists()


def target(settings: dict[str, str], name: str) -> str | None:
    """Where a savepoint of the job is to go; None where the cluster names no directory for them."""
    base = next((settings[key] for key in DIRECTORIES["savepoint"] if settings.get(key)), None)
    return f"{base.rstrip('/')}/{folder(name)}" if base else None


def keep_plan(savepoint: str, plan: str) -> bool:
    """Stores the plan in the savepoint; False where this machine cannot write there."""
    directory = local(savepoint)
    try:
        if directory is not None:
            (directory / PLAN).write_text(plan, encoding="utf-8")
            return True
    except OSError:  # a volume that is mounted elsewhere, or for reading alone
        pass
    return False


def kept_plan(savepoint: str) -> bytes | None:
    """What `keep_plan` stored there, where this machine can read it."""
    directory = local(savepoint)
    if directory is not None and directory.name == "_metadata":
        directory = directory.parent
    with suppress(OSError):
        return (directory / PLAN).read_bytes() if directory is not None else None
    return None


def hidden(rest: Rest, name: str) -> str | None:
    """The directory in which this machine cannot look for what a job left whom the JobManager no longer knows; None where it can."""
    if any(job.name == name and remembered(rest.checkpoints(job.id)) for job in rest.jobs()):
        return None
    settings = rest.configuration()
    found = (settings[key] for keys in DIRECTORIES.values() for key in keys if settings.get(key))
    return next((path for path in found if not _in_sight(local(path))), None)


def _in_sight(directory: Path | None) -> bool:
    """Flink makes a directory when it first writes to it: until then the volume tells, which is mounted here or not."""
    if directory is None:
        return False
    return directory.exists() or (directory.parent.exists() and directory.parent != directory.parent.parent)


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
        if settings.get(name):
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


def moment(millis: int) -> str:
    return datetime.fromtimestamp(millis / 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
