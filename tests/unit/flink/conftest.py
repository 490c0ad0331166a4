from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.unit.flink.manager import Manager, managing


@pytest.fixture(autouse=True)
def nothing_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """No option of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("WRITETHRU_") or name in ("KAFKA_BOOTSTRAP", "OUT", "FLINK_HOME")]:
        monkeypatch.delenv(name)


@pytest.fixture
def manager() -> Iterator[Manager]:
    with managing() as found:
        yield found
