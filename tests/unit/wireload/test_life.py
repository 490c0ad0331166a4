"""The invented wire: the same one every time, and as mixed as it claims to be."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import islice
from pathlib import Path

from tests.unit.wireload.conftest import NOW, Heard
from tests.wireload import BEGIN, b_cubed, cached, messages
from tests.wireload.broken import BROKEN
from tests.wireload.compare import live, threads_of
from tests.wireload.roster import LANGUAGES, OUTLETS, SENDERS
from writethru.formats import decode
from writethru.records import NotAnArticle, ParseError, millis
from writethru.wire.agencies import table


def articles_of(heard: Heard) -> list[tuple[int, str]]:
    """(place in the wire, article id) of every item that was read."""
    found = []
    for at, message in enumerate(heard.messages):
        try:
            found += [(at, id_) for id_ in decode(message).ids]
        except (ParseError, NotAnArticle):
            continue
    return found


def test_the_same_arguments_give_the_same_bytes_and_others_do_not() -> None:
    first = list(messages(60))
    assert list(messages(60)) == first
    assert list(islice(messages(90), 60)) == first, "a shorter wire is the beginning of a longer one"
    assert not {value for _, value, _ in first} & {value for _, value, _ in messages(60, seed=2) if len(value) > 1000}


def test_begin_and_pace_move_the_agency_times(heard: Heard) -> None:
    times = [millis(a["article"]["versionCreated"]) for a in heard.expected.records.articles.values() if "versionCreated" in a["article"]]
    begin = int(BEGIN.timestamp() * 1000)
    assert begin < min(times) < max(times) < begin + 2 * 3_600_000 < NOW, "2,000 messages, one a second"
    later = b"".join(value for _, value, _ in messages(20, begin=BEGIN + timedelta(days=3)))
    assert b"2026-01-18T06" in later and b"2026-01-15T06" not in later


def test_every_agency_in_the_roster_is_a_known_one_and_speaks_that_language() -> None:
    assert len(SENDERS) >= 20 and len(LANGUAGES) >= 6
    for sender in SENDERS:
        assert set(sender.languages) <= set(table().by_id[sender.key].languages), sender
    assert not {outlet.key for outlet in OUTLETS} & table().by_id.keys()


def test_all_speak_and_the_key_is_the_agency_that_is_recognised(heard: Heard) -> None:
    articles = heard.expected.records.articles
    keys = {sent.key.decode() for sent in heard.sent}
    assert {sender.key for sender in SENDERS} <= keys
    for at, id_ in articles_of(heard):
        assert articles[id_]["wire"]["agency"].encode() == heard.sent[at].key, heard.sent[at].value[:300]


def test_the_languages_are_those_intended(heard: Heard) -> None:
    articles = heard.expected.records.articles
    for at, id_ in articles_of(heard):
        assert articles[id_]["article"].get("language") == heard.sent[at].language, heard.sent[at].value[:300]
    assert {sent.language for sent in heard.sent} == {*LANGUAGES, None}


def test_only_what_is_broken_on_purpose_is_a_dead_letter(heard: Heard) -> None:
    kinds = Counter(sent.kind for sent in heard.sent)
    assert sum(heard.expected.dead.values()) == kinds["broken"]
    assert 0.002 <= kinds["broken"] / len(heard.sent) <= 0.01
    assert heard.expected.dead.keys() == {"empty", "truncated", "unknown_format"}
    assert sum(heard.expected.skipped.values()) == kinds["skipped"] > 0
    assert len(BROKEN) == 5


def test_all_formats_and_all_turns_of_a_story_occur(heard: Heard) -> None:
    articles = heard.expected.records.articles.values()
    formats = Counter(article["provenance"]["format"] for article in articles)
    assert formats.keys() == {"text", "newsml-g2", "ninjs-1", "ninjs-2", "ninjs-3", "digitalwires"}
    assert min(formats.values()) > 50
    actions = Counter(article["wire"]["action"] for article in articles)
    assert actions["new"] > actions["alert"] > actions["update"] > actions["correction"] > actions["kill"] > 0
    assert actions["roundup"] > 0, "Yonhap's Korean leads are roundups"
    assert not actions.keys() - {"new", "alert", "update", "correction", "kill", "roundup"}
    kinds = Counter(sent.kind for sent in heard.sent)
    assert kinds["duplicate"] > 10 and kinds["take"] > 0
    assert sum(article["wire"]["embargo"] is not None for article in articles) > 5
    assert any(article["story"]["late"] for article in articles)


def test_what_is_meant_is_what_is_read(heard: Heard) -> None:
    articles = heard.expected.records.articles
    for at, id_ in articles_of(heard):
        sent, action = heard.sent[at], articles[id_]["wire"]["action"]
        if sent.kind in ("alert", "kill"):
            assert action == sent.kind, sent.value[:300]
        elif sent.kind in ("update", "correction"):
            assert action in (sent.kind, "roundup"), sent.value[:300]
        elif sent.kind == "new":  # what an alert grew into may say itself that it takes its place
            assert action in ("new", "update"), sent.value[:300]


def test_chains_grow_at_every_agency_and_hold_one_story(heard: Heard) -> None:
    stories = list(live(heard.expected.records.stories))
    longest: Counter[str] = Counter()
    for story in stories:
        longest[story["agency"]] = max(longest[story["agency"]], story["count"])
    assert [sender.key for sender in SENDERS if longest[sender.key] < 2] == []
    place = {version["id"]: story["id"] for story in stories for version in story["versions"]}
    told = [(heard.sent[at].story or "", place[id_]) for at, id_ in articles_of(heard) if heard.sent[at].key != b"europapress"]
    assert b_cubed([story for story, _ in told], [chain for _, chain in told]) > 0.97, "europapress sends pictures beside its stories"


def test_threads_are_the_events(heard: Heard) -> None:
    threads = threads_of(heard.expected.records)
    told = [((heard.sent[at].event, heard.sent[at].language), threads[id_]) for at, id_ in articles_of(heard)]
    assert b_cubed([str(event) for event, _ in told], [thread for _, thread in told]) > 0.95
    sizes = Counter(thread["count"] for thread in live(heard.expected.records.threads))
    assert sizes[1] > sizes[3] > 0 and 5 < max(sizes) < 30
    relations = Counter(article["thread"]["relation"] for article in heard.expected.records.articles.values())
    assert min(relations[name] for name in ("first", "version", "copy", "derivation", "event")) > 20


def test_a_wire_can_be_kept_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "kept" / "wire.jsonl"
    first = list(cached(path, lambda: messages(40)))
    again = list(cached(path, lambda: messages(0)))
    assert first == again == list(messages(40))
    assert [file.name for file in path.parent.iterdir()] == ["wire.jsonl"]
