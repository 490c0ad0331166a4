"""What is read from the graph: this build's, and small ones that show how Flink's runner names its operators.

The names in the tables below are those that `FlinkStreamingPortablePipelineTranslator` of beam-runners-flink-1.19 2.70.0 gave the same
graphs (`uid` of each stream node, without the environment that it ends with).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apache_beam as beam
import pytest
from apache_beam.coders import BytesCoder, StrUtf8Coder
from apache_beam.transforms.userstate import BagStateSpec

from writethru.options import Options
from writethru.plan import Plan, PlanError, Step, compare, of
from writethru.plan.graph import steps_of

FROZEN = Path(__file__).with_name("frozen.json")
NORMALISED = "28Normalise/ParDo(NormaliseFn).None"


def test_todays_build_goes_on_from_the_frozen_plan() -> None:
    """Where this fails, a savepoint of the released build is at stake. Read docs/upgrading.md, then decide: take the change back; or, where
    the break is meant, raise the schema number it touches, say so in CHANGELOG.md, and write the plan anew with
    `writethru plan --sinks kafka,sql,files --write tests/unit/plan/frozen.json`."""
    for runner in ("flink", "dataflow"):
        verdict = compare(Plan.from_json(FROZEN.read_bytes()), of(Options()), runner=runner)  # type: ignore[arg-type]
        assert (verdict.line, [str(one) for one in verdict.details]) == ("safe", []), runner


def test_a_plan_is_the_same_bytes_again_and_survives_them() -> None:
    plan = of(Options())
    assert plan.to_json() == of(Options()).to_json()
    assert Plan.from_json(plan.to_json()) == plan
    assert len(plan.to_json()) < 10_000


def test_no_value_of_an_option_stands_in_a_plan() -> None:
    secret = Options(
        bootstrap="nowhere.example:9092",
        topic_raw=("hush.raw",),
        topic_articles="hush.articles",
        group="hush",
        sasl_password="hunter2",  # noqa: S106
        sql_url="postgresql://hush:hunter2@nowhere.example/hush",
        out="/hush",
    )
    told = of(secret).to_json()
    assert not any(word in told for word in (b"hush", b"hunter2", b"nowhere"))
    assert told == of(Options()).to_json()


def test_the_keyed_steps_of_this_build() -> None:
    chain, thread = (step for step in of(Options()).steps if step.kind == "keyed")
    cells = {**{f"log{n}": "bag of bytes" for n in range(8)}, "token": "read_modify_write of bytes"}
    emission = "writethru.transforms.coders.EmissionCoder"
    assert chain == Step(
        name="Chain",
        kind="keyed",
        inputs={"Normalise/ParDo(NormaliseFn)": f"kv(string_utf8, {emission})"},
        outputs={"Chain": f"kv(string_utf8, {emission})"},
        states=cells,
        key="string_utf8",
        window=604_800_000,
        operator=NORMALISED,
        shared=False,
    )
    assert (thread.operator, thread.window, thread.states, thread.outputs) == ("5Chain.None", 259_200_000, cells, {"Thread": emission})


def operators(options: Options) -> list[str]:
    return [step.operator for step in of(options).steps if step.operator]


@pytest.mark.parametrize("sinks", [("kafka", "sql", "files"), ("kafka",), ("sql",), ("files", "kafka")])
def test_sinks_change_no_operator(sinks: tuple[str, ...]) -> None:
    assert operators(Options(sinks=sinks)) == [
        "19Read/Shards/Impulse.None",
        "23Read/Shards/Map(decode).None/SplitAndSize0",
        NORMALISED,
        "5Chain.None",
    ]


# --- small graphs --------------------------------------------------------------------------------------------------------


class KeepFn(beam.DoFn):
    CELL = BagStateSpec("cell", StrUtf8Coder())

    def process(self, element: tuple[str, bytes], cell: Any = beam.DoFn.StateParam(CELL)) -> Iterator[tuple[str, bytes]]:  # noqa: B008
        yield element


KV = tuple[str, bytes]


def pair(element: bytes) -> KV:
    return str(len(element)), element


def straight(start: Any) -> None:
    _ = (
        start
        | "Pair" >> beam.Map(pair).with_output_types(KV)
        | "Keep" >> beam.ParDo(KeepFn()).with_output_types(KV)
        | "End" >> beam.Map(len)
    )


def tee_before(start: Any) -> None:
    paired = start | "Pair" >> beam.Map(pair).with_output_types(KV)
    _ = paired | "Keep" >> beam.ParDo(KeepFn()).with_output_types(KV)
    _ = paired | "Tee" >> beam.Map(len)


def tee_after(start: Any) -> None:
    kept = start | "Pair" >> beam.Map(pair).with_output_types(KV) | "Keep" >> beam.ParDo(KeepFn()).with_output_types(KV)
    _ = kept | "One" >> beam.Map(len)
    _ = kept | "Other" >> beam.Map(len)


def grouped(start: Any) -> None:
    _ = start | "Pair" >> beam.Map(pair).with_output_types(KV) | "Group" >> beam.GroupByKey() | "End" >> beam.Map(len)


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (straight, {"Pair": ("13Start/Impulse.None", False), "Keep": ("4Pair.None", False)}),
        (tee_before, {"Pair": ("13Start/Impulse.None", False), "Keep": ("4Pair.None", True), "Tee": ("4Pair.None", True)}),
        (tee_after, {"Pair": ("13Start/Impulse.None", False), "Keep": ("4Pair.None", False)}),
        (grouped, {"Pair": ("13Start/Impulse.None", False), "Group": ("Group", False), "End": ("5Group.None", False)}),
    ],
)
def test_an_operator_is_named_by_what_it_reads(graph: Callable[[Any], None], expected: dict[str, tuple[str, bool]]) -> None:
    pipeline = beam.Pipeline()
    graph(pipeline | "Start/Impulse" >> beam.Impulse())
    assert {step.name: (step.operator, step.shared) for step in steps_of(pipeline) if step.operator} == expected


def test_a_cell_and_its_key_are_told_by_their_coders() -> None:
    pipeline = beam.Pipeline()
    straight(pipeline | "Start/Impulse" >> beam.Impulse())
    keep = next(step for step in steps_of(pipeline) if step.name == "Keep")
    assert (keep.kind, keep.states, keep.key, keep.window) == ("keyed", {"cell": "bag of string_utf8"}, "string_utf8", 0)
    assert isinstance(beam.coders.registry.get_coder(bytes), BytesCoder)
    assert keep.inputs == {"Pair": "kv(string_utf8, bytes)"}


@pytest.mark.parametrize("stored", [b"", b"[]", b"{}", b'{"plan": 1}', b'{"plan": 1, "steps": [{"name": "x"}]}'])
def test_what_is_no_plan_is_refused(stored: bytes) -> None:
    with pytest.raises(PlanError, match="writethru plan --write FILE"):
        Plan.from_json(stored)


def test_a_plan_of_another_format_is_refused() -> None:
    with pytest.raises(PlanError, match="format 2; this build reads 1"):
        Plan.from_json(of(Options()).to_json().replace(b'"plan": 1', b'"plan": 2'))
