"""State that an earlier build left goes on under this one, whether it lies in Beam's bags or in the local log.

`tests/golden/state/N/` is what a release with schema N left; `python -m tests.golden.state.play` makes a folder when the schema moves.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.golden.state.play import HERE, Logs, decided, following, left, logs, play
from writethru.options import Options
from writethru.transforms.job import configure
from writethru.transforms.keyed import RING
from writethru.transforms.state import LOG_SCHEMA

FOLDERS = sorted((path for path in HERE.iterdir() if path.name.isdigit()), key=lambda path: int(path.name))
EPOCH = struct.Struct(">q")


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(out=str(tmp_path))


def resumed(folder: Path, options: Options, *, local: bool) -> list[dict[str, Any]]:
    """What this build, which holds no index, decides on the stored state about the articles that came next."""
    state = logs(folder)
    if local:
        before = configure(options, local_state=True)
        assert before.state is not None
        for (step, key), (stamp, bags) in state.items():
            (last,) = EPOCH.unpack(stamp[-EPOCH.size :])
            for epoch in range(last - RING + 1, last + 1):
                for chunk in bags[epoch % RING]:
                    before.state.append(step, key, epoch, chunk)
        before.state.commit()
        before.close()
    job = configure(options, local_state=local)
    found = decided(play(following(folder), {} if local else state))
    job.close()
    return found


def test_the_present_schema_has_its_stored_state() -> None:
    assert int(FOLDERS[-1].name) == LOG_SCHEMA, "make it: python -m tests.golden.state.play"


@pytest.mark.parametrize("local", [False, True], ids=["bags", "state.db"])
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: f"schema-{path.name}")
def test_stored_state_goes_on_as_recorded(folder: Path, options: Options, local: bool) -> None:
    """Where this fails for the present schema, either a decision has changed (read the difference that `python -m tests.golden.state.play`
    makes) or the log's form has, and LOG_SCHEMA must move. For an older schema: docs/upgrading.md, "When the schema moves"."""
    assert resumed(folder, options, local=local) == orjson.loads((folder / "decided.json").read_bytes())


def test_what_was_stored_is_found_again(options: Options) -> None:
    """Some of it by hand: ids that only the stored state can tell."""
    found = {(one["id"], one["rev"]): one for one in resumed(HERE / "1", options, local=False)}
    copy = found["7d07c23bfa0bd24abaf2686d563b095a", 1]
    assert (copy["agency"], copy["thread"]["relation"], copy["thread"]["id"]) == ("harbourpost", "copy", "fdb5306464a72c5f8ff2e676fe46ba01")
    version = next(one for one in found.values() if one["headline"].startswith("Ferry captain detained off Saint Brannoc"))
    assert (version["agency"], version["story"]["position"], version["thread"]["relation"]) == ("ap", 4, "version")
    late = found["f40c24c7b7dbff3939e6d816286288ac", 1]
    assert (late["story"]["action"], late["status"], late["headline"]) == ("update", "canceled", ""), "the kill wins after an upgrade too"


def test_without_the_state_the_same_articles_are_decided_otherwise(options: Options) -> None:
    folder = HERE / "1"
    configure(options, local_state=False)
    fresh = decided(play(following(folder), {}))
    recorded = orjson.loads((folder / "decided.json").read_bytes())
    assert sum(one not in fresh for one in recorded) > 5


def test_what_goes_on_is_written_in_the_present_schema(options: Options) -> None:
    resumed(HERE / "1", options, local=False)
    stamps = [stamp for stamp, _ in left.values() if stamp]  # a way of stories has none
    assert {stamp[:2] for stamp in stamps} == {LOG_SCHEMA.to_bytes(2, "big")}
    assert all(stamp[2:18] != bytes(16) for stamp in stamps), "each batch leaves a token of its own"


def test_state_of_a_schema_that_this_build_does_not_know_is_refused(options: Options) -> None:
    newer: Logs = {place: ((LOG_SCHEMA + 1).to_bytes(2, "big") + stamp[2:], bags) for place, (stamp, bags) in logs(HERE / "1").items()}
    configure(options, local_state=False)
    with pytest.raises(
        RuntimeError, match=rf"key \w+: state of schema {LOG_SCHEMA + 1}, this build reads {LOG_SCHEMA}: resume with the build that"
    ):
        play(following(HERE / "1"), newer)
