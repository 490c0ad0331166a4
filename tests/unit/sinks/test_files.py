"""The JSONL files: whole lines only, whatever happens; the last line with a key counts."""

from __future__ import annotations

import fcntl
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from writethru.records import Article, Emission, Provenance, Story, StoryStatus, Thread, Wire
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


def story(key: str = "s1", rev: int = 1, status: StoryStatus = "current", headline: str = "") -> Story:
    return Story(key, rev, "nwa", status, None, headline, "", "en", (), 0, None, None)


def thread(key: str = "t1", rev: int = 1, headline: str = "") -> Thread:
    return Thread(key, rev, headline, "en", (), 0, (), None, None)


def emptied(key: str = "a1", rev: int = 2, status: str = "canceled") -> Article:
    return replace(article(key, rev), article={"uri": key, "pubStatus": status})


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


# --- redactions -----------------------------------------------------------------------------------------------------------


def text_of(directory: Path) -> str:
    return "".join((directory / f"{name}.jsonl").read_text() for name in ("articles", "stories", "threads"))


@pytest.mark.parametrize("status", ["canceled", "withheld"])
@pytest.mark.parametrize("rev", [1, 2])
def test_a_redaction_takes_the_earlier_body_out_of_the_file(tmp_path: Path, status: str, rev: int) -> None:
    written(
        tmp_path,
        Emission((article("a1", body="forged"), article("a2", body="kept"))),
        Emission((article("a3", body="kept too"), emptied("a1", rev, status))),
    )
    lines = [orjson.loads(line) for line in (tmp_path / "articles.jsonl").read_bytes().splitlines()]
    assert [(line["provenance"]["id"], line["rev"]) for line in lines] == [("a2", 1), ("a3", 1), ("a1", rev)]
    assert "forged" not in text_of(tmp_path)


def test_of_a_batch_that_holds_both_only_the_redaction_is_written(tmp_path: Path) -> None:
    written(tmp_path, Emission((article("a1", body="forged"), emptied("a1"), article("a1", body="forged, late"))))
    assert "forged" not in text_of(tmp_path)
    assert read_latest(tmp_path / "articles.jsonl")["a1"]["rev"] == 2


def test_a_killed_storys_headline_leaves_its_stories_and_threads(tmp_path: Path) -> None:
    written(
        tmp_path,
        Emission((article(),), (story(headline="forged"), story("s2", headline="kept")), (thread(headline="forged"), thread("t2"))),
        Emission((article("k"),), (story("s1", 2, "killed"),)),
        Emission((emptied("a1"),), (), (thread("t1", 2, "another member's"),)),
    )
    assert "forged" not in text_of(tmp_path) and "kept" in text_of(tmp_path)
    assert read_latest(tmp_path / "threads.jsonl")["t1"]["headline"] == "another member's"


def test_what_was_merged_into_a_killed_story_loses_its_headline_too(tmp_path: Path) -> None:
    merged = replace(story("s2", 2, "superseded"), merged_into="s1")
    written(tmp_path, Emission((), (story("s2", headline="forged"),)), Emission((), (merged, story("s1", 3, "killed"))))
    assert "forged" not in text_of(tmp_path)


def test_an_older_redaction_takes_nothing_newer_away(tmp_path: Path) -> None:
    written(tmp_path, Emission((article("a1", 3, "released"),)), Emission((emptied("a1", 2, "withheld"),)))
    assert body(read_latest(tmp_path / "articles.jsonl")["a1"]) == "released"


def test_what_empties_nothing_only_appends(tmp_path: Path) -> None:
    written(tmp_path, Emission((article("a1"),), (story(),), (thread(),)))
    inode = (tmp_path / "articles.jsonl").stat().st_ino
    written(tmp_path, Emission((article("a2"), article("a1", 2)), (story(rev=2),), (thread(rev=2),)), Emission((emptied("a9"),)))
    assert (tmp_path / "articles.jsonl").stat().st_ino == inode
    assert len((tmp_path / "stories.jsonl").read_bytes().splitlines()) == 2


