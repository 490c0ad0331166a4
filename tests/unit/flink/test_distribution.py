from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from writethru.flink import distribution
from writethru.flink.distribution import Distribution, NoFlink, find_flink


def lay(root: Path, *jars: str) -> Path:
    (root / "lib").mkdir(parents=True)
    for jar in jars:
        (root / "lib" / jar).touch()
    return root


def test_flink_home_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = lay(tmp_path / "site/pyflink", "flink-dist-2.2.1.jar")
    (wheel / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path / "site")
    home = lay(tmp_path / "home", "flink-dist-1.19.3.jar")
    assert find_flink({"FLINK_HOME": str(home)}) == Distribution(home, "1.19.3")
    assert find_flink({"FLINK_HOME": ""}) == find_flink({}) == Distribution(wheel, "2.2.1")
    assert "pyflink" not in sys.modules, "looking for it does not import it"


def test_none_at_all_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distribution, "find_spec", lambda _: None)
    with pytest.raises(NoFlink, match=r"^no Flink on this machine: pip install '\.\[flink\]' .* or set FLINK_HOME"):
        find_flink({})


@pytest.mark.parametrize("jars", [(), ("flink-dist.jar",), ("flink-core-2.2.1.jar",)])
def test_a_directory_that_is_none_is_named(tmp_path: Path, jars: tuple[str, ...]) -> None:
    home = lay(tmp_path / "home", *jars)
    with pytest.raises(NoFlink, match=f"^FLINK_HOME is {home}, which holds no lib/flink-dist-"):
        find_flink({"FLINK_HOME": str(home)})
    with pytest.raises(NoFlink, match="absent, which holds no"):
        find_flink({"FLINK_HOME": str(tmp_path / "absent")})


def test_table_and_sql_stay_out_of_the_class_path(tmp_path: Path) -> None:
    needed = ("flink-connector-files-2.2.1.jar", "flink-dist-2.2.1.jar", "flink-json-2.2.1.jar", "log4j-api-2.24.3.jar")
    unused = ("flink-cep-2.2.1.jar", "flink-csv-2.2.1.jar", "flink-scala_2.12-2.2.1.jar", "flink-sql-client-2.2.1.jar",
              "flink-table-api-java-uber-2.2.1.jar", "flink-table-planner-loader-2.2.1.jar", "flink-python-2.2.1.jar")  # fmt: skip
    found = Distribution(lay(tmp_path / "home", *unused, *needed, "readme.txt"), "2.2.1")
    assert found.class_path == os.pathsep.join(f"{tmp_path}/home/lib/{jar}" for jar in needed)
    assert found.plugins == tmp_path / "home/plugins"
