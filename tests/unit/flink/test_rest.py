"""What is asked of a JobManager, and how its answers are read."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from tests.unit.flink.manager import Manager, job, managing
from writethru.flink.rest import FlinkRefused, FlinkUnreachable, Job, Rest, cause
from writethru.local.ports import free_ports

JAVA = """\
org.apache.flink.runtime.JobException: Recovery is suppressed by NoRestartBackoffTimeStrategy
\tat org.apache.flink.runtime.executiongraph.failover.ExecutionFailureHandler.handleFailure(ExecutionFailureHandler.java:219)
\tat java.base/java.lang.Thread.run(Unknown Source)
Caused by: java.lang.Exception: Could not perform checkpoint 7 for operator Chain (1/2)#0.
\tat org.apache.flink.streaming.runtime.tasks.StreamTask.triggerCheckpointOnBarrier(StreamTask.java:1331)
\t... 22 more
Caused by: java.io.IOException: No space left on device
\tat java.base/sun.nio.ch.FileDispatcherImpl.write0(Native Method)
\t... 31 more
"""

PYTHON = """\
org.apache.flink.runtime.taskmanager.AsynchronousException: Caught exception while processing timer.
\tat org.apache.flink.streaming.runtime.tasks.StreamTask.handleAsyncException(StreamTask.java:1601)
Caused by: java.lang.RuntimeException: Failed to finish remote bundle
\tat org.apache.beam.runners.flink.translation.wrappers.streaming.ExecutableStageDoFnOperator.finishBundle(X.java:1)
\t... 6 more
Caused by: java.util.concurrent.ExecutionException: java.lang.RuntimeException: Error received from SDK harness for instruction 12: \
Traceback (most recent call last):
  File "apache_beam/runners/common.py", line 1495, in apache_beam.runners.common.DoFnRunner.process
    return self.do_fn_invoker.invoke_process(windowed_value)
ConnectionError: no broker answers

During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/opt/app/transforms/emit.py", line 44, in process
    self.sink.write(batch)
writethru.sinks.record.SinkFailed: kafka: wire.articles takes nothing [while running 'Emit to kafka/ParDo(EmitFn)']

\tat java.base/java.util.concurrent.CompletableFuture.reportGet(Unknown Source)
\t... 12 more
Caused by: java.lang.RuntimeException: Error received from SDK harness for instruction 12: Traceback (most recent call last):
  File "/opt/app/transforms/emit.py", line 44, in process
    self.sink.write(batch)
writethru.sinks.record.SinkFailed: kafka: wire.articles takes nothing [while running 'Emit to kafka/ParDo(EmitFn)']

