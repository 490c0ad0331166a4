"""An article that joined in doubt and has proved not to belong leaves its thread; both threads tell it."""

from __future__ import annotations

import pytest
from copy_desk import OTHER_WORDS, REPORT, UNRELATED
from helpers import HOUR, START, Run, article, digest, groups_of

from writethru.records import Article, ThreadMember
from writethru.threads import ThreadIndex, ThreadSettings
from writethru.threads.index import thread_id

NEVER = ThreadSettings(doubt=1.1, settle=1.1, look_back=3)
"""Whatever joined is in doubt, and nothing agrees enough to stay."""
VAULT = [article(f"vault {n}", f"{UNRELATED} {n}", story="vault", time=START + 2 * HOUR) for n in range(4)]
PILOTS = [
    article("report", REPORT, time=START),
    article("event", OTHER_WORDS, "Quillhaven pilots' strike settled", agency="osprey", time=START + HOUR),
]
OWN = thread_id(digest("event"))


def test_what_does_not_belong_leaves_with_the_later_versions_of_its_story() -> None:
    run = Run(ThreadIndex("en", settings=NEVER))
    run.feed(*PILOTS)
    run.feed(article("again", OTHER_WORDS, agency="osprey", story="event", time=START + 90 * 60_000), VAULT[0])
    assert run.groups() == groups_of([["report", "event", "again"], ["vault 0"]])
    run.feed(VAULT[1])
    assert run.groups() == groups_of([["report"], ["event", "again"], ["vault 0", "vault 1"]])
    left, new = run.threads[thread_id(digest("report"))], run.threads[OWN]
    assert (left.count, left.agencies, left.last_seen, left.split_from) == (1, ("kestrel",), "2025-06-15T15:06:40Z", None)
    assert (new.count, new.agencies, new.headline) == (2, ("osprey",), "Quillhaven pilots' strike settled")
    assert (new.split_from, new.merged_into) == (left.id, None)
    assert run.index.threads == 3


def test_the_one_that_opens_the_new_thread_is_its_first() -> None:
    run = Run(ThreadIndex("en", settings=NEVER))
    run.feed(*PILOTS, *VAULT)
    (member,) = run.threads[OWN].members
    assert member == ThreadMember(digest("event"), PILOTS[1].story.id, "osprey", "first", None, 1.0, "2025-06-15T16:06:40Z")  # type: ignore[union-attr]


def test_what_has_proved_right_stays() -> None:
    run = Run(ThreadIndex("en", settings=ThreadSettings(doubt=1.1, look_back=3)))
    run.feed(*PILOTS, *VAULT)
    assert run.groups() == groups_of([["report", "event"], [f"vault {n}" for n in range(4)]])


def test_what_joined_beyond_doubt_is_not_looked_at_again() -> None:
    run = Run(ThreadIndex("en", settings=ThreadSettings(settle=1.1, look_back=3)))
    run.feed(*PILOTS, *VAULT)
    assert run.groups() == groups_of([["report", "event"], [f"vault {n}" for n in range(4)]])


def test_a_copy_does_not_leave() -> None:
    run = Run(ThreadIndex("en", settings=NEVER))
    run.feed(PILOTS[0], article("copy", REPORT, agency="osprey", time=START + HOUR), *VAULT)
    assert run.groups() == groups_of([["report", "copy"], [f"vault {n}" for n in range(4)]])


@pytest.mark.parametrize("cut", range(1, 6))
def test_a_rebuilt_index_knows_who_has_left(cut: int) -> None:
    day = [*PILOTS, *VAULT, article("more", OTHER_WORDS, agency="mirror", time=START + 3 * HOUR)]
    kept = ThreadIndex("en", settings=NEVER)
    kept.apply(day[:cut])
    rebuilt = ThreadIndex("en", settings=NEVER)
    log = kept.drain()
    rebuilt.restore(log)
    assert rebuilt.apply(day[cut:]) == kept.apply(day[cut:])
    again, copied = ThreadIndex("en", settings=NEVER), ThreadIndex("en", settings=NEVER)
    again.restore([*log, *kept.drain()])
    copied.restore(kept.snapshot())
    assert again.retell() == copied.retell() == kept.retell()
    assert again.threads == copied.threads == kept.threads


def test_the_article_keeps_its_place_and_the_split_is_told_again_with_what_made_it() -> None:
    index = ThreadIndex("en", settings=NEVER)
    day: list[Article] = [*PILOTS, *VAULT[:3]]
    first = index.apply(day)
    assert first.articles[1].thread is not None and first.articles[1].thread.id == thread_id(digest("report"))
    assert index.apply(day).articles == first.articles
    told = {thread.id: thread for thread in first.threads}
    assert told[OWN].split_from == thread_id(digest("report"))
    assert {thread.id: thread for thread in index.apply(day[-1:]).threads} == told


def test_after_a_failure_what_may_have_left_is_told_where_it_is() -> None:
    """The lost attempt may have met more articles, and told a thread that this one never opens."""
    lost = ThreadIndex("en", settings=NEVER)
    lost.apply(PILOTS)
    log = lost.drain()
    (split,) = [thread for thread in lost.apply(VAULT).threads if thread.split_from]
    after = ThreadIndex("en", settings=NEVER, since=START)
    after.restore(log)
    (taken,) = [thread for thread in after.retell() if thread.id == split.id]
    assert (taken.rev, taken.merged_into, taken.members) == (START, thread_id(digest("report")), ())
    (again,) = [thread for thread in after.apply(VAULT).threads if thread.id == split.id]
    assert (again.rev, again.merged_into, [member.id for member in again.members]) == (START + 1, None, [digest("event")])
