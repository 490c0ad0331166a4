"""Beam's pipeline options per cluster runner, in one place: what a job needs to be right, and sensible sizes. A flag given wins."""

from __future__ import annotations

from typing import Any

from writethru.options import Options

DATAFLOW_MACHINE = "n2-standard-2"
DATAFLOW_CORES = 2
DATAFLOW_GRAPH = "2.77.0"
"""The Beam release whose translation the running jobs have. Raised only with a release whose jobs must be started anew."""


def dataflow(options: Options) -> dict[str, Any]:
    """Streaming Engine, exactly once (both Dataflow's own defaults), one core a split.

    The number of workers is fixed: Beam's Python source tells no backlog that Dataflow could scale by, and a key that moves to another
    worker rebuilds its index there.
    """
    workers = -(-options.splits // DATAFLOW_CORES)
    return {
        "streaming": True,
        "machine_type": DATAFLOW_MACHINE,
        "num_workers": workers,
        "max_num_workers": workers,
        "sdk_location": "container",
        "save_main_session": False,
        "update_compatibility_version": DATAFLOW_GRAPH,
        "default_sdk_harness_log_level": options.log_level,
        "beam_plugins": ["writethru.dataflow.plugin"],
    }
