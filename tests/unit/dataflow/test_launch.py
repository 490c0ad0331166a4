"""The launcher's command line: what it takes, and what it refuses with what to do instead."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from apache_beam.options.pipeline_options import GoogleCloudOptions

from tests.unit.dataflow.conftest import FLAGS, IMAGE_NAME, SECRET
from writethru.dataflow.launch import IMAGE, check, launch, parse
from writethru.kafka_connection import KafkaUnavailable
from writethru.options import OptionError, Options

ROOT = Path(__file__).resolve().parents[3]
BROKERS = "--bootstrap=kafka.example:9092"


def test_a_parameter_is_an_option_and_everything_else_is_beams() -> None:
    options, rest = parse([BROKERS, "--topic_raw=a,b", "--splits=4", "--dead_ratio=.25", "--project=newsroom-1", "--update", "--start="])
    assert options == Options(bootstrap="kafka.example:9092", topic_raw=("a", "b"), splits=4, dead_ratio=0.25, sinks=("kafka",))
    assert rest == ["--project=newsroom-1", "--update"]


def test_no_flag_is_taken_for_a_longer_one() -> None:
    assert parse([BROKERS, "--topic=wire.raw", "--feeds=x"])[1] == ["--topic=wire.raw", "--feeds=x"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "--bootstrap: name the brokers"),
        (["--bootstrap=localhost:9092"], "localhost:9092 would be the worker itself"),
        (["--bootstrap=kafka.example:9092,127.0.0.1:9092"], "127.0.0.1:9092 would be the worker itself"),
        (["--bootstrap=[::1]:9092"], "would be the worker itself"),
        ([BROKERS, "--sinks=kafka,files"], "files go with the worker"),
        ([BROKERS, "--sinks=sql"], "needs --sql_url"),
        ([BROKERS, "--sinks=bigquery"], "PROJECT.DATASET"),
        ([BROKERS, "--stop=end"], "drain it"),
        ([BROKERS, "--out=/tmp/out"], "a worker's directory goes with the worker"),
        ([BROKERS, "--embedding=/models/small"], "build one that has both"),
        ([BROKERS, "--http_port=9464"], "Cloud Monitoring"),
        ([BROKERS, "--partitions=8"], "writethru topics create"),
        ([BROKERS, "--embargo=hold"], "use --embargo mark"),
        ([BROKERS, "--splits=many"], "--splits=many"),
        ([BROKERS, "--splits"], "NAME=VALUE"),
        ([BROKERS, "--ssl_cafile=gs://newsroom-bucket/ca.pem"], "absolute path of a file in the image"),
        ([BROKERS, "--runner=DirectRunner"], "`writethru run` runs locally"),
        ([BROKERS, "--security_protocol=SASL_SSL"], "needs sasl_mechanism, sasl_username and sasl_password"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_asked_for(arguments: list[str], told: str) -> None:
    flags = [flag for flag in FLAGS if not flag.startswith("--runner")]
    with pytest.raises(ValueError, match=told.replace(".", "[.]")):
        launch([*flags, *arguments], {IMAGE: IMAGE_NAME})


@pytest.mark.parametrize("name", ["sasl_password", "ssl_password", "sql_url"])
def test_a_secret_by_value_is_refused_and_not_repeated(name: str) -> None:
    with pytest.raises(OptionError, match="Secret Manager") as refusal:
        launch([*FLAGS, BROKERS, f"--{name}=hunter2"], {IMAGE: IMAGE_NAME})
    assert "hunter2" not in str(refusal.value)


def test_without_an_image_of_ours_the_workers_could_not_start() -> None:
    with pytest.raises(OptionError, match="--sdk_container_image"):
        launch([*FLAGS, BROKERS], {})


@pytest.mark.parametrize("path", ["/etc/ssl/certs/brokers.pem", SECRET])
def test_a_file_is_one_of_the_image_or_of_secret_manager(path: str) -> None:
    check(parse([BROKERS, f"--ssl_cafile={path}"])[0])


def test_the_brokers_are_asked_before_any_worker_is_paid_for(monkeypatch: pytest.MonkeyPatch) -> None:
    # The one thing that Beam asks Google before the graph is built; Google cannot be had here.
    monkeypatch.setattr(GoogleCloudOptions, "_warn_if_soft_delete_policy_enabled", lambda *_: None)
    flags = [flag for flag in FLAGS if not flag.startswith("--dry_run")]
    with pytest.raises(KafkaUnavailable, match=r"nothing\.invalid:9092"):
        launch([*flags, "--bootstrap=nothing.invalid:9092"], {IMAGE: IMAGE_NAME})


def test_the_file_that_the_template_starts_ends_with_the_reason_alone() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "deploy/dataflow/main.py", *FLAGS, BROKERS, "--stop=end"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("writethru: --stop: a streaming job has no end")
    assert "Traceback" not in done.stderr
