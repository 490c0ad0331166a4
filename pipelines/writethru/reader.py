"""Payloads read in one call, without Kafka or Beam: what `writethru normalise` prints, and what other programs import."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone

from writethru import __version__, formats
from writethru.formats import EVERY, Asked, Limits
from writethru.records import Article, Feed, NotAnArticle, ParseError, RawMessage, Step
from writethru.wire import normalise
from writethru.wire.times import rfc3339

PIPELINE = f"writethru/{__version__}"
_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Unread:
    """What became no article: the message, the step that said so, why, and which item of the payload it was, from 0. `index` is None
    where it was the payload as a whole."""

    message: RawMessage
    step: Step
    error: ParseError | NotAnArticle
    index: int | None


def read(
    payload: bytes,
    *,
    agency: str | None = None,
    zone: str | None = None,
    place: str = "payload",
    number: int = 0,
    headers: tuple[tuple[str, bytes], ...] = (),
    limits: Limits = _LIMITS,
    asked: Asked = EVERY,
    now: datetime | None = None,
) -> Iterator[Article | Unread]:
    """Every item of `payload` (any format, any encoding, packed or not) in order, story and thread still None. Raises nothing for what a
    payload holds.

    `agency` (an id of `wire/agencies.toml`) and `zone` (`Asia/Seoul`) are what the copy may leave unsaid; content overrules them.
    `place` and `number` come back in `provenance` as topic and offset. `now` (aware) is when the payload came, and what a date without
    a year is near to: the clock's if not given.
    """
    now = now or datetime.now(timezone.utc)
    message = RawMessage(payload, place, 0, number, int(now.timestamp() * 1000), headers=headers)
    feed = Feed(place, agency, None, zone)
    try:
        decoded = formats.decode(message, feed, limits, asked)
    except (NotAnArticle, ParseError) as error:
        yield Unread(message, "decode", error, None)
        return
    for index, (item, id_) in enumerate(zip(decoded.items, decoded.ids, strict=True)):
        if isinstance(item, (NotAnArticle, ParseError)):
            yield Unread(message, "decode", item, index)
            continue
        try:
            yield normalise(item, message, article_id=id_, sha256=decoded.sha256, received=rfc3339(now), pipeline=PIPELINE, feed=feed)
        except ParseError as error:
            yield Unread(message, "normalise", error, index)
