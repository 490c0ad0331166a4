"""The two keyed steps over the sample wire day: what is kept in memory, read back from Beam's bags and from the local log decides alike."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apache_beam as beam
import orjson
import pytest
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from tests.builders import article, collect, collected
from tests.unit.transforms.test_keyed import Forgetful
from writethru.codec import article_json, story_json, thread_json
from writethru.formats import decode
from writethru.local import day
from writethru.ops.recent import STORIES, Recent
from writethru.options import Options
from writethru.records import Article, Emission, Item, NotAnArticle, ParseError, RawMessage
from writethru.transforms import stories
from writethru.transforms.job import configure
from writethru.transforms.keyed import by_key
from writethru.transforms.stories import ChainFn, ThreadFn
from writethru.wire import normalise

NOW = 1_795_000_000_000


def articles() -> Iterator[Article]:
    for message in day.messages():
        raw = RawMessage(message.value, "wire.raw", 0, message.n, NOW, message.key, message.headers)
        try:
            decoded = decode(raw)
        except (ParseError, NotAnArticle):
            continue
        for item, id_ in zip(decoded.items, decoded.ids, strict=True):
            if isinstance(item, Item):
                yield normalise(item, raw, article_id=id_, sha256=decoded.sha256, received="", pipeline="writethru/test")


def batches(size: int = 12) -> list[tuple[str, Emission]]:
    source, found = articles(), []
    while batch := list(islice(source, size)):
        found += [(agency, Emission(tuple(group))) for agency, group in by_key(batch, lambda article: article.wire.agency).items()]
    return found


def play(elements: list[tuple[str, Emission]]) -> list[bytes]:
    """What the steps tell of them, all in one bundle, but each handed on by itself."""
    collected.clear()
    keyed = tuple[str, Emission]
    with patch.object(stories, "GATHERED", 1), beam.Pipeline(runner=FnApiRunner()) as pipeline:
        _ = (
            pipeline
            | beam.Create([0])
            | beam.FlatMap(lambda _: elements).with_output_types(keyed)
            | "Chain" >> beam.ParDo(ChainFn()).with_output_types(keyed)
            | "Thread" >> beam.ParDo(ThreadFn()).with_output_types(Emission)
            | beam.Map(collect)
        )
    seen = []
    for emission in collected:
        seen += [article_json(one) for one in emission.articles]
        seen += [story_json(one) for one in emission.stories] + [thread_json(one) for one in emission.threads]
    return seen


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return Options(out=str(tmp_path))


def last(records: list[bytes], *, bare: tuple[str, ...] = ()) -> dict[str, Any]:
    """The last record of each key without the members `bare`."""
    found = map(orjson.loads, records)
    return {record["id"] if "id" in record else record["provenance"]["id"]: without(record, bare) for record in found}


def without(record: dict[str, Any], members: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in members}


def test_a_lost_index_changes_no_decision_of_the_day(options: Options) -> None:
    configure(options, local_state=False)
    kept = play(batches())
    job = configure(options, local_state=True)
    job.cache = forgetful = Forgetful()
    assert play(batches()) == kept
    assert forgetful.lost > 20
    job.close()


def test_an_index_lost_in_a_cluster_tells_its_threads_again_and_decides_the_same(options: Options) -> None:
    configure(options, local_state=False)
    kept = play(batches())
    job = configure(options, local_state=False)
    job.cache = forgetful = Forgetful()
    told = play(batches())
    assert forgetful.lost > 20
    assert [one for one in told if b'"members"' not in one] == [one for one in kept if b'"members"' not in one]
    threads = [[one for one in records if b'"members"' in one] for records in (kept, told)]
    before, after = (last(records, bare=("rev",)) for records in threads)
    assert {id_: after.pop(id_) for id_ in before} == before
    assert all(record["merged_into"] in before for record in after.values()), "what a lost attempt may have opened is taken back"
    first, again = ([record["rev"] for record in last(records).values()] for records in threads)
    assert max(first) < 10**12 < max(again), "told again under a rev that outranks any attempt before"
    job.close()


def test_a_restart_changes_no_decision_of_the_day(options: Options) -> None:
    configure(options, local_state=False)
    elements = batches()
    kept = play(elements)
    seen = []
    for start in range(0, len(elements), 25):
        job = configure(options, local_state=True)
        seen += play(elements[start : start + 25])
        job.close()
    assert stories_last(seen) == stories_last(kept)


def stories_last(records: list[bytes]) -> list[bytes]:
    """Stories go a way of their own, one an agency, at the end of a bundle."""
    told = map(orjson.loads, records)
    ways = [record["agency"] if "versions" in record else "" for record in told]
    return [record for _, record in sorted(zip(ways, records, strict=True), key=lambda one: one[0])]


@pytest.mark.parametrize("losing", [False, True])
@pytest.mark.parametrize("local", [False, True])
def test_what_came_before_the_first_told_time_is_not_forgotten_by_it(options: Options, local: bool, losing: bool) -> None:
    """Raw copy without a time opens the day; the first dated item puts the clock there, fifty years after none."""
    job = configure(options, local_state=local)
    if losing:
        job.cache = Forgetful()
    undated = {"uri": "tag:x,2026:1", "headline": "Fire closes harbour of Vellmouth"}
    told = [
        article("a", **undated),
        article(
            "b", headline="Bank of Ostra holds rates", slug="Rates", body="OSTRA - Rates stay.", time="2026-03-17T08:00:00Z", timestamp=NOW
        ),
        article("c", **undated, article={"version": "2"}, body="VELLMOUTH - Divers went down."),
    ]
    play([("northwire", Emission((one,))) for one in told])
    places = {one.id: one for emission in collected for one in emission.articles}
    assert places["c"].story.id == places["a"].story.id
    assert (places["c"].thread.id, places["c"].thread.relation) == (places["a"].thread.id, "version")
    job.close()


def test_the_states_of_a_bilingual_story_go_one_way(options: Options) -> None:
    """By the language of the copy that changed it, a story's second state could overtake its first."""
    configure(options, local_state=False)
    copies = [
        article(f"a{n}", agency="ats", uri="tag:ats.example,2026:1", language=language, article={"version": str(n)})
        for n, language in enumerate(("de", "fr", "de"), 1)
    ]
    chained: list[tuple[str, Emission]] = []
    collected.clear()
    with beam.Pipeline(runner=FnApiRunner()) as pipeline:
        keyed = pipeline | beam.Create([("ats", Emission((one,))) for one in copies]).with_output_types(tuple[str, Emission])
        _ = keyed | "Chain" >> beam.ParDo(ChainFn()).with_output_types(tuple[str, Emission]) | beam.Map(collect)
    chained = list(collected)
    ways = {key for key, emission in chained if emission.stories}
    assert ways == {"@ats"}
    assert [(key, len(emission.articles)) for key, emission in chained if emission.articles] == [("de", 2), ("fr", 1)]
    assert [len(story.versions) for _, emission in chained for story in emission.stories] == [1, 2, 3]


