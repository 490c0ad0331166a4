"""deploy/flink agrees with the code that it starts, and with itself: options, sizes, state, jobs."""

from __future__ import annotations

import json

import pytest

import writethru
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
    kustomized,
    pods,
    pool,
    preset,
    secret,
)
from writethru.cli import flink as commands
from writethru.flink.preset import SOURCE, refuse_local
from writethru.flink.savepoints import local
from writethru.options import Options, variables

ALL = [FLINK, FLINK / "jobs"]
SETTINGS = cluster()["flinkConfiguration"]
SPECS = Options.__dataclass_fields__
SECRET = {variables(name)[0] for name, spec in SPECS.items() if spec.metadata["secret"]}
PLAIN = {variables(name)[0] for name in SPECS} - SECRET


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
    assert {name: getattr(chosen(), name) for name in SOURCE} == SOURCE


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
    slots = int(SETTINGS["taskmanager.numberOfTaskSlots"])
    assert preset().workers == slots
    assert int(pool()["resources"]["requests"]["cpu"]) == slots
    assert len(pool()["ports"]) == 2 * slots


def test_every_subtask_has_a_shard_to_read_and_a_slot() -> None:
    assert preset().parallelism <= chosen().splits
    assert preset().parallelism % preset().workers == 0, "a TaskManager would stay half empty"


# State


def test_every_pod_sees_the_state_at_the_same_place() -> None:
    keys = ("execution.checkpointing.dir", "execution.checkpointing.savepoint-dir", "high-availability.storageDir")
    directories = [local(SETTINGS[key]) for key in keys]
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
    assert SETTINGS["high-availability.type"] == "kubernetes"
    assert SETTINGS["state.backend.type"] == "rocksdb"
    assert SETTINGS["execution.checkpointing.incremental"] == "true"
    # Not an option of the cluster: a job that does not ask for it loses its checkpoints at a cancel.
    assert any(flag.startswith("--retain_externalized_checkpoints_on_cancellation") for flag in preset().flags("writethru"))


def test_flink_s_options_are_strings() -> None:
    assert all(isinstance(value, str) for value in SETTINGS.values()), json.dumps(SETTINGS)


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
