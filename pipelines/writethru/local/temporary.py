"""Where the libraries of this process put what is temporary."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def temporary_files_in(room: Path) -> Iterator[None]:
    """They go to `room`, whose owner removes it: Beam 2.77's stager makes a directory for each job and leaves it behind."""
    former, tempfile.tempdir = tempfile.tempdir, str(room)
    try:
        yield
    finally:
        tempfile.tempdir = former
