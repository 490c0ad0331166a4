"""What became of the sample wire day against what an editor makes of it (`pipelines/writethru/local/day/README.md`).

Records are JSON as the sinks hold them. An article is found by its id (SHA-256 of payload, `#`, index), which rests on nothing but the
message's bytes, so that a run is judged whatever topic, partition or order it went through.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from writethru.local.day import DayMessage

Record = Mapping[str, Any]


def compare(
    truth: Record,
    messages: Iterable[DayMessage],
    articles: Mapping[str, Record],
    stories: Mapping[str, Record],
    threads: Mapping[str, Record],
    dead_letters: Iterable[Record],
    skipped: int | None = None,
    *,
    in_play_order: bool = True,
) -> list[str]:
    """Differences in words, none where all is as it should be.

    The mappings hold the newest record of each key. `skipped` is how many items were counted as no articles, None where it is not
    known. With `in_play_order` the agencies' messages came in the day's order too, so that what copies what can be judged.
    """
    return list(_Comparison(truth, messages, articles, stories, threads, in_play_order).differences(dead_letters, skipped))


class _Comparison:
    def __init__(
        self,
        truth: Record,
        messages: Iterable[DayMessage],
        articles: Mapping[str, Record],
        stories: Mapping[str, Record],
        threads: Mapping[str, Record],
        in_play_order: bool,
    ) -> None:
        self.truth, self.articles, self.stories, self.threads = truth, articles, stories, threads
        self.in_play_order = in_play_order
        self.values = {message.n: message.value for message in messages}
        self.told: dict[str, tuple[str, Record]] = {}
        """`31.0` -> the article's name in a difference, and what the truth says of it."""
        for message in truth["messages"]:
            for article in message.get("articles", ()):
                self.told[f"{message['n']}.{article['index']}"] = f"{message['n']} {message['item']}", article
        self.ids = {ref: self._id(ref) for ref in self.told}
        self.refs = {id_: ref for ref, id_ in self.ids.items()}

    def _id(self, ref: str) -> str:
        n, index = ref.split(".")
        return hashlib.sha256(self.values[int(n)] + b"#" + index.encode()).hexdigest()[:32]

    def differences(self, dead_letters: Iterable[Record], skipped: int | None) -> Iterator[str]:
        for ref in self.told:
            yield from self._article(ref)
        for id_ in self.articles.keys() - self.refs.keys():
            yield f"an article nobody sent: {id_} ({_headline(self.articles[id_])!r})"
        yield from self._stories()
        yield from self._threads()
        yield from self._dead(dead_letters)
        expected = self.truth["totals"]["skipped"]
        if skipped is not None and skipped != expected:
            yield f"{skipped} items skipped, should be {expected}"

    # --- articles ---------------------------------------------------------------------------------------------------------

    def _article(self, ref: str) -> Iterator[str]:
        name, told = self.told[ref]
        record = self.articles.get(self.ids[ref])
        if record is None:
            yield f"{name}: no article {ref}"
            return
        for what, is_, should in self._judged(ref, told, record):
            if is_ != should:
                yield f"{name}: {what} is {is_!r}, should be {should!r}"
        body = _body(record)
        for words in told.get("body_lacks", ()):
            if words in body:
                yield f"{name}: {words!r} stands in the body"

    def _judged(self, ref: str, told: Record, record: Record) -> Iterator[tuple[str, object, object]]:
        article, wire, story, thread = record["article"], record["wire"], record["story"], record["thread"]
        provenance = record["provenance"]
        yield "sha256", provenance["sha256"], hashlib.sha256(self.values[int(ref.split(".")[0])]).hexdigest()
        yield "type", article.get("type", "text"), told.get("type", "text")
        yield "language", article.get("language", "und").split("-")[0].lower(), told["language"]
        yield "pub_status", article.get("pubStatus", "usable"), told.get("pub_status", "usable")
        if "agency" in told:
            yield "agency", wire["agency"], told["agency"]
        if told.get("body") is False:
            yield "body", _body(record), ""
        elif "headline" in told:
            yield "headline", _headline(record), told["headline"]
        if "action" in told:
            yield "action", story["action"] if story else wire["action"], told["action"]
        if "ordinal" in told:
            yield "ordinal", wire["ordinal"], told["ordinal"]
        if "story" in told and story:
            yield "late", story["late"], told.get("late", False)
            yield "duplicate", story["duplicate"], told.get("duplicate", False)
        yield "digest", wire["digest"], told.get("digest", False)
        yield "embargo", wire["embargo"], told.get("embargo")
        yield "embargoedUntil", article.get("embargoedUntil"), told.get("embargo")
        if "replaces" in told:
            yield "replaces", sorted(set(told["replaces"]) & set(wire["replaces"])), sorted(told["replaces"])
        for member in ("encoding", "page_date"):
            if member in told:
                yield member, provenance[member], told[member]
        if "relation" in told and self.in_play_order and thread:
            yield "relation", thread["relation"], told["relation"]
            if "of" in told:
                yield "copy of", self.refs.get(thread["of"] or ""), told["of"]

    # --- stories ----------------------------------------------------------------------------------------------------------

    def _stories(self) -> Iterator[str]:
        labels: dict[str, set[str]] = defaultdict(set)
        for ref, (_, told) in self.told.items():
            record = self.articles.get(self.ids[ref])
            if record is None or not record["story"] or "story" not in told:
                continue
            labels[_merged(self.stories, record["story"]["id"])].add(told["story"])
        for id_, together in labels.items():
            if len(together) > 1:
                yield f"one story {id_} of {', '.join(sorted(together))}"
        for label, told in self.truth["stories"].items():
            yield from self._story(label, told)

    def _story(self, label: str, told: Record) -> Iterator[str]:
        refs = [*told["order"], *told.get("repeats", ())]
        records = [self.articles[self.ids[ref]] for ref in refs if self.ids[ref] in self.articles]
        found = {_merged(self.stories, record["story"]["id"]) for record in records if record["story"]}
        if len(found) != 1:
            where = {ref: self.articles[self.ids[ref]]["story"] for ref in refs if self.ids[ref] in self.articles}
            apart = ", ".join(f"{ref} in {place['id'][:8] if place else None}" for ref, place in where.items())
            yield f"story {label}: in {len(found)} stories ({apart})"
            return
        story = self.stories.get(next(iter(found)))
        if story is None:
            yield f"story {label}: no record of {found}"
            return
        versions = [self.refs.get(version["id"], version["id"]) for version in story["versions"]]
        ordered = [ref for ref in versions if ref in told["order"]]
        if ordered != told["order"]:
            yield f"story {label}: order is {ordered}, should be {told['order']}"
        if story["status"] != told["status"]:
            yield f"story {label}: status is {story['status']}, should be {told['status']}"
        if "agency" in told and story["agency"] != told["agency"]:
            yield f"story {label}: agency is {story['agency']}, should be {told['agency']}"
        if "current" in told:
            current = None if story["current"] is None else self.refs.get(story["current"], story["current"])
            allowed = told["current"] if isinstance(told["current"], list) else [told["current"]]
            if current not in allowed:
                yield f"story {label}: current is {current}, should be {' or '.join(map(str, allowed))}"

    # --- threads ----------------------------------------------------------------------------------------------------------

    def _threads(self) -> Iterator[str]:
        labels: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for label, told in self.truth["threads"].items():
            found: dict[str, list[str]] = defaultdict(list)
            for ref in told["members"]:
                record = self.articles.get(self.ids[ref])
                if record is not None and record["thread"]:
                    id_ = _merged(self.threads, record["thread"]["id"])
                    found[id_].append(ref)
                    labels[id_][label].append(ref)
            if len(found) != 1:
                yield f"thread {label}: in {len(found)} threads ({'; '.join(', '.join(map(self._name, refs)) for refs in found.values())})"
        for together in labels.values():
            if len(together) > 1:
                yield "one thread of " + "; ".join(f"{label} ({', '.join(map(self._name, refs))})" for label, refs in together.items())

    def _name(self, ref: str) -> str:
        return self.told[ref][0]

    # --- dead letters -----------------------------------------------------------------------------------------------------

    def _dead(self, dead_letters: Iterable[Record]) -> Iterator[str]:
        expected = {
            (hashlib.sha256(self.values[message["n"]]).hexdigest(), message["dead_letter"]): f"{message['n']} {message['item']}"
            for message in self.truth["messages"]
            if "dead_letter" in message
        }
        got = Counter((hashlib.sha256(b64decode(letter["value"])).hexdigest(), letter["reason"]) for letter in dead_letters)
        for key, name in expected.items():
            if got[key] != 1:
                yield f"{name}: {got[key]} dead letters for {key[1]}, should be one"
        by_digest = {hashlib.sha256(value).hexdigest(): n for n, value in self.values.items()}
        for digest, reason in got.keys() - expected.keys():
            yield f"{by_digest.get(digest, digest)}: a dead letter for {reason}, should be none"


def _merged(records: Mapping[str, Record], id_: str) -> str:
    while (record := records.get(id_)) is not None and record["merged_into"]:
        id_ = record["merged_into"]
    return id_


def _headline(record: Record) -> str:
    lines = record["article"].get("headlines")
    return str(lines[0]["value"]) if lines else ""


def _body(record: Record) -> str:
    bodies = record["article"].get("bodies")
    return str(bodies[0]["value"]) if bodies else ""
