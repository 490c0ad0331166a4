"""Whether a build can go on from the state of another: pure, on two plans. `docs/upgrading.md` states the evidence for every rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from writethru.plan.record import Plan, Step
from writethru.transforms.state import LOG_SCHEMA, READ_FROM

Runner = Literal["flink", "dataflow"]
Level = Literal["note", "mapping", "break"]

ANEW = "Or start a new job from the consumer group: no message is lost, but open stories and events are opened again."
SCHEMAS = {
    "state": "the state of Chain and Thread",
    "mark": "the source's checkpoint mark",
    "source": "the pickled source",
    "batch": "the batches between the steps",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, what follows from it, and what to do: sentences without a full stop, the last with one, or empty."""

    level: Level
    what: str
    consequence: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.what}: {self.consequence}." + (f" {self.remedy}" if self.remedy else "")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`mapping` is old step -> new step (empty: gone), as Dataflow's `--transform_name_mapping` takes it; Flink knows none."""

    details: tuple[Difference, ...]
    mapping: dict[str, str]

    @property
    def level(self) -> Literal["safe", "safe with mapping", "breaks"]:
        if any(one.level == "break" for one in self.details):
            return "breaks"
        return "safe with mapping" if self.mapping else "safe"

    @property
    def line(self) -> str:
        reasons = [one.what for one in self.details if one.level == "break"]
        if not reasons:
            return self.level
        return f"breaks, because {reasons[0]}" + (f", and {len(reasons) - 1} more" if len(reasons) > 1 else "")


def compare(old: Plan, new: Plan, *, runner: Runner = "flink") -> Verdict:
    """`old` is the build that wrote the state, `new` the one that is to go on from it."""
    mapping, steps = _dataflow(old, new) if runner == "dataflow" else ({}, list(_flink(old, new)))
    details = (*_whole(old, new, runner), *steps)
    return Verdict(tuple(sorted(details, key=lambda one: ("break", "mapping", "note").index(one.level))), mapping)


def _whole(old: Plan, new: Plan, runner: Runner) -> Iterator[Difference]:
    if old.beam != new.beam:
        what = f"Beam is {new.beam}, was {old.beam}"
        if runner == "flink":
            yield Difference("break", what, "Beam promises no savepoint across its versions", f"Try it on a copy of a savepoint. {ANEW}")
        else:
            yield Difference(
                "note", what, "Dataflow decides in its own check", f"Validate first, with --update_compatibility_version={old.beam}."
            )
    for name in sorted(old.schemas.keys() | new.schemas.keys()):
        was, now = old.schemas.get(name), new.schemas.get(name)
        if was == now:
            continue
        what = f"{SCHEMAS.get(name, name)} has schema {now}, was {was}"
        if name == "state" and now == LOG_SCHEMA and was is not None and READ_FROM <= was < now:
            yield Difference("note", what, f"this build goes on from what schema {was} wrote; the way back is the older savepoint")
        else:
            yield Difference("break", what, f"this build refuses what schema {was} wrote", f"Resume with the old build. {ANEW}")
    if old.source != new.source:
        yield Difference(
            "break",
            f"the source's class is {new.source}, was {old.source}",
            "the place in the input is stored as a pickle that names the class",
            "Leave the class importable under its old name.",
        )
    if old.splits != new.splits:
        yield Difference(
            "note",
            f"the source has {new.splits} splits, was {old.splits}",
            f"a resumed job keeps {old.splits}: shards are cut at the start",
        )


# --- Flink: what counts is the operator ----------------------------------------------------------------------------------


def _flink(old: Plan, new: Plan) -> Iterator[Difference]:
    impulses, were = (sum(step.kind == "impulse" for step in plan.steps) for plan in (new, old))
    if impulses != were:
        yield Difference(
            "break",
            f"the graph has {impulses} impulses, was {were}",
            "an impulse has no name of its own on Flink but its place in the graph: it may fire again, and the input be read twice",
            ANEW,
        )
    by_name = {step.name: step for step in new.steps}
    names = {step.name for step in old.steps}
    news = {step.operator: step for step in new.steps if step.operator and not step.shared}
    shared = {step.operator: step for step in sorted(new.steps, key=lambda one: one.kind == "keyed") if step.shared}
    for step in shared.values():
        yield Difference(
            "break",
            f"{step.name} shares its input with another operator",
            "Flink's names of the two then hang on their order, and one may be given the other's state",
            "Let the other one read what comes after this step, or before the step that feeds it.",
        )
    for step in old.steps:
        if step.operator in news:
            yield from _same(step, news[step.operator])
            yield from _coders(step, news[step.operator], "inputs")
        elif step.operator and step.operator not in shared:
            yield _lost(step, by_name.get(step.name))
    for name in sorted(by_name.keys() - names):
        if by_name[name].operator in ("", *shared):
            yield Difference("note", f"{name} is new", "it sees what is processed from now on, nothing earlier")
        elif by_name[name].operator not in {step.operator for step in old.steps}:
            yield Difference("note", f"{name} is a new operator", "it starts without state")
    for step in old.steps:
        if step.name not in by_name and not step.operator and step.kind != "impulse":
            yield Difference("note", f"{step.name} is gone", "it held no state")


