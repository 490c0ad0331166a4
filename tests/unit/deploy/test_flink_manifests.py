"""deploy/flink agrees with the code that it starts, and with itself."""

from __future__ import annotations

import json
import re
from urllib.parse import urlsplit

import pytest

import writethru
from tests.unit.deploy.manifests import (
    FLINK,
    JOBS,
    MAIN,
    cluster,
    config,
    containers,
    document,
    documents,
    job,
    kustomized,
    opened,
    pods,
    policies,
    pool,
)
from writethru.cli import flink as commands
from writethru.flink import worker
from writethru.flink.preset import POLL_WAIT, Preset, refuse_local
from writethru.flink.savepoints import local
from writethru.options import Options, from_environment, variables

ALL = [FLINK, FLINK / "jobs"]
FLINK_CONFIG = cluster()["flinkConfiguration"]
SPECS = Options.__dataclass_fields__
SECRET = {variables(name)[0] for name, spec in SPECS.items() if spec.metadata["secret"]}
PLAIN = {variables(name)[0] for name in SPECS} - SECRET


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


def test_every_manifest_is_applied_but_the_secret_and_the_scrape_job() -> None:
    listed = {directory / name for directory in ALL for name in document(directory / "kustomization.yaml")["resources"]}
    apart = {FLINK / "secret.example.yaml", FLINK / "prometheus.yml", *(directory / "kustomization.yaml" for directory in ALL)}
    assert listed | apart == {*FLINK.rglob("*.yaml"), *FLINK.rglob("*.yml")}
    assert not listed & apart


def test_every_object_has_a_name_of_its_own() -> None:
    names = [(one["kind"], one["metadata"]["name"]) for directory in ALL for one in kustomized(directory)]
    assert len(names) == len(set(names))


# Options


def test_the_options_are_ours_and_a_cluster_may_have_them() -> None:
    assert config("writethru").keys() <= PLAIN, "an option that is not, or one that belongs in the Secret"
    refuse_local(chosen())
    assert chosen().poll_wait == POLL_WAIT


def test_every_secret_option_is_in_the_secret_and_nothing_else() -> None:
    assert secret().keys() == SECRET
    assert not any(path for path in FLINK.rglob("*.yaml") if path.name != "secret.example.yaml" and "PASSWORD:" in path.read_text())


def test_commented_options_are_options_too() -> None:
    text = (FLINK / "config.yaml").read_text()
    named = {line.lstrip("# ").partition(":")[0] for line in text.splitlines() if line.strip().startswith(("WRITETHRU_", "# WRITETHRU_"))}
    assert named <= PLAIN | config("writethru-flink").keys()
    assert len(named) > len(config("writethru")) + len(config("writethru-flink"))


def test_the_commands_read_what_is_set_for_them() -> None:
    read = {name: {option.envvar for option in commands.command.commands[name].params if isinstance(option.envvar, str)} for name in JOBS}
    given = config("writethru-flink").keys()
    assert given <= read["submit"]
    assert given <= read["resume"]
    assert {"WRITETHRU_FLINK_URL", "WRITETHRU_FLINK_JOB_NAME"} <= read["stop"]


# Sizes


def test_a_python_worker_for_every_slot() -> None:
    slots = int(FLINK_CONFIG["taskmanager.numberOfTaskSlots"])
    assert preset().workers == slots
    assert int(pool()["resources"]["requests"]["cpu"]) == slots
    assert len(pool()["ports"]) == slots


def test_every_subtask_has_a_shard_to_read_and_a_slot() -> None:
    assert preset().parallelism <= chosen().splits
    assert preset().parallelism % preset().workers == 0, "a TaskManager would stay half empty"


# Ports


def test_the_pool_listens_where_the_job_and_its_probes_look() -> None:
    kind, _, where = preset().environment.partition("=")
    host, _, port = where.partition(":")
    assert (kind, host) == ("EXTERNAL", "localhost")
    assert pool()["args"] == ["--port", port]
    for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
        assert pool()[probe]["exec"]["command"][-1] == f"</dev/tcp/localhost/{port}"


def test_the_pool_is_closed_to_other_pods() -> None:
    port = int(preset().environment.rpartition(":")[2])
    assert all(port not in opened(policy) for policy in policies().values())
    assert all(one["containerPort"] != port for one in pool()["ports"])


def test_workers_are_scraped_where_they_serve() -> None:
    first = chosen().http_port
    assert [port["containerPort"] for port in pool()["ports"]] == [first + number for number in range(preset().workers)]
    assert set(range(first, first + worker.PORTS)) <= opened(policies()["taskmanager"])
    assert chosen().http_host == "0.0.0.0"  # noqa: S104 - what is asserted
    assert all(port["name"].startswith("metrics") for port in pool()["ports"])


