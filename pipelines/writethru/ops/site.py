"""What stands at each path of the exporter. Knows no socket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files

import orjson
from prometheus_client import generate_latest

import writethru
from writethru.ops import metrics
from writethru.ops.health import Health
from writethru.ops.recent import Recent

CONSOLE = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/console.css": ("console.css", "text/css; charset=utf-8"),
    "/console.js": ("console.js", "text/javascript; charset=utf-8"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
TEXT = "text/plain; charset=utf-8"
EXPOSITION = "text/plain; version=0.0.4; charset=utf-8"
"""The Prometheus text format, whatever the Accept header says: every Prometheus reads it, and OpenMetrics would add nothing here
(`prometheus_client.exposition.choose_encoder` raises on a version it cannot parse)."""


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    type: str
    body: bytes


class Site:
    """What stands at each path. Knows no socket."""

    def __init__(self, health: Health, recent: Recent, clock: Callable[[], int]) -> None:
        self._health = health
        self._recent = recent
        self._clock = clock
        self._started = clock()
        folder = files("writethru.ops") / "console"
        self._pages = {path: Response(200, type_, (folder / name).read_bytes()) for path, (name, type_) in CONSOLE.items()}
        self._routes: dict[str, Callable[[], Response]] = {
            "/metrics": self._metrics,
            "/live": self._live,
            "/ready": self._ready,
            "/api/snapshot": self._snapshot,
        }

    def get(self, path: str) -> Response:
        if (page := self._pages.get(path)) is not None:
            return page
        route = self._routes.get(path)
        return route() if route else text(404, "not found")

    def _metrics(self) -> Response:
        return Response(200, EXPOSITION, generate_latest(metrics.REGISTRY))

    def _live(self) -> Response:
        stuck = self._health.stuck(self._clock())
        return text(503, stuck) if stuck else text(200, "live")

    def _ready(self) -> Response:
        missing = self._health.missing()
        return text(503, "\n".join(missing)) if missing else text(200, "ready")

    def _snapshot(self) -> Response:
        now = self._clock()
        state = {"version": writethru.__version__, "started": self._started, "missing": self._health.missing()}
        stuck = self._health.stuck(now)
        body = orjson.dumps({**state, "stuck": stuck, **self._recent.snapshot(now)})
        return Response(200, "application/json", body)


def text(status: int, line: str) -> Response:
    return Response(status, TEXT, f"{line}\n".encode())
