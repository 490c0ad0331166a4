"""The live articles in the order of their last change: by id, and by number. Forgetting takes from the front."""

from __future__ import annotations

from collections.abc import Iterator

from writethru.threads.settings import HOUR
from writethru.threads.state import Live

_TRIM = 4_096


class Window:
    """`next` is the number the next change gets; numbers rise by one and are never used twice."""

    def __init__(self) -> None:
        self.next = 1
        self._by_id: dict[str, Live] = {}
        self._by_number: list[Live | None] = []
        self._first = 1
        self._fresh = 1
        self._stale = 0

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[Live]:
        """The longest untouched first."""
        return iter(self._by_id.values())

    def get(self, id_: str) -> Live | None:
        return self._by_id.get(id_)

    def at(self, low: int) -> Live | None:
        """The live article whose number is `low` modulo 2^32."""
        place = low - self._first & 0xFFFFFFFF
        return self._by_number[place] if place < len(self._by_number) else None

    def _since(self, clock: int) -> int:
        """How many were touched at this clock or later. To be asked with rising clocks."""
        place = self._fresh - self._first
        while place < len(self._by_number) and ((live := self._by_number[place]) is None or live.touched < clock):
            self._stale += live is not None
            place += 1
        self._fresh = place + self._first
        return len(self) - self._stale

    def crowd(self, clock: int, span: int) -> int:
        """How many texts `span` ms hold at the rate of those in them up to this clock, 0 where none is known: the first hour of a busy wire
        is as crowded as any other. To be asked with rising clocks."""
        texts = self._since(clock - span)
        place = self._fresh - self._first
        oldest = self._by_number[place] if place < len(self._by_number) else None
        if oldest is None or not clock:
            return texts
        return texts * span // min(max(clock - oldest.touched, HOUR), span)

    def put(self, live: Live, touched: int) -> None:
        """Take an article in, or move it to the end, under the next number."""
        if self._by_id.pop(live.id, None) is not None:
            self._clear(live)
        live.number, live.touched = self.next, touched
        self.next += 1
        self._by_id[live.id] = live
        self._by_number.append(live)

    def skip_to(self, number: int) -> None:
        """Give the next change this number (a log read back begins late and has gaps)."""
        if not self._by_number:
            self._first = self._fresh = number
        self._by_number.extend([None] * (number - self._first - len(self._by_number)))
        self.next = number

    def drop(self, live: Live) -> None:
        del self._by_id[live.id]
        self._clear(live)
        if live.number - self._first >= _TRIM:
            # Taken from the front only, so what lies before is empty.
            del self._by_number[: live.number - self._first]
            self._first = live.number
            self._fresh = max(self._fresh, self._first)

    def _clear(self, live: Live) -> None:
        self._by_number[live.number - self._first] = None
        self._stale -= live.number < self._fresh
