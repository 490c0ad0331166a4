"""The job as it would be submitted: nothing in it that Dataflow refuses, nothing that should not be seen."""

from __future__ import annotations

import pytest
from apache_beam.portability import common_urns
from apache_beam.portability.api import beam_runner_api_pb2 as api

from tests.unit.dataflow.conftest import IMAGE_NAME, SECRET, Launch, Submitted

WIRES = (
    "--bootstrap=kafka-1.example:9093,kafka-2.example:9093",
    "--topic_raw=wire.raw,wire.late",
    "--security_protocol=SASL_SSL",
    "--sasl_mechanism=SCRAM-SHA-512",
    "--sasl_username=wires-reader",
    f"--sasl_password={SECRET}",
    "--sinks=kafka,sql,bigquery",
    "--sql_url=projects/newsroom-1/secrets/wire-database/versions/latest",
    "--bigquery_dataset=newsroom-1.wires",
    "--splits=5",
)


@pytest.fixture
def job(submitted: Launch) -> Submitted:
    return submitted(*WIRES)


def par_dos(graph: api.Pipeline) -> dict[str, tuple[api.PTransform, api.ParDoPayload]]:
    """By step name."""
    return {
        one.unique_name: (one, api.ParDoPayload.FromString(one.spec.payload))
        for one in graph.components.transforms.values()
        if one.spec.urn == common_urns.primitives.PAR_DO.urn
    }


def test_the_steps_have_the_names_an_update_is_matched_by(job: Submitted) -> None:
    names = [one.unique_name for one in job.graph.components.transforms.values()]
    assert len(names) == len(set(names))
    assert {name for name in names if "/" not in name and not name.startswith("ref_")} == {
        "Read",
        "Decode",
        "Normalise",
        "Chain",
        "Thread",
        *(f"Emit to {sink}" for sink in ("kafka", "sql", "bigquery")),
        *(f"Dead letters of {step}" for step in ("Decode", "Normalise", "kafka", "sql", "bigquery")),
    }


def test_no_address_user_topic_or_secret_stands_in_the_graph(job: Submitted) -> None:
    graph = job.graph.SerializeToString()
    for text in ("kafka-1", "9093", "wires-reader", "kafka-password", "wire-database", "SCRAM", "wire.late", "newsroom-1.wires"):
        assert text.encode() not in graph, text
    assert len(graph) < 1_000_000, "the service takes job requests up to 10 MB"


def test_it_asks_for_nothing_but_state_splitting_and_finalisation(job: Submitted) -> None:
    requirements = common_urns.requirements
    assert set(job.graph.requirements) == {
        requirements.REQUIRES_STATEFUL_PROCESSING.urn,
        requirements.REQUIRES_SPLITTABLE_DOFN.urn,
        requirements.REQUIRES_BUNDLE_FINALIZATION.urn,
    }
    for name, (_, payload) in par_dos(job.graph).items():
        assert not payload.timer_family_specs, f"{name}: a drain would fire its timers"
        assert not payload.requires_stable_input and not payload.requires_time_sorted_input, name
        assert not payload.side_inputs, name
        kinds = {spec.WhichOneof("spec") for spec in payload.state_specs.values()}
        assert kinds <= {"bag_spec", "read_modify_write_spec"}, f"{name}: maps, sets and multimaps are not for Python on Dataflow"


def test_only_primitives_that_need_no_other_sdk_are_in_it(job: Submitted) -> None:
    known = {common_urns.primitives.PAR_DO.urn, common_urns.primitives.IMPULSE.urn, ""}
    leaves = [one for one in job.graph.components.transforms.values() if not one.subtransforms and one.outputs]
    # Create's reshuffle of one element is a name without a body.
    assert {one.spec.urn for one in leaves if not one.unique_name.endswith("/MaybeReshuffle")} <= known
    (environment,) = job.graph.components.environments.values()
    assert environment.urn == common_urns.environments.DOCKER.urn
    assert api.DockerPayload.FromString(environment.payload).container_image == IMAGE_NAME
    (windowing,) = job.graph.components.windowing_strategies.values()
    assert windowing.window_fn.urn == common_urns.global_windows.urn


