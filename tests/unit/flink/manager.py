"""A JobManager's REST interface with prepared answers. The real one needs a JVM: `tests/integration/flink` asks that."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Manager:
    """`says("GET /overview", {...})`; of several answers the last one stays. `asked` holds every request with its body."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.asked: list[tuple[str, Any]] = []
        self._answers: dict[str, list[tuple[int, bytes]]] = {}

    def says(self, request: str, *answers: Any, status: int = 200) -> None:
        self._answers[request] = [(status, answer if isinstance(answer, bytes) else json.dumps(answer).encode()) for answer in answers]

    def answer(self, request: str, body: bytes) -> tuple[int, bytes]:
        self.asked.append((request, json.loads(body) if body else None))
        answers = self._answers.get(request)
        if answers is None:
            return 404, json.dumps({"errors": [f"Not found: {request}"]}).encode()
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def runs(self, *jobs: dict[str, Any], settings: dict[str, str] | None = None) -> None:
        """Answers as a cluster with these jobs (see `job`), none of which has a checkpoint yet."""
        self.says("GET /overview", {"flink-version": "2.2.1", "taskmanagers": 1, "slots-total": 2, "slots-available": 2})
        self.says("GET /jobs/overview", {"jobs": jobs})
        self.configured(settings or {"execution.checkpointing.dir": "file:///tmp/no-such-checkpoints"})
        for one in jobs:
            self.says(f"GET /jobs/{one['jid']}/checkpoints", {"counts": {"completed": 0, "failed": 0}, "latest": {}})
            self.says(f"GET /jobs/{one['jid']}/config", {"execution-config": {"user-config": {}}})
            self.says(f"GET /jobs/{one['jid']}/exceptions", {"exceptionHistory": {"entries": [], "truncated": False}})

    def configured(self, settings: dict[str, str]) -> None:
        self.says("GET /jobmanager/config", [{"key": key, "value": value} for key, value in settings.items()])


def job(
    jid: str, name: str = "writethru", state: str = "RUNNING", started: int = 1_000, running: int = 2, total: int = 2
) -> dict[str, Any]:
    """A row of `/jobs/overview`."""
    return {"jid": jid, "name": name, "state": state, "start-time": started, "tasks": {"running": running, "total": total}}


@contextmanager
def managing() -> Iterator[Manager]:
    """A `Manager` that listens on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, said = manager.answer(f"{self.command} {self.path}", body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_POST = do_PATCH = answer

        def log_message(self, format: str, *args: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        manager = Manager(f"http://127.0.0.1:{server.server_port}")
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield manager
        finally:
            server.shutdown()
            thread.join()
