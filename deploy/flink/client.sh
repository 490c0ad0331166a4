#!/bin/sh
# Runs `writethru flink COMMAND ARGUMENTS` in the cluster, as the Job of that name in jobs/, and shows its log:
#   sh deploy/flink/client.sh resume --from file:///flink-state/savepoints/writethru/savepoint-…
# The arguments are of this run alone; the manifest stays as it is. The Job of the run before is replaced, but not while it works.
set -eu
job=writethru-$1
if [ -n "$(kubectl -n writethru get job "$job" --ignore-not-found -o jsonpath='{.status.active}')" ]; then
  echo "job $job still works: kubectl -n writethru logs -f job/$job" >&2
  exit 1
fi
arguments=
for one in "$@"; do
  arguments=$arguments${arguments:+,}\"$one\"
done
patch="[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/args\", \"value\": [$arguments]}]"
kubectl -n writethru delete job "$job" --ignore-not-found
kubectl create -k "$(dirname "$0")/jobs" -l "writethru-job=$1" --dry-run=client -o yaml |
  kubectl patch --local -f - --type=json -p "$patch" -o yaml |
  kubectl create -f -
kubectl -n writethru logs -f "job/$job" --pod-running-timeout=5m
kubectl -n writethru wait --for=condition=complete "job/$job" --timeout=30s
