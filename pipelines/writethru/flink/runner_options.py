"""Options of Beam's Flink runner that its Python SDK does not know.

The job server tells them too, but a switch that is on by default could then never be put off, and every one is warned of. `writethru_plan`
is our own: Flink shows a job's options, so a later build can be held against the running one from anywhere, with nothing kept beside it.
"""

from __future__ import annotations

from typing import Any

from apache_beam.options.pipeline_options import PipelineOptions


def boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


class FlinkJobOptions(PipelineOptions):  # type: ignore[misc]
    @classmethod
    def _add_argparse_args(cls, parser: Any) -> None:
        for name, kind in (
            ("checkpointing_interval", int),
            ("externalized_checkpoints_enabled", boolean),
            ("retain_externalized_checkpoints_on_cancellation", boolean),
            ("max_bundle_size", int),
            ("max_bundle_time_mills", int),
            ("finish_bundle_before_checkpointing", boolean),
            ("operator_chaining", boolean),
            ("savepoint_path", str),
            ("writethru_plan", str),
        ):
            parser.add_argument(f"--{name}", type=kind, default=None)
