"""One short wire for all tests here, and what the plain functions make of it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.wireload import Expected, Sent, expected, raw, stream
from writethru.records import RawMessage

NOW = 1_800_000_000_000


@dataclass(frozen=True)
class Heard:
    sent: list[Sent]
    messages: list[RawMessage]
    expected: Expected


@pytest.fixture(scope="session")
def heard() -> Heard:
    sent = list(stream(2_000))
    messages = list(raw([(one.key, one.value, one.headers) for one in sent], NOW))
    return Heard(sent, messages, expected(messages))


@pytest.fixture(scope="session")
def short(heard: Heard) -> Expected:
    """A part of it small enough to be spoilt anew for every test: the first events, and those in which something was killed."""
    killed = {sent.event for sent in heard.sent if sent.kind == "kill"}
    chosen = zip(heard.sent, heard.messages, strict=True)
    return expected([message for sent, message in chosen if sent.event is not None and (sent.event < 60 or sent.event in killed)])
