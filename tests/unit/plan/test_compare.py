"""What two plans say of each other, case by case, by the rules of Flink and of Dataflow."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from writethru.plan import Plan, Runner, Step, compare

DAY = 86_400_000
CELLS = {"log0": "bag of bytes", "token": "read_modify_write of bytes"}


def step(name: str, reads: str = "", kind: str = "plain", coder: str = "bytes", **members: Any) -> Step:
    told: dict[str, Any] = {"states": {}, "key": "", "window": 0, "operator": "", "shared": False}
    return Step(name, kind, {reads: coder} if reads else {}, {name: "bytes"}, **told | members)


def plan(*steps: Step, **members: Any) -> Plan:
    told: dict[str, Any] = {
        "writethru": "1.0.0",
        "beam": "2.77.0",
        "schemas": {"batch": 1, "mark": 1, "source": 1, "state": 1},
        "source": "writethru.sources.kafka.source.KafkaSource",
        "splits": 2,
    }
    return Plan(**told | members, steps=steps)


START = step("Start", kind="impulse")
READ = step("Read", "Start", "source", operator="5Start.None/SplitAndSize0")
DECODE = step("Decode", "Read")
CHAIN = step("Chain", "Decode", "keyed", states=CELLS, key="string_utf8", window=7 * DAY, operator="6Decode.None")
THREAD = step("Thread", "Chain", "keyed", states=CELLS, key="string_utf8", window=3 * DAY, operator="5Chain.None")
EMIT = step("Emit to kafka", "Thread")
OLD = plan(START, READ, DECODE, CHAIN, THREAD, EMIT)


def changed(**steps: Step | None) -> Plan:
    """OLD with these steps replaced, or left out; a name it has not is added."""
    kept = [steps.pop(one.name.replace(" ", "_"), one) for one in OLD.steps]
    return replace(OLD, steps=tuple(one for one in (*kept, *steps.values()) if one is not None))


def lines(old: Plan, new: Plan, runner: Runner) -> list[str]:
    verdict = compare(old, new, runner=runner)
    return [verdict.line, *(f"{one.level}: {one.what}" for one in verdict.details)]


RENAMED_DECODE = changed(
    Decode=replace(DECODE, name="Unpack", outputs={"Unpack": "bytes"}),
    Chain=replace(CHAIN, inputs={"Unpack": "bytes"}, operator="6Unpack.None"),
)
RENAMED_EMIT = changed(Emit_to_kafka=replace(EMIT, name="Put into kafka", outputs={"Put into kafka": "bytes"}))

BOTH: list[tuple[str, Plan, list[str]]] = [
    ("nothing", OLD, ["safe"]),
    ("the release", replace(OLD, writethru="2.0.0"), ["safe"]),
    ("the order of the steps", replace(OLD, steps=OLD.steps[::-1]), ["safe"]),
    (
        "the state's schema",
        replace(OLD, schemas={**OLD.schemas, "state": 9}),
        ["breaks, because the state of Chain and Thread has schema 9, was 1", "break: the state of Chain and Thread has schema 9, was 1"],
    ),
    (
        "the schema of a state that this build goes on from",
        replace(OLD, schemas={**OLD.schemas, "state": 2}),
        ["safe", "note: the state of Chain and Thread has schema 2, was 1"],
    ),
    (
        "the mark's schema",
        replace(OLD, schemas={**OLD.schemas, "mark": 2}),
        ["breaks, because the source's checkpoint mark has schema 2, was 1", "break: the source's checkpoint mark has schema 2, was 1"],
    ),
    (
        "the source's schema",
        replace(OLD, schemas={**OLD.schemas, "source": 2}),
        ["breaks, because the pickled source has schema 2, was 1", "break: the pickled source has schema 2, was 1"],
    ),
    (
        "the batches' format",
        replace(OLD, schemas={**OLD.schemas, "batch": 2}),
        ["breaks, because the batches between the steps has schema 2, was 1", "break: the batches between the steps has schema 2, was 1"],
    ),
    (
        "two schemas",
        replace(OLD, schemas={**OLD.schemas, "state": 9, "mark": 2}),
        [
            "breaks, because the source's checkpoint mark has schema 2, was 1, and 1 more",
            "break: the source's checkpoint mark has schema 2, was 1",
            "break: the state of Chain and Thread has schema 9, was 1",
        ],
    ),
    (
        "the source's class",
        replace(OLD, source="writethru.kafka.KafkaSource"),
        [
            "breaks, because the source's class is writethru.kafka.KafkaSource, was writethru.sources.kafka.source.KafkaSource",
            "break: the source's class is writethru.kafka.KafkaSource, was writethru.sources.kafka.source.KafkaSource",
        ],
    ),
    ("the splits", replace(OLD, splits=8), ["safe", "note: the source has 8 splits, was 2"]),
    (
        "the key's coder",
        changed(Chain=replace(CHAIN, key="bytes")),
        ["breaks, because Chain has keys coded by bytes, was string_utf8", "break: Chain has keys coded by bytes, was string_utf8"],
    ),
    (
        "a state's name",
        changed(Chain=replace(CHAIN, states={"log0": "bag of bytes", "stamp": "read_modify_write of bytes"})),
        ["breaks, because Chain has no state token", "break: Chain has no state token", "note: Chain has a new state stamp"],
    ),
    ("a new state", changed(Chain=replace(CHAIN, states=CELLS | {"log1": "bag of bytes"})), ["safe", "note: Chain has a new state log1"]),
    (
        "a state's coder",
        changed(Chain=replace(CHAIN, states=CELLS | {"log0": "bag of string_utf8"})),
        [
            "breaks, because Chain has in state log0 bag of string_utf8, was bag of bytes",
            "break: Chain has in state log0 bag of string_utf8, was bag of bytes",
        ],
    ),
    (
        "a state's type",
        changed(Chain=replace(CHAIN, states=CELLS | {"token": "bag of bytes"})),
        [
            "breaks, because Chain has in state token bag of bytes, was read_modify_write of bytes",
            "break: Chain has in state token bag of bytes, was read_modify_write of bytes",
        ],
    ),
    (
        "the window",
        changed(Thread=replace(THREAD, window=4 * DAY)),
        ["breaks, because Thread keeps 4 days, was 3 days", "break: Thread keeps 4 days, was 3 days"],
    ),
    (
        "the kind",
        changed(Chain=replace(CHAIN, kind="plain", states={}, key="", window=0)),
        ["breaks, because Chain is plain, was keyed", "break: Chain is plain, was keyed"],
    ),
    ("a sink more", changed(sql=step("Emit to sql", "Thread")), ["safe", "note: Emit to sql is new"]),
]

FLINK: list[tuple[str, Plan, list[str]]] = [
    (
        "Beam",
        replace(OLD, beam="2.78.0"),
        ["breaks, because Beam is 2.78.0, was 2.77.0", "break: Beam is 2.78.0, was 2.77.0"],
    ),
    ("a sink less", changed(Emit_to_kafka=None), ["safe", "note: Emit to kafka is gone"]),
    ("a sink's name", RENAMED_EMIT, ["safe", "note: Put into kafka is new", "note: Emit to kafka is gone"]),
    (
        "the name of a keyed step that nothing keyed reads",
        changed(Thread=replace(THREAD, name="Threads")),
        ["safe"],
    ),
    (
        "the name of the plain step before a keyed one",
        RENAMED_DECODE,
        [
            "breaks, because what Chain reads, and its operator after it, is called 6Unpack.None, was 6Decode.None",
            "break: what Chain reads, and its operator after it, is called 6Unpack.None, was 6Decode.None",
            "note: Unpack is new",
            "note: Decode is gone",
        ],
    ),
    (
        "a step put before a keyed one",
        changed(Chain=replace(CHAIN, inputs={"Sift": "bytes"}, operator="4Sift.None"), sift=step("Sift", "Decode")),
        [
            "breaks, because what Chain reads, and its operator after it, is called 4Sift.None, was 6Decode.None",
            "break: what Chain reads, and its operator after it, is called 4Sift.None, was 6Decode.None",
            "note: Sift is new",
        ],
    ),
    (
        "a second reader of what a keyed step reads",
        changed(Chain=replace(CHAIN, shared=True), tee=step("Tee", "Decode", operator="6Decode.None", shared=True)),
        [
            "breaks, because Chain shares its input with another operator",
            "break: Chain shares its input with another operator",
            "note: Tee is new",
        ],
    ),
    (
        "a keyed step more",
        changed(sort=replace(THREAD, name="Sort", inputs={"Thread": "bytes"}, operator="6Thread.None")),
        ["safe", "note: Sort is a new operator"],
    ),
    (
        "a keyed step gone",
        changed(Thread=None),
        ["breaks, because Thread is gone", "break: Thread is gone"],
    ),
    (
        "the source gone",
        changed(Read=None),
        ["breaks, because Read is gone", "break: Read is gone"],
    ),
    (
        "a coder inside an operator",
        changed(Read=replace(READ, outputs={"Read": "json"}), Decode=replace(DECODE, inputs={"Read": "json"})),
        ["safe"],
    ),
    (
        "a coder between two operators",
        changed(Chain=replace(CHAIN, outputs={"Chain": "json"}), Thread=replace(THREAD, inputs={"Chain": "json"})),
        [
            "breaks, because the inputs of Thread are coded by json, was bytes",
            "break: the inputs of Thread are coded by json, was bytes",
        ],
    ),
    (
        "a second impulse",
        changed(again=step("Again", kind="impulse")),
        ["breaks, because the graph has 2 impulses, was 1", "break: the graph has 2 impulses, was 1", "note: Again is new"],
    ),
]

DATAFLOW: list[tuple[str, Plan, list[str], dict[str, str]]] = [
    ("Beam", replace(OLD, beam="2.78.0"), ["safe", "note: Beam is 2.78.0, was 2.77.0"], {}),
    (
        "a sink less",
        changed(Emit_to_kafka=None),
        ["safe with mapping", "mapping: Emit to kafka is gone"],
        {"Emit to kafka": ""},
    ),
    (
        "a sink's name",
        RENAMED_EMIT,
        ["safe with mapping", "mapping: Emit to kafka is called Put into kafka"],
        {"Emit to kafka": "Put into kafka"},
    ),
    (
        "the name of the plain step before a keyed one",
        RENAMED_DECODE,
        ["safe with mapping", "mapping: Decode is called Unpack"],
        {"Decode": "Unpack"},
    ),
    (
        "the name of a keyed step",
        changed(Thread=replace(THREAD, name="Threads")),
        ["safe with mapping", "mapping: Thread is called Threads"],
        {"Thread": "Threads"},
    ),
    (
        "the name and the window of a keyed step",
        changed(Thread=replace(THREAD, name="Threads", window=4 * DAY)),
        ["breaks, because Thread is gone", "break: Thread is gone", "note: Threads is new"],
        {"Thread": ""},
    ),
    (
        "two steps of one shape: which is which would be a guess",
        changed(Decode=replace(DECODE, name="A"), Emit_to_kafka=replace(EMIT, name="B")),
        [
            "safe with mapping",
            "mapping: Decode is gone",
            "mapping: Emit to kafka is gone",
            "note: A is new",
            "note: B is new",
        ],
        {"Decode": "", "Emit to kafka": ""},
    ),
    ("a keyed step gone", changed(Thread=None), ["breaks, because Thread is gone", "break: Thread is gone"], {"Thread": ""}),
    (
        "a coder inside an operator",
        changed(Read=replace(READ, outputs={"Read": "json"}), Decode=replace(DECODE, inputs={"Read": "json"})),
        ["breaks, because the outputs of Read are coded by json, was bytes", "break: the outputs of Read are coded by json, was bytes"],
        {},
    ),
]


def case(one: tuple[Any, ...]) -> str:
    return str(one[0])


@pytest.mark.parametrize("runner", ["flink", "dataflow"])
@pytest.mark.parametrize("told", BOTH, ids=case)
def test_on_either_runner(told: tuple[str, Plan, list[str]], runner: Runner) -> None:
    assert lines(OLD, told[1], runner) == told[2]


@pytest.mark.parametrize("told", FLINK, ids=case)
def test_on_flink(told: tuple[str, Plan, list[str]]) -> None:
    assert lines(OLD, told[1], "flink") == told[2]
    assert compare(OLD, told[1], runner="flink").mapping == {}


@pytest.mark.parametrize("told", DATAFLOW, ids=case)
def test_on_dataflow(told: tuple[str, Plan, list[str], dict[str, str]]) -> None:
    assert lines(OLD, told[1], "dataflow") == told[2]
    assert compare(OLD, told[1], runner="dataflow").mapping == told[3]


@pytest.mark.parametrize("comparing", [lambda: compare(OLD, RENAMED_DECODE), lambda: compare(OLD, changed(Emit_to_kafka=None))])
def test_flinks_rules_are_the_default_and_every_break_says_what_to_do(comparing: Callable[[], Any]) -> None:
    verdict = comparing()
    assert verdict.mapping == {}
    assert all(one.remedy for one in verdict.details if one.level == "break")


def test_a_difference_reads_as_sentences() -> None:
    (first, *_) = compare(OLD, RENAMED_DECODE).details
    assert str(first) == (
        "what Chain reads, and its operator after it, is called 6Unpack.None, was 6Decode.None: Flink finds no operator for the state of"
        " all its keys and refuses the savepoint. Give the step before it back its name, its class included. Or start a new job from the"
        " consumer group: no message is lost, but open stories and events are opened again."
    )
