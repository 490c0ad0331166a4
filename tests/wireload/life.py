"""The life of the invented wire: events happen, several senders tell each, and every telling goes on by updates, corrections and kills.

Everything comes from one seed; two calls with the same arguments give the same bytes, and a shorter wire is the beginning of a longer one.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from random import Random

from tests.wireload.broken import broken, skipped
from tests.wireload.dress import dress
from tests.wireload.filed import Copy, Kind
from tests.wireload.roster import LANGUAGES, OUTLETS, SENDERS, Sender
from tests.wireload.tale import Event, Tale, happen, tell

BEGIN = datetime(2026, 1, 15, 6, tzinfo=timezone.utc)
"""When the wire begins. A key's clock never passes the Kafka timestamp, so all of it has to lie in the past."""
PACE = 1.0
"""Seconds between two messages, on average."""
_A_TALE = 4.5
"""Messages of an event, on average: what the chances below come to."""

Headers = tuple[tuple[str, bytes], ...]
Message = tuple[bytes, bytes, Headers]


@dataclass(frozen=True, slots=True)
class Sent:
    """One message and what it is: the event it tells and the sender's serial of the story, None for what is no article."""

    key: bytes
    value: bytes
    headers: Headers
    kind: str
    event: int | None = None
    story: str | None = None
    language: str | None = None


def messages(count: int, seed: int = 1, *, begin: datetime = BEGIN, pace: float = PACE) -> Iterator[Message]:
    """`count` times (key, value, headers) in order of time. The key is the agency's id."""
    for sent in stream(count, seed, begin=begin, pace=pace):
        yield sent.key, sent.value, sent.headers


def stream(count: int, seed: int = 1, *, begin: datetime = BEGIN, pace: float = PACE) -> Iterator[Sent]:
    """The same with what each message is. All times lie between `begin` and about `begin` + `count` * `pace` seconds."""
    desk = _Desk(Random(seed))  # noqa: S311 - a seeded wire, no secrets
    waiting: list[tuple[datetime, int, Sent]] = []
    now, queued, given = begin, 0, 0
    while given < count:
        now += timedelta(seconds=desk.chosen.expovariate(1 / (_A_TALE * pace)))
        while waiting and waiting[0][0] <= now and given < count:
            given += 1
            yield heapq.heappop(waiting)[2]
        for time, sent in desk.event(now):
            queued += 1
            heapq.heappush(waiting, (time, queued, sent))


