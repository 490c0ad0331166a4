"""`make run` as a newcomer meets it: a fresh copy, empty caches, no terminal."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from tests.day_truth import compare
from writethru.local import day
from writethru.sinks.jsonl import read_latest

ROOT = Path(__file__).parents[2]
NEWCOMER = ("PATH", "LANG", "SSL_CERT_FILE", "SSL_CERT_DIR", "PIP_CERT", "REQUESTS_CA_BUNDLE", "PYENV_ROOT", "HTTPS_PROXY", "NO_PROXY")


class Copy:
    """A copy of what git tracks, with a home of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.home = folder / "writethru", folder / "home"
        self.home.mkdir()
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in listed.decode().rstrip("\0").split("\0"):
            if (ROOT / name).exists():
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, self.folder / name)

    def make(self, *arguments: str) -> tuple[str, float]:
        """The output of `make …` and its seconds."""
        environment = {name: os.environ[name] for name in NEWCOMER if name in os.environ} | {"HOME": str(self.home)}
        started = time.monotonic()
        done = subprocess.run(
            ["make", *arguments], cwd=self.folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr, time.monotonic() - started


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    folder = tmp_path_factory.mktemp("newcomer")
    yield Copy(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def first(copy: Copy) -> tuple[str, float]:
    return copy.make("run")


pytestmark = pytest.mark.timeout(600)


def test_the_first_run_ends_by_itself_with_a_summary(first: tuple[str, float]) -> None:
    said, seconds = first
    print(f"make run with empty caches: {seconds:.1f} s")
    totals = day.truth()["totals"]
    told = dict(re.findall(r"^(items in|articles|stories|versions|threads|kills|embargoes|dead letters) +([\d,]+)", said, re.M))
    assert int(told["items in"]) == totals["messages"], said
    assert int(told["articles"]) == totals["articles"]
    assert int(told["dead letters"]) == sum(totals["dead_letters"].values())
    assert int(told["kills"]) == totals["kills"]
    assert int(told["embargoes"]) == totals["embargoes"]
    for expected in ("Live page", "Metrics", "rate", "p50", "p99", "out/wire.db", "out/articles.jsonl", "wire.articles", "explain"):
        assert expected in said
    assert "Traceback" not in said
    # Another test, or a pipeline of yours, may hold the usual port meanwhile: that is said, and another one taken.
    assert "WARNING" not in re.sub(r".*port 9464 is in use.*", "", said)


def test_what_lies_in_out_is_what_an_editor_would_have_made_of_the_day(copy: Copy, first: tuple[str, float]) -> None:
    out = copy.folder / "out"
    articles, stories, threads, letters = (
        read_latest(out / f"{name}.jsonl") for name in ("articles", "stories", "threads", "dead_letters")
    )
    assert compare(day.truth(), day.messages(), articles, stories, threads, letters.values(), in_play_order=False) == []
    with sqlite3.connect(out / "wire.db") as db:
        in_sql = {id_: orjson.loads(record) for id_, record in db.execute("SELECT id, record FROM articles")}
    db.close()
    assert in_sql == articles


def test_a_second_run_installs_nothing_and_leaves_the_same_articles(copy: Copy, first: tuple[str, float]) -> None:
    before = read_latest(copy.folder / "out" / "articles.jsonl")
    said, seconds = copy.make("run")
    print(f"make run, warm: {seconds:.1f} s")
    assert "Installing" not in said
    assert read_latest(copy.folder / "out" / "articles.jsonl").keys() == before.keys()


def test_it_plays_any_directory(copy: Copy, first: tuple[str, float]) -> None:
    feed = copy.folder / "feed"
    feed.mkdir()
    (feed / "1.txt").write_text("(URGENT) Ferry adrift off Haemil\nSEOUL, March 17 (Yonhap) -- A ferry is adrift off Haemil.\n(END)\n")
    said, _ = copy.make("run", f"INPUT={feed}", "OUT=other")
    assert re.search(r"^articles +1\b", said, re.M), said
    (record,) = read_latest(copy.folder / "other" / "articles.jsonl").values()
    assert (record["wire"]["agency"], record["wire"]["action"]) == ("yonhap", "alert")


def test_nothing_is_left_running(copy: Copy, first: tuple[str, float]) -> None:
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(copy.folder) not in listed
    assert str(copy.home) not in listed