def test_a_bundle_hands_on_one_element_a_language_and_no_huge_one(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stories, "GATHERED", 4)
    configure(options, local_state=False)
    wired = [(agency, Emission((article(f"{agency}{n}", agency=agency, language="en"),))) for n in range(3) for agency in ("ap", "afp")]
    collected.clear()
    with beam.Pipeline(runner=FnApiRunner()) as pipeline:
        keyed = pipeline | beam.Create([0]) | beam.FlatMap(lambda _: wired).with_output_types(tuple[str, Emission])
        _ = keyed | "Chain" >> beam.ParDo(ChainFn()).with_output_types(tuple[str, Emission]) | beam.Map(collect)
    told = [[one.id for one in emission.articles] for key, emission in collected if key == "en"]
    assert told == [["ap0", "afp0", "ap1", "afp1"], ["ap2", "afp2"]]


def test_the_live_page_shows_headline_action_and_thread_of_what_the_steps_emit(options: Options) -> None:
    """Each story of the page against the records of its articles: two lists that no emission holds together."""
    configure(options, local_state=False)
    records = last(play(batches()))
    page = Recent(list)
    for emission in collected:
        page.emission(emission, NOW)
    rows = [row for row in page.snapshot(NOW)["stories"] if not row["hidden"]]
    current = [records[records[row["id"]]["current"]] for row in rows]
    told = [
        (row["headline"], row["thread"], row["versions"], row["action"], row["thread_size"])
        for row, one in zip(rows, current, strict=True)
        if one["article"].get("headlines")
    ]
    assert len(told) > STORIES / 2
    assert told == [
        (
            one["article"]["headlines"][0]["value"],
            one["thread"]["id"],
            records[one["story"]["id"]]["count"],
            one["wire"]["action"],
            records[one["thread"]["id"]]["count"],
        )
        for one in current
        if one["article"].get("headlines")
    ]
