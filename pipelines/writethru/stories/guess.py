"""Which of the headlines that are live a marked article rewrites. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, cast

from writethru.stories import fit
from writethru.stories.chain import Version
from writethru.stories.headlines import Likeness, Titled
from writethru.stories.keys import HOUR

FIELD = 10
"""So many of the most alike candidates are looked at closely."""
RETOLD = 0.8
"""From this share of common words on, the later of two candidates only tells the earlier one again: an agency's other services do so
within the hour, under ids of their own, and an update belongs to the first telling (Reuters titles: to the other one in 3 of 100)."""


class Guess(NamedTuple):
    version: Version
    likelihood: float
    terms: fit.Terms


def versions(titled: Iterable[Titled]) -> Iterable[Version]:
    return cast("Iterable[Version]", titled)


def ranked(new: Version, likeness: Likeness, near: Iterable[Titled], heaviest: float, allowed: Callable[[Version], bool]) -> list[Guess]:
    """The candidates among the `near` ones, the likeliest first, one a story. `likeness` is that of the new headline."""
    alike = [(likeness.to(known.tokens), known) for known in versions(near) if allowed(known)]
    if not alike:
        return []
    alike.sort(key=lambda one: (-one[0], one[1].seq))
    field = alike[:FIELD]
    found: dict[str, tuple[float, Version, fit.Terms]] = {}
    for score, known in field:
        terms = _terms(new, known, score, likeness, heaviest)
        if known.key <= new.key:
            retold = _retold(new, known, field, likeness)
            if retold is None:
                continue
            terms = terms._replace(retold=retold)
        weight = fit.weight(terms)
        best = found.get(known.story.id)
        if best is None or weight > best[0]:
            found[known.story.id] = weight, known, terms
    shares = fit.likelihoods([weight for weight, _, _ in found.values()])
    guesses = [Guess(known, share, terms) for share, (_, known, terms) in zip(shares, found.values(), strict=True)]
    return sorted(guesses, key=lambda guess: (-guess.likelihood, guess.version.seq))


def _terms(new: Version, known: Version, alike: float, likeness: Likeness, heaviest: float) -> fit.Terms:
    earlier, later = (known, new) if known.key <= new.key else (new, known)
    # A base that comes after its update is told by the update's place in its own story, which has no base.
    story = known.story
    weights = likeness.weights
    shared = [*sorted([weights[word] for word in known.tokens if word in weights], reverse=True), 0.0, 0.0]
    head, other = new.tokens[:2], known.tokens[:2]
    return fit.Terms(
        words=fit.Words(
            alike=alike,
            rarest=shared[0] / heaviest,
            second=shared[1] / heaviest,
            opening=weights[head[0]] / heaviest if head[0] == other[0] else 0.0,
            near_opening=max([weights[word] for word in head if word in other], default=0.0) / heaviest,
        ),
        step=fit.step(story, earlier, later),
        hours=fit.UNTIMED if new.time is None or known.time is None else (later.at - earlier.at) / HOUR,
        retold=0.0,
        same_mark=new.action == known.action,
    )


def _retold(new: Version, known: Version, field: Sequence[tuple[float, Version]], likeness: Likeness) -> float | None:
    """How much of `known` an earlier candidate of another story told before, and how well that one fits; None where it is the same
    telling, and the earlier story has not reached the new one's number."""
    most = 0.0
    for score, first in field:
        if first.story is known.story or (first.at, first.seq) >= (known.at, known.seq):
            continue
        if fit.step(first.story, first, new) == fit.REACHED:
            continue
        common = sum([word in first.tokens for word in known.tokens])
        if 2 * common >= RETOLD * (len(first.tokens) + len(known.tokens)):
            return None
        if first.ordinal is None:
            most = max(most, score * likeness.between(known.tokens, first.tokens))
    return most