def test_flink_is_scraped_where_it_reports() -> None:
    port = int(FLINK_CONFIG["metrics.reporter.prom.port"])
    for side in ("jobManager", "taskManager"):
        template = cluster()[side]["podTemplate"]
        (main,) = [one for one in template["spec"]["containers"] if one["name"] == MAIN]
        assert [(one["name"], one["containerPort"]) for one in main["ports"]] == [("metrics", port)]
        assert template["metadata"]["annotations"]["prometheus.io/scrape"] == "true"
        assert port in opened(policies()[side.lower()])


def test_prometheus_finds_every_metrics_port_and_no_other() -> None:
    (scrape,) = document(FLINK / "prometheus.yml")["scrape_configs"]
    (discovery,) = scrape["kubernetes_sd_configs"]
    assert discovery == {"role": "pod", "namespaces": {"names": [document(FLINK / "kustomization.yaml")["namespace"]]}}
    kept = {rule["source_labels"][0]: re.compile(rule["regex"]) for rule in scrape["relabel_configs"] if rule.get("action") == "keep"}
    annotated = kept["__meta_kubernetes_pod_annotation_prometheus_io_scrape"]
    named = kept["__meta_kubernetes_pod_container_port_name"]
    assert annotated.fullmatch("true")
    for pod in pods().values():
        for one in containers(pod):
            assert all(named.fullmatch(port["name"]) for port in one.get("ports", []))
    # What Flink adds to a pod.
    assert not any(named.fullmatch(name) for name in ("rest", "jobmanager-rpc", "taskmanager-rpc", "blobserver"))


def test_nothing_comes_in_but_what_is_named() -> None:
    assert policies().pop("nothing-comes-in") == {"podSelector": {}, "policyTypes": ["Ingress"]}
    fixed = {int(FLINK_CONFIG[key]) for key in ("taskmanager.data.port", "metrics.internal.query-service.port")}
    assert fixed <= opened(policies()["taskmanager"])
    # Flink's own numbers in a pod: RPC of either side, blobs, REST.
    assert {6123, 6124, 8081} <= opened(policies()["jobmanager"])
    assert 6122 in opened(policies()["taskmanager"])
    for policy in policies().values():
        assert all(rule["from"] and rule["ports"] for rule in policy.get("ingress", []))


def test_rest_is_open_to_the_jobs_and_to_the_operator_alone() -> None:
    (rule,) = [rule for rule in policies()["jobmanager"]["ingress"] if {"port": 8081} in rule["ports"]]
    client, operator = rule["from"]
    assert rule["ports"] == [{"port": 8081}]
    for name in JOBS:
        assert client["podSelector"]["matchLabels"].items() <= job(name)["spec"]["template"]["metadata"]["labels"].items()
    assert operator.keys() == {"namespaceSelector", "podSelector"}


def test_names_that_flink_makes_of_the_deployments() -> None:
    name = document(FLINK / "flinkdeployment.yaml")["metadata"]["name"]
    url = urlsplit(config("writethru-flink")["WRITETHRU_FLINK_URL"])
    assert (url.hostname, url.port) == (f"{name}-rest", 8081)
    for component in ("jobmanager", "taskmanager"):
        assert policies()[component]["podSelector"]["matchLabels"] == {"app": name, "component": component}


# State


def test_every_pod_sees_the_state_at_the_same_place() -> None:
    keys = ("execution.checkpointing.dir", "execution.checkpointing.savepoint-dir", "high-availability.storageDir")
    directories = [local(FLINK_CONFIG[key]) for key in keys]
    assert len(set(directories)) == len(keys)
    for name, pod in pods().items():
        (mount,) = [mount for one in containers(pod) for mount in one["volumeMounts"] if mount["name"] == "state"]
        assert all(directory is not None and directory.is_relative_to(mount["mountPath"]) for directory in directories)
        assert mount.get("readOnly", False) == (name in JOBS)
    (claim,) = documents(FLINK / "storage.yaml")
    assert claim["spec"]["accessModes"] == ["ReadWriteMany"]
    volumes = {
        volume["persistentVolumeClaim"]["claimName"] for pod in pods().values() for volume in pod["volumes"] if volume["name"] == "state"
    }
    assert volumes == {claim["metadata"]["name"]}