def _lost(step: Step, now: Step | None) -> Difference:
    held = {"keyed": "the state of all its keys", "source": "the place in the input"}.get(step.kind, "what was between two operators")
    if now is None:
        what = f"{step.name} is gone"
        remedy = f"Keep the step. {ANEW}"
    else:
        what = f"what {step.name} reads, and its operator after it, is called {now.operator or 'nothing'}, was {step.operator}"
        remedy = f"Give the step before it back its name, its class included. {ANEW}"
    return Difference("break", what, f"Flink finds no operator for {held} and refuses the savepoint", remedy)


# --- Dataflow: what counts is the step's name ----------------------------------------------------------------------------


def _dataflow(old: Plan, new: Plan) -> tuple[dict[str, str], list[Difference]]:
    olds, news = ({step.name: step for step in plan.steps} for plan in (old, new))
    gone = [step for step in old.steps if step.name not in news]
    come = [step for step in new.steps if step.name not in olds]
    renamed = _renamed(gone, come)
    found: list[Difference] = []
    for step in gone:
        if step.name in renamed:
            found.append(Difference("mapping", f"{step.name} is called {renamed[step.name]}", "it keeps its state through the mapping"))
        elif step.kind in ("keyed", "source"):
            found.append(Difference("break", f"{step.name} is gone", "Dataflow refuses to drop a step's state", f"Keep the step. {ANEW}"))
        else:
            found.append(Difference("mapping", f"{step.name} is gone", "it held no state; the mapping says that it is left out on purpose"))
    mapping = {step.name: renamed.get(step.name, "") for step in gone}
    for name in [step.name for step in come if step.name not in renamed.values()]:
        found.append(Difference("note", f"{name} is new", "it sees what is processed from now on, nothing earlier"))
    for step in old.steps:
        now = news.get(mapping.get(step.name, step.name))
        if now is not None:
            found += [*_same(step, now), *_coders(step, now, "outputs")]
    return mapping, found


def _renamed(gone: list[Step], come: list[Step]) -> dict[str, str]:
    """The pairs of which each is the only one of its shape on its side: anything else would be a guess."""
    shapes = [Counter(map(_shape, steps)) for steps in (gone, come)]
    return {
        one.name: other.name
        for one in gone
        for other in come
        if _shape(one) == _shape(other) and all(counted[_shape(one)] == 1 for counted in shapes)
    }


def _shape(step: Step) -> tuple[object, ...]:
    return step.kind, tuple(step.states.items()), step.key, step.window, tuple(step.inputs.values()), tuple(step.outputs.values())


# --- both: one step, before and now --------------------------------------------------------------------------------------


def _same(old: Step, new: Step) -> Iterator[Difference]:
    name = new.name
    if old.kind != new.kind:
        yield Difference("break", f"{name} is {new.kind}, was {old.kind}", "what it kept has no reader", ANEW)
        return
    if old.key != new.key:
        yield Difference(
            "break", f"{name} has keys coded by {new.key}, was {old.key}", "no key finds its state again, and nothing says so", ANEW
        )
    for id_, was in old.states.items():
        now = new.states.get(id_)
        if now is None:
            yield Difference("break", f"{name} has no state {id_}", "what lies in it is never read again, and nothing says so", ANEW)
        elif now != was:
            yield Difference("break", f"{name} has in state {id_} {now}, was {was}", "the stored bytes are read as what they are not", ANEW)
    for id_ in new.states.keys() - old.states.keys():
        yield Difference("note", f"{name} has a new state {id_}", "it starts empty for every key")
    if old.window != new.window:
        yield Difference(
            "break",
            f"{name} keeps {_span(new.window)}, was {_span(old.window)}",
            "the ring's epochs are a seventh of that: chunks would be cleared too early or read in the wrong order",
            ANEW,
        )


def _coders(old: Step, new: Step, side: Literal["inputs", "outputs"]) -> Iterator[Difference]:
    was, now = sorted(set(getattr(old, side).values())), sorted(set(getattr(new, side).values()))
    if was != now:
        yield Difference(
            "break",
            f"the {side} of {new.name} are coded by {' and '.join(now) or 'nothing'}, was {' and '.join(was) or 'nothing'}",
            "what was on its way cannot be read",
            ANEW,
        )


def _span(window: int) -> str:
    return f"{window / 86_400_000:g} days"
