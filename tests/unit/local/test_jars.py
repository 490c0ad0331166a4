from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from writethru.local.jars import JARS, JarError, cache_directory, fetch, jar_name

GOOD = b"the pinned bytes"
PINNED = {"org.example:parser:1.0": hashlib.sha256(GOOD).hexdigest()}


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


class Mirror:
    """Hands out the given answers one after the other; an exception is raised."""

    def __init__(self, *answers: bytes | Exception) -> None:
        self.answers = list(answers)

    def __call__(self, coordinates: str, directory: Path) -> Path:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        path = directory / jar_name(coordinates)
        path.write_bytes(answer)
        return path


def test_a_missing_jar_is_fetched_and_a_good_one_is_not_asked_for_again(tmp_path: Path) -> None:
    (path,) = fetch(tmp_path / "cache", Mirror(GOOD), PINNED)
    assert path == tmp_path / "cache" / "parser-1.0.jar"
    assert fetch(tmp_path / "cache", Mirror(), PINNED) == [path]
    assert [file.name for file in (tmp_path / "cache").iterdir()] == ["parser-1.0.jar"], "no download room is left behind"


@pytest.mark.parametrize("bad", [b"", GOOD[:-1], b"something else"])
def test_a_wrong_file_in_the_cache_is_replaced(tmp_path: Path, bad: bytes) -> None:
    (tmp_path / "parser-1.0.jar").write_bytes(bad)
    (path,) = fetch(tmp_path, Mirror(GOOD), PINNED)
    assert path.read_bytes() == GOOD


def test_a_broken_download_is_tried_once_more(tmp_path: Path) -> None:
    (path,) = fetch(tmp_path, Mirror(GOOD[:3], GOOD), PINNED)
    assert path.read_bytes() == GOOD


def test_a_jar_that_stays_wrong_is_named_with_both_digests_and_not_kept(tmp_path: Path) -> None:
    with pytest.raises(JarError) as error:
        fetch(tmp_path, Mirror(b"evil", b"evil"), PINNED)
    where = str(tmp_path / "parser-1.0.jar")
    for told in ("org.example:parser:1.0", hashlib.sha256(b"evil").hexdigest(), PINNED["org.example:parser:1.0"], where):
        assert told in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_what_the_network_said_is_passed_on_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(JarError) as error:
        fetch(tmp_path, Mirror(OSError("temporary failure in name resolution")), PINNED)
    for told in (
        "cannot fetch org.example:parser:1.0: temporary failure in name resolution",
        "Maven Central",
        str(tmp_path / "parser-1.0.jar"),
    ):
        assert told in str(error.value)
    assert "Kafka" not in str(error.value), "Flink's jars come this way too"


def test_a_wrong_file_that_another_process_takes_away_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "parser-1.0.jar"
    path.write_bytes(b"broken")

    def gone(file: Path) -> str:
        if file == path:
            path.unlink(missing_ok=True)
        return sha256(file)

    monkeypatch.setattr("writethru.local.jars._sha256", gone)
    assert fetch(tmp_path, Mirror(GOOD), PINNED) == [path]


def test_what_another_process_mended_meanwhile_stays_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "parser-1.0.jar"
    path.write_bytes(b"broken")

    def overtaken(file: Path) -> str:
        seen = sha256(file)
        if seen == hashlib.sha256(b"broken").hexdigest():
            path.write_bytes(GOOD)
        return seen

    class Looking(Mirror):
        def __call__(self, coordinates: str, directory: Path) -> Path:
            assert path.read_bytes() == GOOD, "its JVM may be reading it"
            return super().__call__(coordinates, directory)

    monkeypatch.setattr("writethru.local.jars._sha256", overtaken)
    assert fetch(tmp_path, Looking(GOOD), PINNED) == [path]
    assert path.read_bytes() == GOOD


def test_every_jar_is_pinned_and_lies_under_a_name_of_its_own() -> None:
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in JARS.values())
    assert len({jar_name(coordinates) for coordinates in JARS}) == len(JARS) == len(set(JARS.values()))


def test_the_cache_follows_the_desktop_convention(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_directory() == tmp_path / "writethru" / "kafka-4.1.1"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/desk")
    assert cache_directory() == Path("/home/desk/.cache/writethru/kafka-4.1.1")
