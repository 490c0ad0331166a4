"""The stateful shell: the same output whether the index is found in the cache, rebuilt from Beam's bags or from the local log."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from copy import deepcopy
from pathlib import Path
from typing import Any

import apache_beam as beam
import orjson
import pytest
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.runners.worker import statesampler
from apache_beam.utils.counters import CounterFactory

from tests.builders import article, collect, collected, message
from writethru.options import Options
from writethru.records import Emission
from writethru.transforms import coders, keyed
from writethru.transforms.job import configure
from writethru.transforms.keyed import BeamLog, packed, unpack
from writethru.transforms.state import LOG_SCHEMA, READ_FROM, IndexCache, LocalState, StateUnusable

HOUR = 3_600_000


class Counting:
    """An index that numbers the articles of each slug: small enough to see through, stateful enough to notice a lost entry."""

    def __init__(self) -> None:
        self.clock = self.capped = 0
        self.counts: dict[str, tuple[int, int]] = {}
        self.changed: set[str] = set()

    def apply(self, slugs: Sequence[tuple[str, int]]) -> list[str]:
        seen = []
        for slug, at in slugs:
            self.clock = max(self.clock, at)
            count = self.counts.get(slug, (0, 0))[0] + 1
            self.counts[slug] = count, self.clock
            self.changed.add(slug)
            seen.append(f"{slug}#{count}")
        return seen

    def drain(self) -> list[bytes]:
        entries = [orjson.dumps([slug, *self.counts[slug]]) for slug in sorted(self.changed)]
        self.changed.clear()
        return entries

    def snapshot(self) -> list[bytes]:
        return [orjson.dumps([slug, *state]) for slug, state in self.counts.items()]

    def restore(self, entries: Iterable[bytes]) -> None:
        for slug, count, touched in map(orjson.loads, entries):
            self.counts[slug] = count, touched

    def evict(self, before: int) -> int:
        gone = [slug for slug, (_, touched) in self.counts.items() if touched < before]
        for slug in gone:
            del self.counts[slug]
        return len(gone)

    def __len__(self) -> int:
        return len(self.counts)


class CountingFn(keyed.KeyedFn):
    name = "chain"
    window = 7 * HOUR

    def new_index(self, key: str) -> Counting:
        return Counting()

    def step(self, index: Counting, emission: Emission) -> Iterator[str]:
        yield ",".join(index.apply([(one.article["slugline"], one.provenance.timestamp) for one in emission.articles]))


class Forgetful(IndexCache):
    """Loses every second index it is asked for, as a restart, a retry or a moved key would."""

    def __init__(self) -> None:
        super().__init__()
        self.lost = self.kept = 0

    def take(self, step: str, key: str, token: bytes | None) -> Any | None:
        index = super().take(step, key, token)
        if index is not None and (self.lost + self.kept) % 2 == 0:
            self.lost += 1
            return None
        self.kept += index is not None
        return index


def batches() -> list[tuple[str, Emission]]:
    """40 batches of two keys over 20 hours: some slugs return within the window of seven hours, some long after it."""
    chooser = random.Random(7)  # noqa: S311 - a seeded choice of slugs
    found = []
    for n in range(40):
        slugs = [chooser.choice("abcdefgh") for _ in range(3)]
        at = n * HOUR // 2
        found.append(
            (chooser.choice(["ap", "tt"]), Emission(tuple(article(f"{n}{i}", slug=slug, timestamp=at) for i, slug in enumerate(slugs))))
        )
    return found


def run(elements: list[tuple[str, Emission]], step: CountingFn | None = None) -> list[str]:
    collected.clear()
    with beam.Pipeline(runner=FnApiRunner()) as pipeline:
        _ = (
            pipeline
            | beam.Create([0])
            | beam.FlatMap(lambda _: elements).with_output_types(tuple[str, Emission])
            | "Count" >> beam.ParDo(step or CountingFn())
            | "Collect" >> beam.Map(collect)
        )
    return list(collected)


class Cell:
    """A key's stamp as Beam keeps it; every access would be a request to Flink."""

    def __init__(self) -> None:
        self.value: bytes | None = None
        self.asked = self.written = 0

    def read(self) -> bytes | None:
        self.asked += 1
        return self.value

    def write(self, value: bytes) -> None:
        self.written += 1
        self.value = value


