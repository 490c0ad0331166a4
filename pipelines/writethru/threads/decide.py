"""From what two texts share to what they are to each other. Pure: no index, no clock, no state."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from writethru.records import Relation
from writethru.threads.settings import DAY, ThreadSettings


class Pair(NamedTuple):
    """What was found between a new text and one in the index. `apart` in ms, None where one of the times is unknown; `numbers` is
    the smaller of the two counts, `words` and `terms` are the shorter text's, `longer` the words of the longer one; `common` is the share
    of the shorter text's terms that stand in the other, `runs` that of its shingles: 0 where too few were compared, and in a filled-in
    form; `form` where that keeps most of the words too."""

    cosine: float
    apart: int | None
    weekdays: tuple[int, int]
    numbers: int
    numbers_shared: int
    years: tuple[int, int]
    words: int
    longer: int
    common: float
    runs: float
    form: bool = False


def features(pair: Pair, settings: ThreadSettings) -> tuple[float, ...]:
    """The pair as the model sees it, in the order of `model.FEATURES`.

    Likeness is weighed against details that contradict each other: two trips of the same people to the same place differ in weekdays,
    years and numbers, however alike their vocabulary. A short text's few numbers are its substance, so there even one counts."""
    ours, theirs = pair.weekdays
    days = (ours & theirs).bit_count() if ours and theirs else -1
    early, late = pair.years
    dated = bool(early and late)
    shared = pair.numbers_shared
    return (
        math.log(pair.cosine),
        1.0 if days == 0 else 0.0,
        1.0 if days > 0 and 2 * days >= (ours | theirs).bit_count() else 0.0,
        0.0 if pair.apart is None else pair.apart / DAY,
        0.0 if pair.apart is None else 1.0,
        min(max(_told(pair, settings), 0), 3) / 3 if not shared else 0.0,
        shared / pair.numbers if shared else 0.0,
        1.0 if shared == 1 and pair.numbers >= 4 else 0.0,
        math.log(pair.words + 5),
        math.log(pair.longer + 5),
        1.0 if dated and not early & late else 0.0,
        1.0 if dated and early & late else 0.0,
        1.0 if dated and early.bit_length() != late.bit_length() else 0.0,
        math.log(pair.runs + 0.01),
    )


def crowding(texts: int, apart: int | None, settings: ThreadSettings) -> float:
    """What the number of texts takes off the log-odds: the more, the likelier one is alike by chance. Where a time is unknown the other
    texts are not those of the same days, so that fewer of them are rivals."""
    few = settings.crowd if apart is not None else settings.crowd_untimed
    return -settings.crowding * math.log(max(texts, few) / few)


def likelihood(pair: Pair, logit: float, texts: int, settings: ThreadSettings) -> float:
    """How likely two that are no copies tell the same event, 0 to 1, where the model says `logit` and there are so many texts.

    A text of a line or two, which the model has hardly met, joins where its few words agree or where a longer one bears it out."""
    s = settings
    if pair.words < s.short:
        if pair.cosine < s.short_cosine and not _bears_out(pair, s):
            return 0.0
        logit = max(logit, s.short_agreed)
    if pair.form or (pair.apart is None and pair.runs < s.derivation and contradictions(pair, s) > 1):
        logit = min(logit, s.contradicted)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit + crowding(texts, pair.apart, s)))))


def contradictions(pair: Pair, settings: ThreadSettings) -> int:
    """How many details (weekdays, years, numbers) both texts name some of and share none of; four numbers and more count twice."""
    ours, theirs = pair.weekdays
    early, late = pair.years
    numbers = 0 if pair.numbers_shared else min(max(_told(pair, settings), 0), 3)
    return bool(ours and theirs and not ours & theirs) + bool(early and late and not early & late) + (numbers + 1) // 2


def _told(pair: Pair, settings: ThreadSettings) -> int:
    return pair.numbers if pair.words < settings.brief else pair.numbers - 1


def _bears_out(pair: Pair, settings: ThreadSettings) -> bool:
    """Whether a text of a line or two, an alert mostly, is borne out by another: at nearly the same time, with all of its numbers."""
    s = settings
    soon = pair.apart is not None and pair.apart <= s.alert_apart
    return soon and pair.longer >= s.short and pair.cosine >= s.alert_cosine and 0 < pair.numbers == pair.numbers_shared


def filled_in(numbers: int, shared: int) -> bool:
    """Where the words agree and the numbers do not: a table of results filled in for another company is no copy of it."""
    return numbers >= 3 and 5 * shared <= numbers


def relation(pair: Pair, settings: ThreadSettings) -> tuple[Relation, str]:
    """The relation of a pair that belongs together, and the name of the rule.

    A rewrite keeps the words and breaks the runs of text between them; a scanner breaks the words and keeps the runs. So a text of which
    less than `copy` stands in the other is still its copy where not many more of its words do than of its runs. A form filled in anew keeps
    both and not its numbers."""
    s, found = settings, pair.runs
    if found < s.derivation:
        return "event", "event:terms"
    if pair.numbers < 3 or pair.numbers_shared > s.refilled * pair.numbers:
        if found >= s.copy:
            return "copy", "copy:shingles"
        if found >= s.misread and found >= max(s.kept * pair.common, pair.common - s.reworded):
            return "copy", "copy:misread"
    return "derivation", "derivation:shingles"


def mean(likely: Sequence[float]) -> float:
    """A thread's claim on a text, from the likelihood of the text and each of a panel of its members, chosen without regard to the text:
    by the best member alone a thread drifts from one event to the next."""
    return sum(likely) / len(likely) if likely else 0.0
