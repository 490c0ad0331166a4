"""`writethru flink` as a user calls it, against prepared answers of a JobManager. A job is not started here: that takes a job server and a
cluster, which `tests/integration/flink` has."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner, Result

from tests.unit.flink.manager import Manager, job, managing
from writethru.cli import main
from writethru.flink.cluster import Cluster
from writethru.flink.job_server import NoJobServer
from writethru.flink.layout import Layout, Shape
from writethru.flink.preset import Preset
from writethru.flink.rest import Job
from writethru.local.ports import free_ports
from writethru.options import Options
from writethru.plan import of

COMMANDS = ("submit", "resume", "stop", "cancel", "status")
SINKS = ("--bootstrap", "kafka.example:9092", "--sinks", "kafka")
POOL = ("--environment", "EXTERNAL=localhost:50000")
SAVEPOINT = {"latest_ack_timestamp": 1_773_734_400_000, "external_path": "s3://state/savepoint-a-1", "discarded": False}


@pytest.fixture(autouse=True)
def nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("WRITETHRU_") or name in ("KAFKA_BOOTSTRAP", "OUT")]:
        monkeypatch.delenv(name)


@pytest.fixture
def manager() -> Iterator[Manager]:
    with managing() as found:
        yield found


@dataclass(slots=True)
class Submitted:
    name: str
    options: Options
    preset: Preset
    savepoint: str | None


@pytest.fixture
def submitted(monkeypatch: pytest.MonkeyPatch) -> list[Submitted]:
    """What would have been started."""
    found: list[Submitted] = []

    def submit(
        rest: Any, server: Any, name: str, options: Options, preset: Preset, savepoint: str | None = None, workers: Path | None = None
    ) -> Job:
        found.append(Submitted(name, options, preset, savepoint))
        return Job("new", name, "RUNNING", 1, {})

    monkeypatch.setattr("writethru.flink.submit.submit", submit)
    return found


@pytest.fixture
def flink(manager: Manager, tmp_path: Path) -> Callable[..., Result]:
    """Calls a command on the manager's cluster."""
    (tmp_path / "server.jar").touch()
    environ = {"WRITETHRU_FLINK_URL": manager.url, "WRITETHRU_FLINK_JOB_SERVER_JAR": str(tmp_path / "server.jar")}

    def call(*arguments: str, **more: str) -> Result:
        return CliRunner().invoke(main, ["flink", *arguments], env=environ | more)

    return call