class Bag(list[bytes]):
    add = list.append

    def read(self) -> list[bytes]:
        return list(self)


Kept = dict[str, tuple[Cell, list[Bag]]]


def play(elements: list[tuple[str, Emission]], step: CountingFn, state: Kept, task: str = "1-7") -> list[str]:
    """What `step` makes of the elements in a task of its own, whose state lies in `state`."""
    step.setup()
    statesampler.set_current_tracker(statesampler.StateSampler(task, CounterFactory()))
    found: list[str] = []
    for element in elements:
        cell, bags = state.setdefault(element[0], (Cell(), [Bag() for _ in range(keyed.RING)]))
        found.extend(step.process(element, cell, *bags))
    return found


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(out=str(tmp_path))


def test_an_index_rebuilt_from_the_bags_decides_as_the_one_that_was_kept(options: Options) -> None:
    configure(options, local_state=False)
    kept = run(batches())
    job = configure(options, local_state=False)
    job.cache = forgetful = Forgetful()
    assert run(batches()) == kept
    assert forgetful.lost > 5
    assert any("#3" in line for line in kept), "slugs return within the window"


def test_an_index_rebuilt_from_the_local_log_decides_as_the_one_that_was_kept(options: Options) -> None:
    configure(options, local_state=False)
    kept = run(batches())
    job = configure(options, local_state=True)
    job.cache = Forgetful()
    assert run(batches()) == kept
    job.close()


def test_a_restart_goes_on_where_the_process_before_ended(options: Options) -> None:
    configure(options, local_state=False)
    kept = run(batches())
    first = configure(options, local_state=True)
    start = run(batches()[:15])
    first.close()
    second = configure(options, local_state=True)
    assert start + run(batches()[15:]) == kept
    second.close()


def test_where_keys_stay_a_stamp_is_read_once_and_written_once_an_epoch(options: Options) -> None:
    configure(options, local_state=False)
    kept = run(batches())
    configure(options, local_state=False)
    state: Kept = {}
    assert play(batches(), CountingFn(keys_stay=True), state) == kept
    for key, (cell, _) in state.items():
        epochs = {keyed.epoch_of(one.articles[0].provenance.timestamp, CountingFn.window) for of, one in batches() if of == key}
        assert (cell.asked, cell.written) == (1, len(epochs))
        assert len(epochs) < sum(of == key for of, _ in batches())


@pytest.mark.parametrize(("before", "after"), [(True, True), (True, False), (False, True)])
def test_the_next_process_goes_on_from_the_log_whether_keys_stay_or_not(options: Options, before: bool, after: bool) -> None:
    configure(options, local_state=False)
    kept = run(batches())
    state: Kept = {}
    configure(options, local_state=False)
    start = play(batches()[:15], CountingFn(keys_stay=before), state)
    configure(options, local_state=False)
    assert start + play(batches()[15:], CountingFn(keys_stay=after), state) == kept


def test_a_new_task_in_a_worker_that_lived_on_goes_back_with_the_state(options: Options) -> None:
    """As where the JobManager took a TaskManager for dead that was only silent: the worker still holds what the lost task knew."""
    configure(options, local_state=False)
    kept = run(batches())
    configure(options, local_state=False)
    state: Kept = {}
    step = CountingFn(keys_stay=True)
    start = play(batches()[:15], step, state)
    checkpoint = deepcopy(state)
    play(batches()[15:25], step, state)
    assert start + play(batches()[15:], step, checkpoint, task="1-12") == kept


