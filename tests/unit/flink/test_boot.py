"""How a worker of a Flink job boots: its options, its place for /metrics, what Flink's side tells it, and its end."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import grpc
import orjson
import pytest
from apache_beam.portability.api import beam_provision_api_pb2 as api
from apache_beam.portability.api import beam_provision_api_pb2_grpc as service
from apache_beam.runners.worker import sdk_worker_main
from google.protobuf import struct_pb2

from writethru.flink import pool, worker
from writethru.flink.worker import serve, take_environment


def test_the_file_that_is_named_overrules_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "worker.json"
    file.write_bytes(orjson.dumps({"WRITETHRU_GROUP": "desk", "WRITETHRU_SINKS": "kafka"}))
    environ = {"WRITETHRU_WORKER_ENVIRONMENT": str(file), "WRITETHRU_GROUP": "old", "HOME": "/root"}
    take_environment(environ)
    assert environ == {
        "WRITETHRU_WORKER_ENVIRONMENT": str(file),
        "WRITETHRU_GROUP": "desk",
        "WRITETHRU_SINKS": "kafka",
        "HOME": "/root",
    }


def test_without_a_file_the_environment_stays_as_it_is_but_for_sinks_that_nobody_named(tmp_path: Path) -> None:
    environ = {"WRITETHRU_GROUP": "desk"}
    take_environment(environ)
    assert environ == {"WRITETHRU_GROUP": "desk", "WRITETHRU_SINKS": "kafka"}
    environ["WRITETHRU_SINKS"] = "kafka,sql"
    take_environment(environ)
    assert environ["WRITETHRU_SINKS"] == "kafka,sql"
    with pytest.raises(FileNotFoundError, match="absent"):
        take_environment({"WRITETHRU_WORKER_ENVIRONMENT": str(tmp_path / "absent")})


# --- /metrics -----------------------------------------------------------------------------------------------------------------


def in_a_row(count: int) -> int:
    """A port after which `count` - 1 more were free a moment ago."""
    for first in range(20_000, 30_000, count):
        held: list[socket.socket] = []
        try:
            held += [socket.create_server(("127.0.0.1", port)) for port in range(first, first + count)]
            return first
        except OSError:
            continue
        finally:
            for one in held:
                one.close()
    raise AssertionError("no free ports in a row")


def test_workers_of_one_machine_take_one_port_after_another() -> None:
    first = in_a_row(3)
    exporters = [serve(first, "127.0.0.1") for _ in range(3)]
    try:
        assert [exporter.port for exporter in exporters if exporter] == [first, first + 1, first + 2]
    finally:
        for exporter in exporters:
            assert exporter is not None
            exporter.stop()


def test_where_every_port_is_taken_a_worker_works_without(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(worker, "PORTS", 2)
    first = in_a_row(2)
    with socket.create_server(("127.0.0.1", first)), socket.create_server(("127.0.0.1", first + 1)):
        assert serve(first, "127.0.0.1") is None
    (line,) = caplog.messages
    assert line == f"no free port for /metrics at 127.0.0.1 from {first} to {first + 1}: this worker serves none"


def test_the_last_port_there_is_ends_the_search(caplog: pytest.LogCaptureFixture) -> None:
    with socket.create_server(("127.0.0.1", 65535)):
        assert serve(65535, "127.0.0.1") is None
    assert caplog.messages == ["no free port for /metrics at 127.0.0.1 from 65535 to 65535: this worker serves none"]


def test_an_address_of_another_machine_costs_metrics_not_the_worker() -> None:
    assert serve(9464, "192.0.2.1") is None


# --- what Flink's side tells ----------------------------------------------------------------------------------------------------


@pytest.fixture
def provisioned() -> Iterator[str]:
    """A provision service as a TaskManager has it; its address."""
    options = struct_pb2.Struct()
    options.update({"beam:option:job_name:v1": "desk"})
    info = api.ProvisionInfo(pipeline_options=options, runner_capabilities=["beam:protocol:a:v1", "beam:protocol:b:v1"])
    info.control_endpoint.url, info.logging_endpoint.url = "localhost:1001", "localhost:1002"

    class Provision(service.ProvisionServiceServicer):  # type: ignore[misc]
        def GetProvisionInfo(self, request: Any, context: Any) -> Any:
            assert dict(context.invocation_metadata())["worker_id"] == "7-1"
            return api.GetProvisionInfoResponse(info=info)

    with ThreadPoolExecutor(1) as threads:
        server = grpc.server(threads)
        service.add_ProvisionServiceServicer_to_server(Provision(), server)
        port = server.add_insecure_port("localhost:0")
        server.start()
        yield f"localhost:{port}"
        server.stop(0).wait()


def told(*arguments: str) -> dict[str, str]:
    return worker._harness(worker._parser().parse_known_args(arguments)[0])  # noqa: SLF001


def test_a_pools_worker_is_told_its_endpoints(provisioned: str) -> None:
    found = told(
        "--id=7-1", f"--provision_endpoint={provisioned}", "--control_endpoint=localhost:2001", "--logging_endpoint=localhost:2002",
        "--artifact_endpoint=localhost:2003",
    )  # fmt: skip
    options = {"beam:option:job_name:v1": "desk", "beam:option:default_sdk_harness_log_level:v1": "WARNING"}
    assert orjson.loads(found.pop("PIPELINE_OPTIONS")) == options
    assert found == {
        "WORKER_ID": "7-1",
        "CONTROL_API_SERVICE_DESCRIPTOR": 'url: "localhost:2001"',
        "LOGGING_API_SERVICE_DESCRIPTOR": 'url: "localhost:2002"',
        "RUNNER_CAPABILITIES": "beam:protocol:a:v1 beam:protocol:b:v1",
    }


def test_a_worker_that_flink_starts_itself_asks_for_them(provisioned: str) -> None:
    found = told("--id=7-1", f"--provision_endpoint={provisioned}", "--something_of_a_later_beam=1")
    assert found["CONTROL_API_SERVICE_DESCRIPTOR"] == 'url: "localhost:1001"'
    assert found["LOGGING_API_SERVICE_DESCRIPTOR"] == 'url: "localhost:1002"'


@pytest.mark.parametrize(("given", "level"), [({}, "WARNING"), ({"WRITETHRU_LOG_LEVEL": "DEBUG"}, "DEBUG")])
def test_a_worker_logs_from_the_level_of_its_own_environment_on(
    provisioned: str, monkeypatch: pytest.MonkeyPatch, given: dict[str, str], level: str
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    found = told("--id=7-1", f"--provision_endpoint={provisioned}")
    options = sdk_worker_main._load_pipeline_options(found["PIPELINE_OPTIONS"])  # noqa: SLF001
    assert logging.getLevelName(sdk_worker_main._get_log_level_from_options_dict(options)) == level  # noqa: SLF001


def test_a_worker_without_an_id_is_not_started(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        told("--provision_endpoint=localhost:1")
    assert "--id" in capsys.readouterr().err


# --- the end ------------------------------------------------------------------------------------------------------------------

WORKER = """
import os, threading, time
from writethru.flink import worker
worker.LOOK_EVERY = 0.02
threading.Thread(target=worker._end_with, args=(os.getppid(),), daemon=True).start()
print("up", flush=True)
time.sleep(20)
"""
POOL = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", sys.argv[1]], stdout=subprocess.PIPE)
child.stdout.readline()
time.sleep(0.3)
print(child.poll(), flush=True)
"""


def test_a_worker_ends_when_its_pool_is_gone_and_not_before() -> None:
    """It holds the pool's standard error: `run` returns when that is closed."""
    done = subprocess.run([sys.executable, "-c", POOL, WORKER], capture_output=True, text=True, timeout=15)
    assert (done.stdout, done.returncode) == ("None\n", 0)


def test_a_pool_without_its_boot_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pool", "--port", "0"])
    monkeypatch.setattr(sys, "executable", str(tmp_path / "bin/python"))
    with pytest.raises(SystemExit, match=f"{tmp_path}/bin/writethru-worker is not there: install the package with its scripts"):
        pool.main()


def test_the_boot_lies_beside_this_python() -> None:
    assert os.access(pool.boot(), os.X_OK)
    assert pool.boot().name == "writethru-worker"
