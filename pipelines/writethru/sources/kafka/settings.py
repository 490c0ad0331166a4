"""What a Kafka source reads, from where and how fast; and where a worker finds that, since no pickle carries it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Literal

from writethru import worker
from writethru.kafka_connection import KafkaConnection
from writethru.options import Options

Position = tuple[str, int]
"""(topic, partition)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KafkaSettings:
    """One source's options. Times are seconds. Raises `ValueError` on a value that cannot work.

    `start`: the group's committed offsets, `group` (where it has none: the earliest) or `latest` (where it has none: the end); or, whatever
    the group has, `earliest` or a time in milliseconds since the epoch. A job that fails before its first checkpoint starts once more: the
    end is another one then, so it does not overrule the group. `stop`: `never`, or `end`, the end of every partition as it was at the
    start. `splits`: shard i of n owns the partitions p % n == i; fixed for a job's life. `on_data_loss`: what to do where the topic no
    longer holds the offset that is next.

    `batch_records` and `batch_bytes` bound an element, `bundle_batches` and `bundle_seconds` a bundle under backlog: a bundle costs
    about 5 ms on the local runner, so large ones are what makes a backlog go fast. `idle_wait` is how long an empty poll may take;
    it returns with the first record. With `linger` the broker keeps a few records back for so long. `load_wait` is how long a bundle
    stays open for the rest of a backlog that is known to wait.
    `discover_every` is when new partitions are looked for, `idle_after` when a silent partition stops holding the watermark.
    """

    connection: KafkaConnection
    topics: tuple[str, ...]
    group: str
    start: Literal["group", "earliest", "latest"] | int = "group"
    stop: Literal["never", "end"] = "never"
    splits: int = 1
    on_data_loss: Literal["resume", "fail"] = "resume"
    batch_records: int = 500
    batch_bytes: int = 4_000_000
    bundle_batches: int = 20
    bundle_seconds: float = 1.0
    load_wait: float = 0.05
    idle_wait: float = 0.5
    linger: float = 0.0
    discover_every: float = 10.0
    idle_after: float = 5.0

    def __post_init__(self) -> None:
        if not self.topics or not all(self.topics) or len(set(self.topics)) != len(self.topics):
            raise ValueError(f"topics must name at least one topic, each once, got {self.topics!r}")
        if not self.group:
            raise ValueError("group must be a consumer group's name: it carries the committed offsets")
        if isinstance(self.start, str) and self.start not in ("group", "earliest", "latest"):
            raise ValueError(f"start must be group, earliest, latest or a time in ms, got {self.start!r}")
        for name, choices in (("stop", ("never", "end")), ("on_data_loss", ("resume", "fail"))):
            if getattr(self, name) not in choices:
                raise ValueError(f"{name} must be one of {', '.join(choices)}, got {getattr(self, name)!r}")
        if min(self.splits, self.batch_records, self.batch_bytes, self.bundle_batches) < 1:
            raise ValueError("splits, batch_records, batch_bytes and bundle_batches must be 1 or more")

    @classmethod
    def from_options(cls, options: Options) -> KafkaSettings:
        """Raises `ValueError` as the constructor does."""
        return cls(
            connection=KafkaConnection.from_options(options),
            topics=options.topic_raw,
            group=options.group,
            start=options.position(),
            stop=options.stop,  # type: ignore[arg-type]
            splits=options.splits,
            batch_records=options.batch_records,
            batch_bytes=options.batch_bytes,
            bundle_batches=options.bundle_batches,
            idle_wait=options.poll_wait,
            linger=options.poll_linger,
        )


_lock = threading.RLock()  # a signal handler may ask for the drain in the thread that holds it
_configured: dict[str, KafkaSettings] = {}
_drains: dict[str, threading.Event] = {}


def configure(name: str, settings: KafkaSettings) -> None:
    """Makes `settings` those of the source `name` in this process. The last call wins; a drain asked for before does not count for it."""
    with _lock:
        _configured[name] = settings
        _drains[name] = threading.Event()


def resolve(name: str) -> KafkaSettings:
    """The settings of the source `name`: as configured in this process, else as `worker.options()` finds them.

    Raises `ValueError` where neither tells an address.
    """
    with _lock:
        found = _configured.get(name)
    return found or KafkaSettings.from_options(worker.options())


def drain_of(name: str) -> threading.Event:
    """Set once the source `name` is to end."""
    with _lock:
        return _drains.setdefault(name, threading.Event())


def request_drain() -> None:
    """Ends every Kafka source of this process: what is claimed goes through and is committed, what is only fetched is dropped.

    May be called from a signal handler or any thread, after the pipeline is built. Takes 0.1 to 0.2 s and the open bundle.
    """
    with _lock:
        for drain in _drains.values():
            drain.set()