@pytest.mark.parametrize("keys_stay", [True, False])
def test_the_first_batch_on_an_older_log_writes_it_in_the_present_form(options: Options, keys_stay: bool) -> None:
    configure(options, local_state=False)
    kept = run(batches())
    state: Kept = {}
    configure(options, local_state=False)
    start = play(batches()[:15], CountingFn(keys_stay=keys_stay), state)
    for cell, _ in state.values():
        cell.value = READ_FROM.to_bytes(2, "big") + cell.value[2:]
    configure(options, local_state=False)
    assert start + play(batches()[15:], CountingFn(keys_stay=keys_stay), state) == kept
    assert {cell.value[:2] for cell, _ in state.values()} == {LOG_SCHEMA.to_bytes(2, "big")}


class Replacing(CountingFn):
    def redacts(self, results: list[str]) -> bool:
        return "a#" in results[0]


@pytest.mark.parametrize("local", [False, True])
def test_a_snapshot_takes_the_place_of_the_log_and_decides_the_same(options: Options, local: bool) -> None:
    configure(options, local_state=False)
    kept = run(batches())
    job = configure(options, local_state=local)
    job.cache = Forgetful()
    assert run(batches(), Replacing()) == kept
    job.close()


def test_a_snapshot_is_cut_into_chunks_that_a_runner_takes() -> None:
    entries = [b"x" * 40, b"y" * 40, b"z" * 300, b"w"]
    chunks = list(packed(7, entries, limit=100))
    assert [len(chunk) for chunk in chunks] == [83, 302, 3]
    assert [unpack(chunk) for chunk in chunks] == [(7, entries[:2]), (7, entries[2:3]), (7, entries[3:])]


def test_a_stamp_of_another_length_is_refused_by_its_schema() -> None:
    class Cell:
        def read(self) -> bytes:
            return b"\x00\x09 something else"

    assert BeamLog(Cell(), ()).stamp() == b"\x00\x09 something else"


def test_what_was_withdrawn_is_no_longer_in_the_local_file(options: Options) -> None:
    state = LocalState(options.state_path)
    state.append("chain", "ap", 1, b"the killed headline")
    state.commit()
    state.replace("chain", "ap", 1, [b"what is", b"left"])
    state.commit()
    files = list(options.state_path.parent.glob("state.db*"))
    assert not any(b"killed headline" in file.read_bytes() for file in files)
    assert list(state.read("chain", "ap")) == [b"what is", b"left"]
    state.close()


KILLED = b"-" * 700 + b"the killed headline" + b"-" * 700


def test_what_was_withdrawn_is_not_left_where_a_page_of_the_file_was_parted_either(options: Options) -> None:
    state = LocalState(options.state_path)
    state.append("chain", "ap", 1, KILLED)
    for n in range(12):
        state.append("thread", "en", 1, bytes([65 + n]) * 1500)
        state.commit()
    state.replace("chain", "ap", 1, [b"what is left"])
    state.commit()
    assert not any(b"killed headline" in file.read_bytes() for file in options.state_path.parent.glob("state.db*"))
    state.close()


def test_what_expired_is_not_left_in_the_file(options: Options) -> None:
    state = LocalState(options.state_path)
    state.append("chain", "ap", 1, KILLED)
    state.commit()
    state.append("chain", "ap", 1 + keyed.RING, b"the same story, updated")
    state.commit()
    state.replace("chain", "ap", 1 + keyed.RING, [b"what is left"])
    state.commit()
    assert not any(b"killed headline" in file.read_bytes() for file in options.state_path.parent.glob("state.db*"))
    state.close()


def test_what_was_not_touched_for_the_window_is_forgotten(options: Options) -> None:
    configure(options, local_state=False)
    moves = [("a", 0), ("b", 9 * HOUR), ("a", 9 * HOUR)]
    assert run([("ap", Emission((article("x", slug=slug, timestamp=at),))) for slug, at in moves]) == ["a#1", "b#1", "a#1"]


