"""What a job's life needs of Flink's REST interface."""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, Request, build_opener

LIVE = ("INITIALIZING", "CREATED", "RUNNING", "FAILING", "RESTARTING", "CANCELLING", "SUSPENDED", "RECONCILING")
TRACEBACK = "Traceback (most recent call last):"
WRAPPING = re.compile(r"Internal server error\.\n<Exception on server side:|End of exception on server side>")


class FlinkUnreachable(ConnectionError):
    """No JobManager answers at the address."""


class FlinkRefused(RuntimeError):
    """The JobManager says no, or a savepoint failed; the message is the first line of what it said."""


class NotRunning(RuntimeError):
    """The job was submitted and does not run; the message holds Flink's newest cause."""


@dataclass(frozen=True, slots=True)
class Job:
    """`state` is Flink's word (RUNNING, FAILED, …), `started` in ms since the epoch. `tasks` counts its subtasks by their state."""

    id: str
    name: str
    state: str
    started: int
    tasks: Mapping[str, int]

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def working(self) -> bool:
        """Every subtask has its worker."""
        return self.state == "RUNNING" and self.tasks["running"] == self.tasks["total"]


class Rest:
    """`Rest("http://localhost:8081")`. Every call raises `FlinkUnreachable` or `FlinkRefused`."""

    def __init__(self, url: str, timeout: float = 20.0) -> None:
        self.url = (url if "://" in url else f"http://{url}").rstrip("/")
        self._timeout = timeout
        # A proxy of the environment would look for this machine's cluster on its own.
        here = urlsplit(self.url).hostname in ("localhost", "127.0.0.1", "::1")
        self._open = build_opener(ProxyHandler({} if here else None)).open

    def overview(self) -> dict[str, Any]:
        return self._ask("GET", "/overview")

    def configuration(self) -> dict[str, str]:
        """The JobManager's options."""
        rows: Any = self._ask("GET", "/jobmanager/config")
        return {row["key"]: row["value"] for row in rows}

    def jobs(self, name: str | None = None) -> list[Job]:
        """The jobs that the JobManager remembers, newest first."""
        rows = self._ask("GET", "/jobs/overview")["jobs"]
        found = (Job(row["jid"], row["name"], row["state"], row["start-time"], row["tasks"]) for row in rows)
        return sorted((job for job in found if name in (None, job.name)), key=lambda job: -job.started)

    def options(self, job: str) -> dict[str, str]:
        """The pipeline options of a job, as it was submitted with them."""
        found: dict[str, str] = self._ask("GET", f"/jobs/{job}/config")["execution-config"]["user-config"]
        return found

    def plan(self, job: str) -> str | None:
        """The plan that the job was submitted with, as JSON; None where it carries none (an older build)."""
        return self.options(job).get("writethruPlan")

    def failure(self, job: str) -> str:
        """The newest root cause, "" where nothing has failed."""
        answer = self._ask("GET", f"/jobs/{job}/exceptions")
        # Newest first. Later releases of Flink tell nothing but this history.
        entries = (answer.get("exceptionHistory") or {}).get("entries") or [{}]
        return cause(entries[0].get("stacktrace") or answer.get("root-exception") or "")

    def checkpoints(self, job: str) -> dict[str, Any]:
        return self._ask("GET", f"/jobs/{job}/checkpoints")

    def vertices(self, job: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._ask("GET", f"/jobs/{job}")["vertices"]
        return found

    def cancel(self, job: str) -> None:
        """Returns when it is cancelled. Retained checkpoints stay."""
        self._ask("PATCH", f"/jobs/{job}?mode=cancel")
        self._until_over(job, 60.0)

    def stop_with_savepoint(self, job: str, seconds: float, target: str | None = None) -> str:
        """The savepoint's path, in the directory `target`, or in the cluster's. Never drains: with an unbounded source of Beam's a drain
        does not end. Waits for `seconds`, and raises `FlinkRefused` after that: Flink gives the savepoint up by its own time-out alone."""
        where = {"targetDirectory": target} if target else {}
        trigger = self._ask("POST", f"/jobs/{job}/stop", {"drain": False, **where})["request-id"]
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            answer = self._ask("GET", f"/jobs/{job}/savepoints/{trigger}")
            if answer["status"]["id"] == "COMPLETED":
                if failed := answer["operation"].get("failure-cause"):
                    raise FlinkRefused(f"no savepoint of job {job}: {cause(failed.get('stack-trace') or failed['class'])}")
                location: str = answer["operation"]["location"]
                try:
                    self._until_over(job, max(1.0, end - time.monotonic()))
                except FlinkRefused as error:
                    raise FlinkRefused(f"{error}; its savepoint is complete: {location}") from error
                return location
            time.sleep(0.1)
        raise FlinkRefused(
            f"no savepoint of job {job} in {target or 'its directory'} within {seconds:g} s. Flink is still at it, and ends the job"
            " once it is complete: `writethru flink status` tells, and `resume` goes on from it. If the job still runs then, `stop`"
            " again with a longer --timeout, or `cancel`: `resume` goes on from its last checkpoint"
        )

    def _until_over(self, job: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        while any(one.live for one in self.jobs() if one.id == job):
            if time.monotonic() > end:
                raise FlinkRefused(f"job {job} did not end within {seconds:.0f} s")
            time.sleep(0.1)

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        data = None if body is None else json.dumps(body).encode()
        request = Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310 - the user's own address
        try:
            with self._open(request, timeout=self._timeout) as answer:
                found: dict[str, Any] = json.loads(answer.read() or b"{}")
                return found
        except HTTPError as error:
            raise FlinkRefused(f"{self.url}{path}: {_said(error)}") from error
        except (URLError, http.client.HTTPException, TimeoutError, ConnectionError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            raise FlinkUnreachable(f"no Flink JobManager answers at {self.url}: {reason}") from error
        except ValueError as error:
            raise FlinkUnreachable(f"what answers at {self.url} is no Flink JobManager: it does not speak JSON") from error


def _said(error: HTTPError) -> str:
    try:
        told = cause(WRAPPING.sub("", "\n".join(json.loads(error.read())["errors"])))
    except (ValueError, KeyError, TypeError):
        told = ""
    return told or f"{error.code} {error.reason}"


def cause(trace: str) -> str:
    """The deepest cause of a Java stack trace in one line, with the Python error that a worker sent inside it."""
    lines = [line for line in trace.splitlines() if line.strip() and not line.lstrip().startswith(("at ", "... "))]
    last = max((number for number, line in enumerate(lines) if line.startswith("Caused by: ")), default=0)
    deepest = lines[last].strip().removeprefix("Caused by: ") if lines else ""
    if deepest.endswith(TRACEBACK):
        deepest = deepest.removesuffix(TRACEBACK) + _raised(lines[last + 1 :])
    return deepest if len(deepest) <= 500 else deepest[:499] + "…"


def _raised(lines: list[str]) -> str:
    """What a Python traceback ends with: the first line after its frames; of chained ones the last one's."""
    found = ""
    for line in lines:
        if line.startswith(TRACEBACK):
            found = ""
        elif not found and not line[0].isspace():
            found = line
    return found
