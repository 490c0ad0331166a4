"""The boot of one Python worker: what Flink's side says on the command line becomes what Beam's SDK harness reads, then it runs.

`writethru-worker --id=… --provision_endpoint=… [--control_endpoint=… --logging_endpoint=…]` is the contract of Beam's worker containers;
a worker pool (`flink.pool`) and Flink's PROCESS environment both call it. Artifacts are not fetched: the package is installed.
"""

from __future__ import annotations

import argparse
import errno
import logging
import os
import sys
import threading
import time
from collections.abc import Callable, MutableMapping
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from writethru.flink.preset import SINKS

if TYPE_CHECKING:
    from writethru.ops.exporter import Exporter

ENVIRONMENT = "WRITETHRU_WORKER_ENVIRONMENT"
"""Names a JSON file of variables that a worker takes in addition to its own: how `flink submit` reaches the workers of its machine."""
PORTS = 32
"""As many workers of one machine find a port for /metrics."""
LOOK_EVERY = 0.5

log = logging.getLogger(__name__)


def main() -> None:
    arguments = _parser().parse_known_args()[0]
    # The pool never reads the pipe that it gives a worker for its output: 64 KB later a print would hang.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    take_environment(os.environ)
    threading.Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
    os.environ.update(_harness(arguments))

    from apache_beam.runners.worker import sdk_worker_main

    from writethru.ops import metrics

    exporter = serve(int(os.environ.get("WRITETHRU_HTTP_PORT") or 9464), os.environ.get("WRITETHRU_HTTP_HOST") or "127.0.0.1")
    metrics.bind_beam()
    try:
        sdk_worker_main.main([])
    finally:
        if exporter is not None:
            exporter.stop()
    # kafka-python's and Beam's threads are daemons, but grpc's wait for a channel that nobody closes any more.
    logging.shutdown()


def take_environment(environ: MutableMapping[str, str]) -> None:
    """Adds the variables of the file that `WRITETHRU_WORKER_ENVIRONMENT` names, and the sinks where none are. Raises OSError where it is
    not there."""
    if named := environ.get(ENVIRONMENT):
        environ.update(orjson.loads(Path(named).read_bytes()))
    # Dead letters go where the worker's own options say; without a word those of one machine would be opened here.
    if not environ.get("WRITETHRU_SINKS"):
        environ["WRITETHRU_SINKS"] = ",".join(SINKS)


def serve(first: int, host: str) -> Exporter | None:
    """Serves /metrics on the first free port from `first` on; None, with a line in the log, where 32 are taken."""
    from writethru.ops.exporter import Exporter, PortInUse

    last = min(first + PORTS - 1, 65535)
    for port in range(first, last + 1):
        try:
            return Exporter.start(port, host)
        except PortInUse:
            continue
        except OSError as error:
            if error.errno != errno.EADDRNOTAVAIL:
                raise
            break
    log.warning("no free port for /metrics at %s from %d to %d: this worker serves none", host, first, last)
    return None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="writethru-worker", description=__doc__)
    parser.add_argument("--id", required=True)
    parser.add_argument("--provision_endpoint", required=True)
    for name in ("--control_endpoint", "--logging_endpoint", "--artifact_endpoint"):
        parser.add_argument(name, default="")
    return parser


def _harness(arguments: argparse.Namespace) -> dict[str, str]:
    """What Beam's `sdk_worker_main` reads from its environment. The pool is told the endpoints; PROCESS leaves them to be asked for."""
    import grpc
    from apache_beam.portability.api import beam_provision_api_pb2 as api
    from apache_beam.portability.api import beam_provision_api_pb2_grpc as service
    from google.protobuf import json_format

    with grpc.insecure_channel(arguments.provision_endpoint) as channel:
        request = api.GetProvisionInfoRequest()
        answer = service.ProvisionServiceStub(channel).GetProvisionInfo(request, metadata=[("worker_id", arguments.id)], timeout=60)
    info = answer.info
    # A worker's own, as all its options: what the client was told would need another submission.
    info.pipeline_options["beam:option:default_sdk_harness_log_level:v1"] = os.environ.get("WRITETHRU_LOG_LEVEL") or "WARNING"
    return {
        "WORKER_ID": arguments.id,
        "PIPELINE_OPTIONS": json_format.MessageToJson(info.pipeline_options),
        "LOGGING_API_SERVICE_DESCRIPTOR": f'url: "{arguments.logging_endpoint or info.logging_endpoint.url}"',
        "CONTROL_API_SERVICE_DESCRIPTOR": f'url: "{arguments.control_endpoint or info.control_endpoint.url}"',
        "RUNNER_CAPABILITIES": " ".join(info.runner_capabilities),
    }


def _end_with(parent: int, leave: Callable[[int], None] = os._exit) -> None:
    """Ends this process when the pool that started it is gone: a worker nobody can stop would hold its consumers for ever."""
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    leave(1)


if __name__ == "__main__":
    main()
