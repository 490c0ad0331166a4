"""A job as Dataflow would get it, built by the launcher without a network: Beam's `--dry_run` runs all of its own checks and translation
and stops before the first request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from apache_beam.portability.api import beam_runner_api_pb2 as api
from apache_beam.runners.dataflow.internal import apiclient
from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import Struct

from writethru.dataflow.launch import IMAGE, launch

IMAGE_NAME = "europe-west1-docker.pkg.dev/newsroom-1/wires/writethru:7"
SECRET = "projects/newsroom-1/secrets/kafka-password/versions/3"  # noqa: S105 - a name
FLAGS = (
    "--runner=DataflowRunner",
    "--project=newsroom-1",
    "--region=europe-west1",
    "--temp_location=gs://newsroom-bucket/temp",
    "--staging_location=gs://newsroom-bucket/staging",
    "--template_location=gs://newsroom-bucket/staging/job_object",
    "--job_name=wires",
    '--labels={"goog-dataflow-provided-template-type":"flex"}',
    "--no_auth",
    "--dry_run=True",
)
"""As the template's own launcher calls `main.py`, and the two that keep Beam off the network."""


@dataclass(frozen=True)
class Submitted:
    graph: api.Pipeline
    environment: dict[str, Any]
    """What the request holds beside the graph: pools, experiments, pipeline options."""
    sent: Struct
    """The pipeline options as Dataflow hands them to a worker."""


Launch = Callable[..., Submitted]


@pytest.fixture
def submitted() -> Launch:
    def run(*arguments: str) -> Submitted:
        job = launch([*FLAGS, *arguments], {IMAGE: IMAGE_NAME}).job
        made = apiclient.Environment(
            packages=[],
            options=job.options,
            environment_version="8",
            proto_pipeline_staged_url="gs://newsroom-bucket/staging/pipeline.pb",
            proto_pipeline=job.proto_pipeline,
        ).proto
        message = type(made).pb(made)
        return Submitted(job.proto_pipeline, MessageToDict(message), message.sdk_pipeline_options)

    return run
