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
  one=$(printf '%s\n' "$one" | sed 's/[\\"]/\\&/g') # as JSON has it
  arguments=$arguments${arguments:+,}\"$one\"
done
patch="[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/args\", \"value\": [$arguments]}]"
kubectl -n writethru delete job "$job" --ignore-not-found
kubectl create -k "$(dirname "$0")/jobs" -l "writethru-job=$1" --dry-run=client -o yaml |
  kubectl patch --local -f - --type=json -p "$patch" -o yaml |
  kubectl create -f -
kubectl -n writethru logs -f "job/$job" --pod-running-timeout=5m
# Its log has ended; that it is complete or has failed is written down a moment later. `kubectl wait` waits for one of the two alone.
left=30
while [ "$left" -gt 0 ]; do
  case $(kubectl -n writethru get job "$job" -o jsonpath='{.status.conditions[?(@.status=="True")].type}') in
    *Complete*) exit 0 ;;
    *Failed*)
      echo "job $job failed: its log says why" >&2
      exit 1
      ;;
  esac
  sleep 1
  left=$((left - 1))
done
echo "job $job has not ended: kubectl -n writethru describe job $job" >&2
exit 1
