"""The JSONL files: whole lines only, whatever happens; the last line with a key counts."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from writethru.records import Article, Emission, Provenance, Story, Thread, Wire
from writethru.sinks import FilesSinkSettings, SinkFailed, close_all, opened
from writethru.sinks.files import read_latest
from writethru.sinks.jsonl import JsonlFile


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    close_all()


def article(key: str = "a1", rev: int = 1, body: str = "The dam held.") -> Article:
    source = Provenance(key, "ninjs", "wire.raw", 0, 1, 1, "2026-03-01T08:15:01Z", "f" * 64, "utf-8", None, (), "test")
    return Article(key, rev, {"uri": key, "bodies": [{"value": body}]}, Wire("nwa"), None, None, source)


def story(key: str = "s1", rev: int = 1) -> Story:
    return Story(key, rev, "nwa", "current", None, "", "", "en", (), 0, None, None)


def thread(key: str = "t1", rev: int = 1) -> Thread:
    return Thread(key, rev, "", "en", (), 0, (), None, None)


def written(directory: Path, *emissions: Emission) -> None:
    sink = opened(FilesSinkSettings(str(directory)))
    for emission in emissions:
        sink.write(emission)
        assert sink.flush() == []


def body(record: dict[str, object]) -> object:
    return record["article"]["bodies"][0]["value"]  # type: ignore[index]


def test_each_kind_has_its_file_and_its_key(tmp_path: Path) -> None:
    directory = tmp_path / "made" / "here"
    written(directory, Emission((article("a1"), article("a2")), (story("s1"),), (thread("t1"),)))
    assert {name: list(read_latest(directory / f"{name}.jsonl")) for name in ("articles", "stories", "threads")} == {
        "articles": ["a1", "a2"],
        "stories": ["s1"],
        "threads": ["t1"],
    }


def test_the_last_line_with_a_key_counts_unless_its_rev_is_lower(tmp_path: Path) -> None:
    written(
        tmp_path,
        Emission((article("a1", 1, "first"),), (story("s1", 1),)),
        Emission((article("a1", 3, "third"),), (story("s1", 2),)),
        Emission((article("a1", 2, "late"),)),
        Emission((article("a1", 3, "third again"),)),
    )
    latest = read_latest(tmp_path / "articles.jsonl")
    assert body(latest["a1"]) == "third again"
    assert read_latest(tmp_path / "stories.jsonl")["s1"]["rev"] == 2


def test_the_same_emissions_twice_leave_the_same_content(tmp_path: Path) -> None:
    emissions = (Emission((article("a1"), article("a2"))), Emission((article("a1", 2, ""),), (story(),), (thread(),)))
    written(tmp_path, *emissions)
    once = [read_latest(tmp_path / name) for name in ("articles.jsonl", "stories.jsonl", "threads.jsonl")]
    close_all()
    written(tmp_path, *emissions)
    assert [read_latest(tmp_path / name) for name in ("articles.jsonl", "stories.jsonl", "threads.jsonl")] == once


def test_nul_line_separators_and_large_bodies_stay_one_line(tmp_path: Path) -> None:
    text = "\x00 \n\r\u2028\u2029\x85 Łódź \U0001f30a " * 250_000
    assert len(text.encode()) > 5_000_000
    written(tmp_path, Emission((article(body=text), article("a2"))))
    latest = read_latest(tmp_path / "articles.jsonl")
    assert body(latest["a1"]) == text and list(latest) == ["a1", "a2"]


def test_what_json_cannot_carry_is_rejected_and_the_rest_written(tmp_path: Path) -> None:
    bad = article("bad", body="\ud800")
    sink = opened(FilesSinkSettings(str(tmp_path)))
    sink.write(Emission((bad, article("a1"))))
    (rejected,) = sink.flush()
    assert (rejected.kind, rejected.id, rejected.article) == ("article", "bad", bad) and len(rejected.detail) <= 200
    assert list(read_latest(tmp_path / "articles.jsonl")) == ["a1"]
    assert sink.flush() == []


def test_nothing_is_visible_before_flush_nor_after_close(tmp_path: Path) -> None:
    sink = opened(FilesSinkSettings(str(tmp_path)))
    sink.write(Emission((article(),)))
    assert (tmp_path / "articles.jsonl").read_bytes() == b""
    sink.close()
    assert sink.flush() == [] and (tmp_path / "articles.jsonl").read_bytes() == b""


@given(lines=st.lists(st.binary(max_size=20).map(lambda raw: raw.replace(b"\n", b"")), max_size=5), torn=st.binary(min_size=1, max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_torn_tail_is_cut_off_when_the_file_is_opened(lines: list[bytes], torn: bytes, tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    whole = b"".join(line + b"\n" for line in lines)
    path.write_bytes(whole + torn.replace(b"\n", b" "))
    file = JsonlFile(path)
    assert path.read_bytes() == whole
    file.append([b"{}"])
    file.close()
    assert path.read_bytes() == whole + b"{}\n"


def test_a_long_torn_tail_is_found_behind_more_than_a_block(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_bytes(b"{}\n" + b"x" * 300_000)
    JsonlFile(path).close()
    assert path.read_bytes() == b"{}\n"
    path.write_bytes(b"x" * 300_000)
    JsonlFile(path).close()
    assert path.read_bytes() == b""


def test_a_reader_passes_over_a_line_that_is_being_written(tmp_path: Path) -> None:
    path = tmp_path / "stories.jsonl"
    path.write_bytes(b'{"id":"s1","rev":1}\n{"id":"s1","re')
    assert read_latest(path) == {"s1": {"id": "s1", "rev": 1}}


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """Files may grow to `size` bytes: what a full disk does to a writer, half-way through its segment."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


