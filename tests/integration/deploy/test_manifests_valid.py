"""deploy/flink against the schemas of what reads it: the operator's, Kubernetes', Flink's own options. Nothing of it is started here."""

from __future__ import annotations

import copy
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.integration.deploy.schemas import FLINK, FLINK_VERSION, errors, jar, knows
from tests.unit.deploy.manifests import FLINK as DIRECTORY
from tests.unit.deploy.manifests import cluster, document, documents, job, kustomized, pool
from writethru.local.ports import free_ports

OBJECTS = [
    one
    for one in (*kustomized(DIRECTORY), *kustomized(DIRECTORY / "jobs"), document(DIRECTORY / "secret.example.yaml"))
    if one["kind"] != "FlinkDeployment"
]
REPORTER = re.compile(r"metrics\.reporter\.prom\.(.+)")


def deployment() -> dict[str, Any]:
    return document(DIRECTORY / "flinkdeployment.yaml")


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}")
def test_kubernetes_takes_the_object(one: dict[str, Any]) -> None:
    assert list(errors(one)) == []


def test_the_operator_takes_the_deployment() -> None:
    assert list(errors(deployment())) == []


def test_a_deployment_with_a_mistake_is_refused() -> None:
    for path, value in (
        (("flinkVersion",), "v2_2x"),
        (("jobManger",), {}),
        (("mode",), "session"),
        (("jobManager", "resource", "cpu"), "half"),
        (("taskManager", "podTemplate", "spec", "initContainers", 0, "envFrom", 0, "configMap"), {"name": "writethru"}),
        (("taskManager", "podTemplate", "spec", "volumes", 0, "persistentVolumeClaim", "name"), "state"),
        (("taskManager", "podTemplate", "spec", "securityContext", "runAsUser"), "root"),
        (("flinkConfiguration", "taskmanager.numberOfTaskSlots"), 2),
    ):
        assert_refused(deployment(), ("spec", *path), value)


def test_an_object_with_a_mistake_is_refused() -> None:
    policy = documents(DIRECTORY / "networkpolicy.yaml")[1]
    claim = document(DIRECTORY / "storage.yaml")
    values = documents(DIRECTORY / "config.yaml")[0]
    role = documents(DIRECTORY / "access.yaml")[1]
    for one, path, value in (
        (job("stop"), ("spec", "backofflimit"), 0),
        (job("stop"), ("spec", "template", "spec", "containers", 0, "image"), 1),
        (job("stop"), ("spec", "template", "spec", "containers", 0, "securityContext", "runAsRoot"), False),
        (policy, ("spec", "ingress", 0, "ports", 0, "ports"), 1),
        (policy, ("spec", "ingress", 0, "from", 0, "podSelector", "labels"), {}),
        (claim, ("spec", "accessModes"), "ReadWriteMany"),
        (values, ("data", "WRITETHRU_SPLITS"), 4),
        (role, ("rules", 0, "verb"), ["get"]),
    ):
        assert_refused(one, path, value)


def assert_refused(one: dict[str, Any], path: tuple[str | int, ...], value: object) -> None:
    wrong = copy.deepcopy(one)
    place: Any = wrong
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert list(errors(one)) == []
    assert list(errors(wrong)), f"{path} = {value!r} was taken"


@pytest.mark.parametrize("key", cluster()["flinkConfiguration"])
def test_flink_knows_the_option(key: str) -> None:
    part = REPORTER.fullmatch(key)
    assert knows(part[1] if part and part[1] != "factory.class" else key) or (part and part[1] == "factory.class")


def test_flink_has_the_reporter() -> None:
    name = cluster()["flinkConfiguration"]["metrics.reporter.prom.factory.class"]
    assert f"{name.replace('.', '/')}.class" in jar(FLINK["flink-metrics-prometheus"]).namelist()
    assert f":{FLINK_VERSION}-" in cluster()["image"], "the options were checked against another Flink"


def test_an_option_that_flink_has_not_is_found() -> None:
    for key in ("execution.checkpointing.directory", "state.checkpoint.dir", "taskmanager.slots", "heartbeat.time"):
        assert not knows(key), key


def test_the_pool_s_image_and_probe_work_together(tmp_path: Path) -> None:
    """The command of the image with the arguments of the manifest; before it listens the probe fails, then it holds."""
    (port,) = free_ports(1)
    given = pool()["args"][-1]
    probe = [part.replace(given, str(port)) for part in pool()["startupProbe"]["exec"]["command"]]
    assert subprocess.run(probe, capture_output=True).returncode != 0
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([sys.executable, "-m", "writethru.flink.pool", "--port", str(port)], stdout=log, stderr=log)
    try:
        limit = pool()["startupProbe"]
        end = time.monotonic() + limit["periodSeconds"] * limit["failureThreshold"]
        while subprocess.run(probe, capture_output=True).returncode != 0:
            assert process.poll() is None, (tmp_path / "log").read_text()
            assert time.monotonic() < end
            time.sleep(0.1)
        with pytest.raises(OSError), socket.create_connection((_other_address(), port), timeout=2):
            pass
    finally:
        process.terminate()
        process.wait(10)
    assert process.returncode == 0


def _other_address() -> str:
    """An address of this machine that is not the loopback's: what another pod would knock at."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect(("192.0.2.1", 9))  # nothing is sent: the kernel names the interface it would take
        return str(asked.getsockname()[0])
