"""Imported by Beam's harness when a Dataflow worker starts (`presets.dataflow`), before any step: shows our counters as Beam's, which
Dataflow hands to Cloud Monitoring."""

from writethru.ops import metrics

metrics.bind_beam()
