"""The worker pool beside a TaskManager: Flink asks it for Python workers (EXTERNAL environment), and it starts them.

    python -m writethru.flink.pool --port 50000

Beam's own service with `writethru-worker` as the boot; unlike Beam's entry point it listens on localhost alone, where the TaskManager is:
whoever reaches a pool can have code of his own run.
"""

from __future__ import annotations

import argparse
import logging
import signal
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def boot() -> Path:
    """The console script that starts one worker."""
    return Path(sys.executable).parent / "writethru-worker"


def main() -> None:
    parser = argparse.ArgumentParser(prog="writethru.flink.pool", description=__doc__)
    parser.add_argument("--port", type=int, default=50000)
    port = parser.parse_args().port
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    if not boot().exists():
        sys.exit(f"{boot()} is not there: install the package with its scripts into this Python's environment")
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())

    import grpc
    from apache_beam.portability.api import beam_fn_api_pb2_grpc as service
    from apache_beam.runners.worker.worker_pool_main import BeamFnExternalWorkerPoolServicer

    server = grpc.server(ThreadPoolExecutor(8, thread_name_prefix="pool"))
    pool = BeamFnExternalWorkerPoolServicer(use_process=True, container_executable=str(boot()))
    service.add_BeamFnExternalWorkerPoolServicer_to_server(pool, server)
    server.add_insecure_port(f"localhost:{port}")
    server.start()
    ended.wait()
    server.stop(0)  # the workers see that their parent is gone


if __name__ == "__main__":
    main()
