"""When a flood of dead letters must stop the pipeline."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field


class TooManyDeadLetters(Exception):
    """The pipeline must stop. The message says what was counted, what usually causes it, and what to do."""


@dataclass(slots=True)
class DeadLetterLimit:
    """Stops the pipeline when more than `ratio` of the last `window` messages were dead letters, or `run` of them without a good one.

    One bad payload is a fact of wire life and must never stop the stream. When half of everything is bad, the payloads are not to blame:
    a release broke a parser, a feed changed its format, or `--feed` names the wrong one. To go on would commit the offsets of a whole
    day's news and leave it in the dead-letter topic to be replayed; to stop costs a restart, because nothing after the last commit is
    lost. The ratio sees a break in one agency of several, the run a total one early, before a window has filled.

    Counted are messages, not bytes. A batch whose order is unknown ends a run with any good message in it. Kept in memory alone: a restart
    counts anew from the last commit. Where the runner restarts by itself and commits more often than the limit is reached, as Flink does
    with its checkpoints, it does not stop: it goes through the flood a limit at a time, and an alert has to tell.
    """

    ratio: float = 0.5
    run: int = 500
    window: int = 1000
    _batches: deque[tuple[int, int]] = field(default_factory=deque, repr=False)
    _good: int = 0
    _bad: int = 0
    _in_a_row: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.ratio <= 1 or self.run < 1 or self.window < 1:
            raise ValueError(f"a ratio above 0 and at most 1, a run and a window of at least 1, not {self!r}")

    def observe(self, good: int, bad: int) -> None:
        """Counts a batch. Raises TooManyDeadLetters where that passes a limit."""
        if good == bad == 0:
            return
        self._batches.append((good, bad))
        self._good += good
        self._bad += bad
        self._in_a_row = 0 if good else self._in_a_row + bad
        # The oldest batch leaves once the window is full without it.
        while self._seen - sum(self._batches[0]) >= self.window:
            oldest_good, oldest_bad = self._batches.popleft()
            self._good -= oldest_good
            self._bad -= oldest_bad
        if self._in_a_row >= self.run:
            raise TooManyDeadLetters(f"{self._in_a_row} dead letters in a row (limit {self.run}). {ADVICE}")
        if self._seen >= self.window and self._bad > self.ratio * self._seen:
            raise TooManyDeadLetters(f"{self._bad} of the last {self._seen} messages are dead letters (limit {self.ratio:.0%}). {ADVICE}")

    @property
    def _seen(self) -> int:
        return self._good + self._bad


ADVICE = (
    "So many usually mean a bad release, a feed that changed its format, or a wrong --feed. "
    "The dead letters tell step and reason; correct the cause and start again: what was not committed is read again. "
    "--dead-ratio and --dead-run change the limits."
)
