"""A real Kafka broker on a machine that has only Python: one KRaft node in a JVM of its own.

Measured on two cores: ready 2.5 s after `start()` with warm jars, 350 MB of memory.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from types import TracebackType

from kafka.errors import KafkaError

from writethru.kafka_connection import KafkaConnection, admin_client
from writethru.local import jars, leash
from writethru.local.java import find_java

MAX_MESSAGE = 32 << 20
"""The largest batch the broker takes, in bytes; a topic may allow less or as much."""

# Interpreted and C1 code only, one collector thread: half the start-up time and memory of the server defaults.
JVM = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Djava.awt.headless=true")

LOG4J = """\
status = error
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = %d{ISO8601} %p %m (%c)%n
"""


class BrokerError(RuntimeError):
    """The broker did not start or stop; the message ends with the last lines of its log."""


class Broker:
    """`with Broker() as broker: broker.bootstrap` -> `localhost:PORT`.

    `data` is kept and used again where given; without it a temporary directory is used and removed. The ports are chosen once per
    object, so `kill()` or `stop()` followed by `start()` is the same broker again. It ends with this process, however that ends.
    """

    def __init__(self, data: Path | None = None, jar_directory: Path | None = None) -> None:
        self._temporary = data is None
        self._data = data
        self._jars = jar_directory or jars.cache_directory()
        self._port, self._controller_port = _free_ports(2)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def bootstrap(self) -> str:
        return f"localhost:{self._port}"

    @property
    def data(self) -> Path:
        """Where the broker keeps its log segments and its own log, `broker.log`."""
        if self._data is None:
            self._data = Path(tempfile.mkdtemp(prefix="writethru-kafka-"))
        return self._data

    def __enter__(self) -> Broker:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def start(self, timeout: float = 60.0) -> Broker:
        """Starts the broker and waits until it answers a metadata request.

        Raises `BrokerError` if it ends or is silent for `timeout` seconds, `JarError`, `NoJava`.
        """
        if self._process is not None and self._process.poll() is None:
            raise BrokerError(f"the broker at {self.bootstrap} runs already")
        java = find_java()
        class_path = os.pathsep.join(str(jar) for jar in jars.fetch(self._jars))
        configuration = self._write_configuration()
        command = [str(java), *JVM, f"-Dlog4j2.configurationFile={self.data / 'log4j2.properties'}", "-cp", class_path]
        remove = str(self.data) if self._temporary else "-"
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-IS", leash.__file__, str(os.getpid()), remove, *command, "kafka.Kafka", str(configuration)],
                stdin=subprocess.PIPE,
                bufsize=0,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C reaches the pipeline alone: it drains while its broker still stands
            )
        self._wait_until_ready(self._process, time.monotonic() + timeout)
        return self

    def stop(self, timeout: float = 30.0) -> None:
        """SIGTERM, and waits: segments and indexes are closed in order. Raises `BrokerError` after `timeout` seconds."""
        self._end(b"T", timeout)

    def kill(self) -> None:
        """SIGKILL: what a power cut leaves."""
        self._end(b"K", 10.0)

    def close(self) -> None:
        """Ends the broker and removes its data where they are temporary: then nothing needs an orderly end."""
        if self._temporary:
            self.kill()
            self._remove_temporary()
        else:
            self.stop()

    def _remove_temporary(self) -> None:
        if self._temporary and self._data is not None:
            shutil.rmtree(self._data, ignore_errors=True)
            self._data = None

    @property
    def _log(self) -> Path:
        return self.data / "broker.log"

    def _end(self, order: bytes, timeout: float) -> None:
        process, self._process = self._process, None
        if process is None or process.stdin is None:
            return
        try:
            process.stdin.write(order)
        except BrokenPipeError:
            # It has ended by itself, and waiting is all that is left.
            pass
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired as error:
            raise BrokerError(f"the broker at {self.bootstrap} did not end within {timeout:.0f} s\n{self._tail()}") from error
        finally:
            process.stdin.close()

    def _wait_until_ready(self, process: subprocess.Popen[bytes], deadline: float) -> None:
        while process.poll() is None and time.monotonic() < deadline:
            if _answers(self._port, self.bootstrap):
                return
            time.sleep(0.05)
        status = process.returncode
        reason = f"at {self.bootstrap} gave no answer in time" if status is None else f"ended with status {status}"
        tail = self._tail()
        self.kill()
        self._remove_temporary()
        raise BrokerError(f"the Kafka broker {reason}\n{tail}")

    def _tail(self, lines: int = 20) -> str:
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-lines:]) if self._log.exists() else ""

    def _write_configuration(self) -> Path:
        logs = self.data / "logs"
        logs.mkdir(parents=True, exist_ok=True)
        identity = logs / "meta.properties"
        if not identity.exists():
            # What Kafka's StorageTool would write for a single static voter, without its JVM start of 1.6 s. Kafka then takes its newest
            # metadata version.
            identity.write_text(f"version=1\ncluster.id={_kafka_uuid()}\nnode.id=1\ndirectory.id={_kafka_uuid()}\n")
        (self.data / "log4j2.properties").write_text(LOG4J)
        path = self.data / "server.properties"
        path.write_text("".join(f"{name}={value}\n" for name, value in self._properties(logs).items()))
        return path

    def _properties(self, logs: Path) -> dict[str, str]:
        client, controller = f"localhost:{self._port}", f"localhost:{self._controller_port}"
        return {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.voters": f"1@{controller}",
            "listeners": f"PLAINTEXT://{client},CONTROLLER://{controller}",
            "advertised.listeners": f"PLAINTEXT://{client}",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "log.dirs": str(logs),
            "message.max.bytes": str(MAX_MESSAGE),
            "replica.fetch.max.bytes": str(MAX_MESSAGE),
            # A mistyped topic must be an error, not a new topic.
            "auto.create.topics.enable": "false",
            # One node holds one replica, and a few internal partitions open faster than fifty.
            "offsets.topic.replication.factor": "1",
            "offsets.topic.num.partitions": "1",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "transaction.state.log.num.partitions": "1",
            "share.coordinator.state.topic.replication.factor": "1",
            "share.coordinator.state.topic.min.isr": "1",
            "group.initial.rebalance.delay.ms": "0",
            # After kill() the controller refuses the same node until the session of the killed one is over: 9 s by default.
            "broker.session.timeout.ms": "3000",
            "broker.heartbeat.interval.ms": "500",
            # A compaction a minute (topics.py) is only had if the cleaner looks more often than every 15 s.
            "log.cleaner.backoff.ms": "5000",
        }


def _answers(port: int, bootstrap: str) -> bool:
    try:
        socket.create_connection(("localhost", port), timeout=1).close()
        with admin_client(KafkaConnection(bootstrap), "the embedded broker") as admin:
            return bool(admin.describe_cluster()["brokers"])
    except (OSError, KafkaError):  # KafkaUnavailable is an OSError
        return False


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("localhost", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def _kafka_uuid() -> str:
    """Kafka's spelling of an id: 128 bits, base64 for URLs, no padding, no leading dash (its tools would take it for an option)."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        continue
    return text
