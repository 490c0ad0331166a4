"""The comparison finds each kind of planted difference, and nothing where there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import orjson
import pytest

from tests.unit.wireload.conftest import Heard
from tests.wireload import Expected, Records, b_cubed, differences, expected, lost_and_doubled, read_sql, version_faults
from tests.wireload.compare import live
from writethru.codec import article_from_json, story_from_json, thread_from_json
from writethru.records import Emission
from writethru.sinks import SqlSinkSettings, opened


@pytest.fixture
def records(short: Expected) -> Records:
    """A copy of what is expected, to be spoilt."""
    return Records(*[orjson.loads(orjson.dumps(part)) for part in _parts(short.records)])


def _parts(records: Records) -> tuple[dict[str, Any], ...]:
    return records.articles, records.stories, records.threads


def _story(records: Records, versions: int) -> dict[str, Any]:
    return next(story for story in live(records.stories) if story["count"] >= versions)


def test_what_a_run_may_differ_in_is_no_difference(short: Expected, records: Records) -> None:
    for article in records.articles.values():
        article["provenance"] |= {
            "partition": 3,
            "offset": 7,
            "timestamp": 8,
            "received": "2027-01-01T00:00:00Z",
            "pipeline": "writethru/9",
        }
        article["thread"]["rule"] = "other"
    for story in records.stories.values():
        story["rev"] += 1
    for thread in records.threads.values():
        thread["rev"] += 1
    assert differences(short.records, records) == []
    assert lost_and_doubled(short.ids, records) == []


def test_batches_and_the_order_of_partitions_change_nothing_that_counts(heard: Heard) -> None:
    messages = heard.messages[:400]
    halves = [[m for m in messages if (m.key or b"")[0] % 2 == half] for half in (1, 0)]
    assert all(len(half) > 100 for half in halves)
    told, again = expected(messages), expected(halves[0] + halves[1], batch=37)
    assert differences(told.records, again.records) == []
    assert lost_and_doubled(told.ids, again.records) == []


Spoil = Callable[[Records], None]


def _drop_article(records: Records) -> None:
    del records.articles[next(iter(records.articles))]


def _strange_article(records: Records) -> None:
    records.articles["f" * 32] = next(iter(records.articles.values()))


def _change_headline(records: Records) -> None:
    next(iter(records.articles.values()))["article"]["headlines"][0]["value"] = "Another"


def _revive(records: Records) -> None:
    killed = next(a for a in records.articles.values() if a["article"]["pubStatus"] == "canceled")
    killed["article"]["bodies"] = [{"contentType": "text/plain", "value": "What was killed."}]


def _lower_rev(records: Records) -> None:
    next(a for a in records.articles.values() if a["rev"] > 1)["rev"] = 1


def _drop_story(records: Records) -> None:
    del records.stories[_story(records, 2)["id"]]


def _swap_versions(records: Records) -> None:
    _story(records, 2)["versions"].reverse()


def _older_current(records: Records) -> None:
    story = _story(records, 2)
    story["current"] = story["versions"][0]["id"]


def _one_thread(records: Records) -> None:
    for article in list(records.articles.values())[:80]:
        article["thread"]["id"] = "0" * 32


def _no_threads(records: Records) -> None:
    for article in records.articles.values():
        article["thread"] = None


def _untold_thread(records: Records) -> None:
    del records.threads[next(live(records.threads))["id"]]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_no_threads, r"article \w{32}: in no thread"),
        (_untold_thread, r"thread \w{32}: not told"),
        (_drop_article, r"article \w{32}: not there"),
        (_strange_article, r"article f{32}: not expected"),
        (_change_headline, r"article \w{32}\.article\.headlines\[0\]\.value: .* expected, 'Another' found"),
        (_revive, r"article \w{32}\.article\.bodies: None expected"),
        (_lower_rev, r"article \w{32}\.rev: \d+ expected, 1 found"),
        (_drop_story, r"story \w{32}: not there"),
        (_swap_versions, r"story \w{32}\.versions\[0\]\.id: "),
        (_older_current, r"story \w{32}\.current: "),
        (_one_thread, r"threads: B-cubed 0\.\d{4} over \d"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_planted_difference_is_found(short: Expected, records: Records, spoil: Spoil, said: str) -> None:
    spoil(records)
    found = differences(short.records, records)
    assert found
    assert any(re.match(said, line) for line in found), found


def test_many_differences_are_told_by_the_first(short: Expected, records: Records) -> None:
    for article in records.articles.values():
        article["wire"]["action"] = "other"
    found = differences(short.records, records, most=3)
    assert len(found) == 4
    assert found[3] == f"… and {len(records.articles) - 3:,} more"


def _lose_from_story(records: Records) -> None:
    story = _story(records, 2)
    story["versions"].pop()
    story["count"] -= 1


def _stand_in_two_stories(records: Records) -> None:
    one, other = [story for story in live(records.stories) if story["count"] >= 2][:2]
    one["versions"].append(other["versions"][0])
    one["count"] += 1


def _stand_twice(records: Records) -> None:
    story = _story(records, 2)
    story["versions"].append(story["versions"][0])
    story["count"] += 1


def _stand_in_two_threads(records: Records) -> None:
    one, other = list(live(records.threads))[:2]
    one["members"].append(other["members"][0])


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_drop_article, "lost: article"),
        (_strange_article, "foreign: article"),
        (_lose_from_story, "is in no story"),
        (_stand_in_two_stories, "stands 2 times in stories"),
        (_stand_twice, "stands 2 times in stories"),
        (_stand_in_two_threads, "stands 2 times in threads"),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_what_is_lost_or_double_is_named(short: Expected, records: Records, spoil: Spoil, said: str) -> None:
    spoil(records)
    assert any(said in line for line in lost_and_doubled(short.ids, records))


def test_b_cubed_by_hand() -> None:
    assert b_cubed(["a", "a", "b"], ["x", "x", "y"]) == 1.0
    # Precision 1; recall (1/2 + 1/2 + 1) / 3 = 2/3.
    assert b_cubed(["a", "a", "b"], ["x", "z", "y"]) == pytest.approx(0.8)
    assert b_cubed([], []) == 1.0


def test_tables_are_read_back_as_the_records(heard: Heard, tmp_path: Any) -> None:
    url = f"sqlite:///{tmp_path / 'wire.db'}"
    sink = opened(SqlSinkSettings(url))
    read = expected(heard.messages[:300])
    told = read.records
    sink.write(
        Emission(
            tuple(article_from_json(orjson.dumps(article)) for article in told.articles.values()),
            tuple(story_from_json(orjson.dumps(story)) for story in told.stories.values()),
            tuple(thread_from_json(orjson.dumps(thread)) for thread in told.threads.values()),
        )
    )
    assert sink.flush() == []
    held = read_sql(url)
    assert differences(told, held) == []
    assert lost_and_doubled(read.ids, held) == []
    assert version_faults(url) == []
    lesser = deepcopy(_story(told, 2))
    lesser["rev"] += 1
    lesser["versions"].pop()
    sink.write(Emission(stories=(story_from_json(orjson.dumps(lesser)),)))
    assert sink.flush() == []
    assert any(line.endswith("not there") or "versions" in line for line in differences(told, read_sql(url)))
    assert version_faults(url) == [], "the table follows the record"
