"""A real Kafka broker on a machine that has only Python: one KRaft node in a JVM of its own.

Measured on two cores: ready 2.5 s after `start()` with warm jars, 350 MB of memory.
"""

from __future__ import annotations

import base64
import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from kafka.errors import KafkaError

from writethru.kafka_connection import KafkaConnection, admin_client
from writethru.local import jars
from writethru.local.java import find_java
from writethru.local.leashed import Leashed
from writethru.local.ports import free_ports

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
        self._port, self._controller_port = free_ports(2)
        self._process: Leashed | None = None

    @property
    def bootstrap(self) -> str:
        return f"localhost:{self._port}"

    @property
    def connection(self) -> KafkaConnection:
        """How it is reached."""
        return KafkaConnection(self.bootstrap)

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
        if self._process is not None and self._process.status is None:
            raise BrokerError(f"the broker at {self.bootstrap} runs already")
        java = find_java()
        class_path = os.pathsep.join(str(jar) for jar in jars.fetch(self._jars))
        configuration = self._write_configuration()
        # The compression library unpacks itself there; a broker that is killed leaves it behind.
        command = [str(java), *JVM, f"-Djava.io.tmpdir={self.data}", f"-Dlog4j2.configurationFile={self.data / 'log4j2.properties'}"]
        command += ["-cp", class_path, "kafka.Kafka", str(configuration)]
        self._process = Leashed(command, self.data / "broker.log", remove=self.data if self._temporary else None)
        self._wait_until_ready(self._process, time.monotonic() + timeout)
        return self

    def stop(self, timeout: float = 30.0) -> None:
        """SIGTERM, and waits: segments and indexes are closed in order. Raises `BrokerError` after `timeout` seconds."""
        self._ended(lambda process: process.terminate(timeout))

    def kill(self) -> None:
        """SIGKILL: what a power cut leaves."""
        self._ended(Leashed.kill)

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

    def _ended(self, end: Callable[[Leashed], None]) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        try:
            end(process)
        except subprocess.TimeoutExpired as error:
            raise BrokerError(f"the broker at {self.bootstrap} did not end within {error.timeout:.0f} s\n{process.tail()}") from error

    def _wait_until_ready(self, process: Leashed, deadline: float) -> None:
        while process.status is None and time.monotonic() < deadline:
            if _answers(self._port, self.connection):
                return
            time.sleep(0.05)
        status = process.status
        reason = f"at {self.bootstrap} gave no answer in time" if status is None else f"ended with status {status}"
        tail = process.tail()
        self.kill()
        self._remove_temporary()
        raise BrokerError(f"the Kafka broker {reason}\n{tail}")

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


def _answers(port: int, connection: KafkaConnection) -> bool:
    try:
        socket.create_connection(("localhost", port), timeout=1).close()
        with admin_client(connection, "the embedded broker") as admin:
            return bool(admin.describe_cluster()["brokers"])
    except (OSError, KafkaError):  # KafkaUnavailable is an OSError
        return False


def _kafka_uuid() -> str:
    """Kafka's spelling of an id: 128 bits, base64 for URLs, no padding, no leading dash (its tools would take it for an option)."""
    while (text := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        continue
    return text
