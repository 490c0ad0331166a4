"""The dead letter: what could not be processed, with its original bytes, the step that gave up, and why."""

from __future__ import annotations

from hashlib import sha256

from writethru.records import DeadLetter, ParseError, RawMessage, Step
from writethru.sinks.contract import short

DETAIL = 200
"""Characters of `detail`. A parser's error may quote what it choked on; a log, a header or a page shows no more of a payload than this."""


def dead_letter(message: RawMessage, step: Step, error: ParseError, pipeline: str, index: int | None = None) -> DeadLetter:
    """The letter for `message`, or for the item at `index` of it where the others were read.

    Its id is that of the message, not of the failure: the same message failing again after a restart is the same letter.
    """
    detail = error.detail if index is None else f"item {index}: {error.detail}"
    return DeadLetter(
        id=letter_id(message, index),
        message=message,
        step=step,
        reason=error.reason,
        detail=short(detail, DETAIL),
        pipeline=pipeline,
    )


def letter_id(message: RawMessage, index: int | None = None) -> str:
    """32 hex digits: the first 128 bits of SHA-256 over topic, partition, offset, Kafka timestamp and, where given, the item's index.

    The timestamp tells a topic from one of the same name made anew: an embedded broker starts at offset 0 each time.
    """
    place = f"{message.topic}\n{message.partition}\n{message.offset}\n{message.timestamp}"
    if index is not None:
        place += f"\n{index}"
    return sha256(place.encode()).hexdigest()[:32]
