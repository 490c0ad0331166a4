"""The exporter over real sockets."""

import errno
import http.client
import json
import logging
import socket
import threading
import time
from urllib.parse import urlsplit

import pytest

from writethru.ops import exporter as module
from writethru.ops import metrics
from writethru.ops.exporter import CONNECTIONS, IDLE_SECONDS, Exporter, PortInUse
from writethru.ops.health import SILENT_AFTER, Health
from writethru.ops.recent import Recent

T = 1_772_353_800_000
PATHS = ["/", "/console.css", "/console.js", "/icon.svg", "/metrics", "/live", "/api/snapshot"]


class Clock:
    now = T

    def __call__(self):
        return self.now


@pytest.fixture
def parts():
    clock, health, recent = Clock(), Health(), Recent(lag=list)
    exporter = Exporter.start(0, health=health, recent=recent, clock=clock)
    yield exporter, health, recent, clock
    exporter.stop()


def ask(exporter, path, method="GET", headers=None, body=None):
    connection = http.client.HTTPConnection(urlsplit(exporter.address).hostname, exporter.port, timeout=5)
    try:
        connection.request(method, path, headers=headers or {}, body=body)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_live_tells_whether_the_main_loop_turns(parts):
    exporter, health, _, clock = parts
    assert ask(exporter, "/live")[::2] == (200, b"live\n")
    clock.now = T + SILENT_AFTER + 5000
    assert ask(exporter, "/live")[::2] == (503, b"the main loop has not turned for 65 s\n")
    health.beat(clock.now)
    assert ask(exporter, "/live")[0] == 200


def test_ready_names_what_is_missing(parts):
    exporter, health, _, _ = parts
    assert ask(exporter, "/ready")[::2] == (503, b"the pipeline has not started\n")
    health.expect("source", "sink sql")
    health.up("source")
    assert ask(exporter, "/ready")[::2] == (503, b"sink sql: not open yet\n")
    health.up("sink sql")
    assert ask(exporter, "/ready")[::2] == (200, b"ready\n")


