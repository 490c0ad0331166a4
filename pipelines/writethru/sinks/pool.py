"""What is dear and shared by a process: producers, engines, open files, each found by its key.

Beam makes DoFn instances anew far more often than one thinks (on Flink for every bundle that is not yet finalised), so nothing dear may
hang on one. The pool is emptied by `close_all` at the end of a run and at exit.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Hashable
from typing import Any, Protocol, TypeVar


class Closable(Protocol):
    def close(self) -> None: ...


R = TypeVar("R", bound=Closable)

_lock = threading.RLock()
_open: dict[Hashable, Any] = {}


def shared(key: Hashable, build: Callable[[], R]) -> R:
    """The resource under `key`, built where there is none. Two threads never build the same one."""
    with _lock:
        resource: R | None = _open.get(key)
        if resource is None:
            resource = _open[key] = build()
        return resource


def discard(key: Hashable, resource: Closable) -> None:
    """Takes a broken resource out, so that the next `shared` builds a new one; nothing where another thread already did."""
    with _lock:
        if _open.get(key) is not resource:
            return
        del _open[key]
    resource.close()


def close_all() -> None:
    """Closes everything. Handles made before must not be used after."""
    with _lock:
        resources = list(_open.values())
        _open.clear()
    for resource in resources:
        resource.close()


atexit.register(close_all)
