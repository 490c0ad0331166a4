"""Options -> Plan: the graph is built without a broker and read from Beam's portable form."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import apache_beam as beam
from apache_beam.pipeline import PipelineVisitor
from apache_beam.portability import common_urns
from apache_beam.portability.api import beam_runner_api_pb2 as proto

from writethru import __version__
from writethru.options import Options
from writethru.pipeline import build
from writethru.plan.record import Plan, Step
from writethru.sources.kafka import KafkaSource, marks, source
from writethru.transforms import coders
from writethru.transforms.keyed import KeyedFn
from writethru.transforms.state import LOG_SCHEMA

OFFLINE = "offline:0"
"""Stands for the brokers where none are named: nothing is asked of them, and they do not reach the graph."""

PICKLED = "beam:coder:pickled_python:v1"
PARDO = ("plain", "keyed", "source")


def of(options: Options) -> Plan:
    """The plan of this build with these options. Raises `ValueError` where the Kafka options contradict each other.

    Like any building of the graph it makes `options` those of the Kafka source in this process.
    """
    pipeline = beam.Pipeline()
    shutil.rmtree(pipeline.local_tempdir)  # of every pipeline; only run() would remove it
    build(pipeline, replace(options, bootstrap=options.bootstrap or OFFLINE), probe=False)
    return Plan(
        writethru=__version__,
        beam=beam.__version__,
        schemas={"batch": coders.FORMAT, "mark": marks.SCHEMA, "source": source.SCHEMA, "state": LOG_SCHEMA},
        source=f"{KafkaSource.__module__}.{KafkaSource.__qualname__}",
        splits=options.splits,
        steps=steps_of(pipeline),
    )


def steps_of(pipeline: beam.Pipeline) -> tuple[Step, ...]:
    """The primitives of any graph, in the order in which they were applied."""
    graph, context = pipeline.to_runner_api(return_context=True)
    return _Reader(graph.components, context, _windows(pipeline)).steps()


def _windows(pipeline: beam.Pipeline) -> dict[str, int]:
    found = {}

    class Keyed(PipelineVisitor):  # type: ignore[misc]
        def visit_transform(self, node: Any) -> None:
            function = getattr(node.transform, "fn", None)
            if isinstance(function, KeyedFn):
                found[node.full_label] = function.window

    pipeline.visit(Keyed())
    return found


class _Reader:
    def __init__(self, components: Any, context: Any, windows: dict[str, int]) -> None:
        self.all = components
        self.context = context
        self.windows = windows
        (root,) = set(components.transforms) - {part for one in components.transforms.values() for part in one.subtransforms}
        self.primitives = list(self._primitives(root))
        self.producer = {pcollection: one for one in self.primitives for pcollection in one.outputs.values()}
        self.readers: dict[str, list[Any]] = {}
        for one in self.primitives:
            for pcollection in one.inputs.values():
                self.readers.setdefault(pcollection, []).append(one)

    def steps(self) -> tuple[Step, ...]:
        operators = self._operators()
        return tuple(self._step(one, *operators.get(one.unique_name, ("", False))) for one in self.primitives)

    def _primitives(self, id_: str) -> Iterator[Any]:
        """A composite whose output is its input (what Create leaves of its reshuffle) does nothing and is none."""
        one = self.all.transforms[id_]
        for part in one.subtransforms:
            yield from self._primitives(part)
        if not one.subtransforms and set(one.outputs.values()) - set(one.inputs.values()):
            yield one

    def _step(self, one: Any, operator: str, shared: bool) -> Step:
        states = self._payload(one).state_specs
        inputs = {self._place(pcollection): self._coder_of(pcollection) for pcollection in one.inputs.values()}
        (entry, *_) = [self.all.coders[self.all.pcollections[pcollection].coder_id] for pcollection in one.inputs.values()] or [None]
        return Step(
            name=one.unique_name,
            kind=self._kind(one),
            inputs=dict(sorted(inputs.items())),
            outputs={
                self._place(read): self._coder_of(read) for read in sorted(one.outputs.values(), key=self._place) if read in self.readers
            },
            states={id_: self._state(states[id_]) for id_ in sorted(states)},
            key=self._coder(entry.component_coder_ids[0]) if states and entry is not None else "",
            window=self.windows.get(one.unique_name, 0),
            operator=operator,
            shared=shared,
        )

    def _kind(self, one: Any) -> str:
        if one.spec.urn == common_urns.primitives.IMPULSE.urn:
            return "impulse"
        if one.spec.urn != common_urns.primitives.PAR_DO.urn:
            return str(one.spec.urn)
        payload = self._payload(one)
        if payload.restriction_coder_id:
            return "source"
        return "keyed" if payload.state_specs or payload.timer_family_specs else "plain"

    def _operators(self) -> dict[str, tuple[str, bool]]:
        """Step -> what Flink's runner names the operator by, and whether another one has that name: its fusion, for graphs of ParDos.

        A step with state, timers or side inputs is never fused with what stands before it, and where one reader of a collection is not,
        none is (GreedyPipelineFuser). An operator is named by the collection that it reads (FusedPipeline); a source is cut in two, and
        its second half reads a collection of the runner's own (SplittableParDoExpander).
        """
        found = {}
        for pcollection, readers in self.readers.items():
            apart = [one for one in readers if self._kind(one) == "keyed" or self._payload(one).side_inputs]
            together = [one for one in readers if self._kind(one) in PARDO and one not in apart]
            fused = not apart and self._kind(self.producer[pcollection]) in PARDO
            heads = apart + ([] if fused else together[:1])
            name = self.all.pcollections[pcollection].unique_name
            found.update({one.unique_name: (name, len(heads) > 1) for one in heads})
            found.update({one.unique_name: (f"{name}/SplitAndSize0", False) for one in readers if self._kind(one) == "source"})
        for one in self.primitives:
            if self._kind(one) not in (*PARDO, "impulse"):
                found[one.unique_name] = (one.unique_name, False)
        return found

    def _payload(self, one: Any) -> Any:
        return proto.ParDoPayload.FromString(one.spec.payload if one.spec.urn == common_urns.primitives.PAR_DO.urn else b"")

    def _place(self, pcollection: str) -> str:
        """`Step` or `Step.tag`: a collection by the step that makes it."""
        one = self.producer[pcollection]
        tag = next(tag for tag, made in one.outputs.items() if made == pcollection)
        return one.unique_name if tag == "None" else f"{one.unique_name}.{tag}"

    def _state(self, spec: Any) -> str:
        kind = spec.WhichOneof("spec")
        told = getattr(spec, kind)
        return f"{kind.removesuffix('_spec')} of {self._coder(getattr(told, 'element_coder_id', '') or told.coder_id)}"

    def _coder_of(self, pcollection: str) -> str:
        return self._coder(self.all.pcollections[pcollection].coder_id)

    def _coder(self, id_: str) -> str:
        """`kv(string_utf8, writethru.transforms.coders.EmissionCoder)`: Beam's by their urn, Python's own by their class."""
        coder = self.all.coders[id_]
        if coder.spec.urn == PICKLED:
            made = type(self.context.coders.get_by_id(id_))
            return f"{made.__module__}.{made.__qualname__}"
        name = coder.spec.urn.removeprefix("beam:coder:").removesuffix(":v1")
        parts = ", ".join(map(self._coder, coder.component_coder_ids))
        return f"{name}({parts})" if parts else str(name)