def test_checkpoints_outlive_the_jobmanager() -> None:
    assert FLINK_CONFIG["high-availability.type"] == "kubernetes"
    assert FLINK_CONFIG["state.backend.type"] == "rocksdb"
    assert FLINK_CONFIG["execution.checkpointing.incremental"] == "true"
    # Not an option of the cluster: a job that does not ask for it loses its checkpoints at a cancel.
    assert any(flag.startswith("--retain_externalized_checkpoints_on_cancellation") for flag in preset().flags("writethru"))


def test_flink_s_options_are_strings() -> None:
    assert all(isinstance(value, str) for value in FLINK_CONFIG.values()), json.dumps(FLINK_CONFIG)


# Rights


@pytest.mark.parametrize("name", pods())
def test_a_pod_may_do_nothing_it_does_not_need(name: str) -> None:
    """Kubernetes' `restricted` standard, which the namespace asks for."""
    pod = pods()[name]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] > 0
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & pod.keys()
    assert all(not volume.keys() & {"hostPath"} for volume in pod["volumes"])
    for container in containers(pod):
        rights = container["securityContext"]
        assert rights["allowPrivilegeEscalation"] is False
        assert rights["capabilities"] == {"drop": ["ALL"]}
        assert rights.get("runAsUser", 1) > 0
        if container["name"] != MAIN:
            assert rights["readOnlyRootFilesystem"] is True
            assert container["resources"]["limits"]["memory"]
    assert document(FLINK / "namespace.yaml")["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"


def test_what_parses_strangers_text_holds_no_token_and_no_state() -> None:
    pod = pods()["taskManager"]
    assert pod["automountServiceAccountToken"] is False
    assert {mount["name"] for mount in pool()["volumeMounts"]} == {"worker-tmp", "kafka-tls"}
    (main,) = pod["containers"]
    assert "/var/run/secrets/kubernetes.io/serviceaccount" in {mount["mountPath"] for mount in main["volumeMounts"]}
    assert all(pods()[name]["automountServiceAccountToken"] is False for name in JOBS)


def test_the_service_account_is_the_one_with_the_role() -> None:
    account, role, binding = documents(FLINK / "access.yaml")
    assert cluster()["serviceAccount"] == account["metadata"]["name"] == binding["subjects"][0]["name"]
    assert binding["roleRef"]["name"] == role["metadata"]["name"]
    assert not any("*" in values for rule in role["rules"] for values in rule.values())
    assert not any("secrets" in rule["resources"] for rule in role["rules"])


def test_volumes_that_are_mounted_are_there() -> None:
    for pod in pods().values():
        mounted = {mount["name"] for one in containers(pod) for mount in one["volumeMounts"]}
        assert mounted == {volume["name"] for volume in pod["volumes"]}


# Containers and jobs


def test_the_pool_starts_before_flink_and_again_when_it_dies() -> None:
    assert pool()["restartPolicy"] == "Always"
    assert pool()["name"] not in {one["name"] for one in pods()["taskManager"]["containers"]}
    assert "podTemplate" not in cluster(), "the operator would merge its lists by position"


def test_images_are_of_this_version() -> None:
    images = {one["name"]: one["newTag"] for directory in ALL for one in document(directory / "kustomization.yaml")["images"]}
    assert images == {"writethru-worker": writethru.__version__, "writethru-submit": writethru.__version__}
    ours = [one["image"] for pod in pods().values() for one in containers(pod) if one["name"] != MAIN]
    assert set(ours) == {f"{name}:{tag}" for name, tag in images.items()}


def test_workers_and_client_read_the_same_options() -> None:
    def sources(container: dict[str, object]) -> list[object]:
        return list(container["envFrom"])  # type: ignore[call-overload]

    for name in JOBS:
        (client,) = pods()[name]["containers"]
        assert [one for one in sources(client) if one != {"configMapRef": {"name": "writethru-flink"}}] == sources(pool())


def test_the_jobs_differ_by_their_command_alone() -> None:
    def common(name: str) -> str:
        one = job(name)
        (client,) = one["spec"]["template"]["spec"]["containers"]
        labels = (one["metadata"]["labels"], one["spec"]["template"]["metadata"]["labels"])
        assert one["metadata"].pop("name") == f"writethru-{name}"
        assert [label.pop("writethru-job") for label in labels] == [name, name]
        assert client.pop("args") == [name]
        return json.dumps(one)

    assert len({common(name) for name in JOBS}) == 1


@pytest.mark.parametrize("name", JOBS)
def test_a_job_runs_its_command_once(name: str) -> None:
    spec = job(name)["spec"]
    assert name in commands.command.commands
    assert spec["backoffLimit"] == 0, "a second submission would run beside the first"
    assert spec["template"]["spec"]["restartPolicy"] == "Never"
