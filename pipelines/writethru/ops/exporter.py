"""The HTTP side of a running pipeline: /metrics, /live, /ready, the live page and the JSON it polls.

One stdlib server with a thread per connection, on 127.0.0.1 unless told otherwise. It only reads. The page polls `/api/snapshot`
once a second rather than holding a stream open: a lost connection shows by itself, and a browser tab costs no thread while it waits.
"""

from __future__ import annotations

import errno
import logging
import platform
import socket
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from socketserver import TCPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

import writethru
from writethru.ops import metrics
from writethru.ops.health import Health, health
from writethru.ops.recent import Recent, recent
from writethru.ops.site import Response, Site, text

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
PORT = 9464
OPTION = "--http-port"
CONNECTIONS = 64
"""Open connections at most; one more is closed unanswered. A browser holds six, a Prometheus one."""
IDLE_SECONDS = 15
"""How long a connection may stay silent; a scrape every 10 s keeps its own."""

SECURITY = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class PortInUse(OSError):
    """The port the user named is taken."""

    def __init__(self, port: int, option: str) -> None:
        super().__init__(errno.EADDRINUSE, f"port {port} is in use; free it or choose another with {option}")
        self.port = port
        self.option = option


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def version_string(self) -> str:
        return "writethru"

    def log_message(self, format: str, *args: object) -> None:
        log.debug("%s " + format, self.address_string(), *args)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the base class refuses by itself (a bad request line, a method it has no handler for), in plain text."""
        self.close_connection = True
        self._send(text(405, "only GET and HEAD") if code == 501 else text(code, self.responses.get(code, ("error",))[0]))

    def _answer(self) -> None:
        if self.headers.get("Content-Length", "0") != "0" or "Transfer-Encoding" in self.headers:
            self.close_connection = True
        if not self.server.speaks_for(self.headers.get("Host", "")):
            self._send(text(421, "this address is not served here"))
            return
        try:
            response = self.server.site.get(self.path.partition("?")[0])
        except Exception:
            log.exception("answering %s failed", self.path[:100])
            response = text(500, "internal error")
        self._send(response)

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.type)
        self.send_header("Content-Length", str(len(response.body)))
        for name, value in SECURITY.items():
            self.send_header(name, value)
        if response.status == 405:
            self.send_header("Allow", "GET, HEAD")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = CONNECTIONS

    def __init__(self, host: str, port: int, site: Site) -> None:
        self.site = site
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._loopback = _is_loopback(host)
        self._open: set[socket.socket] = set()
        self._open_lock = Lock()
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Without the base class's reverse DNS look-up of the host, which can hang for seconds."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]

    def speaks_for(self, host: str) -> bool:
        """On loopback only loopback names are answered: else any web page could read this one by pointing its own name here.

        A request without a Host header comes from no browser."""
        if not self._loopback or not host:
            return True
        try:
            return _is_loopback(urlsplit(f"//{host}").hostname or "")
        except ValueError:
            return False

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._open_lock:
            full = len(self._open) >= CONNECTIONS
            if not full:
                self._open.add(request)
        if full:
            log.warning("%d connections are open, one more is refused", CONNECTIONS)
            self.shutdown_request(request)
        else:
            super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self._open_lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        log.debug("connection from %s broke", client_address, exc_info=True)

    def hang_up(self) -> None:
        """Wakes every thread that waits for a kept-alive connection's next request."""
        with self._open_lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError as error:
                    log.debug("connection was already gone: %s", error)


class Exporter:
    """A running server. Use `Exporter.start`; `stop` closes the port and every connection."""

    def __init__(self, server: _Server) -> None:
        self._server = server
        self._thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="writethru-exporter", daemon=True)

    @classmethod
    def start(
        cls,
        port: int | None = None,
        host: str = HOST,
        *,
        health: Health = health,
        recent: Recent = recent,
        clock: Callable[[], int] = lambda: int(time.time() * 1000),
    ) -> Exporter:
        """Serves on `port`. None means 9464, or a free one, with a line in the log, where that is taken.

        Raises PortInUse where the named port is taken, OSError where the host cannot be bound.
        """
        site = Site(health, recent, clock)
        try:
            server = _Server(host, PORT if port is None else port, site)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            if port is not None:
                raise PortInUse(port, OPTION) from error
            server = _Server(host, 0, site)
            log.warning("port %d is in use: metrics and live page are on port %d (%s names one)", PORT, server.server_port, OPTION)
        metrics.BUILD.set(1, version=writethru.__version__, python=platform.python_version())
        health.beat(clock())
        exporter = cls(server)
        exporter._thread.start()
        return exporter

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def address(self) -> str:
        """The live page's address as a browser on this machine takes it; /metrics lies under it."""
        host = ip_address(str(self._server.server_address[0]))
        name = "localhost" if host.is_unspecified else f"[{host}]" if host.version == 6 else str(host)
        return f"http://{name}:{self.port}"

    def stop(self) -> None:
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