def refusal(result: Result) -> str:
    """The one line that a refused command ends with."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    *_, line = result.stderr.splitlines()
    assert line.startswith("Error: ")
    return line


def carries(manager: Manager, jid: str, plan: bytes) -> None:
    manager.says(f"GET /jobs/{jid}/config", {"execution-config": {"user-config": {"writethruPlan": plan.decode()}}})


def saved(manager: Manager, jid: str) -> None:
    manager.says(f"GET /jobs/{jid}/checkpoints", {"counts": {"completed": 3, "failed": 1}, "latest": {"savepoint": SAVEPOINT}})


# --- which cluster ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_without_a_cluster_it_is_said_how_to_get_one(name: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["flink", name, "--directory", str(tmp_path)])
    assert done.stderr == f"Error: no cluster runs in {tmp_path}: `writethru flink up` starts one, --flink-url names another\n"
    assert done.exit_code == 1


def test_where_none_runs_none_is_ended(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["flink", "down", "--directory", str(tmp_path / "absent")])
    assert (done.exit_code, done.output) == (0, f"no cluster runs in {tmp_path / 'absent'}\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_cluster_that_does_not_answer_is_one_line(name: str) -> None:
    (port,) = free_ports(1)
    more = (*SINKS, *POOL) if name in ("submit", "resume") else ()
    done = CliRunner().invoke(main, ["flink", name, "--flink-url", f"localhost:{port}", *more])
    assert refusal(done).startswith(f"Error: no Flink JobManager answers at http://localhost:{port}: ")
    assert len(done.output.splitlines()) == 1


def test_up_without_a_flink_says_where_it_looked(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["flink", "up", "--directory", str(tmp_path / "new")], env={"FLINK_HOME": str(tmp_path)})
    assert refusal(done).startswith(f"Error: FLINK_HOME is {tmp_path}, which holds no lib/flink-dist-*.jar")
    assert not (tmp_path / "new").exists()


# --- submit -------------------------------------------------------------------------------------------------------------------


def test_a_job_is_submitted_with_what_was_given(flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]) -> None:
    manager.runs()
    given = ("--parallelism", "3", "--checkpoint-interval", "2", "--job-name", "desk", "--group", "night", "--feed", "a=x,ninjs")
    done = flink("submit", *SINKS, *POOL, *given)
    assert done.exit_code == 0, done.output
    (one,) = submitted
    assert (one.name, one.savepoint) == ("desk", None)
    assert one.preset == Preset(environment="EXTERNAL=localhost:50000", parallelism=3, workers=3, checkpoint_interval=2.0)
    assert (one.options.group, one.options.feed, one.options.sinks) == ("night", ("a=x,ninjs",), ("kafka",))
    assert done.stdout.splitlines() == [
        "plan  no earlier job is remembered to compare with; `resume --plan FILE` compares with a stored plan",
        f"job new runs  {manager.url}/#/job/running/new/overview",
    ]


def test_flag_and_variable_say_the_same(flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]) -> None:
    manager.runs()
    flags = flink("submit", *SINKS, *POOL, "--feed", "a=x,ninjs", "--feed", "b=ap", "--topic-raw", "a,b", "--workers", "2")
    variables = flink(
        "submit",
        KAFKA_BOOTSTRAP="kafka.example:9092",
        WRITETHRU_SINKS="kafka",
        WRITETHRU_FEED="a=x,ninjs,b=ap",
        WRITETHRU_TOPIC_RAW="a,b",
        WRITETHRU_FLINK_ENVIRONMENT=POOL[1],
        WRITETHRU_FLINK_WORKERS="2",
    )
    assert (flags.exit_code, variables.exit_code) == (0, 0), flags.output + variables.output
    one, other = submitted
    assert one == other
    assert one.options.feed == ("a=x,ninjs", "b=ap")


def test_a_poll_is_short_on_a_cluster_unless_it_is_told(flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]) -> None:
    manager.runs()
    for more, environ in (((), {}), (("--poll-wait", "0.5"), {}), ((), {"WRITETHRU_POLL_WAIT": "0.4"})):
        assert flink("submit", *SINKS, *POOL, *more, **environ).exit_code == 0
    assert [one.options.poll_wait for one in submitted] == [0.02, 0.5, 0.4]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((*SINKS,), "Error: --environment : expected EXTERNAL=HOST:PORT"),
        ((*SINKS, *POOL, "--workers", "0"), "Error: --workers takes a number above 0, not 0"),
        ((*SINKS, *POOL, "--parallelism", "0"), "Error: --parallelism takes 1 to 128, not 0"),
        ((*SINKS, *POOL, "--checkpoint-interval", "0"), "Error: --checkpoint-interval 0: expected 0.1 to 3600 seconds"),
        ((*SINKS, *POOL, "--job-server-jar", "absent.jar"), "Error: absent.jar: no such file; name the job server's jar"),
        ((*POOL, "--sinks", "kafka"), "Error: no brokers are named"),
        ((*SINKS, *POOL, "--embargo", "hold"), "Error: --embargo hold: "),
        ((*SINKS, *POOL, "--feed", "nothing"), "Error: --feed nothing: expected TOPIC=agency[,format][,zone]"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    flink: Callable[..., Result], manager: Manager, submitted: list[Submitted], given: tuple[str, ...], told: str
) -> None:
    manager.runs()
    done = flink("submit", *given)
    assert refusal(done).startswith(told)
    assert len(done.output.splitlines()) == 1
    assert submitted == []


def test_a_job_that_left_state_is_not_begun_anew_unasked(
    flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]
) -> None:
    manager.runs(job("a", state="FINISHED"))
    saved(manager, "a")
    refused = flink("submit", *SINKS, *POOL)
    assert "plan  no earlier job is remembered" in refused.output, "the difference is told before the refusal"
    line = refusal(refused)
    assert (
        "job writethru left a savepoint (s3://state/savepoint-a-1, 2026-03-17T08:00:00Z): `writethru flink resume` goes on from it" in line
    )
    assert submitted == []
    assert flink("submit", "--fresh", *SINKS, *POOL).exit_code == 0
    assert [one.savepoint for one in submitted] == [None]


@pytest.mark.parametrize("directory", ["s3://state/c", "file:///of-a-pod/flink-state/checkpoints"])
def test_a_job_whose_state_may_lie_out_of_sight_is_not_begun_unasked(
    flink: Callable[..., Result], manager: Manager, submitted: list[Submitted], directory: str
) -> None:
    manager.runs(settings={"execution.checkpointing.dir": directory})
    line = refusal(flink("submit", *SINKS, *POOL))
    assert (
        f"the JobManager remembers no job writethru, and {directory} cannot be listed from here: `writethru flink resume --from PATH`"
        in line
    )
    assert submitted == []
    assert flink("submit", "--fresh", *SINKS, *POOL).exit_code == 0


# --- resume -------------------------------------------------------------------------------------------------------------------


def test_without_a_place_nothing_is_resumed(flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]) -> None:
    manager.runs(job("a", state="FAILED"))
    line = refusal(flink("resume", *SINKS, *POOL))
    assert line == "Error: no savepoint or checkpoint of job writethru is to be found: name one with --from, or `submit` anew"
    assert submitted == []


def test_a_job_goes_on_from_the_newest_place_or_the_one_that_is_named(
    flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]
) -> None:
    manager.runs(job("a", state="FINISHED"))
    saved(manager, "a")
    done = flink("resume", *SINKS, *POOL)
    assert done.stdout.splitlines()[0] == "from the savepoint of 2026-03-17T08:00:00Z: s3://state/savepoint-a-1"
    assert flink("resume", "--from", "s3://state/older", *SINKS, *POOL).exit_code == 0
    assert [one.savepoint for one in submitted] == ["s3://state/savepoint-a-1", "s3://state/older"]


def test_the_same_build_is_said_to_be_safe(flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]) -> None:
    manager.runs(job("a", state="FINISHED", started=2), job("z", state="FINISHED", started=1))
    saved(manager, "a")
    carries(manager, "a", of(Options(sinks=("kafka",))).to_json())
    done = flink("resume", *SINKS, *POOL)
    assert done.stdout.splitlines()[1] == "plan against job a: safe"
    assert len(submitted) == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ((b'"state": 2', b'"state": 7'), "plan against job a: breaks, because the state of Chain and Thread has schema 2, was 7"),
        ((b'"plan": 1', b'"plan": 7'), "plan against job a: cannot be read: a plan of format 7; this build reads 1"),
    ],
)
def test_state_that_this_build_cannot_read_is_resumed_only_despite_the_plan(
    flink: Callable[..., Result], manager: Manager, submitted: list[Submitted], change: tuple[bytes, bytes], told: str
) -> None:
    manager.runs(job("a", state="FINISHED"))
    saved(manager, "a")
    plan = of(Options(sinks=("kafka",))).to_json()
    assert plan.count(change[0]) == 1
    carries(manager, "a", plan.replace(*change))
    done = flink("resume", *SINKS, *POOL)
    assert refusal(done).startswith("Error: this build cannot go on from that state: resume with the build that wrote it")
    assert done.stdout.splitlines()[1].startswith(told)
    assert submitted == []
    assert flink("resume", "--despite-plan", *SINKS, *POOL).exit_code == 0
    assert flink("submit", "--fresh", *SINKS, *POOL).exit_code == 0, "a job without that state does not need to read it"
    assert [one.savepoint for one in submitted] == ["s3://state/savepoint-a-1", None]


def test_a_manager_that_has_forgotten_is_helped_by_a_stored_plan(
    flink: Callable[..., Result], manager: Manager, submitted: list[Submitted], tmp_path: Path
) -> None:
    manager.runs()
    plan = of(Options(sinks=("kafka",))).to_json()
    (tmp_path / "same.json").write_bytes(plan)
    (tmp_path / "other.json").write_bytes(plan.replace(b'"state": 2', b'"state": 7'))
    call = ("resume", "--from", "s3://state/savepoint-a-1", *SINKS, *POOL, "--plan")
    refused = flink(*call, str(tmp_path / "other.json"))
    assert refusal(refused).startswith("Error: this build cannot go on from that state")
    assert refused.stdout.startswith(f"plan against {tmp_path}/other.json: breaks, because the state of Chain and Thread has schema 2")
    assert submitted == []
    done = flink(*call, str(tmp_path / "same.json"))
    assert done.stdout.splitlines()[0] == f"plan against {tmp_path}/same.json: safe"
    assert len(submitted) == 1


def test_without_a_plan_a_resume_says_how_to_give_one(flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]) -> None:
    manager.runs()
    done = flink("resume", "--from", "s3://state/savepoint-a-1", *SINKS, *POOL)
    assert (
        done.stdout.splitlines()[0]
        == "plan  no earlier job is remembered to compare with; `resume --plan FILE` compares with a stored plan"
    )
    assert len(submitted) == 1


@pytest.fixture
def forgotten(manager: Manager, tmp_path: Path) -> Path:
    """A cluster whose JobManager knows no job, with checkpoints of two; the directory."""
    for jid in ("a1b2c3" + "0" * 26, "d4e5f6" + "0" * 26):
        (tmp_path / jid / "chk-1").mkdir(parents=True)
        (tmp_path / jid / "chk-1/_metadata").touch()
    manager.runs(settings={"execution.checkpointing.dir": f"file://{tmp_path}"})
    return tmp_path


def test_on_this_machine_it_is_known_whose_they_are(
    manager: Manager, submitted: list[Submitted], forgotten: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layout = Layout(tmp_path / "cluster")
    layout.root.mkdir()
    layout.remember_jobs({"a1b2c3" + "0" * 26: "desk", "d4e5f6" + "0" * 26: "night"})
    shape = Shape(rest_port=int(manager.url.rpartition(":")[2]), rpc_port=2, pool_port=3, metrics_port=4, http_port=5)
    monkeypatch.setattr("writethru.flink.cluster.found", lambda _: Cluster(layout, shape))
    (tmp_path / "server.jar").touch()
    given = ("--job-server-jar", str(tmp_path / "server.jar"), *SINKS)
    done = CliRunner().invoke(main, ["flink", "resume", "--job-name", "desk", *given])
    assert done.exit_code == 0, done.output
    assert [one.savepoint for one in submitted] == [f"file://{forgotten}/a1b2c3{'0' * 26}/chk-1"]
    manager.runs(job("new", "third"), settings={"execution.checkpointing.dir": f"file://{forgotten}"})
    manager.says("GET /jobs/overview", {"jobs": []}, {"jobs": []}, {"jobs": []}, {"jobs": [job("new", "third")]})
    done = CliRunner().invoke(main, ["flink", "submit", "--job-name", "third", *given])
    assert done.exit_code == 0, done.output
    assert layout.jobs()["new"] == "third"


@pytest.mark.parametrize("name", ["submit", "resume"])
def test_a_job_does_not_go_on_from_what_may_be_another_jobs(
    flink: Callable[..., Result], submitted: list[Submitted], forgotten: Path, name: str
) -> None:
    done = flink(name, *SINKS, *POOL)
    assert done.exit_code == 1
    assert "Error: the JobManager no longer knows whose these are" in done.stderr
    assert f"file://{forgotten}/a1b2c3" in done.stderr
    assert submitted == []


def test_what_is_named_or_begun_without_state_needs_no_owner(
    flink: Callable[..., Result], submitted: list[Submitted], forgotten: Path
) -> None:
    assert flink("resume", "--from", "file:///c/chk-1", *SINKS, *POOL).exit_code == 0
    assert flink("submit", "--fresh", *SINKS, *POOL).exit_code == 0
    assert [one.savepoint for one in submitted] == ["file:///c/chk-1", None]


def test_the_status_of_a_cluster_that_has_forgotten_shows_what_there_is(flink: Callable[..., Result], forgotten: Path) -> None:
    done = flink("status")
    assert done.exit_code == 0
    assert f"file://{forgotten}/d4e5f6" in done.stdout


# --- what workers of another machine do not hear ------------------------------------------------------------------------------


def test_options_that_only_the_client_hears_of_are_told(flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]) -> None:
    manager.runs()
    done = flink("submit", *SINKS, *POOL, "--splits", "4", "--topic-raw", "a", "--group", "night", WRITETHRU_SQL_URL="postgresql://db/w")
    assert done.exit_code == 0
    assert done.stderr == (
        f"Warning: --bootstrap, --group, --topic-raw: read by this client alone. The workers at {manager.url} have their options from their"
        " own environment (on Kubernetes deploy/flink/config.yaml and the Secret): they must say the same there\n"
    )
    assert flink("submit", *POOL, "--sinks", "kafka", "--splits", "4", KAFKA_BOOTSTRAP="k:9092").stderr == ""


# --- stop, cancel, status -------------------------------------------------------------------------------------------------------


def test_a_stop_tells_the_savepoint(flink: Callable[..., Result], manager: Manager) -> None:
    manager.runs(job("a"))
    manager.says("POST /jobs/a/stop", {"request-id": "t"})
    manager.says("GET /jobs/a/savepoints/t", {"status": {"id": "COMPLETED"}, "operation": {"location": "s3://state/savepoint-a-2"}})
    manager.says("GET /jobs/overview", {"jobs": [job("a")]}, {"jobs": [job("a", state="FINISHED")]})
    manager.configured({"state.savepoints.dir": "s3://state"})
    done = flink("stop")
    assert (done.exit_code, done.stdout) == (
        0,
        "its plan is not kept with the savepoint: `writethru plan --write FILE` with the build that ran stores it,"
        " `resume --plan FILE` compares with it\nstopped; savepoint s3://state/savepoint-a-2\n",
    )
    assert ("POST /jobs/a/stop", {"drain": False, "targetDirectory": "s3://state/writethru"}) in manager.asked


def test_a_stop_keeps_the_plan_where_it_can_and_a_resume_reads_it(
    flink: Callable[..., Result], manager: Manager, submitted: list[Submitted], tmp_path: Path
) -> None:
    savepoint = tmp_path / "savepoint-a1b2c3-1"
    savepoint.mkdir()
    (savepoint / "_metadata").touch()
    manager.runs(job("a"))
    carries(manager, "a", of(Options(sinks=("kafka",))).to_json())
    manager.says("POST /jobs/a/stop", {"request-id": "t"})
    manager.says("GET /jobs/a/savepoints/t", {"status": {"id": "COMPLETED"}, "operation": {"location": f"file:{savepoint}"}})
    manager.says("GET /jobs/overview", {"jobs": [job("a")]}, {"jobs": [job("a", state="FINISHED")]})
    assert flink("stop").stdout == f"stopped; savepoint file:{savepoint}\n"
    manager.runs()
    done = flink("resume", "--from", f"file:{savepoint}", *SINKS, *POOL)
    assert done.stdout.splitlines()[0] == "plan against the savepoint's: safe"
    assert [one.savepoint for one in submitted] == [f"file:{savepoint}"]


@pytest.mark.parametrize("name", ["stop", "cancel"])
def test_there_must_be_a_job_to_end(flink: Callable[..., Result], manager: Manager, name: str) -> None:
    manager.runs(job("a", state="FINISHED"), job("b", "other"))
    assert refusal(flink(name)) == f"Error: no job writethru runs at {manager.url}"


def test_a_cancel_tells_where_to_go_on_from(flink: Callable[..., Result], manager: Manager) -> None:
    for place, told in ((True, "last savepoint s3://state/savepoint-a-1"), (False, "there is no checkpoint to go on from")):
        manager.runs(job("a"))
        manager.says("PATCH /jobs/a?mode=cancel", {})
        manager.says("GET /jobs/overview", {"jobs": [job("a")]}, {"jobs": [job("a", state="CANCELED")]})
        if place:
            saved(manager, "a")
        assert flink("cancel").stdout == f"cancelled; {told}\n"


def test_the_status_is_the_cluster_the_job_and_its_last_failure(flink: Callable[..., Result], manager: Manager) -> None:
    manager.runs(job("a", state="RESTARTING", started=1_773_734_400_000, running=1, total=2), job("b", "other"))
    last = {"latest_ack_timestamp": 1_773_734_460_000, "state_size": 2_500_000, "end_to_end_duration": 41}
    last |= {"external_path": "s3://state/chk-3"}
    manager.says("GET /jobs/a/checkpoints", {"counts": {"completed": 3, "failed": 1}, "latest": {"completed": last}})
    manager.says(
        "GET /jobs/a/exceptions", {"exceptionHistory": {"entries": [{"stacktrace": "java.io.IOException: no space\n\tat a.B.c(B.java:1)"}]}}
    )
    done = flink("status")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        f"Flink 2.2.1 at {manager.url}: 1 TaskManagers, 2 of 2 slots free",
        "job a  writethru  RESTARTING  1 of 2 tasks  2026-03-17T08:00:00Z",
        "  checkpoints  3 complete, 1 failed; last 2026-03-17T08:01:00Z, 2.5 MB, 41 ms",
        "  failed last with  java.io.IOException: no space",
        "resume goes on from the checkpoint of 2026-03-17T08:01:00Z: s3://state/chk-3",
    ]


def test_a_cluster_without_the_job_says_so(flink: Callable[..., Result], manager: Manager) -> None:
    manager.runs(job("b", "other"))
    assert flink("status").stdout.splitlines()[1:] == ["no job writethru"]


def test_no_secret_is_shown(flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]) -> None:
    manager.runs()
    secret = {"WRITETHRU_SQL_URL": "postgresql://u:hunter2@db/w", "WRITETHRU_SASL_PASSWORD": "hunter3"}
    done = flink("submit", "--bootstrap", "k:9092", "--sinks", "sql", *POOL, **secret)
    assert done.exit_code == 0
    assert "hunter" not in done.output
    assert "hunter" not in orjson.dumps(manager.asked).decode()
    assert submitted[0].options.sasl_password == "hunter3"  # noqa: S105


# --- what is refused before anything is fetched or waited for -----------------------------------------------------------------------


@pytest.fixture
def unfetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job server cannot be had."""

    def jar(version: str, given: str | None) -> Path:
        raise NoJobServer(f"cannot fetch Beam's job server for Flink {version}: HTTP 404; name a jar with --job-server-jar")

    monkeypatch.setattr("writethru.cli.flink_job.jar", jar)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("resume",), "Error: no savepoint or checkpoint of job writethru is to be found"),
        (
            ("resume", "--from", "file:///tmp/nope"),
            "Error: --from file:///tmp/nope: no savepoint or checkpoint is",
        ),
        (("submit",), "Error: cannot fetch Beam's job server for Flink 2.2.1: HTTP 404; name a jar with --job-server-jar"),
    ],
)
def test_its_own_things_are_looked_at_before_the_job_server_is_fetched(
    manager: Manager, submitted: list[Submitted], unfetched: None, given: tuple[str, ...], told: str
) -> None:
    manager.runs()
    done = CliRunner().invoke(main, ["flink", *given, "--flink-url", manager.url, *SINKS, *POOL])
    assert refusal(done).startswith(told)
    assert submitted == []


