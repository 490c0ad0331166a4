"""What the pipeline makes of a wire on Flink is what it makes of it on one machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen

import orjson
import pytest

from tests.integration.flink.kit import Flink, until
from tests.wireload.compare import differences, lost_and_doubled
from tests.wireload.held import read_raw, read_topics
from tests.wireload.life import messages
from tests.wireload.plain import expected
from writethru.flink.rest import Job
from writethru.kafka_connection import KafkaConnection
from writethru.local.player import play
from writethru.options import Options, environment_of
from writethru.sources.kafka import committed

pytestmark = pytest.mark.timeout(400)

ITEMS = 20_000


def ended(connection: KafkaConnection, options: Options, ends: dict[tuple[str, int], int]) -> bool:
    have = committed(connection, options.group, ends)
    return all(have.get(place, 0) >= end for place, end in ends.items())


def shards_of_each(flink: Flink, job: Job) -> list[int]:
    """How many shards each subtask reads; zeros until the JobManager has asked the TaskManager for it."""
    (reading,) = (vertex["id"] for vertex in flink.rest.vertices(job.id) if "Decode" in vertex["name"])
    with urlopen(f"http://localhost:{flink.cluster.shape.rest_port}/jobs/{job.id}/vertices/{reading}", timeout=5) as answer:
        return [subtask["metrics"]["read-records"] for subtask in orjson.loads(answer.read())["subtasks"]]


def test_twenty_thousand_items_of_a_mixed_wire_at_parallelism_2(
    flink: Flink, connection: KafkaConnection, wire: Callable[..., Options]
) -> None:
    options = wire()
    name = options.group
    with ThreadPoolExecutor() as beside:  # the submission waits for Java most of the time
        playing = beside.submit(play, connection, options.topic_raw[0], ((value, key, headers) for key, value, headers in messages(ITEMS)))
        job = flink.submit(name, options, "--parallelism", "2")
        played = playing.result()
    seconds = until(lambda: ended(connection, options, dict(played.ends)), 120, flink.logs)
    print(f"{ITEMS / seconds:,.0f} records/s from submission to the last commit, {flink.completed(job)} checkpoints")
    until(lambda: shards_of_each(flink, job) == [2, 2], 30, lambda: f"shards of each subtask: {shards_of_each(flink, job)}")
    flink.call("cancel", "--job-name", name)
    here = wire(like=options, stop="end", splits=1, http_port=0)
    command = [sys.executable, "-m", "writethru", "run"]
    environ = os.environ | environment_of(here)
    with subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as run:
        plain = expected(read_raw(connection, options.topic_raw[0]))
        said, _ = run.communicate()
    assert run.returncode == 0, said
    local, found = read_topics(connection, here), read_topics(connection, options)
    assert differences(local, found) == []
    assert differences(plain.records, local) == []
    assert lost_and_doubled(plain.ids, found) == []
