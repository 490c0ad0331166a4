"""What in deploy/flink can reach what: ports, policies, rights."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from tests.unit.deploy.manifests import (
    FLINK,
    JOBS,
    MAIN,
    chosen,
    cluster,
    config,
    containers,
    document,
    documents,
    job,
    opened,
    pods,
    policies,
    pool,
    preset,
)
from writethru.flink import worker

SETTINGS = cluster()["flinkConfiguration"]


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
    assert [port["containerPort"] for port in pool()["ports"]] == [first + number for number in range(2 * preset().workers)]
    assert set(range(first, first + worker.PORTS)) <= opened(policies()["taskmanager"])
    assert chosen().http_host == "0.0.0.0"  # noqa: S104 - what is asserted
    assert all(port["name"].startswith("metrics") for port in pool()["ports"])


def test_flink_is_scraped_where_it_reports() -> None:
    port = int(SETTINGS["metrics.reporter.prom.port"])
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
    fixed = {int(SETTINGS[key]) for key in ("taskmanager.data.port", "metrics.internal.query-service.port")}
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
