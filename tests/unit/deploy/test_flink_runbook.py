"""docs/flink.md names only what is there."""

from __future__ import annotations

import re

import pytest

from tests.unit.deploy.manifests import FLINK, JOBS, ROOT, cluster, config, document, job
from writethru.flink.savepoints import target
from writethru.ops import metrics
from writethru.options import Options, variables

TEXT = (ROOT / "docs/flink.md").read_text(encoding="utf-8")


def test_every_path_exists() -> None:
    paths = set(re.findall(r"\b(?:deploy|docs|tests)/[\w./-]*\w", TEXT))
    assert len(paths) > 8
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_every_variable_exists() -> None:
    known = {name for field, spec in Options.__dataclass_fields__.items() for name in variables(field, spec.metadata["env"])}
    known |= config("writethru-flink").keys()
    assert set(re.findall(r"\b(?:WRITETHRU|KAFKA)_[A-Z_]+[A-Z]\b", TEXT)) <= known


def test_every_metric_of_ours_exists() -> None:
    known = {instrument.name for instrument in metrics.TABLE}
    assert set(re.findall(r"\bwritethru_[a-z_]+[a-z]\b", TEXT)) <= known


def test_every_metric_of_flinks_that_wakes_somebody_is_explained() -> None:
    asked = set(re.findall(r"\bflink_\w+", (ROOT / "deploy/prometheus/alerts_flink.yml").read_text(encoding="utf-8")))
    assert len(asked) == 3
    assert asked <= set(re.findall(r"^\| `(flink_\w+)`", TEXT, re.MULTILINE))


@pytest.mark.parametrize("name", ["writethru", "writethru-flink"])
def test_the_named_objects_are_those_of_the_manifests(name: str) -> None:
    assert config(name)
    assert set(re.findall(r"kubectl -n (\S+)", TEXT)) == {document(FLINK / "kustomization.yaml")["namespace"]}


def test_numbers_that_the_text_repeats() -> None:
    settings = cluster()["flinkConfiguration"]
    assert f"reporter ({settings['metrics.reporter.prom.port']})" in TEXT
    assert f"each worker ({config('writethru')['WRITETHRU_HTTP_PORT']} and up)" in TEXT
    assert f"every {config('writethru-flink')['WRITETHRU_FLINK_CHECKPOINT_INTERVAL']} s" in TEXT
    assert settings["execution.checkpointing.num-retained"] == "3"
    assert "three retained checkpoints" in TEXT
    assert settings["execution.checkpointing.savepoint-dir"] in TEXT
    assert settings["execution.checkpointing.dir"] in TEXT


def blocks() -> list[list[str]]:
    """The commands of each block, without what is said of them."""
    found = re.findall(r"^ *```\n(.*?)^ *```$", TEXT, re.MULTILINE | re.DOTALL)
    return [[line.partition("  #")[0].strip() for line in block.splitlines()] for block in found]


def test_an_upgrade_resumes_once_the_operator_has_started_the_cluster_anew() -> None:
    (upgrade,) = [block for block in blocks() if "sh deploy/flink/client.sh stop" in block]
    generation, seen, ready, resume = upgrade[upgrade.index("kubectl apply -k deploy/flink") + 1 :]
    assert generation.startswith("generation=$(") and "{.metadata.generation}" in generation
    assert " wait " in seen and """'{.status.observedGeneration}'="$generation\"""" in seen
    assert " wait " in ready and "'{.status.jobManagerDeploymentStatus}'=READY" in ready
    assert resume.startswith("sh deploy/flink/client.sh resume")


def test_the_jobs_find_the_plan_where_the_runbook_puts_it() -> None:
    (upgrade,) = [block for block in blocks() if "sh deploy/flink/client.sh stop" in block]
    made = re.search(r"create configmap (\S+) --from-file=(\S+)", "\n".join(upgrade))
    assert made is not None
    for name in JOBS:
        pod = job(name)["spec"]["template"]["spec"]
        (volume,) = [one for one in pod["volumes"] if one["name"] == "plan"]
        (mount,) = [one for one in pod["containers"][0]["volumeMounts"] if one["name"] == "plan"]
        assert volume["configMap"] == {"name": made[1], "optional": True}
        assert upgrade[-1].endswith(f" --plan {mount['mountPath']}/{made[2]}")


def test_plans_are_made_with_what_shapes_the_job() -> None:
    (ask,) = [block for block in blocks() if "writethru plan old.json" in block]
    set_ = dict(one.split("=") for one in ask[0].removeprefix("export ").split())
    assert set_ == {name: config("writethru")[name] for name in ("WRITETHRU_SINKS", "WRITETHRU_SPLITS")}


def test_the_client_is_called_with_the_commands_that_have_a_job() -> None:
    calls = [line.split()[2:] for block in blocks() for line in block if line.startswith("sh deploy/flink/client.sh")]
    assert [call[0] for call in calls] == ["submit", "stop", "resume", "resume"]


def test_the_named_savepoint_lies_where_a_stop_puts_it() -> None:
    named = re.findall(r"--from (file:\S+)/savepoint-…", TEXT)
    settings = cluster()["flinkConfiguration"]
    assert set(named) == {target(settings, config("writethru-flink")["WRITETHRU_FLINK_JOB_NAME"])}
