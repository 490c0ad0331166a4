"""Every number that threading rests on, with where it comes from.

The pair's weights follow a logistic fit on two public sets together (ECB+: 48 events, no times, no headlines; AllSides 2021: 260 events
of three outlets each), rounded and then chosen by hand on the same two sets; those of copies on Reuters-21578 with noisy syndicated
copies. One setting serves all of them; none has been tried on a set it was not chosen on.
"""

from __future__ import annotations

from dataclasses import dataclass

HOUR = 3_600_000
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class ThreadSettings:
    """`window` in ms, `limit` in articles; the weights are those of a logistic model of "the two texts tell the same event"."""

    limit: int = 200_000
    window: int = 72 * HOUR
    members: int = 100
    """Members a thread record shows; `count` counts them all."""

    # What is kept of a text.
    text_chars: int = 12_000
    terms: int = 240
    """Weighted terms kept an article; a Reuters item of 1987 has 55 on average."""
    probes: tuple[int, int] = (16, 60)
    """Heaviest terms under which an article is filed and looked up: a third of its terms, within these bounds."""
    prior: int = 30
    """Texts taken as read before the first: with few, the second text of an event already makes its words look common."""
    sketch: int = 64
    """Shingle hashes kept of a short text; a long one keeps one in `sketch_share`, at most three times as many."""
    sketch_share: int = 24
    headline_weight: int = 2
    name_weight: float = 1.3
    """A capitalised word counts more: in a first model pair F1 on ECB+ rose from .837 to .851."""

    # Who is looked at.
    candidates: int = 6
    near: float = 0.04
    """Share of a text's weight that a candidate must have in common with it, by the postings alone."""
    floor: float = 0.08
    """Cosine under which no pair is looked at: 99% of the true pairs of ECB+ and 96% of AllSides lie above it."""
    alike: float = 0.1
    hopeless: float = -3.5
    """Under the cosine `alike` no runs of text are sought; under the logit `hopeless` no details either."""
    panel: int = 6
    """Members of a thread that have a say beside the best, evenly over its life."""

    # The pair.
    bias: float = 8.1
    cosine: float = 2.8
    strongest: float = 1.2
    a_day: float = -1.2
    """For each day between two known times; nothing where one is unknown."""
    weekdays_differ: float = -1.2
    """Both name weekdays and share none: of the pairs with cosine .12-.2 then 8% tell the same event, else 37%."""
    weekdays_agree: float = 0.7
    numbers_differ: float = -2.4
    """Both name four numbers or more and share none: 1% tell the same event, where two are shared 44%."""
    brief: int = 60
    """Words under which a text's few numbers are its substance, so that even one counts: of the ECB+ pairs of 20 to 60 words 71% tell
    the same event, of those with numbers and none in common 37%."""
    number_alone: float = -0.7
    numbers_agree: float = 1.5
    contradiction: float = -1.9
    contradicted: float = 1.0
    """Details that weigh this much against a pair of unknown times leave likeness no more than this to say: of the ECB+ pairs with
    cosine .3-.5 that name four numbers or more and share none 37% tell the same event, where 90% of all do."""
    table: float = 0.5
    """At known times the same holds from this cosine on where the numbers disagree: a form filled in anew for another company."""
    shingles: float = 12.0
    shingles_from: float = 0.1

    crowd: int = 500
    crowding: float = 1.0
    """The more texts, the likelier one is alike by chance: taken off for each e-fold above `crowd`."""

    # The decision.
    join: float = 0.55
    copy: float = 0.6
    derivation: float = 0.2
    """Share of the shorter text's shingles found in the other: unrelated texts on the same people and places reach 0.06."""
    sample: int = 16
    """Shingles that must have been compared for the share to mean anything."""
    merge: float = 0.9
    short: int = 20
    """Words under which a text says too little: it joins by story, or where its few words agree."""
    short_cosine: float = 0.6
    alert_apart: int = HOUR
    alert_cosine: float = 0.35
    """An alert's few words also join within `alert_apart` ms of a longer text that has all its numbers, from this cosine on. Of 6,000
    Reuters items half a minute apart 180 join so; of the 75 with the lowest cosines three have nothing to do with each other."""
    shared: int = 3
    """Terms two texts must share at least."""