\tat org.apache.beam.runners.fnexecution.control.FnApiControlClient$ResponseStreamObserver.onNext(FnApiControlClient.java:212)
\t... 2 more
"""


@pytest.fixture
def rest(manager: Manager) -> Rest:
    return Rest(manager.url)


# --- reading ------------------------------------------------------------------------------------------------------------------


def test_jobs_come_newest_first_and_by_name(manager: Manager, rest: Rest) -> None:
    manager.runs(job("a", started=10), job("b", "other", started=30), job("c", started=20, state="FAILED", running=0))
    assert [found.id for found in rest.jobs()] == ["b", "c", "a"]
    assert rest.jobs("writethru") == [
        Job("c", "writethru", "FAILED", 20, {"running": 0, "total": 2}),
        Job("a", "writethru", "RUNNING", 10, {"running": 2, "total": 2}),
    ]


@pytest.mark.parametrize(
    ("state", "running", "live", "working"),
    [
        ("RUNNING", 2, True, True),
        ("RUNNING", 1, True, False),
        ("RESTARTING", 2, True, False),
        ("INITIALIZING", 0, True, False),
        ("CANCELLING", 0, True, False),
        ("CANCELED", 0, False, False),
        ("FINISHED", 0, False, False),
        ("FAILED", 0, False, False),
    ],
)
def test_a_job_works_when_every_subtask_has_its_worker(state: str, running: int, live: bool, working: bool) -> None:
    found = Job("a", "writethru", state, 1, {"running": running, "total": 2})
    assert (found.live, found.working) == (live, working)


def test_the_options_of_manager_and_job_are_flat(manager: Manager, rest: Rest) -> None:
    manager.configured({"rest.port": "8081"})
    manager.says("GET /jobs/a/config", {"jid": "a", "execution-config": {"user-config": {"parallelism": "2"}}})
    assert rest.configuration() == {"rest.port": "8081"}
    assert rest.options("a") == {"parallelism": "2"}


def test_the_newest_failure_is_told_by_old_and_new_flink(manager: Manager, rest: Rest) -> None:
    """Releases of Flink 1 tell both; later ones may tell the history alone, newest first."""
    manager.says(
        "GET /jobs/a/exceptions",
        {"root-exception": JAVA, "exceptionHistory": {"entries": [{"stacktrace": JAVA}]}},
        {"root-exception": JAVA},
        {"exceptionHistory": {"entries": [{"stacktrace": JAVA}, {"stacktrace": PYTHON}], "truncated": False}},
        {"root-exception": None, "exceptionHistory": {"entries": [], "truncated": False}},
        {},
    )
    assert [rest.failure("a") for _ in range(5)] == ["java.io.IOException: No space left on device"] * 3 + ["", ""]


@pytest.mark.parametrize(
    ("trace", "told"),
    [
        (JAVA, "java.io.IOException: No space left on device"),
        (
            PYTHON,
            "java.lang.RuntimeException: Error received from SDK harness for instruction 12:"
            " writethru.sinks.record.SinkFailed: kafka: wire.articles takes nothing [while running 'Emit to kafka/ParDo(EmitFn)']",
        ),
        ("java.lang.IllegalStateException: no slots\n\tat a.b.C.d(C.java:1)\n", "java.lang.IllegalStateException: no slots"),
        ("", ""),
        ("x" * 600, "x" * 499 + "…"),
    ],
)
def test_the_cause_of_a_trace_is_one_line(trace: str, told: str) -> None:
    assert cause(trace) == told


# --- what is refused, and by whom ---------------------------------------------------------------------------------------------


def test_what_the_manager_refuses_is_told_in_its_words(manager: Manager, rest: Rest) -> None:
    server_side = (
        "<Exception on server side:\njava.lang.IllegalStateException: no leader\n\tat a.b.C.d(C.java:1)\nEnd of exception on server side>"
    )
    for errors, told in (
        (["Job 7 not found"], "Job 7 not found"),
        (["org.apache.flink.runtime.rest.handler.RestHandlerException: first\n\tat a.b.C.d(C.java:1)\n" + JAVA], "No space left on device"),
        (["Internal server error.", server_side], "java.lang.IllegalStateException: no leader"),
    ):
        manager.says("GET /overview", {"errors": errors}, status=500)
        with pytest.raises(FlinkRefused) as refusal:
            rest.overview()
        assert str(refusal.value).startswith(f"{manager.url}/overview: ")
        assert str(refusal.value).endswith(told)


@pytest.mark.parametrize("body", [b"<html>gateway</html>", b'{"message": "no"}', b"[]", b'{"errors": []}'])
def test_a_refusal_without_words_is_told_by_its_status(manager: Manager, rest: Rest, body: bytes) -> None:
    manager.says("GET /overview", body, status=503)
    with pytest.raises(FlinkRefused, match=r"/overview: 503 Service Unavailable$"):
        rest.overview()


def test_another_server_is_not_taken_for_flink(manager: Manager, rest: Rest) -> None:
    manager.says("GET /overview", b"<html>It works!</html>")
    with pytest.raises(FlinkUnreachable, match=f"what answers at {manager.url} is no Flink JobManager"):
        rest.overview()


def test_nobody_at_the_address_is_said_with_the_address() -> None:
    (port,) = free_ports(1)
    with pytest.raises(FlinkUnreachable, match=f"no Flink JobManager answers at http://localhost:{port}: .*refused"):
        Rest(f"localhost:{port}").overview()
    with pytest.raises(FlinkUnreachable, match="no Flink JobManager answers at http://localhost:port: nonnumeric port"):
        Rest("localhost:port/").overview()


def test_a_manager_that_hangs_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        with pytest.raises(FlinkUnreachable, match="timed out"):
            Rest(f"127.0.0.1:{silent.getsockname()[1]}", timeout=0.1).overview()


# --- proxies ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Manager]:
    """The proxy of the environment: it is asked for whole addresses."""
    for name in ("no_proxy", "NO_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with managing() as found:
        monkeypatch.setenv("http_proxy", found.url)
        yield found


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST"])
def test_no_proxy_is_asked_for_this_machine(manager: Manager, proxy: Manager, host: str) -> None:
    manager.says("GET /overview", {"slots-total": 2})
    assert Rest(f"{host}:{manager.url.rpartition(':')[2]}").overview() == {"slots-total": 2}
    assert proxy.asked == []


def test_the_proxy_of_the_environment_is_asked_for_another_machine(proxy: Manager) -> None:
    proxy.says("GET http://flink.example:8081/overview", {"slots-total": 3})
    assert Rest("flink.example:8081").overview() == {"slots-total": 3}
    assert proxy.asked == [("GET http://flink.example:8081/overview", None)]


# --- a job's end --------------------------------------------------------------------------------------------------------------


def test_a_stop_returns_the_savepoint_once_the_job_is_over(manager: Manager, rest: Rest) -> None:
    manager.says("POST /jobs/a/stop", {"request-id": "t"}, status=202)
    done = {"status": {"id": "COMPLETED"}, "operation": {"location": "file:/s/savepoint-a-1"}}
    manager.says("GET /jobs/a/savepoints/t", {"status": {"id": "IN_PROGRESS"}}, done)
    manager.says("GET /jobs/overview", {"jobs": [job("a")]}, {"jobs": [job("a", state="FINISHED"), job("b")]})
    assert rest.stop_with_savepoint("a", 5, "file:///s/desk") == "file:/s/savepoint-a-1"
    assert manager.asked[0] == ("POST /jobs/a/stop", {"drain": False, "targetDirectory": "file:///s/desk"})
    assert [request for request, _ in manager.asked[1:]] == ["GET /jobs/a/savepoints/t"] * 2 + ["GET /jobs/overview"] * 2


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        ({"class": "java.io.IOException", "stack-trace": JAVA}, "java.io.IOException: No space left on device"),
        ({"class": "java.io.IOException", "stack-trace": ""}, "java.io.IOException"),
    ],
)
def test_a_savepoint_that_fails_says_why(manager: Manager, rest: Rest, failure: dict[str, str], told: str) -> None:
    manager.says("POST /jobs/a/stop", {"request-id": "t"})
    manager.says("GET /jobs/a/savepoints/t", {"status": {"id": "COMPLETED"}, "operation": {"failure-cause": failure}})
    with pytest.raises(FlinkRefused, match=f"^no savepoint of job a: {told}$"):
        rest.stop_with_savepoint("a", 5)


def test_a_stop_may_leave_the_directory_to_the_cluster(manager: Manager, rest: Rest) -> None:
    manager.says("POST /jobs/a/stop", {"request-id": "t"})
    manager.says("GET /jobs/a/savepoints/t", {"status": {"id": "COMPLETED"}, "operation": {"location": "file:/s/savepoint-a-1"}})
    manager.says("GET /jobs/overview", {"jobs": []})
    rest.stop_with_savepoint("a", 5)
    assert manager.asked[0] == ("POST /jobs/a/stop", {"drain": False})


def test_a_savepoint_that_does_not_come_is_not_waited_for_longer_than_said(manager: Manager, rest: Rest) -> None:
    manager.says("POST /jobs/a/stop", {"request-id": "t"})
    manager.says("GET /jobs/a/savepoints/t", {"status": {"id": "IN_PROGRESS"}})
    began = time.monotonic()
    for target, where in (("s3://state/savepoints/desk", "s3://state/savepoints/desk"), (None, "its directory")):
        with pytest.raises(FlinkRefused) as refusal:
            rest.stop_with_savepoint("a", 0.3, target)
        assert str(refusal.value) == (
            f"no savepoint of job a in {where} within 0.3 s. Flink is still at it, and ends the job once it is complete:"
            " `writethru flink status` tells, and `resume` goes on from it. If the job still runs then, `stop` again with a longer"
            " --timeout, or `cancel`: `resume` goes on from its last checkpoint"
        )
    assert 0.6 <= time.monotonic() - began < 6


def test_a_job_that_does_not_end_after_its_savepoint_is_said_to_be_there(manager: Manager, rest: Rest) -> None:
    manager.says("POST /jobs/a/stop", {"request-id": "t"})
    manager.says("GET /jobs/a/savepoints/t", {"status": {"id": "COMPLETED"}, "operation": {"location": "file:/s/savepoint-a-1"}})
    manager.says("GET /jobs/overview", {"jobs": [job("a", state="CANCELLING")]})
    with pytest.raises(FlinkRefused, match=r"^job a did not end within 1 s; its savepoint is complete: file:/s/savepoint-a-1$"):
        rest.stop_with_savepoint("a", 0.5)


def test_a_cancel_returns_when_the_job_is_over(manager: Manager, rest: Rest) -> None:
    manager.says("PATCH /jobs/a?mode=cancel", b"", status=202)
    manager.says("GET /jobs/overview", {"jobs": [job("a", state="CANCELLING")]}, {"jobs": []})
    rest.cancel("a")
    assert [request for request, _ in manager.asked] == ["PATCH /jobs/a?mode=cancel", "GET /jobs/overview", "GET /jobs/overview"]
