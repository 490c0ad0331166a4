"""Raw messages -> items, and items -> articles: the two steps without state."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import apache_beam as beam
from apache_beam.coders import PickleCoder
from apache_beam.pvalue import TaggedOutput

from writethru.deadletters import dead_letter
from writethru.formats import decode
from writethru.records import Decoded, Emission, Item, NotAnArticle, ParseError, RawMessage, Skipped
from writethru.transforms.job import current_job
from writethru.transforms.keyed import by_key
from writethru.wire import normalise
from writethru.wire.dateline import gazetteer

DEAD = "dead"
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Items:
    """What one batch of messages held: per message its items that could be read, with their ids."""

    messages: tuple[tuple[RawMessage, Decoded], ...]


class ItemsCoder(PickleCoder):
    """Decode and Normalise are always fused, so nothing is ever encoded; without an estimate of ours it would be, to measure it."""

    def estimate_size(self, value: Items) -> int:
        return sum(len(message.value) for message, _ in value.messages)

    def to_type_hint(self) -> type:
        return Items


beam.coders.registry.register_coder(Items, ItemsCoder)


class DecodeFn(beam.DoFn):
    """A batch of RawMessage -> Items; what cannot be read -> DEAD."""

    def setup(self) -> None:
        self.job = current_job()

    def process(self, batch: tuple[RawMessage, ...]) -> Iterator[Any]:
        started = time.monotonic()
        job, read = self.job, []
        dead, skipped = [], []
        for message in batch:
            try:
                decoded = decode(message, job.feeds.get(message.topic), job.limits)
            except ParseError as error:
                dead.append(dead_letter(message, "decode", error, job.pipeline))
                continue
            except NotAnArticle as other:
                skipped.append(Skipped(message, other.format, other.reason))
                continue
            except Exception as fault:
                dead.append(dead_letter(message, "decode", _ours(message, fault), job.pipeline))
                continue
            items, ids = [], []
            for index, (item, id_) in enumerate(zip(decoded.items, decoded.ids, strict=True)):
                if isinstance(item, Item):
                    items.append(item)
                    ids.append(id_)
                elif isinstance(item, ParseError):
                    dead.append(dead_letter(message, "decode", item, job.pipeline, index=index))
                else:
                    skipped.append(Skipped(message, item.format, item.reason))
            if len(items) != len(decoded.items):
                decoded = replace(decoded, items=tuple(items), ids=tuple(ids))
            read.append((message, decoded))
        job.decoded(batch, read, dead, skipped, time.monotonic() - started)
        for letter in dead:
            yield TaggedOutput(DEAD, letter)
        if read:
            yield Items(tuple(read))


def _ours(message: RawMessage, fault: Exception) -> ParseError:
    """A fault of this program, met by one payload: logged whole, and a dead letter all the same, because one payload must never stop
    the wire. If it is no single one, the limit on dead letters stops the job. The letter names the kind alone: the text of an
    exception may quote the payload."""
    place = f"{message.topic} [{message.partition}] offset {message.offset}"
    log.error("a fault of this program, please report it; %s is a dead letter", place, exc_info=fault)
    return ParseError("invalid", f"a fault of this program: {type(fault).__name__}")


class NormaliseFn(beam.DoFn):
    """Items -> (agency, Emission of articles): one element per agency of the batch, in the order of arrival; what is invalid -> DEAD."""

    def setup(self) -> None:
        self.job = current_job()
        gazetteer.load()

    def process(self, items: Items) -> Iterator[Any]:
        started = time.monotonic()
        job, articles, dead = self.job, [], []
        for message, decoded in items.messages:
            feed = job.feeds.get(message.topic)
            received = job.received(message.timestamp)
            for index, (item, id_) in enumerate(zip(decoded.items, decoded.ids, strict=True)):
                if not isinstance(item, Item):  # Decode hands on nothing else
                    raise item
                try:
                    articles.append(
                        normalise(item, message, article_id=id_, sha256=decoded.sha256, received=received, pipeline=job.pipeline, feed=feed)
                    )
                except ParseError as error:
                    dead.append(dead_letter(message, "normalise", error, job.pipeline, index=index))
                except Exception as fault:
                    dead.append(dead_letter(message, "normalise", _ours(message, fault), job.pipeline, index=index))
        job.normalised(articles, dead, time.monotonic() - started)
        for letter in dead:
            yield TaggedOutput(DEAD, letter)
        for agency, group in by_key(articles, lambda article: article.wire.agency).items():
            yield agency, Emission(tuple(group))
