"""What could not be processed: the record, where it goes, and the limit that stops a bad deploy."""

from __future__ import annotations

from writethru.deadletters.letter import dead_letter, letter_id
from writethru.deadletters.limit import DeadLetterLimit, TooManyDeadLetters
from writethru.deadletters.sinks import DeadLetterSink, opened_dead_letters

__all__ = ["DeadLetterLimit", "DeadLetterSink", "TooManyDeadLetters", "dead_letter", "letter_id", "opened_dead_letters"]
