"""Invented records: only what the ops room reads of them is set."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from writethru.records import (
    Article,
    DeadLetter,
    Link,
    Provenance,
    RawMessage,
    Story,
    StoryPlace,
    Thread,
    ThreadPlace,
    Wire,
)

NOW = 1_772_353_800_000  # 2026-03-01T08:30:00Z


def message(offset: int = 0, timestamp: int = NOW - 20, value: bytes = b"{}") -> RawMessage:
    return RawMessage(value, "wire.raw", 0, offset, timestamp)


def article(id_: str = "a1", **given: Any) -> Article:
    """`given`: agency, format, headline, action, embargo, story, gap, late, duplicate, thread, timestamp, created, status, again."""
    raw = message(timestamp=given.get("timestamp", NOW - 20))
    body: dict[str, Any] = {"headlines": [{"value": given.get("headline", "Ferry service to the outer islands resumes")}]}
    if "status" in given:
        body["pubStatus"] = given["status"]
    if "created" in given:
        body["versionCreated"] = given["created"]
    action = given.get("action", "new")
    place = StoryPlace(
        id=given.get("story", "s1"),
        position=1,
        action=action,
        supersedes=None,
        previous=None,
        gap=given.get("gap", 0),
        link=Link("first", 1.0),
        changes=None,
        late=given.get("late", False),
        duplicate=given.get("duplicate", False),
    )
    thread = ThreadPlace(given["thread"], "first", None, 1.0, "first") if "thread" in given else None
    origin = Provenance(id_, given.get("format", "ninjs"), "wire.raw", 0, 0, raw.timestamp, "", "", "utf-8", None, (), "test")
    wire = Wire(given.get("agency", "Nordwire"), action, embargo=given.get("embargo"))
    return Article(id_, 1, body, wire, place, thread, origin, None if given.get("again") else raw)


def story(id_: str = "s1", **given: Any) -> Story:
    return Story(
        id=id_,
        rev=1,
        agency=given.get("agency", "Nordwire"),
        status=given.get("status", "current"),
        current=given.get("current", "a1"),
        headline=given.get("headline", "The story's own headline, which no page may take"),
        slug="",
        language="en",
        versions=(),
        count=given.get("count", 1),
        first_seen=None,
        last_seen=None,
        merged_into=given.get("merged_into"),
        lacks=given.get("lacks", ()),
    )


def thread(id_: str = "t1", count: int = 1) -> Thread:
    return Thread(id_, 1, "", "en", (), count, (), None, None)


def dead(offset: int = 0, step: Any = "decode", reason: Any = "invalid", detail: str = "line 3: expected }") -> DeadLetter:
    return DeadLetter(f"d{offset}", message(offset, value=b"SECRET PAYLOAD"), step, reason, detail, "test")


@pytest.fixture
def make() -> SimpleNamespace:
    factories: dict[str, Callable[..., Any]] = {"article": article, "story": story, "thread": thread, "dead": dead, "message": message}
    return SimpleNamespace(NOW=NOW, **factories)
