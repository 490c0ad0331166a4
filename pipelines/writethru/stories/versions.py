"""An article as a version that has no place yet, and the part it plays once its chain is known."""

from __future__ import annotations

from hashlib import blake2b
from sys import intern

from writethru.hashes import fed
from writethru.records import Article
from writethru.stories import keys, pieces, redact, standing
from writethru.stories.chain import Role, Story, Version
from writethru.stories.facts import Facts
from writethru.stories.headlines import tokens

NOWHERE = Story("", 0, 0)
"""The story of a version that has none yet."""


def digest(headline: str, body: str) -> int:
    """Of an article's text, 64 bits: what is kept of killed text so that it is recognised."""
    return int.from_bytes(fed(blake2b(digest_size=8), f"{headline}\0{body}".encode(errors="surrogatepass")).digest(), "big")


EMPTY = digest("", "")


def new_version(article: Article, item: str, told: Facts, time: int | None, clock: int, seq: int, guesses: bool) -> Version:
    """The version of an article of this agency time (ms). `guesses` is whether slugs and headlines of this agency may tie stories."""
    envelope, wire = article.article, article.wire
    headline = article.headline
    guessable = guesses and told.textual and not told.lone
    version = envelope.get("version")
    meta, kin = redact.pack(article)
    return Version(
        id=article.id,
        story=NOWHERE,
        uri=envelope["uri"],
        item=item,
        version=None if version is None else intern(version),
        number=keys.version_number(version),
        series=keys.series(wire, told.slug.cycle) if wire.ordinal is not None else "",
        ordinal=wire.ordinal,
        action=wire.action,
        time=time,
        at=clock if time is None else time,
        seq=seq,
        rev=article.rev,
        role="whole",
        shown="usable",
        headline=headline,
        guessable=guessable,
        awaiting=False,
        tokens=tokens(headline) if guessable else (),
        slug=told.slug.key if guessable else "",
        names=told.names(),
        digest=digest(headline, article.body),
        place=None,
        meta=meta,
        kin=kin,
        act=wire.action,
        embargoed=wire.embargo is not None,
        sealed=wire.action == "withhold" and any(one.field == "status" and one.rule == "status" for one in wire.evidence),
    )


def role_of(article: Article, version: Version, again: Version | None) -> Role:
    """What the version is to the story it joins; `again` is the version it repeats. Held copy may be a mere note (`settle`)."""
    if version.action == "kill" or (version.action == "withhold" and not standing.held_copy(article)):
        return "control"
    if version.action == "release" and not article.body:
        return "control"
    if again is not None and again.digest == version.digest:
        return "repeat"
    part = pieces.piece(article)
    return "part" if (part is not None and part.kind != "first") or _superseded(article) else "whole"


def settle(story: Story) -> list[Version]:
    """Tells the copy that is held from the notes that ask to hold other copy, by all versions that are known, whichever came first.

    What an item's status holds is its copy. Words that hold stand above copy where it is another version of an item that is known, or
    where nothing went before it. Returns the notes that prove to be copy.
    """
    proven = []
    opened = False
    items = [version.item for version in story.versions if version.item]
    for version in story.versions:
        if version.action == "withhold" and not version.sealed and (version.role != "control" or version.copy is not None):
            if opened and items.count(version.item) < 2:
                version.role = "control"
            elif version.role == "control":
                version.role = redact.role_of_text(version)
                proven.append(version)
        opened = opened or version.role != "control"
    return proven


def _superseded(article: Article) -> bool:
    """Whether the item says of itself that another has taken its place: it is current only as long as nothing else is."""
    return any(one.rule in ("superseded", "replaced_by") for one in article.wire.evidence)