def test_a_savepoint_that_is_there_is_taken(
    flink: Callable[..., Result], manager: Manager, submitted: list[Submitted], tmp_path: Path
) -> None:
    manager.runs()
    (tmp_path / "savepoint-1").mkdir()
    (tmp_path / "savepoint-1/_metadata").touch()
    for path in (f"file://{tmp_path}/savepoint-1", f"{tmp_path}/savepoint-1/_metadata", "file:///of-a-pod/savepoints/savepoint-1"):
        assert flink("resume", "--from", path, *SINKS, *POOL).exit_code == 0
    assert len(submitted) == 3


def test_more_subtasks_than_slots_are_refused_at_once(
    manager: Manager, submitted: list[Submitted], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager.runs()
    shape = Shape(rest_port=int(manager.url.rpartition(":")[2]), rpc_port=2, pool_port=3, metrics_port=4, http_port=5, slots=2)
    monkeypatch.setattr("writethru.flink.cluster.found", lambda _: Cluster(Layout(tmp_path), shape))
    done = CliRunner().invoke(main, ["flink", "resume", "--parallelism", "3", *SINKS])
    assert refusal(done).startswith(
        f"Error: --parallelism 3: the cluster in {tmp_path} has 2 slots; `writethru flink down` and `up --slots 3`"
    )
    assert submitted == []


def test_the_plan_is_that_of_the_job_that_wrote_the_state_and_not_of_a_later_one_that_failed(
    flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]
) -> None:
    manager.runs(job("b", state="FAILED", started=2), job("a", state="FINISHED", started=1))
    saved(manager, "a")
    plan = of(Options(sinks=("kafka",))).to_json()
    carries(manager, "a", plan)
    carries(manager, "b", plan.replace(b'"state": 2', b'"state": 7'))
    done = flink("resume", *SINKS, *POOL)
    assert done.stdout.splitlines()[1] == "plan against job a: safe"
    assert len(submitted) == 1


