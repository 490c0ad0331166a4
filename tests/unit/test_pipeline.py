"""The graph as it is handed to a runner: its steps, their keys and their state."""

from __future__ import annotations

from pathlib import Path

import apache_beam as beam
import pytest
from apache_beam.portability import common_urns

from writethru.options import Options
from writethru.pipeline import build
from writethru.records import Emission
from writethru.transforms.coders import EmissionCoder

STEPS = [
    "Chain",
    "Dead letters of Decode",
    "Dead letters of Normalise",
    "Dead letters of files",
    "Dead letters of kafka",
    "Dead letters of sql",
    "Decode",
    "Emit to files",
    "Emit to kafka",
    "Emit to sql",
    "Normalise",
    "Read",
    "Thread",
]


@pytest.fixture
def graph(tmp_path: Path) -> beam.Pipeline:
    pipeline = beam.Pipeline()
    build(pipeline, Options(bootstrap="nowhere.example:9092", out=str(tmp_path), sasl_password="hunter2"), probe=False)  # noqa: S106
    return pipeline


def top_steps(graph: beam.Pipeline) -> list[str]:
    names = {one.unique_name for one in graph.to_runner_api().components.transforms.values()}
    return sorted(name for name in names if "/" not in name and not name.startswith("ref_"))


def test_the_steps_keep_their_names_because_state_and_savepoints_hang_on_them(graph: beam.Pipeline) -> None:
    assert top_steps(graph) == STEPS


def test_only_the_two_keyed_steps_have_state(graph: beam.Pipeline) -> None:
    transforms = graph.to_runner_api().components.transforms.values()
    stateful = set()
    for one in transforms:
        if one.spec.urn == common_urns.primitives.PAR_DO.urn:
            payload = beam.portability.api.beam_runner_api_pb2.ParDoPayload.FromString(one.spec.payload)
            if payload.state_specs:
                stateful.add(one.unique_name.split("/")[0])
                assert sorted(payload.state_specs) == [*(f"log{n}" for n in range(8)), "token"]
    assert stateful == {"Chain", "Thread"}


def test_nothing_on_the_live_path_holds_records_back(graph: beam.Pipeline) -> None:
    urns = {one.spec.urn for one in graph.to_runner_api().components.transforms.values()}
    held = {common_urns.primitives.GROUP_BY_KEY.urn, common_urns.primitives.FLATTEN.urn, common_urns.composites.RESHUFFLE.urn}
    assert not urns & held


def test_what_crosses_a_key_is_coded_by_our_own_coder(graph: beam.Pipeline) -> None:
    assert isinstance(beam.coders.registry.get_coder(Emission), EmissionCoder)
    proto = graph.to_runner_api()
    for step in ("Chain", "Thread"):
        transform = next(one for one in proto.components.transforms.values() if one.unique_name == step)
        (incoming,) = transform.inputs.values()
        coder = beam.coders.Coder.from_runner_api(
            proto.components.coders[proto.components.pcollections[incoming].coder_id], _context(proto)
        )
        assert "EmissionCoder" in repr(coder) or "EmissionCoder" in str(coder), step


def test_neither_address_nor_secret_stands_in_the_graph(graph: beam.Pipeline) -> None:
    encoded = graph.to_runner_api().SerializeToString()
    assert b"hunter2" not in encoded
    assert b"nowhere.example" not in encoded


def _context(proto: object) -> beam.pipeline.PipelineContext:
    return beam.runners.pipeline_context.PipelineContext(proto.components)  # type: ignore[attr-defined]
