#!/usr/bin/env bash
# Resolves the image's requirements within those of the tests: after `make lock`, from anywhere.
set -euo pipefail
cd "$(dirname "$0")/../.."
"${UV:-uv}" pip compile -q --generate-hashes --no-emit-index-url --custom-compile-command deploy/dataflow/lock.sh \
  --python-version 3.11 --python-platform x86_64-manylinux_2_28 \
  pyproject.toml --extra gcp --extra postgresql --group build -c requirements-dev.lock -o deploy/dataflow/requirements.lock