def test_where_a_client_is_ended_it_says_what_goes_on(
    flink: Callable[..., Result], manager: Manager, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("writethru.flink.submit.submit", ended)
    monkeypatch.setattr("writethru.flink.cluster.up", ended)
    manager.runs()
    told = flink("submit", *SINKS, *POOL)
    assert (told.exit_code, "interrupted: what Flink has taken of job writethru goes on" in told.stderr) == (1, True)
    told = flink("up", "--directory", str(tmp_path))
    assert (told.exit_code, f"interrupted: what was started in {tmp_path} goes on" in told.stderr) == (1, True)


# --- what the help says ---------------------------------------------------------------------------------------------------------


def test_the_help_of_a_submission_has_the_defaults_of_a_cluster_and_no_option_that_says_nothing_there(
    flink: Callable[..., Result], manager: Manager, submitted: list[Submitted]
) -> None:
    said = " ".join(flink("submit", "--help").output.split())
    for default in ("default: 0.02", "default: 0.04", "WRITETHRU_BUNDLE_BATCHES; default: 1]", "default: kafka]"):
        assert default in said
    for name in ("--runner", "--out ", "--partitions", "--stop "):
        assert name not in said
    manager.runs()
    assert flink("submit", "--bootstrap", "kafka.example:9092", *POOL).exit_code == 0
    assert [one.options.sinks for one in submitted] == [("kafka",)]
