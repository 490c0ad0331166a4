# `make run` and `make test` need Python 3.10 or newer, make, and the package registries; nothing else.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
UV_VERSION := 0.13.9

# Plain INPUT=PATH and OUT=DIR of the command line reach the pipeline as options.
INPUT ?=
OUT ?= out

.PHONY: help run test test-cluster lint types unit bench bench-accuracy lock clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: .venv/run.stamp ## Start a broker and the pipeline, play the sample wire day (INPUT=PATH: your files, OUT=DIR: where to; KAFKA_BOOTSTRAP: your cluster, nothing is played)
	@$(BIN)/writethru run --out "$(OUT)" $(if $(INPUT),--input "$(INPUT)")

# Two files of tests beside each other, in the order of the folders: the long ones, which mostly wait, come first, the many short ones even
# out the end.
test: .venv/dev.stamp lint types ## Lint, types and all tests but those on Flink, a real broker included
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore=tests/integration/flink $(PYTEST_ARGS)

# Flink comes from PyPI, its job server from Maven Central or as a stand-in; both stay in the user's cache. The header says which it is.
test-cluster: .venv/dev.stamp ## The tests on a real Flink
	@UV="$(UV)" $(BIN)/python -m tests.integration.flink.engine
	@$(BIN)/python -m pytest tests/integration/flink -s $(PYTEST_ARGS)

lint: .venv/dev.stamp ## Style and unsafe habits
	@$(BIN)/ruff format --check -q . && $(BIN)/ruff check -q . && echo "lint: clean"

types: .venv/dev.stamp ## Strict types
	@$(BIN)/mypy

unit: .venv/dev.stamp ## The quick tests alone
	@$(BIN)/python -m pytest tests/unit -q

bench: .venv/dev.stamp ## The measurements quoted in the docs (N=50000, INPUT=FILE, BENCH="throughput latency start flink")
	@N="$(N)" INPUT="$(INPUT)" $(BIN)/python -m tests.bench $(BENCH)

bench-accuracy: .venv/dev.stamp ## How right stories and threads are, and how quick (EVENTS=, COPIES=, VERSIONS=FILE: your sets, each one or several)
	@EVENTS="$(EVENTS)" COPIES="$(COPIES)" VERSIONS="$(VERSIONS)" $(BIN)/python -m tests.bench.accuracy

lock: | .venv/pyvenv.cfg ## Resolve the dependencies anew
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --python-version 3.10 \
	  pyproject.toml --extra local --extra postgresql --group build -o requirements.lock
	$(UV) pip compile -q --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" --python-version 3.10 \
	  pyproject.toml --extra local --extra postgresql --extra gcp --extra embedding --group build --group dev -c requirements.lock -o requirements-dev.lock
	UV="$(UV)" deploy/dataflow/lock.sh

clean: ## Remove what was made here
	rm -rf .venv .uv out dist .pytest_cache .mypy_cache .ruff_cache .hypothesis

.uv/bin/uv:
	@PIP_ROOT_USER_ACTION=ignore $(PYTHON) -m pip install -q --disable-pip-version-check --no-warn-script-location --target .uv uv==$(UV_VERSION)

.venv/pyvenv.cfg: | $(filter .uv/%,$(UV))
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10) and "writethru needs Python 3.10 or newer; set PYTHON=")'
	@$(UV) venv -q --python "$$(command -v $(PYTHON))" .venv

.venv/run.stamp: requirements.lock pyproject.toml | .venv/pyvenv.cfg
	@if [ -e .venv/dev.stamp ] && [ .venv/dev.stamp -nt requirements.lock ] && [ .venv/dev.stamp -nt pyproject.toml ]; then :; else \
	  echo "Installing writethru into .venv …"; \
	  $(UV) pip sync -q --python $(BIN)/python --require-hashes requirements.lock && \
	  $(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .; fi
	@touch $@

.venv/dev.stamp: requirements-dev.lock pyproject.toml | .venv/pyvenv.cfg
	@echo "Installing writethru and its development tools into .venv …"
	@$(UV) pip sync -q --python $(BIN)/python --require-hashes requirements-dev.lock
	@$(UV) pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@