def test_after_a_rewrite_the_file_is_written_kept_locked_and_as_readable_as_before(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").touch(0o640)
    (tmp_path / "articles.jsonl").chmod(0o640)
    written(tmp_path, Emission((article(),)), Emission((emptied(),)), Emission((article("a2"),)))
    assert list(read_latest(tmp_path / "articles.jsonl")) == ["a1", "a2"]
    assert (tmp_path / "articles.jsonl").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles.jsonl", "stories.jsonl", "threads.jsonl"]
    with pytest.raises(SinkFailed, match="another process writes this file"):
        JsonlFile(tmp_path / "articles.jsonl")


def test_who_locked_a_file_that_was_replaced_meanwhile_turns_to_the_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, lock, races = tmp_path / "articles.jsonl", fcntl.flock, iter([True])

    def raced(fd: int, how: int) -> None:
        if next(races, False):
            (tmp_path / "new").write_bytes(b"{}\n")
            (tmp_path / "new").replace(path)
        lock(fd, how)

    monkeypatch.setattr(fcntl, "flock", raced)
    file = JsonlFile(path)
    file.append([b"[]"])
    file.close()
    assert path.read_bytes() == b"{}\n[]\n"


def test_the_body_goes_from_where_a_link_points(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "articles.jsonl").symlink_to(tmp_path / "disk" / "articles.jsonl")
    written(tmp_path / "out", Emission((article(body="forged"),)), Emission((emptied(),)))
    assert b"forged" not in (tmp_path / "disk" / "articles.jsonl").read_bytes()
    assert (tmp_path / "out" / "articles.jsonl").is_symlink()


def test_a_rewrite_that_does_not_fit_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    batch = Emission(tuple(article(f"a{n}", body="x" * 500) for n in range(20)))
    written(tmp_path, batch)
    before = (tmp_path / "articles.jsonl").read_bytes()
    sink = opened(FilesSinkSettings(str(tmp_path)))
    sink.write(Emission((emptied("a1"),)))
    with at_most(len(before) // 2), pytest.raises(SinkFailed, match=r"files sink at .*articles.jsonl: File too large\. Free space"):
        sink.flush()
    assert (tmp_path / "articles.jsonl").read_bytes() == before
    assert not list(tmp_path.glob("*.rewrite"))
    sink.write(Emission((emptied("a1"),)))
    assert sink.flush() == []
    assert read_latest(tmp_path / "articles.jsonl")["a1"]["rev"] == 2


def test_a_line_that_cannot_be_read_stops_a_rewrite(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl").write_bytes(b"{}\nforged\n")
    sink = opened(FilesSinkSettings(str(tmp_path)))
    sink.write(Emission((emptied("a1"),)))
    with pytest.raises(SinkFailed, match=r"line 1 is no record\. Move the file away"):
        sink.flush()
    assert (tmp_path / "articles.jsonl").read_bytes() == b"{}\nforged\n"


KILLED = """
import os, signal, sys
sys.path[:0] = [sys.argv[2]]
from test_files import article, emptied, written
from pathlib import Path
from writethru.records import Emission
def die(*paths):
    print(len(open(paths[0], "rb").read().splitlines()), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
os.replace = die
written(Path(sys.argv[1]), Emission((article("a1", body="forged"), article("a2"))), Emission((emptied("a1"),)))
"""


def test_a_process_killed_before_the_rename_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path), str(Path(__file__).parent)]
    died = subprocess.run(command, capture_output=True, text=True, env={"PYTHONPATH": os.pathsep.join(sys.path)}, timeout=30)
    assert (died.returncode, died.stdout) == (-signal.SIGKILL, "2\n")
    assert list(read_latest(tmp_path / "articles.jsonl")) == ["a1", "a2"]
    assert [path.name for path in tmp_path.glob("*.rewrite")] == ["articles.jsonl.rewrite"]
    written(tmp_path, Emission((emptied("a1"),)))
    assert "forged" not in text_of(tmp_path) and not list(tmp_path.glob("*.rewrite"))


def test_what_a_crash_left_of_a_rewrite_is_removed_when_the_file_is_opened(tmp_path: Path) -> None:
    (tmp_path / "articles.jsonl.rewrite").write_bytes(b"half")
    opened(FilesSinkSettings(str(tmp_path)))
    assert not (tmp_path / "articles.jsonl.rewrite").exists()
