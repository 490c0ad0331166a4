"""Beam's job server: the Java process that turns the portable graph into a Flink job and hands it to the cluster."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from writethru.local.java import find_java
from writethru.local.leashed import Leashed
from writethru.local.ports import free_ports
from writethru.local.temporary import temporary_files_in

JVM = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "--add-opens=java.base/java.util=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
)


class NoJobServer(RuntimeError):
    """The job server cannot be had or does not start; the message says why."""


def jar(flink_version: str, given: str | None) -> Path:
    """The job server's jar: the one named, else Beam's own for this Flink version, fetched by Beam's helper. Raises `NoJobServer`."""
    if given:
        if not Path(given).is_file():
            raise NoJobServer(f"{given}: no such file; name the job server's jar")
        return Path(given)
    from apache_beam.utils.subprocess_server import JavaJarServer

    logging.getLogger("apache_beam.utils.subprocess_server").setLevel(logging.ERROR)
    minor = ".".join(flink_version.split(".")[:2])
    where = JavaJarServer.path_to_beam_jar(f":runners:flink:{minor}:job-server:shadowJar")
    try:
        return Path(JavaJarServer.local_jar(where))
    except (OSError, RuntimeError) as error:
        raise NoJobServer(
            f"cannot fetch Beam's job server for Flink {minor} ({where.rsplit('/', 1)[-1]}): {error}; name a jar with --job-server-jar"
        ) from error


@contextmanager
def running(path: Path, rest_url: str) -> Iterator[str]:
    """Its endpoint, `localhost:PORT`, as long as the block lasts. It is leashed to this process. What a submission leaves, a 170 MB copy of
    its jar and what Beam stages, goes with its directory. Raises `NoJobServer`, `NoJava`."""
    java = find_java()
    room = Path(tempfile.mkdtemp(prefix="writethru-job-server-"))
    (port,) = free_ports(1)
    address = rest_url.removeprefix("http://")
    command = [str(java), *JVM, f"-Djava.io.tmpdir={room}", "-jar", str(path), "--flink-master", address, "--job-host", "localhost"]
    # Flink holds a buffer back for 100 ms at each of the two shuffles; the job takes this from where its graph is made.
    for name in ("config.yaml", "flink-conf.yaml"):  # Flink 2, Flink 1
        (room / name).write_text("execution.buffer-timeout.interval: 5 ms\n")
    command += ["--flink-conf-dir", str(room), "--job-port", str(port), "--artifact-port", "0", "--expansion-port", "0"]
    command += ["--artifacts-dir", str(room / "artifacts")]
    server = Leashed(command, room / "job-server.log", remove=room)
    try:
        _wait(server, port, time.monotonic() + 60)
        with temporary_files_in(room):
            yield f"localhost:{port}"
    finally:
        server.kill()  # it holds nothing: the job is Flink's
        shutil.rmtree(room, ignore_errors=True)


def _wait(server: Leashed, port: int, deadline: float) -> None:
    while server.status is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    status = server.status
    reason = "gave no answer within 60 s" if status is None else f"ended with status {status}"
    raise NoJobServer(f"Beam's job server {reason}{os.linesep}{server.tail()}")
