"""`writethru flink submit` as a process that is told to end, while Beam hands the graph over."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from tests.unit.flink.manager import Manager, managing
from writethru.flink.layout import Layout, Shape

CLIENT = """
import sys, time
from contextlib import nullcontext
from pathlib import Path
from apache_beam.runners.portability.portable_runner import PortableRunner
from writethru.cli import flink_job, main
from writethru.flink.cluster import Cluster
from writethru.flink.layout import Layout
from writethru.sources.kafka import offsets

def hand_over(*_):
    print("handing over", flush=True)
    time.sleep(60)

layout = Layout(Path(sys.argv[1]))
flink_job.clusters.found = lambda _: Cluster(layout, layout.shape())
flink_job.running = lambda *_: nullcontext("localhost:1")
offsets.probe = lambda _: None
PortableRunner.run_pipeline = hand_over
main(["flink", "submit", "--job-server-jar", sys.argv[2], "--bootstrap", "k:9092", "--sinks", "kafka", "--group", "new"])
"""


@pytest.fixture
def manager() -> Iterator[Manager]:
    with managing() as found:
        yield found


def test_a_client_that_is_ended_leaves_the_options_of_the_workers_as_they_were(manager: Manager, tmp_path: Path) -> None:
    layout = Layout(tmp_path / "cluster")
    layout.root.mkdir()
    layout.remember(Shape(rest_port=int(manager.url.rpartition(":")[2]), rpc_port=2, pool_port=3, metrics_port=4, http_port=5))
    layout.environment.write_text('{"WRITETHRU_GROUP": "old"}')
    (tmp_path / "server.jar").touch()
    manager.runs(settings={"execution.checkpointing.dir": f"file://{layout.checkpoints}"})
    command = [sys.executable, "-c", CLIENT, str(layout.root), str(tmp_path / "server.jar")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as client:
        try:
            assert client.stdout is not None
            told = "".join(iter(client.stdout.readline, "handing over\n"))
            assert orjson.loads(layout.environment.read_bytes())["WRITETHRU_GROUP"] == "new", told
            client.terminate()
            assert client.wait(20) == 128 + signal.SIGTERM
        finally:
            client.kill()
    assert layout.environment.read_text() == '{"WRITETHRU_GROUP": "old"}'
