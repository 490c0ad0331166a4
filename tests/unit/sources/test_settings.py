from __future__ import annotations

import pytest

from writethru.kafka_connection import KafkaConnection
from writethru.options import Options
from writethru.sources.kafka.settings import KafkaSettings, configure, drain_of, request_drain, resolve

HERE = KafkaConnection("localhost:9092")


def make(**given: object) -> KafkaSettings:
    return KafkaSettings(**{"connection": HERE, "topics": ("wire.raw",), "group": "desk", **given})


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"topics": ()}, "topics"),
        ({"topics": ("a", "a")}, "each once"),
        ({"group": ""}, "group"),
        ({"start": "yesterday"}, "start must be group, earliest, latest or a time"),
        ({"stop": "later"}, "stop must be one of never, end"),
        ({"on_data_loss": "ignore"}, "on_data_loss must be one of resume, fail"),
        ({"splits": 0}, "splits"),
        ({"batch_records": 0}, "batch_records"),
    ],
)
def test_what_cannot_work_is_refused_at_once(given: dict[str, object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make(**given)


def test_the_options_hold_what_the_command_line_may_say() -> None:
    options = Options(bootstrap="localhost:9092", topic_raw=("a", "b"), group="desk", start="latest", stop="end", splits=3, batch_records=7)
    assert KafkaSettings.from_options(options) == make(
        topics=("a", "b"), start="latest", stop="end", splits=3, batch_records=7, batch_bytes=options.batch_bytes
    )


def test_a_worker_that_nobody_configured_asks_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRITETHRU_BOOTSTRAP", "far.example:9092")
    monkeypatch.setenv("WRITETHRU_GROUP", "night")
    found = resolve("nobody configured this")
    assert (found.connection.bootstrap, found.group, found.topics) == ("far.example:9092", "night", ("wire.raw",))
    configure("configured", make())
    assert resolve("configured") == make(), "what the process was told comes first"


def test_without_either_the_error_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WRITETHRU_BOOTSTRAP", "KAFKA_BOOTSTRAP"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ValueError, match="--bootstrap HOST:PORT"):
        resolve("nobody configured this")


def test_a_drain_ends_the_sources_that_are_there_and_not_the_next() -> None:
    configure("drained", make())
    before = drain_of("drained")
    request_drain()
    assert before.is_set()
    configure("drained", make())
    assert before.is_set() and not drain_of("drained").is_set()