class _Desk:
    """Draws events and tellings. `serials` number the stories of each sender."""

    def __init__(self, chosen: Random) -> None:
        self.chosen = chosen
        self.events = 0
        self.serials: Counter[str] = Counter()

    def event(self, now: datetime) -> Iterator[tuple[datetime, Sent]]:
        """(time, message) of all that is ever sent about one event that happens now."""
        chosen = self.chosen
        self.events += 1
        event = happen(self.events, now.weekday(), chosen)
        languages = chosen.choices(list(LANGUAGES), list(LANGUAGES.values()))
        if chosen.random() < 0.25:
            languages += chosen.choices(list(LANGUAGES), list(LANGUAGES.values()))
        for language in dict.fromkeys(languages):
            able = [sender for sender in SENDERS if language in sender.languages]
            tellers = chosen.sample(able, min(len(able), chosen.choices((1, 2, 3, 4), (55, 25, 13, 7))[0]))
            for teller in tellers:
                begun = now + timedelta(seconds=chosen.randint(20, 2400))
                tale = tell(event, language, chosen)
                sent = list(self.telling(event, tale, teller, language, begun))
                yield from self.delivered(sent)
                if chosen.random() < 0.2:
                    yield from self.delivered(self.copied(event, sent, language))

    def telling(self, event: Event, tale: Tale, sender: Sender, language: str, now: datetime) -> Iterator[tuple[datetime, Sent, Copy]]:
        """All versions of one sender's story, in the order in which they are written."""
        chosen = self.chosen
        whole = chosen.randint(10, 12)
        copy = self.opened(tale, sender, language, now)
        if chosen.random() < 0.25:
            yield self.sent(event, replace(copy, kind="alert", paragraphs=tale.paragraphs[:1]))
            copy = self.next(copy, chosen.randint(120, 1200))
        elif chosen.random() < 0.03 and sender.format not in ("anpa", "labelled", "tt"):
            copy = replace(copy, embargo=copy.created + timedelta(hours=chosen.randint(1, 6)))
        copy = replace(copy, paragraphs=tale.paragraphs[:whole])
        yield self.sent(event, copy)
        if sender.format == "anpa" and chosen.random() < 0.15:
            yield self.sent(event, replace(self.next(copy, 90), kind="take", paragraphs=tale.paragraphs[-3:]))
        while copy.ordinal < 7 and chosen.random() < 0.52:
            kind: Kind = "correction" if chosen.random() < 0.15 else "update"
            copy = self.next(copy, chosen.randint(300, 5400))
            more = tale.paragraphs[: whole + copy.ordinal + 1]
            copy = replace(copy, kind=kind, ordinal=copy.ordinal + 1, paragraphs=more, embargo=None)
            yield self.sent(event, copy)
        if sender.format != "labelled" and chosen.random() < 0.012:
            copy = replace(self.next(copy, chosen.randint(300, 3000)), kind="kill", item=copy.item, paragraphs=())
            yield self.sent(event, copy)

    def opened(self, tale: Tale, sender: Sender, language: str, now: datetime) -> Copy:
        self.serials[sender.key] += 1
        serial = f"{self.serials[sender.key]:06}"
        return Copy(
            sender=sender,
            language=language,
            headline=tale.headline,
            paragraphs=tale.paragraphs,
            place=tale.place,
            reporter=tale.reporter,
            slug=tale.slug,
            serial=serial,
            item=1,
            version=1,
            ordinal=0,
            kind="new",
            first=now,
            created=now,
        )

    def next(self, copy: Copy, seconds: int) -> Copy:
        """What is sent `seconds` later: the same id in its next version, or the next id."""
        version = copy.version + 1 if copy.sender.habit == "guid" else 1
        return replace(copy, item=copy.item + 1, version=version, kind="new", created=copy.created + timedelta(seconds=seconds))

    def sent(self, event: Event, copy: Copy) -> tuple[datetime, Sent, Copy]:
        value, headers = dress(copy)
        key = copy.sender.key
        return copy.created, Sent(key.encode(), value, headers, copy.kind, event.number, f"{key}:{copy.serial}", copy.language), copy

    def copied(self, event: Event, sent: list[tuple[datetime, Sent, Copy]], language: str) -> Iterator[tuple[datetime, Sent, Copy]]:
        """The text of one version as outlets take it over: no marks, the end cut off."""
        chosen = self.chosen
        original = chosen.choice([copy for *_, copy in sent if len(copy.paragraphs) > 3])
        able = [outlet for outlet in OUTLETS if language in outlet.languages]
        for outlet in chosen.sample(able, min(len(able), chosen.choice((1, 1, 2)))):
            self.serials[outlet.key] += 1
            serial = f"{self.serials[outlet.key]:06}"
            created = original.created + timedelta(seconds=chosen.randint(240, 3600))
            kept = original.paragraphs[: len(original.paragraphs) - chosen.randint(0, 2)]
            copy = replace(
                original, sender=outlet, serial=serial, item=1, version=1, ordinal=0, kind="new", first=created, created=created,
                paragraphs=kept, embargo=None,
            )  # fmt: skip
            yield self.sent(event, copy)

    def delivered(self, sent: Iterable[tuple[datetime, Sent, Copy]]) -> Iterator[tuple[datetime, Sent]]:
        """When each arrives: some late, some twice, and now and then something beside them that is broken or no article."""
        chosen = self.chosen
        for created, message, copy in sent:
            delay = chosen.randint(600, 5400) if chosen.random() < 0.01 else chosen.randint(1, 20)
            arrived = created + timedelta(seconds=delay)
            yield arrived, message
            if chosen.random() < 0.015:
                yield arrived + timedelta(seconds=chosen.randint(5, 300)), replace(message, kind="duplicate")
            if chosen.random() < 0.0051:
                value, headers = broken(message.value, chosen)
                yield arrived, Sent(message.key, value, headers, "broken")
            if chosen.random() < 0.003:
                value, headers = skipped(copy.serial, chosen)
                yield arrived, Sent(message.key, value, headers, "skipped")
