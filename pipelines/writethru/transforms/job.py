"""What is dear and process-wide: options, indexes, local state. DoFn instances are remade constantly and pickle none of it.

`configure()` sets the job of this process (the command line does, once). A worker that nobody configured takes the options from its
environment, so that neither address nor password ever stands in a graph or a savepoint.
"""

from __future__ import annotations

import threading

from writethru.options import Options, from_environment
from writethru.transforms.state import IndexCache, LocalState


class Job:
    """One pipeline in this process. `state` is the log of the local runner, None where Beam keeps the state."""

    def __init__(self, options: Options, *, local_state: bool) -> None:
        self.options = options
        self.feeds = options.feeds()
        self.cache = IndexCache()
        self.state = LocalState(options.state_path) if local_state else None

    def close(self) -> None:
        if self.state is not None:
            self.state.close()


_lock = threading.Lock()
_job: Job | None = None


def configure(options: Options, *, local_state: bool) -> Job:
    """Makes this process's job anew. Raises StateUnusable where the local state cannot be opened."""
    global _job
    with _lock:
        if _job is not None:
            _job.close()
        _job = Job(options, local_state=local_state)
        return _job


def current_job() -> Job:
    global _job
    with _lock:
        if _job is None:
            _job = Job(from_environment(), local_state=False)
        return _job
