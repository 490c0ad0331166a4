"""The sample wire day: what lies in it, and what the rooms make of it, without Beam or Kafka, against its truth."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest

from tests import schema_check
from tests.day_truth import compare
from writethru import codec
from writethru.deadletters import dead_letter
from writethru.formats import decode
from writethru.local.day import ROOT, DayMessage, messages, truth
from writethru.records import Item, NotAnArticle, ParseError, RawMessage
from writethru.stories import StoryIndex
from writethru.threads import ThreadIndex
from writethru.wire import normalise

MIDNIGHT = 1773705600000
"""2026-03-17T00:00:00Z in ms."""


@dataclass
class Run:
    """The newest record of each key, as JSON."""

    articles: dict[str, Any] = field(default_factory=dict)
    stories: dict[str, Any] = field(default_factory=dict)
    threads: dict[str, Any] = field(default_factory=dict)
    dead_letters: list[Any] = field(default_factory=list)
    skipped: int = 0
    emitted: list[tuple[str, Any]] = field(default_factory=list)
    """Every record in order of emission with its kind."""

    def put(self, kind: str, key: str, data: bytes) -> None:
        record = json.loads(data)
        kept: dict[str, Any] = getattr(self, kind)
        self.emitted.append((kind, record))
        if key not in kept or record["rev"] >= kept[key]["rev"]:
            kept[key] = record


def play(day: Iterable[DayMessage]) -> Run:
    """The day through decode, normalise, chain and thread, a message at a time: chains by agency, threads by language."""
    run = Run()
    chains: dict[str, StoryIndex] = {}
    events: dict[str, ThreadIndex] = {}
    for offset, one in enumerate(day):
        message = RawMessage(one.value, "wire.raw", 0, offset, MIDNIGHT + one.at * 1000, one.key, one.headers)
        try:
            decoded = decode(message)
        except ParseError as error:
            run.dead_letters.append(json.loads(codec.dead_json(dead_letter(message, "decode", error, "test"))))
            continue
        except NotAnArticle:
            run.skipped += 1
            continue
        for item, id_ in zip(decoded.items, decoded.ids, strict=True):
            if not isinstance(item, Item):
                run.skipped += isinstance(item, NotAnArticle)
                continue
            article = normalise(item, message, article_id=id_, sha256=decoded.sha256, received="2026-03-17T12:00:00Z", pipeline="test")
            agency = article.wire.agency
            chained = chains.setdefault(agency, StoryIndex(agency)).apply([article])
            for placed in chained.articles:
                threaded = events.setdefault(placed.language, ThreadIndex(placed.language)).apply([placed])
                for done in threaded.articles:
                    run.put("articles", done.id, codec.article_json(done))
                for thread in threaded.threads:
                    run.put("threads", thread.id, codec.thread_json(thread))
            for story in chained.stories:
                run.put("stories", story.id, codec.story_json(story))
    return run


@cache
def played() -> Run:
    return play(messages())


def differences(run: Run, *, in_play_order: bool = True) -> list[str]:
    return compare(truth(), messages(), run.articles, run.stories, run.threads, run.dead_letters, run.skipped, in_play_order=in_play_order)


# --- the day itself -------------------------------------------------------------------------------------------------------


def test_the_day_holds_what_it_is_to_show() -> None:
    told = truth()
    totals = told["totals"]
    articles = [article for message in told["messages"] for article in message.get("articles", ())]
    assert totals["articles"] == len(articles) >= 230
    assert len(totals["agencies"]) >= 7
    assert len(totals["languages"]) >= 3
    assert totals["languages"]["en"] == max(totals["languages"].values())
    assert sum(totals["dead_letters"].values()) >= 8
    actions = Counter(article.get("action") for article in articles)
    for action in (
        "kill",
        "withhold",
        "release",
        "correction",
        "refile",
        "clarification",
        "repeat",
        "advisory",
        "alert",
        "roundup",
        "update",
    ):
        assert actions[action], action
    for member in ("embargo", "late", "duplicate", "digest", "page_date", "encoding"):
        assert any(article.get(member) for article in articles), member
    assert {"copy", "derivation"} <= {article.get("relation") for article in articles}
    by_thread = {
        label: {told["agency"] for told in articles if told.get("thread") == label and "agency" in told} for label in told["threads"]
    }
    assert sum(len(agencies) >= 3 for agencies in by_thread.values()) >= 5


def test_the_truth_and_the_feed_speak_of_the_same_messages() -> None:
    told, sent = truth(), list(messages())
    assert [message["n"] for message in told["messages"]] == [one.n for one in sent] == list(range(1, len(sent) + 1))
    assert [one.at for one in sent] == sorted(one.at for one in sent)
    assert told["totals"]["messages"] == len(sent)
    values = {one.n: one.value for one in sent}
    for message in told["messages"]:
        assert {"dead_letter", "skipped", "redelivery_of", "articles"} & message.keys()
        if "redelivery_of" in message:
            assert values[message["n"]] == values[message["redelivery_of"]]
    assert len(set(values.values())) == told["totals"]["distinct_payloads"]


def test_every_label_leads_to_articles_and_back() -> None:
    told = truth()
    stories: dict[str, set[str]] = defaultdict(set)
    threads: dict[str, set[str]] = defaultdict(set)
    for message in told["messages"]:
        for article in message.get("articles", ()):
            ref = f"{message['n']}.{article['index']}"
            if "story" in article:
                stories[article["story"]].add(ref)
            if "thread" in article:
                threads[article["thread"]].add(ref)
    assert {label: set(story["order"]) | set(story.get("repeats", ())) for label, story in told["stories"].items()} == stories
    assert {label: set(thread["members"]) for label, thread in told["threads"].items()} == threads


def test_no_payload_lies_unused() -> None:
    named = {json.loads(line)["file"].removeprefix("payloads/") for line in ROOT.joinpath("feed.jsonl").read_text().splitlines()}
    assert named == {path.name for path in ROOT.joinpath("payloads").iterdir()}


# --- what the rooms make of it ---------------------------------------------------------------------------------------------


def test_the_day_comes_out_as_an_editor_would_have_it() -> None:
    wrong = differences(played())
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("last", ["ap", "reuters", "afp"])
def test_the_order_between_agencies_changes_no_story_and_hardly_a_thread(last: str) -> None:
    day = sorted(messages(), key=lambda one: one.key.decode() == last)
    wrong = differences(play(day), in_play_order=False)
    by_similarity = [line for line in wrong if line.startswith(("thread ", "one thread of "))]
    assert wrong == by_similarity, "\n".join(wrong)
    assert len(by_similarity) <= 2, "\n".join(by_similarity)


def test_every_record_of_the_day_is_as_the_schemas_say() -> None:
    wrong = []
    for kind, record in played().emitted:
        name = {"articles": "article", "stories": "story", "threads": "thread"}[kind]
        wrong += schema_check.errors(name, record)
    for letter in played().dead_letters:
        wrong += schema_check.errors("dead_letter", letter)
    assert not wrong, "\n".join(wrong[:20])


def test_the_day_played_twice_changes_nothing() -> None:
    day = list(messages())
    once, again = played(), play([*day, *day])
    for id_, record in once.articles.items():
        twice = again.articles[id_]
        assert (twice["article"], twice["wire"], twice["story"]) == (record["article"], record["wire"], record["story"])
    assert again.articles.keys() == once.articles.keys()
    again.dead_letters, again.skipped = once.dead_letters, once.skipped
    assert set(differences(again)) == set(differences(once))


# --- the comparison itself -------------------------------------------------------------------------------------------------


def article_named(name: str) -> str:
    n = next(message["n"] for message in truth()["messages"] if message["item"] == name)
    value = next(one.value for one in messages() if one.n == n)
    return hashlib.sha256(value + b"#0").hexdigest()[:32]


@pytest.mark.parametrize(
    ("kind", "change", "expected"),
    [
        ("articles", lambda record: record["story"].update(action="scoop"), "action is 'scoop'"),
        ("articles", lambda record: record["wire"].update(ordinal=77), "ordinal is 77"),
        ("articles", lambda record: record["wire"].update(agency="nobody"), "agency is 'nobody'"),
        ("articles", lambda record: record["article"].update(pubStatus="withheld"), "pub_status is 'withheld'"),
        ("articles", lambda record: record["story"].update(id="0" * 32), "story "),
        ("articles", lambda record: record["thread"].update(id="0" * 32), "thread "),
        ("stories", lambda record: record.update(status="superseded"), "status is superseded"),
        ("stories", lambda record: record["versions"].reverse(), "order is"),
        ("stories", lambda record: record.update(current="0" * 32), "current is"),
    ],
)
def test_a_difference_is_told(kind: str, change: Any, expected: str) -> None:
    run = played()
    changed = {name: json.loads(json.dumps(getattr(run, name))) for name in ("articles", "stories", "threads")}
    records = changed[kind]
    key = article_named("reuters/ferry-u2")
    if kind == "stories":
        key = run.articles[key]["story"]["id"]
    change(records[key])
    before = set(differences(run))
    after = compare(truth(), messages(), **changed, dead_letters=run.dead_letters, skipped=run.skipped)
    assert any(expected in line for line in set(after) - before)


def test_what_is_missing_or_too_much_is_told() -> None:
    run = played()
    told = "\n".join(compare(truth(), messages(), {}, {}, {}, run.dead_letters[1:], 0))
    assert "no article" in told
    assert "0 dead letters" in told
    assert "0 items skipped" in told
    assert "an article nobody sent" in "\n".join(
        compare(truth(), messages(), {**run.articles, "f" * 32: next(iter(run.articles.values()))}, run.stories, run.threads, [], 5)
    )
