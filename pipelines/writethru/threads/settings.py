"""Every number that threading rests on beside the model's weights, with where it comes from.

The two public sets that were measured are ECB+ (48 events, no times, no headlines) and AllSides 2021 (260 events of three outlets each);
for copies it was Reuters-21578 with noisy syndicated copies. One setting serves all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

HOUR = 3_600_000
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class ThreadSettings:
    """`window` in ms, `limit` in articles; likelihoods are between 0 and 1."""

    limit: int = 200_000
    window: int = 72 * HOUR
    life: int = 7 * DAY
    """How long after it opened a thread takes in what no chain ties: by the clock of the language, as long as chains live."""
    members: int = 100
    """Members a thread record shows; `count` counts them all."""
    told: int = 6
    """Terms that an article's place names at most."""

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
    copies: int = 4
    candidates: int = 8
    """Texts that share shingles, and beside them texts that share terms."""
    near: float = 0.03
    """Share of a text's weight that a candidate must have in common with it, by the postings alone."""
    floor: float = 0.08
    """Cosine under which no pair is looked at: 99% of the true pairs of ECB+ and 96% of AllSides lie above it."""
    alike: float = 0.1
    """Cosine under which no runs of text are sought."""
    shared: int = 3
    """Terms two texts must share at least."""
    panel: int = 8
    """Members of a thread that have a say, evenly over its life."""
    threads: int = 2
    heard: float = 0.2
    """Threads whose panels are heard: of the likeliest candidates, and where one of them is at least so likely."""

    # The pair.
    brief: int = 60
    """Words under which a text's few numbers are its substance: of the ECB+ pairs of 20 to 60 words 71% tell the same event, of those
    with numbers and none in common 37%."""
    contradicted: float = -0.5
    """Log-odds at most of a pair of unknown times that two kinds of detail speak against: of 21 such ECB+ pairs with cosines above .3 ten
    tell the same event, and the model has met too few to know."""
    slight: int = 40
    """Words under which two numbers, none of them shared, make of alike texts two fillings of a form, as of quakes; else three do. With 60
    the linked groups of noisy copies agree with the true ones to an ARI of .984 instead of .986."""
    form: float = 0.6
    """Share of the shorter text's words in the other from which on two whose numbers differ are a form filled in anew, no likelier the same
    event than `contradicted`: of 22 such ECB+ pairs four are."""
    crowd: int = 30
    crowd_untimed: int = 500
    crowding: float = 0.5
    """The more texts of the last `window`, the likelier one is alike by chance: taken off the log-odds for each e-fold above `crowd`."""

    # The decision.
    join: float = 0.55
    """Mean likelihood over a thread's panel from which a text joins it at once."""
    settle: float = 0.45
    """From this one on it joins after `look_back` more articles, if by then the two threads' panels agree: what was doubtful with one
    member mostly is not with three."""
    doubt: float = 0.65
    """A text that joined with less is looked at again too: where its thread's panel then agrees with less than `settle`, it leaves. Of 227
    so looked at in halves of the public sets five leave, and no figure changes; with .8 for `doubt` and .5 for `settle` 22 of 733 leave,
    and half a point is lost."""
    look_back: int = 20
    copy: float = 0.6
    misread: float = 0.35
    kept: float = 0.63
    reworded: float = 0.265
    refilled: float = 0.6
    """Share of the shorter text's shingles (`copy`, `misread`, `derivation`), what that must be of the share of its terms (`kept`) and may
    lack of it (`reworded`), share of its numbers (`refilled`); see decide.relation. Of 989 noisy copies one in ten has fewer than .6 of its
    original's runs, one in a hundred fewer than .43. A rewrite that keeps half of a text has .5 of its runs and .8 of its words, one that
    keeps more .57 and .85, one of a cut copy .36 and .6. Linked groups agree with the true ones to an ARI of .988 so, .990 without `kept`
    and `reworded`, .977 with .22 for `reworded` and any share of the numbers."""
    derivation: float = 0.2
    """Unrelated texts on the same people and places reach 0.06."""
    quoted: float = 1.0
    """Log-odds that it adds where a text names the other's agency as its source: a derivation is then one from a likelihood of .31 on."""
    copied: float = 0.98
    """How likely a copy tells the event of what it copies, however long after."""
    sample: int = 10
    few: int = 4
    entire: float = 0.9
    """Shingles that must have been compared for the share to mean anything; or so few, where the share is that of a text which stands in
    the other entire. Of a tenth of an item of 1,500 letters some six are compared: of 192 such copies, of texts drawn from the words of six
    languages, 74 are found without it and 178 with it; the four public sets come out the same."""
    merge: float = 0.9
    short: int = 20
    """Words under which a text says too little: it joins by story, or where its few words agree."""
    short_cosine: float = 0.6
    short_agreed: float = 4.0
    """Log-odds at least where they do."""
    alert_apart: int = HOUR
    alert_cosine: float = 0.35
    """An alert's few words also join within `alert_apart` ms of a longer text that has all its numbers, from this cosine on. Of 6,000
    Reuters items half a minute apart 180 join so; of the 75 with the lowest cosines three have nothing to do with each other."""
