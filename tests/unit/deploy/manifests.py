"""What lies in deploy/flink, as Python values."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from writethru.flink.preset import Preset
from writethru.options import Options, from_environment

ROOT = Path(__file__).parents[3]
FLINK = ROOT / "deploy/flink"
JOBS = ("submit", "stop", "resume")
MAIN = "flink-main-container"
"""The name by which Flink knows its own container in a pod template."""


class Loader(yaml.SafeLoader):
    """Refuses a key given twice, of which YAML libraries silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value]
        assert len(names) == len(set(names)), f"{sorted(name for name in names if names.count(name) > 1)} twice at {node.start_mark}"
        return super().construct_mapping(node, deep)


def documents(path: Path) -> list[dict[str, Any]]:
    return list(yaml.load_all(path.read_text(encoding="utf-8"), Loader))


def document(path: Path) -> dict[str, Any]:
    (one,) = documents(path)
    return one


def kustomized(directory: Path) -> Iterator[dict[str, Any]]:
    """Every object that `kubectl apply -k` would send."""
    for name in document(directory / "kustomization.yaml")["resources"]:
        yield from documents(directory / name)


def cluster() -> dict[str, Any]:
    """The FlinkDeployment's `spec`."""
    spec: dict[str, Any] = document(FLINK / "flinkdeployment.yaml")["spec"]
    return spec


def job(name: str) -> dict[str, Any]:
    return document(FLINK / "jobs" / f"{name}.yaml")


def pods() -> dict[str, dict[str, Any]]:
    """Every pod's `spec`, by what it is."""
    deployed = cluster()
    found = {side: deployed[side]["podTemplate"]["spec"] for side in ("jobManager", "taskManager")}
    return found | {name: job(name)["spec"]["template"]["spec"] for name in JOBS}


def containers(pod: dict[str, Any]) -> list[dict[str, Any]]:
    return [*pod.get("initContainers", []), *pod["containers"]]


def pool() -> dict[str, Any]:
    """The worker pool's container."""
    (found,) = pods()["taskManager"]["initContainers"]
    return dict(found)


def config(name: str) -> dict[str, str]:
    """The values of a ConfigMap."""
    (found,) = [one["data"] for one in documents(FLINK / "config.yaml") if one["metadata"]["name"] == name]
    return dict(found)


def policies() -> dict[str, dict[str, Any]]:
    """Every NetworkPolicy's `spec`, by name."""
    return {one["metadata"]["name"]: one["spec"] for one in documents(FLINK / "networkpolicy.yaml")}


def opened(policy: dict[str, Any]) -> set[int]:
    """The ports on which a policy lets something in."""
    ports = [port for rule in policy.get("ingress", []) for port in rule["ports"]]
    return {number for port in ports for number in range(port["port"], port.get("endPort", port["port"]) + 1)}


def secret() -> dict[str, str]:
    return dict(document(FLINK / "secret.example.yaml")["stringData"])


def chosen() -> Options:
    """The options as a worker finds them."""
    return from_environment(config("writethru") | secret())


def preset() -> Preset:
    given = config("writethru-flink")
    return Preset(
        environment=given["WRITETHRU_FLINK_ENVIRONMENT"],
        parallelism=int(given["WRITETHRU_FLINK_PARALLELISM"]),
        workers=int(given["WRITETHRU_FLINK_WORKERS"]),
        checkpoint_interval=float(given["WRITETHRU_FLINK_CHECKPOINT_INTERVAL"]),
    )
