"""What of a build is remembered by a savepoint: `of(options)` reads it from the graph, `compare(old, new)` says whether one build can go on
where the other stopped. Nothing here talks to a broker or a cluster."""

from writethru.plan.compare import Difference, Runner, Verdict, compare
from writethru.plan.graph import of
from writethru.plan.record import Plan, PlanError, Step

__all__ = ["Difference", "Plan", "PlanError", "Runner", "Step", "Verdict", "compare", "of"]
