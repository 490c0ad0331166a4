"""What a client checks before it hands a job over, and how its options reach the workers of its machine."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.flink.manager import Manager, job
from writethru.flink.job_server import NoJobServer, jar, running
from writethru.flink.preset import Preset
from writethru.flink.rest import FlinkUnreachable, Job, NotRunning, Rest
from writethru.flink.submit import check, hand_to_workers, refuse_running, submit
from writethru.flink.worker import take_environment
from writethru.local.java import NoJava
from writethru.options import OptionError, Options, environment_of, from_environment, listed
from writethru.plan import of

CLUSTER = Options(bootstrap="kafka.example:9092", sinks=("kafka",))


# --- before -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "settings", [{}, {"state.backend.type": "rocksdb"}, {"state.checkpoints.dir": "", "execution.checkpointing.dir": ""}]
)
def test_a_cluster_that_keeps_checkpoints_in_memory_is_refused(manager: Manager, settings: dict[str, str]) -> None:
    manager.runs()
    manager.configured(settings)
    with pytest.raises(
        OptionError, match=r"JobManager's memory: set execution\.checkpointing\.dir \(before Flink 2: state\.checkpoints\.dir"
    ):
        check(Rest(manager.url), CLUSTER)


@pytest.mark.parametrize("key", ["state.checkpoints.dir", "execution.checkpointing.dir"])
def test_either_key_names_the_place_of_checkpoints(manager: Manager, key: str) -> None:
    manager.runs(job("a", state="FINISHED"), job("b", "other"), settings={key: "s3://state/c"})
    check(Rest(manager.url), CLUSTER)


@pytest.mark.parametrize("state", ["RUNNING", "RESTARTING", "CREATED", "CANCELLING"])
def test_a_job_that_is_there_already_is_refused(manager: Manager, state: str) -> None:
    manager.runs(job("a", state="FINISHED"), job("b", state=state))
    with pytest.raises(
        OptionError, match=r"^job writethru runs already as b: end it with `writethru flink stop`, or choose another --job-name$"
    ):
        refuse_running(Rest(manager.url), "writethru")


def test_what_is_one_machines_is_refused_before_the_cluster_is_asked() -> None:
    with pytest.raises(OptionError, match="--sinks files"):
        check(Rest("http://localhost:1"), Options(bootstrap="k:9092"))
    with pytest.raises(FlinkUnreachable):
        check(Rest("http://localhost:1"), CLUSTER)


def test_the_plan_of_a_job_is_among_its_options(manager: Manager) -> None:
    carried: dict[str, Any] = {"execution-config": {"user-config": {"writethruPlan": of(CLUSTER).to_json().decode()}}}
    without: dict[str, Any] = {"execution-config": {"user-config": {"parallelism": "1"}}}
    manager.says("GET /jobs/a/config", carried, without)
    assert Rest(manager.url).plan("a") == of(CLUSTER).to_json().decode()
    assert Rest(manager.url).plan("a") is None


# --- the job server -----------------------------------------------------------------------------------------------------------


def test_a_jar_that_is_named_must_be_there(tmp_path: Path) -> None:
    file = tmp_path / "server.jar"
    with pytest.raises(NoJobServer, match=f"^{file}: no such file; name the job server's jar$"):
        jar("2.2.1", str(file))
    file.touch()
    assert jar("2.2.1", str(file)) == file


def test_a_jar_that_cannot_be_fetched_is_named_with_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    from apache_beam.utils.subprocess_server import JavaJarServer

    asked: list[str] = []

    def unreachable(url: str) -> str:
        asked.append(url)
        raise OSError("no route to host")

    monkeypatch.setattr(JavaJarServer, "local_jar", unreachable)
    with pytest.raises(
        NoJobServer, match=r"for Flink 2\.2 \(beam-runners-flink-2\.2-job-server-.*\.jar\): no route to host; .*--job-server-jar"
    ):
        jar("2.2.1", None)
    assert "beam-runners-flink-2.2-job-server" in asked[0]


def java_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> Path:
    """A `java` in place of the JVM, and a temporary directory of its own; that directory."""
    java = tmp_path / "java/bin/java"
    java.parent.mkdir(parents=True)
    java.write_text(f'#!/bin/sh\nif [ "$1" = -version ]; then echo \'openjdk version "21.0.8"\' >&2; exit; fi\n{does}\n')
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "java"))
    (tmp_path / "room").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "room"))
    return tmp_path / "room"


def test_a_job_server_that_ends_is_told_with_its_words_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = java_that(tmp_path, monkeypatch, "echo Unable to access jarfile >&2; exit 3")
    with pytest.raises(NoJobServer, match=r"^Beam's job server ended with status 3\nUnable to access jarfile$"):
        with running(tmp_path / "server.jar", "http://localhost:8081"):
            pass
    assert list(room.iterdir()) == []


def test_without_java_a_job_server_leaves_nothing_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = java_that(tmp_path, monkeypatch, "exit 1")

    def none() -> Path:
        raise NoJava("no Java")

    monkeypatch.setattr("writethru.flink.job_server.find_java", none)
    with pytest.raises(NoJava):
        with running(tmp_path / "server.jar", "http://localhost:8081"):
            pass
    assert list(room.iterdir()) == []


# --- to the workers -----------------------------------------------------------------------------------------------------------


def test_options_lie_where_only_their_owner_reads_them(tmp_path: Path) -> None:
    file = tmp_path / "worker.json"
    hand_to_workers(file, Options(bootstrap="k:9092", sinks=("kafka", "sql"), sql_url="postgresql://u:hunter2@db/w", splits=3))
    assert json.loads(file.read_text()) == {
        "WRITETHRU_BOOTSTRAP": "k:9092",
        "WRITETHRU_SINKS": "kafka,sql",
        "WRITETHRU_SQL_URL": "postgresql://u:hunter2@db/w",
        "WRITETHRU_SPLITS": "3",
    }
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_worker_that_starts_meanwhile_reads_the_old_options_or_the_new(tmp_path: Path) -> None:
    file = tmp_path / "worker.json"
    hand_to_workers(file, Options(group="old"))
    with file.open() as reading:
        hand_to_workers(file, Options(group="new"))
        assert json.load(reading) == {"WRITETHRU_GROUP": "old"}
    assert json.loads(file.read_text()) == {"WRITETHRU_GROUP": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["worker.json"]


def test_the_worker_takes_what_was_handed_over(tmp_path: Path) -> None:
    options = Options(
        bootstrap="k:9092", topic_raw=("a", "b"), feed=("a=ap,ninjs", "b=yonhap,text,Asia/Seoul"), poll_wait=0.02, sinks=("kafka",)
    )
    hand_to_workers(tmp_path / "worker.json", options)
    environ = {"WRITETHRU_WORKER_ENVIRONMENT": str(tmp_path / "worker.json"), "KAFKA_BOOTSTRAP": "other:9092"}
    take_environment(environ)
    assert from_environment(environ) == options


class Result:
    """What Beam's runner gives back: the job server's view of the job."""

    def __init__(self, state: str, *messages: str) -> None:
        self.state = state
        self._messages = messages


class Ended(Result):
    """The client is told to end while it waits for the job."""

    @property
    def state(self) -> str:
        raise SystemExit(143)

    @state.setter
    def state(self, _: str) -> None:
        return


@dataclass(slots=True)
class Handing:
    """A job handed over to a cluster where another one runs. `file` is what workers read, `read` what they would read while Beam hands the
    graph over; `answers` is what that gives."""

    manager: Manager
    file: Path
    answers: Result | BaseException = field(default_factory=lambda: Result("RUNNING"))
    read: list[str] = field(default_factory=list)
    server_ends: Callable[[], None] = lambda: None

    def run_pipeline(self, *_: object) -> Result:
        self.read.append(self.group())
        if isinstance(self.answers, BaseException):
            raise self.answers
        return self.answers

    def comes(self, *states: dict[str, Any]) -> None:
        """What the cluster says of its jobs: before, and then."""
        other, earlier = job("other", "desk"), job("earlier", state="FINISHED")
        self.manager.runs(other, earlier)
        before = {"jobs": [other, earlier]}
        self.manager.says("GET /jobs/overview", before, *({"jobs": [state, other, earlier]} for state in states))
        self.manager.says("GET /jobs/a/exceptions", {"root-exception": "java.io.IOException: no such savepoint"})

    def submit(self) -> Job:
        @contextmanager
        def server() -> Iterator[str]:
            try:
                yield "localhost:1"
            finally:
                self.server_ends()

        preset = Preset(environment="EXTERNAL=localhost:50000", parallelism=1, workers=1, checkpoint_interval=1.0)
        return submit(Rest(self.manager.url), server, "writethru", replace(CLUSTER, group="new"), preset, workers=self.file)

    def group(self) -> str:
        found: str = json.loads(self.file.read_text())["WRITETHRU_GROUP"]
        return found


@pytest.fixture
def handing(manager: Manager, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Handing:
    from apache_beam.runners.portability.portable_runner import PortableRunner

    found = Handing(manager, tmp_path / "worker.json")
    hand_to_workers(found.file, replace(CLUSTER, group="old"))
    monkeypatch.setattr(PortableRunner, "run_pipeline", found.run_pipeline)
    monkeypatch.setattr("writethru.sources.kafka.offsets.probe", lambda settings: None)  # no broker is asked
    return found


def test_workers_have_the_options_before_the_job_can_ask_for_them(handing: Handing) -> None:
    handing.comes(job("a", running=0), job("a"))
    assert handing.submit().id == "a"
    assert (handing.read, handing.group()) == (["new"], "new")


@pytest.mark.parametrize(
    ("answers", "states", "told"),
    [
        (RuntimeError("cannot stage"), (), "cannot stage"),
        (KeyboardInterrupt("asked for"), (), "asked for"),
        (Result("FAILED", "no such runner"), (), "^Beam's job server refused job writethru: no such runner$"),
        (
            Result("RUNNING"),
            (job("a", state="INITIALIZING", running=0), job("a", state="FAILED", running=0)),
            "is FAILED: .*no such savepoint",
        ),
    ],
)
def test_of_a_job_that_is_not_taken_the_workers_of_the_other_see_nothing(
    handing: Handing, answers: Result | BaseException, states: tuple[dict[str, Any], ...], told: str
) -> None:
    handing.answers = answers
    handing.comes(*states)
    with pytest.raises((RuntimeError, KeyboardInterrupt), match=told):
        handing.submit()
    assert (handing.read, handing.group()) == (["new"], "old")
    assert handing.file.stat().st_mode & 0o777 == 0o600


def test_what_fails_before_the_job_goes_off_changes_nothing(handing: Handing) -> None:
    handing.comes()

    def server() -> AbstractContextManager[str]:
        raise NoJobServer("no")

    preset = Preset(environment="EXTERNAL=localhost:50000", parallelism=1, workers=1, checkpoint_interval=1.0)
    with pytest.raises(NoJobServer):
        submit(Rest(handing.manager.url), server, "writethru", replace(CLUSTER, group="new"), preset, workers=handing.file)
    assert (handing.read, handing.group()) == ([], "old")


def test_where_no_options_lay_none_are_left(handing: Handing) -> None:
    handing.answers = RuntimeError("cannot stage")
    handing.comes()
    handing.file.unlink()
    with pytest.raises(RuntimeError, match="cannot stage"):
        handing.submit()
    assert handing.read == ["new"]
    assert list(handing.file.parent.iterdir()) == []


def test_a_job_that_is_slow_to_run_keeps_its_options(handing: Handing, monkeypatch: pytest.MonkeyPatch) -> None:
    """Flink has it: its workers may come once there are slots."""
    monkeypatch.setattr("writethru.flink.submit.RUNS_WITHIN", 0.5)
    handing.comes(job("a", running=0))
    with pytest.raises(NotRunning, match=r"^job writethru does not run after 0 s: java\.io\.IOException: no such savepoint"):
        handing.submit()
    assert handing.group() == "new"


@pytest.mark.parametrize("ended", [SystemExit(143), Ended("STARTING")])
@pytest.mark.parametrize(
    ("states", "left"),
    [
        ((job("a", state="INITIALIZING", running=0),), "new"),
        ((job("a", state="FAILED", running=0),), "old"),
        ((), "old"),
    ],
)
def test_of_a_client_that_is_ended_the_cluster_tells_whose_options_hold(
    handing: Handing, ended: Result | BaseException, states: tuple[dict[str, Any], ...], left: str
) -> None:
    handing.answers = ended
    handing.comes(*states)
    with pytest.raises(SystemExit):
        handing.submit()
    assert (handing.read, handing.group()) == (["new"], left)


def test_the_cluster_is_asked_once_the_job_server_can_hand_nothing_over_any_more(handing: Handing) -> None:
    handing.answers = SystemExit(143)
    handing.comes()
    handing.server_ends = lambda: handing.manager.says("GET /jobs/overview", {"jobs": [job("a", running=0)]})
    with pytest.raises(SystemExit):
        handing.submit()
    assert handing.group() == "new"


@pytest.mark.parametrize(("status", "answer"), [(200, b"<html>"), (503, b"{}")])
def test_where_the_cluster_does_not_tell_the_job_keeps_its_options(handing: Handing, status: int, answer: bytes) -> None:
    handing.answers = SystemExit(143)
    handing.comes()
    handing.server_ends = lambda: handing.manager.says("GET /jobs/overview", answer, status=status)
    with pytest.raises(SystemExit):
        handing.submit()
    assert handing.group() == "new"


KINDS = get_type_hints(Options)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz.-_", min_size=1)
FEEDS = st.lists(NAMES, min_size=1, max_size=3).map(",".join)


def value(spec: Any) -> st.SearchStrategy[Any]:
    """Any value that an option takes, but an empty one in the place of a default, which no variable can say."""
    if spec.name == "embargo":
        return st.just("mark")
    if spec.name == "bigquery_dataset":
        return st.just("project.dataset")
    if spec.name == "start":
        return st.sampled_from(("group", "earliest", "latest", "2026-03-17T08:00:00Z", "1773734400000"))
    if spec.name == "feed":
        return st.lists(st.tuples(NAMES, FEEDS).map("=".join)).map(tuple)
    if choices := spec.metadata["choices"]:
        one = st.sampled_from(choices)
        return one if KINDS[spec.name] is str else st.lists(one, min_size=1, unique=True).map(tuple)
    kinds = {
        str: st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1 if spec.default else 0),
        int: st.integers(1, 65535),
        float: st.floats(0.001, 1),
    }
    return kinds.get(KINDS[spec.name], st.lists(NAMES, min_size=1).map(tuple))


@given(st.fixed_dictionaries({spec.name: value(spec) for spec in fields(Options)}).map(lambda values: Options(**values)))
def test_any_options_are_the_same_after_the_environment(options: Options) -> None:
    assert from_environment(environment_of(options)) == options


def test_defaults_need_no_variable() -> None:
    assert environment_of(Options()) == {}
    assert environment_of(Options(splits=2, topic_raw=("a", "b"))) == {"WRITETHRU_SPLITS": "2", "WRITETHRU_TOPIC_RAW": "a,b"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("a", ("a",)),
        (" a, b ,,c", ("a", "b", "c")),
        ("x=reuters,text,y=ap", ("x=reuters,text", "y=ap")),
        ("x=reuters, text, Europe/London, y=ap", ("x=reuters,text,Europe/London", "y=ap")),
        ("a,x=ap,ninjs", ("a", "x=ap,ninjs")),
    ],
)
def test_a_comma_list_keeps_the_parts_of_a_feed_together(text: str, parts: tuple[str, ...]) -> None:
    assert listed(text) == parts
