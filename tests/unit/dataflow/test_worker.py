"""Where a worker finds its options, in this process and in a real worker process of Beam's SDK. Secret Manager cannot be had here: its
client is a double where a secret is fetched, and only there."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.options.value_provider import RuntimeValueProvider
from apache_beam.portability.api import beam_provision_api_pb2
from apache_beam.runners.portability.fn_api_runner import fn_runner
from apache_beam.transforms.environments import SubprocessSDKEnvironment
from google.cloud import secretmanager

from tests.unit.dataflow.conftest import SECRET, Launch
from writethru import worker
from writethru.options import OptionError, Options
from writethru.sources.kafka.settings import resolve


@pytest.fixture(autouse=True)
def nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("WRITETHRU_") or name in ("KAFKA_BOOTSTRAP", "OUT")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(RuntimeValueProvider, "runtime_options", None)


def send(monkeypatch: pytest.MonkeyPatch, options: Options) -> None:
    """As the harness does at its start."""
    monkeypatch.setattr(RuntimeValueProvider, "runtime_options", {worker.OPTION: worker.packed(options)})


@pytest.fixture
def secret_manager(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answers every name with `value of NAME` and a line end; returns the names asked for."""
    asked: list[str] = []

    class Client:
        def access_secret_version(self, request: dict[str, str]) -> Any:
            asked.append(request["name"])
            if "/secrets/absent/" in request["name"]:
                raise LookupError("404 Secret [absent] not found")
            return SimpleNamespace(payload=SimpleNamespace(data=f"value of {request['name'].split('/')[3]}\n".encode()))

    monkeypatch.setattr(secretmanager, "SecretManagerServiceClient", Client)
    worker._read.cache_clear()  # noqa: SLF001 - no answer of another test
    return asked


# --- in this process --------------------------------------------------------------------------------------------------------


def test_what_was_sent_comes_back_with_its_types(monkeypatch: pytest.MonkeyPatch) -> None:
    options = Options(bootstrap="far.example:9092", topic_raw=("a", "b"), splits=7, dead_ratio=0.25, feed=("a=ap,ninjs",), sinks=("kafka",))
    send(monkeypatch, options)
    assert worker.options({}) == options


def test_the_environment_wins_where_it_says_something(monkeypatch: pytest.MonkeyPatch) -> None:
    send(monkeypatch, Options(bootstrap="far.example:9092", group="desk", splits=7))
    seen = worker.options({"KAFKA_BOOTSTRAP": "near.example:9092", "WRITETHRU_SPLITS": "2", "WRITETHRU_START": "latest"})
    assert (seen.bootstrap, seen.group, seen.splits, seen.start) == ("near.example:9092", "desk", 2, "latest")


def test_where_nothing_was_sent_the_environment_is_all_there_is() -> None:
    assert worker.options({"WRITETHRU_GROUP": "night"}) == Options(group="night")


def test_the_source_asks_the_same_place(monkeypatch: pytest.MonkeyPatch) -> None:
    send(monkeypatch, Options(bootstrap="far.example:9092", group="desk", splits=7))
    found = resolve("nobody configured this")
    assert (found.connection.bootstrap, found.group, found.splits) == ("far.example:9092", "desk", 7)


def test_an_option_of_another_build_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RuntimeValueProvider, "runtime_options", {worker.OPTION: '{"colour": "red"}'})
    with pytest.raises(OptionError, match=r"colour.*one image"):
        worker.options({})


@pytest.mark.parametrize(
    "name",
    [
        "hunter2",
        "projects/p/secrets/s",
        f"{SECRET}\nhunter2",
        "postgresql://user:hunter2@db/wires",
        "projects/p/locations/europe-west1/secrets/s/versions/1",
    ],
)
def test_no_secret_is_ever_sent(name: str) -> None:
    for option in ("sasl_password", "ssl_password", "sql_url"):
        with pytest.raises(OptionError, match="Secret Manager") as refusal:
            worker.packed(Options(**{option: name}))
        assert "hunter2" not in str(refusal.value)


def test_a_secret_is_fetched_where_it_is_used(monkeypatch: pytest.MonkeyPatch, secret_manager: list[str]) -> None:
    send(monkeypatch, Options(bootstrap="far.example:9092", sasl_password=SECRET, topic_dead="projects/p/secrets/s/versions/1"))
    options = worker.options({})
    assert options.sasl_password == "value of kafka-password"  # noqa: S105
    assert "value of" not in repr(options)
    assert secret_manager == [SECRET], "and nothing that only looks like one"


