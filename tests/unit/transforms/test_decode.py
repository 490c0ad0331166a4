"""The shells around decode and normalise: whatever a payload does, the batch goes on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from apache_beam.pvalue import TaggedOutput

from tests.builders import message
from writethru.options import Options
from writethru.transforms import decode as shell
from writethru.transforms.decode import DecodeFn, Items, NormaliseFn
from writethru.transforms.job import configure

GOOD = b'{"uri":"tag:x,2026:1","type":"text","headlines":[{"value":"Ferry adrift"}]}'


@pytest.fixture(autouse=True)
def _job(tmp_path: Path) -> None:
    configure(Options(out=str(tmp_path)), local_state=False)


def run(step: Any, element: Any) -> tuple[list[Any], list[Any]]:
    step.setup()
    out = list(step.process(element))
    return [one for one in out if not isinstance(one, TaggedOutput)], [one.value for one in out if isinstance(one, TaggedOutput)]


def test_a_bad_payload_is_a_dead_letter_and_the_others_go_on() -> None:
    (items,), (letter,) = run(DecodeFn(), (message(b"", offset=1), message(GOOD, offset=2)))
    assert [raw.offset for raw, _ in items.messages] == [2]
    assert (letter.reason, letter.step, letter.message.offset) == ("empty", "decode", 1)


def test_a_fault_of_ours_is_a_dead_letter_that_names_no_text(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    (items,), _ = run(DecodeFn(), (message(GOOD, offset=7),))

    def faulty(*args: object, **members: object) -> None:
        raise KeyError("text of the payload")

    monkeypatch.setattr(shell, "decode", faulty)
    monkeypatch.setattr(shell, "normalise", faulty)
    for step, element, name in ((DecodeFn(), (message(GOOD, offset=7),), "decode"), (NormaliseFn(), items, "normalise")):
        caplog.clear()
        good, (letter,) = run(step, element)
        assert good == []
        assert (letter.step, letter.reason, letter.message.value) == (name, "invalid", GOOD)
        assert "KeyError" in letter.detail
        assert "text of the payload" not in letter.detail
        assert "wire.raw [0] offset 7" in caplog.text


def test_articles_go_on_by_agency_in_their_order() -> None:
    told = [
        GOOD.replace(b":1", b":%d" % n).replace(b'"type"', b'"infoSources":[{"name":"%s"}],"type"' % name)
        for n, name in enumerate([b"TT", b"AFP", b"TT"])
    ]
    (items,), _ = run(DecodeFn(), tuple(message(value, offset=n) for n, value in enumerate(told)))
    assert isinstance(items, Items)
    good, dead = run(NormaliseFn(), items)
    assert dead == []
    assert [(key, [one.provenance.offset for one in emission.articles]) for key, emission in good] == [("tt", [0, 2]), ("afp", [1])]


def test_the_limit_counts_messages_however_many_of_their_items_are_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    step = DecodeFn()
    step.setup()
    seen: list[tuple[int, int]] = []
    monkeypatch.setattr(step.job, "limit", type("Limit", (), {"observe": lambda self, good, bad: seen.append((good, bad))})())
    out = list(step.process((message(b"[" + GOOD + b",5,6,7]", offset=1), message(GOOD, offset=2))))
    assert sum(isinstance(one, TaggedOutput) for one in out) == 3
    assert seen == [(1, 1)]