def test_a_younger_entry_than_the_window_is_never_lost(options: Options) -> None:
    configure(options, local_state=False).cache = Forgetful()
    times = [0, HOUR, 7 * HOUR - 1]
    assert run([("ap", Emission((article("x", slug="a", timestamp=at),))) for at in times]) == ["a#1", "a#2", "a#3"]


def test_a_step_that_fails_half_way_leaves_no_changed_index_behind(options: Options) -> None:
    class Breaking(CountingFn):
        def step(self, index: Counting, emission: Emission) -> Iterator[str]:
            index.apply([("a", 1)])
            raise RuntimeError("half-way")
            yield ""

    job = configure(options, local_state=False)
    with pytest.raises(RuntimeError, match="half-way"), beam.Pipeline(runner=FnApiRunner()) as pipeline:
        _ = pipeline | beam.Create(batches()[:1]).with_output_types(tuple[str, Emission]) | beam.ParDo(Breaking())
    assert job.cache.take("chain", batches()[0][0], None) is None


def test_a_step_that_fails_half_way_goes_on_from_the_log_where_keys_stay(options: Options) -> None:
    class BreakingOnce(CountingFn):
        broken = False

        def step(self, index: Counting, emission: Emission) -> Iterator[str]:
            yield from super().step(index, emission)
            if not self.broken and len(index.counts) > 4:
                self.broken = True
                raise RuntimeError("half-way")

    configure(options, local_state=False)
    elements, state = [one for one in batches() if one[0] == "ap"], Kept()
    kept = play(elements, CountingFn(keys_stay=True), {})
    configure(options, local_state=False)
    step, found = BreakingOnce(keys_stay=True), []
    for element in elements:
        try:
            found += play([element], step, state)
        except RuntimeError:
            found += play([element], step, state)
    assert step.broken
    assert found == kept


def test_state_of_another_schema_is_refused(options: Options) -> None:
    first = configure(options, local_state=True)
    assert first.state is not None
    first.close()
    with sqlite3.connect(options.state_path) as db:
        db.execute("UPDATE meta SET schema = 99")
    db.close()
    with pytest.raises(StateUnusable, match="schema 99"):
        LocalState(options.state_path)


def test_a_local_state_of_the_older_schema_is_brought_up_to_the_present_one(options: Options) -> None:
    state = LocalState(options.state_path)
    state.append("chain", "ap", 1, b"as it was")
    state.commit()
    state.close()
    with closing(sqlite3.connect(options.state_path)) as db, db:
        db.execute("UPDATE meta SET schema = 1")
    state = LocalState(options.state_path)
    assert list(state.read("chain", "ap")) == [b"as it was"]
    state.close()
    with closing(sqlite3.connect(options.state_path)) as db:
        assert db.execute("SELECT schema FROM meta").fetchall() == [(LOG_SCHEMA,)]


def test_a_second_process_on_the_same_state_is_refused(options: Options) -> None:
    first = LocalState(options.state_path)
    with pytest.raises(StateUnusable, match="another writethru"):
        LocalState(options.state_path)
    first.close()


def test_an_emission_survives_its_coder() -> None:
    emission = Emission((article("a", payload=message(b"\x00\xff", headers=(("h", b"\x01"),), again=True)), article("b")))
    coder = coders.EmissionCoder()
    encoded = coder.encode(emission)
    assert coder.decode(encoded) is emission, "this process encoded it"
    read = coder.decode(encoded)
    assert read == emission
    assert read is not emission


def test_what_was_encoded_last_is_handed_on_once_and_the_oldest_forgotten() -> None:
    first, second = Emission((article("a"),)), Emission((article("b"),))
    handed = coders.Handed(limit=8)
    handed.put(b"first", first)
    assert handed.take(b"first") is first
    assert handed.take(b"first") is None
    handed.put(b"first", first)
    handed.put(b"second", second)
    assert handed.take(b"first") is None
    assert handed.take(b"second") is second
    handed.put(b"longer than it", first)
    assert handed.take(b"longer than it") is None