def test_a_keyed_step_is_keyed_by_text_which_every_worker_encodes_alike(job: Submitted) -> None:
    components = job.graph.components
    stateful = {name: step for name, (step, payload) in par_dos(job.graph).items() if payload.state_specs}
    assert set(stateful) == {"Chain", "Thread"}
    for step in stateful.values():
        coder = components.coders[components.pcollections[next(iter(step.inputs.values()))].coder_id]
        assert coder.spec.urn == common_urns.coders.KV.urn
        assert components.coders[coder.component_coder_ids[0]].spec.urn == common_urns.coders.STRING_UTF8.urn


def test_the_source_is_splittable_unbounded_and_told_when_a_bundle_is_held(job: Submitted) -> None:
    (read,) = [(step, payload) for step, payload in par_dos(job.graph).values() if payload.restriction_coder_id]
    assert read[0].unique_name == "Read/Poll" and read[1].requests_finalization
    (output,) = read[0].outputs.values()
    assert job.graph.components.pcollections[output].is_bounded == api.IsBounded.UNBOUNDED
    (environment,) = job.graph.components.environments.values()
    assert "beam:transform:sdf_truncate_sized_restrictions:v1" in environment.capabilities


def test_nothing_is_staged_for_the_workers_because_the_image_holds_it(job: Submitted) -> None:
    (environment,) = job.graph.components.environments.values()
    staged = [api.ArtifactStagingToRolePayload.FromString(one.role_payload).staged_name for one in environment.dependencies]
    assert set(staged) <= {"submission_environment_dependencies.txt"}, "no session, no sdk, no package: only Beam's list of what is here"


def test_the_presets_make_it_a_streaming_engine_job_of_one_core_a_split(job: Submitted) -> None:
    environment = job.environment
    assert {"enable_streaming_engine", "use_runner_v2"} <= set(environment["experiments"])
    assert environment["version"]["job_type"] == "FNAPI_STREAMING"
    (pool,) = environment["workerPools"]
    assert (pool["numWorkers"], pool["autoscalingSettings"]["maxNumWorkers"], pool["machineType"]) == (3, 3, "n2-standard-2")
    (image,) = pool["sdkHarnessContainerImages"]
    assert image["containerImage"] == IMAGE_NAME and image["useSingleCorePerContainer"], "one process a core: Python has one lock a process"
    options = environment["sdkPipelineOptions"]["options"]
    assert options["update_compatibility_version"] == "2.77.0"
    assert "writethru.dataflow.plugin" in options["beam_plugins"]


def test_what_is_sent_beside_the_graph_names_the_secrets_and_holds_none(job: Submitted) -> None:
    sent = job.environment["sdkPipelineOptions"]["options"]["writethru_options"]
    assert SECRET in sent and "kafka-1.example:9093" in sent


def test_flags_of_the_call_win_over_the_presets(submitted: Launch) -> None:
    job = submitted(
        *WIRES,
        "--max_num_workers=2",
        "--machine_type=n2-standard-8",
        "--update_compatibility_version=2.76.0",
        "--dataflow_service_options=streaming_mode_at_least_once",
        "--sdk_container_image=registry.example/other:1",
        "--writethru_options={}",
    )
    (pool,) = job.environment["workerPools"]
    assert (pool.get("numWorkers"), pool["autoscalingSettings"]["maxNumWorkers"], pool["machineType"]) == (None, 2, "n2-standard-8")
    assert job.environment["serviceOptions"] == ["streaming_mode_at_least_once"]
    options = job.environment["sdkPipelineOptions"]["options"]
    assert options["update_compatibility_version"] == "2.76.0"
    assert options["sdk_container_image"] == "registry.example/other:1"
    assert "kafka-1" in options["writethru_options"], "but what is sent to the workers is made here"
