"""State of Chain and Thread as an earlier build left it, put back under the present one.

`tests/golden/state/N/` holds, for schema N, `logs.json` (token stamp and the chunks of every bag, by step and key, after most of the
sample wire day), `next.jsonl` (the articles that came then, as Normalise handed them on) and `decided.json` (what became of them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apache_beam as beam
import orjson
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from tests.builders import collect, collected
from writethru.codec import article_from_json
from writethru.records import Article, Emission
from writethru.transforms import stories
from writethru.transforms.keyed import RING, KeyedFn
from writethru.transforms.stories import ChainFn, ThreadFn

HERE = Path(__file__).parents[1]
Bags = list[list[bytes]]
Logs = dict[tuple[str, str], tuple[bytes, Bags]]

given: Logs = {}
"""What a key's state is before its first batch."""
left: Logs = {}
"""What it is after its last one."""


class Opened(KeyedFn):
    """A keyed step whose state can be put in and looked at; it lies in Beam's own cells in between."""

    def process(
        self,
        element: tuple[str, Emission],
        token: Any = beam.DoFn.StateParam(KeyedFn.TOKEN),  # noqa: B008
        log0: Any = beam.DoFn.StateParam(KeyedFn.LOGS[0]),  # noqa: B008
        log1: Any = beam.DoFn.StateParam(KeyedFn.LOGS[1]),  # noqa: B008
        log2: Any = beam.DoFn.StateParam(KeyedFn.LOGS[2]),  # noqa: B008
        log3: Any = beam.DoFn.StateParam(KeyedFn.LOGS[3]),  # noqa: B008
        log4: Any = beam.DoFn.StateParam(KeyedFn.LOGS[4]),  # noqa: B008
        log5: Any = beam.DoFn.StateParam(KeyedFn.LOGS[5]),  # noqa: B008
        log6: Any = beam.DoFn.StateParam(KeyedFn.LOGS[6]),  # noqa: B008
        log7: Any = beam.DoFn.StateParam(KeyedFn.LOGS[7]),  # noqa: B008
    ) -> Iterator[Any]:
        bags = (log0, log1, log2, log3, log4, log5, log6, log7)
        place = self.name, element[0]
        if place in given and not token.read():
            stamp, chunks = given[place]
            token.write(stamp)
            for bag, kept in zip(bags, chunks, strict=True):
                for chunk in kept:
                    bag.add(chunk)
        yield from super().process(element, token, *bags)
        left[place] = token.read(), [list(bag.read()) for bag in bags]


class OpenedChain(Opened, ChainFn):
    pass


class OpenedThread(Opened, ThreadFn):
    pass


def play(articles: Iterable[Article], state: Logs) -> list[Article]:
    """What Chain and Thread make of the articles, one a batch, from `state` on; `left` is the state then. `configure()` comes before it."""
    elements = [(one.wire.agency, Emission((one,))) for one in articles]
    given.clear()
    given.update(state)
    left.clear()
    collected.clear()
    keyed = tuple[str, Emission]
    with patch.object(stories, "GATHERED", 1), beam.Pipeline(runner=FnApiRunner()) as pipeline:
        _ = (
            pipeline
            | beam.Create([0])
            | beam.FlatMap(lambda _: elements).with_output_types(keyed)
            | "Chain" >> beam.ParDo(OpenedChain()).with_output_types(keyed)
            | "Thread" >> beam.ParDo(OpenedThread()).with_output_types(Emission)
            | beam.Map(collect)
        )
    return [one for emission in collected for one in emission.articles]


def decided(articles: Iterable[Article]) -> list[dict[str, Any]]:
    """What state alone could tell: which story and place, which event, of which article."""
    return [
        {
            "id": one.id,
            "rev": one.rev,
            "agency": one.wire.agency,
            "status": one.article["pubStatus"],
            "headline": (one.article.get("headlines") or [{"value": ""}])[0]["value"],
            "story": one.story and {name: getattr(one.story, name) for name in ("id", "position", "action", "supersedes", "previous")},
            "added": one.story and one.story.changes and one.story.changes.added,
            "thread": one.thread and {name: getattr(one.thread, name) for name in ("id", "relation", "of")},
        }
        for one in articles
    ]


def logs(folder: Path) -> Logs:
    return {
        (one["step"], one["key"]): (bytes.fromhex(one["stamp"]), [[chunk.encode() for chunk in bag] for bag in one["bags"]])
        for one in orjson.loads(folder.joinpath("logs.json").read_bytes())
    }


def logs_json(state: Logs) -> bytes:
    """Chunks are UTF-8 by nature: JSON a line."""
    told = [
        {"step": step, "key": key, "stamp": stamp.hex(), "bags": [[chunk.decode() for chunk in bag] for bag in bags]}
        for (step, key), (stamp, bags) in sorted(state.items())
    ]
    if not all(len(one["bags"]) == RING for one in told):
        raise ValueError(f"a ring has {RING} bags")
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def following(folder: Path) -> tuple[Article, ...]:
    return tuple(article_from_json(line) for line in folder.joinpath("next.jsonl").read_bytes().splitlines())
