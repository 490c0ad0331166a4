"""A dead letter as a Kafka record: the value is the original bytes, everything else stands in headers.

The original headers come first, as they came; ours follow, their names begin with `dead.`. So a replay is a copy without ours. Where a
dead letter is read in as input and dies again, the last `dead.id` begins the newer block.
"""

from __future__ import annotations

from typing import cast

from writethru.codec import SchemaError
from writethru.records import SCHEMA, DeadLetter, RawMessage, Reason, Step

Headers = list[tuple[str, bytes]]

PREFIX = "dead."


def dead_headers(letter: DeadLetter) -> Headers:
    """`dead.id, .schema, .step, .reason, .detail, .attempts, .pipeline, .topic, .partition, .offset, .timestamp` and, where the message
    had one, `.key` (its bytes). Text is UTF-8, numbers are decimal."""
    message = letter.message
    own = {
        "id": letter.id,
        "schema": SCHEMA,
        "step": letter.step,
        "reason": letter.reason,
        "detail": letter.detail,
        "attempts": letter.attempts,
        "pipeline": letter.pipeline,
        "topic": message.topic,
        "partition": message.partition,
        "offset": message.offset,
        "timestamp": message.timestamp,
    }
    headers = list(message.headers)
    # A detail may quote half a surrogate pair; a header must be UTF-8 all the same.
    headers += [(PREFIX + name, str(value).encode("utf-8", "backslashreplace")) for name, value in own.items()]
    if message.key is not None:
        headers.append((PREFIX + "key", message.key))
    return headers


def from_record(value: bytes, headers: Headers) -> DeadLetter:
    """The dead letter of a record of the dead-letter topic. Raises SchemaError where it is none, or of a newer schema."""
    names = [name for name, _ in headers]
    if PREFIX + "id" not in names:
        raise SchemaError(f"no dead letter: the record has no header {PREFIX}id")
    start = len(names) - 1 - names[::-1].index(PREFIX + "id")
    own = dict(headers[start:])
    try:
        schema = int(own[PREFIX + "schema"])
        if schema > SCHEMA:
            raise SchemaError(f"dead letter has schema {schema}, this version reads up to {SCHEMA}: upgrade the reader")
        text = {name: own[PREFIX + name].decode() for name in _TEXT}
        number = {name: int(own[PREFIX + name]) for name in _NUMBERS}
    except KeyError as missing:
        raise SchemaError(f"no dead letter: the record has no header {missing}") from missing
    return DeadLetter(
        id=text["id"],
        message=RawMessage(
            value=value,
            topic=text["topic"],
            partition=number["partition"],
            offset=number["offset"],
            timestamp=number["timestamp"],
            key=own.get(PREFIX + "key"),
            headers=tuple(headers[:start]),
        ),
        step=cast(Step, text["step"]),
        reason=cast(Reason, text["reason"]),
        detail=text["detail"],
        pipeline=text["pipeline"],
        attempts=number["attempts"],
    )


_TEXT = ("id", "step", "reason", "detail", "pipeline", "topic")
_NUMBERS = ("attempts", "partition", "offset", "timestamp")