def test_a_certificate_becomes_a_file_that_others_cannot_read(secret_manager: list[str]) -> None:
    name = "projects/newsroom-1/secrets/client-key/versions/1"
    options = worker.revealed(Options(ssl_keyfile=name, ssl_cafile="/etc/ssl/certs/brokers.pem"))
    path = Path(options.ssl_keyfile)
    assert path.read_bytes() == b"value of client-key\n"
    assert path.stat().st_mode & 0o777 == 0o600
    assert options.ssl_cafile == "/etc/ssl/certs/brokers.pem"


def test_a_secret_that_is_not_there_is_named_with_the_right_that_is_needed(secret_manager: list[str]) -> None:
    with pytest.raises(OptionError, match=r"--sql-url.*absent.*secretmanager\.secretAccessor"):
        worker.revealed(Options(sql_url="projects/newsroom-1/secrets/absent/versions/1"))


def test_secret_manager_is_asked_once_a_process(monkeypatch: pytest.MonkeyPatch, secret_manager: list[str]) -> None:
    send(monkeypatch, Options(bootstrap="far.example:9092", sasl_password=SECRET))
    for _ in range(3):
        assert worker.options({}).sasl_password == "value of kafka-password"  # noqa: S105
    assert secret_manager == [SECRET], "every bundle of the source asks for the options"


# --- in a worker of Beam's ---------------------------------------------------------------------------------------------------


def look(path: str) -> None:
    """Runs in a step: writes down what the process that it runs in would work with."""
    from writethru import worker
    from writethru.ops import metrics

    seen = worker.options()
    Path(path).write_text(
        json.dumps(
            {
                "pid": os.getpid(),
                "bootstrap": seen.bootstrap,
                "group": seen.group,
                "topic_raw": seen.topic_raw,
                "splits": seen.splits,
                "counts_in_beam": metrics.RECORDS_IN.mirror is not None,
            }
        )
    )


def run(runner: fn_runner.FnApiRunner, path: Path, options: PipelineOptions | None = None) -> dict[str, Any]:
    pipeline = beam.Pipeline(runner, options=options or PipelineOptions([]))
    _ = pipeline | beam.Create([str(path)]) | beam.Map(look)
    pipeline.run().wait_until_finish()
    seen: dict[str, Any] = json.loads(path.read_text())
    return seen


def as_sent(submitted: Launch) -> fn_runner.ExtendedProvisionInfo:
    """What a launched job hands its workers. Without its numbers: Dataflow's service writes 0, this runner 0.0, which Beam cannot read."""
    sent = submitted("--bootstrap=kafka.example:9092", "--topic_raw=a,b", "--group=desk", "--splits=4").sent
    for name in [name for name, value in sent["options"].items() if isinstance(value, float)]:
        del sent["options"][name]
    return fn_runner.ExtendedProvisionInfo(beam_provision_api_pb2.ProvisionInfo(pipeline_options=sent))


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> SubprocessSDKEnvironment:
    """A worker in a process of its own, which must find the tests and the package as this one does."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(path for path in sys.path if path))
    return SubprocessSDKEnvironment.from_command_string(f"{sys.executable} -m apache_beam.runners.worker.sdk_worker_main")


def test_a_worker_process_works_with_what_the_launcher_sent(tmp_path: Path, submitted: Launch, process: SubprocessSDKEnvironment) -> None:
    seen = run(fn_runner.FnApiRunner(process, provision_info=as_sent(submitted)), tmp_path / "seen.json")
    assert seen.pop("pid") != os.getpid()
    assert seen == {"bootstrap": "kafka.example:9092", "group": "desk", "topic_raw": ["a", "b"], "splits": 4, "counts_in_beam": True}


def test_a_worker_process_with_an_environment_of_ours_goes_by_that(
    tmp_path: Path, submitted: Launch, process: SubprocessSDKEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WRITETHRU_GROUP", "night")
    seen = run(fn_runner.FnApiRunner(process, provision_info=as_sent(submitted)), tmp_path / "seen.json")
    assert (seen["group"], seen["bootstrap"]) == ("night", "kafka.example:9092")


def test_a_worker_inside_the_runners_process_has_the_environment_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """FnApiRunner gives an embedded worker no pipeline options: there the command line configures the process."""
    monkeypatch.setenv("WRITETHRU_GROUP", "night")
    sent = PipelineOptions([], **{worker.OPTION: worker.packed(Options(bootstrap="far.example:9092"))})
    seen = run(fn_runner.FnApiRunner(), tmp_path / "seen.json", sent)
    assert (seen["pid"], seen["group"], seen["bootstrap"]) == (os.getpid(), "night", "")
