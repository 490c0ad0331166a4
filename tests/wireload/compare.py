"""What differs between two runs over the same topic, and what a run lost or has twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Record = dict[str, Any]

POSITION = ("partition", "offset", "timestamp", "received")
"""Members of an article's provenance that say where and when its message lay: of equal bytes sent twice either may have come last."""
BY_RUN = ("pipeline",)
"""Of the provenance too: which build wrote it."""
THREADS_ALIKE = 0.98
"""B-cubed F1 from which two threadings of one wire are the same: the order in which partitions are read decides that of a language's
articles."""


@dataclass(frozen=True, slots=True)
class Records:
    """The last record of every key of the three compacted topics, by key, as plain JSON objects."""

    articles: dict[str, Record]
    stories: dict[str, Record]
    threads: dict[str, Record]


def differences(expected: Records, found: Records, *, alike: float = THREADS_ALIKE, most: int = 10) -> list[str]:
    """Everything in which `found` differs from `expected`, a line each, at most `most` lines of each kind and then how many more.

    Articles must be equal but for position, thread and build; stories but for `rev`, which starts at the clock of the key and rises with
    every change told; threads must agree by B-cubed, and each that an article names must have been told. Empty where all is well.
    """
    out = _first(_articles(expected.articles, found.articles), most)
    out += _first(_stories(expected.stories, found.stories), most)
    ours, theirs = threads_of(expected), threads_of(found)
    out += _first(_untold(ours, theirs, found.threads), most)
    common = [id_ for id_ in ours if id_ in theirs]
    score = b_cubed([ours[id_] for id_ in common], [theirs[id_] for id_ in common])
    if score < alike:
        out.append(f"threads: B-cubed {score:.4f} over {len(common):,} articles, expected {alike}")
        out += _first(_torn(ours, theirs), most)
    return out


def lost_and_doubled(ids: Iterable[str], found: Records, *, most: int = 10) -> list[str]:
    """What is wrong with what stands in the sinks, given the ids of all articles that were sent: lost (no record, or in no story), foreign
    (nobody sent it), double (in two stories, or twice in one). Empty where all is well.

    Stories and threads show their newest 100; beyond that only the counts are checked.
    """
    wanted = set(ids)
    places: Counter[str] = Counter()
    counted = 0
    complete = True
    for story in live(found.stories):
        counted += story["count"]
        complete = complete and story["count"] == len(story["versions"])
        places.update(version["id"] for version in story["versions"])
    out = _first((f"lost: article {id_}" for id_ in sorted(wanted - found.articles.keys())), most)
    out += _first((f"foreign: article {id_}" for id_ in sorted(found.articles.keys() - wanted)), most)
    out += _first((f"double: article {id_} stands {times} times in stories" for id_, times in places.items() if times > 1), most)
    if complete:
        out += _first((f"lost: article {id_} is in no story" for id_ in sorted(wanted - places.keys())), most)
    out += _first((f"foreign: article {id_} is in a story" for id_ in sorted(places.keys() - wanted)), most)
    if counted != len(wanted):
        out.append(f"stories count {counted:,} versions, {len(wanted):,} articles were sent")
    members = Counter(member["id"] for thread in live(found.threads) for member in thread["members"])
    out += _first((f"double: article {id_} stands {times} times in threads" for id_, times in members.items() if times > 1), most)
    return out


def live(records: Mapping[str, Record]) -> Iterator[Record]:
    """Those that were not merged into others."""
    return (record for record in records.values() if record["merged_into"] is None)


def threads_of(records: Records) -> dict[str, str]:
    """The thread of each article, merged and split threads followed to where they went."""
    merged = {id_: thread["merged_into"] for id_, thread in records.threads.items() if thread["merged_into"] is not None}
    moved = {member["id"]: thread["id"] for thread in live(records.threads) if thread.get("split_from") for member in thread["members"]}
    threaded = {id_: article["thread"]["id"] for id_, article in records.articles.items() if article["thread"] is not None}
    return {id_: moved.get(id_) or _final(thread, merged) for id_, thread in threaded.items()}


def b_cubed(expected: list[str], found: list[str]) -> float:
    """B-cubed F1 of two groupings, given as parallel lists of labels. 1.0 where there is nothing to group."""
    if not expected:
        return 1.0
    ours, theirs, both = Counter(expected), Counter(found), Counter(zip(expected, found, strict=True))
    precision = sum(times * times / theirs[b] for (_, b), times in both.items()) / len(expected)
    recall = sum(times * times / ours[a] for (a, _), times in both.items()) / len(expected)
    return 2 * precision * recall / (precision + recall)


def _articles(expected: Mapping[str, Record], found: Mapping[str, Record]) -> Iterator[str]:
    yield from _keys("article", expected, found)
    for id_, article in expected.items():
        if id_ in found:
            yield from _unequal(f"article {id_}", _bare(article), _bare(found[id_]))


def _stories(expected: Mapping[str, Record], found: Mapping[str, Record]) -> Iterator[str]:
    yield from _keys("story", expected, found)
    for id_, story in expected.items():
        if id_ in found:
            yield from _unequal(f"story {id_}", {**story, "rev": None}, {**found[id_], "rev": None})


def _untold(ours: Mapping[str, str], theirs: Mapping[str, str], threads: Mapping[str, Record]) -> Iterator[str]:
    """Articles that have a thread here or there alone, and those whose thread has no record."""
    yield from (f"article {id_}: in no thread" for id_ in ours if id_ not in theirs)
    yield from (f"article {id_}: in a thread, in none expected" for id_ in theirs if id_ not in ours)
    yield from (f"thread {thread}: not told" for thread in dict.fromkeys(theirs.values()) if thread not in threads)


def _torn(ours: Mapping[str, str], theirs: Mapping[str, str]) -> Iterator[str]:
    """The threads of which the other grouping makes several."""
    parts: dict[str, set[str]] = {}
    for id_, thread in ours.items():
        if id_ in theirs:
            parts.setdefault(thread, set()).add(theirs[id_])
    return (
        f"thread {thread} is {len(torn)} threads there: {', '.join(sorted(torn)[:4])}" for thread, torn in parts.items() if len(torn) > 1
    )


def _bare(article: Record) -> Record:
    provenance = {name: value for name, value in article["provenance"].items() if name not in (*POSITION, *BY_RUN)}
    return {**article, "thread": None, "provenance": provenance}


def _keys(kind: str, expected: Mapping[str, Record], found: Mapping[str, Record]) -> Iterator[str]:
    yield from (f"{kind} {id_}: not there" for id_ in expected if id_ not in found)
    yield from (f"{kind} {id_}: not expected" for id_ in found if id_ not in expected)


def _unequal(path: str, expected: Any, found: Any) -> Iterator[str]:
    """The members in which two JSON values differ, by path."""
    if expected == found:
        return
    if isinstance(expected, dict) and isinstance(found, dict):
        for name in dict.fromkeys((*expected, *found)):
            yield from _unequal(f"{path}.{name}", expected.get(name), found.get(name))
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for at, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from _unequal(f"{path}[{at}]", one, other)
    else:
        yield f"{path}: {_short(expected)} expected, {_short(found)} found"


def _short(value: Any, limit: int = 80) -> str:
    text = repr(value)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _first(lines: Iterable[str], most: int) -> list[str]:
    every = list(lines)
    return every[:most] + ([f"… and {len(every) - most:,} more"] if len(every) > most else [])


def _final(id_: str, merged: Mapping[str, str]) -> str:
    while id_ in merged:
        id_ = merged[id_]
    return id_
