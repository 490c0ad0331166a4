"""What holds for every test."""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says nothing where tests run beside each other; those that bound the time of a step count its CPU seconds.
settings.register_profile("beside others", settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("beside others")

SHARED = Path(__file__).parents[2] / "shared"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """On CI everything can be installed, so a skip there hides something: it is a failure. What lies beside the checkout cannot be
    installed: where that folder is absent its tests may skip, saying so."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and (SHARED.exists() or "shared" not in str(report.longrepr)):
        report.outcome = "failed"
        report.longrepr = f"skipped on CI: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A module that skips itself is held to the same."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true" and SHARED.exists():
        report.outcome = "failed"
    return report
