"""The plan as a record, and as JSON: names, coders, state and schema numbers; no address, no topic, no secret."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import orjson

FORMAT = 1
"""Of the JSON. A plan of another format is refused."""


class PlanError(ValueError):
    """A stored plan that cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """One primitive of the graph.

    `kind` is `impulse`, `source` (splittable: its place is state), `keyed` (with user state), `plain`, or for anything else Beam's urn.
    `inputs` and `outputs` are collections with their coders; an output nobody reads is left out. `states` are state ids with type and
    coder, `key` the key's coder, `window` how long the step's log lives, in ms (`transforms/keyed.py`).

    `operator` is what Flink makes the operator's id of where this step is the first of one, empty where it is fused with the step before
    it; `shared` says that another operator has the same name.
    """

    name: str
    kind: str
    inputs: dict[str, str]
    outputs: dict[str, str]
    states: dict[str, str]
    key: str
    window: int
    operator: str
    shared: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """One build's graph. `schemas` are the numbers written into state, checkpoint marks and batches; `source` is the class that every
    savepoint holds pickled, by this name; `splits` the shards into which a new job cuts it."""

    writethru: str
    beam: str
    schemas: dict[str, int]
    source: str
    splits: int
    steps: tuple[Step, ...]

    def to_json(self) -> bytes:
        """The same bytes for the same plan."""
        return orjson.dumps({"plan": FORMAT, **asdict(self)}, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    @classmethod
    def from_json(cls, data: bytes) -> Plan:
        """Raises PlanError where `data` is no plan of this format."""
        try:
            told: dict[str, Any] = orjson.loads(data)
            found = told.pop("plan")
            if found == FORMAT:
                return cls(**{**told, "steps": tuple(Step(**step) for step in told["steps"])})
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise PlanError("not a plan: store one with `writethru plan --write FILE`, from the build that runs") from error
        raise PlanError(f"a plan of format {found}; this build reads {FORMAT}: write it anew with the build that runs")
