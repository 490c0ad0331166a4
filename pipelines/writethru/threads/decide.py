"""From what two texts share to what they are to each other, for many pairs at once. Pure: no index, no clock, no state."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from writethru.records import Relation
from writethru.threads.rings import Ints
from writethru.threads.settings import DAY, ThreadSettings

Floats: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Masks: TypeAlias = NDArray[np.uint64]


class Pairs(NamedTuple):
    """What was found between new texts and texts in the index: in each array a place for each pair. `apart` in ms, NaN where one of the
    times is unknown; `weekdays` and `years` are masks, ours and theirs; `numbers` is the smaller of the two counts, `words` is the
    shorter text's, `longer` the words of the longer one; `common` is the share of the shorter text's terms that stand in the other,
    `runs` that of its shingles: 0 where too few were compared, and in a filled-in form;
    `form` where that keeps most of the words too."""

    cosine: Floats
    apart: Floats
    weekdays: tuple[Ints, Ints]
    numbers: Ints
    numbers_shared: Ints
    years: tuple[Masks, Masks]
    words: Ints
    longer: Ints
    common: Floats
    runs: Floats
    form: Flags

    def take(self, places: Ints) -> Pairs:
        columns = [tuple([mask[places] for mask in column]) if isinstance(column, tuple) else column[places] for column in self]
        return Pairs(*columns)  # type: ignore[arg-type]


def features(pairs: Pairs, settings: ThreadSettings) -> Floats:
    """The pairs as the model sees them, a row each, in the order of `model.FEATURES`.

    Likeness is weighed against details that contradict each other: two trips of the same people to the same place differ in weekdays,
    years and numbers, however alike their vocabulary. A short text's few numbers are its substance, so there even one counts."""
    ours, theirs = pairs.weekdays
    days = np.where((ours > 0) & (theirs > 0), _DAYS[ours & theirs], -1)
    early, late = pairs.years
    dated = (early > 0) & (late > 0)
    both = early & late
    shared = pairs.numbers_shared
    timed = ~np.isnan(pairs.apart)
    columns = (
        np.log(pairs.cosine),
        days == 0,
        (days > 0) & (2 * days >= _DAYS[ours | theirs]),
        np.where(timed, pairs.apart, 0.0) / DAY,
        timed,
        np.where(shared, 0, _differing(pairs, settings)) / 3,
        shared / np.maximum(pairs.numbers, 1),
        (shared == 1) & (pairs.numbers >= 4),
        np.log(pairs.words + 5),
        np.log(pairs.longer + 5),
        dated & (both == 0),
        dated & (both > 0),
        dated & (early ^ late >= both),  # the highest bits are not the same one
        np.log(pairs.runs + 0.01),
    )
    found = np.empty((len(shared), len(columns)))
    for place, column in enumerate(columns):
        found[:, place] = column
    return found


_DAYS: Final = np.array([mask.bit_count() for mask in range(1 << 7)])


def crowding(texts: int, timed: bool, settings: ThreadSettings) -> float:
    """What the number of texts takes off the log-odds: the more, the likelier one is alike by chance. Where a time is unknown the other
    texts are not those of the same days, so that fewer of them are rivals."""
    few = settings.crowd if timed else settings.crowd_untimed
    return -settings.crowding * math.log(max(texts, few) / few)


def odds(pairs: Pairs, logits: Floats, settings: ThreadSettings) -> Floats:
    """The log-odds that two that are no copies tell the same event, before the crowd's part, where the model says `logits`; of what cannot
    minus infinity.

    A text of a line or two, which the model has hardly met, joins where its few words agree or where a longer one bears it out."""
    s = settings
    short = pairs.words < s.short
    agreed = (pairs.cosine >= s.short_cosine) | _bears_out(pairs, s)
    found = np.where(short, np.where(agreed, np.maximum(logits, s.short_agreed), -math.inf), logits)
    spoken_against = pairs.form | (np.isnan(pairs.apart) & (pairs.runs < s.derivation) & (contradictions(pairs, s) > 1))
    return np.where(spoken_against, np.minimum(found, s.contradicted), found)


def likelihood(odds: float, crowded: float) -> float:
    """0 to 1, of log-odds and what the crowd takes off them."""
    return 0.0 if odds == -math.inf else 1 / (1 + math.exp(-max(-30.0, min(30.0, odds + crowded))))


def contradictions(pairs: Pairs, settings: ThreadSettings) -> Ints:
    """How many details (weekdays, years, numbers) both texts name some of and share none of; four numbers and more count twice."""
    ours, theirs = pairs.weekdays
    early, late = pairs.years
    days = (ours > 0) & (theirs > 0) & (ours & theirs == 0)
    years = (early > 0) & (late > 0) & (early & late == 0)
    numbers = np.where(pairs.numbers_shared, 0, _differing(pairs, settings))
    found: Ints = (numbers + 1) // 2 + days + years
    return found


def _differing(pairs: Pairs, settings: ThreadSettings) -> Ints:
    """The numbers that tell two texts apart which share none: 3 at most."""
    return np.clip(pairs.numbers - (pairs.words >= settings.brief), 0, 3)


def _bears_out(pairs: Pairs, settings: ThreadSettings) -> Flags:
    """Whether a text of a line or two, an alert mostly, is borne out by another: at nearly the same time, with all of its numbers."""
    s = settings
    soon = (pairs.apart <= s.alert_apart) & (pairs.longer >= s.short) & (pairs.cosine >= s.alert_cosine)
    found: Flags = soon & (pairs.numbers > 0) & (pairs.numbers == pairs.numbers_shared)
    return found


def filled_in(numbers: Ints, shared: Ints, words: Ints, settings: ThreadSettings) -> Flags:
    """Where the words agree and the numbers do not: a table of results filled in for another company is no copy of it. Of a brief, as of a
    quake, two numbers tell that."""
    found: Flags = (numbers >= 2 + (words >= settings.slight)) & (5 * shared <= numbers)
    return found


def raised(likely: float, odds: float) -> float:
    """A likelihood with so much added to its log-odds."""
    return 1 / (1 + (1 / max(likely, 1e-9) - 1) * math.exp(-odds))


RELATIONS: Final[tuple[tuple[Relation, str], ...]] = (
    ("event", "event:terms"),
    ("derivation", "derivation:shingles"),
    ("copy", "copy:misread"),
    ("copy", "copy:shingles"),
)
COPY: Final = 2
"""The place of the first that are copies."""


def relations(pairs: Pairs, settings: ThreadSettings) -> Ints:
    """The relation of each pair that belongs together, and the name of the rule, by their place in `RELATIONS`.

    A rewrite keeps the words and breaks the runs of text between them; a scanner breaks the words and keeps the runs. So a text of which
    less than `copy` stands in the other is still its copy where not many more of its words do than of its runs. A form filled in anew keeps
    both and not its numbers."""
    s, found = settings, pairs.runs
    same = (found >= s.derivation) & ((pairs.numbers < 2 + (pairs.words >= s.slight)) | (pairs.numbers_shared > s.refilled * pairs.numbers))
    misread = same & (found >= s.misread) & (found >= np.maximum(s.kept * pairs.common, pairs.common - s.reworded))
    out: Ints = np.where(same & (found >= s.copy), 3, np.where(misread, 2, found >= s.derivation))
    return out


def mean(likely: Sequence[float]) -> float:
    """A thread's claim on a text, from the likelihood of the text and each of a panel of its members, chosen without regard to the text:
    by the best member alone a thread drifts from one event to the next."""
    return sum(likely) / len(likely) if likely else 0.0
