"""What flows between the steps. Nothing else defines a record.

Every class here is frozen and slotted. Times that leave are RFC 3339 strings in UTC (`2026-03-01T08:15:00Z`); times that are
counted with are integers, milliseconds since the epoch. A missing value is `None` or an empty tuple, never a guessed one.
The JSON of a record is the field names as they stand here (`codec.py`); `schemas/` describes the same records for consumers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

SCHEMA = 1

Action = Literal[
    "kill", "withhold", "release", "correction", "refile", "clarification", "repeat",
    "advisory", "alert", "roundup", "update", "new",
]  # fmt: skip
ACTIONS: tuple[Action, ...] = (
    "kill", "withhold", "release", "correction", "refile", "clarification", "repeat",
    "advisory", "alert", "roundup", "update", "new",
)  # fmt: skip
"""Highest first: where several marks speak, the first found here wins."""

NoteClass = Literal[
    "add", "update", "recast", "change", "correct", "clarify", "trim", "restore", "merge", "split",
    "repeat", "kill", "hold", "move", "media", "other",
]  # fmt: skip

Reason = Literal[
    "empty", "too_large", "encoding", "truncated", "entities", "too_deep",
    "unknown_format", "invalid", "timeout", "sink_rejected",
]  # fmt: skip
Step = Literal["decode", "normalise", "chain", "thread", "emit"]
StoryStatus = Literal["current", "superseded", "killed", "withheld"]
LackReason = Literal["unseen", "place", "text", "embargo", "length"]
Relation = Literal["first", "event", "copy", "derivation", "version"]
BlockKind = Literal[
    "page_date", "furniture", "transmission_header", "pictures", "byline", "dateline", "caption", "restriction", "table", "rule",
    "note", "credit", "email", "sign_off", "end_mark", "trailer", "notebook", "contact",
]  # fmt: skip
"""What stands in raw copy and is no body text."""


# --- input ----------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RawMessage:
    """One Kafka message (or one file's payload) as it came. `timestamp` is Kafka's, in milliseconds; `again` says that an earlier attempt
    of the job may have read it already, and told what it made of it."""

    value: bytes
    topic: str
    partition: int
    offset: int
    timestamp: int
    key: bytes | None = None
    headers: tuple[tuple[str, bytes], ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """What `--feed TOPIC=agency[,format][,zone]` says of a topic. A hint: content overrules it."""

    topic: str
    agency: str | None = None
    format: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class ItemNote:
    """A note of the envelope, unread: `field` is where it stood (`ednote`, `edNote[1]`, `signal`), `role` the provider's name for it."""

    field: str
    text: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class ItemLink:
    """An explicit tie to another item: `rel` as the format names it (`prevVersion`, `evolvedFrom`, `replacing`), `ref` its id."""

    rel: str
    ref: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item as its format tells it: the envelope read, the language of the wire not yet. What a format module returns.

    Texts keep the bytes' line ends folded to `\\n` and nothing else changed, so that spans point at what was sent. `body` is plain
    text, paragraphs parted by a blank line (markup is reduced to it). Times stand as printed.
    """

    format: str
    type: str = "text"
    uri: str | None = None
    version: str | None = None
    providers: tuple[str, ...] = ()
    language: str | None = None
    headline: str = ""
    slug: str = ""
    byline: str = ""
    located: str = ""
    body: str = ""
    notes: tuple[ItemNote, ...] = ()
    signals: tuple[str, ...] = ()
    links: tuple[ItemLink, ...] = ()
    status: str | None = None
    urgency: int | str | None = None
    """As printed: a number, or a priority letter that the agency's table reads."""
    first_created: str | None = None
    version_created: str | None = None
    sent: str | None = None
    """When the message says that it was sent: nothing is dated by it but what has no other time."""
    embargoed: str | None = None
    subjects: tuple[dict[str, Any], ...] = ()
    places: tuple[dict[str, Any], ...] = ()
    genres: tuple[dict[str, Any], ...] = ()
    alt_ids: tuple[dict[str, str], ...] = ()
    usage_terms: str | None = None
    tables: tuple[str, ...] = ()
    """Tables that stood in the body, each as plain text: cells parted by tabs, rows by line ends."""
    extra: dict[str, Any] = field(default_factory=dict)
    """ninjs 3.1 properties the envelope gives that need no reading (copyrightHolder, renditions, associations …), already valid."""
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoded:
    """A payload after `formats.decode`: its digest and what it held, in order. A bad item of a list stands as its `ParseError`, an item
    that is no article as `NotAnArticle`. `sha256` is the hex digest of the message's bytes as sent; `ids` are the article ids, the
    first 128 bits (32 hex digits) of SHA-256(unwrapped payload + b"#" + decimal index), parallel to `items`."""

    sha256: str
    items: tuple[Item | ParseError | NotAnArticle, ...]
    ids: tuple[str, ...]


# --- the enriched article -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """One clause of an update note. `span` = [start, end) in code points of the raw `field`."""

    verb: str
    klass: NoteClass
    mechanics: str | None
    targets: tuple[str, ...]
    paragraphs: tuple[int, ...]
    text: str
    field: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why something was decided: the rule's name and the text it rests on."""

    field: str
    span: tuple[int, int]
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the copy that is no body text: kept here, out of the body. `span` = [start, end) in code points of the raw `field`."""

    kind: BlockKind
    text: str
    field: str
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class GeoName:
    """A populated place. `id` is GeoNames' number, `country` ISO 3166 alpha-2, `region` GeoNames' first-order division, degrees WGS 84."""

    id: int
    name: str
    country: str
    region: str | None
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class DatelinePlace:
    """A place of the dateline as printed, capitals lowered, and what it may be: the likeliest first, more than one where the dateline does
    not decide, none where it is unknown. `country` (ISO 3166 alpha-2) and `region` (GeoNames' first-order division) as all candidates
    agree; where there are none, as the words behind the city say."""

    name: str
    candidates: tuple[GeoName, ...] = ()
    country: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Dateline:
    """`date` is ISO 8601, its year from the item's own time where the dateline has none; `signature` as printed (`Yonhap`, `dpa/lni`)."""

    places: tuple[DatelinePlace, ...] = ()
    date: str | None = None
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class DigestItem:
    """One story of a news summary, as its own headline and note tell it. `span` is the range of the body it takes up."""

    headline: str
    action: Action
    ordinal: int | None
    notes: tuple[Note, ...]
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Places of one item that disagree about `what` (`action`, `ordinals.lead`, `complete`, `embargo`): each value with the rule and the
    field that says so, and the value that was taken, by the rule `by` (`gravest`, `highest`, `latest` …)."""

    what: str
    said: tuple[str, ...]
    taken: str
    by: str


@dataclass(frozen=True, slots=True)
class Ordinals:
    lead: int | None = None
    net: int | None = None
    update: int | None = None
    wrapup: int | None = None
    take: int | None = None


@dataclass(frozen=True, slots=True)
class Wire:
    """What the language of the wire says: marks, ordinals, notes. `embargo` is RFC 3339 UTC; `replaces` holds ids, transmission
    numbers (`a0713`) and linked guids; `kill_targets` the running numbers, guids or headlines that a kill names, or the order of
    a hold or release."""

    agency: str
    action: Action = "new"
    ordinal: int | None = None
    ordinals: Ordinals = Ordinals()
    complete: bool | None = None
    digest: bool = False
    replaces: tuple[str, ...] = ()
    kill_targets: tuple[str, ...] = ()
    embargo: str | None = None
    notes: tuple[Note, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    dateline: Dateline | None = None
    blocks: tuple[Block, ...] = ()
    digest_items: tuple[DigestItem, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Second:
    """The story that came second, and how likely it was."""

    story: str
    score: float


@dataclass(frozen=True, slots=True)
class Link:
    """Why an article stands in its story: the rule, how sure it is (0 to 1), and what it rests on: the name, number or slug that ties it,
    or the rarest words that the headlines share and the step between their ordinals. Empty once the story is killed or withheld."""

    rule: str
    score: float
    terms: tuple[str, ...] = ()
    second: Second | None = None


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """One paragraph by its first words, and where it stands, from 1: `paragraph` in this version, `was` in the one before."""

    kind: Literal["added", "rewritten", "removed", "moved"]
    paragraph: int | None
    was: int | None
    text: str


@dataclass(frozen=True, slots=True)
class NumberChange:
    """A number that another has replaced, and the word it stands by; `paragraph` from 1, 0 is the headline."""

    old: str
    new: str
    about: str
    paragraph: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What a note says was done (`target` as in `Note`, or `paragraphs`), and whether the two texts show it."""

    verb: str
    target: str
    found: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """How an article differs from the version it supersedes: paragraphs counted, two of each kind shown, at most five numbers and six
    claims. `kept` are all that stand word for word, moved ones among them. Counts alone where either version is killed or withheld."""

    headline: bool
    added: int
    removed: int
    kept: int
    moved: int = 0
    rewritten: int = 0
    lede: bool = False
    byline: bool = False
    paragraphs: tuple[ParagraphChange, ...] = ()
    numbers: tuple[NumberChange, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryPlace:
    """The article's place in its version chain, as known at emission. `position` is 1-based in true order; `supersedes` and
    `previous` are article ids; `gap` counts the versions that ordinals say exist before this one and that were never seen."""

    id: str
    position: int
    action: Action
    supersedes: str | None
    previous: str | None
    gap: int
    link: Link
    changes: Changes | None
    late: bool = False
    duplicate: bool = False
    parts: tuple[str, ...] = ()
    """Of a partial version (take, add, bare lead): the articles that made up the text when it came, in reading order."""


@dataclass(frozen=True, slots=True)
class SecondThread:
    """The thread that came second, its article that came nearest, and how likely it was."""

    thread: str
    of: str
    score: float


@dataclass(frozen=True, slots=True)
class ThreadPlace:
    """The article's place among the stories of an event, as known at emission. `of` is the article id it copies or follows; `terms` are the
    words and numbers that weigh most in what the two share, as this article prints them, before them the phrase that names the other as the
    source, if one does; none once it is killed or withheld; of a version the story's id."""

    id: str
    relation: Relation
    of: str | None
    score: float
    rule: str
    terms: tuple[str, ...] = ()
    second: SecondThread | None = None


@dataclass(frozen=True, slots=True)
class Provenance:
    id: str
    format: str
    topic: str
    partition: int
    offset: int
    timestamp: int
    received: str
    sha256: str
    encoding: str
    page_date: str | None
    warnings: tuple[str, ...]
    pipeline: str


@dataclass(frozen=True, slots=True)
class Article:
    """The enriched article, key = `id`. `article` is a valid IPTC ninjs 3.1 object: its body is plain text in `bodies[0]`, the tables that
    stood in it behind it under the role `table`, its clean headline in `headlines[0]`; both lists are absent, never empty. `payload` is
    the message it came from (shared by the items of one message, not part of the JSON), so that a sink's refusal can still be
    dead-lettered bit for bit; `None` on a re-emitted record."""

    id: str
    rev: int
    article: dict[str, Any]
    wire: Wire
    story: StoryPlace | None
    thread: ThreadPlace | None
    provenance: Provenance
    payload: RawMessage | None = None

    @property
    def headline(self) -> str:
        lines = self.article.get("headlines")
        return str(lines[0]["value"]) if lines else ""

    @property
    def body(self) -> str:
        bodies = self.article.get("bodies")
        return str(bodies[0]["value"]) if bodies and bodies[0].get("role") != "table" else ""

    @property
    def language(self) -> str:
        """The primary subtag of the language, `und` where unknown: the key of threading."""
        return str(self.article.get("language") or "und").split("-", 1)[0].lower()

    @property
    def time(self) -> int | None:
        """The agency's time of this version in ms, None where the agency gave none."""
        created = self.article.get("versionCreated")
        return millis(created) if created else None


# --- stories, threads, dead letters ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StoryVersion:
    id: str
    uri: str
    version: str | None
    position: int
    action: Action
    ordinal: int | None
    time: str | None
    headline: str


@dataclass(frozen=True, slots=True)
class Lack:
    """What belongs to a story's text and does not stand in it: `part` as a desk names it (`take 2`, `lead 1`, `insert`, `base`), its
    article where one came."""

    part: str
    article: str | None
    why: LackReason


@dataclass(frozen=True, slots=True)
class Story:
    """The present truth of a version chain, key = `id`. `versions` holds the newest 100 in true order, `count` all."""

    id: str
    rev: int
    agency: str
    status: StoryStatus
    current: str | None
    headline: str
    slug: str
    language: str
    versions: tuple[StoryVersion, ...]
    count: int
    first_seen: str | None
    last_seen: str | None
    merged_into: str | None = None
    parts: tuple[str, ...] = ()
    """The articles that make up the present text, in reading order; empty where the current version is the whole of it."""
    text: str | None = None
    """Their text put together, paragraphs parted by a blank line; None where it stands in one article, or may or can not be told."""
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class ThreadMember:
    id: str
    story: str
    agency: str
    relation: Relation
    of: str | None
    score: float
    time: str | None


@dataclass(frozen=True, slots=True)
class Thread:
    """The present truth of an event thread, key = `id`. `members` holds the newest 100 articles, `count` all. `split_from` is the thread
    that the article which opened it stood in at first."""

    id: str
    rev: int
    headline: str
    language: str
    members: tuple[ThreadMember, ...]
    count: int
    agencies: tuple[str, ...]
    first_seen: str | None
    last_seen: str | None
    merged_into: str | None = None
    split_from: str | None = None


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What could not be processed: the message, the step that gave up, and why. `id` is the message's (`deadletters/letter.py`)."""

    id: str
    message: RawMessage
    step: Step
    reason: Reason
    detail: str
    pipeline: str
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Skipped:
    """What was recognised and is no article (planning, concept, catalogue, event item, heartbeat): counted, never a dead letter."""

    message: RawMessage
    format: str
    reason: str


@dataclass(frozen=True, slots=True)
class Emission:
    """What one batch yields to every sink, in the order in which it must be written."""

    articles: tuple[Article, ...] = ()
    stories: tuple[Story, ...] = ()
    threads: tuple[Thread, ...] = ()


# --- failure as a value ---------------------------------------------------------------------------------------------------


class ParseError(Exception):
    """A payload that cannot be read. The only exception `formats` and `wire` raise; it becomes a dead letter."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason: Reason = reason
        self.detail = detail


class NotAnArticle(Exception):
    """A payload that was understood and holds no article. It is counted and skipped."""

    def __init__(self, format_: str, reason: str) -> None:
        super().__init__(f"{format_}: {reason}")
        self.format = format_
        self.reason = reason


def millis(stamp: str) -> int:
    """RFC 3339 -> milliseconds since the epoch."""
    if stamp.endswith("Z"):  # Python 3.10's fromisoformat knows no Z
        stamp = stamp[:-1] + "+00:00"
    return int(datetime.fromisoformat(stamp).timestamp() * 1000)


def newest(items: Sequence[Any], limit: int = 100) -> tuple[Any, ...]:
    return tuple(items[-limit:])