def test_a_segment_that_does_not_fit_leaves_nothing_and_the_next_goes_on(tmp_path: Path) -> None:
    sink = opened(FilesSinkSettings(str(tmp_path)))
    sink.write(Emission((article("a1"),)))
    sink.flush()
    before = (tmp_path / "articles.jsonl").read_bytes()
    with at_most(len(before) + 1000):
        sink.write(Emission((article("a2", body="x" * 5000), article("a3"))))
        with pytest.raises(SinkFailed, match=r"files sink at .*articles.jsonl: File too large\. Free space"):
            sink.flush()
    assert (tmp_path / "articles.jsonl").read_bytes() == before
    sink.write(Emission((article("a4"),)))
    assert sink.flush() == []
    assert list(read_latest(tmp_path / "articles.jsonl")) == ["a1", "a4"]


def test_a_directory_that_may_not_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SinkFailed, match=r"Make it writable, or choose another directory with --out\."):
        opened(FilesSinkSettings(str(tmp_path / "file" / "out")))
    with tempfile.TemporaryDirectory() as shut:  # pytest's own are closed to others
        Path(shut).chmod(0o555)
        me = os.geteuid()
        if me == 0:
            os.seteuid(65534)
        try:
            with pytest.raises(SinkFailed, match="Permission denied"):
                opened(FilesSinkSettings(shut))
        finally:
            os.seteuid(me)


WRITER = """
import sys
from writethru.records import Emission
sys.path[:0] = [sys.argv[2]]
from test_files import article
from writethru.sinks import FilesSinkSettings, SinkFailed, opened
try:
    sink = opened(FilesSinkSettings(sys.argv[1]))
except SinkFailed as failure:
    sys.exit(str(failure))
for batch in range(100000):
    sink.write(Emission(tuple(article(f"{batch:06}-{n}") for n in range(20))))
    sink.flush()
    print(batch, flush=True)
"""


def writer(directory: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(directory), str(Path(__file__).parent)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip


def test_another_process_is_kept_out_until_the_first_ends(tmp_path: Path) -> None:
    opened(FilesSinkSettings(str(tmp_path)))
    other = writer(tmp_path)
    _, said = other.communicate(timeout=30)
    assert "another process writes this file" in said and "--out" in said


def test_a_process_killed_in_mid_stream_loses_no_flushed_batch(tmp_path: Path) -> None:
    process = writer(tmp_path)
    assert process.stdout is not None and process.stderr is not None
    told = -1
    for line in process.stdout:
        told = int(line)
        if told == 30:
            process.kill()
            break
    process.stdout.close()
    process.stderr.close()
    process.wait()
    opened(FilesSinkSettings(str(tmp_path)))
    lines = (tmp_path / "articles.jsonl").read_bytes().splitlines()
    assert all(orjson.loads(line)["rev"] == 1 for line in lines)
    assert len(lines) >= 20 * (told + 1)
