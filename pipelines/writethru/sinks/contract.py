"""What a sink is: written to, flushed, and either it holds the records, says which it will never take, or fails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from writethru.records import Article, Emission, Story, Thread

Kind = Literal["article", "story", "thread"]
R = TypeVar("R", Article, Story, Thread)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record this sink will never take, however often it is tried: too large, text it cannot hold. `detail` holds at most 200
    characters and no text of the record. The caller makes the article's payload a dead letter (`sink_rejected`)."""

    kind: Kind
    id: str
    detail: str
    article: Article | None = None


class Sink(Protocol):
    """One bundle's way into one store. A handle is for one thread and cheap; what is dear behind it is shared by the process."""

    name: str

    def write(self, emission: Emission) -> None:
        """Takes the emission, or buffers it. Records of one key arrive in the order in which they must be written."""

    def flush(self) -> list[Rejected]:
        """On return everything written is durable or in the result. Raises SinkFailed where the store cannot take it now: then
        nothing may be committed, and what was written since the last flush counts as not written."""

    def close(self) -> None:
        """Drops what was written and not flushed. The shared part stays open for the next handle."""


class SinkFailed(Exception):
    """The store cannot take the records now. The message says which sink, where, what happened and what to do."""

    def __init__(self, sink: str, where: str, what: str, remedy: str) -> None:
        super().__init__(sink, where, what, remedy)
        self.sink = sink
        self.where = where

    def __str__(self) -> str:
        sink, where, what, remedy = self.args
        return f"{sink} sink at {where}: {what}. {remedy}"


def short(text: object, limit: int = 200) -> str:
    """One line of at most `limit` characters: what an error may say in a log, a header or a dead letter."""
    line = " ".join(str(text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def keep_newest(kept: dict[str, R], records: Iterable[R]) -> None:
    """Puts into `kept`, by id, each record that has no lower `rev` than what is there."""
    for record in records:
        known = kept.get(record.id)
        if known is None or record.rev >= known.rev:
            kept[record.id] = record