@pytest.mark.parametrize(
    "accept", ["*/*", "application/openmetrics-text; version=1.0.0", "application/openmetrics-text; version=x", ";;\xff"]
)
def test_metrics_are_the_text_format_whatever_is_asked_for(parts, accept):
    status, headers, body = ask(parts[0], "/metrics", headers={"Accept": accept})
    assert (status, headers["Content-Type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
    assert b"# TYPE writethru_articles_total counter" in body
    assert b"writethru_build_info{" in body


def test_the_snapshot_is_what_the_page_shows(parts):
    exporter, health, recent, clock = parts
    health.expect("source")
    recent.inbound(3, clock.now)
    status, headers, body = ask(exporter, "/api/snapshot?now=1")
    snapshot = json.loads(body)
    assert (status, headers["Content-Type"]) == (200, "application/json")
    assert snapshot["totals"]["received"] == 3
    assert (snapshot["now"], snapshot["started"], snapshot["missing"], snapshot["stuck"]) == (T, T, ["source: not open yet"], None)


@pytest.mark.parametrize("path", [*PATHS, "/nothing", "/ready"])
def test_every_answer_is_guarded_and_head_is_get_without_the_body(parts, path):
    exporter = parts[0]
    status, headers, body = ask(exporter, path)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] == "writethru"
    assert "Access-Control-Allow-Origin" not in headers
    head_status, head_headers, head_body = ask(exporter, path, "HEAD")
    assert (head_status, head_body) == (status, b"")
    if path != "/metrics":
        assert head_headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("path", ["/nothing", "/console.js/", "/..%2f..%2fetc/passwd", "/../metrics.py", "//[", "/index.html"])
def test_nothing_else_is_served(parts, path):
    assert ask(parts[0], path)[::2] == (404, b"not found\n")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_it_only_reads(parts, method):
    status, headers, body = ask(parts[0], "/metrics", method, body=b"x" * 100)
    assert (status, headers["Allow"], body) == (405, "GET, HEAD", b"only GET and HEAD\n")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:9464", "127.0.0.1.evil.example", "[::1", "10.0.0.1"])
def test_a_page_elsewhere_cannot_point_its_name_here(parts, host):
    assert ask(parts[0], "/api/snapshot", headers={"Host": host})[0] == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1:1", "[::1]:9464"])
def test_loopback_by_any_name_is_answered(parts, host):
    assert ask(parts[0], "/live", headers={"Host": host})[0] == 200


def test_a_fault_of_ours_is_logged_and_not_shown(parts, monkeypatch, caplog):
    exporter, _, recent, _ = parts
    monkeypatch.setattr(recent, "snapshot", lambda now: {}["a private name"])
    status, _, body = ask(exporter, "/api/snapshot")
    assert (status, body) == (500, b"internal error\n")
    assert "KeyError: 'a private name'" in caplog.text


@pytest.mark.parametrize("line", [b"nonsense", b"GET / HTTP/9.9.9", b"GET / / HTTP/1.1", b"GET /" + b"x" * 70_000 + b" HTTP/1.1"])
def test_a_request_that_is_none_gets_a_plain_answer(parts, line):
    with socket.create_connection(("127.0.0.1", parts[0].port), timeout=5) as client:
        client.sendall(line + b"\r\n\r\n")
        answer = client.makefile("rb").read()
    assert b"Bad Request" in answer or b"URI Too Long" in answer
    assert b"<html" not in answer.lower()


def test_a_connection_is_kept_for_the_next_request(parts):
    connection = http.client.HTTPConnection("127.0.0.1", parts[0].port, timeout=5)
    for path in PATHS:
        connection.request("GET", path)
        assert connection.getresponse().read()
    connection.close()


def test_connections_are_bounded(parts):
    exporter = parts[0]
    held = [socket.create_connection(("127.0.0.1", exporter.port), timeout=5) for _ in range(CONNECTIONS)]
    try:
        with pytest.raises((ConnectionError, http.client.HTTPException)):
            for _ in range(20):
                ask(exporter, "/live")
                time.sleep(0.05)
    finally:
        for connection in held:
            connection.close()
    deadline = time.monotonic() + 5
    while True:
        try:
            assert ask(exporter, "/live")[0] == 200
            break
        except (ConnectionError, http.client.HTTPException):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_it_stops_at_once_with_a_connection_open_and_leaves_no_thread():
    before = set(threading.enumerate())
    exporter = Exporter.start(0)
    connection = http.client.HTTPConnection("127.0.0.1", exporter.port, timeout=5)
    connection.request("GET", "/live")
    connection.getresponse().read()
    started = time.monotonic()
    exporter.stop()
    assert time.monotonic() - started < 2 < IDLE_SECONDS
    connection.close()
    deadline = time.monotonic() + 5
    while set(threading.enumerate()) - before and time.monotonic() < deadline:
        time.sleep(0.01)
    assert set(threading.enumerate()) <= before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", exporter.port), timeout=5)


def test_a_named_port_in_use_is_an_error_that_names_port_and_option():
    first = Exporter.start(0)
    try:
        with pytest.raises(PortInUse, match=f"port {first.port} is in use.*--http-port") as caught:
            Exporter.start(first.port)
        assert (caught.value.port, caught.value.option) == (first.port, "--http-port")
    finally:
        first.stop()


def test_the_usual_port_in_use_means_another_one_and_a_line_that_says_so(monkeypatch, caplog):
    caplog.set_level(logging.WARNING)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setattr(module, "PORT", taken.getsockname()[1])
        exporter = Exporter.start()
    try:
        assert f"port {module.PORT} is in use" in caplog.text
        assert f"port {exporter.port} (--http-port" in caplog.text
        assert ask(exporter, "/live")[0] == 200
    finally:
        exporter.stop()


def test_a_host_that_is_not_ours_is_an_error():
    with pytest.raises(OSError, match=r"(?i)cannot assign|not known"):
        Exporter.start(0, "192.0.2.1")


def hosts():
    """What can be bound here, and how it is shown; not every machine has IPv6."""
    yield "127.0.0.1", "127.0.0.1"
    yield "0.0.0.0", "localhost"  # noqa: S104 - what is tested
    with socket.socket(socket.AF_INET6) as probe:
        if probe.connect_ex(("::1", 9)) == errno.ECONNREFUSED:
            yield "::1", "[::1]"


@pytest.mark.parametrize(("host", "shown"), list(hosts()))
def test_the_address_is_one_a_browser_takes(host, shown):
    exporter = Exporter.start(0, host)
    try:
        assert exporter.address == f"http://{shown}:{exporter.port}"
        assert ask(exporter, "/live")[0] == 200
    finally:
        exporter.stop()


def test_on_every_interface_any_name_is_answered():
    exporter = Exporter.start(0, "0.0.0.0")  # noqa: S104 - what is tested
    try:
        assert ask(exporter, "/live", headers={"Host": "writethru.newsroom.example"})[0] == 200
    finally:
        exporter.stop()


def test_starting_is_the_first_beat_and_names_the_build(parts):
    assert dict(metrics.HEARTBEAT.items())[()] == T / 1000
    assert [value for _, value in metrics.BUILD.items()] == [1]
